"""Lesson 3: A kernel slides."""
