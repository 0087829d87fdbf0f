"""A wrong number explained by the right calculation: what was left out, doubled, mixed up.

An exercise writes it as ``made_of = "16 filters * (25 weights * 6 maps + 1 bias)"``.
"""

import ast
import math
import operator
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

_LEAF = re.compile(r"(\d[\d_]*(?:\.\d+)?)((?: ?[^\W\d]+)*)")
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Pow: "**"}
_DOES = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "**": operator.pow,
}
_SHOWN = {"*": "·", "-": "−", "//": "/"}

NEAR = 10  # times: further apart no number is taken for another
SHORT = 6  # numbers of a calculation in which two slips are looked for: in longer ones, chance finds some

Tree = tuple  # ("leaf", value, label) or (sign, left, right)


def value_of(made_of: str) -> float:
    """Return what a calculation gives.

    Examples
    --------
    >>> value_of("16 filters * (25 weights * 6 maps + 1 bias)")
    2416
    """
    return _value(_tree(made_of))


def written(made_of: str) -> str:
    """Return a calculation as a reader wants it.

    Examples
    --------
    >>> written("16 filters * (25 weights * 6 maps + 1 bias)")
    '16 filters · (25 weights · 6 maps + 1 bias)'
    """
    return _text(_tree(made_of))


def explain_number(given: float, made_of: str) -> str:
    """Say which slip in the calculation gives this number; nothing if none does.

    Examples
    --------
    >>> explain_number(2401, "16 filters * (25 weights * 6 maps + 1 bias)")
    'The term 1 bias is counted once in all: it belongs to each of the 16 filters.'
    >>> explain_number(400, "16 filters * (25 weights * 6 maps + 1 bias)")
    'The term 1 bias is left out. And a second slip: The factor 6 maps is left out.'
    """
    tree = _tree(made_of)
    right = _value(tree)
    for stage in (_one_slip(tree), _two_left_out(tree), _slips(tree, (_mistaken,))):
        for slipped, says in stage:
            if _fits(given, slipped) and not _fits(right, slipped):
                return says
    scaled = (says for factor, says in _SCALES if right and math.isclose(given, right * factor, rel_tol=1e-9))
    return next(scaled, "")


def _one_slip(tree: Tree) -> Iterator[tuple[Tree, str]]:
    yield from _slips(tree, (_left_out, _stopped, _displaced, _mixed_up, _twice))
    yield from _again_and_again(tree)


def _two_left_out(tree: Tree) -> Iterator[tuple[Tree, str]]:
    if len(list(_leaves(tree))) > SHORT:
        return
    for first, says in _slips(tree, (_left_out, _displaced)):
        for second, more in _slips(first, (_left_out,)):
            if says != more:
                yield second, f"{says} And a second slip: {more}"


def _again_and_again(tree: Tree) -> Iterator[tuple[Tree, str]]:
    """Leave out a term that stands in several places in two of them or more."""
    terms = [leaf for leaf in _leaves(tree) if leaf[2]]
    for term in dict.fromkeys(terms):
        count = terms.count(term)
        for size in range(count, 1, -1) if count <= SHORT else ():
            for places in combinations(range(count), size):
                slipped, beside = _without(tree, term, list(places))
                if slipped:
                    where = "everywhere" if size == count else f"with {', '.join(beside)}"
                    yield slipped, f"The term {_text(term)} is left out {where}."


def _without(tree: Tree, term: Tree, places: list[int]) -> tuple[Tree | None, list[str]]:
    """Return the tree without a term in some places, and what it stood beside; None if it is no term."""
    seen, beside = iter(range(100)), []

    def pruned(node: Tree) -> Tree:
        if node == term:
            return None if next(seen) in places else node
        if node[0] == "leaf":
            return node
        sign, left, right = node[0], pruned(node[1]), pruned(node[2])
        if left is None or right is None:
            if sign != "+":
                raise ValueError
            beside.append(_text(right if left is None else left))
            return right if left is None else left
        return sign, left, right

    try:
        return pruned(tree), beside
    except ValueError:
        return None, beside


_SCALES = (
    (1000, "That is a thousand times too large."),
    (1 / 1000, "Those are thousands: the whole number is asked for."),
    (10, "That is a zero too many."),
    (1 / 10, "That is a zero too few."),
    (100, "Those are two zeros too many."),
    (1 / 100, "Those are two zeros too few."),
    (-1, "The sign is the wrong way round."),
)


@cache
def _tree(made_of: str) -> Tree:
    leaves: list[tuple] = []

    def leaf(found: re.Match) -> str:
        leaves.append(("leaf", ast.literal_eval(found[1]), found[2].strip()))
        return f"x{len(leaves) - 1}"

    parsed = ast.parse(_LEAF.sub(leaf, made_of), mode="eval").body

    def built(node: ast.AST) -> Tree:
        if isinstance(node, ast.Name):
            return leaves[int(node.id[1:])]
        if isinstance(node, ast.UnaryOp):
            return ("-", ("leaf", 0, ""), built(node.operand))
        return (_SIGNS[type(node.op)], built(node.left), built(node.right))

    return built(parsed)


def _value(tree: Tree) -> float:
    if tree[0] == "leaf":
        return tree[1]
    return _DOES[tree[0]](_value(tree[1]), _value(tree[2]))


def _fits(given: float, tree: Tree) -> bool:
    try:
        return math.isclose(given, _value(tree), rel_tol=1e-9, abs_tol=1e-12)
    except (ArithmeticError, ValueError):
        return False


def _text(tree: Tree) -> str:
    if tree[0] == "leaf":
        return (
            f"{tree[1]:,} {tree[2]}".strip() if isinstance(tree[1], int) else f"{tree[1]} {tree[2]}".strip()
        )
    left, right = (
        f"({_text(side)})" if side[0] in "+-" and tree[0] not in "+-" else _text(side) for side in tree[1:]
    )
    return f"{left} {_SHOWN.get(tree[0], tree[0])} {right}"


def _slips(tree: Tree, kinds: tuple) -> Iterator[tuple[Tree, str]]:
    """Yield the wrong calculations with one slip of these kinds in them."""
    for kind in kinds:
        yield from _anywhere(tree, kind, tree)


def _anywhere(tree: Tree, kind, whole: Tree) -> Iterator[tuple[Tree, str]]:
    """Apply a kind of slip to the tree, and to each part of it."""
    if kind is not _stopped or tree is not whole:
        yield from kind(tree, whole)
    if tree[0] != "leaf":
        sign, left, right = tree
        for slipped, says in _anywhere(left, kind, whole):
            yield (slipped if kind is _stopped else (sign, slipped, right)), says
        for slipped, says in _anywhere(right, kind, whole):
            yield (slipped if kind is _stopped else (sign, left, slipped)), says


def _left_out(tree: Tree, whole: Tree) -> Iterator[tuple[Tree, str]]:
    sign, left, right = tree
    if sign == "*":
        yield left, f"The factor {_text(right)} is left out."
        yield right, f"The factor {_text(left)} is left out."
    elif sign == "+":
        yield left, f"The term {_text(right)} is left out."
        yield right, f"The term {_text(left)} is left out."
    elif sign == "-":
        yield left, f"The term {_text(right)} is not subtracted."
    elif sign in ("/", "//"):
        yield left, f"The division by {_text(right)} is missing."


def _stopped(tree: Tree, whole: Tree) -> Iterator[tuple[Tree, str]]:
    if tree[0] != "leaf":
        yield tree, f"That is {_text(tree)}, which is only a part of it."


def _displaced(tree: Tree, whole: Tree) -> Iterator[tuple[Tree, str]]:
    """Take parentheses away, or put the second term beside the factor."""
    sign, left, right = tree
    if sign in "*/" and sign != "leaf":
        for factor, bracket, turned in ((left, right, False), (right, left, True)):
            if bracket[0] in ("+", "-") and not (sign == "/" and not turned):
                plus, first, second = bracket
                yield (
                    (plus, (sign, first, factor), second),
                    f"The term {_text(second)} is counted once in all: it belongs to each "
                    f"of the {_text(factor)}.",
                )
                yield (
                    (plus, first, (sign, second, factor)),
                    f"Only {_text(second)} is taken together with {_text(factor)}: "
                    f"{_text(first)} belongs to it, too.",
                )
                yield (
                    (sign, (plus, factor, second), first),
                    f"The term {_text(second)} stands beside {_text(factor)}: it belongs to {_text(first)}.",
                )


def _mixed_up(tree: Tree, whole: Tree) -> Iterator[tuple[Tree, str]]:
    """Take one kind of calculation for another."""
    sign, left, right = tree
    if sign == "*":
        yield ("+", left, right), f"{_text(left)} and {_text(right)} are added: they multiply."
        if left != right:
            yield ("/", left, right), f"You divide by {_text(right)}: it multiplies."
    elif sign == "+":
        yield ("*", left, right), f"{_text(left)} and {_text(right)} are multiplied: they add up."
        yield ("-", left, right), f"The term {_text(right)} is subtracted: it has to be added."
        yield ("-", right, left), f"The term {_text(left)} is subtracted: it has to be added."
    elif sign == "-":
        yield ("+", left, right), f"The term {_text(right)} is added: it has to be subtracted."
        yield ("-", right, left), f"{_text(left)} and {_text(right)} have changed places in the difference."
    elif sign in ("/", "//"):
        yield ("*", left, right), f"You multiply by {_text(right)}: divide by it."
        yield ("/", right, left), f"{_text(left)} and {_text(right)} have changed places in the division."
        yield ("-", left, right), f"{_text(right)} is subtracted: divide by it."
        if sign == "//":
            yield ("/", left, right), "The fraction is left: it has to be rounded down."
            yield ("+", tree, ("leaf", 1, "")), "You rounded up: it has to be rounded down."
    elif sign == "**":
        yield ("*", left, right), f"{_text(left)} is multiplied by {_text(right)}: it is a power."
        yield left, f"{_text(left)} comes in once: it is to be raised to the power of {_text(right)}."


def _twice(tree: Tree, whole: Tree) -> Iterator[tuple[Tree, str]]:
    sign, left, right = tree
    if sign in ("*", "/"):
        yield (sign, tree, right), f"The factor {_text(right)} comes in twice."
    if sign == "*":
        yield ("*", left, tree), f"The factor {_text(left)} comes in twice."
    elif sign in ("+", "-"):
        yield (sign, tree, right), f"The term {_text(right)} is counted twice."
        yield ("+", tree, left), f"The term {_text(left)} is counted twice."


def _mistaken(tree: Tree, whole: Tree) -> Iterator[tuple[Tree, str]]:
    """Take one number for another: for one that stands elsewhere in the calculation, or one near it."""
    if tree[0] != "leaf" or (not tree[2] and tree[1] == 0):
        return
    _, value, label = tree
    others = [leaf[1] for leaf in _leaves(whole)]
    for other in dict.fromkeys([value - 1, value + 1, *others, 1, 2 * value, value / 2]):
        whole_number = other == int(other) or value != int(value)
        near = value > 0 and 1 / NEAR <= other / value <= NEAR
        if other != value and near and whole_number:
            yield ("leaf", other, label), f"That is with {other:,g} in place of {_text(tree)}."


def _leaves(tree: Tree) -> Iterator[Tree]:
    if tree[0] == "leaf":
        yield tree
    else:
        yield from _leaves(tree[1])
        yield from _leaves(tree[2])
