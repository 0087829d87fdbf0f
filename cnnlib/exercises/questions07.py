"""Lesson 07, pattern detectors and the bend: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="07-zero-mean", title="make a kernel blind to brightness"),
    Exercise(id="07-relu", title="write the bend yourself"),
    Exercise(id="07-compose", title="put two kernels into one"),
)

NUMBERS = (
    Number(
        id="07-itself",
        title="raw sum of the curve detector on itself",
        answer=5400,
        why="Six products of 30 · 30. A perfect match, and yet less than the brighter curve's 6600, not to "
        "speak of the wall's 9000.",
        hint="Where the detector holds 0, the product is 0. How many products are left, and what is each?",
        mistakes={
            900: "That is one of the products. The detector has six weights that are not 0.",
            180: "That adds up the weights. Each is multiplied by the pixel under it, which is 30 here.",
            6300: "Count the weights again: six are not 0.",
            6600: "That is the curve of 50s. The detector itself is made of 30s.",
            9000: "That is the wall of 50s.",
            44100: "Of the 49 cells most hold 0, and so do their products.",
            1: "That is the normalised score: 1 for the pattern itself. The raw sum knows no such limit.",
        },
    ),
    Number(
        id="07-mean",
        title="mean of the detector's weights",
        answer=180 / 49,
        why="180 over 49 cells, about 3.67: subtracted everywhere, it leaves weights that add up to 0.",
        hint="Add up all weights and divide by the number of cells, the empty ones included.",
        mistakes={
            30: "That is the mean of the six weights that are not 0. The empty cells count too: they get "
            "negative weights.",
            180: "That is the sum. Divide it by the number of cells.",
            180 / 7: "The detector has 7 rows and 7 columns, so more than 7 cells.",
            15: "That is halfway between the smallest and the largest weight, not the mean.",
            0: "That is what the mean will be after the subtraction.",
            **dict.fromkeys((3.7, 3.67, 3.673), "That is rounded. Let Python divide."),
        },
    ),
    Number(
        id="07-three-layers",
        title="side of the one kernel that does what three 3 × 3 layers do",
        answer=7,
        why="Each further layer of 3 adds k − 1 = 2: 3, 5, 7. Two layers have the sides' sum less 1.",
        hint="How many pixels across does a number of the third map see, with nothing between the layers?",
        mistakes={
            3: "That is one layer's. A number of the second map sees more of the picture.",
            5: "That is two layers.",
            9: "Neighbouring windows overlap: the sides do not add up to the full.",
            6: "Neighbouring windows overlap, but not that much: each layer adds k − 1.",
            27: "The weights of three kernels are 27 in number. The question is for the side of the one.",
            25: "That is how many weights the 5 × 5 kernel of two layers has.",
            49: "That is how many weights it has. What is its side?",
        },
    ),
    Number(
        id="07-slope",
        title="slope of ReLU at −378",
        answer=0,
        why="Left of 0 the curve is flat: a little more or less changes nothing, and learning hears nothing.",
        hint="Draw max(0, x). How much does it rise around −378?",
        mistakes={
            1: "That is right of 0, where what comes out is what goes in.",
            -1: "A slope of −1 would turn signs round, as the absolute value does.",
            -378: "That is the place. How steep is the curve there?",
            0.01: "That is the leaky ReLU, which lets a hundredth through.",
            0.1: "That is the leaky ReLU of the demo, which lets a tenth through.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="07-predict-wall",
        title="the curve or the blank wall",
        kind="predict",
        question="The curve detector has six weights of 30 along a curve and 0 elsewhere. On a curve whose "
        "pixels are mostly 50 it answers 6600. Now it lies on a blank wall, where every pixel is 50. Which "
        "answer is larger?",
        options=("the curve's, by far", "the curve's, by a little", "both are equal", "the wall's"),
        right="the wall's",
        replies={
            "the curve's, by far": "That is what a detector is for, and this one fails at it: weights of 0 "
            "do not object to bright pixels.",
            "the curve's, by a little": "On the curve, one of the six weights meets a 0 and another a 20. On "
            "the wall, all six meet 50.",
            "both are equal": "They would be, if all six weights met a 50 on the curve, too.",
        },
        reveal="On the wall all six weights meet a 50: 6 · 30 · 50 = 9000, against 6600. The detector has no "
        "negative weight, so nothing speaks against a pixel that is bright where it should be dark.",
    ),
    Prediction(
        id="07-predict-turn",
        title="the detector turned by 180°",
        kind="predict",
        question="The detector gave 6600 on the curve. Turned by 180° it lies on the same pixels. What does "
        "it give?",
        options=("0", "3600", "6600", "−6600"),
        right="3600",
        replies={
            "0": "The curve and its turned twin share pixels: both run down the middle.",
            "6600": "It would, if the curve looked the same upside down.",
            "−6600": "Turning moves the weights; it changes no sign.",
        },
        reveal="Three of its six weights still meet the line. The sum tells how much brightness lies under "
        "the weights, and a wrong pattern collects some of it, too.",
    ),
    Prediction(
        id="07-predict-zero-mean",
        title="the wall, after the mean is subtracted",
        kind="predict",
        question="The mean of the detector's weights is subtracted from each of them. It lies on the wall of "
        "50s again. What does it answer?",
        right=0,
        replies={
            9000: "That is before. Now 43 of the 49 weights are negative.",
            6600: "That is the curve, before.",
            4212: "That is the curve, after. On the wall nothing stands out.",
            50: "That is the gray of the wall. Weights that add up to 1 would give it back.",
        },
        otherwise="On a wall the answer is gray times the sum of the weights. And that sum is now?",
        reveal="The weights add up to 0 now, so a wall of any gray gives 0. The curve still gives 4212.",
    ),
    Prediction(
        id="07-predict-claim",
        title="spot the mistake: a large sum means a curve",
        kind="spot",
        question="A claim to test: if the detector's sum is large, its curve is there. On which of these "
        "7 × 7 windows is the raw sum largest?",
        options=(
            "the curve of 50s",
            "the detector's own pattern, of 30s",
            "a blank window of 50s",
            "a blank window of 255s",
        ),
        right="a blank window of 255s",
        replies={
            "the curve of 50s": "6600. All six weights on 50s give more.",
            "the detector's own pattern, of 30s": "The perfect match gives 6 · 30 · 30 = 5400, the least of "
            "the four: its pixels are the darkest.",
            "a blank window of 50s": "9000, more than either curve. One of the others is brighter still.",
        },
        reveal="5400, 6600, 9000, 45,900: the order is that of brightness, not of likeness. The claim holds "
        "only between windows of equal brightness and contrast, which is what the normalised score makes of "
        "them: 1, 0.406, 0, 0.",
    ),
    Prediction(
        id="07-predict-edge",
        title="zero-mean, in front of an edge",
        kind="predict",
        question="With its mean subtracted, the detector is blind to the wall. What of the wall's edge, "
        "where 255 stands next to 0, against a curve drawn with 160?",
        options=(
            "0, as the wall itself",
            "a small answer: an edge is no curve",
            "an answer that can beat the curve's",
        ),
        right="an answer that can beat the curve's",
        replies={
            "0, as the wall itself": "Only what is flat gives 0. At an edge the negative weights may lie on "
            "the dark side, where they cost nothing.",
            "a small answer: an edge is no curve": "Less like a curve, yes, but of more contrast, and the "
            "answer grows with that.",
        },
        reveal="The sum still grows with contrast, and white beside black has more of it than a curve of "
        "160. In one of its turns, the detector answers to the edge more than to any curve: you will see.",
    ),
    Prediction(
        id="07-predict-relu",
        title="ReLU after an edge kernel",
        kind="predict",
        question="A Sobel kernel gives right minus left. Its map goes through ReLU. Which edges are left?",
        options=(
            "all, but weaker",
            "those from dark to bright",
            "those from bright to dark",
            "all, now positive",
        ),
        right="those from dark to bright",
        replies={
            "all, but weaker": "What is positive passes as it is; what is negative is not weaker, but gone.",
            "those from bright to dark": "There, right minus left is negative. That is what ReLU cuts off.",
            "all, now positive": "That is the absolute value. ReLU does not turn the negative ones round.",
        },
        reveal="From dark to bright, right minus left is positive and passes. The other edges become 0: a "
        "second filter, with the signs swapped, would be needed for them. That is one reason why a layer has "
        "many.",
    ),
    Prediction(
        id="07-predict-collapse",
        title="two 3 × 3 layers with nothing between",
        kind="predict",
        question="A picture goes through a 3 × 3 kernel, and the map through another. Nothing happens "
        "between the two. Which single kernel does the same at once?",
        options=("a 3 × 3 one", "a 5 × 5 one", "a 6 × 6 one", "a 9 × 9 one", "none: two layers can do more"),
        right="a 5 × 5 one",
        replies={
            "a 3 × 3 one": "A number of the second map depends on more pixels than nine.",
            "a 6 × 6 one": "Neighbouring windows overlap: the second layer adds k − 1.",
            "a 9 × 9 one": "Neighbouring windows overlap: the second layer adds k − 1.",
            "none: two layers can do more": "Sums of sums of products are sums of products: one kernel will "
            "do.",
        },
        reveal="One 5 × 5 kernel gives the same number in every place: its weights come from sliding one "
        "kernel over the other.",
    ),
    Prediction(
        id="07-predict-bend",
        title="spot the mistake: why ReLU",
        kind="spot",
        question="An introduction says that ReLU is needed because data from the real world is not linear. "
        "What happens to a network of many convolutions if every ReLU is taken out?",
        options=(
            "it can do no more than one layer",
            "it cannot take photos any more",
            "its numbers become negative, which is not allowed",
            "it gets slower, nothing else",
        ),
        right="it can do no more than one layer",
        replies={
            "it cannot take photos any more": "A kernel takes any numbers. Filters without a bend did so for "
            "decades.",
            "its numbers become negative, which is not allowed": "Negative numbers are as good as any. The "
            "maps of lesson 3 are full of them.",
            "it gets slower, nothing else": "It would get faster. But its layers would fold into one.",
        },
        reveal="Without a bend, layer after layer folds into a single kernel, however many there are. The "
        "reason lies in the network, not in the data: it is the bend that makes depth worth something.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
