"""The pictures of the course: names, shapes, the numbers the lessons rely on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import correlate2d

from cnnlib.drawing import shapes_image, stripe_image
from cnnlib.pictures import PICTURES, data_file, picture


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_what_the_list_says_and_a_fresh_copy(name):
    first = picture(name)
    expected = first.copy()
    assert first.shape == PICTURES[name].shape
    assert first.dtype == PICTURES[name].dtype
    assert first.max() > first.min()
    first[...] = 7
    np.testing.assert_array_equal(picture(name), expected)


def test_the_list_prints_as_a_table():
    lines = repr(PICTURES).splitlines()
    assert len(lines) == len(PICTURES) + 1
    assert max(map(len, lines)) <= 100
    column = lines[0].index("what it shows")
    for line, (name, entry) in zip(lines[1:], PICTURES.items(), strict=True):
        assert line.startswith(name)
        assert line[column:] == entry.about


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("camra", "camera"), ("Chelsea", "chelsea"), ("binary5x5", "binary 5x5"), ("shape", "shapes")],
)
def test_a_misspelled_name_suggests_the_nearest(wrong, right):
    with pytest.raises(
        ValueError, match=rf"^picture: there is no picture '{wrong}'; did you mean '{right}'\?$"
    ):
        picture(wrong)


def test_what_is_no_name_at_all_is_told():
    for wrong, advice in ((["camera"], "did you mean 'camera'"), (None, "choose from camera")):
        with pytest.raises(ValueError, match=rf"^picture: there is no picture .*; {advice}"):
            picture(wrong)


def test_a_name_like_no_other_lists_them_all():
    with pytest.raises(ValueError, match=r"choose from camera, .*, ramp 4x4$"):
        picture("zzzzzzzz")


def test_a_missing_data_file_is_named():
    with pytest.raises(ValueError, match=r"^data_file: there is no data file 'none\.png'"):
        data_file("none.png")


def test_the_small_arrays_give_the_results_of_the_lessons():
    cross = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    np.testing.assert_array_equal(
        correlate2d(picture("binary 5x5"), cross, "valid"), [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    )
    edge = np.array([[1, 0, -1]] * 3)
    np.testing.assert_array_equal(correlate2d(picture("gray 4x4"), edge, "valid"), np.full((2, 2), -150))
    np.testing.assert_array_equal(correlate2d(picture("ramp 4x4"), -edge, "valid"), np.full((2, 2), 60))


def test_one_filter_over_the_colours_gives_the_published_answers_of_each_channel():
    channels = np.moveaxis(picture("colours 3x3"), -1, 0)
    kernels = {
        "edge": ([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], [258, -894, 258], -378),
        "horizontal": ([[1, 1, 1], [0, 0, 0], [-1, -1, -1]], [-128, -128, -128], -384),
        "vertical": ([[1, 0, -1]] * 3, [510, 127, -256], 381),
    }
    for kernel, each, together in kernels.values():
        found = [correlate2d(channel, kernel, "valid").item() for channel in channels]
        assert found == each
        assert sum(found) == together


def test_the_arrow_differs_from_all_its_turns_and_mirrors_and_has_room_to_move():
    arrow = picture("arrow")
    views = {np.rot90(a, k).tobytes() for a in (arrow, arrow.T) for k in range(4)}
    assert len(views) == 8
    assert arrow[1:-1, 1:-1].sum() == arrow.sum()


def test_flashlight_has_784_places_for_a_5x5_window_and_three_different_channels():
    scene = picture("flashlight").astype(int)
    assert (32 - 5 + 1) ** 2 == (scene.shape[0] - 4) * (scene.shape[1] - 4) == 784
    assert np.abs(np.diff(scene, axis=2)).mean() > 20
    assert np.all(scene[31] == (70, 150, 60))  # grass: no wrap in the sky behind it


def test_stairs_run_from_0_to_255_in_steps_of_17():
    assert np.unique(picture("stairs")).tolist() == list(range(0, 256, 17))
    np.testing.assert_array_equal(np.unique(np.diff(picture("stairs").astype(int))), [0, 17])


def test_each_quarter_of_stripes_answers_to_its_own_direction():
    quarters = picture("stripes").astype(float).reshape(2, 64, 2, 64).swapaxes(1, 2).reshape(4, 64, 64)
    kernels = {
        "upright": [[1, -1]],
        "level": [[1], [-1]],
        "falling": [[0, 1], [-1, 0]],
        "rising": [[1, 0], [0, -1]],
    }
    answers = [[np.abs(correlate2d(q, k, "valid")).mean() for k in kernels.values()] for q in quarters]
    assert np.argmax(answers[:2], axis=1).tolist() == [0, 1]
    assert np.argmin(answers, axis=1).tolist() == [1, 0, 3, 2]


@pytest.mark.parametrize("size", [31, 32])
@pytest.mark.parametrize("width", range(1, 21))
def test_level_and_upright_stripes_are_crisp_and_as_wide_as_asked(size, width):
    upright = stripe_image(size, angle=90, width=width)
    assert np.count_nonzero(upright[0] == 255) == width
    assert set(np.unique(upright)) == {0, 255}
    np.testing.assert_array_equal(stripe_image(size, angle=0, width=width), upright.T)


@given(angle=st.floats(0, 180), width=st.floats(1, 20))
def test_a_stripe_covers_its_area_and_lies_under_its_angle(angle, width):
    stripe = stripe_image(64, angle=angle, width=width) / 255
    row, col = np.indices((64, 64)) - 31.5
    disc = np.hypot(row, col) < 28  # away from the corners each direction is equally long
    inside, middle = stripe * disc, round(width) % 2 / 2
    along = (row - middle) * -np.sin(np.deg2rad(angle)) + (col - middle) * np.cos(np.deg2rad(angle))
    across = (row - middle) * np.cos(np.deg2rad(angle)) + (col - middle) * np.sin(np.deg2rad(angle))
    assert inside.sum() == pytest.approx(56 * width, rel=0.1)
    assert (inside * along**2).sum() > (inside * across**2).sum()
    assert abs((inside * across).sum() / inside.sum()) < 0.35


def test_angles_turn_counter_clockwise():
    rising = stripe_image(33, angle=30, width=3)
    assert rising[:16, 17:].sum() > 2 * rising[:16, :16].sum()
    np.testing.assert_array_equal(stripe_image(33, angle=210, width=3), rising)


@pytest.mark.parametrize("wrong", [{"size": 0}, {"width": 0}, {"width": -1}])
def test_stripes_without_size_or_width_are_refused(wrong):
    with pytest.raises(ValueError, match=r"^stripe_image: .* must be positive"):
        stripe_image(**wrong)


def test_shapes_turn_with_the_seed_and_keep_their_grays():
    one, two = shapes_image(seed=1), shapes_image(seed=2)
    assert not np.array_equal(one, two)
    again = shapes_image(seed=1)
    np.testing.assert_array_equal(one, again)
    again[...] = 7
    np.testing.assert_array_equal(one, shapes_image(seed=1))
    for gray, least in ((32, 8000), (224, 1500), (128, 1200), (176, 700), (255, 50)):
        assert np.count_nonzero(one == gray) >= least


def test_shapes_need_room():
    with pytest.raises(ValueError, match=r"^shapes_image: size 8 is too small"):
        shapes_image(8)
