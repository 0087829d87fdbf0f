"""What learners put in place of the parts of a calculation that several lessons ask for: a bend, a slide."""

from collections.abc import Callable

import numpy as np

from cnnlib.activations import relu, sigmoid
from cnnlib.exercises.trying import Free, Ways

BENDS = (
    (lambda x: x, "The ReLU is missing: what is negative has to become 0."),
    (np.abs, "You drop the signs. ReLU makes 0 of everything negative."),
    (
        lambda x: np.minimum(x, 0),
        "The wrong half is cut off: what is positive passes, what is negative becomes 0.",
    ),
    (lambda x: relu(-x), "Your ReLU keeps the negative numbers. It keeps the positive ones."),
    (lambda x: np.where(x > 0, 1.0, 0.0), "That is ReLU's slope, 1 or 0. The number itself passes."),
    (sigmoid, "That is the sigmoid. ReLU makes 0 of what is negative, and lets all else pass."),
    (np.tanh, "That is tanh. ReLU makes 0 of what is negative, and lets all else pass."),
    (lambda x: np.logaddexp(0, x), "That is softplus, a ReLU with a round corner."),
    (lambda x: relu(x) ** 2, "What is positive is squared. It passes as it is."),
    (lambda x: np.maximum(x, 1), "What is below 1 becomes 1. The corner lies at 0."),
    (lambda x: x * (x > 1), "What lies between 0 and 1 becomes 0. The corner lies at 0."),
    (
        Free(lambda v: lambda x: np.where(x > 0, x, v * x)),
        "That is a leaky ReLU: {} times what is negative passes.",
    ),
    (Free(lambda v: lambda x: np.where(x > 0, x, v)), "What is negative becomes {}. It has to become 0."),
    (Free(lambda v: lambda x: np.clip(x, 0, v)), "What is above {} is cut off. ReLU has no upper end."),
    (Free(lambda v: lambda x: np.where(x > v, x, 0)), "The corner of your ReLU lies at {}. It lies at 0."),
    (Free(lambda v: lambda x: v * relu(x)), "What is positive is multiplied by {}. It passes as it is."),
)


def windows(
    image: np.ndarray, kernel: np.ndarray, number: Callable, step: tuple[int, int] = (1, 1)
) -> np.ndarray:
    """Slide, and let `number` say what comes out of each window."""
    (height, width), (kh, kw) = image.shape, kernel.shape
    return np.array(
        [
            [number(image[r : r + kh, c : c + kw], kernel) for c in range(0, width - kw + 1, step[1])]
            for r in range(0, height - kh + 1, step[0])
        ]
    )


def _slid(
    image, kernel, *, weights=lambda k: k, number=None, pixels=None, after=lambda out: out
) -> np.ndarray:
    """Slide as is right, but for what a mistake puts in place of a part."""
    image = (pixels or (lambda x: x.astype(float)))(image)
    return after(windows(image, weights(kernel), number or (lambda window, k: (window * k).sum())))


def slide_ways(turn: Callable, orders: tuple) -> Ways:
    """Return all that learners put in place of the parts of a slide whose kernel `turn` turns.

    Examples
    --------
    >>> slide_ways(np.flip, ()).make(np.eye(2), np.array([[1, 2], [3, 4]])).tolist()
    [[5.0]]
    """
    weights = {
        "The rows of the kernel are reversed.": lambda k: k[::-1],
        "The columns of the kernel are reversed.": lambda k: k[:, ::-1],
        "The kernel is transposed: its rows and columns are swapped.": lambda k: k.T,
        "The kernel is turned by a quarter before it is used.": np.rot90,
        "The kernel is turned by a quarter, clockwise, before it is used.": lambda k: np.rot90(k, 3),
        "The kernel is transposed, and turned by 180°.": lambda k: k.T[::-1, ::-1],
    }
    return Ways(
        lambda image, kernel, **choice: _slid(image, kernel, **{"weights": turn, **choice}),
        {
            "weights": (
                *orders,
                *((way, says) for says, way in weights.items()),
                (lambda k: np.abs(turn(k)), "The signs of the weights are dropped."),
                (lambda k: -turn(k), "The signs of the weights are turned."),
                (lambda k: np.trunc(turn(k)), "The fractions of the weights are cut off."),
                (lambda k: np.ones(k.shape), "The weights do not come in: each counts as 1."),
                (lambda k: np.maximum(turn(k), 0), "Negative weights count as 0."),
                (lambda k: turn(k) / (k.sum() or 1), "The weights are divided by their sum."),
                (lambda k: turn(k) / np.abs(k).sum(), "The weights are divided by the sum of their sizes."),
                (lambda k: turn(k) - k.mean(), "The mean of the weights is subtracted from them."),
                (lambda k: np.round(turn(k)), "The weights are rounded."),
            ),
            "number": (
                (lambda w, k: (w * k).mean(), "You take the mean of the products. Their sum is asked for."),
                (lambda w, k: (w * k).max(), "You keep the largest product of each window. All are added."),
                (lambda w, k: (w * k).min(), "You keep the smallest product of each window. All are added."),
                (
                    lambda w, k: np.median(w * k),
                    "You take the median of the products. Their sum is asked for.",
                ),
                (
                    lambda w, k: np.abs(w * k).sum(),
                    "The signs of the products are dropped. They add up with their signs.",
                ),
                (
                    lambda w, k: np.maximum(w * k, 0).sum(),
                    "Negative products are left out. They count as well.",
                ),
                (lambda w, k: ((w * k) ** 2).sum(), "The products are squared."),
                (lambda w, k: (w + k).sum(), "Pixel and weight are added. They are multiplied."),
                (lambda w, k: (w - k).sum(), "The weight is subtracted from the pixel. They are multiplied."),
                (
                    lambda w, k: ((w - k) ** 2).sum(),
                    "You compare window and kernel by squared differences: multiply them.",
                ),
                (
                    lambda w, k: np.abs(w - k).sum(),
                    "You compare window and kernel by differences: multiply them.",
                ),
                (lambda w, k: (w**2 * k).sum(), "The pixels are squared."),
                (lambda w, k: (w * k).prod(), "The products are multiplied. They are added up."),
                (
                    lambda w, k: (w @ k).sum(),
                    "`@` is the matrix product. Each pixel meets the weight on top of it: `*`.",
                ),
                (
                    lambda w, k: np.trace(w @ k),
                    "`@` is the matrix product. Each pixel meets the weight on top of it: `*`.",
                ),
                (
                    lambda w, k: np.diag(w * k).sum(),
                    "Only the diagonal of each window counts: two indices for one.",
                ),
                (lambda w, k: (w * k)[0].sum(), "Only the first row of each window counts."),
                (lambda w, k: (w * k)[:, 0].sum(), "Only the first column of each window counts."),
                (
                    lambda w, k: (w * k)[-1].sum(),
                    "Only the last row of each window counts: the sum begins anew in each.",
                ),
                (lambda w, k: (w * k)[-1, -1], "Only the last product is kept: `=` in place of `+=`."),
                (
                    lambda w, k: (w * k)[:-1, :-1].sum(),
                    "The last row and column of each window are left out.",
                ),
                (lambda w, k: (w * k)[:, :-1].sum(), "The last column of each window is left out."),
                (lambda w, k: (w * k)[:-1].sum(), "The last row of each window is left out."),
                (lambda w, k: (w * k)[1:, 1:].sum(), "The first row and column of each window are left out."),
                (
                    lambda w, k: (w * k).sum() / np.linalg.norm(w) / np.linalg.norm(k),
                    "The sum is normalised: leave it.",
                ),
            ),
            "pixels": (
                (lambda x: x / 255, "The pixels are divided by 255."),
                (lambda x: x.astype(float) - x.mean(), "The mean of the image is subtracted first."),
                (lambda x: x / x.max(), "The image is divided by its largest pixel."),
                (lambda x: x.astype(float).T, "The image is transposed: rows and columns are swapped."),
                (lambda x: 255 - x.astype(float), "The image is inverted."),
                (lambda x: (x > 0) * 1.0, "Pixels count as 1 or 0: their brightness is lost."),
            ),
            "after": (
                (np.transpose, "Rows and columns of the map are swapped."),
                (np.abs, "The signs of the map are dropped."),
                (lambda out: np.maximum(out, 0), "Negative results are set to 0."),
                (lambda out: np.clip(out, 0, 255), "The results are clipped to 0..255."),
                (np.trunc, "The fractions are cut off: the results go into integers."),
                (lambda out: out[:-1, :-1], "The last row and column of places are missing."),
                (lambda out: out[:-1], "The last row of places is missing."),
                (lambda out: out[:, :-1], "The last column of places is missing."),
                (lambda out: out[1:], "The first row of places is missing."),
                (lambda out: out[1:, 1:], "The first row and column of places are missing."),
                (lambda out: out[::2, ::2], "The kernel moves on by 2. It moves on by one pixel."),
            ),
        },
    )
