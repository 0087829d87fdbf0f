"""Lesson 12: Inside and beyond."""
