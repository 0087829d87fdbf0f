"""A demo is one function from settings to a `View`: `@demo` makes it the call that builds the live demo.

Each parameter is declared with `Annotated`: its control, and a sentence for the table that ``explore_...?``
shows. Where a control moves others, a rule says so: a function of the values it names, to the new ones.
"""

import difflib
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import cache, partial, update_wrapper
from typing import Any, ClassVar, NamedTuple, get_type_hints

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Place
from cnnlib.demo.frame import Demo, as_names
from cnnlib.demo.listen import Listen
from cnnlib.demo.wiring import known_names

__all__ = ["Cells", "Choice", "Entry", "Fixed", "Group", "Hidden", "NamesOf", "Number", "Place", "Pointed"]
__all__ += ["Slider", "Switch", "Tick", "Upload", "demo"]

EVENT = {"before", "now", "moved", "output", "starting"}  # what a rule can ask for because something happened


# ---- controls, as they stand in a signature. Where a field is a function, it asks for values by their names.
@dataclass(frozen=True, kw_only=True)
class Control:
    """What all controls have.

    Attributes
    ----------
    label : str
        What stands beside it; default: its name.
    argument : str
        Its name in the call, where that is another.
    called : bool
        Whether the call takes a value for it.
    shown : bool, or function that returns one
        Whether it is shown at first.
    follows : str
        The control whose every change it takes over.
    check : function
        ``check(where, given)`` returns the value, or raises `ValueError`.
    spread : function
        ``spread(where, given, values)`` returns the values of this and of other controls.
    """

    label: str = ""
    argument: str = ""
    called: bool = True
    shown: bool | Callable[..., bool] = True
    follows: str = ""
    check: Callable[[str, Any], Any] | None = None
    spread: Callable[[str, Any, dict], dict] | None = None

    def given(self, where: str, name: str, values: dict) -> dict:
        """Turn what was handed over into values of controls."""
        if values[name] is None:
            return {}
        if self.spread:
            return self.spread(where, values[name], values)
        return {name: self.check(where, values[name])} if self.check else {}

    def made(self, label: str, value: Any, values: dict) -> Any:
        """Return the live control; a value that it cannot have is a `ValueError`."""
        return make.Hidden(value)

    def about(self) -> str:
        """Say for the table which values there are."""
        return ""

    @property
    def needs(self) -> set[str]:
        """The values that its range or options depend on."""
        fields = (getattr(self, field, None) for field in ("high", "step", "options"))
        return {name for field in fields if callable(field) for name in asks(field)}


@dataclass(frozen=True)
class Slider(Control):
    """A slider; of whole numbers where `step` is one."""

    low: float
    high: float | Callable[..., float]
    step: float | Callable[..., float] = 1

    def made(self, label, value, values):
        value = self.low if value is None else value
        high, step = self.most(value, values), asked(self.step, values)
        if isinstance(value, bool) or not isinstance(value, int | float | np.number):
            raise ValueError(f"{label}: {value!r} is no number; choose from {self.low} to {high}")
        return make.slider(label, value if isinstance(step, int) else float(value), self.low, high, step)

    def most(self, value, values):
        try:
            return asked(self.high, values)
        except ValueError:  # what does not fit at all is told by the view
            return value

    def about(self):
        return f"From {self.low:g}" if callable(self.high) else f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Number(Slider):
    """A field for a whole number."""

    def made(self, label, value, values):
        value = self.low if value is None else value
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise ValueError(f"{label}: {value!r} is no whole number; give one of at least {self.low}")
        return make.whole_number(label, value, self.most(value, values), self.low)


@dataclass(frozen=True)
class Choice(Control):
    """A list to choose from; the first is chosen unless the call or a rule says another."""

    options: Iterable | Callable[..., Iterable]

    def made(self, label, value, values):
        return make.choice(label, asked(self.options, values), value)

    def about(self):
        return "" if callable(self.options) else f"One of {', '.join(map(str, self.options))}"


@dataclass(frozen=True)
class Switch(Choice):
    """A row of buttons of which one is pressed."""

    def made(self, label, value, values):
        options = list(asked(self.options, values))
        return make.switch(label, options, options[0] if value is None else value)


@dataclass(frozen=True)
class Tick(Control):
    """A check box."""

    def made(self, label, value, values):
        if value not in (None, True, False):
            raise ValueError(f"{label}: {value!r} is neither on nor off; give True or False")
        return make.tick(label, bool(value))


@dataclass(frozen=True)
class Entry(Control):
    """A field for text: for a word, or `wide` for a line."""

    placeholder: str = ""
    wide: bool = False

    def made(self, label, value, values):
        return make.entry(label, self.placeholder, value or "", wide=self.wide)


@dataclass(frozen=True)
class Upload(Control):
    """A button with which the learner chooses a picture of their own; its value are the files."""

    _: KW_ONLY
    called: bool = False

    def made(self, label, value, values):
        return make.upload(label)


@dataclass(frozen=True)
class Fixed(Control):
    """An argument of the call that no control changes."""

    check: Callable[[str, Any], Any] | None = None


@dataclass(frozen=True)
class Hidden(Control):
    """What is remembered: no control, no argument. Rules change it, and `state` of a view."""

    _: KW_ONLY
    called: bool = False
    kept: bool = False  # by reset, too

    def made(self, label, value, values):
        return make.Hidden(value, kept=self.kept)


@dataclass(frozen=True)
class Cells(Control):
    """An array; a panel with ``edit="its name"`` or ``paint=`` lets the learner change it."""

    check: Callable[[str, Any], Any] | None = None

    def made(self, label, value, values):
        return make.Hidden(None) if value is None else make.Cells(value)


@dataclass(frozen=True)
class Pointed(Control):
    """The `Place` that was pointed at by a panel with ``point=Point("its name")``; None while none was."""

    def made(self, label, value, values):
        try:
            return make.Spot(value)
        except (TypeError, ValueError):
            raise ValueError(f"{label}: {value!r} is no place; give (row, column)") from None

    def about(self):
        return "Row and column"


@dataclass(frozen=True)
class NamesOf(Choice):
    """The list of named arrays beside the cells `of` a demo: a choice fills them, an edit turns it to `own`.

    An array may be a function that makes it. `blank` is what the choice of `own` fills in; default: nothing.
    """

    of: str
    own: str
    blank: np.ndarray | None = None
    _: KW_ONLY
    called: bool = False

    def array(self, name: str) -> np.ndarray | None:
        """Return what a name stands for."""
        array = self.blank if name == self.own else self.options[name]
        return array() if callable(array) else array

    def given(self, where, name, values):
        first = values[self.of]
        if not isinstance(first, str):
            return {} if first is None else {name: self.own}
        if self.check:
            self.check(where, first)
        names = self.options if self.blank is None else [*self.options, self.own]
        return {name: first, self.of: self.array(make.known(self.label or name, names, first))}

    def made(self, label, value, values):
        return make.choice(label, [*self.options, self.own], value)

    def fill(self, **values):
        (name,) = values.values()
        array = self.array(name)
        return {} if array is None else {self.of: array}

    def tell(self, list_: str, **values):
        same = np.array_equal(values[self.of], self.array(values[list_]))
        return {} if same else {list_: self.own}


@dataclass(frozen=True)
class Group(Control):
    """Several controls by name, of which the function gets ``into(**values)``.

    The call takes a mapping, or values in their order; `spread` may turn what else it takes into a mapping.
    """

    members: Mapping[str, Control]
    into: Callable[..., Any] = dict

    def given(self, where, name, values):
        value = values[name]
        if value is None:
            return {}
        if self.spread:
            return self.spread(where, value, values)
        if not isinstance(value, Iterable):
            raise ValueError(f"{where}: {name} {value!r} does not do; give {', '.join(self.members)}")
        given = value if isinstance(value, Mapping) else dict(zip(self.members, value, strict=False))
        if given.keys() != self.members.keys() or len(given) != len(value):
            raise ValueError(f"{where}: {name} {value!r} does not do; give {', '.join(self.members)}")
        return given


@dataclass(frozen=True)
class _Made(Control):
    """What a function makes: a button, a player for sounds."""

    make: Callable[[], Any]

    def made(self, label, value, values):
        return self.make()


# ---- rules
class Rule(NamedTuple):
    """When one of `names` changes, ``change`` says what else does, from the values that it `asks` for."""

    names: set[str]
    change: Callable[..., dict | None]
    asks: set[str]
    stops: bool = False

    def of(self, values: dict) -> dict:
        """Return the new values."""
        return self.change(**{name: values[name] for name in self.asks if name in values}) or {}


@cache
def asks(function: Callable) -> tuple[str, ...]:
    """Return the names of what a function asks for."""
    return tuple(inspect.signature(function).parameters)


def asked(field: Any, values: dict) -> Any:
    """Return a field, or what it makes of the values that it asks for."""
    return field(**{name: values[name] for name in asks(field)}) if callable(field) else field


def near(name: str, known: Iterable[str]) -> str:
    """Return the remedy for a misspelt name."""
    found = difflib.get_close_matches(name, list(known), 1)
    return f"did you mean {found[0]!r}?" if found else f"choose from {', '.join(known)}"


# ---- the decorator
def demo(
    title: str, question: str, *, order: str = "", end: Mapping[str, Any] | None = None
) -> Callable[[Callable], Any]:
    """Make a function from settings to a `View` the call that builds the live demo.

    Parameters
    ----------
    title, question : str
        Above the picture.
    order : str
        The controls that come first in the bar, ``"play speed kernel"``; the others follow as declared.
    end : dict, optional
        The values at which a page without Python shows it, unless the call gives others: where its player
        comes to.

    Returns
    -------
    function
        With `view`, the pure function; `when`, `starts`, `button`, `plays` and `sound` to declare more.

    Examples
    --------
    >>> from typing import Annotated
    >>> from cnnlib.demo.view import View
    >>> @demo("Count", "how far?")
    ... def explore_count(count: Annotated[int, Slider(0, 9)] = 2) -> View:
    ...     '''Count up.'''
    ...     return View(panels=[], sentence=f"It is {count}.", output=count)
    >>> @explore_count.button("more", "+ 1", "count on")
    ... def _(count):
    ...     return {"count": count + 1}
    >>> demo = explore_count(3)
    >>> demo.more.click()
    >>> demo.text
    'It is 4.'
    """
    return lambda view: Declared(title, question, view, order, end=end).call


class Declared:
    """The controls and rules of a demo; `call` is the function that lessons call."""

    frame: type[Demo] = Demo
    more: ClassVar[dict] = {}  # further arguments of the call, and their sentences
    buttons: ClassVar[tuple] = ()  # that the frame adds

    def __init__(
        self,
        title: str,
        question: str,
        function: Callable,
        order: str = "",
        positional: str = "",
        end: Mapping[str, Any] | None = None,
    ):
        self.function, self.where, self.end = function, function.__name__, dict(end or {})
        self.order, self.positional = order.split(), positional.split()
        self.declared: dict[str, Control] = {}  # by the name of the parameter
        self.groups: dict[str, Group] = {}  # among these
        self.controls: dict[str, Control] = {}  # with the members of groups, and buttons
        self.parameters: dict[str, inspect.Parameter] = {}
        self.says: dict[str, str] = {}
        self.rules: list[Rule] = []
        self.player: tuple | None = None

        def call(*args, **settings):
            values, more = self.bound(args, settings)
            controls = self.made(values)
            more |= {
                "lock": self.named(more["lock"]),
                "hide": self.hidden(values, more["hide"], more.pop("show", ())),
            }
            built = self.frame(title, question, controls, self.view, **self.framed(), **more)
            self.wire(built)
            return built

        self.call = update_wrapper(call, function)
        for name in ("when", "starts", "button", "plays", "sound"):
            setattr(call, name, getattr(self, name))
        self.declare(function)
        self.draws(function)

    # -- what authors say
    def declare(self, function: Callable, skip: Iterable[str] = ()) -> None:
        """Read the controls out of a signature."""
        hints = get_type_hints(function, include_extras=True)
        for name, parameter in inspect.signature(function).parameters.items():
            if name in skip:
                continue
            said = [e() if isinstance(e, type) else e for e in getattr(hints.get(name), "__metadata__", ())]
            control = next((e for e in said if isinstance(e, Control)), None)
            if control is None:
                raise TypeError(f"{self.where}: {name!r} has no control; write Annotated[..., Slider(0, 9)]")
            plain = getattr(parameter.annotation, "__origin__", parameter.annotation)
            self.parameters[name] = parameter.replace(name=control.argument or name, annotation=plain)
            self.says[name] = ". ".join(
                filter(None, [control.about(), *(e for e in said if isinstance(e, str))])
            )
            self.declared[name] = control
            self.groups |= {name: control} if isinstance(control, Group) else {}
            self.controls |= control.members if isinstance(control, Group) else {name: control}
            if source := control.follows:
                self.rules.append(
                    Rule(
                        {source},
                        lambda _name=name, **values: dict.fromkeys([_name], *values.values()),
                        {source},
                    )
                )
            if isinstance(control, NamesOf):
                self.rules.append(Rule({name}, control.fill, {name}))
                self.rules.append(Rule({control.of}, partial(control.tell, name), {name, control.of}))

    def draws(self, view: Callable) -> None:
        """Take the function that draws."""
        self.view = self.call.view = view
        self.seen = [name for name in asks(view) if name in self.declared]
        self.sign()

    def when(self, names: str, change: Callable | None = None, *, stops: bool = False) -> Callable:
        """Say what else changes when one of the controls or groups ``"a b"`` does; also a decorator.

        `change` asks for values by the names of its parameters: of controls and groups; `moved` is the name
        of the one that changed, `before` its old value and `now` its new one, `output` what was seen. It
        returns new values by name, or None; what it changes sets off no other rule. A `ValueError` is told.
        With `stops` it ends what the player plays.

        A control whose default is None starts as the rules say, in their order: those that ask for nothing
        that happened, and to whose `names` there is a value.
        """
        if change is None:
            return lambda function: self.when(names, function, stops=stops)
        wanted, known = set(asks(change)), self.controls | self.declared
        for name in (wanted - EVENT) | set(names.split()):
            if name not in known:
                raise TypeError(f"{self.where}: a rule asks for {name!r}; {near(name, known)}")
        self.rules.append(Rule(self.members(names.split()), change, wanted, stops))
        return change

    def starts(self, change: Callable) -> Callable:
        """Decorate a rule for the start alone: what stands where the call leaves None."""
        return self.when("", change)

    def button(self, name: str, label: str, tooltip: str = "", *, stops: bool = False) -> Callable:
        """Decorate what a press of a further button changes: as if the learner did, so rules follow."""
        self.add(name, partial(make.button, label, tooltip))
        return self.when(name, stops=stops)

    def plays(self, name: str, label: str, tooltip: str = "play or pause", *, speed: str | float) -> Callable:
        """Decorate the step of a player: from values, and `output`, to the next ones; {} ends it.

        `starting` is True for the first step after a press. `speed` is steps a second, or the control for it.
        Rules follow, as if the learner took the step.
        """

        def made():
            button = make.button(label, tooltip)
            button.layout.min_width = "6em"  # pause is shorter, and what follows would jump
            return button

        def declared(step):
            self.player = name, speed, Rule({name}, step, set(asks(step)))
            return step

        self.add(name, made)
        return declared

    def sound(self, name: str, label: str) -> None:
        """Add a player for a sound, which the view hands over: ``View(sound={name: wav})``."""
        self.add(name, partial(Listen, label))

    def add(self, name: str, made: Callable[[], Any]) -> None:
        """Add a control that the function does not ask for."""
        self.controls[name] = _Made(made, called=False)
        self.sign()

    # -- the call
    def sign(self) -> None:
        """Write signature and docstring of the call."""
        own = {name: p for name, p in self.parameters.items() if self.declared[name].called}
        if self.positional:
            kinds = {True: inspect.Parameter.POSITIONAL_OR_KEYWORD, False: inspect.Parameter.KEYWORD_ONLY}
            first = [name for name in self.positional if name in own]  # what the view declares comes later
            own = {name: own[name] for name in dict.fromkeys([*first, *own])}
            own = {name: p.replace(kind=kinds[name in first]) for name, p in own.items()}
        own = dict(sorted(own.items(), key=lambda item: item[1].kind))
        hidden = ", ".join(name for name, control in self.controls.items() if control.shown is not True)
        seen = [name for name, control in self.controls.items() if not isinstance(control, Fixed | Hidden)]
        names = ", ".join([*self.buttons, *seen])
        more = self.more | {"hide": f"Controls to hide: {names}", "lock": "Controls to hold: the same names"}
        more["show"] = f"Controls to show that are hidden at first: {hidden or 'none'}"
        more = {name: text for name, text in more.items() if name not in own}  # own is what is to be shown
        kind = inspect.Parameter.KEYWORD_ONLY
        added = [inspect.Parameter(name, kind, default=False if name in self.more else ()) for name in more]
        self.call.__signature__ = inspect.Signature([*own.values(), *added], return_annotation=self.frame)
        table = {_head(p): self.says[name] for name, p in own.items()}
        table |= {
            f"{n} : {'bool' if n in self.more else 'str or iterable of str'}": text
            for n, text in more.items()
        }
        words, _, examples = inspect.cleandoc(self.function.__doc__).partition("\n>>> ")
        lines = [words.rstrip(), "", "Parameters", "----------"]
        lines += [f"{head}\n    {text}." if text else head for head, text in table.items()]
        lines += ["", "Returns", "-------", self.frame.__name__, "    Each control is an attribute."]
        lines += [
            "",
            "Raises",
            "------",
            "ValueError",
            "    If a name or a value is none that a control can have.",
        ]
        lines += ["", "Examples", "--------", f">>> {examples}"] if examples else []
        self.call.__doc__ = "\n".join(lines)

    def bound(self, args: tuple, settings: dict) -> tuple[dict, dict]:
        """Return the value of each control before the rules, and the arguments that are for the frame."""
        signature = self.call.__signature__
        for name in settings:
            if name not in signature.parameters:
                raise TypeError(
                    f"{self.where}: there is no argument {name!r}; {near(name, signature.parameters)}"
                )
        try:
            bound = signature.bind(*args, **settings)
        except TypeError as error:
            raise TypeError(f"{self.where}: {error}") from None
        bound.apply_defaults()
        values = dict.fromkeys(self.controls)
        for name, p in self.parameters.items():
            default = None if p.default is p.empty else p.default
            values[name] = bound.arguments.pop(p.name) if self.declared[name].called else default
        lists_first = sorted(
            (self.declared | self.controls).items(), key=lambda item: not isinstance(item[1], NamesOf)
        )
        for name, control in lists_first:
            values |= control.given(self.where, name, values)
        return {name: values[name] for name in self.controls}, bound.arguments

    def made(self, values: dict) -> dict:
        """Return the live controls in the order of the bar; what is None starts as the rules say."""
        live = self.live(values, self.controls)  # refuses what is wrong before a rule meets it
        for rule in self.rules:
            missing = {n for n, c in self.controls.items() if values[n] is None and not isinstance(c, _Made)}
            if missing and not rule.asks & EVENT and all(values[name] is not None for name in rule.names):
                found = rule.of(self.grouped(values))
                values |= {name: found[name] for name in missing & found.keys()}
        live |= self.live(values, self.controls.keys() - live, final=True)
        known_names(self.order, live, self.where)
        return {name: live[name] for name in self.barred(self.controls)}

    def barred(self, names: Iterable[str]) -> list[str]:
        """Return names in the order of the bar."""
        return [name for name in dict.fromkeys([*self.order, *names]) if name in names]

    def live(self, values: dict, names: Iterable[str], *, final: bool = False) -> dict:
        """Make live controls; at first only those of which all is known."""
        made, grouped = {}, self.grouped(values)
        for name in names:
            control = self.controls[name]
            known = all(grouped[needed] is not None for needed in (name, *control.needs))
            if final or known:
                made[name] = control.made(self.label(name), values[name], grouped)
        return made

    def label(self, name: str) -> str:
        """Return what stands beside a control."""
        return self.controls[name].label or name.replace("_", " ")

    def hidden(self, values: dict, hide, show) -> set[str]:
        """Return the controls that are not shown; the frame refuses an unknown name."""
        first = {name for name, c in self.controls.items() if not asked(c.shown, self.grouped(values))}
        hide, show = self.named(hide), self.named(show)
        return ((hide | first) - show) | (show - self.controls.keys())

    def members(self, names) -> set[str]:
        """Put the members of a group in its place."""
        return {
            member
            for name in as_names(names)
            for member in (self.groups[name].members if name in self.groups else [name])
        }

    def named(self, names) -> set[str]:
        """Return the controls that a teacher means: by their names, or by what stands beside them.

        Cells stand for the list of names beside them, too.
        """
        known = {*self.controls, *self.groups, *self.buttons}
        labels = {n: {m for m in self.controls if self.label(m) == n} for n in as_names(names) - known}
        found = self.members(set().union(*(labels.get(n) or {n} for n in as_names(names))))
        lists = {n: c.of for n, c in self.controls.items() if isinstance(c, NamesOf)}
        return found | {list_ for list_, cells in lists.items() if cells in found}

    def grouped(self, values: dict) -> dict:
        """Return values with those of each group as one, too."""
        if not self.groups:
            return values
        return values | {n: g.into(**{m: values[m] for m in g.members}) for n, g in self.groups.items()}

    def arguments(self, values: dict) -> dict:
        """Return what the view is handed."""
        values = self.grouped(values)
        return {name: values[name] for name in self.seen}

    def framed(self) -> dict:
        """Return what the frame is to know."""
        limits = {
            name: lambda values, high=control.high: asked(high, self.grouped(values))
            for name, control in self.controls.items()
            if isinstance(control, Slider) and callable(control.high)
        }
        end = {name: (self.parameters[name].default, value) for name, value in self.end.items()}
        return {"arguments": self.arguments, "limits": limits, "end": end}

    # -- the live demo
    def wire(self, built: Demo) -> None:
        """Let the controls of a demo obey the rules."""
        for name in {name for rule in self.rules for name in rule.names}:
            built.when(name, partial(self.react, built, name))
        if self.player:
            name, speed, step = self.player
            built.drive(partial(self.played, built, step), play=name, speed=speed)

    def react(self, built: Demo, name: str, change: Any) -> None:
        """Set what the rules of a control say."""
        for rule in self.rules:
            values = self.grouped(built.values)
            event = {"moved": name, "before": getattr(change, "old", None), "now": values.get(name, True)}
            event["output"] = built.output
            if name in rule.names and event["now"] is not None:
                if rule.stops:
                    built._work.stop()
                built.set(**rule.of(values | event))

    def played(self, built: Demo, step: Rule) -> Iterable[None]:
        """Take the steps of the player."""

        def found(starting: bool) -> dict:
            return step.of(self.grouped(built.values) | {"output": built.output, "starting": starting})

        values = found(True)
        while values:
            built.set(**values)
            if not found(False):
                return
            yield
            values = found(False)


def _head(parameter: inspect.Parameter) -> str:
    kind = inspect.formatannotation(parameter.annotation).replace("cnnlib.demo.controls.", "")
    default = "" if parameter.default is parameter.empty else f", default {parameter.default!r}"
    return f"{parameter.name} : {kind}{default}"
