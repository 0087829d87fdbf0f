"""Lesson 06, stride, padding, size: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (Exercise(id="06-out-size", title="write the formula yourself"),)

NUMBERS = (
    Number(
        id="06-same",
        title="padding that keeps the size at kernel 5",
        answer=2,
        why="At stride 1 a kernel of 5 takes 4 pixels away; 2 on each side give them back: (k − 1) / 2.",
        hint="How many pixels does a kernel of 5 take away along one direction, without padding? Half of "
        "them come back on each side.",
        mistakes={
            4: "That is what is lost in all. Padding is counted per side.",
            1: "That is right for a kernel of 3.",
            0: "Without padding the map loses pixels: the kernel cannot be centred on the border.",
            2.5: "Half of the kernel would be half a pixel too much: its centre itself needs no padding.",
            3: "That is right for a kernel of 7.",
            5: "That is the kernel's size. What is lost is one less, and it comes back on two sides.",
        },
    ),
    Number(
        id="06-centre",
        title="how often the centre of 5 × 5 is read",
        answer=9,
        why="The kernel fits in 3 · 3 places, and the centre lies in the window of each.",
        hint="In how many places does a 3 × 3 kernel fit on 5 × 5? Which of them cover the centre?",
        mistakes={
            1: "That is a corner. The centre lies in the windows of other places too.",
            3: "That counts the places along one row. The kernel moves down as well.",
            4: "That is the pixel diagonally next to a corner.",
            6: "That is a neighbour of the centre.",
            8: "You counted the neighbours. The window that is centred on it reads it too.",
            25: "That is how many pixels there are. The kernel has fewer places than that.",
        },
    ),
    Number(
        id="06-unread",
        title="pixels of 6 × 6 that a 3 × 3 kernel at stride 2 never reads",
        answer=11,
        why="The windows end at row 4 and column 4: a row and a column are left over, 6 + 6 − 1.",
        hint="At which rows do the windows begin, and where does the last one end?",
        mistakes={
            0: "The first window begins at row 0, the second at row 2 and ends at row 4. And row 5?",
            12: "The corner lies in the last row and in the last column: you counted it twice.",
            6: "A row is left over, and a column too.",
            25: "Those are the pixels that are read.",
            1: "One row is left over, and one column: count their pixels.",
            2: "One row and one column are left over: count their pixels.",
            20: "A third window would reach row 6, which does not exist, but row 4 is read by the second.",
        },
    ),
    Number(
        id="06-two-layers",
        title="receptive field of two 3 × 3 layers at stride 1",
        answer=5,
        why="The second layer adds k − 1 = 2 to the 3 of the first.",
        hint="A number of the second map reads three neighbouring numbers of the first. Which pixels do "
        "those three read together?",
        mistakes={
            3: "That is what a number of the first map sees. One of the second reads three of those.",
            6: "The windows of neighbours overlap: they do not add up to twice the width.",
            9: "Neighbouring windows overlap nearly whole: one pixel of each is new.",
            7: "That is three such layers.",
            4: "Three neighbours: the first sees 3 pixels, and each of the other two adds one.",
        },
    ),
    Number(
        id="06-lenet",
        title="receptive field: convolution 5, pooling 2, convolution 5",
        answer=14,
        why="5, then 5 + 1 · 1 = 6, then 6 + 4 · 2 = 14: behind the stride of 2, a step is two pixels.",
        hint="r grows by (k − 1) · jump, and the jump is 1 until the first stride of 2, then 2.",
        mistakes={
            5: "That is the last kernel's own size, in numbers of the map before it. Each of them sees more.",
            6: "That is after the pooling; one layer is missing.",
            10: "Behind the pooling, neighbours lie 2 pixels apart: the last 4 steps count double.",
            12: "That adds up the kernels' sizes: 5 + 2 + 5. Windows overlap, and strides count double.",
            15: "The pooling adds its k − 1 with the jump before its own stride, which is 1.",
            16: "That is one pooling further on. Or k was multiplied by the jump, not k − 1.",
            18: "The jump is doubled once: by the pooling. The last layer's own stride is 1.",
            20: "That multiplies. The layers' shares add up.",
            50: "That multiplies. The layers' shares add up.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="06-predict-32",
        title="32 pixels, kernel 5",
        kind="predict",
        question="A kernel of 5 slides over 32 pixels, without padding, at stride 1. In how many places does "
        "it fit?",
        right=28,
        replies={
            32: "The kernel would have to hang over the border; that takes padding.",
            27: "32 − 5 counts the steps. Places are one more.",
            26: "That is a kernel of 7.",
            30: "That is a kernel of 3.",
            7: "The kernel moves on by one pixel, not by its own width.",
            6: "The kernel moves on by one pixel, not by its own width.",
        },
        otherwise="From the first place to the last are 32 − 5 steps.",
        reveal="32 − 5 = 27 steps of one pixel, and the place where it began: 28.",
    ),
    Prediction(
        id="06-predict-5",
        title="5 pixels, kernel 3, padding 1, stride 2",
        kind="predict",
        question="A kernel of 3 slides over 5 pixels with padding 1 (on each side), at stride 2. In how many "
        "places does it fit?",
        right=3,
        replies={
            2: "That is without the padding, or with padding on one side only and the rest dropped: here 5 "
            "pixels become 7.",
            2.5: "That is padding counted once, and no floor. There are 7 pixels, so 4 to go, at 2 a step.",
            5: "That is stride 1: the padding keeps the size. At stride 2 every other place is left out.",
            4: "From the first place there are 4 pixels to go, at 2 a step.",
        },
        otherwise="Padding 1 makes 7 of the 5 pixels: 4 are left to go, at 2 a step.",
        reveal="(5 + 2 · 1 − 3) / 2 = 2 steps, and the place where it began: 3.",
    ),
    Prediction(
        id="06-predict-floor",
        title="spot the mistake: (W − F + 2P) / S + 1",
        kind="spot",
        question="An introduction gives the size as (W − F + 2P) / S + 1. For a picture of W = 6, a kernel "
        "of F = 3, no padding and a stride of S = 2 this is 2.5. How large is the output really?",
        options=("2", "2.5", "3", "none: it is an error"),
        right="2",
        replies={
            "2.5": "There is no half a place: either the whole kernel fits or it does not.",
            "3": "A third window would begin at pixel 4 and need pixel 6. The last one is pixel 5.",
            "none: it is an error": "Some early programs refused such settings. Today's stop at the last "
            "window that fits, and say nothing.",
        },
        reveal="The windows begin at 0 and at 2. One at 4 would hang over, so the fraction is dropped: the "
        "formula needs a floor. And pixel 5 is never read.",
    ),
    Prediction(
        id="06-predict-stride",
        title="spot the mistake: stride 2 skips 2",
        kind="spot",
        question="A claim to test: with a stride of 2 the kernel skips two pixels. The first window begins "
        "at column 0. Where does the next one begin?",
        options=("column 1", "column 2", "column 3"),
        right="column 2",
        replies={
            "column 1": "That is stride 1: every place is used.",
            "column 3": "It would, if two places were skipped. The stride is the step, not the gap.",
        },
        reveal="The stride says how far the kernel moves: by 2, so it skips one place. Stride 1 skips none.",
    ),
    Prediction(
        id="06-predict-padding",
        title="spot the mistake: without padding, pixels are lost",
        kind="spot",
        question="A claim to test: without padding some pixels are not read. A 3 × 3 kernel slides over "
        "5 × 5 pixels at stride 1. Which pixels does it never read?",
        options=("none", "the four corners", "the whole border"),
        right="none",
        replies={
            "the four corners": "The first window begins in a corner, and reads it.",
            "the whole border": "The kernel is never centred there, but its outer weights lie on it.",
        },
        reveal="Every pixel is read, but not equally often: a corner once, the centre nine times. Pixels are "
        "lost only where a stride leaves a remainder, or steps over them. Padding is there to keep the size, "
        "and to hear the border as often as the middle.",
    ),
    Prediction(
        id="06-predict-corner",
        title="how often a corner is read",
        kind="predict",
        question="A 3 × 3 kernel slides over 5 × 5 pixels at stride 1, without padding. How many windows "
        "read the pixel in the corner?",
        right=1,
        replies={
            0: "The first window begins there.",
            4: "Four windows read the pixel diagonally next to it.",
            3: "Three windows read the middle of a border.",
            2: "Two windows read its neighbour.",
            9: "That is the centre.",
        },
        otherwise="A window that reads the corner must begin there, or end there.",
        reveal="Only the window that begins there reads it. The centre lies in all nine windows.",
    ),
    Prediction(
        id="06-predict-field",
        title="spot the mistake: the receptive field is the kernel",
        kind="spot",
        question="A claim to test: the receptive field of a number is as large as its layer's kernel. Two "
        "3 × 3 layers, each at stride 2, are stacked. How many pixels across does a number of the second map "
        "see?",
        options=("3", "5", "7", "9"),
        right="7",
        replies={
            "3": "Three numbers of the first map. Each of them sees three pixels.",
            "5": "That is at stride 1, where neighbours look one pixel further. Here they look two further.",
            "9": "Three times three, if the windows did not overlap. At stride 2 they share one pixel.",
        },
        reveal="The three numbers look at pixels 0 to 2, 2 to 4 and 4 to 6: seven in all. The claim holds in "
        "the first layer only; behind it, r grows by (k − 1) times the jump.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
