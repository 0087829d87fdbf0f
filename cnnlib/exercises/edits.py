"""Slips as edits of the right function's text: a sign, a factor, an index, an axis, a name for another.

As in error-model feedback (Singh, Gulwani and Solar-Lezama, 2013): a mistake of a check can be written as
the words of the truth that learners get wrong and what stands in their place. What everybody may get wrong
is read off the truth itself. Edits of different places go together: two slips need no entry of their own.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import permutations, product
from typing import NamedTuple

import numpy as np

NUMBER = "_"  # in an edit's text: a number that is found from the answer
LONG = 32  # letters: of more code than this a sentence shows nothing
MOST = 300  # edits of one function
_ORDINALS = ("first", "second", "third", "fourth")

Span = tuple[int, int, str]


class Edit(NamedTuple):
    """A sentence, and what is put in place of parts of the text; `ways` are its old and new words."""

    says: str
    spans: tuple[Span, ...]
    ways: tuple[tuple[str, str], ...] = ()

    @property
    def free(self) -> bool:
        """Whether a number in it is yet unknown."""
        return any(re.search(rf"\b{NUMBER}\b", new) for *_, new in self.spans)


class Program:
    """The text of a function, from which wrong ones are made.

    Examples
    --------
    >>> from cnnlib.shapes import output_size
    >>> program = Program.of(output_size)
    >>> program is None, Program.of(lambda x: x) is None
    (False, True)
    """

    def __init__(self, text: str, names: dict) -> None:
        self.data = text.encode()
        self.tree = ast.parse(text).body[0]
        self.names = {"np": np, **names}
        self.made: dict[tuple, Callable | None] = {}
        ends = [len(line) for line in self.data.split(b"\n")]
        self.lines = [sum(ends[:i]) + i for i in range(len(ends))]
        body = self.tree.body
        self.body = body[1:] if ast.get_docstring(self.tree, clean=False) is not None else body

    @classmethod
    def of(cls, function: Callable) -> "Program | None":
        """Return a function's program; None for what has no text of its own."""
        try:
            text = re.sub(r"\A(@.*\n|.*\n)*?(?=def )", "", textwrap.dedent(inspect.getsource(function)))
            program = cls(text, function.__globals__)
        except Exception:  # a builtin, a lambda in the middle of a call
            return None
        named = isinstance(program.tree, ast.FunctionDef) and program.tree.name == function.__name__
        return program if named and not function.__closure__ else None

    # ---- making
    def function(self, edits: tuple[Edit, ...]) -> Callable | None:
        """Return the function with these edits; None where they do not go together, or make no sense."""
        key = tuple(edit.spans for edit in edits)
        if key not in self.made:
            text = self._changed(edits)
            self.made[key] = text and self._compiled(text)
        return self.made[key]

    def _changed(self, edits: tuple[Edit, ...]) -> bytes | None:
        """Return the text with all edits; one within another is applied to the other's new words."""
        parts, at = [], 0
        for start, end, new in sorted({span for edit in edits for span in edit.spans}):
            if start < at:
                return self._nested(edits)
            parts += [self.data[at:start], new.encode()]
            at = end
        return b"".join([*parts, self.data[at:]])

    def _nested(self, edits: tuple[Edit, ...]) -> bytes | None:
        if len(edits) != 2:
            return None
        for outer, inner in (edits, edits[::-1]):
            text = self._changed((outer,))
            for old, new in inner.ways if text else ():
                text = _found(old, text) and re.sub(_words(old), new.replace("\\", r"\\").encode(), text)
                if not text:
                    break
            if text and inner.ways:
                return text
        return None

    def _compiled(self, text: bytes) -> Callable | None:
        try:
            exec(compile(text, "<slip>", "exec"), self.names)
        except Exception:  # it makes no sense, or a default value is not to be had
            return None
        return self.names[self.tree.name]

    def edit(self, says: str, ways: str) -> Edit:
        """Return the edit ``old -> new``, or several joined by ``;;``; `old` is replaced wherever it stands.

        Raises
        ------
        ValueError
            If it stands nowhere behind the docstring.
        """
        start, spans, pairs = self._span(self.body[0])[0], [], []
        for way in ways.split(" ;; "):
            old, arrow, new = (part.strip() for part in way.partition("->"))
            found = _found(old, self.data[start:]) if arrow and old else []
            if not found:
                raise ValueError(
                    f"{self.tree.name}: {way!r} fits nowhere; write the old words, ->, the new ones"
                )
            spans += [(at + start, end + start, new) for at, end in found]
            pairs.append((old, new))
        return Edit(says, tuple(spans), tuple(pairs))

    # ---- what anyone may get wrong
    @cached_property
    def slips(self) -> list[Edit]:
        """Return the edits that are read off the text, up to a number."""
        found, last = [], []
        # What a loop goes through stays: a list that grows meanwhile would never end.
        through = [node.iter for node in ast.walk(self.tree) if isinstance(node, ast.comprehension)]
        through += [loop for loop in self.loops if not isinstance(loop, ast.Call)]
        whole = {node for loop in through for node in ast.walk(loop)}
        for statement in self.body:
            for node in ast.walk(statement):
                for says, new in () if node in whole else self._of_node(node):
                    far_fetched = isinstance(node, ast.Assign) or " stands where `" in says
                    (last if far_fetched else found).append(
                        Edit(says, (new,) if isinstance(new[0], int) else new)
                    )
        found += sorted(last, key=lambda edit: " stands where `" in edit.says)
        known = {}
        for edit in [*found, *self._of_lines(self.body), *self._of_loops(), *_everywhere(found)]:
            known.setdefault(edit.spans, edit)
        return list(known.values())[:MOST]

    def _span(self, node: ast.AST) -> tuple[int, int]:
        return (
            self.lines[node.lineno - 1] + node.col_offset,
            self.lines[node.end_lineno - 1] + node.end_col_offset,
        )

    def text(self, node: ast.AST) -> str:
        """Return the words of a node."""
        start, end = self._span(node)
        return self.data[start:end].decode()

    def _of_node(self, node: ast.AST) -> Iterator[tuple[str, object]]:
        rule = _RULES.get(type(node))
        if rule is None:
            return
        for says, new in rule(self, node):
            yield says, ((*self._span(node), new) if isinstance(new, str) else new)

    def _of_lines(self, body: list[ast.stmt]) -> Iterator[Edit]:
        """Leave out a line, or let it change places with the next one."""
        for statement, following in zip(body, [*body[1:], None], strict=True):
            if isinstance(statement, ast.For):
                yield from self._of_lines(statement.body)
            if isinstance(statement, ast.AugAssign):
                name = self.text(statement.target)
                yield Edit(
                    f"`{name}` stays as it was: the line that changes it is missing.",
                    ((*self._span(statement), "pass"),),
                )
            simple = ast.Assign | ast.AugAssign
            if isinstance(statement, simple) and isinstance(following, simple):
                first, second = self.text(statement), self.text(following)
                name = self.text(
                    statement.target if isinstance(statement, ast.AugAssign) else statement.targets[0]
                )
                yield Edit(
                    f"Two lines have changed places: `{name}` is changed too late.",
                    (
                        (*self._span(statement), second),
                        (*self._span(following), first),
                    ),
                )

    def _of_loops(self) -> Iterator[Edit]:
        """Make once, before a loop, what each turn has to make anew."""
        for loop in self.body:
            if not isinstance(loop, ast.For):
                continue
            changing = {
                node.id
                for node in ast.walk(loop)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            for line in ast.walk(loop):
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    used = {node.id for node in ast.walk(line.value) if isinstance(node, ast.Name)}
                    if not used & changing:
                        start, name = self._span(loop)[0], line.targets[0].id
                        before = f"{self.text(line)}\n{' ' * loop.col_offset}"
                        yield Edit(
                            f"`{name}` is made once, before the loop: earlier turns leave their marks in it.",
                            ((start, start, before), (*self._span(line), "pass")),
                        )

    @property
    def arguments(self) -> list[str]:
        """The names of what the function takes."""
        return [argument.arg for argument in self.tree.args.args]

    @cached_property
    def made_of(self) -> dict[str, list[str]]:
        """Of each name that is assigned: the arguments from which its value comes."""
        found: dict[str, list[str]] = {}
        for line in ast.walk(self.tree):
            if isinstance(line, ast.Assign | ast.AugAssign):
                targets = line.targets if isinstance(line, ast.Assign) else [line.target]
                for name in (node for target in targets for node in ast.walk(target)):
                    if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                        found[name.id] = [*found.get(name.id, []), *self.behind(line.value, found)]
        return found

    @cached_property
    def sides(self) -> dict[str, str]:
        """The words for names of an argument's sides, ``height, width = image.shape``, and of its numbers."""
        through = [node for node in ast.walk(self.tree) if isinstance(node, ast.comprehension)]
        found = {
            self.text(part.target): f"each number of `{self.text(part.iter)}`"
            for part in through
            if self.text(part.iter) in self.arguments
        }
        for line in ast.walk(self.tree):
            whole = (
                self.text(line.value.generators[0].iter)
                if isinstance(getattr(line, "value", None), ast.GeneratorExp)
                else ""
            )
            if (
                isinstance(line, ast.Assign)
                and whole in self.arguments
                and isinstance(line.targets[0], ast.Tuple)
            ):
                for place, part in zip(_ORDINALS, line.targets[0].elts, strict=False):
                    found[self.text(part)] = f"the {place} number of `{whole}`"
            if isinstance(line, ast.Assign) and self.text(line.value).endswith(".shape"):
                name = self.text(line.value).removesuffix(".shape")
                if name in self.arguments and isinstance(line.targets[0], ast.Tuple):
                    for axis, side in enumerate(line.targets[0].elts):
                        found[self.text(side)] = f"the length of `{name}` along axis {axis}"
        return found

    def behind(self, part: ast.AST, known: dict[str, list[str]]) -> list[str]:
        """Return the arguments from which a part of the text is made."""
        names = [node.id for node in ast.walk(part) if isinstance(node, ast.Name)]
        roots = [root for name in names for root in known.get(name, [name] if name in self.arguments else [])]
        return list(dict.fromkeys(roots))

    @cached_property
    def loops(self) -> list[ast.expr]:
        """What the loops go through."""
        return [node.iter for node in ast.walk(self.tree) if isinstance(node, ast.For)]

    @cached_property
    def variables(self) -> list[list[str]]:
        """The names that can be taken for each other: those that count a loop, and all others.

        Lists are left out: they could come to hold themselves.
        """
        counters = [node.target for node in ast.walk(self.tree) if isinstance(node, ast.For)]
        counting = [name.id for node in counters for name in ast.walk(node) if isinstance(name, ast.Name)]
        others = self.arguments
        lists = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                others.append(node.id)
            if isinstance(node, ast.Attribute) and node.attr == "append":
                lists.add(self.text(node.value))
        free = [name for name in dict.fromkeys(others) if name not in lists]
        if all(
            isinstance(node.target, ast.Tuple) for node in ast.walk(self.tree) if isinstance(node, ast.For)
        ):
            return [free]
        return [counting, [name for name in free if name not in counting]]


def _everywhere(found: list[Edit]) -> Iterator[Edit]:
    """Make one edit of all that say the same: who gets it wrong once does so wherever it comes in."""
    alike: dict[str, list[Edit]] = {}
    for edit in found:
        alike.setdefault(edit.says, []).append(edit)
    for says, edits in alike.items():
        if len(edits) > 1:
            spans = tuple(dict.fromkeys(span for edit in edits for span in edit.spans))
            yield Edit(says.replace(" in one place", ""), spans)


def _words(old: str) -> bytes:
    """Return the pattern of words that are no part of longer ones."""
    before = r"(?<![\w.])" if old[:1].isalnum() else ""
    return (before + re.escape(old) + (r"(?!\w)" if old[-1:].isalnum() else "")).encode()


def _found(old: str, text: bytes) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(_words(old), text)]


# ---- the rules: of a node of the program, (sentence, new text) or (sentence, spans)
Found = Iterator[tuple[str, object]]


def _shown(code: str, otherwise: str = "a part") -> str:
    return f"`{' '.join(code.split())}`" if len(code) <= LONG and "\n" not in code else otherwise


def _table(text: str) -> tuple[tuple[str, str], ...]:
    """Read lines of a sentence and the new text, which may stand on a line of its own."""
    lines = re.sub(r"\n\s+::", " ::", text).strip().split("\n")
    return tuple(tuple(part.strip() for part in line.split(" :: ")) for line in lines)


_OPERATIONS = {  # {one} and {other} in words, {a} and {b} as they stand
    ast.Add: _table("""
        {other} is left out: it has to be added. :: {a}
        {one} is left out: it belongs to the sum. :: {b}
        {other} is subtracted: it has to be added. :: {a} - {b}
        {one} is subtracted: it has to be added. :: {b} - {a}
        {one} and {other} are multiplied: they are to be added. :: {a} * {b}
        {other} is counted twice. :: {a} + 2 * {b}
    """),
    ast.Sub: _table("""
        {other} is not subtracted. :: {a}
        {other} is added: it has to be subtracted. :: {a} + {b}
        {one} and {other} have changed places in the difference. :: {b} - {a}
        {other} is subtracted twice. :: {a} - 2 * {b}
        You divide by {other}: it has to be subtracted. :: {a} / {b}
        {one} is left out: {other} is subtracted from it. :: -{b}
    """),
    ast.Mult: _table("""
        {other} is left out: it is a factor. :: {a}
        {one} is left out: it is a factor. :: {b}
        You divide by {other}: it multiplies. :: {a} / {b}
        You divide by {one}: it multiplies. :: {b} / {a}
        You divide by {one}: it multiplies. :: {b} // {a}
        {one} and {other} are added: they are to be multiplied. :: {a} + {b}
        {other} is subtracted: it multiplies. :: {a} - {b}
        {other} comes in twice as a factor. :: {a} * {b} * {b}
        {one} comes in twice as a factor. :: {a} * {a} * {b}
        {other} is an exponent in your function: it is a factor. :: np.float_power({a}, {b})
        `@` is the matrix product. Each number meets the one in its own place: `*`. :: {a} @ {b}
        The signs of {one} times {other} are dropped. :: np.abs({a} * {b})
        Negative products of {one} and {other} count as 0. :: np.maximum({a} * {b}, 0)
        {one} times {other} is squared. :: ({a} * {b}) ** 2
    """),
    ast.Div: _table("""
        The division by {other} is missing. :: {a}
        You multiply by {other}: divide by it. :: {a} * {b}
        `//` cuts off the fraction when {other} divides: divide with `/`. :: {a} // {b}
        {one} and {other} have changed places in the division. :: {b} / {a}
        You divide by {other} twice. :: {a} / {b} / {b}
        {other} is subtracted: divide by it. :: {a} - {b}
        You divide by the root of {other}. :: {a} / np.sqrt({b})
    """),
    ast.FloorDiv: _table("""
        The division by {other} leaves a fraction. Round down, with `//`. :: {a} / {b}
        You round up after the division by {other}. Round down. :: -(-{a} // {b})
        You round to the nearest number after the division by {other}. Round down. :: np.round({a} / {b})
        The division by {other} is missing. :: {a}
        You multiply by {other}: divide by it. :: {a} * {b}
        You divide by {other} twice. :: {a} // {b} // {b}
        {other} is subtracted: divide by it. :: {a} - {b}
        The rest of the division by {other} is taken, `%`. :: {a} % {b}
    """),
    ast.Pow: _table("""
        {one} comes in once: it is to be raised to the power {other}. :: {a}
        {one} is multiplied by {other}: it is to be raised to that power. :: {a} * {b}
        {one} and {other} have changed places in the power. :: np.float_power({b}, {a})
        `^` is no power in Python, but bits compared: write `**`. :: int({a}) ^ int({b})
        {other} stands where {one} to that power belongs. :: {b}
    """),
}


def _calculation(program: Program, node: ast.BinOp) -> Found:
    left, right = program.text(node.left), program.text(node.right)
    parts = {"{a}": f"({left})", "{b}": f"({right})", "{one}": _shown(left, "the first part")}
    parts["{other}"] = _shown(right, "the second part")
    for says, new in _OPERATIONS.get(type(node.op), ()):
        words = _filled(says, parts)
        yield words[0].upper() + words[1:], _filled(new, parts)
    yield from _regrouped(program, node)
    start, end = program._span(node)
    if program.data[start - 1 : start] == b"(" and program.data[end : end + 1] == b")":
        part = _shown(program.text(node), "a sum")
        says = f"Parentheses are missing around {part}: it is to be worked out first."
        yield says, ((start - 1, start, ""), (end, end + 1, ""))


_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//"}


def _regrouped(program: Program, node: ast.BinOp) -> Found:
    """Put parentheses where none belong: `a + b * c` becomes `(a + b) * c`."""
    outer = _SIGNS.get(type(node.op))
    for side in (node.left, node.right):
        inner = _SIGNS.get(type(getattr(side, "op", None))) if isinstance(side, ast.BinOp) else None
        if outer is None or inner is None or {outer, inner} <= {"+"} or {outer, inner} <= {"*"}:
            continue
        start, end = program._span(side)
        if program.data[start - 1 : start] + program.data[end : end + 1] == b"()":
            continue  # to leave parentheses out is a slip of its own
        a, b = program.text(side.left), program.text(side.right)
        if side is node.left:
            c = program.text(node.right)
            first, new = f"{b} {outer} {c}", f"{a} {inner} ({b} {outer} {c})"
        else:
            c = program.text(node.left)
            first, new = f"{c} {outer} {a}", f"({c} {outer} {a}) {inner} {b}"
        yield f"Parentheses are wrong: {_shown(first, 'a part')} is worked out first.", f"({new})"


def _filled(text: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{\w+\}", lambda found: parts.get(found[0], found[0]), text)


def _constant(program: Program, node: ast.Constant) -> Found:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        return
    if isinstance(node.value, int) and abs(node.value) < 20:
        others = (node.value - 1, node.value + 1) if node.value > 1 else (0, 1, 2, -1)
        for other in others:
            if other != node.value:
                yield f"{other} stands where `{node.value}` belongs.".replace("-", "−"), f"({other})"
    for other in _misspelt(str(node.value)):
        yield f"{other} stands where `{node.value}` belongs.", other
    yield f"{{}} stands where `{node.value}` belongs.", NUMBER


def _misspelt(number: str) -> Iterator[str]:
    """Swap two digits of a long number, or type one twice in place of its neighbour."""
    first = number.find(".") + 1
    for i, j in permutations(range(first, len(number)), 2) if len(number) - first > 2 else ():
        digits = list(number)
        digits[i], digits[j] = digits[j], digits[i]
        yield "".join(digits)
        if abs(i - j) == 1:
            yield number[:i] + number[j] + number[i + 1 :]


def _name(program: Program, node: ast.Name) -> Found:
    alike = next((names for names in program.variables if node.id in names), [])
    if not isinstance(node.ctx, ast.Load) or not alike:
        return
    for other in alike:
        if other != node.id:
            yield f"`{other}` stands where `{node.id}` belongs.", other
            if not program.loops:
                yield f"`{node.id}` is multiplied by `{other}`, too.", f"({node.id} * {other})"
    yield f"{{}} stands where `{node.id}` belongs.", NUMBER
    if node.id in program.arguments:
        yield f"`{node.id}` is taken in reverse order in one place.", f"{node.id}[::-1]"
    if node.id != "out":
        yield f"`{node.id}` is one too small in one place.", f"({node.id} - 1)"
        yield f"`{node.id}` is one too large in one place.", f"({node.id} + 1)"


_BENDS = _table("""
    The ReLU is missing: what is negative has to become 0. :: ({x})
    The signs are dropped. ReLU turns everything negative into 0. :: np.abs({x})
    The wrong half is cut off: what is positive passes, what is negative becomes 0. :: np.minimum({x}, 0)
    Your ReLU keeps the negative numbers. It keeps the positive ones. :: np.maximum(-({x}), 0)
    That is ReLU's slope, 1 or 0. The number itself passes. :: ((({x}) > 0) * 1.0)
    That is the sigmoid. ReLU turns what is negative into 0, and lets all else pass.
        :: (1 / (1 + np.exp(-({x}))))
    That is tanh. ReLU turns what is negative into 0, and lets all else pass. :: np.tanh({x})
    That is softplus, a ReLU with a round corner. ReLU's corner is sharp. :: np.logaddexp(0, {x})
    That is ELU: it lets negative numbers fall to −1 along an exponential. Here they become 0.
        :: np.where(({x}) > 0, {x}, np.expm1(np.minimum({x}, 0)))
    That is the swish (SiLU), a ReLU with a dip. Here what is negative becomes 0.
        :: (({x}) / (1 + np.exp(-({x}))))
    What is positive is squared. It passes as it is. :: np.maximum({x}, 0) ** 2
    What is below 1 becomes 1. The corner lies at 0. :: np.maximum({x}, 1)
    What lies between 0 and 1 becomes 0. The corner lies at 0. :: np.where(({x}) >= 1, {x}, 0)
    What lies between 0 and 1 becomes 0, and 1 as well. The corner lies at 0. :: np.where(({x}) > 1, {x}, 0)
    That is GELU, a ReLU with a dip and a round corner. Here what is negative becomes 0.
        :: (({x}) * 0.5 * (1 + np.tanh(np.sqrt(2 / np.pi) * (({x}) + 0.044715 * ({x}) ** 3))))
    What is below the mean becomes 0. The corner lies at 0. :: np.where(({x}) > np.mean({x}), {x}, 0)
    What is negative became `nan`. It has to become 0. :: np.where(({x}) > 0, {x}, np.nan)
    That is a leaky ReLU: {} times what is negative passes. :: np.where(({x}) > 0, {x}, _ * ({x}))
    What is negative becomes {}. It has to become 0. :: np.where(({x}) > 0, {x}, _)
    What is negative becomes {}. It has to become 0. :: np.where(({x}) < 0, _, {x})
    What is above {} is cut off. ReLU has no upper end. :: np.clip({x}, 0, _)
    The corner of your ReLU lies at {}. It lies at 0. :: np.where(({x}) > _, {x}, 0)
""")
# What stands for a function of all numbers, of one number, or of a window: {f} is what it is called with.
_RELATIVES = {
    "max": {
        "min": "the smallest",
        "mean": "the mean",
        "sum": "the sum",
        "argmax": "the place of the largest",
    },
    "min": {"max": "the largest", "mean": "the mean"},
    "sum": {
        "linalg.norm": "the root of the sum of the squares",
        "mean": "the mean",
        "max": "the largest",
        "min": "the smallest",
        "prod": "the product",
        "std": "the spread",
    },
    "mean": {
        "sum": "the sum, not divided,",
        "max": "the largest",
        "min": "the smallest",
        "median": "the median",
        "std": "the standard deviation",
        "prod": "the product",
        "ptp": "the range",
    },
    "log": {
        "log10": "the logarithm to the base 10",
        "log2": "the logarithm to the base 2",
        "log1p": "the logarithm of 1 more",
        "sqrt": "the root",
    },
    "exp": {
        "exp2": "a power of 2",
        "expm1": "the exponential less 1",
        "square": "the square",
        "abs": "the size",
    },
    "floor": {
        "ceil": "the next whole number above",
        "rint": "the nearest whole number",
        "trunc": "the number cut off towards 0",
    },
    "argmax": {"argmin": "the place of the smallest"},
    "sqrt": {"square": "the square"},
}
_WORDS = {
    "max": "the largest",
    "min": "the smallest",
    "sum": "the sum",
    "mean": "the mean",
    "log": "the natural logarithm",
    "exp": "the exponential",
    "floor": "the whole number below",
    "argmax": "the place of the largest",
    "sqrt": "the root",
}
# What is looked at of a window.
_WINDOWS = _table("""
    {} of the first row alone is taken. All numbers count. :: {x}[:1]
    {} of the first column alone is taken. All numbers count. :: {x}[..., :1]
    {} of the diagonal alone is taken. All numbers count. :: np.diag({x})
    {} of the four corners is taken. All numbers count. :: {x}[::len({x}) - 1 or 1, ::len({x}[0]) - 1 or 1]
    The number in the middle alone is taken: {} is asked for. :: {x}[len({x}) // 2, len({x}[0]) // 2]
    The first number alone is taken: {} is asked for. :: np.ravel({x})[:1]
    The last number alone is taken: {} is asked for. :: np.ravel({x})[-1:]
    What comes last along the first axis is left out of {}. :: {x}[:-1]
    The last column is left out of {}. :: {x}[..., :-1]
    The signs are dropped before {} is taken. :: np.abs({x})
    What is negative counts as 0 in {}. :: np.maximum({x}, 0)
    The numbers are squared before {} is taken. :: np.square({x})
    What is 0 does not count in {}: zeros are numbers, too. :: {x}[{x} != 0]
""")


_CLIPS = _table("""
    Nothing is clipped: what lies beyond either end stays there. :: ({x})
    Above `{high}` nothing is clipped. :: np.maximum({x}, {low})
    Below `{low}` nothing is clipped. :: np.minimum({x}, {high})
    What leaves the range at one end comes in at the other: hold it at the end.
        :: (({x}) - ({low})) % (({high}) - ({low}) or 1) + ({low})
    Results are reflected at the lower end: their sign is dropped. :: np.minimum(np.abs({x}), {high})
    What lies beyond the range becomes `{low}`. It has to stop at the nearer end.
        :: np.where((({x}) < {low}) | (({x}) > {high}), {low}, {x})
    The results are stretched over the whole range. Only what lies beyond has to come back.
        :: ({low}) + (({high}) - ({low})) * (({x}) - np.min({x})) / (np.ptp({x}) or 1)
    The results are divided by the largest. Only what lies beyond has to come back.
        :: ({x}) / (np.abs({x}).max() or 1) * ({high})
    The two ends have changed places: each number becomes the larger one.
        :: np.maximum(np.minimum({x}, {low}), {high})
    A sigmoid squeezes all numbers. Only what lies beyond the range has to come back.
        :: ({high}) / (1 + np.exp(-({x})))
    A tanh squeezes all numbers. Only what lies beyond the range has to come back. :: ({high}) * np.tanh({x})
""")


def _call(program: Program, node: ast.Call) -> Found:
    method = isinstance(node.func, ast.Attribute) and program.text(node.func.value) != "np"
    name = node.func.attr if isinstance(node.func, ast.Attribute) else program.text(node.func)
    if method:
        inner, rest = program.text(node.func.value), [program.text(x) for x in (*node.args, *node.keywords)]
    elif node.args:
        inner, rest = program.text(node.args[0]), [program.text(x) for x in (*node.args[1:], *node.keywords)]
    else:
        return
    first = None if method or rest else node.args[0]
    if isinstance(first, ast.BinOp) and (sign := _SIGNS.get(type(first.op))):
        left, right = program.text(first.left), program.text(first.right)
        function = program.text(node.func)
        words = f"{_WORDS.get(name, name)} is taken too early: its parenthesis has to go round all."
        yield words[0].upper() + words[1:], f"({function}({left}) {sign} {right})"
        yield words[0].upper() + words[1:], f"({left} {sign} {function}({right}))"
    if name == "maximum" and rest == ["0"]:
        yield from ((says, new.replace("{x}", inner)) for says, new in _BENDS)
        return
    if name in _RELATIVES:
        tail = "".join(f", {x}" for x in rest)
        for other, words in _RELATIVES[name].items():
            says = f"{words[0].upper()}{words[1:]} is taken: {_WORDS[name]} is asked for."
            yield says, f"np.{other}({inner}{tail})"
        inside = node.func.value if method else node.args[0]
        if name == "sum" and isinstance(inside, ast.BinOp) and isinstance(inside.op, ast.Mult):
            one, other = program.text(inside.left), program.text(inside.right)
            says = (
                "Sums are multiplied. Each number first meets the one in its own place; then they are added."
            )
            yield says, f"(np.sum({one}{tail}) * np.sum({other}{tail}))"
        if name in ("log", "exp", "sqrt", "floor"):
            yield f"The {ast.literal_eval(repr(name))} is missing: {_WORDS[name]} is asked for.", f"({inner})"
            if name == "exp":
                yield "A power of 10 is taken: the exponential is asked for.", f"10.0 ** ({inner})"
            yield f"The {name} is taken twice.", f"np.{name}(np.{name}({inner}))"
            yield f"The sign is dropped before {_WORDS[name]} is taken.", f"np.{name}(np.abs({inner}))"
        elif not rest:
            words = _WORDS.get(name, name)
            for axis in ("0", "-1, keepdims=True"):
                says = f"T{words[1:]} along axis {axis.split(',')[0]} is taken: all numbers belong together."
                yield says.replace("-", "−"), f"np.{name}({inner}, axis={axis})"
            for other, axis in product(("max", "min", "mean", "sum"), (0, 1)):
                for first, last in dict.fromkeys(((other, name), (name, other))):
                    start, end = _WORDS.get(first, first), _WORDS.get(last, last)
                    says = f"T{start[1:]} along axis {axis} is taken, then {end} of those. Take all together."
                    yield says, f"np.{last}(np.{first}({inner}, axis={axis}))"
            for says, change in _WINDOWS:
                start = says.format(words)
                yield start[0].upper() + start[1:], f"np.{name}({change.replace('{x}', f'({inner})')})"
            yield f"{words[0].upper()}{words[1:]} is not taken: all numbers are kept.", f"({inner})"
    if name == "clip" and len(rest) == 2:
        parts = {"{x}": inner, "{low}": rest[0], "{high}": rest[1]}
        yield from ((_filled(says, parts), f"({_filled(new, parts)})") for says, new in _CLIPS)
    if name == "where" and len(rest) == 2:
        yes, no = rest
        yield "The two sides of the condition have changed places.", f"np.where({inner}, {no}, {yes})"
        yield f"{_shown(yes)} is taken everywhere: the condition does not come in.", f"({yes})"
    if name == "astype" and rest == ["float"]:
        yield (
            "The numbers stay in their own type of integer, where large ones wrap round: use floats.",
            f"({inner})",
        )
    if name == "zeros":
        yield (
            "The results are stored as integers: their fractions are cut off. Collect them in floats.",
            f"np.zeros({inner}, int)",
        )
        yield "The results begin with 1, not 0.", f"np.ones({inner})"
    if name == "len":
        for by in ("- 1", "+ 1"):
            words = "small" if by == "- 1" else "large"
            yield f"`len({inner})` is one too {words} in one place.", f"(len({inner}) {by})"
    if name == "range" and len(node.args) == 1:
        yield "A loop ends one place too early.", f"range({inner} - 1)"
        yield "A loop begins one place too late: counting begins at 0.", f"range(1, {inner})"
        yield "A loop goes one place too far.", f"range({inner} + 1)"
    for keyword in node.keywords:
        if keyword.arg == "axis" and (axis := program.text(keyword.value)) in ("0", "1", "-1"):
            for other in ({"0", "1", "-1"} - {axis, {"1": "-1", "-1": "1"}.get(axis)}) | {"None"}:
                words = f"over axis {other}" if other != "None" else "over all axes"
                yield (
                    f"You go {words}, where axis {axis} is meant.".replace("-", "−"),
                    ((*program._span(keyword.value), other),),
                )


def _index(program: Program, node: ast.Subscript) -> Found:
    if not isinstance(node.ctx, ast.Load):
        if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2:
            one, other = map(program.text, node.slice.elts)
            yield (
                f"Row and column have changed places where the result is stored: `[{one}, {other}]`.",
                ((*program._span(node.slice), f"{other}, {one}"),),
            )
        return
    value, index = program.text(node.value), program.text(node.slice)
    if index in ("::-1", "::-1, ::-1", ":, ::-1"):
        yield f"`{value}` is not turned round.", value
    if index in ("::-1", ":, ::-1"):
        meant, made, other = ("columns", "rows", "::-1") if "," in index else ("rows", "columns", ":, ::-1")
        yield f"The order of the {made} is reversed, not that of the {meant}.", f"{value}[{other}]"
    if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2:
        one, other = map(program.text, node.slice.elts)
        yield (
            f"The two indices of `{value}` have changed places: rows come first.",
            f"{value}[{other}, {one}]",
        )
        starts = [program.text(part.lower) for part in node.slice.elts if getattr(part, "lower", None)]
        ends = [program.text(part.upper) for part in node.slice.elts if getattr(part, "upper", None)]
        if len(starts) == len(ends) == 2 and all(map(str.startswith, ends, starts)):
            sides = [end.removeprefix(start) for start, end in zip(starts, ends, strict=True)]
            turned = zip(starts[::-1], sides, strict=True)
            yield (
                f"The two indices of `{value}` have changed places: rows come first.",
                f"{value}[{', '.join(f'{start} : {start}{side}' for start, side in turned)}]",
            )
        if "::-1" not in index:
            yield f"Only the first of the two indices of `{value}` comes in.", f"{value}[{one}]"
            yield f"Only the second of the two indices of `{value}` comes in.", f"{value}[:, {other}]"
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if all(isinstance(part, ast.Slice) and part.lower for part in parts):
        corner = ", ".join(program.text(part.lower) for part in parts)
        yield f"One number of `{value}` is taken, not a whole window of them.", f"{value}[{corner}]"
    for part in parts:
        if isinstance(part, ast.Slice) and part.step is None and (part.lower is None) != (part.upper is None):
            end = program.text(part.upper or part.lower)
            size = end.removeprefix("-")
            first, last = f":{size}", f"-{size}:"
            here = last if part.lower is not None else first
            if part.upper is not None or end != size:
                other = first if here == last else last
                words = ("first", "last") if here == last else ("last", "first")
                yield (
                    f"The {words[0]} `{size}` of `{value}` are taken: the {words[1]} ones are meant.",
                    ((*program._span(part), other),),
                )
        if isinstance(part, ast.Slice) and part.upper is not None and part.lower is not None:
            lower, upper = program.text(part.lower), program.text(part.upper)
            for by, words in (("+ 1", "late"), ("- 1", "early")):
                yield (
                    f"The window begins one place too {words} along one direction.",
                    ((*program._span(part), f"{lower} {by} : {upper} {by}"),),
                )
            for by, words in (("- 1", "too early: a slice ends before its last index"), ("+ 1", "too late")):
                yield f"The window ends one place {words}.", ((*program._span(part.upper), f"{upper} {by}"),)
            where = program._span(part)
            says = "The window always begins at the very edge: its slice has no start."
            yield says, ((*where, f":{upper}"),)
            if isinstance(part.upper, ast.BinOp) and program.text(part.upper.left) == lower:
                size = program.text(part.upper.right)
                says = "The window's end is counted from the edge, not from where the window begins."
                yield says, ((*where, f"{lower} : {size}"),)


def _comparison(program: Program, node: ast.Compare) -> Found:
    signs = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "=="}
    left, right = program.text(node.left), program.text(node.comparators[0])
    for sign in (">", ">=", "<", "<=", "==", "!="):
        if sign != signs.get(type(node.ops[0])):
            yield (
                f"You ask whether {_shown(left)} is {sign} {_shown(right)}: the comparison is another.",
                f"({left} {sign} {right})",
            )


def _unary(program: Program, node: ast.UnaryOp) -> Found:
    if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield "The minus is missing.", f"({program.text(node.operand)})"


def _added(program: Program, node: ast.AugAssign) -> Found:
    target, value = program.text(node.target), program.text(node.value)
    sign = {ast.Add: "+", ast.Mult: "*", ast.Sub: "-"}.get(type(node.op))
    if sign:
        yield f"`=` stands where `{sign}=` belongs: what came before is overwritten.", f"{target} = {value}"
        if sign == "+":
            words = _shown(value, "what is added")
            yield f"{words[0].upper()}{words[1:]} is counted twice.", f"{target} += 2 * ({value})"
        for other in "+*-":
            if other != sign:
                yield f"`{other}=` stands where `{sign}=` belongs.", f"{target} {other}= {value}"


def _assigned(program: Program, node: ast.Assign) -> Found:
    target = node.targets[0]
    if isinstance(target, ast.Tuple) and len(target.elts) == 2:
        one, other = map(program.text, target.elts)
        yield f"`{one}` and `{other}` have changed places.", ((*program._span(target), f"{other}, {one}"),)
    elif isinstance(target, ast.Name) and not isinstance(node.value, ast.Constant | ast.List):
        value = program.text(node.value)
        for says, new in _MADE:
            yield says.format(target.id), ((*program._span(node.value), new.replace("{v}", f"({value})")),)


# What becomes of what is worked out on the way.
_MADE = _table("""
    `{}` is divided by its sum. :: {v} / np.sum({v})
    `{}` is divided by the sum of its sizes. :: {v} / np.sum(np.abs({v}))
    `{}` is brought to the length 1. :: {v} / np.linalg.norm({v})
    `{}` is divided by its largest number. :: {v} / np.max({v})
    The mean of `{}` is subtracted from it. :: {v} - np.mean({v})
    The signs in `{}` are dropped. :: np.abs({v})
    The sign of `{}` is turned. :: -{v}
    `{}` is squared. :: {v} ** 2
    A root is taken of `{}`. :: np.sqrt({v})
    A logarithm is taken of `{}`. :: np.log({v})
    Negative numbers in `{}` count as 0. :: np.maximum({v}, 0)
    The fractions of `{}` are cut off. :: np.trunc({v})
    `{}` is rounded. :: np.round({v})
    `{}` is transposed: its rows and columns are swapped. :: np.transpose({v})
""")


_RULES: dict[type, Callable] = {
    ast.BinOp: _calculation,
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Call: _call,
    ast.Subscript: _index,
    ast.Compare: _comparison,
    ast.UnaryOp: _unary,
    ast.AugAssign: _added,
    ast.Assign: _assigned,
}
