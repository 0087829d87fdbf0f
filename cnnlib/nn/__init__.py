"""A small convolutional network that can be read: layers, losses, optimisers, training, data."""

from cnnlib.nn.layers import Layer

__all__ = [
    "Layer",
]
