"""The class report: files found and named, counts against an independent tally, nobody's name on the page."""

import csv
import importlib
import io
import json
import os
import re
import zipfile
from collections import Counter, defaultdict
from html.parser import HTMLParser
from pathlib import Path

import pytest
from learners import a_class, content

import cnnlib.exercises as kit
from cnnlib.demo.numbers import number_text
from cnnlib.exercises import EXERCISES, Number, Prediction, answers
from cnnlib.exercises.collecting import LARGEST, collect
from cnnlib.exercises.tally import NOT_KEPT, alike, tally

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def school():
    return a_class(30, seed=5)


def one(answer=1024, *, correct=False, **more):
    """Return the content of a file with one answer."""
    made = answers.attempt(answer, correct=correct, **more)
    return content({"03-places": answers.added(None, made) | {"lesson": "03"}})


# ---- the files
LAYOUTS = {
    "anna.json": "anna",
    "7b/ben.json": "7b/ben",
    "cem/answers.json": "cem",
    "homes/dora/.local/share/cnnlib/answers.json": "homes/dora",
    "eli/AppData/Local/cnnlib/answers.json": "eli",
    "fee/Library/Application Support/cnnlib/answers.json": "fee",
    "gil/answers.json": "gil",
    "gil/answers (1).json": "gil (answers)",
    "answers.json": "answers",
}
PASSED_OVER = (
    "dora/.config/app.json",
    "dora/.local/share/other/settings.json",
    "homes/dora/.local/share/jupyter/runtime/kernel-1.json",
    "homes/dora/.jupyter/lab/workspaces/default.json",
    "dora/cnn-course/course.py",
    "dora/cnn-course/deploy/overrides.json",
    "dora/web/node_modules/a/package.json",
    "__MACOSX/._anna.json",
    "dora/.local/share/cnnlib/answers.json.lock",
)


def contents():
    return {path: one(number) for number, path in enumerate(LAYOUTS)} | dict.fromkeys(PASSED_OVER, b"{}")


def in_folder(folder, files):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def in_zip(folder, files):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return folder / "class.zip"


@pytest.mark.parametrize("put", [in_folder, in_zip])
def test_learners_are_found_wherever_their_files_are(put, tmp_path):
    found = collect(put(tmp_path, contents()))
    assert sorted(found.learners) == sorted(LAYOUTS.values())
    assert found.skipped == []


BAD = {
    "damaged.json": (b'{"version": 1, "answ', "it is damaged"),
    "deep.json": (b"[" * 200_000, "it is damaged"),
    "empty.json": (b"", "it is empty"),
    "huge.json": (b" " * (LARGEST + 1), "it is huge: over 10 MB"),
    "none.json": (b'{"version": 1, "answers": {}}', "it is empty"),
    "old.json": (b'{"version": 0, "answers": {}}', "it was written by another version of the course"),
    "other.json": (b"[1, 2]", "it holds no answers"),
}


@pytest.mark.parametrize("put", [in_folder, in_zip])
def test_what_cannot_be_counted_is_named_and_skipped(put, tmp_path):
    good = one()
    files = {name: data for name, (data, _) in BAD.items()} | {"anna.json": good, "copy.json": good}
    part = json.loads(one(25))
    part["answers"]["03-side"] = 5
    files["part.json"] = json.dumps(part).encode()
    found = collect(put(tmp_path, files))
    assert set(found.learners) == {"anna", "part"}
    told = dict(found.skipped)
    assert told.pop("copy.json") == "it is the same, to the second, as anna.json"
    assert told.pop("part.json") == "it is damaged in part; what could be read is counted"
    assert told == {name: why for name, (_, why) in BAD.items()}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes in folders")
def test_links_and_pipes_are_not_followed(tmp_path):
    (tmp_path / "secret").write_bytes(one())
    (tmp_path / "link.json").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe.json")
    assert collect(tmp_path) == ({}, [("link.json", "it is a link"), ("pipe.json", "it is no file")])


def test_a_zip_with_a_broken_file(tmp_path):
    place = in_zip(tmp_path, {"anna.json": one(), "ben.json": one(25)})
    data = bytearray(place.read_bytes())
    start = data.index(b"anna.json") + len("anna.json")
    data[start + 5 : start + 25] = bytes(20)
    place.write_bytes(data)
    found = collect(place)
    assert set(found.learners) == {"ben"}
    assert found.skipped == [("anna.json", "it is damaged in the zip")]


def test_what_is_neither_a_folder_nor_a_zip(tmp_path):
    (tmp_path / "answers.json").write_bytes(one())
    with pytest.raises(OSError, match="neither a folder nor a zip"):
        collect(tmp_path / "answers.json")
    with pytest.raises(FileNotFoundError):
        collect(tmp_path / "nowhere")


# ---- the counts
def test_counts_agree_with_the_log(school):
    learners, log = school
    attempts = defaultdict(list)
    for name, key, answer, says, right, vote in log:
        attempts[key, name].append((answer, says, right, vote))
    counted = {one.exercise.id: one for one in tally(learners).counts}
    assert set(counted) == {key for key, _ in attempts}
    for key, counts in counted.items():
        tries = [made for (exercise, _), made in attempts.items() if exercise == key]
        assert counts.tried == len(tries)
        assert counts.first == sum(made[0][2] for made in tries)
        assert counts.last == sum(any(right for *_, right, _ in made) for made in tries)
        assert len(counts.open) == counts.tried - counts.last
        voted = [made for made in tries if len(made) > 1 and made[1][3] == 2]
        assert counts.votes == len(voted)
        assert counts.before == sum(made[0][2] for made in voted)
        assert counts.after == sum(made[1][2] for made in voted)


def test_the_three_most_frequent_mistakes_agree_with_the_log(school):
    learners, log = school
    made = defaultdict(set)
    for name, key, answer, says, right, _ in log:
        if not right:
            shown = number_text(answer, 6) if isinstance(answer, float | int) else answer
            code = not isinstance(EXERCISES[key], Number | Prediction)
            made[key].add((name, "", alike(says)) if code else (name, shown, says))
    ranks = 0
    for counts in tally(learners).counts:
        truth = Counter((answer, says) for _, answer, says in made[counts.exercise.id])
        ranks += len(counts.wrong)
        assert len(counts.wrong) == min(3, len(truth))
        expected = sorted(truth.values(), reverse=True)[:3]
        assert [wrong.learners for wrong in counts.wrong] == expected
        for wrong in counts.wrong:
            says = wrong.says if wrong.answer else alike(wrong.says)
            assert truth[wrong.answer, says] == wrong.learners
    assert ranks > 300


def test_what_weighs_most_is_first(school):
    talk = tally(school[0]).to_talk_about()
    assert len(talk) == 8
    weights = [one.weight for one in talk]
    assert weights == sorted(weights, reverse=True)
    everything = [one.weight for one in tally(school[0]).counts]
    assert weights[0] == max(everything) > 2 * sorted(everything)[len(everything) // 2]


def test_answers_without_a_sentence_get_it_where_it_is_known():
    old = {"answer": 1024, "correct": False, "when": "2025-01-01T00:00:00+00:00"}
    code = {**old, "answer": "def slide(image): ..."}
    entry = {"lesson": "03", "tries": 1, "solved": False}
    entries = {
        "03-places": entry | {"first": old, "last": old},
        "03-slide": entry | {"first": code, "last": code},
        "03-gone": entry | {"first": code, "last": code},
    }
    counted = tally({"Anna": entries})
    slide, places = counted.counts
    assert slide.wrong[0].says == NOT_KEPT
    assert places.wrong[0].says == EXERCISES["03-places"].mistakes[1024]
    assert counted.unknown == ("03-gone",)


@pytest.mark.parametrize("strange", [None, [[]], {"a": 1}, "x" * 999, 1e400, True])
@pytest.mark.parametrize("key", ["03-places", "03-predict-size", "05-modes", "03-slide"])
def test_strange_files_are_counted_not_raised(strange, key):
    made = {"answer": strange, "said": strange, "correct": strange, "vote": strange, "course": strange}
    entry = {"first": made, "last": made, "tries": 1, "solved": False, "between": strange, "revote": strange}
    (counts,) = tally({"Anna": {key: entry}}).counts
    assert counts.tried == 1
    assert all(len(wrong.answer) <= 60 for wrong in counts.wrong)


def test_no_two_known_mistakes_are_counted_as_one():
    for name in kit.__all__:
        check = getattr(getattr(kit, name), "check", None) if name.startswith("check_") else None
        known = getattr(check, "mistakes", None) or getattr(check, "flaws", ())
        sentences = {mistake.says for mistake in known}
        kinds = {re.sub(r"[-−]?\d[\d.,]*", "…", says) for says in sentences}  # which pixel, or by how much
        assert len({alike(says) for says in sentences}) == len(kinds), name


# ---- the page and the table
@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "deploy")
    module = importlib.import_module("report")
    monkeypatch.setattr(module, "PAGES", tmp_path / "my-course" / "report")
    return module


@pytest.fixture
def written(report, school, tmp_path, capsys):
    """Write a report; return page and table."""
    folder = tmp_path / "7b"
    in_folder(folder, {f"{name}.json": content(entries) for name, entries in school[0].items()})
    (folder / "bad.json").write_bytes(b"?")

    def write(*words):
        assert report.main([str(folder), *words]) == 0
        said = capsys.readouterr()
        assert "bad.json: it is damaged" in said.err
        assert said.out.startswith("30 learners -> ")
        return [(report.PAGES / f"7b.{kind}").read_text("utf-8-sig") for kind in ("html", "csv")]

    return write


class Tags(HTMLParser):
    """The tags of a page, each closed in order."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.open, self.text = [], [], ""
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_the_page_is_whole_and_tells_what_to_talk_about(written, school):
    page = Tags(written()[0])
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe"}
    tried = {key for entries in school[0].values() for key in entries}
    assert f"30 learners, {len(tried)} exercises tried" in page.text
    assert "1 file left out" in page.text
    top = tally(school[0]).to_talk_about()[0]
    assert page.text.index(top.exercise.title) < page.text.index("All exercises")
    assert top.wrong[0].says.replace("`", "") in page.text
    assert f"{top.first} of {top.tried}" in page.text
    assert [tag for tag, _ in page.tags].count("article") == 8


def test_no_names_unless_asked(written, school):
    for text in written():
        assert not [name for name in school[0] if name in text]
        assert "def mine()" not in text
    page, table = written("--names")
    assert all(name in page for name in school[0])
    assert "Not right so far: " in page
    assert any(name in table for name in school[0])


def test_the_table_holds_the_counts(written, school):
    rows = list(csv.DictReader(io.StringIO(written()[1])))
    counts = tally(school[0]).counts
    assert [row["exercise"] for row in rows] == [one.exercise.id for one in counts]
    for row, one_of in zip(rows, counts, strict=True):
        assert [int(row[k]) for k in ("tried", "right at first", "right at last")] == [
            one_of.tried,
            one_of.first,
            one_of.last,
        ]
        if one_of.votes:
            assert int(row["gain"]) == one_of.after - one_of.before
        assert row["wrong 1 mistake"] == (one_of.wrong[0].says if one_of.wrong else "")


def test_a_learners_text_is_neither_html_nor_a_formula(report, tmp_path):
    bad = "=HYPERLINK(0)<script>alert(1)</script>"
    made = answers.attempt(bad, correct=False, said=bad, vote=1)
    entries = {key: answers.added(None, made) for key in ("03-places", "03-predict-size", "03-slide")}
    folder = in_folder(tmp_path / "<b>", {"<i>.json": content(entries)})
    assert report.main([str(folder), "--names"]) == 0
    page, table = (next(report.PAGES.glob(f"*.{kind}")).read_text("utf-8-sig") for kind in ("html", "csv"))
    assert "<script" not in page
    assert "<i>.json" not in page
    assert re.search(r"&lt;i&gt;", page)
    Tags(page)
    assert not [cell for row in csv.reader(io.StringIO(table)) for cell in row if cell.startswith("=")]


def test_nothing_to_report_is_one_sentence(report, tmp_path, capsys):
    assert report.main([str(tmp_path)]) == 1
    assert "there are no answers files in" in capsys.readouterr().err
    assert report.main([str(tmp_path / "nowhere")]) == 1
    assert "nowhere: No such file" in capsys.readouterr().err


# ---- the concept test
FORMS = {form: [key for key in EXERCISES if key.startswith(f"90-{form}-")] for form in "ab"}


def taken(day, form, right):
    """Return the entries of a learner who took a form on a day of March, and had the first items right."""
    entries = {}
    for place, key in enumerate(FORMS[form]):
        made = answers.attempt("x", correct=place < right) | {"when": f"2026-03-{day:02}T08:00:00+00:00"}
        entries[key] = answers.added(None, made) | {"lesson": "90"}
    return entries


PUPILS = {
    "Ada": taken(1, "a", 4) | taken(9, "b", 10),
    "Bo": taken(9, "a", 8) | taken(1, "b", 6),  # the other form first
    "Cy": taken(1, "a", 3),
    "Di": dict(list(taken(1, "a", 12).items())[:11]),  # left one out
}


def test_scores_are_of_whole_forms_and_the_form_taken_first_comes_first():
    scores = tally(PUPILS).scores
    assert scores.items == 12
    assert {form: sorted(right) for form, right in scores.right.items()} == {"a": [3, 4, 8], "b": [6, 10]}
    assert sorted(scores.both) == [(4, 10), (6, 8)]
    assert scores.gain == pytest.approx((9 - 5) / (12 - 5))


def test_a_later_answer_to_an_item_changes_no_score():
    entries = taken(1, "a", 0)
    for key in entries:
        entries[key] = answers.added(entries[key], answers.attempt("x", correct=True))
    assert tally({"Eve": entries}).scores.right["a"] == (0,)


def test_the_page_tells_the_scores_and_items_are_nothing_to_talk_about_first(report, tmp_path):
    folder = in_folder(tmp_path / "school", {f"{name}.json": content(own) for name, own in PUPILS.items()})
    assert report.main([str(folder)]) == 0
    (page,) = (path.read_text("utf-8") for path in report.PAGES.glob("school.html"))
    text = Tags(page).text
    assert "form A35.0form B28.0" in text  # three learners with 5.0 right, two with 8.0
    assert "2 learners answered both forms: 5.0 right in the first, 9.0 in the second." in text
    assert "That is 57 % of what could be gained." in text
    assert "<article>" not in page


def test_nothing_is_said_of_a_test_that_nobody_took(report, tmp_path):
    assert report.main([str(in_folder(tmp_path / "few", {"ada.json": one()}))]) == 0
    (page,) = (path.read_text("utf-8") for path in report.PAGES.glob("few.html"))
    assert "Concept test" not in page
    assert tally({"Ada": {}}).scores.gain is None
