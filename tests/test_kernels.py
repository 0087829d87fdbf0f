"""The zoo: what each kernel answers to, on pictures one could draw on squared paper."""

import copy

import numpy as np
import pytest

from cnnlib import KERNELS, Kernel, conv2d

NAMES = [
    "identity",
    "box blur",
    "Gaussian blur",
    "Gaussian blur 5x5",
    "sharpen",
    "outline",
    "Prewitt, columns",
    "Prewitt, rows",
    "Sobel, columns",
    "Sobel, rows",
    "Laplacian",
    "emboss",
    "line, vertical",
    "line, horizontal",
    "line, diagonal down",
    "line, diagonal up",
]
FLAT = np.full((7, 7), 50)
STEP = np.repeat([[0, 0, 0, 9, 9, 9]], 6, axis=0)  # dark to bright, a vertical edge
LINE = np.repeat([[0, 0, 5, 0, 0]], 5, axis=0)


def test_names_and_order():
    assert list(KERNELS) == NAMES
    assert len(KERNELS) == 16
    assert all(KERNELS[name].name == name for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_flat_picture_is_multiplied_by_the_sum(name):
    kernel = KERNELS[name]
    keeps = {"identity", "box blur", "Gaussian blur", "Gaussian blur 5x5", "sharpen", "emboss"}
    assert kernel.total == (1 if name in keeps else 0)
    np.testing.assert_allclose(conv2d(FLAT, kernel), 50 * kernel.total, rtol=1e-12)


def test_the_sum_is_not_rounded_in_a_small_type():
    assert Kernel("own", np.array([[2048], *[[1]] * 9], np.float16)).total == 2057
    assert Kernel("own", np.full((2, 2), 100, np.int8), divisor=3).total == 400 / 3
    outline = KERNELS["outline"].matrix.astype(np.float32) / np.float32(9)
    assert outline.sum() != 0
    assert "sum of weights: 0" in repr(Kernel("own", outline))


@pytest.mark.parametrize("name", NAMES)
def test_entries_are_whole(name):
    kernel = KERNELS[name]
    assert kernel.matrix.dtype == np.int64
    np.testing.assert_array_equal(kernel.weights, kernel.matrix / kernel.divisor)
    assert kernel.weights.dtype == (np.float64 if "blur" in name else np.int64)
    assert kernel.description
    assert kernel.answers_to


def test_edges_have_a_direction():
    for family, answer in (("Prewitt", 27), ("Sobel", 36)):
        columns, rows = KERNELS[f"{family}, columns"], KERNELS[f"{family}, rows"]
        assert conv2d(STEP, columns)[0].tolist() == [0, answer, answer, 0]
        assert conv2d(STEP[:, ::-1], columns)[0].tolist() == [0, -answer, -answer, 0]
        assert not conv2d(STEP, rows).any()
        np.testing.assert_array_equal(rows.matrix, columns.matrix.T)


def test_an_edge_kernel_is_silent_on_a_line_and_a_line_kernel_is_not():
    assert conv2d(LINE, KERNELS["Prewitt, columns"])[0].tolist() == [15, 0, -15]
    assert conv2d(LINE, KERNELS["line, vertical"])[0].tolist() == [-15, 30, -15]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("line, vertical", LINE),
        ("line, horizontal", LINE.T),
        ("line, diagonal down", np.eye(5, dtype=int) * 5),
        ("line, diagonal up", np.eye(5, dtype=int)[::-1] * 5),
    ],
)
def test_each_line_kernel_answers_most_to_its_own_line(name, line):
    answers = {other: conv2d(line, KERNELS[other])[1, 1] for other in NAMES if other.startswith("line")}
    assert answers.pop(name) == 30
    assert max(answers.values()) <= 0


def test_dots_print_the_kernel_turned_round():
    dot = np.zeros((5, 5), int)
    dot[2, 2] = 1
    for name in NAMES:
        kernel = KERNELS[name].matrix
        if kernel.shape == (3, 3):
            np.testing.assert_array_equal(conv2d(dot, kernel), kernel[::-1, ::-1])


def test_related_kernels():
    m = {name: kernel.matrix for name, kernel in KERNELS.items()}
    np.testing.assert_array_equal(m["sharpen"], m["identity"] - m["Laplacian"])
    np.testing.assert_array_equal(m["outline"], 9 * m["identity"] - m["box blur"])
    twice = conv2d(m["Gaussian blur"], m["Gaussian blur"], padding=2)
    np.testing.assert_array_equal(twice, m["Gaussian blur 5x5"])
    assert m["Sobel, columns"].tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert m["emboss"].tolist() == [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]


def test_kernels_cannot_be_changed():
    kernel = KERNELS["box blur"]
    for array in (kernel.matrix, kernel.weights, KERNELS["sharpen"].weights):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 5
    with pytest.raises(AttributeError):
        kernel.name = "mine"
    mine = np.array(kernel)
    mine[0, 0] = 5
    assert kernel.weights[0, 0] == 1 / 9
    source = np.ones((2, 2))
    assert Kernel("mine", source).matrix is not source
    assert source.flags.writeable


def test_own_kernel():
    kernel = Kernel("mean", [[1, 1]], divisor=2)
    assert conv2d([[1, 4]], kernel).tolist() == [[2.5]]
    assert np.asarray(kernel, dtype=np.float32).dtype == np.float32
    assert copy.deepcopy(kernel).weights.tolist() == [[0.5, 0.5]]


def test_printing():
    assert str(KERNELS["Sobel, columns"]).splitlines() == [
        "Sobel, columns: right minus left, the middle row counted twice",
        "  -1   0   1     responds to: vertical edges, less to noise than one row -1 0 1",
        "  -2   0   2     sum of weights: 0",
        "  -1   0   1",
    ]
    assert repr(Kernel("mine", [[0.5, -1]])).splitlines() == ["mine", "  0.5   -1       sum of weights: -0.5"]
    table = repr(KERNELS)
    assert all(f"\n{name}: " in f"\n{table}" for name in NAMES)
    assert "  6  24  36  24   6  / 256   \n".rstrip() in table
    assert max(map(len, table.splitlines())) <= 80
    assert table.isascii()  # a Windows console cannot print every character


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("sobel columns", "KERNELS: no kernel is named 'sobel columns'; did you mean 'Sobel, columns'?"),
        ("Gausian blur", "KERNELS: no kernel is named 'Gausian blur'; did you mean 'Gaussian blur'?"),
        ("zzz", "KERNELS: no kernel is named 'zzz'; use one of 'identity', 'box blur', "),
        (3, "KERNELS: no kernel is named 3; use one of 'identity', "),
        ([], "KERNELS: no kernel is named []; use one of 'identity', "),
    ],
)
def test_misspelled_names(wrong, message):
    for kind in (KeyError, ValueError):
        with pytest.raises(kind) as caught:
            KERNELS[wrong]
        assert str(caught.value).startswith(message)
    assert KERNELS.get(wrong) is None
    assert wrong not in KERNELS


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 2],), r"Kernel: matrix has shape \(2,\); give rows and columns"),
        (([[]],), r"Kernel: matrix has shape \(1, 0\)"),
        (([["a"]],), r"Kernel: cannot work with <U1 values"),
        (([[1]], "", "", 0), r"Kernel: divisor 0 cannot divide"),
    ],
)
def test_bad_kernels(arguments, message):
    with pytest.raises(ValueError, match=message):
        Kernel("bad", *arguments)
