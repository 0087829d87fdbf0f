"""A demo shows the same of small, read-only, reversed ... arrays as of int64 or float64.

The arrays have the shape of those that the demo begins with; what it refuses is refused in every type.
"""

from functools import cache

import drive
import numpy as np
import pytest

from cnnlib import explore
from cnnlib.demo.declare import Cells, Group

SHAPES = {  # of what the call takes by another way than `Cells` with a beginning
    ("explore_filters", "image"): (101, 102),
    ("explore_channels", "image"): (24, 20, 3),
    ("explore_pixels", "image"): (20, 24),
    ("explore_apple", "image"): (4, 4, 3),
    ("explore_convolution", "bias"): (1,),
    ("explore_arithmetic", "numbers"): (4,),
    ("explore_backprop", "target"): (),
    ("explore_backprop", "c"): (),
}


@cache
def beginning(name):
    """Return the values that a demo begins with."""
    return getattr(explore, name)().values


def arguments():
    """Yield demo, name of an argument that is an array, and the shape to try."""
    for name in explore.__all__:
        declared = getattr(explore, name).when.__self__
        for control_name, control in declared.declared.items():
            argument = control.argument or control_name
            key = name, argument
            if key in SHAPES:
                yield pytest.param(*key, SHAPES[key], id=f"{name}-{argument}")
            elif isinstance(control, Cells) and control.called and beginning(name)[control_name] is not None:
                yield pytest.param(*key, np.shape(beginning(name)[control_name]), id=f"{name}-{argument}")
            else:
                assert not isinstance(control, Group) or not any(
                    isinstance(member, Cells) for member in control.members.values()
                ), f"{key} takes arrays: give a shape"


TYPES = {  # the values, and the type that counts them right
    "bool": (0, 1, "int64"),
    "int8": (-128, 127, "int64"),
    "uint8": (0, 255, "int64"),
    "int16": (-2000, 2000, "int64"),
    "uint64": (0, 7, "int64"),
    "float16": (-99, 99, "float64"),
    "float32": (-300, 300, "float64"),
}
FEW = 2  # moves of each demo, others for each type
WAYS = {
    "plain": np.copy,
    "read-only": lambda x: np.frombuffer(x.tobytes(), x.dtype).reshape(x.shape),
    "reversed": lambda x: np.ascontiguousarray(x[::-1])[::-1],
    "by columns": np.asfortranarray,
    "swapped bytes": lambda x: x.astype(x.dtype.newbyteorder()),
}


def built(name, argument, array):
    """Return the demo, or what it says of the array."""
    try:
        return getattr(explore, name)(**{argument: array})
    except ValueError as error:
        return str(error)


def tried(move):
    return not move.startswith(("press", "upload", "dataset"))


def same(one, other, what):
    assert one.text == other.text, what
    assert one.view.arithmetic == other.view.arithmetic, what
    assert one.problem == other.problem, what
    np.testing.assert_array_equal(one.output, other.output, err_msg=what)
    for panel, expected in zip(one.view.panels, other.view.panels, strict=True):
        assert (panel.caption, panel.labels) == (expected.caption, expected.labels), what
        np.testing.assert_array_equal(panel.pixels, expected.pixels, err_msg=f"{what}: {panel.id}")
    if what == "start" and "NumPy" in one.code:
        np.testing.assert_allclose(drive.result_of(one.code["NumPy"]), one.output, atol=1e-6, err_msg=what)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(("name", "argument", "shape"), [*arguments()])
@pytest.mark.filterwarnings("error")
def test_small_types_show_what_large_ones_do(name, argument, shape, kind):
    low, high, large = TYPES[kind]
    rng = np.random.default_rng(len(name))
    values = rng.integers(low, high, shape, endpoint=True)
    values = values / 8 if kind.startswith("float") else values
    small = values.astype(kind)
    way = list(WAYS)[(len(name) + len(kind)) % len(WAYS)]
    small = WAYS[way](small) if shape else small
    one, other = built(name, argument, small), built(name, argument, small.astype(large))
    if isinstance(other, str):
        assert isinstance(one, str)
        low = 0 if low == 0 else 1
        small = np.clip(np.abs(values), low, 5).astype(int).astype(kind)  # what nearly all of them take
        one, other = built(name, argument, small), built(name, argument, small.astype(large))
        if isinstance(other, str):
            assert isinstance(one, str)
            return
    same(one, other, "start")
    moves = [each for each in zip(drive.moves(one), drive.moves(other), strict=True) if tried(each[0][0])]
    apart = len(moves) // FEW + 1
    for move, step in moves[[*TYPES].index(kind) % apart :: apart]:
        move[1]()
        step[1]()
        same(one, other, move[0])
        one.reset()
        other.reset()


@pytest.mark.parametrize("kind", ["uint8", "int8", "float16", "bool"])
def test_what_is_set_later_is_counted_right_too(kind):
    demo = explore.explore_ripple([[1, 2], [3, 4]], [[1]])
    demo.image.value = np.full((3, 3), 1 if kind == "bool" else 120, kind)
    demo.amount.value = 9
    assert demo.output[1, 1] == 9
    demo.amount.value = -9
    assert demo.output[1, 1] == -9


def test_a_float32_kernel_that_sums_to_0_does_so_in_every_demo():
    outline = np.float32([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]) / np.float32(9)
    demo = explore.explore_filters("camera", outline, normalise=True)
    assert demo.view.panels[1].caption == "my own\nsum 0"
    exact = explore.explore_filters("camera", outline.astype(float), normalise=False)
    assert demo.text == exact.text
    np.testing.assert_allclose(demo.output, exact.output, atol=1e-4)


def test_large_sums_of_bytes_are_told_as_they_are():
    pattern = np.random.default_rng(0).integers(0, 256, (5, 5)).astype(np.uint8)
    demo = explore.explore_matching(np.tile(pattern, (2, 2)), pattern, at=(0, 0))
    total = int((pattern.astype(int) ** 2).sum())
    (products,) = (panel for panel in demo.view.panels if panel.id == "products")
    assert products.caption == f"products: sum {total:,}"
    assert demo.output.max() == total
