"""One JupyterLab, one built site and one browser for the whole run."""

import contextlib
import hashlib
import os
import subprocess
import sys

import pytest
from lab import FLAGS, HOW_TO_GET_CHROMIUM, Lab, find_chromium
from PIL import Image
from server import NOTEBOOKS, ROOT, served


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    """The system's Chromium for pytest-playwright. Skips without one, except under CI."""
    path = find_chromium(playwright)
    if not path:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"browser tests: {HOW_TO_GET_CHROMIUM}")
    return browser_type_launch_args | {"executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def lab(browser):
    """The running JupyterLab with a copy of every notebook."""
    with Lab(browser, NOTEBOOKS) as session:
        yield session


@pytest.fixture(scope="session")
def site(browser):
    """A browser that visits the built site, with what it keeps; `away`: what it asked of other places."""
    if "CNNLIB_PYODIDE" not in os.environ:
        pytest.skip(
            "the site: CNNLIB_PYODIDE names no folder with Pyodide (tests/browser/make_pyodide.py makes one)"
        )
    subprocess.run([sys.executable, "course.py", "site"], cwd=ROOT, check=True)
    with served(ROOT / "site") as address:
        visitor = browser.new_context(base_url=address, reduced_motion="reduce")
        visitor.set_default_timeout(300_000)
        visitor.away = []

        def note(request):
            if request.url.startswith(("http:", "https:")) and not request.url.startswith(address):
                visitor.away.append(request.url)

        visitor.on("request", note)
        yield visitor
        visitor.close()


@pytest.fixture(scope="session")
def photo(tmp_path_factory):
    """A small picture for upload buttons."""
    path = tmp_path_factory.mktemp("photo") / "learner.png"
    Image.linear_gradient("L").resize((40, 30)).save(path)
    return path


@pytest.fixture(scope="session")
def first(tmp_path_factory):
    """Return a function: is this the first of its kind, in any process? Lessons show some demos again."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # all processes' own

    def first(*alike):
        name = hashlib.sha256(repr(alike).encode()).hexdigest()
        with contextlib.suppress(FileExistsError):
            (folder / f"moved-{name}").touch(exist_ok=False)
            return True
        return False

    return first
