#!/usr/bin/env python3
"""Start the course, print it, or test it.

    python course.py lab         open your own copies of the lessons, in my-course, with JupyterLab
                                 (what follows goes to JupyterLab: lab --no-browser --port 9999)
    python course.py fresh 03    make a fresh copy of lesson 03; the old one is kept beside it
    python course.py export 03   write lesson 03 as a page to print or send, in my-course/html
                                 (several: export 03 04; every lesson: export all)
    python course.py report FOLDER
                                 for teachers: count what a class answered, from their answers files in a
                                 folder, in a hub's homes or in a zip, into my-course/report (--names: who)
    python course.py site        build the course as a web site that needs no server, in site/
    python course.py test        run every check: ruff, pytest, the lessons
                                 (what follows goes to pytest: test -k pooling)
    python course.py test --newest
                                 the same with the newest packages instead of constraints.txt
    python course.py test --site build the site and go through every lesson in a browser

The first start makes the folder .venv beside this file and installs the course into it; outside of
this folder nothing on this computer is changed, and deleting .venv undoes it. An active environment
that already holds the course (conda, your own venv) is used as it is.
"""

import errno
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

# Everything above and the whole file's syntax stays at Python 3.6, so that an old Python gets as far as this.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "course.py: this is Python {}.{}, the course needs 3.11 or newer; install one and start this file "
        "with it, for example: python3.13 course.py lab".format(*sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent
MY_START, START = "my-course/00_start_here.ipynb", "notebooks/00_start_here.ipynb"
INSTALLED_FROM = (
    "pyproject.toml",
    "constraints.txt",
    "deploy/overrides.json",
    "deploy/jupyter_server.json",
    "deploy/page_config.json",
    "deploy/prompt.py",
)
SITE_FROM = ("deploy/lite/requirements.txt",)
IDLE_SECONDS = 15 * 60

# A workspace of its own keeps the tabs of the learner's other JupyterLab projects out of the course.
# Without answer_yes, Ctrl-C asks "Shut down? y/n" and waits. A kernel with an open tab is never culled.
LAB_OPTIONS = [
    f"--ServerApp.root_dir={ROOT}",
    "--ServerApp.answer_yes=True",
    "--ServerApp.log_level=ERROR",
    "--LabApp.log_level=ERROR",
    f"--ServerApp.shutdown_no_activity_timeout={IDLE_SECONDS}",
    f"--MappingKernelManager.cull_idle_timeout={IDLE_SECONDS}",
    "--MappingKernelManager.cull_interval=60",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    # A photo travels to Python as one message; Tornado would cut the line at 10 MB.
    "--ServerApp.tornado_settings={'websocket_max_message_size': 268435456}",
]
# Two processes, as even small machines have two cores. A module, a class or a lesson stays with one of them;
# the order stays, too: the browser tests are last.
IN_TWO = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]

DISK_FULL = "the disk is full; free 1 GB and run the same command again"
NO_NETWORK = (
    "the packages could not be fetched; connect to the internet (or set your proxy in HTTPS_PROXY) "
    "and run the same command again"
)
NO_VENV = (
    "this Python comes without the venv module; install it (Debian, Ubuntu: sudo apt install python3-venv) "
    "and run the same command again"
)
SIGNS = {
    DISK_FULL: ("No space left on device", "os error 28", "os error 112", "not enough space on the disk"),
    NO_NETWORK: (
        "Failed to establish a new connection",
        "Connection to ",
        "NewConnectionError",
        "NameResolutionError",
        "dns error",
        "client error (Connect)",
        "Network is unreachable",
        "Connection refused",
        "ReadTimeoutError",
        "operation timed out",
        "ProxyError",
    ),
}


class CourseError(Exception):
    """A reason, in one sentence, why the course cannot go on."""


class InstallError(CourseError):
    """An installer gave up; its message says why."""


def main(arguments: list[str]) -> int:
    """Run the command line and return the exit code."""
    command, rest = arguments[:1], arguments[1:]
    if not command or "-h" in arguments[:2] or "--help" in arguments[:2]:
        print(__doc__.strip())
        return 0
    commands = {"lab": lab, "fresh": fresh, "export": export, "report": report, "site": site, "test": test}
    if command[0] not in commands:
        known = ", ".join(commands)
        print(f"course.py: there is no command {command[0]!r}; use {known} or --help", file=sys.stderr)
        return 2
    try:
        return commands[command[0]](rest)
    except CourseError as error:
        message = str(error)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        message = DISK_FULL
    except KeyboardInterrupt:
        message = "stopped; run the same command again to go on"
    print(f"course.py: {message}", file=sys.stderr)
    return 1


def lab(rest: list[str]) -> int:
    """Serve the learner's copies of the lessons in JupyterLab until it is closed."""
    python = find_python(["lab"])
    start_file(sys.executable, "deploy/my_course.py", [])
    print(
        "JupyterLab is starting and opens in your browser. To end it: File > Shut Down, or Ctrl-C here;\n"
        f"it also ends by itself about {IDLE_SECONDS // 60} minutes after its last tab was closed.",
        flush=True,
    )
    # The page draws on the other core: a second thread of matrix products would wait for it in each of them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = wait_for([python, "-m", "jupyterlab", *lab_options(without_separator(rest))])
    print("JupyterLab ended with an error; see above." if code else "The course has ended. Come back soon.")
    return code


def lab_options(own: list[str]) -> list[str]:
    """Return the learner's own options with those of the course; of two with one name, the learner's."""
    names = {word.split("=")[0] for word in own}
    start = MY_START if (ROOT / MY_START).is_file() else START  # a folder that is read-only has no copies
    options = [f"--LabApp.default_url=/lab/workspaces/cnnlib/tree/{start}", *LAB_OPTIONS]
    options = [option for option in options if option.split("=")[0] not in names]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as in most containers; JupyterLab wants to be told
        options.append("--allow-root")
    return options + own


def fresh(rest: list[str]) -> int:
    """Make fresh copies of lessons; the old ones are kept."""
    return start_file(sys.executable, "deploy/my_course.py", named(rest, "fresh"))


def export(rest: list[str]) -> int:
    """Write lessons as pages that need no network and no Python."""
    return start_file(find_python(["lab"]), "deploy/export.py", named(rest, "export"))


def report(rest: list[str]) -> int:
    """Count what a class answered."""
    return start_file(find_python(["lab"]), "deploy/report.py", named(rest, "report", "folder", "answers"))


def site(_: list[str]) -> int:
    """Build the site, in an environment of its own."""
    env = ROOT / ".venv-site"
    python, stamp = python_of(env), env / "course-stamp"
    if not (runs(python) and up_to_date(stamp, [], SITE_FROM)):
        make_environment(env, env / "course-unfinished")
        install(str(python), ["-r", *SITE_FROM])
        stamp.write_text(f"{fingerprint(SITE_FROM)}\n", encoding="utf-8")
    code = start_file(str(python), "deploy/lite/build.py", [])
    if not code:
        print("The site is in the folder site. To look at it: python -m http.server --directory site")
    return code


def named(rest: list[str], command: str, what: str = "lesson", example: str = "03") -> list[str]:
    """Return what is named on the command line, if anything is."""
    if not rest:
        raise CourseError(f"{command}: which {what}? For example: python course.py {command} {example}")
    return rest


def start_file(python: str, file: str, words: list[str]) -> int:
    """Run a Python file of the course to its end, in the folder one is in; it says itself what goes wrong."""
    return subprocess.call([python, str(ROOT / file), *words])


def test(rest: list[str]) -> int:
    """Run ruff and pytest; every check runs, also after a failure."""
    newest, whole_site = "--newest" in rest, "--site" in rest
    python = find_python(["lab", "test"], newest=newest)
    rest = without_separator([word for word in rest if word not in ("--newest", "--site")])
    if whole_site:
        files = ["tests/browser/test_site.py", "tests/browser/whole_site.py"]
        return subprocess.call([python, "-m", "pytest", *files, *rest], cwd=ROOT)
    checks = {
        "ruff check": ["ruff", "check"],
        "ruff format": ["ruff", "format", "--check"],
        "pytest": ["pytest", *IN_TWO, *rest],
    }
    failed = []
    for name, words in checks.items():
        print(f"--- {name}", flush=True)
        if subprocess.call([python, "-m", *words], cwd=ROOT):
            failed.append(name)
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def without_separator(words: list[str]) -> list[str]:
    """Drop a leading `--`, with which one may set off arguments that are not for course.py."""
    return words[1:] if words[:1] == ["--"] else words


def wait_for(command: list[str]) -> int:
    """Run `command` to its end: Ctrl-C is left to it, a request to terminate is passed on."""
    process = subprocess.Popen(command, cwd=ROOT)
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    return process.wait()


def find_python(extras: list[str], newest: bool = False) -> str:
    """Return the Python that has the course: the running one, or that of .venv, made now if need be."""
    env = ROOT / (".venv-newest" if newest else ".venv")
    if not newest and Path(sys.prefix) != env and active_environment_fits(extras):
        return sys.executable
    python, stamp = python_of(env), env / "course-stamp"
    if newest or not (runs(python) and up_to_date(stamp, extras)):
        prepare(env, python, extras, newest)
        stamp.write_text(f"{fingerprint()} {' '.join(extras)}\n", encoding="utf-8")
    return str(python)


def python_of(env: Path) -> Path:
    """Return the interpreter of an environment."""
    return env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def active_environment_fits(extras: list[str]) -> bool:
    """Tell whether the running Python has this checkout's cnnlib and fitting versions of all it needs."""
    try:
        import tomllib
        from importlib import metadata
        from urllib.parse import urlsplit
        from urllib.request import url2pathname

        from packaging.requirements import Requirement

        origin = json.loads(metadata.distribution("cnnlib").read_text("direct_url.json") or "{}")
        folder = url2pathname(urlsplit(origin.get("url", "")).path)
        if not origin.get("dir_info", {}).get("editable") or not ROOT.samefile(folder):
            return False
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wanted = [*project["dependencies"]]
        for extra in extras:
            wanted += project["optional-dependencies"][extra]
        return all(
            need.specifier.contains(metadata.version(need.name), prereleases=True)
            for need in map(Requirement, wanted)
        )
    except (ImportError, OSError):  # a package that is not installed is an ImportError, too
        return False


def fingerprint(files: tuple[str, ...] = INSTALLED_FROM) -> str:
    """Return a hash of all that decides what is installed, and where."""
    parts = [(ROOT / name).read_bytes() for name in files]
    return hashlib.sha256(b"\0".join([os.fsencode(ROOT), *parts])).hexdigest()


def up_to_date(stamp: Path, extras: list[str], files: tuple[str, ...] = INSTALLED_FROM) -> bool:
    """Tell whether the last finished installation was of this very state, with these extras."""
    words = stamp.read_text(encoding="utf-8").split() if stamp.is_file() else []
    return words[:1] == [fingerprint(files)] and set(extras) <= set(words[1:])


def runs(python: Path, code: str = "") -> bool:
    """Tell whether this Python starts and runs `code`."""
    return python.is_file() and not subprocess.run([python, "-c", code], capture_output=True).returncode


def prepare(env: Path, python: Path, extras: list[str], newest: bool) -> None:
    """Make or repair the environment and install the course into it."""
    unfinished = env / "course-unfinished"
    broken = unfinished.exists() or not runs(python, "import pip, sys; assert sys.version_info >= (3, 11)")
    if broken and Path(sys.prefix) != env:
        make_environment(env, unfinished)
    unfinished.touch()
    target = ".[" + ",".join(extras) + "]" if extras else "."
    install(str(python), ["-e", target] + (["--upgrade"] if newest else ["-c", "constraints.txt"]))
    unfinished.unlink()


def make_environment(env: Path, unfinished: Path) -> None:
    """Make a fresh environment in `env`; what an interrupted try left there goes first."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise CourseError(NO_VENV)
    print(f"Setting up the course in {env.name}; this happens once and takes about a minute.", flush=True)
    if env.exists():
        try:
            shutil.rmtree(env)
        except PermissionError as error:
            raise CourseError(
                f"the broken folder {env.name} cannot be removed ({error.strerror}); close the programs that "
                "use it, delete it and run the same command again"
            ) from error
    env.mkdir()
    unfinished.touch()
    call([sys.executable, "-m", "venv", str(env)])


def install(python: str, what: list[str]) -> None:
    """Install with uv, which takes seconds; where it cannot be had or does not get through, with pip."""
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    print("Installing packages ...", flush=True)
    try:
        call([*pip, "uv"])
        uv = [python, "-m", "uv", "--no-python-downloads", "pip", "install", "--python", python]
        call([*uv, "--compile-bytecode", "--reinstall-package", "cnnlib", *what])  # as pip does by itself
    except InstallError as error:
        # uv has its own idea of proxies, certificates and indexes: where it fails to connect, pip may not.
        pip_failed = not runs(Path(python), "import uv")
        if str(error) == DISK_FULL or (pip_failed and str(error) == NO_NETWORK):
            raise
        print("uv did not succeed; going on with pip, which is slower ...", flush=True)
        call([*pip, *what])


def call(command: list[str]) -> None:
    """Run one installer quietly; if it fails, say why in a sentence, or show its own last words."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace")
    if done.returncode == 0:
        return
    said = done.stdout + done.stderr
    for sentence, signs in SIGNS.items():
        if any(sign in said for sign in signs):
            raise InstallError(sentence)
    last = "\n".join(said.strip().splitlines()[-12:])
    raise InstallError(f"{' '.join(command[1:4])} failed; its last words were:\n{last}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
