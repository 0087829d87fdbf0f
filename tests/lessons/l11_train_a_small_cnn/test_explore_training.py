"""The training lab: started, paused, resumed, by steps, stopped, begun again; what it says meanwhile."""

import asyncio
import re

import numpy as np
import pytest

from cnnlib.demo import lab as module
from cnnlib.demo import work
from cnnlib.demo.training_data import held_out, material, names
from cnnlib.explore import explore_training
from cnnlib.nn import SGD, TrainingDiverged, train

SMALL = {"epochs": 1, "filters": 2, "kernel_size": 3}


def run(scene):
    """Run a scene, and insist that no task is left behind."""

    async def alone():
        await scene()
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(alone())


@pytest.fixture
def one_by_one(monkeypatch):
    """Let the others in after each step, and draw each."""
    monkeypatch.setattr(work, "MOMENT", 0)
    monkeypatch.setattr(work, "TURNS", 1)
    monkeypatch.setattr(module, "PICTURES", 1e9)
    monkeypatch.setattr(module, "SHARE", 0)


async def steps(demo, count):
    """Wait until `count` more steps are done."""
    goal = demo.run.number + count
    while demo.run.number < goal:
        await asyncio.sleep(0)


def after(demo):
    """Return the number of steps that the sentence names."""
    found = re.match(r"After ([\d,]+) of", demo.text)
    return int(found[1].replace(",", "")) if found else 0


def caption(demo, name):
    (panel,) = (panel for panel in demo.view.panels if panel.id == name)
    return panel.caption


def filters(demo):
    return demo.model[0].weights["weight"].copy()


def test_it_learns_what_it_says_and_says_nothing_of_time():
    demo = explore_training(epochs=2)
    assert "guesses among 10 classes" in demo.text

    async def scene():
        demo.play.click()
        await demo.finished()

    run(scene)
    assert after(demo) == 362
    share = demo.history["held_out"][-1]
    assert share > 0.8
    assert share == demo.model.accuracy(held_out("digits"))
    assert f"{100 * share:.0f} % of 355 held-out pictures are right" in demo.text
    assert caption(demo, "progress") == "362 of 362 steps"
    assert "left" not in demo.text
    np.testing.assert_array_equal(demo.output, filters(demo))
    assert demo.play.description == "▷ train"
    names = {}
    exec(demo.code["NumPy"], names)
    np.testing.assert_allclose(names["result"], demo.output, atol=1e-4)


def test_it_is_the_training_that_the_loop_would_do_whatever_is_pressed():
    demo = explore_training(**SMALL, seed=4)

    async def scene():
        demo.play.click()
        await steps(demo, 3)
        demo.play.click()
        demo.step.click()
        demo.play.click()
        demo.example.value = 7
        await demo.finished()

    run(scene)
    alone = explore_training(**SMALL, seed=4).model
    for _ in train(alone, material("digits").train, epochs=1, seed=4, optimiser=SGD(alone, 0.03)):
        pass
    np.testing.assert_array_equal(demo.output, alone[0].weights["weight"])


def test_pause_resume_step_stop_and_a_second_run(one_by_one):
    demo = explore_training(**SMALL)
    first = filters(demo)

    async def scene():
        demo.play.click()
        assert demo.play.description == "pause"
        await steps(demo, 4)
        demo.play.click()
        here = demo.run.number
        assert after(demo) == here
        assert demo.text.endswith("Paused: ▷ train goes on.")
        await asyncio.sleep(0.01)
        assert demo.run.number == here
        demo.step.click()
        assert (after(demo), demo.run.number) == (here + 1, here + 1)
        demo.play.click()
        await steps(demo, 2)
        demo.stop.click()
        old = demo.run
        assert demo.text.endswith("Stopped: ▷ train begins anew.")
        assert after(demo) == old.number >= here + 3
        demo.play.click()
        await asyncio.sleep(0)
        await steps(demo, 1)
        assert demo.run is not old
        assert demo.run.number < here
        demo.reset()
        assert after(demo) == 0
        np.testing.assert_array_equal(filters(demo), first)
        await asyncio.sleep(0.01)
        assert after(demo) == 0

    run(scene)


def test_the_same_seed_gives_the_same_second_run():
    demo = explore_training(**SMALL)
    found = []

    async def scene():
        for _ in range(2):
            demo.play.click()
            await demo.finished()
            found.append((demo.text, demo.output, demo.history["loss"]))

    run(scene)
    assert found[0][0] == found[1][0]
    np.testing.assert_array_equal(found[0][1], found[1][1])
    np.testing.assert_array_equal(found[0][2], found[1][2])


def test_a_setting_changed_meanwhile_is_explained_and_waits_for_the_next_run(one_by_one):
    demo = explore_training(**SMALL)

    async def scene():
        demo.play.click()
        await steps(demo, 2)
        demo.learning_rate.value = 0.1
        demo.dataset.value = "shapes"
        goes_on = "goes on with learning rate 0.03, pictures digits; stop and train anew for 0.1, shapes."
        assert goes_on in demo.text
        await steps(demo, 2)
        assert demo.problem == ""
        assert len(demo.output[0]) == 1  # still gray digits
        demo.stop.click()
        assert "This was trained with learning rate 0.03" in demo.text
        demo.step.click()
        assert len(demo.output[0]) == 3
        assert "learning rate" not in demo.text

    run(scene)


def test_two_labs_at_once_are_each_as_if_alone():
    alone = [explore_training(**SMALL, seed=seed) for seed in (1, 2)]
    together = [explore_training(**SMALL, seed=seed) for seed in (1, 2)]

    async def one_after_the_other():
        for demo in alone:
            demo.play.click()
            await demo.finished()

    async def both():
        for demo in together:
            demo.play.click()
        await together[0].finished()
        await together[1].finished()

    run(one_after_the_other)
    run(both)
    for one, other in zip(alone, together, strict=True):
        assert one.text == other.text
        np.testing.assert_array_equal(one.output, other.output)
    assert alone[0].text != alone[1].text


def test_divergence_is_explained_and_another_training_can_follow():
    demo = explore_training(epochs=1, learning_rate=1.0, optimiser="Adam")

    async def scene():
        demo.play.click()
        with pytest.raises(TrainingDiverged):
            await demo.finished()
        assert re.search(r"at step \d+ the loss was .* learning rate 1 is too large", demo.problem)
        demo.example.value = 3
        assert demo.problem == ""
        assert "Training broke off at step" in demo.text
        assert "with learning rate 1 each step jumps over the valley" in demo.text
        assert "Try 0.01." in demo.text
        assert all(np.isfinite(weight).all() for weight in demo.model.weights.values())
        demo.learning_rate.value = 0.01
        demo.play.click()
        await demo.finished()

    run(scene)
    assert after(demo) == 181
    assert "broke off" not in demo.text


def test_dead_relus_are_explained():
    demo = explore_training(**SMALL, learning_rate=1.0)

    async def scene():
        demo.play.click()
        await demo.finished()

    run(scene)
    assert (
        "the same answer: the steps of learning rate 1 were so large that the ReLUs of layer 1 died"
        in demo.text
    )


def test_a_fault_in_the_task_is_shown_and_raised(monkeypatch):
    demo = explore_training(**SMALL)
    demo.step.click()
    monkeypatch.setattr(demo.model, "backward", lambda gradient: {}["lost"])

    async def scene():
        demo.play.click()
        with pytest.raises(KeyError):
            await demo.finished()

    run(scene)
    assert demo.problem == "this demo met a fault of its own, KeyError: 'lost'"
    assert after(demo) == 1
    demo.step.click()
    assert (demo.problem, after(demo)) == ("", 1)


def test_closing_and_the_end_of_the_loop_end_it(one_by_one):
    for end in ("close", "loop", "rest"):
        demo = explore_training(**SMALL)

        async def scene(demo=demo, end=end):
            demo.play.click()
            await steps(demo, 2)
            if end != "loop":
                getattr(demo, end)()

        asyncio.run(scene())
        assert demo._work.task is None
        if end == "rest":
            assert demo.text.endswith("Paused: ▷ train goes on.")


def test_start_begins_at_once_where_there_is_a_loop():
    async def scene():
        demo = explore_training(**SMALL, start=True)
        assert after(demo) == 0
        await demo.finished()
        assert after(demo) == 181

    run(scene)


def test_pictures_are_few_and_the_last_step_is_among_them(monkeypatch):
    demo = explore_training(**SMALL)
    drawn, clock = [], iter(range(10**6))
    monkeypatch.setattr(work, "MOMENT", 0)
    monkeypatch.setattr(module.time, "perf_counter", lambda: next(clock) / 1000)  # a millisecond each glance
    show = demo.grid.show
    monkeypatch.setattr(demo.grid, "show", lambda view: (drawn.append(demo.run.number), show(view)))

    async def scene():
        demo.play.click()
        await demo.finished()

    run(scene)
    assert drawn[-1] == 181
    assert 3 <= len(drawn) <= 12
    assert drawn == sorted(drawn)


def test_time_left_is_told_while_it_runs(one_by_one):
    demo = explore_training(**SMALL)

    async def scene():
        demo.play.click()
        await steps(demo, 5)
        demo.redraw()
        assert re.fullmatch(r"\d+ of 181 steps, about (a second|\d+ seconds) left", caption(demo, "progress"))
        demo.play.click()
        assert re.fullmatch(r"\d+ of 181 steps", caption(demo, "progress"))
        demo.reset()

    run(scene)


def test_pointing_at_the_confusion_matrix_shows_its_pictures():
    demo = explore_training(**SMALL)
    part = held_out("digits")
    demo.step.click()
    said = demo.model.predict(part.images)
    (matrix,) = (panel for panel in demo.view.panels if panel.id == "confusion")
    shown = np.array(matrix.labels).reshape(11, 11)[1:, 1:]
    for true, answer in np.ndindex(10, 10):
        count = ((part.labels == true) & (said == answer)).sum()
        assert shown[true, answer] == (str(count) if count else "")
    true, answer = np.unravel_index(np.where(np.eye(10), 0, shown != "").argmax(), (10, 10))
    message = {"type": "point", "panel": "confusion", "row": true + 1, "col": answer + 1, "number": 1}
    demo.grid._on_message(demo.grid, message, [])
    assert re.match(
        f"{shown[true, answer]} pictures? of {true} taken for {answer}", caption(demo, "mistakes")
    )
    wrong = (part.labels != said) & (said == answer)
    demo.grid._on_message(demo.grid, message | {"row": 0}, [])
    assert re.match(f"{wrong.sum()} pictures? wrongly taken for {answer}", caption(demo, "mistakes"))
    demo.grid._on_message(demo.grid, message | {"row": 0, "col": 0}, [])
    assert caption(demo, "mistakes").startswith(f"{(part.labels != said).sum()} mistakes")


def test_held_out_pictures_are_test_pictures_and_none_is_trained_on():
    data, part = material("digits"), held_out("digits")
    rows = {image.tobytes() for image in data.test.images}
    assert {image.tobytes() for image in part.images} <= rows
    assert len(part) == 355


def test_mnist_is_offered_where_it_is_or_where_it_is_asked_for(monkeypatch):
    monkeypatch.setattr("cnnlib.demo.training_data.on_disk", lambda source: False)
    assert names() == ["digits", "shapes", "pictograms"]
    assert names("MNIST")[-1] == "MNIST"
    monkeypatch.setattr("cnnlib.demo.training_data.on_disk", lambda source: True)
    assert names()[-1] == "MNIST"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"dataset": "cats"}, "pictures: 'cats' is unknown; choose from digits"),
        ({"learning_rate": 0.02}, "learning rate: 0.02 is unknown"),
        ({"filters": 99}, "filters: 99 lies outside the slider"),
    ],
)
def test_wrong_settings_are_refused(settings, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        explore_training(**settings)
