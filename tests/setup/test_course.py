"""course.py: what it installs, when, and what it says when it cannot."""

import ast
import errno
import importlib.util
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OK = subprocess.CompletedProcess([], 0, "", "")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Import course.py as if it lay in an empty checkout, in no active environment."""
    spec = importlib.util.spec_from_file_location("course", ROOT / "course.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.INSTALLED_FROM:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "active_environment_fits", lambda extras: False)
    return module


@pytest.fixture
def commands(course, monkeypatch):
    """Record the commands course.py runs, instead of running them; `-m venv` leaves a python behind."""
    run = []

    def record(command, **_):
        run.append([str(word) for word in command])
        if "venv" in run[-1]:
            make_python(course.ROOT / run[-1][-1])
        return OK

    monkeypatch.setattr(subprocess, "run", record)
    return run


def make_python(env):
    """Put a file where an environment has its Python."""
    python = env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()


def installs(commands):
    """Return which installers ran: their names and the last of what they were to install."""
    return [
        ("uv" if command[2] == "uv" else "pip", command[-1]) for command in commands if "install" in command
    ]


def fail(commands, course, monkeypatch, said, when):
    """Let the commands for which `when(command)` holds fail, with `said` as their output."""
    record = subprocess.run

    def failing(command, **options):
        done = record(command, **options)
        return subprocess.CompletedProcess([], 1, "", said) if when(list(map(str, command))) else done

    monkeypatch.setattr(subprocess, "run", failing)


# The first lines: every Python from 3.6 on must get as far as saying that it is too old.


def test_syntax_is_that_of_an_old_python():
    ast.parse((ROOT / "course.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_old_python_is_told_so(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    with pytest.raises(SystemExit, match=r"^course.py: this is Python 3.8, the course needs 3.11 or newer"):
        runpy.run_path(str(ROOT / "course.py"))


def test_only_the_standard_library_is_imported_at_the_top():
    tree = ast.parse((ROOT / "course.py").read_text(encoding="utf-8"))
    names = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


# What is installed, and when.


def test_first_start_makes_the_environment_and_installs_with_uv(course, commands):
    python = course.find_python([])
    assert Path(python).is_relative_to(course.ROOT / ".venv")
    assert [sys.executable, "-m", "venv", str(course.ROOT / ".venv")] in commands
    assert installs(commands) == [("pip", "uv"), ("uv", "constraints.txt")]
    assert commands[-1][-4:] == ["-e", ".", "-c", "constraints.txt"]
    assert {"--no-python-downloads", "--python", python} <= set(commands[-1])


def test_second_start_installs_nothing(course, commands):
    course.find_python([])
    commands.clear()
    course.find_python([])
    assert installs(commands) == []
    assert len(commands) == 1  # a look whether the Python still runs


def test_the_site_is_built_in_an_environment_of_its_own(course, commands, monkeypatch):
    (course.ROOT / "deploy/lite").mkdir(parents=True, exist_ok=True)
    (course.ROOT / "deploy/lite/requirements.txt").write_text("jupyterlite-core\n")
    files = []
    monkeypatch.setattr(course, "start_file", lambda *what: files.append(what) or 0)
    python = str(course.python_of(course.ROOT / ".venv-site"))
    assert course.main(["site"]) == 0
    assert [sys.executable, "-m", "venv", str(course.ROOT / ".venv-site")] in commands
    assert installs(commands) == [("pip", "uv"), ("uv", "deploy/lite/requirements.txt")]
    commands.clear()
    assert course.main(["site"]) == 0
    assert installs(commands) == []
    assert files == [(python, "deploy/lite/build.py", [])] * 2


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_requirements_are_installed(course, commands, name):
    course.find_python([])
    commands.clear()
    (course.ROOT / name).write_text("changed")
    course.find_python([])
    assert installs(commands) == [("pip", "uv"), ("uv", "constraints.txt")]


def test_a_moved_checkout_is_installed_anew(course, commands, monkeypatch, tmp_path_factory):
    course.find_python([])
    commands.clear()
    monkeypatch.setattr(course, "ROOT", course.ROOT.rename(tmp_path_factory.mktemp("new") / "moved"))
    course.find_python([])
    assert installs(commands) == [("pip", "uv"), ("uv", "constraints.txt")]


def test_test_tools_are_installed_for_test_only(course, commands):
    course.find_python([])
    assert not any(".[test]" in command for command in commands)
    course.find_python(["test"])
    assert ".[test]" in commands[-1]
    commands.clear()
    course.find_python([])
    course.find_python(["test"])
    assert installs(commands) == []


def test_newest_leaves_constraints_and_the_learners_environment_alone(course, commands):
    python = course.find_python(["test"], newest=True)
    assert Path(python).is_relative_to(course.ROOT / ".venv-newest")
    assert not (course.ROOT / ".venv").exists()
    assert commands[-1][-3:] == ["-e", ".[test]", "--upgrade"]


def test_a_half_made_environment_is_made_anew(course, commands, monkeypatch):
    env = course.ROOT / ".venv"
    fail(commands, course, monkeypatch, "", lambda command: "uv" in command or "-e" in command)
    with pytest.raises(course.CourseError):
        course.find_python([])
    (env / "leftover").touch()
    monkeypatch.undo()
    monkeypatch.setattr(course, "active_environment_fits", lambda extras: False)
    monkeypatch.setattr(course, "ROOT", env.parent)
    monkeypatch.setattr(course, "call", lambda command: make_python(env) if "venv" in command else None)
    monkeypatch.setattr(course, "runs", lambda python, code="": python.is_file())
    course.find_python([])
    assert not (env / "leftover").exists()
    assert (env / "course-stamp").exists()
    assert not (env / "course-unfinished").exists()


def test_an_environment_made_by_hand_is_kept(course, commands):
    make_python(course.ROOT / ".venv")
    (course.ROOT / ".venv" / "mine").touch()
    course.find_python([])
    assert (course.ROOT / ".venv" / "mine").exists()
    assert installs(commands) == [("pip", "uv"), ("uv", "constraints.txt")]


def test_an_active_environment_with_the_course_is_used(course, commands, monkeypatch):
    monkeypatch.setattr(course, "active_environment_fits", lambda extras: extras == [])
    assert course.find_python([]) == sys.executable
    assert commands == []
    assert course.find_python(["test"]) != sys.executable


def test_what_fits_is_this_checkout_in_versions_that_satisfy(monkeypatch):
    module = runpy.run_path(str(ROOT / "course.py"))
    fits = module["active_environment_fits"]
    assert fits(["test"])  # this very run
    monkeypatch.setitem(fits.__globals__, "ROOT", ROOT / "tests")
    assert not fits([])
    monkeypatch.setitem(fits.__globals__, "ROOT", ROOT)
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.1")
    assert not fits([])


# What goes wrong.


def test_pip_takes_over_where_uv_cannot_be_had(course, commands, monkeypatch):
    fail(commands, course, monkeypatch, "No matching distribution found for uv", lambda c: c[-1] == "uv")
    course.find_python([])
    assert installs(commands) == [("pip", "uv"), ("pip", "constraints.txt")]


def test_pip_takes_over_where_uv_does_not_get_through(course, commands, monkeypatch):
    fail(commands, course, monkeypatch, "invalid peer certificate; dns error", lambda c: c[2] == "uv")
    course.find_python([])
    assert [name for name, _ in installs(commands)] == ["pip", "uv", "pip"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "<pip._vendor.urllib3 ...>: Failed to establish a new connection: [Errno -3]",
            "connect to the internet",
        ),
        ("[Errno 28] No space left on device", "the disk is full"),
        ("one\ntwo\nERROR: no such thing", "its last words were:\none\ntwo\nERROR: no such thing"),
    ],
)
def test_a_failed_installation_is_explained(course, commands, monkeypatch, capsys, said, sentence):
    fail(
        commands,
        course,
        monkeypatch,
        said,
        lambda command: "install" in command or command[-1] == "import uv",
    )
    assert course.main(["lab"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("course.py: ")
    assert sentence in error
    assert "Traceback" not in error


def test_without_network_pip_is_not_tried_twice(course, commands, monkeypatch):
    fail(commands, course, monkeypatch, "NewConnectionError", lambda c: c[-1] in ("uv", "import uv"))
    with pytest.raises(course.CourseError, match="internet"):
        course.find_python([])
    assert installs(commands) == [("pip", "uv")]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_named(course, monkeypatch, capsys, module):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == module else "found")
    assert course.main(["lab"]) == 1
    assert "without the venv module" in capsys.readouterr().err
    assert not (course.ROOT / ".venv").exists()


@pytest.mark.parametrize(
    ("error", "sentence"), [(OSError(errno.ENOSPC, "full"), "disk is full"), (KeyboardInterrupt(), "stopped")]
)
def test_trouble_outside_the_installer_is_one_sentence(course, monkeypatch, capsys, error, sentence):
    def raise_it(*_):
        raise error

    monkeypatch.setattr(course, "find_python", raise_it)
    assert course.main(["lab"]) == 1
    assert sentence in capsys.readouterr().err


# The commands.


COMMANDS = ("lab", "fresh 03", "export 03", "report FOLDER", "test")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["lab", "--help"], ["export", "-h"]])
def test_help(course, capsys, arguments):
    assert course.main(arguments) == 0
    said = capsys.readouterr().out
    assert all(f"python course.py {command}" in said for command in COMMANDS)


def test_an_unknown_command_is_refused(course, capsys):
    assert course.main(["lap"]) == 2
    assert "no command 'lap'; use lab, fresh, export, report, site, test or --help" in capsys.readouterr().err


@pytest.mark.parametrize("failing", ["ruff check", "ruff format", "pytest", None])
def test_test_runs_every_check_and_fails_if_one_does(course, monkeypatch, capsys, failing):
    called = []

    def call(command, **_):
        called.append(" ".join(command[2:]))
        return int(failing is not None and called[-1].startswith(failing))

    monkeypatch.setattr(course, "find_python", lambda extras, newest: called.append(extras) or "python")
    monkeypatch.setattr(subprocess, "call", call)
    assert course.main(["test", "--", "-k", "setup"]) == (0 if failing is None else 1)
    in_two = " ".join(course.IN_TWO)
    assert called.pop(0) == ["lab", "test"]  # so that a later `lab` has nothing to install
    assert called == ["ruff check", "ruff format --check", f"pytest {in_two} -k setup"]
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == ("All checks passed." if failing is None else f"Failed: {failing}.")


PYTHON = "its python with ['lab']"


@pytest.fixture
def started(course, monkeypatch):
    """Record which Python files of the course, or JupyterLab, course.py starts."""
    run = []
    monkeypatch.setattr(course, "find_python", lambda extras: f"its python with {extras}")
    monkeypatch.setattr(subprocess, "call", lambda command, **_: run.append(command) or 3)
    monkeypatch.setattr(course, "wait_for", lambda command: run.append(command) or 0)
    return run


def test_lab_makes_the_copies_first(course, started):
    assert course.main(["lab", "--", "--no-browser"]) == 0
    assert started[0] == [sys.executable, str(course.ROOT / "deploy/my_course.py")]
    assert started[1][:3] == [PYTHON, "-m", "jupyterlab"]
    assert started[1][-1] == "--no-browser"


@pytest.mark.parametrize(("own", "used"), [(None, "1"), ("4", "4")])
def test_kernels_use_one_thread_unless_the_learner_says_otherwise(course, started, monkeypatch, own, used):
    monkeypatch.setattr(os, "environ", {"OPENBLAS_NUM_THREADS": own} if own else {})
    course.main(["lab"])
    assert os.environ["OPENBLAS_NUM_THREADS"] == used


@pytest.mark.parametrize("folder", ["my-course", "notebooks"])
def test_lab_opens_the_learners_copy_or_else_the_lesson(course, folder):
    (course.ROOT / folder).mkdir()
    (course.ROOT / folder / "00_start_here.ipynb").touch()
    [start] = [option for option in course.lab_options([]) if "default_url" in option]
    assert start.endswith(f"/tree/{folder}/00_start_here.ipynb")


def test_a_file_named_after_lab_is_left_to_jupyterlab(course, started):
    course.main(["lab", "notebooks/03_a_kernel_slides.ipynb"])
    assert started[1][-1] == "notebooks/03_a_kernel_slides.ipynb"


def test_fresh_needs_no_environment(course, started):
    assert course.main(["fresh", "03", "04"]) == 3
    assert started == [[sys.executable, str(course.ROOT / "deploy/my_course.py"), "03", "04"]]


def test_export_runs_in_the_environment(course, started):
    assert course.main(["export", "all"]) == 3
    assert started == [[PYTHON, str(course.ROOT / "deploy/export.py"), "all"]]


def test_report_runs_in_the_environment(course, started):
    assert course.main(["report", "7b", "--names"]) == 3
    assert started == [[PYTHON, str(course.ROOT / "deploy/report.py"), "7b", "--names"]]


@pytest.mark.parametrize(
    ("command", "what", "example"),
    [("fresh", "lesson", "03"), ("export", "lesson", "03"), ("report", "folder", "answers")],
)
def test_a_lesson_or_a_folder_must_be_named(course, started, capsys, command, what, example):
    assert course.main([command]) == 1
    assert capsys.readouterr().err == (
        f"course.py: {command}: which {what}? For example: python course.py {command} {example}\n"
    )
    assert started == []


def test_lab_options_can_be_replaced(course):
    own = ["--no-browser", "--ServerApp.root_dir=elsewhere"]
    options = course.lab_options(own)
    assert options[-2:] == own
    assert [option for option in options if "root_dir" in option] == own[1:]
