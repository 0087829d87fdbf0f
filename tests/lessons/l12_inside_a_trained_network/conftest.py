"""The trained LeNet, and what it sees in a picture."""

import pytest

from cnnlib import softmax
from cnnlib.nn import pretrained_lenet


@pytest.fixture(scope="session")
def model():
    return pretrained_lenet()


@pytest.fixture(scope="session")
def seen(model):
    """Return a function from a picture to its class and the certainties of all ten."""

    def seen(picture):
        probabilities = softmax(model(picture[None, None]))[0]
        return int(probabilities.argmax()), probabilities

    return seen
