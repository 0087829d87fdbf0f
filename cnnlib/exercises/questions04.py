"""Lesson 04, the kernel zoo: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="04-kernel-sums", title="three kernels, three sums"),
    Exercise(id="04-normalise", title="a blur that keeps the brightness"),
    Exercise(id="04-sharpen", title="build a sharpen kernel"),
    Exercise(id="04-line", title="design a line detector"),
    Exercise(id="04-display", title="turn numbers into bytes"),
)

NUMBERS = (
    Number(
        id="04-clip",
        title="−150 as a byte, clipped",
        answer=0,
        why="Clipping moves whatever is below the range to its lower end. The sign is lost, but at least "
        "dark stays dark.",
        hint="A byte holds 0 to 255. Clipping picks the nearest of these.",
        mistakes={
            106: "That is what wrapping makes of it. Clipping stops at the end of the range.",
            150: "That is the absolute value: another way to show a map, but not clipping.",
            255: "That is the other end of the range.",
            -150: "A byte has no minus sign: its range begins at 0.",
        },
    ),
    Number(
        id="04-wrap",
        title="400 as a byte, wrapped",
        answer=144,
        why="400 − 256: bytes run in a circle of 256.",
        hint="Bytes run in a circle: one above 255 is 0. How far beyond 255 is 400?",
        mistakes={
            255: "That is clipping. Wrapping runs on at the other end of the range.",
            145: "The circle has 256 values, not 255: 0 counts too.",
            143: "The circle has 256 values, not 257.",
            400: "A byte ends at 255.",
            106: "That is what −150 becomes.",
            16: "The circle has 256 values, not 128.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="04-predict-sum",
        title="a kernel with sum 0 on a flat wall",
        kind="predict",
        question="The weights of a kernel add up to 0. It lies on an evenly gray wall. What comes out?",
        options=("0", "255", "the gray of the wall", "it depends on the gray"),
        right="0",
        replies={
            "255": "Nothing here asks for white: the products cancel.",
            "the gray of the wall": "That is what weights with the sum 1 give back.",
            "it depends on the gray": "It would, for any other sum. The output is gray times sum.",
        },
        reveal="On a flat wall every product has the same gray in it, so the output is gray times the sum "
        "of the weights. With the sum 0 the kernel is blind to brightness and answers to changes only.",
    ),
    Prediction(
        id="04-predict-wrap",
        title="−150 into a byte",
        kind="predict",
        question="A map holds the integer −150. What does .astype(np.uint8) make of it?",
        options=("0", "106", "150", "an error"),
        right="106",
        replies={
            "0": "That would be clipping, which one has to ask for: `np.clip(values, 0, 255)` before the "
            "conversion.",
            "150": "The sign is not dropped: the bytes run in a circle.",
            "an error": "An error would be kinder. The single number `np.uint8(-150)` does raise one; an "
            "array's `.astype` does not look.",
        },
        reveal="−150 + 256 = 106: a middle gray, which looks quite innocent. That is what makes wrapping "
        "dangerous.",
    ),
    Prediction(
        id="04-predict-line",
        title="spot the mistake: a line detector?",
        kind="spot",
        question="Several introductions call [[1, 0, −1], [1, 0, −1], [1, 0, −1]] a line detector. It "
        "stands exactly on a thin bright vertical line, one pixel wide, on an even wall. What does it "
        "answer?",
        options=("0", "a large positive number", "a large negative number"),
        right="0",
        replies={
            "a large positive number": "The bright line lies under the middle column, whose weights are all "
            "0.",
            "a large negative number": "The −1 lies on the wall, and so does the 1: the two cancel.",
        },
        reveal="Left and right of the line is the same wall, and the line itself is multiplied by 0. This "
        "kernel finds edges, where the two sides differ (it is Prewitt's). A line detector must weigh the "
        "middle against both sides.",
    ),
    Prediction(
        id="04-predict-sharpen-range",
        title="sharpen: does it stay within 0 to 255?",
        kind="predict",
        question="Sharpen is [[0, −1, 0], [−1, 5, −1], [0, −1, 0]], and its weights add up to 1. Pixels are "
        "0 to 255. Can an output leave that range?",
        options=("no, the sum is 1", "only above 255", "only below 0", "on both sides"),
        right="on both sides",
        replies={
            "no, the sum is 1": "The sum 1 keeps flat walls as they are. It promises the range only if no "
            "weight is negative.",
            "only above 255": "And a black pixel among white ones? 5 · 0 − 4 · 255.",
            "only below 0": "And a white pixel among black ones? 5 · 255 − 4 · 0.",
        },
        reveal="A white pixel among black ones gives 1275, a black one among white −1020. On a photo it "
        "happens at every crisp edge: so it matters how the result is turned into bytes.",
    ),
    Prediction(
        id="04-predict-imshow",
        title="spot the mistake: imshow tells the truth",
        kind="spot",
        question="A claim to test: plt.imshow(result, cmap='gray') shows the true values of a gray "
        "result. The values run from −150 to 300. What is drawn?",
        options=(
            "black is −150, white is 300",
            "black is 0, white is 255, the rest is clipped",
            "black is 0, white is 255, the rest wraps",
            "nothing: the values are out of range",
        ),
        right="black is −150, white is 300",
        replies={
            "black is 0, white is 255, the rest is clipped": "So it treats colour pictures. A gray one is "
            "stretched to fit.",
            "black is 0, white is 255, the rest wraps": "Wrapping comes from a conversion to bytes; imshow "
            "does not do one here.",
            "nothing: the values are out of range": "For a gray picture every range is welcome, and that is "
            "the trap.",
        },
        reveal="Unless told `vmin` and `vmax`, imshow silently takes the smallest value as black and the "
        "largest as white. So 0 comes out as a gray, and a weak result looks as strong as a strong one.",
    ),
)

SUMS_RIGHT = (
    "1 keeps the brightness of a flat wall, 0 is blind to it: the sum is the first thing to read in a kernel."
)

# Parts of one exercise, 04-kernel-sums: not counted by themselves.
SUMS = {
    "identity": Number(
        id="04-sum-identity",
        title="sum of the identity kernel",
        answer=1,
        why="",
        hint="Add the nine weights: eight of them are 0.",
        mistakes={9: "You counted the cells. Add up what is written in them.", 0: "One weight is not 0."},
    ),
    "edge": Number(
        id="04-sum-edge",
        title="sum of the outline kernel",
        answer=0,
        why="",
        hint="Add all nine weights, the signs included.",
        mistakes={
            16: "You dropped the signs: the eight neighbours are subtracted.",
            8: "That is the centre alone. Its eight neighbours count too.",
            -8: "Those are the eight neighbours alone. The centre counts too.",
            4: "That is the centre with four neighbours; this kernel has eight of them.",
            9: "You counted the cells. Add up what is written in them.",
        },
    ),
    "blur": Number(
        id="04-sum-blur",
        title="sum of the box blur",
        answer=1,
        why="",
        hint="All nine weights are the same fraction. Nine times that?",
        mistakes={
            9: "That is before the division: each weight is a ninth.",
            0: "A ninth is not 0, but integer division (`//`) makes it so.",
            3: "You divided by the side of the kernel. There are nine weights.",
            1 / 9: "That is one of the weights. There are nine.",
        },
    ),
}

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
