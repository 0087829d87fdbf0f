"""Numbers as a person writes them: true minus signs, at most three significant digits, no noise."""

import re

import numpy as np

MINUS = "\N{MINUS SIGN}"
_THOUSANDS = re.compile(r"-?(\d{2,3},\d{3}|\d{1,3}(,\d{3}){2,})")  # but 1,125 is 1.125


def number_text(value: float, digits: int = 3) -> str:
    """Return `value` as short text.

    Whole numbers are exact, whatever their size up to 10**15; others keep `digits` significant digits. From
    10,000 on, thousands have a comma.

    Parameters
    ----------
    value : float
        Any real number; NaN and infinities have words of their own.
    digits : int, default 3
        Significant digits of a number that is not whole.

    Returns
    -------
    str

    Examples
    --------
    >>> number_text(-150), number_text(2 / 3), number_text(9000), number_text(28800)
    ('−150', '0.667', '9000', '28,800')
    """
    value = float(value)
    if np.isnan(value):
        return "none"
    if np.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    if value == round(value) and abs(value) < 1e15:
        text = str(round(value))
    elif 1e-4 <= abs(value) < 1e15:
        text = np.format_float_positional(value, precision=digits, fractional=False, trim="-")
    else:
        return f"{value:.{digits - 1}e}".replace("-", MINUS)
    if abs(float(text)) >= 10_000:
        text = f"{float(text):,}".removesuffix(".0")
    return text.replace("-", MINUS)


def signed_text(value: float, digits: int = 3) -> str:
    """Return `value` as text that always carries its sign, as the ends of a legend do.

    Examples
    --------
    >>> signed_text(4), signed_text(-4), signed_text(0)
    ('+4', '−4', '0')
    """
    text = number_text(value, digits)
    return "+" + text if value > 0 else text


def parse_number(text: str, limit: float = 1e6) -> int | float:
    """Return the number that a learner typed into a cell.

    Parameters
    ----------
    text : str
        What was typed: `-1`, `−1`, `0.5`, `0,5`, `28,800` and `1/9` are all understood.
    limit : float, default 1e6
        The largest magnitude that is taken.

    Returns
    -------
    int or float
        An `int` where the number is whole, so that whole numbers stay exact.

    Raises
    ------
    ValueError
        If the text is no finite number, or larger than `limit`.

    Examples
    --------
    >>> parse_number("−2"), parse_number("1/4"), parse_number("28,800")
    (-2, 0.25, 28800)
    """
    over, slash, under = text.replace(MINUS, "-").partition("/")
    try:
        value = _typed(over) / _typed(under) if slash else _typed(over)
    except (ValueError, ZeroDivisionError):
        value = float("nan")
    if np.isinf(value) and any(map(str.isdigit, text)):
        raise ValueError(f"“{text.strip()[:20]}” is too large; stay within ±{number_text(limit)}")
    if not np.isfinite(value):
        typed = f"“{text.strip()[:20]}”" if text.strip() else "an empty field"
        raise ValueError(f"{typed} is not a number; type one such as {MINUS}1, 0.5 or 1/9")
    if abs(value) > limit:
        raise ValueError(f"{number_text(value)} is too large; stay within ±{number_text(limit)}")
    return int(value) if value == int(value) else value


def _typed(text: str) -> float:
    text = text.strip()
    return float(text.replace(",", "" if _THOUSANDS.fullmatch(text) else "."))
