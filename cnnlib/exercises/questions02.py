"""Lesson 02, pixels, channels, bytes: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="02-shape", title="the shape of a landscape photo"),
    Exercise(id="02-binary", title="50 in eight bits"),
    Exercise(id="02-pixel", title="look up a pixel"),
    Exercise(id="02-flat-index", title="where in memory does it lie?"),
    Exercise(id="02-to-gray", title="turn colour into gray"),
)

NUMBERS = (
    Number(
        id="02-apple",
        title="bits of the 4 × 4 apple",
        answer=144,
        why="4 rows · 4 columns · 3 channels are 48 values, and each takes 3 bits.",
        hint="Count the values first: rows times columns times channels. Then each of them takes 3 bits.",
        mistakes={
            48: "That is the number of values, or of the bits of one channel. Values and bits per value "
            "multiply.",
            18: "That is the number of bytes. Bits are asked for.",
            16: "That is the number of pixels. Each has three channels, and each channel has its bits.",
            384: "That is with 8 bits a value. The apple's numbers run from 0 to 7.",
            432: "You counted the channels twice.",
            512: "That is how many colours a pixel can have.",
            128: "That is with 8 bits a pixel. How many does a pixel take, if each channel takes 3?",
            336: "7 is the largest value. How many bits does it take?",
        },
    ),
    Number(
        id="02-values",
        title="values of a 480 × 640 colour photo",
        answer=921_600,
        why="480 · 640 · 3; as bytes, nearly a million of them.",
        hint="Rows times columns are the pixels. How many values has each?",
        mistakes={
            307_200: "That is the number of pixels. Each holds three values.",
            691_200: "That is 480 × 480: the photo is wider than high.",
            1_228_800: "That is with four channels. A photo has three: red, green, blue.",
            1_120: "Rows and columns make a grid: they multiply.",
            1_123: "Sizes along different axes multiply.",
            7_372_800: "That is the number of bits. Values are asked for.",
        },
    ),
    Number(
        id="02-below-zero",
        title="uint8: 3 − 5",
        answer=254,
        why="−2 + 256: below 0, the circle goes on at 255.",
        hint="Bytes run in a circle: one below 0 is 255. Go 2 steps back from 0.",
        mistakes={
            0: "That is clipping, which one has to ask for. Bytes go round.",
            -2: "A byte has no minus sign: its range begins at 0.",
            2: "The sign is not dropped: bytes go round.",
            255: "That is one step below 0. How many are needed?",
            253: "The circle has 256 values, not 255: 0 counts too.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="02-predict-wrap",
        title="250 + 10 in bytes",
        kind="predict",
        question="An array of bytes (uint8) holds 250. The program adds 10 to it, also a byte. What does it "
        "hold now?",
        right=4,
        replies={
            260: "That is the true sum. But eight bits hold 0 to 255.",
            255: "That would be clipping, which one has to ask for.",
            5: "Nearly. From 255 the count goes on at 0, and 0 counts too.",
            0: "It would, if 6 were added: 256 is where the circle closes.",
            10: "Nothing starts anew with what is added.",
        },
        otherwise="Count up from 250, ten steps. What comes after 255?",
        reveal="260 − 256 = 4: a nearly white pixel has become nearly black, without a warning.",
    ),
    Prediction(
        id="02-predict-memory",
        title="the next byte",
        kind="predict",
        question="A photo lies in memory as HWC. Which value follows the red of the upper left pixel?",
        options=(
            "the green of the same pixel",
            "the red of the pixel to its right",
            "the red of the pixel below",
        ),
        right="the green of the same pixel",
        replies={
            "the red of the pixel to its right": "So it would be as CHW, where each channel is a picture "
            "of its own.",
            "the red of the pixel below": "Neither layout goes down first: the row is the slower of the two.",
        },
        reveal="The last letter changes fastest: in HWC that is the channel. In CHW, which PyTorch uses, "
        "it is the column.",
    ),
    Prediction(
        id="02-predict-mute",
        title="a white wall without red",
        kind="predict",
        question="White is red, green and blue at 255. The red channel of a picture is muted. Which colour "
        "has a white wall now?",
        options=("cyan, a greenish blue", "white", "red", "gray"),
        right="cyan, a greenish blue",
        replies={
            "white": "White needs all three. What is left is green and blue.",
            "red": "Red is what was taken away.",
            "gray": "Gray has equally much of all three.",
        },
        reveal="Green and blue light together look cyan. Where the picture was pure red, it is black now.",
    ),
    Prediction(
        id="02-predict-index",
        title="spot the mistake: the first pixel",
        kind="spot",
        question="A published introduction numbers the pixels of one table from 1, those of the next from "
        "0. Which pixel does image[1, 1] give in NumPy?",
        options=("the upper left one", "the one in the second row, second column", "the one above the first"),
        right="the one in the second row, second column",
        replies={
            "the upper left one": "So it is where counting begins at 1, as in MATLAB. NumPy begins at 0.",
            "the one above the first": "There is nothing above the first row; image[−1] counts from the end.",
        },
        reveal="Rows and columns are counted from 0 all through this course, as Python does: the upper "
        "left pixel is image[0, 0]. A text may choose either, but not both.",
    ),
    Prediction(
        id="02-predict-order",
        title="spot the mistake: width × height × channels",
        kind="spot",
        question="Every introduction we read gives a picture's size as width × height × channels. A "
        "landscape photo is 640 pixels wide and 480 high. What is the second number of its shape in NumPy?",
        options=("640", "480", "3"),
        right="640",
        replies={
            "480": "That is the first: an array begins with its rows, and there are as many as the photo "
            "is high.",
            "3": "The channels come last, as Pillow and Matplotlib have it. (In PyTorch they come first.)",
        },
        reveal="(480, 640, 3): rows, columns, channels, which is height, width, channels. The order in words "
        "and the order of the indices differ, and a square picture never shows it.",
    ),
    Prediction(
        id="02-predict-gray",
        title="spot the mistake: gray from colour",
        kind="spot",
        question="A published 3 × 3 gray picture stands beside “the same” in colour. Where the colour "
        "picture has (50, 0, 0), the gray one has 50, and so on in all nine pixels: 100, 150, 75, 125 ... "
        "are the first of the three numbers. What was done?",
        options=(
            "the red channel was taken",
            "the mean was taken",
            "the luma was taken",
            "the largest was taken",
        ),
        right="the red channel was taken",
        replies={
            "the mean was taken": "The mean of 50, 0 and 0 is about 17.",
            "the luma was taken": "The luma of (50, 0, 0) is 0.299 · 50, about 15.",
            "the largest was taken": "That fits (50, 0, 0). But “the first of the three” in all nine "
            "pixels is simpler.",
        },
        reveal="It is the red channel, not a gray version of the picture: whatever is green or blue would "
        "be black. The luma of that pixel is 15.",
    ),
    Prediction(
        id="02-predict-size",
        title="spot the mistake: the size of a pixel",
        kind="spot",
        question="A claim to test: “a pixel has a size”. How large is a pixel of the photo?",
        options=(
            "it has no size of its own",
            "about a quarter of a millimetre",
            "one byte",
            "as large as a bucket of the sensor",
        ),
        right="it has no size of its own",
        replies={
            "about a quarter of a millimetre": "That is a pixel of many a screen. On a poster the same "
            "photo has pixels of a centimetre.",
            "one byte": "That is how much memory a value takes, not how large a pixel is.",
            "as large as a bucket of the sensor": "There its light was collected. The number does not "
            "remember how large the bucket was.",
        },
        reveal="A pixel is numbers at a place in a grid. It gets a size only when it is shown: on a "
        "screen, on paper, enlarged in this lesson to squares of 44 screen pixels.",
    ),
    Prediction(
        id="02-predict-depth",
        title="spot the mistake: bit depth",
        kind="spot",
        question="A published introduction says that bit depth is the intensity of a pixel. Two photos of "
        "the same wall: one with 8 bits a value, one with 3. Which is brighter?",
        options=(
            "neither, the steps differ",
            "the one with 8 bits",
            "the one with 3 bits",
        ),
        right="neither, the steps differ",
        replies={
            "the one with 8 bits": "Its largest number is larger, 255 and not 7. But both stand for the "
            "same white.",
            "the one with 3 bits": "Fewer bits make coarser steps, not more light.",
        },
        reveal="Bit depth is how many bits a value has, so how many steps lie between black and white: 256 "
        "or 8. The intensity is the value itself.",
    ),
    Prediction(
        id="02-predict-apple",
        title="spot the mistake: a red apple?",
        kind="spot",
        question="A published 4 × 4 table is said to show a red apple on green. In its 16 pixels, red is "
        "the largest number 3 times, green 10 times, blue 3 times. What would one see?",
        options=(
            "mostly green, with some red and some blue",
            "a red apple on green",
            "mostly gray",
        ),
        right="mostly green, with some red and some blue",
        replies={
            "a red apple on green": "Three pixels of sixteen are hardly an apple, and where does the blue "
            "come from?",
            "mostly gray": "It would be, if the three numbers of each pixel were alike.",
        },
        reveal="It has a blue corner, and its apple is three pixels. The table was never drawn: drawing "
        "numbers is the quickest way to check them. The apple of this lesson has red largest in 11 pixels.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
