"""Answers written from the exercises' texts alone, to see what share the checks name: `WRONG` and `RIGHT`.

Each wrong one is a misconception or an everyday slip; from a third to a half are two at once. They came in fifteen
sets, and at first sight were named, strictly read: 91 % of 150, 73 % of 44, 81 % of 54, 83 % of 47, 90 % of 89 (of which
those that are here were not), 71 % of 72, 81 % of 67, 72 % of 47, 80 % of 76, 86 % of 81, 80 % of 44, and, each by someone
who had seen nothing of the checks, 94 % of 145, 95 % of 130, 89 % of 106 and 93 % of 120 (of these four, those that were not
are here). Of the last eleven, 1, 4, 2, 2, 5, 2, 3, 1, 2, 5 and 1 were told another mistake, and of the fifth, 2 passed. What the
failures had in common was mended after each set, and is named now; those without words are not. The eleventh was
written by someone who knew the engine.
"""

# Code as learners write it: neither formatted nor linted.
# fmt: off
# ruff: noqa

import math
from functools import reduce
from itertools import product

import numpy as np
import scipy.ndimage
import scipy.signal
import scipy.special
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import convolve2d, correlate2d

from cnnlib import avg_pool2d, conv2d, max_pool2d
from cnnlib import exercises as E

WRONG, RIGHT = [], []


def wrong(check, why, *words):
    """Collect a function; `words` are said of it, and none where what went wrong is not named."""
    return lambda function: WRONG.append((check, why, words, function))


def right(check, why):
    return lambda function: RIGHT.append((check, why, function))


def windows(x, h, w, s=1):
    """Yield (row, col, window)."""
    for i in range((x.shape[0] - h) // s + 1):
        for j in range((x.shape[1] - w) // s + 1):
            yield i, j, x[i * s : i * s + h, j * s : j * s + w]


# ---- 01 quantize
@wrong(E.check_quantize, "only the top is clipped, int() cuts towards 0", "The top is clipped, the bottom is not:")
def f(volts, bits, full_scale):
    return np.array([min(int(v / full_scale * 2**bits), 2**bits - 1) for v in volts])
@wrong(E.check_quantize, "rounded, clipped at 2**bits", "The top is not clipped: the end of the", "You round to the nearest code. A code")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    codes = np.round(volts / step)
    return np.clip(codes, 0, 2**bits).astype(int)
@wrong(E.check_quantize, "floor before the multiplication", "You round down too early: the share of the")
def f(volts, bits, full_scale):
    return np.clip(np.floor(volts / full_scale) * 2**bits, 0, 2**bits - 1).astype(int)
@wrong(E.check_quantize, "2 * bits levels", "The number of codes is wrong: each bit")
def f(volts, bits, full_scale):
    levels = 2 * bits
    return np.clip(np.floor(volts / (full_scale / levels)), 0, levels - 1).astype(int)
@wrong(E.check_quantize, "codes count from 1", "Every code is one too large: they are")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    return np.clip(np.floor(volts / step) + 1, 1, 2**bits).astype(int)
# ---- 02 pixel
@wrong(E.check_pixel, "rows counted from the bottom", "Your rows count from the bottom, as in")
def f(image, row, col):
    return image[-row - 1, col]
@wrong(E.check_pixel, "red only", "That is the red of the pixel. A pixel in")
def f(image, row, col):
    return image[row, col, 0]
@wrong(E.check_pixel, "1-based, and BGR", "You counted from 1. The first row is row 0,", "The numbers come out in reverse order, the")
def f(image, row, col):
    return image[row - 1, col - 1][::-1]
@wrong(E.check_pixel, "as floats of 0 to 1", "The numbers in `image` are divided by 255.")
def f(image, row, col):
    return image[row, col] / 255
@wrong(E.check_pixel, "channels first", "That is how PyTorch would ask, with the")
def f(image, row, col):
    return image[:, row, col]
# ---- 02 place
@wrong(E.check_flat_index, "column by column", "Rows and columns are swapped: row after row")
def f(index, shape):
    r, c, ch = index
    H, W, C = shape
    return (c * H + r) * C + ch
@wrong(E.check_flat_index, "height for width, and 1 more", "A row is as long as the picture is wide:", "One too many: counting begins at 0, so the")
def f(index, shape):
    r, c, ch = index
    return (r * shape[0] + c) * shape[2] + ch + 1
@wrong(E.check_flat_index, "one row too many", "`row` is one too large in one place.")
def f(index, shape):
    row, col, channel = index
    return (row + 1) * shape[1] * shape[2] + col * shape[2] + channel
@wrong(E.check_flat_index, "planes, and rows times height", "That is right for CHW, where each channel", "A row is as long as the picture is wide:")
def f(index, shape):
    return index[2] * shape[0] * shape[1] + index[0] * shape[0] + index[1]
# ---- 02 gray
@wrong(E.check_to_gray, "0.144", "The weight of blue is 0.144 in your")
def f(image):
    red, green, blue = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return 0.299 * red + 0.587 * green + 0.144 * blue
@wrong(E.check_to_gray, "green and blue swapped, rounded", "Green and blue have changed places: the", "The results are rounded to whole numbers.")
def f(image):
    red, green, blue = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return np.round(0.299 * red + 0.114 * green + 0.587 * blue)
@wrong(E.check_to_gray, "bytes added, then thirds", "The channels are added as bytes, and the")
def f(image):
    red, green, blue = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return (red + green + blue) / 3
@wrong(E.check_to_gray, "divided by three on top", "The numbers are too small by the same")
def f(image):
    red, green, blue = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 3
@wrong(E.check_to_gray, "blue forgotten", "The weight of blue is 0 in your function;")
def f(image):
    return 0.299 * image[:, :, 0] + 0.587 * image[:, :, 1]
# ---- 03 slide
@wrong(E.check_slide, "loops end one early, zeros stay", "The last row and the last column stay 0:")
def f(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    output = np.zeros((rows, cols))
    for row in range(rows - 1):
        for col in range(cols - 1):
            window = image[row:row + kernel.shape[0], col:col + kernel.shape[1]]
            output[row, col] = (window.astype(int) * kernel).sum()
    return output
@wrong(E.check_slide, "matrix product", "Sums are multiplied. Each pixel meets its")
def f(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            w = image[r:r + kernel.shape[0], c:c + kernel.shape[1]].astype(float)
            out[r, c] = np.sum(w @ kernel.T)
    return out
@wrong(E.check_slide, "one pixel times all weights", "One number of `image` is taken, not a whole")
def f(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            out[r, c] = (float(image[r, c]) * kernel).sum()
    return out
@wrong(E.check_slide, "kernel upside down, and averaged", "The kernel is mirrored. Its upper left", "Everything is divided by how many numbers")
def f(image, kernel):
    h, w = kernel.shape
    rows, cols = image.shape[0] - h + 1, image.shape[1] - w + 1
    return np.array([[(image[r:r + h, c:c + w].astype(float) * kernel[::-1]).mean() for c in range(cols)] for r in range(rows)])
@wrong(E.check_slide, "negative sums cut off, last column missing", "Negative results have become 0. They belong", "The last column is missing: the loop ends")
def f(image, kernel):
    h, w = kernel.shape
    out = [[max(0, (image[r:r + h, c:c + w].astype(float) * kernel).sum()) for c in range(image.shape[1] - w)] for r in range(image.shape[0] - h + 1)]
    return np.array(out)
# ---- 04 as_bytes
@wrong(E.check_display, "stretched to 0..255", "You stretched the range: the smallest")
def f(values):
    values = values - values.min()
    return (255 * values / values.max()).astype(np.uint8)
@wrong(E.check_display, "negative made positive", "You dropped the signs. Clipping turns what")
def f(values):
    return np.minimum(np.abs(values), 255).astype(np.uint8)
@wrong(E.check_display, "too large becomes black", "What is above 255 became black. Clipping")
def f(values):
    out = np.where((values < 0) | (values > 255), 0, values)
    return out.astype(np.uint8)
@wrong(E.check_display, "min and max mixed up", "The two ends have changed places, so all")
def f(values):
    clipped = np.maximum(np.minimum(values, 0), 255)
    return clipped.astype(np.uint8)
# ---- 05 flip
@wrong(E.check_flip, "transposed", "Rows and columns are swapped: `.T` mirrors")
def f(kernel):
    return kernel.T
@wrong(E.check_flip, "a quarter turn", "That is a quarter turn. Convolution takes")
def f(kernel):
    return np.rot90(kernel)
@wrong(E.check_flip, "half a turn, and transposed", "The kernel is flipped, and transposed as")
def f(kernel):
    return np.array([[kernel[-1 - r, -1 - c] for r in range(kernel.shape[0])] for c in range(kernel.shape[1])])
@wrong(E.check_flip, "flipped twice the same way", "The kernel is as it was: not turned at all,")
def f(kernel):
    k = kernel[::-1]
    return k[::-1]
# ---- 05 convolve
@wrong(E.check_convolve, "flipped by transposing", "Rows and columns are swapped: `.T` mirrors")
def f(image, kernel):
    return conv2d(image, kernel.T)
@wrong(E.check_convolve, "full", "Your map is larger than the picture: it")
def f(image, kernel):
    return convolve2d(image, kernel)
@wrong(E.check_convolve, "averaged, flipped by a quarter turn twice the wrong way", "Only the order of the rows is reversed.", "Everything is divided by how many numbers")
def f(image, kernel):
    k = np.flipud(kernel)
    h, w = k.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for i, j, part in windows(image.astype(float), h, w):
        out[i, j] = np.mean(part * k)
    return out
@wrong(E.check_convolve, "not flipped, padded with zeros", "Your map is as large as the picture: that")
def f(image, kernel):
    return correlate2d(image.astype(float), kernel, mode="same")
# ---- 05 echo
@wrong(E.check_echo, "the echo overwrites", "Where sound and echo overlap, the echo")
def f(sound, delay, strength):
    output = np.zeros(len(sound) + delay)
    output[: len(sound)] += sound
    output[delay:] = strength * sound
    return output
@wrong(E.check_echo, "the echo wraps round", "`np.roll` brings the end of the echo round")
def f(sound, delay, strength):
    return sound + strength * np.roll(sound, delay)
@wrong(E.check_echo, "the sound is weakened, not the echo", "The weak sound comes first, the full one")
def f(sound, delay, strength):
    output = np.zeros(len(sound) + delay)
    for i, s in enumerate(sound):
        output[i] += strength * s
        output[i + delay] += s
    return output
@wrong(E.check_echo, "the echo runs backwards", "`sound` is taken in reverse order in one")
def f(sound, delay, strength):
    output = np.zeros(len(sound) + delay)
    output[: len(sound)] += sound
    output[delay:] += strength * sound[::-1]
    return output
@wrong(E.check_echo, "no strength, and the echo overwrites", "Sound and echo are equally loud: `strength`", "Where sound and echo overlap, the echo")
def f(sound, delay, strength):
    output = np.zeros(len(sound) + delay)
    output[: len(sound)] = sound
    output[delay:] = sound
    return output
# ---- 05 mirror
@wrong(E.check_mirror, "the outermost pixel is not repeated", "The mirror stands on the outermost pixel,")
def f(image, width):
    top, bottom = image[1:width + 1][::-1], image[-width - 1:-1][::-1]
    image = np.vstack([top, image, bottom])
    return np.hstack([image[:, 1:width + 1][:, ::-1], image, image[:, -width - 1:-1][:, ::-1]])
@wrong(E.check_mirror, "copied, not turned", "The outermost rows and columns are copied")
def f(image, width):
    image = np.concatenate([image[:width], image, image[-width:]])
    return np.concatenate([image[:, :width], image, image[:, -width:]], axis=1)
@wrong(E.check_mirror, "sides only", "The border is left and right only: rows")
def f(image, width):
    return np.hstack([image[:, :width][:, ::-1], image, image[:, -width:][:, ::-1]])
@wrong(E.check_mirror, "top at both ends, left at both ends", "The opposite side is mirrored. A mirror", "The first `width` of `image` are taken: the")
def f(image, width):
    a = image[:width][::-1]
    image = np.vstack([a, image, a])
    b = image[:, :width][:, ::-1]
    return np.hstack([b, image, b])
@wrong(E.check_mirror, "rows turned, columns copied", "The columns are copied in their old order,")
def f(image, width):
    image = np.vstack([image[:width][::-1], image, image[-width:][::-1]])
    return np.hstack([image[:, :width], image, image[:, -width:]])
# ---- 06 out_size
@wrong(E.check_out_size, "padding once, not rounded down", "The division leaves a fraction, and a", "The padding is counted once. It lies on")
def f(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    return (size - reach + padding) / stride + 1
@wrong(E.check_out_size, "reach one too large", "With dilation d your kernel spans d · k")
def f(size, kernel, stride, padding, dilation):
    return (size + 2 * padding - dilation * kernel) // stride + 1
@wrong(E.check_out_size, "dilation added, not multiplied", "The dilation multiplies the gaps between")
def f(size, kernel, stride, padding, dilation):
    reach = kernel + dilation - 1
    steps = (size + 2 * padding - reach) // stride
    return steps + 1
@wrong(E.check_out_size, "no padding, no dilation", "The padding is forgotten: the picture is", "The dilation is forgotten: a kernel with")
def f(size, kernel, stride, padding, dilation):
    return (size - kernel) // stride + 1
@wrong(E.check_out_size, "steps rounded up", "You round up. At the position that this")
def f(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    steps = np.ceil((size + 2 * padding - reach) / stride)
    return steps + 1
# ---- 07 zero_mean
@wrong(E.check_zero_mean, "divided by the number of rows", "You divide the sum by the number of rows.")
def f(kernel):
    return kernel - kernel.sum() / len(kernel)
@wrong(E.check_zero_mean, "mean of each row", "You subtract the mean of each row. One")
def f(kernel):
    return kernel - kernel.mean(axis=1, keepdims=True)
@wrong(E.check_zero_mean, "standardised", "You divide by the standard deviation, too.")
def f(kernel):
    return (kernel - kernel.mean()) / kernel.std()
@wrong(E.check_zero_mean, "centre takes it all", "The weight in the centre alone makes up for")
def f(kernel):
    k = kernel.astype(float).copy()
    k[k.shape[0] // 2, k.shape[1] // 2] -= k.sum()
    return k
# ---- 07 relu
@wrong(E.check_relu, "negative ones dropped", "You throw the negative numbers away. The")
def f(values):
    return np.array([v for v in np.ravel(values) if v > 0])
@wrong(E.check_relu, "absolute", "You drop the signs. ReLU does not turn the")
def f(values):
    return np.sqrt(values**2)
@wrong(E.check_relu, "a step", "You say whether a number is positive: 1 or")
def f(values):
    return (values > 0).astype(float)
@wrong(E.check_relu, "halved, from (v + |v|) ", "Everything is twice as large as it should")
def f(values):
    return values + np.abs(values)
@wrong(E.check_relu, "-1 below 0", "What is negative becomes −1. It has to")
def f(values):
    return np.where(values < 0, -1, values)
# ---- 07 compose
@wrong(E.check_compose, "correlated", "That slides one kernel over the other as")
def f(first, second):
    return correlate2d(first, second)
@wrong(E.check_compose, "overwritten where copies overlap", "The copies overwrite each other. Where they")
def f(first, second):
    h, w = first.shape
    out = np.zeros((h + second.shape[0] - 1, w + second.shape[1] - 1))
    for i in range(second.shape[0]):
        for j in range(second.shape[1]):
            out[i:i + h, j:j + w] = second[i, j] * first
    return out
@wrong(E.check_compose, "same size as first", "The result has the size of the first kernel")
def f(first, second):
    return convolve2d(first, second, mode="same")
@wrong(E.check_compose, "transposed second, normalised", "`second` is transposed: its rows and", "The results are divided by the sum of their")
def f(first, second):
    k = convolve2d(first, second.T)
    return k / np.abs(k).sum()
# ---- 08 response
@wrong(E.check_response, "bias at every weight", "The bias is added to every product. The")
def f(window, filter, bias):
    raw = (window.astype(float) * filter + bias).sum()
    return np.maximum(raw, 0)
@wrong(E.check_response, "ReLU before the bias", "ReLU comes too early: the bias is added")
def f(window, filter, bias):
    return max((window.astype(float) * filter).sum(), 0) + bias
@wrong(E.check_response, "mean, no bias", "The bias does not come in yet.", "The mean is taken: the sum is asked for.")
def f(window, filter, bias):
    raw = (window.astype(float) * filter).mean()
    return np.maximum(raw, 0)
@wrong(E.check_response, "ReLU for each channel", "ReLU is applied to each channel. The three")
def f(window, filter, bias):
    total = 0
    for channel, weights in zip(window.astype(float), filter):
        total += max(0, (channel * weights).sum())
    return max(0, total + bias)
@wrong(E.check_response, "bias subtracted, no ReLU", "The sum and the bias are right, but what is", "The bias is subtracted. It is added, as one")
def f(window, filter, bias):
    return (window.astype(float) * filter).sum() - bias
# ---- 08 count
@wrong(E.check_count, "one bias for all", "There is one bias for all. Each filter has")
def f(channels, filters, kernel):
    return channels * filters * kernel**2 + 1
@wrong(E.check_count, "kernel doubled, not squared", "The kernel's sides are added. They")
def f(channels, filters, kernel):
    return filters * (channels * kernel * 2 + 1)
@wrong(E.check_count, "biases for each channel", "There is a bias for each channel. There is")
def f(channels, filters, kernel):
    return channels * filters * kernel * kernel + channels
@wrong(E.check_count, "channels ignored, no bias", "Channels and biases are forgotten: a filter")
def f(channels, filters, kernel):
    return filters * kernel**2
# ---- 08 layer
@wrong(E.check_layer, "flipped kernels, no bias", "The bias does not come in yet.", "The kernels are turned by 180° before they")
def f(x, filters, bias):
    out = []
    for f in filters:
        out.append(sum(convolve2d(x[c].astype(float), f[c], "valid") for c in range(len(x))))
    return np.array(out)
@wrong(E.check_layer, "bias once per channel", "The bias is added once for each channel. It")
def f(x, filters, bias):
    maps = []
    for k, f in enumerate(filters):
        total = 0
        for c in range(x.shape[0]):
            total = total + conv2d(x[c], f[c]) + bias[k]
        maps.append(total)
    return np.stack(maps)
@wrong(E.check_layer, "last channel only", "Only one channel gets through: the others")
def f(x, filters, bias):
    n, c, h, w = filters.shape
    out = np.zeros((n, x.shape[1] - h + 1, x.shape[2] - w + 1))
    for k in range(n):
        for ch in range(c):
            out[k] = conv2d(x[ch], filters[k, ch]) + bias[k]
    return out
@wrong(E.check_layer, "mean over channels, bias subtracted", "The bias is subtracted. It is added.", "You take a mean of the channels. A filter")
def f(x, filters, bias):
    n, c, h, w = filters.shape
    out = np.zeros((n, x.shape[1] - h + 1, x.shape[2] - w + 1))
    for k in range(n):
        out[k] = np.mean([conv2d(x[ch], filters[k, ch]) for ch in range(c)], axis=0) - bias[k]
    return out
@wrong(E.check_layer, "ReLU at the end", "What is negative has become 0. The formula")
def f(x, filters, bias):
    return np.array([np.maximum(sum(conv2d(a, b) for a, b in zip(x, f)) + k, 0) for f, k in zip(filters, bias)])
# ---- 09 max_pool
@wrong(E.check_max_pool, "stride forgotten", "The right number of windows, but each")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        top, left = row, col
        out[row, col] = x[top : top + window, left : left + window].max()
    return out
@wrong(E.check_max_pool, "largest size, sign kept off", "You keep the largest magnitude: −9 is not")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        out[row, col] = np.abs(x[row * stride:row * stride + window, col * stride:col * stride + window]).max()
    return out
@wrong(E.check_max_pool, "begins at 0, rows and columns swapped", "Rows and columns of the output are swapped.", "A window of negative numbers gives 0: your")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((cols, rows))
    for r in range(rows):
        for c in range(cols):
            best = 0
            for a in range(window):
                for b in range(window):
                    best = max(best, x[r * stride + a, c * stride + b])
            out[c, r] = best
    return out
@wrong(E.check_max_pool, "moves by window, smallest", "The stride is not used: your windows lie", "You keep the smallest number of each window.")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // window + 1
    return np.array([[x[r * window:(r + 1) * window, c * window:(c + 1) * window].min() for c in range(cols)] for r in range(rows)])
# ---- 09 avg_pool
@wrong(E.check_avg_pool, "divided by window once", "You divide by the side of the window. It")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        top, left = row * stride, col * stride
        out[row, col] = x[top : top + window, left : left + window].sum() / window
    return out
@wrong(E.check_avg_pool, "whole numbers, stride for size", "You divide by the square of the stride. The", "The results are rounded down to whole")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        top, left = row * stride, col * stride
        out[row, col] = x[top : top + window, left : left + window].sum() // stride**2
    return out
@wrong(E.check_avg_pool, "the median", "That is the median, the middle one of the")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        top, left = row * stride, col * stride
        out[row, col] = np.median(x[top : top + window, left : left + window])
    return out
@wrong(E.check_avg_pool, "half of largest and smallest", "You take the middle between the largest and")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        top, left = row * stride, col * stride
        cells = x[top : top + window, left : left + window]
        out[row, col] = (cells.max() + cells.min()) / 2
    return out
# ---- 09 pooled_layer
@wrong(E.check_pooled_layer, "max pooling, no ReLU", "The ReLU is missing.", "That is max pooling after the ReLU. Here")
def f(maps):
    c, h, w = maps.shape
    return maps.reshape(c, h // 2, 2, w // 2, 2).max(axis=(2, 4))
@wrong(E.check_pooled_layer, "reshaped the wrong way", "You average numbers that lie half a map")
def f(maps):
    c, h, w = maps.shape
    bent = np.maximum(maps, 0)
    return bent.reshape(c, 2, h // 2, 2, w // 2).mean(axis=(1, 3))
@wrong(E.check_pooled_layer, "ReLU after pooling, and a sum", "The ReLU comes after the average pooling:", "Everything is 4 times too large: that")
def f(maps):
    c, h, w = maps.shape
    out = maps[:, ::2, ::2] + maps[:, 1::2, ::2] + maps[:, ::2, 1::2] + maps[:, 1::2, 1::2]
    return np.maximum(out, 0)
@wrong(E.check_pooled_layer, "mean of positive ones only", "You average the positive numbers alone. The")
def f(maps):
    c, h, w = maps.shape
    v = maps.reshape(c, h // 2, 2, w // 2, 2).transpose(0, 1, 3, 2, 4).reshape(c, h // 2, w // 2, 4)
    n = np.maximum((v > 0).sum(-1), 1)
    return np.maximum(v, 0).sum(-1) / n
# ---- 10 counts
@wrong(E.check_counts, "fence post in side, no biases", "The biases are forgotten: each output has", "n − k counts the steps. Places are one")
def f(size, channels, kernel, filters):
    side = size - kernel
    inputs, outputs = channels * size**2, filters * side**2
    window = channels * kernel**2
    return inputs * outputs, window * outputs, window * filters
@wrong(E.check_counts, "one bias for the whole layer", "You count a single bias for the layer. Each")
def f(size, channels, kernel, filters):
    side = size - kernel + 1
    inputs, outputs = channels * size**2, filters * side**2
    window = channels * kernel**2
    return inputs * outputs + 1, window * outputs + 1, window * filters + 1
@wrong(E.check_counts, "local and convolution swapped", "The three numbers are right, but in another")
def f(size, channels, kernel, filters):
    side = size - kernel + 1
    inputs, outputs = channels * size**2, filters * side**2
    window = channels * kernel**2
    dense, local, convolution = (inputs + 1) * outputs, (window + 1) * filters, (window + 1) * outputs
    return dense, local, convolution
@wrong(E.check_counts, "channels missing in the window", "The window reaches through all channels: it")
def f(size, channels, kernel, filters):
    side = size - kernel + 1
    inputs, outputs = channels * size**2, filters * side**2
    window = kernel**2
    return (inputs + 1) * outputs, (window + 1) * outputs, (window + 1) * filters
# ---- 10 fields
@wrong(E.check_fields, "strides ignored, starts at 0", "The strides are forgotten: behind one,", "Begin with 1: a pixel sees itself.")
def f(layers):
    field, out = 0, []
    for kernel, stride in layers:
        field += kernel - 1
        out.append(field)
    return out
@wrong(E.check_fields, "own stride counted", "A layer's own stride counts for the layers")
def f(layers):
    field, jump, out = 1, 1, []
    for kernel, stride in layers:
        jump *= stride
        field += (kernel - 1) * jump
        out.append(field)
    return out
@wrong(E.check_fields, "strides added")
def f(layers):
    field, jump, out = 1, 0, []
    for kernel, stride in layers:
        field += (kernel - 1) * max(jump, 1)
        jump += stride
        out.append(field)
    return out
@wrong(E.check_fields, "kernels multiplied", "The kernels' sizes are multiplied.")
def f(layers):
    field, out = 1, []
    for kernel, stride in layers:
        field *= kernel
        out.append(field)
    return out
# ---- 11 gradient
@wrong(E.check_gradient, "one-sided, divided by two steps", "You compare one side with the middle. The")
def f(loss, weight, step):
    slopes = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        move = np.zeros(weight.shape)
        move[place] = step
        slopes[place] = (loss(weight + move) - loss(weight)) / (2 * step)
    return slopes
@wrong(E.check_gradient, "all weights moved at once", "All weights are moved at once. Each has a")
def f(loss, weight, step):
    slope = (loss(weight + step) - loss(weight - step)) / (2 * step)
    return np.full(weight.shape, slope)
@wrong(E.check_gradient, "step squared, minus first", "The signs are turned: the loss after the", "The step is squared: the way is 2 · step.")
def f(loss, weight, step):
    slopes = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        move = np.zeros(weight.shape)
        move[place] = step
        slopes[place] = (loss(weight - move) - loss(weight + move)) / step**2
    return slopes
@wrong(E.check_gradient, "precedence: / 2 * step", "You multiply by the step where you should")
def f(loss, weight, step):
    slopes = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        move = np.zeros(weight.shape)
        move[place] = step
        slopes[place] = (loss(weight + move) - loss(weight - move)) / 2 * step
    return slopes
# ---- 11 update
@wrong(E.check_update, "uphill, no learning rate", "The sign of the update is the wrong way", "The learning rate does not come in: the")
def f(weight, gradient, learning_rate):
    return weight + gradient
@wrong(E.check_update, "the step alone", "That is the step alone. It has to be added")
def f(weight, gradient, learning_rate):
    return -learning_rate * gradient
@wrong(E.check_update, "divided by the learning rate", "You divide by the learning rate: the")
def f(weight, gradient, learning_rate):
    return weight - gradient / learning_rate
@wrong(E.check_update, "bracket: (weight - rate) * gradient", "The learning rate alone is subtracted from")
def f(weight, gradient, learning_rate):
    return (weight - learning_rate) * gradient
# ---- 11 softmax
@wrong(E.check_softmax, "columns, times temperature", "The probabilities sum to 1 down each", "The logits are multiplied by the")
def f(logits, temperature):
    e = np.exp(logits * temperature - (logits * temperature).max(axis=0))
    return e / e.sum(axis=0)
@wrong(E.check_softmax, "temperature divides the exponentials", "The temperature changes nothing. It belongs")
def f(logits, temperature):
    e = np.exp(logits - logits.max(axis=1, keepdims=True)) / temperature
    return e / e.sum(axis=1, keepdims=True)
@wrong(E.check_softmax, "sum over the batch", "The probabilities of the whole batch sum to")
def f(logits, temperature):
    z = logits / temperature
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum()
@wrong(E.check_softmax, "logits over their sum", "The logits themselves are divided by their")
def f(logits, temperature):
    z = logits / temperature
    return z / z.sum(axis=1, keepdims=True)
# ---- 11 cross_entropy
@wrong(E.check_cross_entropy, "log of the mean", "You take the mean of the probabilities,")
def f(p, labels):
    return -np.log(np.mean([p[i, k] for i, k in enumerate(labels)]))
@wrong(E.check_cross_entropy, "most likely class, no minus", "The minus is missing: the log of a", "This is the class that the network believes")
def f(p, labels):
    return np.log(p.max(axis=1)).mean()
@wrong(E.check_cross_entropy, "log10, summed", "The losses of the batch are added up. Take", "That is another logarithm. `np.log` is the")
def f(p, labels):
    total = 0
    for row, k in zip(p, labels):
        total -= math.log10(row[k])
    return total
@wrong(E.check_cross_entropy, "all rows with all labels", "Each label is looked up in every row: `p[:,")
def f(p, labels):
    return -np.log(p[:, labels]).mean()
# ---- 11 loss_gradient
@wrong(E.check_loss_gradient, "labels subtracted as numbers", "The label's number is subtracted. Subtract")
def f(p, labels):
    return (p - labels[:, None]) / len(labels)
@wrong(E.check_loss_gradient, "1 off in all labelled columns", "1 is subtracted in whole columns: `[:,")
def f(p, labels):
    g = p.copy()
    g[:, labels] -= 1
    return g / len(labels)
@wrong(E.check_loss_gradient, "divided by all entries, sign", "Everything is divided by the length of")
def f(p, labels):
    y = np.zeros(p.shape)
    y[np.arange(len(labels)), labels] = 1
    return (y - p) / p.size
@wrong(E.check_loss_gradient, "only the true class gets a slope", "Only the true class has a gradient here.")
def f(p, labels):
    g = np.zeros(p.shape)
    for i, k in enumerate(labels):
        g[i, k] = (p[i, k] - 1) / len(labels)
    return g
# ---- 11 relu_backward
@wrong(E.check_relu_backward, "gradient's own sign", "You look at the sign of the gradient. What")
def f(gradient, x):
    return gradient * (gradient > 0)
@wrong(E.check_relu_backward, "times relu(x)", "The gradient is multiplied by the output.")
def f(gradient, x):
    return gradient * np.maximum(x, 0)
@wrong(E.check_relu_backward, "0 counts as positive, else -1", "At negative inputs −1 comes back. ReLU is")
def f(gradient, x):
    return np.where(x >= 0, gradient, -1)
@wrong(E.check_relu_backward, "wrong side, negated", "It is the wrong way round: the gradient", "The sign is turned. That minus belongs to")
def f(gradient, x):
    out = gradient.copy()
    out[x > 0] = 0
    return -out
# ---- 11 flatten_backward
@wrong(E.check_flatten_backward, "Fortran order", "The shape is right, but the numbers are in")
def f(gradient, x):
    return gradient.reshape(x.shape, order="F")
@wrong(E.check_flatten_backward, "forward again", "The gradient is still flat, one row per")
def f(gradient, x):
    return gradient.reshape(len(x), -1)
@wrong(E.check_flatten_backward, "x given back", "That is the input itself. Its shape is")
def f(gradient, x):
    return x
@wrong(E.check_flatten_backward, "channels last", "The shape is right, but the numbers are in")
def f(gradient, x):
    n, c, h, w = x.shape
    return gradient.reshape(n, h, w, c).transpose(0, 3, 1, 2)
# ---- 11 report
@wrong(E.check_report, "validation where the test is best", "The two parts have changed places: the test")
def f(train, validation, test):
    return validation[np.argmax(test)]
@wrong(E.check_report, "last epoch", "The same setting is always taken, the first")
def f(train, validation, test):
    return test[-1]
@wrong(E.check_report, "where train and validation together are best", "The training part has a say in the choice,")
def f(train, validation, test):
    return test[np.argmax(train + validation)]
@wrong(E.check_report, "where validation is worst", "The worst setting is chosen: these are")
def f(train, validation, test):
    best = sorted(range(len(test)), key=lambda i: validation[i])[0]
    return test[best]
# ---- 12 covering
@wrong(E.check_covering, "what stays, covered with white", "That is the certainty that is left. Asked", "You cover with ink, 1. Paper is 0: covered")
def f(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for row, col in np.ndindex(lost.shape):
        covered = picture.copy()
        covered[row * stride:row * stride + window, col * stride:col * stride + window] = 1
        lost[row, col] = certainty(covered)
    return lost
@wrong(E.check_covering, "squares stay covered", "Squares stay covered while the next ones")
def f(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    covered = picture.copy()
    for row, col in np.ndindex(lost.shape):
        top, left = row * stride, col * stride
        covered[top : top + window, left : left + window] = 0
        lost[row, col] = certainty(picture) - certainty(covered)
    return lost
@wrong(E.check_covering, "share that is lost", "You divide by the certainty with nothing")
def f(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for row, col in np.ndindex(lost.shape):
        covered = picture.copy()
        covered[row * stride:row * stride + window, col * stride:col * stride + window] = 0
        lost[row, col] = (certainty(picture) - certainty(covered)) / certainty(picture)
    return lost
@wrong(E.check_covering, "stride forgotten, sign", "The sign is the wrong way round: where", "The right number of places, but each begins")
def f(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for row, col in np.ndindex(lost.shape):
        covered = picture.copy()
        covered[row : row + window, col : col + window] = 0
        lost[row, col] = certainty(covered) - certainty(picture)
    return lost
# ---- 12 climb
@wrong(E.check_climb, "clipped before the step", "The step leads out of 0, paper, to 1, ink.")
def f(picture, gradient, rate):
    return np.clip(picture, 0, 1) + rate * gradient
@wrong(E.check_climb, "downhill, only 1 is minded", "That is downhill, as in training, where a", "Pixels are held below 1, but some fall")
def f(picture, gradient, rate):
    return np.minimum(picture - rate * gradient, 1)
@wrong(E.check_climb, "sign of the gradient", "You follow the gradient's signs: each pixel")
def f(picture, gradient, rate):
    return np.clip(picture + rate * np.sign(gradient), 0, 1)
@wrong(E.check_climb, "bytes: clipped at 255", "Pixels are held above 0, but some rise over")
def f(picture, gradient, rate):
    return np.clip(picture + rate * gradient, 0, 255)
# ---- 12 gram
@wrong(E.check_gram, "means subtracted, by number of pixels", "You subtract each map's mean first: that is")
def f(maps):
    rows = maps.reshape(len(maps), -1)
    return np.cov(rows, bias=True)
@wrong(E.check_gram, "places against places", "Your matrix has a row for each position:")
def f(maps):
    n, h, w = maps.shape
    rows = maps.reshape(n, h * w)
    return rows.T @ rows / (h * w)
@wrong(E.check_gram, "not divided, below the diagonal empty", "Those are sums over the positions. Divide", "Only one half of the matrix is filled: it")
def f(maps):
    n = len(maps)
    g = np.zeros((n, n))
    for i in range(n):
        for j in range(i, n):
            g[i, j] = (maps[i] * maps[j]).sum()
    return g
@wrong(E.check_gram, "divided by the number of maps, too", "You divide by all numbers of all maps. Two")
def f(maps):
    n, h, w = maps.shape
    return np.einsum("ihw,jhw->ij", maps, maps) / (n * h * w)
# ---- kernels
WRONG += [
    (E.check_shift_kernel, "the one on the wrong side", ("This one moves the picture to the left:",), np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0]])),
    (E.check_shift_kernel, "two ones: original and moved", ("Each weight that is not 0 adds one more",), np.array([[0, 0, 0], [1, 1, 0], [0, 0, 0]])),
    (E.check_shift_kernel, "nothing moves", ("A single weight in the centre leaves every",), [[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
    (E.check_normalise, "all ones", ("The weights add up to 9: the picture gets",), np.ones((3, 3))),
    (E.check_sharpen, "sum 0", ("The sum is 0, so only the detail is left",), np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])),
    (E.check_sharpen, "sum 2, all signs turned", ("The sign is the wrong way round: the centre",), np.array([[0, 1, 0], [1, -6, 1], [0, 1, 0]])),
    (E.check_line_detector, "an edge detector", ("This is an edge detector: when it stands on",), np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])),
    (E.check_line_detector, "sums to 1", ("The weights do not add up to 0, so it",), np.array([[-1, 2, -1], [-1, 3, -1], [-1, 2, -1]])),
]


# ---- right, in unusual styles
@right(E.check_quantize, "lists of Python ints, by recursion")
def f(volts, bits, full_scale):
    def code(v):
        return [code(u) for u in v] if isinstance(v, list) else max(0, min(2**bits - 1, math.floor(v * 2**bits / full_scale)))
    return code(volts.tolist())
@right(E.check_quantize, "searchsorted over the steps")
def f(volts, bits, full_scale):
    return np.searchsorted(np.arange(1, 2**bits) * (full_scale / 2**bits), volts, side="right")
@right(E.check_pixel, "a tuple of ints")
def f(image, row, col):
    r, g, b = image[row][col]
    return int(r), int(g), int(b)
@right(E.check_flat_index, "ravel_multi_index")
def f(index, shape):
    return np.ravel_multi_index(tuple(index), tuple(shape))
@right(E.check_flat_index, "Horner by reduce")
def f(index, shape):
    return reduce(lambda total, pair: total * pair[1] + pair[0], zip(index, shape), 0)
@right(E.check_to_gray, "einsum in float32")
def f(image):
    return np.einsum("hwc,c->hw", image.astype(np.float32), np.float32([0.299, 0.587, 0.114]))
@right(E.check_to_gray, "nested lists")
def f(image):
    return [[(299 * int(r) + 587 * int(g) + 114 * int(b)) / 1000 for r, g, b in row] for row in image]
@right(E.check_slide, "scipy")
def f(image, kernel):
    return correlate2d(image.astype(float), kernel, "valid")
@right(E.check_slide, "sum over kernel weights")
def f(image, kernel):
    h, w = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    return sum(kernel[i, j] * image[i:i + h, j:j + w].astype(np.int64) for i, j in np.ndindex(kernel.shape))
@right(E.check_slide, "four loops in pure Python")
def f(image, kernel):
    image, kernel = image.tolist(), kernel.tolist()
    R, C = len(image) - len(kernel) + 1, len(image[0]) - len(kernel[0]) + 1
    return [[sum(image[r + i][c + j] * kernel[i][j] for i, j in product(range(len(kernel)), range(len(kernel[0])))) for c in range(C)] for r in range(R)]
@right(E.check_display, "masks")
def f(values):
    out = np.array(values, float)
    out[out < 0] = 0
    out[out > 255] = 255
    return out.astype("uint8")
@right(E.check_flip, "two quarter turns, as lists")
def f(kernel):
    return np.rot90(np.rot90(kernel)).tolist()
@right(E.check_convolve, "scipy")
def f(image, kernel):
    return convolve2d(image.astype(float), kernel, mode="valid")
@right(E.check_echo, "np.convolve")
def f(sound, delay, strength):
    response = np.zeros(delay + 1)
    response[0] += 1
    response[delay] += strength
    return np.convolve(sound, response)
@right(E.check_mirror, "indices")
def f(image, width):
    def at(n):
        return [*range(width - 1, -1, -1), *range(n), *range(n - 1, n - width - 1, -1)]
    return image[np.ix_(at(image.shape[0]), at(image.shape[1]))]
@right(E.check_out_size, "a tuple of floats that are whole")
def f(size, kernel, stride, padding, dilation):
    return tuple(math.floor((n + 2 * padding - dilation * (k - 1) - 1) / stride + 1.0) for n, k in zip(size, kernel))
@right(E.check_zero_mean, "float32")
def f(kernel):
    return np.float32(kernel) - np.float32(np.average(kernel))
@right(E.check_relu, "half of v + |v|")
def f(values):
    return (values + np.abs(values)) / 2
@right(E.check_compose, "full correlation with the turned kernel")
def f(first, second):
    return correlate2d(first, second[::-1, ::-1], "full")
@right(E.check_response, "tensordot, a Python float")
def f(window, filter, bias):
    return max(0.0, float(np.tensordot(window.astype(float), filter, 3)) + float(bias))
@right(E.check_count, "recursion over filters")
def f(channels, filters, kernel):
    return 0 if filters == 0 else 1 + channels * kernel**2 + f_count(channels, filters - 1, kernel)
def f_count(channels, filters, kernel):
    return filters * (1 + channels * kernel**2)
@right(E.check_layer, "einsum over windows")
def f(x, filters, bias):
    v = np.lib.stride_tricks.sliding_window_view(x.astype(float), filters.shape[2:], axis=(1, 2))
    return np.einsum("chwij,fcij->fhw", v, filters) + bias.reshape(-1, 1, 1)
@right(E.check_max_pool, "sliding windows, then every stride")
def f(x, window, stride):
    return np.lib.stride_tricks.sliding_window_view(x, (window, window))[::stride, ::stride].max(axis=(2, 3))
@right(E.check_avg_pool, "summed from shifted pictures, float32")
def f(x, window, stride):
    return np.array([[np.float32(np.average(x[i:i + window, j:j + window])) for j in range(0, x.shape[1] - window + 1, stride)] for i in range(0, x.shape[0] - window + 1, stride)])
@right(E.check_pooled_layer, "four strided slices")
def f(maps):
    a = maps * (maps > 0)
    return 0.25 * (a[:, ::2, ::2] + a[:, 1::2, ::2] + a[:, ::2, 1::2] + a[:, 1::2, 1::2])
@right(E.check_counts, "list of floats")
def f(size, channels, kernel, filters):
    out = float(size - kernel + 1) ** 2 * filters
    return [(size**2 * channels + 1) * out, (kernel**2 * channels + 1) * out, filters + filters * channels * kernel**2]
@right(E.check_fields, "recursion")
def f(layers):
    layers = [tuple(l) for l in layers]
    def reach(n):
        return 1 if n == 0 else reach(n - 1) + (layers[n - 1][0] - 1) * math.prod(s for _, s in layers[:n - 1])
    return [reach(n) for n in range(1, len(layers) + 1)]
@right(E.check_softmax, "scipy")
def f(logits, temperature):
    return scipy.special.softmax(logits / temperature, axis=1)
@right(E.check_softmax, "through the logarithm, row by row")
def f(logits, temperature):
    return np.array([np.exp(z - np.logaddexp.reduce(z)) for z in logits / temperature])
@right(E.check_cross_entropy, "one-hot and einsum")
def f(p, labels):
    return -np.einsum("nk,nk->", np.eye(p.shape[1])[labels], np.log(np.where(p > 0, p, 1))) / p.shape[0]
@right(E.check_loss_gradient, "loop, divided at once")
def f(p, labels):
    g = [[(q - (k == y)) / len(labels) for k, q in enumerate(row)] for row, y in zip(p.tolist(), labels.tolist())]
    return g
@right(E.check_update, "np.subtract of float32")
def f(weight, gradient, learning_rate):
    return np.subtract(weight, np.multiply(gradient, learning_rate), dtype=np.float64)
@right(E.check_relu_backward, "heaviside")
def f(gradient, x):
    return gradient * np.heaviside(x, 0)
@right(E.check_gram, "einsum")
def f(maps):
    return np.einsum("ihw,jhw->ij", maps, maps, dtype=float) / maps[0].size
@right(E.check_report, "zip and max")
def f(train, validation, test):
    return max(zip(validation, -np.arange(len(test)), test))[2]
@right(E.check_covering, "a mask")
def f(certainty, picture, window, stride):
    H, W = picture.shape
    def one(t, l):
        mask = np.ones((H, W)); mask[t:t + window, l:l + window] = 0
        return certainty(picture) - certainty(picture * mask)
    return [[one(t, l) for l in range(0, W - window + 1, stride)] for t in range(0, H - window + 1, stride)]
@right(E.check_gradient, "two lists")
def f(loss, weight, step):
    flat = []
    for n in range(weight.size):
        move = step * (np.arange(weight.size) == n).reshape(weight.shape)
        flat.append((loss(weight + move) - loss(weight - move)) / step / 2)
    return np.reshape(flat, weight.shape)



# ==== the second set: written after what the first one showed had been mended
@wrong(E.check_quantize, "step of the top code, rounded", "You divide the range into 2**bits − 1")
def f(volts, bits, full_scale):
    step = full_scale / (2**bits - 1)
    return np.clip(np.round(volts / step), 0, 2**bits - 1).astype(int)
@wrong(E.check_quantize, "volts clipped at one step below the range, not rounded down", "Codes are whole numbers: round down with")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    return np.clip(volts, 0, full_scale - step) / step
@wrong(E.check_pixel, "row and column swapped, green only", "That is the green of the pixel. A pixel in", "`image` is transposed: its rows and columns are")
def f(image, row, col):
    return image[col, row, 1]
@wrong(E.check_flat_index, "width and depth swapped in the rows' part, channel forgotten", "`height` stands where `depth` belongs.", "Your number is too small by `index[2]`:")
def f(index, shape):
    i, j, c = index
    h, w, d = shape
    return i * h * w + j * d
@wrong(E.check_to_gray, "weights of another standard, rounded to a byte", "Those are the weights of another standard", "The fractions are cut off: the results are")
def f(image):
    y = 0.2126 * image[:, :, 0] + 0.7152 * image[:, :, 1] + 0.0722 * image[:, :, 2]
    return y.astype(np.uint8)
@wrong(E.check_to_gray, "divided by 255 first, mean of channels", "You took the mean. So pure blue gets as", "Everything is 255 times too small: it is")
def f(image):
    return (image / 255).mean(axis=-1)
@wrong(E.check_slide, "window reaches one too far left, wraps", "`pad` is too much: `image.astype(float)`")
def f(image, kernel):
    h, w = kernel.shape
    H, W = image.shape
    big = np.pad(image.astype(float), 1)
    out = np.zeros((H - h + 1, W - w + 1))
    for r in range(H - h + 1):
        for c in range(W - w + 1):
            out[r, c] = np.sum(big[r:r + h, c:c + w] * kernel)
    return out
@wrong(E.check_slide, "added to the total of the one before, bytes", "A running total goes on from number to")
def f(image, kernel):
    h, w = kernel.shape
    out, total = [], 0
    for r in range(image.shape[0] - h + 1):
        row = []
        for c in range(image.shape[1] - w + 1):
            total += (image[r:r + h, c:c + w].astype(float) * kernel).sum()
            row.append(total)
        out.append(row)
    return out
@wrong(E.check_slide, "first row of the kernel only", "The sum of the first row alone is taken.")
def f(image, kernel):
    h, w = kernel.shape
    return np.array([[image[r, c:c + w].astype(float) @ kernel[0] for c in range(image.shape[1] - w + 1)] for r in range(image.shape[0] - h + 1)])
@wrong(E.check_display, "abs, then wraps", "You dropped the signs, and what is above")
def f(values):
    return np.abs(values).astype(int).astype(np.uint8)
@wrong(E.check_flip, "transposed twice through rot90", "Only the order of the rows is reversed.")
def f(kernel):
    return np.rot90(kernel, 3).T
@wrong(E.check_convolve, "image flipped too, sums negated", "You flipped the picture. Its numbers are", "All signs are turned: what should be")
def f(image, kernel):
    return -conv2d(image[::-1, ::-1], kernel)
@wrong(E.check_convolve, "flipped, but divided by the sum of weights when there is one", "`kernel` is divided by its sum where that")
def f(image, kernel):
    out = conv2d(image, kernel[::-1, ::-1])
    return out / kernel.sum() if kernel.sum() else out
@wrong(E.check_echo, "delay counted from the end of the sound")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    out[:len(sound)] += sound
    for i in range(delay):
        out[len(sound) + i] += strength * sound[i % len(sound)]
    return out
@wrong(E.check_echo, "strength twice, one sample early", "The echo is weakened twice: `strength` is", "The echo comes one sample too early: its")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    out[:len(sound)] += sound
    out[delay - 1:delay - 1 + len(sound)] += strength * strength * sound
    return out
@wrong(E.check_mirror, "reflect, and sides only", "The mirror of the rows, or of the columns,", "The border is left and right only: rows")
def f(image, width):
    return np.pad(image, ((0, 0), (width, width)), mode="reflect")
@wrong(E.check_mirror, "everything turned upside down at the sides", "The order of the rows is reversed, not that")
def f(image, width):
    tall = np.vstack([image[:width][::-1], image, image[-width:][::-1]])
    return np.hstack([tall[::-1, :width], tall, tall[::-1, -width:]])
@wrong(E.check_out_size, "padding times stride, +1 in the division", "The + 1 is divided by the stride too. It")
def f(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    return (size + 2 * padding - reach + 1) // stride
@wrong(E.check_out_size, "dilation not minus one, padding once", "The padding is counted once. It lies on", "With dilation d your kernel spans d · k")
def f(size, kernel, stride, padding, dilation):
    return (size + padding - dilation * kernel) // stride + 1
@wrong(E.check_zero_mean, "mean of each column, sign", "You subtract the mean of each column. One", "The signs are the wrong way round: it now")
def f(kernel):
    return kernel.mean(axis=0) - kernel
@wrong(E.check_relu, "clipped at 1, negative kept at a tenth", "That is the leaky ReLU: it lets a tenth of", "Nothing above 1 ever comes out: results")
def f(values):
    return np.where(values > 0, np.minimum(values, 1), 0.1 * values)
@wrong(E.check_relu, "shifted by the smallest", "You lift everything until nothing is")
def f(values):
    return values - np.min(values)
@wrong(E.check_compose, "same, correlated", "The result is turned by 180°. A dot sent", "The result has the size of the first kernel")
def f(first, second):
    return correlate2d(first, second, mode="same")
@wrong(E.check_response, "channels averaged, ReLU first", "ReLU comes too early: the bias is added", "You take a mean of the channels. A filter")
def f(window, filter, bias):
    per = [(w.astype(float) * k).sum() for w, k in zip(window, filter)]
    return max(np.mean(per), 0) + bias
@wrong(E.check_response, "bias for each channel", "The bias is added once for each channel. It")
def f(window, filter, bias):
    total = 0
    for c in range(len(window)):
        total += (window[c].astype(float) * filter[c]).sum() + bias
    return max(total, 0)
@wrong(E.check_count, "channels squared, no: filters in bias twice", "`1` is counted twice.")
def f(channels, filters, kernel):
    return channels * kernel * kernel * filters + 2 * filters
@wrong(E.check_layer, "padded with zeros, last bias for all", "All maps get the last bias. Each filter has")
def f(x, filters, bias):
    maps = []
    for k in range(len(filters)):
        total = sum(correlate2d(x[c].astype(float), filters[k, c], "valid") for c in range(len(x)))
        maps.append(total + bias[-1])
    return np.array(maps)
@wrong(E.check_layer, "bias multiplied", "The bias is multiplied with the sum. It is")
def f(x, filters, bias):
    return np.array([sum(conv2d(a, b) for a, b in zip(x, k)) * b0 for k, b0 in zip(filters, bias)])
@wrong(E.check_max_pool, "mean of rows' largest", "The largest along axis 1 is taken, then the")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    return np.array([[x[r * stride:r * stride + window, c * stride:c * stride + window].max(axis=1).mean() for c in range(cols)] for r in range(rows)])
@wrong(E.check_avg_pool, "window one too large, divided by window squared", "Your window is one row and one column too")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            out[r, c] = x[r * stride:r * stride + window + 1, c * stride:c * stride + window + 1].sum() / window**2
    return out
@wrong(E.check_pooled_layer, "leaky, and sum", "That is a leaky ReLU: 0.1 times what is", "Everything is 4 times too large: that")
def f(maps):
    c, h, w = maps.shape
    bent = np.where(maps > 0, maps, 0.1 * maps)
    return bent.reshape(c, h // 2, 2, w // 2, 2).sum(axis=(2, 4))
@wrong(E.check_counts, "biases in the dense layer only, same padding")
def f(size, channels, kernel, filters):
    outputs = filters * size**2
    window = channels * kernel**2
    return (channels * size**2 + 1) * outputs, window * outputs, window * filters
@wrong(E.check_fields, "jump squared away: multiplied by kernel", "The kernels' sizes are multiplied.")
def f(layers):
    field, jump, out = 1, 1, []
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= kernel
        out.append(field)
    return out
@wrong(E.check_gradient, "moves stay, one-sided", "You compare one side with the middle. The", "`move` is made once, before the loop:")
def f(loss, weight, step):
    slopes = np.zeros(weight.shape)
    move = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        move[place] = step
        slopes[place] = (loss(weight + move) - loss(weight)) / step
    return slopes
@wrong(E.check_update, "step of the mean gradient", "One number for the whole gradient moves")
def f(weight, gradient, learning_rate):
    return weight - learning_rate * gradient.mean()
@wrong(E.check_softmax, "base 10, temperature forgotten", "The temperature changes nothing. It belongs", "A power of 10 is taken: the exponential is")
def f(logits, temperature):
    e = 10 ** (logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
@wrong(E.check_cross_entropy, "squared log, summed", "The numbers are squared before the sum is", "Everything is multiplied by the length of")
def f(p, labels):
    return sum(np.log(p[i, labels[i]]) ** 2 for i in range(len(labels)))
@wrong(E.check_loss_gradient, "log of p, not divided", "A logarithm is taken of `probabilities`.", "Everything is multiplied by the length of")
def f(p, labels):
    y = np.eye(p.shape[1])[labels]
    return np.log(p) - y
@wrong(E.check_relu_backward, "leaky, doubled", "At negative inputs 0.01 times the gradient", "Everything is twice as large as it should")
def f(gradient, x):
    return 2 * np.where(x > 0, gradient, 0.01 * gradient)
@wrong(E.check_report, "best validation, then the mean of test from there")
def f(train, validation, test):
    return test[np.argmax(validation):].mean()
@wrong(E.check_covering, "covered with the mean, ratio", "That is the share of the certainty that is", "You cover with the picture's average. Paper")
def f(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for r, c in np.ndindex(lost.shape):
        covered = picture.copy()
        covered[r * stride:r * stride + window, c * stride:c * stride + window] = picture.mean()
        lost[r, c] = certainty(covered) / certainty(picture)
    return lost
@wrong(E.check_climb, "rate squared, clipped at both", "The step is multiplied by `rate`. The rate")
def f(picture, gradient, rate):
    return np.clip(picture + rate**2 * gradient, 0, 1)
@wrong(E.check_gram, "divided by height, rows swapped with columns", "You divide by one side of the maps. Divide")
def f(maps):
    n, h, w = maps.shape
    rows = maps.transpose(0, 2, 1).reshape(n, -1)
    return rows @ rows.T / h
@wrong(E.check_flatten_backward, "right shape, maps upside down", "The columns of `gradient` are taken in")
def f(gradient, x):
    return gradient[:, ::-1].reshape(x.shape)


@right(E.check_pixel, "take along axes")
def f(image, row, col):
    return np.take(np.take(image, row, axis=0), col, axis=0)
@right(E.check_slide, "np.vdot of each window")
def f(image, kernel):
    h, w = kernel.shape
    return [[float(np.vdot(image[r:r + h, c:c + w].astype(float), kernel)) for c in range(image.shape[1] - w + 1)] for r in range(image.shape[0] - h + 1)]
@right(E.check_max_pool, "generator of generators")
def f(x, window, stride):
    return [[max(v for row in x[i:i + window] for v in row[j:j + window]) for j in range(0, x.shape[1] - window + 1, stride)] for i in range(0, x.shape[0] - window + 1, stride)]
@right(E.check_compose, "polynomials: row by row with np.convolve")
def f(first, second):
    out = np.zeros((len(first) + len(second) - 1, first.shape[1] + second.shape[1] - 1))
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            out[i + j] += np.convolve(a, b)
    return out
@right(E.check_out_size, "counting places")
def f(size, kernel, stride, padding, dilation):
    return [len(range(0, n + 2 * padding - dilation * (k - 1), stride)) for n, k in zip(size, kernel)]
@right(E.check_cross_entropy, "log of the product")
def f(p, labels):
    return -np.log(np.prod(np.choose(labels, p.T).astype(np.longdouble))) / len(labels)
@right(E.check_gram, "np.inner, as float32")
def f(maps):
    flat = maps.reshape(maps.shape[0], -1).astype(np.float32)
    return np.inner(flat, flat) / np.float32(flat.shape[1])
@right(E.check_relu_backward, "boolean times")
def f(gradient, x):
    return (x > 0) * gradient
@right(E.check_climb, "loops and min, max")
def f(picture, gradient, rate):
    return [[min(1, max(0, p + rate * g)) for p, g in zip(*rows)] for rows in zip(picture, gradient)]
@right(E.check_avg_pool, "cumulative sums")
def f(x, window, stride):
    s = np.pad(x.astype(float).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    t = s[window:, window:] - s[:-window, window:] - s[window:, :-window] + s[:-window, :-window]
    return t[::stride, ::stride] / window**2



# ==== the third set
@wrong(E.check_quantize, "levels from 2**bits - 1, not clipped below", "The top is clipped, the bottom is not:", "You divide the range into 2**bits − 1")
def f(volts, bits, full_scale):
    top = 2**bits - 1
    return np.minimum(np.floor(volts / full_scale * top), top)
@wrong(E.check_quantize, "volts given back: code times step", "The top is not clipped: the end of the", "Those are voltages: what the code stands")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    return np.clip(np.floor(volts / step) * step, 0, full_scale)
@wrong(E.check_quantize, "multiplied by the step", "You divide by the wrong thing. How many")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    return np.clip(np.floor(volts * step), 0, 2**bits - 1)
@wrong(E.check_pixel, "a slice up to the pixel")
def f(image, row, col):
    return image[:row, :col].sum(axis=(0, 1))
@wrong(E.check_pixel, "flat index without channels", "A row has W pixels, not H: the place of a")
def f(image, row, col):
    flat = image.reshape(-1, 3)
    return flat[row * image.shape[0] + col]
@wrong(E.check_flat_index, "sum of products with the next side only", "Only the columns are multiplied by C. A")
def f(index, shape):
    row, col, ch = index
    H, W, C = shape
    return row * W + col * C + ch
@wrong(E.check_flat_index, "CHW, channel counted from 1", "That is right for CHW, where each channel", "Your number is too small by `shape[0]` ·")
def f(index, shape):
    row, col, ch = index
    H, W, C = shape
    return (ch - 1) * H * W + row * W + col
@wrong(E.check_to_gray, "weights by rank: 0.587 on red", "Red and green have changed places: the")
def f(image):
    r, g, b = np.moveaxis(image, -1, 0)
    return 0.587 * r + 0.299 * g + 0.114 * b
@wrong(E.check_to_gray, "green 0.857, cut off", "0.857 stands where `0.587` belongs.", "The fractions are cut off: the results are")
def f(image):
    out = np.zeros(image.shape[:2], dtype=int)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            r, g, b = image[i, j]
            out[i, j] = 0.299 * r + 0.857 * g + 0.114 * b
    return out
@wrong(E.check_slide, "transposed kernel, transposed result", "`image` is transposed: its rows and columns")
def f(image, kernel):
    return correlate2d(image.T.astype(float), kernel, "valid")
@wrong(E.check_slide, "every second place, averaged", "The mean is taken: the sum is asked for.", "Only every second row and column is there:")
def f(image, kernel):
    h, w = kernel.shape
    return [[(image[r:r + h, c:c + w].astype(float) * kernel).mean() for c in range(0, image.shape[1] - w + 1, 2)] for r in range(0, image.shape[0] - h + 1, 2)]
@wrong(E.check_slide, "the last weight is not reached", "The last row and the last column of")
def f(image, kernel):
    h, w = kernel.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            for i in range(h - 1):
                for j in range(w - 1):
                    out[r, c] += float(image[r + i, c + j]) * kernel[i, j]
    return out
@wrong(E.check_display, "clipped to 0..1 after division by the largest", "You divided by the largest number: 255 is")
def f(values):
    return (np.clip(values / values.max(), 0, 1) * 255).astype(np.uint8)
@wrong(E.check_display, "white is 254, black 1", "Nothing below 1 and nothing above 254 ever")
def f(values):
    return np.clip(values, 1, 254).astype(np.uint8)
@wrong(E.check_flip, "reversed in one long row, sides swapped", "`reshape` does not swap rows and columns:")
def f(kernel):
    return kernel.ravel()[::-1].reshape(kernel.shape[1], kernel.shape[0])
@wrong(E.check_flip, "rows moved by one", "Everything has moved by one row: is an")
def f(kernel):
    return np.roll(kernel, 1, axis=0)[::-1, ::-1]
@wrong(E.check_convolve, "rows flipped only, result cut to positive", "Only the order of the rows is reversed.", "Negative results have become 0. They belong")
def f(image, kernel):
    return np.maximum(conv2d(image, np.flipud(kernel)), 0)
@wrong(E.check_convolve, "full, then first rows and columns cut off", "The map is cut out of a larger one, of all")
def f(image, kernel):
    h, w = kernel.shape
    return convolve2d(image.astype(float), kernel)[:image.shape[0] - h + 1, :image.shape[1] - w + 1]
@wrong(E.check_echo, "echo at delay times two", "`delay` is doubled in your function.")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + 2 * delay)
    out[:len(sound)] = sound
    out[2 * delay:] += strength * sound
    return out
@wrong(E.check_echo, "mean of sound and echo, echo overwrites", "The sound is made weaker as the echo gets")
def f(sound, delay, strength):
    a = np.append(sound, np.zeros(delay))
    b = np.append(np.zeros(delay), sound)
    return (1 - strength) * a + strength * b
@wrong(E.check_mirror, "rows mirrored at the columns' sides", "The outermost rows and columns are copied", "The rows come out in reverse order, the")
def f(image, width):
    wide = np.hstack([image[:, :width], image, image[:, -width:]])
    return np.vstack([wide[:width], wide, wide[-width:]])[::-1]
@wrong(E.check_mirror, "edge above, mirror at the sides", "The border of the rows, or of the columns,")
def f(image, width):
    tall = np.vstack([image[:1]] * width + [image] + [image[-1:]] * width)
    return np.hstack([tall[:, :width][:, ::-1], tall, tall[:, -width:][:, ::-1]])
@wrong(E.check_out_size, "stride multiplies, no floor", "The result is multiplied by the stride. The")
def f(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    return (size + 2 * padding - reach) * stride + 1
@wrong(E.check_out_size, "padding subtracted", "The padding is subtracted. It makes the")
def f(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    return (size - 2 * padding - reach) // stride + 1
@wrong(E.check_zero_mean, "mean subtracted from the sum of each row", "The sum along axis −1 is taken: all numbers")
def f(kernel):
    return kernel - kernel.sum(axis=1, keepdims=True) / kernel.size
@wrong(E.check_relu, "largest of all and 0", "Every place gets the largest of all: each")
def f(values):
    return np.full(values.shape, max(values.max(), 0))
@wrong(E.check_relu, "cubed where positive", "Everything is twice as large as it should")
def f(values):
    return np.where(values > 0, values * 2, 0)
@wrong(E.check_compose, "kernels swapped and flipped", "The result is turned by 180°. A dot sent")
def f(first, second):
    return convolve2d(second[::-1, ::-1], first[::-1, ::-1])
@wrong(E.check_compose, "added on a larger sheet, centre on centre")
def f(first, second):
    h, w = first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1
    out = np.zeros((h, w))
    for k in (first, second):
        t, l = (h - k.shape[0]) // 2, (w - k.shape[1]) // 2
        out[t:t + k.shape[0], l:l + k.shape[1]] += k
    return out
@wrong(E.check_response, "kernel flipped, no ReLU", "The sum and the bias are right, but what is", "The kernels are turned by 180° before they")
def f(window, filter, bias):
    return (window.astype(float) * filter[:, ::-1, ::-1]).sum() + bias
@wrong(E.check_response, "abs of products", "The signs in `filter` are dropped.")
def f(window, filter, bias):
    return np.maximum(np.abs(window.astype(float) * filter).sum() + bias, 0)
@wrong(E.check_count, "kernel + 1 squared", "`kernel` is one too large.", "Your number is too small by `filters`: that")
def f(channels, filters, kernel):
    return filters * channels * (kernel + 1) ** 2
@wrong(E.check_count, "bias per channel and filter", "There is a bias for each kernel. A filter")
def f(channels, filters, kernel):
    return filters * channels * (kernel * kernel + 1)
@wrong(E.check_layer, "filters summed, not channels", "The channels are not added up: you keep a", "The numbers are added up along the first")
def f(x, filters, bias):
    out = []
    for c in range(x.shape[0]):
        total = 0
        for k in range(len(filters)):
            total = total + conv2d(x[c], filters[k, c]) + bias[k]
        out.append(total)
    return np.array(out)
@wrong(E.check_layer, "bias added per pixel of the kernel", "The bias is added to every product. The")
def f(x, filters, bias):
    v = np.lib.stride_tricks.sliding_window_view(x.astype(float), filters.shape[2:], axis=(1, 2))
    return np.array([(v * f[:, None, None] + b).sum(axis=(0, 3, 4)) for f, b in zip(filters, bias)])
@wrong(E.check_max_pool, "side by side, one column missing", "The last column of `x` is cut off.")
def f(x, window, stride):
    return np.array([[x[r:r + window, c:c + window].max() for c in range(0, x.shape[1] - window, stride)] for r in range(0, x.shape[0] - window + 1, stride)])
@wrong(E.check_avg_pool, "stride and window swapped")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            out[r, c] = x[r * window:r * window + stride, c * window:c * window + stride].sum() / window**2
    return out
@wrong(E.check_pooled_layer, "ReLU twice, halved sides only once", "Only the columns are pooled, two and two.")
def f(maps):
    bent = np.maximum(maps, 0)
    return (bent[:, :, ::2] + bent[:, :, 1::2]) / 2
@wrong(E.check_counts, "stride: side halved", "You count windows that lie side by side.")
def f(size, channels, kernel, filters):
    side = size // kernel
    inputs, outputs = channels * size**2, filters * side**2
    window = channels * kernel**2
    return (inputs + 1) * outputs, (window + 1) * outputs, (window + 1) * filters
@wrong(E.check_counts, "biases = outputs only in dense; none in conv", "The locally connected layer shares no", "The convolution has no biases in your")
def f(size, channels, kernel, filters):
    side = size - kernel + 1
    inputs, outputs = channels * size**2, filters * side**2
    window = channels * kernel**2
    return inputs * outputs + outputs, window * outputs + filters, window * filters
@wrong(E.check_fields, "kernel times jump", "k numbers have k − 1 steps between them:")
def f(layers):
    field, jump, out = 1, 1, []
    for kernel, stride in layers:
        field += kernel * jump
        jump *= stride
        out.append(field)
    return out
@wrong(E.check_fields, "jump is the last stride, final number only", "The jump is only the last stride. Jumps of", "That is the last one alone. Return a list")
def f(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump = stride
    return field
@wrong(E.check_gradient, "relative change")
def f(loss, weight, step):
    out = np.zeros(weight.shape)
    for p in np.ndindex(weight.shape):
        m = np.zeros(weight.shape); m[p] = step
        out[p] = (loss(weight + m) - loss(weight - m)) / loss(weight)
    return out
@wrong(E.check_update, "rate squared, uphill", "The sign of the update is the wrong way", "The learning rate is applied twice: its")
def f(weight, gradient, learning_rate):
    return weight + learning_rate**2 * gradient
@wrong(E.check_softmax, "temperature added, columns", "The probabilities sum to 1 down each", "The temperature changes nothing. It belongs")
def f(logits, temperature):
    e = np.exp(logits + temperature)
    return e / e.sum(axis=0, keepdims=True)
@wrong(E.check_cross_entropy, "1 minus p, log, mean", "That is the log of what the other classes")
def f(p, labels):
    return -np.mean([math.log(1 - p[i, k]) for i, k in enumerate(labels)])
@wrong(E.check_cross_entropy, "all classes, divided by all entries", "You divide by the number of classes too, as")
def f(p, labels):
    y = np.eye(p.shape[1])[labels]
    return -(y * np.log(p)).mean()
@wrong(E.check_loss_gradient, "wrong class: label + 1, not divided", "The division by the number of pictures is", "The column beside the true class is taken:")
def f(p, labels):
    g = p.copy()
    for i, k in enumerate(labels):
        g[i, (k + 1) % p.shape[1]] -= 1
    return g
@wrong(E.check_relu_backward, "x and gradient swapped", "Input and gradient have changed places: the")
def f(gradient, x):
    return np.where(gradient > 0, x, 0)
@wrong(E.check_report, "mean of the three best test accuracies")
def f(train, validation, test):
    return np.sort(test)[-3:].mean()
@wrong(E.check_covering, "divided by window squared", "Everything is divided by `window`², where")
def f(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for r, c in np.ndindex(lost.shape):
        covered = picture.copy()
        covered[r * stride:r * stride + window, c * stride:c * stride + window] = 0
        lost[r, c] = (certainty(picture) - certainty(covered)) / window**2
    return lost
@wrong(E.check_climb, "gradient normalised", "You divide the gradient by its largest,")
def f(picture, gradient, rate):
    return np.clip(picture + rate * gradient / np.abs(gradient).max(), 0, 1)
@wrong(E.check_gram, "lower half doubled, diagonal kept", "You divide by how many maps there are.", "Everything is twice as large as it should")
def f(maps):
    n = len(maps)
    rows = maps.reshape(n, -1)
    return 2 * rows @ rows.T / n
@wrong(E.check_flatten_backward, "doubled where x is positive", "The gradient stops at negative inputs: that")
def f(gradient, x):
    return gradient.reshape(x.shape) * (x > 0)


@right(E.check_quantize, "integer division")
def f(volts, bits, full_scale):
    return np.clip(np.asarray(volts) * 2**bits // full_scale, 0, 2**bits - 1)
@right(E.check_flip, "double loop, object")
def f(kernel):
    h, w = kernel.shape
    return [[kernel[h - 1 - r][w - 1 - c].item() for c in range(w)] for r in range(h)]
@right(E.check_layer, "scipy, list of maps")
def f(x, filters, bias):
    return [sum(correlate2d(x[c].astype(float), k[c], "valid") for c in range(len(x))) + b for k, b in zip(filters, bias.tolist())]
@right(E.check_pooled_layer, "library")
def f(maps):
    return avg_pool2d(np.maximum(maps, 0), 2)
@right(E.check_counts, "tuple of ints, by adding")
def f(size, channels, kernel, filters):
    s = size - kernel + 1
    dense = sum(size * size * channels + 1 for _ in range(s * s * filters)) if size < 20 else (size * size * channels + 1) * s * s * filters
    return int(dense), int(s * s * filters * (kernel**2 * channels + 1)), int(filters * (1 + kernel**2 * channels))
@right(E.check_softmax, "float32 loop")
def f(logits, temperature):
    out = []
    for row in logits / temperature:
        e = [math.exp(v - max(row)) for v in row]
        out.append([v / sum(e) for v in e])
    return np.float32(out)
@right(E.check_loss_gradient, "subtract.at")
def f(p, labels):
    g = np.array(p)
    np.subtract.at(g, (range(len(labels)), labels), 1.0)
    return g / len(labels)
@right(E.check_report, "sorted by validation")
def f(train, validation, test):
    return test[sorted(range(len(test)), key=validation.__getitem__)[-1]]



# ==== the fourth set
@wrong(E.check_quantize, "rounded up, clipped at 2**bits", "The top is not clipped: the end of the", "You round up. A code stands for the step")
def f(volts, bits, full_scale):
    codes = np.ceil(volts * 2**bits / full_scale)
    return np.clip(codes, 0, 2**bits)
@wrong(E.check_quantize, "full scale in volts taken as 5, whatever it is", "The range is fixed in your function. Use")
def f(volts, bits, full_scale):
    return np.clip(np.floor(volts / 5 * 2**bits), 0, 2**bits - 1).astype(int)
@wrong(E.check_pixel, "index col, row, reversed channels", "Row and column are swapped: the row comes", "The numbers come out in reverse order, the")
def f(image, row, col):
    b, g, r = image[col, row]
    return np.array([r, g, b])
@wrong(E.check_pixel, "one row further down")
def f(image, row, col):
    return image[(row + 1) % image.shape[0], col]
@wrong(E.check_flat_index, "brackets wrong: row * (width * col + channel)", "`channel` is multiplied by `depth`, too.")
def f(index, shape):
    r, c, ch = index
    return (r * shape[1] + c + ch) * shape[2]
@wrong(E.check_flat_index, "nothing before: begins at 1, channels first in pixel", "The column is multiplied by W. A step to", "`c` and `ch` have changed places.")
def f(index, shape):
    r, c, ch = index
    return r * shape[1] * shape[2] + ch * shape[1] + c
@wrong(E.check_to_gray, "0.299 for blue too", "The weight of blue is 0.299 in your")
def f(image):
    return 0.299 * image[..., 0] + 0.587 * image[..., 1] + 0.299 * image[..., 2]
@wrong(E.check_to_gray, "BGR, divided by 255", "Red and blue have changed places: 0.299 is", "Everything is 255 times too small: it is")
def f(image):
    blue, green, red = image[..., 0] / 255, image[..., 1] / 255, image[..., 2] / 255
    return 0.299 * red + 0.587 * green + 0.114 * blue
@wrong(E.check_slide, "adds window and kernel", "`window` and `kernel` are added: they are")
def f(image, kernel):
    h, w = kernel.shape
    return np.array([[(image[r:r + h, c:c + w].astype(float) + kernel).sum() for c in range(image.shape[1] - w + 1)] for r in range(image.shape[0] - h + 1)])
@wrong(E.check_slide, "kernel transposed, last row missing", "The kernel is mirrored. Its upper left", "The last row is missing: the loop ends one")
def f(image, kernel):
    h, w = kernel.shape
    out = []
    for r in range(image.shape[0] - h):
        row = []
        for c in range(image.shape[1] - w + 1):
            s = 0
            for i in range(h):
                for j in range(w):
                    s += float(image[r + i, c + j]) * kernel[i, -1 - j]
            row.append(s)
        out.append(row)
    return out
@wrong(E.check_display, "modulo 255, negative 0", "Only one end of the range is guarded;")
def f(values):
    return (np.maximum(values, 0) % 256).astype(np.uint8)
@wrong(E.check_flip, "left-right only, signs turned", "Only the columns are reversed. That", "It is turned, but the signs are changed.")
def f(kernel):
    return -np.fliplr(kernel)
@wrong(E.check_convolve, "flipped by rows, same size", "Only the order of the rows is reversed.", "Your map is as large as the picture")
def f(image, kernel):
    return correlate2d(image.astype(float), kernel[::-1], mode="same")
@wrong(E.check_echo, "echo subtracted and louder: divided by strength", "1 is divided by `strength` in your function.")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    out[:len(sound)] += sound
    out[delay:] += sound / strength
    return out
@wrong(E.check_echo, "cut at the old length, no strength", "The output ends with the input, so the", "Sound and echo are equally loud: `strength`")
def f(sound, delay, strength):
    out = sound.astype(float).copy()
    for i in range(delay, len(sound)):
        out[i] += sound[i - delay]
    return out
@wrong(E.check_mirror, "edge", "The outermost pixel goes on and on: that is")
def f(image, width):
    top = np.repeat(image[:1], width, axis=0)
    low = np.repeat(image[-1:], width, axis=0)
    t = np.concatenate([top, image, low])
    return np.concatenate([np.repeat(t[:, :1], width, axis=1), t, np.repeat(t[:, -1:], width, axis=1)], axis=1)
@right(E.check_out_size, "dilation squared, rounded up")
def f(size, kernel, stride, padding, dilation):
    return np.ceil((size + 2 * padding - dilation * (kernel - 1)) / stride)
@wrong(E.check_out_size, "stride taken off, not divided", "`stride` is subtracted: divide by it.")
def f(size, kernel, stride, padding, dilation):
    return size + 2 * padding - dilation * (kernel - 1) - stride
@wrong(E.check_zero_mean, "rounded mean, rows")
def f(kernel):
    return kernel - np.round(kernel.sum() / kernel.shape[0])
@wrong(E.check_relu, "only above 1 passes, else 0, halves", "Everything is half as large as it should")
def f(values):
    return np.where(values > 0, values, 0) / 2
@wrong(E.check_relu, "loop: -v for negative", "You drop the signs. ReLU does not turn the")
def f(values):
    out = values.copy()
    for i, v in enumerate(values.flat):
        if v < 0:
            out.flat[i] = -v
    return out
@wrong(E.check_compose, "product of all pairs: kron", "The copies are laid side by side.")
def f(first, second):
    return np.kron(first, second)
@wrong(E.check_compose, "valid, correlated the other way", "That slides one kernel over the other as")
def f(first, second):
    return correlate2d(second, first, mode="full")
@wrong(E.check_response, "sum of channel means plus bias", "The sum along axis 0 is taken, then the")
def f(window, filter, bias):
    return max(0, sum((w.astype(float) * k).mean() for w, k in zip(window, filter)) + bias)
@wrong(E.check_response, "only negative pass, bias twice")
def f(window, filter, bias):
    return np.minimum((window.astype(float) * filter).sum() + 2 * bias, 0)
@wrong(E.check_count, "filters and channels swapped", "There is a bias for each channel. There is")
def f(channels, filters, kernel):
    return channels * (filters * kernel**2 + 1)
@wrong(E.check_count, "kernel once, no bias", "The biases are missing: one for each filter.", "The kernel is square: k rows and k columns")
def f(channels, filters, kernel):
    return channels * filters * kernel
@wrong(E.check_layer, "same channel: first only, no bias", "The bias does not come in yet.", "Only one channel gets through: the others")
def f(x, filters, bias):
    return np.array([conv2d(x[0], k[0]) for k in filters])
@wrong(E.check_layer, "first bias for all, flipped", "All maps get the first bias. Each filter", "The kernels are turned by 180° before they")
def f(x, filters, bias):
    return np.array([sum(convolve2d(a.astype(float), b, "valid") for a, b in zip(x, k)) + bias[0] for k in filters])
@wrong(E.check_max_pool, "whole row of windows", "Only the first of the two indices of `x`")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        out[r, c] = x[r * stride:r * stride + window].max()
    return out
@wrong(E.check_max_pool, "stride plus, swapped in index")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        top, left = r + stride, c + stride
        part = x[top:top + window, left:left + window]
        out[r, c] = part.max() if part.size else 0
    return out
@wrong(E.check_avg_pool, "mean of max and mean", "`2` fits some sizes only: what it is has to")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        out[r, c] = x[r * stride:r * stride + window, c * stride:c * stride + window].sum() / (2 * window)
    return out
@wrong(E.check_pooled_layer, "absolute values, max", "That is max pooling after the ReLU. Here", "The signs are dropped. ReLU turns everything")
def f(maps):
    c, h, w = maps.shape
    return np.abs(maps).reshape(c, h // 2, 2, w // 2, 2).max(axis=(2, 4))
@wrong(E.check_counts, "local shares its weights within a map", "The locally connected layer has no biases", "The convolution has no biases in your")
def f(size, channels, kernel, filters):
    side = size - kernel + 1
    window = channels * kernel**2
    return (channels * size**2 + 1) * filters * side**2, window * filters * side**2, window * filters
@wrong(E.check_fields, "stride before, starts with kernel of first twice", "Begin with 1: a pixel sees itself.")
def f(layers):
    out, field, jump = [], 0, 1
    for kernel, stride in layers:
        field = field + (kernel - 1) * jump
        jump *= stride
        out.append(field)
    return out
@wrong(E.check_gradient, "above minus below over step, sign", "Everything is twice as large as it should")
def f(loss, weight, step):
    g = np.zeros_like(weight)
    for p in np.ndindex(weight.shape):
        a, b = weight.copy(), weight.copy()
        a[p] += step; b[p] -= step
        g[p] = (loss(b) - loss(a)) / step
    return g
@wrong(E.check_update, "learning rate multiplies the weight", "`weight` is multiplied by `learning_rate`,")
def f(weight, gradient, learning_rate):
    return learning_rate * (weight - gradient)
@wrong(E.check_softmax, "softmax of the absolute values", "The signs in `logits` are dropped.")
def f(logits, temperature):
    z = np.abs(logits) / temperature
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
@wrong(E.check_softmax, "sum of all, not exponentials but squares")
def f(logits, temperature):
    e = (logits / temperature) ** 2
    return e / e.sum(axis=1, keepdims=True)
@wrong(E.check_cross_entropy, "probability instead of log, minus", "The logarithm is missing. It is what makes")
def f(p, labels):
    return -p[np.arange(len(labels)), labels].mean()
@wrong(E.check_cross_entropy, "both: true and other classes, natural log, summed", "The other classes count as well, with 1 −")
def f(p, labels):
    y = np.eye(p.shape[1])[labels]
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / len(labels)
@wrong(E.check_loss_gradient, "sign, 1 at every class", "The sign is the wrong way round: this is", "1 is subtracted everywhere. Only the true")
def f(p, labels):
    return (1 - p) / len(labels)
@wrong(E.check_relu_backward, "mask of x >= 0, added")
def f(gradient, x):
    return np.where(x > 0, gradient + x, 0)
@wrong(E.check_flatten_backward, "transposed maps", "Rows and columns of the result are swapped.")
def f(gradient, x):
    return gradient.reshape(x.shape).swapaxes(2, 3)
@wrong(E.check_report, "best train, reported on validation", "The training part chose, and what you")
def f(train, validation, test):
    return validation[np.argmax(train)]
@wrong(E.check_covering, "covered with 0.5, sign", "The sign is the wrong way round: where", "You cover with gray. Paper is 0.")
def f(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for r, c in np.ndindex(lost.shape):
        covered = picture.copy()
        covered[r * stride:r * stride + window, c * stride:c * stride + window] = 0.5
        lost[r, c] = certainty(covered) - certainty(picture)
    return lost
@wrong(E.check_climb, "from the gradient: picture times", "The step is multiplied with the picture:")
def f(picture, gradient, rate):
    return np.clip(picture * (1 + rate * gradient), 0, 1)
@wrong(E.check_gram, "abs, by width only", "The signs in `maps` are dropped.", "Everything is multiplied by the length of")
def f(maps):
    n, h, w = maps.shape
    rows = np.abs(maps).reshape(n, h * w)
    return rows @ rows.T / w


@right(E.check_to_gray, "tensordot")
def f(image):
    return np.tensordot(image, [0.299, 0.587, 0.114], axes=([-1], [0]))
@right(E.check_convolve, "FFT, floats near whole")
def f(image, kernel):
    s = [a + b - 1 for a, b in zip(image.shape, kernel.shape)]
    full = np.fft.irfft2(np.fft.rfft2(image, s) * np.fft.rfft2(kernel, s), s)
    return full[kernel.shape[0] - 1:image.shape[0], kernel.shape[1] - 1:image.shape[1]]
@right(E.check_mirror, "np.pad symmetric as list")
def f(image, width):
    return np.pad(image, width, mode="symmetric").tolist()
@right(E.check_response, "two loops, np.float32")
def f(window, filter, bias):
    return np.float32(max(0.0, sum(float(a) * float(b) for a, b in zip(window.flat, filter.flat)) + float(bias)))
@right(E.check_update, "loop over all")
def f(weight, gradient, learning_rate):
    return np.array([w - learning_rate * g for w, g in zip(weight.flat, gradient.flat)]).reshape(weight.shape)


@wrong(E.check_pixel, "whole row then first pixel only", "`col` is not used: your function takes 0")
def f(image, row, col):
    return image[row][0]
@wrong(E.check_to_gray, "weights * channels, kept as three", "Numbers stand side by side that belong")
def f(image):
    return image * [0.299, 0.587, 0.114]
@wrong(E.check_slide, "np.convolve on the flat arrays")
def f(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    return np.convolve(image.ravel(), kernel.ravel(), mode="valid")[: rows * cols].reshape(rows, cols)
@wrong(E.check_slide, "window of 3 x 3 always, kernel fixed")
def f(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    output = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            window = image[row : row + 3, col : col + 3]
            output[row, col] = (window[:kernel.shape[0], :kernel.shape[1]] * kernel[:3, :3][:window.shape[0], :window.shape[1]]).sum()
    return output
@wrong(E.check_display, "np.ceil then clip", "Fractions are rounded up. Clip, and")
def f(values):
    return np.clip(np.ceil(values), 0, 255).astype(np.uint8)
@wrong(E.check_echo, "np.roll of padded by -delay", "The echo comes before its sound: what is")
def f(sound, delay, strength):
    padded = np.concatenate([sound, np.zeros(delay)])
    return padded + strength * np.roll(padded, -delay)
@wrong(E.check_mirror, "np.pad reflect")
def f(image, width):
    return np.pad(image, width, mode="reflect") if width < min(image.shape) else np.pad(image, width, mode="symmetric")
@wrong(E.check_softmax, "max over the whole batch divided instead of subtracted", "The logits are divided by the row's")
def f(logits, temperature):
    z = logits / logits.max(axis=1, keepdims=True) / temperature
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)
@wrong(E.check_softmax, "temperature applied after max subtraction and to denominator only", "The temperature comes in on one side of")
def f(logits, temperature):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature).sum(axis=1, keepdims=True)
@right(E.check_quantize, "searchsorted right")
def f(volts, bits, full_scale):
    t = np.arange(1, 2**bits) * (full_scale / 2**bits)
    return np.searchsorted(t, volts, side="right")
@right(E.check_quantize, "list comprehension")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    v = np.vectorize(lambda x: max(0, min(2**bits - 1, math.floor(x / step))), otypes=[int])
    return v(volts)
@right(E.check_pixel, "tuple of ints")
def f(image, row, col):
    return tuple(int(image[row, col, c]) for c in range(3))
@right(E.check_flat_index, "ravel_multi_index")
def f(index, shape):
    return np.ravel_multi_index(index, shape)
@right(E.check_flat_index, "strides of an array")
def f(index, shape):
    a = np.empty(shape, np.uint8)
    return sum(i * s for i, s in zip(index, a.strides))
@right(E.check_to_gray, "einsum")
def f(image):
    return np.einsum("hwc,c->hw", image, np.array([0.299, 0.587, 0.114]))
@right(E.check_to_gray, "float32, integer weights")
def f(image):
    return (299 * image[..., 0].astype(np.float32) + 587 * image[..., 1].astype(np.float32) + 114 * image[..., 2].astype(np.float32)) / 1000
@right(E.check_slide, "sliding_window_view")
def f(image, kernel):
    w = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl", w, kernel)
@right(E.check_slide, "scipy correlate2d valid")
def f(image, kernel):
    return correlate2d(image, kernel, "valid")
@right(E.check_slide, "shifted copies, list of lists")
def f(image, kernel):
    r, c = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    return [[float(sum(float(image[i + a, j + b]) * float(kernel[a, b]) for a in range(kernel.shape[0]) for b in range(kernel.shape[1]))) for j in range(c)] for i in range(r)]
@right(E.check_display, "where")
def f(values):
    v = np.array(values, float)
    v[v < 0] = 0
    v[v > 255] = 255
    return v.astype(np.uint8)
@right(E.check_display, "np.minimum(np.maximum) rint")
def f(values):
    return np.uint8(np.rint(np.minimum(np.maximum(values, 0), 255)))
@right(E.check_echo, "np.convolve")
def f(sound, delay, strength):
    h = np.zeros(delay + 1)
    h[0] += 1
    h[delay] += strength
    return np.convolve(sound, h)
@right(E.check_flip, "rot90 2")
def f(kernel):
    return np.rot90(kernel, 2)
@right(E.check_convolve, "ndimage.convolve cropped")
def f(image, kernel):
    return convolve2d(image.astype(float), kernel.astype(float), "valid")
@right(E.check_mirror, "index arithmetic")
def f(image, width):
    def idx(n):
        i = np.arange(-width, n + width)
        i = np.where(i < 0, -1 - i, i)
        return np.where(i >= n, 2 * n - 1 - i, i)
    return image[np.ix_(idx(image.shape[0]), idx(image.shape[1]))]
@right(E.check_out_size, "-(-//) style tuple of ints")
def f(size, kernel, stride, padding, dilation):
    return tuple(1 + int(math.floor((int(n) + 2 * padding - dilation * (int(k) - 1) - 1) / stride)) for n, k in zip(size, kernel))
@right(E.check_relu, "(x + abs(x)) / 2")
def f(values):
    return (values + np.abs(values)) / 2
@right(E.check_compose, "scipy.signal.convolve")
def f(first, second):
    return scipy.signal.fftconvolve(first, second, mode="full")
@right(E.check_response, "np.vdot")
def f(window, filter, bias):
    return max(0, float(np.vdot(window, filter) + bias))
@right(E.check_layer, "tensordot of windows")
def f(x, filters, bias):
    w = np.lib.stride_tricks.sliding_window_view(x, filters.shape[2:], axis=(1, 2))
    return np.tensordot(filters, w, axes=((1, 2, 3), (0, 3, 4))) + bias[:, None, None]
@right(E.check_max_pool, "maximum of shifted strided slices")
def f(x, window, stride):
    r, c = (x.shape[0] - window) // stride + 1, (x.shape[1] - window) // stride + 1
    return reduce(np.maximum, (x[i:i + (r - 1) * stride + 1:stride, j:j + (c - 1) * stride + 1:stride] for i in range(window) for j in range(window)))
@right(E.check_avg_pool, "cumulative sums (integral image)")
def f(x, window, stride):
    s = np.pad(np.cumsum(np.cumsum(x, 0, dtype=float), 1), ((1, 0), (1, 0)))
    a = s[window:, window:] - s[:-window, window:] - s[window:, :-window] + s[:-window, :-window]
    return a[::stride, ::stride] / window**2
@right(E.check_pooled_layer, "four slices added")
def f(maps):
    m = maps.clip(min=0)
    return (m[:, ::2, ::2] + m[:, 1::2, ::2] + m[:, ::2, 1::2] + m[:, 1::2, 1::2]) / 4
@right(E.check_fields, "np.array, generator")
def f(layers):
    k, s = np.array(layers).T
    return 1 + np.cumsum((k - 1) * np.concatenate([[1], np.cumprod(s)[:-1]]))
@right(E.check_gradient, "weights edited and put back")
def f(loss, weight, step):
    w = weight.astype(float).copy()
    g = np.empty(w.shape)
    for i in range(w.size):
        old = w.flat[i]
        w.flat[i] = old + step; up = loss(w)
        w.flat[i] = old - step; down = loss(w)
        w.flat[i] = old
        g.flat[i] = (up - down) / 2 / step
    return g
@right(E.check_softmax, "logsumexp")
def f(logits, temperature):
    z = logits / temperature
    return np.exp(z - scipy.special.logsumexp(z, axis=1, keepdims=True))
@right(E.check_cross_entropy, "eye einsum, sum / N")
def f(p, labels):
    k = p.shape[1]
    return -np.sum(np.log(np.sum(np.eye(k)[labels] * p, axis=1))) / p.shape[0]
@right(E.check_loss_gradient, "where")
def f(p, labels):
    onehot = (np.arange(p.shape[1]) == np.asarray(labels)[:, None])
    return (p - onehot) / p.shape[0]
@right(E.check_relu_backward, "heaviside")
def f(gradient, x):
    return gradient * np.heaviside(x, 0)
@right(E.check_flatten_backward, "stack of reshape")
def f(gradient, x):
    return np.array([g.reshape(x.shape[1:]) for g in gradient])
@right(E.check_report, "zip max")
def f(train, validation, test):
    return dict(zip(validation.tolist()[::-1], test.tolist()[::-1]))[max(validation.tolist())]
@right(E.check_covering, "np.where mask")
def f(certainty, picture, window, stride):
    R, C = np.indices(picture.shape)
    rows = (picture.shape[0] - window) // stride + 1
    cols = (picture.shape[1] - window) // stride + 1
    return [[certainty(picture) - certainty(np.where((R >= r * stride) & (R < r * stride + window) & (C >= c * stride) & (C < c * stride + window), 0, picture)) for c in range(cols)] for r in range(rows)]
@right(E.check_climb, "min max")
def f(picture, gradient, rate):
    return np.fmin(1, np.fmax(0, picture + gradient * rate))
@right(E.check_gram, "einsum")
def f(maps):
    return np.einsum("ahw,bhw->ab", maps, maps) / (maps.shape[1] * maps.shape[2])
@wrong(E.check_quantize, "int() of the share times the highest code, no clip at all", "Nothing is clipped: voltages below 0", "You divide the range into 2**bits − 1")
def f(volts, bits, full_scale):
    return (np.asarray(volts) / full_scale * (2**bits - 1)).astype(int)
@wrong(E.check_quantize, "clips the voltage first, to the full scale, so the top code is 2**bits", "The top is not clipped: the end of the")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    return np.floor(np.clip(volts, 0, full_scale) / step).astype(int)
@wrong(E.check_quantize, "as uint8: 12 bits do not fit", "A byte holds 0 to 255, and the codes of")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    return np.clip(np.floor(volts / step), 0, 2**bits - 1).astype(np.uint8)
@wrong(E.check_pixel, "rows from the bottom: image[-row-1], and red and blue swapped", "Your rows count from the bottom, as in", "The numbers come out in reverse order,")
def f(image, row, col):
    return image[-row - 1, col][[2, 1, 0]]
@wrong(E.check_pixel, "one column to the right", "You look one column too far to the")
def f(image, row, col):
    return image.reshape(-1, 3)[row * image.shape[1] + col + 1]
@wrong(E.check_flat_index, "height instead of width and channels left out", "You counted pixels. Each pixel holds C", "A row is as long as the picture is wide:")
def f(index, shape):
    row, col, channel = index
    height, width, depth = shape
    return row * height + col
@wrong(E.check_flat_index, "width - 1 per row, channel one too many", "One too many: counting begins at 0, so", "A row has W pixels, not W − 1: the last")
def f(index, shape):
    row, col, channel = index
    height, width, depth = shape
    return (row * (width - 1) + col) * depth + channel + 1
@wrong(E.check_to_gray, "weights in BGR order and rounded to uint8", "Red and blue have changed places: 0.299", "The results are rounded to whole")
def f(image):
    return np.rint(0.114 * image[:, :, 0] + 0.587 * image[:, :, 1] + 0.299 * image[:, :, 2]).astype(np.uint8)
@wrong(E.check_to_gray, "gamma: squares the channels first", "A power bends the brightness, as gamma")
def f(image):
    lin = (image / 255.0) ** 2.2
    return 255 * lin @ [0.299, 0.587, 0.114]
@wrong(E.check_slide, "transposed window indices: image[col:, row:]")
def f(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            w = image[c:c + kh, r:r + kw]
            out[r, c] = (w * kernel[:w.shape[0], :w.shape[1]]).sum()
    return out
@wrong(E.check_slide, "ndimage.convolve, cropped to valid: flipped", "The kernel is flipped (turned by 180°)", "The map is cut out of a larger one, of")
def f(image, kernel):
    full = scipy.ndimage.convolve(image.astype(float), kernel.astype(float), mode="constant")
    kh, kw = kernel.shape
    return full[kh // 2:kh // 2 + image.shape[0] - kh + 1, kw // 2:kw // 2 + image.shape[1] - kw + 1]
@wrong(E.check_slide, "output as int array and window mean", "The mean is taken: the sum is asked for.", "The fractions are cut off: the results")
def f(image, kernel):
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1), dtype=int)
    for r, c in np.ndindex(out.shape):
        out[r, c] = np.mean(image[r:r + kh, c:c + kw] * kernel)
    return out
@wrong(E.check_slide, "sum over the first axis only and last written wins: out[row, col] = sum(...)[0]", "The sum of the first column alone is")
def f(image, kernel):
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r, c in np.ndindex(out.shape):
        out[r, c] = sum(image[r:r + kh, c:c + kw] * kernel)[0]
    return out
@wrong(E.check_display, "converts first, clips afterwards, and signs dropped", "You dropped the signs, and what is above")
def f(values):
    return np.clip(np.abs(values).astype(np.uint8), 0, 255)
@wrong(E.check_display, "divides by 255 after clipping", "What was clipped is divided by 255 as")
def f(values):
    return (np.clip(values, 0, 255) / 255).astype(np.uint8)
@wrong(E.check_echo, "strength on the sound and the echo one sample late")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + delay + 1)
    out[:len(sound)] += sound * strength
    out[delay + 1:delay + 1 + len(sound)] += sound
    return out[:len(sound) + delay]
@wrong(E.check_echo, "np.convolve with the response the wrong way round: strength first, mode same", "A part of the convolution is kept, by")
def f(sound, delay, strength):
    h = np.zeros(delay + 1); h[0] = strength; h[-1] = 1
    return np.convolve(sound, h, mode="same")
@wrong(E.check_flip, "only the rows, by a loop that leaves out the last", "Only the order of the rows is reversed.", "The last row stays 0: the loop ends one")
def f(kernel):
    out = np.zeros(kernel.shape)
    n = len(kernel)
    for i in range(n - 1):
        out[i] = kernel[n - 1 - i]
    return out
@wrong(E.check_flip, "np.flip along the diagonal: kernel[::-1].T", "That is a quarter turn. Convolution")
def f(kernel):
    return kernel[::-1].T
@wrong(E.check_convolve, "flipped left-right only, conv2d, sign turned", "Only the columns are reversed. That", "All signs are turned: what should be")
def f(image, kernel):
    return -conv2d(image.astype(float), np.fliplr(kernel).astype(float))
@wrong(E.check_convolve, "np.convolve row by row, only one kernel row", "Only the columns are reversed. That", "The sum of the first row alone is taken.")
def f(image, kernel):
    rows = image.shape[0] - kernel.shape[0] + 1
    return np.array([np.convolve(image[r].astype(float), kernel[0], mode="valid") for r in range(rows)])
@wrong(E.check_convolve, "flip of the transposed")
def f(image, kernel):
    k = np.flip(kernel.T)
    if k.shape != kernel.shape: k = k.T
    return conv2d(image.astype(float), k.astype(float))
@wrong(E.check_mirror, "edge", "The outermost pixel goes on and on: that")
def f(image, width):
    out = image
    for _ in range(width):
        out = np.vstack([out[:1], out, out[-1:]])
        out = np.hstack([out[:, :1], out, out[:, -1:]])
    return out
@wrong(E.check_mirror, "each time mirrors the outermost of the growing picture: reflect by repeated pad of 1")
def f(image, width):
    out = image
    for _ in range(width):
        out = np.pad(out, 1, mode="reflect")
    return out
@wrong(E.check_mirror, "bottom and right not reversed", "Below and on the right, rows and columns")
def f(image, width):
    a = np.vstack([image[:width][::-1], image, image[-width:]])
    return np.hstack([a[:, :width][:, ::-1], a, a[:, -width:]])
@wrong(E.check_out_size, "dilation divides: (k - 1) // dilation", "You divide by `dilation`: it multiplies.")
def f(size, kernel, stride, padding, dilation):
    reach = (kernel - 1) // dilation + 1
    return (size + 2 * padding - reach) // stride + 1
@wrong(E.check_out_size, "padding only at kernel, floor then +1 forgotten", "You counted the steps. Positions are one", "The padding is counted once. It lies on")
def f(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    return (size + padding - reach) // stride
@wrong(E.check_out_size, "only the rows, twice", "Your two numbers are always equal:")
def f(size, kernel, stride, padding, dilation):
    n = (size[0] + 2 * padding - dilation * (kernel[0] - 1) - 1) // stride + 1
    return n, n
@wrong(E.check_zero_mean, "mean of the absolute weights", "You take the mean without the signs:")
def f(kernel):
    return kernel - np.abs(kernel).mean()
@wrong(E.check_zero_mean, "subtracts the mean, then scales by the largest", "The results are divided by the largest.")
def f(kernel):
    k = kernel - kernel.mean()
    return k / np.abs(k).max()
@wrong(E.check_relu, "max over all with 0: np.max(values, 0)", "`max` takes 0 for an axis, and")
def f(values):
    return np.max(values, 0)
@wrong(E.check_relu, "leaky 0.2, and cut at 6", "That is a leaky ReLU: 0.2 times what is", "Nothing above 6 ever comes out: results")
def f(values):
    return np.minimum(np.where(values > 0, values, 0.2 * values), 6)
@wrong(E.check_compose, "element-wise product padded", "You multiply the two kernels cell by")
def f(first, second):
    h, w = first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1
    out = np.zeros((h, w))
    a = np.zeros((h, w)); a[:first.shape[0], :first.shape[1]] = first
    b = np.zeros((h, w)); b[:second.shape[0], :second.shape[1]] = second
    return a * b
@wrong(E.check_compose, "sum of both, kernel by kernel (adds where it should multiply)", "`second[i, j]` and `first` are added:")
def f(first, second):
    h, w = first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1
    out = np.zeros((h, w))
    for i, j in np.ndindex(second.shape):
        out[i:i + first.shape[0], j:j + first.shape[1]] += first + second[i, j]
    return out
@wrong(E.check_response, "first channel only, bias twice", "Only one channel gets through: the", "`bias` is counted twice.")
def f(window, filter, bias):
    return max((window[0].astype(float) * filter[0]).sum() + 2 * bias, 0)
@wrong(E.check_response, "kernel flipped in all axes and bias before relu forgotten")
def f(window, filter, bias):
    return np.maximum((window.astype(float) * filter[::-1, ::-1, ::-1]).sum(), 0) + bias
@wrong(E.check_layer, "first filter for all maps, own biases", "All maps are alike but for the bias:")
def f(x, filters, bias):
    one = sum(correlate2d(x[c].astype(float), filters[0, c], "valid") for c in range(len(x)))
    return np.array([one + b for b in bias])
@wrong(E.check_layer, "bias index is the channel's: adds bias[c] for the last channel")
def f(x, filters, bias):
    out = []
    for k in range(len(filters)):
        m = 0
        for c in range(len(x)):
            m = m + correlate2d(x[c].astype(float), filters[k, c], "valid")
        out.append(m + bias[c % len(bias)])
    return np.array(out)
@wrong(E.check_layer, "convolution with 'same' borders, cropped at the end only", "The map is cut out of a larger one, of")
def f(x, filters, bias):
    kh, kw = filters.shape[2:]
    out = [sum(correlate2d(x[c].astype(float), f[c], "same") for c in range(len(x))) + b for f, b in zip(filters, bias)]
    return np.array(out)[:, :x.shape[1] - kh + 1, :x.shape[2] - kw + 1]
@wrong(E.check_count, "bias multiplied: (c*k*k) * (f + 1)", "The 1 stands beside the filters. It")
def f(channels, filters, kernel):
    return channels * kernel**2 * (filters + 1)
@wrong(E.check_count, "one channel too many (alpha) no bias", "The biases are missing: one for each", "Your number is too large by `filters` ·")
def f(channels, filters, kernel):
    return (channels + 1) * kernel * kernel * filters
@wrong(E.check_max_pool, "window one too small, stride one too large", "Your window is one row and one column")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        out[r, c] = x[r * stride:r * stride + window - 1 or None, c * stride:c * stride + window - 1 or None].max()
    return out
@wrong(E.check_max_pool, "max of rows only: window x 1", "The largest of the first column alone is")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    return np.array([[x[r * stride:r * stride + window, c * stride].max() for c in range(cols)] for r in range(rows)])
@wrong(E.check_avg_pool, "max and min averaged after swapped stride and window", "Your window is as large as the stride.", "Your windows begin at `i * window`: the")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    return np.array([[x[r * window:r * window + stride, c * window:c * window + stride].mean() if x[r * window:r * window + stride, c * window:c * window + stride].size else 0 for c in range(cols)] for r in range(rows)])
@wrong(E.check_avg_pool, "mean of column sums", "You divide by the side of the window. It")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    return np.array([[x[r * stride:r * stride + window, c * stride:c * stride + window].sum(axis=0).mean() for c in range(cols)] for r in range(rows)])
@wrong(E.check_pooled_layer, "abs instead of ReLU, window sums over 2", "The signs are dropped. ReLU turns", "Everything is twice as large as it")
def f(maps):
    c, h, w = maps.shape
    return np.abs(maps).reshape(c, h // 2, 2, w // 2, 2).sum(axis=(2, 4)) / 2
@wrong(E.check_pooled_layer, "first averages rows, then ReLU, then columns")
def f(maps):
    c, h, w = maps.shape
    a = np.maximum(maps.reshape(c, h // 2, 2, w).mean(axis=2), 0)
    return a.reshape(c, h // 2, w // 2, 2).mean(axis=3)
@wrong(E.check_counts, "conv counted per position, local with shared biases", "(locally connected layer) You count one")
def f(size, channels, kernel, filters):
    side = size - kernel + 1
    w = channels * kernel**2
    return (channels * size**2 + 1) * filters * side**2, w * filters * side**2 + filters, (w + 1) * filters * side
@wrong(E.check_counts, "side = size - kernel - 1", "`1` is subtracted: it has to be added.")
def f(size, channels, kernel, filters):
    side = size - kernel - 1
    w = channels * kernel**2
    return (channels * size**2 + 1) * filters * side**2, (w + 1) * filters * side**2, (w + 1) * filters
@wrong(E.check_fields, "adds kernel * stride", "A layer adds k − 1 jumps, not k − 1 of")
def f(layers):
    r, out = 1, []
    for k, s in layers:
        r = r + (k - 1) * s
        out.append(r)
    return out
@wrong(E.check_fields, "from the back: r = s * r + (k - s), forwards", "That is the way back, from the last")
def f(layers):
    r, out = 1, []
    for k, s in layers:
        r = s * (r - 1) + k
        out.append(r)
    return out
@wrong(E.check_gradient, "relative: moves by step * weight", "The step is a share of the weight in")
def f(loss, weight, step):
    g = np.zeros(weight.shape)
    for p in np.ndindex(weight.shape):
        m = np.zeros(weight.shape); m[p] = step * weight[p]
        g[p] = (loss(weight + m) - loss(weight - m)) / (2 * step)
    return g
@wrong(E.check_gradient, "backward difference, sign turned", "You compare one side with the middle.", "All signs are turned: what should be")
def f(loss, weight, step):
    g = np.zeros(weight.shape)
    for p in np.ndindex(weight.shape):
        m = np.zeros(weight.shape); m[p] = step
        g[p] = (loss(weight - m) - loss(weight)) / step
    return g
@wrong(E.check_update, "only where the gradient is positive", "Negative slopes count as 0: half of the")
def f(weight, gradient, learning_rate):
    return weight - learning_rate * np.maximum(gradient, 0)
@wrong(E.check_update, "weight decay slipped in", "The weight is in the step, too: that is")
def f(weight, gradient, learning_rate):
    return weight * (1 - learning_rate) - learning_rate * gradient
@wrong(E.check_softmax, "row sums, but divides by their mean", "The mean is taken: the sum is asked for.")
def f(logits, temperature):
    e = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
    return e / e.mean(axis=1, keepdims=True)
@wrong(E.check_softmax, "temperature squared, no shift", "`temperature` is squared in your")
def f(logits, temperature):
    e = np.exp(logits / temperature**2 - (logits / temperature**2).max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
@wrong(E.check_cross_entropy, "labels as one-hot with the wrong eye: eye(N)", "Row and column have changed places:")
def f(p, labels):
    return -np.log(p[labels % len(p), np.arange(len(labels)) % p.shape[1]]).mean()
@wrong(E.check_cross_entropy, "sum, log2", "The losses of the batch are added up.", "That is another logarithm. `np.log` is")
def f(p, labels):
    return -sum(math.log2(row[l]) for row, l in zip(p, labels))
@wrong(E.check_cross_entropy, "entropy: -sum p log p, mean", "All classes count, whatever the label.")
def f(p, labels):
    return -(p * np.log(p)).sum(axis=1).mean()
@wrong(E.check_loss_gradient, "onehot - p, divided by the classes", "The sign is the wrong way round: this is", "You divide by the number of classes. The")
def f(p, labels):
    return (np.eye(p.shape[1])[labels] - p) / p.shape[1]
@wrong(E.check_loss_gradient, "only subtracts 1/N, p itself not divided", "Only the truth is divided by the number")
def f(p, labels):
    g = p.copy()
    g[np.arange(len(p)), labels] -= 1 / len(p)
    return g
@wrong(E.check_relu_backward, "x where positive, gradient elsewhere", "At positive inputs the input itself")
def f(gradient, x):
    return np.where(x > 0, x, gradient)
@wrong(E.check_relu_backward, "leaky 0.1 with >=", "At negative inputs 0.1 times the")
def f(gradient, x):
    return gradient * np.where(x >= 0, 1, 0.1)
@wrong(E.check_flatten_backward, "reshape to (C, N, H, W) then swapped", "The first two axes of `x` are swapped.", "The first two axes are swapped.")
def f(gradient, x):
    n, c, h, w = x.shape
    return gradient.reshape(c, n, h, w).transpose(1, 0, 2, 3)
@wrong(E.check_report, "test where train minus validation is smallest", "The setting with the smallest gap")
def f(train, validation, test):
    return test[np.argmin(train - validation)]
@wrong(E.check_covering, "covers only one pixel, times", "A single pixel is covered. The square is")
def f(certainty, picture, window, stride):
    rows, cols = (np.array(picture.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        q = picture.copy()
        q[r * stride, c * stride] = 0
        out[r, c] = certainty(picture) - certainty(q)
    return out
@wrong(E.check_covering, "keeps only the square (reversed mask)", "The other way round: you keep the")
def f(certainty, picture, window, stride):
    rows, cols = (np.array(picture.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        q = np.zeros_like(picture)
        s = np.s_[r * stride:r * stride + window, c * stride:c * stride + window]
        q[s] = picture[s]
        out[r, c] = certainty(picture) - certainty(q)
    return out
@wrong(E.check_climb, "wraps with modulo 1", "What leaves 0 to 1 on one side comes in")
def f(picture, gradient, rate):
    return (picture + rate * gradient) % 1
@wrong(E.check_climb, "stretched instead of clipped, downhill", "That is downhill, as in training, where", "You stretch the result to 0 to 1: that")
def f(picture, gradient, rate):
    q = picture - rate * gradient
    return (q - q.min()) / (q.max() - q.min())
@wrong(E.check_gram, "distances between maps")
def f(maps):
    m = maps.reshape(len(maps), -1)
    return ((m[:, None] - m[None]) ** 2).mean(axis=2)
@wrong(E.check_gram, "matrix product of each map with the other, trace only over height", "The length of `maps` along axis 0 stands")
def f(maps):
    return np.einsum("ahw,bhw->ab", maps, maps) / maps.shape[0] / maps.shape[1]
@right(E.check_quantize, "divmod loop over flat")
def f(volts, bits, full_scale):
    out = [min(max(int(v * 2**bits // full_scale), 0), 2**bits - 1) for v in np.ravel(volts).tolist()]
    return np.reshape(out, np.shape(volts))
@right(E.check_pixel, "np.split by channel")
def f(image, row, col):
    r, g, b = np.moveaxis(image, -1, 0)
    return [r[row, col], g[row, col], b[row, col]]
@right(E.check_slide, "FFT correlate")
def f(image, kernel):
    return scipy.signal.fftconvolve(image.astype(float), kernel[::-1, ::-1].astype(float), mode="valid")
@right(E.check_slide, "matrix (im2col)")
def f(image, kernel):
    kh, kw = kernel.shape
    H, W = image.shape
    cols = np.array([image[i:i + kh, j:j + kw].ravel() for i in range(H - kh + 1) for j in range(W - kw + 1)], dtype=float)
    return (cols @ kernel.ravel()).reshape(H - kh + 1, W - kw + 1)
@right(E.check_display, "sorted of three: median")
def f(values):
    return np.median([np.zeros(values.shape), values, np.full(values.shape, 255.0)], axis=0).astype("u1")
@right(E.check_mirror, "np.concatenate of flipped copies, cropped")
def f(image, width):
    h, w = image.shape
    a = np.concatenate([image[::-1], image, image[::-1]])
    a = np.concatenate([a[:, ::-1], a, a[:, ::-1]], axis=1)
    return a[h - width:2 * h + width, w - width:2 * w + width]
@right(E.check_out_size, "counting")
def f(size, kernel, stride, padding, dilation):
    return [sum(1 for i in range(-padding, int(n) + padding, stride) if i + dilation * (int(k) - 1) < n + padding) for n, k in zip(size, kernel)]
@right(E.check_compose, "applied to an impulse")
def f(first, second):
    h, w = first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1
    dot = np.zeros((2 * h - 1, 2 * w - 1)); dot[h - 1, w - 1] = 1
    return conv2d(conv2d(dot, first.astype(float)), second.astype(float))[::-1, ::-1]
@right(E.check_layer, "matrix product of columns, float32")
def f(x, filters, bias):
    F, C, kh, kw = filters.shape
    v = np.lib.stride_tricks.sliding_window_view(x, (C, kh, kw))[0]
    return (v.reshape(*v.shape[:2], -1).astype(np.float32) @ filters.reshape(F, -1).T.astype(np.float32) + bias).transpose(2, 0, 1)
@right(E.check_max_pool, "np.fromiter")
def f(x, window, stride):
    r, c = (np.array(x.shape) - window) // stride + 1
    return np.fromiter((x[i * stride:i * stride + window, j * stride:j * stride + window].max() for i in range(r) for j in range(c)), float).reshape(r, c)
@right(E.check_fields, "numpy int array out")
def f(layers):
    r, j, out = 1, 1, np.zeros(len(layers), int)
    for n, (k, s) in enumerate(layers):
        out[n] = r = r + (k - 1) * j
        j *= s
    return out
@right(E.check_cross_entropy, "logs of all, diag")
def f(p, labels):
    return float(np.mean(np.diag(-np.log(p[:, labels]))))
@right(E.check_loss_gradient, "scatter with minus")
def f(p, labels):
    m = np.zeros_like(p); np.put_along_axis(m, np.asarray(labels)[:, None], 1, axis=1)
    return np.divide(p - m, len(p))
@right(E.check_update, "np.add with negative")
def f(weight, gradient, learning_rate):
    return np.add(weight, np.multiply(-learning_rate, gradient))
@right(E.check_gram, "loops")
def f(maps):
    n = len(maps)
    return [[float((maps[i] * maps[j]).mean()) for j in range(n)] for i in range(n)]
@wrong(E.check_quantize, "np.ceil, minus nothing, clip at 2**bits - 1", "You round up. A code stands for the step")
def f(volts, bits, full_scale):
    codes = np.ceil(volts / (full_scale / 2**bits))
    return np.clip(codes, 0, 2**bits - 1).astype(int)
@wrong(E.check_quantize, "clip from 1, floor", "The top is not clipped: the end of the", "Nothing below 1 ever comes out: results")
def f(volts, bits, full_scale):
    step = full_scale / 2**bits
    return np.clip(np.floor(volts / step), 1, 2**bits).astype(int)
@wrong(E.check_quantize, "np.digitize with thresholds that begin at 0: one too many, not clipped at top")
def f(volts, bits, full_scale):
    return np.digitize(volts, np.linspace(0, full_scale, 2**bits, endpoint=False))
@wrong(E.check_pixel, "image[row:col]")
def f(image, row, col):
    return image[row:col + 1, 0].sum(axis=0) if col >= row else image[row, col]
@wrong(E.check_pixel, "the row's mean colour", "That is a whole row of pixels: the", "The numbers are averaged along the first")
def f(image, row, col):
    return image[row].mean(axis=0)
@wrong(E.check_flat_index, "row * width + col * channels + channel", "Only the columns are multiplied by C. A")
def f(index, shape):
    r, c, k = index
    h, w, d = shape
    return r * w + c * d + k
@wrong(E.check_flat_index, "all minus one (1-based) in CHW", "That is right for CHW, where each", "Each number of `index` is one too small")
def f(index, shape):
    r, c, k = index
    h, w, d = shape
    return (k - 1) * h * w + (r - 1) * w + c - 1
@wrong(E.check_to_gray, "sum of weights wrong: 0.299, 0.587, 0.144, and // 1", "0.144 stands where `0.114` belongs.", "The fractions are cut off: the results")
def f(image):
    return (0.299 * image[..., 0] + 0.587 * image[..., 1] + 0.144 * image[..., 2]) // 1
@wrong(E.check_to_gray, "loop with the last channel only (= instead of +=)", "Only the last product comes out: each")
def f(image):
    out = np.zeros(image.shape[:2])
    for c, w in enumerate([0.299, 0.587, 0.114]):
        out = w * image[:, :, c]
    return out
@wrong(E.check_to_gray, "Pillow's way via uint8 products: image * weights cast to uint8 before sum", "Each weighed channel is cut off to a")
def f(image):
    return (image * np.array([0.299, 0.587, 0.114])).astype(np.uint8).sum(axis=2)
@wrong(E.check_slide, "output transposed index and no abs: out[col,row]; square only", "Your map is transposed: its rows and")
def f(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros((cols, rows))
    for r in range(rows):
        for c in range(cols):
            out[c, r] = np.sum(image[r:r + kh, c:c + kw] * kernel)
    return out
@wrong(E.check_slide, "bytes: product in the image's uint8 with kernel cast", "The results are stored as bytes: they")
def f(image, kernel):
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1), np.uint8)
    for r, c in np.ndindex(out.shape):
        out[r, c] = int((image[r:r + kh, c:c + kw] * kernel).sum()) % 256
    return out
@wrong(E.check_slide, "abs at the end and last row not reached (rows = H - KH)", "The signs are lost: an absolute value", "The last row is missing: the loop ends")
def f(image, kernel):
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh, image.shape[1] - kw + 1))
    for r, c in np.ndindex(out.shape):
        out[r, c] = abs((image[r:r + kh, c:c + kw] * kernel).sum())
    return out
@wrong(E.check_display, "thresholds at 127", "Only black and white are left. Grays")
def f(values):
    return np.where(values >= 128, 255, 0).astype(np.uint8)
@wrong(E.check_display, "only lower end, as int16")
def f(values):
    return np.maximum(values, 0).astype(np.int16)
@wrong(E.check_echo, "echo of strength 1 - strength, one early", "1 − strength is left of the echo. Its", "The echo comes one sample too early: its")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    out[:len(sound)] += sound
    out[delay - 1:delay - 1 + len(sound)] += (1 - strength) * sound
    return out
@wrong(E.check_echo, "sound is reversed in the echo", "`sound` is taken in reverse order in one")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    out[:len(sound)] += sound
    out[delay:] += strength * sound[::-1]
    return out
@wrong(E.check_flip, "swapaxes then flip rows", "That is a quarter turn. Convolution")
def f(kernel):
    return np.flipud(np.swapaxes(kernel, 0, 1))
@wrong(E.check_flip, "rolled by half")
def f(kernel):
    return np.roll(kernel, kernel.shape[0] // 2, axis=0)
@wrong(E.check_convolve, "right, but divided by the sum of the kernel's absolute weights", "`kernel` is divided by the sum of its")
def f(image, kernel):
    return convolve2d(image.astype(float), kernel, "valid") / np.abs(kernel).sum()
@wrong(E.check_convolve, "conv2d not flipped and clipped to bytes", "This is cross-correlation: the kernel is", "The results are clipped to 0..255. Leave")
def f(image, kernel):
    return np.clip(conv2d(image.astype(float), kernel.astype(float)), 0, 255)
@wrong(E.check_mirror, "zeros around", "The padding is of zeros. It has to be a")
def f(image, width):
    return np.pad(image, width)
@wrong(E.check_mirror, "wrap", "The opposite side follows: that is")
def f(image, width):
    return np.pad(image, width, mode="wrap")
@wrong(E.check_mirror, "symmetric, one too wide")
def f(image, width):
    return np.pad(image, width + 1, mode="symmetric")
@wrong(E.check_out_size, "stride and dilation swapped", "Stride and dilation are swapped: the")
def f(size, kernel, stride, padding, dilation):
    return (size + 2 * padding - stride * (kernel - 1) - 1) // dilation + 1
@wrong(E.check_out_size, "dilation * kernel, rounded", "You round to the nearest number. Where", "With dilation d your kernel spans d · k")
def f(size, kernel, stride, padding, dilation):
    return np.round((size + 2 * padding - dilation * kernel) / stride).astype(int) + 1
@wrong(E.check_zero_mean, "divided by n - 1 (as a sample mean)", "The mean is over all cells: you divide")
def f(kernel):
    return kernel - kernel.sum() / (kernel.size - 1)
@wrong(E.check_zero_mean, "sum over rows subtracted, transposed", "Rows and columns of the result are")
def f(kernel):
    return (kernel - kernel.mean()).T
@wrong(E.check_relu, "minimum with 0 and sign turned", "The signs in `values` are turned.")
def f(values):
    return -np.minimum(values, 0)
@wrong(E.check_relu, "sigmoid", "That is the sigmoid. ReLU turns what is")
def f(values):
    return scipy.special.expit(values)
@wrong(E.check_compose, "valid convolution")
def f(first, second):
    return convolve2d(first, second, "valid")
@wrong(E.check_compose, "full, both kernels flipped", "The result is turned by 180°. A dot sent")
def f(first, second):
    return convolve2d(first[::-1, ::-1], second[::-1, ::-1], "full")
@wrong(E.check_response, "no relu, mean over the channels", "The sum and the bias are right, but what", "You take a mean of the channels. A")
def f(window, filter, bias):
    return np.mean((window.astype(float) * filter).sum(axis=(1, 2))) + bias
@wrong(E.check_response, "bias after relu, negated", "ReLU comes too early: the bias is added", "The bias is subtracted. It is added, as")
def f(window, filter, bias):
    return np.maximum((window.astype(float) * filter).sum(), 0) - bias
@wrong(E.check_layer, "relu and bias[0]", "All maps get the first bias. Each filter", "What is negative has become 0. The")
def f(x, filters, bias):
    return np.maximum(np.stack([sum(correlate2d(x[c].astype(float), k[c], "valid") for c in range(len(x))) + bias[0] for k in filters]), 0)
@wrong(E.check_layer, "maps come out channels last", "The maps come last. The order asked for")
def f(x, filters, bias):
    return np.stack([sum(correlate2d(x[c].astype(float), k[c], "valid") for c in range(len(x))) + b for k, b in zip(filters, bias)], axis=-1)
@wrong(E.check_layer, "channels maximum instead of sum", "You keep the largest of the channels'")
def f(x, filters, bias):
    return np.stack([np.max([correlate2d(x[c].astype(float), k[c], "valid") for c in range(len(x))], axis=0) + b for k, b in zip(filters, bias)])
@wrong(E.check_count, "channels + filters", "Channels and filters are added. They")
def f(channels, filters, kernel):
    return kernel**2 * (channels + filters) + filters
@wrong(E.check_count, "cubed kernel", "`kernel` comes in twice as a factor.")
def f(channels, filters, kernel):
    return filters * (channels * kernel**3 + 1)
@wrong(E.check_max_pool, "last row of windows missing and stride = window", "The stride is not used: your windows lie", "The last row is missing: the loop ends")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // window + 1
    return np.array([[x[r * window:(r + 1) * window, c * window:(c + 1) * window].max() for c in range(cols)] for r in range(rows - 1)])
@wrong(E.check_max_pool, "begins at the first number of the map rather than of the window")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.full((rows, cols), x[0, 0], float)
    for r, c in np.ndindex(rows, cols):
        for i, j in np.ndindex(window, window):
            out[r, c] = max(out[r, c], x[r * stride + i, c * stride + j])
    return out
@wrong(E.check_avg_pool, "integer division by window squared, max of x", "Your averages are rounded down: `//`")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    return np.array([[x[r * stride:r * stride + window, c * stride:c * stride + window].sum() // window**2 for c in range(cols)] for r in range(rows)])
@wrong(E.check_avg_pool, "uniform_filter then every stride")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    return scipy.ndimage.uniform_filter(x.astype(float), window)[::stride, ::stride][:rows, :cols]
@wrong(E.check_pooled_layer, "over the channels instead of the rows: pairs of channels", "Only two numbers of each window, across")
def f(maps):
    m = np.maximum(maps, 0)
    return (m[:, ::2, ::2] + m[:, 1::2, 1::2]) / 2
@wrong(E.check_pooled_layer, "leaky 0.01 and max")
def f(maps):
    c, h, w = maps.shape
    m = np.where(maps > 0, maps, 0.01 * maps)
    return m.reshape(c, h // 2, 2, w // 2, 2).max(axis=(2, 4))
@wrong(E.check_counts, "dense inputs without channels, conv bias once", "The dense layer is connected with every", "The convolution has a bias for each")
def f(size, channels, kernel, filters):
    side = size - kernel + 1
    o, w = filters * side**2, channels * kernel**2
    return (size**2 + 1) * o, (w + 1) * o, w * filters + 1
@wrong(E.check_counts, "side not squared", "n − k + 1 is one row of outputs. There")
def f(size, channels, kernel, filters):
    side = size - kernel + 1
    o, w = filters * side, channels * kernel**2
    return (channels * size**2 + 1) * o, (w + 1) * o, (w + 1) * filters
@wrong(E.check_fields, "kernel added instead of k - 1, starts at 0", "k numbers have k − 1 steps between them:", "Begin with 1: a pixel sees itself.")
def f(layers):
    r, j, out = 0, 1, []
    for k, s in layers:
        r += k * j
        j *= s
        out.append(r)
    return out
@wrong(E.check_gradient, "central, no division by two, weight changed in place and never put back", "A weight that was moved is not put back")
def f(loss, weight, step):
    w = weight.copy()
    g = np.zeros(w.shape)
    for p in np.ndindex(w.shape):
        w[p] += step
        up = loss(w)
        w[p] -= 2 * step
        g[p] = (up - loss(w)) / (2 * step)
    return g
@wrong(E.check_update, "sign of the gradient only", "Only the sign of the gradient counts")
def f(weight, gradient, learning_rate):
    return weight - learning_rate * np.sign(gradient)
@wrong(E.check_update, "gradient times weight", "The step is multiplied by the weight: a")
def f(weight, gradient, learning_rate):
    return weight - learning_rate * gradient * weight
@wrong(E.check_softmax, "2 to the power, temperature multiplied", "The logits are multiplied by the", "A power of 2 is taken: the exponential")
def f(logits, temperature):
    z = logits * temperature
    e = 2.0 ** (z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
@wrong(E.check_softmax, "negative logits (softmin)", "The signs in `logits` are turned.")
def f(logits, temperature):
    z = -logits / temperature
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
@wrong(E.check_cross_entropy, "natural log, divided by classes, sign missing", "The losses of the batch are added up.", "Everything is divided by the length of")
def f(p, labels):
    return np.log(p[np.arange(len(p)), labels]).sum() / p.shape[1]
@wrong(E.check_cross_entropy, "1 - p of the true class (no log)", "The logarithm is missing. It is what")
def f(p, labels):
    return (1 - p[np.arange(len(p)), labels]).mean()
@wrong(E.check_loss_gradient, "p - onehot, then multiplied by p (softmax derivative again)", "The slope is multiplied by the")
def f(p, labels):
    return p * (p - np.eye(p.shape[1])[labels]) / len(p)
@wrong(E.check_loss_gradient, "adds 1 for the true class, summed over the batch", "Something made of `probabilities` and", "Everything is multiplied by the length")
def f(p, labels):
    g = p.copy()
    g[np.arange(len(p)), labels] += 1
    return g
@wrong(E.check_relu_backward, "masks where the gradient is positive too (guided)", "Negative gradients are cut off as well.")
def f(gradient, x):
    return gradient * (x > 0) * (gradient > 0)
@wrong(E.check_relu_backward, "mask reversed, sign turned", "It is the wrong way round: the gradient", "The sign is turned. That minus belongs")
def f(gradient, x):
    return -gradient * (x <= 0)
@wrong(E.check_flatten_backward, "reshape to (N, C, W, H)", "`reshape` does not swap rows and")
def f(gradient, x):
    n, c, h, w = x.shape
    return gradient.reshape(n, c, w, h)
@wrong(E.check_report, "mean of test and validation at best validation", "You average over parts. Only what had no")
def f(train, validation, test):
    k = np.argmax(validation)
    return (validation[k] + test[k]) / 2
@wrong(E.check_covering, "difference of the squares' sums instead of certainty, sign")
def f(certainty, picture, window, stride):
    rows, cols = (np.array(picture.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        q = picture.copy()
        q[r * stride:r * stride + window, c * stride:c * stride + window] = 0
        out[r, c] = picture.sum() - q.sum()
    return out
@wrong(E.check_covering, "covered with white (1) and clipped at 0", "Negative losses are cut off. They say", "You cover with ink, 1. Paper is 0:")
def f(certainty, picture, window, stride):
    rows, cols = (np.array(picture.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        q = picture.copy()
        q[r * stride:r * stride + window, c * stride:c * stride + window] = 1
        out[r, c] = max(0, certainty(picture) - certainty(q))
    return out
@wrong(E.check_climb, "no clip, sign", "That is downhill, as in training, and")
def f(picture, gradient, rate):
    return picture - rate * gradient
@wrong(E.check_climb, "rate divides", "1 is divided by `rate` in your function.")
def f(picture, gradient, rate):
    return np.clip(picture + gradient / rate, 0, 1)
@wrong(E.check_gram, "sum over rows only, by the width (batched matrix product)", "A square root is taken of the results.")
def f(maps):
    n, h, w = maps.shape
    flat = maps.reshape(n, -1)
    return np.sqrt(np.abs(flat @ flat.T / (h * w)))
@wrong(E.check_gram, "cosine", "Those are sums over the positions.", "Each map is brought to the length 1. A")
def f(maps):
    flat = maps.reshape(len(maps), -1)
    flat = flat / np.linalg.norm(flat, axis=1, keepdims=True)
    return flat @ flat.T
@right(E.check_quantize, "clip before floor")
def f(volts, bits, full_scale):
    return np.floor(np.clip(np.asarray(volts) * 2**bits / full_scale, 0, 2**bits - 0.5)).astype(np.int32)
@right(E.check_flat_index, "np.dot with strides")
def f(index, shape):
    return np.dot(index, [shape[1] * shape[2], shape[2], 1])
@right(E.check_slide, "as_strided")
def f(image, kernel):
    image = np.ascontiguousarray(image.astype(float))
    s = (image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1)
    v = np.lib.stride_tricks.as_strided(image, s + kernel.shape, image.strides * 2)
    return (v * kernel).sum((2, 3))
@right(E.check_echo, "two padded arrays")
def f(sound, delay, strength):
    return np.pad(sound, (0, delay)) + strength * np.pad(sound, (delay, 0))
@right(E.check_convolve, "ndimage with origin, via correlate of flipped in nested lists")
def f(image, kernel):
    a, k = image.astype(float).tolist(), kernel.tolist()
    kh, kw = len(k), len(k[0])
    return [[sum(a[i + p][j + q] * k[kh - 1 - p][kw - 1 - q] for p in range(kh) for q in range(kw)) for j in range(len(a[0]) - kw + 1)] for i in range(len(a) - kh + 1)]
@right(E.check_relu, "boolean product")
def f(values):
    return values * (values > 0)
@right(E.check_response, "einsum, clipped")
def f(window, filter, bias):
    return np.clip(np.einsum("chw,chw", window.astype(float), filter) + bias, 0, None)
@right(E.check_count, "f-string eval style: sums")
def f(channels, filters, kernel):
    return sum(kernel * kernel for _ in range(channels * filters)) + filters
@right(E.check_avg_pool, "convolution with a box")
def f(x, window, stride):
    return correlate2d(x.astype(float), np.full((window, window), window**-2.0), "valid")[::stride, ::stride]
@right(E.check_pooled_layer, "mean of means")
def f(maps):
    m = np.maximum(0, maps)
    m = m.reshape(m.shape[0], m.shape[1], -1, 2).mean(3)
    return np.swapaxes(np.swapaxes(m, 1, 2).reshape(m.shape[0], m.shape[2], -1, 2).mean(3), 1, 2)
@right(E.check_counts, "list")
def f(size, channels, kernel, filters):
    out = filters * (size - kernel + 1) ** 2
    return [out + out * channels * size * size, out * (1 + channels * kernel * kernel), filters * (1 + channels * kernel * kernel)]
@right(E.check_softmax, "log-space loop")
def f(logits, temperature):
    out = []
    for row in logits:
        z = [v / temperature for v in row]
        m = max(z)
        e = [math.exp(v - m) for v in z]
        out.append([v / sum(e) for v in e])
    return out
@right(E.check_climb, "where")
def f(picture, gradient, rate):
    q = picture + rate * gradient
    q[q > 1] = 1
    q[q < 0] = 0
    return q
@right(E.check_report, "pandas-like sort")
def f(train, validation, test):
    return test[np.argsort(-validation, kind="stable")[0]]
@right(E.check_zero_mean, "outer projection")
def f(kernel):
    k = np.ravel(kernel).astype(float)
    n = k.size
    return ((np.eye(n) - np.ones((n, n)) / n) @ k).reshape(kernel.shape)
@wrong(E.check_quantize, "multiplies by full scale: volts * full_scale // 2**bits", "You divide by the wrong thing. How many")
def f(volts, bits, full_scale):
    return np.clip(volts * full_scale // 2**bits, 0, 2**bits - 1).astype(int)
@wrong(E.check_quantize, "np.round and floor swapped; the range from -full_scale to full_scale")
def f(volts, bits, full_scale):
    step = 2 * full_scale / 2**bits
    return np.clip(np.floor((volts + full_scale) / step), 0, 2**bits - 1).astype(int)
@wrong(E.check_pixel, "row and col swapped in a flat index", "Row and column are swapped: the row")
def f(image, row, col):
    return image.reshape(-1, 3)[col * image.shape[1] + row]
@wrong(E.check_pixel, "averages the pixel with its right neighbour")
def f(image, row, col):
    return image[row, col:col + 2].mean(axis=0)
@wrong(E.check_flat_index, "row times rows of the whole: multiplies by height and width", "stands where the third number of `shape`")
def f(index, shape):
    r, c, k = index
    h, w, d = shape
    return r * h * w + c * d + k
@wrong(E.check_flat_index, "channels counted as 3 whatever the shape", "`shape[2]` is not used: your function")
def f(index, shape):
    return (index[0] * shape[1] + index[1]) * 3 + index[2]
@wrong(E.check_to_gray, "green weight 0.578", "The weight of green is 0.578 in your")
def f(image):
    return 0.299 * image[..., 0] + 0.578 * image[..., 1] + 0.114 * image[..., 2]
@wrong(E.check_to_gray, "mean of luma and mean, as ints", "You took the mean. So pure blue gets as", "The fractions are cut off: the results")
def f(image):
    return (image.mean(axis=2)).astype(int)
@wrong(E.check_slide, "kernel transposed and the sum halved")
def f(image, kernel):
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    k = kernel.T if kh == kw else kernel
    for r, c in np.ndindex(out.shape):
        out[r, c] = (image[r:r + kh, c:c + kw] * k).sum() / 2
    return out
@wrong(E.check_slide, "range(rows - 1) for columns too: last column stays 0, and kernel upside down", "The kernel is mirrored. Its upper left", "The last column stays 0: the loop ends")
def f(image, kernel):
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1] - 1):
            out[r, c] = (image[r:r + kh, c:c + kw] * kernel[::-1]).sum()
    return out
@wrong(E.check_slide, "window starts at the centre: image[r - kh//2 ...] with edge padding, same size", "Your map is as large as the picture")
def f(image, kernel):
    kh, kw = kernel.shape
    p = np.pad(image.astype(float), ((kh // 2, (kh - 1) // 2), (kw // 2, (kw - 1) // 2)), mode="edge")
    return correlate2d(p, kernel, "valid")
@wrong(E.check_display, "clip 0..255 then minus 1 at the top through np.clip(values, 0, 254) and rounding", "The numbers wrap round, as if bytes ran")
def f(values):
    return np.clip(values % 256, 0, 255).astype(np.uint8)
@wrong(E.check_echo, "echo not weakened, sound twice", "Sound and echo are equally loud:", "`sound` is counted twice.")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    out[:len(sound)] += 2 * np.asarray(sound)
    out[delay:] += sound
    return out
@wrong(E.check_echo, "delay counted in samples from 1: two late", "`2` is added, where it does not belong.")
def f(sound, delay, strength):
    out = np.zeros(len(sound) + delay + 2)
    out[:len(sound)] += sound
    out[delay + 2:] += strength * sound
    return out
@wrong(E.check_flip, "reversed rows, last column only reversed wrongly: np.roll of a flip", "Everything has moved by one column: is")
def f(kernel):
    return np.roll(kernel[::-1, ::-1], 1, axis=1)
@wrong(E.check_convolve, "full cropped to the upper left", "The map is cut out of a larger one, of")
def f(image, kernel):
    h, w = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    return convolve2d(image.astype(float), kernel)[:h, :w]
@wrong(E.check_convolve, "image flipped and kernel flipped, abs", "The map is flipped, not the kernel (or", "The signs are lost: an absolute value")
def f(image, kernel):
    return np.abs(conv2d(image[::-1, ::-1].astype(float), kernel[::-1, ::-1].astype(float)))
@wrong(E.check_mirror, "mirrors left and right first with rows of the mirrored, top edge copied", "The border of the rows, or of the")
def f(image, width):
    a = np.pad(image, ((0, 0), (width, width)), mode="symmetric")
    return np.pad(a, ((width, width), (0, 0)), mode="edge")
@wrong(E.check_mirror, "only below and to the right, twice as wide")
def f(image, width):
    return np.pad(image, ((0, 2 * width), (0, 2 * width)), mode="symmetric")
@wrong(E.check_out_size, "(n + 2p - k + 1) / s without dilation", "The dilation is forgotten: a kernel with", "The + 1 is divided by the stride too. It")
def f(size, kernel, stride, padding, dilation):
    return (size + 2 * padding - kernel + 1) // stride
@wrong(E.check_out_size, "padding doubled twice, dilation forgotten", "The padding is counted four times. Along", "The dilation is forgotten: a kernel with")
def f(size, kernel, stride, padding, dilation):
    return (size + 4 * padding - kernel) // stride + 1
@wrong(E.check_zero_mean, "mean of the corners", "You divide the sum by the number of")
def f(kernel):
    return kernel - kernel.sum(axis=1).mean()
@wrong(E.check_relu, "values below the median go", "`(values < 0) * 1` is added, where it does not belong.")
def f(values):
    return np.where(values > 0, values, values - values) + (values < 0) * 1
@wrong(E.check_compose, "second over first: loops over first but rolled, cropped by one", "The last row and the last column are")
def f(first, second):
    return convolve2d(first, second)[:-1, :-1]
@wrong(E.check_response, "sum of products of sums, bias", "Sums are multiplied. Each number first")
def f(window, filter, bias):
    return max(window.astype(float).sum() * filter.sum() + bias, 0)
@wrong(E.check_response, "last channel left out, bias subtracted", "The bias is subtracted. It is added, as", "What comes last along the first axis is")
def f(window, filter, bias):
    return np.maximum((window[:-1].astype(float) * filter[:-1]).sum() - bias, 0)
@wrong(E.check_layer, "bias added before the product: (window + bias) * filter", "The bias is added to the window, so each")
def f(x, filters, bias):
    count, _, h, w = filters.shape
    maps = np.zeros((count, x.shape[1] - h + 1, x.shape[2] - w + 1))
    for k, r, c in np.ndindex(maps.shape):
        maps[k, r, c] = ((x[:, r:r + h, c:c + w] + bias[k]) * filters[k]).sum()
    return maps
@wrong(E.check_layer, "window at row, col swapped, no bias")
def f(x, filters, bias):
    count, _, h, w = filters.shape
    maps = np.zeros((count, x.shape[1] - h + 1, x.shape[2] - w + 1))
    for k, r, c in np.ndindex(maps.shape):
        maps[k, r, c] = (x[:, r:r + h, c:c + w].transpose(0, 2, 1) * filters[k]).sum() if h == w else (x[:, r:r + h, c:c + w] * filters[k]).sum()
    return maps
@wrong(E.check_count, "filters squared instead of kernel", "`filters` stands where `kernel` belongs.")
def f(channels, filters, kernel):
    return channels * filters**2 * kernel + filters
@wrong(E.check_max_pool, "windows at r*window, rows and cols from stride, sum", "Rows and columns of the output are", "You add the window up. Here its largest")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    return np.array([[x[r * stride:r * stride + window, c * stride:c * stride + window].sum() for c in range(cols)] for r in range(rows)]).T
@wrong(E.check_max_pool, "pads with zeros to the full size (ceil mode), begins at 0", "You round the number of places up: the")
def f(x, window, stride):
    rows, cols = -(-(np.array(x.shape) - window) // stride) + 1
    p = np.zeros((rows * stride + window, cols * stride + window)); p[:x.shape[0], :x.shape[1]] = x
    return np.array([[p[r * stride:r * stride + window, c * stride:c * stride + window].max() for c in range(cols)] for r in range(rows)])
@wrong(E.check_avg_pool, "weighted: mean of the row maxima", "The largest is taken: the mean is asked")
def f(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    return np.array([[x[r * stride:r * stride + window, c * stride:c * stride + window].max(axis=1).mean() for c in range(cols)] for r in range(rows)])
@wrong(E.check_pooled_layer, "relu of the negated, mean over one side only", "The signs in `maps` are turned.")
def f(maps):
    c, h, w = maps.shape
    return np.maximum(-maps, 0).reshape(c, h // 2, 2, w // 2, 2).mean(axis=(2, 4))
@wrong(E.check_counts, "channels forgotten in dense and window, bias ok", "The channels are forgotten: windows")
def f(size, channels, kernel, filters):
    o = filters * (size - kernel + 1) ** 2
    return (size**2 + 1) * o, (kernel**2 + 1) * o, (kernel**2 + 1) * filters
@wrong(E.check_fields, "jump multiplied by kernel", "The kernels' sizes are multiplied.")
def f(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= k
        out.append(r)
    return out
@wrong(E.check_fields, "largest kernel so far plus jumps: adds stride too")
def f(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j + (s - 1)
        j *= s
        out.append(r)
    return out
@wrong(E.check_gradient, "divides by step only, one sided downwards, all moved", "All slopes are twice too steep: from a", "All weights are moved at once. Each has")
def f(loss, weight, step):
    g = np.zeros(weight.shape)
    for p in np.ndindex(weight.shape):
        g[p] = (loss(weight + step) - loss(weight - step)) / step
    return g
@wrong(E.check_update, "plus, and gradient averaged over its rows", "The sign of the update is the wrong way", "The step is divided by the number of")
def f(weight, gradient, learning_rate):
    return weight + learning_rate * gradient / len(gradient)
@wrong(E.check_softmax, "e / (1 + sum)")
def f(logits, temperature):
    z = logits / temperature
    m = np.maximum(z.max(axis=1, keepdims=True), 0)
    e = np.exp(z - m)
    return e / (np.exp(-m) + e.sum(axis=1, keepdims=True))
@wrong(E.check_cross_entropy, "label counted from 1, not averaged", "The losses of the batch are added up.", "The column before the true class is")
def f(p, labels):
    return -np.log(p[np.arange(len(p)), labels - 1]).sum()
@wrong(E.check_loss_gradient, "one-hot minus nothing: p * onehot - onehot, / N", "Only the true class has a gradient here.")
def f(p, labels):
    h = np.eye(p.shape[1])[labels]
    return (p * h - h) / len(p)
@wrong(E.check_relu_backward, "gradient where gradient*x positive... uses abs(x)", "The gradient passes at negative inputs")
def f(gradient, x):
    return gradient * (np.abs(x) > 0)
@wrong(E.check_flatten_backward, "transposed batch: gradient.T.reshape", "The shape is right, but the numbers are")
def f(gradient, x):
    return gradient.T.reshape(x.shape)
@wrong(E.check_report, "second best validation", "The second best setting is chosen. The")
def f(train, validation, test):
    return test[np.argsort(validation)[-2]]
@wrong(E.check_covering, "window and stride swapped, sign", "Your square is as large as the stride.", "The sign is the wrong way round: where")
def f(certainty, picture, window, stride):
    rows, cols = (np.array(picture.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        q = picture.copy()
        q[r * stride:r * stride + stride, c * stride:c * stride + stride] = 0
        out[r, c] = certainty(q) - certainty(picture)
    return out
@wrong(E.check_climb, "clip to -1..1, rate squared")
def f(picture, gradient, rate):
    return np.clip(picture + rate**2 * gradient, -1, 1)
@wrong(E.check_gram, "divided by height + width", "You divide by H + W. There are H · W")
def f(maps):
    n, h, w = maps.shape
    m = maps.reshape(n, -1)
    return m @ m.T / (h + w)
@right(E.check_quantize, "where")
def f(volts, bits, full_scale):
    c = np.floor_divide(volts, full_scale / 2**bits)
    return np.where(c < 0, 0, np.where(c >= 2**bits, 2**bits - 1, c))
@right(E.check_to_gray, "dot on reshaped")
def f(image):
    return image.reshape(-1, 3).dot(np.array([0.299, 0.587, 0.114])).reshape(image.shape[:2])
@right(E.check_display, "putmask float")
def f(values):
    return np.array([[min(255, max(0, int(v))) for v in row] for row in values], dtype="uint8")
@right(E.check_echo, "loop")
def f(sound, delay, strength):
    out = [0.0] * (len(sound) + delay)
    for i, s in enumerate(sound):
        out[i] += s
        out[i + delay] += s * strength
    return out
@right(E.check_flip, "transposes and reversals")
def f(kernel):
    return kernel.ravel()[::-1].reshape(kernel.shape)
@right(E.check_mirror, "ndimage-like modulo")
def f(image, width):
    a = np.concatenate([image, image[::-1]]); a = np.concatenate([a, a[:, ::-1]], 1)
    r = np.arange(-width, image.shape[0] + width) % a.shape[0]
    c = np.arange(-width, image.shape[1] + width) % a.shape[1]
    return a[r][:, c]
@right(E.check_compose, "np.add.at")
def f(first, second):
    out = np.zeros(np.add(first.shape, second.shape) - 1)
    for (i, j), a in np.ndenumerate(first):
        for (k, l), b in np.ndenumerate(second):
            out[i + k, j + l] += a * b
    return out
@right(E.check_layer, "scipy correlate 3D")
def f(x, filters, bias):
    return np.array([scipy.signal.correlate(x.astype(float), k.astype(float), mode="valid")[0] + b for k, b in zip(filters, bias)])
@right(E.check_max_pool, "package")
def f(x, window, stride):
    return max_pool2d(x, window, stride=stride)
@right(E.check_gradient, "vectorised eye")
def f(loss, weight, step):
    n = weight.size
    e = (step * np.eye(n)).reshape(n, *weight.shape)
    return np.array([(loss(weight + d) - loss(weight - d)) / (2 * step) for d in e]).reshape(weight.shape)
@right(E.check_covering, "mask array, np.full")
def f(certainty, picture, window, stride):
    n, m = [(s - window) // stride + 1 for s in picture.shape]
    whole = certainty(picture)
    out = np.full((n, m), whole)
    for i in range(n):
        for j in range(m):
            q = np.array(picture)
            q[i * stride:][:window, j * stride:j * stride + window] = 0
            out[i, j] -= certainty(q)
    return out
@right(E.check_gram, "tensordot mean")
def f(maps):
    return np.tensordot(maps, maps, ((1, 2), (1, 2))) / maps[0].size
# ---- the ninth set
@wrong(E.check_quantize, 'rounds to the nearest step', 'You round to the nearest code. A code st')
def my_quantize(volts, bits, full_scale):
    step = full_scale / 2**bits
    codes = np.round(volts / step)
    return np.clip(codes, 0, 2**bits - 1).astype(int)
@wrong(E.check_quantize, 'step of 2^n - 1, then floor', 'You divide the range into 2**bits − 1 st')
def my_quantize(volts, bits, full_scale):
    levels = 2**bits - 1
    step = full_scale / levels
    codes = np.floor(volts / step)
    return np.clip(codes, 0, levels).astype(int)
@wrong(E.check_quantize, 'xor in place of power', 'In Python `^` compares bits. A power is')
def my_quantize(volts, bits, full_scale):
    step = full_scale / 2 ^ bits
    return np.clip(np.floor(volts / step), 0, 2 ^ bits - 1).astype(int)
@wrong(E.check_quantize, 'rounds and does not clip', 'Nothing is clipped: voltages below 0 hav', 'You round to the nearest code. A code st')
def my_quantize(volts, bits, full_scale):
    step = full_scale / 2**bits
    codes = np.round(volts / step)
    return codes.astype(int)
@right(E.check_quantize, 'right: digitize at the thresholds')
def my_quantize(volts, bits, full_scale):
    thresholds = np.arange(1, 2**bits) * full_scale / 2**bits
    return np.digitize(volts, thresholds)
@wrong(E.check_to_gray, 'weights in BGR order', 'Red and blue have changed places: 0.299')
def to_gray(image):
    b, g, r = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return 0.299 * r + 0.587 * g + 0.114 * b
@wrong(E.check_to_gray, 'adds the bytes and divides by three', 'The channels are added as bytes, and the')
def to_gray(image):
    red, green, blue = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return (red + green + blue) / 3
@right(E.check_to_gray, 'right: np.average with weights')
def to_gray(image):
    return np.average(image, axis=-1, weights=(0.299, 0.587, 0.114))
@wrong(E.check_pixel, 'counts rows and columns from 1', 'You counted from 1. The first row is row')
def pixel(image, row, col):
    return image[row - 1, col - 1]
@wrong(E.check_pixel, 'channels first', 'That is how PyTorch would ask, with the')
def pixel(image, row, col):
    return image[:, row, col]
@wrong(E.check_pixel, 'prints it', 'The function returns nothing so far. If')
def pixel(image, row, col):
    print(image[row, col])
@wrong(E.check_flat_index, 'rows of length H, channel forgotten', 'A row is as long as the picture is wide:', 'The channel is missing: you always point')
def place(index, shape):
    row, col, channel = index
    h, w, c = shape
    return (row * h + col) * c
@wrong(E.check_flat_index, 'counts the value itself', 'One too many: counting begins at 0, so t')
def place(index, shape):
    row, col, channel = index
    return row * shape[1] * shape[2] + col * shape[2] + channel + 1
@wrong(E.check_flat_index, 'row not multiplied by the channels', 'Only the columns are multiplied by C. A')
def place(index, shape):
    r, c, ch = index
    H, W, C = shape
    return r * W + c * C + ch
@right(E.check_flat_index, 'right: ravel_multi_index')
def place(index, shape):
    return int(np.ravel_multi_index(index, shape))
@wrong(E.check_slide, 'end of the slice without the start', 'The end of a slice is a place, not a len')
def slide(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    output = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            window = image[row:kernel.shape[0], col:kernel.shape[1]]
            output[row, col] = (window * kernel).sum()
    return output
@wrong(E.check_slide, 'return inside the loop', 'The `return` stands inside of a loop: it')
def slide(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    output = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            window = image[row:row + kernel.shape[0], col:col + kernel.shape[1]]
            output[row, col] = (window * kernel).sum()
        return output
@wrong(E.check_slide, 'hard-coded 3', 'Your window is always 3 × 3. It has to b')
def slide(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    output = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            window = image[row : row + 3, col : col + 3]
            output[row, col] = (window * kernel).sum()
    return output
@wrong(E.check_slide, 'output keeps the type of the picture', "The results go into the image's own type")
def slide(image, kernel):
    kh, kw = kernel.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1), dtype=image.dtype)
    for row in range(output.shape[0]):
        for col in range(output.shape[1]):
            output[row, col] = (image[row:row + kh, col:col + kw] * kernel).sum()
    return output
@wrong(E.check_slide, 'one place short, and the mean', 'The mean is taken: the sum is asked for.', 'The last row and the last column are mis')
def slide(image, kernel):
    kh, kw = kernel.shape
    rows = image.shape[0] - kh
    cols = image.shape[1] - kw
    output = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            window = image[row:row + kh, col:col + kw]
            output[row, col] = np.mean(window * kernel)
    return output
@right(E.check_slide, 'right: sums shifted pictures')
def slide(image, kernel):
    h, w = np.array(image.shape) - kernel.shape + 1
    return sum(kernel[i, j] * image[i:i + h, j:j + w].astype(float) for i in range(kernel.shape[0]) for j in range(kernel.shape[1]))
@wrong(E.check_display, 'casts, then clips', 'The numbers wrap round, as if bytes ran')
def as_bytes(values):
    clipped = np.clip(values.astype(np.uint8), 0, 255)
    return clipped.astype(np.uint8)
@wrong(E.check_display, 'assigns the loop variable', 'A loop changes nothing: `v` gets a new v')
def as_bytes(values):
    for v in values.ravel():
        if v < 0:
            v = 0
        if v > 255:
            v = 255
    return values.astype(np.uint8)
@right(E.check_display, 'right: maximum and minimum')
def as_bytes(values):
    return np.minimum(255, np.maximum(0, values)).astype('uint8')
@wrong(E.check_echo, '= in place of +=', 'Where sound and echo overlap, the echo t')
def echo(sound, delay, strength):
    output = np.zeros(len(sound) + delay)
    output[: len(sound)] = sound
    output[delay:] = strength * sound
    return output
@wrong(E.check_echo, "delays the sound's own slice", '`sound[delay:]` is only a part of `sound')
def echo(sound, delay, strength):
    output = np.zeros(len(sound) + delay)
    output[: len(sound)] += sound
    output[delay:] += strength * sound[delay:]
    return output
@wrong(E.check_echo, 'np.roll', '`np.roll` brings the end of the echo rou')
def echo(sound, delay, strength):
    return sound + strength * np.roll(sound, delay)
@right(E.check_echo, 'right: convolution with the impulse response')
def echo(sound, delay, strength):
    room = np.zeros(delay + 1)
    room[0] += 1
    room[delay] += strength
    return np.convolve(sound, room)
@wrong(E.check_flip, 'upside down only', 'Only the order of the rows is reversed.')
def flip(kernel):
    return kernel[::-1]
@wrong(E.check_flip, 'slice stops before 0', 'A slice ends before its end. Going backw')
def flip(kernel):
    kh, kw = kernel.shape
    return kernel[kh - 1:0:-1, kw - 1:0:-1]
@wrong(E.check_convolve, 'flips one axis', 'Only the columns are reversed. That mirr')
def convolve(image, kernel):
    turned = kernel[:, ::-1]
    return conv2d(image, turned)
from scipy.signal import convolve2d

@wrong(E.check_convolve, 'flips, then lets convolve2d flip again', 'This is cross-correlation: the kernel is')
def convolve(image, kernel):
    turned = np.flip(kernel)
    return convolve2d(image, turned, mode="valid")
@right(E.check_convolve, 'right: flip by negative indices in four loops')
def convolve(image, kernel):
    kh, kw = kernel.shape
    out = []
    for r in range(image.shape[0] - kh + 1):
        line = []
        for c in range(image.shape[1] - kw + 1):
            s = 0.0
            for i in range(kh):
                for j in range(kw):
                    s += float(image[r + i, c + j]) * kernel[-1 - i, -1 - j]
            line.append(s)
        out.append(line)
    return np.array(out)
@wrong(E.check_mirror, 'repeats the edge', 'The outermost pixel goes on and on: that')
def mirror(image, width):
    rows = np.clip(np.arange(-width, image.shape[0] + width), 0, image.shape[0] - 1)
    cols = np.clip(np.arange(-width, image.shape[1] + width), 0, image.shape[1] - 1)
    return image[rows][:, cols]
@wrong(E.check_mirror, 'copies without turning them', 'The outermost rows and columns are copie')
def mirror(image, width):
    image = np.concatenate([image[:width], image, image[-width:]], axis=0)
    return np.concatenate([image[:, :width], image, image[:, -width:]], axis=1)
@right(E.check_mirror, 'right: nine tiles, cut out')
def mirror(image, width):
    h, w = image.shape
    lr, ud, both = image[:, ::-1], image[::-1], image[::-1, ::-1]
    tiles = np.block([[both, ud, both], [lr, image, lr], [both, ud, both]])
    return tiles[h - width:2 * h + width, w - width:2 * w + width]
@wrong(E.check_out_size, 'rounds up', 'You round up. At the position that this')
def out_size(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    steps = np.ceil((size + 2 * padding - reach) / stride)
    return steps + 1
@wrong(E.check_out_size, 'padding once, fraction left', 'The division leaves a fraction, and a po', 'The padding is counted once. It lies on')
def out_size(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    steps = (size - reach + padding) / stride
    return steps + 1
@wrong(E.check_out_size, 'one more before and after dividing', 'One too many is added before the divisio')
def out_size(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    steps = (size - reach + 2 * padding + 1) // stride
    return steps + 1
@right(E.check_out_size, 'right: counts the starts')
def out_size(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    return np.array([len(range(-padding, int(n) + padding - int(k) + 1, stride)) for n, k in zip(size, reach)])
@wrong(E.check_zero_mean, 'subtracts the sum', 'You subtract the sum of the weights from')
def zero_mean(kernel):
    return kernel - kernel.sum()
@wrong(E.check_zero_mean, 'mean of each column', 'You subtract the mean of each column. On')
def zero_mean(kernel):
    return kernel - kernel.mean(axis=0)
@wrong(E.check_relu, 'np.max', '`max` takes 0 for an axis, and does not')
def my_relu(values):
    return np.max(values, 0)
@wrong(E.check_relu, 'keeps only the positive ones', 'You throw the negative numbers away. The')
def my_relu(values):
    return values[values > 0]
@right(E.check_relu, 'right: mean of value and size')
def my_relu(values):
    return (values + np.abs(values)) / 2
@wrong(E.check_compose, 'one row and column too many, = in place of +=', 'The copies overwrite each other. Where t', 'A row and a column too many, of zeros, a')
def compose(first, second):
    both = np.zeros((first.shape[0] + second.shape[0], first.shape[1] + second.shape[1]))
    for row, col in np.ndindex(second.shape):
        both[row:row + first.shape[0], col:col + first.shape[1]] = second[row, col] * first
    return both
from scipy.signal import convolve2d

@right(E.check_compose, 'right: an impulse through both')
def compose(first, second):
    impulse = np.zeros((1, 1)); impulse[0, 0] = 1
    return convolve2d(convolve2d(impulse, first, "full"), second, "full")
@wrong(E.check_response, 'bias inside the sum', 'The bias is added to every product. The')
def response(window, filter, bias):
    raw = np.sum(window * filter + bias)
    return np.maximum(raw, 0)
@wrong(E.check_response, 'ReLU before the bias', 'ReLU comes too early: the bias is added')
def response(window, filter, bias):
    raw = np.maximum((window * filter).sum(), 0) + bias
    return raw
@wrong(E.check_layer, 'bias along the wrong axis', 'Your function stopped with ValueError: o')
def layer(x, filters, bias):
    return conv2d(x, filters) + bias
@wrong(E.check_layer, 'channel k for filter k', 'A part of `x` takes one index `k`: all a')
def layer(x, filters, bias):
    count, _, height, width = filters.shape
    maps = np.zeros((count, x.shape[1] - height + 1, x.shape[2] - width + 1))
    for k, row, col in np.ndindex(maps.shape):
        window = x[k, row : row + height, col : col + width]
        maps[k, row, col] = (window * filters[k]).sum() + bias[k]
    return maps
@wrong(E.check_layer, 'bias in the sum, and a ReLU', 'The bias is added to every product. The', 'What is negative has become 0. The formu')
def layer(x, filters, bias):
    count, _, height, width = filters.shape
    maps = np.zeros((count, x.shape[1] - height + 1, x.shape[2] - width + 1))
    for k, row, col in np.ndindex(maps.shape):
        window = x[:, row : row + height, col : col + width]
        maps[k, row, col] = (window * filters[k] + bias[k]).sum()
    return np.maximum(maps, 0)
@right(E.check_layer, 'right: im2col and one matrix product')
def layer(x, filters, bias):
    f, c, kh, kw = filters.shape
    oh, ow = x.shape[1] - kh + 1, x.shape[2] - kw + 1
    columns = np.stack([x[:, r:r + kh, q:q + kw].reshape(-1) for r in range(oh) for q in range(ow)], axis=1)
    return (filters.reshape(f, -1) @ columns + np.reshape(bias, (-1, 1))).reshape(f, oh, ow)
@wrong(E.check_count, 'kernel times two, no bias', 'The biases are missing: one for each fil', "The kernel's sides are added. They multi")
def count(channels, filters, kernel):
    weights = channels * kernel * 2
    return filters * weights
@wrong(E.check_count, "a bias for each channel's kernel", 'There is a bias for each kernel. A filte')
def count(channels, filters, kernel):
    per_kernel = kernel * kernel + 1
    return filters * channels * per_kernel
@wrong(E.check_max_pool, 'starts from zeros and keeps the larger', 'A window of negative numbers gives 0: yo')
def max_pool(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        for i in range(window):
            for j in range(window):
                if x[row * stride + i, col * stride + j] > out[row, col]:
                    out[row, col] = x[row * stride + i, col * stride + j]
    return out
@wrong(E.check_max_pool, 'one window short, whole numbers', 'You counted the steps. Places are one mo', 'The fractions are cut off: the results a')
def max_pool(x, window, stride):
    rows = (x.shape[0] - window) // stride
    cols = (x.shape[1] - window) // stride
    out = np.zeros((rows, cols), dtype=int)
    for row in range(rows):
        for col in range(cols):
            out[row, col] = np.max(x[row * stride:row * stride + window, col * stride:col * stride + window])
    return out
@right(E.check_max_pool, 'right: sliding_window_view')
def max_pool(x, window, stride):
    views = np.lib.stride_tricks.sliding_window_view(x, (window, window))
    return views[::stride, ::stride].max(axis=(-2, -1))
@wrong(E.check_avg_pool, 'divides by the side, no stride', 'The right number of windows, but each be', 'You divide by the side of the window. It')
def avg_pool(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            out[row, col] = x[row:row + window, col:col + window].sum() / window
    return out
@wrong(E.check_avg_pool, 'windows that hang over the end', 'A window begins at every step up to the')
def avg_pool(x, window, stride):
    out = []
    for top in range(0, x.shape[0], stride):
        out.append([x[top:top + window, left:left + window].mean() for left in range(0, x.shape[1], stride)])
    return np.array(out)
@wrong(E.check_pooled_layer, 'averages first', 'The ReLU comes after the average pooling')
def pooled_layer(maps):
    c, h, w = maps.shape
    pooled = maps.reshape(c, h // 2, 2, w // 2, 2).mean(axis=(2, 4))
    return np.maximum(pooled, 0)
@wrong(E.check_counts, 'bias shared in the local layer', 'The locally connected layer shares no bi')
def counts(size, channels, kernel, filters):
    side = size - kernel + 1
    inputs, outputs = channels * size**2, filters * side**2
    window = channels * kernel**2
    dense, local, convolution = (inputs + 1) * outputs, window * outputs + filters, (window + 1) * filters
    return dense, local, convolution
@wrong(E.check_counts, 'one side too small, dense without bias', 'n − k counts the steps. Places are one m', 'The dense layer has no biases in your co')
def counts(size, channels, kernel, filters):
    side = size - kernel
    inputs, outputs = channels * size**2, filters * side**2
    window = channels * kernel**2
    return inputs * outputs, (window + 1) * outputs, (window + 1) * filters
@wrong(E.check_fields, 'starts at 0 and adds the kernel', 'k numbers have k − 1 steps between them:', 'Begin with 1: a pixel sees itself.')
def fields(layers):
    seen, jump, out = 0, 1, []
    for kernel, stride in layers:
        seen = seen + kernel * jump
        jump = jump * stride
        out.append(seen)
    return out
@wrong(E.check_fields, 'jump updated too soon', "A layer's own stride counts for the laye")
def fields(layers):
    r, j = 1, 1
    result = []
    for k, s in layers:
        j *= s
        r += (k - 1) * j
        result.append(r)
    return result
@right(E.check_fields, 'right: backwards for every depth')
def fields(layers):
    def seen(n, r=1):
        if n == 0:
            return r
        k, s = layers[n - 1]
        return seen(n - 1, (r - 1) * s + k)
    return [seen(n) for n in range(1, len(layers) + 1)]
@wrong(E.check_gradient, 'brackets missing around the difference', 'Parentheses are missing around something')
def gradient(loss, weight, step):
    slopes = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        move = np.zeros(weight.shape)
        move[place] = step
        slopes[place] = loss(weight + move) - loss(weight - move) / (2 * step)
    return slopes
@wrong(E.check_gradient, 'move is never set back, half the distance', '`move` is made once, before the loop: ea', 'All slopes are twice too steep: from a s')
def gradient(loss, weight, step):
    slopes = np.zeros(weight.shape)
    move = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        move[place] = step
        slopes[place] = (loss(weight + move) - loss(weight - move)) / step
    return slopes
@wrong(E.check_update, 'plus', 'The sign of the update is the wrong way')
def update(weight, gradient, learning_rate):
    return weight + learning_rate * gradient
@wrong(E.check_softmax, 'keepdims forgotten', 'The sums of the rows, or their maxima, a')
def softmax(logits, temperature):
    powers = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
    return powers / powers.sum(axis=1)
@wrong(E.check_softmax, 'temperature ignored and nothing subtracted', 'The temperature changes nothing. It belo', '`np.exp(1000)` is more than a float can')
def softmax(logits, temperature):
    powers = np.exp(logits)
    return powers / np.sum(powers, axis=1, keepdims=True)
from scipy.special import logsumexp

@right(E.check_softmax, 'right: log-sum-exp')
def softmax(logits, temperature):
    z = np.asarray(logits) / temperature
    return np.exp(z - logsumexp(z, axis=-1, keepdims=True))
@wrong(E.check_cross_entropy, 'p[:, labels]', 'Each label is looked up in every row: `p')
def cross_entropy(p, labels):
    return -np.mean(np.log(p[:, labels]))
@wrong(E.check_cross_entropy, 'mean over the classes, too', 'You divide by the number of classes too,')
def cross_entropy(p, labels):
    target = np.eye(p.shape[1])[labels]
    return -np.mean(target * np.log(p + 1e-12))
@wrong(E.check_cross_entropy, 'minus forgotten, summed', 'The minus is missing. And: The losses of')
def cross_entropy(p, labels):
    total = 0
    for i in range(len(labels)):
        total += np.log(p[i, labels[i]])
    return total
@wrong(E.check_loss_gradient, 'not divided by N', 'The division by the number of pictures i')
def loss_gradient(p, labels):
    g = p.copy()
    g[np.arange(len(labels)), labels] -= 1
    return g
@wrong(E.check_loss_gradient, "subtracts the label's number, no mean", 'The division by the number of pictures i', "The label's number is subtracted. Subtra")
def loss_gradient(p, labels):
    return p - labels.reshape(-1, 1)
@wrong(E.check_relu_backward, 'sends back the input', 'That is the way forward, ReLU itself. Ba')
def relu_backward(gradient, x):
    return np.maximum(x, 0)
@wrong(E.check_relu_backward, 'ReLU of both', 'Negative gradients are cut off as well.')
def relu_backward(gradient, x):
    return np.maximum(gradient, 0) * (x > 0)
@wrong(E.check_flatten_backward, 'channels last')
def flatten_backward(gradient, x):
    n, c, h, w = x.shape
    return gradient.reshape(n, h, w, c).transpose(0, 3, 1, 2)
@wrong(E.check_flatten_backward, 'without the batch', 'The batch is forgotten: the maps of one')
def flatten_backward(gradient, x):
    return gradient.reshape(x.shape[1:])
@wrong(E.check_report, 'the best validation accuracy', 'The choice is right, but you report the')
def report(train, validation, test):
    return validation.max()
@wrong(E.check_covering, 'one minus the certainty', 'You take what is left from 1. The networ')
def covering(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for row, col in np.ndindex(lost.shape):
        top, left = row * stride, col * stride
        covered = picture.copy()
        covered[top : top + window, left : left + window] = 0
        lost[row, col] = 1 - certainty(covered)
    return lost
@wrong(E.check_covering, 'covered minus before, without a copy', 'changes the array it is given', 'red = picture` makes no copy: these are')
def covering(certainty, picture, window, stride):
    before = certainty(picture)
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for row, col in np.ndindex(lost.shape):
        covered = picture
        covered[row * stride : row * stride + window, col * stride : col * stride + window] = 0
        lost[row, col] = certainty(covered) - before
    return lost
@wrong(E.check_climb, 'no clipping', 'The step leads out of 0, paper, to 1, in')
def climb(picture, gradient, rate):
    return picture + rate * gradient
@wrong(E.check_gram, 'products of the means', 'You multiply the means of the maps. Two')
def gram(maps):
    m = maps.mean(axis=(1, 2))
    return np.outer(m, m)
@right(E.check_gram, 'right: broadcast and average')
def gram(maps):
    return (maps[:, None] * maps[None]).mean((-2, -1))
# ---- the tenth set
@wrong(E.check_quantize, 'gives volts back', 'Those are voltages: what the code stands')
def my_quantize(volts, bits, full_scale):
    step = full_scale / 2**bits
    codes = np.clip(np.floor(volts / step), 0, 2**bits - 1)
    return codes * step
@wrong(E.check_quantize, 'int() of an array', 'Your function stopped with TypeError: on')
def my_quantize(volts, bits, full_scale):
    step = full_scale / 2**bits
    code = int(volts / step)
    return max(0, min(code, 2**bits - 1))
@wrong(E.check_quantize, 'step from bits, no lower end', 'Nothing is clipped: voltages below 0 hav', 'The number of codes is wrong: each bit d')
def my_quantize(volts, bits, full_scale):
    step = full_scale / bits
    codes = np.floor(volts / step)
    return np.minimum(codes, 2**bits - 1).astype(int)
@right(E.check_quantize, 'right: counts the thresholds reached')
def my_quantize(volts, bits, full_scale):
    step = full_scale / 2**bits
    return sum((volts >= k * step).astype(int) for k in range(1, 2**bits))
@wrong(E.check_to_gray, 'first axis for the channels', 'You weighed three rows. The channels com')
def to_gray(image):
    red, green, blue = image[0], image[1], image[2]
    return 0.299 * red + 0.587 * green + 0.114 * blue
@right(E.check_to_gray, 'right: tensordot')
def to_gray(image):
    weights = np.array([0.299, 0.587, 0.114])
    return np.tensordot(image, weights, axes=([2], [0]))
@wrong(E.check_pixel, '(x, y), and red only', 'Row and column are swapped: the row come', 'Only the first number is returned.')
def pixel(image, row, col):
    return image[col][row][0]
@wrong(E.check_pixel, 'a slice of one by one', 'A slice keeps its axis, even if it is 1')
def pixel(image, row, col):
    return image[row:row + 1, col:col + 1]
@right(E.check_pixel, 'right: a list of three')
def pixel(image, row, col):
    return [int(image[row][col][channel]) for channel in range(3)]
@wrong(E.check_flat_index, 'three channels taken for granted', '`shape[2]` is not used: your function ta')
def place(index, shape):
    row, col, channel = index
    return (row * shape[1] + col) * 3 + channel
@wrong(E.check_flat_index, 'product of the indices', '`col * c` and `channel` are multiplied:')
def place(index, shape):
    row, col, channel = index
    h, w, c = shape
    return row * w * c + col * c * channel
from scipy.signal import convolve2d

@wrong(E.check_slide, 'convolve2d', 'The kernel is flipped (turned by 180°) b')
def slide(image, kernel):
    return convolve2d(image, kernel, mode='valid')
@wrong(E.check_slide, 'window centred on the place', '`pad` is too much: `image` stays as it i')
def slide(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    output = np.zeros((rows, cols))
    a, b = kernel.shape[0] // 2, kernel.shape[1] // 2
    padded = np.pad(image, ((a, a), (b, b)))
    for row in range(rows):
        for col in range(cols):
            window = padded[row : row + kernel.shape[0], col : col + kernel.shape[1]]
            output[row, col] = (window * kernel).sum()
    return output
@wrong(E.check_slide, 'row and column swapped, sum over one axis', 'The sum of the first row alone is taken.', 'Rows and columns of the result are swapp')
def slide(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    output = np.zeros((cols, rows))
    for row in range(rows):
        for col in range(cols):
            window = image[row : row + kernel.shape[0], col : col + kernel.shape[1]]
            output[col, row] = sum(window[0] * kernel[0])
    return output
from numpy.lib.stride_tricks import sliding_window_view

@right(E.check_slide, 'right: windows and einsum')
def slide(image, kernel):
    return np.einsum("rcij,ij->rc", sliding_window_view(image, kernel.shape), kernel)
@wrong(E.check_display, 'changes what it was given', 'The numbers are right, but your function')
def as_bytes(values):
    values[values < 0] = 0
    values[values > 255] = 255
    return values.astype(np.uint8)
@wrong(E.check_display, 'clips at 256 and keeps the type', 'A byte ends at 255: 0 to 255 are 256 val')
def as_bytes(values):
    clipped = np.clip(values, 0, 256)
    return clipped
@wrong(E.check_display, 'modulo', 'The numbers wrap round, as if bytes ran')
def as_bytes(values):
    clipped = values % 256
    return clipped.astype(np.uint8)
@wrong(E.check_echo, 'strength times both', 'Sound and echo are both weakened. Only t')
def echo(sound, delay, strength):
    output = np.zeros(len(sound) + delay)
    output[: len(sound)] += sound
    output[delay:] += sound
    return output * strength
@wrong(E.check_echo, 'too short, and as loud', 'The output ends with the input, so the e', 'Sound and echo are equally loud: `streng')
def echo(sound, delay, strength):
    output = sound.astype(float)
    output[delay:] += sound[:-delay]
    return output
@right(E.check_echo, 'right: one sample after the other')
def echo(sound, delay, strength):
    n = len(sound)
    out = []
    for t in range(n + delay):
        direct = sound[t] if t < n else 0
        late = sound[t - delay] if t >= delay else 0
        out.append(direct + strength * late)
    return np.array(out)
@wrong(E.check_flip, 'transposed as well', 'The kernel is flipped, and transposed as')
def flip(kernel):
    return kernel.T[::-1, ::-1]
@wrong(E.check_flip, 'turned in place', 'The numbers are right, but your function')
def flip(kernel):
    kernel[:] = kernel[::-1, ::-1]
    return kernel
@right(E.check_flip, 'right: all numbers backwards')
def flip(kernel):
    return kernel.ravel()[::-1].reshape(kernel.shape)
from scipy.signal import convolve2d

@wrong(E.check_convolve, 'convolve2d with a flip, whole border', 'Your map is larger than the picture: tha')
def convolve(image, kernel):
    turned = kernel[::-1, ::-1]
    return convolve2d(image, turned)
from scipy.signal import correlate2d

@wrong(E.check_convolve, 'same size', 'Your map is as large as the picture: tha')
def convolve(image, kernel):
    turned = np.flip(kernel)
    return correlate2d(image.astype(float), turned, mode="same")
@right(E.check_convolve, 'right: by Fourier transform')
def convolve(image, kernel):
    size = image.shape
    product = np.fft.rfft2(image) * np.fft.rfft2(kernel, s=size)
    whole = np.fft.irfft2(product, s=size)
    return whole[kernel.shape[0] - 1 :, kernel.shape[1] - 1 :]
@wrong(E.check_mirror, 'skips the outermost pixel', 'The mirror stands on the outermost pixel')
def mirror(image, width):
    top = image[1:width + 1][::-1]
    bottom = image[-width - 1:-1][::-1]
    tall = np.vstack([top, image, bottom])
    left = tall[:, 1:width + 1][:, ::-1]
    right = tall[:, -width - 1:-1][:, ::-1]
    return np.hstack([left, tall, right])
@wrong(E.check_mirror, 'corners from the wrong picture', '`image` stands where `tall` belongs.')
def mirror(image, width):
    tall = np.vstack([image[:width][::-1], image, image[-width:][::-1]])
    return np.hstack([image[:, :width][:, ::-1], tall, image[:, -width:][:, ::-1]])
@wrong(E.check_out_size, 'steps for positions', 'You counted the steps. Positions are one')
def out_size(size, kernel, stride, padding, dilation):
    reach = dilation * (kernel - 1) + 1
    return (size + 2 * padding - reach) // stride
@wrong(E.check_out_size, 'rounds, without dilation', 'You round to the nearest number. Where t', 'The dilation is forgotten: a kernel with')
def out_size(size, kernel, stride, padding, dilation):
    steps = np.round((size - kernel + 2 * padding) / stride).astype(int)
    return steps + 1
@wrong(E.check_out_size, 'gaps added to k wrongly', 'The dilation multiplies the gaps between')
def out_size(size, kernel, stride, padding, dilation):
    reach = kernel + (kernel - 1) * dilation
    steps = (size + 2 * padding - reach) // stride
    return steps + 1
@right(E.check_out_size, 'right: rounds up without the + 1')
def out_size(size, kernel, stride, padding, dilation):
    free = size + 2 * padding - dilation * (kernel - 1)
    return np.array([-(-int(n) // stride) for n in free])
@wrong(E.check_zero_mean, 'divides whole numbers', 'You divide with `//`, which cuts off the')
def zero_mean(kernel):
    return kernel - kernel.sum() // kernel.size
@wrong(E.check_zero_mean, 'standardises', 'You divide by the standard deviation, to')
def zero_mean(kernel):
    return (kernel - kernel.mean()) / kernel.std()
@wrong(E.check_relu, 'in place and no return', 'changes the array it is given', 't returns nothing: the `return` is missi')
def my_relu(values):
    values[values < 0] = 0
my_relu = lambda values: (values > 0) * values
right(E.check_relu, 'right: times a truth value')(my_relu)
@wrong(E.check_compose, 'element by element', 'You multiply the kernels cell by cell. T')
def compose(first, second):
    return first * second
@right(E.check_compose, 'right: multiplied as polynomials')
def compose(first, second):
    size = np.array(first.shape) + second.shape - 1
    return np.fft.ifft2(np.fft.fft2(first, size) * np.fft.fft2(second, size)).real
@wrong(E.check_response, 'adds over the channels only', 'The sum along axis 0 is taken: all numbe')
def response(window, filter, bias):
    raw = (window * filter).sum(axis=0) + bias
    return np.maximum(raw, 0)
@wrong(E.check_response, 'bias and ReLU for each channel', 'Bias and ReLU come in once for each chan')
def response(window, filter, bias):
    total = 0
    for c in range(window.shape[0]):
        total += max((window[c] * filter[c]).sum() + bias, 0)
    return total
@right(E.check_response, 'right: dot product of two rows')
def response(window, filter, bias):
    raw = np.dot(window.ravel().astype(float), filter.ravel()) + bias
    return raw if raw > 0 else 0
@wrong(E.check_layer, 'height and width swapped', '`height` and `width` have changed places')
def layer(x, filters, bias):
    count, _, height, width = filters.shape
    maps = np.zeros((count, x.shape[1] - width + 1, x.shape[2] - height + 1))
    for k, row, col in np.ndindex(maps.shape):
        window = x[:, row : row + width, col : col + height]
        maps[k, row, col] = (window * filters[k]).sum() + bias[k]
    return maps
@wrong(E.check_layer, 'first channel, no bias', 'The bias does not come in yet.', 'Only one channel gets through: the other')
def layer(x, filters, bias):
    count, _, height, width = filters.shape
    maps = np.zeros((count, x.shape[1] - height + 1, x.shape[2] - width + 1))
    for k, row, col in np.ndindex(maps.shape):
        window = x[0, row : row + height, col : col + width]
        maps[k, row, col] = (window * filters[k, 0]).sum()
    return maps
@wrong(E.check_count, 'a bias for each channel', 'There is a bias for each channel. There')
def count(channels, filters, kernel):
    return channels * filters * kernel**2 + channels
@right(E.check_count, 'right: asks NumPy')
def count(channels, filters, kernel):
    weights, biases = np.zeros((filters, channels, kernel, kernel)), np.zeros(filters)
    return weights.size + biases.size
@wrong(E.check_max_pool, 'top and left swapped', 'The two indices of `x` have changed plac')
def max_pool(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        top, left = col * stride, row * stride
        out[row, col] = x[top : top + window, left : left + window].max()
    return out
@wrong(E.check_max_pool, 'window as large as the stride', 'Your window is as large as the stride. I')
def max_pool(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        top, left = row * stride, col * stride
        out[row, col] = x[top : top + stride, left : left + stride].max()
    return out
from functools import reduce

@right(E.check_max_pool, 'right: maximum of moved maps')
def max_pool(x, window, stride):
    h, w = x.shape[0] - window + 1, x.shape[1] - window + 1
    moved = [x[i:i + h:stride, j:j + w:stride] for i in range(window) for j in range(window)]
    return reduce(np.maximum, moved)
@wrong(E.check_avg_pool, 'always divides by four, from left to right only', 'You always divide by 4. A 3 × 3 window h', 'The windows begin one place after the ot')
def avg_pool(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for row, col in np.ndindex(rows, cols):
        out[row, col] = x[row * stride : row * stride + window, col : col + window].sum() / 4
    return out
@wrong(E.check_avg_pool, 'reshape as if the stride were the window', 'The stride is not used: your windows lie')
def avg_pool(x, window, stride):
    h, w = x.shape[0] // window, x.shape[1] // window
    return x[: h * window, : w * window].reshape(h, window, w, window).mean(axis=(1, 3))
@right(E.check_avg_pool, 'right: integral image')
def avg_pool(x, window, stride):
    s = np.zeros((x.shape[0] + 1, x.shape[1] + 1))
    s[1:, 1:] = x.cumsum(axis=0).cumsum(axis=1)
    sums = s[window:, window:] - s[:-window, window:] - s[window:, :-window] + s[:-window, :-window]
    return sums[::stride, ::stride] / window**2
@wrong(E.check_pooled_layer, 'ReLU lost, largest kept', 'The ReLU is missing.', 'That is max pooling after the ReLU. Here')
def pooled_layer(maps):
    c, h, w = maps.shape
    return maps.reshape(c, h // 2, 2, w // 2, 2).max(axis=(2, 4))
@wrong(E.check_counts, 'window without channels, channels again', '(locally connected layer) The channels a')
def counts(size, channels, kernel, filters):
    side = size - kernel + 1
    inputs, outputs = channels * size**2, filters * side**2
    dense = (inputs + 1) * outputs
    local = (kernel**2 + 1) * outputs
    convolution = (channels * kernel**2 + 1) * filters * channels
    return dense, local, convolution
@wrong(E.check_counts, 'outputs of one map', '`filters` is left out: it is a factor.')
def counts(size, channels, kernel, filters):
    side = size - kernel + 1
    inputs, outputs = channels * size**2, side**2
    window = channels * kernel**2
    return (inputs + 1) * outputs, (window + 1) * outputs, (window + 1) * filters
@wrong(E.check_fields, 'only the last one', 'That is the last one alone. Return a lis')
def fields(layers):
    r, jump = 1, 1
    for k, s in layers:
        r = r + (k - 1) * jump
        jump = jump * s
    return r
@wrong(E.check_fields, 'strides added, the pixel listed, too', 'Jumps multiply: behind two strides of 2,', 'Your list begins with the picture itself')
def fields(layers):
    seen, jump = [1], 1
    for k, s in layers:
        seen.append(seen[-1] + (k - 1) * jump)
        jump += s - 1
    return seen
@wrong(E.check_gradient, 'minus first', 'The signs are turned: the loss after the')
def gradient(loss, weight, step):
    slopes = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        move = np.zeros(weight.shape)
        move[place] = step
        slopes[place] = (loss(weight - move) - loss(weight + move)) / (2 * step)
    return slopes
@wrong(E.check_gradient, 'forward only, and leaves the weights moved', 'changes the array it is given', 'ht` itself is changed, and not put back:')
def gradient(loss, weight, step):
    slopes = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        before = loss(weight)
        weight[place] += step
        slopes[place] = (loss(weight) - before) / step
    return slopes
@right(E.check_gradient, 'right: rows of the identity')
def gradient(loss, weight, step):
    moves = step * np.eye(weight.size).reshape(-1, *weight.shape)
    return np.array([(loss(weight + m) - loss(weight - m)) / (2 * step) for m in moves]).reshape(weight.shape)
@wrong(E.check_update, 'uphill, in place', 'changes the array it is given', 'ign of the update is the wrong way round')
def update(weight, gradient, learning_rate):
    weight += learning_rate * gradient
    return weight
@wrong(E.check_softmax, 'multiplies by the temperature', 'The logits are multiplied by the tempera')
def softmax(logits, temperature):
    z = logits * temperature
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
@wrong(E.check_softmax, 'divides by the largest', 'The exponentials are not divided by thei')
def softmax(logits, temperature):
    powers = np.exp((logits - np.max(logits, axis=1, keepdims=True)) / temperature)
    return powers / np.max(powers, axis=1, keepdims=True)
@right(E.check_softmax, 'right: one over a sum of ratios')
def softmax(logits, temperature):
    z = np.asarray(logits, float) / temperature
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=2)
@wrong(E.check_cross_entropy, 'logarithm to base 2', 'That is another logarithm. `np.log` is t')
def cross_entropy(p, labels):
    return -np.mean(np.log2(p[np.arange(len(labels)), labels]))
@wrong(E.check_cross_entropy, 'predicted class, summed', 'The losses of the batch are added up. Ta', 'This is the class that the network belie')
def cross_entropy(p, labels):
    return -np.sum(np.log(p.max(axis=1)))
@wrong(E.check_cross_entropy, 'log of the mean', 'You take the mean of the probabilities,')
def cross_entropy(p, labels):
    right = [p[i][labels[i]] for i in range(len(p))]
    return -np.log(sum(right) / len(right))
@wrong(E.check_loss_gradient, 'label minus probability', 'The sign is the wrong way round: this is')
def loss_gradient(p, labels):
    target = np.zeros_like(p)
    target[np.arange(len(labels)), labels] = 1
    return (target - p) / len(labels)
@right(E.check_loss_gradient, 'right: comparison makes the target')
def loss_gradient(p, labels):
    classes = np.arange(p.shape[1])
    return np.divide(p - (labels[:, None] == classes), p.shape[0])
@wrong(E.check_relu_backward, 'keeps the negative side', 'It is the wrong way round: the gradient')
def relu_backward(gradient, x):
    return np.where(x > 0, 0, gradient)
@wrong(E.check_relu_backward, 'drops what does not pass', 'Only what passes is left. Keep the shape')
def relu_backward(gradient, x):
    return gradient[x > 0]
@wrong(E.check_flatten_backward, 'flattens once more', 'That is the way forward: the input,')
def flatten_backward(gradient, x):
    return x.reshape(gradient.shape)
@right(E.check_flatten_backward, 'right: picture by picture')
def flatten_backward(gradient, x):
    return np.stack([row.reshape(one.shape) for row, one in zip(gradient, x)])
@wrong(E.check_report, 'chosen by the training accuracy', 'The training part chose: it prefers what')
def report(train, validation, test):
    best = np.argmax(train)
    return test[best]
@wrong(E.check_report, 'the number of the setting', 'That is which setting was chosen. Report')
def report(train, validation, test):
    return np.argmax(validation)
@wrong(E.check_covering, 'no stride, ink in place of paper', 'You cover with ink, 1. Paper is 0: cover', 'The right number of places, but each beg')
def covering(certainty, picture, window, stride):
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for row, col in np.ndindex(lost.shape):
        covered = picture.copy()
        covered[row : row + window, col : col + window] = 1
        lost[row, col] = certainty(picture) - certainty(covered)
    return lost
@wrong(E.check_covering, 'relative loss', 'You divide by the certainty with nothing')
def covering(certainty, picture, window, stride):
    before = certainty(picture)
    lost = np.zeros((np.array(picture.shape) - window) // stride + 1)
    for row, col in np.ndindex(lost.shape):
        top, left = row * stride, col * stride
        covered = picture.copy()
        covered[top : top + window, left : left + window] = 0
        lost[row, col] = (before - certainty(covered)) / before
    return lost
@wrong(E.check_climb, 'clips before it adds', 'The step leads out of 0, paper, to 1, in')
def climb(picture, gradient, rate):
    picture = np.clip(picture, 0, 1)
    return picture + rate * gradient
@wrong(E.check_climb, 'sign of the gradient only', "You follow the gradient's signs: each pi")
def climb(picture, gradient, rate):
    return np.clip(picture + rate * np.sign(gradient), 0, 1)
@wrong(E.check_gram, 'covariance', "You subtract each map's mean first: that")
def gram(maps):
    return np.cov(maps.reshape(len(maps), -1))
@wrong(E.check_gram, 'positions with positions, summed', 'Your matrix has a row for each position:')
def gram(maps):
    flat = maps.reshape(maps.shape[0], -1)
    return flat.T @ flat
# ---- relatives of what the ninth did not name
@wrong(E.check_count, '^ for **', 'In Python `^` compares bits. A power is')
def count(channels, filters, kernel):
    return filters * (channels * kernel ^ 2 + 1)
@wrong(E.check_fields, '^ jump', 'In Python `^` compares bits. A power is', "The jump is a power of the layer's own s")
def fields(layers):
    out, r = [], 1
    for i, (k, s) in enumerate(layers):
        r += (k - 1) * s ^ i
        out.append(r)
    return out
@wrong(E.check_counts, 'kernel ^ 2', 'In Python `^` compares bits. A power is')
def counts(size, channels, kernel, filters):
    side = size - kernel + 1
    outputs = filters * side ^ 2
    window = channels * kernel ^ 2 + 1
    dense = outputs * (channels * size ^ 2 + 1)
    return dense, outputs * window, filters * window
@wrong(E.check_max_pool, 'slice end stride+window only', 'The end of a slice is a place, not a len')
def max_pool(x, window, stride):
    rows = (x.shape[0] - window) // stride + 1
    cols = (x.shape[1] - window) // stride + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            out[r, c] = x[r * stride:window, c * stride:window].max()
    return out
@wrong(E.check_covering, 'slice end window', 'The end of a slice is a place, not a len')
def covering(certainty, picture, window, stride):
    whole = certainty(picture)
    n, m = [(s - window) // stride + 1 for s in picture.shape]
    out = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            q = picture.copy()
            q[i * stride:window, j * stride:window] = 0
            out[i, j] = whole - certainty(q)
    return out
@wrong(E.check_avg_pool, 'slice end window', 'The end of a slice is a place, not a len')
def avg_pool(x, window, stride):
    rows = (x.shape[0] - window) // stride + 1
    cols = (x.shape[1] - window) // stride + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            top, left = r * stride, c * stride
            out[r, c] = x[top:window, left:window].mean()
    return out
@wrong(E.check_echo, 'end at len+delay wrong: output[delay:len(sound)]', 'The end of a slice is a place, not a len')
def echo(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    out[:len(sound)] += sound
    out[delay:len(sound)] += strength * sound
    return out
@wrong(E.check_max_pool, 'return in loop', 'The `return` stands inside of a loop: it')
def max_pool(x, window, stride):
    rows = (x.shape[0] - window) // stride + 1
    cols = (x.shape[1] - window) // stride + 1
    out = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            out[r, c] = x[r * stride:r * stride + window, c * stride:c * stride + window].max()
            return out
@wrong(E.check_fields, 'return in loop', 'The `return` stands inside of a loop: it')
def fields(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        out.append(r)
        return out
@wrong(E.check_quantize, 'return in loop, round', 'The `return` stands inside of a loop: it', 'You round to the nearest code. A code st')
def quantize(volts, bits, full_scale):
    out = []
    for v in volts:
        out.append(min(max(round(v / full_scale * 2**bits), 0), 2**bits - 1))
        return np.array(out)
@wrong(E.check_gram, 'store dedented', '`out[i, j] = v` stands behind a loop: it')
def gram(maps):
    n = len(maps)
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            v = (maps[i] * maps[j]).mean()
        out[i, j] = v
    return out
@wrong(E.check_cross_entropy, 'return in loop', 'The `return` stands inside of a loop: it')
def cross_entropy(p, labels):
    total = 0
    for row, label in zip(p, labels):
        total -= np.log(row[label])
        return total / len(labels)
@wrong(E.check_relu, 'loop variable', 'A loop changes nothing: `v` gets a new v')
def relu(values):
    for row in values:
        for v in row:
            if v < 0:
                v = 0
    return values
@wrong(E.check_relu, 'unkept np.where', 'What `np.where(values > 0, values, 0)` r')
def relu(values):
    np.where(values > 0, values, 0)
    return values
@wrong(E.check_zero_mean, 'unkept mean', '`kernel - kernel.mean()` is worked out,')
def zero_mean(kernel):
    kernel - kernel.mean()
    return kernel
@wrong(E.check_climb, 'clip not kept', 'What `np.clip(new, 0, 1)` returns is not')
def climb(picture, gradient, rate):
    new = picture + rate * gradient
    np.clip(new, 0, 1)
    return new
@wrong(E.check_display, 'clip not kept, astype not kept', 'What `np.clip(values, 0, 255)` returns i')
def display(values):
    np.clip(values, 0, 255)
    return values.astype(np.uint8)
@wrong(E.check_flip, 'for loop on rows swaps variable', 'A loop changes nothing: `row` gets a new')
def flip(kernel):
    for row in kernel:
        row = row[::-1]
    return kernel[::-1]
@wrong(E.check_convolve, 'kernel[::-1] unkept', '`kernel[::-1, ::-1]` is worked out, and')
def convolve(image, kernel):
    kernel[::-1, ::-1]
    return conv2d(image, kernel)
@wrong(E.check_mirror, 'slice to 0', 'A slice ends before its end. Going backw')
def mirror(image, width):
    top = image[width - 1:0:-1]
    bottom = image[:-width - 1:-1]
    tall = np.concatenate([top, image, bottom])
    left = tall[:, width - 1:0:-1]
    right = tall[:, :-width - 1:-1]
    return np.concatenate([left, tall, right], axis=1)
@wrong(E.check_flip, 'slice -1:-1', 'A slice ends before its end. And −1 is t')
def flip(kernel):
    return kernel[-1:-1:-1, -1:-1:-1]
@right(E.check_echo, 'sum axis: np.sum(a, b)')
def echo(sound, delay, strength):
    zeros = np.zeros(delay)
    a = np.concatenate([sound, zeros])
    b = np.concatenate([zeros, strength * sound])
    return sum([a, b])
@wrong(E.check_layer, 'filters[k] of channel only', 'The first map of `x` stands for all.')
def layer(x, filters, bias):
    n, c, h, w = filters.shape
    out = np.zeros((n, x.shape[1] - h + 1, x.shape[2] - w + 1))
    for k, r, s in np.ndindex(out.shape):
        out[k, r, s] = (x[0, r:r + h, s:s + w] * filters[k]).sum() + bias[k]
    return out
@wrong(E.check_layer, 'filters[0]', 'All maps are alike but for the bias: eac')
def layer(x, filters, bias):
    n, c, h, w = filters.shape
    out = np.zeros((n, x.shape[1] - h + 1, x.shape[2] - w + 1))
    for k, r, s in np.ndindex(out.shape):
        out[k, r, s] = (x[:, r:r + h, s:s + w] * filters[0]).sum() + bias[k]
    return out
@wrong(E.check_gram, 'only first row of maps', 'Only the first row of `maps` counts, for')
def gram(maps):
    n = len(maps)
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            out[i, j] = (maps[i, 0] * maps[j, 0]).mean()
    return out
@wrong(E.check_slide, 'total not reset', '`total` is made once, before the loop: e')
def slide(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    out = np.zeros((rows, cols))
    total = 0
    for r in range(rows):
        for c in range(cols):
            for i in range(kernel.shape[0]):
                for j in range(kernel.shape[1]):
                    total += int(image[r + i, c + j]) * kernel[i, j]
            out[r, c] = total
    return out
@wrong(E.check_max_pool, 'biggest not reset', '`best` is made once, before the loop: ea')
def max_pool(x, window, stride):
    rows = (x.shape[0] - window) // stride + 1
    cols = (x.shape[1] - window) // stride + 1
    out = np.zeros((rows, cols))
    best = -np.inf
    for r in range(rows):
        for c in range(cols):
            for i in range(window):
                for j in range(window):
                    best = max(best, x[r * stride + i, c * stride + j])
            out[r, c] = best
    return out
@wrong(E.check_covering, 'q made once', 'Squares stay covered while the next ones')
def covering(certainty, picture, window, stride):
    whole = certainty(picture)
    n, m = [(s - window) // stride + 1 for s in picture.shape]
    out = np.zeros((n, m))
    q = picture.copy()
    for i in range(n):
        for j in range(m):
            q[i * stride:i * stride + window, j * stride:j * stride + window] = 0
            out[i, j] = whole - certainty(q)
    return out
@wrong(E.check_slide, 'output made in loop', '`out` is made anew in each turn of the l')
def slide(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    for r in range(rows):
        out = np.zeros((rows, cols))
        for c in range(cols):
            out[r, c] = (image[r:r + kernel.shape[0], c:c + kernel.shape[1]].astype(float) * kernel).sum()
    return out
@wrong(E.check_compose, 'hang over: += into too small', '`h` stands where `w` belongs.')
def compose(first, second):
    h, w = first.shape
    out = np.zeros((h + second.shape[0] - 1, w + second.shape[1] - 1))
    for i in range(second.shape[0]):
        for j in range(second.shape[1]):
            out[i:i + h, j:j + h] += second[i, j] * first
    return out
@wrong(E.check_max_pool, 'hang over range(0,H,stride)', 'A window begins at every step up to the')
def max_pool(x, window, stride):
    H, W = x.shape
    return np.array([[x[r:r + window, c:c + window].max() for c in range(0, W, stride)] for r in range(0, H, stride)])
@wrong(E.check_covering, 'range to the end', 'Your squares begin at every `stride`-th')
def covering(certainty, picture, window, stride):
    whole = certainty(picture)
    out = []
    for r in range(0, picture.shape[0], stride):
        row = []
        for c in range(0, picture.shape[1], stride):
            q = picture.copy()
            q[r:r + window, c:c + window] = 0
            row.append(whole - certainty(q))
        out.append(row)
    return np.array(out)
@wrong(E.check_avg_pool, 'range end H-window', 'A loop to side − window ends before the')
def avg_pool(x, window, stride):
    H, W = x.shape
    return np.array([[x[r:r + window, c:c + window].mean() for c in range(0, W - window, stride)] for r in range(0, H - window, stride)])
@wrong(E.check_loss_gradient, 'alias p', 'changes the array it is given', 'ivision by the number of pictures is mis')
def loss_gradient(p, labels):
    g = p
    g[np.arange(len(labels)), labels] -= 1
    return g
@wrong(E.check_mirror, 'image *= alias', 'The mirror stands on the outermost pixel')
def relu_like(image, width):
    return np.pad(image, width, 'reflect')
@wrong(E.check_update, 'in place minus', 'changes the array it is given', 'ign of the update is the wrong way round')
def update(weight, gradient, learning_rate):
    weight += learning_rate * gradient
    return weight
@wrong(E.check_softmax, 'sum over axis 0', 'The probabilities sum to 1 down each col')
def softmax(logits, temperature):
    e = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
    return e / e.sum(axis=0)
@wrong(E.check_gradient, 'divides only one', 'Parentheses are missing in `loss(up) - l')
def gradient(loss, weight, step):
    g = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        up, down = weight.copy(), weight.copy()
        up[place] += step
        down[place] -= step
        g[place] = loss(up) - loss(down) / 2 * step
    return g
@wrong(E.check_flatten_backward, 'reshape by first only', 'The shape is wrong: for one picture of t')
def flatten_backward(gradient, x):
    n, c, h, w = x.shape
    return gradient.reshape(n, h, w, c)
@wrong(E.check_pooled_layer, 'range over H', 'The windows begin one place after the ot')
def pooled_layer(maps):
    c, h, w = maps.shape
    out = np.zeros((c, h // 2, w // 2))
    for k in range(c):
        for i in range(h // 2):
            for j in range(w // 2):
                out[k, i, j] = np.maximum(maps[k, i:i + 2, j:j + 2], 0).mean()
    return out
# ---- the eleventh set
@wrong(E.check_quantize, 'full scale forgotten', '`full_scale` does not come in: only with')
def quantize(volts, bits, full_scale):
    return np.clip(np.floor(volts * 2**bits), 0, 2**bits - 1).astype(int)
@wrong(E.check_quantize, 'clip to bits', '`bits` stands where something made of `b')
def quantize(volts, bits, full_scale):
    code = np.floor(volts / full_scale * 2**bits)
    return np.clip(code, 0, bits - 1).astype(int)
@wrong(E.check_pixel, 'image(row)(col)', '`row` is one too small in your function.')
def pixel(image, row, col):
    return image[row - 1][col]
@wrong(E.check_pixel, 'mean of channels', 'You averaged the three channels. The pix')
def pixel(image, row, col):
    return image[row, col].mean()
@wrong(E.check_flat_index, 'channels first + row as width', 'That is right for CHW, where each channe', 'A row is as long as the picture is wide:')
def flat_index(index, shape):
    r, c, k = index
    h, w, d = shape
    return k * h * w + r * h + c
@wrong(E.check_flat_index, 'sum of all', 'The third number of `index` is multiplie')
def flat_index(index, shape):
    r, c, k = index
    h, w, d = shape
    return r * w * d + c * d + k * d
@wrong(E.check_to_gray, 'green counted twice', 'One channel is read twice, and another n')
def to_gray(image):
    r, g, b = image[..., 0], image[..., 1], image[..., 2]
    return 0.299 * r + 0.587 * g + 0.114 * g
@wrong(E.check_to_gray, 'uint8 result and max', 'You took the largest channel of each pix')
def to_gray(image):
    return image.max(axis=2)
@wrong(E.check_slide, 'two loops but only += window', 'The last number alone is taken: the sum')
def slide(image, kernel):
    h, w = kernel.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            for i in range(h):
                for j in range(w):
                    out[r, c] = image[r + i, c + j] * kernel[i, j]
    return out
@wrong(E.check_slide, 'kernel index swapped', 'The kernel is mirrored. Its upper left w')
def slide(image, kernel):
    h, w = kernel.shape
    out = np.zeros((image.shape[0] - h + 1, image.shape[1] - w + 1))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            for i in range(h):
                for j in range(w):
                    out[r, c] += image[r + i, c + j] * kernel[i, w - j - 1]
    return out
@wrong(E.check_slide, 'no j, sum over rows', 'The largest is taken: the sum is asked f', 'The last row and the last column are mis')
def slide(image, kernel):
    h, w = kernel.shape
    out = np.zeros((image.shape[0] - h, image.shape[1] - w))
    for r in range(out.shape[0]):
        for c in range(out.shape[1]):
            out[r, c] = (image[r:r + h, c:c + w] * kernel).max()
    return out
@wrong(E.check_display, 'abs', 'You dropped the signs. Clipping turns wh')
def display(values):
    return np.minimum(np.abs(values), 255).astype(np.uint8)
@wrong(E.check_display, 'round and no upper', 'Only one end of the range is guarded; be')
def display(values):
    return np.maximum(np.round(values), 0).astype(np.uint8)
@wrong(E.check_echo, 'append', 'Sound and echo follow each other. The ec')
def echo(sound, delay, strength):
    return np.concatenate([sound, strength * sound])
@wrong(E.check_echo, 'delay+1', 'You ask whether `n > delay`: the questio')
def echo(sound, delay, strength):
    out = np.zeros(len(sound) + delay)
    for n in range(len(out)):
        if n < len(sound):
            out[n] += sound[n]
        if n > delay:
            out[n] += strength * sound[n - delay]
    return out
@wrong(E.check_flip, 'transposed', 'That is a quarter turn. Convolution take')
def flip(kernel):
    return np.rot90(kernel)
@wrong(E.check_convolve, 'image flipped instead', 'You flipped the picture. Its numbers are')
def convolve(image, kernel):
    return conv2d(image[::-1, ::-1], kernel)
@wrong(E.check_convolve, 'flip, then abs, bytes', 'The signs are lost: an absolute value (o', 'The results are stored as bytes: they wr')
def convolve(image, kernel):
    out = conv2d(image, kernel[::-1, ::-1])
    return np.abs(out).astype(np.uint8)
@wrong(E.check_mirror, 'wrap', 'The opposite side follows: that is "wrap')
def mirror(image, width):
    return np.pad(image, width, mode='wrap')
@wrong(E.check_mirror, 'width fixed at 1 and reflect', 'The mirror stands on the outermost pixel', 'The border is one pixel wide, whatever `')
def mirror(image, width):
    return np.pad(image, 1, mode='reflect')
@wrong(E.check_out_size, 'padding minus, no +1', 'You counted the steps. Positions are one', 'The padding is subtracted. It makes the')
def out_size(size, kernel, stride, padding, dilation):
    return (size - 2 * padding - dilation * (kernel - 1) - 1) // stride
@wrong(E.check_out_size, 'stride first', 'Only the picture is divided by the strid')
def out_size(size, kernel, stride, padding, dilation):
    span = dilation * (kernel - 1) + 1
    return size // stride + 2 * padding - span + 1
@wrong(E.check_zero_mean, 'mean of abs', 'You take the mean without the signs: neg')
def zero_mean(kernel):
    return kernel - np.abs(kernel).mean()
@wrong(E.check_relu, 'if on all', '`any()` is True or False. A comparison w')
def relu(values):
    if values.any() < 0:
        return 0
    return values
@wrong(E.check_compose, 'loops swapped index', 'That slides one kernel over the other as')
def compose(first, second):
    a, b = first.shape
    c, d = second.shape
    out = np.zeros((a + c - 1, b + d - 1))
    for i in range(c):
        for j in range(d):
            out[i:i + a, j:j + b] += second[i, j] * first[::-1, ::-1]
    return out
@wrong(E.check_response, 'bias only to positive', 'Only one channel gets through: the other')
def response(window, filter, bias):
    total = 0
    for c in range(len(filter)):
        total = (window[c] * filter[c]).sum()
    return max(total + bias, 0)
@wrong(E.check_layer, 'bias sum')
def layer(x, filters, bias):
    return np.array([conv2d(x, f) for f in filters]) + bias.sum()
@wrong(E.check_layer, 'bias of one filter + relu', 'All maps get the first bias. Each filter', 'ReLU comes before the bias, and is not a')
def layer(x, filters, bias):
    out = []
    for k in range(len(filters)):
        total = sum(conv2d(x[c], filters[k][c]) for c in range(len(x)))
        out.append(np.maximum(total, 0) + bias[0])
    return np.array(out)
@wrong(E.check_count, 'filters bias times kernel', 'There is a bias for each kernel. A filte')
def count(channels, filters, kernel):
    return filters * channels * (kernel * kernel + 1)
@wrong(E.check_max_pool, 'x[i*stride: i*stride+stride] and mean', 'Your window is as large as the stride. I', 'That is average pooling. Here the larges')
def max_pool(x, window, stride):
    rows = (x.shape[0] - window) // stride + 1
    cols = (x.shape[1] - window) // stride + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[i, j] = x[i * stride:i * stride + stride, j * stride:j * stride + stride].mean()
    return out
@wrong(E.check_max_pool, 'square assumed, abs max', 'You take the map to be square: its colum')
def max_pool(x, window, stride):
    n = (x.shape[0] - window) // stride + 1
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            out[i, j] = x[i * stride:i * stride + window, j * stride:j * stride + window].max()
    return out
@wrong(E.check_avg_pool, 'rows from width', 'The two sides in `x.shape` have changed')
def avg_pool(x, window, stride):
    rows = (x.shape[1] - window) // stride + 1
    cols = (x.shape[0] - window) // stride + 1
    return np.array([[x[i * stride:i * stride + window, j * stride:j * stride + window].mean() for j in range(cols)] for i in range(rows)])
@wrong(E.check_pooled_layer, 'stride 1', 'Your windows overlap. Here the stride is')
def pooled_layer(maps):
    bent = np.maximum(maps, 0)
    return (bent[:, :-1, :-1] + bent[:, 1:, :-1] + bent[:, :-1, 1:] + bent[:, 1:, 1:]) / 4
@wrong(E.check_counts, 'kernel size for outputs', 'n − k + 1 is one row of outputs. There a')
def counts(size, channels, kernel, filters):
    outputs = filters * (size - kernel + 1)
    window = channels * kernel * kernel
    return outputs * (channels * size * size + 1), outputs * (window + 1), filters * (window + 1)
@wrong(E.check_fields, 'k*j', 'A layer adds k − 1 jumps, not k − 1 of i')
def fields(layers):
    field, jump, out = 1, 1, []
    for kernel, stride in layers:
        field += (kernel - 1) * stride
        jump *= stride
        out.append(field)
    return out
@wrong(E.check_gradient, 'relative step', 'The step is a share of the weight in you')
def gradient(loss, weight, step):
    g = np.zeros_like(weight)
    for i in np.ndindex(weight.shape):
        up = weight.copy()
        up[i] += step
        down = weight.copy()
        down[i] -= step
        g[i] = (loss(up) - loss(down)) / step / 2 * weight[i]
    return g
@wrong(E.check_update, 'lr divided, minus gradient', 'You divide by the learning rate: the sma')
def update(weight, gradient, learning_rate):
    return weight - gradient / learning_rate
@wrong(E.check_softmax, 'temperature on result', 'The temperature is an exponent of the fi')
def softmax(logits, temperature):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return p ** temperature
@wrong(E.check_cross_entropy, '1 - p', 'The logarithm is missing. It is what mak')
def cross_entropy(p, labels):
    total = 0
    for i in range(len(labels)):
        total += 1 - p[i, labels[i]]
    return total / len(labels)
@wrong(E.check_cross_entropy, 'negative sum of all', 'Row and column have changed places: `[pi')
def cross_entropy(p, labels):
    return -np.log(p[labels, np.arange(len(labels))]).sum() / len(labels)
@wrong(E.check_loss_gradient, 'p - 1 everywhere, no mean', '1 is subtracted everywhere. Only the tru')
def loss_gradient(p, labels):
    g = p.copy()
    for i in range(len(labels)):
        g[i] -= 1
    return g / len(labels)
@wrong(E.check_relu_backward, 'x > 0 returned', 'Input and gradient have changed places:')
def relu_backward(gradient, x):
    return (gradient > 0) * x
@wrong(E.check_report, 'best test among top')
def report(train, validation, test):
    best = 0
    for i in range(len(train)):
        if validation[i] > best:
            best = test[i]
    return best
@wrong(E.check_covering, 'mean instead of 0', "You cover with the picture's average. Pa")
def covering(certainty, picture, window, stride):
    whole = certainty(picture)
    n, m = [(s - window) // stride + 1 for s in picture.shape]
    out = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            q = picture.copy()
            q[i * stride:i * stride + window, j * stride:j * stride + window] = picture.mean()
            out[i, j] = whole - certainty(q)
    return out
@wrong(E.check_climb, 'in 0..255', 'Pixels are held above 0, but some rise o')
def climb(picture, gradient, rate):
    return np.clip(picture + rate * gradient, 0, 255)
@wrong(E.check_gram, 'normalised by maps', 'You divide by how many maps there are. D')
def gram(maps):
    flat = maps.reshape(len(maps), -1)
    return flat @ flat.T / len(maps)
@wrong(E.check_flat_index, 'the row term uses H instead of W, and is not multiplied by C', 'A row is as long as the picture is wide:', 'Only the columns are multiplied by C. A')
def place(index, shape):
    H, W, C = shape
    return index[0] * H + index[1] * C + index[2]
@wrong(E.check_slide, 'kernel turned upside down (rows reversed), and the mean of the products instead of the sum', 'The kernel is mirrored. Its upper left w', 'Everything is divided by how many number')
def slide(image, kernel):
    windows = sliding_window_view(image, kernel.shape)
    total = np.einsum("ijkl,kl->ij", windows, kernel[::-1])
    return total / kernel.size
@wrong(E.check_display, 'absolute value instead of clipping what is below 0, and int8 in place of uint8 for the type', 'You dropped the signs. Clipping turns wh', 'The numbers are stored as bytes with a s')
def as_bytes(values):
    positive = np.abs(values)
    return np.minimum(positive, 255).astype(np.int64).astype(np.int8)
@wrong(E.check_mirror, 'mirrored only at the left and the right, no rows added above and below; and at the left the outermost pixel once (reflect); right is twice', 'Above and on the left the mirror stands', 'The border is left and right only: rows')
def mirror(image, width):
    result = []
    for row in image:
        row = list(row)
        left = row[1 : width + 1][::-1]
        end = row[-width:][::-1]
        result.append(left + row + end)
    return np.array(result)
@wrong(E.check_zero_mean, 'the mean of each row is subtracted (axis=1) instead of the one mean of all weights, and divided by the standard deviation as well', 'You subtract the mean of each row. One m', 'You divide by the standard deviation, to')
def zero_mean(kernel):
    m = kernel.mean(axis=1, keepdims=True)
    s = kernel.std()
    return (kernel - m) / s
@wrong(E.check_avg_pool, 'integer division // (averages rounded down), and divided by 2 * window instead of window ** 2')
def avg_pool(x, window, stride):
    rows, cols = (np.array(x.shape) - window) // stride + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            total = 0
            for a in range(window):
                for b in range(window):
                    total += x[i * stride + a, j * stride + b]
            out[i, j] = total // (window * 2)
    return out
@wrong(E.check_cross_entropy, 'the minus is missing, and log to base 2 instead of the natural logarithm', 'The logarithm to the base 2 is taken, wh')
def cross_entropy(p, labels):
    true = p[np.arange(len(labels)), labels]
    return np.log2(true).mean()
@wrong(E.check_flatten_backward, 'returns x flattened (the way forward)', 'That is the way forward: the input, flat')
def flatten_backward(gradient, x):
    return x.reshape(x.shape[0], -1)
@wrong(E.check_flatten_backward, 'raises ValueError: batch axis forgotten, reshape to x.shape[1:], (C, H, W), only', 'The batch is forgotten: the maps of one')
def flatten_backward(gradient, x):
    C, H, W = x.shape[1:]
    return gradient.reshape(C, H, W)
@wrong(E.check_covering, 'the range ends one too early (no + 1), so the last row and column of places can be missing; and returns the certainty left, not the certainty lost', 'That is the certainty that is left. Aske', 'Each loop ends one too early.')
def covering(certainty, picture, window, stride):
    H, W = picture.shape
    result = []
    for top in range(0, H - window, stride):
        line = []
        for left in range(0, W - window, stride):
            p = picture.copy()
            p[top : top + window, left : left + window] = 0
            line.append(certainty(p))
        result.append(line)
    return np.array(result)
@wrong(E.check_pixel, 'raises TypeError: round brackets (MATLAB), which call the array; square brackets are needed', 'Round brackets call a function; an index')
def pixel(image, row, col):
    return image(row, col)
@wrong(E.check_flip, 'raises IndexError: index H - r instead of H - 1 - r runs over the end', 'An index is one too large: counting begi')
def flip(kernel):
    H, W = kernel.shape
    new = kernel.copy()
    for r in range(H):
        for c in range(W):
            new[r, c] = kernel[H - r, W - c]
    return new
@wrong(E.check_mirror, 'at the top and left the mirror skips the outermost pixel (1 : width + 1, reflect', 'Below and on the right, rows and columns', 'Above and on the left the mirror stands')
def mirror(image, width):
    tall = np.concatenate((image[1 : width + 1][::-1], image, image[-width:]), axis=0)
    return np.concatenate((tall[:, 1 : width + 1][:, ::-1], tall, tall[:, -width:]), axis=1)
@wrong(E.check_relu, "raises ValueError: Python's max(values, 0) on an array; np.maximum is needed", '`max` takes whole arrays, and does not c')
def my_relu(values):
    return max(values, 0)
@wrong(E.check_relu, 'returns the step (1 for positive, 0 else), i.e. the slope, not the value; and as a flat list, not the shape of the input', 'You say whether a number is positive: 1', 'The result is one long row: its axes are')
def my_relu(values):
    return [1 if v > 0 else 0 for v in np.ravel(values)]
@wrong(E.check_cross_entropy, 'the minus is missing, and logarithm to the base 2 instead of the natural one', 'The logarithm to the base 2 is taken, wh')
def cross_entropy(p, labels):
    total = 0
    for i in range(len(labels)):
        total += np.log2(p[i][labels[i]])
    return total / len(labels)
@wrong(E.check_quantize, 'casts to uint8 before clipping, so codes beyond 255 and below 0 wrap; clip first, then cast', 'The numbers become np.uint8 too early: w')
def adc(v, bits, fs):
    codes = np.floor(v / (fs / 2**bits)).astype(np.int64).astype(np.uint8)
    return np.clip(codes, 0, 2**bits - 1)
@wrong(E.check_to_gray, 'weights in BGR order (red gets 0.114, blue 0.299), and the result is rounded to bytes; floats not rounded are wanted', 'Red and blue have changed places: 0.299', 'The results are rounded to whole numbers')
def to_gray(image):
    b, g, r = image[..., 0], image[..., 1], image[..., 2]
    gray = 0.299 * r + 0.587 * g + 0.114 * b
    return gray.round().astype("uint8")
@wrong(E.check_slide, 'the output array is uint8, so sums wrap or lose fractions, and it is filled with row and column swapped, raising IndexError unless the map is square', 'Your map is transposed: its rows and col', 'The results are stored as bytes: they wr')
def slide(image, kernel):
    rows, cols = np.array(image.shape) - kernel.shape + 1
    output = np.zeros((rows, cols), dtype=np.uint8)
    for row in range(rows):
        for col in range(cols):
            window = image[row : row + kernel.shape[0], col : col + kernel.shape[1]]
            output[col, row] = np.int64((window * kernel).sum()).astype(np.uint8)
    return output
@wrong(E.check_display, 'clips to 0..1 as if the numbers were shares and multiplies by 255 (should clip to 0..255), and int8 instead of uint8')
def as_bytes(values):
    clipped = np.clip(values, 0, 1)
    return (clipped * 255).astype(np.int16).astype(np.int8)
@wrong(E.check_display, 'the arguments of np.clip are swapped, clip(values, 255, 0): everything becomes 0', 'The two ends of `clip` have changed plac')
def as_bytes(values):
    clipped = np.clip(values, 255, 0)
    return clipped.astype(np.uint8)
@wrong(E.check_convolve, "transposes the kernel instead of turning it by 180 degrees, and keeps the picture's size by zero padding (mode same) instead of valid")
def convolve(image, kernel):
    turned = kernel.T
    return correlate2d(image, turned, "same")
@wrong(E.check_convolve, 'FFT product is circular and is cropped from its upper left corner instead of from row KH - 1, column KW - 1: the first rows and columns wrap round', 'The picture is taken to go on with its o')
def convolve(image, kernel):
    H, W = image.shape
    KH, KW = kernel.shape
    spectrum = np.fft.fft2(image) * np.fft.fft2(kernel, s=image.shape)
    return np.real(np.fft.ifft2(spectrum))[: H - KH + 1, : W - KW + 1]
@wrong(E.check_mirror, 'corners stay 0, as the four sides are filled from the picture only, and the bottom and right strips are not reversed', 'Below and on the right, rows and columns', 'The corners stay empty. The mirror image')
def mirror(image, width):
    h, w = image.shape
    out = np.zeros((h + 2 * width, w + 2 * width))
    out[width : width + h, width : width + w] = image
    for i in range(width):
        out[width - 1 - i, width : width + w] = image[i]
        out[width : width + h, width - 1 - i] = image[:, i]
        out[width + h + i, width : width + w] = image[h - width + i]
        out[width : width + h, width + w + i] = image[:, w - width + i]
    return out
@wrong(E.check_max_pool, 'the stride is taken for the rows only; the columns move by 1: [::stride] instead of [::stride, ::stride]', 'The stride is used for the rows only. Wi')
def max_pool(x, window, stride):
    return sliding_window_view(x, (window, window))[::stride].max(axis=(-2, -1))
@wrong(E.check_avg_pool, 'uniform_filter centres its windows and mirrors the border: values of other windows, and a map of another size')
def avg_pool(x, window, stride):
    blurred = scipy.ndimage.uniform_filter(np.asarray(x, float), size=window)
    return blurred[::stride, ::stride]
@wrong(E.check_gradient, 'hands a single weight to loss (weight[place] + step) instead of the whole array with one weight moved: the loss of one number, or an error', '`loss` takes all weights at once, one of')
def gradient(loss, weight, step):
    slopes = np.zeros(weight.shape)
    for place in np.ndindex(weight.shape):
        slopes[place] = (loss(weight[place] + step) - loss(weight[place] - step)) / (2 * step)
    return slopes
@wrong(E.check_cross_entropy, 'the log of the mean instead of the mean of the logs, and the minus sign is missing', 'You take the mean of the probabilities,', 'All signs are turned: what should be pos')
def cross_entropy(p, labels):
    total = 0
    for i in range(len(labels)):
        total += p[i, labels[i]]
    return np.log(total / len(labels))
@wrong(E.check_update, 'one mean gradient for all weights instead of each its own, and the learning rate is a fixed 0.01 instead of the argument')
def update(weight, gradient, learning_rate=0.01):
    lr = 0.01
    return weight - lr * np.mean(gradient)
@wrong(E.check_flatten_backward, 'the batch axis is forgotten: reshape to x.shape[1:] raises for more than one picture', 'The batch is forgotten: the maps of one')
def flatten_backward(gradient, x):
    channels, height, width = x.shape[1:]
    return gradient.reshape(channels, height, width)
@wrong(E.check_flat_index, 'strides are the cumulative product of the shape from the front (H, H*W, H*W*C) instead of from the back, and without starting at 1')
def place(index, shape):
    return int(np.dot(index, np.cumprod(shape)))
@wrong(E.check_display, 'the signs are dropped (abs) instead of clipping below 0, and the upper end is 256, which wraps to 0, instead of 255')
def as_bytes(values):
    magnitude = np.abs(values)
    clipped = np.minimum(magnitude, 256)
    return clipped.astype(np.int64).astype(np.uint8)
@wrong(E.check_convolve, 'raises ValueError: np.convolve takes one-dimensional arrays only', 'This function takes single rows of numbe')
def convolve(image, kernel):
    return np.convolve(image, kernel, mode="valid")
@wrong(E.check_mirror, 'at the upper and left side the index abs(i) does not repeat the outermost pixel (reflect), and at the lower and right side the last pixel is repeated (clamped) instead of mirrored')
def mirror(image, width):
    H, W = image.shape
    i = np.minimum(np.abs(np.arange(-width, H + width)), H - 1)
    j = np.minimum(np.abs(np.arange(-width, W + width)), W - 1)
    return image[np.ix_(i, j)]
@wrong(E.check_max_pool, 'the maximum over one window axis only (max(-1) leaves an axis more), and the stride is applied to the rows only, not to the columns')
def max_pool(x, window, stride):
    v = np.lib.stride_tricks.sliding_window_view(x, (window, window))
    return v[::stride].max(axis=-1)
@wrong(E.check_softmax, 'the largest logit is subtracted after the exponential, exp(z) - max, so negative values arise and large logits overflow', 'The largest is subtracted from the power')
def softmax(logits, temperature):
    powers = np.exp(logits / temperature)
    powers = powers - powers.max(1)[:, None]
    return powers / powers.sum(1)[:, None]
@wrong(E.check_report, 'raises IndexError: indexes with the largest validation accuracy itself (.max()) instead of its place (.argmax())', 'An index is a whole number: `/` makes a')
def report(train, validation, test):
    return test[validation.max()]
@wrong(E.check_gram, 'not divided by the number of positions H * W, but by the number of maps F, and only maps with themselves are multiplied, so all off the diagonal is 0')
def gram(maps):
    F = maps.shape[0]
    energy = np.einsum("fhw,fhw->f", maps, maps)
    return np.diag(energy / F)
