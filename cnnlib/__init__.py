"""How do CNNs really work? The thin package behind the course."""
