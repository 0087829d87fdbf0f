"""Light in buckets: by hand, by property, and against plain means."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnlib import bucket_means, expose, pixels_per_cm, quantization, sampling, sensor

LIGHT = hnp.arrays(float, (3, 4), elements=st.floats(0, 100))


# ---- buckets
def test_a_pixel_across_the_rim_counts_by_its_share():
    scene = np.tile([0, 30, 90], (3, 1))
    assert bucket_means(scene, 2).tolist() == [[10, 70]] * 2  # (0 + 15) / 1.5 and (15 + 90) / 1.5
    assert bucket_means(scene.T, (2, 1)).tolist() == [[10], [70]]


@pytest.mark.parametrize("channels", [(), (3,), (1,)])
@pytest.mark.parametrize("grid", [(1, 1), (2, 3), (4, 6), (8, 6)])
def test_whole_pixels_are_plainly_averaged(grid, channels):
    scene = np.random.default_rng(0).integers(0, 256, (8, 6, *channels))
    rows, cols = 8 // grid[0], 6 // grid[1]
    plain = [
        [scene[r : r + rows, c : c + cols].mean(axis=(0, 1)) for c in range(0, 6, cols)]
        for r in range(0, 8, rows)
    ]
    np.testing.assert_array_equal(bucket_means(scene, grid), plain)


@given(
    scene=hnp.arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(1, 6))),
    rows=st.integers(1, 9),
    cols=st.integers(1, 9),
)
def test_any_grid_is_the_mean_of_the_scene_cut_finer(scene, rows, cols):
    height, width = scene.shape
    finer = np.repeat(np.repeat(scene.astype(int), rows, axis=0), cols, axis=1)
    expected = finer.reshape(rows, height, cols, width).mean(axis=(1, 3))
    np.testing.assert_allclose(bucket_means(scene, (rows, cols)), expected, rtol=1e-14)
    assert bucket_means(scene, (height, width)).tolist() == scene.tolist()


def test_no_light_gets_lost():
    scene = np.random.default_rng(1).random((37, 53))
    for grid in (4, 7, 64, (5, 60)):
        assert bucket_means(scene, grid).mean() == pytest.approx(scene.mean())


@pytest.mark.parametrize(
    ("scene", "grid", "message"),
    [
        ([1, 2], 1, r"shape \(2,\) is no scene"),
        (np.ones((2, 2, 3, 1)), 1, r"shape \(2, 2, 3, 1\) is no scene"),
        (np.ones((0, 2)), 1, r"shape \(0, 2\) is no scene"),
        ([[1, -1]], 1, r"the scene holds NaN, infinite or negative light"),
        ([[1, np.nan]], 1, r"the scene holds NaN, infinite or negative light"),
        ([[1, 2]], 0, r"buckets must be a whole number of at least 1"),
        ([["a"]], 1, r"cannot work with .* values"),
    ],
)
def test_bucket_means_says_what_is_wrong(scene, grid, message):
    with pytest.raises(ValueError, match="^bucket_means: " + message):
        bucket_means(scene, grid)


def test_one_table_gives_the_means_of_every_grid():
    scene = np.random.default_rng(2).integers(0, 256, (7, 5, 3))
    table = sensor.summed_area_table(scene)
    assert (table.shape, table.dtype) == ((8, 6, 3), np.float64)
    assert table[4, 2].tolist() == scene[:4, :2].sum(axis=(0, 1)).tolist()
    for grid in (1, (3, 2), (9, 4)):
        np.testing.assert_array_equal(sensor.table_means(table, grid), bucket_means(scene, grid))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sensor.summed_area_table([1, 2]), r"summed_area_table: shape \(2,\) is no scene; give"),
        (lambda: sensor.summed_area_table([[-1]]), r"summed_area_table: the scene holds NaN"),
        (
            lambda: sensor.table_means([[1, 2], [3, 4]], 1),
            r"table_means: shape \(2, 2\) is no table, or .* give",
        ),
        (lambda: sensor.table_means(np.zeros((1, 1)), 1), r"table_means: shape \(1, 1\) is no table"),
        (lambda: sensor.table_means(np.zeros(3), 1), r"table_means: shape \(3,\) is no table"),
        (lambda: sensor.table_means(np.zeros((3, 3)), 0), "table_means: buckets must be a whole number"),
    ],
)
def test_tables_name_who_was_called(call, message):
    with pytest.raises(ValueError, match="^" + message):
        call()


# ---- exposure
def test_light_becomes_volts_until_the_bucket_is_full():
    scene = [[0, 0.25, 0.5, 1, 40]]
    assert expose(scene).tolist() == [[0, 1.25, 2.5, 5, 5]]
    assert expose(scene, exposure=2).tolist() == [[0, 0.5, 1, 2, 5]]
    assert expose(scene, exposure=8, full_well=3).tolist() == [[0, 2, 3, 3, 3]]
    assert expose(scene, exposure=0).tolist() == [[0] * 5]
    photo = expose(np.array([0, 51, 255], np.uint8), exposure=5 / 255)
    np.testing.assert_allclose(photo, [0, 1, 5])


@given(LIGHT, st.floats(0, 10), st.floats(0.1, 10), st.floats(0, 3), st.integers(0, 9))
def test_a_bucket_is_never_fuller_than_full_nor_emptier_than_empty(scene, exposure, full_well, noise, seed):
    volts = expose(scene, exposure=exposure, full_well=full_well, noise=noise, rng=seed)
    assert volts.shape == scene.shape
    assert volts.min() >= 0
    assert volts.max() <= full_well


def test_noise_has_the_size_asked_for_and_comes_from_the_seed_alone():
    gray = np.full((200, 200), 0.5)
    one = expose(gray, noise=0.1, rng=np.random.default_rng(3))
    assert one.mean() == pytest.approx(2.5, abs=0.005)
    assert one.std() == pytest.approx(0.1, rel=0.03)
    np.testing.assert_array_equal(one, expose(gray, noise=0.1, rng=3))
    assert not np.array_equal(one, expose(gray, noise=0.1, rng=4))


def test_the_scene_is_left_alone():
    scene = np.array([0.5, 2.0])
    expose(scene, noise=1, rng=0)
    assert scene.tolist() == [0.5, 2.0]


@pytest.mark.parametrize(
    ("scene", "settings", "message"),
    [
        ([-0.1], {}, r"the scene holds NaN, infinite or negative light; give finite numbers from 0"),
        ([np.nan], {}, r"the scene holds NaN"),
        ([np.inf], {"exposure": 0}, r"the scene holds NaN"),
        ([1], {"exposure": -1}, r"exposure must be a finite number of at least 0, not -1"),
        ([1], {"exposure": np.nan}, r"exposure must be a finite number"),
        ([1], {"exposure": "long"}, r"exposure must be a finite number of at least 0, not 'long'"),
        ([1], {"noise": -0.5, "rng": 0}, r"noise must be a finite number of at least 0"),
        ([1], {"noise": 0.5}, r"noise 0\.5 needs rng; give one such as np\.random\.default_rng\(0\)"),
        ([1], {"full_well": 0}, r"full_well must be above 0, not 0"),
        ([1], {"full_well": np.inf}, r"full_well must be a finite number"),
    ],
)
def test_expose_says_what_is_wrong(scene, settings, message):
    with pytest.raises(ValueError, match="^expose: " + message):
        expose(scene, **settings)


# ---- prints
def test_pixels_per_cm_down_and_across():
    assert pixels_per_cm((480, 640, 3), (12, 16)) == (40, 40)
    assert pixels_per_cm((480, 640), (10, 20)) == (48, 32)
    assert pixels_per_cm((300, 300), (2.54, 2.54)) == pytest.approx((300 / 2.54, 300 / 2.54))


@pytest.mark.parametrize(
    ("shape", "paper", "message"),
    [
        ((480, 640), (0, 16), r"each side of the paper must be above 0, not 0"),
        ((480, 640), (12, -1), r"each side of the paper must be a finite number"),
        ((0, 640), (12, 16), r"each size must be a whole number of at least 1, not 0"),
        ((480,), (12, 16), r"shape \(480,\) or paper \(12, 16\) is no height and width"),
        ((480, 640), (12,), r"paper \(12,\) is no height and width"),
    ],
)
def test_pixels_per_cm_says_what_is_wrong(shape, paper, message):
    with pytest.raises(ValueError, match="^pixels_per_cm: .*" + message):
        pixels_per_cm(shape, paper)


def test_the_whole_way_from_light_to_codes_can_be_had_here():
    for module in (sampling, quantization):
        for name, thing in vars(module).items():
            if callable(thing) and thing.__module__ == module.__name__ and not name.startswith("_"):
                assert getattr(sensor, name) is thing
                assert name in sensor.__all__
