"""Text to run: the settings of a demo as NumPy and as PyTorch code that give the same numbers.

Every text ends with the array `result`; a test runs each and compares it with the demo's output.
"""

import numpy as np

from cnnlib.pictures import picture
from cnnlib.shapes import BORDERS, Sides, padding_sides

TORCH_BORDERS = {"zero": "constant", "reflect": "reflect", "edge": "replicate", "wrap": "circular"}


def array_text(array: np.ndarray) -> str:
    """Write an array as the text of a nested list that evaluates to the same numbers.

    Examples
    --------
    >>> array_text(np.array([[1, 0.5]]))
    '[[1.0, 0.5]]'
    """
    rows = ",\n    ".join(str(row) for row in np.asarray(array).tolist())
    return f"[\n    {rows},\n]" if len(array) > 1 else f"[{rows}]"


def image_text(image: np.ndarray, name: object = None) -> str:
    """Write a picture as text: by its name while it is the course's picture of that name, else in numbers.

    Examples
    --------
    >>> image_text(picture("ramp 4x4"), "ramp 4x4"), image_text(np.eye(1), "ramp 4x4")
    ("picture('ramp 4x4')", 'np.array([[1.0]])')
    """
    if isinstance(name, str) and np.array_equal(image, picture(name)):
        return f"picture({name!r})"
    return f"np.array({array_text(image)})"


def convolution_code(
    image: str,
    kernel: np.ndarray,
    *,
    stride=1,
    padding=0,
    dilation=1,
    flip=False,
    border="zero",
    side=None,
    more="",
) -> dict[str, str]:
    """Write a convolution of a gray picture, or of one with channels last.

    Parameters
    ----------
    image : str
        Code that makes the array, such as ``np.array([[1, 2], [3, 4]])``.
    kernel : ndarray, shape (KH, KW) or (KH, KW, C)
    stride, dilation : int
    padding : int or ((top, bottom), (left, right))
    flip, border
        As in `cnnlib.conv2d` and `cnnlib.pad`.
    side : int, optional
        The shorter side of the picture: PyTorch cannot mirror or repeat more pixels than there are.
    more : str
        Text to append: NumPy that goes on from `result`.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> code = convolution_code("np.eye(4)", np.ones((2, 2)))
    >>> names = {}
    >>> exec(code["NumPy"], names)
    >>> names["result"][0].tolist()
    [2.0, 1.0, 0.0]
    """
    sides = padding_sides("convolution_code", padding)
    settings = (image, kernel, stride, sides, dilation, flip, border)
    return {"NumPy": _numpy(*settings) + more, "PyTorch": _torch(*settings, side) + more}


def image_lines(image: str, *imports: str) -> list[str]:
    """Write the lines that begin a text: imports, and the picture that it works on.

    Parameters
    ----------
    image : str
        Code that makes the array.
    *imports : str
        Further lines of imports.

    Examples
    --------
    >>> image_lines("picture('camera')")[1:]
    ['from cnnlib.pictures import picture', '', "image = picture('camera')"]
    """
    homes = {"load_image": "images", "picture": "pictures"}
    own = [f"from cnnlib.{home} import {name}" for name, home in homes.items() if f"{name}(" in image]
    return ["import numpy as np", *imports, *own, "", f"image = {image}"]


def _start(image: str, kernel: np.ndarray, imports: list[str], flip: bool) -> list[str]:
    lines = [*image_lines(image, *imports), f"kernel = np.array({array_text(kernel)})"]
    return [*lines, "kernel = kernel[::-1, ::-1].copy()"] if flip else lines


def _padded(sides: Sides, border: str, deep: bool) -> str:
    ends = [*sides, (0, 0)] if deep else [*sides]
    return f"image = np.pad(image, {ends}, mode={BORDERS[border]!r})"


def _numpy(image, kernel, stride, sides, dilation, flip, border) -> str:
    deep = kernel.ndim == 3
    lines = _start(image, kernel, ["from numpy.lib.stride_tricks import sliding_window_view"], flip)
    if np.any(sides):
        lines.append(_padded(sides, border, deep))
    span = tuple(dilation * (k - 1) + 1 for k in kernel.shape[:2])
    steps = f"[::{stride}, ::{stride}" + (", :" if deep else "") + f", ::{dilation}, ::{dilation}]"
    steps = "" if stride == dilation == 1 else steps
    axes = "rckij,ijk->rc" if deep else "rcij,ij->rc"
    lines += [
        f"windows = sliding_window_view(image, {span}, axis=(0, 1)){steps}",
        f"result = np.einsum({axes!r}, windows, kernel)",
    ]
    return "\n".join(lines)


def _torch(image, kernel, stride, sides, dilation, flip, border, side) -> str:
    deep = kernel.ndim == 3
    lines = _start(image, kernel, ["import torch", "import torch.nn.functional as F"], flip)
    padding = np.max(sides)
    too_wide = side is not None and padding >= side and border in ("reflect", "wrap")
    own = padding and (border not in TORCH_BORDERS or too_wide)
    if own:
        lines.append(_padded(sides, border, deep) + "  # PyTorch cannot do this border")
    to_layers = ".permute(2, 0, 1)[None]" if deep else "[None, None]"
    lines += [
        f"x = torch.tensor(image, dtype=torch.float64){to_layers}",
        f"w = torch.tensor(kernel, dtype=torch.float64){to_layers}",
    ]
    if padding and not own:
        ends = (*sides[1], *sides[0])  # PyTorch begins with the last axis
        lines.append(f"x = F.pad(x, {ends}, mode={TORCH_BORDERS[border]!r})")
    lines.append(f"result = F.conv2d(x, w, stride={stride}, dilation={dilation})[0, 0].numpy()")
    return "\n".join(lines)
