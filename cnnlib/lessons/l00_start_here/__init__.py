"""Lesson 0: the start page."""
