"""A room for each lesson: its demos and exercises, and nothing of a lesson anywhere else."""
