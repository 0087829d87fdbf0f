"""The engine of slips: any slip on any truth is named, nothing is made of nothing, and it ends."""

import inspect
import random

import learner_answers
import numpy as np
import pytest
import unseen_answers

from cnnlib import exercises
from cnnlib.exercises import check_relu, explaining, grading, measuring, repairs
from cnnlib.exercises.edits import Program
from cnnlib.exercises.explaining import CALLS, CHANGES, EDITS, NUMBERS, _Search, explain, read_shape
from cnnlib.exercises.grading import grade_function
from cnnlib.exercises.slips import RESULTS, argument_slips
from cnnlib.exercises.trying import Case, FunctionCheck, as_in_a_notebook, same, try_all, try_case

WRONG = learner_answers.WRONG + unseen_answers.WRONG
RIGHT = learner_answers.RIGHT + unseen_answers.RIGHT
PUBLIC = [getattr(exercises, name) for name in exercises.__all__ if name.startswith("check_")]
CHECKS = [public.check for public in PUBLIC if isinstance(getattr(public, "check", None), FunctionCheck)]
IDS = [check.id for check in CHECKS]
BLIND = ("Work it out by hand", "which is not the number it should be", "Is something rounded?")


def attempt(function, check):
    return [try_case(function, case, check.truth(*case.arguments)) for case in check.cases]


def named(feedback):
    return feedback.verdict != "right" and not any(words in feedback.message for words in BLIND)


def worth_explaining(runs):
    return (
        all(run.value is not None and run.value.size for run in runs)
        and not all(run.right for run in runs)
        and explaining._believable(runs)
    )


# Each slip is tried with every fifth check, each check with every fifth slip.
@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_slip_of_the_result_is_named(check):
    for slip in RESULTS[CHECKS.index(check) % 5 :: 5]:

        def slipped(*given, slip=slip):
            made = slip.change(np.asarray(check.truth(*given)))
            if made is None:
                raise ValueError("this slip is for other shapes")
            return made

        with np.errstate(all="ignore"):
            runs = attempt(slipped, check)
        if worth_explaining(runs):
            feedback = grade_function(slipped, check)
            assert named(feedback), (slip.says, feedback.message)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_slip_of_an_argument_is_named(check):
    cases = [tuple(map(as_in_a_notebook, case.arguments)) for case in check.cases]
    for slip in argument_slips(check.names, cases)[CHECKS.index(check) % 5 :: 5]:

        def slipped(*given, slip=slip):
            changed = slip.change(given)
            if any(argument is None for argument in changed):
                raise ValueError("this slip is for other shapes")
            return check.truth(*changed)

        with np.errstate(all="ignore"):
            runs = attempt(slipped, check)
        if worth_explaining(runs):
            feedback = grade_function(slipped, check)
            assert named(feedback), (slip.says, feedback.message)


EDITED = [check for check in CHECKS if check.program]


def test_every_truth_has_a_text():
    assert [check.id for check in CHECKS if check not in EDITED] == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("check", EDITED, ids=lambda check: check.id)
def test_an_edit_of_the_truth_is_named(check):
    """A sample of what anyone may get wrong in its text: none is right unless it is, nearly all are named."""
    chance = random.Random(check.id)
    edits = [edit for edit in check.program.slips if not edit.free]
    tried = missed = 0
    for edit in chance.sample(edits, min(len(edits), 6)):
        edited = check.program.function((edit,))
        runs = attempt(edited, check) if edited else []
        if runs and worth_explaining(runs):
            feedback = grade_function(edited, check)
            assert feedback.verdict != "right"
            tried += 1
            missed += not named(feedback)
    assert missed <= 0.1 * tried


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("check", [check for check in CHECKS if check.free], ids=lambda check: check.id)
def test_a_wrong_number_in_an_edit_is_found(check):
    for edit in check.free:
        found = []
        for number in (0.37, 3.7, -2.3):

            def wrong(*given, edit=edit, number=number):
                function = check.program.function((edit,))
                check.program.names["_"] = number
                return function(*given)

            if not all(run.right for run in attempt(wrong, check)):
                found.append(named(grade_function(wrong, check)))
        assert found, f"{edit.says}: the cases do not tell it from the right one"
        assert any(found), edit.says


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("check", EDITED, ids=lambda check: check.id)
def test_two_edits_are_named(check):
    """Two mistakes that a check knows; a pair may agree with another one, or make no sense."""
    chance = random.Random(check.id)
    edits = [mistake.edit for mistake in check.mistakes if mistake.edit]
    tried = missed = 0
    for _ in range(4):
        two = check.program.function(tuple(chance.sample(edits, 2)))
        runs = attempt(two, check) if two else []
        if runs and worth_explaining(runs):
            tried += 1
            missed += not named(grade_function(two, check))
    assert missed <= 0.1 * tried + 1


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_two_slips_are_named(check):
    """A known mistake and a slip of its result; now and then another pair explains the same numbers."""
    chance = random.Random(5)
    pairs = [(m, slip) for m in check.mistakes for slip in RESULTS]
    tried = missed = 0
    for mistake, slip in chance.sample(pairs, 3):

        def slipped(*given, mistake=mistake, slip=slip):
            made = slip.change(np.asarray(mistake.imitate(*given)))
            if made is None:
                raise ValueError("this slip is for other shapes")
            return made

        runs = attempt(slipped, check)
        if worth_explaining(runs):
            tried += 1
            missed += not named(grade_function(slipped, check))
    assert missed <= 0.1 * tried + 1


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_mistakes_leave_what_they_are_given_alone(check):
    """The search hands the same arguments to all of them."""
    for mistake in check.mistakes:
        assert not any(run.touched for run in attempt(mistake.imitate, check)), mistake.says


# ---- nothing is made of nothing
@pytest.mark.parametrize("check", CHECKS, ids=IDS)
@pytest.mark.parametrize("stub", [0, 1, np.nan, -7.5])
def test_a_constant_is_not_explained(check, stub):
    runs = attempt(lambda *given: np.full(np.shape(check.truth(*given)), stub), check)
    assert explain(runs, check) is None


def noise(check, seed):
    chance = np.random.default_rng(seed)
    return lambda *given: (
        np.asarray(check.truth(*given)) + chance.random(np.shape(check.truth(*given))) + 0.001
    )


@pytest.mark.parametrize("check", CHECKS[::6], ids=IDS[::6])
def test_noise_is_not_explained(check):
    assert explain(attempt(noise(check, 1), check), check) is None


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_the_search_ends_by_its_count(check, monkeypatch):
    monkeypatch.setattr(explaining, "CALLS", 50)
    monkeypatch.setattr(explaining, "EDITS", 50)
    monkeypatch.setattr(explaining, "NUMBERS", 50)
    monkeypatch.setattr(explaining, "CHANGES", 50)
    made = 0

    def counted(self, *given):
        nonlocal made
        made += 1
        return call(self, *given)

    call = _Search._call
    monkeypatch.setattr(_Search, "_call", counted)
    assert explain(attempt(noise(check, 3), check), check) is None
    assert made <= 310
    assert max(CALLS, EDITS, NUMBERS, CHANGES) < 10_000


def test_touched_input_and_missing_answers_come_first():
    check = exercises.check_update.check

    def in_place(weight, gradient, learning_rate):
        weight += learning_rate * gradient
        return weight.T

    assert "changes the array it is given" in grade_function(in_place, check).message
    assert grade_function(lambda *given: None, check).verdict == "not answered yet"


def test_what_is_kept_between_calls_is_named():
    kept = []

    def total(channels, filters, kernel):
        kept.append(filters * (channels * kernel * kernel + 1))
        return sum(kept)

    rows = []

    def list_of_all(image, kernel):
        rows.extend(exercises.check_slide.check.truth(image, kernel).tolist())
        return rows

    first = []

    def remembered(channels, filters, kernel):
        first.append(filters * (channels * kernel * kernel + 1))
        return first[0]

    assert "remembers its last call" in grade_function(total, exercises.check_count.check).message
    assert "remembers its last call" in grade_function(list_of_all, exercises.check_slide.check).message
    assert "the result of the first" in grade_function(remembered, exercises.check_count.check).message


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (lambda s: s[::-1], "swapped"),
        (lambda s: (1, *s), "An axis too many"),
        (lambda s: tuple(n - 1 for n in s), "fence posts"),
        (lambda s: tuple(n + 1 for n in s), "One place too many"),
        (lambda s: (), "A single number came out"),
        (lambda s: (s[0] * s[1],), "one long row"),
    ],
)
def test_a_shape_is_read(shape, words):
    check = exercises.check_max_pool.check
    chance = np.random.default_rng(0)
    runs = attempt(lambda *given: chance.random(shape(check.truth(*given).shape)), check)
    assert words in read_shape(runs, check)


# ---- anything that can be written


def random_code(chance, names, depth=3):
    """Return an expression of the arguments, often a senseless one."""
    if not depth or chance.random() < 0.2:
        return chance.choice([*names, *names, "1", "2", "0.5", "-1"])
    parts = [random_code(chance, names, depth - 1) for _ in range(2)]
    return chance.choice(
        [
            "({0} + {1})",
            "({0} * {1})",
            "({0} - {1})",
            "({0} / {1})",
            "({0} // {1})",
            "np.maximum({0}, {1})",
            "np.dot({0}, {1})",
            "np.abs({0})",
            "np.transpose({0})",
            "np.sum({0}, axis=0)",
            "np.exp({0})",
            "np.asarray({0})[::-1]",
            "np.asarray({0})[1:]",
            "np.ravel({0})",
            "np.pad({0}, 1)",
            "[{0}, {1}]",
        ]
    ).format(*parts)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_random_code_is_graded_and_never_right_unless_it_is(check, monkeypatch):
    monkeypatch.setattr(grading, "explain", _unguarded)
    chance = random.Random(check.id)
    for _ in range(1):
        code = f"lambda {', '.join(check.names)}: {random_code(chance, check.names)}"
        function = eval(code, {"np": np})
        feedback = grade_function(function, check)
        assert feedback.message, code
        if feedback.verdict == "right":
            assert all(run.right for run in attempt(function, check)), code


def _unguarded(runs, check, more, otherwise):
    """Search without the guard around it: nothing in there may raise."""
    return _Search(runs, check, more).told(otherwise) if explaining._believable(runs) else None


def test_the_guard_is_the_last_resort():
    source = inspect.getsource(explain)
    assert source.count("except Exception") == 1


def test_a_wrong_free_number_is_solved():
    square = FunctionCheck(
        id="03-square",
        call="f(x)",
        cases=(Case("a", (np.arange(1.0, 5),)), Case("b", (np.array([2.0, 9, 4]),))),
        truth=lambda x: x**2,
        mistakes=(),
        right="",
    )
    assert same(square.truth(np.array([3.0])), np.array([9.0]))
    feedback = grade_function(lambda x: 7 * x**2, square)
    assert feedback.message == "Everything is 7 times too large: that factor is too much."


# ---- answers as learners write them
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("check", "words", "function"),
    [pytest.param(check, words, f, id=f"{check.__name__}-{why}") for check, why, words, f in WRONG],
)
def test_what_went_wrong_is_named(check, words, function):
    feedback = check(function)
    assert feedback.verdict != "right"
    assert all(word in feedback.message for word in words), feedback.message


def test_where_cases_have_no_sizes_a_factor_that_varies_is_no_product_of_them():
    check = FunctionCheck(
        id="03-square",
        call="f(numbers)",
        cases=tuple(Case(f"list {n}", ([3.0 * n, 2.0, 7.0 + n],)) for n in (1, 2, 4)),
        truth=np.sort,
        mistakes=(),
        right="",
    )
    expected = [np.sort(*case.arguments) for case in check.cases]
    runs = try_all(lambda numbers: np.sort(numbers) * numbers[0], check.cases, expected)
    assert measuring.one_factor(runs, measuring.Products(check)) is None


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64])
def test_the_smallest_number_of_a_type_equals_itself(kind):
    """Its size does not fit into the type: taken there, it would keep its sign."""
    least = np.array([np.iinfo(kind).min, 1], kind)
    assert same(least, least)
    assert not same(least, least + np.array([0, 1], kind))


def test_rows_that_are_changed_in_place_are_not_said_to_stay():
    def relu(values):
        out = values.copy()
        for row in out:
            row *= row >= 1
        return out

    assert "changes nothing" not in check_relu(relu).message


def test_nine_of_ten_unseen_answers_are_named():
    assert sum(bool(words) for _, _, words, _ in unseen_answers.WRONG) >= 0.9 * len(unseen_answers.WRONG)


@pytest.mark.parametrize(
    ("check", "function"), [pytest.param(check, f, id=f"{check.__name__}-{why}") for check, why, f in RIGHT]
)
def test_a_right_answer_of_any_type_is_right(check, function):
    assert check(function).verdict == "right"


def softmax_less(shift):
    def softmax(logits, temperature):
        z = logits / temperature
        powers = np.exp(z - shift(z))
        return powers / powers.sum(axis=1, keepdims=True)

    return softmax


@pytest.mark.parametrize(
    ("name", "function", "words"),
    [
        ("check_softmax", softmax_less(lambda z: z.min(1, keepdims=True)), "smallest logit of the row"),
        ("check_softmax", softmax_less(lambda z: z.mean(1, keepdims=True)), "mean of the row"),
        ("check_softmax", softmax_less(lambda z: z[:, :1]), "first logit of the row"),
        ("check_softmax", softmax_less(lambda z: np.maximum(z.max(1, keepdims=True), 0)), "begins at 0"),
        ("check_slide", lambda x, k: np.minimum(exercises.check_slide.check.truth(x, k), 255), "above 255"),
        (
            "check_convolve",
            lambda x, k: np.clip(exercises.check_convolve.check.truth(x, k), 0, 255),
            "0..255",
        ),
        *(
            (
                "check_max_pool",
                lambda x, w, s, low=low: np.maximum(exercises.check_max_pool.check.truth(x, w, s), low),
                words,
            )
            for low, words in (
                (-10, "begins at −10."),
                (-100, "begins at −100."),
                (-1000, "begins at −1000."),
                (-99_999, "Nothing below"),
            )
        ),
        ("check_climb", lambda x, g, r: np.clip(x + np.clip(r * g, -r, r), 0, 1), "± rate"),
        ("check_to_gray", lambda image: image @ [0.229, 0.587, 0.114], "The weight of red is 0.229"),
        ("check_to_gray", lambda image: image @ [0.2126, 0.587, 0.114], "The weight of red is 0.2126"),
        ("check_to_gray", lambda image: image @ [0.299, 0.701, 0], "an index is typed twice"),
    ],
)
def test_what_once_passed_or_misled_is_named(name, function, words):
    feedback = getattr(exercises, name)(function)
    assert (feedback.verdict, words in feedback.message) == ("wrong", True), feedback.message


# ---- a learner's own text, put right
def test_repairs_are_silent(capsys):
    def over_the_end(kernel):
        print("called")
        height, width = kernel.shape
        return [[kernel[height - row, width - col] for col in range(width)] for row in range(height)]

    check = exercises.check_flip.check
    assert "An index is one too large" in grade_function(over_the_end, check).message
    assert capsys.readouterr().out.count("called") <= 3 * len(check.cases)


@pytest.mark.parametrize(
    "line", ["open('x', 'w')", "global COUNTED", "input()", "while False: pass", "plt.show()"]
)
def test_what_lasts_is_not_done_again(line, monkeypatch):
    text = f"def f(values):\n    {line}\n    return values\n"
    program = Program(text, {})
    monkeypatch.setattr(repairs.Program, "of", lambda function: program)
    assert repairs.read(None) is None


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_right_function_is_misread_by_nobody(check):
    assert list(repairs.misread(check.program)) == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_repair_makes_all_right(check):
    """What is told of an edit of the truth, taken as a learner's text, is an edit that puts it right."""
    chance = random.Random(check.id)
    edits = [edit for edit in check.program.slips if not edit.free]
    for edit in chance.sample(edits, min(len(edits), 3)):
        wrong = check.program.function((edit,))
        runs = attempt(wrong, check) if wrong else []
        if not runs or all(run.right for run in runs):
            continue
        own = repairs.Repairs(wrong, runs, check)
        own.program = Program(check.program._changed((edit,)).decode(), check.program.names)
        if says := own.one() or own.weak:
            made = [own.program.function((one,)) for one in repairs._edits(own.program) if one.says == says]
            assert any(all(run.right for run in attempt(f, check)) for f in made if f), says
