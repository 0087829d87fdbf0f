"""The convolution microscope: lesson 03's numbers by hand, and any setting against two other routes."""

import asyncio

import drive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.signal import convolve2d, correlate2d

from cnnlib import output_size
from cnnlib.explore import explore_convolution
from cnnlib.lessons.l03_a_kernel_slides import convolution
from cnnlib.shapes import BORDERS

RAMP = [[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]]
SMALL = st.tuples(st.integers(1, 6), st.integers(1, 6))
NUMBERS = st.integers(-9, 9)


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


# ---- worked by hand
def test_the_five_by_five_by_hand():
    demo = explore_convolution()
    assert demo.output.tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    assert arithmetic(demo) == "1·1 + 1·0 + 1·1 + 0·0 + 1·1 + 1·0 + 0·1 + 0·0 + 1·1 = 4"
    demo.set(row=1, col=0)
    assert arithmetic(demo).endswith("= 2")
    assert "position 4 of 9" in demo.text
    assert demo.text.endswith("Its five ones meet two ones, so the sum is 2.")


def test_the_gray_four_by_four_by_hand():
    demo = explore_convolution()
    demo.preset.value = "4×4, gray"
    assert demo.output.tolist() == [[-150, -150], [-150, -150]]  # and not 1025, -1275
    assert "add up to −150." in demo.text
    demo.flip.value = True  # a true convolution
    assert demo.output.tolist() == [[150, 150], [150, 150]]
    assert arithmetic(demo).startswith("50·(−1) + 75·0 + 100·1")
    assert explore_convolution(RAMP, [[1, 0, -1]] * 3).output.tolist() == [[-150, -150], [-150, -150]]


def test_the_flashlight_by_hand():
    demo = explore_convolution("flashlight")
    assert demo.preset.value == "32×32, colour"
    assert demo.output.shape == (28, 28)
    demo.set(row=27, col=27)
    assert "position 784 of 784" in demo.text
    assert "Its 75 products add up to" in demo.text
    assert "66 more products" in arithmetic(demo)  # nine are written out
    image = demo.image.value.astype(int)
    assert demo.output[3, 4] == (image[3:8, 4:9] * convolution.RED_TO_BLUE).sum()


def test_sizes_by_hand():
    def size(image, **geometry):
        return explore_convolution(
            np.ones((image, image), int), np.ones((3, 3), int), **geometry
        ).output.shape

    assert size(6, stride=2) == (2, 2)  # 2.5 is rounded down
    assert size(5, padding=1, stride=2) == (3, 3)
    assert size(5, padding=1) == (5, 5)
    assert explore_convolution(np.ones((32, 32), int), np.ones((7, 7), int)).output.shape == (26, 26)


def test_corners_are_read_once_the_centre_nine_times():
    visits = [[1, 2, 3, 2, 1], [2, 4, 6, 4, 2], [3, 6, 9, 6, 3], [2, 4, 6, 4, 2], [1, 2, 3, 2, 1]]
    demo = explore_convolution(np.ones((5, 5), int), np.ones((3, 3), int))
    counted = np.zeros((5, 5), int)
    (window,) = demo.view.windows
    for place in np.ndindex(demo.output.shape):
        ((top, left, rows, cols),) = window.rectangles(*place)
        counted[top : top + rows, left : left + cols] += 1
    assert counted.tolist() == visits


def test_the_single_one_of_a_kernel_finds_its_place():
    demo = explore_convolution("binary 5x5", np.eye(1, 9, 4, int).reshape(3, 3))
    np.testing.assert_array_equal(demo.output, demo.image.value[1:4, 1:4])


# ---- against other routes
@settings(max_examples=60)
@given(
    image=hnp.arrays(int, SMALL, elements=NUMBERS),
    kernel=hnp.arrays(int, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=NUMBERS),
    stride=st.integers(1, 4),
    padding=st.integers(0, 3),
    dilation=st.integers(1, 3),
    flip=st.booleans(),
    border=st.sampled_from(list(BORDERS)),
)
def test_any_setting(image, kernel, stride, padding, dilation, flip, border):
    geometry = {"stride": stride, "padding": padding, "dilation": dilation}
    try:
        size = output_size(image.shape, kernel.shape, **geometry)
    except ValueError:
        with pytest.raises(ValueError, match="larger than the padded image"):
            explore_convolution(image, kernel, **geometry, flip=flip, border=border)
        return
    demo = explore_convolution(image, kernel, **geometry, flip=flip, border=border)
    assert demo.output.shape == size
    spread = np.zeros([dilation * (k - 1) + 1 for k in kernel.shape], int)
    spread[::dilation, ::dilation] = kernel
    padded = np.pad(image, padding, mode=BORDERS[border])
    slide = convolve2d if flip else correlate2d
    # SciPy swaps the two where only one direction fits; the windows of the padded picture do fit.
    expected = slide(padded, spread, "full")
    rows, cols = (k - 1 for k in spread.shape)
    expected = expected[rows : padded.shape[0], cols : padded.shape[1]][::stride, ::stride]
    np.testing.assert_array_equal(demo.output, expected)
    for place in {(0, 0), (size[0] - 1, size[1] - 1)}:
        demo.set(row=place[0], col=place[1])
        assert drive.owes(demo) == []
        np.testing.assert_array_equal(drive.result_of(demo.code["NumPy"]), demo.output)
        _check_arithmetic(demo, place)
        _check_window(demo, padded, place, flip)


def _check_arithmetic(demo, place):
    text = arithmetic(demo).replace("−", "-").replace("·", "*")
    terms, total = text.split(" = ")
    assert eval(terms) == int(total) == demo.output[place]


def _check_window(demo, padded, place, flip):
    """The outlined pixels, weighed in order, make the number pointed at."""
    (window,) = demo.view.windows
    kernel = demo.kernel.value[::-1, ::-1] if flip else demo.kernel.value
    pixels = [padded[r : r + h, c : c + w] for r, c, h, w in window.rectangles(*place)]
    assert np.concatenate([p.ravel() for p in pixels]) @ kernel.ravel() == demo.output[place]


torch_settings = [
    {"stride": 2, "padding": 1},
    {"padding": 3, "border": "reflect"},
    {"padding": 3, "border": "edge", "dilation": 2},
    {"padding": 2, "border": "wrap", "flip": True},
    {"padding": 2, "border": "symmetric"},
]


@pytest.mark.parametrize("more", torch_settings)
@pytest.mark.parametrize("preset", list(convolution.PRESETS))
def test_the_pytorch_text_gives_the_same_numbers(preset, more):
    pytest.importorskip("torch")
    name, kernel = convolution.PRESETS[preset]
    demo = explore_convolution(name, kernel, **more)
    np.testing.assert_allclose(drive.result_of(demo.code["PyTorch"]), demo.output)


@pytest.mark.parametrize("border", BORDERS)
def test_the_pytorch_text_also_where_padding_is_wider_than_the_picture(border):
    pytest.importorskip("torch")
    demo = explore_convolution(np.arange(4).reshape(2, 2), np.ones((2, 2), int), padding=3, border=border)
    np.testing.assert_allclose(drive.result_of(demo.code["PyTorch"]), demo.output)


# ---- controls
def test_stepping_back_and_forward_and_to_the_start():
    demo = explore_convolution()
    places = []
    for button in [demo.forward] * 4 + [demo.back] * 2 + [demo.to_start, demo.back]:
        drive.press(button)
        places.append((demo.row.value, demo.col.value))
    assert places == [(0, 1), (0, 2), (1, 0), (1, 1), (1, 0), (0, 2), (0, 0), (0, 0)]
    for _ in range(12):
        drive.press(demo.forward)
    assert (demo.row.value, demo.col.value) == (2, 2)


def seen(demo):
    return [bool(label) for label in next(p for p in demo.view.panels if p.id == "map").labels]


def test_numbers_appear_in_the_map_as_they_are_reached():
    demo = explore_convolution()
    assert seen(demo) == [True] + [False] * 8
    demo.set(row=1, col=1)
    assert seen(demo) == [True] * 5 + [False] * 4
    drive.press(demo.back)
    assert seen(demo) == [True] * 5 + [False] * 4  # what was found stays
    demo.whole.value = True
    assert seen(demo) == [True] * 9
    demo.whole.value = False
    drive.press(demo.to_start)
    assert seen(demo) == [True] + [False] * 8


def test_a_preset_brings_its_picture_and_kernel_and_starts_anew():
    demo = explore_convolution()
    demo.set(row=2, col=2)
    demo.preset.value = "4×4, gray"
    assert (demo.row.value, demo.col.value, demo.reached.value) == (0, 0, 0)
    assert demo.image.value.shape == (4, 4)
    assert demo.kernel.value.tolist() == [[1, 0, -1]] * 3


def test_the_presets_are_never_written_into():
    kept = {preset: kernel.copy() for preset, (_, kernel) in convolution.PRESETS.items()}
    for preset, (name, kernel) in convolution.PRESETS.items():
        for demo in (explore_convolution(name), explore_convolution(name, kernel), explore_convolution()):
            demo.preset.value = preset
            with pytest.raises(ValueError, match="read-only"):
                demo.kernel.value[:] = 99
            for _, act in list(drive.moves(demo)):
                act()
    for preset, (_, kernel) in convolution.PRESETS.items():
        np.testing.assert_array_equal(kernel, kept[preset])


def test_padding_is_hatched_and_cannot_be_typed_into():
    demo = explore_convolution(padding=1)
    image = demo.view.panels[0]
    assert image.marks.sum() == 7 * 7 - 5 * 5
    assert image.origin == (-1, -1)
    message = {"type": "edit", "panel": "image", "row": 0, "col": 0, "text": "1", "number": 1}
    demo.grid._on_message(demo.grid, message, [])
    assert "is a padding pixel" in demo.problem
    demo.grid._on_message(demo.grid, message | {"row": 1, "col": 1, "text": "0"}, [])
    assert demo.image.value[0, 0] == 0
    assert demo.problem == ""


def test_a_kernel_too_large_is_told_and_the_last_picture_stays():
    demo = explore_convolution()
    before = demo.output
    demo.dilation.value = 3
    assert (
        "3 × 3 kernel with dilation 3 spans 7 × 7 and is larger than the padded image of 5 × 5"
        in demo.problem
    )
    assert demo.output is before
    demo.padding.value = 1
    assert demo.problem == ""
    assert demo.output.shape == (1, 1)


@pytest.mark.parametrize(
    ("image", "kernel", "why"),
    [
        ("no such picture", None, "picture"),
        (np.ones((2, 2)), np.ones((3, 3)), "larger than the padded image"),
        (np.ones(4), np.ones((1, 1)), r"image \(4,\) cannot be drawn; give one of shape \(H, W\)"),
        (np.ones((4, 4)), np.ones(3), r"kernel \(3,\) cannot be drawn"),
        (np.ones((4, 4, 4)), np.ones((3, 3, 4)), r"image \(4, 4, 4\) cannot be drawn"),
        (np.ones((4, 4, 3)), np.ones((3, 3)), "do not go together"),
        (np.ones((4, 4)), np.ones((3, 3, 3)), "do not go together"),
        (np.ones((0, 4)), np.ones((3, 3)), "cannot be drawn"),
        (np.full((4, 4), np.nan), None, "image holds NaN or infinity; replace them"),
        (np.eye(4), np.full((3, 3), np.inf), "kernel holds NaN or infinity; replace them"),
        ([[1, 2], [3]], None, "the rows differ in length"),
        ([["a", "b"]], None, "give whole or real numbers"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_sentence(image, kernel, why):
    with pytest.raises(ValueError, match=why) as caught:
        explore_convolution(image, kernel)
    assert ":" in str(caught.value)


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ({"stride": 9}, "stride: 9 lies outside the slider; choose from 1 to 4"),
        ({"padding": -1}, "padding: -1 lies outside the slider; choose from 0 to 3"),
        ({"border": "mirror"}, "border: 'mirror' is unknown; choose from zero, reflect"),
    ],
)
def test_a_setting_that_no_control_can_take_is_told(setting, why):
    with pytest.raises(ValueError, match=why):
        explore_convolution(**setting)


@pytest.mark.parametrize("name", ["camera", "stripes", "coffee", "gray 4x4", "ramp 4x4"])
def test_any_picture_of_the_course_fits_the_page(name):
    kernel = np.ones((3, 3, 3), int) if name == "coffee" else np.ones((3, 3), int)
    demo = explore_convolution(name, kernel)
    assert drive.panels(demo.view) == []
    assert demo.picture().width == 1536


def test_hidden_controls_come_out_when_asked_for():
    assert explore_convolution().stride not in explore_convolution().bar.children
    demo = explore_convolution(show=["stride", "border"])
    assert demo.stride in demo.bar.children
    assert demo.border in demo.bar.children
    assert demo.padding not in demo.bar.children
    with pytest.raises(ValueError, match="no control is called strid"):
        explore_convolution(show=["strid"])


def test_one_name_is_not_its_letters():
    demo = explore_convolution(show="stride", hide="speed")
    assert demo.stride in demo.bar.children
    assert demo.speed not in demo.bar.children
    with pytest.raises(ValueError, match="no control is called strid;"):
        explore_convolution(show="strid")


def test_the_code_names_a_picture_while_it_is_unchanged():
    demo = explore_convolution("camera")
    assert "image = picture('camera')\n" in demo.code["NumPy"]
    np.testing.assert_array_equal(drive.result_of(demo.code["NumPy"]), demo.output)
    demo.preset.value = "4×4, gray"
    demo.kernel.value = [[1, 2]]
    assert "image = picture('gray 4x4')\n" in demo.code["NumPy"]
    demo.image.value = np.arange(9).reshape(3, 3)
    assert "[0, 1, 2]" in demo.code["NumPy"]
    np.testing.assert_array_equal(drive.result_of(demo.code["NumPy"]), demo.output)


def grays(demo):
    return demo.view.panels[0].pixels[..., 0]


def test_a_seven_among_ones_leaves_the_ones_to_be_seen():
    demo = explore_convolution()
    assert set(grays(demo).flat) == {0, 255}
    demo.grid._on_message(
        demo.grid, {"type": "edit", "panel": "image", "row": 4, "col": 4, "text": "7", "number": 1}, []
    )
    assert (grays(demo)[4, 4], grays(demo)[0, 0]) == (255, 36)  # 255 / 7


@pytest.mark.parametrize(("value", "gray"), [(0, 0), (0.2, 51), (1, 255), (15, 255), (16, 16), (300, 255)])
def test_small_numbers_share_the_whole_scale(value, gray):
    assert (grays(explore_convolution(np.full((4, 4), value))) == gray).all()


@pytest.mark.parametrize("show", ["image", "flashlight"])
def test_a_picture_too_large_to_play_with_is_told(show):
    image = np.zeros((1025, 3) if show == "image" else (3, 1025, 3))
    with pytest.raises(ValueError, match=r"image \(.*1025.* longer than 1024 pixels; make it smaller"):
        explore_convolution(image)


def test_playing_needs_no_help_from_outside():
    demo = explore_convolution()
    demo.speed.value = 20

    async def play():
        demo.play.click()
        await asyncio.sleep(0)
        demo.play.click()

    asyncio.run(play())
    assert (demo.row.value, demo.col.value) == (0, 1)


@pytest.mark.parametrize("image", ["binary 5x5", "flashlight"])
@pytest.mark.parametrize(("flip", "symbol"), [(False, "⋆"), (True, "∗")])
def test_only_a_flipped_kernel_stands_behind_the_sign_of_convolution(image, flip, symbol):
    demo = explore_convolution(image, flip=flip)
    assert [panel.symbol for panel in demo.view.panels if panel.id == "kernel"] == [symbol]
