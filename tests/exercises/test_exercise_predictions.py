"""Predictions: the answer is recorded before the reveal, and the first one stays."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest

from cnnlib.exercises import (
    EXERCISES,
    Prediction,
    answers,
    ask,
    commit,
    get_prediction,
    predict,
    predictions,
    previous,
    recall,
)

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
# Without the items of the concept test, which reveal nothing.
PREDICTIONS = {
    key: value for key, value in EXERCISES.items() if isinstance(value, Prediction) and value.kind != "test"
}


def test_the_ids_the_lessons_use():
    asked = {}
    for path in NOTEBOOKS.glob("*.ipynb"):
        source = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
        for key in re.findall(r'"(\d\d-predict-[\w-]+)"', source):
            asked.setdefault(key, set()).add(path.name[:2])
    assert asked.keys() == PREDICTIONS.keys()
    assert [key for key, lessons in asked.items() if PREDICTIONS[key].lesson not in lessons] == []


@pytest.mark.parametrize("key", PREDICTIONS)
def test_every_option_has_its_reply_and_the_reveal(key):
    prediction = PREDICTIONS[key]
    right = commit(key, prediction.right)
    assert right.verdict == "right"
    assert prediction.reveal in right.message
    for wrong, reply in prediction.replies.items():
        feedback = commit(key, wrong)
        assert feedback.verdict == "wrong"
        assert reply in feedback.message
        assert prediction.reveal in feedback.message


@pytest.mark.parametrize("key", PREDICTIONS)
def test_no_reveal_without_an_answer(key, answers_file):
    for answer in None, ..., "", "a duck", [], object():
        feedback = commit(key, answer)
        assert feedback.verdict == "not answered yet", answer
        assert PREDICTIONS[key].reveal not in feedback.message, answer
    assert previous(key) is None
    assert not answers_file.exists()


def test_the_first_answer_stays_the_prediction(answers_file):
    commit("03-predict-size", "5x5")
    again = commit("03-predict-size", " 3 X 3")
    assert again.verdict == "right"
    assert "Your first answer, 5 × 5, stays" in again.message
    assert previous("03-predict-size") == "5 × 5"
    entry = json.loads(answers_file.read_text(encoding="utf-8"))["answers"]["03-predict-size"]
    assert (entry["first"]["answer"], entry["last"]["answer"], entry["tries"]) == ("5 × 5", "3 × 3", 2)


def test_a_number_nobody_foresaw():
    feedback = commit("03-predict-first", 77)
    assert feedback.message.startswith("You said 77. Multiply each cell")
    assert previous("03-predict-first") == 77


def test_recorded_before_it_is_revealed(monkeypatch):
    order = []
    original = answers.record
    monkeypatch.setattr(answers, "record", lambda *a, **k: (order.append("recorded"), original(*a, **k))[1])
    order.append(str(commit("04-predict-sum", "255"))[:10])
    assert order == ["recorded", "A surprise"]


def test_a_prediction_without_a_reply_is_refused():
    with pytest.raises(ValueError, match="03-x needs a reply for each wrong option"):
        Prediction(
            id="03-x", title="", kind="predict", question="?", options=("a", "b"), right="a", reveal=""
        )


def test_an_unknown_prediction():
    with pytest.raises(ValueError, match="no exercise '03-slide'"):
        get_prediction("03-slide")


# ---- the widget
def committed(exercise_id, answer):
    demo = predict(exercise_id)
    demo.answer.value = answer
    assert get_prediction(exercise_id).reveal not in demo.text
    demo.commit.click()
    return demo


def test_the_widget_says_what_commit_says():
    demo = committed("03-predict-size", "5 × 5")
    assert get_prediction("03-predict-size").reveal in demo.text
    assert demo.text.startswith("A surprise: You said 5 × 5.")
    assert previous("03-predict-size") == "5 × 5"


def test_the_tables_of_a_question_are_drawn_and_said():
    demo = predict("03-predict-first")
    window, kernel = demo.view.panels
    assert kernel.labels == ["1", "0", "1", "0", "1", "0", "1", "0", "1"]
    assert (window.alt, kernel.alt) == ("window: 1 1 1; 0 1 1; 0 0 1", "kernel: 1 0 1; 0 1 0; 1 0 1")
    demo.answer.value = "5"
    demo.commit.click()
    assert [panel.id for panel in demo.view.panels] == ["window", "kernel"]


def test_enter_in_the_field_commits():
    demo = predict("03-predict-first")
    demo.answer.value = "5"
    assert previous("03-predict-first") is None
    page = {"method": "custom", "content": {"event": "submit"}}
    demo.answer._handle_msg({"content": {"data": page}, "buffers": []})
    assert previous("03-predict-first") == 5
    assert get_prediction("03-predict-first").reveal in demo.text


@pytest.mark.parametrize(
    ("key", "answer", "told"), [("03-predict-size", "5 × 5", "5 × 5"), ("03-predict-first", " 5", "5")]
)
def test_an_answer_of_an_earlier_visit_is_told(key, answer, told):
    committed(key, answer)
    again = predict(key)
    asked = get_prediction(key)
    choice = asked.choice(answer)
    assert again.text == f"You once said: {told}. {asked.replies[choice]} {truth(asked)}"
    assert again.view.verdict == "wrong"
    again.answer.value = "3 × 3"
    assert again.text.startswith("You once said")
    assert answers.load()[key]["tries"] == 1


def truth(asked):
    return f"The answer: {predictions.answer_text(asked.right)}. {asked.reveal}"


def test_a_later_answer_of_an_earlier_visit_is_told():
    commit("03-predict-size", "5 × 5")
    commit("03-predict-size", "3 × 3")
    again = predict("03-predict-size")
    reveal = get_prediction("03-predict-size").reveal
    assert again.text == f"You once said: 5 × 5, and later: 3 × 3. Right. {reveal}"
    assert again.view.verdict == "right"


@pytest.mark.parametrize("kept", ["9 × 9", [1], None, {}])
def test_an_answer_that_is_no_option_any_more(kept, answers_file):
    commit("03-predict-size", "5 × 5")
    content = json.loads(answers_file.read_text(encoding="utf-8"))
    content["answers"]["03-predict-size"]["first"]["answer"] = kept
    answers_file.write_text(json.dumps(content), encoding="utf-8")
    assert previous("03-predict-size") is None
    assert predict("03-predict-size").text.startswith("Not answered yet.")
    assert commit("03-predict-size", "3 × 3").verdict == "right"


def test_without_an_answer_nothing_is_recorded(answers_file):
    demo = predict("03-predict-size")
    assert demo.text == "Not answered yet. Choose one: 2 × 2; 3 × 3; 5 × 5; 7 × 7."
    assert demo.view.verdict == ""
    demo.commit.click()
    assert demo.text == "Not answered yet. Choose one of the answers, then commit."
    assert demo.view.verdict == "not answered yet"
    demo.answer.value = "3 × 3"
    assert demo.text.startswith("Not answered yet. Choose one: ")
    assert not answers_file.exists()


def test_a_number_that_is_missing_or_cannot_be_read(answers_file):
    demo = predict("03-predict-first")
    assert demo.text == "Not answered yet. Give a number: a guess is welcome."
    demo.commit.click()
    assert demo.text == "Not answered yet. Type a number (a guess is welcome), then commit."
    demo.answer.value = "a duck"
    demo.commit.click()
    assert "“a duck” cannot be read as a number" in demo.text
    demo.answer.value = "4"
    assert demo.text == "Not answered yet. Give a number: a guess is welcome."
    assert not answers_file.exists()


def test_drawing_reads_no_file_and_takes_no_notice(answers_file, monkeypatch):
    answers_file.parent.mkdir(parents=True, exist_ok=True)
    answers_file.write_text("damaged", encoding="utf-8")
    demo = predict("03-predict-size")
    with monkeypatch.context() as patch:
        patch.setattr(predictions.answers, "load", lambda: pytest.fail("the answers file was read"))
        demo.answer.value = "5 × 5"
        demo.redraw()
    (notice,) = answers.take_notices()
    assert "was damaged" in notice


# ---- the order of options
CHOICES = {key: get_prediction(key) for key, asked in PREDICTIONS.items() if asked.options}


def test_the_right_option_is_anywhere():
    for lessons in (range(1, 7), range(7, 14)):
        asked = [one for one in CHOICES.values() if int(one.lesson) in lessons]
        places = [one.options.index(one.right) / (len(one.options) - 1) for one in asked]
        assert places.count(0) < 0.4 * len(asked)
        assert places.count(1) > 0.1 * len(asked)
        assert 0.35 < sum(places) / len(asked) < 0.65


@pytest.mark.parametrize("key", CHOICES)
def test_each_question_has_an_order_of_its_own_that_stays(key):
    assert set(CHOICES[key].options) == set(PREDICTIONS[key].options)
    assert predict(key).answer.options == get_prediction(key).options == CHOICES[key].options


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["5 × 5", "3 × 3", "11 × 11"], ["3 × 3", "5 × 5", "11 × 11"]),
        (["+60", "−60", "0"], ["−60", "0", "+60"]),
        (["over 90 %", "under 10 %", "about 50 %"], ["under 10 %", "about 50 %", "over 90 %"]),
        (["all of them", "9", "1"], ["1", "9", "all of them"]),
        (["all four", "two", "none", "one"], ["none", "one", "two", "all four"]),
        (["0.25", "4", "1.386"], ["0.25", "1.386", "4"]),
    ],
)
def test_numbers_stay_in_order(given, shown):
    for seed in "abc":
        assert predictions.shuffled(tuple(given), seed) == tuple(shown)


def test_words_are_shuffled_and_what_speaks_of_all_is_last():
    words = ("left", "right", "up", "none of them")
    found = {predictions.shuffled(words, str(seed)) for seed in range(50)}
    assert {order[3] for order in found} == {"none of them"}
    assert len(found) == 6


# ---- asked twice
def test_a_revote_keeps_both_answers_and_reveals_after_the_second(answers_file):
    demo = predict("03-predict-size", revote=True)
    demo.answer.value = "5 × 5"
    demo.commit.click()
    asked = get_prediction("03-predict-size")
    assert demo.text.startswith("Your answer is kept: 5 × 5. Now talk it over with your neighbour")
    assert demo.view.verdict == "not answered yet"
    for secret in (asked.reveal, asked.replies["5 × 5"], "The answer", "right", "wrong"):
        assert secret not in demo.text
    demo.answer.value = "3 × 3"
    demo.commit.click()
    assert demo.text.startswith(f"Right. {asked.reveal} (Your first answer, 5 × 5, stays")
    entry = json.loads(answers_file.read_text(encoding="utf-8"))["answers"]["03-predict-size"]
    assert (entry["first"]["answer"], entry["first"]["vote"]) == ("5 × 5", 1)
    assert (entry["revote"]["answer"], entry["revote"]["vote"]) == ("3 × 3", 2)
    demo.answer.value = "2 × 2"
    demo.commit.click()
    entry = answers.load()["03-predict-size"]
    assert (entry["revote"]["answer"], entry["last"]["answer"]) == ("3 × 3", "2 × 2")
    assert "vote" not in entry["last"]


@pytest.mark.parametrize("revote", [True, False])
def test_a_revote_goes_on_at_the_next_visit(revote):
    commit("03-predict-size", "5 × 5", revote=True)
    again = predict("03-predict-size", revote=revote)
    assert again.text.startswith("Your answer is kept: 5 × 5.")
    assert get_prediction("03-predict-size").reveal not in again.text
    again.answer.value = "5 × 5"
    again.commit.click()
    assert again.text.startswith("A surprise: You said 5 × 5.")
    assert answers.load()["03-predict-size"]["revote"]["answer"] == "5 × 5"


def test_what_was_revealed_is_not_asked_twice():
    commit("03-predict-size", "5 × 5")
    assert commit("03-predict-size", "3 × 3", revote=True).verdict == "right"
    assert "revote" not in answers.load()["03-predict-size"]


# ---- recalled
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def history(answers_file):
    """Write answers that were given so long before noon."""

    def write(given):
        entries = {}
        for key, (correct, ago) in given.items():
            made = {"answer": 1, "correct": correct, "when": (NOON - timedelta(**ago)).isoformat()}
            entries[key] = {"first": made, "last": made, "tries": 1, "solved": correct}
        answers_file.parent.mkdir(exist_ok=True)
        answers_file.write_text(json.dumps({"version": 1, "answers": entries}), encoding="utf-8")

    return write


def test_missed_ones_are_due_first_then_those_of_long_ago(history):
    history(
        {
            "01-predict-code": (True, {"days": 30}),
            "01-predict-top": (True, {"days": 3}),
            "02-predict-wrap": (False, {"hours": 1}),
            "02-predict-mute": (False, {"days": 2}),
            "02-predict-gray": (False, {"minutes": 2}),
            "04-predict-sum": (False, {"days": 9}),
            "03-places": (False, {"days": 9}),
            "01-predict-gone": (False, {"days": 9}),
            "01-predict-full": (True, {"days": 8}),
        }
    )
    old = ["01-predict-code", "01-predict-full"]
    assert predictions.due("04", now=NOON) == ["02-predict-mute", "02-predict-wrap"]
    assert predictions.due(4, 9, NOON) == ["02-predict-mute", "02-predict-wrap", *old]
    assert predictions.due("02", 9, NOON) == old
    assert predictions.due(count=1, now=NOON) == ["04-predict-sum"]
    assert predictions.due("01", now=NOON) == []


def test_a_time_that_cannot_be_read_is_long_ago(history, answers_file):
    history({"01-predict-code": (True, {"days": 0})})
    text = answers_file.read_text(encoding="utf-8")
    for when in ('"yesterday"', "7", '"2020-01-01"'):
        answers_file.write_text(text.replace(json.dumps(NOON.isoformat()), when), encoding="utf-8")
        assert predictions.due(now=NOON) == ["01-predict-code"]


def test_nothing_to_recall():
    assert recall("05").cards == ()
    assert str(recall()).startswith("Nothing to recall yet.")


def test_a_card_asks_without_telling_and_is_not_due_once_it_is_right(history):
    history({"03-predict-size": (False, {"days": 400}), "03-predict-shift": (False, {"days": 399})})
    cards = recall("05").cards
    assert [card.grid.title for card in cards] == ["Do you remember lesson 3?"] * 2
    assert cards[0].text == "Not answered yet. Choose one: 2 × 2; 3 × 3; 5 × 5; 7 × 7."
    cards[0].answer.value = "3 × 3"
    cards[0].commit.click()
    assert cards[0].text.startswith("Right. ")
    assert predictions.due("05") == ["03-predict-shift"]


def test_cards_are_shown_one_by_one(history, monkeypatch):
    history({"03-predict-size": (False, {"days": 400}), "03-predict-shift": (False, {"days": 399})})
    shown = []
    monkeypatch.setattr(ask, "display", lambda *cards: shown.extend(cards))
    cards = recall(5)
    cards._ipython_display_()
    assert shown == list(cards.cards)
    recall("01")._ipython_display_()
    assert shown[2:] == [ask.NOTHING]


def test_questions_that_lean_on_another_are_still_there():
    assert set(PREDICTIONS) >= predictions.NOT_ALONE
