"""Lesson 10: Why convolution."""
