"""A demo is one function from settings to a `View`: `@demo` makes it the call that builds the live demo.

Each parameter is declared with `Annotated`: its control, and a sentence for the table that ``explore_...?``
shows. Where a control moves others, a rule says so: a function of the values it names, to the new ones.
"""

import difflib
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial, update_wrapper
from typing import Any, NamedTuple

import numpy as np

from cnnlib.demo import controls as make
from cnnlib.demo.controls import Place
from cnnlib.demo.frame import Demo, as_names
from cnnlib.demo.listen import Listen

__all__ = ["Cells", "Choice", "Entry", "Fixed", "Group", "Hidden", "NamesOf", "Number", "Place", "Pointed"]
__all__ += ["Slider", "Switch", "Tick", "Upload", "demo"]

EVENT = {"before", "now", "moved", "output", "starting"}  # what a rule can ask for that was set off


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
        if not isinstance(value, int | float | np.number):
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
    """A field for a whole number; what lies outside becomes the nearest that does not."""

    def made(self, label, value, values):
        value = self.low if value is None else value
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
        return {
            name: first,
            self.of: self.array(make.known(self.label or name, [*self.options, self.own], first)),
        }

    def made(self, label, value, values):
        return make.choice(label, [*self.options, self.own], value)

    def rules(self, name: str) -> list["Rule"]:
        def fill(**values):
            array = self.array(values[name])
            return {} if array is None else {self.of: array}

        def tell(**values):
            same = np.array_equal(values[self.of], self.array(values[name]))
            return {} if same else {name: self.own}

        return [Rule({name}, fill, {name}), Rule({self.of}, tell, {name, self.of})]


@dataclass(frozen=True)
class Group(Control):
    """Several controls by name, of which the function gets ``into(**values)``.

    The call takes a mapping, or values in their order; `spread` may turn what else it takes into a mapping.
    """

    members: Mapping[str, Control]
    into: Callable[..., Any] = dict

    def given(self, where, name, values):
        value = values[name]
        if value is not None and self.spread:
            return self.spread(where, value, values)
        if value is None or isinstance(value, Mapping):
            return dict(value or {})
        given = list(value) if isinstance(value, Iterable) else [value]
        if len(given) != len(self.members):
            raise ValueError(f"{where}: {name} {value!r} does not do; give {', '.join(self.members)}")
        return dict(zip(self.members, given, strict=True))


@dataclass(frozen=True)
class _Button(Control):
    tooltip: str
    _: KW_ONLY
    called: bool = False

    def made(self, label, value, values):
        return make.button(label, self.tooltip)


@dataclass(frozen=True)
class _Player(_Button):
    def made(self, label, value, values):
        button = make.button(label, self.tooltip)
        button.layout.min_width = "6em"  # pause is shorter, and what follows would jump
        return button


@dataclass(frozen=True)
class _Sound(Control):
    _: KW_ONLY
    called: bool = False

    def made(self, label, value, values):
        return Listen(label)


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


def asked(field: Any, values: dict) -> Any:
    """Return a field, or what it makes of the values whose names it asks for."""
    return field(**{name: values[name] for name in asks(field)}) if callable(field) else field


def asks(function: Callable) -> list[str]:
    return [*inspect.signature(function).parameters]


# ---- the decorator
def demo(title: str, question: str, *, order: str = "") -> Callable[[Callable], Any]:
    """Make a function from settings to a `View` the call that builds the live demo.

    Parameters
    ----------
    title, question : str
        Above the picture.
    order : str
        The controls that come first in the bar, ``"play speed kernel"``; the others follow as declared.

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
    return lambda view: Declared(title, question, view, order).call


class Declared:
    """The controls and rules of a demo; `call` is the function that lessons call."""

    frame: type[Demo] = Demo
    more: typing.ClassVar[dict] = {}  # further arguments of the call, and their sentences
    buttons: typing.ClassVar[tuple] = ()  # that the frame adds

    def __init__(self, title: str, question: str, function: Callable, order: str = "", positional: str = ""):
        self.function, self.order, self.positional = function, order.split(), positional.split()
        self.where = function.__name__
        self.controls: dict[str, Control] = {}
        self.groups: dict[str, Group] = {}
        self.parameters: dict[str, inspect.Parameter] = {}  # of the call, by the control's name
        self.says: dict[str, str] = {}
        self.rules: list[Rule] = []
        self.player: tuple | None = None

        def call(*args, **settings):
            values, more = self.bound(args, settings)
            made, hide = self.made(values), self.hidden(values, more.pop("hide"), more.pop("show", ()))
            lock = self.members(more.pop("lock"))
            built = self.frame(
                title, question, made, self.view, **self.framed(), hide=hide, lock=lock, **more
            )
            self.wire(built)
            return built

        self.call = update_wrapper(call, function)
        for name in ("when", "starts", "button", "plays", "sound"):
            setattr(call, name, getattr(self, name))
        self.declare(function)
        self.show(function)

    # -- what authors say
    def declare(self, function: Callable, skip: Iterable[str] = ()) -> None:
        """Read the controls out of a signature."""
        hints = typing.get_type_hints(function, include_extras=True)
        for name, parameter in inspect.signature(function).parameters.items():
            if name in skip:
                continue
            extras = [e() if isinstance(e, type) else e for e in getattr(hints.get(name), "__metadata__", ())]
            control = next((e for e in extras if isinstance(e, Control)), None)
            if control is None:
                raise TypeError(f"{self.where}: {name!r} has no control; write Annotated[..., Slider(0, 9)]")
            if isinstance(control, Group):
                self.groups[name] = control
            self.controls |= control.members if isinstance(control, Group) else {name: control}
            self.says[name] = ". ".join(
                filter(None, [control.about(), *(e for e in extras if isinstance(e, str))])
            )
            plain = getattr(parameter.annotation, "__origin__", parameter.annotation)
            self.parameters[name] = parameter.replace(name=control.argument or name, annotation=plain)
            if source := control.follows:
                self.rules.append(Rule({source}, partial(_taken, name, source), {source}))
            if isinstance(control, NamesOf):
                self.rules += control.rules(name)

    def show(self, view: Callable) -> None:
        """Take the function that draws."""
        self.view = self.call.view = view
        self.seen = [name for name in asks(view) if name in self.parameters]
        self.sign()

    def when(self, names: str, change: Callable | None = None, *, stops: bool = False) -> Callable:
        """Say what else changes when one of the controls or groups ``"a b"`` does; also a decorator.

        `change` asks for values by the names of its parameters: of controls and groups; `moved` is the name
        of the one that changed, `before` its old value and `now` its new one. It returns new values by name;
        what it changes calls no other rule. With `stops` it ends what the player plays.

        A control whose default is None starts as the rules say, in their order: those that do not ask for a
        change, and to whose `names` there is a value.
        """
        if change is None:
            return lambda function: self.when(names, function, stops=stops)
        wanted = set(asks(change))
        for name in (wanted - EVENT) | set(names.split()):
            if name not in {**self.controls, **self.groups}:
                raise TypeError(
                    f"{self.where}: a rule asks for {name!r}; {_near(name, [*self.controls, *self.groups])}"
                )
        self.rules.append(Rule(self.members(names.split()), change, wanted, stops))
        return change

    def starts(self, change: Callable) -> Callable:
        """Decorate a rule for the start alone: what stands where the call leaves None."""
        return self.when("", change)

    def button(self, name: str, label: str, tooltip: str = "", *, stops: bool = False) -> Callable:
        """Decorate what a press of a further button changes."""
        self.controls[name] = _Button(tooltip, label=label)
        self.sign()
        return self.when(name, stops=stops)

    def sound(self, name: str, label: str) -> None:
        """Add a player for a sound, which the view hands over: ``View(sound={name: wav})``."""
        self.controls[name] = _Sound(label=label)
        self.sign()

    def plays(self, name: str, label: str, tooltip: str = "play or pause", *, speed: str | float) -> Callable:
        """Decorate the step of a player: from values, and `output`, to the next ones; {} ends it.

        `starting` is True for the first step after a press. `speed` is steps a second, or the control for it.
        """
        self.controls[name] = _Player(tooltip, label=label)
        self.sign()

        def declared(step):
            self.player = name, speed, Rule({name}, step, set(asks(step)))
            return step

        return declared

    # -- the call
    def sign(self) -> None:
        """Write signature and docstring of the call."""
        own = {name: p for name, p in self.parameters.items() if (self.groups | self.controls)[name].called}
        if self.positional:
            own = {name: own[name] for name in dict.fromkeys([*self.positional, *own])}
            own = {
                n: p.replace(kind=p.POSITIONAL_OR_KEYWORD if n in self.positional else p.KEYWORD_ONLY)
                for n, p in own.items()
            }
        own = dict(sorted(own.items(), key=lambda item: item[1].kind))
        hidden = ", ".join(name for name, control in self.controls.items() if control.shown is not True)
        names = ", ".join([*self.buttons, *self.controls])
        frame = self.more | {"hide": f"Controls to hide: {names}", "lock": "Controls to hold; the same names"}
        frame |= {"show": f"Controls that are hidden at first: {hidden}"} if hidden else {}
        added = [
            inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=False if n in self.more else ())
            for n in frame
        ]
        self.call.__signature__ = inspect.Signature([*own.values(), *added], return_annotation=self.frame)
        table = {_head(p): self.says[name] for name, p in own.items()}
        table |= {
            f"{n} : {'bool' if n in self.more else 'str or iterable of str'}": text
            for n, text in frame.items()
        }
        words, _, examples = inspect.cleandoc(self.function.__doc__).partition("\n>>> ")
        self.call.__doc__ = "\n".join(
            [
                words.rstrip(),
                "\nParameters\n----------",
                *(f"{head}\n    {text}." if text else head for head, text in table.items()),
                f"\nReturns\n-------\n{self.frame.__name__}\n    Each control is an attribute.",
                "\nRaises\n------\nValueError\n    If a name or a value is none that a control can have.",
                *([f"\nExamples\n--------\n>>> {examples}"] if examples else ()),
            ]
        )

    def bound(self, args: tuple, settings: dict) -> tuple[dict, dict]:
        """Return the value of each control before the rules, and the arguments that are for the frame."""
        signature = self.call.__signature__
        for name in settings:
            if name not in signature.parameters:
                raise TypeError(
                    f"{self.where}: there is no argument {name!r}; {_near(name, signature.parameters)}"
                )
        try:
            bound = signature.bind(*args, **settings)
        except TypeError as error:
            raise TypeError(f"{self.where}: {error}") from None
        bound.apply_defaults()
        values = dict.fromkeys(self.controls)
        for name, p in self.parameters.items():
            values[name] = bound.arguments.pop(p.name, None if p.default is p.empty else p.default)
        for name, control in sorted((self.groups | self.controls).items(), key=_lists_first):
            values |= control.given(self.where, name, values)
        return {name: values[name] for name in self.controls}, bound.arguments

    def made(self, values: dict) -> dict:
        """Return the live controls in the order of the bar; what is None starts as the rules say."""
        live = self.live(values, self.controls)  # refuses what is wrong before a rule meets it
        for rule in self.rules:
            missing = {name for name in values if values[name] is None}
            if missing and not rule.asks & EVENT and all(values[name] is not None for name in rule.names):
                found = rule.of(self.grouped(values))
                values |= {name: found[name] for name in missing & found.keys()}
        live |= self.live(values, self.controls.keys() - live, final=True)
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
        hide, show = self.members(as_names(hide)), self.members(as_names(show))
        return ((hide | first) - show) | (show - self.controls.keys())

    def members(self, names) -> set[str]:
        """Put the members of a group in its place."""
        return {
            member
            for name in as_names(names)
            for member in (self.groups[name].members if name in self.groups else [name])
        }

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
        return {"arguments": self.arguments, "limits": limits}

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


def _taken(name: str, source: str, **values) -> dict:
    return {name: values[source]}


def _lists_first(item: tuple[str, Control]) -> bool:
    return not isinstance(item[1], NamesOf)


def _head(parameter: inspect.Parameter) -> str:
    kind = inspect.formatannotation(parameter.annotation)
    default = "" if parameter.default is parameter.empty else f", default {parameter.default!r}"
    return f"{parameter.name} : {kind}{default}"


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(known)}"
