"""The concept test: twelve questions in two forms, asked before and after the course."""
