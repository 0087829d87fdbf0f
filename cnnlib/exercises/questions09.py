"""Lesson 09, pooling and shifting: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="09-max-pool", title="write max pooling yourself"),
    Exercise(id="09-avg-pool", title="write average pooling yourself"),
    Exercise(id="09-pooled-layer", title="ReLU and average pooling, in the right order"),
    Exercise(id="09-strided", title="a kernel that pools"),
)

NUMBERS = (
    Number(
        id="09-max-number",
        title="the last number of a max pool",
        answer=13,
        why="The last window holds 6, 4, 13 and 0.",
        hint="At stride 2 the last window lies on rows 2 to 3, columns 2 to 3.",
        mistakes={
            14: "14 stands in column 1: that is the window before.",
            15: "That is the largest number of the whole map. It stands in column 0.",
            6: "That is where the last window begins. Is it the largest of the four?",
            0: "That is the last number of the map, and the smallest.",
            5.75: "That is the window's average.",
            23: "That is the window's sum.",
            11: "That is the window one column to the left: the stride is 2.",
        },
    ),
    Number(
        id="09-avg-number",
        title="the first number of an average pool",
        answer=8.5,
        why="10 + 5 + 12 + 7 = 34, and 34 / 4 = 8.5.",
        hint="Add 10, 5, 12 and 7, and divide by how many they are.",
        mistakes={
            8.75: "Four numbers with that average add up to 35. Add these four up.",
            34: "That is the sum; divide it by how many numbers the window holds.",
            17: "You divided by the side of the window. It holds four numbers.",
            12: "That is the largest of the four.",
            8: "The fraction is cut off. An average of whole numbers need not be whole.",
            9: "Rounded. Leave the fraction.",
            7.5: "That is the average of the first row of the window: 12 and 7 count as well.",
            6.25: "That is the average of the map's first row. The window has two rows and two columns.",
        },
    ),
    Number(
        id="09-size",
        title="side of 28 × 28 after a 3 × 3 window at stride 2",
        answer=13,
        why="(28 − 3) / 2 = 12.5 steps, of which 12 can be taken, and the first place: 13.",
        hint="The formula of lesson 6 counts windows of a pooling, too: floor((n − k) / s) + 1.",
        mistakes={
            13.5: "There is no half a place: the floor is forgotten.",
            14: "Either that is a 2 × 2 window, or you rounded up, and the last window hangs over the end.",
            12: "You counted the steps. Places are one more.",
            26: "That is stride 1.",
            9: "That is stride 3: windows side by side. Here they overlap.",
            9.33: "That is stride 3: windows side by side. Here they overlap.",
            25: "That is how far the window can move, in pixels. It moves 2 at a time.",
        },
    ),
    Number(
        id="09-depth",
        title="numbers left of 16 maps of 10 × 10 after 2 × 2 pooling",
        answer=400,
        why="16 maps come out, of 5 × 5 each.",
        hint="How large is each map then, and how many maps are there?",
        mistakes={
            25: "That is one map. Each of the 16 is pooled alone, and stays a map.",
            1600: "That is before the pooling.",
            800: "Rows and columns both become half as many.",
            100: "That would leave 4 maps. Pooling acts within each map; how many there are does not change.",
            1296: "That is stride 1. Unless one says otherwise, the stride of a pooling is its window.",
            200: "The number of maps stays, and each side becomes half.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="09-predict-stride",
        title="spot the mistake: four numbers at stride 1",
        kind="spot",
        question="An introduction max pools the 4 × 4 map [[10, 5, 8, 2], [12, 7, 3, 1], [15, 11, 6, 4], "
        "[9, 14, 13, 0]] with a 2 × 2 window “and stride 1”, and gets [[12, 8], [15, 14]]. How large is the "
        "output at stride 1?",
        options=("2 × 2", "3 × 3", "4 × 4"),
        right="3 × 3",
        replies={
            "2 × 2": "That is stride 2: then the windows lie side by side.",
            "4 × 4": "The window would have to hang over the border; that takes padding.",
        },
        reveal="A 2 × 2 window fits in 3 places along each direction: [[12, 8, 8], [15, 11, 6], "
        "[15, 14, 13]]. At stride 2 it is [[12, 8], [15, 13]]. The printed result is neither: the stride is "
        "misnamed, and its 14 belongs to the third window, not to the fourth.",
    ),
    Prediction(
        id="09-predict-average",
        title="spot the mistake: the averages",
        kind="spot",
        question="The same introduction averages the 2 × 2 windows of this map, and gets 8.75, 6.75, 11.25 "
        "and 6.75. At stride 2, how many of the four are right?",
        options=("none", "one", "two", "all four"),
        right="none",
        replies={
            "one": "Is it 11.25? No window at stride 2 adds up to 45.",
            "two": "The four windows add up to 34, 14, 49 and 23. Divide each by 4.",
            "all four": "The first window adds up to 34, and 34 / 4 is not 8.75.",
        },
        reveal="At stride 2 the averages are 8.5, 3.5, 12.25 and 5.75. At stride 1, 11.25 and 6.75 do occur, "
        "side by side in the second row; 8.75 occurs nowhere.",
    ),
    Prediction(
        id="09-predict-order",
        title="ReLU and pooling change places",
        kind="predict",
        question="A layer computes ReLU, then 2 × 2 pooling. Somebody swaps the two. For which kind of "
        "pooling does the output stay the same on every map?",
        options=("for max pooling only", "for average pooling only", "for both", "for neither"),
        right="for max pooling only",
        replies={
            "for average pooling only": "Average 3 and −3, then bend: 0. Bend first, then average: 1.5.",
            "for both": "Average 3 and −3, then bend: 0. Bend first, then average: 1.5.",
            "for neither": "Cutting off below 0 never changes which number is the largest.",
        },
        reveal="The ReLU keeps the order of numbers, so the largest stays the largest: pooling first even "
        "saves work. An average mixes signs: what is negative must be gone before, or it takes away from "
        "what is positive.",
    ),
    Prediction(
        id="09-predict-strided",
        title="a convolution with stride 2",
        kind="predict",
        question="A 2 × 2 kernel slides over a map at stride 2. With the right four weights, which kinds of "
        "pooling can it replace on every map?",
        options=("max only", "average and sum", "all three", "none"),
        right="average and sum",
        replies={
            "max only": "A weight belongs to one place in the window. The largest number may stand in any.",
            "all three": "Weights are chosen before the map is seen; which number is the largest is not "
            "known then.",
            "none": "Adding up four numbers is a weighted sum. What are the weights?",
        },
        reveal="A sum is a weighted sum, and an average is one as well; no weights make a maximum. So "
        "average pooling is a convolution whose weights nobody trains. Many networks use a stride instead, "
        "and let the weights be learned.",
    ),
    Prediction(
        id="09-predict-shift",
        title="spot the mistake: sharing weights makes it invariant",
        kind="spot",
        question="A claim to test: because the same weights are used everywhere, a convolution is invariant "
        "to shifts. The picture moves 12 pixels to the right. What does the feature map do?",
        options=("it stays as it is", "it moves 12 pixels to the right", "it changes everywhere"),
        right="it moves 12 pixels to the right",
        replies={
            "it stays as it is": "That would be invariance. But an edge that has moved is found where it "
            "is now.",
            "it changes everywhere": "The same pixels meet the same weights, 12 columns further on.",
        },
        reveal="Move and filter, or filter and move: the same, but for the border. That is called "
        "equivariance. Invariance, the same output whatever the shift, needs something that forgets the "
        "place: pooling does so a little, a global pooling for all shifts.",
    ),
    Prediction(
        id="09-predict-turn",
        title="spot the mistake: and to rotation as well",
        kind="spot",
        question="A claim to test: what is true of shifts is true of turns. The picture is turned by 90° "
        "and filtered by the edge kernel [[−1, 0, 1], [−1, 0, 1], [−1, 0, 1]]. How does the feature map "
        "compare with that of the upright picture?",
        options=("it is the same", "it is the same, turned by 90°", "it is another map"),
        right="it is another map",
        replies={
            "it is the same": "Then the kernel would not notice that all edges lie the other way.",
            "it is the same, turned by 90°": "The picture turns, the kernel does not: it now meets level "
            "edges where it met upright ones.",
        },
        reveal="On the photo of this lesson, the turned map and the map of the turned picture differ by 68.4 "
        "on average, more than the 44.3 that the answers have on average. Only a kernel that looks the same "
        "when turned goes along. A network has to learn an edge in every direction.",
    ),
    Prediction(
        id="09-predict-edge",
        title="one pixel to the right",
        kind="predict",
        question="A map is 0 everywhere, but for a 9 in row 2, column 3. It is max pooled by 2 × 2 windows "
        "at stride 2. Then the 9 moves one pixel to the right. What does the pooled map do?",
        options=("it stays as it is", "it changes"),
        right="it changes",
        replies={
            "it stays as it is": "It does for a 9 that starts in column 2. From column 3 to 4 it enters the "
            "next window.",
        },
        reveal="Columns 2 and 3 share a window, column 4 belongs to the next: one pooled number falls from 9 "
        "to 0, its neighbour rises from 0 to 9. Max pooling does not notice small shifts that stay within a "
        "window; every other one it does.",
    ),
    Prediction(
        id="09-predict-share",
        title="a photo moves by one pixel",
        kind="predict",
        question="The map of a photo, 96 × 96, is max pooled by 2 × 2 windows. The photo moves one pixel to "
        "the right. How many of 100 pooled numbers stay exactly as they were (places that are 0 "
        "before and after do not count)?",
        options=("about 5", "about 25", "about 60", "nearly all"),
        right="about 25",
        replies={
            "about 5": "So few stay in the map itself, without pooling: 3 of 100.",
            "about 60": "That takes a larger window.",
            "nearly all": "The largest number stays only if the same pixel still wins, in the same window.",
        },
        reveal="27 of 100 stay, against 3 of 100 without pooling. Invariance to small shifts is approximate; "
        "the demo shows what larger windows make of it.",
    ),
    Prediction(
        id="09-predict-weights",
        title="spot the mistake: pooling has fewer parameters",
        kind="spot",
        question="A claim to test: a pooling layer has fewer parameters than a convolution. Six maps of "
        "28 × 28 go through 2 × 2 max pooling. How many weights does this layer have to learn?",
        options=("0", "4", "6", "24"),
        right="0",
        replies={
            "4": "A window of four numbers is looked at, but none of them is multiplied by a weight.",
            "6": "Each map is pooled alone, and by a fixed rule.",
            "24": "Nothing is multiplied: the largest number is picked.",
        },
        reveal="Pooling has no parameters at all. What it saves is work for the layers behind it: a quarter "
        "of the numbers goes in.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
