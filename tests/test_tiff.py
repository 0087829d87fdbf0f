"""Every type of sample a TIFF can hold, in every order: what `load_image` shows against what was written."""

import numpy as np
import pytest
from picture_files import tiff

from cnnlib.images import load_image

UNSIGNED = {1: "u1", 2: "u1", 4: "u1", 6: "u1", 8: "u1", 10: "u2", 12: "u2", 14: "u2", 16: "u2"}
WIDE = {24: "u4", 32: "u4", 64: "u8"}
TYPES = [*UNSIGNED.items(), *WIDE.items(), (8, "i1"), (16, "i2"), (32, "i4"), (64, "i8")]
TYPES += [(16, "f2"), (32, "f4"), (64, "f8")]
LAYOUTS = [
    {},
    {"strip": 2},
    {"tile": (16, 16)},
    {"big": True},
    {"compression": 8},
    {"compression": 5, "strip": 3},
    {"compression": 32773},
    {"planar": 2, "strip": 3},
    {"planar": 2, "compression": 32946, "tile": (16, 16)},
    {"predictor": 2, "compression": 8},
    {"predictor": 2, "compression": 5, "tile": (16, 16)},
    {"predictor": 3, "compression": 8},
    {"predictor": 3, "compression": 5, "tile": (16, 16)},
]


def drawn(bits, kind, shape):
    """Numbers over the whole range of a type, its ends among them, and that range."""
    rng = np.random.default_rng(bits)
    if kind[0] == "f":
        values, low, high = rng.random(shape).astype(kind), 0, 1
    else:
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if kind[0] == "i" else (0, 2**bits - 1)
        values = rng.integers(low, high, shape, dtype=kind, endpoint=True)
    values.flat[:2] = low, high
    return values, low, high


def agrees(found, expected):
    np.testing.assert_array_less(np.abs(found.astype(float) - expected), 0.501)


@pytest.mark.parametrize(("bits", "kind"), TYPES)
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("photometric", [0, 1, 2])
def test_every_type_order_and_layout(bits, kind, order, photometric):
    values, low, high = drawn(bits, kind, (19, 21, 3) if photometric == 2 else (19, 21))
    shown = (values.astype(float) - low) / (float(high) - low) * 255
    shown = 255 - shown if photometric == 0 else shown
    for layout in LAYOUTS:
        predictor = layout.get("predictor")
        if (predictor == 3 and kind[0] != "f") or (predictor == 2 and bits not in (8, 16, 32, 64)):
            continue
        data = tiff(values, bits=bits, order=order, photometric=photometric, **layout)
        agrees(load_image(data, mode="rgb" if photometric == 2 else "gray"), shown)


@pytest.mark.parametrize(("bits", "kind"), [pair for pair in TYPES if pair[0] >= 8])
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("photometric", [0, 1, 2])
def test_alpha_lets_white_through(bits, kind, order, photometric):
    colours, low, high = drawn(bits, kind, (19, 21, 3 if photometric == 2 else 1))
    alpha = drawn(bits, kind, (19, 21, 1))[0]
    alpha[alpha < 0] = 0
    shown = (colours.astype(float) - low) / (float(high) - low) * 255
    shown = 255 - alpha / float(high) * (shown if photometric == 0 else 255 - shown)
    samples = np.concatenate([colours, alpha], axis=2)
    for layout in LAYOUTS[:9]:
        data = tiff(samples, bits=bits, order=order, photometric=photometric, extra=[2], **layout)
        agrees(load_image(data, mode="rgb"), np.broadcast_to(shown, (19, 21, 3)))


@pytest.mark.parametrize("kind", ["u1", "u2", "f4"])
def test_colours_that_were_multiplied_by_alpha_are_laid_over_white_all_the_same(kind):
    full = 1 if kind == "f4" else np.iinfo(kind).max
    samples = (np.array([[[0.2, 0.4], [0.2, 0.2], [0, 0], [0, 1], [1, 1]]]) * full).astype(kind)
    black_is_0 = load_image(tiff(samples, extra=[1]))
    white_is_0 = load_image(tiff(samples, extra=[1], photometric=0))
    np.testing.assert_allclose(black_is_0, [[204, 255, 255, 0, 255]], atol=1)
    np.testing.assert_allclose(white_is_0, [[204, 204, 255, 255, 0]], atol=1)


def test_further_channels_are_left_out():
    samples = np.array([[[7, 99, 100], [200, 0, 255]]], np.uint8)
    assert load_image(tiff(samples, extra=[0, 0])).tolist() == [[7, 200]]
    assert load_image(tiff(samples, extra=[0, 2])).tolist() == [[158, 200]]  # 255 - 100 / 255 * (255 - 7)
    four = np.array([[[7, 8, 9, 0]]], np.uint16) * 257
    assert load_image(tiff(four, photometric=2, extra=[0]), mode="rgb").tolist() == [[[7, 8, 9]]]
    not_told = tiff(four, photometric=2)
    assert load_image(not_told, mode="rgb").tolist() == [[[255] * 3]]  # then it is alpha


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize("order", "<>")
def test_colours_of_a_palette_are_looked_up(bits, order):
    rng = np.random.default_rng(bits)
    colours, places = rng.integers(0, 256, (2**bits, 3)), rng.integers(0, 2**bits, (5, 7), dtype=np.uint8)
    tags = {320: (colours.T * 257).ravel().tolist()}
    for compression in (1, 5, 8, 32773):
        data = tiff(places, bits=bits, order=order, photometric=3, compression=compression, tags=tags)
        np.testing.assert_array_equal(load_image(data, mode="rgb"), colours[places])


def test_numbers_whose_bits_run_backwards():
    mirrored = [int(f"{value:08b}"[::-1], 2) for value in (0, 1, 2, 250)]
    for photometric, shown in ((1, [0, 1, 2, 250]), (0, [255, 254, 253, 5])):
        data = tiff(np.array([mirrored], np.uint8), photometric=photometric, tags={266: [2]})
        assert load_image(data).tolist() == [shown]
    wide = np.array([mirrored], np.uint8).view(np.uint16)
    assert load_image(tiff(wide, tags={266: [2]})).tolist() == [[1, 250 * 256 // 257]]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_scan_of_16_bits_is_turned_upright(orientation):
    scene = np.zeros((4, 6), np.uint16)
    scene[0, 0] = 65535
    turns = [scene, scene[:, ::-1], scene[::-1, ::-1], scene[::-1]]
    turns += [scene.T, scene.T[::-1], scene.T[::-1, ::-1], scene.T[:, ::-1]]
    data = tiff(np.ascontiguousarray(turns[orientation - 1]), tags={274: [orientation]})
    np.testing.assert_array_equal(load_image(data), scene // 257)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.float32([-0.1, 0, 0.1]), [0, 128, 255]),
        (np.float32([70000, 70000.25, 70000.5]), [0, 128, 255]),
        (np.float64([-1e-9, 0, 1e-9]), [0, 128, 255]),
        (np.float64([1e300, 1e300, 1e300]), [0, 0, 0]),
        (np.float64([np.nan, -np.inf, np.inf]), [0, 0, 255]),
        (np.float64([0, np.nan, np.inf, 1]), [0, 0, 255, 255]),
        (np.uint32([2**31, 2**31 + 100, 2**31 + 200]), [0, 128, 255]),
        (np.uint32([0, 7, 255]), [0, 7, 255]),
        (np.int16([0, 7, 255]), [0, 7, 255]),
        (np.int16([-1000, 0, 3000]), [0, 64, 255]),
        (np.int8([-128, 0, 100, 127]), [0, 128, 228, 255]),
    ],
)
def test_what_does_not_say_its_range_shows_all_it_holds(values, expected):
    found = load_image(tiff(values[None]))[0]
    np.testing.assert_allclose(found.astype(int), expected, atol=1)


def test_the_white_end_of_floats():
    data = tiff(np.float64([[0, 0.25, np.nan, np.inf, -np.inf]]), photometric=0)
    assert load_image(data).tolist() == [[255, 191, 0, 0, 255]]


def test_the_files_of_the_report():
    """Min-is-white of 16 bits, 12 bits, whole numbers of 32: each gave a wrong picture without a word."""
    white_is_0 = tiff(np.uint16([[0, 16384, 49152, 65535]]), photometric=0)
    assert load_image(white_is_0).tolist() == [[255, 191, 64, 0]]
    assert load_image(tiff(np.uint16([[0, 1000, 2048, 4095]]), bits=12)).tolist() == [[0, 62, 128, 255]]
    big = np.uint32([[0, 2**30, 2**31, 2**32 - 1]])
    assert load_image(tiff(big)).tolist() == [[0, 64, 128, 255]]


@pytest.mark.parametrize("damage", ["cut", "strips"])
@pytest.mark.parametrize("compression", [1, 5, 8, 32773])
def test_a_file_that_is_cut_short_is_refused(damage, compression):
    values = np.random.default_rng(0).integers(0, 65536, (64, 64), dtype=np.uint16)
    tags = {273: [8], 279: [2000]} if damage == "cut" else {278: [16]}
    with pytest.raises(ValueError, match=r"^load_image: this file is (a )?damaged .*; copy it again, or"):
        load_image(tiff(values, compression=compression, tags=tags)[: 2000 if damage == "cut" else None])


def test_a_rare_kind_is_not_told_to_become_what_it_is():
    complex_numbers = tiff(np.zeros((2, 2), np.uint64), tags={339: [6]})
    with pytest.raises(ValueError, match=r"is a damaged TIFF or one of a rare kind; copy it again"):
        load_image(complex_numbers)


def test_numbers_too_large_for_the_memory_are_refused_by_their_header():
    for tags in ({256: [6000], 257: [6000], 277: [3]}, {322: [2**20], 323: [2**20], 324: [8], 325: [32]}):
        with pytest.raises(ValueError, match=r"million pixels; make it smaller first$"):
            load_image(tiff(np.zeros((2, 2), np.float64), tags=tags))
