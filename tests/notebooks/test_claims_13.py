"""What lesson 13 says in words is true; letters are in tests/lessons/l13_beyond."""

import numpy as np

from cnnlib.exercises import EXERCISES, check_gram
from cnnlib.explore import (
    explore_architecture,
    explore_detection,
    explore_motion,
    explore_style,
    explore_text,
    explore_timeline,
    explore_transfer,
)
from cnnlib.ledger import ledger
from cnnlib.lessons.l13_beyond.architectures import ARCHITECTURES
from cnnlib.lessons.l13_beyond.scanning import found, hits, page, thinned
from cnnlib.lessons.l13_beyond.timeline import WINNERS
from cnnlib.nn import Conv2D, Sequential


def test_before_its_training_the_transfer_demo_says_what_the_lesson_does():
    text = explore_transfer().text
    assert "1,010 parameters" in text
    assert "all 63,802 do" in text


def test_the_second_convolution_multiplies_most():
    rows = ledger((1, 32, 32), ARCHITECTURES["LeNet of this course"].layers).rows
    work = {row.layer.name: row.multiplications for row in rows}
    assert max(work, key=work.get) == "conv 5 × 5, 16"
    assert (work["conv 5 × 5, 16"], sum(row.multiplications for row in rows)) == (240_000, 418_600)
    learned = {row.layer.name: row.parameters for row in rows}
    assert max(learned, key=learned.get) == "dense 120"


def test_a_global_average_leaves_17_722():
    demo = explore_architecture(row=6, kind="global average")
    demo.insert.click()
    demo.row.value = 8
    demo.remove.click()
    assert demo.problem == ""
    assert demo.output.sum() == 17_722


def test_the_last_pooling_sees_36_pixels():
    demo = explore_architecture("(conv, conv, pool) × 3", row=15)
    assert "Row 15, max pool 2 × 2, gives 10 × 4 × 4; receptive field 36 × 36 pixels" in demo.text


def test_only_vgg_learns_more_from_larger_photos():
    found = {}
    for name in ("VGG-16", "ResNet-18"):
        demo = explore_architecture(name)
        sizes = [demo.output.sum()]
        demo.side.value = 256
        found[name] = [*sizes, demo.output.sum()]
    assert found["VGG-16"] == [138_357_544, 169_814_824]
    assert len(set(found["ResNet-18"])) == 1


def test_resnet_left_out_the_largest_part_of_the_errors():
    errors = explore_timeline().output
    fewer = dict(zip((one.name for one in WINNERS[1:]), 1 - errors[1:] / errors[:-1], strict=True))
    first, second, third = sorted(fewer, key=fewer.get)[:-4:-1]
    assert (first, second, third) == ("ResNet-152", "GoogLeNet", "AlexNet")
    assert [round(100 * fewer[name]) for name in (first, third)] == [46, 41]


def test_shuffled_maps_keep_the_gram_matrix_and_shuffled_pixels_do_not():
    before = explore_style().output
    assert np.array_equal(explore_style(shuffle="the maps").output, before)
    assert not np.allclose(explore_style(shuffle="the pixels").output[0], before[0])
    assert [explore_style("noise", "wood", steps=n).text.split()[-3] for n in (0, 20)] == ["39", "1"]
    assert check_gram(lambda maps: np.einsum("fij,gij->fg", maps, maps) / maps[0].size).verdict == "right"


def test_ing_stands_at_5_10_and_21_and_one_letter_off_at_15():
    demo = explore_text()
    assert np.flatnonzero(demo.output).tolist() == [5, 10, 21]
    demo.place.value = 15
    assert "2 of 3 letters fit" in demo.text
    demo.differ.value = True
    assert np.flatnonzero(demo.output).tolist() == [5, 10, 15, 21]


def test_dense_layers_hold_most_parameters_and_convolutions_do_most_of_the_work():
    for name in ("LeNet of this course", "AlexNet", "VGG-16"):
        one = ARCHITECTURES[name]
        rows = ledger(one.input_shape, one.layers).rows
        dense = [row for row in rows if "dense" in row.layer.name]
        assert sum(row.parameters for row in dense) > 0.5 * sum(row.parameters for row in rows)
        work = sum(row.multiplications for row in rows)
        assert sum(row.multiplications for row in dense) < 0.5 * work


# ---- detection
def test_at_90_percent_a_false_alarm_hides_a_digit_that_is_read():
    shares = explore_detection().output
    boxes, written = found(shares, 0.9), page(2)[1]
    assert shares.shape == (10, 9, 21)
    (missed,) = set(written) - hits(thinned(boxes), written)
    assert missed in hits(boxes, written)


def test_on_average_a_higher_bar_means_fewer_false_alarms_and_fewer_digits():
    def counted(bar):
        kept = {number: thinned(found(explore_detection(number).output, bar)) for number in range(16)}
        there = sum(len(hits(kept[number], page(number)[1])) for number in kept)
        return sum(map(len, kept.values())) - there, there

    (alarms, there), (fewer, less) = counted(0.5), counted(0.99)
    assert fewer < alarms / 2
    assert less < there


# ---- video
def test_a_3d_filter_has_82_parameters():
    as_channels = Sequential(Conv2D(3 * 3, 1, 3))  # three frames of three channels
    assert EXERCISES["13-deep"].answer == sum(array.size for array in as_channels.weights.values())


def test_moving_right_is_told_from_moving_left_and_from_rest():
    output = explore_motion("moves right").output
    assert (output[:, 1].max(), output[:, 3].max(), output[:, 5].min()) == (2, 0, -2)
