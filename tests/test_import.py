"""`import cnnlib` is light and offers what it promises."""

import subprocess
import sys

import cnnlib

SCRIPT = """
import sys
import numpy
before = set(sys.modules)
import cnnlib
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(loaded - set(sys.stdlib_module_names)))
"""


def test_numpy_alone_is_loaded():
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert run.stdout.split() in (["cnnlib"], ["cnnlib", "numpy"])


def test_public_names():
    sizes = {"coverage", "output_size", "pad", "receptive_field", "layer_size"}
    layers = {"conv2d", "depthwise_conv2d", "max_pool2d", "avg_pool2d", "sum_pool2d"}
    bends = {"relu", "leaky_relu", "sigmoid", "tanh", "softmax"}
    light = {"bucket_means", "expose", "sample", "stripe_wave", "alias_frequency", "pixels_per_cm"}
    codes = {"quantize", "dequantize", "quantization_step", "quantization_error", "sqnr"}
    memory = {"storage", "flat_index", "address", "binary"}
    numbers = light | codes | memory
    assert set(cnnlib.__all__) == sizes | layers | bends | numbers | {"Kernel", "KERNELS"}
    assert all(hasattr(cnnlib, name) for name in cnnlib.__all__)
