"""What the lessons say in words is true: each claim of the prose that no cell of the lesson computes."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from PIL import Image

import cnnlib
from cnnlib import KERNELS, conv2d, coverage, output_size, receptive_field
from cnnlib.display import luma
from cnnlib.drawing import stripe_image
from cnnlib.exercises import check_display, check_out_size, check_quantize, check_slide, check_to_gray
from cnnlib.explore import (
    explore_adc,
    explore_apple,
    explore_arithmetic,
    explore_borders,
    explore_byte,
    explore_channels,
    explore_conversion,
    explore_convolution,
    explore_echo,
    explore_edge_or_line,
    explore_flip,
    explore_geometry,
    explore_index,
    explore_pixels,
    explore_print,
    explore_sampling,
    explore_sensor,
    explore_two_kernels,
    explore_video,
)
from cnnlib.geometry import left_over, reach, stack_sizes
from cnnlib.lessons.l05_flip_and_borders.borders import CUT, PHOTO, RULES
from cnnlib.lessons.l06_stride_padding_size.stack import STACKS
from cnnlib.pictures import picture

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
X = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])


def cells(name):
    (path,) = NOTEBOOKS.glob(f"{name}*.ipynb")
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def defined(name, function):
    """Return a function that a lesson defines."""
    (source,) = [source for source in cells(name) if f"def {function}(" in source]
    names = {"np": np, "picture": picture, **vars(cnnlib)}
    exec(source, names)
    return names[function]


def test_the_solution_of_lesson_03_passes_its_own_check():
    assert check_slide(defined("03", "slide_by_hand")).verdict == "right"


def test_a_safe_way_to_bytes_passes():
    assert check_display(lambda values: np.clip(values, 0, 255).astype(np.uint8)).verdict == "right"


def test_the_solution_of_lesson_01_passes_its_own_check():
    assert check_quantize(defined("01", "quantize_by_hand")).verdict == "right"


@pytest.mark.parametrize("bits", [1, 2, 3, 8])
def test_01_climbing_gives_the_code_of_the_formula(bits):
    climb, volts = defined("01", "code_of"), np.arange(0, 1025) / 128  # exact as floats, 5 V and more too
    assert [climb(v, bits, 5.0) for v in volts] == cnnlib.quantize(volts, bits, 5.0).tolist()


def test_01_the_first_photosites_are_full_at_6_volts_in_the_sky_and_on_the_buildings():
    assert "No photosite is full" in explore_sensor(32, 5.5).text
    full = explore_sensor(32, 6.0).output == 5
    assert full[6:11, :6].sum() + full[7:12, 21:27].sum() == full.sum() > 30


def test_01_a_fifth_of_the_light_has_a_fifth_of_the_signal_to_noise_ratio():
    clean = cnnlib.bucket_means(picture("camera") / 255, 32).ravel()
    alike = [np.corrcoef(clean, explore_sensor(32, e, 0.5).output.ravel())[0, 1] for e in (5.0, 1.0)]
    assert alike[0] > 0.9
    assert alike[1] < 0.5
    flat = np.full((200, 200), 0.5)
    ratios = [
        read.mean() / read.std()
        for read in (cnnlib.expose(flat, exposure=e, noise=0.01, rng=0) for e in (5, 1))
    ]
    np.testing.assert_allclose(ratios[0] / ratios[1], 5, rtol=0.05)


def test_01_sixteen_samples_tell_truly_of_7_stripes_at_most():
    true = [n for n in range(1, 41) if "faithfully" in explore_sampling(n, 16).text]
    assert true == [1, 2, 3, 4, 5, 6, 7]
    assert "the Nyquist limit" in explore_sampling(8, 16).text


def test_01_the_samples_of_13_stripes_lean_to_the_other_side():
    shown = {panel.id: panel.pixels[..., 0] / 255 for panel in explore_sampling(13, 16).view.panels}
    lean, x, y = 0.25, np.arange(16) / 16, np.arange(16)[:, None] / 16
    assert np.allclose(shown["stripes"][::16, ::16], cnnlib.stripe_wave(x + lean * y, 13), atol=0.01)
    assert np.allclose(shown["seen"], cnnlib.stripe_wave(x - lean * 13 / 3 * y, 3), atol=0.01)


def test_01_the_middle_of_a_step_comes_back_without_error():
    volts = np.arange(200, 251) / 80  # the places of the lab's slider from 2.5 V to 3.125 V
    assert volts[cnnlib.quantization_error(volts, 3, 5.0) == 0].tolist() == [2.8125]


def test_01_the_photo_gains_no_more_grays_from_8_bits_on():
    left = [np.unique(explore_adc(2.5, bits).output).size for bits in range(6, 13)]
    assert left == [64, 127, 254, 254, 254, 254, 254]
    assert "254 grays" in explore_adc(2.5, 8).text


def test_01_each_bit_adds_about_6_decibels():
    along = (np.arange(2**18) + 0.5) / 2**18
    for wave in (along, 0.5 + 0.5 * np.sin(2 * np.pi * along)):
        steps = np.diff([cnnlib.sqnr(wave, bits, 1.0) for bits in range(1, 13)])
        assert (np.abs(steps - 6.02) < 0.4).all()


def test_01_0_6_of_white_is_153_on_a_linear_scale_and_203_in_srgb():
    chain = explore_conversion()
    assert "is 0.6 of white. It gives 3 V and code 153." in chain.text
    assert round(255 * (1.055 * 0.6 ** (1 / 2.4) - 0.055)) == 203  # IEC 61966-2-1, above 0.0031308


def test_01_the_area_of_a_photosite_weakens_what_would_alias():
    fine = cnnlib.stripe_wave(np.arange(4800) / 4800, 13)  # 300 points for each photosite
    points, areas = fine[150::300], cnnlib.bucket_means(fine[None], (1, 16))[0]
    np.testing.assert_allclose(np.ptp(areas) / np.ptp(points), np.sinc(13 / 16), rtol=0.01)
    assert np.ptp(areas) < np.ptp(points) / 4


def test_01_one_bit_and_twice_the_exposure_find_the_same_27_places():
    ones, full = explore_conversion(1).output, explore_conversion(8, 10.0).output == 255
    assert ones.sum() == 27
    assert (ones == full).all()


def test_01_a_larger_paper_takes_no_more_bytes():
    assert explore_print().output.tolist() == [12, 12, 64_800]
    assert explore_print(paper=(20, 30)).output.tolist() == [6, 6, 64_800]
    assert explore_print(bits=4).output[-1] == 64_800 / 2
    assert explore_print((240, 360), bits=4).output[-1] == 4 * 64_800 / 2


def test_01_a_dark_photo_has_64_codes_and_gaps_when_brightened():
    codes = np.unique(cnnlib.quantize(np.linspace(0, 1.25, 10_000, endpoint=False), 8, 5.0))
    assert codes.tolist() == list(range(64))
    assert (4 * codes).tolist() == list(range(0, 253, 4))


def test_02_a_step_right_is_one_byte_and_a_step_down_256():
    demo = explore_pixels(at=(68, 114))
    assert (demo.output == picture("eye 8x8")).all()
    before = []
    for step in ({}, {"pixel": (72, 119)}, {"pixel": (73, 119)}):
        demo.set(**step)
        before.append(int(re.search(r"([\d,]+) bytes come before", demo.text)[1].replace(",", "")))
    assert np.diff(before).tolist() == [1, 256]


def test_02_a_smooth_sky_holds_numbers_that_are_alike():
    sky = explore_pixels(at=(0, 0), size=16).output
    assert (sky.size, sky.min(), sky.max()) == (256, 198, 203)


def test_02_the_first_switch_changes_most_the_last_least_and_255_is_followed_by_0():
    demo, switched = explore_byte(182), {}
    for worth in (128, 64, 32, 16, 8, 4, 2, 1):
        demo.set(**{f"bit{worth}": not demo.values[f"bit{worth}"]})
        switched[worth] = int(demo.output)
        demo.set(value=182)
    assert sorted(switched, key=lambda worth: abs(switched[worth] - 182)) == [1, 2, 4, 8, 16, 32, 64, 128]
    assert (switched[128], switched[1]) == (54, 183)
    demo.set(value=255)
    demo.more.click()
    assert demo.output == 0


def test_02_five_can_be_added_and_60_cannot_be_taken_from_the_coat():
    assert "All four results fit" in explore_arithmetic(add=5).text
    assert "wraps to 0" in explore_arithmetic(add=6).text
    demo = explore_arithmetic(add=-60)
    scene, wrapped = (panel.colors for panel in demo.view.panels if panel.id in ("scene", "wrapped"))
    assert wrapped[scene < 60].min() > 190  # the coat is all that is so dark


def test_02_alpha_halves_the_red_of_the_roof_and_yellow_has_little_blue():
    demo = explore_channels(alpha=0.5, ground="black")
    assert picture("flashlight")[12, 12, 0] == 200
    assert demo.output[12, 12, 0] == 100
    red, green, blue = picture("flashlight")[6, 24]
    assert min(red, green) > 200 > 100 > blue


def test_02_with_the_mean_the_sky_above_grows_brighter_and_the_tree_darker():
    image = picture("flashlight")
    change = explore_channels(show="mean").output - explore_channels(show="luma").output
    assert change[:8, :18].min() > 5
    assert image[17, 26].argmax() == 1
    assert change[17, 26] < -5


def test_02_three_weights_make_gray():
    image = picture("chelsea")
    assert check_to_gray(lambda image: image @ [0.299, 0.587, 0.114]).verdict == "right"
    assert (image @ [0.299, 0.587, 0.114] == luma(image)).all()
    assert luma([[255, 0, 0], [0, 255, 0], [0, 0, 255]]).argsort().tolist() == [2, 0, 1]


def test_02_nine_does_not_fit_into_three_bits_and_white_is_7_7_7():
    demo = explore_apple()
    assert np.argwhere((demo.output == (7, 4, 4)).all(-1)).tolist() == [[1, 1]]  # the highlight
    demo.blue.value = np.full((4, 4), 9)
    assert demo.output[..., 2].tolist() == [[7] * 4] * 4
    assert demo.output.max() == 7


def test_02_the_next_pixel_is_three_places_on_in_hwc_and_one_in_chw():
    steps = {}
    for layout in ("HWC", "CHW"):
        here, right = (explore_index((1, col), layout=layout).text for col in (3, 4))
        counts = [int(re.search(r"In memory (\d+) values", text)[1]) for text in (here, right)]
        steps[layout] = counts[1] - counts[0]
    assert steps == {"HWC": 3, "CHW": 1}


def test_02_swapped_indices_are_an_error_in_columns_3_to_5_only():
    failing = set()
    for row in range(3):
        for col in range(6):
            demo = explore_index((row, col))
            demo.swap.value = True
            if demo.problem:
                failing.add(col)
            else:
                assert ("another pixel" in demo.text) == (row != col)
    assert failing == {3, 4, 5}


def test_02_a_double_takes_eight_bytes():
    red, green = (explore_index((0, 0), channel, dtype="float64").text for channel in ("red", "green"))
    assert "from address 1,000 on" in red
    assert "from address 1,008 on" in green


def test_02_pillow_gives_width_first_and_its_array_rows_first():
    image = Image.new("RGB", (640, 480))
    assert (image.size, np.asarray(image).shape) == ((640, 480), (480, 640, 3))


def test_02_a_minute_of_video_and_how_little_changes():
    demo, changed = explore_video(), []
    for frame in range(1, 12):
        demo.set(frame=frame)
        changed.append(int(re.search(r"(\d+) of 1,728 pixels", demo.text)[1]))
    assert max(changed) == 161 < 1728 / 10
    assert 60 * 12 * 36 * 48 * 3 == 60 * 62_208 == 3_732_480


def test_02_transpose_makes_chw():
    photo = np.arange(480 * 640 * 3).reshape(480, 640, 3)
    moved = photo.transpose(2, 0, 1)
    assert moved.shape == (3, 480, 640)
    assert (moved[:, 100, 200] == photo[100, 200]).all()


def test_03_the_answer_is_2_in_two_cells():
    assert np.argwhere(conv2d(picture("binary 5x5"), X) == 2).tolist() == [[1, 0], [2, 0]]


def test_03_one_pixel_makes_the_centre_5():
    image = picture("binary 5x5")
    image[3, 1] = 1
    assert conv2d(image, X)[1, 1] == 5


def test_03_kernels_that_answer_0_to_the_gray_picture():
    gray = picture("gray 4x4")
    assert not conv2d(gray, [[1, -2, 1]] * 3).any()
    assert (conv2d(gray, [[1, 0, -1]] * 3) == -150).all()  # adds up to 0, and is not enough
    one_row_undoes_the_other = np.array([[1, 0, -1], [-1, 0, 1], [0, 0, 0]])
    assert not conv2d(gray, one_row_undoes_the_other).any()
    assert (conv2d(gray, np.eye(3)) != 0).all()  # does not add up to 0


def test_03_a_window_full_of_ones_gives_5_as_the_x_does():
    assert (np.ones((3, 3)) * X).sum() == (X * X).sum() == 5


def test_03_the_microscope_slides_over_the_eye_of_lessons_01_and_02():
    demo = explore_convolution("eye 8x8")
    assert (demo.image.value == explore_conversion().output).all()
    assert demo.preset.value == "8×8, the eye"
    eye = picture("eye 8x8").astype(int)
    assert (demo.kernel.value == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]).all()  # bottom minus top
    lowest, highest = (np.argwhere(demo.output == end)[0] for end in (demo.output.min(), demo.output.max()))
    assert lowest[0] in (1, 2)
    assert demo.output[1:3].max() < -250  # all of both rows
    assert highest.tolist() == [5, 5]
    assert eye[:2].mean() > 150 > 70 > eye[3:5].mean()  # forehead, brow
    assert eye[7, 5:].mean() > 150 > 50 > eye[5, 5:].mean()  # the side of the nose, the eye


def test_03_products_stand_channel_by_channel_as_the_kernel_is_drawn():
    demo = explore_convolution("flashlight", at=(12, 3))
    red = picture("flashlight")[12, 3:8, 0]
    written = "".join(text for text, _ in demo.view.arithmetic)
    assert written.startswith(f"{red[0]}·1 + {red[1]}·1 + {red[2]}·0 + {red[3]}·(−1) + {red[4]}·(−1)")


def test_03_each_kernel_sees_its_part_of_the_rim():
    demo = explore_two_kernels()
    panels = {panel.id: panel for panel in demo.view.panels}
    demo.set(a=KERNELS["outline"].matrix, b=KERNELS["outline"].matrix)
    assert not demo.output.any()
    assert set(panels) >= {"image", "map a", "map b"}


@pytest.mark.parametrize("width", range(3, 21))
def test_04_a_wide_stripe_has_no_middle_for_the_line_kernel(width):
    image = stripe_image(49, width=width)
    middle = int(np.round(image[24].astype(float) @ np.arange(49) / image[24].sum()))
    assert conv2d(image, KERNELS["line, vertical"].matrix)[23, middle - 1] == 0


def test_04_the_line_kernel_answers_to_thinner_stripes():
    assert conv2d(stripe_image(49, width=1), KERNELS["line, vertical"].matrix).max() == 1530


def test_04_neither_kernel_sees_a_level_stripe():
    assert not explore_edge_or_line(width=5, angle=0).output.any()


def test_04_the_coat_is_blue_at_the_back_and_red_at_the_lower_front():
    answer = conv2d(picture("camera").astype(int), KERNELS["Sobel, columns"].matrix)
    back, front = answer[95, 20:50], answer[170, 70:100]
    assert back.min() < -150
    assert back.max() < -back.min() / 2
    assert front.max() > 150
    assert -front.min() < front.max() / 2


def test_04_outline_with_9_in_the_centre_keeps_brightness():
    kernel = KERNELS["outline"].matrix.copy()
    kernel[1, 1] = 9
    assert kernel.sum() == 1
    assert (conv2d(np.full((3, 3), 90), kernel) == 90).all()


def test_04_a_small_gain_cannot_make_a_negative_value_positive():
    answer = conv2d(picture("camera").astype(float), KERNELS["Sobel, columns"].weights)
    lies = [np.mean((gain * answer < -0.5) | (gain * answer > 255.5)) for gain in (1, 0.1)]
    assert 0 < lies[1] < lies[0]
    assert (0.1 * answer).max() <= 255


def test_04_a_blur_brings_neighbours_closer_each_time():
    (source,) = [source for source in cells("04") if "np.diff" in source]
    printed, names = [], {"np": np, "picture": picture, **vars(cnnlib)}
    exec(source.replace("range(5)", "range(400)"), names | {"print": printed.append})
    steps = [float(text) for text in printed]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] > 0
    assert steps[1] < steps[0] / 2  # the first blur takes more than half
    assert (printed[0], printed[399]) == ("7.33", "0.59")


def test_04_n_blurs_reach_only_the_root_of_n_times_as_far():
    """The reach is the standard deviation of what n blurs in a row make of a single 1."""
    blur, reach = KERNELS["Gaussian blur 5x5"].weights, {}
    dot = np.pad([[1.0]], 40)
    for n in range(1, 17):
        dot = conv2d(cnnlib.pad(dot, 2), blur)
        reach[n] = np.sqrt(dot.sum(axis=0) @ (np.arange(81) - 40) ** 2)
    assert [reach[n] / reach[1] for n in (4, 9, 16)] == pytest.approx([2, 3, 4])


def test_04_sobel_is_noisier_than_prewitt_and_less_noisy_than_one_row():
    """What a step of 1 makes, over the standard deviation of what white noise makes."""

    def clear(kernel):
        return kernel[:, 2].sum() / np.sqrt((kernel**2).sum())

    sobel, prewitt = (clear(KERNELS[f"{who}, columns"].matrix) for who in ("Sobel", "Prewitt"))
    assert clear(np.array([[-1, 0, 1]])) < sobel < prewitt
    assert KERNELS["Sobel, columns"].answers_to == "vertical edges, less to noise than one row -1 0 1"
    assert KERNELS["Sobel, rows"].answers_to == "horizontal edges, less to noise than one column"


def test_04_the_summary_sorts_the_whole_zoo_by_sum_and_signs():
    told = {"keeps": set(), "compares": set(), "both": set()}
    for name, kernel in KERNELS.items():
        signs = kernel.matrix.min() < 0
        assert kernel.total in (0, 1)
        assert signs or kernel.total == 1
        told["keeps" if not signs else "compares" if kernel.total == 0 else "both"].add(name)
    assert told["both"] == {"sharpen", "emboss"}
    assert {name for name in told["keeps"] if "blur" not in name} == {"identity"}


def test_the_formula_with_its_floor_passes():
    right = "(size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1"
    assert check_out_size(eval(f"lambda size, kernel, stride, padding, dilation: {right}")).verdict == "right"


def test_05_two_clicks_meet_at_100_ms():
    demo = explore_echo("two clicks", delay=100, strength=0.6, moment=100)
    assert "".join(text for text, _ in demo.view.arithmetic).startswith("output at 100 ms = 0.5·1 + 1·0.6 + ")
    assert demo.output[800] == 1.1
    for settings in ({"strength": 0}, {"echoes": 0}):
        assert explore_echo("a click", **settings).output.nonzero()[0].tolist() == [0]


def test_05_without_the_turn_the_output_begins_with_its_echoes():
    demo = explore_echo("three notes", moment=300)
    assert demo.text.endswith("at 300, 150, 0 and −150 ms.")
    demo.flip.value = False
    assert demo.text.endswith("at 300, 450, 600 and 750 ms.")
    demo.moment.value = -450
    assert demo.text.endswith("at −450, −300, −150 and 0 ms.")  # the last of them is the sound's first sample


def test_05_emboss_differs_at_edges_only():
    first, second = explore_flip("shapes", "emboss").output
    windows = np.lib.stride_tricks.sliding_window_view(picture("shapes"), (3, 3))
    flat = np.ptp(windows, axis=(2, 3)) == 0
    assert (first != second).sum() == 1865
    assert first.size == 15_876
    assert not (first != second)[flat].any()


def test_05_turned_first_the_two_functions_change_places():
    as_it_is, turned = explore_flip().output, explore_flip(hand_over="flipped by 180°").output
    assert (as_it_is == turned[::-1]).all()
    assert (turned[0][1:4, 1:4] == np.arange(1, 10).reshape(3, 3)).all()


def test_05_zeros_are_furthest_off_at_the_right_and_wrap_invents_an_edge():
    off = np.abs(explore_borders().output + 150)
    assert np.argwhere(off == off.max()).tolist() == [[1, 3]]
    assert explore_borders().output[1, 3] == 450
    only = [b for b in RULES if set(np.abs(explore_borders(border=b).output).ravel()) == {150}]
    assert only == ["wrap"]


def test_05_the_photo_s_rim():
    def touched(side, mode="same"):
        return int(re.search(r"\((\d+) %\) read", explore_borders(PHOTO, mode=mode, side=side).text)[1])

    assert [touched(side) for side in (17, 19)] == [31, 34]
    assert touched(11) == 20
    valid = explore_borders(PHOTO, mode="valid", side=11, kernel="mean")
    assert valid.output.shape == (86, 86)
    assert "all of them read true pixels only" in valid.text


def test_05_at_the_photo_s_rim_a_mirror_or_its_edge_is_nearest_to_what_the_camera_saw():
    """The photo is cut out of a larger one, so the true blur of its rim is known."""
    camera, mean, half = picture("camera").astype(float), np.full((19, 19), 1 / 361), 9
    rows, cols = CUT
    true = conv2d(camera[rows.start - half : rows.stop + half, cols.start - half : cols.stop + half], mean)
    off = {b: np.abs(conv2d(cnnlib.pad(camera[CUT], half, b), mean) - true).mean() for b in RULES}
    near, far = [off[b] for b in ("symmetric", "reflect", "edge")], [off[b] for b in ("wrap", "zero")]
    assert max(near) < min(far) / 2
    assert max(off, key=off.get) == "zero"  # the crudest


def test_05_half_a_turn_and_the_zoo():
    zoo = {name: (kernel.matrix, kernel.matrix[::-1, ::-1]) for name, kernel in KERNELS.items()}
    assert {name for name, (k, t) in zoo.items() if (k == -t).all()} == {
        f"{who}, {which}" for who in ("Sobel", "Prewitt") for which in ("rows", "columns")
    }
    assert [name for name, (k, t) in zoo.items() if (k != t).any() and (k != -t).any()] == ["emboss"]


def test_05_a_sound_is_convolved_in_full():
    assert np.convolve(np.ones(400), np.ones(100)).size == 499


def test_06_the_flashlight_shrinks_with_the_stride():
    sides = [explore_convolution("flashlight", stride=stride).output.shape[0] for stride in (2, 4, 3)]
    assert sides == [14, 7, 10]
    assert (32 - 5) / 3 == 9


def test_06_five_pixels_are_invented_in_the_corner_none_in_the_middle():
    demo = explore_convolution("binary 5x5", stride=2, padding=1)
    marks, (window,) = demo.view.panels[0].marks, demo.view.windows
    for place, invented in (((0, 0), 5), ((1, 1), 0)):
        ((row, col, height, width),) = window.rectangles(*place)
        assert (marks[row : row + height, col : col + width] > 0).sum() == invented


@pytest.mark.parametrize("rows", [(1, 0), (0, 1)])
def test_06_a_row_of_zeros_on_one_side_saves_the_lowest(rows):
    demo = explore_geometry("arrow", padding=(rows, (0, 0)))
    assert "9 of 72 pixels are never read" in explore_geometry("arrow").text
    assert "Every pixel is read" in demo.text
    assert left_over((8, 9), 3, stride=2, padding=(rows, (0, 0))) == (0, 0)


def test_06_with_both_sides_a_row_of_zeros_is_dropped():
    both = {"stride": 2, "padding": ((1, 1), (0, 0))}
    assert left_over((8, 9), 3, **both) == (1, 0)
    assert coverage((8, 9), 3, **both).all()


def test_06_a_dilated_kernel_at_stride_2_steps_over_odd_rows_and_columns():
    reads = coverage((8, 9), 3, stride=2, dilation=2)
    assert ((reads == 0).sum(), reads.size) == (52, 72)
    assert not reads[1::2].any()
    assert not reads[:, 1::2].any()
    assert reads[::2, ::2].all()


def test_06_nine_times_each_at_padding_2_and_once_at_stride_3():
    assert [np.unique(coverage(5, 3, padding=p)).tolist() == [9] for p in (0, 1, 2)] == [False, False, True]
    assert output_size(5, 3, padding=2) == 7
    once = [np.unique(coverage(5, 3, padding=2, stride=s)).tolist() == [1] for s in (1, 2, 3, 4)]
    assert once == [False, False, True, False]


def test_06_fifteen_layers_without_a_stride_see_as_far_as_four_with_one():
    assert reach(STACKS["3 × 3, padding 1, stride 2"]).field == 31
    assert receptive_field([(3, 1)] * 15)[-2:] == [29, 31]


def test_06_padding_keeps_the_size_and_not_the_view():
    plain, padded = STACKS["3 × 3, no padding"], STACKS["3 × 3, padding 1"]
    assert (len(plain), len(padded)) == (5, 5)
    assert (stack_sizes(32, plain)[-1], stack_sizes(32, padded)[-1]) == (22, 32)
    assert (reach(plain).field, reach(padded).field) == (11, 11)


def test_06_the_middle_of_a_receptive_field_is_read_along_many_ways_and_a_corner_along_one():
    ways = np.ones((1, 1), int)
    for _ in range(5):  # the whole field of five 3 × 3 layers
        ways = conv2d(ways, np.ones((3, 3), int), padding=2)
    assert ways.shape == (11, 11)
    assert (ways[0, 0], ways[5, 5]) == (1, ways.max()) == (1, 51**2)


def test_06_at_stride_1_every_pixel_is_read_the_border_least_but_not_with_dilation():
    for kernel in range(2, 6):
        reads = coverage(9, kernel)
        assert reads[0, 0] == reads.min() == 1
        assert reads[4, 4] == reads.max()
    assert (coverage(5, 3, dilation=2) == 0).any()


def test_06_lenet_halves_what_it_makes():
    assert stack_sizes(32, STACKS["LeNet"]) == [28, 14, 10, 5]


def test_06_an_even_kernel_needs_another_padding_on_each_side():
    assert output_size((8, 9), 4, padding=((1, 2), (1, 2))) == (8, 9)
    assert all(output_size(8, 4, padding=p) != 8 for p in range(5))
    demo = explore_geometry("arrow", kernel=4, stride=1)
    assert demo.output.shape == (5, 6)
    demo.set(top=1, bottom=2, left=2, right=1)
    assert demo.output.shape == (8, 9)
