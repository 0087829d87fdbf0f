"""Text for a convolution: each letter becomes a column of zeros with a single one, in its own channel.

A line of text is then a picture of one row with as many channels as the alphabet has letters, and `conv2d`
slides over it as over any other.
"""

import numpy as np
from numpy.typing import NDArray

ALPHABET = "abcdefghijklmnopqrstuvwxyz "
ANY = ".?"  # either stands for any letter in a pattern


def one_hot(text: str) -> NDArray[np.int64]:
    """Return a line of text as a picture of one row, with a channel for each letter of `ALPHABET`.

    Parameters
    ----------
    text : str
        Capitals count as small letters. What is not in the alphabet has no channel: its column is all zeros.

    Returns
    -------
    ndarray of int64, (27, 1, letters of the text)

    Raises
    ------
    ValueError
        If the text is empty, or no text.

    Examples
    --------
    >>> one_hot("Abba!")[:2, 0]
    array([[1, 0, 0, 1, 0],
           [0, 1, 1, 0, 0]])
    """
    if not isinstance(text, str) or not text:
        raise ValueError(f"one_hot: {text!r} is no text to read; give at least one letter, such as 'a'")
    letters = np.array([letter.lower() for letter in text])
    return (letters == np.array([*ALPHABET])[:, None]).astype(np.int64)[:, None]


def pattern_filter(pattern: str) -> NDArray[np.int64]:
    """Return the filter that counts how many letters of a pattern it meets.

    Parameters
    ----------
    pattern : str
        Each letter gets weight 1 in its channel. ``"."`` or ``"?"`` gets no weight: any letter will do.

    Returns
    -------
    ndarray of int64, (1, 27, 1, letters of the pattern)
        For ``conv2d(one_hot(text), pattern_filter(pattern))``. It responds with the number of its ones,
        ``pattern_filter(pattern).sum()``, where the pattern stands, and with less elsewhere.

    Raises
    ------
    ValueError
        If the pattern asks for no letter, or for one that has no channel.

    Notes
    -----
    In a network such filters are learned, over channels that are learned, too: Kim (2014), *Convolutional
    neural networks for sentence classification*, who also takes the largest response over the whole text.

    Examples
    --------
    >>> from cnnlib import conv2d
    >>> conv2d(one_hot("a sung song"), pattern_filter("s.ng"))[0, 0]
    array([0, 0, 3, 0, 0, 0, 0, 3])
    """
    needed = [letter for letter in pattern.lower() if letter not in ANY] if isinstance(pattern, str) else []
    if not needed:
        raise ValueError(f"pattern_filter: pattern {pattern!r} asks for no letter; give one such as 'ing'")
    for letter in needed:
        if letter not in ALPHABET:
            raise ValueError(
                f"pattern_filter: {letter!r} has no channel; use letters a to z, spaces, and . for any letter"
            )
    return one_hot(pattern)[None]
