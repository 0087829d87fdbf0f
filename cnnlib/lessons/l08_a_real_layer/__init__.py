"""Lesson 8: A real layer."""
