"""The cheat sheet prints on two pages."""

import re
from pathlib import Path

SHEET = Path(__file__).resolve().parents[2] / "docs/cheat-sheet.html"


def test_it_prints_on_two_pages(page):
    page.goto(SHEET.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
