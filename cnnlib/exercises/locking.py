"""A lock beside a file, for all Pythons that write it: the system's, or where there is none, a file's.

The system lets its lock go if a Python dies. The other is a file that only one can make; it is stale when it
is older than any writing takes. The browser's Python and some network folders know no other way.
"""

import contextlib
import itertools
import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

LOCK_SECONDS = 5.0
STALE_SECONDS = 10.0


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock of a file.

    Raises
    ------
    TimeoutError
        If another Python holds it for long.
    OSError
        If the folder cannot be written.
    """
    deadline = time.monotonic() + LOCK_SECONDS
    for attempt in itertools.count():
        if let_go := _hold(file, attempt):
            break
        if time.monotonic() > deadline:
            raise TimeoutError("another notebook is holding the answers file")
        time.sleep(random.uniform(0.002, 0.02))  # at random, so that two that wait do not keep step
    try:
        yield
    finally:
        let_go()


def _hold(file: Path, attempt: int) -> Callable[[], None] | None:
    """Try once; return the function that lets go, or None if another holds it."""
    held = file.with_name(f"{file.name}.held")
    if not (take := _system_lock()):
        return _make(held, attempt)
    stream = open(file.with_name(f"{file.name}.lock"), "ab")  # noqa: SIM115
    try:
        take(stream.fileno())
    except (BlockingIOError, PermissionError):
        stream.close()
        return None
    except OSError:  # this folder has no locks
        stream.close()
        return _make(held, attempt)
    return stream.close


def _system_lock() -> Callable[[int], None] | None:
    try:
        if os.name == "nt":
            import msvcrt

            return lambda descriptor: msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        import fcntl

        return lambda descriptor, lock=fcntl.flock: lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, AttributeError):  # the browser's Python has neither, or one without `flock`
        return None


# ---- a lock of our own
def _make(held: Path, attempt: int) -> Callable[[], None] | None:
    mine = uuid.uuid4().hex.encode()
    try:
        descriptor = os.open(held, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        if attempt % 50 == 0:
            with contextlib.suppress(FileNotFoundError):  # it was let go just now
                _break_if_stale(held)
        return None
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(mine)
    except OSError:
        held.unlink(missing_ok=True)
        raise

    def let_go() -> None:
        with contextlib.suppress(OSError):
            if held.read_bytes() == mine:
                held.unlink()

    return let_go


def _break_if_stale(held: Path) -> None:
    seen, other = held.read_bytes(), held.with_name(f"{held.name}.{uuid.uuid4().hex}")
    with open(other, "xb"):  # how late it is by the clock of the disk, which may be another computer's
        now = other.stat().st_mtime
    if now - held.stat().st_mtime <= STALE_SECONDS:
        other.unlink()
        return
    os.replace(held, other)
    if other.read_bytes() != seen:  # another was quicker, and this is the lock of one that lives
        with contextlib.suppress(OSError, AttributeError):
            os.link(other, held)
    other.unlink()
