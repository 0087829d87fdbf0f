"""Predictions: the answer is recorded before the reveal, and the first one stays."""

import json

import pytest

from cnnlib.exercises import (
    EXERCISES,
    Prediction,
    answers,
    commit,
    get_prediction,
    predict,
    predictions,
    previous,
)

PREDICTIONS = {key: value for key, value in EXERCISES.items() if isinstance(value, Prediction)}


def test_the_ids_the_lessons_use():
    names = {
        "01": ("full", "stripes", "banding", "code", "top", "sqnr"),
        "02": ("wrap", "memory", "mute", "index", "order", "gray", "size", "depth", "apple"),
        "03": ("first", "size", "gray", "shift", "ripple"),
        "04": ("sum", "wrap", "line", "sharpen-range", "imshow"),
        "05": (*("click", "ahead", "impulse", "blur", "scipy", "unflipped", "stacked", "learned", "corner"),),
        "06": ("32", "5", "floor", "stride", "padding", "corner", "field"),
        "07": ("wall", "turn", "zero-mean", "claim", "edge", "relu", "collapse", "bend"),
        "08": ("one", "size", "relu", "bias", "formula", "filters", "larger"),
        "09": ("stride", "average", "order", "strided", "shift", "turn", "edge", "share", "weights"),
        "10": ("grow", "shuffle", "plain", "faces", "product", "universal", "most"),
        "11": (
            *("softmax", "temperature", "cross-entropy", "guess", "rate", "relu", "sobel", "held-out"),
            *("training", "filters", "choose"),
        ),
        "12": ("1998", "empty", "half", "covered", "certain", "fooled", "few", "five"),
    }
    assert set(PREDICTIONS) == {f"{lesson}-predict-{name}" for lesson, all_ in names.items() for name in all_}


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
@pytest.mark.parametrize("answer", [None, ..., "", "a duck", [], object()])
def test_no_reveal_without_an_answer(key, answer, answers_file):
    feedback = commit(key, answer)
    assert feedback.verdict == "not answered yet"
    assert PREDICTIONS[key].reveal not in feedback.message
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
    assert again.text == (f"You once said: {told}. Commit again to see what happens.")
    again.answer.value = "3 × 3"
    assert again.text.startswith("You once said")


def test_without_an_answer_nothing_is_recorded(answers_file):
    demo = predict("03-predict-size")
    demo.commit.click()
    assert demo.text == "Not answered yet. Choose one: 5 × 5; 3 × 3; 2 × 2; 7 × 7."
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
