"""Replacing a file: whole or not at all, no litter, and readable by whom it should be."""

import os

import pytest

from cnnlib.files import replacing


def _write_half(path, accident):
    with replacing(path) as file:
        file.write(b"half")
        raise accident


@pytest.mark.parametrize("accident", [OSError("disk full"), KeyboardInterrupt()])
def test_an_accident_leaves_the_old_file_and_no_litter(tmp_path, accident):
    path = tmp_path / "note.txt"
    path.write_bytes(b"old")
    with pytest.raises(type(accident)):
        _write_half(path, accident)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["note.txt"]


def test_the_old_file_stays_until_all_is_written(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "nowhere" / "note.txt"):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_mode_says_who_may_read_it(tmp_path):
    for name, mode in (("all", 0o666), ("own", 0o600)):
        with replacing(tmp_path / name, mode):
            pass
        mask = os.umask(0)
        os.umask(mask)
        assert (tmp_path / name).stat().st_mode & 0o777 == mode & ~mask
