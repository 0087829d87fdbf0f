"""Lesson 7: learners' answers, right and known-wrong, and that every number of the exercises is true."""

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

from cnnlib import KERNELS
from cnnlib.exercises import EXERCISES, check_compose, check_relu, check_zero_mean, get_prediction
from cnnlib.matching import CURVE, normalised_correlation
from cnnlib.pictures import picture

CURVED, DETECTOR = picture("curve 7x7"), CURVE.matrix


def copies(first, second):
    """Do what the lesson asks for: a moved copy of the first kernel for each weight of the second."""
    out = np.zeros((first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1))
    for row in range(second.shape[0]):
        for col in range(second.shape[1]):
            out[row : row + first.shape[0], col : col + first.shape[1]] += second[row, col] * first
    return out


def dotted(first, second):
    """Send a dot through both layers, and turn what comes out by 180 degrees."""
    rows, cols = (2 * (a + b) - 3 for a, b in zip(first.shape, second.shape, strict=True))
    dot = np.zeros((rows, cols))
    dot[rows // 2, cols // 2] = 1
    return correlate2d(correlate2d(dot, first, "valid"), second, "valid")[::-1, ::-1]


def looped(values):
    out = np.zeros(values.shape)
    for place in np.ndindex(values.shape):
        out[place] = max(values[place], 0)
    return out


RIGHT = {
    check_zero_mean: [
        lambda kernel: kernel - kernel.mean(),
        lambda kernel: kernel - np.sum(kernel) / kernel.size,
        lambda kernel: (kernel - kernel.mean()).tolist(),
    ],
    check_relu: [
        lambda values: np.maximum(values, 0),
        lambda values: np.where(values > 0, values, 0),
        lambda values: values * (values > 0),
        looped,
    ],
    check_compose: [copies, dotted, convolve2d],
}


def in_place(values):
    values[values < 0] = 0
    return values


def overwriting(first, second):
    out = np.zeros(np.add(first.shape, second.shape) - 1)
    for row, col in np.ndindex(second.shape):
        out[row : row + first.shape[0], col : col + first.shape[1]] = second[row, col] * first
    return out


WRONG = {
    check_zero_mean: [
        (lambda k: k - k[k > 0].mean(), "empty cells count"),
        (lambda k: k / k.sum(), "keeps the brightness"),
        (lambda k: k - k.sum() // k.size, "`//`"),
        (lambda k: k - k.mean(1)[:, None], "mean of each row"),
        (lambda k: (k - k.mean()).astype(int), "fractions are cut off"),
    ],
    check_relu: [
        (abs, "drop the signs"),
        (lambda v: max(v, 0), "A whole array is not greater than 0 or not"),
        (lambda v: v if v > 0 else 0, "A whole array is not greater than 0 or not"),
        (lambda v: v[v > 0], "throw the negative numbers away"),
        (lambda v: (v > 0) * 1, "the slope of ReLU"),
    ],
    check_compose: [
        (lambda a, b: correlate2d(a, b), "something has to be turned first"),
        (lambda a, b: correlate2d(b, a), "something has to be turned first"),
        (overwriting, "overwrite each other"),
        (np.kron, "laid side by side"),
        (lambda a, b: a * b, "cell by cell"),
        (lambda a, b: convolve2d(a, b, "same"), 'has the size of the first kernel ("same")'),
    ],
}
CLOSE = {check_relu: [(in_place, "changes the array")]}


def raw(window, kernel=DETECTOR):
    return int(correlate2d(window, kernel, "valid").item())


def test_the_sums_are_true():
    wall = np.full((7, 7), 50)
    assert EXERCISES["07-itself"].answer == raw(DETECTOR) == 5400
    assert EXERCISES["07-mean"].answer == pytest.approx(DETECTOR.mean())
    assert get_prediction("07-predict-wall").right == "the wall's"
    assert raw(wall) == 9000 > raw(CURVED) == 6600
    assert get_prediction("07-predict-turn").right == str(raw(CURVED, np.rot90(DETECTOR, 2)))
    less = DETECTOR - DETECTOR.mean()
    assert get_prediction("07-predict-zero-mean").right == pytest.approx(float((wall * less).sum()), abs=1e-9)
    assert np.count_nonzero(less < 0) == 43


def test_the_claim_is_false():
    windows = {
        "the curve of 50s": CURVED,
        "the detector's own pattern, of 30s": DETECTOR,
        "a blank window of 50s": np.full((7, 7), 50),
        "a blank window of 255s": np.full((7, 7), 255),
    }
    prediction = get_prediction("07-predict-claim")
    assert set(windows) == set(prediction.options)
    assert min(windows, key=lambda name: raw(windows[name])) == prediction.right
    assert sorted(map(raw, windows.values())) == [5400, 6600, 9000, 45_900]
    scores = [normalised_correlation(window, DETECTOR).item() for window in windows.values()]
    np.testing.assert_allclose(scores, [0.406, 1, 0, 0], atol=5e-4)


def test_the_edge_beats_the_snail_until_contrast_is_divided_out():
    turned, image = np.rot90(DETECTOR, 2), picture("animal").astype(float)
    answers = correlate2d(image, turned - turned.mean(), "valid")
    wall, snail = answers[:, :22], answers[:, 22:]
    assert [round(wall.max()), round(snail.max())] == [19_671, 19_242]
    alike = normalised_correlation(image, turned)
    assert round(alike[answers == wall.max()].max(), 3) == 0.323
    assert [round(part.max(), 3) for part in (alike[:, :22], alike[:, 22:])] == [0.323, 0.618]


def test_relu_keeps_the_edges_from_dark_to_bright():
    step = np.repeat([[0, 0, 9, 9, 0, 0]], 3, axis=0)
    answer = correlate2d(step, KERNELS["Sobel, columns"].matrix, "valid")[0]
    assert answer.tolist() == [36, 36, -36, -36]
    assert get_prediction("07-predict-relu").right == "those from dark to bright"
    assert np.maximum(-378, 0) == EXERCISES["07-slope"].answer


def test_the_sizes_are_true():
    one = np.ones((3, 3))
    two = convolve2d(one, one)
    assert get_prediction("07-predict-collapse").right == "a {} × {} one".format(*two.shape)
    assert convolve2d(two, one).shape == (EXERCISES["07-three-layers"].answer,) * 2
