"""The demos of all lessons, by name: `explore_pooling` is found in its lesson's room when it is asked for."""

import gc
import re
from importlib import import_module
from pathlib import Path

from cnnlib import lessons


def _homes() -> dict[str, str]:
    """Return the module of each demo; the files are read, not imported: a lesson needs a few of them."""
    found = {}
    for file in sorted(file for rooms in lessons.__path__ for file in Path(rooms).glob("l*/*.py")):
        for name in re.findall(r"^def (explore_\w+)\(", file.read_text("utf-8"), re.MULTILINE):
            found[name] = f"cnnlib.lessons.{file.parent.name}.{file.stem}"
    return found


_HOMES = _homes()
__all__ = sorted(_HOMES)
_OLD_NAMES = {"explore_filter": "explore_one_filter"}  # learners' own notebooks still say the first


def __getattr__(name: str):
    now = _OLD_NAMES.get(name, name)
    if now not in _HOMES:
        raise AttributeError(f"cnnlib.explore: there is no demo {name!r}; there are {', '.join(__all__)}")
    globals()[name] = found = getattr(import_module(_HOMES[now]), now)
    gc.freeze()  # what is imported stays: to look through it again takes up to 0.1 s of some move
    return found


def __dir__() -> list[str]:
    return __all__
