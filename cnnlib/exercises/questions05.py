"""Lesson 05, flip and borders: its exercises and predictions, as data."""

from cnnlib.exercises.numbers05 import NUMBERS
from cnnlib.exercises.questions import Exercise, Prediction

CHECKS = (
    Exercise(id="05-echo", title="write an echo yourself"),
    Exercise(id="05-flip", title="turn a kernel by 180°"),
    Exercise(id="05-convolve", title="convolution proper"),
    Exercise(id="05-modes", title="full, same, valid"),
    Exercise(id="05-mirror", title="a mirrored border"),
)

PREDICTIONS = (
    Prediction(
        id="05-predict-click",
        title="a click goes into a room",
        kind="predict",
        question="Someone clicks once in an empty room, and a microphone records what is heard. What is on "
        "the record?",
        options=(
            "the click, then weaker copies of it",
            "a single click",
            "the click, played backwards",
            "silence",
        ),
        right="the click, then weaker copies of it",
        replies={
            "a single click": "In the open air, perhaps. A room sends it back from each of its walls.",
            "the click, played backwards": "Something is turned round in the arithmetic, but no sound is.",
            "silence": "The click itself reaches the microphone first of all.",
        },
        reveal="The click, then each echo at its time and with its strength: that list of numbers is called "
        "the impulse response, and it says all that the room does to any sound.",
    ),
    Prediction(
        id="05-predict-ahead",
        title="the room's answer, not turned",
        kind="predict",
        question="Someone computes the output with the room's answer laid on the sound as it is, not turned "
        "round. What is heard?",
        options=("echoes before the sound", "echoes after the sound", "no echoes", "the sound backwards"),
        right="echoes before the sound",
        replies={
            "echoes after the sound": "So it is with the turn: then the weak weights lie on what came in "
            "earlier.",
            "no echoes": "The weights are the same, so there are echoes. Where do the weak ones lie?",
            "the sound backwards": "The room's answer is what is turned or not; the sound stays.",
        },
        reveal="Not turned, the weak weights lie on samples that are still to come: each echo is heard "
        "before its sound. No room does that, and so a convolution turns the answer round.",
    ),
    Prediction(
        id="05-predict-impulse",
        title="a picture with a single 1",
        kind="predict",
        question="A picture is 0 but for a single 1 in its middle. cnnlib's conv2d slides the kernel "
        "[[1, 2, 3], [4, 5, 6], [7, 8, 9]] over it. What is written around the middle of the map?",
        options=(
            "the kernel",
            "the kernel, turned by 180°",
            "the kernel, mirrored left to right",
            "nine times 5",
        ),
        right="the kernel, turned by 180°",
        replies={
            "the kernel": "So it would be with `flip=True`, or with SciPy's `convolve2d`.",
            "the kernel, mirrored left to right": "Columns change places, that is right. So do rows.",
            "nine times 5": "The 1 meets another weight in each of the nine windows.",
        },
        reveal="In the first window that contains the 1, it lies at the lower right, under the 9; in the "
        "last one at the upper left, under the 1. So the map spells the kernel from its end.",
    ),
    Prediction(
        id="05-predict-blur",
        title="where the flip does nothing",
        kind="predict",
        question="correlate2d and convolve2d get the same photo and the Gaussian blur. In how many places do "
        "the two maps differ?",
        options=("in none", "along the border", "at the edges of things", "everywhere"),
        right="in none",
        replies={
            "along the border": "Both treat the border alike.",
            "at the edges of things": "They would, if left and right of the kernel differed.",
            "everywhere": "Turn the kernel on paper, and compare.",
        },
        reveal="Half a turn leaves this kernel as it is, so there is nothing to differ. The same holds for "
        "the box blur, sharpen, and the outline kernel.",
    ),
    Prediction(
        id="05-predict-scipy",
        title="spot the mistake: convolve2d and a dark-to-bright edge",
        kind="spot",
        question="An introduction takes [[−1, 0, 1], [−1, 0, 1], [−1, 0, 1]], which is to answer with plus "
        "where a picture gets brighter to the right, and applies it with SciPy's convolve2d. Each row of the "
        "picture is 10, 20, 30, 40. What comes out?",
        options=("+60", "−60", "+20", "0"),
        right="−60",
        replies={
            "+60": "That is `correlate2d`. `convolve2d` turns the kernel first.",
            "+20": "That is one row of the window, and with the sign of `correlate2d`.",
            "0": "So it is on a flat picture. This one changes.",
        },
        reveal="convolve2d turns the kernel, so that its 1 lies on the left, darker pixel: three times "
        "10 − 30. It still finds the edge, but with the other sign, and whoever then clips to 0 to 255 "
        "sees nothing.",
    ),
    Prediction(
        id="05-predict-unflipped",
        title="spot the mistake: networks convolve",
        kind="spot",
        question="A claim to test: the layers of a network compute the convolution of mathematics. On the "
        "gray 4 × 4 picture, that gives +150 everywhere for [[1, 0, −1], [1, 0, −1], [1, 0, −1]]. What does "
        "PyTorch's conv2d give?",
        options=("+150 everywhere", "−150 everywhere", "0 everywhere", "it depends on the training"),
        right="−150 everywhere",
        replies={
            "+150 everywhere": "It would, if the kernel were turned first. It is not.",
            "0 everywhere": "Left and right differ by 50 in each row, whichever is taken from the other.",
            "it depends on the training": "Training changes the weights. Here they are given.",
        },
        reveal="It slides the kernel as it is: that is cross-correlation. The field says convolution for "
        "both; it is worth knowing which one a function means.",
    ),
    Prediction(
        id="05-predict-stacked",
        title="spot the mistake: 1025 and −1275, once more",
        kind="spot",
        question="The published map of the gray 4 × 4 picture, 1025 above −1275, could come from a turned "
        "kernel, or from invented pixels. Which of these gives one of the two numbers anywhere?",
        options=("turning the kernel", "a border of zeros", "a border that wraps round", "none of them"),
        right="none of them",
        replies={
            "turning the kernel": "Half a turn makes this kernel its own negative: −150 becomes +150.",
            "a border of zeros": "With zeros around it the outputs run from −375 to 525.",
            "a border that wraps round": "Then all outputs are −150 or +150.",
        },
        reveal="No turn and no border gives either number. And they would not be stacked: one kernel makes "
        "one map, 2 × 2 here; only maps of different kernels lie on top of each other.",
    ),
    Prediction(
        id="05-predict-learned",
        title="a network with true convolution",
        kind="predict",
        question="Two networks are trained alike, but in one of them each layer turns its kernels before "
        "sliding them, and its first random kernels are the other's, turned. How do its trained kernels "
        "look?",
        options=("the same", "turned by 180°", "with the other sign", "worse: it cannot find edges"),
        right="turned by 180°",
        replies={
            "the same": "Then the two would compute different maps. Training sees to the maps.",
            "with the other sign": "That is so only for kernels that half a turn makes their own negative.",
            "worse: it cannot find edges": "It finds all that the other finds.",
        },
        reveal="Turned kernels, turned once more before use, make the same maps, the same errors, and the "
        "same steps. As the weights are learned, the turn would only be work: so the field leaves it out.",
    ),
    Prediction(
        id="05-predict-corner",
        title="a white wall with a border of zeros",
        kind="predict",
        question="A white wall, 255 everywhere, is blurred by a 3 × 3 mean. The border is of zeros, and the "
        "output as large as the picture. What stands in its corner, rounded?",
        options=("255", "170", "113", "28"),
        right="113",
        replies={
            "255": "So it is away from the border, and with any border that repeats the wall.",
            "170": "That is at a side: six of nine pixels are wall. In a corner it is fewer.",
            "28": 'That is one of nine: so it is in the corner of "full".',
        },
        reveal="Four of the nine pixels are wall, five are invented: 4/9 of 255. The blurred wall gets a "
        "dark rim that nobody painted.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
