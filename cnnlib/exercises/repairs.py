"""A learner's function put right: the edit of its own text after which it is right names the mistake.

`explaining` puts slips into the right function; here they are taken out of the learner's, whatever its form.
"""

import ast
import contextlib
import io
import re
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

import numpy as np

from cnnlib.exercises.edits import _RELATIVES, _WORDS, Edit, Program, _everywhere, _filled, _shown, _table
from cnnlib.exercises.safely import guarded, is_over
from cnnlib.exercises.trying import FunctionCheck, Mistake, Run, same, try_case

TRIED = 140  # edits of a learner's function, of those that tell much, and as many others
PAIRED, PAIRS = 2, 60  # of these, so many are tried together with so many others
SECONDS = 2.0  # for all of them, should one have no end
# What is not to be done again and again: it is seen, asks, or stays. Who raises an error has a reason.
OUTSIDE = {"open", "input", "display", "plt", "exec", "eval", "globals", "exit", "quit"}

Found = Iterator[tuple[str, object]]


def read(function: Callable) -> Program | None:
    """Return the text of a learner's function; None where it should not be run again and again."""
    program = Program.of(function)
    if program is None:
        return None
    nodes = list(ast.walk(program.tree))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    left = any(isinstance(node, ast.Global | ast.Nonlocal | ast.While | ast.Raise) for node in nodes)
    return None if left or names & OUTSIDE else program


# Sentences that tell little, and those of edits that may be what makes a known mistake.
_WEAK = re.compile(r"is one too|goes one too|one place too|is not the number|stands where|line too many")
_LESS = re.compile(
    _WEAK.pattern
    + r"|too much|too many|not belong|only a part|made once|another one|number|very end|some sizes"
)


class Repairs:
    """The edits of a learner's function that may put it right, each tried once."""

    def __init__(self, function: Callable, runs: list[Run], check: FunctionCheck):
        self.program, self.check = read(function), check
        # The first case is a small one that is wrong.
        self.runs = sorted(runs, key=lambda run: (run.right, sum(map(np.size, run.case.arguments))))
        self.nearly: list[tuple[Edit, np.ndarray]] = []
        self.weak = ""

    def one(self, weak: bool = False) -> str:
        """Return the sentence of the edit that makes all right, or that of a weak one, which tells less."""
        if weak or self.program is None or self.runs[0].right:
            return self.weak
        first = self.runs[0]
        with contextlib.redirect_stdout(io.StringIO()), guarded(SECONDS):
            for edit in _edits(self.program):
                made = self._made(edit, first)
                if made is None:
                    continue
                if all(_alike(self._made(edit, run), run.expected) for run in self.runs):
                    if not _WEAK.search(edit.says):
                        return edit.says
                    self.weak = self.weak or edit.says
                if not _alike(made, first.value):
                    self.nearly.append((edit, made))
                if is_over():
                    break
        return ""

    def beside_a_mistake(self) -> str:
        """Return the sentences of a known mistake, and of the edit that leaves nothing but this one."""
        with contextlib.redirect_stdout(io.StringIO()), guarded(SECONDS):
            for mistake in self.check.mistakes if self.nearly else ():
                wrong = [self._imitated(mistake, run) for run in self.runs]
                for edit, made in (pair for pair in self.nearly if not _LESS.search(pair[0].says)):
                    if _alike(made, wrong[0]) and all(
                        _alike(self._made(edit, run), value)
                        for run, value in zip(self.runs[1:], wrong[1:], strict=True)
                    ):
                        return f"{mistake.says} And a second slip: {edit.says}"
        return ""

    def two(self) -> str:
        """Return the sentences of two edits that make all right; the first makes more numbers right."""
        first = self.runs[0]
        if first.value is None or not self.nearly:
            return ""
        better = sorted(self.nearly, key=lambda pair: -_right(pair[1], first.expected))
        least = _right(first.value, first.expected)
        with contextlib.redirect_stdout(io.StringIO()), guarded(SECONDS):
            for one in [edit for edit, made in better[:PAIRED] if _right(made, first.expected) > least]:
                left = (run for run in self.runs if not _alike(self._made(one, run), run.expected))
                wrong = next(left, first)
                for other, _ in [pair for pair in self.nearly if not _WEAK.search(pair[0].says)][:PAIRS]:
                    if other is not one and all(
                        _alike(self._made(one, run, other), run.expected) for run in (wrong, *self.runs)
                    ):
                        return f"{one.says} And a second slip: {other.says}"
        return ""

    def _made(self, edit: Edit, run: Run, *more: Edit) -> np.ndarray | None:
        function = self.program.function((edit, *more))
        return function and try_case(function, run.case, run.expected).value

    def _imitated(self, mistake: Mistake, run: Run) -> np.ndarray | None:
        return try_case(mistake.imitate, run.case, run.expected).value


def _right(made: np.ndarray, expected: np.ndarray) -> float:
    """Return the share of numbers that are right."""
    return float(np.isclose(made, expected).mean()) if made.shape == expected.shape else -1.0


def _alike(made: np.ndarray | None, other: np.ndarray | None) -> bool:
    return made is not None and other is not None and same(made, other)


def _edits(program: Program) -> list[Edit]:
    """Return what may be done to the text, the likely first."""
    strong, weak, of_a_line = [], [], []
    for says, spans in _of_lines(program):
        (weak if _WEAK.search(says) else strong).append(Edit(says, tuple(spans)))
    for statement in (node for line in program.body for node in ast.walk(line) if isinstance(node, ast.stmt)):
        found = []
        for node in _own(statement):
            for says, new in _RULES.get(type(node), _nothing)(program, node):
                spans = ((*program._span(node), new),) if isinstance(new, str) else tuple(new)
                found.append(Edit(says, spans))
                (weak if _WEAK.search(says) else strong).append(found[-1])
        of_a_line += _everywhere(found)
    known = {}
    for edits in ([*_everywhere(strong), *strong][:TRIED], [*weak, *of_a_line, *_everywhere(weak)][:TRIED]):
        for edit in edits:
            known.setdefault(edit.spans, edit)
    return list(known.values())


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """Go through a statement, but not through those that stand in it."""
    yield statement
    waiting = [node for node in ast.iter_child_nodes(statement) if not isinstance(node, ast.stmt)]
    for node in waiting:
        yield from ast.walk(node)


def _nothing(program: Program, node: ast.AST) -> Found:
    return iter(())


# ---- what is a mistake in any function
def misread(program: Program) -> Iterator[tuple[str, Edit | None]]:
    """Yield what Python takes in another way than it is meant, and the edit against it, if there is one."""
    nodes = list(ast.walk(program.tree))
    for node in nodes:
        if isinstance(node, ast.For) and not _has_effect(node, program.tree):
            name = program.text(node.target)
            yield f"A loop changes nothing: `{name}` gets a new value, but the array keeps its own.", None
        if isinstance(node, ast.Compare) and (
            asked := re.search(r"\.(any|all)\(\)$", program.text(node.left))
        ):
            says = f"`{asked[1]}()` is True or False. A comparison with it asks nothing about the numbers."
            yield says, None
        if isinstance(node, ast.Expr) and (says := _unkept(program, node.value)):
            yield says, None
    signs = []
    for node in nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
            end, start = program._span(node.left)[1], program._span(node.right)[0]
            at = end + program.data[end:start].index(b"^")
            signs.append((at, at + 1, "**"))
    if signs:
        yield "In Python `^` compares bits. A power is written `**`.", Edit("", tuple(signs))
    for loop in (node for node in program.tree.body if isinstance(node, ast.For)):
        for node in ast.walk(loop):
            last = node.body[-1] if isinstance(node, ast.For) else None
            if isinstance(last, ast.Return) and last.value is not None:
                start, end = program._span(last)
                behind, stop = f"\n{' ' * loop.col_offset}{program.text(last)}", program._span(loop)[1]
                says = "The `return` stands inside of a loop: it ends the function in the loop's first turn."
                spans = [(start, end, "pass"), (stop, stop, behind)]
                yield says, Edit("", ((start, end, "pass" + behind),) if stop == end else tuple(spans))


def unsettled(program: Program) -> Iterator[tuple[str, Edit, bool]]:
    """Yield what is a mistake only if the edit against it helps: lines and ends that may be out of place.

    The last is whether all has to be right then, or a known mistake may be left.
    """
    for found in (_backwards, _begun, _indented):
        for says, spans in found(program):
            copies = found is _begun and re.search(r"copy\(|zeros|array\(", spans[0][2])
            yield says, Edit("", tuple(spans)), not copies


def _has_effect(loop: ast.For, function: ast.AST) -> bool:
    """Tell whether anything but the loop's own variable is changed in it, or could be."""
    if not isinstance(loop.target, ast.Name):
        return True
    for node in ast.walk(ast.Module(loop.body, [])):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id != loop.target.id:
            return True
        if isinstance(node, ast.Call | ast.Return | ast.Yield | ast.Delete | ast.Raise | ast.Break):
            return True
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            return True
        if isinstance(node, ast.AugAssign) and not _inside(loop, function):
            return True  # of a row it changes the array itself
    return any(
        isinstance(node, ast.Name) and node.id == loop.target.id and node.lineno > loop.end_lineno
        for node in ast.walk(function)
    )


def _inside(loop: ast.For, function: ast.AST) -> bool:
    """Tell whether a loop stands in another one."""
    outer = (node for node in ast.walk(function) if isinstance(node, ast.For) and node is not loop)
    return any(loop in ast.walk(node) for node in outer)


_PURE = re.compile(
    "(clip|maximum|minimum|round|around|abs|floor|ceil|flip|flipud|fliplr|rot90|transpose|reshape|pad|roll|append"
    "|concatenate|where|exp|log|sum|mean|max|min|dot|matmul|astype|copy|flatten|ravel|swapaxes)$"
)
_LISTS = {"append", "copy"}  # a method of a list, too


def _unkept(program: Program, value: ast.AST) -> str:
    if isinstance(value, ast.BinOp | ast.Subscript):
        return f"{_shown(program.text(value), 'A result')} is worked out, and not kept: it changes nothing."
    if isinstance(value, ast.Compare):
        return f"`{program.text(value)}` compares and stores nothing: `=` stores."
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return ""
    name, of = value.func.attr, program.text(value.func.value)
    if (
        not _PURE.match(name)
        or (of != "np" and name in _LISTS)
        or any(k.arg == "out" for k in value.keywords)
    ):
        return ""
    if of == "np" and len(value.args) > (3 if name in ("clip", "where") else 2):
        return ""  # the last one may be where it is kept
    shown = _shown(program.text(value), f"`{of}.{name}`")
    return f"What {shown} returns is not kept: it leaves the array itself as it was."


# ---- lines
def copied(program: Program) -> list[Edit]:
    """Return edits that copy an argument where another name for it is made, or at the very beginning."""
    found = []
    for node in ast.walk(program.tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            name = node.value.id
            if name in program.arguments:
                says = f"`{program.text(node)}` makes no copy: these are two names of one array."
                found.append(Edit(says, ((*program._span(node.value), f"{name}.copy()"),)))
    start, indent = program._span(program.body[0])[0], " " * program.body[0].col_offset
    for name in program.arguments:
        found.append(Edit("", ((start, start, f"{name} = np.copy({name})\n{indent}"),)))
        for loop in (node for node in program.body if isinstance(node, ast.For) and _is_read(name, node)):
            inside, deeper = program._span(loop.body[0])[0], " " * loop.body[0].col_offset
            spans = (
                (start, start, f"as_given = np.copy({name})\n{indent}"),
                (inside, inside, f"{name} = as_given.copy()\n{deeper}"),
            )
            says = f"`{name}` itself is changed, and not put back: each turn of the loop goes on from there."
            found.append(Edit(says, spans))
    return found


def _of_lines(program: Program) -> Iterator[tuple[str, list]]:
    yield from ((edit.says, list(edit.spans)) for edit in copied(program) if edit.says)
    yield from _begun(program)
    start, indent = program._span(program.body[0])[0], " " * program.body[0].col_offset
    for name in program.arguments:
        says = f"`{name}` holds whole numbers of a few bits, and is worked with as such: they wrap round."
        yield says, [(start, start, f"{name} = np.asarray({name}).astype(float)\n{indent}")]
    bodies = [node.body for node in ast.walk(program.tree) if isinstance(getattr(node, "body", None), list)]
    for body in bodies:
        for line, following in zip(body, [*body[1:], None], strict=True):
            where = program._span(line)
            if isinstance(line, ast.Assign | ast.AugAssign) and len(body) > 1:
                says = f"{_line(program, line)} is a line too many."
                yield says[0].upper() + says[1:], [(*where, "pass")]
            if isinstance(following, ast.Assign | ast.AugAssign | ast.For) and isinstance(
                line, ast.Assign | ast.AugAssign
            ):
                if isinstance(following, ast.For):
                    continue
                there = program._span(following)
                says = f"{_line(program, line)} and {_line(program, following)} have changed places."
                yield (
                    says[0].upper() + says[1:],
                    [(*where, program.text(following)), (*there, program.text(line))],
                )


def _line(program: Program, node: ast.AST) -> str:
    return _shown(program.text(node), f"line {node.lineno} of your function")


def _begun(program: Program) -> Iterator[tuple[str, list]]:
    """Make in each turn of a loop what is made once before it, or the other way round."""
    for node in ast.walk(program.tree):
        for line in node.body if isinstance(getattr(node, "body", None), list) else ():
            if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                yield from _begun_anew(program, line, node.body)


def _begun_anew(program: Program, line: ast.Assign, body: list[ast.stmt]) -> Iterator[tuple[str, list]]:
    name, text, where = line.targets[0].id, program.text(line), program._span(line)
    for loop in (node for node in body[body.index(line) + 1 :] if isinstance(node, ast.For)):
        for inner in ast.walk(loop) if _is_read(name, loop) else ():
            if isinstance(inner, ast.For) and inner.body[0].lineno > inner.lineno:
                start, indent = program._span(inner.body[0])[0], " " * inner.body[0].col_offset
                says = (
                    f"`{name}` is made once, before the loop: each turn finds what earlier ones left in it."
                )
                yield says, [(start, start, f"{text}\n{indent}")]
    for loop in (node for node in ast.walk(program.tree) if isinstance(node, ast.For) and line in node.body):
        outer = next((top for top in program.body if loop in ast.walk(top)), loop)
        for before in dict.fromkeys((loop, outer)):
            start, indent = program._span(before)[0], " " * before.col_offset
            says = f"`{name}` is made anew in each turn of the loop: what it held before is lost."
            yield says, [(start, start, f"{text}\n{indent}"), (*where, "pass")]


def _indented(program: Program) -> Iterator[tuple[str, list]]:
    """Put a line that stands behind a loop into it, or the last one of a loop behind it."""
    for node in ast.walk(program.tree):
        body = node.body if isinstance(getattr(node, "body", None), list) else []
        for loop, line in pairwise(body):
            if isinstance(loop, ast.For) and isinstance(line, ast.Assign | ast.AugAssign | ast.Expr):
                end, indent = program._span(loop.body[-1])[1], " " * loop.body[0].col_offset
                says = f"{_line(program, line)} stands behind a loop: it belongs into each of its turns."
                spans = [(end, end, f"\n{indent}{program.text(line)}"), (*program._span(line), "pass")]
                yield says[0].upper() + says[1:], spans
        for loop in body:
            if isinstance(loop, ast.For) and isinstance(loop.body[-1], ast.Assign | ast.AugAssign | ast.Expr):
                line, end, indent = loop.body[-1], program._span(loop)[1], " " * loop.col_offset
                says = f"{_line(program, line)} is done in each turn of a loop: it belongs behind it."
                start = program._span(line)[0]
                yield says[0].upper() + says[1:], [(start, end, f"pass\n{indent}{program.text(line)}")]


def _is_read(name: str, loop: ast.For) -> bool:
    """Tell whether a name is changed in a loop, and what it holds is used there."""
    stored = [node for node in ast.walk(loop) if isinstance(node, ast.Subscript | ast.Name | ast.AugAssign)]
    changed = [node.target if isinstance(node, ast.AugAssign) else node for node in stored]
    changed = [node for node in changed if isinstance(node.ctx, ast.Store)]
    bases = [node.value if isinstance(node, ast.Subscript) else node for node in changed]
    own = [node for node in bases if isinstance(node, ast.Name) and node.id == name]
    read = [node for node in ast.walk(loop) if isinstance(node, ast.Name) and node.id == name]
    return bool(own) and any(node not in own for node in read)


# ---- expressions
_UNDO = {  # what is written, and what should be
    ast.Add: _table("""
        {other} is added, where it does not belong. :: {a}
        {one} is added, where it does not belong. :: {b}
        {other} is added: it has to be subtracted. :: {a} - {b}
        {one} and {other} are added: they are to be multiplied. :: {a} * {b}
    """),
    ast.Sub: _table("""
        {other} is subtracted, where it does not belong. :: {a}
        {other} is subtracted: it has to be added. :: {a} + {b}
        {one} and {other} have changed places in the difference. :: {b} - {a}
        {other} is subtracted: divide by it. :: {a} / {b}
    """),
    ast.Mult: _table("""
        {other} is a factor too many. :: {a}
        {one} is a factor too many. :: {b}
        You multiply by {other}: divide by it. :: {a} / {b}
        {one} and {other} are multiplied: they are to be added. :: {a} + {b}
        {one} is multiplied by {other}: it is to be raised to that power. :: np.float_power({a}, {b})
    """),
    ast.MatMult: _table("""
        `@` is the matrix product. Each number meets the one in its own place: `*`. :: {a} * {b}
        {one} and {other} have changed places around `@`. :: {b} @ {a}
    """),
    ast.Div: _table("""
        The division by {other} is too much. :: {a}
        You divide by {other}: it has to be a factor. :: {a} * {b}
        The division by {other} leaves a fraction. Round down, with `//`. :: {a} // {b}
        {one} and {other} have changed places in the division. :: {b} / {a}
        You divide by {other}: it has to be subtracted. :: {a} - {b}
    """),
    ast.FloorDiv: _table("""
        The division by {other} is too much. :: {a}
        `//` cuts off the fraction when {other} divides: divide with `/`. :: {a} / {b}
        The rest of the division by {other} is asked for. :: {a} % {b}
        The division by {other} rounds down, where it has to round up. :: -(-{a} // {b})
    """),
    ast.Mod: _table("""
        `%` is the rest of a division. How often {other} goes into it is asked for. :: {a} // {b}
    """),
    ast.Pow: _table("""
        The power of {other} is too much. :: {a}
        {one} and {other} have changed places in the power. :: np.float_power({b}, {a})
        {one} is raised to the power {other}: the two are to be multiplied. :: {a} * {b}
    """),
}


def _calculation(program: Program, node: ast.BinOp) -> Found:
    left, right = program.text(node.left), program.text(node.right)
    parts = {"{a}": f"({left})", "{b}": f"({right})", "{one}": _shown(left), "{other}": _shown(right)}
    for says, new in _UNDO.get(type(node.op), ()):
        if "power(" in new and any(len(side) > 1 and side.isdecimal() for side in (left, right)):
            continue  # nobody means the 255th power
        words = _filled(says, parts)
        yield words[0].upper() + words[1:], f"({_filled(new, parts)})"
    outer, inner = type(node.op), type(getattr(node.left, "op", None))
    if isinstance(node.left, ast.BinOp) and {outer, inner} <= {
        ast.Mult,
        ast.Div,
        ast.FloorDiv,
        ast.Add,
        ast.Sub,
    }:
        signs = {ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Add: "+", ast.Sub: "-"}
        one, two = program.text(node.left.left), program.text(node.left.right)
        says = (
            f"Parentheses are missing: in {_shown(program.text(node))} Python works out {_shown(left)} first."
        )
        yield says, f"(({one}) {signs[inner]} (({two}) {signs[outer]} ({right})))"
    if isinstance(node.right, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        signs = {ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Add: "+", ast.Sub: "-"}
        if inner_sign := signs.get(type(node.right.op)):
            one, two = program.text(node.right.left), program.text(node.right.right)
            words = f"in {_shown(program.text(node))} Python works out {_shown(right)} first"
            says = f"Parentheses are missing: {words}."
            yield says, f"((({left}) {signs[outer]} ({one})) {inner_sign} ({two}))"
            first = node.right
            while isinstance(first.left, ast.BinOp) and isinstance(first.left.op, ast.Mult | ast.Div):
                first = first.left
            start, end = program._span(first.left)[1], program._span(node.right)[1]
            tail = program.data[start:end].decode().strip()
            if first is not node.right and tail[0] == "/":
                head = f"(({left}) {signs[outer]} {program.text(first.left)})"
                says = f"Parentheses are missing in {_shown(program.text(node))}: around each of its parts."
                yield says, f"({head} / ({tail[1:]}))"
                yield says, f"({head} {tail})"


def _constant(program: Program, node: ast.Constant) -> Found:
    if isinstance(node.value, bool) or not isinstance(node.value, int) or abs(node.value) > 300:
        return
    for other in dict.fromkeys((node.value - 1, node.value + 1, 0, 1, 2, -1)):
        if other != node.value:
            yield (
                f"`{node.value}` is not the number that belongs into line {node.lineno} of your function.",
                f"({other})",
            )

    exponent = program.data[: program._span(node)[0]].rstrip().endswith(b"**")  # it could become anything
    for name in program.variables[-1] if node.value > 1 and not exponent else ():
        says = f"`{node.value}` fits some sizes only: what it is has to come from what the function is given."
        yield from (
            (says, new) for new in (name, f"({name} * {name})", f"{name}.shape[0]", f"{name}.shape[1]")
        )


def _name(program: Program, node: ast.Name) -> Found:
    alike = next((names for names in program.variables if node.id in names), [])
    if not isinstance(node.ctx, ast.Load) or not alike:
        return
    yield f"`{node.id}` is one too large in one place.", f"({node.id} - 1)"
    yield f"`{node.id}` is one too small in one place.", f"({node.id} + 1)"
    for other in alike:
        if other != node.id:
            yield f"`{node.id}` stands where `{other}` belongs.", other


def _call(program: Program, node: ast.Call) -> Found:
    if not isinstance(node.func, ast.Attribute | ast.Name):
        return
    method = isinstance(node.func, ast.Attribute) and program.text(node.func.value) != "np"
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    arguments = [program.text(x) for x in (*node.args, *node.keywords)]
    if method:
        arguments = [program.text(node.func.value), *arguments]
    if not arguments:
        return
    inner, rest = arguments[0], arguments[1:]
    tail = "".join(f", {x}" for x in rest)
    for right, wrong in _RELATIVES.items():
        if words := wrong.get(name):
            yield (
                f"{words[0].upper()}{words[1:]} is taken: {_WORDS[right]} is asked for.",
                f"np.{right}({inner}{tail})",
            )
    if name in ("round", "around", "ceil", "int", "trunc"):
        says = f"`{name}` does not always round down, as is asked for."
        yield says, f"np.floor({inner})"
    if name in ("max", "min", "sum", "mean", "argmax", "prod", "std"):
        called = f"np.{name}({inner}"
        if rest[:1] and rest[0].lstrip("-").isdecimal():
            both = {"max": "maximum", "min": "minimum", "sum": "add"}.get(name)
            if both:
                takes = f"{rest[0]} for an axis" if isinstance(node.func, ast.Attribute) else "whole arrays"
                says = f"`{name}` takes {takes}, and does not compare one by one."
                yield says, f"np.{both}({inner}, {rest[0]})"
        if not rest:
            for axis in ("0", "1", "-1", "1, keepdims=True", "(1, 2)"):
                says = f"`{name}` goes over all of {_shown(inner)}: one axis has to stay."
                yield says, f"{called}, axis={axis})"
        elif any(x.startswith("axis") for x in rest):
            axis = next(x for x in rest if x.startswith("axis"))
            yield f"`{name}` goes along one axis ({axis}). All numbers belong together.", f"{called})"
            if not any("keepdims" in x for x in rest):
                says = f"`{name}` drops an axis, and what is left is laid along the wrong one. Keep it."
                yield says, f"{called}{tail}, keepdims=True)"
            for other in ("0", "1", "-1"):
                if f"axis={other}" != axis.replace(" ", ""):
                    new = [f"axis={other}" if x == axis else x for x in rest]
                    says = f"You go over {axis.replace('=', ' ')}, where axis {other} is meant.".replace(
                        "-", "−"
                    )
                    yield says, f"{called}, {', '.join(new)})"
    elif name in ("zeros_like", "ones_like", "empty_like", "full_like"):
        says = f"`np.{name}` takes over the type of {_shown(inner)}: not all numbers fit in."
        yield says, f"np.zeros(np.shape({inner}))"
    elif name in ("zeros", "empty", "array", "full", "asarray") and rest:
        yield (
            f"The results are stored in {_shown(program.text(node))}: not all numbers fit in.",
            f"np.{name}({inner})",
        )
    elif name == "range":
        yield from _range(program, arguments)
    elif name == "where" and len(rest) == 2:
        yield (
            "The two sides of the condition have changed places.",
            f"np.where({inner}, {rest[1]}, {rest[0]})",
        )
    elif name == "astype" and rest:
        kind = program.text(node.args[0]) if node.args else "another type"
        says = f"The numbers become {kind} too early: what does not fit wraps round, or is cut off."
        yield says, f"({inner})"
    elif len(arguments) == 1 or name in ("clip", "maximum", "minimum", "pad", "roll", "round"):
        yield f"`{name}` is too much: {_shown(inner)} stays as it is.", f"({inner})"
    if name == "clip" and len(rest) == 2:
        says = "The two ends of `clip` have changed places: the lower one comes first."
        yield says, f"np.clip({inner}, {rest[1]}, {rest[0]})"
    if len(arguments) == 2 and not method and "=" not in rest[0]:
        yield (
            f"The two arguments of `{name}` have changed places.",
            f"{program.text(node.func)}({rest[0]}, {inner})",
        )


def _range(program: Program, given: list[str]) -> Found:
    if len(given) == 1:
        start, stop, step = "0", given[0], ""
    else:
        start, stop, step = given[0], given[1], "".join(f", {x}" for x in given[2:])
    shown = _shown(f"range({', '.join(given)})")
    for which in (f"The loop over {shown}", "Each loop"):
        yield f"{which} ends one too early.", f"range({start}, {stop} + 1{step})"
    yield f"The loop over {shown} goes one too far.", f"range({start}, {stop} - 1{step})"
    if start != "0":
        yield f"The loop over {shown} begins too late: counting begins at 0.", f"range(0, {stop}{step})"
    for name in program.variables[-1]:
        says = f"The loop over {shown} goes on to the very end: the last windows hang over it."
        yield says, f"range({start}, {stop} - {name} + 1{step})"
        if not step:
            yield f"The loop over {shown} takes no steps of `{name}`.", f"range({start}, {stop}, {name})"


def _index(program: Program, node: ast.Subscript) -> Found:
    read = isinstance(node.ctx, ast.Load)
    value, parts = (
        program.text(node.value),
        node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice],
    )
    texts = [program.text(part) for part in parts]
    whole = _shown(program.text(node), f"a part of `{value}`")
    if value.endswith(".shape") and texts[0] in ("0", "1"):
        says = f"The two sides in `{value}` have changed places: rows come first."
        yield says, f"{value}[{1 - int(texts[0])}]"
    if len(texts) == 2 and read:
        yield f"The two indices of `{value}` have changed places.", f"{value}[{texts[1]}, {texts[0]}]"
    for k, part in enumerate(parts):
        where = program._span(part) if program.text(part) else None
        if where is None:
            continue
        if not isinstance(part, ast.Slice):
            if len(parts) > 1 and read:
                says = f"{whole} takes one index `{texts[k]}`: all along that axis belong to it."
                yield says[0].upper() + says[1:], [(*where, ":")]
            if isinstance(part, ast.BinOp):
                yield "An index is one too large: counting begins at 0.", [(*where, f"{texts[k]} - 1")]
                yield "An index is one too small: counting begins at 0.", [(*where, f"{texts[k]} + 1")]
            continue
        low, high, step = (x and program.text(x) for x in (part.lower, part.upper, part.step))
        if low and high and not step:
            if low not in high:
                says = (
                    "The end of a slice is a place, not a length: it is counted from the array's beginning."
                )
                yield says, [(*where, f"{low}:{low} + {high}")]
            if high.replace(" ", "") == f"{low}+1":
                says = "A slice keeps its axis, even if it is 1 long. An index alone takes the number itself."
                yield says, [(*where, low)]
            yield "A slice ends one place too early: its end is not in it.", [(*where, f"{low}:{high} + 1")]
            yield "A slice ends one place too late.", [(*where, f"{low}:{high} - 1")]
            yield from _stepped(program, node, low)
        if (low or high) and not (low and high):
            other = f"{high}:" if high else f":{low}"
            yield f"{whole} is the wrong end of `{value}`.", [(*where, other)]
    if read and all(isinstance(part, ast.Slice) for part in parts):
        if "::-1" in "".join(texts):
            yield f"{whole} is turned round, where it stays as it is.", value
        else:
            yield f"{whole} is only a part of `{value}`: all of it is needed.", value


def _backwards(program: Program) -> Found:
    """Let slices that go backwards reach the very first place: all of them at once."""
    ends = {
        "0": "Going backwards to 0, it leaves out the very first.",
        "-1": "And −1 is the last place: nothing is left.",
    }
    parts = [
        part for part in ast.walk(program.tree) if isinstance(part, ast.Slice) and part.step and part.upper
    ]
    spans = [
        (*program._span(part), f"{program.text(part.lower) if part.lower else ''}::{program.text(part.step)}")
        for part in parts
        if program.text(part.step).startswith("-") and program.text(part.upper) in ends
    ]
    if spans:
        yield f"A slice ends before its end. {ends[program.text(parts[0].upper)]}", spans


def _stepped(program: Program, node: ast.Subscript, name: str) -> Found:
    """Let a window move on by more than one place."""
    names = [x for x in ast.walk(node.slice) if isinstance(x, ast.Name) and x.id == name]
    numbers = {str(x.value) for x in ast.walk(node.slice) if isinstance(x, ast.Constant) and x.value != 1}
    for by in [*program.variables[-1], *numbers] if names else ():
        if by != name:
            says = f"The windows begin one place after the other: `{by}` does not come in at their corners."
            yield says, [(*program._span(x), f"({name} * {by})") for x in names]


def _comparison(program: Program, node: ast.Compare) -> Found:
    left, right = program.text(node.left), program.text(node.comparators[0])
    if len(node.ops) == 1 and isinstance(
        node.ops[0], ast.Gt | ast.GtE | ast.Lt | ast.LtE | ast.Eq | ast.NotEq
    ):
        for sign in (">", ">=", "<", "<=", "==", "!="):
            says = f"You ask whether {_shown(program.text(node))}: the question is another one."
            yield says, f"({left} {sign} {right})"


def _unary(program: Program, node: ast.UnaryOp) -> Found:
    if isinstance(node.op, ast.USub):
        yield (
            f"The minus in front of {_shown(program.text(node.operand))} is too much.",
            f"({program.text(node.operand)})",
        )


def _added(program: Program, node: ast.AugAssign) -> Found:
    target, value = program.text(node.target), program.text(node.value)
    signs = {ast.Add: "+=", ast.Mult: "*=", ast.Sub: "-=", ast.Div: "/="}
    here = signs.get(type(node.op))
    for sign in ("=", *signs.values()) if here else ():
        if sign != here:
            yield f"`{here}` stands in {_line(program, node)}: `{sign}` is meant.", f"{target} {sign} {value}"


def _assigned(program: Program, node: ast.Assign) -> Found:
    target, value = program.text(node.targets[0]), program.text(node.value)
    if isinstance(node.targets[0], ast.Tuple):
        for one, other in combinations(node.targets[0].elts, 2):
            a, b = program.text(one), program.text(other)
            yield (
                f"`{a}` and `{b}` have changed places.",
                [(*program._span(one), b), (*program._span(other), a)],
            )
    elif isinstance(node.targets[0], ast.Subscript | ast.Name):
        says = f"`=` overwrites what `{target}` held: it has to be added, `+=`."
        yield says, f"{target} += {value}"
    if isinstance(node.value, ast.Constant) and isinstance(node.targets[0], ast.Name):
        yield f"The search begins at {value}, which numbers may not reach.", f"{target} = -np.inf"
    if (
        isinstance(node.value, ast.BinOp)
        and isinstance(node.value.op, ast.Mult)
        and isinstance(node.value.left, ast.List)
    ):
        row, count = program.text(node.value.left), program.text(node.value.right)
        if "[" in row[1:]:
            says = f"`{target}` holds the same row again and again: what is written into one shows in all."
            yield says, f"{target} = [{row[1:-1]} for _ in range({count})]"


_RULES = {
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
