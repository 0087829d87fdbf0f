"""Files from elsewhere: pinned, checked, fetched once, and continued where a connection broke off."""

import gzip
import hashlib
import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

CHUNK = 8192  # bytes; what had arrived of a chunk when the connection broke is lost

Progress = Callable[[int, int], None]


class File(NamedTuple):
    """A gzip file as the mirrors give it; `content` is the SHA-256 of what is in it, where that is known."""

    name: str
    sha256: str
    content: str | None = None


class Source(NamedTuple):
    """Where a dataset's files are: a folder named by an environment variable, or one of the mirrors."""

    name: str
    variable: str
    mirrors: tuple[str, ...]  # each ends with a slash
    files: tuple[File, ...]


def fetch(source: Source, *, progress: Progress | None = None) -> list[NDArray[np.uint8]]:
    """Return the arrays of a dataset, downloading what is not here yet.

    Only files of the right checksum are ever read. A download that breaks off is continued, now or by the
    next call, and a file appears under its name when it is whole and right.

    Parameters
    ----------
    source : Source
        Looked for in the folder that its variable names, then in the user's cache, then on the mirrors.
    progress : function of (int, int), optional
        Called with the bytes had and the bytes in all (0: unknown) of each file in turn; left out, a bar is
        drawn.

    Returns
    -------
    list of ndarray of uint8
        What is in each of the files, in their order.

    Raises
    ------
    ValueError
        When a file in the folder is another one, or no mirror gives it; the message says what to do.

    Examples
    --------
    >>> fetch(Source("none", "CNNLIB_NONE", mirrors=(), files=()))
    []
    """
    return [
        read_idx(_from_folder(source, file) or _from_cache(source, file, progress)) for file in source.files
    ]


def read_idx(content: bytes) -> NDArray[np.uint8]:
    """Return the array in a file of MNIST's format: two zeros, type, dimensions, sizes, then the bytes.

    Examples
    --------
    >>> read_idx(bytes([0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]))
    array([7, 8, 9], dtype=uint8)
    """
    dimensions = content[3]
    shape = np.frombuffer(content, ">i4", dimensions, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def on_disk(source: Source) -> bool:
    """Tell whether `fetch` would find all files of a dataset here, without a connection.

    Examples
    --------
    >>> on_disk(Source("none", "CNNLIB_NONE", mirrors=(), files=()))
    True
    """
    named = os.environ.get(source.variable)
    folders = [cache_folder(source), *([Path(named).expanduser()] if named else [])]
    return all(any((folder / file.name).is_file() for folder in folders) for file in source.files)


def cache_folder(source: Source) -> Path:
    """Return the folder in which a dataset's downloads are kept, in the user's cache."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("cnnlib")) / source.name


def _from_folder(source: Source, file: File) -> bytes | None:
    folder = os.environ.get(source.variable)
    path = Path(folder or "", file.name).expanduser()
    if not folder or not path.is_file():
        return None
    packed = path.read_bytes()
    try:
        content = gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        content = b""
    # the same content may have been packed anew
    if file.sha256 == _sha256(packed) or file.content == _sha256(content):
        return content
    raise ValueError(
        f"{source.name}: {path} is not the file of this name (its checksum differs); put the right one "
        f"there, or unset {source.variable} to download it"
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _from_cache(source: Source, file: File, progress: Progress | None) -> bytes:
    if sys.platform == "emscripten":
        raise ValueError(
            f"{source.name}: Python in a web page may not download it; take the course's own digits here, or "
            "install the course to train on this dataset"
        )
    from tqdm import tqdm

    with tqdm(desc=file.name, unit="B", unit_scale=True, delay=0.1, disable=progress is not None) as bar:

        def draw(done: int, total: int) -> None:
            bar.total = total or None
            bar.update(done - bar.n)

        return gzip.decompress(_retrieve(source, file, progress or draw).read_bytes())


def _retrieve(source: Source, file: File, progress: Progress) -> Path:
    """Return the path of a file in the cache, from the first mirror that gives the right one."""
    import pooch
    import requests

    folder = cache_folder(source)
    download = Resuming(folder / f"{file.name}.part", progress)
    problems = {}
    for mirror in source.mirrors:
        for _ in range(2):
            try:
                path = pooch.retrieve(mirror + file.name, file.sha256, file.name, folder, downloader=download)
                return Path(path)
            except requests.RequestException as error:
                status = getattr(error.response, "status_code", None)
                problems[mirror] = f"error {status}" if status else "no answer"
                break
            except ValueError:
                problems[mirror] = "wrong checksum"
                if not download.resumed:  # else: two halves that do not fit, so once more from the start
                    break
    said = "; ".join(f"{urlsplit(mirror).hostname}: {problem}" for mirror, problem in problems.items())
    raise ValueError(
        f"{source.name}: {file.name} could not be downloaded ({said}); check the internet connection and try "
        f"again, or set {source.variable} to a folder that holds the file"
    )


class Resuming:
    """A downloader for pooch, which has none of its own that continues a file.

    What has arrived is kept in `part`, across calls too; a connection that brought something before it broke
    is taken up again at once. Whether the file is right, pooch decides by its checksum.

    Attributes
    ----------
    resumed : bool
        Whether the last file came in more than one piece.
    """

    def __init__(self, part: Path, progress: Progress) -> None:
        self.part = part
        self.progress = progress
        self.resumed = False

    def __call__(self, url: str, output_file: str, pooch: Any) -> None:
        """Download `url` into `output_file`, as pooch asks for."""
        import requests

        self.resumed = False
        while True:
            had = self._size()
            try:
                self._continue(url, had)
                break
            except requests.RequestException:
                if self._size() <= had:
                    raise
        os.replace(self.part, output_file)

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _continue(self, url: str, had: int) -> None:
        import requests

        # identity: some servers unpack .gz files on the way, and the checksum is of the packed file
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={had}-"} if had else {})
        with requests.get(url, headers=headers, stream=True, timeout=(10, 30)) as response:
            self.resumed = bool(had) and response.status_code in (206, 416)
            if self.resumed and response.status_code == 416:  # all of it is here: the checksum decides
                return
            response.raise_for_status()
            done = had if self.resumed else 0  # a server may ignore the range and send it all
            total = done + int(response.headers.get("Content-Length", 0))
            with open(self.part, "ab" if self.resumed else "wb") as file:
                for chunk in response.iter_content(CHUNK):
                    file.write(chunk)
                    self.progress(file.tell(), total)
