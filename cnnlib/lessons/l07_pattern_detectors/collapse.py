"""Lesson 07, why a network needs a nonlinearity: two layers with nothing between them are one."""

from typing import Annotated

import numpy as np

from cnnlib.activations import relu
from cnnlib.composition import compose_kernels
from cnnlib.convolution import conv2d
from cnnlib.demo.code import array_text
from cnnlib.demo.colormaps import largest
from cnnlib.demo.declare import Cells, Tick, demo
from cnnlib.demo.inputs import kernel_of
from cnnlib.demo.numbers import number_text
from cnnlib.demo.parts import kernel_panel
from cnnlib.demo.view import View, gray, signed
from cnnlib.demo.words import percent_text, size_text
from cnnlib.demo.zoo import zoo
from cnnlib.drawing import shapes_image

SIDE = 56  # pixels of the picture


def _kernel(where: str, kernel) -> np.ndarray:
    kernel = kernel_of(where, kernel)
    if kernel.shape != (3, 3):
        raise ValueError(f"{where}: two kernels of 3 × 3 are put into one; this one is {size_text(kernel)}")
    return kernel


@demo("Two layers or one", "what does a second layer add?", order="bend first second")
def explore_collapse(
    a: Annotated[
        np.ndarray, Cells(_kernel, argument="first"), "A name from cnnlib.KERNELS, or numbers (3, 3)"
    ] = "Sobel, columns",
    b: Annotated[np.ndarray, Cells(_kernel, argument="second"), "The same"] = "box blur",
    bend: Annotated[
        bool, Tick(label="ReLU between the layers"), "Whether a ReLU stands between them"
    ] = False,
    *,
    first: Annotated[str, zoo("a", side=3, label="kernel A")],
    second: Annotated[str, zoo("b", side=3, label="kernel B")],
) -> View:
    """Put two layers into one, and see that it fails as soon as a ReLU stands between them.

    The output is what the two layers give, minus what the one gives.

    >>> demo = explore_collapse()
    >>> demo.output.any()
    np.False_
    >>> demo.bend.value = True
    >>> demo.output.any()
    np.True_
    """
    image = shapes_image(SIDE)
    inner = relu(conv2d(image, a)) if bend else conv2d(image, a)
    two, both = conv2d(inner, b), compose_kernels(a, b)
    one = conv2d(image, both)
    limit = max(largest(two), largest(one))
    difference = two - one
    difference[np.abs(difference) < 1e-9 * limit] = 0  # weights such as 1/9 leave a trace of rounding

    most = number_text(largest(difference))
    result = {"size": 112, "limit": limit, "legend": False}
    return View(
        panels=[
            gray("image", image, f"the picture\n{SIDE} × {SIDE}", size=112),
            kernel_panel("a", a, "kernel A: click a\ncell to change it", size=90, edit="a"),
            signed("inner", inner, "after A" + " and ReLU" * bend, size=112, legend=False, symbol="="),
            kernel_panel("b", b, "kernel B: click a\ncell to change it", size=90, edit="b"),
            signed("two", two, f"two layers: A, {'ReLU, then' if bend else 'then'} B", symbol="=", **result),
            gray("same", image, "the same picture", size=112, new_row=True),
            kernel_panel("both", both, f"A and B in one:\n{size_text(both)}", size=150),
            signed("one", one, "one layer", symbol="=", **result),
            signed("difference", difference, f"two minus one:\nat most {most}", **result),
        ],
        sentence=_sentence(two, difference, bend),
        output=difference,
        code=lambda: _code(a, b, bend),
    )


def _sentence(two: np.ndarray, difference: np.ndarray, bend: bool) -> str:
    share, most = np.mean(difference != 0), number_text(largest(difference))
    if not bend:
        return (
            f"Two layers and the one 5 × 5 kernel give the same at all {two.size:,} positions: the largest "
            f"difference is {most}. Without a nonlinearity between them, two layers can do no more than one."
        )
    if not share:
        return (
            "Here the ReLU between the layers changes nothing: no number of the first map that matters is "
            "negative, so the one 5 × 5 kernel still replaces both. Choose another kernel A."
        )
    return (
        f"With a ReLU between them the difference is up to {most}, at {_percent(share)} of the positions: "
        "the one 5 × 5 kernel no longer replaces both. The second layer now adds something."
    )


def _percent(share: float) -> str:
    return percent_text(share) if share >= 0.005 else "fewer than 1 %"


def _code(a: np.ndarray, b: np.ndarray, bend: bool) -> dict[str, str]:
    start = [
        "from cnnlib.drawing import shapes_image",
        "",
        f"image = shapes_image({SIDE}).astype(float)",
        f"a = np.array({array_text(a)}, float)",
        f"b = np.array({array_text(b)}, float)",
        "",
    ]
    numpy = [
        "import numpy as np",
        "from numpy.lib.stride_tricks import sliding_window_view",
        *start,
        "def slide(x, kernel):",
        '    return np.einsum("rcij,ij->rc", sliding_window_view(x, kernel.shape), kernel)',
        "",
        "both = slide(np.pad(a, 2), b[::-1, ::-1])  # A and B in one kernel",
        f"inner = {'np.maximum(slide(image, a), 0)' if bend else 'slide(image, a)'}",
        "result = slide(inner, b) - slide(image, both)",
    ]
    torch = [
        "import numpy as np",
        "import torch",
        "import torch.nn.functional as F",
        *start,
        "image, a, b = (torch.tensor(x, dtype=torch.float64)[None, None] for x in (image, a, b))",
        "both = F.conv2d(a, b.flip(2, 3), padding=2)  # A and B in one kernel",
        f"inner = {'torch.relu(F.conv2d(image, a))' if bend else 'F.conv2d(image, a)'}",
        "result = (F.conv2d(inner, b) - F.conv2d(image, both))[0, 0].numpy()",
    ]
    return {"NumPy": "\n".join(numpy), "PyTorch": "\n".join(torch)}
