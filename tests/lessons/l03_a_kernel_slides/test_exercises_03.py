"""Lesson 3: learners' answers, right and known-wrong, what else check_slide says, and that it is true."""

import re

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import convolve2d, correlate2d

from cnnlib.exercises import check_slide, get_prediction
from cnnlib.pictures import picture

SLIDE = check_slide.check


def slide(image, kernel):
    rows, cols = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    out = np.zeros((rows, cols))
    for row in range(rows):
        for col in range(cols):
            window = image[row : row + kernel.shape[0], col : col + kernel.shape[1]]
            out[row, col] = (window * kernel).sum()
    return out


def with_windows(image, kernel):
    return np.einsum("ijkl,kl->ij", sliding_window_view(image, kernel.shape).astype(np.float32), kernel)


RIGHT = {
    check_slide: [
        slide,
        with_windows,
        lambda image, kernel: slide(image, kernel).tolist(),
        lambda image, kernel: correlate2d(image.astype(float), kernel, mode="valid"),
    ]
}


def test_the_truth_is_scipys():
    for case in SLIDE.cases:
        image, kernel = case.arguments
        np.testing.assert_allclose(
            SLIDE.truth(image, kernel), correlate2d(image.astype(float), kernel, "valid")
        )


def looped(number, rows_less=0, kind=float):
    """Build a learner's loop that differs from the right one in one place."""

    def learner(image, kernel):
        kh, kw = kernel.shape
        rows, cols = image.shape[0] - kh + 1 - rows_less, image.shape[1] - kw + 1
        out = np.zeros((rows, cols), kind)
        for r in range(rows):
            for c in range(cols):
                out[r, c] = number(image[r : r + kh, c : c + kw], kernel)
        return out

    return learner


def never_reset(image, kernel):
    total, out = 0, slide(image, kernel)
    for place in np.ndindex(out.shape):
        for i, j in np.ndindex(kernel.shape):
            total += image[place[0] + i, place[1] + j] * kernel[i, j]
        out[place] = total
    return out


def last_product(image, kernel):
    out = slide(image, kernel)
    for row, col in np.ndindex(out.shape):
        for i, j in np.ndindex(kernel.shape):
            total = image[row + i, col + j] * kernel[i, j]
        out[row, col] = total
    return out


def swapped_weights(image, kernel):
    out = slide(image, kernel)
    for row, col in np.ndindex(out.shape):
        out[row, col] = sum(image[row + i, col + j] * kernel[j, i] for i, j in np.ndindex(kernel.shape))
    return out


def in_bytes(image, kernel):
    out = np.zeros(slide(image, kernel).shape, image.dtype)
    for row, col in np.ndindex(out.shape):
        window = image[row : row + kernel.shape[0], col : col + kernel.shape[1]].astype(int)
        out[row, col] = (window * kernel).sum().astype(int)
    return out


def same_size(image, kernel):
    out, valid = np.zeros(image.shape), slide(image, kernel)
    out[: valid.shape[0], : valid.shape[1]] = valid
    return out


def test_the_image_that_is_changed_is_noticed():
    def scribbles(image, kernel):
        out = slide(image, kernel)
        image[0, 0] = 7
        return out

    assert check_slide(scribbles).verdict == "close"
    assert "changes the array it is given" in check_slide(scribbles).message


def test_the_checks_own_images_survive_a_function_that_scribbles():
    def erases(image, kernel):
        image[:], kernel[:] = 0, 0

    check_slide(erases)
    assert check_slide(slide).verdict == "right"


def test_an_error_is_named_with_the_learners_line():
    def too_far(image, kernel):
        return image[99, 0] * kernel

    line = too_far.__code__.co_firstlineno + 1
    message = check_slide(too_far).message
    assert "IndexError" in message
    assert f"at line {line}: `return image[99, 0] * kernel`" in message


def test_an_error_on_some_images_says_where_it_went_well():
    def only_square(image, kernel):
        if image.shape[0] != image.shape[1]:
            raise KeyError("cols")
        return slide(image, kernel)

    assert "did well on the 5 × 5 binary image" in check_slide(only_square).message


def test_a_wrong_shape_is_told_before_a_crash_on_a_later_picture():
    def crashes_later(image, kernel):
        if image.shape[0] != 5:
            raise IndexError("index 5 is out of bounds")
        return np.zeros((4, 4))

    message = check_slide(crashes_later).message
    assert "it is 4 × 4, but 3 × 3 is needed" in message
    assert "IndexError" not in message


def test_too_few_parameters():
    assert "called as `slide(image, kernel)`" in check_slide(lambda image: image).message


WRONG = {
    check_slide: [
        (lambda i, k: convolve2d(i.astype(float), k, mode="valid"), "flipped (turned by 180°)"),
        (swapped_weights, "kernel's rows and columns are swapped"),
        (lambda i, k: slide(i, k).T, "is transposed"),
        (same_size, "as large as the picture"),
        (lambda i, k: correlate2d(i.astype(float), k, mode="same"), "as large as the picture"),
        (looped(lambda w, k: (w * k).sum(), rows_less=1), "ends one place too early"),
        (last_product, "The last number alone is taken: the sum"),
        (lambda i, k: sliding_window_view(i, k.shape) * k, "have to be added up"),
        (never_reset, "begin again at 0"),
        (in_bytes, "wrap round"),
        (looped(lambda w, k: (w * k).mean()), "The mean is taken: the sum"),
        (looped(lambda w, k: (w * k).max()), "The largest is taken: the sum"),
        (looped(lambda w, k: w.sum()), "`kernel` do not come in"),
        (looped(lambda w, k: (w @ k).sum()), "matrix product"),
        (looped(lambda w, k: max(0, (w * k).sum())), "Negative results have become 0"),
        (looped(lambda window, kernel: (window * kernel).sum(), rows_less=-1), "runs over the border"),
        (looped(lambda window, kernel: window * kernel), "added up"),
        (lambda image, kernel: image[image.shape[0], 0], "runs over the border"),
        (lambda image, kernel: "a map", "returns a str"),
        (lambda image, kernel: [[1], [1, 2]], "returns a list"),
        (lambda image, kernel: 4, "it is a single number, but 3 × 3 is needed"),
        (lambda image, kernel: np.zeros((2, 7)), "it is 2 × 7, but 3 × 3 is needed"),
        (lambda image, kernel: slide(image, kernel) if image.dtype == np.uint8 else None, "returns nothing"),
        (lambda image, kernel: slide(image, kernel) * 2 + 50, "differ"),
        (lambda image, kernel: np.full(slide(image, kernel).shape, np.nan), "gives nan there"),
    ]
}
CLOSE = {
    check_slide: [(looped(lambda w, k: (w * k).sum(), kind=int), "fractions are cut off")],
}


def test_close():
    def nearly(out):
        out.flat[::2] *= 1.004
        return out

    feedback = check_slide(lambda image, kernel: nearly(slide(image, kernel)))
    assert feedback.verdict == "close"
    assert "the largest difference is" in feedback.message


def test_what_is_no_rounding_is_not_called_close():
    feedback = check_slide(lambda image, kernel: slide(image, kernel) + 0.004)
    assert (feedback.verdict, feedback.message) == ("wrong", "Every number is 0.004 too large.")


def test_a_wrong_cell_does_not_reveal_the_answer():
    message = check_slide(lambda image, kernel: slide(image, kernel) + (image.shape == (5, 5)) * 1000).message
    assert "gives 1004 there" in message
    assert " 4 " not in message.replace("4 × 4", "")


def todo(image, kernel):
    raise NotImplementedError


@pytest.mark.parametrize("answer", [None, ..., lambda i, k: None, lambda i, k: ..., todo])
def test_unanswered(answer):
    assert check_slide(answer).verdict == "not answered yet"


@pytest.mark.parametrize("answer", [np.zeros((3, 3)), 4, "slide", {}])
def test_a_result_in_place_of_the_function(answer):
    assert "hand over `slide`" in check_slide(answer).message


# ---- predictions
def table(key, name):
    return np.array(get_prediction(key).tables[name])


def shifted(row, col):
    """Return where a single bright pixel goes, by SciPy."""
    kernel, image = np.zeros((3, 3)), np.zeros((5, 5))
    kernel[row, col], image[2, 2] = 1, 1
    down, right = np.argwhere(correlate2d(image, kernel, mode="same"))[0] - 2
    moves = {(0, 0): "it stays where it is", (-1, 0): "it moves up"}
    return moves | {(0, 1): "it moves to the right", (0, -1): "it moves to the left"}, (int(down), int(right))


def map_of(option):
    """Return the map that an option describes: its size, and the number everywhere in it."""
    size, number = re.fullmatch(r"a (\d) × \1 map, ([+−]?\d+) everywhere", option).groups()
    return np.full((int(size),) * 2, int(number.replace("−", "-")))


def changed():
    image = np.zeros((9, 9))
    image[4, 4] = 1
    return correlate2d(image, np.arange(1, 10).reshape(3, 3), mode="valid")


TRUE = {  # whether an option is what happens
    "03-predict-size": lambda option: (
        option == "{} × {}".format(*correlate2d(np.ones((5, 5)), np.ones((3, 3)), mode="valid").shape)
    ),
    "03-predict-gray": lambda option: np.array_equal(
        map_of(option),
        correlate2d(table("03-predict-gray", "picture"), table("03-predict-gray", "kernel"), mode="valid"),
    ),
    "03-predict-shift": lambda option: option == shifted(1, 2)[0].get(shifted(1, 2)[1]),
    "03-predict-ripple": lambda option: (
        option == ("all of them" if changed().all() else str(np.count_nonzero(changed())))
    ),
}


@pytest.mark.parametrize("key", TRUE)
def test_exactly_one_option_is_true(key):
    prediction = get_prediction(key)
    assert [option for option in prediction.options if TRUE[key](option)] == [prediction.right]


def test_first_is_true():
    window, kernel = (table("03-predict-first", name) for name in ("window", "kernel"))
    assert (window * kernel).sum() == get_prediction("03-predict-first").right
    assert (window == picture("binary 5x5")[:3, :3]).all()


def test_gray_shows_the_picture_of_the_course():
    assert (table("03-predict-gray", "picture") == picture("gray 4x4")).all()
