"""Build the course as a site that needs no server: JupyterLite, with a lock of all that its Python loads.

Called by ``python course.py site`` in an environment that holds requirements.txt of this folder. Pyodide is
taken from its usual place on the web, or copied from the folder that CNNLIB_PYODIDE names, which holds
pyodide.mjs, pyodide.asm.*, python_stdlib.zip, pyodide-lock.json and the wheels it lists.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from email import message_from_bytes
from html import escape
from pathlib import Path
from string import Template

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import my_course
from jupyterlite_pyodide_kernel.constants import PYODIDE_LOCK_DEFAULT_URL, PYODIDE_PYTHON_VERSION
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SITE = ROOT / "site"
LOCKED = SITE / "static/pyodide"  # Pyodide's folder; the lock names wheels relative to its own place
SCRATCH = ROOT / "build/site"
LITE_JSON = SITE / "jupyter-lite.json"
NAME = "cnnlib course"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
AWAY = PYODIDE_LOCK_DEFAULT_URL.rsplit("/", 1)[0]  # where Pyodide lies on the web
KERNEL = "@jupyterlite/pyodide-kernel-extension"
# Imported when a kernel starts; all else is loaded when a cell imports it.
FIRST = ["ipykernel", "pyodide-kernel", "ipython", "comm", "cnnlib"]
IN_CELLS = ["scipy"]  # what a lesson imports without cnnlib
# Front ends: the page has them already. Terminals: there are none.
LEFT_OUT = {"jupyterlab-widgets", "widgetsnbextension", "pexpect", "ptyprocess", "colorama", "nest-asyncio"}
# What JupyterLite 0.8 leaves out, and the course needs: in which files, what is there, what is to be there.
MENDED = [
    ("lab/index.html", "(?=</body>)", f"<script>\n{(HERE / 'leave.js').read_text('utf-8')}</script>\n"),
    # Python's None comes to the page as undefined, which a widget takes for "as it was": null is meant.
    (
        f"extensions/{KERNEL}/static/*.js",
        r"(\w) instanceof Map\|\|\1 instanceof Array\?this\.mapToObject\(\1\):\1(?=;)",
        r"\1 instanceof Map||\1 instanceof Array||\1?.constructor===Object?this.mapToObject(\1):\1??null",
    ),
    # A kernel that is asked for its widgets never answers (its issue 155), so that no saved one is shown.
    (
        "build/*.js",
        r'(?=case"comm_open":await this\.commOpen\((\w)\))',
        r'case"comm_info_request":this._sendMessage({channel:"shell",header:{...\1.header,'
        r'msg_id:crypto.randomUUID(),msg_type:"comm_info_reply"},parent_header:\1.header,metadata:{},'
        r"content:await this.commInfoRequest(\1.content)});break;",
    ),
    # Each import asks when the learner's folder was changed; to answer "at 0", all files in it were read.
    (
        "build/*.js",
        r"(?<=async getattr\()(\w)(\)\{let \w=)(await this\.contentsManager\.get\(\1\.path\))",
        r"\1\2\1.path?\3:{}",
    ),
]
BROWSER = {
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "platform_machine": "wasm32",
    "os_name": "posix",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": PYODIDE_PYTHON_VERSION,
    "python_full_version": f"{PYODIDE_PYTHON_VERSION}.0",
    "extra": "",
}


def main() -> None:
    """Build the site into `site/`, from nothing."""
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    lessons = without_outputs(SCRATCH / "lessons")
    settings = json.loads((ROOT / "deploy/overrides.json").read_text(encoding="utf-8"))
    # A closed lesson's Python ends, as each takes half a gigabyte or more.
    settings["@jupyterlab/notebook-extension:tracker"]["kernelShutdown"] = True
    (SCRATCH / "overrides.json").write_text(json.dumps(settings), encoding="utf-8")
    run("jupyter", "lite", "build", "--lite-dir", SCRATCH, "--contents", SCRATCH / "lessons",
        "--output-dir", SITE, "--apps", "lab", "--no-unused-shared-packages", "--no-sourcemaps")  # fmt: skip
    mend()
    LOCKED.mkdir(parents=True, exist_ok=True)
    pyodide = os.environ.get("CNNLIB_PYODIDE")
    lock = local_pyodide(Path(pyodide)) if pyodide else remote_pyodide()
    pip("wheel", "--no-deps", ROOT)
    extension = SITE / "extensions" / KERNEL / "static/pypi"
    own = [
        *SCRATCH.glob("cnnlib-*.whl"),
        *extension.glob("ipykernel-*.whl"),
        *extension.glob("pyodide_kernel-*.whl"),
    ]
    complete(lock["packages"], own)
    (LOCKED / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    configure(local=bool(pyodide))
    land(lessons, lock["packages"], local=bool(pyodide))


def mend() -> None:
    """Put into JupyterLite's programs what they lack."""
    worker = SITE / "service-worker.js"
    parts = [(HERE / "keep.js").read_text(encoding="utf-8"), worker.read_text(encoding="utf-8")]
    worker.write_text("\n".join(parts), encoding="utf-8")
    for files, found, wanted in MENDED:
        count = 0
        for path in SITE.glob(files):
            text, times = re.subn(found, wanted, path.read_text(encoding="utf-8"))
            if times:
                path.write_text(text, encoding="utf-8")
                count += times
        if not count:
            raise SystemExit(f"site: this JupyterLite is another one, there is no {found} in {files}")


def run(*command: object) -> None:
    """Run a program of this environment; what it says is shown only if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=SCRATCH,  # where JupyterLite leaves its notes
    )
    if done.returncode:
        raise SystemExit(f"{done.stdout[-3000:]}\nsite: {' '.join(map(str, command[:3]))} failed")


def pip(what: str, *arguments: object) -> None:
    """Make or fetch wheels into the scratch folder."""
    place = "--wheel-dir" if what == "wheel" else "--dest"
    run("pip", "--disable-pip-version-check", what, "--quiet", place, SCRATCH, *arguments)


def local_pyodide(folder: Path) -> dict:
    """Copy Pyodide into the site; return its lock."""
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    for name in CORE:
        shutil.copy(folder / name, LOCKED / name)
    for package in lock["packages"].values():
        wheel = folder / package["file_name"]
        if digest(wheel) != package["sha256"]:
            raise SystemExit(f"site: {wheel.name} in CNNLIB_PYODIDE is not the file that its lock names")
        shutil.copy(wheel, LOCKED)
    return lock


def remote_pyodide() -> dict:
    """Return the lock of the Pyodide on the web that this kernel is made for, with whole addresses."""
    with on_the_web(PYODIDE_LOCK_DEFAULT_URL) as answer:
        lock = json.load(answer)
    for package in lock["packages"].values():
        package["file_name"] = f"{AWAY}/{package['file_name']}"
    return lock


def on_the_web(address: str, method: str = "GET"):
    """Open an address of Pyodide's; where it cannot be reached, say what else there is."""
    try:
        return urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=60)
    except OSError as error:
        raise SystemExit(
            f"site: Pyodide cannot be fetched ({error}); connect to the internet and run it again, "
            "or name a folder that holds it in CNNLIB_PYODIDE (tests/browser/make_pyodide.py makes one)"
        ) from None


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def complete(packages: dict, own: list[Path]) -> None:
    """Add our own wheels to a lock, and the pure ones that they need, at the course's pinned versions."""
    wanted = list(own)
    have = {canonicalize_name(name) for name in packages} | LEFT_OUT
    have |= {parse_wheel_filename(wheel.name)[0] for wheel in own}
    while wanted:
        wheel = wanted.pop()
        name, needs, imports = read(wheel)
        packages[name] = {
            "name": name,
            "version": str(parse_wheel_filename(wheel.name)[1]),
            "file_name": wheel.name,
            "install_dir": "site",
            "package_type": "package",
            "sha256": digest(wheel),
            "imports": imports,
            "depends": sorted(needs - LEFT_OUT),
            "unvendored_tests": False,
        }
        shutil.copy(wheel, LOCKED)
        if missing := needs - have:
            before = set(SCRATCH.iterdir())
            pure = ["--platform", "any", "--implementation", "py", "--abi", "none"]
            pure += ["--python-version", PYODIDE_PYTHON_VERSION, "--only-binary", ":all:", "--no-deps"]
            pip("download", *pure, "-c", ROOT / "constraints.txt", *sorted(missing))
            wanted += set(SCRATCH.iterdir()) - before
            have |= missing


def read(wheel: Path) -> tuple[str, set[str], list[str]]:
    """Return a wheel's name, what it needs in the browser, and the modules it holds."""
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        about = next(name for name in files if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = message_from_bytes(archive.read(about))
    needs = [Requirement(text) for text in metadata.get_all("Requires-Dist", [])]
    needed = {canonicalize_name(r.name) for r in needs if not r.marker or r.marker.evaluate(BROWSER)}
    tops = {name.split("/")[0] for name in files if ".dist-info" not in name and ".data/" not in name}
    imports = sorted(top.removesuffix(".py") for top in tops if top.removesuffix(".py").isidentifier())
    return canonicalize_name(metadata["Name"]), needed, imports


def configure(local: bool) -> None:
    """Tell the kernel where Pyodide and the lock are, and what to load at its start."""
    data = json.loads(LITE_JSON.read_text(encoding="utf-8"))
    config = data["jupyter-config-data"]
    # Names of its own: else the stores of all such sites at one address would be one.
    config.update(appName="How do CNNs really work?", contentsStorageName=NAME, settingsStorageName=NAME)
    config["exposeAppInBrowser"] = True  # for the tests
    page = json.loads((ROOT / "deploy/page_config.json").read_text(encoding="utf-8"))
    config.setdefault("disabledExtensions", []).extend(page["disabledExtensions"])
    kernel = config.setdefault("litePluginSettings", {}).setdefault(f"{KERNEL}:kernel", {})
    kernel["loadPyodideOptions"] = {"lockFileURL": "./static/pyodide/pyodide-lock.json", "packages": FIRST}
    if local:
        kernel["pyodideUrl"] = "./static/pyodide/pyodide.mjs"
    LITE_JSON.write_text(json.dumps(data, indent=2), encoding="utf-8")


def without_outputs(folder: Path) -> dict[str, str]:
    """Write the lessons without their outputs, as a learner gets them; return their titles by file name."""
    folder.mkdir()
    titles = {}
    for path in my_course.lessons():
        lesson = my_course.cleared(my_course.read(path))
        (folder / path.name).write_text(json.dumps(lesson), encoding="utf-8")
        heading = re.search(r"^# (.+)$", "".join(lesson["cells"][0]["source"]), re.MULTILINE)
        titles[path.name] = heading[1] if heading else path.stem
    return titles | {"00_start_here.ipynb": "0 · Start here"}  # it is headed as the course is


def land(lessons: dict[str, str], packages: dict, local: bool) -> None:
    """Write the first page: the lessons, what is loaded before the first of them, and what else there is."""
    shutil.copy(SITE / "icon-120x120.png", SITE / "favicon.ico")  # asked for by every browser
    core = [name if local else f"{AWAY}/{name}" for name in CORE]
    needed = [packages[name]["file_name"] for name in sorted(with_needs(FIRST, packages))]
    later = [packages[name]["file_name"] for name in sorted(with_needs(IN_CELLS, packages))]
    files = sizes(core + needed)
    rest = {
        path.relative_to(SITE).as_posix(): path.stat().st_size for path in SITE.rglob("*") if path.is_file()
    }
    rest |= sizes(later) | {"./": 0}
    others = {name: count for name, count in rest.items() if name not in files}
    links = [
        f'<li><a href="lab/index.html?workspace={Path(name).stem}&amp;path={name}">{escape(title)}</a></li>'
        for name, title in lessons.items()
    ]
    page = Template((HERE / "index.html").read_text(encoding="utf-8"))
    megabytes, all_of_it = (round(sum(part.values()) / 1e6) for part in (files, files | others))
    text = page.substitute(
        lessons="\n".join(links),
        files=json.dumps(files),
        others=json.dumps(others),
        megabytes=megabytes,
        all=all_of_it,
    )
    (SITE / "index.html").write_text(text, encoding="utf-8")


def sizes(names: list[str]) -> dict[str, int]:
    """Return files of Pyodide as the page calls them, each with its bytes."""
    away = {name: size(name) for name in names if "//" in name}
    here = {name: (LOCKED / name).stat().st_size for name in names if name not in away}
    return away | {f"static/pyodide/{name}": count for name, count in here.items()}


def with_needs(names: list[str], packages: dict) -> set[str]:
    """Return the packages with all that they need."""
    found: set[str] = set()
    names = list(names)
    while names:
        name = canonicalize_name(names.pop())  # Pyodide writes prompt_toolkit, too
        if name not in found:
            found.add(name)
            names += packages[name]["depends"]
    return found


def size(address: str) -> int:
    """Return the bytes of a file on the web."""
    with on_the_web(address, method="HEAD") as answer:
        return int(answer.headers["Content-Length"])


if __name__ == "__main__":
    main()
