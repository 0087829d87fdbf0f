"""The samples of a TIFF, of any type of number.

Pillow takes some types for others and refuses most. So it is asked for bytes alone, a strip or tile at a
time; what numbers they are, the file's tags say.
"""

import struct
import zlib
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlib.samples import Samples, full_scale

RAW, DIFFERENCED, PACKBITS = 1, (5, 8, 32946, 34925, 50000), 32773  # LZW, deflate, again, LZMA, Zstandard
KINDS = {1: "u", 2: "i", 3: "f", 4: "u"}  # of samples: whole, with a sign, floats, not told
SIZES = {"u": (*range(1, 33), 64), "i": (8, 16, 32, 64), "f": (16, 32, 64)}  # in bits
MANY = 1 << 20  # strips and tiles


def open_tiff(data: bytes, decode: Callable[[bytes], NDArray[np.uint8]]) -> "Tiff | None":
    """Read the tags of a TIFF; None where it is left to Pillow: palettes, inks, JPEG, fax.

    `decode` makes an array of a TIFF that is a gray picture of bytes.
    """
    try:
        tiff = Tiff(data, decode)
    except (KeyError, IndexError, struct.error):
        return None
    grays_or_rgb = tiff.photometric in (0, 1, 2) and tiff.channels >= tiff.colours
    packed = tiff.compression in (RAW, PACKBITS, *DIFFERENCED)
    alike = all(len(set(tiff.tags.get(tag, ()))) < 2 for tag in (258, 339))
    return tiff if grays_or_rgb and tiff.dtype and packed and alike and tiff.width and tiff.height else None


class Tiff:
    """What the tags of a TIFF say."""

    def __init__(self, data: bytes, decode: Callable[[bytes], NDArray[np.uint8]]) -> None:
        self.data, self.decode = memoryview(data), decode
        self.order = {b"II": "<", b"MM": ">"}[data[:2]]
        self.tags = _tags(data, self.order)
        self.width, self.height = self.tags[256][0], self.tags[257][0]
        self.bits, self.kind = self._tag(258), KINDS.get(self._tag(339))
        self.dtype = None
        if self.bits in SIZES.get(self.kind, ()):
            self.dtype = np.dtype(f"{self.kind}{next(n for n in (1, 2, 4, 8) if self.bits <= 8 * n)}")
        self.compression = self._tag(259)
        self.predictor = self._tag(317) if self.compression in DIFFERENCED else 1
        self.channels = self._tag(277)
        self.photometric = self._tag(262, 2 if self.channels > 2 else 1)
        self.colours = 3 if self.photometric == 2 else 1
        self.tiled = 322 in self.tags
        self.rows = self.tags[323][0] if self.tiled else min(self._tag(278, self.height), self.height)
        self.cols = self.tags[322][0] if self.tiled else self.width

    def _tag(self, number: int, default: int = 1) -> int:
        return self.tags.get(number, (default,))[0]

    @property
    def size(self) -> int:
        """Bytes of memory that the numbers take."""
        return max(self.width * self.height, self.cols * self.rows) * self.channels * self.dtype.itemsize

    def getexif(self) -> dict[int, int]:
        """Return which way up the picture is, as Pillow's pictures do."""
        return {274: self._tag(274)}

    def samples(self) -> Samples:
        """Read the numbers, and say what they mean."""
        values = self._values()
        colours = values[..., : self.colours]
        black, white = full_scale(colours, self.bits)
        if self.photometric == 0:
            black, white = white, black
        extra = self.tags.get(338, (2,) if (self.photometric, self.channels) == (2, 4) else ())
        for channel, meaning in enumerate(extra[: self.channels - self.colours], self.colours):
            if meaning in (1, 2, 999):  # 999: Corel Draw
                opaque = 1 if self.kind == "f" else 2 ** (self.bits - (self.kind == "i")) - 1
                return Samples(colours, black, white, values[..., [channel]], opaque, meaning == 1)
        return Samples(colours, black, white)

    def _values(self) -> NDArray[Any]:
        """Put strips or tiles together, (H, W, C)."""
        planes = self.channels if self._tag(284) == 2 else 1
        depth = self.channels // planes
        tops, lefts = range(0, self.height, self.rows), range(0, self.width, self.cols)
        starts = self.tags[324 if self.tiled else 273]
        lengths = self.tags.get(325 if self.tiled else 279, [len(self.data)] * len(starts))
        if min(len(starts), len(lengths)) < planes * len(tops) * len(lefts):
            raise ValueError("parts of the picture are missing")
        values = np.empty((self.height, self.width, self.channels), self.dtype)
        places = product(range(planes), tops, lefts)
        for (plane, top, left), start, length in zip(places, starts, lengths, strict=False):
            rows = self.rows if self.tiled else min(self.rows, self.height - top)
            room = values[top : top + rows, left : left + self.cols, plane : plane + depth]
            room[...] = self._block(start, length, rows, depth)[: room.shape[0], : room.shape[1]]
        return values

    def _block(self, start: int, length: int, rows: int, depth: int) -> NDArray[Any]:
        """Read one strip or tile, (rows, cols, depth)."""
        lines = self._bytes(start, length, rows, -(-self.cols * depth * self.bits // 8))
        if self.predictor == 3:  # differences of bytes; of each line the highest bytes come first
            lines = np.cumsum(lines.reshape(rows, -1, depth), axis=1, dtype=np.uint8)
            lines = np.ascontiguousarray(lines.reshape(rows, self.dtype.itemsize, -1).swapaxes(1, 2))
            return lines.view(self.dtype.newbyteorder(">")).reshape(rows, self.cols, depth)
        if self.bits != 8 * self.dtype.itemsize:
            return _from_bits(lines, self.bits, self.cols * depth).reshape(rows, self.cols, depth)
        values = lines.view(self.dtype.newbyteorder(self.order)).reshape(rows, self.cols, depth)
        if self.predictor == 2:  # differences of neighbours, which wrap around
            whole = np.dtype(f"u{self.dtype.itemsize}")
            values = values.astype(self.dtype).view(whole).cumsum(axis=1, dtype=whole).view(self.dtype)
        return values

    def _bytes(self, start: int, length: int, rows: int, cols: int) -> NDArray[np.uint8]:
        """Undo the compression: told that it is a gray picture of bytes, Pillow does that."""
        if (self.compression, self._tag(266)) == (RAW, 1):
            return np.frombuffer(self.data, np.uint8, rows * cols, start).reshape(rows, cols)
        packed = self.data[start : start + length]
        if (self.compression, self._tag(266)) in ((8, 1), (32946, 1)):
            lines = zlib.decompressobj().decompress(packed, rows * cols)
            return np.frombuffer(lines, np.uint8, rows * cols).reshape(rows, cols)
        tags = {256: cols, 257: rows, 258: 8, 259: self.compression, 262: 1, 266: self._tag(266)}
        tags |= {273: 8, 277: 1, 278: rows, 279: len(packed)}
        entries = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in tags.items())
        head, count = struct.pack("<2sHL", b"II", 42, 8 + len(packed)), struct.pack("<H", len(tags))
        return self.decode(b"".join([head, packed, count, entries, bytes(4)]))


def _tags(data: bytes, order: str) -> dict[int, tuple[int, ...]]:
    """Read the first directory of a TIFF, or of a BigTIFF: those tags that hold whole numbers."""
    big = {42: False, 43: True}[struct.unpack_from(order + "H", data, 2)[0]]
    counter, entry, word = (order + code for code in (("Q", "HHQ", "Q") if big else ("H", "HHL", "L")))
    (at,) = struct.unpack_from(word, data, 8 if big else 4)
    (count,) = struct.unpack_from(counter, data, at)
    at += struct.calcsize(counter)
    tags = {}
    for _ in range(count):
        tag, kind, length = struct.unpack_from(entry, data, at)
        at += struct.calcsize(entry)
        code = {3: "H", 4: "L", 16: "Q"}.get(kind)
        if code and 256 <= tag <= 339 and length <= MANY:
            values = f"{order}{length}{code}"
            elsewhere = struct.calcsize(values) > struct.calcsize(word)
            place = struct.unpack_from(word, data, at)[0] if elsewhere else at
            tags[tag] = struct.unpack_from(values, data, place)
        at += struct.calcsize(word)
    return tags


def _from_bits(lines: NDArray[np.uint8], bits: int, count: int) -> NDArray[np.uint32]:
    """Read `count` numbers from each line, the highest bit of each first."""
    worth = 1 << np.arange(bits, dtype=np.uint32)[::-1]
    parts = np.array_split(lines, -(-lines.size // 2**20))  # a byte for each bit takes much memory
    ones = (np.unpackbits(part, axis=1, count=count * bits).reshape(-1, count, bits) for part in parts)
    return np.concatenate([part @ worth for part in ones])
