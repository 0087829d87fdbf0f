"""Lesson 02's checks: each records what the learner made, and answers with what is amiss. None raises."""

from collections.abc import Callable

import numpy as np

from cnnlib.exercises.bank02_gray import TO_GRAY
from cnnlib.exercises.bank02_places import PIXEL, PLACE
from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.registry import settle
from cnnlib.exercises.task import as_numbers

SHAPE = (480, 640, 3)
SHAPES = {
    (
        640,
        480,
        3,
    ): "That is width first. An array begins with its rows, and there are as many as the photo is high.",
    (3, 480, 640): "That is how PyTorch has it, channels first. A photo from Pillow has its channels last.",
    (3, 640, 480): "The channels come last, and the rows first: as many as the photo is high.",
    (480, 3, 640): "The channels come last, after the columns.",
    (480, 640): "That is a gray photo's. In colour there is one axis more.",
    (640, 480): "That is a gray photo's, and width first. Rows come first, and colour has one axis more.",
    (480, 640, 1): "That is a single channel. How many has a photo in colour?",
    (480, 640, 4): "That is with a fourth channel, alpha. This photo is opaque: red, green and blue alone.",
    (480, 640, 8): "8 is the number of bits of a value. The last axis counts the channels.",
    (480, 640, 255): "255 is the largest value. The last axis counts the channels.",
    (479, 639, 2): "Indices begin at 0, but a shape says how many there are.",
    (640 * 480 * 3,): "That is how many values there are. The shape says how many along each axis.",
}
BITS = "00110010"
WORTH = "From the left, the bits are worth 128, 64, 32, 16, 8, 4, 2, 1: which of them add up to 50?"
TEXTS = {
    "110010": ("close", "The value is right. A byte has eight bits, though: zeros in front belong to it."),
    "0b110010": (
        "close",
        "The value is right, as `bin` writes it. A byte has eight bits: write all of them, and no 0b.",
    ),
    "01001100": ("wrong", "The bits are in reverse order: the one that is worth most comes first."),
    "11001101": ("wrong", "Every bit is the wrong way round: 1 means that its power of two is in the sum."),
    "00110011": ("wrong", "That is 51: the last bit is worth 1."),
    "00110001": ("wrong", "That is 49: the last bit is worth 1, the one before it 2."),
    "00011001": ("wrong", "That is 25, as if the last bit were worth 2. It is worth 1."),
    "01100100": ("wrong", "That is 100, as if the last bit were worth a half. It is worth 1."),
    "01010000": ("wrong", "You wrote each decimal digit in four bits, 5 and 0. The byte holds one number."),
    "50": ("wrong", "That is the decimal number. " + WORTH),
    "32": ("wrong", "That is hexadecimal, base 16. " + WORTH),
    "0x32": ("wrong", "That is hexadecimal, base 16. " + WORTH),
}


def check_shape(shape: object = None) -> Feedback:
    """Check the shape of a colour photo that is 640 pixels wide and 480 high.

    Parameters
    ----------
    shape : tuple of int, optional
        As NumPy's ``.shape`` gives it.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_shape((640, 480, 3)))
    Not yet: That is width first. An array begins with its rows, and there are as many as the photo is high.
    """
    return settle("02-shape", shape, grade_shape(shape))


def grade_shape(shape: object) -> Feedback:
    """Grade a shape without recording it.

    Examples
    --------
    >>> grade_shape([480, 640, 3]).verdict
    'right'
    """
    if is_blank(shape):
        return Feedback("not answered yet", "Put your shape in place of `...`, three numbers in parentheses.")
    numbers = as_numbers(shape)
    if numbers is None or numbers.dtype == bool:
        return Feedback("wrong", f"Numbers are needed, not a value of type {type(shape).__name__}.")
    given = tuple(numbers.ravel().tolist())
    if given == SHAPE:
        return Feedback(
            "right", "Rows, columns, channels: the first axis counts downwards, the second to the right."
        )
    if sorted(given) == sorted(SHAPE):
        return Feedback(
            "wrong",
            SHAPES.get(given, "The numbers are right, their order is not: rows first, channels last."),
        )
    return Feedback(
        "wrong",
        SHAPES.get(given, "How many rows has it, how many columns, how many channels? In that order."),
    )


def check_binary(bits: object = None) -> Feedback:
    """Check 50 written as the eight bits of a byte.

    Parameters
    ----------
    bits : str, optional
        Zeros and ones in quotes, the bit worth most first.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_binary("00110010").verdict, check_binary("110010").verdict
    ('right', 'close')
    """
    return settle("02-binary", bits, grade_binary(bits))


def grade_binary(bits: object) -> Feedback:
    """Grade eight bits without recording them.

    Examples
    --------
    >>> print(grade_binary("01001100"))
    Not yet: The bits are in reverse order: the one that is worth most comes first.
    """
    if is_blank(bits):
        return Feedback("not answered yet", "Put eight zeros and ones in place of `...`, in quotes.")
    if isinstance(bits, list | tuple | np.ndarray):  # a list of bits will do
        bits = "".join(str(bit) for bit in np.ravel(np.array(bits, dtype=object)))
    text = "".join(str(bits).split()).replace("_", "")
    if text == BITS:
        return Feedback("right", "32 + 16 + 2 = 50.")
    if text in TEXTS:
        return Feedback(*TEXTS[text])
    if set(text) <= {"0", "1"}:
        if len(text) != 8:
            return Feedback("wrong", f"A byte has eight bits; you wrote {len(text)}. {WORTH}")
        return Feedback("wrong", f"That is {int(text, 2)}. {WORTH}")
    return Feedback("wrong", f"Eight zeros and ones in quotes are needed. {WORTH}")


def check_pixel(function: Callable[..., np.ndarray] | None = None) -> Feedback:
    """Check a learner's own function that looks up a pixel of a colour picture.

    Parameters
    ----------
    function : callable, optional
        Takes an image ``(H, W, 3)``, a row and a column, both from 0; returns the pixel's three numbers.

    Returns
    -------
    Feedback
        Never raises: an error in the function is named with the line where it happened.

    Examples
    --------
    >>> print(check_pixel(lambda image, row, col: image[row, col, 0]))
    Not yet: That is the red of the pixel. A pixel in colour is all three numbers.
    """
    return settle("02-pixel", function, grade_function(function, PIXEL))


def check_flat_index(function: Callable[..., int] | None = None) -> Feedback:
    """Check a learner's own formula for how many values lie in memory before the one at an index.

    Parameters
    ----------
    function : callable, optional
        Takes ``index``, (row, col, channel), and ``shape``, (H, W, C), of a picture that lies in memory as
        HWC; returns a whole number.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_flat_index(lambda index, shape: index[0] * shape[1] + index[1]))
    Not yet: You counted pixels. Each pixel holds C values.
    """
    return settle("02-flat-index", function, grade_function(function, PLACE))


def check_to_gray(function: Callable[[np.ndarray], np.ndarray] | None = None) -> Feedback:
    """Check a learner's own function that turns a colour picture into gray by luma.

    Parameters
    ----------
    function : callable, optional
        Takes an image ``(H, W, 3)`` of bytes, returns ``(H, W)``: 0.299 R + 0.587 G + 0.114 B, not rounded.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> check_to_gray(lambda image: image @ [0.299, 0.587, 0.114]).verdict
    'right'
    """
    return settle("02-to-gray", function, grade_function(function, TO_GRAY))
