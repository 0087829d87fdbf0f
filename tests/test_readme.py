"""What the README shows must run, and what it links to must be there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ["README.md", "CONTRIBUTING.md", "benchmarks/README.md", "data/README.md"]


@pytest.mark.parametrize("name", TEXTS)
def test_python_in_the_text_runs(name):
    for code in re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S):
        exec(code, {})


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text("utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    local = [a or b for a, b in targets if "://" not in (a or b)]
    assert not [target for target in local if not ((ROOT / name).parent / target).exists()]


def test_the_map_names_and_shows_every_lesson_that_is_there():
    text = (ROOT / "README.md").read_text("utf-8")
    start = (ROOT / "notebooks/00_start_here.ipynb").read_text("utf-8")
    for lesson in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"notebooks/{lesson.name}" in text
        assert lesson.name in start or lesson.name.startswith("00")
        if lesson.name[:2].isdigit():
            assert f"docs/lesson-{lesson.name[:2]}.png" in text
