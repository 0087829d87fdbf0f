"""What a trained network looks at: cover parts of a picture, ask for its gradient, see what filters like.

Pictures are (C, H, W), or (H, W) where there is one channel; answers about them have the same axes.
"""

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from cnnlib.activations import softmax
from cnnlib.nn.layers import Array
from cnnlib.nn.model import Sequential
from cnnlib.ranges import whole
from cnnlib.shapes import as_numbers


def occlusion_map(
    model: Sequential, picture: ArrayLike, label: int, window: int, stride: int, *, fill: float = 0
) -> Array:
    """Say how much certainty a class loses when a square of the picture is covered, for each place of it.

    Parameters
    ----------
    model : Sequential
        Its outputs are logits, one per class.
    picture : array, (C, H, W) or (H, W)
    label : int
        The class.
    window, stride : int
        Side of the square, and the step from one place to the next, in pixels.
    fill : float
        What the covered pixels hold in all channels; 0 is the paper of a digit.

    Returns
    -------
    array, (OH, OW)
        Probability with nothing covered, less that with the square at rows i * stride to i * stride +
        window - 1: from -1 to 1. Negative where the class gains by what is covered.

    Raises
    ------
    ValueError
        If the square does not fit, or there is no such class.

    Notes
    -----
    Zeiler and Fergus (2014), *Visualizing and understanding convolutional networks*, section 4.2; they cover
    with gray.

    Examples
    --------
    >>> from cnnlib.nn import Dense, Flatten
    >>> model = Sequential(Flatten(), Dense(4, 2))
    >>> model[1].weights["weight"][...] = [[2, 0, 0, 0], [0, 0, 0, 0]]
    >>> occlusion_map(model, [[1, 1], [1, 1]], 0, 1, 1).round(2)
    array([[0.38, 0.  ],
           [0.  , 0.  ]], dtype=float32)
    """
    x = one_picture("occlusion_map", model, picture)
    window, stride = (whole("occlusion_map", *item) for item in (("window", window), ("stride", stride)))
    if window > min(x.shape[2:]):
        raise ValueError(
            f"occlusion_map: window {window} is larger than the picture {x.shape[2:]}; use a smaller window"
        )
    rows, cols = ((side - window) // stride + 1 for side in x.shape[2:])
    covered = np.repeat(x, rows * cols, axis=0)
    for number, (row, col) in enumerate(np.ndindex(rows, cols)):
        top, left = row * stride, col * stride
        covered[number, :, top : top + window, left : left + window] = fill
    scores = model(x)
    label = known_class("occlusion_map", label, scores.shape[1:])
    lost = np.zeros(len(covered), scores.dtype)
    if (changed := (covered != x).any(axis=(1, 2, 3))).any():  # paper covered with paper needs no model
        outputs = model.outputs(covered[changed], batch_size=16)  # also in float64 they stay in the cache
        lost[changed] = softmax(scores)[0, label] - softmax(outputs)[:, label]
    return lost.reshape(rows, cols)


def saliency(model: Sequential, picture: ArrayLike, label: int) -> Array:
    """Say how the score of a class changes with each pixel: the gradient of its logit for the picture.

    It holds for small changes of this very picture: `occlusion_map` asks about large ones.

    Parameters
    ----------
    model : Sequential
        Its outputs are scores, one per class; softmax is no part of it. Its gradients are set on the way.
    picture : array, (C, H, W) or (H, W)
    label : int
        The class.

    Returns
    -------
    array, the shape of the picture
        Score per unit of brightness; positive where more of it raises the score.

    Raises
    ------
    ValueError
        If the model cannot take the picture, or there is no such class.

    Notes
    -----
    Simonyan, Vedaldi and Zisserman (2014), *Deep inside convolutional networks*, section 3; they show its
    magnitude, here the sign stays.

    Examples
    --------
    A linear model's gradient is its weights.

    >>> from cnnlib.nn import Dense, Flatten
    >>> model = Sequential(Flatten(), Dense(4, 2))
    >>> model[1].weights["weight"][0] = [1, -2, 3, 0]
    >>> saliency(model, [[9, 9], [9, 9]], 0)
    array([[ 1., -2.],
           [ 3.,  0.]], dtype=float32)
    """
    scores = kept_forward(model, one_picture("saliency", model, picture))
    gradient = np.zeros_like(scores)
    gradient[0, known_class("saliency", label, scores.shape[1:])] = 1
    return model.backward(gradient, input_gradient=True).reshape(np.shape(picture))


class Patches(NamedTuple):
    """What the filters of a layer answered most to: for F filters, `count` patches each, strongest first."""

    images: Array  # (F, count, C, RH, RW): as large as the layer's receptive field; 0 outside the picture
    answers: Array  # (F, count): what the filter answers there
    numbers: Array  # (F, count): which of the pictures
    places: Array  # (F, count, 2): row and column of the answer in the layer's map
    corners: Array  # (F, count, 2): row and column of the patch in the picture; negative in the padding


def top_patches(model: Sequential, layer: int, pictures: ArrayLike, count: int) -> Patches:
    """Find the patches of pictures to which each filter of a layer answers most, one patch per picture.

    Parameters
    ----------
    model : Sequential
    layer : int
        Which of its layers, from 0; a map must come out of it.
    pictures : array, (N, C, H, W)
    count : int
        Patches per filter, at most N.

    Returns
    -------
    Patches
        Of equal answers, the first picture's, and in it the first place's.

    Raises
    ------
    ValueError
        If there is no such layer, no map comes out of it, or there are too few pictures.

    Notes
    -----
    A patch is the answer's receptive field; where it lies follows Araujo, Norris and Sim (2019), as in
    `cnnlib.geometry.reach`. The idea: Zeiler and Fergus (2014), figure 2.

    Examples
    --------
    >>> from cnnlib.nn import Conv2D
    >>> model = Sequential(Conv2D(1, 1, (1, 2)))
    >>> model[0].weights["weight"][...] = [[[[-1, 1]]]]
    >>> found = top_patches(model, 0, [[[[0, 0, 5, 9]]], [[[7, 6, 7, 0]]]], 2)
    >>> found.images[0, :, 0, 0].tolist(), found.answers[0].tolist()
    ([[0.0, 5.0], [6.0, 7.0]], [5.0, 1.0])
    """
    x, maps, count = _maps(model, layer, pictures, count)
    filters, across = maps.shape[1], maps.shape[3]
    flat = maps.reshape(len(x), filters, -1)
    best = flat.argmax(axis=2)
    highest = np.take_along_axis(flat, best[:, :, None], axis=2)[:, :, 0]
    numbers = np.argsort(-highest, axis=0, kind="stable")[:count].T
    chosen = best[numbers, np.arange(filters)[:, None]]
    places = np.stack([chosen // across, chosen % across], axis=-1)
    field, jump, start = _windows(model, layer, x.shape[1:])
    corners = places * jump + start
    images = _cut(x, numbers, corners, field)
    return Patches(images, highest[numbers, np.arange(filters)[:, None]], numbers, places, corners)


def kept_forward(model: Sequential, x: Array) -> Array:
    """Run a batch forward as for a prediction, nothing dropped, and keep what `backward` needs."""
    for layer in model:
        x = layer(x)
    return x


def _maps(model: Sequential, layer: int, pictures: ArrayLike, count: int) -> tuple[Array, Array, int]:
    """Check the arguments of `top_patches`; return the pictures, the layer's maps, and the count."""
    x = as_numbers("top_patches", pictures)
    count = whole("top_patches", "count", count)
    if layer not in range(len(model)):
        raise ValueError(f"top_patches: there is no layer {layer}; choose 0 to {len(model) - 1}")
    if x.ndim != 4 or count > len(x):
        raise ValueError(
            f"top_patches: pictures {x.shape} must be (N, C, H, W), N at least {count}; give more"
        )
    maps = model[: layer + 1].outputs(x)
    if maps.ndim != 4:
        raise ValueError(
            f"top_patches: layer {layer}, {model[layer]!r}, makes no maps but {maps.shape[1:]}; "
            "choose a layer before it"
        )
    return x.astype(maps.dtype, copy=False), maps, count


def _windows(model: Sequential, layer: int, shape: tuple[int, ...]) -> tuple[Array, Array, Array]:
    """Return size, step and start of the receptive fields, each (rows, cols)."""
    jump, start = np.ones(2, int), np.zeros(2, int)
    for one in model[: layer + 1]:
        (top, _), (left, _) = getattr(one, "sides", ((0, 0), (0, 0)))
        start -= jump * (top, left)
        for _, stride in one.windows or ():
            jump *= stride
    return np.array(model[: layer + 1].summary(shape).rows[-1].receptive_field), jump, start


def _cut(x: Array, numbers: Array, corners: Array, field: Array) -> Array:
    """Cut the patches out, with 0 around the pictures for those that reach over the edge."""
    before = np.maximum(-corners.min(axis=(0, 1)), 0)
    after = np.maximum(corners.max(axis=(0, 1)) + field - x.shape[2:], 0)
    wide = np.pad(x, ((0, 0), (0, 0), *zip(before, after, strict=True)))
    rows, cols = np.moveaxis(corners + before, -1, 0)
    return sliding_window_view(wide, tuple(field), axis=(2, 3))[numbers, :, rows, cols].copy()


def one_picture(where: str, model: Sequential, picture: ArrayLike) -> Array:
    """Return the picture as a batch of one, in the model's dtype."""
    x = as_numbers(where, picture)
    if x.ndim not in (2, 3):
        raise ValueError(f"{where}: picture {x.shape} must be (C, H, W) or (H, W); give one picture")
    dtype = next((array.dtype for array in model.weights.values()), np.dtype(np.float32))
    return x.reshape(1, -1, *x.shape[-2:]).astype(dtype)


def known_class(where: str, label: int, shape: tuple[int, ...]) -> int:
    """Return the label, if the outputs have such a class."""
    if len(shape) != 1 or label not in range(shape[0]):
        raise ValueError(
            f"{where}: label {label!r} is no class of outputs {shape}; the model needs one output per class, "
            "counted from 0"
        )
    return int(label)
