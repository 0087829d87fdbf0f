"""The filter lab: any photo, any kernel, the learner's own file, and four ways to show the answer."""

import drive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.signal import correlate2d

from cnnlib import KERNELS
from cnnlib.display import sums_to_zero
from cnnlib.explore import explore_filters
from cnnlib.lessons.l04_the_kernel_zoo import filters

RAMP = np.array([[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]])
FLAT = np.full((9, 9), 80, np.uint8)


def panel(demo, id="result"):
    return next(p for p in demo.view.panels if p.id == id)


def grays(demo):
    return panel(demo).pixels[..., 0].tolist()


# ---- worked by hand
def test_minus_150_in_four_ways():
    demo = explore_filters(RAMP, [[1, 0, -1]] * 3)
    assert demo.output.tolist() == [[-150, -150], [-150, -150]]
    red, _, blue, _ = panel(demo).pixels[0, 0].astype(int)
    assert blue > red
    shown = {}
    for display in ("absolute", "clipped", "wrapped"):
        demo.display.value = display
        shown[display] = grays(demo)
        assert "100 % of the pixels" in demo.text
    assert shown == {
        way: [[v, v], [v, v]] for way, v in [("absolute", 150), ("clipped", 0), ("wrapped", 106)]
    }
    np.testing.assert_array_equal(shown["wrapped"], demo.output.astype(np.int64).astype(np.uint8))


def test_a_sharpened_corner_in_two_ways():
    demo = explore_filters(np.array([[-370.0, 580], [580, -370]]), [[1]], display="wrapped")
    assert grays(demo) == [[142, 68], [68, 142]]
    demo.display.value = "clipped"
    assert grays(demo) == [[0, 255], [255, 0]]


def test_edges_and_lines_by_hand():
    ramp = np.arange(10, 50, 10) * np.ones((4, 1))
    assert explore_filters(ramp, [[-1, 0, 1]] * 3).output.tolist() == [[60, 60], [60, 60]]
    thin = np.zeros((3, 7))
    thin[:, 3] = 1
    assert explore_filters(thin, [[1, 0, -1]] * 3).output.tolist() == [[0, -3, 0, 3, 0]]  # 0 on the line
    assert explore_filters(thin, [[-1, 2, -1]] * 3).output.tolist() == [[0, -3, 6, -3, 0]]


@pytest.mark.parametrize(
    ("name", "total"), [("identity", 1), ("sharpen", 1), ("outline", 0), ("Laplacian", 0)]
)
def test_the_sum_of_a_kernel_is_said_and_is_what_a_flat_picture_is_multiplied_by(name, total):
    demo = explore_filters(FLAT, name)
    assert f"sum {total}" in panel(demo, "kernel").caption
    assert (demo.output == 80 * total).all()


# ---- against another route
@pytest.mark.parametrize("name", KERNELS)
def test_each_kernel_of_the_zoo_against_scipy(name):
    demo = explore_filters("shapes", name)
    photo = filters.gray_photo("shapes").astype(float)
    np.testing.assert_allclose(demo.output, correlate2d(photo, KERNELS[name].weights, "valid"), atol=1e-9)
    assert demo.display.value == ("signed" if KERNELS[name].total == 0 else "clipped")


@settings(max_examples=40)
@given(
    image=hnp.arrays(float, st.tuples(st.integers(1, 7), st.integers(1, 7)), elements=st.floats(-300, 600)),
    kernel=hnp.arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=st.floats(-9, 9)),
    gain=st.integers(1, 40),
    normalise=st.booleans(),
    display=st.sampled_from(list(filters.DISPLAYS)),
)
def test_any_picture_and_kernel(image, kernel, gain, normalise, display):
    if any(k > n for k, n in zip(kernel.shape, image.shape, strict=True)):
        with pytest.raises(ValueError, match="larger than the picture"):
            explore_filters(image, kernel)
        return
    demo = explore_filters(image, kernel, gain=gain / 10, normalise=normalise, display=display)
    total = kernel.sum()
    weights = kernel * (gain / 10) / (total if normalise and not sums_to_zero(kernel) else 1)
    expected = correlate2d(image, weights, "valid")
    rounding = 1e-9 * (1 + 600 * np.abs(weights).sum())
    np.testing.assert_allclose(demo.output, expected, atol=rounding)
    assert drive.owes(demo) == []
    np.testing.assert_allclose(drive.result_of(demo.code["NumPy"]), demo.output, atol=rounding)


@pytest.mark.parametrize("photo", filters.PHOTOS)
@pytest.mark.parametrize("language", ["NumPy", "PyTorch"])
def test_the_text_of_each_photo_gives_the_same_numbers(photo, language):
    if language == "PyTorch":
        pytest.importorskip("torch")
    demo = explore_filters(photo, "sharpen", gain=1.5)
    np.testing.assert_allclose(drive.result_of(demo.code[language]), demo.output, atol=1e-9)


# ---- how it is shown
def test_a_small_share_is_not_called_none():
    assert filters.lying_text(np.array([[-1.0] + [0] * 999])) == "fewer than 1 % of the pixels"
    assert filters.lying_text(np.array([[-1.0, 256, 0, 255]])) == "50 % of the pixels"


def test_the_signed_scale_stays_when_the_gain_grows():
    demo = explore_filters("shapes", gain=1)
    before, legend = panel(demo).pixels.copy(), panel(demo).legend
    demo.gain.value = 2
    assert panel(demo).legend == legend
    assert (panel(demo).pixels != before).any()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("kernel", ["outline", "identity", "box blur"])
@pytest.mark.parametrize("value", [0, 80, 255])
@pytest.mark.parametrize("display", filters.DISPLAYS)
def test_a_flat_picture_divides_nothing_by_zero(kernel, value, display):
    demo = explore_filters(np.full((40, 40), value, np.uint8), kernel, display=display)
    assert drive.owes(demo) == []
    if display == "signed" and not demo.output.any():
        assert panel(demo).legend == ()
        assert set(panel(demo).pixels[..., :3].flat) == {247}  # white: zero everywhere
    assert demo.picture().width == 1536


def test_a_kernel_that_sums_to_zero_is_not_divided_by_it():
    demo = explore_filters("shapes", "outline", normalise=True)
    assert "divided" not in panel(demo, "kernel").caption
    assert np.isfinite(demo.output).all()
    demo.zoo.value = "box blur"
    assert "sum 9, divided by 9" in panel(demo, "kernel").caption


# ---- controls
def test_choosing_from_the_zoo_brings_kernel_division_and_display():
    demo = explore_filters("shapes", "Sobel, columns")
    demo.zoo.value = "box blur"
    assert demo.kernel.value.tolist() == [[1] * 3] * 3
    assert (demo.normalise.value, demo.display.value) == (True, "clipped")
    demo.zoo.value = "outline"
    assert (demo.normalise.value, demo.display.value) == (False, "signed")


def test_an_edited_kernel_is_the_learners_own():
    demo = explore_filters("shapes", "identity")
    message = {"type": "edit", "panel": "kernel", "row": 1, "col": 1, "text": "2", "number": 1}
    demo.grid._on_message(demo.grid, message, [])
    assert demo.zoo.value == "my own"
    assert demo.text.startswith("Values run from")  # the zoo's words would no longer be true
    assert KERNELS["identity"].matrix[1, 1] == 1
    demo.zoo.value = "identity"
    assert demo.kernel.value[1, 1] == 1
    demo.reset()
    assert (demo.zoo.value, demo.text.startswith("Identity responds to")) == ("identity", True)


def test_my_own_array_keeps_its_place_in_the_list():
    demo = explore_filters(FLAT, "identity")
    assert demo.photo.value == "my picture"
    demo.photo.value = "camera"
    demo.photo.value = "my picture"
    assert (demo.output == 80).all()


def test_any_picture_of_the_course_can_be_the_first():
    demo = explore_filters("stripes", "identity")
    assert demo.photo.value == "stripes"
    demo.photo.value = "chelsea"
    assert demo.output.shape == (254, 254)


# ---- the learner's own file
@pytest.fixture
def demo():
    return explore_filters("shapes", "identity")


def test_an_upload_is_shown_at_once(demo):
    mine = np.arange(600).reshape(20, 30) % 256
    demo.upload.value = drive.uploaded(drive.png(mine))
    assert demo.problem == ""
    assert demo.photo.value == "my picture"
    np.testing.assert_array_equal(demo.output, mine[1:-1, 1:-1])


def test_an_upload_is_opened_once(demo, monkeypatch):
    opened = []
    load = filters.load_image
    monkeypatch.setattr(filters, "load_image", lambda *a, **k: (opened.append(1), load(*a, **k))[1])
    demo.upload.value = drive.uploaded(drive.png(np.full((8, 8), 10)))
    for gain in (2, 3):
        demo.gain.value = gain
    demo.photo.value = "camera"
    demo.photo.value = "my picture"
    assert (demo.output == 30).all()
    assert opened == [1]
    demo.upload.value = drive.uploaded(drive.png(np.full((8, 8), 20)))
    assert opened == [1, 1]


def test_a_second_upload_replaces_the_first(demo):
    for value in (10, 200):
        demo.upload.value = drive.uploaded(drive.png(np.full((8, 8), value)))
        assert (demo.output == value).all()


def test_a_large_colour_upload_is_shrunk_and_gray(demo):
    demo.upload.value = drive.uploaded(drive.png(np.full((300, 900, 3), (255, 0, 0))))
    assert panel(demo, "image").pixels.shape == (85, 256, 4)
    assert (demo.output == 76).all()  # 0.299 * 255


FILES = {
    "cut short": drive.png(np.random.default_rng(0).integers(0, 256, (64, 64)))[:2000],
    "empty": b"",
    "text": b"this is no picture",
    "half a header": drive.png(FLAT)[:20],
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_no_picture_is_told_and_the_last_one_stays(demo, what):
    demo.upload.value = drive.uploaded(drive.png(np.full((8, 8), 10)))
    view = demo.grid.view
    demo.upload.value = drive.uploaded(FILES[what], "nothing.png")
    assert demo.problem.startswith("this file")
    assert ";" in demo.problem
    assert demo.grid.view | {"drawing": 0} == view | {"drawing": 0}
    assert "learner.png" in demo.code["NumPy"]
    assert (demo.output == 10).all()
    demo.upload.value = drive.uploaded(drive.png(np.full((8, 8), 20)))
    assert demo.problem == ""
    assert (demo.output == 20).all()


@pytest.mark.parametrize(
    ("shape", "why"), [((1, 1), "1 pixel high"), ((2, 9), "2 pixels high"), ((9, 2), "2 pixels wide")]
)
def test_a_picture_smaller_than_the_kernel_is_told_and_everything_goes_on(demo, shape, why):
    words = why.replace("1 pixel ", "one pixel ").replace("2 pixels ", "two pixels ")
    demo.upload.value = drive.uploaded(drive.png(np.full(shape, 10)))
    line = "columns" if "wide" in why else "rows"
    assert demo.problem == (
        f"this picture is only {words}, and the kernel has three {line}; the last picture stays"
    )
    assert demo.output.shape == (126, 126)
    demo.kernel.value = [[2]]
    assert demo.problem == ""
    assert demo.output.shape == (128, 128)
    demo.upload.value = ()
    demo.upload.value = drive.uploaded(drive.png(np.full(shape, 10)))
    assert demo.output.tolist() == np.full(shape, 20).tolist()
    demo.zoo.value = "Laplacian"
    assert demo.zoo.value == panel(demo, "kernel").caption.split("\n")[0] == "Laplacian"
    assert "it fits nowhere" in demo.text
    demo.gain.value = 2.0
    demo.zoo.value = "identity"
    demo.photo.value = "camera"
    assert (demo.problem, demo.output.shape) == ("", (254, 254))


def test_reset_keeps_the_learners_photo(demo):
    demo.upload.value = drive.uploaded(drive.png(np.full((9, 9), 10)))
    demo.reset()
    assert demo.output.shape == (126, 126)
    demo.photo.value = "my picture"
    assert demo.output.shape == (7, 7)
    assert "learner.png" in demo.code["NumPy"]


def test_reset_after_a_tiny_upload_brings_everything_back(demo):
    cursor = panel(demo).cursor
    demo.upload.value = drive.uploaded(drive.png(np.full((4, 5), 10)))
    assert panel(demo).cursor == (1, 2)
    demo.reset()
    assert panel(demo).cursor == cursor == (100, 100)
    assert demo.upload.value == ()
    assert demo.output.shape == (126, 126)


def test_my_picture_without_a_file_says_what_to_do(demo):
    demo.photo.value = "my picture"
    assert demo.text.startswith("Choose a picture of your own with the button")
    assert demo.output.shape == (126, 126)
    demo.zoo.value = "Laplacian"
    assert panel(demo, "kernel").caption.startswith("Laplacian")


# ---- arrays
@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32, np.float64, bool])
def test_arrays_of_any_type(dtype):
    image = (np.arange(36).reshape(6, 6) % 2).astype(dtype)
    demo = explore_filters(image, "identity")
    np.testing.assert_array_equal(demo.output, image[1:-1, 1:-1])
    np.testing.assert_array_equal(drive.result_of(demo.code["NumPy"]), demo.output)


def test_a_colour_array_is_turned_to_gray():
    demo = explore_filters(np.full((5, 5, 3), (255, 0, 0), np.uint8), "identity")
    assert (demo.output == 76).all()
    np.testing.assert_array_equal(drive.result_of(demo.code["NumPy"]), demo.output)


def test_the_array_given_stays_as_it_was():
    mine = FLAT.copy()
    demo = explore_filters(mine, "identity")
    mine[:] = 0
    demo.gain.value = 2
    assert (demo.output == 160).all()


@pytest.mark.parametrize(
    ("image", "kernel", "why"),
    [
        (np.full((9, 9), np.nan), "identity", "explore_filters: image holds NaN or infinity; replace them"),
        (np.full((9, 9), np.inf), "identity", "explore_filters: image holds NaN or infinity; replace them"),
        (
            np.full((9, 9, 3), np.nan),
            "identity",
            "explore_filters: image holds NaN or infinity; replace them",
        ),
        (FLAT, np.full((3, 3), np.nan), "explore_filters: kernel holds NaN or infinity; replace them"),
        (np.ones((9, 9, 4)), "identity", r"image \(9, 9, 4\) cannot be drawn; give one of shape"),
        (np.ones(9), "identity", r"image \(9,\) cannot be drawn"),
        (np.ones((0, 9)), "identity", r"image \(0, 9\) cannot be drawn"),
        (np.ones((1, 1)), "identity", r"the 3 × 3 kernel is larger than the picture of 1 × 1"),
        (FLAT, np.ones((3, 3, 3)), r"kernel \(3, 3, 3\) cannot be drawn; give one of shape \(H, W\)"),
        (FLAT, np.ones((0, 3)), "kernel .* cannot be drawn"),
        (FLAT, "Sobel", "no kernel is named 'Sobel'; did you mean 'Sobel"),
        ("cat", "identity", "there is no picture 'cat'"),
    ],
)
def test_what_cannot_be_filtered_is_told_in_one_sentence(image, kernel, why):
    with pytest.raises(ValueError, match=why) as caught:
        explore_filters(image, kernel)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("shape", [(1025, 4), (4, 1025, 3)])
def test_a_picture_too_large_to_play_with_is_told(shape):
    with pytest.raises(
        ValueError, match=r"^explore_filters: image .* longer than 1024 .*load_image\(file, max"
    ):
        explore_filters(np.zeros(shape))


def test_one_pixel_is_a_picture_too():
    demo = explore_filters([[7]], [[3]])
    assert demo.output.tolist() == [[21]]
    assert drive.owes(demo) == []
    assert demo.picture().width == 1536


def test_an_unknown_display_is_told():
    with pytest.raises(ValueError, match="show: 'loud' is unknown; choose from signed, absolute"):
        explore_filters(display="loud")


def test_a_gain_beyond_the_slider_is_told():
    with pytest.raises(ValueError, match=r"gain: 9\.0 lies outside the slider"):
        explore_filters(gain=9)
