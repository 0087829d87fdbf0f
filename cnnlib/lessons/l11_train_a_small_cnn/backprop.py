"""Lesson 11, backpropagation by hand: a network small enough to write out, one step at a time."""

from collections.abc import Iterable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from cnnlib.demo import controls as make
from cnnlib.demo.chart import chart
from cnnlib.demo.code import array_text
from cnnlib.demo.controls import Cells
from cnnlib.demo.frame import Demo
from cnnlib.demo.inputs import kernel_of
from cnnlib.demo.view import Panel, View, signed
from cnnlib.lessons.l11_train_a_small_cnn.backprop_steps import STEPS, Run
from cnnlib.lessons.l11_train_a_small_cnn.by_hand import Weights, backward, forward, network, update
from cnnlib.lessons.l11_train_a_small_cnn.diagram import SIZE, draw_network, network_text

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
LARGEST = 1e6  # as the cells take it; beyond, the numbers are no longer readable
AFTER_LOSS = 5  # the step at which the loss is known


def explore_backprop(
    inputs: ArrayLike = (1, 2),
    target: float = 1,
    *,
    W: ArrayLike = ((1, 0.5), (0.5, -0.25)),
    b: ArrayLike = (0, 0.5),
    v: ArrayLike = (1, -1),
    c: float = 0,
    learning_rate: float = 0.01,
    step: int = 1,
    hide: Iterable[str] = (),
    lock: Iterable[str] = (),
) -> Demo:
    """Run a tiny network forward and backward, with every number visible, then update its weights.

    Two inputs, two hidden units with a ReLU, one output, and the squared error as the loss.

    Parameters
    ----------
    inputs : array, (2,)
    target : float
        What the output should be.
    W, b, v, c : array (2, 2), array (2,), array (2,), float
        The weights and biases of the hidden units and of the output, as in
        `cnnlib.lessons.l11_train_a_small_cnn.by_hand`.
    learning_rate : float
        One of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3.
    step : int
        Steps shown at first, 1 to 12.
    hide, lock : str or iterable of str
        Controls to hide or to hold.

    Returns
    -------
    Demo
        With `output`, the nine gradients: of W row by row, b, v and c.

    Raises
    ------
    ValueError
        If a shape is another, or a setting is unknown.

    Examples
    --------
    >>> demo = explore_backprop()
    >>> demo.output.tolist()
    [1.0, 2.0, -1.0, -2.0, 1.0, -1.0, 2.0, 0.5, 1.0]
    """
    given = network(W, b, v, c)
    settings = {
        "x": _cells(kernel_of("explore_backprop", [inputs])),
        "t": _cells([[target]]),
        "W": _cells(given.W),
        "b": _cells(given.b[:, None]),
        "v": _cells(given.v[None]),
        "c": _cells(given.c[None, None]),
        "back": make.button("◀ step", "step back"),
        "forward": make.button("step ▶", "step forward"),
        "stage": make.slider("step", step, 1, len(STEPS)),
        "rate": make.choice("learning rate", RATES, learning_rate),
        "update": make.button("take the new weights", "update all weights, and see the new loss"),
    }
    title, question = "Backpropagation by hand", "which weight is to blame, and for how much?"
    demo = Demo(title, question, settings, _view, hide=hide, lock=lock)
    _wire(demo)
    return demo


def _cells(values: ArrayLike) -> Cells:
    array = np.asarray(values, float)
    return Cells(array.astype(int) if np.array_equal(array, array.astype(int)) else array)


def _wire(demo: Demo) -> None:
    def go(by: int) -> None:
        demo.set(stage=min(max(demo.stage.value + by, 1), len(STEPS)))

    def take() -> None:
        values = demo.values
        run = _run(**{name: values[name] for name in "xtWbvc"}, rate=values["rate"])
        W, b, v, c = run.new
        if max(np.abs(weight).max() for weight in run.new) > LARGEST:
            demo.grid.problem = (
                "the weights would leave ±1,000,000: they run away; choose a smaller learning rate, or reset"
            )
        else:
            demo.set(W=W, b=b[:, None], v=v[None], c=c[None, None], stage=AFTER_LOSS)

    demo.back.on_click(lambda _: go(-1))
    demo.forward.on_click(lambda _: go(1))
    demo.update.on_click(lambda _: take())
    demo.when("rate", lambda _: demo.set(stage=len(STEPS)))  # the one step in which it counts


def _run(*, x, t, W, b, v, c, rate) -> Run:
    """Do the whole arithmetic; the steps only tell it."""
    inputs, target, weights = x[0].astype(float), float(t[0, 0]), network(W, b[:, 0], v[0], c[0, 0])
    made = forward(inputs, target, weights)
    found = backward(inputs, target, weights, made)
    new = update(weights, found, rate)
    return Run(inputs, target, weights, made, found, rate, new, forward(inputs, target, new).loss)


def _view(*, x, t, W, b, v, c, rate, stage) -> View:
    run = _run(x=x, t=t, W=W, b=b, v=v, c=c, rate=rate)
    direction = "forward" if stage <= AFTER_LOSS else "backward" if stage < len(STEPS) else "update"
    sentence, arithmetic = STEPS[stage - 1](run)
    return View(
        [_diagram(run, stage), *_editable(x, t, W, b, v, c)],
        f"Step {stage} of {len(STEPS)}, {direction}: {sentence}",
        arithmetic,
        output=np.concatenate([run.found.W.ravel(), run.found.b, run.found.v, [run.found.c]]),
        code=partial(_code, run.x, run.target, run.weights),
    )


def _diagram(run: Run, stage: int) -> Panel:
    return chart(
        "network",
        lambda axes: draw_network(axes, run, stage),
        "∂ and purple: how the loss changes with each number; orange: this step",
        size=SIZE,
        alt=network_text(run, stage),
    )


def _editable(x, t, W, b, v, c) -> Iterable[Panel]:
    arrays = {"x": (x, "inputs x"), "W": (W, "weights W"), "b": (b, "biases b")}
    arrays |= {"v": (v, "weights v"), "c": (c, "bias c"), "t": (t, "target t")}
    for name, (array, caption) in arrays.items():
        yield signed(
            name, array, caption, size=40 * max(array.shape), legend=False, edit=name, new_row=name == "x"
        )


def _code(x: np.ndarray, target: float, weights: Weights) -> dict[str, str]:
    W, b, v, c = weights
    start = (
        f"x, target = np.array({array_text(x[None])[1:-1]}), {target}\n"
        f"W = np.array({array_text(W)})\n"
        f"b = np.array({array_text(b[None])[1:-1]})\n"
        f"v = np.array({array_text(v[None])[1:-1]})\n"
        f"c = np.array({c.item()})\n\n"
    )
    numpy = (
        "z = W @ x + b\n"
        "h = np.maximum(z, 0)\n"
        "y = v @ h + c\n"
        "loss = (y - target) ** 2\n\n"
        "dy = 2 * (y - target)\n"
        "dv, dc = dy * h, dy\n"
        "dh = dy * v\n"
        "dz = np.where(z > 0, dh, 0)\n"
        "dW, db = np.outer(dz, x), dz\n"
        "result = np.concatenate([dW.ravel(), db, dv, [dc]])"
    )
    torch = (
        "x, W, b, v, c = (torch.tensor(a, requires_grad=True) for a in (x, W, b, v, c))\n"
        "y = v @ torch.relu(W @ x + b) + c\n"
        "loss = (y - target) ** 2\n"
        "loss.backward()\n"
        "result = torch.cat([W.grad.flatten(), b.grad, v.grad, c.grad[None]]).numpy()"
    )
    return {
        "NumPy": f"import numpy as np\n\n{start}{numpy}",
        "PyTorch": f"import numpy as np\nimport torch\n\n{start}{torch}",
    }
