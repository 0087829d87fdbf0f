"""Lesson 05, flip and borders: the numbers that are asked for, as data."""

from cnnlib.exercises.questions import Number

_STACKED = "No window gives that, with the kernel turned or not. Add up one column of it first."
_UNSIGNED = "The signs are lost: one outer column is added, the other subtracted."
_ONE_ROW = "That is one row of the window; all three count."

NUMBERS = (
    Number(
        id="05-sample",
        title="one sample of an output",
        answer=3.5,
        why="3·1 + 1·0.5 + 0·0.25: what comes in now counts whole, what came in earlier is an echo by now.",
        hint="What came in at 3 is heard whole, what came in at 2 is the first echo, what came in at 1 the "
        "second.",
        mistakes={
            1.25: "You laid the room's answer on the samples 1 to 3 without turning it: the oldest sample "
            "counts whole there, and the newest is the weakest echo.",
            2.25: "That looks at the samples 0 to 2: the answer is not turned, and the newest sample is left "
            "out.",
            3: "That is the sound alone. Echoes of the two samples before are heard with it.",
            1.5: "That is the output one sample earlier.",
            1.75: "That is the sum of the room's answer. Each number of it meets a sample.",
            6: "That adds the samples up as they are: older ones are weaker.",
            10.5: "That adds up the whole output.",
        },
    ),
    Number(
        id="05-correlation",
        title="the gray 4 × 4 picture, kernel as it is",
        answer=-150,
        why="50 + 150 + 100 on the left, 100 + 200 + 150 on the right: 300 − 450.",
        hint="Add the window's left column, and take away its right column.",
        mistakes={
            150: "That is right minus left: it comes out when the kernel is turned by 180° first.",
            1025: _STACKED,
            -1275: _STACKED,
            -50: _ONE_ROW,
            50: _ONE_ROW,
            750: _UNSIGNED,
            300: "That is the left column alone.",
            -450: "That is the right column alone.",
            1125: "That adds all nine pixels: the weights do not come in yet.",
        },
    ),
    Number(
        id="05-convolution",
        title="the same, kernel turned",
        answer=150,
        why="Half a turn brings the −1 to the left and the 1 to the right: 450 − 300.",
        hint="Turn the kernel by 180° on squared paper; then slide it as before.",
        mistakes={
            -150: "That is the kernel as it is: cross-correlation. Convolution turns it by 180° first.",
            1025: _STACKED,
            -1275: _STACKED,
            50: _ONE_ROW,
            -50: _ONE_ROW,
            750: _UNSIGNED,
            0: "The two columns would have to be equal for that; these grow brighter to the right.",
        },
    ),
    Number(
        id="05-invented",
        title='outputs of "same" that read an invented pixel',
        answer=12,
        why="All but the four in the middle: in a map of 4 × 4 the border is most of it.",
        hint="Put the 3 × 3 kernel on each of the 16 pixels: where does it hang over?",
        mistakes={
            4: "Those are the outputs that read true pixels only.",
            16: "In the middle the kernel does not hang over.",
            8: "Those are the sides without the corners. The corners hang over twice.",
            20: "That is how many pixels are invented. How many outputs read one?",
            36: "That is the size of the padded picture, 6 × 6.",
            6: "That is the side of the padded picture.",
        },
    ),
)

MODES_RIGHT = (
    "Between two modes lies one kernel side less one, twice over: 4 + 2, 4, 4 − 2. SciPy's default is full, "
    "PyTorch's is valid."
)

# Parts of one exercise, 05-modes: not counted by themselves.
MODES = {
    "full": Number(
        id="05-full",
        title="side of full",
        answer=6,
        why="",
        hint="The kernel goes wherever it still touches the picture with one weight.",
        mistakes={
            7: "The first place touches the picture with the kernel's last column; count again from there.",
            8: "That is the padded picture, with 2 pixels on each side. The kernel has fewer places on it.",
            4: 'That is "same".',
            2: 'That is "valid".',
            5: "Each side lets the kernel go out by two pixels, not by half as much.",
        },
    ),
    "same": Number(
        id="05-same",
        title="side of same",
        answer=4,
        why="",
        hint="The name says it.",
        mistakes={
            6: 'That is the padded picture, or "full".',
            2: 'That is "valid".',
            3: "That is the kernel.",
        },
    ),
    "valid": Number(
        id="05-valid",
        title="side of valid",
        answer=2,
        why="",
        hint="The kernel stays inside: n − k steps, and the place where it began.",
        mistakes={
            1: "That is the number of steps. Places are one more.",
            4: 'That is "same".',
            6: 'That is "full".',
            3: "That is the kernel.",
        },
    ),
}
