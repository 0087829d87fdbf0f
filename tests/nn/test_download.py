"""Downloads from a server that cuts connections, sends wrong bytes, knows no ranges, or is gone."""

import gzip
import hashlib
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from cnnlib.nn import download, mnist, sources
from cnnlib.nn.download import CHUNK, File, Source, fetch, read_idx

VALUES = np.random.default_rng(0).integers(0, 256, 300_000).astype(np.uint8)  # hardly to be compressed
CONTENT = bytes([0, 0, 8, 1]) + len(VALUES).to_bytes(4, "big") + VALUES.tobytes()
PACKED = gzip.compress(CONTENT, mtime=0)
NAME = "numbers-idx1-ubyte.gz"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def whole(request, start):
    """Answer as a server that knows ranges."""
    if start >= len(PACKED):
        request.send_error(416)
    else:
        request.answer(206 if start else 200, PACKED[start:])


def cut(length):
    """Break off after so many bytes."""

    def answer(request, start):
        request.answer(206 if start else 200, PACKED[start:], length)

    return answer


def rangeless(length=None):
    """Send all from the start, whatever was asked for."""
    return lambda request, start: request.answer(200, PACKED, length)


def wrong(request, start):
    request.answer(200, PACKED[::-1])


def wrong_and_cut(request, start):
    request.answer(200, PACKED[::-1], CHUNK)


def missing(request, start):
    request.send_error(404)


class Request(BaseHTTPRequestHandler):
    """Give the next of the server's answers; the last again and again."""

    def do_GET(self):
        asked = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        self.server.asked.append(int(asked[1]) if asked else 0)
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(self, self.server.asked[-1])

    def answer(self, status, content, length=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[:length])
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def serve():
    """Return a function that starts a server with the given answers."""
    servers = []

    def start(*answers):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
        server.answers, server.asked = list(answers), []
        server.url = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Keep the user's own cache, folders and proxies out of it."""
    monkeypatch.setattr(download, "cache_folder", lambda source: tmp_path / "cache")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("CNNLIB_NUMBERS", raising=False)
    return tmp_path / "cache"


def numbers(*mirrors):
    file = File(NAME, sha256(PACKED), sha256(CONTENT))
    return Source("numbers", "CNNLIB_NUMBERS", tuple(getattr(m, "url", m) for m in mirrors), (file,))


def fetched(*mirrors):
    (array,) = fetch(numbers(*mirrors), progress=lambda done, total: None)
    return array


def left(cache):
    return sorted(path.name for path in cache.iterdir())


def test_downloaded_once_and_whole(serve, cache):
    server = serve(whole)
    for _ in range(2):
        np.testing.assert_array_equal(fetched(server), VALUES)
    assert server.asked == [0]
    assert left(cache) == [NAME]
    assert (cache / NAME).read_bytes() == PACKED


def test_goes_on_where_the_connection_was_cut(serve, cache):
    server = serve(cut(12 * CHUNK), cut(6 * CHUNK), whole)
    np.testing.assert_array_equal(fetched(server), VALUES)
    assert server.asked == [0, 12 * CHUNK, 18 * CHUNK]
    assert left(cache) == [NAME]


def test_goes_on_in_a_later_call(serve, cache):
    first = serve(cut(12 * CHUNK), missing)
    with pytest.raises(ValueError, match="error 404"):
        fetched(first)
    assert left(cache) == [NAME + ".part"]
    second = serve(whole)
    np.testing.assert_array_equal(fetched(second), VALUES)
    assert second.asked == [12 * CHUNK]
    assert left(cache) == [NAME]


def test_goes_on_with_the_next_mirror(serve):
    first, second = serve(cut(12 * CHUNK), missing), serve(whole)
    np.testing.assert_array_equal(fetched(first, second), VALUES)
    assert (first.asked, second.asked) == ([0, 12 * CHUNK], [12 * CHUNK])


def test_a_whole_part_needs_no_more_bytes(serve, cache):
    cache.mkdir()
    (cache / f"{NAME}.part").write_bytes(PACKED)
    server = serve(whole)
    np.testing.assert_array_equal(fetched(server), VALUES)
    assert server.asked == [len(PACKED)]


def test_a_server_without_ranges_starts_anew(serve):
    server = serve(rangeless(12 * CHUNK), rangeless())
    np.testing.assert_array_equal(fetched(server), VALUES)
    assert server.asked == [0, 12 * CHUNK]


def test_a_server_that_always_cuts_at_the_same_place_is_given_up(serve):
    server = serve(rangeless(12 * CHUNK))
    with pytest.raises(ValueError, match=r"127\.0\.0\.1: no answer"):
        fetched(server)
    assert server.asked == [0, 12 * CHUNK]


@pytest.mark.parametrize("spoilt", [b"x" * 5000, PACKED + b"x"])
def test_a_spoilt_part_is_fetched_again(serve, cache, spoilt):
    cache.mkdir()
    (cache / f"{NAME}.part").write_bytes(spoilt)
    server = serve(whole)
    np.testing.assert_array_equal(fetched(server), VALUES)
    assert server.asked == [len(spoilt), 0]


def test_wrong_bytes_are_never_used(serve, cache):
    server = serve(wrong)
    with pytest.raises(
        ValueError, match=r"^numbers: numbers.*gz could not .*: wrong checksum\); check the in"
    ):
        fetched(server)
    assert server.asked == [0]
    assert left(cache) == []


def test_after_wrong_bytes_the_next_mirror(serve):
    wrong_one, right_one = serve(wrong), serve(whole)
    np.testing.assert_array_equal(fetched(wrong_one, right_one), VALUES)
    np.testing.assert_array_equal(fetched(right_one), VALUES)


def test_wrong_bytes_in_the_first_half_do_not_spoil_the_next_mirror(serve):
    first, second = serve(wrong_and_cut, missing), serve(whole)
    np.testing.assert_array_equal(fetched(first, second), VALUES)
    assert second.asked == [CHUNK, 0]


def test_a_cached_file_that_was_changed_is_fetched_again(serve, cache):
    cache.mkdir()
    (cache / NAME).write_bytes(PACKED[:-1])
    np.testing.assert_array_equal(fetched(serve(whole)), VALUES)


def test_a_server_that_is_gone_is_one_sentence(serve, cache):
    server = serve(whole)
    server.shutdown()
    server.server_close()
    with pytest.raises(
        ValueError, match=r"no answer\); check .* and try again, or set CNNLIB_NUMBERS to a fo"
    ):
        fetched(server)
    assert left(cache) == []
    np.testing.assert_array_equal(fetched(server, serve(whole)), VALUES)


def test_the_folder_comes_first(serve, tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_NUMBERS", str(tmp_path))
    server = serve(whole)
    (tmp_path / NAME).write_bytes(gzip.compress(CONTENT, 1, mtime=5))  # packed otherwise
    np.testing.assert_array_equal(fetched(server), VALUES)
    assert server.asked == []


def test_a_folder_without_the_file_is_passed_by(serve, tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_NUMBERS", str(tmp_path / "nowhere"))
    np.testing.assert_array_equal(fetched(serve(whole)), VALUES)


@pytest.mark.parametrize("content", [b"", b"no gzip", PACKED[:-9], gzip.compress(CONTENT[:-1] + b"x")])
def test_a_wrong_file_in_the_folder_is_named(tmp_path, monkeypatch, content):
    monkeypatch.setenv("CNNLIB_NUMBERS", str(tmp_path))
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(
        ValueError, match=r"numbers: .*numbers-idx1-ubyte.gz is not .* or unset CNNLIB_NUMBERS"
    ):
        fetched()


def test_without_a_known_content_only_the_packed_file_counts(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_NUMBERS", str(tmp_path))
    source = numbers()._replace(files=(File(NAME, sha256(PACKED)),))
    (tmp_path / NAME).write_bytes(PACKED)
    np.testing.assert_array_equal(fetch(source)[0], VALUES)
    (tmp_path / NAME).write_bytes(gzip.compress(CONTENT, 1, mtime=5))
    with pytest.raises(ValueError, match="is not the file"):
        fetch(source)


def test_progress_goes_on_too(serve):
    seen = []
    fetch(numbers(serve(cut(12 * CHUNK), whole)), progress=lambda *bytes_: seen.append(bytes_))
    done, total = np.array(seen).T
    assert (np.diff(done) > 0).all()
    assert done[-1] == len(PACKED)
    assert set(total) == {len(PACKED)}


def test_the_bar_is_drawn_for_a_download_alone(serve, capsys, monkeypatch):
    import tqdm

    patient = tqdm.tqdm
    monkeypatch.setattr(
        tqdm, "tqdm", lambda **settings: patient(**(settings | {"delay": 0, "mininterval": 0}))
    )
    server = serve(cut(12 * CHUNK), whole)
    fetch(numbers(server))
    assert re.search(rf"{NAME}: 100%\|.*300k/300k", capsys.readouterr().err)


def test_idx_of_three_dimensions():
    content = bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, *range(6)])
    np.testing.assert_array_equal(read_idx(content), [[[0, 1, 2]], [[3, 4, 5]]])


@pytest.mark.parametrize("source", [sources.MNIST, sources.FASHION_MNIST])
def test_every_file_is_pinned(source):
    assert [file.name for file in source.files] == [
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
    ]
    assert all(mirror.endswith("/") for mirror in source.mirrors)
    sums = [digest for file in source.files for digest in file[1:] if digest]
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in sums)
    assert len(set(sums)) == len(sums)


def test_mnist_refuses_other_files(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_MNIST", str(tmp_path))
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(PACKED)
    with pytest.raises(ValueError, match=r"^mnist: .* is not the file of this name"):
        mnist()
