"""Lesson 12's checks: covered pictures, a step uphill, LeNet's sizes."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.check import Free, Ways, function_check, numbers_check


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


def _places(picture: np.ndarray, window: int, stride: int) -> np.ndarray:
    return (np.array(picture.shape) - window) // stride + 1


def _covered(picture: np.ndarray, top: int, left: int, window: int, fill: float = 0) -> np.ndarray:
    picture = picture.copy()
    picture[top : top + window, left : left + window] = fill
    return picture


def _map(
    answer: Callable, *, places: Callable = _places, step: int | None = None, cover=_covered
) -> Callable:
    """Return a loop over all places that says ``answer(whole, left)`` of the certainties at each."""

    def covering(certainty: Certainty, picture: np.ndarray, window: int, stride: int) -> np.ndarray:
        found = np.zeros(np.maximum(places(picture, window, stride), 0))
        whole, move = certainty(picture), step or stride
        for i, j in np.ndindex(found.shape):
            found[i, j] = answer(whole, certainty(cover(picture, i * move, j * move, window)))
        return found

    return covering


def _lost(whole: float, left: float) -> float:
    return whole - left


def _with(**parts) -> Callable:
    """Return the right loop, but for what a mistake puts in place of a part."""
    return _map(_lost, **parts)


def _never_uncovered(certainty: Certainty, picture: np.ndarray, window: int, stride: int) -> np.ndarray:
    found, covered = np.zeros(_places(picture, window, stride)), picture
    for i, j in np.ndindex(found.shape):
        covered = _covered(covered, i * stride, j * stride, window)
        found[i, j] = certainty(picture) - certainty(covered)
    return found


def _from_the_last(certainty: Certainty, picture: np.ndarray, window: int, stride: int) -> np.ndarray:
    """Compare each place with the place before it."""
    left = _map(lambda whole, left: left)(certainty, picture, window, stride).ravel()
    return -np.diff(left, prepend=certainty(picture)).reshape(_places(picture, window, stride))


def _rectangle(picture: np.ndarray, top: int, left: int, rows: int, cols: int) -> np.ndarray:
    picture = picture.copy()
    picture[top : top + rows, left : left + cols] = 0
    return picture


def _inverted(picture: np.ndarray, top: int, left: int, window: int) -> np.ndarray:
    picture = picture.copy()
    square = picture[top : top + window, left : left + window]
    square[...] = 1 - square
    return picture


def _blurred(picture: np.ndarray, top: int, left: int, window: int) -> np.ndarray:
    square = picture[top : top + window, left : left + window]
    return _covered(picture, top, left, window, square.mean())


def _alone(picture: np.ndarray, top: int, left: int, window: int) -> np.ndarray:
    return picture - _covered(picture, top, left, window)


_TRUE = _with()


def _heat(certainty: Certainty, picture: np.ndarray, window: int, stride: int) -> np.ndarray:
    """Lay each loss over the whole square, and leave the last one that came."""
    found = np.zeros(picture.shape)
    for i, j in np.ndindex(tuple(_places(picture, window, stride))):
        top, left = i * stride, j * stride
        lost = certainty(picture) - certainty(_covered(picture, top, left, window))
        found[top : top + window, left : left + window] = lost
    return found


def _mapped(
    certainty, picture, window, stride, *, answer=_lost, fill=0, side=0, step=None, places=_places, after=None
):
    """Cover as is right, but for what a mistake puts in place of a part."""

    def cover(picture, top, left, window) -> np.ndarray:
        value = fill(picture) if callable(fill) else fill
        if np.ndim(value) == 2:
            value = value[top : top + window + side, left : left + window + side]
        return _covered(picture, top, left, window + side, value)

    found = _map(answer, places=places, step=step(window, stride) if step else None, cover=cover)(
        certainty, picture, window, stride
    )
    return found if after is None else after(found)


_COVERINGS = Ways(
    _mapped,
    {
        "answer": (
            (lambda whole, left: left, "That is the certainty that is left. Asked for is what is lost."),
            (
                lambda whole, left: left - whole,
                "The sign is the wrong way round: where certainty falls, something is lost.",
            ),
            (
                lambda whole, left: abs(whole - left),
                "The signs are gone. Where certainty grows, the loss is negative.",
            ),
            (lambda whole, left: (whole - left) / whole, "You divide by the certainty with nothing covered."),
            (lambda whole, left: (whole - left) / left, "You divide by the certainty that is left."),
            (
                lambda whole, left: left / whole,
                "That is the share of the certainty that is left: take the difference.",
            ),
            (lambda whole, left: whole / left, "You divide the certainties: take the difference."),
            (
                lambda whole, left: np.log(whole / left),
                "You take the logarithm of a quotient: take the difference.",
            ),
            (
                lambda whole, left: np.log(left / whole),
                "You take the logarithm of a quotient: take the difference.",
            ),
            (lambda whole, left: 1 - left, "You take what is left from 1: the network was not that certain."),
            (lambda whole, left: (whole - left) ** 2, "The losses are squared: their signs are gone."),
            (
                lambda whole, left: max(whole - left, 0),
                "Negative losses are cut off: they say where it does better.",
            ),
            (lambda whole, left: whole, "Nothing is covered: every place has the whole certainty."),
            (
                lambda whole, left: float(whole - left > 0),
                "You say whether something is lost. How much is asked for.",
            ),
            (lambda whole, left: round(whole - left), "The losses are rounded to whole numbers."),
            (lambda whole, left: whole * left, "You multiply the certainties: take the difference."),
            (lambda whole, left: whole + left, "You add the certainties: take the difference."),
        ),
        "fill": (
            (np.mean, "You cover with the picture's average. Paper is 0."),
            (np.min, "You cover with the picture's smallest number, which is not always 0, paper."),
            (np.max, "You cover with the picture's largest number. Paper is 0."),
            (np.median, "You cover with the picture's median. Paper is 0."),
            (1, "You cover with ink, 1. Paper is 0."),
            (255, "You cover with 255. Paper is 0."),
            (
                Free(lambda v: lambda p: v * p),
                "You multiply the square by {}. Covered is 0, whatever was there.",
            ),
            (lambda p: p[::-1], "You fill with other pixels of the picture. Covered is 0, paper."),
            (Free(), "You cover with {}. Paper is 0: covered is as if nothing had been drawn there."),
        ),
        "side": (
            (-1, "Your square is one row and one column too small: a slice ends before its last index."),
            (1, "Your square is one row and one column too large: a slice ends before its last index."),
        ),
        "step": (
            (
                lambda w, s: 1,
                "Each square begins one pixel after the last: it lies at `i * stride, j * stride`.",
            ),
            (
                lambda w, s: w,
                "Your squares lie side by side: they begin at `i * stride`, not at `i * window`.",
            ),
            (lambda w, s: 2, "Your squares always move on by 2: use `stride`."),
        ),
        "places": (
            (lambda x, w, s: -((w - np.array(x.shape)) // s) + 1, "You round the number of places up."),
            (lambda x, w, s: (np.array(x.shape) - w) // s, "You counted the steps: places are one more."),
            (
                lambda x, w, s: np.array(x.shape) // s,
                "You divide the sides by the stride: the square's size counts, too.",
            ),
            (
                lambda x, w, s: np.array(x.shape) // w,
                "You divide the sides by the square's: how far it moves counts, too.",
            ),
            (
                lambda x, w, s: -(-np.array(x.shape) // s),
                "Squares begin at every `stride`-th pixel, also over the end.",
            ),
            (lambda x, w, s: np.array(x.shape) - w + 1, "Places are counted as if the stride were 1."),
            (
                lambda x, w, s: _places(x, w, s)[[0, 0]],
                "You take the picture to be square: columns need its width.",
            ),
            (
                lambda x, w, s: _places(x, w, s)[::-1],
                "How many rows and how many columns there are is swapped.",
            ),
        ),
        "after": (
            (np.transpose, "Rows and columns of the map are swapped."),
            (
                lambda found: found / np.abs(found).max(),
                "The map is divided by its largest loss. Leave it as it is.",
            ),
            (
                lambda found: (found - found.min()) / np.ptp(found),
                "The map is stretched to 0..1. Leave it as it is.",
            ),
            (np.ravel, "The map is one long row: its rows and columns are lost."),
            (lambda found: 100 * found, "The losses are in percent. Leave them from 0 to 1."),
        ),
    },
)

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
    truth=_TRUE,
    ways=[_COVERINGS],
    right="Certainty lost, place by place: positive where the picture needs what is covered, negative where "
    "it does better without.",
    mistakes=(
        (
            "That is the certainty that is left. Asked for is what is lost: the certainty with nothing "
            "covered, less this.",
            _map(lambda whole, left: left),
        ),
        (
            "The sign is the wrong way round: where certainty falls, something is lost, and the loss is "
            "positive.",
            _map(lambda whole, left: left - whole),
        ),
        (
            "The signs are gone. Where the network becomes more certain, the loss is negative.",
            _map(lambda whole, left: abs(whole - left)),
        ),
        (
            "Negative losses are cut off. They say where the network does better without.",
            _map(lambda whole, left: max(whole - left, 0)),
        ),
        (
            "You divide by the certainty with nothing covered. The plain difference is asked for.",
            _map(lambda whole, left: (whole - left) / whole),
        ),
        (
            "That is the share of the certainty that is left. The difference is asked for.",
            _map(lambda whole, left: left / whole),
        ),
        (
            "You take what is left from 1. The network was not that certain with nothing covered.",
            _map(lambda whole, left: 1 - left),
        ),
        (
            "You cover with ink, 1. Paper is 0: covered is as if nothing had been drawn there.",
            _with(cover=lambda *given: _covered(*given, fill=1)),
        ),
        ("You cover with gray. Paper is 0.", _with(cover=lambda *given: _covered(*given, fill=0.5))),
        (
            "You cover with the picture's average. Paper is 0.",
            _with(cover=lambda *given: _covered(*given, fill=given[0].mean())),
        ),
        (
            "You cover a rectangle, `window` high and `stride` wide. It is `window` by `window`.",
            lambda certainty, picture, window, stride: _with(
                cover=lambda picture, top, left, side: _rectangle(picture, top, left, side, stride)
            )(certainty, picture, window, stride),
        ),
        (
            "You invert the square: ink becomes paper, and paper ink. Covered is all paper, 0.",
            _with(cover=_inverted),
        ),
        ("You cover with the square's own average. Paper is 0.", _with(cover=_blurred)),
        ("The other way round: you keep the square, and cover everything else.", _with(cover=_alone)),
        (
            "Squares stay covered while the next ones are tried. Begin each place with a new copy of the "
            "picture.",
            _never_uncovered,
        ),
        (
            "You compare each place with the one before. Compare with the picture with nothing covered.",
            _from_the_last,
        ),
        (
            "A single pixel is covered. The square is `window` pixels high and `window` wide.",
            _with(cover=lambda picture, top, left, window: _covered(picture, top, left, 1)),
        ),
        (
            "Your square is one row and one column too small: a slice ends before its last index.",
            _with(cover=lambda picture, top, left, window: _covered(picture, top, left, window - 1)),
        ),
        (
            "Your square is one row and one column too large: a slice ends before its last index.",
            _with(cover=lambda picture, top, left, window: _covered(picture, top, left, window + 1)),
        ),
        (
            "The right number of places, but each begins one pixel after the last: it lies at "
            "`i * stride, j * stride`.",
            _with(step=1),
        ),
        (
            "The square moves on by 1, whatever the stride is.",
            lambda certainty, picture, window, stride: _TRUE(certainty, picture, window, 1),
        ),
        (
            "The stride is not used: your squares lie side by side.",
            lambda certainty, picture, window, stride: _TRUE(certainty, picture, window, window),
        ),
        (
            "Window and stride are swapped: one is the square's side, the other how far it moves.",
            lambda certainty, picture, window, stride: _TRUE(certainty, picture, stride, window),
        ),
        (
            "You round the number of places up: the last squares hang over the end of the picture.",
            _with(places=lambda x, w, s: -((w - np.array(x.shape)) // s) + 1),
        ),
        (
            "Your squares begin at every `stride`-th pixel, also where they hang over the end. Count the "
            "places in which they fit.",
            _with(places=lambda x, w, s: -(-np.array(x.shape) // s)),
        ),
        (
            "You divide the sides by the stride. How many squares fit depends on their size, too.",
            _with(places=lambda x, w, s: np.array(x.shape) // s),
        ),
        (
            "You counted the steps. Places are one more than steps, so the last row and column are missing.",
            _with(places=lambda x, w, s: (np.array(x.shape) - w) // s),
        ),
        (
            "You take the picture to be square: its columns have to be counted with its width.",
            _with(places=lambda x, w, s: _places(x, w, s)[[0, 0]]),
        ),
        (
            "Your map is as large as the picture: each loss is painted over its square, "
            "and later squares over earlier ones. "
            "One number for each place is asked for.",
            _heat,
        ),
        ("Rows and columns of the map are swapped.", lambda *given: _TRUE(*given).T),
        (
            "Row i, column j of the map has to tell of the square i · stride rows down. Yours lies as many "
            "to the right.",
            _with(cover=lambda picture, top, left, window: _covered(picture, left, top, window)),
        ),
    ),
)


def _climbing(name: str, picture: object, gradient: object, rate: float) -> tuple:
    return (name, np.array(picture, float), np.array(gradient, float), np.float64(rate))


def _climb(picture: np.ndarray, gradient: np.ndarray, rate: float) -> np.ndarray:
    return np.clip(picture + rate * gradient, 0, 1)


def _stretched(picture: np.ndarray) -> np.ndarray:
    return (picture - picture.min()) / (picture.max() - picture.min())


def _uphill(
    x, g, r, *, old=lambda x: x, step=lambda x, g, r: r * g, end=lambda y, x: np.clip(y, 0, 1)
) -> np.ndarray:
    """Climb as is right, but for what a mistake puts in place of a part."""
    return end(old(x) + step(x, g, r), x)


_CLIMBS = Ways(
    _uphill,
    {
        "step": (
            (lambda x, g, r: -r * g, "That is downhill, as in training. Here a certainty has to rise."),
            (lambda x, g, r: g, "The rate does not come in: take rate times gradient."),
            (lambda x, g, r: -g, "That is downhill, and the rate does not come in."),
            (lambda x, g, r: g / r, "You divide by the rate. Multiply."),
            (lambda x, g, r: r * r * g, "The rate is applied twice: its square is in the step."),
            (lambda x, g, r: r, "The gradient does not come in: every pixel moves by the rate."),
            (
                lambda x, g, r: r * np.sign(g),
                "You follow the gradient's signs: each pixel moves equally far.",
            ),
            (lambda x, g, r: -r * np.sign(g), "You follow the gradient's signs, and downhill."),
            (lambda x, g, r: r * np.abs(g), "The gradient's sign is dropped: every pixel gains ink."),
            (lambda x, g, r: r * np.maximum(g, 0), "Negative slopes count as 0: no pixel can lose ink."),
            (
                lambda x, g, r: np.clip(r * g, 0, 1),
                "You clip the step: no pixel can lose ink. Clip the picture.",
            ),
            (
                lambda x, g, r: np.clip(r * g, -r, r),
                "You clip the step to ± rate: steep slopes count as 1. Clip the picture after the step.",
            ),
            (
                lambda x, g, r: r * np.clip(g, 0, 1),
                "You clip the gradient to 0..1. Clip the picture after the step.",
            ),
            (lambda x, g, r: np.clip(g, -1, 1), "You clip the gradient, and the rate does not come in."),
            (
                lambda x, g, r: r * g / np.linalg.norm(g),
                "You bring the gradient to the length 1. It comes in as it is.",
            ),
            (
                lambda x, g, r: r * g / np.abs(g).max(),
                "You divide the gradient by its largest slope. It comes in as it is.",
            ),
            (
                lambda x, g, r: r * g / np.abs(g).mean(),
                "You divide the gradient by its mean size. It comes in as it is.",
            ),
            (
                lambda x, g, r: r * g / g.std(),
                "You divide the gradient by its standard deviation. It comes in as it is.",
            ),
            (
                lambda x, g, r: r * g / np.abs(g).sum(),
                "The gradient is divided by the sum of its sizes. Leave it.",
            ),
            (lambda x, g, r: r * g / g.sum(), "The gradient is divided by its sum. It comes in as it is."),
            (
                lambda x, g, r: r * (g - g.mean()),
                "The mean is subtracted from the gradient. Leave it as it is.",
            ),
            (lambda x, g, r: r * g**2, "The gradient is squared: its sign is lost."),
            (lambda x, g, r: r * g.mean(), "The mean of the gradient moves every pixel alike."),
            (lambda x, g, r: r * g.sum(), "The sum of the gradient moves every pixel alike."),
            (lambda x, g, r: r * g / g.size, "The step is divided by the number of pixels."),
            (
                lambda x, g, r: x * r * g,
                "The step is multiplied with the picture: paper would stay paper for ever.",
            ),
            (lambda x, g, r: 2 * r * g, "The step is twice too long."),
            (lambda x, g, r: r * g / 2, "The step is half as long as it should be."),
            (
                lambda x, g, r: g / np.abs(g).max(),
                "You divide the gradient by its largest slope, and the rate does not come in.",
            ),
            (
                lambda x, g, r: g / np.linalg.norm(g),
                "You bring the gradient to the length 1, and the rate does not come in.",
            ),
            (Free(lambda v: lambda x, g, r: v * g), "The rate is fixed at {}: use the one that is given."),
            (
                Free(lambda v: lambda x, g, r: v * r * g),
                "The step is multiplied by {}. The rate alone makes its length.",
            ),
            (
                Free(lambda v: lambda x, g, r: np.clip(r * g, -v, v)),
                "The step is clipped to ± {}. Clip the picture after it.",
            ),
            (lambda x, g, r: r * g.T if g.T.shape == g.shape else np.nan, "The gradient is transposed."),
        ),
        "old": (
            (lambda x: 0, "That is the step alone. It is added to the picture."),
            (lambda x: 1 - x, "The picture is inverted first: ink and paper have changed places."),
            (lambda x: -x, "The picture is subtracted."),
        ),
        "end": (
            (lambda y, x: y, "The step leads out of 0 to 1. Bring such pixels back to the nearer end."),
            (lambda y, x: np.minimum(y, 1), "Pixels are held below 1, but some fall under 0."),
            (lambda y, x: np.maximum(y, 0), "Pixels are held above 0, but some rise over 1."),
            (
                lambda y, x: np.clip(y, 0, 255),
                "Pixels are clipped to 0..255. These pictures reach to 1, ink.",
            ),
            (lambda y, x: np.clip(y, -1, 1), "Your pixels may fall to −1. Paper is 0."),
            (lambda y, x: y % 1, "What leaves 0 to 1 on one side comes in on the other. Hold it at the end."),
            (lambda y, x: _stretched(y), "You stretch the result to 0 to 1: that changes every pixel."),
            (lambda y, x: y / y.max(), "You divide by the largest pixel: that changes every pixel."),
            (
                lambda y, x: np.where((y < 0) | (y > 1), x, y),
                "Pixels whose step leads out stay where they were.",
            ),
            (
                lambda y, x: np.where((y < 0) | (y > 1), 0, y),
                "Pixels whose step leads out become 0. Those above 1 become 1.",
            ),
            (
                lambda y, x: np.abs(np.clip(y, -1, 1)),
                "Pixels below 0 are reflected: their sign is dropped. They become 0.",
            ),
            (
                lambda y, x: 1 / (1 + np.exp(-y)),
                "A sigmoid squeezes every pixel. Only those outside have to come back.",
            ),
            (lambda y, x: np.tanh(y), "A tanh squeezes every pixel. Only those outside have to come back."),
            (
                lambda y, x: np.abs(y),
                "Pixels below 0 are reflected, and those above 1 stay. Bring them to the nearer end.",
            ),
            (
                lambda y, x: np.round(np.clip(y, 0, 1)),
                "The pixels are rounded to 0 and 1. Grays are pixels, too.",
            ),
            (
                lambda y, x: (np.clip(y, 0, 1) * 255).astype(np.uint8),
                "The pixels are turned into bytes, 0..255.",
            ),
        ),
    },
)

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
    truth=_climb,
    ways=[_CLIMBS],
    right="Uphill by rate times gradient, and back to what a picture can hold. Nothing was trained: the "
    "weights are as they were.",
    mistakes=(
        (
            "That is downhill, as in training, where a loss has to fall. Here the gradient is that of a "
            "certainty, which has to rise.",
            lambda x, g, r: np.clip(x - r * g, 0, 1),
        ),
        (
            "That is downhill, as in training, and may leave 0 to 1. Here a certainty has to rise.",
            lambda x, g, r: x - r * g,
        ),
        (
            "The step leads out of 0, paper, to 1, ink. Bring such pixels back to the nearer end: `np.clip`.",
            lambda x, g, r: x + r * g,
        ),
        (
            "Pixels are held below 1, but some fall under 0: there is no less ink than none.",
            lambda x, g, r: np.minimum(x + r * g, 1),
        ),
        (
            "Pixels are held above 0, but some rise over 1. These pictures reach to 1, ink, not to 255.",
            lambda x, g, r: np.maximum(x + r * g, 0),
        ),
        (
            "Your pixels may fall to −1. Paper is 0, and there is no less ink than none.",
            lambda x, g, r: np.clip(x + r * g, -1, 1),
        ),
        ("The rate does not come in: take rate times gradient.", lambda x, g, r: np.clip(x + g, 0, 1)),
        (
            "You follow the gradient's signs: each pixel moves equally far. That fools networks as well, but "
            "here a pixel moves by rate times its gradient.",
            lambda x, g, r: np.clip(x + r * np.sign(g), 0, 1),
        ),
        (
            "You bring the gradient to the length 1, as the demo does. Here it comes in as it is.",
            lambda x, g, r: np.clip(x + r * g / np.linalg.norm(g), 0, 1),
        ),
        (
            "You clip the step, so that no pixel can lose ink. Clip the picture after the step.",
            lambda x, g, r: np.clip(x + np.clip(r * g, 0, 1), 0, 1),
        ),
        ("That is the step alone. It is added to the picture.", lambda x, g, r: np.clip(r * g, 0, 1)),
        ("That is the step alone. It is added to the picture.", lambda x, g, r: r * g),
        (
            "The step is multiplied with the picture: paper would stay paper for ever. Add it.",
            lambda x, g, r: np.clip(x * (1 + r * g), 0, 1),
        ),
        (
            "You stretch the result to 0 to 1: that changes every pixel. Only those outside have to come "
            "back.",
            lambda x, g, r: _stretched(x + r * g),
        ),
        (
            "What leaves 0 to 1 on one side comes in on the other: ink becomes paper. Hold it at the end.",
            lambda x, g, r: (x + r * g) % 1,
        ),
        (
            "Pixels whose step leads out stay where they were. They may go as far as 0 or 1.",
            lambda x, g, r: np.where((x + r * g < 0) | (x + r * g > 1), x, x + r * g),
        ),
    ),
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
