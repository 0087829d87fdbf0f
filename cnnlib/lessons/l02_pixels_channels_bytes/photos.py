"""The list of pictures of a demo, by name; the call takes a name, or a learner's own numbers."""

from collections.abc import Callable, Iterable

import numpy as np

from cnnlib.demo.declare import Choice
from cnnlib.pictures import picture

OWN = "your array"


def photo_list(names: Iterable[str], check: Callable[[str, object], np.ndarray]) -> Choice:
    """Return the control `photo`, beside a `Hidden` one called `own`; `check` makes an array of either."""

    def spread(where, image, _values):
        array = check(where, image)
        return {"photo": image} if isinstance(image, str) else {"photo": OWN, "own": array}

    def options(photo):
        return dict.fromkeys([*names, photo])

    return Choice(options, label="picture", argument="image", spread=spread)


def photo_of(photo: str, own: np.ndarray | None) -> np.ndarray:
    """Return the picture that is chosen."""
    return own if photo == OWN else picture(photo)
