"""Lesson 4: The kernel zoo."""
