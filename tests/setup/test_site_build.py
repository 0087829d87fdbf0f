"""What builds the site: how it reads Pyodide's lock, and what it puts right in JupyterLite's programs."""

import importlib.util
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError

import pytest

ROOT = Path(__file__).resolve().parents[2]
# As JupyterLite 0.8 has it, and as it would be if it needed no help.
FAULTY = {
    "lab/index.html": "<html><body></body></html>",
    "extensions/@jupyterlite/pyodide-kernel-extension/static/7.js": (
        "t instanceof Map||t instanceof Array?this.mapToObject(t):t;"
    ),
    "build/7.js": 'case"comm_open":await this.commOpen(e);break;',
    "build/8.js": "async getattr(e){let t=await this.contentsManager.get(e.path),s=0}",
}
SOUND = {
    "lab/index.html": "<html></html>",
    "extensions/@jupyterlite/pyodide-kernel-extension/static/7.js": "this.mapToObject(t)??null;",
    "build/7.js": 'case"comm_open":await this.opened(e);break;',
    "build/8.js": "async getattr(e){return this.known(e.path)}",
}


@pytest.fixture
def build(monkeypatch, tmp_path):
    """Import build.py, which runs beside JupyterLite, without one; its site is an empty folder."""
    constants = SimpleNamespace(PYODIDE_LOCK_DEFAULT_URL="there/lock.json", PYODIDE_PYTHON_VERSION="3.14")
    monkeypatch.setitem(sys.modules, "jupyterlite_pyodide_kernel", SimpleNamespace(constants=constants))
    monkeypatch.setitem(sys.modules, "jupyterlite_pyodide_kernel.constants", constants)
    spec = importlib.util.spec_from_file_location("build_site", ROOT / "deploy/lite/build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "SITE", tmp_path)
    return module


def write(folder, programs):
    """Write a site that is not mended yet."""
    for name, text in ({"service-worker.js": "jupyterlite();"} | programs).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_a_package_is_found_however_pyodide_spells_its_name(build):
    packages = {
        "ipython": {"depends": ["prompt_toolkit", "Pygments"]},
        "prompt-toolkit": {"depends": []},
        "pygments": {"depends": []},
        "scipy": {"depends": []},
    }
    assert build.with_needs(["IPython"], packages) == {"ipython", "prompt-toolkit", "pygments"}


def test_the_first_page_tells_the_memory_that_was_measured():
    table = (ROOT / "benchmarks/README.md").read_text("utf-8")
    measured = [
        int(more) / 1000 for more in re.findall(r"^\| and \d+ \| \d+ \| (\d+) \|$", table, re.MULTILINE)
    ]
    page = (ROOT / "deploy/lite/index.html").read_text("utf-8")
    assert f"takes {min(measured):.1f} to {max(measured):.1f} GB of memory" in page


@pytest.mark.parametrize("ask", ["remote_pyodide", "size"])
def test_without_a_connection_one_sentence_says_what_to_do(build, monkeypatch, ask):
    def urlopen(request, timeout):
        raise URLError("no network")

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    monkeypatch.setattr(build, "PYODIDE_LOCK_DEFAULT_URL", "https://pyodide.invalid/lock.json")
    with pytest.raises(SystemExit, match=r"no network.*; connect .* in CNNLIB_PYODIDE"):
        getattr(build, ask)(*["https://pyodide.invalid/core"][: ask == "size"])


def test_jupyterlite_is_mended(build, tmp_path):
    write(tmp_path, FAULTY)
    build.mend()
    mended = {name: (tmp_path / name).read_text("utf-8") for name in FAULTY}
    assert [text.count("??null") for text in mended.values()] == [0, 1, 0, 0]
    assert "shell.currentChanged" in mended["lab/index.html"]
    assert mended["build/7.js"].index("comm_info_request") < mended["build/7.js"].index("comm_open")
    assert "let t=e.path?await this.contentsManager.get(e.path):{},s=0" in mended["build/8.js"]
    assert re.match(
        r"(?s).*respondWith.*jupyterlite\(\);", (tmp_path / "service-worker.js").read_text("utf-8")
    )


@pytest.mark.parametrize("name", FAULTY)
def test_a_jupyterlite_that_needs_no_mending_is_not_taken(build, tmp_path, name):
    write(tmp_path, FAULTY | {name: SOUND[name]})
    with pytest.raises(SystemExit, match=f"this JupyterLite is another one.*{re.escape(name[:5])}"):
        build.mend()
