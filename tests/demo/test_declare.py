"""A demo is one function: what its declaration gives, and what it refuses."""

import asyncio
import inspect
from types import SimpleNamespace
from typing import Annotated

import numpy as np
import pytest

from cnnlib.demo import declare
from cnnlib.demo.controls import Place
from cnnlib.demo.declare import (
    Cells,
    Choice,
    Entry,
    Fixed,
    Group,
    Hidden,
    NamesOf,
    Number,
    Pointed,
    Slider,
    Switch,
    Tick,
    Upload,
)
from cnnlib.demo.lab import DONE, Moment, lab, progress
from cnnlib.demo.view import Point, View, gray
from cnnlib.demo.zoo import zoo

ARRAYS = {"ones": np.ones((2, 2)), "eye": lambda: np.eye(2)}


def cells(where, given):
    array = np.asarray(given, float)
    if array.ndim != 2:
        raise ValueError(f"{where}: cells {array.shape} cannot be drawn; give (H, W)")
    return array


def toy(**more):
    """Return a demo with one of nearly everything."""

    @declare.demo("Toy", "what does it do?", **more)
    def explore_toy(
        image: Annotated[np.ndarray, Cells(cells), "A name, or numbers"] = "ones",
        window: Annotated[int, Slider(1, 4)] = 2,
        *,
        stride: Annotated[int | None, Slider(1, 4, follows="window"), "Default: the window"] = None,
        padding: Annotated[int, Slider(0, lambda window: window // 2, shown=False)] = 0,
        at: Annotated[Place, Pointed, "Where to begin"] = (0, 0),
        name: Annotated[str, NamesOf(ARRAYS, "image", "my own", np.zeros((3, 3)))],
        count: Annotated[int, Hidden] = 0,
    ) -> View:
        """Play with a toy.

        >>> 1 + 1
        2
        """
        panels = [
            gray("image", image, edit="image"),
            gray("map", image, point=Point("at", window=3), cursor=at.within(image.shape)),
        ]
        sentence = (
            f"{name}: window {window}, stride {stride}, padding {padding}, at {tuple(at)}, drawn {count}."
        )
        return View(panels=panels, sentence=sentence, output=image * window, state={"count": count + 1})

    explore_toy.when("name", lambda: {"at": (0, 0)})

    @explore_toy.button("more", "more", "a wider window")
    def _(window):
        if window == 4:
            raise ValueError("the window is 4 wide; make it narrower")
        return {"window": window + 1}

    return explore_toy


def point(demo, panel, row, col):
    message = {"type": "point", "panel": panel, "row": row, "col": col, "number": 1}
    demo.grid._on_message(demo.grid, message, [])


def simple(control, default, **more):
    """Return a demo with one control."""

    @declare.demo("Simple", "what is it?", **more)
    def explore_simple(x: Annotated[object, control] = default) -> View:
        """See one value."""
        return View(panels=[], sentence=f"It is {x!r}.", output=x)

    return explore_simple


def test_the_call_makes_a_demo_and_the_function_stays_pure():
    explore = toy()
    demo = explore()
    assert demo.text == "ones: window 2, stride 2, padding 0, at (0, 0), drawn 0."
    assert inspect.isfunction(explore)
    settings = {"window": 3, "stride": 3, "padding": 0, "at": Place(1, 1), "name": "eye", "count": 5}
    view = explore.view(image=np.eye(2), **settings)
    np.testing.assert_array_equal(view.output, 3 * np.eye(2))
    assert demo.window.value == 2


def test_the_bar_follows_the_order_and_then_the_declaration():
    def labels(demo):
        return [control.description for control in demo.bar.children]

    assert labels(toy()()) == ["window", "stride", "name", "more"]
    assert labels(toy(order="name more")()) == ["name", "more", "window", "stride"]
    assert labels(toy()(show="padding", hide="name")) == ["window", "stride", "padding", "more"]
    with pytest.raises(ValueError, match="explore_toy: no control is called nmae"):
        toy(order="nmae")()


@pytest.mark.parametrize(
    ("settings", "kind", "told"),
    [
        ({"windw": 2}, TypeError, "explore_toy: there is no argument 'windw'; did you mean 'window'?"),
        ({"xyz": 2}, TypeError, "explore_toy: there is no argument 'xyz'; choose from image, window"),
        ({"name": "eye"}, TypeError, "there is no argument 'name'"),
        ({"window": 9}, ValueError, "window: 9 lies outside the slider; choose from 1 to 4"),
        ({"window": "a"}, ValueError, "window: 'a' is no number; choose from 1 to 4"),
        ({"padding": 2}, ValueError, "padding: 2 lies outside the slider; choose from 0 to 1"),
        ({"at": 5}, ValueError, r"at: 5 is no place; give \(row, column\)"),
        ({"image": "nosuch"}, ValueError, "name: 'nosuch' is unknown; choose from ones, eye, my own"),
        ({"image": [1]}, ValueError, r"explore_toy: cells \(1,\) cannot be drawn; give \(H, W\)"),
        ({"hide": "nosuch"}, ValueError, "Toy: no control is called nosuch; choose from"),
        ({"show": "nosuch"}, ValueError, "Toy: no control is called nosuch; choose from"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(settings, kind, told):
    with pytest.raises(kind, match=told):
        toy()(**settings)


def test_too_many_values_are_refused():
    with pytest.raises(TypeError, match="explore_toy: too many positional arguments"):
        toy()("ones", 2, 3)


def test_a_name_or_an_array():
    demo = toy()("eye")
    assert (demo.name.value, demo.image.value.tolist()) == ("eye", [[1, 0], [0, 1]])
    assert toy()([[5]]).name.value == "my own"
    demo.image.value = np.full((2, 2), 3)
    assert demo.name.value == "my own"
    demo.name.value = "ones"
    assert demo.image.value.tolist() == [[1, 1], [1, 1]]
    assert demo.name.value == "ones"
    demo.name.value = "my own"
    assert demo.image.value.shape == (3, 3)


def test_a_name_that_fills_nothing_is_refused():
    """Where "my own" brings no array, it is no argument; the zoo says which kernels there are."""

    def kernels(control):
        @declare.demo("Kernel", "which?")
        def explore_kernel(
            kernel: Annotated[np.ndarray, Cells(cells)] = "outline", *, name: Annotated[str, control]
        ) -> View:
            """See a kernel."""
            return View(panels=[], sentence=f"It is {name}.")

        return explore_kernel

    with pytest.raises(ValueError, match="name: 'my own' is unknown; choose from outline"):
        kernels(NamesOf({"outline": np.ones((3, 3))}, "kernel", "my own"))("my own")
    with pytest.raises(ValueError, match="no kernel is named 'outlin'; did you mean 'outline'"):
        kernels(zoo("kernel"))("outlin")
    with pytest.raises(ValueError, match="kernel: 'Gaussian blur 5x5' is unknown; choose from identity"):
        kernels(zoo("kernel", side=3))("Gaussian blur 5x5")


def test_rules_move_other_controls_once_and_set_off_no_others():
    demo = toy()(at=(1, 1))
    demo.name.value = "eye"
    assert demo.at.value == (0, 0)
    demo.window.value = 3
    assert demo.stride.value == 3
    demo.stride.value = 1
    assert demo.window.value == 3


def test_a_button_moves_controls_as_a_learner_does_and_a_refusal_is_told():
    demo = toy()(window=3)
    demo.more.click()
    assert (demo.window.value, demo.stride.value) == (4, 4)
    demo.more.click()
    assert demo.problem == "the window is 4 wide; make it narrower"
    assert demo.window.value == 4
    demo.reset()
    assert demo.problem == ""


def test_a_limit_depends_on_the_other_settings():
    demo = toy()(window=4, padding=2)
    demo.window.value = 2
    assert (demo.padding.max, demo.padding.value) == (1, 1)
    demo.set(padding=2, window=4)
    assert demo.padding.value == 2
    demo.window.value = 1
    demo.reset()
    assert (demo.window.value, demo.padding.value) == (4, 2)


def test_pointing_sets_the_place_and_what_is_said_with_it():
    demo = toy()()
    point(demo, "map", 1, 0)
    assert demo.at.value == Place(1, 0)
    assert (demo.window.value, demo.stride.value) == (3, 3)


def test_what_is_locked_or_hidden_is_only_to_look_at():
    demo = toy()(lock="at")
    assert [panel.point for panel in demo.view.panels] == [None, None]
    assert demo.view.panels[0].edit == "image"
    assert not toy()(hide="image").view.panels[0].edit


def test_a_control_may_be_called_show():
    @declare.demo("Toy", "which?")
    def explore_toy(show: Annotated[str, Choice(["maps", "sums"])] = "maps") -> View:
        """Choose."""
        return View(panels=[], sentence=f"These are {show}.")

    assert [*inspect.signature(explore_toy).parameters] == ["show", "hide", "lock"]
    assert explore_toy("sums").text == explore_toy(show="sums").text == "These are sums."
    assert explore_toy(hide="show").bar.children == ()


def test_the_next_state_comes_from_the_view():
    demo = toy()()
    for drawn in (1, 2):
        demo.window.value = 2 + drawn
        assert demo.text.endswith(f"drawn {drawn}.")

    @declare.demo("Bad", "what now?")
    def explore_bad(x: Annotated[int, Slider(0, 3)] = 0) -> View:
        """Write into a slider."""
        return View(panels=[], sentence="No.", state={"x": 1})

    with pytest.raises(ValueError, match="Bad: state is kept in Hidden controls, and x is none"):
        explore_bad()


def test_a_link_to_no_control_is_refused_at_the_first_draw():
    @declare.demo("Bad", "where to?")
    def explore_bad(x: Annotated[int, Slider(0, 3)] = 0) -> View:
        """Point at nothing."""
        return View(panels=[gray("map", np.eye(2), point=Point("att"))], sentence="No.")

    with pytest.raises(ValueError, match="Bad, panel map: no control is called att; choose from x"):
        explore_bad()


def test_the_author_is_told_too():
    with pytest.raises(TypeError, match=r"explore_bad: 'x' has no control; write Annotated\[..., Slider"):

        @declare.demo("Bad", "what?")
        def explore_bad(x: int = 3) -> View:
            """Forget the control."""

    explore = toy()
    with pytest.raises(TypeError, match=r"explore_toy: a rule asks for 'windw'; did you mean 'window'\?"):
        explore.when("window", lambda windw: {})
    with pytest.raises(TypeError, match=r"explore_toy: a rule asks for 'nmae'; did you mean 'name'\?"):
        explore.when("nmae", lambda: {})


def test_none_starts_as_the_rules_say():
    @declare.demo("None", "what then?")
    def explore_none(
        a: Annotated[int, Slider(0, 9)] = 4,
        b: Annotated[int | None, Slider(0, 9)] = None,
        c: Annotated[int | None, Slider(0, 9)] = None,
        d: Annotated[int | None, Slider(0, 9)] = None,
        e: Annotated[str | None, Choice("xyz")] = None,
    ) -> View:
        """Start with nothing."""
        return View(panels=[], sentence=f"{a} {b} {c} {d} {e}.")

    seen = []
    explore_none.when("a", lambda a: {"b": a + 1})
    explore_none.when("b", lambda b: {"c": b + 1, "a": 0})
    explore_none.when("d", lambda d: {"e": "z"})
    explore_none.when("a", lambda before: seen.append(before))
    explore_none.starts(lambda c: {"d": c + 1})
    assert explore_none().text == "4 5 6 7 x."  # the rule of d came before there was a d
    assert explore_none(b=0, e="y").text == "4 0 1 2 y."
    assert seen == []
    demo = explore_none()
    demo.a.value = 1
    assert demo.text == "1 2 6 7 x."  # d was for the start, and c follows b's own moves
    assert seen == [4]


def test_a_group_is_one_value_for_the_function():
    @declare.demo("Group", "how many?")
    def explore_group(
        shares: Annotated[dict, Group({name: Slider(0, 9) for name in "abc"})] = (1, 2, 3),
        at: Annotated[Place, Group({"row": Number(0, 5), "col": Number(0, 5)}, into=Place)] = (1, 2),
    ) -> View:
        """Share."""
        return View(panels=[], sentence=f"{shares}, {at.row}, {at.col}.")

    moves = []
    explore_group.when("shares", lambda shares, moved, before, now: moves.append((moved, before, now)))
    demo = explore_group()
    demo.b.value = 7
    assert demo.text == "{'a': 1, 'b': 7, 'c': 3}, 1, 2."
    assert moves == [("b", 2, 7)]
    assert explore_group({"a": 0, "b": 0, "c": 5}).c.value == 5
    assert explore_group(hide="at", lock="shares").a.disabled
    with pytest.raises(ValueError, match=r"explore_group: shares \(1, 2\) does not do; give a, b, c"):
        explore_group((1, 2))


@pytest.mark.parametrize(
    ("control", "given", "value"),
    [
        (Slider(0.0, 1.0, 0.1), 1, 1.0),
        (Number(0, 5), 9, 5),
        (Choice(("a", "b")), None, "a"),
        (Choice({"a": 1, "b": 2}, check=lambda where, name: name.lower()), "B", "b"),
        (Switch(("a", "b")), None, "a"),
        (Tick(), None, False),
        (Entry("word"), "sing", "sing"),
        (Fixed(lambda where, given: given * 2), 4, 8),
        (Pointed(), None, None),
        (Pointed(), np.array([1, 2]), Place(1, 2)),
    ],
)
def test_each_control_takes_its_value(control, given, value):
    found = simple(control, given)().x.value
    assert found == value
    assert type(found) is type(value)


def test_one_argument_may_fill_several_controls():
    def spread(where, size, values):
        return {"high": size[0], "wide": size[1], "note": f"{where} {values['extra']}"}

    @declare.demo("Spread", "how large?")
    def explore_spread(
        high: Annotated[int, Slider(1, 9, argument="size", spread=spread)] = (2, 3),
        extra: Annotated[int, Fixed] = 1,
        wide: Annotated[int, Slider(1, 9, called=False)] = 1,
        note: Annotated[str, Hidden] = "",
        file: Annotated[tuple, Upload] = (),
    ) -> View:
        """Take two in one."""
        return View(panels=[], sentence=f"{high} {wide} {note}.")

    assert explore_spread(size=(4, 5), extra=7).text == "4 5 explore_spread 7."
    assert [*inspect.signature(explore_spread).parameters] == ["size", "extra", "hide", "lock", "show"]


def test_a_control_of_its_own_may_be_called_show():
    @declare.demo("Show", "what is seen?")
    def explore_show(show: Annotated[str, Choice(("all", "half"))] = "all") -> View:
        """See."""
        return View(panels=[], sentence=f"Of it {show}.")

    assert explore_show(show="half").text == "Of it half."
    assert [*inspect.signature(explore_show).parameters] == ["show", "hide", "lock"]


def test_a_player_is_a_pure_step():
    @declare.demo("Play", "how far?", order="play")
    def explore_play(
        n: Annotated[int, Slider(0, 3)] = 0, half: Annotated[float | None, Hidden] = None
    ) -> View:
        """Count up."""
        return View(panels=[], sentence=f"{n} {half}.", output=n)

    explore_play.when("n", lambda n: {"half": n / 2})
    explore_play.button("restart", "restart", stops=True)(lambda: {"n": 0})

    @explore_play.plays("play", "▷ play", speed=1000)
    def _(output, starting):
        return {"n": output + 1} if output < 3 else {"n": 0} if starting else {}

    async def scene():
        demo = explore_play()
        demo.play.click()
        assert demo.play.description == "pause"
        await demo.finished()
        assert demo.text == "3 1.5."  # rules follow a player
        demo.play.click()
        await asyncio.sleep(0)
        assert demo.n.value == 0
        demo.restart.click()
        assert demo.play.description == "▷ play"

    asyncio.run(scene())


def test_a_sound_is_an_output():
    @declare.demo("Sound", "what is heard?")
    def explore_sound(loud: Annotated[int, Slider(0, 3)] = 0) -> View:
        """Hear."""
        return View(panels=[], sentence="Listen.", sound={"heard": b"RIFF" + bytes([loud])})

    explore_sound.sound("heard", "hear it")
    demo = explore_sound()
    before = demo.heard.value
    assert 'aria-label="hear it"' in before
    demo.loud.value = 1
    assert demo.heard.value != before


def test_the_call_explains_itself():
    explore = toy()
    assert [*inspect.signature(explore).parameters] == [
        *("image", "window", "stride", "padding", "at"),
        *("hide", "lock", "show"),
    ]
    text = explore.__doc__
    assert text.startswith("Play with a toy.\n\nParameters\n----------\nimage : ")
    assert "\nwindow : int, default 2\n    1 to 4.\n" in text
    assert "\nstride : int | None, default None\n    1 to 4. Default: the window.\n" in text
    assert "Controls to hide: image, window, stride, padding, at, name, more." in text
    assert "Controls to show that are hidden at first: padding." in text
    assert text.endswith("\nExamples\n--------\n>>> 1 + 1\n2")


def test_two_of_a_kind_share_nothing():
    explore = toy()
    one, other = explore(), explore()
    one.image.value = np.full((2, 2), 7)
    one.window.value = 4
    assert other.text == explore().text
    assert (ARRAYS["ones"] == 1).all()


def counting(pace=1, live=""):
    """Return a lab that counts, and how often something to be trained was made."""
    made = []

    @lab("Lab", "how far?", pace=pace, order="step_size", positional="shown total", live=live)
    def explore_lab(
        total: Annotated[int, Slider(1, 9)] = 3,
        *,
        step_size: Annotated[float, Choice((0.1, 0.3), label="learning rate")] = 0.1,
    ):
        """Count."""
        made.append(total)
        return Counter(total)

    @explore_lab.seen
    def _view(at: Moment, step_size, shown: Annotated[int, Slider(0, 9)] = 0) -> View:
        text = f"{at.run.number} of {at.begun['total']}, now {step_size}, {shown}. {at.next}"
        return View(panels=[progress(at)], sentence=text, output=at.state)

    return explore_lab, made


class Counter(SimpleNamespace):
    """A training that learns nothing."""

    def __init__(self, total):
        super().__init__(total=total, number=0, looks=0)

    def __iter__(self):
        return self

    def __next__(self):
        if self.done:
            raise StopIteration
        self.number += 1

    @property
    def done(self):
        return self.number == self.total

    def look(self):
        self.looks += 1


def test_a_lab_is_two_functions():
    explore, made = counting()
    demo = explore(5, 2)
    assert demo.text == "0 of 2, now 0.1, 5. "
    assert [c.description for c in demo.bar.children] == [
        *("▷ train", "one step", "stop"),
        *("learning rate", "total", "shown"),
    ]
    assert demo.run is demo.run
    assert made == [2]
    demo.step.click()
    assert demo.text == "1 of 2, now 0.1, 5. Paused: ▷ train goes on."
    assert demo.run.looks == 1
    demo.total.value = 4
    demo.step_size.value = 0.3
    ways = "learning rate 0.1, total 2; stop and train anew for 0.3, 4."
    assert demo.text == f"1 of 2, now 0.3, 5. This training goes on with {ways}"
    demo.step.click()
    assert demo.output == DONE
    assert "This was trained with learning rate 0.1, total 2; ▷ train begins anew" in demo.text
    demo.reset()
    assert demo.text == "0 of 2, now 0.1, 5. "
    assert "at" not in demo.values


def test_a_live_setting_reaches_what_is_trained_and_the_others_wait():
    explore, made = counting(live="step_size")
    demo = explore(0, 4)
    demo.step_size.value = 0.3  # before the first step it is a setting like any other
    demo.step.click()
    assert not hasattr(demo.run, "step_size")
    demo.step_size.value = 0.1
    demo.total.value = 5
    assert demo.run.step_size == 0.1
    assert demo.text.endswith("This training goes on with total 4; stop and train anew for 5.")
    demo.stop.click()
    demo.step_size.value = 0.3
    assert demo.run.step_size == 0.1
    assert "This was trained with learning rate 0.1, total 4" in demo.text
    assert made == [4, 4, 4]


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        (1, ""),
        (5000, "It takes about 15 seconds."),
        (lambda run: 30_000 / run.total, "It takes about 30 seconds."),
        (lambda run: 10_000 / run.total, ""),
    ],
)
def test_a_lab_says_before_the_start_how_long_it_takes(pace, said):
    demo = counting(pace)[0]()
    assert demo.text == f"0 of 3, now 0.1, 0. {said}"
    demo.step.click()
    assert "It takes" not in demo.text


def test_a_still_picture_of_a_lab_is_taken_at_its_end_unless_it_has_begun():
    demo, begun = counting()[0](), counting()[0]()
    begun.step.click()
    for one in (demo, begun):
        one.still()
    assert (demo.run.number, demo.output) == (3, DONE)
    assert begun.run.number == 1


def test_a_still_picture_of_a_player_is_taken_where_it_ends_unless_the_call_says_another():
    @declare.demo("Count", "how far?", end={"count": 7})
    def explore_count(
        count: Annotated[int, Slider(0, 9)] = 2, other: Annotated[int, Slider(0, 9)] = 0
    ) -> View:
        """Count."""
        return View(panels=[], sentence=f"It is {count}, {other}.", output=count)

    texts = []
    for call in (explore_count(), explore_count(5), explore_count(other=4)):
        call.still()
        texts.append(call.text)
    assert texts == ["It is 7, 0.", "It is 5, 0.", "It is 7, 4."]


def test_a_lab_makes_what_it_would_train_once_for_each_setting():
    explore, made = counting()
    demo = explore()
    demo.total.value = 4
    demo.total.value = 3
    demo.shown.value = 4
    assert made == [3, 4]
    demo.step.click()
    assert made == [3, 4, 3]  # what is only looked at is not trained


def test_a_lab_starts_at_once_where_it_is_told_to():
    explore, _ = counting()

    async def scene():
        demo = explore(start=True)
        await demo.finished()
        return demo.text

    assert asyncio.run(scene()) == "3 of 3, now 0.1, 0. "
