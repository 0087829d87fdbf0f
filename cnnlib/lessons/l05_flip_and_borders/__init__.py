"""Lesson 5: Flip and borders."""
