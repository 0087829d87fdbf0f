"""The parts of a dataset, which nobody can write into: to learn from, to choose by, to test with."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False, repr=False)
class Split:
    """One part of a dataset: pictures and what they show. Neither can be written into.

    Parameters
    ----------
    images : array_like, (N, C, H, W)
        Taken as float32.
    labels : array_like of int, (N,)
        The number of each picture's class.
    originals : array_like of int, (N,), optional
        The number of the picture that each was made from: the same for its copies. Default: there are none.

    Raises
    ------
    ValueError
        When the shapes do not fit these, or each other.

    Examples
    --------
    >>> Split(np.zeros((6, 1, 8, 8)), [0, 1, 2, 0, 1, 2])
    Split(6 pictures, 1 x 8 x 8)
    """

    images: NDArray[np.float32]
    labels: NDArray[np.int64]
    originals: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        images, labels = np.asarray(self.images, np.float32).view(), np.asarray(self.labels, np.int64).view()
        made_from = np.arange(len(labels)) if self.originals is None else self.originals
        originals = np.asarray(made_from, np.int64).view()
        if images.ndim != 4 or labels.shape != images.shape[:1]:
            raise ValueError(
                f"Split: images {images.shape} and labels {labels.shape} must be (N, C, H, W) and (N,); "
                "give one label for each picture"
            )
        if originals.shape != labels.shape:
            raise ValueError(
                f"Split: originals {originals.shape} must be {labels.shape}; say of each picture what it was "
                "made from, or leave them out"
            )
        for name, array in (("images", images), ("labels", labels), ("originals", originals)):
            array.flags.writeable = False
            object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        return f"Split({len(self)} pictures, {' x '.join(map(str, self.images.shape[1:]))})"

    def take(self, n: int, seed: int = 0) -> "Split":
        """Return `n` of the pictures by chance, as many of each class as can be.

        Raises
        ------
        ValueError
            When there are fewer than `n`, or `n` is no whole number of at least 1.

        Examples
        --------
        >>> Split(np.zeros((6, 1, 8, 8)), [0, 0, 0, 0, 1, 1]).take(4).labels.sum()
        np.int64(2)
        """
        if not isinstance(n, int | np.integer) or not 1 <= n <= len(self):
            raise ValueError(
                f"take: {n} of {len(self)} pictures; take a whole number between 1 and {len(self)}"
            )
        order = np.random.default_rng(seed).permutation(len(self))
        chosen = order[np.sort(np.argsort(cumulative_count(self.labels[order]), kind="stable")[:n])]
        return self._rows(chosen)

    def hold_out(self, share: float, seed: int = 0) -> tuple["Split", "Split"]:
        """Return the pictures to learn from, and a share of them to choose settings by.

        What is held out is drawn by chance, as evenly from all classes as can be. All copies of a picture
        stay on one side, and of those held out only the first is kept: the others would ask the same again.

        Raises
        ------
        ValueError
            When the share leaves nothing for one of the two.

        Examples
        --------
        >>> Split(np.zeros((6, 1, 8, 8)), [0, 1, 0, 1, 0, 1], originals=[0, 1, 2, 0, 1, 2]).hold_out(1 / 3)
        (Split(4 pictures, 1 x 8 x 8), Split(1 pictures, 1 x 8 x 8))
        """
        _, first = np.unique(self.originals, return_index=True)
        count = round(share * len(first))
        if not 0 < count < len(first):
            raise ValueError(
                f"hold_out: a share of {share} of {len(first)} pictures leaves one part empty; "
                "give a number between 0 and 1, such as 0.2"
            )
        held_out = self._rows(first).take(count, seed)
        return self._rows(~np.isin(self.originals, held_out.originals)), held_out

    def _rows(self, chosen: NDArray[Any]) -> "Split":
        return Split(self.images[chosen], self.labels[chosen], self.originals[chosen])


@dataclass(frozen=True, eq=False)
class Dataset:
    """Pictures to train on, others to test with, and the names of their classes.

    Examples
    --------
    >>> part = Split(np.zeros((6, 1, 8, 8)), [0, 1, 2, 0, 1, 2])
    >>> Dataset("empty", part, part, ("a", "b", "c")).classes[2]
    'c'
    """

    name: str
    train: Split
    test: Split
    classes: tuple[str, ...]


def check_part(where: str, data: Any) -> None:
    """Refuse what is not one part of a dataset: arrays of images and of as many labels.

    Examples
    --------
    >>> check_part("Run", ([[0.0]], [1]))
    Traceback (most recent call last):
    ValueError: Run: a tuple is no part of a dataset; give one, as in digits().train or Split(images, labels)
    """
    if hasattr(data, "train"):
        raise ValueError(
            f"{where}: give one part of the dataset, data.train to learn from or data.test to test with"
        )
    if not all(isinstance(getattr(data, name, None), np.ndarray) for name in ("images", "labels")):
        raise ValueError(
            f"{where}: a {type(data).__name__} is no part of a dataset; give one, as in digits().train or "
            "Split(images, labels)"
        )
    images, labels = data.images, data.labels
    if len(images) != len(labels) or not len(images):
        raise ValueError(
            f"{where}: {len(images)} images and {len(labels)} labels; give as many labels as images"
        )


def cumulative_count(labels: ArrayLike) -> NDArray[np.int64]:
    """Count, for each entry, the equal ones before it.

    Examples
    --------
    >>> cumulative_count([7, 7, 3, 7])
    array([0, 1, 0, 2])
    """
    labels = np.asarray(labels)
    counted = np.empty(len(labels), np.int64)
    for label in np.unique(labels):
        same = labels == label
        counted[same] = np.arange(same.sum())
    return counted
