"""Lesson 08, the convolution microscope on a layer: filters that span all channels, each with its bias."""

from collections.abc import Iterable

import numpy as np

from cnnlib.convolution import depthwise_conv2d
from cnnlib.demo.code import convolution_code, image_text
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import CHANNELS, PICTURE, channel_planes, kernel_panel, planes
from cnnlib.demo.view import INVENTED, PLAIN, Panel, Point, View, Window, signed
from cnnlib.demo.words import aligned, count_text, products, span_text
from cnnlib.display import feature_map

CELL = 24  # CSS pixels
ROOM = 702  # for the channels of the padded picture, side by side
LARGEST = 6  # rows and columns of a kernel
MOST = 4  # filters

# Fixed numbers, small enough for sums by hand: (F, C, KH, KW).
TWO_FILTERS = np.array(
    [
        [
            [[1, -1, 0], [0, -1, 1], [1, -1, 1]],
            [[0, -1, 0], [0, 0, 0], [1, -1, 1]],
            [[-1, 1, 1], [-1, 1, -1], [0, 0, 1]],
        ],
        [
            [[-1, -1, -1], [1, -1, 0], [-1, 1, 1]],
            [[-1, 1, 0], [-1, 0, -1], [1, -1, 0]],
            [[0, 0, -1], [1, 1, 1], [-1, 0, 0]],
        ],
    ]
)
TWO_BIASES = np.array([1, 0])


def check_filters(where: str, image: np.ndarray, filters: np.ndarray) -> None:
    """Refuse what has no room on the page.

    Raises
    ------
    ValueError
        If the picture is gray, or picture, kernels or filters are too large or too many.

    Examples
    --------
    >>> check_filters("explore_convolution", np.zeros((5, 5, 3)), TWO_FILTERS)
    """
    if image.ndim != 3 or max(image.shape) > 8 or len(filters) > MOST or max(filters.shape[2:]) > LARGEST:
        raise ValueError(
            f"{where}: image {image.shape} and filters {filters.shape} have no room to be read; give "
            f"(H, W, 3) with at most 8 rows and columns, and at most {MOST} filters of {LARGEST} by {LARGEST}"
        )


def filters_view(
    name, image, kernel, bias, *, at: tuple[int, int, int], reached: int, whole: bool, **geometry
) -> View:
    """Return the microscope's view of a layer, at one place of one filter.

    Parameters
    ----------
    name : str or None
        The picture's name.
    image : ndarray, (H, W, 3)
    kernel : ndarray, (F, 3, KH, KW)
    bias : ndarray, (F, 1)
    at : (filter, row, column)
        Which number of the maps.
    reached : int
        The farthest place so far; later ones stay empty unless `whole`.
    **geometry
        As for `cnnlib.display.feature_map`.

    Examples
    --------
    >>> view = filters_view(
    ...     None, np.ones((3, 3, 3)), np.ones((1, 3, 3, 3)), np.array([[2]]), at=(0, 0, 0), reached=0,
    ...     whole=True, stride=1, padding=0, dilation=1, flip=False,
    ... )
    >>> view.sentence.split(". ")[-1]
    '27 products and the bias 2 add up to 29.'
    """
    biases = bias[:, 0]
    padded, output = feature_map(image, kernel, bias=biases, **geometry)
    at = tuple(min(i, n - 1) for i, n in zip(at, output.shape, strict=True))
    place = int(np.ravel_multi_index(at, output.shape))
    reached = max(reached, place)
    order = np.arange(output.size).reshape(output.shape)
    seen = output if whole else np.where(order <= reached, output, np.nan)
    padding, stride, dilation = (geometry[way] for way in ("padding", "stride", "dilation"))
    height, width = kernel.shape[2:]
    top, left = at[1] * stride, at[2] * stride
    window = padded[top:, left:][: dilation * height : dilation, : dilation * width : dilation]
    weights = kernel[at[0], :, ::-1, ::-1] if geometry["flip"] else kernel[at[0]]
    where = (
        span_text("row", top - padding, height, dilation),
        span_text("column", left - padding, width, dilation),
    )
    return View(
        panels=[*_panels(padded, kernel, bias, output, seen, at, padding, geometry["flip"])],
        sentence=f"Filter {at[0]}, row {at[1]}, column {at[2]} of its feature map, position {place + 1} of "
        f"{output.size}: its three kernels lie on {where[0]}, {where[1]}, one on each channel. "
        f"{weights.size} products and the bias {number_text(biases[at[0]])} add up to "
        f"{number_text(output[at])}.",
        arithmetic=_sums(np.moveaxis(window, -1, 0), weights, biases[at[0]], output[at]),
        windows=[*_windows(padded.shape[1], kernel.shape, stride, dilation)],
        output=output,
        code=lambda: convolution_code(
            image_text(image, name), kernel, **geometry, side=min(image.shape[:2]), bias=biases
        ),
        state={"reached": reached},
    )


def _panels(padded, kernel, bias, output, seen, at, padding, flip) -> Iterable[Panel]:
    rows, cols = (n - 2 * padding for n in padded.shape[:2])
    around = f"; {count_text(padding, 'padding pixel')} per side" if padding else ""
    marks = np.full(padded.shape, INVENTED if padding else PLAIN)
    marks[padding : padding + rows, padding : padding + cols] = PLAIN
    yield channel_planes(
        "image",
        padded,
        f"picture {rows} × {cols} × 3: red, green, blue{around}",
        cell=min(CELL, ROOM // (3 * padded.shape[1] + 2)),
        high=max(padded.max(), 1),
        marks=planes(marks, gap=PLAIN).astype(np.uint8),
    )
    turned = ", turned by 180°" if flip else ""
    limit = np.abs(output).max()
    for f, weights in enumerate(kernel):
        here = f == at[0]
        sheet = planes(np.moveaxis(weights, 0, -1))
        caption = f"{'▸ ' if here else ''}filter {f}, {' × '.join(map(str, weights.shape))}{turned}"
        size = CELL * max(sheet.shape)
        yield kernel_panel(
            f"filter {f}",
            sheet,
            caption,
            size=size,
            symbol=PICTURE.replace("⋆", "∗") if flip else PICTURE,
            new_row=True,
        )
        yield signed(
            f"bias {f}",
            bias[[f]],
            "bias",
            size=CELL,
            symbol="+",
            legend=False,
            edit="bias",
            origin=(f, 0),
            room=40,
        )
        yield signed(
            f"map {f}",
            seen[f],
            f"feature map {f}",
            size=CELL * max(output.shape[1:]),
            limit=limit,
            symbol="=",
            legend=False,
            point=Point("row", "col", filter=f),
            cursor=at[1:] if here else None,
        )


def _windows(width: int, shape: tuple[int, ...], stride: int, dilation: int) -> Iterable[Window]:
    """Light up a window on each channel, the filter and its bias."""
    filters, channels, *taps = shape
    for f in range(filters):
        of = f"map {f}"
        for c in range(channels):
            yield Window(of, "image", tuple(taps), (stride,) * 2, (0, c * (width + 1)), (dilation,) * 2)
        yield Window(of, f"filter {f}", (taps[0], channels * (taps[1] + 1) - 1), (0, 0))
        yield Window(of, f"bias {f}", (1, 1), (0, 0))


def _sums(window, weights, bias: float, total: float) -> list[tuple[str, str]]:
    """Write the products of each channel in a line of its own, and the sum of the lines."""
    parts = depthwise_conv2d(window, weights)[:, 0, 0]
    lines = []
    for name, pixels, kernel, part in zip(CHANNELS, window, weights, parts, strict=True):
        lines.append([(f"{name:<7}", ""), *products(pixels.ravel(), kernel.ravel(), part)])
    return aligned([*lines, sum_line("sum", parts, bias, total)])


def sum_line(name: str, parts: Iterable[float], bias: float, total: float) -> list[tuple[str, str]]:
    """Write a sum of channels and a bias with the numbers in place.

    Examples
    --------
    >>> "".join(text for text, role in sum_line("sum", [258, -894, 258], 5, -373))
    'sum    258 + (−894) + 258 + bias 5 = −373'
    """
    texts = [number_text(part) if part >= 0 else f"({number_text(part)})" for part in parts]
    extra = number_text(bias) if bias >= 0 else f"({number_text(bias)})"
    return [
        (f"{name:<7}{' + '.join(texts)} + bias ", ""),
        (extra, "weight"),
        (" = ", ""),
        (number_text(total), "total"),
    ]
