"""Lesson 11: Train a small CNN."""
