"""Every test here has an answers file of its own: none touches the learner's."""

import pytest


@pytest.fixture(autouse=True)
def answers_file(tmp_path, monkeypatch):
    file = tmp_path / "kept" / "answers.json"
    monkeypatch.setenv("CNNLIB_ANSWERS", str(file))
    return file
