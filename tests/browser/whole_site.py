"""Every lesson in the built site, as a learner goes through it: `python course.py test --site`.

The ordinary run does not find this file by its name: it takes too long for every day.
"""

import pytest
from checks import reset
from server import NOTEBOOKS, ROOT, Files, served
from test_notebooks import Moves, Runs, assert_none, each_demo, looked_at
from test_site import SECONDS, attached, run, said

from cnnlib.exercises import EXERCISES, Number, Prediction

SLOW = 1200  # the longest lesson trains, and a browser multiplies matrices without help

# To every number and every function of a lesson one right and one wrong answer; says which were not taken so.
ANSWER = """
from cnnlib import exercises
from cnnlib.exercises import EXERCISES, Number, check_number
from cnnlib.exercises.grading import FunctionCheck

asked = [
    (key, check_number(key, one.answer).verdict, [check_number(key, one.answer + 12345.5).verdict])
    for key, one in EXERCISES.items() if isinstance(one, Number) and one.lesson == "{lesson}"
]
for name in exercises.__all__:
    public = getattr(exercises, name)
    one = getattr(public, "check", None)
    if isinstance(one, FunctionCheck) and EXERCISES[one.id].lesson == "{lesson}":
        wrong = [public(mistake.imitate).verdict for mistake in one.mistakes[:1]]
        asked.append((one.id, public(one.truth).verdict, wrong))
print(len(asked) > 0, [found for found in asked if found[1:] != ("right", ["wrong"])])
"""

HEARD = """async (audio) => {
  const bytes = await (await fetch(audio.src)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, 44100).decodeAudioData(bytes);
  return [sound.duration, Math.max(...sound.getChannelData(0).map(Math.abs))];
}"""


@pytest.fixture(scope="class")
def opened(request, site):
    """One notebook in a tab of the site, run once; its checks share the page."""
    tab = site.new_page()
    tab.set_viewport_size({"width": 1100, "height": 1000})
    page = attached(tab, request.cls.path.name)
    page.run_all(SLOW)
    yield looked_at(page, request.cls.path.name)
    assert site.away == []
    page.close()


class Visit(Moves):
    """A lesson's."""

    def test_sounds_are_sounds_and_photos_are_taken(self, opened, photo):
        page, heard = opened.page, []

        def check(demo, where):
            heard.extend(audio.evaluate(HEARD) for audio in demo.query_selector_all("audio"))
            if not (upload := demo.query_selector("input[type=file]")):
                return []
            upload.set_input_files(photo)
            shown = page.settle(demo)["picture"]
            reset(page, demo)
            return [] if shown != opened.demos[where]["picture"] else ["a photo changes nothing"]

        assert_none(each_demo(page, opened.demos, check))
        assert all(seconds > 0.1 and loudest > 0.01 for seconds, loudest in heard), heard
        assert bool(heard) == any("explore_echo" in cell["source"] for cell in page.cells())

    def test_answers_are_told_right_from_wrong_and_outlive_a_reload(self, opened):
        page, lesson = opened.page, opened.path[:2]
        asked = {key: type(one) for key, one in EXERCISES.items() if one.lesson == lesson}
        if Number in asked.values():
            run(page, ANSWER.format(lesson=lesson))
            assert said(page).strip() == "True []"
        if predicted := {key for key in asked if asked[key] is Prediction}:  # committed when all was moved
            run(page, f"from cnnlib.exercises import answers\nprint({predicted}.isdisjoint(answers.load()))")
            assert said(page).strip() == "False"
        run(page, "from cnnlib.exercises import progress\nprogress()")
        done = said(page)
        page.tab.evaluate("() => cnn.panel.context.save()")
        page.tab.reload()
        page.attach(SECONDS)
        assert page.demos() == [*opened.demos]  # as they were seen, without Python
        run(page, "from cnnlib.exercises import progress\nprogress()")
        assert said(page) == done
        assert_none(page.news())


class Forgettable(Files):
    """Files that no browser keeps of itself."""

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def test_the_course_works_without_a_connection_once_it_is_kept(site, browser):
    visitor = browser.new_context(reduced_motion="reduce")
    visitor.set_default_timeout(1000 * SECONDS)
    tab = visitor.new_page()
    with served(ROOT / "site", Forgettable) as address:
        tab.goto(address)
        tab.locator("#keep").click()
        tab.get_by_text("Your browser has it").wait_for()
    tab.goto(address)
    tab.locator("ol a", has_text="Flip and borders").click()
    tab.wait_for_url("**/lab/**")
    page = attached(tab)
    page.run_all(SLOW)
    assert_none(page.problems())
    assert page.settle(page.demo(*page.demos()[0]))["sentence"]
    visitor.close()


for path in NOTEBOOKS:
    name = f"Test_{path.stem}"
    globals()[name] = type(
        name, (Visit if path.name[0].isdigit() else Runs,), {"path": path, "__module__": __name__}
    )
