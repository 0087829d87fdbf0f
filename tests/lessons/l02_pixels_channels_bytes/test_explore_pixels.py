"""Lesson 02: the inspector, channels, the apple, indices and memory, bytes and video say what NumPy says."""

import itertools

import numpy as np
import pytest
from PIL import Image

from cnnlib.display import clipped, dominant, over, wrapped
from cnnlib.drawing import bouncing_ball
from cnnlib.explore import (
    explore_apple,
    explore_arithmetic,
    explore_byte,
    explore_channels,
    explore_index,
    explore_pixels,
    explore_video,
)
from cnnlib.lessons.l02_pixels_channels_bytes.index import tiny
from cnnlib.pictures import picture


def said(demo):
    """Return the results that stand in the arithmetic."""
    return [text for text, role in demo.view.arithmetic if role == "total"]


def point(demo, panel, row, col):
    """Point at a cell of a panel, as the page does."""
    message = {"type": "point", "panel": panel, "row": row, "col": col, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


def shown(demo, name):
    """Return a panel by its name."""
    return next(panel for panel in demo.view.panels if panel.id == name)


# ---- the channel mixer
def test_each_photosite_of_a_bayer_mosaic_measures_one_channel_and_half_of_them_green():
    image = picture("flashlight")
    mosaic = explore_channels(show="Bayer mosaic").output
    assert (mosaic[0::2, 0::2] == image[0::2, 0::2] * [1, 0, 0]).all()
    assert (mosaic[0::2, 1::2] == image[0::2, 1::2] * [0, 1, 0]).all()
    assert (mosaic[1::2, 0::2] == image[1::2, 0::2] * [0, 1, 0]).all()
    assert (mosaic[1::2, 1::2] == image[1::2, 1::2] * [0, 0, 1]).all()
    for at, colour in {(0, 0): "red", (0, 1): "green", (1, 0): "green", (1, 1): "blue"}.items():
        demo = explore_channels(show="Bayer mosaic", at=at)
        assert f"this photosite measures {colour} alone" in demo.text
        assert said(demo) == [str(image[at][["red", "green", "blue"].index(colour)])]


# ---- the pixel inspector
def test_the_selected_pixel_keeps_its_place_in_a_crop_that_moves():
    demo = explore_pixels(at=(10, 20), size=(4, 6))
    point(demo, "crop", 1, 5)
    assert demo.pixel.value == (11, 25)
    point(demo, "image", 100, 50)
    image = picture("camera")
    np.testing.assert_array_equal(demo.output, image[100:104, 50:56])
    assert shown(demo, "crop").cursor == (1, 5)
    assert f"row 101, column 55 holds {image[101, 55]}:" in demo.text
    assert said(demo) == [f"{image[101, 55]:08b}", f"{101 * 256 + 55:,}", "24 bytes"]


def test_the_crop_stays_on_the_picture_when_it_grows():
    demo = explore_pixels(at=(248, 248))
    demo.set(rows=64, cols=30)
    np.testing.assert_array_equal(demo.output, picture("camera")[192:, 226:])
    assert shown(demo, "image").cursor == (192, 226)
    demo.set(photo="stairs")
    assert demo.output.shape == (64, 30)
    assert shown(demo, "image").cursor == (64, 98)


def test_the_pixel_keeps_the_place_it_is_seen_in_though_the_crop_was_moved_by_its_size():
    demo = explore_pixels(at=(248, 248))
    demo.rows.value = 64
    assert shown(demo, "crop").cursor == (60, 4)
    point(demo, "image", 0, 0)
    assert shown(demo, "crop").cursor == (60, 4)


def test_a_picture_smaller_than_the_crop_is_all_crop():
    demo = explore_pixels(np.arange(12).reshape(3, 4), at=(0, 0))
    assert demo.output.tolist() == np.arange(12).reshape(3, 4).tolist()


@pytest.mark.parametrize("image", [[[0.5]], [[256]], [[-1]]])
def test_what_is_no_byte_is_refused(image):
    with pytest.raises(ValueError, match="no byte can; give whole numbers from 0 to 255"):
        explore_pixels(image)


def test_the_static_picture_outlines_the_whole_crop():
    card = np.asarray(explore_pixels(np.zeros((64, 64)), at=(8, 4), size=(16, 32)).picture()).astype(int)
    left = card[:620, : card.shape[1] // 2]  # above the arithmetic; cells of 4 CSS pixels, two dots each
    rows, cols = np.nonzero((left == (230, 159, 0)).all(-1))
    assert np.ptp(rows) == pytest.approx(16 * 4 * 2, abs=8)
    assert np.ptp(cols) == pytest.approx(32 * 4 * 2, abs=8)


# ---- channels
def test_channels_mixed_muted_and_faded():
    image = picture("flashlight")
    demo = explore_channels(gains=(1, 0.5, 2), alpha=0.25, ground="black")
    expected = 0.25 * np.minimum(image * [1, 0.5, 2], 255)
    np.testing.assert_allclose(demo.output, expected)
    demo.mute_red.value = True
    expected[..., 0] = 0
    np.testing.assert_allclose(demo.output, expected)
    assert not shown(demo, "red").colors.any()


def test_luma_is_pillows():
    image = picture("chelsea")
    gray = explore_channels("chelsea", show="luma").output
    assert np.abs(gray - np.array(Image.fromarray(image).convert("L"))).max() <= 0.5 + 1e-3
    np.testing.assert_allclose(explore_channels("chelsea", show="mean").output, image.sum(-1) / 3)


@pytest.mark.parametrize("show", ["colour", "luma", "mean"])
@pytest.mark.parametrize("alpha", [0.0, 0.4, 1.0])
def test_the_written_result_is_the_one_shown(show, alpha):
    demo = explore_channels([[[200, 100, 40]]], gains=(2, 1, 0.5), show=show, alpha=alpha)
    written = [float(text.split(" → ")[-1]) for text in said(demo)]
    final = written if alpha == 1 else written[1::2]
    np.testing.assert_allclose(final, np.ravel(demo.output), rtol=5e-3)


def test_a_gray_picture_has_no_channels():
    with pytest.raises(ValueError, match=r"has one channel; give a colour picture \(H, W, 3\)"):
        explore_channels("camera")


def test_over_and_dominant():
    assert over(np.array([10, 20]), 1, 255).tolist() == [10, 20]
    assert over(np.array([10, 20]), 0, 255).tolist() == [255, 255]
    assert [(dominant(picture("apple 4x4")) == channel).sum() for channel in range(3)] == [11, 5, 0]


# ---- the apple
def test_the_apple_takes_144_bits():
    assert said(explore_apple()) == ["111  100  100", "144 bits = 18 bytes"]


@pytest.mark.parametrize(("text", "kept"), [("9", 7), ("-3", 0), ("2.6", 3), ("5", 5)])
def test_an_edit_is_held_to_three_bits(text, kept):
    demo = explore_apple()
    edit = {"type": "edit", "panel": "blue", "row": 2, "col": 3, "text": text, "number": 1}
    demo.grid._on_message(demo.grid, edit, [])
    assert demo.output[2, 3].tolist() == [6, 1, kept]
    assert ("does not fit into 3 bits" in demo.text) == (text != "5")
    assert picture("apple 4x4")[2, 3].tolist() == [6, 1, 1]
    point(demo, "image", 2, 3)
    assert demo.text.startswith(f"Row 2, column 3 is red 6, green 1, blue {kept}:")


@pytest.mark.parametrize(
    "image", ["camera", np.zeros((7, 2, 3)), np.full((2, 2, 3), 8), np.full((2, 2, 3), 0.5)]
)
def test_no_apple(image):
    with pytest.raises(ValueError, match=r"^explore_apple: .*; give at most 6 x 6 pixels"):
        explore_apple(image)


# ---- indices and memory
@pytest.mark.parametrize("layout", ["HWC", "CHW"])
def test_every_place_in_memory_is_found_from_both_sides(layout):
    demo = explore_index(layout=layout)
    image, names = tiny(), ("red", "green", "blue")
    for row, col, channel in itertools.product(range(3), range(6), range(3)):
        demo.set(row=row, col=col, channel=names[channel])
        value, flat, address = said(demo)
        assert int(value) == demo.output[int(flat)] == image[row, col, channel]
        assert address == f"{1000 + int(flat):,}"
        cursor = shown(demo, "memory").cursor
        assert cursor == divmod(int(flat), 18)
        demo.set(row=0, col=0, channel="red")
        point(demo, "memory", *cursor)
        assert (demo.row.value, demo.col.value, demo.channel.value) == (row, col, names[channel])


def test_pointing_twice_at_one_place_of_memory():
    demo = explore_index()
    point(demo, "memory", 2, 17)
    point(demo, "image", 0, 0)
    point(demo, "memory", 2, 17)
    assert (demo.row.value, demo.col.value) == (2, 5)


def test_swapped_indices_are_another_pixel_or_an_error():
    demo = explore_index((1, 2))
    demo.swap.value = True
    assert "get row 2, column 1: no error, but another pixel" in demo.text
    point(demo, "image", 0, 5)
    with pytest.raises(IndexError):
        tiny()[5, 0]
    assert "image[5, 0] is an IndexError" in demo.problem
    point(demo, "image", 2, 2)
    assert demo.problem == ""
    assert demo.swap.value
    assert "Row 2, column 2" in demo.text


def test_wide_types_are_farther_apart():
    assert said(explore_index(dtype="float64"))[-1] == f"{1000 + 8 * 31:,}"


# ---- bytes
def test_every_byte_from_its_bits_and_back():
    demo = explore_byte()
    for value in range(256):
        demo.value.value = value
        bits = [int(demo.values[f"bit{128 >> i}"]) for i in range(8)]
        assert bits == np.unpackbits(np.uint8(value)).tolist()
        assert f"{value:08b}" in demo.text
        assert said(demo) == [str(value)]
    demo.bit1.value = False
    assert demo.output == 254


def test_counting_goes_round():
    demo = explore_byte(255)
    demo.more.click()
    assert demo.output == 0
    demo.less.click()
    assert demo.output == 255


def test_sums_of_bytes_are_numpys():
    numbers = np.array([[5, 100, 200, 250]], np.uint8)
    demo = explore_arithmetic(add=10)
    assert demo.output[1].tolist() == (numbers + np.uint8(10))[0].tolist() == [15, 110, 210, 4]
    demo.add.value = -101
    assert demo.output[1].tolist() == (numbers - np.uint8(101))[0].tolist()
    demo.times.value = 2.5
    true = numbers.astype(float) * 2.5 - 101
    np.testing.assert_allclose(demo.output, np.concatenate([true, wrapped(true), clipped(true)]))


@pytest.mark.parametrize("numbers", [(1, 2, 3), (1, 2, 3, 256), (1, 2, 3, 0.5)])
def test_no_bytes(numbers):
    with pytest.raises(ValueError, match="are not four bytes; give four, from 0 to 255"):
        explore_arithmetic(numbers=numbers)


# ---- video
def test_the_ball_moves_and_nothing_else_does():
    video = bouncing_ball()
    assert video.shape == (12, 36, 48, 3)
    assert (bouncing_ball() == video).all()
    moves = (video[1:] != video[:-1]).any(-1)
    assert moves.any((1, 2)).all()
    assert moves.mean((1, 2)).max() < 0.15
    assert not (bouncing_ball(seed=1)[0] == video[0]).all()
    with pytest.raises(ValueError, match=r"bouncing_ball: 1 frames .*; use 2 frames"):
        bouncing_ball(frames=1)


def test_the_difference_of_two_frames():
    demo = explore_video(5)
    video = bouncing_ball().astype(float)
    np.testing.assert_allclose(demo.output, (video[5] - video[4]) @ [0.299, 0.587, 0.114], atol=1e-9)
    assert f"{(video[5] != video[4]).any(-1).sum()} of 1,728 pixels" in demo.text
    assert said(demo) == [f"{video.size:,} bytes"]
    point(demo, "film", 0, 0)
    assert not demo.output.any()


def test_steps_of_the_player_end_at_the_last_frame_and_begin_anew():
    demo = explore_video(9)
    work = demo._work
    for frame in (10, 11, 0, 1):
        work.step()
        assert demo.frame.value == frame
