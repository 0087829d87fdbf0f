"""Lesson 9: Pooling and shifting."""
