"""Lesson 01, from light to samples: the sensor's buckets, and the stripes that samples pretend to see."""

from collections.abc import Iterable

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.chart import lines
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Panel, View, Window, gray
from cnnlib.pictures import picture
from cnnlib.sampling import alias_frequency, sample, stripe_wave
from cnnlib.sensor import bucket_means, expose

FULL_WELL = 5.0  # volts
SIDE = 256  # of the scene, in pixels of the photo and of the page


def explore_sensor(
    size: int = 16,
    exposure: float = 5.0,
    noise: float = 0.0,
    *,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Lay a grid of light-collecting buckets over a scene, and read the voltage of each.

    Parameters
    ----------
    size : int
        Buckets along each side, 4 to 64.
    exposure : float
        Volts that white light gives, 0.5 to 20: the longer the shutter is open, the more. 5 V fill a bucket.
    noise : float
        Standard deviation in volts of what chance adds, 0 to 1.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the voltages.

    Raises
    ------
    ValueError
        If a setting lies outside its control.

    Examples
    --------
    >>> explore_sensor(4).text
    'The bucket in row 1, column 2 collects 0.545 of white light and reads 2.73 V. No bucket is full.'
    """
    settings = {
        "size": make.slider("buckets per side", size, 4, 64),
        "exposure": make.slider("exposure (V for white)", float(exposure), 0.5, 20.0, 0.5),
        "noise": make.slider("noise (V)", float(noise), 0.0, 1.0, 0.05),
        "again": make.button("take again", "take the picture again, with other noise"),
        "shot": Hidden(0),
        "row": Hidden(size // 4),
        "col": Hidden(size // 2),
    }
    demo = Demo("The sensor", "how much light falls into a bucket?", settings, _sensor, hide=hide, lock=lock)
    demo.again.on_click(lambda _: demo.set(shot=demo.shot.value + 1))
    return demo


def _sensor(*, size, exposure, noise, shot, row, col) -> View:
    scene = picture("camera") / 255
    light = bucket_means(scene, size)
    volts = expose(light, exposure=exposure, noise=noise, full_well=FULL_WELL, rng=shot)
    row, col = min(row, size - 1), min(col, size - 1)
    bucket = SIDE / size
    sensor = gray("sensor", volts, f"volts in {size} × {size} buckets, white: full", high=FULL_WELL)
    _fill(sensor, size).point, sensor.cursor, sensor.symbol = "row col", (row, col), "→"
    sensor.labels = [f"{value:.{2 if size <= 8 else 1}f}" for value in volts.flat] if size <= 12 else []
    return View(
        [gray("scene", 255 * _with_grid(scene, size), "the scene, seen through the lens"), sensor],
        f"The bucket in row {row}, column {col} collects {number_text(light[row, col])} of white light and "
        f"reads {number_text(volts[row, col])} V. {_full(volts)}",
        _reading(light[row, col] * exposure, light[row, col], exposure, volts[row, col]),
        [Window("sensor", "scene", (bucket, bucket), (bucket, bucket))],
        volts,
        lambda: {"NumPy": _sensor_code(size, exposure, noise, shot)},
    )


def _fill(panel: Panel, count: int) -> Panel:
    """Make a panel of `count` cells exactly as large as the scene, so that one lies on the other."""
    panel.cell = SIDE / count
    return panel


def _with_grid(scene: np.ndarray, size: int) -> np.ndarray:
    """Draw the rims of the buckets: brighter on dark ground, darker on bright; a fine grid is fainter."""
    rims = np.rint(np.arange(1, size) * SIDE / size).astype(int)
    on_rim = np.zeros(scene.shape, bool)
    on_rim[rims], on_rim[:, rims] = True, True
    strength = max(80 - size, 25) / 255
    return np.where(on_rim, scene + np.where(scene < 0.5, strength, -strength), scene)


def _full(volts: np.ndarray) -> str:
    full = int(np.sum(volts >= FULL_WELL))
    if not full:
        return "No bucket is full."
    share = number_text(100 * full / volts.size)
    return f"{share} % of the buckets are full: how much brighter it was there is lost."


def _reading(clean: float, light: float, exposure: float, volts: float) -> list[tuple[str, str]]:
    pieces = [(number_text(light), "pixel"), (" · ", ""), (f"{number_text(exposure)} V", "weight")]
    pieces += [(f" = {number_text(clean)} V", "")]
    if volts == FULL_WELL and clean > FULL_WELL:
        pieces += [(", but the bucket is full at ", "")]
    elif volts != clean:
        pieces += [(", with noise ", "")]
    else:
        pieces = [*pieces[:-1], (" = ", "")]
    return [*pieces, (f"{number_text(volts)} V", "total")]


def _sensor_code(size: int, exposure: float, noise: float, shot: int) -> str:
    chance = f" + np.random.default_rng({shot}).normal(0, {noise}, light.shape)" if noise else ""
    return f"""\
import numpy as np
from cnnlib.pictures import picture

scene, size = picture("camera") / 255, {size}
# each pixel {size} times: then every bucket holds {SIDE} of them, and no rim cuts through one
rows = scene.repeat(size, axis=0).reshape(size, {SIDE}, {SIDE}).mean(axis=1)
light = rows.repeat(size, axis=1).reshape(size, size, {SIDE}).mean(axis=2)
volts = light * {exposure}{chance}
result = np.clip(volts, 0, {FULL_WELL})"""


def explore_sampling(
    frequency: int = 3,
    count: int = 16,
    lean: float = 0.25,
    *,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Measure stripes at a few places, and see which stripes the samples tell of.

    Parameters
    ----------
    frequency : int
        Stripes on the scan line, 1 to 40.
    count : int
        Samples on the line, 4 to 64; the sensor has as many in each row and column.
    lean : float
        How far the stripes lean: each row of the picture is the scan line, moved a little, 0 to 1.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the samples of the scan line.

    Raises
    ------
    ValueError
        If a setting lies outside its control.

    Examples
    --------
    >>> explore_sampling(13, 16).text.split(": ")[1]
    '1.23 samples for each stripe, fewer than 2. This is aliasing'
    """
    settings = {
        "frequency": make.slider("stripes", frequency, 1, 40),
        "count": make.slider("samples", count, 4, 64),
        "lean": make.slider("lean", float(lean), 0.0, 1.0, 0.05),
    }
    return Demo("Sampling", "can samples lie?", settings, _sampling, hide=hide, lock=lock)


def _sampling(frequency: int, count: int, lean: float) -> View:
    places, values = sample(lambda line: stripe_wave(line, frequency), count)
    alias = alias_frequency(frequency, count)
    line = np.linspace(0, 1, max(200, 20 * frequency + 1))
    curves = {"the light": stripe_wave(line, frequency), "samples": (places, values)}
    if alias != frequency:
        curves["what the samples tell of"] = stripe_wave(line, alias)
    chart = lines(
        "line",
        line,
        curves,
        "the scan line: the top row of both pictures",
        xlabel="place on the line (share of its length)",
        ylabel="brightness",
        dots={"samples"},
        size=(700, 220),
        xlim=(0, 1),
        ylim=(-0.06, 1.06),
    )
    seen = gray("seen", _stripes(frequency, lean, count), f"as {count} × {count} samples", high=1, symbol="→")
    _fill(seen, count).labels = []
    stripes = gray("stripes", _stripes(frequency, lean, SIDE), f"{frequency} stripes a row", high=1)
    stripes.new_row = True
    return View(
        [chart, stripes, seen],
        _told(frequency, count, alias),
        output=values,
        code=lambda: _sampling_code(frequency, count),
    )


def _stripes(frequency: int, lean: float, count: int) -> np.ndarray:
    """Sample leaning stripes in rows and columns; each row alone is a scan line."""
    places = np.arange(count) / count
    return stripe_wave(places + lean * places[:, None], frequency)


def _told(frequency: int, count: int, alias: float) -> str:
    some = "1 stripe" if frequency == 1 else f"{frequency} stripes"
    each = "1 sample" if count == frequency else f"{number_text(count / frequency)} samples"
    start = f"{some}, {count} samples: {each} for each stripe"
    if count > 2 * frequency:
        return f"{start}, more than 2. The dots tell of the stripes as they are."
    if count == 2 * frequency:
        return f"{start}, the very limit. Here the dots jump from bright to dark; moved by a quarter of a \
stripe, they would all be the same gray."
    if alias == 0:
        return f"{start}, fewer than 2. This is aliasing: every dot falls on the same place of a stripe, so \
the line seems to have no stripes at all."
    ghost = "1 stripe" if alias == 1 else f"{number_text(alias)} stripes"
    return f"{start}, fewer than 2. This is aliasing: the dots lie just as well on {ghost}, and that is what \
the picture shows."


def _sampling_code(frequency: int, count: int) -> dict[str, str]:
    return {
        "NumPy": f"""\
import numpy as np

places = np.arange({count}) / {count}
result = 0.5 + 0.5 * np.cos(2 * np.pi * {frequency} * places)""",
        "PyTorch": f"""\
import torch

places = torch.arange({count}, dtype=torch.float64) / {count}
result = (0.5 + 0.5 * torch.cos(2 * torch.pi * {frequency} * places)).numpy()""",
    }
