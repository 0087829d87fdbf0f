"""Long work: started, paused, taken by steps, stopped; its errors are shown, and every control answers."""

import asyncio

import ipywidgets
import pytest

from cnnlib.demo import controls as make
from cnnlib.demo import work as module
from cnnlib.demo.controls import Hidden
from cnnlib.demo.frame import Demo
from cnnlib.demo.view import View
from cnnlib.demo.work import Work


def run(scene):
    """Run a scene, and insist that no task is left behind."""

    async def alone():
        await scene()
        await asyncio.sleep(0)  # what was cancelled ends here
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(alone())


async def turns(count):
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.fixture
def one_by_one(monkeypatch):
    """Let the others in after each step, and draw each."""
    monkeypatch.setattr(module, "MOMENT", 0)
    monkeypatch.setattr(module, "TURNS", 1)


class Lab:
    """A demo that counts to `goal`; at `fail_at` it fails with `error`."""

    def __init__(self, goal=10, fail_at=None, error=None):
        self.goal, self.fail_at, self.error = goal, fail_at, error
        self.drawn = []
        settings = {
            "count": Hidden(0),
            "factor": make.slider("factor", 1, 1, 9),
            "start": make.button("▷ train"),
            "step": make.button("one step"),
            "stop": make.button("stop"),
        }
        self.demo = Demo("Lab", "how far?", settings, self.view)
        self.work = self.demo.drive(self.steps, play="start", step="step", stop="stop")

    def view(self, count, factor):
        self.drawn.append(count)
        return View(panels=[], sentence=f"It is {count * factor}.")

    def steps(self):
        for count in range(1, self.goal + 1):
            if count == self.fail_at:
                raise self.error
            yield {"count": count}


def test_it_runs_to_the_end():
    lab = Lab()

    async def scene():
        lab.demo.start.click()
        assert lab.demo.start.description == "pause"
        await lab.demo.finished()
        assert lab.demo.text == "It is 10."
        assert lab.demo.start.description == "▷ train"
        assert lab.work.task is None

    run(scene)


def test_at_full_speed_not_every_step_is_drawn_but_the_last_one_is():
    lab = Lab(goal=2000)

    async def scene():
        lab.work.start()
        await lab.demo.finished()

    run(scene)
    assert lab.drawn[-1] == 2000
    assert len(lab.drawn) < 1000
    assert lab.drawn == sorted(lab.drawn)


def test_between_two_steps_a_message_has_time_for_several_turns(monkeypatch):
    monkeypatch.setattr(module, "MOMENT", 0)
    lab = Lab()

    async def scene():
        lab.demo.start.click()
        await turns(6)
        assert lab.demo.count.value == 0  # a step was taken, and its picture waits for messages, too
        await turns(6)
        assert lab.demo.count.value == 1
        await turns(3)
        assert lab.demo.count.value == 1
        await lab.demo.finished()

    run(scene)


def test_pause_resume_step_stop(one_by_one):
    lab = Lab()
    demo = lab.demo

    async def scene():
        demo.start.click()
        await turns(3)
        demo.start.click()
        paused = demo.count.value
        assert 0 < paused < 10
        assert demo.start.description == "▷ train"
        await turns(5)
        assert demo.count.value == paused
        demo.step.click()
        assert demo.count.value == paused + 1
        lab.work.resume()
        await turns(2)
        assert demo.count.value > paused + 1
        demo.stop.click()
        await turns(5)
        demo.step.click()
        assert demo.count.value == 1  # a new beginning
        lab.work.start()
        await turns(2)
        assert demo.count.value == 1
        await demo.finished()
        assert demo.count.value == 10
        demo.start.click()  # done: begins anew
        await turns(2)
        assert demo.count.value == 1
        demo.step.click()  # pauses
        assert (demo.count.value, demo.start.description) == (2, "▷ train")

    run(scene)


def test_who_pauses_sees_the_last_step_that_was_taken(one_by_one):
    lab = Lab()

    async def scene():
        lab.demo.start.click()
        await turns(1)
        assert lab.demo.count.value == 0
        lab.demo.start.click()
        assert lab.demo.count.value == 1
        await turns(3)
        assert lab.demo.count.value == 1

    run(scene)


def test_a_picture_that_fails_ends_the_work(one_by_one):
    shown, told = [], []

    def show(item):
        shown.append(item)
        raise ValueError("no picture")

    work = Work(lambda: range(5), show=show, report=told.append)

    async def scene():
        work.start()
        with pytest.raises(ValueError, match="no picture"):
            await work.finished()

    run(scene)
    assert (shown, len(told)) == ([0], 1)


def test_a_step_needs_no_event_loop():
    lab = Lab(goal=2)
    for expected in (1, 2, 2, 1):  # the third finds that there is no more
        lab.demo.step.click()
        assert lab.demo.count.value == expected


def test_controls_answer_while_it_runs(one_by_one):
    lab = Lab(goal=50)

    async def scene():
        lab.demo.start.click()
        await turns(3)
        lab.demo.factor.value = 9
        assert lab.demo.text == f"It is {9 * lab.demo.count.value}."
        await lab.demo.finished()
        assert lab.demo.text == "It is 450."

    run(scene)


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (ValueError("train: the loss grew; try a smaller rate"), "the loss grew; try a smaller rate"),
        (KeyError("lost"), "this demo met a fault of its own, KeyError: 'lost'"),
    ],
)
def test_an_error_is_shown_after_the_last_good_step_and_raised_to_whoever_waits(error, shown):
    lab = Lab(fail_at=4, error=error)

    async def scene():
        lab.demo.start.click()
        with pytest.raises(type(error)):
            await lab.demo.finished()
        assert lab.demo.problem == shown
        assert lab.demo.text == "It is 3."
        assert lab.demo.start.description == "▷ train"
        await lab.demo.finished()  # it was told once
        lab.demo.step.click()
        assert (lab.demo.problem, lab.demo.text) == ("", "It is 1.")

    run(scene)


def test_an_error_of_a_single_step_and_of_the_beginning_is_shown():
    lab = Lab(fail_at=1, error=ValueError("lab: no; try another"))
    lab.demo.step.click()
    assert lab.demo.problem == "lab: no; try another"

    def refuses():
        raise ValueError("lab: not at all; go home")

    lab.demo.drive(refuses, play="start", step="step")
    lab.demo.step.click()
    assert lab.demo.problem == "lab: not at all; go home"


def test_reset_other_work_and_close_end_it(one_by_one):
    for end in ("reset", "close", "drive"):
        lab = Lab()

        async def scene(lab=lab, end=end):
            lab.demo.start.click()
            await turns(3)
            if end == "drive":
                lab.demo.drive(lambda: iter([{"count": 77}]), play="start", step="step")
            else:
                getattr(lab.demo, end)()
            count = lab.demo.count.value
            await turns(5)
            assert lab.demo.count.value == count
            assert lab.demo.start.description == "▷ train"

        run(scene)
        assert (lab.demo.count.value == 0) == (end == "reset")
    lab.demo.step.click()  # the buttons press the newest work alone
    assert lab.drawn[-1] == 77
    assert lab.demo.count.value == 77


def test_a_step_may_stop_the_work_itself():
    seen = []

    def steps():
        for n in range(5):
            if n == 2:
                work.stop()
            yield n

    work = Work(steps, show=seen.append)

    async def scene():
        work.start()
        await work.finished()
        await turns(3)

    run(scene)
    assert seen == [2]


def test_speed_spaces_the_steps(monkeypatch):
    waits, sleep = [], asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds: (waits.append(seconds), sleep(0))[1])
    speed = ipywidgets.IntSlider(5, 1, 20)
    demo = Demo(
        "?", "?", {"play": make.button("play"), "speed": speed}, lambda speed: View(panels=[], sentence="It.")
    )
    demo.drive(lambda: iter([None] * 3), speed="speed")

    async def scene():
        demo.play.click()
        await demo.finished()

    asyncio.run(scene())
    assert waits == [1 / 5] * 3


def test_the_end_of_the_loop_is_the_end_of_the_work():
    lab = Lab(goal=10**9)

    async def scene():
        lab.demo.start.click()
        await turns(2)

    asyncio.run(scene())
    assert lab.demo.start.description == "▷ train"
    assert lab.work.task is None
