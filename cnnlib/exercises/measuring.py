"""What wrong numbers tell beside the right ones: a factor, a part of a sum, a clip, a weight."""

from itertools import combinations

import numpy as np

from cnnlib.demo.numbers import number_text
from cnnlib.exercises.trying import FunctionCheck, Run, same

_FACTORS = {  # by what they are, where the number alone does not say it
    1 / 255: "Everything is 255 times too small: it is divided by 255, but the numbers stay on their scale.",
    255.0: "Everything is 255 times too large: the numbers stay on their scale.",
    1 / np.log(10): "The logarithm to the base 10 is taken, where the natural one, `np.log`, is meant.",
    1 / np.log(2): "The logarithm to the base 2 is taken, where the natural one, `np.log`, is meant.",
}


class Products:
    """The products of a few sizes of the cases, made once for a search: it asks for them again and again."""

    def __init__(self, check: FunctionCheck):
        self.check, self.made = check, {}

    def of(self, runs: list[Run]) -> tuple[list[str], np.ndarray]:
        """Return them, the simplest first: their words, and a row of values for each."""
        if len(runs) not in self.made:  # the runs of a search are the same ones, or the first of them
            self.made[len(runs)] = self._products(_sizes(runs, self.check))
        return self.made[len(runs)]

    @staticmethod
    def _products(sizes: dict[str, np.ndarray]) -> tuple[list[str], np.ndarray]:
        degrees = _DEGREES if all(name.startswith("`") for name in sizes) else _DEGREES[:4]
        texts, rows = [], []
        for powers in degrees:
            for chosen in combinations(sizes, len(powers)):
                factors = list(zip(chosen, powers, strict=True))
                texts.append(" · ".join(name + _POWERS[power] for name, power in factors))
                rows.append(np.prod([sizes[name] ** power for name, power in factors], axis=0))
        return texts, np.array(rows)


def rounded(runs: list[Run]) -> str | None:
    """Name the way in which every number is the right one, rounded or cut off."""
    if any(run.value.shape != run.expected.shape for run in runs):
        return None
    given = np.concatenate([run.value.ravel() for run in runs]).astype(float)
    right = np.concatenate([run.expected.ravel() for run in runs]).astype(float)
    for digits in range(6):
        unit = 10.0**-digits
        over = (given - right) / unit
        if not np.allclose(given / unit, np.round(given / unit), rtol=0, atol=1e-6):
            continue
        off = np.abs(over) > 1e-6
        even = np.abs(right / unit - np.round(right / unit)) < 1e-9
        if 4 * (off & even).sum() > off.sum() or (off & (right == 0)).any():
            continue  # what has no such fraction cannot have lost it
        to = f"{digits} decimal{'s' * (digits > 1)}" if digits else "whole numbers"
        edge = 1 + 1e-6  # 255 comes out as 254.999... before it is cut off
        if (np.abs(over) <= 0.5 + 1e-6).all():
            return f"The results are rounded to {to}. Leave them as they are."
        if ((over * np.sign(right) <= 1e-6) & (np.abs(over) < edge)).all():
            stored = ": they are stored as integers. Collect them in floats." if not digits else "."
            return f"The fractions are cut off{stored if not digits else f' behind {to}.'}"
        if ((over <= 1e-6) & (over > -edge)).all():
            return f"The results are rounded down to {to}, as `//` does. Leave their fractions."
        if ((over >= -1e-6) & (over < edge)).all():
            return f"The results are rounded up to {to}. Leave their fractions."
    return None


def one_factor(runs: list[Run], products: Products, simple: bool = False) -> str | None:
    """Name the factor by which every number is too large, the same everywhere or one for each case."""
    factors = []
    for run in runs:
        right, wrong = run.expected.astype(float), run.value
        at = np.abs(right) > 1e-9
        if right.shape != wrong.shape:
            return None
        if not at.any() and not wrong.any():
            continue  # nothing to see here
        if not at.any():
            return None
        factor = np.median(wrong[at] / right[at])
        if not np.isfinite(factor) or abs(factor) < 1e-9 or not same(wrong, factor * right):
            return None
        factors.append(float(factor))
    factors = np.array(factors)
    if len(factors) > 1 and np.allclose(factors, factors[0], rtol=1e-5):
        return _constant(factors[0])
    if len(factors) < len(runs):
        return None
    named = _monomial(factors, runs, products)
    if simple and named and named[2] != 1:
        return None
    if named:
        text, sign, coefficient = named
        extra = f", and by {number_text(coefficient)}" if coefficient != 1 else ""
        turned = " and the signs are turned" if sign < 0 else ""
        return f"Everything is multiplied by {text}{extra}{turned}, where nothing like that belongs."
    inverse = _monomial(1 / factors, runs, products)
    if inverse and not (simple and inverse[2] != 1):
        text, sign, coefficient = inverse
        extra = f", and by {number_text(coefficient)}" if coefficient != 1 else ""
        turned = " and the signs are turned" if sign < 0 else ""
        return f"Everything is divided by {text}{extra}{turned}, where nothing like that belongs."
    return None


def _constant(factor: float) -> str | None:
    turned = " And the signs are turned." if factor < 0 else ""
    size = abs(factor)
    for known, says in _FACTORS.items():
        if np.isclose(size, known, rtol=1e-5):
            return f"{says}{turned}"
    if np.isclose(size, 1, rtol=1e-5):
        return "All signs are turned." if factor < 0 else None
    if np.isclose(size, 2, rtol=1e-5):
        return f"Everything is twice as large as it should be: something is counted twice.{turned}"
    if np.isclose(size, 0.5, rtol=1e-5):
        return f"Everything is half as large as it should be: a division by 2 is too much.{turned}"
    if size > 1:
        return f"Everything is {number_text(size, 4)} times too large: that factor is too much.{turned}"
    return f"Everything is {number_text(1 / size, 4)} times too small: that divisor is too much.{turned}"


def one_shift(runs: list[Run], products: Products, simple: bool = False) -> str | None:
    """Name the number that is added everywhere, or for a single number what is counted too often."""
    if any(run.value.shape != run.expected.shape or not run.value.size for run in runs):
        return None
    shifts = np.array([np.median(run.value - run.expected.astype(float)) for run in runs])
    if not all(same(run.value, run.expected + shift) for run, shift in zip(runs, shifts, strict=True)):
        return None
    if np.allclose(shifts, shifts[0], rtol=1e-5, atol=1e-7):
        if simple and abs(shifts[0]) > 1:
            return None
        size = number_text(abs(shifts[0]), 4).replace("1", "one") if abs(shifts[0]) == 1 else ""
        size = size or number_text(abs(shifts[0]), 4)
        return f"Every number is {size} too {'large' if shifts[0] > 0 else 'small'}."
    named = _monomial(shifts, runs, products)
    if not named or (simple and named[2] != 1):
        return None
    text, sign, coefficient = named
    text = text if coefficient == 1 else f"{number_text(coefficient)} · {text}"
    return f"Your number is too {'large' if sign > 0 else 'small'} by {text}: that is counted " + (
        "once too often." if sign > 0 else "once too little."
    )


def clipped(runs: list[Run]) -> str | None:
    """Name the ends at which results are cut off, wherever they lie."""
    if any(run.value.shape != run.expected.shape or not run.value.size for run in runs):
        return None
    low = min(run.value.min() for run in runs)
    high = max(run.value.max() for run in runs)
    lowest = min(run.expected.min() for run in runs)
    highest = max(run.expected.max() for run in runs)
    if not all(same(run.value, np.clip(run.expected.astype(float), low, high)) for run in runs):
        return None
    ends = []
    if low > lowest:
        ends.append(f"below {number_text(low)}")
    if high < highest:
        ends.append(f"above {number_text(high)}")
    if not ends:
        return None
    return f"Nothing {' and nothing '.join(ends)} ever comes out: results beyond are cut off there."


# ---- what a number is a product of
def named_sizes(numbers: np.ndarray, runs: list[Run], products: Products) -> str:
    """Return the words for numbers, one for each case, that are sizes of the case or 1 divided by them."""
    for inverse in (False, True):
        if found := _monomial(1 / numbers if inverse else numbers, runs, products):
            text, sign, coefficient = found
            text = text if coefficient == 1 else f"{number_text(coefficient)} · {text}"
            return ("−" if sign < 0 else "") + (f"1 / ({text})" if inverse else text)
    return ""


def _monomial(numbers: np.ndarray, runs: list[Run], products: Products) -> tuple[str, int, float] | None:
    """Return a product of the case's sizes that makes these numbers, its sign and a small factor."""
    if not numbers.any():
        return None
    sign = 1 if numbers.sum() > 0 else -1
    sizes = sign * numbers
    if (sizes < 0).any() or len(set(sizes.round(9))) < 2:
        constant = len(set(sizes.round(9))) == 1 and 0 < sizes[0] <= 16 and sizes[0] == round(sizes[0])
        return ("", sign, float(sizes[0])) if constant else None
    texts, made = products.of(runs)
    for coefficient in (1, 2, 4, 3, 8) if texts else ():  # of lists there are no sizes
        fits = (np.abs(made * coefficient - sizes) <= 1e-8 + 1e-6 * sizes).all(axis=1)
        if fits.any():
            return texts[int(fits.argmax())], sign, coefficient
    return None


_POWERS = {1: "", 2: "²", 3: "³"}
_DEGREES = ((1,), (2,), (1, 1), (1, 2), (2, 1), (2, 2), (1, 1, 1), (1, 1, 2), (1, 2, 1), (2, 1, 1), (3,))


def _sizes(runs: list[Run], check: FunctionCheck) -> dict[str, np.ndarray]:
    """Return the numbers that a case is made of: its single arguments, and the lengths of its arrays."""
    found: dict[str, np.ndarray] = {}
    for i, name in enumerate(check.names):
        given = [run.case.arguments[i] for run in runs]
        if np.isscalar(given[0]):
            found[f"`{name}`"] = np.array(given, float)
        elif (
            isinstance(given[0], np.ndarray)
            and given[0].dtype.kind in "iu"
            and {x.shape for x in given} == {(3,)}
        ):
            for axis in range(3):
                found[f"`{name}[{axis}]`"] = np.array([x[axis] for x in given], float)
        elif isinstance(given[0], np.ndarray) and given[0].ndim:
            ndim = given[0].ndim
            if all(x.ndim == ndim for x in given):
                for axis in range(ndim):
                    found[f"the length of `{name}` along axis {axis}"] = np.array(
                        [x.shape[axis] for x in given], float
                    )
            else:
                found[f"the length of `{name}`"] = np.array([len(x) for x in given], float)
            found[f"how many numbers `{name}` has"] = np.array([x.size for x in given], float)
    seen: dict[bytes, str] = {}
    for name, values in list(found.items()):
        if (values == values[0]).all() or values.tobytes() in seen or (values < 0).any():
            del found[name]
        else:
            seen[values.tobytes()] = name
    return found
