"""Open any picture file as an array: `load_image`. Pillow is imported when a file is opened, not before."""

import contextlib
import operator
import os
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from cnnlib.samples import Samples
from cnnlib.tiff import Tiff, open_tiff

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
MAX_PIXELS = 36_000_000  # an A4 page scanned at 600 dpi passes; at worst it takes 0.7 GB for a moment
MAX_PIXELS_JPEG = 64_000_000  # a 50-megapixel photograph passes: a JPEG is decoded small at once
MAX_BYTES = 256_000_000
ORIENTATION = 0x0112  # the tag that says how the camera was held


def load_image(
    source: str | os.PathLike | bytes | bytearray | memoryview | BinaryIO,
    *,
    mode: str = "gray",
    max_side: int = 512,
) -> np.ndarray:
    """Open a picture file as uint8, no side longer than `max_side`.

    Reads PNG, JPEG, GIF, WebP, BMP and TIFF. Transparent places become white, a photograph is turned
    upright as its EXIF data says, and of an animation the first frame is taken. Numbers of other than
    8 bits are scaled so that the full scale becomes 255: 4095 for 12 bits, 65535 for 16. Those with a
    sign, fractions and all of 32 bits or more do not say what is white: it is the first of 1 (fractions
    only), 255 and 65535 that holds them all; else they run from their own lowest to highest.

    Parameters
    ----------
    source : path, bytes or open binary file
        Also the ``content`` that the upload widget of ipywidgets hands over.
    mode : "gray" or "rgb"
        Gray is the luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).
    max_side : int
        Longest side in pixels; a larger picture is shrunk by local averages, a smaller one is left alone.

    Returns
    -------
    ndarray of uint8
        ``(H, W)`` for "gray", ``(H, W, 3)`` for "rgb".

    Raises
    ------
    ValueError
        When the file is missing, empty, damaged, no picture, longer than 256 MB, or has more than
        36 (JPEG: 64) million pixels. The size is read in the header, before any pixel is decoded.

    Examples
    --------
    >>> import io
    >>> from PIL import Image
    >>> file = io.BytesIO()
    >>> Image.new("RGB", (4, 2), (255, 0, 0)).save(file, "PNG")
    >>> load_image(file)
    array([[76, 76, 76, 76],
           [76, 76, 76, 76]], dtype=uint8)
    """
    if mode not in ("gray", "rgb"):
        raise ValueError(f"load_image: mode {mode!r} is unknown; use 'gray' or 'rgb'")
    longest = _positive(max_side)
    data, name = _read(source)
    if not data:
        raise ValueError(f"load_image: {name} is empty; choose another file")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of what is raised or mended below
        image = _open(data, name)
        try:
            return _to_array(image, data, mode, longest)
        except Exception as error:  # decoders raise nearly everything when bytes are wrong
            raise ValueError(_damaged(name)) from error


def _positive(max_side: int) -> int:
    try:
        longest = operator.index(max_side)
    except TypeError:
        longest = 0
    if longest < 1:
        raise ValueError(f"load_image: max_side {max_side!r} is not a whole number from 1 on; try 512")
    return longest


def _damaged(name: str) -> str:
    return f"load_image: {name} is damaged or cut short; copy it again, or save it anew as PNG"


def _too_large(name: str, limit: int) -> str:
    return f"load_image: {name} has more than {limit // 10**6} million pixels; make it smaller first"


def _read(source) -> tuple[bytes, str]:
    """Return the file's bytes and what to call it in a sentence."""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), "this file"
    if isinstance(source, str | os.PathLike):
        return _read_path(source)
    if hasattr(source, "read"):
        return _read_open_file(source)
    raise ValueError(
        f"load_image: cannot open a {type(source).__name__}; give a path, the file's bytes or an open file"
    )


def _read_path(source: str | os.PathLike) -> tuple[bytes, str]:
    name = repr(os.fspath(source))
    try:
        path = Path(os.fsdecode(source))
        if path.is_dir():
            raise ValueError(f"load_image: {name} is a folder; name one picture in it")
        if not path.is_file():  # a device or a pipe could go on for ever
            raise ValueError(f"load_image: there is no file {name}; check its name and folder")
        _refuse_long_file(path.stat().st_size, name)
        return path.read_bytes(), name
    except OSError as error:
        raise ValueError(f"load_image: cannot read {name} ({error.strerror}); choose another file") from error


def _read_open_file(file: BinaryIO) -> tuple[bytes, str]:
    name = "this file"
    try:
        if file.seekable():
            file.seek(0)
        data = file.read(MAX_BYTES + 1)
    except Exception as error:
        raise ValueError(f"load_image: {name} cannot be read; open it again in mode 'rb'") from error
    if not isinstance(data, bytes):
        raise ValueError(f"load_image: {name} gives {type(data).__name__}, not bytes; open it in mode 'rb'")
    _refuse_long_file(len(data), name)
    return data, name


def _refuse_long_file(length: int, name: str) -> None:
    if length > MAX_BYTES:
        raise ValueError(f"load_image: {name} is longer than {MAX_BYTES // 10**6} MB; make it smaller first")


def _open(data: bytes, name: str) -> "Image | Tiff":
    """Read the header alone, and refuse what is no picture or too large, before any pixel is decoded."""
    from PIL import Image, UnidentifiedImageError

    try:
        image = open_tiff(data, _decode) or Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        what = "not a picture that can be opened; save it as PNG, JPEG, GIF, WebP, BMP or TIFF"
        for kind in FORMATS:
            if Image.OPEN[kind][1](data[:16]):
                what = f"a damaged {kind} or one of a rare kind; copy it again, or save it anew as PNG"
        raise ValueError(f"load_image: {name} is {what}") from error
    except Image.DecompressionBombError as error:
        raise ValueError(_too_large(name, MAX_PIXELS)) from error
    except Exception as error:
        raise ValueError(_damaged(name)) from error
    pixels, limit = image.width * image.height, MAX_PIXELS
    if isinstance(image, Tiff):
        limit = min(limit, MAX_BYTES * pixels // image.size)
    elif image.format in ("JPEG", "MPO"):
        limit = MAX_PIXELS_JPEG
    if pixels > limit:
        raise ValueError(_too_large(f"{name}, {image.width} by {image.height},", limit))
    return image


def _decode(data: bytes) -> np.ndarray:
    from PIL import Image

    return np.array(Image.open(BytesIO(data), formats=["TIFF"]))


def _to_array(image: "Image | Tiff", data: bytes, mode: str, max_side: int) -> np.ndarray:
    from PIL import ImageOps

    small = _shrink(_to_8_bits(image, data, max_side), max_side)
    with contextlib.suppress(Exception):  # damaged EXIF data: show the picture as it lies
        small.getexif()[ORIENTATION] = image.getexif().get(ORIENTATION, 1)
        small = ImageOps.exif_transpose(small)
    return np.array(small.convert("L" if mode == "gray" else "RGB"))


def _to_8_bits(image: "Image | Tiff", data: bytes, max_side: int) -> "Image":
    """Decode the picture as L or RGB, and lay it over white where it is clear."""
    from PIL import Image

    if isinstance(image, Tiff):
        return _from_samples(image.samples())
    image.draft(None, (2 * max_side, 2 * max_side))  # a large JPEG is decoded small at once
    packed = image.tile[0].args if image.format == "PNG" else ""
    image.load()
    if packed.endswith("16B"):
        return _from_samples(_png_16(image, data, packed))
    if not image.has_transparency_data:
        return image.convert("L" if image.mode in ("1", "L") else "RGB")
    if packed in ("L;2", "L;4"):  # Pillow spreads these grays to 0..255, but not the transparent one
        image.info["transparency"] *= 255 // (2 ** int(packed[-1]) - 1)
    image = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image)
    return white


def _from_samples(samples: Samples) -> "Image":
    from PIL import Image

    shown = samples.to_bytes()
    return Image.fromarray(shown if shown.shape[2] == 3 else shown[..., 0])


def _png_16(image: "Image", data: bytes, packed: str) -> Samples:
    """Return the 16-bit numbers of a PNG; of all but grays Pillow by itself keeps the higher byte alone."""
    from PIL import Image

    def read(as_if: str) -> np.ndarray:
        again = Image.open(BytesIO(data), formats=["PNG"])
        again.tile = [again.tile[0]._replace(args=as_if)]
        return np.array(again)

    if packed == "I;16B":
        values = np.array(image)[..., None]
    elif packed == "LA;16B":
        values = read("RGBA").view(">u2")
    else:
        values = np.array(image) * np.uint16(256) + read(packed[:-1] + "L")
    if values.shape[2] in (2, 4):
        return Samples(values[..., :-1], 0, 65535, values[..., -1:], opaque=65535)
    if "transparency" in image.info:
        solid = values != np.array(image.info["transparency"])
        return Samples(values, 0, 65535, solid.any(axis=2, keepdims=True))
    return Samples(values, 0, 65535)


def _shrink(image: "Image", max_side: int) -> "Image":
    from PIL.Image import Resampling

    scale = max_side / max(image.size)
    if scale >= 1:
        return image
    size = tuple(max(1, round(side * scale)) for side in image.size)
    # Hamming has no negative weights: no halos, which an edge filter would find later
    return image.resize(size, Resampling.HAMMING, reducing_gap=3)
