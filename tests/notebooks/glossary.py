"""What the glossary lacks: the terms of each lesson that it does not list.

    python tests/notebooks/glossary.py            of the lessons in notebooks/
    python tests/notebooks/glossary.py FOLDER     of those in another folder

A term is what a lesson's prose sets in italics or bold. Left out are its title and question, numbers of
exercises, links, code, references, and STRESSED: words that are stressed, and names that stand on a demo.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat
from execute import NOTEBOOKS

_EMPHASISED = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])([^*\n]+?(?:\n[^*\n]+?)?)\1(?![\w*])")
_LEFT_OUT = re.compile(
    r"(?m)^\*\*.*\?\*\*$|\*\*\d\.\*\*|\]\([^)]*\)|`[^`\n]*`|\*To discuss:[^*]*\*|\*\*lesson \d+\*\*"
)
_REFERENCES = re.compile(r"(?m)^(?:## Read on|\*{1,2}To read on|## Where to go next)")

STRESSED = """
and; are; bright; can; collect; down; each pixel; fetches; film; first; how much of an X; in; is; it;
itself; last; learn; learned; learns; lengths; light; more; most; motion; move; moves right; no; not; now;
next; object; one; once; per side; picture; picture minus blurred picture; pixels; small change; subtracts;
test; this; true; two; upper; where; which; without; you; weights and biases; neighbours; overfits;
responds; integers; changes; Backwards; Forwards; clipped; 0; 1; w; hatched; shaded; flipped by 180°; flip
the impulse response; effective; leaky; Each bit halves the step; Impulse in, impulse response out; new
weight = old weight − learning rate × slope; Softmax and cross-entropy; to floats first, calculate, clip,
and only then back to bytes; one box per digit;

+ 1; 3 × 3, padding 1; 3 × 3, padding 1, stride 2; 4×4, gray; 8×8, the eye; a click; two clicks; after ReLU;
average; max; blue − yellow; box blur; Brightness; conv 1; conv 2; pool 2; emboss; outline; global average;
left redder, right bluer; mean; mirror it; moment; next box; noise; over; pad; picture side; play; quarter
turns; Raw sum; reddish; remove; reset; Right; scale; show the whole map; Sobel x; Sobel, columns; Start;
sum; swap the indices; take again; train; A network in six lines; A number instead of a class; Your kernel
in layer 1; Validation
"""
_STRESSED = {word.strip() for word in STRESSED.casefold().replace("\n", " ").split(";")}


class Term(NamedTuple):
    """A row of the glossary: its words, its symbol, what it means, and the two digits of its lesson."""

    words: tuple[str, ...]
    symbol: str
    meaning: str
    lesson: str


def lessons(folder):
    """Return the numbered lessons, without the start pages."""
    return [path for path in sorted(folder.glob("[01][0-9]_*.ipynb")) if path.name[:2] != "00"]


def terms(notebook):
    """Return the rows of the glossary's table."""
    rows = re.findall(r"(?m)^\| \*\*(.+?)\*\* \| (.*?) \| (.*?) \| (.*?) \| \[(\d+)\] \|$", prose(notebook))
    return [
        Term((word, *filter(None, also.split(", "))), symbol, says, f"{lesson:0>2}")
        for word, also, symbol, says, lesson in rows
    ]


def prose(notebook):
    """Return the text of a notebook's Markdown cells."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def emphasised(text):
    """Return what a lesson's prose sets in italics or bold, with the exceptions named above, each once.

    >>> emphasised("**Why?**\\n\\nA **kernel** (*filter*) has *weights*: press *reset*. **1.** Look.")
    ['kernel', 'filter', 'weights']
    """
    text = _LEFT_OUT.sub("", _REFERENCES.split(text)[0])
    found = [" ".join(words.split()).strip(".:") for _, words in _EMPHASISED.findall(text)]
    return [word for word in dict.fromkeys(found) if word.casefold() not in _STRESSED]


def alike(word):
    """Return a word as it is looked up: small letters, and the same for one and for many."""
    return re.sub(r"s\b", "", word.casefold())


def missing(notebook, listed):
    """Return the terms of a lesson that are not among the words listed."""
    known = {alike(word) for word in listed}
    return [word for word in emphasised(prose(notebook)) if alike(word) not in known]


def main(names):
    """Print what is missing, a line a lesson; return the exit code."""
    words = [word for term in terms(nbformat.read(NOTEBOOKS / "glossary.ipynb", 4)) for word in term.words]
    folder = Path(names[0]) if names else NOTEBOOKS
    lacks = {path: missing(nbformat.read(path, 4), words) for path in lessons(folder)}
    for path, found in lacks.items():
        print(f"{path.stem}: {', '.join(found) or 'all listed'}")
    return int(any(lacks.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
