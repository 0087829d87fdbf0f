"""One JupyterLab and one browser for the whole run."""

import os

import pytest
from lab import HOW_TO_GET_CHROMIUM, Lab
from PIL import Image
from server import NOTEBOOKS


@pytest.fixture(scope="session")
def lab():
    """The running JupyterLab with a copy of every notebook. Skips without Chromium, except under CI."""
    try:
        session = Lab(NOTEBOOKS)
    except FileNotFoundError as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"browser tests: {missing}")
        pytest.skip(f"browser tests: {HOW_TO_GET_CHROMIUM}")
    with session:
        yield session


@pytest.fixture(scope="session")
def photo(tmp_path_factory):
    """A small picture for upload buttons."""
    path = tmp_path_factory.mktemp("photo") / "learner.png"
    Image.linear_gradient("L").resize((40, 30)).save(path)
    return path
