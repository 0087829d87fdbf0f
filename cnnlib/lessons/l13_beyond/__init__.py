"""Lesson 13: Beyond."""
