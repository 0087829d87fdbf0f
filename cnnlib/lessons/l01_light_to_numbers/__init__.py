"""Lesson 1: Light to numbers."""
