"""What a class gets: the hub's configuration is executed, the files for Kubernetes are parsed.

JupyterHub and nbgitpuller are not among the course's packages: what needs them is skipped, and is run where
they are (in the environment of docs/class.md). Images and Kubernetes are tried nowhere here.
"""

import importlib
import json
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from jupyterlab.labapp import LabApp
from packaging.requirements import Requirement
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[2]
HUB = ROOT / "deploy/hub"
GUIDE = (ROOT / "docs/class.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
GOOD = "snails like wet stones"
needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub does not run on Windows")


@pytest.fixture
def hand_out(course_folder, monkeypatch):
    """The module that hands lessons out, for the small course."""
    monkeypatch.syspath_prepend(HUB)
    module = importlib.import_module("hand_out")
    module._once.cache_clear()
    return module


@pytest.fixture
def configured(tmp_path, monkeypatch, hand_out):
    """Execute jupyterhub_config.py with some variables set; JupyterHub's own part is a stand-in."""
    monkeypatch.setitem(sys.modules, "forked", SimpleNamespace(warm_up=list, ForkedSpawner="forked"))
    proxy = tmp_path / "bin/configurable-http-proxy"
    proxy.parent.mkdir()
    proxy.write_text("#!/bin/sh\n")
    proxy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{proxy.parent}:/usr/bin:/bin")
    monkeypatch.setenv("CNNLIB_CLASS", str(tmp_path / "class"))
    monkeypatch.delenv("CNNLIB_TEACHER_PASSWORD", raising=False)
    monkeypatch.delenv("CNNLIB_HUB", raising=False)

    def execute(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        config = Config()
        runpy.run_path(str(HUB / "jupyterhub_config.py"), {"get_config": lambda: config})
        return config

    return execute


# ---- one machine
@needs_unix
@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("", "CNNLIB_CLASS_PASSWORD is not set"),
        ("snail", "is shorter than 10 characters"),
        ("Password-2026", "anybody would guess"),
        ("aaaaaaaaaaaaaa", "anybody would guess"),
        ("1234567890", "anybody would guess"),
    ],
)
def test_without_a_password_of_its_own_no_hub_starts(configured, tmp_path, word, why):
    with pytest.raises(SystemExit, match=why) as stop:
        configured(CNNLIB_CLASS_PASSWORD=word)
    assert str(stop.value).count("\n") == 0
    assert not (tmp_path / "class").exists()


@needs_unix
def test_the_password_in_the_guide_is_refused(configured):
    (example,) = set(
        re.findall(r"CNNLIB_CLASS_PASSWORD='(.*?)'", (ROOT / "docs/class.md").read_text("utf-8"))
    )
    with pytest.raises(SystemExit, match="anybody would guess"):
        configured(CNNLIB_CLASS_PASSWORD=example)


@needs_unix
def test_a_teachers_password_is_longer_or_left_out(configured):
    assert "admin_users" not in configured(CNNLIB_CLASS_PASSWORD=GOOD).Authenticator
    with pytest.raises(SystemExit, match="CNNLIB_TEACHER_PASSWORD is shorter than 32"):
        configured(CNNLIB_CLASS_PASSWORD=GOOD, CNNLIB_TEACHER_PASSWORD=GOOD)
    long = configured(CNNLIB_CLASS_PASSWORD=GOOD, CNNLIB_TEACHER_PASSWORD=f"{GOOD}, and so do I")
    assert long.Authenticator.admin_users == {"teacher"}


@needs_unix
def test_without_the_proxy_no_hub_starts(configured, tmp_path):
    (tmp_path / "bin/configurable-http-proxy").unlink()
    with pytest.raises(SystemExit, match="there is no configurable-http-proxy here"):
        configured(CNNLIB_CLASS_PASSWORD=GOOD)


@needs_unix
def test_what_the_hub_is_told(configured, tmp_path):
    c = configured(CNNLIB_CLASS_PASSWORD=GOOD)
    assert c.JupyterHub.authenticator_class == "shared-password"
    assert c.SharedPasswordAuthenticator.user_password == GOOD
    assert c.JupyterHub.bind_url == "http://127.0.0.1:8000"
    assert c.JupyterHub.spawner_class == "forked"
    assert c.JupyterHub.concurrent_spawn_limit >= 30
    assert c.Spawner.start_timeout >= 300
    assert {c.Spawner.environment[name] for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")} == {"1"}
    assert Path(c.Spawner.environment["JUPYTER_CONFIG_PATH"], "jupyter_server_config.py").is_file()
    homes = c.SimpleLocalProcessSpawner.home_dir_template
    assert homes.format(username="anna") == str(tmp_path / "class/homes/anna")
    assert GOOD not in "".join(c.Spawner.environment.values())
    assert any(Path(c.Spawner.environment["MPLCONFIGDIR"]).glob("fontlist*.json"))
    c.Spawner.pre_spawn_hook(None)


@needs_unix
def test_a_name_is_a_folder_and_nothing_else(configured):
    c = configured(CNNLIB_CLASS_PASSWORD=GOOD)
    fit = re.compile(c.Authenticator.username_pattern).match  # as JupyterHub does
    assert all(map(fit, ["anna", "jörg", "ben.b", "3c-mia"]))
    assert not any(map(fit, ["", ".", "..", ".ssh", "a/b", "a\\b", "a b", "{x}", "a%2fb", "x" * 99]))


@needs_unix
def test_the_first_page_brings_the_lessons_that_were_handed_out(configured, tmp_path):
    c = configured(CNNLIB_CLASS_PASSWORD=GOOD)
    address = urlsplit(c.Spawner.default_url)
    words = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert address.path == "/git-pull"
    assert Path(urlsplit(words["repo"]).path) == tmp_path / "class/lessons"
    log = subprocess.check_output(["git", "-C", tmp_path / "class/lessons", "log", words["branch"]])
    assert b"The lessons of today" in log
    assert words["urlpath"] == f"lab/tree/{words['targetpath']}/00_start_here.ipynb"
    assert (ROOT / "notebooks/00_start_here.ipynb").is_file()


def test_every_setting_of_a_students_server_is_known_to_it():
    known = {kind.__name__: kind for kind in (ServerApp, LabApp, MappingKernelManager)}
    config = Config()
    runpy.run_path(str(HUB / "jupyter_server_config.py"), {"get_config": lambda: config})
    for kind, settings in config.items():
        assert set(settings) <= set(known[kind].class_trait_names(config=True))
    assert config.ServerApp.terminals_enabled is False
    assert 0 < config.MappingKernelManager.cull_idle_timeout < config.ServerApp.shutdown_no_activity_timeout


# ---- the lessons
def sources(notebook):
    return ["".join(cell["source"]) for cell in json.loads(notebook.read_text("utf-8"))["cells"]]


def edit(notebook, cell, text):
    data = json.loads(notebook.read_text("utf-8"))
    data["cells"][cell]["source"] = text
    notebook.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def commits(folder):
    return int(subprocess.check_output(["git", "-C", folder, "rev-list", "--count", "main"]))


def test_lessons_are_handed_out_without_outputs_and_again_when_they_change(course_folder, hand_out, tmp_path):
    out = tmp_path / "class/lessons"
    hand_out.refresh(out)
    assert sorted(path.name for path in out.glob("*.ipynb")) == [
        "00_start.ipynb",
        "03_slide.ipynb",
        "10_why.ipynb",
    ]
    cells = json.loads((out / "03_slide.ipynb").read_text("utf-8"))["cells"]
    assert [cell["outputs"] for cell in cells if cell["cell_type"] == "code"] == [[], []]
    hand_out.refresh(out)
    assert commits(out) == 1
    edit(course_folder.lessons / "03_slide.ipynb", 0, "# Corrected")
    (course_folder.lessons / "10_why.ipynb").unlink()
    hand_out.if_changed(out)
    assert commits(out) == 2
    assert sources(out / "03_slide.ipynb")[0] == "# Corrected"
    assert not (out / "10_why.ipynb").exists()


def test_at_a_log_in_nothing_is_done_unless_a_lesson_has_changed(hand_out, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(hand_out, "refresh", seen.append)
    for _ in range(3):
        hand_out.if_changed(tmp_path)
    assert seen == [tmp_path]


def test_a_students_edit_is_kept_and_the_correction_arrives(course_folder, hand_out, tmp_path):
    pull = pytest.importorskip("nbgitpuller.pull", reason="needs nbgitpuller, see docs/class.md")
    course_folder.write("03_slide", "predict()", "slide = ...", "1", "2")
    out, mine = tmp_path / "lessons", tmp_path / "home/course"
    hand_out.refresh(out)

    def log_in():
        list(pull.GitPuller(out.as_uri(), str(mine), branch="main").pull())

    log_in()
    edit(mine / "03_slide.ipynb", 2, "slide = mine")
    edit(mine / "00_start.ipynb", 1, "1 + 1  # mine")
    edit(course_folder.lessons / "03_slide.ipynb", 0, "# Corrected")
    edit(course_folder.lessons / "00_start.ipynb", 1, "1 + 1  # the teacher's")
    course_folder.write("04_new", "4")
    hand_out.refresh(out)
    log_in()
    assert [sources(mine / "03_slide.ipynb")[at] for at in (0, 2)] == ["# Corrected", "slide = mine"]
    assert sources(mine / "00_start.ipynb")[1] == "1 + 1  # mine"
    assert sources(mine / "04_new.ipynb")[1] == "4"


# ---- what is installed
def requirements():
    lines = (HUB / "requirements.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and line[0] not in "#-"]


def test_the_hubs_packages_are_pinned_and_not_the_courses():
    named = [Requirement(line) for line in requirements()]
    assert all(re.fullmatch(r"==[\d.]+", str(one.specifier)) for one in named)
    assert {"jupyterhub", "nbgitpuller"} <= {one.name for one in named}
    everything = sum(PROJECT["optional-dependencies"].values(), PROJECT["dependencies"])
    assert not {one.name for one in named} & {Requirement(one).name for one in everything}
    text = (HUB / "requirements.txt").read_text("utf-8")
    assert "\n-c ../../constraints.txt\n-e .[lab]\n" in text
    assert "://" not in text


def test_the_spawner_is_a_simple_one():
    spawner = pytest.importorskip("jupyterhub.spawner", reason="needs JupyterHub, see docs/class.md")
    sys.path.insert(0, str(HUB))
    forked = importlib.import_module("forked")
    assert issubclass(forked.ForkedSpawner, spawner.SimpleLocalProcessSpawner)
    assert all(importlib.import_module(name) for name in forked.IMPORTED)


# ---- Kubernetes: parsed, never run
VALUES = yaml.safe_load((HUB / "values.yaml").read_text("utf-8"))


def test_the_values_for_kubernetes():
    student, hub = VALUES["singleuser"], VALUES["hub"]
    assert student["image"] == {"name": "registry.example.org/cnnlib", "tag": PROJECT["version"]}
    assert student["memory"] == {"guarantee": "320M", "limit": "1G"}
    assert student["startTimeout"] >= 300
    words = parse_qs(urlsplit(student["defaultUrl"]).query)
    assert words["urlpath"] == ["lab/tree/course/00_start_here.ipynb"]
    assert words["branch"] == ["main"]
    assert hub["config"]["JupyterHub"]["authenticator_class"] == "shared-password"
    assert "SharedPasswordAuthenticator" not in hub["config"]  # no password stands in a file
    assert hub["config"]["Authenticator"]["username_pattern"].endswith("$")
    assert VALUES["cull"]["enabled"]
    places = VALUES["scheduling"]
    assert places["userPlaceholder"]["replicas"] > 0
    assert places["podPriority"]["enabled"]  # else a placeholder never makes room


def instructions():
    """Return the Dockerfile's instructions, each a word and the rest."""
    text = re.sub(r"\\\n", " ", (HUB / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [line.split(maxsplit=1) for line in lines]


def test_the_image():
    steps = instructions()
    assert {word for word, _ in steps} <= {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "CMD"}
    assert steps[0] == ["FROM", "python:3.12-slim"]
    assert steps[-1] == ["CMD", '["jupyterhub-singleuser"]']
    assert [rest for word, rest in steps if word == "USER"] == ["jovyan"]
    copied = [source for word, rest in steps if word == "COPY" for source in rest.split()[:-1]]
    assert all((ROOT / source).exists() for source in copied)
    assert {"pyproject.toml", PROJECT["readme"], *PROJECT["license-files"], "constraints.txt"} <= set(copied)
    for folder in ("cnnlib", "data", "deploy"):
        assert ["COPY", f"{folder} {folder}"] in steps
    environment = dict(pair.split("=") for word, rest in steps if word == "ENV" for pair in shlex.split(rest))
    assert environment["OMP_NUM_THREADS"] == environment["OPENBLAS_NUM_THREADS"] == "1"
    work = next(rest for word, rest in steps if word == "WORKDIR")
    assert environment["JUPYTER_CONFIG_PATH"] == f"{work}/{HUB.relative_to(ROOT).as_posix()}"
    assert any("--requirement deploy/hub/requirements.txt" in rest for word, rest in steps if word == "RUN")


# ---- the guide


def test_the_commands_of_the_guide_name_what_is_there():
    commands = "\n".join(re.findall(r"^```\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL))
    files = set(re.findall(r"(?:deploy/hub/|course)[\w./]+", commands))
    assert files == {
        "course.py",
        *(f"deploy/hub/{name}" for name in ("requirements.txt", "jupyterhub_config.py", "Dockerfile")),
        *(f"deploy/hub/{name}" for name in ("hand_out.py", "values.yaml")),
    }
    assert all((ROOT / file).is_file() for file in files)
    assert re.search(r"configurable-http-proxy@\d+\.\d+\.\d+\b", commands)


def test_the_costs_are_added_up():
    def number(text):
        return float(text.removesuffix(" GB").replace(",", ""))

    rows = [line.strip("| ").split(" | ") for line in GUIDE.splitlines() if re.match(r"\| [\d,]+ \|", line)]
    assert [row[0] for row in rows] == ["30", "300", "30,000"]
    kept = int(VALUES["singleuser"]["memory"]["guarantee"].removesuffix("M")) / 1000
    for row in rows:
        students, at_once, memory, machines, hour, lessons, disks, site = map(number, row)
        assert memory == pytest.approx(at_once * kept)
        assert machines == -(-memory // 13)
        assert hour == pytest.approx(machines * 0.20)
        assert lessons == pytest.approx(hour * 14 * students / at_once)
        assert disks == pytest.approx(students * 0.05)
        assert site == pytest.approx(students * 0.036, abs=0.5)
