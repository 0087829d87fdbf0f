"""What a committed lesson must look like, as a list of complaints."""

import re
from itertools import groupby, pairwise
from statistics import median

from execute import METADATA, normalised

# Above the first import of the course in each notebook.
MISSING = (
    "# No cnnlib? In VS Code choose the kernel in .venv; in Colab %pip install git+ADDRESS (see lesson 0)."
)
# Found in text only; pictures are base64 and may contain anything.
MACHINE_TEXT = {
    "a memory address": re.compile(r"\b0x[0-9a-fA-F]{6,}\b"),
    "a machine's path": re.compile(r"(?<![\w.])/(home|root|Users|tmp|private|work)/|\b[A-Z]:\\\w"),
}


def complaints(notebook):
    """Return what is wrong with a notebook's state: outputs, counts and metadata."""
    found = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        found.append("the code cells were not run once each, from top to bottom")
    if dict(notebook.metadata) != METADATA:
        found.append(f"notebook metadata are not those execute.py writes: {sorted(notebook.metadata)}")
    first = next((cell for cell in code if "cnnlib" in cell.source), None)
    if first and not first.source.startswith(MISSING):
        found.append("the first cell that needs cnnlib does not begin with what to do where it is missing")
    ids = [cell.id for cell in notebook.cells]
    if ids != [cell.id for cell in normalised(notebook).cells]:
        found.append("cell ids are not those execute.py writes")
    for number, cell in enumerate(code, start=1):
        found += [f"code cell {number}: {text}" for text in cell_complaints(cell)]
    return found


def cell_complaints(cell):
    """Yield what is wrong with one code cell."""
    if re.search(r"#\s*(NBVAL_|PYTEST_VALIDATE)", cell.source):
        yield "hides from nbval"
    texts = [cell.source]
    for output in cell.outputs:
        if output.output_type == "error":
            yield f"ends in {output.ename}"
        if output.get("name") == "stderr":
            yield "writes to stderr"
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {}):
            yield "holds a widget view, which reopens as 'model not found'; run it with execute.py"
        if "image/png" in output.get("data", {}) and not output.data.get("text/plain", "").strip():
            yield "shows a picture without words"
        texts += [output.get("text", ""), *output_texts(output)]
    for what, pattern in MACHINE_TEXT.items():
        if any(pattern.search(text) for text in texts):
            yield f"contains {what}"


def output_texts(output):
    """Return the texts of a display output, of every text type."""
    return [str(value) for kind, value in output.get("data", {}).items() if not kind.startswith("image/")]


def template_complaints(notebook, *, cells, words):
    """Return where a lesson leaves the template; `cells` and `words` are (least, most)."""
    found = []
    if not cells[0] <= len(notebook.cells) <= cells[1]:
        found.append(f"{len(notebook.cells)} cells, not {cells[0]} to {cells[1]}")
    count = word_count(notebook)
    if not words[0] <= count <= words[1]:
        found.append(f"{count} words, not {words[0]} to {words[1]}")
    lines = [code_lines(cell) for cell in notebook.cells if cell.cell_type == "code"] or [0]
    if median(lines) > 3:
        found.append(f"the median code cell has {median(lines)} lines, not 3 or fewer")
    if max(lines) > 15:
        found.append(f"a code cell has {max(lines)} lines, not 15 or fewer")
    runs = [len(list(run)) for kind, run in groupby(c.cell_type for c in notebook.cells) if kind == "code"]
    if max(runs, default=0) > 3:
        found.append(f"{max(runs)} code cells in a row, not 3 or fewer")
    return found


def lost_questions(notebook):
    """Return how each numbered list of questions begins that does not stand directly above its demo."""
    found = []
    for cell, after in pairwise(notebook.cells):
        open_text = re.sub(r"(?s)<details>.*?</details>", "", cell.source)
        asked = re.search(r"^1\. (?:.+\n?)+", open_text, re.MULTILINE)
        lost = asked and "?" in asked[0] and not re.search(r"^(\w+ = )?explore_", after.source, re.MULTILINE)
        if cell.cell_type == "markdown" and lost:
            found.append(asked[0][3:33])
    return found


def word_count(notebook):
    """Count the words of the prose: tokens with a letter in them, without HTML tags and link targets."""
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    prose = re.sub(r"<[^>]+>|\]\([^)]*\)", " ", prose)
    return sum(bool(re.search(r"[^\W\d_]", token)) for token in prose.split())


def code_lines(cell):
    """Count the lines of a code cell that are not empty, without the one on what to install."""
    return sum(bool(line.strip()) and line != MISSING for line in cell.source.splitlines())
