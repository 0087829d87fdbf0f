"""The poolings of the lesson: their arithmetic with the numbers in place, and as text to run."""

import numpy as np

from cnnlib.demo.code import image_lines
from cnnlib.demo.numbers import MINUS, number_text
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import MAP_IMPORT
from cnnlib.pooling import avg_pool2d, max_pool2d, sum_pool2d

POOLS = {"max": max_pool2d, "average": avg_pool2d, "sum": sum_pool2d}
TABLE = np.array([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]])
DIGITS = 4  # quarters are exact up to 99
_NUMPY = {"max": "max", "average": "mean", "sum": "sum"}
_VIEW = "from numpy.lib.stride_tricks import sliding_window_view"


def pooled_terms(
    kind: str, name: str, cells: np.ndarray, value: float, *, brief: bool = False
) -> list[tuple[str, str]]:
    """Write the pooling of one window with its numbers in place.

    `name` is that of the map, if there are several; `brief` leaves the numbers out, where there is no room.

    Examples
    --------
    >>> "".join(text for text, _ in pooled_terms("average", "", np.array([4, -2]), 1))
    '(4 + (−2)) / 2 = 1'
    """
    if brief:
        done = {"max": "largest", "average": "average", "sum": "sum"}[kind]
        return [(f"{name}: {done} of {cells.size} numbers = ", ""), (number_text(value, DIGITS), "total")]
    forms = {"max": ("max(", ", ", ")"), "average": ("(", " + ", f") / {cells.size}"), "sum": ("", " + ", "")}
    opening, between, closing = forms[kind]
    pieces = [((f"{name}: " if name else "") + opening, "")]
    for i, number in enumerate(cells.flat):
        text = number_text(number)
        brackets = i and kind != "max" and text.startswith(MINUS)
        pieces += [(between if i else "", ""), (f"({text})" if brackets else text, "pixel")]
    return [*pieces, (f"{closing} = ", ""), (number_text(value, DIGITS), "total")]


def pool_line(kind: str, window: int, stride: int, source: str = "image", name: str = "result") -> list[str]:
    """Write pooling in NumPy, over the last two axes.

    Examples
    --------
    >>> pool_line("max", 2, 2)[-1]
    'result = windows.max((-2, -1))'
    """
    step = "" if stride == 1 else f"[..., ::{stride}, ::{stride}, :, :]"
    return [
        f"windows = sliding_window_view({source}, ({window}, {window}), axis=(-2, -1)){step}",
        f"{name} = windows.{_NUMPY[kind]}((-2, -1))",
    ]


def torch_pool(kind: str, window: int, stride: int, padding: int = 0, source: str = "x") -> str:
    """Write pooling in PyTorch as an expression.

    Examples
    --------
    >>> torch_pool("sum", 2, 2)
    'F.avg_pool2d(x, 2, stride=2) * 4'
    """
    name = "max_pool2d" if kind == "max" else "avg_pool2d"
    more = f", padding={padding}" if padding else ""
    times = f" * {window**2}" if kind == "sum" else ""
    return f"F.{name}({source}, {window}, stride={stride}{more}){times}"


def text_start(image: str, *imports: str) -> list[str]:
    """Write the first lines of a text about pooling: imports, and the numbers.

    Examples
    --------
    >>> text_start("np.eye(2)", "import torch")
    ['import numpy as np', 'import torch', '', 'image = np.eye(2)']
    """
    own = [MAP_IMPORT] if "KERNELS" in image else []
    return image_lines(image, *imports, *own)


def pooling_code(image: str, kind: str, window: int, stride: int, padding: int, axes: int) -> dict[str, str]:
    """Write the pooling of an array that the code `image` makes, of 2 `axes`, or 3 for several maps.

    Examples
    --------
    >>> names = {}
    >>> exec(pooling_code("np.arange(4).reshape(2, 2)", "max", 2, 2, 0, 2)["NumPy"], names)
    >>> names["result"].tolist()
    [[3]]
    """
    numpy = text_start(image, _VIEW)
    if padding:
        ends = [(0, 0)] * (axes - 2) + [(padding, padding)] * 2
        border = "-np.inf" if kind == "max" else "0"
        numpy.append(f"image = np.pad(image.astype(float), {ends}, constant_values={border})")
    torch = [
        *text_start(image, "import torch", "import torch.nn.functional as F"),
        f"x = torch.tensor(image, dtype=torch.float64)[None{', None' * (axes == 2)}]",
        f"result = ({torch_pool(kind, window, stride, padding)})[0{', 0' * (axes == 2)}].numpy()",
    ]
    return {"NumPy": "\n".join(numpy + pool_line(kind, window, stride)), "PyTorch": "\n".join(torch)}
