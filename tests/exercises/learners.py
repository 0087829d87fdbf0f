"""Answers files as a class would leave them: `python tests/exercises/learners.py FOLDER 300` writes some.

Each learner has an ability and each exercise a difficulty; some mistakes are much more popular than others;
some learners try again, some vote twice. The same seed gives the same class.
"""

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import cnnlib.exercises as kit
from cnnlib.exercises import EXERCISES, Number, Prediction, answers
from cnnlib.exercises.grading import grade_number

NAMES = ["Anna", "Ben", "Cem", "Dora", "Eli", "Fee", "Gil", "Hana", "Ivo", "Jule", "Kai", "Lea", "Mia"]
# A class gives the same few answers thousands of times; by type, as 1 and 1.0 are kept as they are.
attempted = lru_cache(maxsize=None, typed=True)(answers.attempt)
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


def functions():
    """Return, for each check of a function, (right source, [(wrong source, sentence), ...])."""
    found = {}
    for name in kit.__all__:
        check = getattr(getattr(kit, name), "check", None) if name.startswith("check_") else None
        if hasattr(check, "mistakes"):
            wrong = [(f"def mine(): return {i}", m.says) for i, m in enumerate(check.mistakes)]
            found[check.id] = ("def mine(): return 'right'", wrong)
    return found


def possible():
    """Return, for each exercise, the right answer and wrong ones, each with its sentence."""
    found = functions()
    for key, asked in EXERCISES.items():
        if isinstance(asked, Prediction):
            found[key] = (asked.right, list(asked.replies.items()))
        elif isinstance(asked, Number):
            wrong = [*asked.mistakes, asked.answer + 0.125]
            found[key] = (asked.answer, [(value, grade_number(value, asked).message) for value in wrong])
    return {key: pair for key, pair in found.items() if pair[1]}


def a_class(count, seed=1, share=0.6):
    """Return entries by learner, and all attempts as (learner, exercise, answer, sentence, right, vote)."""
    chance, pool = random.Random(seed), possible()
    difficulty = {key: chance.random() for key in pool}
    learners, log = {}, []
    for number in range(count):
        name = f"{NAMES[number % len(NAMES)]} {number + 1}"
        ability, now, entries = chance.random(), MORNING + timedelta(seconds=chance.randrange(9999)), {}
        for key, (right, wrong) in pool.items():
            if chance.random() > share:
                continue
            votes = isinstance(EXERCISES[key], Prediction) and chance.random() < 0.3
            for attempt in range(chance.choice([1, 1, 2, 3, 6])):
                knows = chance.random() < 0.25 + 0.5 * ability - 0.4 * difficulty[key] + 0.2 * attempt
                # The first mistake of the bank is the most popular one, by far.
                answer, says = (right, "") if knows else wrong[int(len(wrong) * chance.random() ** 3)]
                vote = attempt + 1 if votes and attempt < 2 else 0
                made = dict(attempted(answer, correct=knows, said=says, vote=vote))
                now += timedelta(seconds=chance.randrange(5, 200))
                made["when"] = now.isoformat(timespec="seconds")
                entries[key] = answers.added(entries.get(key), made) | {"lesson": key[:2]}
                log.append((name, key, answer, says, knows, vote))
        learners[name] = entries
    return learners, log


def content(entries):
    """Return the bytes of a learner's file."""
    return json.dumps({"version": 1, "answers": entries}, indent=2, ensure_ascii=False).encode()


def main(folder, count="30", seed="1"):
    """Write a class, and a few files that cannot be counted."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, entries in a_class(int(count), int(seed))[0].items():
        (folder / f"{name}.json").write_bytes(content(entries))
    (folder / "damaged.json").write_bytes(b'{"version": 1, "answ')
    (folder / "empty.json").write_bytes(b"")
    (folder / "old.json").write_bytes(b'{"version": 0, "answers": {}}')
    (folder / "huge.json").write_bytes(b" " * 10_000_001)


if __name__ == "__main__":
    main(*sys.argv[1:])
