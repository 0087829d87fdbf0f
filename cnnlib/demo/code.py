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
    bias=None,
    more="",
) -> dict[str, str]:
    """Write a convolution of a gray picture, or of one with channels last, with one kernel or F filters.

    Parameters
    ----------
    image : str
        Code that makes the array, such as ``np.array([[1, 2], [3, 4]])``.
    kernel : ndarray, shape (KH, KW), (KH, KW, C) or (F, C, KH, KW)
    stride, dilation : int
    padding : int or ((top, bottom), (left, right))
    flip, border
        As in `cnnlib.conv2d` and `cnnlib.pad`.
    side : int, optional
        The shorter side of the picture: PyTorch cannot mirror or repeat more pixels than there are.
    bias : ndarray, shape (F,), optional
        One for each of the filters.
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
    settings = (image, kernel, stride, sides, dilation, flip, border, bias)
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


def _start(image: str, kernel: np.ndarray, imports: list[str], flip: bool, bias) -> list[str]:
    filters = kernel.ndim == 4
    name, turned = ("filters", "..., ::-1, ::-1") if filters else ("kernel", "::-1, ::-1")
    lines = [*image_lines(image, *imports), f"{name} = np.array({array_text(kernel)})"]
    lines += [f"{name} = {name}[{turned}].copy()"] if flip else []
    return lines if bias is None else [*lines, f"bias = np.array({np.asarray(bias).tolist()})"]


def _padded(sides: Sides, border: str, deep: bool) -> str:
    ends = [*sides, (0, 0)] if deep else [*sides]
    return f"image = np.pad(image, {ends}, mode={BORDERS[border]!r})"


def _numpy(image, kernel, stride, sides, dilation, flip, border, bias) -> str:
    deep, filters = kernel.ndim > 2, kernel.ndim == 4
    lines = _start(image, kernel, ["from numpy.lib.stride_tricks import sliding_window_view"], flip, bias)
    if np.any(sides):
        lines.append(_padded(sides, border, deep))
    span = tuple(dilation * (k - 1) + 1 for k in (kernel.shape[2:] if filters else kernel.shape[:2]))
    steps = f"[::{stride}, ::{stride}" + (", :" if deep else "") + f", ::{dilation}, ::{dilation}]"
    steps = "" if stride == dilation == 1 else steps
    axes = {2: "rcij,ij->rc", 3: "rckij,ijk->rc", 4: "rckij,fkij->frc"}[kernel.ndim]
    lines += [
        f"windows = sliding_window_view(image, {span}, axis=(0, 1)){steps}",
        f"result = np.einsum({axes!r}, windows, {'filters' if filters else 'kernel'})",
    ]
    lines += [] if bias is None else ["result = result + bias[:, None, None]"]
    return "\n".join(lines)


def _torch(image, kernel, stride, sides, dilation, flip, border, bias, side) -> str:
    deep, filters = kernel.ndim > 2, kernel.ndim == 4
    lines = _start(image, kernel, ["import torch", "import torch.nn.functional as F"], flip, bias)
    padding = np.max(sides)
    too_wide = side is not None and padding >= side and border in ("reflect", "wrap")
    own = padding and (border not in TORCH_BORDERS or too_wide)
    if own:
        lines.append(_padded(sides, border, deep) + "  # PyTorch cannot do this border")
    to_layers = ".permute(2, 0, 1)[None]" if deep else "[None, None]"
    weights = "filters, dtype=torch.float64)" if filters else f"kernel, dtype=torch.float64){to_layers}"
    lines += [
        f"x = torch.tensor(image, dtype=torch.float64){to_layers}",
        f"w = torch.tensor({weights}",
    ]
    lines += [] if bias is None else ["b = torch.tensor(bias, dtype=torch.float64)"]
    if padding and not own:
        ends = (*sides[1], *sides[0])  # PyTorch begins with the last axis
        lines.append(f"x = F.pad(x, {ends}, mode={TORCH_BORDERS[border]!r})")
    inputs, one = "x, w" if bias is None else "x, w, b", "0" if filters else "0, 0"
    lines.append(f"result = F.conv2d({inputs}, stride={stride}, dilation={dilation})[{one}].numpy()")
    return "\n".join(lines)
