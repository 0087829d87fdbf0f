"""Answers written from the exercises' texts alone, to see what share the checks name: `WRONG` and `RIGHT`.

Each wrong one is a misconception or an everyday slip; from a third to a half are two at once. They came in four sets,
and at first sight were named, strictly read: 91 % of 150, 73 % of 44, 81 % of 54, 83 % of 47. What the failures had in
common was mended after each set, and is named now; those without words are not.
"""

# Code as learners write it: neither formatted nor linted.
# fmt: off
# ruff: noqa

import math
from functools import reduce
from itertools import product

import numpy as np
import scipy.special
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
@wrong(E.check_flat_index, "planes, and rows times height", "That is right for CHW, where each channel", "`height` stands where `width` belongs.")
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
@wrong(E.check_slide, "window reaches one too far left, wraps", "The map is cut out of a larger one, of all")
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
@wrong(E.check_zero_mean, "mean of each column, sign", "You subtract the mean of each column. One", "All signs are turned: what should be")
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
@wrong(E.check_gradient, "moves stay, one-sided", "You compare one side with the middle. The", "`moved` is made once, before the loop:")
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
@wrong(E.check_flat_index, "nothing before: begins at 1, channels first in pixel", "Only the rows are multiplied by C. Each", "`channel` is multiplied by `width`, too.")
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
@wrong(E.check_avg_pool, "mean of max and mean", "You divide by the side of the window. It", "Everything is half as large as it should")
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
