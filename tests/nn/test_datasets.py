"""Datasets: the same from the same seed, balanced, apart from each other, and in range."""

import os

import numpy as np
import pytest

from cnnlib.nn import Dataset, Split, digits, faces, mnist, pictograms, shapes
from cnnlib.nn.splits import cumulative_count
from cnnlib.pictures import data_file

COLOURED = [shapes, pictograms]
DRAWN = [*COLOURED, faces]


def small(make, seed=0):
    return make(train=80, test=40, seed=seed)


def rows(split):
    """Return the pictures as a set of bytes."""
    return {image.tobytes() for image in split.images}


def equal(one, other):
    return np.array_equal(one.images, other.images) and np.array_equal(one.labels, other.labels)


@pytest.mark.parametrize(
    ("dataset", "shape", "classes"),
    [
        (digits(), (1, 8, 8), tuple("0123456789")),
        (digits(canvas=12), (1, 12, 12), tuple("0123456789")),
        (small(shapes), (3, 32, 32), ("circle", "square", "triangle", "cross")),
        (small(pictograms), (3, 32, 32), ("boat", "bird", "cat", "dog")),
        (small(faces), (1, 24, 24), ("frown", "smile")),
    ],
)
class TestEach:
    def test_shapes_and_types(self, dataset, shape, classes):
        assert dataset.classes == classes
        for split in (dataset.train, dataset.test):
            assert split.images.shape == (len(split), *shape)
            assert (split.images.dtype, split.labels.dtype) == (np.float32, np.int64)
            assert set(split.labels) == set(range(len(classes)))

    def test_values_fill_zero_to_one(self, dataset, shape, classes):
        for split in (dataset.train, dataset.test):
            assert 0 <= split.images.min() < 0.1
            assert 0.9 < split.images.max() <= 1

    def test_nothing_can_be_written(self, dataset, shape, classes):
        with pytest.raises(ValueError, match="read-only"):
            dataset.test.images[0] = 0
        with pytest.raises(ValueError, match="read-only"):
            dataset.train.labels[0] = 0

    def test_parts_share_no_picture(self, dataset, shape, classes):
        assert not rows(dataset.train) & rows(dataset.test)


@pytest.mark.parametrize("make", [*DRAWN, lambda train, test, seed: digits(canvas=12, seed=seed)])
def test_the_seed_decides(make):
    one, same, other = small(make), small(make), small(make, seed=1)
    assert equal(one.train, same.train)
    assert equal(one.test, same.test)
    assert len(rows(one.train) & rows(other.train)) < len(one.train) / 10  # 25 places: some digits lie alike
    assert not rows(one.train) & rows(other.test)


@pytest.mark.parametrize("make", COLOURED)
def test_drawn_classes_are_balanced_and_mixed(make):
    labels = small(make).train.labels
    np.testing.assert_array_equal(np.bincount(labels), [20] * 4)
    assert set(labels[:20]) == {0, 1, 2, 3}
    assert np.bincount(make(train=6, test=1).train.labels).max() == 2


@pytest.mark.parametrize("make", DRAWN)
def test_test_pictures_do_not_depend_on_how_many_train(make):
    assert equal(make(train=5, test=10).test, make(train=50, test=10).test)


@pytest.mark.parametrize("make", COLOURED)
def test_drawings_differ_in_place_colour_and_noise(make):
    images = small(make).train.images
    assert len(rows(small(make).train)) == 80
    assert images.mean(axis=(2, 3)).std(axis=0).min() > 0.05  # each channel's brightness, over the pictures
    rough = np.abs(np.diff(images, axis=3)).mean(axis=(1, 2, 3))
    assert rough.max() > 3 * rough.min()


def test_shapes_are_brighter_than_their_ground():
    images = small(shapes).train.images
    middle, corners = images[:, :, 13:19, 13:19], images[:, :, ::31, ::31]
    assert (middle.max(axis=(1, 2, 3)) > corners.mean(axis=(1, 2, 3)) + 0.1).mean() > 0.9


@pytest.mark.parametrize("make", DRAWN)
@pytest.mark.parametrize("number", [0, -4, 2.5])
def test_empty_parts_are_refused(make, number):
    with pytest.raises(ValueError, match=f"{make.__name__}: train must be .* at least 1, not {number}"):
        make(train=number, test=4)


def test_digits_are_all_of_the_file_and_a_fifth_tests():
    with np.load(data_file("digits.npz")) as file:
        originals = {(image / np.float32(16)).tobytes() for image in file["images"]}
    dataset = digits()
    assert rows(dataset.train) | rows(dataset.test) == originals
    assert len(dataset.train) + len(dataset.test) == 1797
    share = np.bincount(dataset.test.labels) / np.bincount([*dataset.train.labels, *dataset.test.labels])
    np.testing.assert_allclose(share, 0.2, atol=0.005)


def test_placing_moves_digits_and_changes_none():
    plain, placed = digits(), digits(canvas=14)
    for part in ("train", "test"):
        before, after = getattr(plain, part), getattr(placed, part)
        np.testing.assert_array_equal(before.labels, after.labels)
        for original, canvas in zip(before.images[:, 0], after.images[:, 0], strict=True):
            inked, moved = np.argwhere(original), np.argwhere(canvas)
            np.testing.assert_array_equal(moved - moved.min(axis=0), inked - inked.min(axis=0))
            np.testing.assert_array_equal(original[original > 0], canvas[canvas > 0])


def test_placing_reaches_every_edge():
    inked = digits(canvas=14).train.images[:, 0].max(axis=0) > 0
    assert all(edge.any() for edge in (inked[0], inked[-1], inked[:, 0], inked[:, -1]))


def test_placing_is_apart_from_the_split():
    one, other = digits(canvas=12, seed=0), digits(canvas=12, seed=1)
    np.testing.assert_array_equal(one.test.images.sum(axis=(1, 2, 3)), other.test.images.sum(axis=(1, 2, 3)))
    assert equal(digits(seed=0).train, digits(seed=1).train)  # 8 x 8 leave no room


def test_copies_lie_in_other_places_and_leave_the_test_alone():
    once, thrice = digits(canvas=12), digits(canvas=12, copies=3)
    assert len(thrice.train) == 3 * len(once.train)
    np.testing.assert_array_equal(thrice.train.labels, np.tile(once.train.labels, 3))
    assert len(rows(thrice.train)) > 2.5 * len(once.train)
    assert equal(once.test, thrice.test)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"canvas": 7}, "canvas 7 must be at least 8; the digits are 8 x 8"),
        ({"canvas": 12.5}, "canvas must be a whole number of at least 1, not 12.5"),
        ({"copies": 0}, "copies must be a whole number of at least 1, not 0"),
    ],
)
def test_digits_refuses(wrong, words):
    with pytest.raises(ValueError, match=f"^digits: {words}"):
        digits(**wrong)


class TestTake:
    split = Split(np.arange(20, dtype=float).reshape(20, 1, 1, 1), [0] * 10 + [1] * 7 + [2] * 3)

    @pytest.mark.parametrize(
        ("number", "counts"), [(6, [2, 2, 2]), (9, [3, 3, 3]), (12, [5, 4, 3]), (20, [10, 7, 3])]
    )
    def test_balanced_as_far_as_can_be(self, number, counts):
        taken = self.split.take(number)
        assert sorted(np.bincount(taken.labels), reverse=True) == counts
        assert len(rows(taken)) == number

    def test_labels_stay_with_their_pictures(self):
        taken = self.split.take(20, seed=3)
        order = taken.images.ravel().astype(int)
        assert (order != np.arange(20)).any()
        np.testing.assert_array_equal(taken.labels, self.split.labels[order])

    def test_the_seed_decides(self):
        assert equal(self.split.take(6, seed=1), self.split.take(6, seed=1))
        assert not equal(self.split.take(6, seed=1), self.split.take(6, seed=2))

    @pytest.mark.parametrize("number", [0, 21, 2.5])
    def test_too_few_or_many(self, number):
        with pytest.raises(ValueError, match=f"take: {number} of 20 pictures; take .* between 1 and 20"):
            self.split.take(number)


def test_a_split_takes_lists_and_leaves_the_callers_array_alone():
    images = np.zeros((2, 1, 3, 3), np.float32)
    split = Split(images, [1, 0])
    assert repr(split) == "Split(2 pictures, 1 x 3 x 3)"
    images[0] = 1  # still the caller's own


@pytest.mark.parametrize("shape", [(2, 3, 3), (3, 1, 3, 3)])
def test_a_split_that_does_not_fit(shape):
    with pytest.raises(ValueError, match=r"Split: images \(.*\) and labels \(2,\) must be \(N, C, H, W\)"):
        Split(np.zeros(shape), [0, 1])


def test_a_dataset_prints_short():
    assert len(repr(digits())) < 200
    assert isinstance(digits(), Dataset)


def test_turns_count_within_a_class():
    np.testing.assert_array_equal(cumulative_count([5, 1, 5, 5, 1]), [0, 0, 1, 2, 1])


@pytest.mark.skipif("CNNLIB_MNIST" not in os.environ, reason="CNNLIB_MNIST names no folder with MNIST")
def test_mnist_is_mnist():
    dataset = mnist()
    assert dataset.train.images.shape == (60000, 1, 28, 28)
    assert dataset.test.images.max() == 1
    assert list(dataset.train.labels[:5]) == [5, 0, 4, 1, 9]
    assert list(np.bincount(dataset.test.labels)[:3]) == [980, 1135, 1032]


def spread(images):
    """Return how far the middle of what is bright lies from the middle of each picture, (N, 2)."""
    bright = images[:, 0] > 0.15
    rows, cols = np.arange(images.shape[2]), np.arange(images.shape[3])
    inside = [(rows[b.sum(axis=1) > 2], cols[b.sum(axis=0) > 2]) for b in bright]  # more than noise
    middle = np.array([[(r[0] + r[-1]) / 2, (c[0] + c[-1]) / 2] for r, c in inside])
    return np.abs(middle - (np.array(images.shape[2:]) - 1) / 2)


@pytest.mark.parametrize("jitter", [0, 1, 4])
def test_faces_lie_as_far_from_the_middle_as_they_may(jitter):
    away = spread(faces(jitter=jitter, train=100, test=2).train.images)
    assert away.max() <= jitter + 1  # an edge may be lost in the noise
    assert away.max() >= jitter


@pytest.mark.parametrize("jitter", [0, 2, 4])
def test_digits_lie_as_far_from_the_middle_as_they_may(jitter):
    images = digits(canvas=16, jitter=jitter, copies=2).train.images
    inside = images[:, :, 4 - jitter : 12 + jitter, 4 - jitter : 12 + jitter]
    assert inside.sum() == images.sum()
    frame = inside.sum(axis=(0, 1))
    assert all(edge.any() for edge in (frame[0], frame[-1], frame[:, 0], frame[:, -1]))


def test_digits_in_the_middle_are_the_digits():
    placed = digits(canvas=12, jitter=0).train.images[:, :, 2:-2, 2:-2]
    np.testing.assert_array_equal(placed, digits().train.images)


def test_all_the_room_there_is_is_no_jitter_given():
    assert equal(digits(canvas=16, jitter=4).train, digits(canvas=16).train)


def test_a_smile_is_low_in_the_middle_and_a_frown_is_high():
    data = faces(train=200, test=2)
    mouths = data.train.images[:, 0, 12:20, 6:18]
    smile, frown = (mouths[data.train.labels == label].mean(axis=0) for label in (1, 0))
    assert smile[:, 5].argmax() > smile[:, 2].argmax()  # the middle of a smile lies lower than its ends
    assert frown[:, 5].argmax() < frown[:, 2].argmax()


@pytest.mark.parametrize("jitter", [-1, 5, 1.5, "far"])
def test_faces_with_a_jitter_that_is_not_possible(jitter):
    with pytest.raises(ValueError, match=r"faces: jitter .*; give a whole number from 0 to 4"):
        faces(jitter=jitter)


@pytest.mark.parametrize(("canvas", "jitter"), [(16, 5), (16, -1), (13, 1), (8, 1)])
def test_digits_with_a_jitter_that_has_no_room(canvas, jitter):
    with pytest.raises(ValueError, match=r"digits: jitter .* has no room .*; give an even canvas"):
        digits(canvas=canvas, jitter=jitter)


def test_faces_are_balanced_and_mixed():
    labels = faces(train=80, test=2).train.labels
    assert np.bincount(labels).tolist() == [40, 40]
    assert set(labels[:10]) == {0, 1}


def test_what_is_held_out_is_of_all_classes_and_no_copy_of_it_is_learned_from():
    train = digits(canvas=12, copies=3).train
    learned, held_out = train.hold_out(0.2)
    assert (len(learned), len(held_out)) == (3 * 1154, 288)
    assert not set(learned.originals) & set(held_out.originals)
    assert set(learned.originals) | set(held_out.originals) == set(train.originals)
    counts = np.bincount(held_out.labels)
    assert counts.max() - counts.min() <= 1
    for part in (learned, held_out):
        where = {image.tobytes(): label for image, label in zip(train.images, train.labels, strict=True)}
        assert [where[image.tobytes()] for image in part.images] == part.labels.tolist()
    other = train.hold_out(0.2, seed=1)[1]
    assert set(other.originals) != set(held_out.originals)


def test_copies_of_a_digit_have_one_original():
    train = digits(canvas=12, copies=3).train
    plain = digits().train
    for copy in range(3):
        rows_of_copy = slice(copy * 1442, (copy + 1) * 1442)
        np.testing.assert_array_equal(train.originals[rows_of_copy], plain.originals)
    ink = {
        o: {round(float(i), 3) for i in train.images[train.originals == o].sum(axis=(1, 2, 3))}
        for o in plain.originals[:50]
    }
    assert all(len(sums) == 1 for sums in ink.values())


@pytest.mark.parametrize("share", [0, 1, -0.2, 0.01])
def test_a_share_that_leaves_a_part_empty(share):
    with pytest.raises(ValueError, match=f"hold_out: a share of {share} of 6 pictures leaves one part empty"):
        Split(np.zeros((6, 1, 2, 2)), [0, 1] * 3).hold_out(share)


def test_originals_that_do_not_fit():
    with pytest.raises(ValueError, match=r"Split: originals \(1,\) must be \(2,\); say of each picture"):
        Split(np.zeros((2, 1, 2, 2)), [0, 1], originals=[0])
