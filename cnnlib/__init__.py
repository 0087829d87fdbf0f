"""How do CNNs really work? The thin package behind the course.

Importing it loads NumPy alone. Pictures, widgets, exercises and networks are imported by their own names,
for example ``from cnnlib.pictures import picture``.
"""

from cnnlib.activations import leaky_relu, relu, sigmoid, softmax, tanh
from cnnlib.convolution import conv2d, depthwise_conv2d
from cnnlib.geometry import coverage, receptive_field
from cnnlib.kernels import KERNELS, Kernel
from cnnlib.ledger import layer_size
from cnnlib.memory import address, binary, flat_index, storage
from cnnlib.pooling import avg_pool2d, max_pool2d, sum_pool2d
from cnnlib.quantization import dequantize, quantization_error, quantization_step, quantize, sqnr
from cnnlib.sampling import alias_frequency, sample, stripe_wave
from cnnlib.sensor import bucket_means, expose, pixels_per_cm
from cnnlib.shapes import output_size, pad

__all__ = [
    "KERNELS",
    "Kernel",
    "address",
    "alias_frequency",
    "avg_pool2d",
    "binary",
    "bucket_means",
    "conv2d",
    "coverage",
    "depthwise_conv2d",
    "dequantize",
    "expose",
    "flat_index",
    "layer_size",
    "leaky_relu",
    "max_pool2d",
    "output_size",
    "pad",
    "pixels_per_cm",
    "quantization_error",
    "quantization_step",
    "quantize",
    "receptive_field",
    "relu",
    "sample",
    "sigmoid",
    "softmax",
    "sqnr",
    "storage",
    "stripe_wave",
    "sum_pool2d",
    "tanh",
]
