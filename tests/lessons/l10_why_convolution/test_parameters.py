"""Lesson 10: the counts of what layers learn are the products that are written."""

from cnnlib.explore import explore_parameters


def test_the_worked_counts():
    assert explore_parameters().output.tolist() == [4_821_600, 122_304, 156, 102_500]
    printed = explore_parameters(32, kernel=3, filters=5, keep_size=True, biases=False)
    assert printed.output.tolist()[1:3] == [46_080, 45]
    assert "46,080 (1,024 times as many)" in printed.text
    printed.keep_size.value = False
    assert printed.output[1] == 40_500
    hidden = [explore_parameters(n, biases=False).output[3] for n in (16, 28, 32)]
    assert hidden == [25_600, 78_400, 102_400]


def test_the_products_are_what_is_written():
    for kind in ({}, {"keep_size": True, "channels": 3}, {"biases": False, "filters": 1, "kernel": 1}):
        demo = explore_parameters(8, **kind)
        lines = "".join(text for text, _ in demo.view.arithmetic).split("\n")
        for line, total in zip(lines, demo.output, strict=True):
            product, _, result = line[18:].replace("·", "*").partition(" = ")
            assert eval(product) == int(result.replace(",", "")) == total


def test_the_convolution_does_not_care_for_the_size_of_the_picture():
    demo = explore_parameters(32)
    before = demo.output
    demo.size.value = 64
    assert demo.output[2] == before[2] == 156
    assert (demo.output[[0, 1, 3]] > 3 * before[[0, 1, 3]]).all()
