"""Lesson 6: Stride, padding, size."""
