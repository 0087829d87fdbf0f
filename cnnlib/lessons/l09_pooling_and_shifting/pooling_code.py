"""Pooling as text to run, in NumPy and in PyTorch."""

from cnnlib.demo.code import image_lines
from cnnlib.lessons.l09_pooling_and_shifting.feature_maps import MAP_IMPORT
from cnnlib.pooling import avg_pool2d, max_pool2d, sum_pool2d

POOLS = {"max": max_pool2d, "average": avg_pool2d, "sum": sum_pool2d}
_NUMPY = {"max": "max", "average": "mean", "sum": "sum"}
_VIEW = "from numpy.lib.stride_tricks import sliding_window_view"


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
    """Write a pooling.

    Parameters
    ----------
    image : str
        Code that makes the array.
    kind : {"max", "average", "sum"}
    window, stride, padding : int
    axes : int
        Of the array: 2, or 3 for several maps.

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
