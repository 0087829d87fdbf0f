"""A class's answers files, in a folder, in the homes of a hub or in a zip; what cannot be read is named."""

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cnnlib.exercises import answers

LARGEST = 10_000_000  # bytes; a learner who has answered everything has a tenth of it
# Where a home holds its answers; without these folders the path says whose they are.
DATA_FOLDERS = {".local", "share", "cnnlib", "AppData", "Local", "Library", "Application Support"}
FOREIGN = {"node_modules", "site-packages", "__pycache__", "__MACOSX"}


class Collected(NamedTuple):
    """The entries of each learner by name; and files that were left out or read in part, with the reason."""

    learners: dict[str, dict[str, dict]]
    skipped: list[tuple[str, str]]


class File(NamedTuple):
    """A file that may hold answers: its path inside of what was given, and how it is read."""

    path: PurePosixPath
    read: Callable[[], bytes]


def collect(place: Path) -> Collected:
    """Read all answers files of a folder, with its subfolders, or of a zip.

    A file called ``anna.json`` is Anna's, and so is ``anna/answers.json`` or
    ``anna/.local/share/cnnlib/answers.json``. Copies of the course are passed over. Links are not followed.

    Raises
    ------
    OSError
        If there is neither a folder nor a zip that can be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "anna.json").write_text("?")
    ...     collect(Path(folder)).skipped
    [('anna.json', 'it is damaged')]
    """
    skipped: list[tuple[str, str]] = []
    if place.is_dir():
        files = _in_folder(place, skipped)
    else:
        try:
            files = _in_zip(zipfile.ZipFile(place))
        except zipfile.BadZipFile as error:
            raise OSError(f"{place} is neither a folder nor a zip that can be read") from error
    learners: dict[str, dict[str, dict]] = {}
    seen: dict[bytes, str] = {}
    for path, read in sorted(files):
        try:
            content = read()
            entries, in_part = answers.read(content)
            if not entries:
                raise ValueError("it has no answers that can be read" if in_part else "it is empty")
            twin = seen.setdefault(hashlib.sha256(content).digest(), str(path))
            if twin != str(path):
                raise ValueError(f"it is the same, to the second, as {twin}")
        except ValueError as error:
            skipped.append((str(path), str(error)))
            continue
        except OSError as error:
            skipped.append((str(path), f"it cannot be read ({error.strerror or error})"))
            continue
        learners[_name(path, learners)] = entries
        if in_part:
            skipped.append((str(path), "it is damaged in part; what could be read is counted"))
    return Collected(learners, skipped)


def _name(path: PurePosixPath, taken: dict) -> str:
    folders = list(path.parts[:-1])
    while folders and folders[-1] in DATA_FOLDERS:
        folders.pop()
    if not folders or not path.stem.startswith("answers"):
        folders.append(path.stem)
    name = "/".join(folders)
    return name if name not in taken else f"{name} ({path.stem})"


def _belongs(path: PurePosixPath) -> bool:
    """Tell whether a folder or a file can be a learner's: those of other programs are not."""
    parts = path.parts
    if ".local" in parts:  # of a home's hidden folders only this one, and of it the way to the answers
        inside = parts[parts.index(".local") + 1 :][:2]
        if inside != ("share", "cnnlib")[: len(inside)]:
            return False
    return not FOREIGN.intersection(parts) and not any(p[0] == "." and p != ".local" for p in parts)


def _in_folder(place: Path, skipped: list) -> Iterator[File]:
    def unreadable(error: OSError) -> None:
        folder = Path(error.filename).relative_to(place)
        skipped.append((str(folder), f"this folder cannot be read ({error.strerror})"))

    for folder, folders, names in os.walk(place, onerror=unreadable):
        here = PurePosixPath(Path(folder).relative_to(place).as_posix())
        if "course.py" in names:
            folders.clear()
            continue
        folders[:] = [name for name in folders if _belongs(here / name)]
        for name in names:
            if name.endswith(".json") and _belongs(here / name):
                yield File(here / name, partial(_read, Path(folder, name)))
            elif name.endswith(".zip"):
                skipped.append((str(here / name), "it is a zip in a folder: unpack it, or give it alone"))


def _read(file: Path) -> bytes:
    about = file.lstat()
    if stat.S_ISLNK(about.st_mode):
        raise ValueError("it is a link")
    if not stat.S_ISREG(about.st_mode):
        raise ValueError("it is no file")
    _not_huge(about.st_size)
    return file.read_bytes()


def _in_zip(archive: zipfile.ZipFile) -> Iterator[File]:
    paths = {PurePosixPath(info.filename): info for info in archive.infolist() if not info.is_dir()}
    courses = {path.parent for path in paths if path.name == "course.py"}
    for path, info in paths.items():
        if path.suffix == ".json" and _belongs(path) and not courses.intersection(path.parents):
            yield File(path, partial(_unzip, archive, info))


def _unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    _not_huge(info.file_size)
    try:
        with archive.open(info) as stream:
            content = stream.read(LARGEST + 1)  # the size that it says it has need not be true
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ValueError("it is damaged in the zip") from error
    except RuntimeError as error:
        raise ValueError("the zip has a password: unpack it first") from error
    _not_huge(len(content))
    return content


def _not_huge(size: int) -> None:
    if size > LARGEST:
        raise ValueError(f"it is huge: over {LARGEST // 1_000_000} MB")
