"""Puts this folder on the path: the tests of each lesson import `drive`."""
