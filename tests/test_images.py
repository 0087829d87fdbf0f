"""`load_image`: every format and mode, and one clear ValueError for everything else."""

import io
import os
import struct
import subprocess
import sys
import warnings
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_files import png as write_png
from picture_files import tiff as write_tiff
from PIL import Image, ImageFile, PngImagePlugin

from cnnlib.images import load_image

FORMATS = ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"]
COLOURS = np.array(
    [[[250, 10, 20], [20, 240, 30], [0, 0, 0]], [[10, 20, 230], [255, 255, 255], [128, 128, 128]]]
)
COLOURS = COLOURS.astype(np.uint8).repeat(16, axis=0).repeat(16, axis=1)  # 32 rows x 48 columns of flat tiles


def encode(image, file_format, **options):
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def png(width, height, *, bits=8, kind=0, body=b""):
    """A PNG written by hand, so that its header may lie."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    pixels = zlib.compress(body)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def luma(rgb):
    return np.rint(rgb @ [0.299, 0.587, 0.114])


# Formats and modes


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_gives_colour_and_luma(file_format):
    options = {"lossless": True} if file_format == "WEBP" else {"quality": 95, "subsampling": 0}
    data = encode(Image.fromarray(COLOURS), file_format, **options)
    near = {"JPEG": 6, "GIF": 3}.get(file_format, 0)
    rgb, gray = load_image(data, mode="rgb"), load_image(data)
    assert rgb.shape == (32, 48, 3)
    assert gray.shape == (32, 48)
    assert rgb.dtype == gray.dtype == np.uint8
    np.testing.assert_allclose(rgb.astype(int), COLOURS, atol=near)
    np.testing.assert_allclose(gray.astype(int), luma(COLOURS), atol=near + 1)


def test_gray_in_colour_has_three_equal_channels():
    gray = np.arange(256, dtype=np.uint8).reshape(16, 16)
    rgb = load_image(encode(Image.fromarray(gray), "PNG"), mode="rgb")
    np.testing.assert_array_equal(rgb, np.stack([gray] * 3, axis=2))


def test_one_bit_becomes_black_and_white():
    bits = np.array([[True, False], [False, True]])
    for file_format in ("PNG", "BMP", "TIFF", "GIF"):
        np.testing.assert_array_equal(load_image(encode(Image.fromarray(bits), file_format)), bits * 255)


def test_palette_colours_are_looked_up_and_transparent_ones_white():
    image = Image.fromarray(np.array([[0, 1, 2]], np.uint8))
    image.putpalette([255, 0, 0, 0, 0, 255, 9, 9, 9])
    for file_format in ("PNG", "GIF"):
        data = encode(image, file_format, transparency=1)
        np.testing.assert_array_equal(load_image(data, mode="rgb"), [[[255, 0, 0], [255] * 3, [9] * 3]])
    np.testing.assert_array_equal(
        load_image(encode(image, "PNG"), mode="rgb"), [[[255, 0, 0], [0, 0, 255], [9] * 3]]
    )


@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "WEBP"])
def test_alpha_is_laid_over_white(file_format):
    rgba = np.array([[[200, 100, 0, 255], [200, 100, 0, 0], [200, 100, 0, 51]]], np.uint8)
    options = {"lossless": True, "exact": True} if file_format == "WEBP" else {}
    rgb = load_image(encode(Image.fromarray(rgba), file_format, **options), mode="rgb")
    np.testing.assert_allclose(rgb[0].astype(int), [[200, 100, 0], [255, 255, 255], [244, 224, 204]], atol=1)


def test_gray_with_alpha_and_a_transparent_gray_become_white_where_clear():
    pair = np.array([[[60, 255], [60, 0], [60, 128]]], np.uint8)
    gray = load_image(encode(Image.fromarray(pair, "LA"), "PNG"))
    np.testing.assert_allclose(gray[0].astype(int), [60, 255, 157], atol=1)
    plain = Image.fromarray(np.array([[10, 20]], np.uint8))
    np.testing.assert_array_equal(load_image(encode(plain, "PNG", transparency=10)), [[255, 20]])


def test_colours_under_full_transparency_do_not_bleed_when_shrunk():
    rgba = np.zeros((64, 64, 4), np.uint8)
    rgba[:, ::2] = (200, 100, 50, 255)  # the other columns are clear black
    small = load_image(encode(Image.fromarray(rgba), "PNG"), mode="rgb", max_side=8)
    np.testing.assert_allclose(small[2:-2, 2:-2].astype(int), np.full((4, 4, 3), [228, 178, 152]), atol=3)


@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_16_bits_are_scaled_not_cut(file_format):
    values = np.array([[0, 128, 129, 257, 1000, 32768, 65406, 65535]], np.uint16)
    gray = load_image(encode(Image.fromarray(values), file_format))
    np.testing.assert_array_equal(gray, np.rint(values / 257))


def test_a_dark_16_bit_picture_stays_dark():
    assert load_image(encode(Image.new("I;16", (4, 4), 200), "PNG")).max() == 1


def test_16_bit_big_endian_tiff():
    values = np.array([[0, 257, 65535]], ">u2")
    tags = [(256, 3), (257, 1), (258, 16), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, 6)]
    entries = b"".join(struct.pack(">HHIHH", tag, 3, 1, value, 0) for tag, value in tags)
    data = (
        struct.pack(">2sHI", b"MM", 42, 14)
        + values.tobytes()
        + struct.pack(">H", len(tags))
        + entries
        + bytes(4)
    )
    np.testing.assert_array_equal(load_image(data), [[0, 1, 255]])


def test_16_bit_colour_png():
    samples = np.array([0, 257, 65535], ">u2")
    np.testing.assert_array_equal(
        load_image(png(1, 1, bits=16, kind=2, body=b"\0" + samples.tobytes()), mode="rgb"), [[[0, 1, 255]]]
    )


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("clear", [False, True])
@pytest.mark.parametrize(
    ("kind", "bits"), [(0, 1), (0, 2), (0, 4), *((kind, bits) for kind in (0, 2, 4, 6) for bits in (8, 16))]
)
def test_every_png_of_grays_and_colours(kind, bits, interlaced, clear):
    """`clear` makes one gray or colour transparent; its neighbours, one step away, stay as they are."""
    top, channels = 2**bits - 1, {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    dtype = np.uint16 if bits == 16 else np.uint8
    samples = np.random.default_rng(bits).integers(0, top, (9, 11, channels), dtype=dtype, endpoint=True)
    samples[0, :2] = samples[1, 1]
    samples[0, 1, -1] ^= 1
    colours, share = samples[..., : 1 + kind % 4], np.ones((9, 11, 1))
    if kind >= 4:
        colours, share = samples[..., :-1], samples[..., -1:] / top
    elif clear:
        share = (samples != samples[1, 1]).any(axis=2, keepdims=True)
    transparent = samples[1, 1].astype(">u2").tobytes() if clear and kind < 4 else None
    data = write_png(samples, bits=bits, kind=kind, transparent=transparent, interlaced=interlaced)
    expected = 255 - share * (255 - colours / top * 255)
    found = load_image(data, mode="rgb")
    np.testing.assert_array_less(np.abs(found - np.broadcast_to(expected, found.shape)), 0.501)


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_every_png_with_a_palette(bits, interlaced):
    rng = np.random.default_rng(bits)
    places, colours = rng.integers(0, 2**bits, (9, 11), np.uint8), rng.integers(0, 256, (2**bits, 3))
    alpha = rng.integers(0, 256, 2**bits)
    data = write_png(places, bits=bits, kind=3, palette=colours, interlaced=interlaced)
    np.testing.assert_array_equal(load_image(data, mode="rgb"), colours[places])
    more = {"palette": colours, "transparent": bytes(alpha.tolist()), "interlaced": interlaced}
    found = load_image(write_png(places, bits=bits, kind=3, **more), mode="rgb")
    expected = 255 - alpha[places][..., None] / 255 * (255 - colours[places])
    np.testing.assert_allclose(found, expected, atol=0.501)


def test_16_bit_photographs_are_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = Image.fromarray(np.array([[0, 257, 514]], np.uint16))
    assert load_image(encode(stored, "PNG", exif=exif)).tolist() == [[0], [1], [2]]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 7, 255], [0, 7, 255]),
        ([0, 257, 65535], [0, 1, 255]),
        ([-100, 0, 100], [0, 128, 255]),
        ([0, 500_000, 1_000_000], [0, 128, 255]),
        ([-5, -5, -5], [0, 0, 0]),
    ],
)
def test_32_bit_integers_are_scaled_to_the_first_full_scale_that_holds_them(values, expected):
    gray = load_image(encode(Image.fromarray(np.array([values], np.int32)), "TIFF"))
    np.testing.assert_allclose(gray[0].astype(int), expected, atol=1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 0.5, 1], [0, 128, 255]),
        ([0, 0.1, 0.2], [0, 26, 51]),
        ([0, 1.5, 254.6], [0, 2, 255]),
        ([0, 257, 65535], [0, 1, 255]),
        ([-1, 0, 1], [0, 128, 255]),
        ([-3e38, 0, 3e38], [0, 128, 255]),
        ([np.nan, 0.5, 1], [0, 128, 255]),
        ([-np.inf, 0.5, np.inf], [0, 128, 255]),
        ([np.nan, np.nan, np.nan], [0, 0, 0]),
    ],
)
def test_float_tiff_is_scaled_to_the_first_full_scale_that_holds_it(values, expected):
    gray = load_image(encode(Image.fromarray(np.array([values], np.float32)), "TIFF"))
    np.testing.assert_allclose(gray[0].astype(int), expected, atol=1)


@pytest.mark.parametrize("file_format", ["JPEG", "TIFF"])
def test_cmyk_becomes_rgb(file_format):
    image = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    np.testing.assert_allclose(
        load_image(encode(image, file_format), mode="rgb")[8, 8].astype(int), [255, 0, 0], atol=2
    )


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_turned_upright(file_format, orientation):
    scene = np.zeros((16, 32), np.uint8)
    scene[:8, :8] = 255  # bright in the top left corner of an upright landscape
    turns = [scene, scene[:, ::-1], scene[::-1, ::-1], scene[::-1]]  # as the camera stored it for 1 to 4
    turns += [scene.T, scene.T[::-1], scene.T[::-1, ::-1], scene.T[:, ::-1]]  # and for 5 to 8
    stored = np.ascontiguousarray(turns[orientation - 1])
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if file_format == "WEBP" else {}
    upright = load_image(encode(Image.fromarray(stored), file_format, exif=exif, **options))
    np.testing.assert_allclose(upright.astype(int), scene, atol=2)
    assert load_image(encode(Image.fromarray(stored), file_format, exif=exif), max_side=8).shape == (4, 8)


def test_damaged_exif_does_not_hide_the_picture():
    data = encode(
        Image.fromarray(COLOURS), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12\0\0\xff\xff"
    )
    assert load_image(data).shape == (32, 48)


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame(file_format):
    frames = [Image.new("L", (8, 8), value) for value in (40, 120, 200)]
    data = encode(frames[0], file_format, save_all=True, append_images=frames[1:], lossless=True)
    np.testing.assert_array_equal(load_image(data), np.full((8, 8), 40))


# Size


@pytest.mark.parametrize(
    ("size", "shape"), [((1000, 500), (50, 100)), ((500, 1000), (100, 50)), ((3000, 2), (1, 100))]
)
def test_a_large_picture_is_shrunk_to_max_side(size, shape):
    for file_format in ("PNG", "JPEG"):
        assert load_image(encode(Image.new("L", size), file_format), max_side=100).shape == shape


def test_a_small_picture_is_left_alone():
    gray = np.random.default_rng(0).integers(0, 256, (40, 30), dtype=np.uint8)
    np.testing.assert_array_equal(load_image(encode(Image.fromarray(gray), "PNG"), max_side=40), gray)


def test_shrinking_averages_and_leaves_no_halo():
    board = (np.indices((512, 512)).sum(0) % 2 * 255).astype(np.uint8)
    small = load_image(encode(Image.fromarray(board), "PNG"), max_side=64)
    np.testing.assert_allclose(small[4:-4, 4:-4].astype(int), np.full((56, 56), 127.5), atol=2)
    step = np.full((300, 300), 50, np.uint8)
    step[:, 151:] = 200
    row = load_image(encode(Image.fromarray(step), "PNG"), max_side=71)[30].astype(int)
    assert row.min() == 50
    assert row.max() == 200
    assert np.all(np.diff(row) >= 0)


@pytest.mark.parametrize("side", [0, -3, 2.5, "512", None])
def test_max_side_must_be_a_positive_whole_number(side):
    with pytest.raises(ValueError, match=r"^load_image: max_side .* is not a whole number from 1 on"):
        load_image(png(1, 1, body=b"\0\0"), max_side=side)


def test_mode_must_be_known():
    with pytest.raises(ValueError, match=r"^load_image: mode 'grey' is unknown; use 'gray' or 'rgb'$"):
        load_image(png(1, 1, body=b"\0\0"), mode="grey")


# Where the bytes come from


def test_path_text_bytes_memoryview_and_open_file_are_the_same(tmp_path):
    data = encode(Image.fromarray(COLOURS), "PNG")
    path = tmp_path / "fotó ü.png"
    path.write_bytes(data)
    read_to_the_end = io.BytesIO(data)
    read_to_the_end.read()
    with path.open("rb") as file:
        for source in (
            path,
            str(path),
            data,
            bytearray(data),
            memoryview(data),
            file,
        ):
            np.testing.assert_array_equal(load_image(source, mode="rgb"), COLOURS)
    np.testing.assert_array_equal(load_image(read_to_the_end, mode="rgb"), COLOURS)


def test_the_ending_of_the_name_does_not_matter(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(encode(Image.fromarray(COLOURS), "PNG"))
    np.testing.assert_array_equal(load_image(tmp_path / "photo.jpg", mode="rgb"), COLOURS)


def test_the_array_may_be_written_into():
    array = load_image(png(1, 1, body=b"\0\7"))
    array[0, 0] = 9
    assert array.flags.owndata


def test_missing_folder_and_empty_files_say_what_to_do(tmp_path):
    (tmp_path / "empty.png").touch()
    for source, message in [
        (tmp_path / "none.png", "there is no file '.*none.png'; check its name and folder"),
        (tmp_path, "is a folder; name one picture in it"),
        (tmp_path / "empty.png", "is empty; choose another file"),
        (b"", "is empty; choose another file"),
        (io.BytesIO(), "is empty; choose another file"),
        ("a\0b.png", "there is no file"),
        ("x" * 5000, "file|cannot read"),
        (io.StringIO("text"), "gives str, not bytes"),
        (42, "cannot open a int; give a path"),
        (None, "cannot open a NoneType"),
        (({"content": b""},), "cannot open a tuple"),
    ]:
        with pytest.raises(ValueError, match=rf"^load_image: .*{message}"):
            load_image(source)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs a device that never ends")
def test_a_device_is_not_read_for_ever():
    with pytest.raises(ValueError, match=r"there is no file '/dev/zero'"):
        load_image("/dev/zero")
    with open("/dev/zero", "rb") as file, pytest.raises(ValueError, match="longer than 256 MB"):
        load_image(file)


def test_a_file_of_gigabytes_is_not_read(tmp_path):
    with open(tmp_path / "huge.png", "wb") as file:
        file.truncate(5_000_000_000)  # sparse: takes no room
    with pytest.raises(ValueError, match="longer than 256 MB"):
        load_image(tmp_path / "huge.png")


# Bombs and damage


def test_a_header_that_claims_absurd_sizes_is_refused_whatever_pillow_is_set_to(monkeypatch):
    claims = {(60000, 60000), (20000, 20000), (2**31 - 1, 2**31 - 1), (36_000_001, 1)}
    for limit in (Image.MAX_IMAGE_PIXELS, None):
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
        for width, height in claims:
            with pytest.raises(ValueError, match=r"has more than 36 million pixels; make it smaller first$"):
                load_image(png(width, height))


def test_a_jpeg_may_have_64_million_pixels():
    data = encode(Image.new("L", (16, 16)), "JPEG")
    at = data.index(b"\xff\xc0") + 5  # the header's height and width
    phone, larger = (
        data[:at] + struct.pack(">HH", *size) + data[at + 4 :] for size in [(6144, 8160), (8001, 8000)]
    )
    assert load_image(phone, max_side=255).shape == (192, 255)
    with pytest.raises(ValueError, match=r"this file, 8000 by 8001, has more than 64 million pixels"):
        load_image(larger)


BOMBS = """
import sys
from pathlib import Path
from PIL import Image
from cnnlib.images import load_image

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))

Image.init()
load_image(sys.argv[1] + "/small.png")
before = peak()
for name in ("zeros.png", "zeros.gif", "zeros.tiff", "zeros.webp"):
    try:
        print("not refused", name, load_image(sys.argv[1] + "/" + name).shape)
    except ValueError as error:
        assert "million pixels" in str(error), error
print(peak() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the peak memory from /proc")
def test_bombs_take_no_memory(tmp_path):
    (tmp_path / "small.png").write_bytes(png(1, 1, body=b"\0\7"))
    (tmp_path / "zeros.png").write_bytes(png(20000, 20000, bits=1, body=bytes(20000 * 2501)))
    Image.new("1", (20000, 20000)).save(tmp_path / "zeros.tiff", compression="group4")
    Image.new("L", (6001, 6001)).save(tmp_path / "zeros.gif")
    Image.new("RGB", (16383, 2200)).save(tmp_path / "zeros.webp", method=0)
    command = [sys.executable, "-c", BOMBS, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(run.stdout) < 20_000  # kB


def test_something_else_is_said_to_be_no_picture(tmp_path):
    (tmp_path / "notes.png").write_text("these are my notes")
    (tmp_path / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    for name in ("notes.png", "drawing.svg"):
        with pytest.raises(
            ValueError, match=rf"{name}' is not a picture that can be opened; save it as PNG, JPEG"
        ):
            load_image(tmp_path / name)


def test_formats_beyond_the_six_are_not_tried():
    with pytest.raises(ValueError, match="is not a picture"):
        load_image(encode(Image.fromarray(COLOURS), "PPM"))
    with pytest.raises(ValueError, match="is not a picture"):
        load_image(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n")


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_truncated_file_is_said_to_be_cut_short(file_format):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    data = encode(Image.fromarray(noise), file_format)
    with pytest.raises(ValueError, match=r"^load_image: this file is (damaged or cut short|not a picture)"):
        load_image(data[: len(data) // 2])


def test_a_text_chunk_that_inflates_is_refused_or_ignored():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "0" * 80_000_000, zip=True)
    check(encode(Image.fromarray(COLOURS), "PNG", pnginfo=info))


FLOATS = np.random.default_rng(0).random((40, 40, 2))
SAMPLES = [
    write_tiff(FLOATS, extra=[2], strip=7),
    write_tiff((FLOATS * 4095).astype(np.uint16), bits=12, compression=5, big=True, extra=[1]),
    write_tiff(FLOATS.astype(np.float32), predictor=3, compression=8, tile=(16, 16), order=">", extra=[0]),
    write_tiff((FLOATS[..., :1] * 999).astype(np.int16), predictor=2, compression=32946, photometric=0),
    write_png((FLOATS * 65535).astype(np.uint16), bits=16, kind=4, interlaced=True),
    write_png((FLOATS[..., [0, 1, 0]] * 65535).astype(np.uint16), bits=16, kind=2, transparent=bytes(6)),
    encode(Image.fromarray(COLOURS), "PNG"),
    encode(Image.fromarray(COLOURS), "JPEG"),
    encode(Image.fromarray(COLOURS), "JPEG", progressive=True, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0"),
    encode(Image.fromarray(COLOURS), "GIF"),
    encode(Image.fromarray(COLOURS), "WEBP"),
    encode(Image.fromarray(COLOURS), "BMP"),
    encode(Image.fromarray(COLOURS), "TIFF"),
    encode(Image.fromarray(COLOURS), "TIFF", compression="tiff_lzw"),
    encode(Image.fromarray(COLOURS), "TIFF", compression="jpeg"),
    encode(Image.fromarray(COLOURS[..., 0].astype(np.float32)), "TIFF", compression="tiff_adobe_deflate"),
    encode(Image.fromarray(COLOURS[..., 0] * np.uint16(257)), "PNG"),
    encode(Image.fromarray(COLOURS).convert("P"), "PNG", transparency=3),
    encode(
        Image.fromarray(COLOURS).convert("RGBA"),
        "WEBP",
        save_all=True,
        append_images=[Image.new("RGBA", (48, 32))],
    ),
]


def check(data):
    """An array or a ValueError that begins with our name, no warning and nothing else."""
    problem, array = "", np.zeros((1, 1, 3), np.uint8)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            array = load_image(data, mode="rgb")
        except ValueError as error:
            problem = str(error)
    assert not seen
    assert not problem or (problem.startswith("load_image: this file") and "\n" not in problem)
    assert array.dtype == np.uint8
    assert array.ndim == 3
    assert min(array.shape) > 0
    assert max(array.shape) <= 512


@given(st.sampled_from(SAMPLES), st.data())
def test_truncation_anywhere_gives_an_array_or_a_value_error(sample, data):
    check(sample[: data.draw(st.integers(0, len(sample)))])


@given(st.sampled_from(SAMPLES), st.data())
@settings(max_examples=300)
def test_garbage_anywhere_gives_an_array_or_a_value_error(sample, data):
    changed = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(sample) - 1))
        piece = data.draw(st.binary(min_size=1, max_size=4))
        changed[start : start + len(piece)] = piece
    check(bytes(changed))


@given(st.sampled_from(SAMPLES).map(lambda data: data[:16]), st.binary(max_size=200))
def test_a_right_beginning_with_garbage_after_it(beginning, rest):
    check(beginning + rest)


# Good manners


def test_pillows_settings_stay_as_they_were():
    before = (
        Image.MAX_IMAGE_PIXELS,
        ImageFile.LOAD_TRUNCATED_IMAGES,
        Image.WARN_POSSIBLE_FORMATS,
        warnings.filters[:],
    )
    for data in SAMPLES:
        load_image(data)
        check(data[:100])
    after = (
        Image.MAX_IMAGE_PIXELS,
        ImageFile.LOAD_TRUNCATED_IMAGES,
        Image.WARN_POSSIBLE_FORMATS,
        warnings.filters[:],
    )
    assert before == after


def test_importing_needs_numpy_alone():
    heavy = "{'PIL', 'scipy', 'matplotlib'}"
    code = f"import sys, cnnlib.images, cnnlib.pictures; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
