"""Bits, bytes and addresses: the lesson's numbers, and what NumPy itself does with memory."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlib import address, binary, flat_index, storage
from cnnlib.pictures import picture


# ---- how much
@pytest.mark.parametrize(
    ("shape", "bits", "values", "size"),
    [
        ((4, 4, 3), 3, 48, 18),
        ((3, 3, 3), 8, 27, 27),
        ((480, 480, 3), 8, 691_200, 691_200),
        ((32, 32, 3), 8, 3_072, 3_072),
        ((3, 3), 1, 9, 2),  # nine bits: a second byte is begun
        ((25, 480, 640, 3), 8, 23_040_000, 23_040_000),
        ((100_000, 100_000, 100_000), 64, 10**15, 8 * 10**15),
    ],
)
def test_values_and_bytes(shape, bits, values, size):
    assert storage(shape, bits) == (values, values * bits, size)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.sampled_from(["u1", "i2", "f4", "f8"]))
def test_whole_bytes_are_numpys(shape, dtype):
    array = np.zeros(shape, dtype)
    assert storage(array.shape, 8 * array.itemsize) == (array.size, 8 * array.nbytes, array.nbytes)


def test_storage_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"^storage: each size must be a whole number of at least 1, not 0"):
        storage((0, 3))
    with pytest.raises(ValueError, match=r"^storage: bits must be a whole number of at least 1, not 2\.5"):
        storage((3, 3), 2.5)


# ---- where
def test_by_hand():
    assert flat_index((1, 2, 1), (4, 6, 3)) == (1 * 6 + 2) * 3 + 1
    assert flat_index((1, 2, 1), (4, 6, 3), layout="CHW") == (1 * 4 + 1) * 6 + 2
    assert flat_index((1, 2), (4, 6)) == flat_index((1, 2), (4, 6), layout="CHW") == 8
    assert address((1, 2, 1), (4, 6, 3), layout="CHW", itemsize=4, start=1000) == 1000 + 4 * 32


@given(st.tuples(*[st.integers(1, 5)] * 3), st.sampled_from(["u1", "i2", "f8"]))
def test_numpy_lays_its_values_at_these_addresses(shape, dtype):
    image = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    memory = {"HWC": image, "CHW": np.ascontiguousarray(np.moveaxis(image, -1, 0))}
    for layout, index in product(memory, np.ndindex(shape)):
        array = memory[layout]
        assert array.ravel()[flat_index(index, shape, layout=layout)] == image[index]
        begin = address(index, shape, layout=layout, itemsize=array.itemsize)
        assert array.tobytes()[begin : begin + array.itemsize] == image[index].tobytes()
        place = index if layout == "HWC" else (index[2], index[0], index[1])
        assert begin == sum(i * s for i, s in zip(place, array.strides, strict=True))


@pytest.mark.parametrize(
    ("index", "shape", "settings", "message"),
    [
        ((4, 0, 0), (4, 6, 3), {}, r"row must be a whole number from 0 to 3, not 4"),
        ((0, 6, 0), (4, 6, 3), {}, r"col must be a whole number from 0 to 5, not 6"),
        ((0, 0, 3), (4, 6, 3), {}, r"channel must be a whole number from 0 to 2, not 3"),
        ((0, -1), (4, 6), {}, r"col must be a whole number from 0 to 5, not -1"),
        ((0.0, 1), (4, 6), {}, r"row must be a whole number from 0 to 3, not 0\.0"),
        ((0, 0), (4, 6, 3), {}, r"index \(0, 0\) and shape \(4, 6, 3\) do not go together; give"),
        ((0,), (4,), {}, r"index \(0,\) and shape \(4,\) do not go together"),
        ((0, 0), (0, 6), {}, r"each size must be a whole number of at least 1, not 0"),
        ((0, 0, 0), (4, 6, 3), {"layout": "WHC"}, r"layout 'WHC' is unknown; use 'HWC' or 'CHW'"),
    ],
)
@pytest.mark.parametrize("function", [flat_index, address])
def test_a_place_outside_is_told(function, index, shape, settings, message):
    with pytest.raises(ValueError, match=f"^{function.__name__}: {message}"):
        function(index, shape, **settings)


def test_address_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"^address: itemsize must be a whole number of at least 1, not 0"):
        address((0, 0), (4, 6), itemsize=0)
    with pytest.raises(ValueError, match=r"^address: start must be a whole number of at least 0, not -8"):
        address((0, 0), (4, 6), start=-8)


# ---- bits
def test_bytes_and_codes_by_hand():
    assert binary(50) == "00110010"
    assert binary(0) == "00000000"
    assert binary(255) == "11111111"
    assert [binary(code, 1) for code in (0, 1)] == ["0", "1"]
    assert binary(2**64 - 1, 64) == "1" * 64
    assert binary(np.uint8(4), 3) == "100"
    assert binary(np.array([[1, 2], [3, 0]]), 2).tolist() == [["01", "10"], ["11", "00"]]
    assert binary(np.zeros((0, 3), int)).shape == (0, 3)


@pytest.mark.parametrize("bits", [1, 3, 8, 12])
def test_every_code_reads_back_and_is_like_no_other(bits):
    digits = binary(np.arange(2**bits), bits)
    assert [int(text, 2) for text in digits] == list(range(2**bits))
    assert {len(text) for text in digits} == {bits}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((256,), r"256 is not from 0 to 255, all that 8 bits can hold"),
        (([3, -1],), r"-1 is not from 0 to 255"),
        ((8, 3), r"8 is not from 0 to 7, all that 3 bits can hold"),
        ((2.0,), r"cannot write float64 values in bits; give whole numbers"),
        (("5",), r"cannot write .* values in bits"),
        ((2**64, 64), r"cannot write object values"),
        ((1, 0), r"bits must be a whole number from 1 to 64, not 0"),
        ((1, 65), r"bits must be a whole number from 1 to 64, not 65"),
    ],
)
def test_what_does_not_fit_in_the_bits_is_told(arguments, message):
    with pytest.raises(ValueError, match="^binary: " + message):
        binary(*arguments)


# ---- the apple
def test_the_apple_is_red_on_green_and_takes_144_bits():
    apple = picture("apple 4x4")
    assert storage(apple.shape, bits=3).bits == 144
    assert apple.min() >= 0
    assert apple.max() == 2**3 - 1
    strongest, ordered = apple.argmax(axis=2), np.sort(apple, axis=2)
    assert (ordered[..., 2] > ordered[..., 1]).all()  # one channel leads everywhere
    assert np.bincount(strongest.ravel(), minlength=3).tolist() == [11, 5, 0]
    assert strongest[[0, 0, 3, 3], [0, 3, 0, 3]].tolist() == [1, 1, 1, 1]
    assert (strongest[1:3] == 0).all()
