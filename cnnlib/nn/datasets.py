"""Pictures to train on: real digits that ship with the course, drawn ones, and two that are downloaded.

Each dataset comes in two fixed parts, `train` and `test`; nothing of the latter is ever trained on.
"""

import numpy as np
from numpy.typing import NDArray

from cnnlib.nn.download import Progress, Source, fetch
from cnnlib.nn.generated import Style, paint, paint_faces
from cnnlib.nn.outlines import PICTOGRAMS, SHAPES, Drawing
from cnnlib.nn.sources import FASHION_MNIST, MNIST
from cnnlib.nn.splits import Dataset, Split, cumulative_count
from cnnlib.pictures import data_file
from cnnlib.ranges import whole

DIGITS = tuple("0123456789")
CLOTHES = (
    *("T-shirt", "trousers", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
)
TEST_PART = 5  # every fifth of the 8 x 8 digits of a class is for testing
AT_NIGHT = Style(turn=30, size=(0.5, 0.8), sky=(0, 0.4), ink=(0.7, 1))
ANY_TIME = Style(turn=15, size=(0.6, 0.95), sky=(0.1, 1), ink=(0.2, 1))


def digits(*, canvas: int = 8, jitter: int | None = None, copies: int = 1, seed: int = 0) -> Dataset:
    """Return 1,797 real handwritten digits, each 8 x 8 pixels, or placed by chance on a larger canvas.

    Every fifth of each class is for testing, whatever the seed.

    Parameters
    ----------
    canvas : int
        Height and width of the pictures; above 8, each digit lies somewhere on a black canvas.
    jitter : int, optional
        How many pixels a digit lies at most from the middle, along rows and along columns. Default: as many
        as the canvas has room for.
    copies : int
        How often each training digit appears, each time in a place of its own; the test digits appear once.
    seed : int
        Where the digits lie.

    Returns
    -------
    Dataset
        Pictures (N, 1, canvas, canvas) from 0, paper, to 1, ink.

    Raises
    ------
    ValueError
        When the canvas is smaller than the digits, or a number is not a whole one of at least 1.

    Examples
    --------
    >>> digits(canvas=12).train
    Split(1442 pictures, 1 x 12 x 12)
    """
    canvas, copies = whole("digits", "canvas", canvas), whole("digits", "copies", copies)
    if canvas < 8:
        raise ValueError(f"digits: canvas {canvas} must be at least 8; the digits are 8 x 8 pixels")
    if jitter is not None and (canvas % 2 or jitter not in range((canvas - 8) // 2 + 1)):
        raise ValueError(
            f"digits: jitter {jitter!r} has no room on a canvas of {canvas}; give an even canvas of at least "
            "8 + 2 jitter"
        )
    with np.load(data_file("digits.npz"), allow_pickle=False) as file:
        images, labels = file["images"].astype(np.float32) / 16, file["labels"]
    test = cumulative_count(labels) % TEST_PART == TEST_PART - 1
    parts = []
    for part, (chosen, times) in enumerate(((~test, copies), (test, 1))):
        rng = np.random.default_rng([seed, part])
        placed = _place(np.tile(images[chosen], (times, 1, 1)), canvas, jitter, rng)
        originals = np.tile(np.flatnonzero(chosen), times)
        parts.append(Split(placed, np.tile(labels[chosen], times), originals))
    return Dataset("digits", *parts, DIGITS)


def shapes(*, train: int = 4000, test: int = 800, seed: int = 0) -> Dataset:
    """Return drawn pictures of bright circles, squares, triangles and crosses on dark, cloudy ground.

    They differ in place, size, angle, colours and noise, so that no single pixel tells anything.

    Parameters
    ----------
    train, test : int
        How many pictures to draw; a third of a millisecond each.
    seed : int
        Other seeds draw other pictures; test pictures are never among the training pictures.

    Returns
    -------
    Dataset
        Pictures (N, 3, 32, 32), red, green and blue from 0 to 1, as many of each class as can be.

    Raises
    ------
    ValueError
        When `train` or `test` is not a whole number of at least 1.

    Examples
    --------
    >>> shapes(train=8, test=4).classes
    ('circle', 'square', 'triangle', 'cross')
    """
    return _drawn("shapes", SHAPES, AT_NIGHT, train, test, seed)


def pictograms(*, train: int = 4000, test: int = 800, seed: int = 0) -> Dataset:
    """Return drawn pictures of boats, birds, cats and dogs, light on dark and dark on light.

    Parameters, result and errors are those of `shapes`.

    Examples
    --------
    >>> pictograms(train=8, test=4).classes
    ('boat', 'bird', 'cat', 'dog')
    """
    return _drawn("pictograms", PICTOGRAMS, ANY_TIME, train, test, seed)


def faces(*, jitter: int = 0, train: int = 300, test: int = 200, seed: int = 0) -> Dataset:
    """Return drawn faces that smile or frown, in the middle or away from it.

    Parameters
    ----------
    jitter : int
        How many pixels a face lies at most from the middle, along rows and along columns; 0 to 4.
    train, test : int
        How many pictures to draw, as many of each class as can be.
    seed : int
        Other seeds draw other faces.

    Returns
    -------
    Dataset
        Pictures (N, 1, 24, 24) from 0, dark, to 1.

    Raises
    ------
    ValueError
        When `jitter` is out of range, or `train` or `test` is not a whole number of at least 1.

    Examples
    --------
    >>> faces(jitter=4, train=8, test=4).train
    Split(8 pictures, 1 x 24 x 24)
    """
    if jitter not in range(5):
        raise ValueError(f"faces: jitter {jitter!r} is not possible; give a whole number from 0 to 4")
    parts = []
    for part, number in enumerate((whole("faces", "train", train), whole("faces", "test", test))):
        rng = np.random.default_rng([seed, part, jitter])
        smiles = rng.permutation(np.arange(number) % 2)
        parts.append(Split(paint_faces(smiles, jitter, rng), smiles))
    return Dataset("faces", *parts, ("frown", "smile"))


def mnist(*, progress: Progress | None = None) -> Dataset:
    """Return MNIST: 60,000 handwritten digits to train on and 10,000 to test with, 28 x 28 pixels.

    LeCun, Cortes and Burges (1998). The first call downloads 12 MB, unless the environment variable
    ``CNNLIB_MNIST`` names a folder that holds the four files.

    Parameters
    ----------
    progress : function of (int, int), optional
        Called with the bytes had and the bytes in all of each file in turn, in place of a progress bar.

    Returns
    -------
    Dataset
        Pictures (N, 1, 28, 28) from 0, paper, to 1, ink.

    Raises
    ------
    ValueError
        When the files cannot be had, or are other ones.

    Examples
    --------
    >>> mnist().train  # doctest: +SKIP
    Split(60000 pictures, 1 x 28 x 28)
    """
    return _downloaded(MNIST, DIGITS, progress)


def fashion_mnist(*, progress: Progress | None = None) -> Dataset:
    """Return Fashion-MNIST: 60,000 pictures of clothes to train on, 10,000 to test with, 28 x 28 pixels.

    Zalando Research (2017). The first call downloads 31 MB, unless the environment variable
    ``CNNLIB_FASHION_MNIST`` names a folder that holds the four files. Parameters,
    result and errors are those of `mnist`.

    Examples
    --------
    >>> fashion_mnist().classes[0]  # doctest: +SKIP
    'T-shirt'
    """
    return _downloaded(FASHION_MNIST, CLOTHES, progress)


def _place(
    digits: NDArray[np.float32], canvas: int, jitter: int | None, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Lay each of the digits (N, H, W) somewhere on a canvas of its own: (N, 1, canvas, canvas)."""
    number, *size = digits.shape
    placed = np.zeros((number, 1, canvas, canvas), np.float32)
    edge = 0 if jitter is None else (canvas - size[0]) // 2 - jitter  # free on every side
    row, col = (rng.integers(edge, canvas - side - edge + 1, (number, 1, 1)) for side in size)
    height, width = (np.arange(side) for side in size)
    placed[np.arange(number)[:, None, None], 0, row + height[:, None], col + width] = digits
    return placed


def _drawn(
    name: str, drawings: dict[str, Drawing], style: Style, train: int, test: int, seed: int
) -> Dataset:
    parts = []
    for part, number in enumerate((whole(name, "train", train), whole(name, "test", test))):
        rng = np.random.default_rng([seed, part])
        labels = rng.permutation(np.arange(number) % len(drawings))
        parts.append(Split(paint(list(drawings.values()), labels, style, rng), labels))
    return Dataset(name, *parts, tuple(drawings))


def _downloaded(source: Source, classes: tuple[str, ...], progress: Progress | None) -> Dataset:
    train, train_labels, test, test_labels = fetch(source, progress=progress)
    parts = (
        Split(images[:, None].astype(np.float32) / 255, labels)
        for images, labels in ((train, train_labels), (test, test_labels))
    )
    return Dataset(source.name, *parts, classes)
