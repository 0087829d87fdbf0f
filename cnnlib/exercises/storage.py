"""The answers file on the disk: read with suspicion, replaced in one step, one writer at a time."""

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

VERSION = 1
LOCK_SECONDS = 2.0


def read(file: Path) -> tuple[dict[str, dict], bool]:
    """Return the readable entries, and whether anything in the file is damaged."""
    try:
        content = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}, False
    except (ValueError, RecursionError):  # not UTF-8, not JSON, absurdly nested
        return {}, True
    if not isinstance(content, dict) or content.get("version") != VERSION:
        return {}, True
    entries = content.get("answers")
    if not isinstance(entries, dict):
        return {}, True
    good = {key: entry for key, entry in entries.items() if _is_entry(entry)}
    return good, len(good) < len(entries)


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and all(isinstance(entry.get(key), dict) and "answer" in entry[key] for key in ("first", "last"))
        and isinstance(entry.get("tries"), int)
        and isinstance(entry.get("solved"), bool)
    )


def write(file: Path, entries: dict[str, dict]) -> None:
    """Replace the file in one step: a crash leaves the old one or the new one, never half."""
    text = json.dumps({"version": VERSION, "answers": entries}, indent=2, sort_keys=True, ensure_ascii=False)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=file.stem + ".", suffix=".tmp")
    try:
        with open(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, file)
    except BaseException:  # an interrupt too must not leave litter
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def free_name(file: Path) -> Path:
    """Return a name beside the file that is not taken: ``answers.damaged-1.json``, then 2, and so on."""
    number = 1
    while (aside := file.with_name(f"{file.stem}.damaged-{number}{file.suffix}")).exists():
        number += 1
    return aside


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock beside the file. The system lets it go if the kernel dies, so it is never stale."""
    with open(file.with_name(file.name + ".lock"), "ab") as stream:
        deadline = time.monotonic() + LOCK_SECONDS
        while not _try_lock(stream.fileno()):
            if time.monotonic() > deadline:
                raise TimeoutError("another notebook is holding the answers file")
            time.sleep(0.01)
        yield  # closing the stream unlocks


def _try_lock(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except (ImportError, OSError):  # a system without locks: the browser's Python, some network folders
        return True
    return True
