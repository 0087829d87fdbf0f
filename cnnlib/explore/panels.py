"""Panels that several demos show."""

import numpy as np

from cnnlib.widgets.view import Panel, signed


def kernel_panel(id: str, kernel: np.ndarray, caption: str, *, size: float = 120, **more) -> Panel:
    """Show a kernel between the picture and what it answers; ``edit="kernel"`` lets the learner change it.

    Parameters
    ----------
    id, caption, size, **more
        See `cnnlib.widgets.view.signed`.
    kernel : ndarray, (KH, KW)

    Examples
    --------
    >>> kernel_panel("kernel", np.eye(2), "two ones").symbol
    '∗'
    """
    return signed(id, kernel, caption, size=size, **{"legend": False, "symbol": "∗"} | more)
