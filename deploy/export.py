"""Write lessons as pages to print or to send: one HTML file each, that needs neither network nor Python.

A lesson that the learner has run or changed is taken from my-course, any other as it is in the course; a path
says exactly which file. Live demos leave no pictures in a file. So a file with such demos is run once more,
as it stands and with the learner's answers, and pictures take the demos' places; all other results stay as
they were. The file and the answers are not touched.

course.py starts this file, with the Python that has the course.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from copy import deepcopy
from html import escape
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote

import nbformat
from my_course import MINE, LessonError, digest, find, lessons, mark, read
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbconvert import HTMLExporter
from page import PAGE
from pygments.formatters import HtmlFormatter

PAGES = MINE / "html"
STYLE = Path(__file__).with_name("export.css")
VIEW = "application/vnd.jupyter.widget-view+json"
SECONDS = 300  # for one cell, then it is interrupted

FOLD = """<button onclick="for (const it of document.querySelectorAll('details')) it.open = !it.open">
show or fold answers</button>
"""


def main(words: list[str]) -> int:
    """Export the lessons that are named; return the exit code."""
    try:
        paths = [path for word in words for path in chosen(word)]
        PAGES.mkdir(parents=True, exist_ok=True)
        for path in paths:
            target = PAGES / f"{path.stem}.html"
            target.write_text(exported(path), encoding="utf-8", newline="\n")
            print(f"{shown(path)} -> {shown(target)}", flush=True)
    except LessonError as error:
        print(f"course.py: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"course.py: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # course.py says the rest
        return 1
    return 0


def chosen(word: str) -> list[Path]:
    """Return the files that a word of the command line means."""
    if word.endswith(".ipynb"):
        return [Path(word)]
    own = {lesson: MINE / lesson.name for lesson in (lessons() if word == "all" else [find(word)])}
    return [copy if copy.exists() and used(notebook(copy)) else lesson for lesson, copy in own.items()]


def notebook(path: Path) -> nbformat.NotebookNode:
    """Read a notebook as nbformat has it."""
    read(path)  # says so if it is none
    return nbformat.read(path, as_version=4)


def used(copy: nbformat.NotebookNode) -> bool:
    """Tell whether a copy holds anything of the learner's: results, or changes."""
    return digest(copy) != mark(copy).get("digest") or any(cell.get("execution_count") for cell in copy.cells)


def exported(path: Path) -> str:
    """Return the page of one notebook."""
    lesson = notebook(path)
    if any(map(without_result, lesson.cells)):
        print(f"{shown(path)} is run, for its pictures ...", flush=True)
        for cell, ran in zip(lesson.cells, run(lesson, path.parent).cells, strict=True):
            if without_result(cell):
                cell.outputs = ran.outputs
    for output in [output for cell in lesson.cells for output in cell.get("outputs", [])]:
        describe(output)
    return page(lesson, path)


def without_result(cell: nbformat.NotebookNode) -> bool:
    """Tell whether a cell was not run, or shows what needs Python."""
    if cell.cell_type != "code" or not cell.source.strip():
        return False
    return cell.execution_count is None or any(VIEW in output.get("data", {}) for output in cell.outputs)


def run(lesson: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Return the lesson, run from top to bottom with pictures for demos; errors stand where they occur."""
    from cnnlib.exercises import answers

    ran = deepcopy(lesson)
    client = NotebookClient(
        ran,
        kernel_name="python3",
        timeout=SECONDS,
        interrupt_on_timeout=True,
        allow_errors=True,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "answers.json")  # a check that is run again is no further attempt
        if answers.path().is_file():
            shutil.copy(answers.path(), copy)
        try:
            environment = {**os.environ, "CNNLIB_STATIC": "1", "CNNLIB_ANSWERS": str(copy)}
            # What goes to the kernel's own stderr are its warnings; what cells write there, they show.
            client.execute(env=environment, stderr=subprocess.DEVNULL)
        except DeadKernelError:
            print("Python ended in the middle of the lesson; what follows has no pictures.", file=sys.stderr)
    return ran


def describe(output: nbformat.NotebookNode) -> None:
    """Give a picture its words as alt text; of a demo without a picture only the words are left."""
    data = output.get("data", {})
    data.pop(VIEW, None)
    for kind in [kind for kind in data if kind.startswith("image/")]:
        words = " ".join(data.get("text/plain", "a picture").split())
        output.metadata.setdefault(kind, nbformat.NotebookNode()).setdefault("alt", words)


def page(lesson: nbformat.NotebookNode, path: Path) -> str:
    """Return the lesson as a page of HTML that holds all it needs."""
    lesson.cells = [cell for cell in lesson.cells if cell.source.strip()]
    lesson.metadata.pop("widgets", None)
    exporter = HTMLExporter(
        template_name="basic",
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    body, _ = exporter.from_notebook_node(lesson, {"metadata": {"path": str(path.parent)}})
    body = re.sub(r'href="([\w-]+)\.ipynb', r'href="\1.html', body)  # pages lie side by side, as lessons do
    body = re.sub(r'(?<=src=")[^":]+(?=")', lambda found: embedded(path.parent, found[0]), body)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    title = re.sub(r"<[^>]+>", "", heading[1]) if heading else escape(path.stem)
    code = HtmlFormatter(style="bw").get_style_defs(".highlight")
    return PAGE.format(title=title, style=code + STYLE.read_text(encoding="utf-8"), body=FOLD + body)


def embedded(folder: Path, source: str) -> str:
    """Return a picture's file as an address that holds the picture itself.

    nbconvert's own `embed_images` closes a <details> before the answer that it is to fold.
    """
    file, kind = folder / unquote(source), guess_type(source)[0]
    return f"data:{kind};base64,{b64encode(file.read_bytes()).decode()}" if file.is_file() else source


def shown(path: Path) -> str:
    """Return a path as one reads it best: from the folder one is in, if it lies there."""
    return os.path.relpath(path) if Path.cwd() in path.absolute().parents else str(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
