"""Lesson 12's checks: covered pictures, a step uphill, LeNet's sizes."""

import numpy as np

from cnnlib.exercises.check import function_check, numbers_check


class Certainty:
    """A network so small that one can see through it: it weighs each pixel, and a sigmoid makes a share.

    Examples
    --------
    >>> certainty = Certainty([[2, 0], [0, -1]])
    >>> certainty(np.zeros((2, 2))), round(certainty(np.eye(2)), 3)
    (0.5, 0.731)
    """

    def __init__(self, weights: object) -> None:
        self.weights = np.array(weights, float)

    def __call__(self, picture: object) -> float:
        """Return the certainty, 0 to 1, for a picture as large as the weights."""
        if np.shape(picture) != self.weights.shape:
            raise ValueError(
                f"certainty: the picture is {np.shape(picture)}, not {self.weights.shape}; give all of it"
            )
        return float(1 / (1 + np.exp(-(self.weights * picture).sum())))

    def copy(self) -> "Certainty":
        """Return itself: it holds nothing that a learner changes."""
        return self


def _case(name: str, rows: int, cols: int, window: int, stride: int) -> tuple:
    """Make a picture from 0 to 1 of which some parts speak for the class and some against it."""
    pixels = np.arange(rows * cols).reshape(rows, cols)
    weights = (pixels**2 % 11 - 4) / 9
    return (name, Certainty(weights), pixels * 7 % 10 / 10 + 0.05, np.int64(window), np.int64(stride))


def _covering(certainty, picture, window, stride):
    rows, cols = (np.array(picture.shape) - window) // stride + 1
    found = np.zeros((rows, cols))
    whole = certainty(picture)
    for i in range(rows):
        for j in range(cols):
            covered = picture.copy()
            top, left = i * stride, j * stride
            covered[top : top + window, left : left + window] = 0
            found[i, j] = whole - certainty(covered)
    return found


check_covering = function_check(
    "12-covering",
    makes="a learner's own map of the certainty that is lost when squares of a picture are covered",
    takes="Takes a function that says how certain a network is of a class, 0 to 1, a picture ``(H, W)`` "
    "from 0, paper, to 1, ink, and side and stride of the square, in pixels. Returns the "
    "certainty lost with each place covered by paper, ``(OH, OW)``.",
    example="""
    >>> check_covering(lambda certainty, picture, window, stride: certainty(picture)).verdict
    'wrong'
    """,
    call="covering(certainty, picture, window, stride)",
    errors=(
        ("certainty: the picture is", "Cover a copy of the picture, and hand over that copy."),
        ("cannot be interpreted as an integer", "Is a size divided with `/`? Places are counted: use `//`."),
        ("out of bounds", "How many places are there along each direction? Rows and columns may differ."),
        ("read-only", "Cover a copy of the picture."),
    ),
    cases=(
        _case("a 6 × 6 picture, squares of 2 side by side", 6, 6, 2, 2),
        _case("a 7 × 5 picture, squares of 3 at stride 2", 7, 5, 3, 2),
        _case("a 6 × 7 picture, squares of 2 at stride 3", 6, 7, 2, 3),
        _case("a 4 × 5 picture, squares of 2 at stride 1", 4, 5, 2, 1),
    ),
    right="Certainty lost, place by place: positive where the picture needs what is covered, negative where "
    "it does better without.",
    truth=_covering,
    edits="""
        top : top + window, left : left + window -> top : top + stride, left : left + stride
            Your square is as large as the stride. It has a size of its own, `window`.
        whole - certainty(covered) -> certainty(covered)
            That is the certainty that is left. Asked for is what is lost: the certainty with nothing covered,
            less this.
        whole - certainty(covered) -> certainty(covered) - whole
            The sign is the wrong way round: where certainty falls, something is lost, and the loss is
            positive.
        whole - certainty(covered) -> abs(whole - certainty(covered))
            The signs are gone. Where the network becomes more certain, the loss is negative.
        whole - certainty(covered) -> max(whole - certainty(covered), 0)
            Negative losses are cut off. They say where the network does better without.
        whole - certainty(covered) -> (whole - certainty(covered)) / whole
            You divide by the certainty with nothing covered. The plain difference is asked for.
        whole - certainty(covered) -> certainty(covered) / whole
            That is the share of the certainty that is left. The difference is asked for.
        whole - certainty(covered) -> np.log(whole / certainty(covered))
        whole - certainty(covered) -> np.log(certainty(covered) / whole)
            You take the logarithm of a quotient. The difference is asked for.
        whole - certainty(covered) -> 1 - certainty(covered)
            You take what is left from 1. The network was not that certain with nothing covered.
        left + window] = 0 -> left + window] = 1
            You cover with ink, 1. Paper is 0: covered is as if nothing had been drawn there.
        left + window] = 0 -> left + window] = 0.5
            You cover with gray. Paper is 0.
        left + window] = 0 -> left + window] = picture.mean()
            You cover with the picture's average. Paper is 0.
        left + window] = 0 -> left + window] = picture.min()
            You cover with the picture's smallest number, which is not always 0, paper.
        left + window] = 0 -> left + window] = picture.max()
            You cover with the picture's largest number. Paper is 0.
        left + window] = 0 -> left + window] = picture[top : top + window, left : left + window].mean()
            You cover with the square's own average. Paper is 0.
        left + window] = 0 -> left + window] = 1 - covered[top : top + window, left : left + window]
            You invert the square: ink becomes paper, and paper ink. Covered is all paper, 0.
        left + window] = 0 -> left + stride] = 0
            You cover a rectangle, `window` high and `stride` wide. It is `window` by `window`.
        left + window] = 0 -> left + window] = 0; covered = picture - covered
            The other way round: you keep the square, and cover everything else.
        found = np.zeros((rows, cols)) -> found, covered = np.zeros((rows, cols)), picture.copy()
        ;; covered = picture.copy() -> pass
            Squares stay covered while the next ones are tried. Begin each place with a new copy of the
            picture.
        found[i, j] = whole - certainty(covered)
        -> found[i, j] = whole - certainty(covered); whole = certainty(covered)
            You compare each place with the one before. Compare with the picture with nothing covered.
        top : top + window, left : left + window -> top, left
            A single pixel is covered. The square is `window` pixels high and `window` wide.
        top + window, left : left + window -> top + window - 1, left : left + window - 1
            Your square is one row and one column too small: a slice ends before its last index.
        top + window, left : left + window -> top + window + 1, left : left + window + 1
            Your square is one row and one column too large: a slice ends before its last index.
        i * stride, j * stride -> i, j
            The right number of places, but each begins one pixel after the last. They are `stride` apart.
        i * stride, j * stride -> i * window, j * window
            Your squares lie side by side: they begin at `i * stride`, not at `i * window`.
        rows, cols = -> stride = 1; rows, cols =
            The square moves on by 1, whatever the stride is.
        rows, cols = -> stride = window; rows, cols =
            The stride is not used: your squares lie side by side.
        rows, cols = -> window, stride = stride, window; rows, cols =
            Window and stride are swapped: one is the square's side, the other how far it moves.
        (np.array(picture.shape) - window) // stride + 1
        -> -((window - np.array(picture.shape)) // stride) + 1
            You round the number of places up: the last squares hang over the end of the picture.
        (np.array(picture.shape) - window) // stride + 1 -> -(-np.array(picture.shape) // stride)
            Your squares begin at every `stride`-th pixel, also where they hang over the end. Count the places
            in which they fit.
        (np.array(picture.shape) - window) // stride + 1 -> np.array(picture.shape) // stride
        (np.array(picture.shape) - window) // stride + 1 -> np.array(picture.shape) // window
            You divide the sides by the stride, or by the square's. How many squares fit depends on both.
        (np.array(picture.shape) - window) // stride + 1 -> (np.array(picture.shape) - window) // stride
            You counted the steps. Places are one more than steps, so the last row and column are missing.
        (np.array(picture.shape) - window) // stride + 1 -> np.array(picture.shape) - window + 1
            Places are counted as if the stride were 1.
        np.zeros((rows, cols)) -> np.zeros((rows, cols := rows))
            You take the picture to be square: its columns have to be counted with its width.
        found = np.zeros((rows, cols)) -> found = np.zeros(picture.shape)
        ;; found[i, j] -> found[top : top + window, left : left + window]
            Your map is as large as the picture: each loss is painted over its square, and later squares over
            earlier ones. One number for each place is asked for.
        return found -> return found.T
            Rows and columns of the map are swapped.
        i * stride, j * stride -> j * stride, i * stride
            Row i, column j of the map has to tell of the square i · stride rows down. Yours lies as many to
            the right.
        left + window] = 0 -> left + window] = _
            You cover with {}. Paper is 0: covered is as if nothing had been drawn there.
        left + window] = 0 -> left + window] *= _
            You multiply the square by {}. Covered is 0, whatever was there.
    """,
)


def _climbing(name: str, picture: object, gradient: object, rate: float) -> tuple:
    return (name, np.array(picture, float), np.array(gradient, float), np.float64(rate))


def _climb(picture, gradient, rate):
    return np.clip(picture + rate * gradient, 0, 1)


check_climb = function_check(
    "12-climb",
    makes="a learner's own step by which a picture climbs towards a class",
    takes="Takes a picture from 0 to 1, the gradient of a certainty for its pixels, and a rate; returns "
    "a new picture, one step uphill, from 0 to 1.",
    example="""
    >>> check_climb(lambda picture, gradient, rate: picture).verdict
    'wrong'
    """,
    call="climb(picture, gradient, rate)",
    cases=(
        _climbing("a step that stays within 0 to 1", [[0.2, 0.5], [0.4, 0.6]], [[1, -2], [0, 3]], 0.1),
        _climbing("a step that leads out", [[0.9, 0, 0.5], [1, 0.3, 0.1]], [[4, -1, -2], [-3, 1, -6]], 0.2),
        _climbing(
            "a longer step", [[0, 0.1, 1, 0.7], [0.8, 0.4, 0, 0.2]], [[2, 0, 1, -1], [-1, 1, -2, 3]], 0.5
        ),
        _climbing(
            "gentle slopes",
            [[0.3, 0.6, 0.95], [0.05, 0.5, 0.4]],
            [[0.5, -0.25, 0.75], [-0.5, 0.125, 1.5]],
            0.4,
        ),
    ),
    right="Uphill by rate times gradient, and back to what a picture can hold. Nothing was trained: the "
    "weights are as they were.",
    truth=_climb,
    edits="""
        picture + -> picture -
            That is downhill, as in training, where a loss has to fall. Here the gradient is that of a
            certainty, which has to rise.
        np.clip(picture + rate * gradient, 0, 1) -> picture - rate * gradient
            That is downhill, as in training, and may leave 0 to 1. Here a certainty has to rise.
        np.clip(picture + rate * gradient, 0, 1) -> picture + rate * gradient
            The step leads out of 0, paper, to 1, ink. Bring such pixels back to the nearer end, after the
            step: `np.clip`.
        np.clip(picture + rate * gradient, 0, 1) -> np.minimum(picture + rate * gradient, 1)
            Pixels are held below 1, but some fall under 0: there is no less ink than none.
        np.clip(picture + rate * gradient, 0, 1) -> np.maximum(picture + rate * gradient, 0)
        np.clip(picture + rate * gradient, 0, 1) -> np.clip(picture + rate * gradient, 0, 255)
            Pixels are held above 0, but some rise over 1. These pictures reach to 1, ink, not to 255.
        np.clip(picture + rate * gradient, 0, 1) -> np.clip(picture + rate * gradient, -1, 1)
            Your pixels may fall to −1. Paper is 0, and there is no less ink than none.
        rate * gradient -> gradient
            The rate does not come in: take rate times gradient.
        rate * gradient -> rate * np.sign(gradient)
            You follow the gradient's signs: each pixel moves equally far. That fools networks as well, but
            here a pixel moves by rate times its gradient.
        rate * gradient -> rate * gradient / np.linalg.norm(gradient)
            You bring the gradient to the length 1, as the demo does. Here it comes in as it is.
        rate * gradient -> rate * gradient / np.abs(gradient).max()
        rate * gradient -> rate * gradient / np.abs(gradient).mean()
        rate * gradient -> rate * gradient / gradient.std()
        rate * gradient -> rate * gradient / gradient.mean()
            You divide the gradient by its largest, mean or typical slope. It comes in as it is.
        rate * gradient -> np.clip(rate * gradient, 0, 1)
            You clip the step, so that no pixel can lose ink. Clip the picture after the step.
        rate * gradient -> rate * np.clip(gradient, 0, 1)
        rate * gradient -> rate * np.clip(gradient, -1, 1)
            You clip the gradient: steep slopes count as ± rate. Clip the picture after the step.
        picture + rate * gradient -> rate * gradient
        np.clip(picture + rate * gradient, 0, 1) -> rate * gradient
            That is the step alone. It is added to the picture.
        picture + rate * gradient -> picture * (1 + rate * gradient)
            The step is multiplied with the picture: paper would stay paper for ever. Add it.
        np.clip(picture + rate * gradient, 0, 1) -> ((x := picture + rate * gradient) - x.min()) / np.ptp(x)
            You stretch the result to 0 to 1: that changes every pixel. Only those outside have to come back.
        np.clip(picture + rate * gradient, 0, 1) -> (picture + rate * gradient) % 1
            What leaves 0 to 1 on one side comes in on the other: ink becomes paper. Hold it at the end.
        np.clip(picture + rate * gradient, 0, 1)
        -> np.where(np.abs((x := picture + rate * gradient) - 0.5) > 0.5, picture, x)
            Pixels whose step leads out stay where they were. They may go as far as 0 or 1.
        rate * gradient -> rate * np.abs(gradient)
            The gradient's sign is dropped: no pixel can lose ink. Negative slopes say where less of it helps.
        rate * gradient -> np.clip(rate * gradient, -_, _)
            The step is clipped to ± {}. Clip the picture after it.
        rate * gradient -> _ * rate * gradient
            The step is multiplied by {}. The rate alone makes its length.
    """,
)


check_sizes = numbers_check(
    "12-sizes",
    makes="the sizes of what LeNet's layers make of a picture of 32 × 32",
    takes={
        "conv1, pool1, conv2, pool2": "Side of a map behind 6 filters of 5 × 5, pooling by 2 × 2, 16 "
        "filters of 5 × 5, pooling by 2 × 2.",
        "flat": "How many numbers flatten then writes in a row.",
    },
    example="""
    >>> print(check_sizes(28, 14, 14, 7, 784))
    Not yet: (second convolution) That is with padding. LeNet has none: how many windows of 5 fit?
    """,
)
