"""What the numbers in a picture file mean: which is black, which is white, and where the picture is clear."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 1 << 20  # numbers turned into bytes at a time: a whole picture of floats takes too much memory


class Samples(NamedTuple):
    """The numbers of a picture as its file holds them, and their meaning."""

    values: NDArray[Any]  # (H, W, 1) or (H, W, 3)
    black: float
    white: float
    alpha: NDArray[Any] | None = None  # (H, W, 1)
    opaque: float = 1  # the alpha through which nothing shines
    premultiplied: bool = False  # whether the values have been multiplied by alpha / opaque

    def to_bytes(self) -> NDArray[np.uint8]:
        """Return the picture from 0, black, to 255, white, laid over white where it is clear."""
        rows = max(1, AT_ONCE // self.values[0].size)
        return np.concatenate([self._bytes(slice(i, i + rows)) for i in range(0, len(self.values), rows)])

    def _bytes(self, rows: slice) -> NDArray[np.uint8]:
        values = self.values[rows]
        if self.alpha is None and values.dtype == np.uint8 and (self.black, self.white) == (0, 255):
            return values
        values = values.astype(np.result_type(values, np.float32))
        with np.errstate(over="ignore", invalid="ignore"):  # infinity becomes black or white, NaN black
            if self.alpha is not None:
                share = np.clip(self.alpha[rows] / self.opaque, 0, 1).astype(values.dtype)
                if self.premultiplied:
                    values /= np.where(share > 0, share, 1)
            values -= self.black
            values *= 127.5 / (self.white / 2 - self.black / 2)
        values.clip(0, 255, out=values)
        np.nan_to_num(values, copy=False)
        if self.alpha is not None:
            values = 255 - np.nan_to_num(share) * (255 - values)
        return np.rint(values, out=values).astype(np.uint8)


def full_scale(values: NDArray[Any], bits: int) -> tuple[float, float]:
    """Return the least and the most that samples stand for.

    Whole numbers of up to 16 bits without a sign say it themselves. Of others it is the first of 1 (floats
    only), 255 and 65535 that holds them all, from 0 on, else their own lowest and highest.
    """
    if values.dtype.kind == "u" and bits <= 16:
        return 0, 2**bits - 1
    known = np.isfinite(values)
    start = values.flat[known.argmax()]
    if not np.isfinite(start):
        return 0, 1
    low, high = (float(end(values, where=known, initial=start)) for end in (np.min, np.max))
    for white in (1, 255, 65535)[values.dtype.kind != "f" :]:
        if low >= 0 and high <= white:
            return 0, white
    return low, high if high > low else np.inf
