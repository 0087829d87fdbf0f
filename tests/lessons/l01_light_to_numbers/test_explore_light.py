"""Lesson 01: the sensor, sampling, the ADC lab, the way to the matrix, the print."""

import numpy as np
import pytest

from cnnlib.explore import (
    explore_adc,
    explore_conversion,
    explore_print,
    explore_sampling,
    explore_sensor,
)
from cnnlib.pictures import EYE, picture


def panel(demo, name):
    return next(panel for panel in demo.view.panels if panel.id == name)


def point(demo, name, row, col):
    message = {"type": "point", "panel": name, "row": row, "col": col, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


def arithmetic(demo):
    return "".join(text for text, _ in demo.view.arithmetic)


# ---- the sensor


@pytest.mark.parametrize("size", [4, 7, 64])
def test_the_window_on_the_scene_is_the_bucket(size):
    demo = explore_sensor(size)
    point(demo, "sensor", size - 1, 1)
    (window,) = demo.view.windows
    top, left, height, width = window.rectangles(size - 1, 1)[0]
    assert (top + height, left) == pytest.approx((256, 256 / size))
    assert (height, width) == pytest.approx((256 / size, 256 / size))
    assert panel(demo, "sensor").width == pytest.approx(panel(demo, "scene").width)


def test_one_photosite_in_sixteen_receives_its_part():
    demo = explore_sensor(4)
    quarter = picture("camera")[64:128, 128:192].mean() / 255
    assert demo.output[1, 2] == pytest.approx(5 * quarter)
    assert f"receives {quarter:.3f} of white" in demo.text


def test_more_light_than_a_bucket_holds_is_lost_and_counted():
    demo = explore_sensor(8, exposure=20.0)
    full = np.mean(demo.output == 5)
    assert 0 < full < 1
    assert f"{100 * full:.3g} % of the photosites are full" in demo.text
    demo.set(at=(0, 0))
    assert "but the photosite is full at 5 V" in arithmetic(demo)


def test_noise_is_another_in_each_picture_and_none_without():
    demo = explore_sensor(noise=0.5)
    first = demo.output
    press = demo.again._click_handlers.callbacks[0]
    press(demo.again)
    assert np.std(demo.output - first) == pytest.approx(0.5 * np.sqrt(2), rel=0.2)
    assert "with noise" in arithmetic(demo)
    demo.noise.value = 0.0
    quiet = demo.output
    press(demo.again)
    np.testing.assert_array_equal(demo.output, quiet)


# ---- sampling


@pytest.mark.parametrize("frequency", range(1, 41))
def test_the_wave_drawn_through_the_dots_goes_through_them(frequency):
    demo = explore_sampling(frequency, 16)
    ghost = round(abs(np.fft.fftfreq(16, 1 / 16)[frequency % 16]))
    turns = 2 * np.pi * ghost * np.arange(16) / 16
    np.testing.assert_allclose(demo.output, 0.5 + 0.5 * np.cos(turns), atol=1e-12)
    assert ("aliasing" in demo.text) == (2 * frequency > 16)
    named = "the alias" in panel(demo, "line").svg
    assert named == (ghost != frequency)
    if ghost and ghost != frequency:
        assert f"the samples fit {ghost} stripe" in demo.text


def test_at_the_limit_and_at_a_multiple_the_sentence_says_so():
    assert "the Nyquist limit" in explore_sampling(8, 16).text
    assert "no stripes at all" in explore_sampling(16, 16).text
    assert "1 sample per stripe" in explore_sampling(16, 16).text
    assert "aliasing" not in explore_sampling(7, 16).text


def test_the_scan_line_is_the_top_row_of_the_picture():
    demo = explore_sampling(13, 16, lean=0.4)
    np.testing.assert_array_equal(panel(demo, "seen").colors[0], np.rint(255 * demo.output))


# ---- the ADC lab


@pytest.mark.parametrize(
    ("volts", "bits", "code", "digits"),
    [(2.5, 3, 4, "100"), (5.0, 3, 7, "111"), (6.0, 3, 7, "111"), (0.0, 3, 0, "000"), (4.9, 1, 1, "1")],
)
def test_the_codes_of_the_lesson(volts, bits, code, digits):
    demo = explore_adc(volts, bits)
    assert f"code {code}, in binary {digits}" in demo.text
    assert [text for text, role in demo.view.arithmetic if role == "total"] == [str(code)]


def test_dot_row_bits_and_twin_move_together():
    demo = explore_adc(2.5, 3)
    for volts, code, digits in [(2.5, 4, "100"), (3.2, 5, "101"), (0.1, 0, "000")]:
        demo.volts.value = volts
        table, bits = panel(demo, "table"), panel(demo, "bits")
        row = table.labels[4 * table.cursor[0] :][:2]
        assert row == [str(code), digits]
        assert "".join(label for label in bits.labels[1::2]) == digits
        assert f"{volts} V has code {code}" in panel(demo, "staircase").alt
        tinted = np.ptp(panel(demo, "twin").colors[..., :3].astype(int), axis=-1) > 0
        np.testing.assert_array_equal(tinted, demo.output == code)


@pytest.mark.parametrize(("bits", "top", "bottom"), [(1, "2.5", "2.5"), (3, "4.375", ".625")])
def test_the_highest_code_has_no_upper_threshold_and_the_lowest_no_lower_one(bits, top, bottom):
    table = panel(explore_adc(5.0, bits), "table")
    assert table.labels[6:8] == [top, "—"]
    lowest = panel(explore_adc(0.0, bits), "table")
    rows = [lowest.labels[i : i + 4] for i in range(0, len(lowest.labels), 4)]
    assert [row[2:] for row in rows if row[0] == "0"] == [["—", bottom]]
    assert f"code {2**bits - 1}, bits {'1' * bits}, from {top};" in table.alt
    assert "—" not in panel(explore_adc(2.5, 8), "table").labels  # neither end is listed


def test_the_tie_rule_moves_only_what_lies_on_an_edge():
    demo = explore_adc(2.5, 3)
    demo.ties.value = "the lower one"
    assert "takes the lower one: code 3, in binary 011" in demo.text
    assert panel(demo, "table").labels[:4] == ["code", "bits", "above", "up to"]
    demo.volts.value = 2.6
    assert "code 4" in demo.text
    assert explore_adc(0.5, 1, full_scale=1.0, ties="down").text.startswith("0.5 V is the threshold")


def test_beyond_the_range_the_arithmetic_shows_the_clipping():
    assert "= 8, but the highest is 7" in arithmetic(explore_adc(5.0, 3))
    assert "= −1, but the lowest is 0" in arithmetic(explore_adc(0.0, 3, ties="down"))


@pytest.mark.parametrize(
    ("bits", "ramp", "sine"),
    [
        (1, 6.02, 6.44),
        (2, 12.04, 12.81),
        (3, 18.06, 19.09),
        (4, 24.08, 25.31),
        (8, 48.16, 49.79),
        (12, 72.25, 73.97),
    ],
)
def test_the_ratio_of_a_ramp_and_of_a_sine(bits, ramp, sine):
    assert f"{ramp} dB for a ramp over the whole range, {sine} dB for a sine" in arithmetic(
        explore_adc(bits=bits)
    )


@pytest.mark.parametrize("bits", range(1, 13))
def test_banding_is_quantization_and_each_bit_halves_the_step(bits):
    demo = explore_adc(bits=bits)
    bands = np.unique(panel(demo, "ramp").colors[-1, :, 0]).size
    assert bands == 2**bits or bits > 6  # the ramp is drawn in 100 columns
    assert f"A step is {5 / 2**bits:.5g} V" in demo.text
    assert len(np.unique(demo.output)) <= min(2**bits, 256)


def test_a_full_scale_that_is_none():
    with pytest.raises(ValueError, match="full_scale"):
        explore_adc(0.0, full_scale=0.0)
    with pytest.raises(ValueError, match="choose from"):
        explore_adc(ties="sideways")


# ---- the way to the matrix


def test_the_matrix_is_the_eye_with_which_lesson_02_opens():
    demo = explore_conversion()
    np.testing.assert_array_equal(demo.output, picture("eye 8x8"))
    np.testing.assert_array_equal(picture("eye 8x8"), picture("camera")[EYE])
    assert panel(demo, "codes").labels == [str(v) for v in picture("eye 8x8").flat]


@pytest.mark.parametrize(("row", "col"), [(0, 0), (255, 255), (130, 7)])
def test_eight_bits_give_the_bytes_of_the_photo_everywhere(row, col):
    demo = explore_conversion()
    point(demo, "photo", row, col)
    top, left = (min(max(place - 4, 0), 248) for place in (row, col))
    np.testing.assert_array_equal(demo.output, picture("camera")[top : top + 8, left : left + 8])


def test_one_cell_is_followed_through_all_steps():
    demo = explore_conversion()
    point(demo, "volts", 7, 7)
    assert all(panel(demo, name).cursor == (7, 7) for name in ("light", "volts", "codes"))
    assert "code 182" in demo.text
    assert f"= 182 = {182:08b} in binary" in arithmetic(demo)
    demo.exposure.value = 10.0
    assert "= 5 V, full" in arithmetic(demo)


# ---- the print


def test_the_print_of_the_lesson():
    demo = explore_print((1200, 1800))
    assert demo.output.tolist() == [120, 120, 6_480_000]
    assert demo.text == (
        "1200 × 1800 pixels take 6,480,000 bytes and print at 120 pixels per cm, 305 per inch."
    )
    demo.set(bits=1, colour=False)
    assert demo.output[2] == 270_000
    demo.across.value = 30.0
    assert "distorted" in demo.text


def test_the_paper_keeps_its_proportions_and_a_pixel_its_size():
    demo = explore_print((40, 60), (10.0, 15.0), bits=8)
    sheet = panel(demo, "print")
    assert sheet.width / sheet.height == pytest.approx(1.5, rel=0.02)
    square = panel(demo, "square").colors[:, :, 0].astype(int)
    steps = np.flatnonzero(np.abs(np.diff(square, axis=0)).sum(axis=1))
    assert set(np.diff(steps)) == {48}  # 4 pixels per cm, enlarged to 192 CSS pixels


def test_a_bit_leaves_two_values():
    demo = explore_print(bits=1, colour=False)
    assert np.unique(panel(demo, "print").colors).size == 2
