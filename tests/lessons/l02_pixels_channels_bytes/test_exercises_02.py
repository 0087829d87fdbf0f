"""Lesson 2: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import numpy as np
import pytest
from PIL import Image

from cnnlib.exercises import (
    EXERCISES,
    check_binary,
    check_flat_index,
    check_pixel,
    check_shape,
    check_to_gray,
    get_prediction,
)
from cnnlib.pictures import picture

TO_GRAY = check_to_gray.check


def looped_gray(image):
    gray = np.zeros(image.shape[:2])
    for row in range(image.shape[0]):
        for col in range(image.shape[1]):
            red, green, blue = image[row, col]
            gray[row, col] = 0.299 * red + 0.587 * green + 0.114 * blue
    return gray


def unpacked(index, shape):
    row, col, channel = index
    _, width, channels = shape
    return channel + channels * col + channels * width * row


RIGHT = {
    check_to_gray: [
        looped_gray,
        lambda image: image @ [0.299, 0.587, 0.114],
        lambda image: (image * [0.299, 0.587, 0.114]).sum(-1).tolist(),
    ],
    check_pixel: [
        lambda image, row, col: image[row, col],
        lambda image, row, col: image[row][col].tolist(),
        lambda image, row, col: [image[row, col, channel] for channel in range(3)],
    ],
    check_flat_index: [unpacked, lambda index, shape: np.arange(np.prod(shape)).reshape(shape)[tuple(index)]],
}


def test_gray_is_pillows_but_for_its_rounding():
    for case in TO_GRAY.cases:
        (image,) = case.arguments
        pillows = np.array(Image.fromarray(image).convert("L"))
        assert np.abs(TO_GRAY.truth(image) - pillows).max() <= 0.5 + 1e-3, case.name


def opened_as_bgr(image):
    return image[..., ::-1] @ [0.299, 0.587, 0.114]


def a_third_each(image):
    return image[..., 0] / 3 + image[..., 1] / 3 + image[..., 2] / 3


def off_by_one(image, row, col):
    return image[row - 1, col - 1]


WRONG = {
    check_to_gray: [
        (a_third_each, "You took the mean"),
        (lambda image: image[:, :, 0], "red channel alone"),
        (lambda image: image[..., 0] + image[..., 1] + image[..., 2], "wraps around at 256"),
        (lambda image: image.sum(-1, dtype=np.uint8) / 3, "before it is divided"),
        (lambda image: image.sum(-1) / 3, "You took the mean"),
        (opened_as_bgr, "Red and blue have changed places"),
        (lambda image: [0.299, 0.587, 0.114] @ image, "meet the columns"),
        (lambda image: image.mean(axis=0), "along axis 0"),
        (lambda image: looped_gray(image)[..., None], "an axis too many, of length 1, at the end"),
    ],
    check_pixel: [
        (lambda image, row, col: image[col, row], "Row and column are swapped"),
        (lambda image, row, col: image[:, row, col], "channels first"),
        (off_by_one, "counted from 1"),
        (lambda image, row, col: image[row, col][::-1], "blue, green, red"),
    ],
    check_flat_index: [
        (lambda i, s: (i[0] * s[0] + i[1]) * s[2] + i[2], "multiply the row by W"),
        (lambda i, s: (i[1] * s[0] + i[0]) * s[2] + i[2], "Rows and columns are swapped"),
        (lambda i, s: (i[2] * s[0] + i[0]) * s[1] + i[1], "right for CHW"),
        (lambda i, s: unpacked(i, s) + 1, "One too many"),
        (lambda i, s: i[0] * s[1] + i[1] * s[2] + i[2], "parentheses are missing"),
    ],
}


def test_rounded_gray_is_close():
    assert check_to_gray(lambda image: np.rint(image @ [0.299, 0.587, 0.114])).verdict == "close"


@pytest.mark.parametrize("shape", [(480, 640, 3), [480, 640, 3], np.zeros((480, 640, 3)).shape])
def test_the_shape(shape):
    assert check_shape(shape).verdict == "right"


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((640, 480, 3), "width first"),
        ((3, 480, 640), "channels first"),
        ((480, 640), "gray photo's"),
        ((640, 3, 480), "their order is not"),
        ((1, 2, 3), "How many rows"),
        (921600, "how many values there are"),
        ("480 x 640", "Numbers are needed"),
        ((True, False, True), "Numbers are needed"),
        ([[1], [2, 3]], "Numbers are needed"),
        (print, "Numbers are needed"),
    ],
)
def test_a_wrong_shape_is_told_not_raised(shape, words):
    feedback = check_shape(shape)
    assert feedback.verdict == "wrong"
    assert words in feedback.message


@pytest.mark.parametrize("bits", ["00110010", "0011 0010", "0011_0010", [0, 0, 1, 1, 0, 0, 1, 0]])
def test_the_bits(bits):
    assert check_binary(bits).verdict == "right"


@pytest.mark.parametrize(
    ("bits", "verdict", "words"),
    [
        (bin(50), "close", "no 0b"),
        (f"{50:b}", "close", "zeros in front"),
        (f"{50:08b}"[::-1], "wrong", "reverse order"),
        (f"{205:08b}", "wrong", "wrong way round"),
        (f"{51:08b}", "wrong", "51"),
        (f"{25:08b}", "wrong", "25"),
        (f"{100:08b}", "wrong", "100"),
        (f"{5:04b}{0:04b}", "wrong", "each decimal digit"),
        (f"{8:08b}", "wrong", "That is 8."),
        ("0110010", "wrong", "you wrote 7"),
        (hex(50), "wrong", "hexadecimal"),
        (50, "wrong", "decimal"),
        ("fifty", "wrong", "zeros and ones"),
        (print, "wrong", "zeros and ones"),
    ],
)
def test_wrong_bits_are_told_not_raised(bits, verdict, words):
    feedback = check_binary(bits)
    assert feedback.verdict == verdict
    assert words in feedback.message


def test_the_numbers_are_true():
    assert EXERCISES["02-apple"].answer == np.zeros((4, 4, 3)).size * 3 == 144
    assert EXERCISES["02-values"].answer == np.zeros((480, 640, 3)).size
    assert EXERCISES["02-below-zero"].answer == (np.array([3], np.uint8) - np.array([5], np.uint8))[0]
    assert (
        get_prediction("02-predict-wrap").right == (np.array([250], np.uint8) + np.array([10], np.uint8))[0]
    )


def test_the_predictions_are_true():
    image = np.arange(4 * 6 * 3).reshape(4, 6, 3)
    assert image.ravel()[1] == image[0, 0, 1]
    assert get_prediction("02-predict-memory").right == "the green of the same pixel"
    assert image.transpose(2, 0, 1).ravel()[1] == image[0, 1, 0]
    replies = get_prediction("02-predict-gray").replies
    assert f"about {round(np.array(LEAF) @ [0.299, 0.587, 0.114])}." in replies["middle gray"]
    assert f"about {round(np.mean(LEAF))}." in replies["dark gray"]
    assert str(LEAF) in get_prediction("02-predict-gray").question
    assert f"{2**24 / 1e6:.1f} million" in get_prediction("02-predict-apple").reveal


LEAF = (0, 200, 0)
MUTED = {"cyan, a greenish blue": (0, 1, 1), "white": (1, 1, 1), "red": (1, 0, 0), "gray": (0.5, 0.5, 0.5)}
VALUES = np.arange(4 * 6 * 3).reshape(4, 6, 3)
NEXT = {
    "the green of the same pixel": VALUES[0, 0, 1],
    "the red of the pixel to its right": VALUES[0, 1, 0],
    "the red of the pixel below": VALUES[1, 0, 0],
}
GRAYS = {"black": 0, "middle gray": 117, "dark gray": 67, "light gray": 200}
TRUE = {  # whether an option is what happens
    "02-predict-mute": lambda option: MUTED[option] == (0, 1, 1),  # white without its red
    "02-predict-gray": lambda option: GRAYS[option] == LEAF[0],
    "02-predict-order": lambda option: int(option) == np.zeros((480, 640, 3)).shape[1],
    "02-predict-memory": lambda option: NEXT[option] == VALUES.ravel()[1],
}


@pytest.mark.parametrize("key", TRUE)
def test_exactly_one_option_is_true(key):
    prediction = get_prediction(key)
    assert [option for option in prediction.options if TRUE[key](option)] == [prediction.right]


def test_the_number_of_the_eye_and_each_slip_on_the_way_to_it():
    asked, eye = get_prediction("02-predict-index"), picture("eye 8x8")
    assert (np.array(asked.tables["eye"]) == eye).all()
    assert eye[4, 6] == asked.right
    slips = [eye[6, 4], eye[3, 5], eye[5, 3], eye[4, 5], eye[3, 6]]
    assert [*asked.replies] == slips


def test_the_colours_of_the_apple_and_each_slip_on_the_way_to_them():
    asked = get_prediction("02-predict-apple")
    assert asked.right == (2**3) ** 3
    assert [*asked.replies] == [2**3, 3 * 2**3, 3 * 3, 7**3, 3**3, 9**3, 9**2]
