"""For tests and lessons alike: the learner's own answers stay out, and widgets are live."""

import os
import re
import tempfile

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of what is tested.
settings.register_profile("course", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("course")
# Two processes of tests share the cores: a pool of threads in each only makes them wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
_ANSWERS = pytest.StashKey[tempfile.TemporaryDirectory]()


def pytest_configure(config):
    """Make a folder for answers; lessons run with live widgets, as a learner sees them."""
    config.stash[_ANSWERS] = tempfile.TemporaryDirectory(prefix="cnnlib-answers-")
    os.environ.pop("CNNLIB_STATIC", None)


def pytest_unconfigure(config):
    """Remove the folder."""
    config.stash[_ANSWERS].cleanup()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Give each test file and each lesson its own, empty answers; before nbval starts the lesson's kernel."""
    name = re.sub(r"\W+", "-", item.nodeid.split("::")[0]) + ".json"
    os.environ["CNNLIB_ANSWERS"] = os.path.join(item.config.stash[_ANSWERS].name, name)


def pytest_collection_modifyitems(items):
    """Put the browser tests last: quick tests tell first, and Playwright keeps an event loop running.

    The site's are the first of them: in one piece and long, they would be waited for alone at the end.
    """
    items.sort(key=lambda item: ("tests/browser" in item.nodeid, "/test_site.py" not in item.nodeid))
