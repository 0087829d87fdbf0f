"""Lesson 2: Pixels, channels, bytes."""
