"""Lesson 12's bank of covered pictures: each known mistake with the sentence that names it."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.task import Case, Mistake, Task


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


def _case(name: str, rows: int, cols: int, window: int, stride: int) -> Case:
    """Make a picture from 0 to 1 of which some parts speak for the class and some against it."""
    pixels = np.arange(rows * cols).reshape(rows, cols)
    weights = (pixels**2 % 11 - 4) / 9
    return Case(name, (Certainty(weights), pixels * 7 % 10 / 10 + 0.05, np.int64(window), np.int64(stride)))


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


def _alone(picture: np.ndarray, top: int, left: int, window: int) -> np.ndarray:
    return picture - _covered(picture, top, left, window)


_TRUE = _with()
_PLACES_UP = "You round the number of places up: the last squares hang over the end of the picture."

COVERING = Task(
    call="covering(certainty, picture, window, stride)",
    errors=(
        ("certainty: the picture is", "Cover a copy of the picture, and hand over that copy."),
        ("cannot be interpreted as an integer", "Is a size divided with `/`? Places are counted: use `//`."),
        ("out of bounds", "How many places are there along each direction? Rows and columns may differ."),
        ("read-only", "Cover a copy of the picture: `picture.copy()`."),
    ),
    cases=(
        _case("a 6 × 6 picture, squares of 2 side by side", 6, 6, 2, 2),
        _case("a 7 × 5 picture, squares of 3 at stride 2", 7, 5, 3, 2),
        _case("a 6 × 7 picture, squares of 2 at stride 3", 6, 7, 2, 3),
        _case("a 4 × 5 picture, squares of 2 at stride 1", 4, 5, 2, 1),
    ),
    truth=_TRUE,
    right="Certainty lost, place by place: positive where the picture needs what is covered, negative where "
    "it does better without.",
    mistakes=(
        Mistake(
            _map(lambda whole, left: left),
            "That is the certainty that is left. Asked for is what is lost: the certainty with nothing "
            "covered, less this.",
        ),
        Mistake(
            _map(lambda whole, left: left - whole),
            "The sign is the wrong way round: where certainty falls, something is lost, and the loss is "
            "positive.",
        ),
        Mistake(
            _map(lambda whole, left: abs(whole - left)),
            "The signs are gone. Where the network becomes more certain, the loss is negative.",
        ),
        Mistake(
            _map(lambda whole, left: max(whole - left, 0)),
            "Negative losses are cut off. They say where the network does better without.",
        ),
        Mistake(
            _map(lambda whole, left: (whole - left) / whole),
            "You divide by the certainty with nothing covered. The plain difference is asked for.",
        ),
        Mistake(
            _map(lambda whole, left: left / whole),
            "That is the share of the certainty that is left. The difference is asked for.",
        ),
        Mistake(
            _map(lambda whole, left: 1 - left),
            "You take what is left from 1. The network was not that certain with nothing covered.",
        ),
        Mistake(
            _with(cover=lambda *given: _covered(*given, fill=1)),
            "You cover with ink, 1. Paper is 0: covered is as if nothing had been drawn there.",
        ),
        Mistake(_with(cover=lambda *given: _covered(*given, fill=0.5)), "You cover with gray. Paper is 0."),
        Mistake(
            _with(cover=lambda *given: _covered(*given, fill=given[0].mean())),
            "You cover with the picture's average. Paper is 0.",
        ),
        Mistake(
            _with(cover=_alone),
            "The other way round: you keep the square, and cover everything else.",
        ),
        Mistake(
            _never_uncovered,
            "Squares stay covered while the next ones are tried. Begin each place with a new copy of the "
            "picture.",
        ),
        Mistake(
            _from_the_last,
            "You compare each place with the one before. Compare with the picture with nothing covered.",
        ),
        Mistake(
            _with(cover=lambda picture, top, left, window: _covered(picture, top, left, 1)),
            "A single pixel is covered. The square reaches from `top` to `top + window`.",
        ),
        Mistake(
            _with(cover=lambda picture, top, left, window: _covered(picture, top, left, window - 1)),
            "Your square is one row and one column too small: a slice ends before its last index.",
        ),
        Mistake(
            _with(cover=lambda picture, top, left, window: _covered(picture, top, left, window + 1)),
            "Your square is one row and one column too large: a slice ends before its last index.",
        ),
        Mistake(
            _with(step=1),
            "The right number of places, but each begins one pixel after the last: it lies at "
            "`i * stride, j * stride`.",
        ),
        Mistake(
            lambda certainty, picture, window, stride: _TRUE(certainty, picture, window, 1),
            "The square moves on by 1, whatever the stride is.",
        ),
        Mistake(
            lambda certainty, picture, window, stride: _TRUE(certainty, picture, window, window),
            "The stride is not used: your squares lie side by side.",
        ),
        Mistake(
            lambda certainty, picture, window, stride: _TRUE(certainty, picture, stride, window),
            "Window and stride are swapped: one is the square's side, the other how far it moves.",
        ),
        Mistake(_with(places=lambda x, w, s: -((w - np.array(x.shape)) // s) + 1), _PLACES_UP),
        Mistake(
            _with(places=lambda x, w, s: -(-np.array(x.shape) // s)),
            "Your squares begin at every `stride`-th pixel, also where they hang over the end. Count the "
            "places in which they fit.",
        ),
        Mistake(
            _with(places=lambda x, w, s: np.array(x.shape) // s),
            "You divide the sides by the stride. How many squares fit depends on their size, too.",
        ),
        Mistake(
            _with(places=lambda x, w, s: (np.array(x.shape) - w) // s),
            "You counted the steps. Places are one more than steps, so the last row and column are missing.",
        ),
        Mistake(
            _with(places=lambda x, w, s: _places(x, w, s)[[0, 0]]),
            "You take the picture to be square: its columns have to be counted with its width.",
        ),
        Mistake(lambda *given: _TRUE(*given).T, "Rows and columns of the map are swapped."),
        Mistake(
            _with(cover=lambda picture, top, left, window: _covered(picture, left, top, window)),
            "Row i, column j of the map has to tell of the square i · stride rows down. Yours lies as many "
            "to the right.",
        ),
    ),
)
