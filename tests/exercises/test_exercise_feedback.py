"""What the learner sees: stable text, escaped HTML, a word besides the colour; and the table of progress."""

import re
from html.parser import HTMLParser

import pytest

from cnnlib.exercises import EXERCISES, Feedback, answers, check_number, check_slide, commit, progress
from cnnlib.exercises.reading import rooms

TEXTS = {
    "right": "Right. So it is.",
    "close": "Close: So it is.",
    "wrong": "Not yet: So it is.",
    "not answered yet": "Not answered yet. So it is.",
}


def html(shown):
    return shown._repr_mimebundle_()["text/html"]


class Words(HTMLParser):
    """Collect the text and check that each tag is closed in order."""

    def __init__(self, source):
        super().__init__()
        self.text, self.open = "", []
        self.feed(source)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("verdict", TEXTS)
def test_text_and_html_say_the_same(verdict):
    bundle = Feedback(verdict, "So it is.")._repr_mimebundle_()
    assert bundle["text/plain"] == TEXTS[verdict]
    assert Words(bundle["text/html"]).text == TEXTS[verdict]


def test_html_is_a_status_in_the_themes_colours():
    source = html(Feedback("wrong", "no"))
    assert 'role="status"' in source
    assert "border-left" in source
    assert not re.findall(r":\s*#", source), "a colour beside the theme's"
    assert source.count("var(--jp-") == 3


def test_html_is_escaped():
    feedback = Feedback("wrong", "`<b>` & <script>alert('x')</script>", note="<i>")
    source = html(feedback)
    assert "<script" not in source
    assert "<i>" not in source
    assert "<code>&lt;b&gt;</code> &amp; &lt;script&gt;" in source


def test_a_learners_error_is_escaped():
    def bad(image, kernel):
        raise ValueError("<img src=x onerror=alert(1)>`<b>`")

    source = html(check_slide(bad))
    assert "<img" not in source
    assert "<b>" not in source
    Words(source)


def test_text_is_stable():
    assert str(check_number("03-places", 1024)) == str(check_number("03-places", 1024))
    assert repr(check_number("03-places")) == (
        "Not answered yet. Put your number in place of `...` (positions of a 5 × 5 kernel on 32 × 32)."
    )


def test_progress_of_a_newcomer():
    first, *rows, last = progress()._repr_mimebundle_()["text/plain"].splitlines()
    assert first.split() == ["lesson", "done"]
    done_one_day = [one for one in EXERCISES.values() if one.kind != "test"]  # a test is no lesson
    assert len(rows) == len({one.lesson for one in done_one_day})
    assert "03 A kernel slides 0 of 11" in [" ".join(row.split()) for row in rows]
    assert last.split() == ["all", "lessons", "0", "of", str(len(done_one_day))]
    assert len({line.rindex("of") for line in [*rows, last]}) == 1  # in columns
    words = Words(html(progress())).text
    assert "03 A kernel slides0 of 11" in words


def test_progress_counts_what_is_done():
    commit("03-predict-size", "7 × 7")  # a wrong prediction is a prediction
    check_number("03-places", 1)
    check_number("04-clip", 0)
    check_number("04-clip", 1)  # once right is done
    done = {title: count for title, count, _ in progress().rows if count}
    assert done == {"03 A kernel slides": 1, "04 The kernel zoo": 1}


def test_progress_names_what_is_left_of_a_lesson_that_was_begun():
    for key, exercise in EXERCISES.items():
        if exercise.lesson == "03" and key not in ("03-slide", "03-side"):
            answers.record(key, 1, correct=exercise.kind == "check", lesson="03")
    answers.record("03-slide", 1, correct=False, lesson="03")  # tried is not done
    left = "in 03 A kernel slides: write the loop yourself; side of the map: 7 × 7 on 32 × 32"
    assert f"\nstill open {left}" in str(progress())
    assert f"Still open {left}" in Words(html(progress())).text
    answers.record("03-slide", 1, correct=True, lesson="03")
    answers.record("03-side", 1, correct=True, lesson="03")
    assert "still open" not in str(progress())


def test_every_exercise_belongs_to_a_lesson():
    assert {exercise.lesson for exercise in EXERCISES.values()} == set(rooms())
    assert all(key == exercise.id and exercise.title for key, exercise in EXERCISES.items())
    assert {exercise.kind for exercise in EXERCISES.values()} == {"check", "predict", "spot", "test"}
