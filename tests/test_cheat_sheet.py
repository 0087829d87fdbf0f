"""The cheat sheet: each of its numbers is worked out by the package."""

import math
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest

import cnnlib
from cnnlib import KERNELS, nn
from cnnlib.activations import leaky_relu, sigmoid
from cnnlib.composition import compose_kernels
from cnnlib.connections import count_parameters
from cnnlib.demo.numbers import parse_number
from cnnlib.display import luma
from cnnlib.geometry import stack_sizes
from cnnlib.sampling import alias_frequency

SHEET = (Path(__file__).resolve().parents[1] / "docs/cheat-sheet.html").read_text("utf-8")
NAMES = {
    **{name: getattr(cnnlib, name) for name in cnnlib.__all__},
    **{"KERNELS": KERNELS, "alias_frequency": alias_frequency, "compose_kernels": compose_kernels},
    **{"count_parameters": count_parameters, "leaky_relu": leaky_relu, "luma": luma, "math": math},
    **{"nn": nn, "np": np, "sigmoid": sigmoid, "stack_sizes": stack_sizes},
    "TABLE": np.array([[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], [9, 14, 13, 0]]),
}
EXAMPLES = re.findall(r'<b data-is="([^"]+)">([^<]+)</b>', SHEET)


def test_the_examples_are_found_and_are_all_that_stands_in_bold():
    assert len(EXAMPLES) == SHEET.count("<b ") > 40


@pytest.mark.parametrize(("expression", "shown"), EXAMPLES)
def test_a_number_is_worked_out_by_the_package(expression, shown):
    found = float(eval(unescape(expression), NAMES))
    assert found == pytest.approx(parse_number(shown.replace(",", ""), limit=math.inf), abs=1e-12)


@pytest.mark.parametrize(("name", "rows"), re.findall(r'data-kernel="([^"]+)">([^<]+)<', SHEET))
def test_a_kernel_is_that_of_the_zoo(name, rows):
    weights = [[int(w.replace("−", "-")) for w in row.split()] for row in rows.split("·")]
    assert weights == KERNELS[name].weights.tolist()


def test_pooling_is_of_the_table_that_is_printed():
    rows = " · ".join(" ".join(map(str, row)) for row in NAMES["TABLE"])
    assert rows in SHEET
