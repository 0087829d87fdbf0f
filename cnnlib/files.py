"""Files that are replaced in one step."""

import contextlib
import errno
import os
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str], mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` once all is written and on the disk.

    A crash, an error or an interrupt leaves the old file or the new one, never half, and no litter.

    Parameters
    ----------
    path : path
        Its folder must be there.
    mode : int
        Who may read and write it, before the system's own mask; 0o600: the owner alone.

    Yields
    ------
    binary file

    Raises
    ------
    OSError
        If it cannot be written or put in its place, or there is a device, a folder or the like.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(f"{folder}/note.txt") as file:
    ...         _ = file.write(b"whole")
    ...     Path(folder, "note.txt").read_text()
    'whole'
    """
    path = Path(path)
    refuse_special(path)
    temporary = path.with_name(f"{path.stem}.{uuid.uuid4().hex}.tmp")
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:  # an interrupt too must not leave litter
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def refuse_special(path: str | os.PathLike[str]) -> None:
    """Refuse a path where there is something else than a file: replaced by one, a device would be gone.

    Raises
    ------
    OSError
        If there is a folder, a device, a pipe or the like.

    Examples
    --------
    >>> refuse_special("a new file")
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a device or a pipe, not a file", str(path))
