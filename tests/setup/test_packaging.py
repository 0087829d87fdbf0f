"""What is installed: pyproject.toml, constraints.txt, environment.yml and the wheel say the same."""

import importlib
import json
import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
SETTINGS = "share/jupyter/lab/settings/overrides.json"
SERVER = "etc/jupyter/jupyter_server_config.d/cnnlib.json"
PAGE = "etc/jupyter/labconfig/page_config.d/cnnlib.json"


def constraints():
    """Return the pinned packages by name, each with all its lines."""
    pinned = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        pinned.setdefault(Requirement(line).name.lower().replace("_", "-"), []).append(Requirement(line))
    return pinned


def test_constraints_pin_everything_and_name_no_host():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|@|^\s*[-#]", text, re.MULTILINE)
    assert all(
        re.fullmatch(r"==[\w.+!]+", str(line.specifier)) for lines in constraints().values() for line in lines
    )


@pytest.mark.parametrize("python", ["3.11.0", "3.14.0"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_constraints_cover_every_dependency_everywhere(python, system):
    place = {"python_full_version": python, "python_version": python[:4], "sys_platform": system}
    for wanted in map(Requirement, PROJECT["dependencies"] + EXTRAS["lab"] + EXTRAS["test"]):
        if wanted.name == PROJECT["name"]:  # with the extra lab
            continue
        lines = constraints()[wanted.name.lower()]
        (pin,) = [line for line in lines if not line.marker or line.marker.evaluate(place)]
        assert wanted.specifier.contains(str(pin.specifier)[2:]), wanted


def test_environment_yml_says_what_pyproject_says():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = environment["dependencies"]
    names = {"matplotlib-base": "matplotlib"}  # on conda-forge, the package without Qt
    listed = {names.get(need.name, need.name): need.specifier for need in map(Requirement, conda[2:])}
    assert environment["channels"] == ["conda-forge"]
    assert conda[:2] == ["python=3.12", "pip"]  # the one Python that Binder is known to have ready
    assert pip == {"pip": ["-e ."]}
    wanted = map(Requirement, PROJECT["dependencies"] + EXTRAS["lab"])
    assert listed == {need.name: need.specifier for need in wanted}


def test_who_has_a_notebook_program_need_not_install_another():
    needed, waiting = set(), [*map(Requirement, PROJECT["dependencies"])]
    while waiting:
        need = waiting.pop()
        if need.name not in needed and (not need.marker or need.marker.evaluate({"extra": ""})):
            needed.add(need.name)
            waiting += map(Requirement, metadata.requires(need.name) or [])
    assert {"ipykernel", "jupyter-client", "tornado"} <= needed  # of what is needed in turn, too
    assert not needed & {"jupyterlab", "notebook", "jupyter-server", "nbconvert"}
    assert {Requirement(line).name for line in EXTRAS["lab"]} == {"jupyterlab"}


def test_what_builds_the_site_fits_what_runs_in_it():
    pins = {name: str(line.specifier)[2:] for name, (line, *_) in constraints().items()}
    lines = (ROOT / "deploy/lite/requirements.txt").read_text(encoding="utf-8").splitlines()
    needs = [Requirement(line) for line in lines if not line.startswith("#")]
    front_ends = {need.name for need in needs if need.name in pins}
    assert front_ends >= {"jupyterlab", "ipywidgets", "anywidget"}
    assert [need for need in needs if need.name in pins and pins[need.name] not in need.specifier] == []


@pytest.mark.parametrize("name", ["ci", "pages"])
def test_workflows_call_what_there_is(name):
    workflow = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))
    known = subprocess.run([sys.executable, "course.py"], cwd=ROOT, capture_output=True, text=True).stdout
    for job in workflow["jobs"].values():
        steps = [step["run"] for step in job["steps"] if "run" in step]
        assert steps
        assert all(" ".join(step.split()[:3]) in known for step in steps)
    if name == "pages":
        (built,) = [step for step in job["steps"] if "pages-artifact" in step.get("uses", "")]
        assert f'SITE = ROOT / "{built["with"]["path"]}"' in (ROOT / "deploy/lite/build.py").read_text(
            "utf-8"
        )
        assert workflow["permissions"]["pages"] == workflow["permissions"]["id-token"] == "write"


def test_jupyterlab_setting_is_installed():
    files = [path for path in metadata.files("cnnlib") if path.as_posix().endswith(SETTINGS)]
    assert len(files) == 1
    installed = json.loads(files[0].locate().read_text(encoding="utf-8"))
    kernels = installed["@jupyterlab/apputils-extension:kernels-settings"]
    assert kernels == {"commsOverSubshells": "disabled"}
    assert installed == json.loads((ROOT / "deploy/overrides.json").read_text(encoding="utf-8"))
    assert files[0].locate().resolve() == Path(sys.prefix).resolve() / SETTINGS


def test_jupyters_server_is_told_of_its_extension():
    (config,) = [path for path in metadata.files("cnnlib") if path.as_posix().endswith(SERVER)]
    assert config.locate().resolve() == Path(sys.prefix).resolve() / SERVER
    (name,) = json.loads(config.locate().read_text("utf-8"))["ServerApp"]["jpserver_extensions"]
    extension = importlib.import_module(name)
    assert Path(extension.__file__).read_text("utf-8") == (ROOT / "deploy/prompt.py").read_text("utf-8")
    assert extension._jupyter_server_extension_points() == [{"module": name}]


def test_answers_leave_the_server_at_once():
    class Connection:  # whichever the server uses
        def __init__(self, handler):
            self.websocket_handler = handler

        def connect(self):
            return [*self.websocket_handler.calls, "connect"]

    class Handler:
        calls = ()

        def set_nodelay(self, value):
            self.calls = [*self.calls, value]

    server = SimpleNamespace(
        web_app=SimpleNamespace(settings={"kernel_websocket_connection_class": Connection})
    )
    runpy.run_path(str(ROOT / "deploy/prompt.py"))["_load_jupyter_server_extension"](server)
    used = server.web_app.settings["kernel_websocket_connection_class"]
    assert issubclass(used, Connection)
    assert used(Handler()).connect() == [True, "connect"]


def test_wheel_carries_package_data_and_setting(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {path.relative_to(ROOT).as_posix() for path in shipped(ROOT / "cnnlib")}
    data = {f"cnnlib/{path.relative_to(ROOT).as_posix()}" for path in shipped(ROOT / "data")}
    assert package
    assert data
    assert package | data <= names
    assert "cnnlib_prompt.py" in names
    assert all(
        any(name.endswith(f".data/data/{file}") for name in names) for file in (SETTINGS, SERVER, PAGE)
    )


def shipped(folder):
    """Return the files below a folder that belong into the wheel."""
    return [path for path in folder.rglob("*.*") if path.is_file() and path.suffix != ".pyc"]
