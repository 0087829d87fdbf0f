"""`python course.py lab`, for real: it serves the learner's copies of the lessons and ends when asked."""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from jupyterlab.labapp import LabApp

pty = pytest.importorskip("pty", reason="needs a Unix terminal")

ROOT = Path(__file__).resolve().parents[2]

# The environment of this run is taken as it is: a test installs nothing.
START = """
import sys, course
course.find_python = lambda extras: sys.executable
sys.exit(course.main(["lab", "--no-browser", "--ServerApp.port=0"]))
"""


def read_until(terminal, pattern, seconds):
    """Read from the terminal until the pattern is matched or the other side has closed it."""
    text, end = "", time.monotonic() + seconds
    while time.monotonic() < end and not (pattern and re.search(pattern, text)):
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                read = os.read(terminal, 65536)
            except OSError:  # how Linux says that the terminal is closed; macOS gives an empty answer
                break
            if not read:
                break
            text += read.decode(errors="replace")
    return text


def status(address):
    """Return the HTTP status of an address; the server prints it a moment before it listens."""
    for _ in range(100):
        try:
            return urlopen(address).status
        except URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.2)
    return None


@pytest.fixture
def served(tmp_path):
    """Start a course of one lesson in a terminal; give the process, the terminal and what it printed."""
    for name in ("course.py", "deploy/my_course.py", "notebooks/00_start_here.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", START]
    process = subprocess.Popen(command, cwd=tmp_path, preexec_fn=lambda: os.login_tty(theirs))
    os.close(theirs)
    yield process, ours, read_until(ours, r"http://127\S+\s", 60)
    if process.poll() is None:
        process.kill()
    os.close(ours)


def test_it_serves_the_first_lesson_and_one_ctrl_c_ends_it(served):
    process, terminal, printed = served
    address = re.search(r"(http://127\S+?)/lab/workspaces/cnnlib/tree/(\S+)\?(token=\w+)", printed)
    assert address, printed
    assert address[2] == "my-course/00_start_here.ipynb"
    assert "your own copies of the lessons: 00_start_here." in printed
    assert "Ctrl-C" in printed
    assert status(f"{address[1]}/api/contents/{address[2]}?{address[3]}") == 200
    os.write(terminal, b"\x03")
    printed = read_until(terminal, None, 20)
    assert process.wait(20) == 0
    assert "The course has ended" in printed
    assert "Traceback" not in printed
    assert "y/[n]" not in printed


def test_a_request_to_terminate_ends_it(served):
    process, terminal, _ = served
    process.send_signal(signal.SIGTERM)
    printed = read_until(terminal, None, 20)
    assert process.wait(20) == 0
    assert "Traceback" not in printed


def test_every_option_is_known_to_this_jupyterlab():
    # A misspelt option is ignored by JupyterLab, and the server would never end by itself.
    known = {
        kind.__name__: kind.class_trait_names(config=True)
        for kind in (ServerApp, LabApp, MappingKernelManager)
    }
    source = (ROOT / "course.py").read_text(encoding="utf-8")
    options = re.findall(r'"--(\w+)\.(\w+)=', source)
    assert len(options) >= 8
    assert all(trait in known[kind] for kind, trait in options)
