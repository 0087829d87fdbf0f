"""The training lab: started, paused, resumed, by steps, stopped, begun again; what it says meanwhile."""

import asyncio
import re

import numpy as np
import pytest

from cnnlib.demo import lab as module
from cnnlib.demo import training_data, work
from cnnlib.demo.training_data import network, parts
from cnnlib.explore import explore_training
from cnnlib.lessons.l11_train_a_small_cnn import training as module_of_lab
from cnnlib.nn import SGD, Run, Split, TrainingDiverged, train

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
    assert "It takes" not in demo.text  # less than ten seconds

    async def scene():
        demo.play.click()
        await demo.finished()

    run(scene)
    assert after(demo) == 290
    share = demo.history["held_out"][-1]
    assert share > 0.8
    assert share == demo.model.accuracy(parts("digits").validation)
    assert f"{100 * share:.0f} % of 288 validation pictures are right" in demo.text
    tested = demo.model.accuracy(parts("digits").test)
    assert demo.run.tested == tested
    assert f"On the test part, 355 pictures used once, at the end: {100 * tested:.0f} %." in demo.text
    assert caption(demo, "progress") == "290 of 290 steps"
    assert "left" not in demo.text
    np.testing.assert_array_equal(demo.output, filters(demo))
    assert demo.play.description == "▷ train"
    names = {}
    exec(demo.code["cnnlib.nn"], names)
    np.testing.assert_allclose(names["result"], demo.output, atol=1e-4)


@pytest.mark.parametrize("optimiser", ["SGD", "Adam"])
@pytest.mark.parametrize("scale", ["0 to 1", "mean 0, spread 1"])
def test_pytorch_learns_the_same_filters(optimiser, scale):
    pytest.importorskip("torch")
    demo = explore_training(epochs=1, optimiser=optimiser, scale=scale, learning_rate=0.01)
    for step in range(60):
        if step == 30:
            demo.learning_rate.value = 0.003
        demo.step.click()
    assert "with learning rate 0.01, then 0.003 from step 31 on" in demo.text
    for text in demo.code.values():
        names = {}
        exec(text, names)
        np.testing.assert_allclose(names["result"], demo.output, atol=1e-3)


def test_the_learning_rate_may_change_in_a_paused_and_in_a_running_training(one_by_one):
    demo = explore_training(**SMALL, learning_rate=0.1)
    alone = explore_training(**SMALL, learning_rate=0.1).run
    for rate in (0.1, 0.03, 0.01):
        alone.learning_rate = rate
        for _ in range(3):
            next(alone)

    async def scene():
        for _ in range(3):
            demo.step.click()
        demo.learning_rate.value = 0.03
        assert demo.text.endswith(
            "with learning rate 0.1, then 0.03 from step 4 on. Paused: ▷ train goes on."
        )
        demo.play.click()
        await steps(demo, 3)
        demo.learning_rate.value = 0.01
        await steps(demo, 3)
        demo.play.click()

    run(scene)
    assert demo.run.number == 9
    np.testing.assert_array_equal(demo.output, alone.model[0].weights["weight"])
    demo.reset()
    demo.step.click()
    assert "then" not in demo.text
    assert demo.run.learning_rate == 0.1


def test_a_finished_training_waits_with_a_new_learning_rate():
    demo = explore_training(**SMALL)
    for _ in range(145):
        demo.step.click()
    demo.learning_rate.value = 0.1
    assert demo.text.endswith("This was trained with learning rate 0.03; ▷ train begins anew with 0.1.")
    assert demo.run.rates == {0: 0.03}


def test_pixels_up_to_255_need_another_learning_rate():
    demo = explore_training(**SMALL, scale="0 to 255")

    async def scene():
        demo.play.click()
        await demo.finished()

    try:
        run(scene)
    except TrainingDiverged:
        assert "images up to 255 are too large, scale them to 0..1" in demo.problem
    assert "Try " in demo.text
    assert demo.run.held_out.images.max() == 255


def test_scaled_pictures_have_mean_0_and_spread_1_in_the_part_that_is_learned_from():
    demo = explore_training(scale="mean 0, spread 1")
    plain = parts("digits")
    mean, spread = plain.train.images.mean(), plain.train.images.std()
    expected = (plain.validation.images - mean) / spread
    np.testing.assert_allclose(demo.run.held_out.images, expected, atol=1e-6)


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
    for _ in train(alone, parts("digits").train, epochs=1, seed=4, optimiser=SGD(alone, 0.03)):
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
        demo.filters.value = 4
        demo.dataset.value = "shapes"
        goes_on = "goes on with pictures digits, filters 2; stop and train anew for shapes, 4."
        assert goes_on in demo.text
        await steps(demo, 2)
        assert demo.problem == ""
        assert len(demo.output[0]) == 1  # still gray digits
        demo.stop.click()
        assert "This was trained with pictures digits" in demo.text
        demo.step.click()
        assert demo.output.shape[:2] == (4, 3)
        assert "trained with" not in demo.text

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
    assert after(demo) == 145
    assert "broke off" not in demo.text


def test_dead_relus_are_explained():
    demo = explore_training(**SMALL, learning_rate=1.0)

    async def scene():
        demo.play.click()
        await demo.finished()

    run(scene)
    assert (
        "the same for every picture: the steps of learning rate 1 were so large that the ReLUs of layer 1 "
        "died" in demo.text
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
        assert after(demo) == 145

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
    assert drawn[-1] == 145
    assert 3 <= len(drawn) <= 12
    assert drawn == sorted(drawn)


def test_time_left_is_told_while_it_runs(one_by_one):
    demo = explore_training(**SMALL)

    async def scene():
        demo.play.click()
        await steps(demo, 5)
        demo.redraw()
        assert re.fullmatch(r"\d+ of 145 steps, about (a second|\d+ seconds) left", caption(demo, "progress"))
        demo.play.click()
        assert re.fullmatch(r"\d+ of 145 steps", caption(demo, "progress"))
        demo.reset()

    run(scene)


def test_pointing_at_the_confusion_matrix_shows_its_pictures():
    demo = explore_training(**SMALL)
    part = parts("digits").validation
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


@pytest.mark.parametrize("name", ["digits", "shapes"])
def test_the_three_parts_share_no_picture_and_no_copy_of_one(name):
    train, validation, test = parts(name)
    assert len(validation) == {"digits": 288, "shapes": 400}[name]
    data = training_data.material(name)
    assert test is data.test
    assert not set(train.originals) & set(validation.originals)
    assert len(set(validation.originals)) == len(validation)
    drawings = [
        {np.trim_zeros(image).tobytes() for image in part.images.reshape(len(part), -1)}
        for part in (train, validation, test)
    ]
    assert not drawings[0] & drawings[1]
    assert not drawings[0] & drawings[2]
    assert not drawings[1] & drawings[2]


@pytest.fixture
def small_mnist(monkeypatch):
    """Put a small dataset in the place of MNIST, that is not here until it is fetched; count how often."""
    fetched = []

    def fetch():
        fetched.append("MNIST")
        return training_data.material("digits")

    for made in (training_data.material, training_data.parts, module_of_lab._scaled):
        made.cache_clear()
    monkeypatch.setattr(training_data, "on_disk", lambda source: bool(fetched))
    text = training_data.MATERIALS["digits"].text
    monkeypatch.setitem(training_data.MATERIALS, "MNIST", training_data.Material(fetch, text))
    yield fetched
    for made in (training_data.material, training_data.parts, module_of_lab._scaled):
        made.cache_clear()


def test_mnist_is_in_the_list_and_asks_before_it_comes(small_mnist):
    demo = explore_training(**SMALL)
    assert demo.dataset.options[-1] == "MNIST"
    demo.dataset.value = "MNIST"
    assert demo.problem.startswith("MNIST, 12 MB, is not on this computer; tick 'download MNIST'")
    assert "validation pictures" in demo.text  # the last good picture stays
    assert small_mnist == []
    demo.step.click()
    assert small_mnist == []
    demo.download.value = True
    assert (demo.problem, small_mnist) == ("", ["MNIST"])
    demo.step.click()
    assert after(demo) == 1
    again = explore_training("MNIST")
    assert again.download not in again.bar.children
    with pytest.raises(ValueError, match="choose from digits"):
        explore_training("mnist")


def test_mnist_that_is_not_here_is_refused_at_the_call(small_mnist):
    with pytest.raises(ValueError, match=r"MNIST, 12 MB, is not on this computer; .*download=True"):
        explore_training("MNIST")


def test_offline_it_says_so(small_mnist, monkeypatch):
    def fails():
        raise ValueError("mnist: it could not be downloaded; check the internet connection and try again")

    monkeypatch.setitem(training_data.MATERIALS, "MNIST", training_data.Material(fails, "mnist()"))
    demo = explore_training(**SMALL)
    demo.set(dataset="MNIST", download=True)
    assert "check the internet connection" in demo.problem
    demo.dataset.value = "digits"
    assert demo.problem == ""


def test_all_of_mnists_test_part_is_asked():
    """What the lab would do with 10,000 pictures: the test part is never cut."""
    assert len(parts("digits").test) == len(training_data.material("digits").test) == 355
    assert parts("shapes").test is training_data.material("shapes").test


def test_mnist_is_announced_as_long(small_mnist):
    big = np.zeros((64_000, 1, 28, 28), np.float32)
    data = Split(big, np.arange(64_000) % 10)
    run = Run(network((1, 28, 28), 10), data, data.take(10), epochs=8)
    assert module.takes(module_of_lab._pace(run) * run.total) == "It takes about a minute."


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
