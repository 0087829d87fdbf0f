"""The player: an asyncio task that presses *step* and lets every other control answer meanwhile."""

import asyncio

import ipywidgets
import pytest

from cnnlib.demo import controls
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View
from cnnlib.demo.work import Work
from cnnlib.explore import explore_convolution


class Clock:
    """Stands in for `asyncio.sleep`: notes how long each sleep would be, and lets the others run at once."""

    def __init__(self, monkeypatch):
        self.waits = []
        self._sleep = asyncio.sleep
        monkeypatch.setattr(asyncio, "sleep", self.sleep)

    async def sleep(self, seconds):
        self.waits.append(seconds)
        await self._sleep(0)

    async def turns(self, count):
        """Let `count` rounds of the event loop pass."""
        for _ in range(count):
            await self._sleep(0)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def run(play):
    """Run a scene, and insist that no task is left behind with an error of its own."""

    async def scene():
        await play()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        assert await asyncio.gather(*others, return_exceptions=True) == []

    asyncio.run(scene())


class Steps:
    """Ten steps; `fail_at` is one that fails."""

    def __init__(self, fail_at=None):
        self.done, self.fail_at, self.reports = 0, fail_at, []
        self.button, self.speed = controls.button("▷ play"), ipywidgets.IntSlider(4, 1, 20)
        wait = lambda: 1 / self.speed.value  # noqa: E731
        self.player = Work(self.steps, wait=wait, report=self.reports.append)
        self.player.buttons(self.button)

    def steps(self):
        while self.step():
            yield

    def step(self):
        if self.done == self.fail_at:
            raise KeyError("stumbled")
        self.done += 1
        return self.done < 10


def test_it_plays_to_the_end_at_the_speed_asked_for(clock):
    steps = Steps()

    async def play():
        steps.button.click()
        assert steps.button.description == "pause"
        await clock.turns(30)
        assert steps.done == 10
        assert steps.button.description == "▷ play"
        assert steps.player.task is None

    run(play)
    assert clock.waits == [1 / 4] * 9


def test_the_speed_can_be_changed_on_the_way(clock):
    steps = Steps()

    async def play():
        steps.button.click()
        await clock.turns(3)
        steps.speed.value = 20
        await clock.turns(30)

    run(play)
    assert clock.waits[0] == 1 / 4
    assert clock.waits[-1] == 1 / 20
    assert steps.done == 10


def test_it_pauses_and_goes_on(clock):
    steps = Steps()

    async def play():
        steps.button.click()
        await clock.turns(3)
        steps.button.click()
        assert steps.button.description == "▷ play"
        done = steps.done
        assert 0 < done < 10
        await clock.turns(10)
        assert steps.done == done
        steps.button.click()
        await clock.turns(30)
        assert steps.done == 10

    run(play)


def test_pausing_and_starting_at_once_does_not_play_twice_as_fast(clock):
    steps = Steps()

    async def play():
        for _ in range(3):  # the last one starts
            steps.button.click()
        await clock.turns(1)
        for _ in range(4):
            done = steps.done
            await clock.turns(1)
            assert steps.done <= done + 1
        await clock.turns(30)
        assert steps.done == 10
        assert steps.button.description == "▷ play"

    run(play)
    assert len(clock.waits) <= 10


def test_an_error_ends_it_and_is_reported(clock):
    steps = Steps(fail_at=3)

    async def play():
        steps.button.click()
        await clock.turns(30)
        assert steps.button.description == "▷ play"
        (error,) = steps.reports
        assert repr(error) == "KeyError('stumbled')"

    run(play)
    assert steps.done == 3


def test_the_button_does_not_say_pause_where_nothing_can_play():
    steps = Steps()
    with pytest.raises(RuntimeError):
        steps.player.toggle()  # no event loop: outside Jupyter
    assert steps.button.description == "▷ play"


def test_a_fault_while_playing_is_shown_in_the_demo(clock):
    def view(place):
        if place == 2:
            raise KeyError("lost")
        return View(panels=[], sentence=f"Place {place}.")

    place = ipywidgets.IntSlider(0, 0, 5)
    demo = Demo("Play", "?", {"place": place, "play": controls.button("play")}, view)

    def step():
        place.value += 1
        return True

    def steps():
        while step():
            yield

    work = Work(steps, wait=lambda: 1 / 9, report=demo.report)
    work.buttons(demo.play)

    async def play():
        demo.play.click()
        await clock.turns(10)
        assert demo.problem == "this demo met a fault of its own, KeyError: 'lost'"
        assert demo.text == "Place 1."
        assert demo.play.description == "play"

    run(play)


@pytest.fixture
def microscope():
    return explore_convolution()


def test_the_microscope_plays_through_all_places(clock, microscope):
    seen = []
    microscope.grid.observe(lambda change: seen.append(microscope.text.split(":")[0]), "view")

    async def play():
        microscope.play.click()
        await clock.turns(40)
        assert microscope.play.description == "▷ play"

    run(play)
    assert (microscope.row.value, microscope.col.value) == (2, 2)
    assert seen == [
        f"Row {p // 3}, column {p % 3} of the feature map, position {p + 1} of 9" for p in range(1, 9)
    ]
    assert microscope.problem == ""


@pytest.mark.parametrize("how", ["to start", "reset", "reset from the page"])
def test_going_back_to_the_start_ends_the_play(clock, microscope, how):
    page = {"type": "reset", "number": 1}
    ways = {
        "to start": microscope.to_start.click,
        "reset": microscope.reset,
        "reset from the page": lambda: microscope.grid._on_message(microscope.grid, page, []),
    }

    async def play():
        microscope.play.click()
        await clock.turns(4)
        assert microscope.col.value > 0
        ways[how]()
        await clock.turns(10)
        assert (microscope.row.value, microscope.col.value, microscope.reached.value) == (0, 0, 0)
        assert microscope.play.description == "▷ play"

    run(play)


def test_other_controls_answer_while_it_plays(clock, microscope):
    async def play():
        microscope.play.click()
        await clock.turns(3)
        microscope.stride.value = 2
        assert "of 4" in microscope.text
        await clock.turns(3)
        microscope.preset.value = "4×4, gray"
        await clock.turns(40)
        assert microscope.play.description == "▷ play"

    run(play)
    assert microscope.problem == ""
    assert microscope.text.startswith("Row 0, column 0 of the feature map, position 1 of 1")


def test_a_setting_that_does_not_fit_does_not_make_it_play_for_ever(clock, microscope):
    async def play():
        microscope.play.click()
        await clock.turns(3)
        microscope.dilation.value = 3
        await clock.turns(60)
        assert microscope.play.description == "▷ play"

    run(play)
    assert "larger than the padded image" in microscope.problem
