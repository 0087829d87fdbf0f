"""Run lessons as a reader without a kernel sees them, and write them back.

    python tests/notebooks/execute.py                  every lesson
    python tests/notebooks/execute.py notebooks/03*    these

Demos become pictures (static mode), the answers are those of a new learner, and what changes from run to
run is taken out: the second run gives the same bytes.
"""

import hashlib
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"

# No versions: they change with the machine. The kernel fills them in when the notebook is opened.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}


def main(names):
    """Execute the named notebooks, or all; return the exit code. A lesson that fails is left as it was."""
    paths = [Path(name) for name in names] or sorted(NOTEBOOKS.glob("*.ipynb"))
    failed = 0
    for path in paths:
        try:
            changed = write_if_changed(path, executed(path))
            print(f"{path.name}: {'written' if changed else 'unchanged'}", flush=True)
        except CellExecutionError as error:
            failed += 1
            print(f"{path.name}: {error}", file=sys.stderr, flush=True)
    return 1 if failed else 0


def executed(path):
    """Return the notebook at `path`, run from top to bottom in static mode and normalised."""
    notebook = normalised(nbformat.read(path, as_version=4))
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=300,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    with tempfile.TemporaryDirectory() as folder:
        answers = os.path.join(folder, "answers.json")
        client.execute(env={**os.environ, "CNNLIB_STATIC": "1", "CNNLIB_ANSWERS": answers})
    return normalised(notebook)


def normalised(notebook):
    """Return `notebook` with constant metadata and with cell ids made from what the cells say."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat_minor = 5
    seen = Counter()
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type} {cell.source}".encode()).hexdigest()[:8]
        seen[digest] += 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        cell.metadata = nbformat.NotebookNode()
    return notebook


def write_if_changed(path, notebook):
    """Write the notebook; tell whether the file's bytes changed."""
    text = nbformat.writes(notebook) + "\n"
    if path.read_bytes() == text.encode():
        return False
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
