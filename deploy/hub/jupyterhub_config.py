"""A class on one machine, for students who trust each other. docs/class.md tells how to start and stop it.

CNNLIB_CLASS_PASSWORD     what students log in with, each with a name of their own choice
CNNLIB_TEACHER_PASSWORD   if given: what `teacher` logs in with, to see and stop the students' servers
CNNLIB_HUB                where the hub listens; by default only this machine reaches it
CNNLIB_CLASS              the folder of the class: homes, lessons, and what the hub remembers
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent))

import forked
import hand_out

HERE = Path(__file__).resolve().parent
c = get_config()  # noqa: F821  JupyterHub's


def password(name: str, shortest: int) -> str:
    """Return a password from the environment; end the hub in one sentence if it is missing or weak."""
    found = os.environ.get(name, "")
    easy = ("password", "passwort", "changeme", "cnnlib", "jupyter", "12345", "qwert", "words of your own")
    if not found:
        why = "is not set; every class needs a password of its own"
    elif len(found) < shortest:
        why = f"is shorter than {shortest} characters"
    elif len(set(found)) < 6 or any(word in found.lower() for word in easy):
        why = "is one that anybody would guess"
    else:
        return found
    raise SystemExit(f"class: {name} {why}; choose some words that only your class knows")


def program(name: str) -> str:
    """Return the path of a program; end the hub in one sentence if it is not there."""
    beside = f"{sys.prefix}/node_modules/.bin/{name}"
    if found := shutil.which(beside) or shutil.which(name):
        return found
    raise SystemExit(f"class: there is no {name} here; docs/class.md tells what to install")


CLASS = Path(os.environ.get("CNNLIB_CLASS") or HERE.parents[1] / "my-class").resolve()
HOMES, LESSONS, FONTS = CLASS / "homes", CLASS / "lessons", CLASS / "matplotlib"

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = password("CNNLIB_CLASS_PASSWORD", 10)
if "CNNLIB_TEACHER_PASSWORD" in os.environ:
    c.SharedPasswordAuthenticator.admin_password = password("CNNLIB_TEACHER_PASSWORD", 32)
    c.Authenticator.admin_users = {"teacher"}
c.Authenticator.allow_all = True
c.Authenticator.username_pattern = r"\w[\w.-]{0,40}$"  # it is the name of a folder, too

CLASS.mkdir(parents=True, exist_ok=True)
c.JupyterHub.bind_url = os.environ.get("CNNLIB_HUB") or "http://127.0.0.1:8000"
c.JupyterHub.db_url = f"sqlite:///{CLASS / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(CLASS / "cookie_secret")
c.ConfigurableHTTPProxy.command = [program("configurable-http-proxy")]
c.ConfigurableHTTPProxy.pid_file = str(CLASS / "proxy.pid")

forked.warm_up()
c.JupyterHub.spawner_class = forked.ForkedSpawner
c.SimpleLocalProcessSpawner.home_dir_template = f"{HOMES}/{{username}}"
# A whole class comes at the stroke of the clock: nobody is sent away, and the slowest gets time.
c.JupyterHub.concurrent_spawn_limit = 60
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(HERE),  # jupyter_server_config.py of this folder
    # With more threads than one, students' kernels would wait for each other's.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "MPLCONFIGDIR": str(FONTS),
}
if os.geteuid() == 0:  # as in most containers
    c.Spawner.args = ["--allow-root"]

# Matplotlib looks for the machine's fonts once, not once for each student.
if not FONTS.exists():
    command = [sys.executable, "-c", "import matplotlib.font_manager"]
    subprocess.run(command, env=os.environ | {"MPLCONFIGDIR": str(FONTS)}, check=True, capture_output=True)

# Before a student's server starts, what has changed in notebooks/ goes out; nbgitpuller brings it home.
program("git")
hand_out.if_changed(LESSONS)
c.Spawner.pre_spawn_hook = lambda _: hand_out.if_changed(LESSONS)
pull = {
    "repo": LESSONS.as_uri(),
    "branch": hand_out.BRANCH,
    "targetpath": "course",
    "urlpath": "lab/tree/course/00_start_here.ipynb",
}
c.Spawner.default_url = f"/git-pull?{urlencode(pull)}"
