"""Lesson 01, the sensor: how much light does each of its photosites collect?"""

from typing import Annotated

import numpy as np

from cnnlib.demo.declare import Hidden, Place, Pointed, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.view import Point, View, Window, gray
from cnnlib.pictures import picture
from cnnlib.sensor import bucket_means, expose

FULL_WELL = 5.0  # volts
SIDE = 256  # of the scene, in pixels of the photo and of the page


@demo("The sensor", "how much light does a photosite collect?")
def explore_sensor(
    size: Annotated[int, Slider(4, 64, label="photosites per side")] = 16,
    exposure: Annotated[
        float,
        Slider(0.5, 20.0, 0.5, label="white gives (V)"),
        "Exposure and gain together; a photosite is full at 5 V",
    ] = 5.0,
    noise: Annotated[
        float, Slider(0.0, 1.0, 0.05, label="noise (V)"), "Standard deviation of what chance adds"
    ] = 0.0,
    *,
    at: Annotated[Place | None, Pointed, "The photosite to begin with"] = None,
    shot: Annotated[int, Hidden] = 0,
) -> View:
    """Lay a grid of photosites over a scene, and read the voltage of each.

    The output is the voltages.

    >>> explore_sensor(4).text
    'The photosite in row 1, column 2 receives 0.545 of white and reads 2.73 V. No photosite is full.'
    """
    scene = picture("camera") / 255
    light = bucket_means(scene, size)
    volts = expose(light, exposure=exposure, noise=noise, full_well=FULL_WELL, rng=shot)

    at = at.within(volts.shape)
    bucket = SIDE / size
    digits = 2 if size <= 8 else 1
    return View(
        panels=[
            gray("scene", 255 * _with_grid(scene, size), "the scene, seen through the lens"),
            gray(
                "sensor",
                volts,
                f"volts of {size} × {size} photosites, white: full",
                high=FULL_WELL,
                cell=bucket,  # exactly as large as the scene, so that one lies on the other
                labels=[f"{value:.{digits}f}" for value in volts.flat] if size <= 12 else [],
                point=Point("at"),
                cursor=at,
                symbol="→",
            ),
        ],
        sentence=f"The photosite in row {at.row}, column {at.col} receives {number_text(light[at])} of white "
        f"and reads {number_text(volts[at])} V. {_full(volts)}",
        arithmetic=_arithmetic(light[at] * exposure, light[at], exposure, volts[at]),
        windows=[Window("sensor", "scene", (bucket, bucket), (bucket, bucket))],
        output=volts,
        code=lambda: {"NumPy": _code(size, exposure, noise, shot)},
    )


@explore_sensor.starts
def _begin(size):
    return {"at": (size // 4, size // 2)}


@explore_sensor.button("again", "take again", "take the picture again, with other noise")
def _take_again(shot):
    return {"shot": shot + 1}


def _with_grid(scene: np.ndarray, size: int) -> np.ndarray:
    """Draw the rims of the photosites: brighter on dark ground, darker on bright; a fine grid is fainter."""
    rims = np.rint(np.arange(1, size) * SIDE / size).astype(int)
    on_rim = np.zeros(scene.shape, bool)
    on_rim[rims], on_rim[:, rims] = True, True
    strength = max(80 - size, 25) / 255
    return np.where(on_rim, scene + np.where(scene < 0.5, strength, -strength), scene)


def _full(volts: np.ndarray) -> str:
    full = int(np.sum(volts >= FULL_WELL))
    if not full:
        return "No photosite is full."
    share = number_text(100 * full / volts.size)
    return f"{share} % of the photosites are full (saturated): how much brighter it was there is lost."


def _arithmetic(clean: float, light: float, exposure: float, volts: float) -> list[tuple[str, str]]:
    pieces = [(number_text(light), "pixel"), (" · ", ""), (f"{number_text(exposure)} V", "weight")]
    pieces += [(f" = {number_text(clean)} V", "")]
    if volts == FULL_WELL and clean > FULL_WELL:
        pieces += [(", but the photosite is full at ", "")]
    elif volts != clean:
        pieces += [(", with noise ", "")]
    else:
        pieces = [*pieces[:-1], (" = ", "")]
    return [*pieces, (f"{number_text(volts)} V", "total")]


def _code(size: int, exposure: float, noise: float, shot: int) -> str:
    chance = f" + np.random.default_rng({shot}).normal(0, {noise}, light.shape)" if noise else ""
    return f"""\
import numpy as np
from cnnlib.pictures import picture

scene, size = picture("camera") / 255, {size}
# each pixel {size} times: then every photosite holds {SIDE} of them, and no rim cuts through one
rows = scene.repeat(size, axis=0).reshape(size, {SIDE}, {SIDE}).mean(axis=1)
light = rows.repeat(size, axis=1).reshape(size, size, {SIDE}).mean(axis=2)
volts = light * {exposure}{chance}
result = np.clip(volts, 0, {FULL_WELL})"""
