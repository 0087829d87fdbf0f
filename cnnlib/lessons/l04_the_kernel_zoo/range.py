"""Lesson 04, the output-range lab: one response in five pictures, of which one tells the truth."""

from typing import Annotated

from cnnlib.convolution import conv2d
from cnnlib.demo.declare import Choice, Slider, demo
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import PHOTOGRAPHER
from cnnlib.demo.view import View, gray, signed
from cnnlib.demo.words import lying_text, size_text
from cnnlib.display import absolute, clipped, wrapped
from cnnlib.kernels import KERNELS
from cnnlib.pictures import picture


@demo("Output-range lab", "which picture tells the truth?")
def explore_range(
    kernel: Annotated[str, Choice(KERNELS, check=lambda _, name: KERNELS[name].name)] = "Sobel, columns",
    *,
    gain: Annotated[float, Slider(0.1, 4.0, 0.1), "What the response is multiplied by"] = 1.0,
) -> View:
    """Show one response in five ways side by side, and count the pixels that a byte cannot hold.

    The output is the response itself.

    >>> explore_range("identity").text.split(". ")[0]
    'Values run from 2 to 255'
    """
    image = picture("camera")[PHOTOGRAPHER]
    response = conv2d(image.astype(float), KERNELS[kernel].weights * gain)
    low, high = response.min(), response.max()

    wrong = lying_text(response)
    return View(
        panels=[
            gray("image", image, "the picture", size=200),
            signed("signed", response, f"signed, {size_text(response)}", size=200),
            gray("absolute", absolute(response), "absolute\nthe sign is lost", size=200),
            gray("clipped", clipped(response), f"clipped to 0..255\n{wrong} wrong", size=200),
            gray("wrapped", wrapped(response), f"wrapped, as .astype(uint8)\n{wrong} wrong", size=200),
            gray("auto", response, _stretched(low, high), size=200, low=low, high=high),
        ],
        sentence=f"Values run from {number_text(round(low))} to {number_text(round(high))}. "
        f"A byte holds 0 to 255, so {wrong} do not fit. Only the signed picture shows each value as it is; "
        "the last one is stretched to fit, as imshow does without saying so.",
        output=response,
    )


def _stretched(low: float, high: float) -> str:
    zero = number_text(round(255 * (0 - low) / ((high - low) or 1)))
    return f"stretched, as imshow does\n0 is drawn as gray {zero}" if low < 0 else "stretched, as imshow does"
