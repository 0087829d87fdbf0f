"""Lesson 7: Pattern detectors and the bend."""
