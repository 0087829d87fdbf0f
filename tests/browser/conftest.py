"""One JupyterLab and one browser for the whole run."""

import os

import pytest
from lab import FLAGS, HOW_TO_GET_CHROMIUM, Lab, find_chromium
from PIL import Image
from server import NOTEBOOKS


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
def photo(tmp_path_factory):
    """A small picture for upload buttons."""
    path = tmp_path_factory.mktemp("photo") / "learner.png"
    Image.linear_gradient("L").resize((40, 30)).save(path)
    return path
