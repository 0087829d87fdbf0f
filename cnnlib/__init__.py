"""How do CNNs really work? The thin package behind the course.

Importing it loads NumPy alone. Pictures, widgets, exercises and networks are imported by their own names,
for example ``from cnnlib.pictures import picture``.
"""

from cnnlib.activations import leaky_relu, relu, sigmoid, softmax, tanh
from cnnlib.convolution import conv2d
from cnnlib.kernels import KERNELS, Kernel
from cnnlib.pooling import avg_pool2d, max_pool2d, sum_pool2d
from cnnlib.shapes import output_size, pad

__all__ = [
    "KERNELS",
    "Kernel",
    "avg_pool2d",
    "conv2d",
    "leaky_relu",
    "max_pool2d",
    "output_size",
    "pad",
    "relu",
    "sigmoid",
    "softmax",
    "sum_pool2d",
    "tanh",
]
