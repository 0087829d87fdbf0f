"""Lesson 10, why convolution: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="10-counts", title="count three kinds of layer"),
    Exercise(id="10-fields", title="write the recursion yourself"),
)

NUMBERS = (
    Number(
        id="10-shared",
        title="weights of 5 filters of 3 × 3 on one channel",
        answer=45,
        why="5 · 3 · 3, whatever the size of the picture: every place uses the same weights.",
        hint="How many weights has one filter? Does the size of the picture come in?",
        mistakes={
            9: "That is one filter.",
            50: "That counts the biases, too. Weights alone were asked for.",
            135: "That is on three channels.",
            15: "A filter of 3 × 3 has nine weights.",
        },
    ),
    Number(
        id="10-own",
        title="weights without sharing: 5 filters of 3 × 3 on 32 × 32, padding keeps the size",
        answer=46080,
        why="32 · 32 places, 5 filters at each, 3 · 3 weights in each of those.",
        hint="How many numbers come out, and how many weights make each of them?",
        mistakes={
            15360: "32 · 32 · 5 · 3: of the window's 3 · 3 weights, a single factor 3 came in.",
            40500: "That is without padding, 30 × 30 places. Here padding keeps 32 × 32.",
            13500: "That is without padding, and of the window's 3 · 3 weights, a single factor 3 came in.",
            51200: "That counts the biases, too. Weights alone were asked for.",
            45: "That is with sharing: the filters of one place, used everywhere.",
            50: "That is with sharing: the filters of one place, used everywhere, and their biases.",
            9216: "That is one filter. There are five.",
            5120: "Those are the numbers that come out. Each of them has a window of weights.",
            138240: "That is on three channels.",
        },
    ),
    Number(
        id="10-hidden",
        title="weights from 28 × 28 pixels to 100 hidden units",
        answer=78400,
        why="784 pixels, each connected with each of the 100 units.",
        hint="Every unit has a weight for every pixel.",
        mistakes={
            78500: "That counts the biases, too. Weights alone were asked for.",
            2800: "28 pixels are one row. There are 28 rows.",
            784: "That is one unit.",
            884: "Each unit is connected with each pixel: multiply.",
            25600: "That is for 16 × 16 pixels.",
            102400: "That is for 32 × 32 pixels.",
        },
    ),
    Number(
        id="10-deep",
        title="receptive field of (convolution 3, convolution 3, pooling 2), three times",
        answer=36,
        why="3, 5, 6; then at jump 2: 10, 14, 16; then at jump 4: 24, 32, 36.",
        hint="r grows by (k − 1) · jump; the jump doubles behind each pooling: 1, 2, 4.",
        mistakes={
            24: "That adds up the kernels' sizes. Windows overlap, and behind a pooling steps count double.",
            16: "That is after two of the three rounds.",
            32: "The last pooling looks at two neighbours, which lie 4 pixels apart.",
            40: "The last pooling's own stride counts for the layers behind it, not for itself.",
            16.5: "Receptive fields are whole numbers of pixels.",
            6: "That is one round.",
            18: "Behind a pooling, neighbours lie further apart: the same kernel sees more pixels there.",
            13: "Behind a pooling, neighbours lie further apart: multiply by the jump.",
            50: "Each layer adds (k − 1) · jump, not k · jump.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="10-predict-grow",
        title="a picture of twice the side, without sharing",
        kind="predict",
        question="A convolution keeps its weights when the picture grows (lesson 8). And windows that do not "
        "share? The picture grows from 32 × 32 to 64 × 64, and padding keeps the size. How does their number "
        "of weights change?",
        options=(
            "it stays",
            "it doubles",
            "it becomes four times as large",
            "it becomes sixteen times as large",
        ),
        right="it becomes four times as large",
        replies={
            "it stays": "That is the convolution: new places use the weights of the old ones. Here each has "
            "its own.",
            "it doubles": "Twice as many places across, and twice as many down.",
            "it becomes sixteen times as large": "That is a dense layer that makes the whole map. A window "
            "stays as small as it was.",
        },
        reveal="Four times as many places, each with weights of its own. The convolution keeps its few; a "
        "dense layer that makes the whole map takes sixteen times as many: four times the outputs, and each "
        "of them sees four times the pixels.",
    ),
    Prediction(
        id="10-predict-shuffle",
        title="shuffled pixels",
        kind="predict",
        question="Digits lie up to two pixels from the middle. All of them, also those held out, then get "
        "their pixels shuffled in one and the same way. A dense network and a convolutional one learn from "
        "them anew. Which gets worse?",
        options=("both", "only the dense one", "only the convolutional one", "neither"),
        right="only the convolutional one",
        replies={
            "both": "Think of a dense layer's first row of weights: does it know which pixels are "
            "neighbours?",
            "only the dense one": "A dense layer has one weight for each pixel, wherever that lies.",
            "neither": "All pixels are still there, but a 3 × 3 window now holds nine that do not belong "
            "together.",
        },
        reveal="For a dense layer the order of its inputs has no meaning: shuffle its weights likewise and "
        "it is the same layer. A convolution takes for granted that neighbours belong together. Shuffled, "
        "they do not.",
    ),
    Prediction(
        id="10-predict-plain",
        title="digits in place",
        kind="predict",
        question="Digits of 8 × 8 pixels lie all in the middle of the picture. Two small networks learn from "
        "them, a dense and a convolutional one. Which gets more of the held-out digits right?",
        options=("the dense one", "the convolutional one", "next to no difference"),
        right="next to no difference",
        replies={
            "the dense one": "It has more weights, but both have what these digits take.",
            "the convolutional one": "What does it gain from filters that work in every place, where "
            "everything always lies in the same one?",
        },
        reveal="Both get about 97 of 100 right. Sharing pays when things lie elsewhere: already two pixels "
        "of jitter tell the two apart.",
    ),
    Prediction(
        id="10-predict-faces",
        title="faces in place, without sharing",
        kind="predict",
        question="Windows that do not share learn to tell a smile from a frown, with 64,810 parameters where "
        "a convolution has 210. When do they fall behind?",
        options=("on centred faces", "on jittered faces", "on both"),
        right="on jittered faces",
        replies={
            "on centred faces": "There, the mouth always lies in the same windows. These learn it well.",
            "on both": "On centred faces the mouth always lies in the same windows. These learn it well.",
        },
        reveal="In place, both are right every time. With jitter, every window must learn the mouth for "
        "itself, from the few pictures in which it came by; a convolution learns it once for all places.",
    ),
    Prediction(
        id="10-predict-product",
        title="spot the mistake: 32 · 32 · 5 · 3 = 46,080",
        kind="spot",
        question="An introduction counts the weights of 5 filters of 3 × 3 without sharing, on 32 × 32 "
        "pixels of one channel, where padding keeps the size: 32 · 32 · 5 · 3 = 46,080. What is wrong?",
        options=("the product", "the result", "nothing", "both"),
        right="the product",
        replies={
            "the result": "Count anew: 32 · 32 · 5 numbers come out. How many weights has each window?",
            "nothing": "Work it out: 32 · 32 · 5 · 3 is 15,360.",
            "both": "15,360 is what is written there. But the result could be right for another product: "
            "count the weights of a window.",
        },
        reveal="32 · 32 · 5 · 3 is 15,360: a factor 3 is missing. The window has 3 · 3 weights, and "
        "32 · 32 · 5 · 3 · 3 is 46,080.",
    ),
    Prediction(
        id="10-predict-universal",
        title="spot the mistake: one hidden layer is enough",
        kind="spot",
        question="A claim to test: one hidden layer can approximate any continuous function, so it needs no "
        "convolution. What does the theorem promise?",
        options=(
            "that enough units exist",
            "that training finds them",
            "that few units will do",
            "that new pictures come out right",
        ),
        right="that enough units exist",
        replies={
            "that training finds them": "It says that weights exist, not how to find them.",
            "that few units will do": "It names no number. There may have to be very many.",
            "that new pictures come out right": "It speaks of a range in which the function is known, and "
            "not of what lies outside, or between the examples.",
        },
        reveal="It promises that some number of units comes as near as one likes, on a closed range. Nothing "
        "is said of how many, of training, or of anything that was not fitted. For that one must know "
        "something about pictures, such as that neighbours belong together.",
    ),
    Prediction(
        id="10-predict-most",
        title="spot the mistake: dense layers hold the most",
        kind="spot",
        question="A claim to test: in a convolutional network, most parameters sit in the dense layers at "
        "its end. Where is that true?",
        options=("in every such network", "in some", "in none"),
        right="in some",
        replies={
            "in every such network": "Networks that end with a global average, such as ResNet, have one "
            "small dense layer.",
            "in none": "Count LeNet's: 156 and 2,416 in the convolutions. And in the three dense layers?",
        },
        reveal="LeNet has 61,230 of its 63,802 parameters in dense layers, 96.0 %. VGG-16 has most there, "
        "too. ResNet and GoogLeNet average every map at the end and have few.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
