"""The floors of the house: imports go down only, and each floor needs just what it may."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import cnnlib

ROOT = Path(cnnlib.__file__).parent
FLOORS = {"": 0, "nn": 1, "demo": 2, "exercises": 3, "lessons": 4, "explore": 5}
PACKAGES = {  # beside the standard library and cnnlib itself
    "": {"numpy"},
    "nn": {"numpy"},
    "demo": {"numpy", "matplotlib", "PIL", "IPython", "ipywidgets", "anywidget", "traitlets"},
    "exercises": {"numpy", "IPython", "ipywidgets", "platformdirs"},
    "lessons": {"numpy", "scipy", "matplotlib", "IPython", "ipywidgets"},
    "explore": set(),
}
LAZY = {  # when a picture is opened or drawn, or a file downloaded, not before
    ("images.py", "PIL"),
    ("nn/generated.py", "PIL"),
    ("nn/handwriting.py", "PIL"),
    *(("nn/download.py", package) for package in ("platformdirs", "pooch", "requests", "tqdm")),
}


class Import(NamedTuple):
    """One imported module, by its full name."""

    name: str
    lazy: bool
    line: int


def imports(source: str, package: str) -> Iterator[Import]:
    """Find the modules that a file of `package` imports, also inside functions and by name."""
    tree = ast.parse(source)
    inside = {n for late in ast.walk(tree) if _runs_later(late) for n in ast.walk(late)}
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            module = ".".join([*parents, *([node.module] if node.module else [])])
            names = [f"{module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
            names = [
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
        for name in names:
            yield Import(name, node in inside, node.lineno)


def _runs_later(node: ast.AST) -> bool:
    """Tell whether importing the file leaves this part out: a function, or `if TYPE_CHECKING`."""
    typing_only = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
    return typing_only or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def faults(source: str, path: str) -> list[str]:
    """List what a file does against the floor plan; `path` is below cnnlib/."""
    folder, *rooms = Path(path).parent.parts or [Path(path).stem if path == "explore.py" else ""]
    if folder not in FLOORS:
        return [f"{path}: folder {folder} has no floor"]
    package = ".".join(["cnnlib", *Path(path).parent.parts])
    found = []
    for name, lazy, line in imports(source, package):
        top, _, rest = name.partition(".")
        if "pyplot" in name or "pylab" in name:
            found.append(f"{path}:{line}: {name} keeps global state")
        elif top == "cnnlib":
            target = rest.partition(".")[0]
            if FLOORS.get(target, 0) > FLOORS[folder]:
                found.append(f"{path}:{line}: {name} lies above {folder or 'the ground floor'}")
            elif target == "lessons" and rest.split(".")[1:2] != rooms:
                found.append(f"{path}:{line}: {name} is another lesson's")
        elif top not in sys.stdlib_module_names | PACKAGES[folder] and not (lazy and (path, top) in LAZY):
            found.append(f"{path}:{line}: {name} is not for {folder or 'the ground floor'}")
    return found


def test_floors():
    files = sorted(ROOT.rglob("*.py"))
    assert files
    found = [
        fault
        for file in files
        for fault in faults(file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("shapes.py", "import scipy.signal"),
        ("shapes.py", "from PIL import Image"),
        ("shapes.py", "def f():\n    from PIL import Image"),
        ("images.py", "from PIL import Image"),
        ("kernels.py", "from cnnlib.demo import PixelGrid"),
        ("kernels.py", "from cnnlib import explore"),
        ("kernels.py", "from . import nn"),
        ("nn/layers.py", "from cnnlib.exercises import predict"),
        ("nn/layers.py", "def f():\n    import cnnlib.lessons.l04_the_kernel_zoo.filters"),
        ("nn/layers.py", "import torch"),
        ("demo/paint.py", "from ..lessons.l04_the_kernel_zoo import filters"),
        ("lessons/l01_light/adc.py", "from cnnlib.lessons.l04_the_kernel_zoo.filters import HEAD"),
        ("lessons/l01_light/adc.py", "from cnnlib.explore import explore_filters"),
        ("exercises/check.py", "import importlib\nimportlib.import_module('cnnlib.explore')"),
        ("lessons/l04_the_kernel_zoo/filters.py", "import matplotlib.pyplot as plt"),
        ("lessons/l04_the_kernel_zoo/filters.py", "def f():\n    from matplotlib import pyplot"),
        (
            "lessons/l04_the_kernel_zoo/filters.py",
            "from importlib import import_module\nimport_module('matplotlib.pyplot')",
        ),
        ("attic/new.py", "import numpy"),
    ],
)
def test_the_test_sees(path, source):
    assert len(faults(source, path)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("images.py", "if TYPE_CHECKING:\n    from PIL.Image import Image"),
        ("images.py", "import io\ndef f():\n    from PIL import Image"),
        ("pooling.py", "import numpy as np\nfrom cnnlib.shapes import pad\nfrom . import kernels"),
        (
            "nn/layers.py",
            "from cnnlib import conv2d\nfrom .losses import mse\nfrom ..pooling import max_pool2d",
        ),
        (
            "lessons/l04_the_kernel_zoo/filters.py",
            "from cnnlib.demo.frame import Demo\nfrom matplotlib.figure import Figure",
        ),
    ],
)
def test_the_test_allows(path, source):
    assert faults(source, path) == []


def test_no_public_name_twice():
    """`cnnlib.explore` and `cnnlib.exercises` find demos and checks by their names alone."""
    names = []
    for file in (ROOT / "lessons").rglob("*.py"):
        names += re.findall(
            r"^(?:def |)((?:explore|check)_\w+)(?:\(| = )", file.read_text("utf-8"), re.MULTILINE
        )
    assert "explore_pooling" in names
    assert sorted(set(names)) == sorted(names)
