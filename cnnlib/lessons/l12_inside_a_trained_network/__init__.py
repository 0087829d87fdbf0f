"""Lesson 12: Inside a trained network."""
