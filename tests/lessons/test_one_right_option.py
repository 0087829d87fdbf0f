"""Of each question's options exactly the right one agrees with what is computed: none has two right answers.

Lessons 04 to 07. A question is answered here by arithmetic, and so is each of its options.
"""

import numpy as np
import pytest
from matplotlib.figure import Figure
from scipy.signal import convolve2d, correlate2d

from cnnlib import KERNELS, conv2d, coverage, relu
from cnnlib.composition import compose_kernels
from cnnlib.exercises import EXERCISES, get_prediction
from cnnlib.explore import explore_echo
from cnnlib.matching import CURVE, zero_mean
from cnnlib.pictures import picture

IN_WORDS = {"07-predict-bend"}  # its options are reasons, not numbers
NEVER = "agrees with nothing"
GRAY, LEFT_RIGHT = picture("gray 4x4").astype(int), np.array([[1, 0, -1]] * 3)
SOBEL = KERNELS["Sobel, columns"].matrix
NINE = np.arange(1, 10).reshape(3, 3)


def numbers(*options):
    """Read options that begin with their number."""
    return {option: float(option.split()[0].replace("−", "-").replace("+", "")) for option in options}


def flat_wall():
    grays = (40, 90, 200)
    truth = [conv2d(np.full((3, 3), gray), SOBEL).item() for gray in grays]
    depends = truth if len(set(truth)) > 1 else NEVER
    return truth, {
        "0": [0] * 3,
        "255": [255] * 3,
        "the gray of the wall": list(grays),
        "it depends on the gray": depends,
    }


def sharpened():
    images = 255 * np.random.default_rng(4).integers(0, 2, (200, 3, 3))
    found = [conv2d(image, KERNELS["sharpen"].matrix).item() for image in images]
    return (min(found) < 0, max(found) > 255), {
        "no, the sum is 1": (False, False),
        "only above 255": (False, True),
        "only below 0": (True, False),
        "on both sides": (True, True),
    }


def drawn_by_imshow():
    image = Figure().add_subplot().imshow(np.array([[-150, 0], [90, 300]]), cmap="gray")
    return image.get_clim(), {
        "black is −150, white is 300": (-150, 300),
        "black is 0, white is 255, the rest is clipped": (0, 255),
        "black is 0, white is 255, the rest wraps": (0, 255),
        "black is −300, white is 300, and 0 a middle gray": (-300, 300),
    }


def edge_kernel_on_a_line():
    line = np.full((3, 3), 40)
    line[:, 1] = 200
    return np.sign((line * LEFT_RIGHT).sum()), {
        "0": 0,
        "a large positive number": 1,
        "a large negative number": -1,
    }


def two_clicks():
    output = explore_echo("two clicks", delay=100, strength=0.6).output
    return round(output[800], 9), numbers("0.3", "0.5", "0.6", "1.1")


def without_the_flip():
    sound, room = np.array([3.0, 1, 2]), np.array([1, 0.5, 0.25])
    truth = np.correlate(np.pad(sound, (2, 4)), room, "valid")
    moved = [np.pad(sound, (2 + step, 2 - step)) for step in (0, -1, -2)]
    return truth, {
        "echoes before the sound": room @ moved,
        "echoes after the sound": np.pad(np.convolve(sound, room), (2, 0)),
        "no echoes": moved[0],
        "the sound backwards": moved[0][::-1],
    }


def around_a_single_1():
    return conv2d(np.pad([[1]], 2), NINE), {
        "the kernel": NINE,
        "the kernel, turned by 180°": np.rot90(NINE, 2),
        "the kernel, mirrored left to right": NINE[:, ::-1],
        "nine times 5": np.full((3, 3), 5),
    }


def where_a_blur_differs():
    image, blur = picture("camera").astype(int), KERNELS["Gaussian blur"].matrix
    truth = correlate2d(image, blur, "same") != convolve2d(image, blur, "same")
    border = np.pad(np.zeros(np.array(truth.shape) - 2, bool), 1, constant_values=True)
    return truth, {
        "nowhere": np.zeros_like(truth),
        "along the border": border,
        "at the edges of things": correlate2d(image, SOBEL, "same") != 0,
        "everywhere": np.ones_like(truth),
    }


def dark_to_bright():
    ramp = np.array([[10, 20, 30, 40]] * 3)
    (made,) = set(convolve2d(ramp, -LEFT_RIGHT, "valid").ravel())
    return made, numbers("−60", "0", "+20", "+60")


def like_pytorch():
    outputs = {gray: np.full((2, 2), gray) for gray in (150, -150, 0)}
    return correlate2d(GRAY, LEFT_RIGHT, "valid"), {
        "+150 everywhere": outputs[150],
        "−150 everywhere": outputs[-150],
        "0 everywhere": outputs[0],
        "it depends on the training": NEVER,
    }


def learned_with_the_flip():
    rng = np.random.default_rng(5)
    image, start = rng.normal(size=(12, 12)), rng.normal(size=(3, 3))
    target, plain, flipping = correlate2d(image, SOBEL, "valid"), start.copy(), start[::-1, ::-1].copy()
    for _ in range(20):
        error = correlate2d(image, plain, "valid") - target
        plain -= 0.001 * correlate2d(image, error, "valid")
        error = convolve2d(image, flipping, "valid") - target
        flipping -= 0.001 * correlate2d(image, error, "valid")[::-1, ::-1]
    return flipping.round(9), {
        "the same": plain.round(9),
        "turned by 180°": plain[::-1, ::-1].round(9),
        "with the other sign": -plain.round(9),
        "worse: it cannot find edges": NEVER,
    }


def blurred_corner():
    made = conv2d(np.full((6, 6), 255.0), np.full((3, 3), 1 / 9), padding=1)[0, 0]
    return made.round(), numbers("28", "113", "170", "255")


def five_padded_layers():
    touched = np.zeros((32, 32), int)
    for _ in range(5):
        touched = np.minimum(conv2d(np.pad(touched, 1, constant_values=1), np.ones((3, 3), int)), 1)
    return touched[16, :16].sum(), numbers("1 pixel", "2 pixels", "5 pixels", "16 pixels: the whole map")


def second_window():
    return range(0, 9, 2)[1], {f"column {n}": n for n in (1, 2, 3)}


def windows_on_six_pixels():
    fits = [start for start in range(0, 6, 2) if start + 3 <= 6]
    return len(fits), numbers("2", "2.5", "3") | {"none: it is an error": NEVER}


def never_read():
    corners, border = np.zeros((5, 5), bool), np.ones((5, 5), bool)
    corners[np.ix_((0, -1), (0, -1))] = True
    border[1:-1, 1:-1] = False
    return coverage(5, 3) == 0, {
        "none": np.zeros((5, 5), bool),
        "the four corners": corners,
        "the whole border": border,
    }


def pixels_seen():
    seen = {pixel for neighbour in (0, 2, 4) for pixel in range(neighbour, neighbour + 3)}
    return len(seen), numbers("3", "5", "7", "9")


def curve_or_wall():
    curve, wall = picture("curve 7x7").astype(int), np.full((7, 7), 50)
    return np.sign((curve * CURVE.matrix).sum() - (wall * CURVE.matrix).sum()), {
        "the curve's, by far": 1,
        "the curve's, by a little": 1,
        "both are equal": 0,
        "the wall's": -1,
    }


def turned_detector():
    made = (picture("curve 7x7").astype(int) * np.rot90(CURVE.matrix, 2)).sum()
    return made, numbers("−6600", "0", "3600", "6600")


def at_the_edge():
    made = conv2d(picture("animal").astype(float), zero_mean(np.rot90(CURVE.matrix, 2)))
    edge, curves = made[:, :22].max(), made[:, 22:].max()
    sort = "nothing" if edge == 0 else "more" if edge > curves else "less"
    return sort, {
        "0, as on the wall itself": "nothing",
        "little: an edge is no curve": "less",
        "possibly more than on the curve": "more",
    }


def smallest_sum():
    windows = {
        "the curve of 50s": picture("curve 7x7").astype(int),
        "the detector's own pattern, of 30s": CURVE.matrix,
        "a blank window of 50s": np.full((7, 7), 50),
        "a blank window of 255s": np.full((7, 7), 255),
    }
    sums = {option: (window * CURVE.matrix).sum() for option, window in windows.items()}
    return min(sums.values()), sums


def edges_after_relu():
    edges = conv2d(np.repeat([[0, 0, 9, 9, 0, 0]], 3, axis=0), SOBEL)
    return relu(edges), {
        "all, but weaker": edges / 2,
        "those from dark to bright": np.where(edges > 0, edges, 0),
        "those from bright to dark": np.where(edges < 0, edges, 0),
        "all, now positive": abs(edges),
    }


def two_layers_in_one():
    image, first, second = picture("animal").astype(int), SOBEL, NINE
    both = compose_kernels(first, second)
    assert (conv2d(conv2d(image, first), second) == conv2d(image, both)).all()
    sides = {f"a {side} × {side} one": side for side in (3, 5, 6, 9)}
    return len(both), sides | {"none: two layers can do more": NEVER}


QUESTIONS = {
    "04-predict-sum": flat_wall,
    "04-predict-sharpen-range": sharpened,
    "04-predict-wrap": lambda: (np.array([-150]).astype(np.uint8)[0], numbers("0", "105", "106", "150")),
    "04-predict-imshow": drawn_by_imshow,
    "04-predict-line": edge_kernel_on_a_line,
    "05-predict-click": two_clicks,
    "05-predict-ahead": without_the_flip,
    "05-predict-impulse": around_a_single_1,
    "05-predict-blur": where_a_blur_differs,
    "05-predict-scipy": dark_to_bright,
    "05-predict-unflipped": like_pytorch,
    "05-predict-learned": learned_with_the_flip,
    "05-predict-corner": blurred_corner,
    "05-predict-stacked": five_padded_layers,
    "06-predict-stride": second_window,
    "06-predict-floor": windows_on_six_pixels,
    "06-predict-padding": never_read,
    "06-predict-field": pixels_seen,
    "07-predict-wall": curve_or_wall,
    "07-predict-turn": turned_detector,
    "07-predict-edge": at_the_edge,
    "07-predict-claim": smallest_sum,
    "07-predict-relu": edges_after_relu,
    "07-predict-collapse": two_layers_in_one,
}


def test_each_choice_of_lessons_04_to_07_is_computed():
    asked = {id: exercise for id, exercise in EXERCISES.items() if "04" <= id[:2] <= "07"}
    choices = {id for id, exercise in asked.items() if getattr(exercise, "options", ())}
    assert choices == QUESTIONS.keys() | IN_WORDS


@pytest.mark.parametrize("id", QUESTIONS)
def test_exactly_one_option_is_right(id):
    prediction = get_prediction(id)
    truth, options = QUESTIONS[id]()
    assert set(options) == set(prediction.options)
    agreeing = {
        name for name, value in options.items() if value is not NEVER and np.array_equal(value, truth)
    }
    assert agreeing == {prediction.right}
