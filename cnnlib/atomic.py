"""Files written in one step: a crash leaves the old one or the new one, never half."""

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open a new file beside `path`; once it is whole it takes its place.

    Parameters
    ----------
    path : Path
    mode : int, default 0o666
        The new file's permissions, less the user's mask.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder, "note.txt")) as stream:
    ...         _ = stream.write(b"whole")
    ...     Path(folder, "note.txt").read_text()
    'whole'
    """
    temporary = path.with_name(f"{path.stem}.{uuid.uuid4().hex}.tmp")
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:  # an interrupt too must not leave litter
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
