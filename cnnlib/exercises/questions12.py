"""Lesson 12, inside and beyond: its exercises and predictions, as data."""

from cnnlib.exercises.numbers12 import NUMBERS
from cnnlib.exercises.questions import Exercise, Prediction

CHECKS = (
    Exercise(id="12-sizes", title="the sizes of LeNet"),
    Exercise(id="12-covering", title="cover a picture, square by square"),
    Exercise(id="12-climb", title="one step of fooling"),
    Exercise(id="12-gram", title="which maps answer together"),
)

PREDICTIONS = (
    Prediction(
        id="12-predict-multiplications",
        title="which layer of LeNet multiplies most",
        kind="predict",
        question="Most of LeNet's parameters are in its first dense layer: 48,120 of 63,802. Which layer "
        "multiplies most for one picture?",
        options=("the first convolution", "the second convolution", "the first dense layer"),
        right="the second convolution",
        replies={
            "the first convolution": "28 · 28 places, 6 filters, 25 weights: 117,600. It looks at one "
            "channel.",
            "the first dense layer": "It uses each of its 48,000 weights once. A filter is used at many "
            "places.",
        },
        reveal="10 · 10 places, 16 filters, 5 · 5 · 6 weights: 240,000 of 418,600. Convolutions have few "
        "weights and use them often, dense layers the other way round.",
    ),
    Prediction(
        id="12-predict-empty",
        title="LeNet looks at an empty canvas",
        kind="predict",
        question="Nothing is drawn: all pixels are 0. What does LeNet's softmax say?",
        options=("10 % for each digit", "0 % for each digit", "74 % for the 1", "74 % for the 0"),
        right="74 % for the 1",
        replies={
            "10 % for each digit": "All ten scores would have to be equal. The biases answer also where "
            "nothing is drawn, and they differ.",
            "0 % for each digit": "Softmax makes shares of a whole: they always sum to 1.",
            "74 % for the 0": "It is one of them. But which digit has least ink, and so is most like "
            "nothing?",
        },
        reveal="From its biases alone it says 1, 74 % certain. There is no answer for “no digit”: the "
        "network has to choose among ten, whatever it is shown.",
    ),
    Prediction(
        id="12-predict-covered",
        title="a small square is covered",
        kind="predict",
        question="LeNet is 99 % certain that test digit 23 is a 3. Of its 32 × 32 pixels, 6 × 6 are covered "
        "with paper, where that does most harm. How certain of the 3 is it then?",
        options=("over 90 %", "about 50 %", "under 10 %"),
        right="under 10 %",
        replies={
            "over 90 %": "That holds for most places, but not for the worst.",
            "about 50 %": "There are such places, too. Cut the foot: what could the rest be?",
        },
        reveal="With the middle of its foot covered, LeNet sees a 7, and is 4 % certain of the 3. Most "
        "squares cost next to nothing.",
    ),
    Prediction(
        id="12-predict-inverted",
        title="paper and ink change places",
        kind="predict",
        question="LeNet reads 95 of 100 test digits. Then each pixel becomes 1 minus itself: ink is paper, "
        "paper is ink. How many does it read now?",
        options=("95 of 100", "about half", "15 of 100"),
        right="15 of 100",
        replies={
            "95 of 100": "You would. But has the network ever seen paper that is not 0?",
            "about half": "Think of guessing: that is 10 of 100.",
        },
        reveal="15 of 100, little better than guessing. It learned how strokes of 1 lie on paper of 0, and "
        "nothing tells it that only the difference matters. What training never showed is not known.",
    ),
    Prediction(
        id="12-predict-certain",
        title="how certain are its mistakes",
        kind="predict",
        question="LeNet misreads 16 of the 355 test digits. Of how many of these was it at least 90 % "
        "certain?",
        options=("0", "3", "10", "16"),
        right="3",
        replies={
            "0": "To be wrong and sure is rare, but it happens.",
            "10": "In all of them, the right digit comes second, and takes its share.",
            "16": "In all of them, the right digit comes second, and takes its share.",
        },
        reveal="Of 295 digits it was at least 90 % certain, and 292 of these it read right; in all 16 "
        "mistakes, the right digit came second. That holds for digits like those it was trained on. Of an "
        "empty canvas it is 74 % certain, too.",
    ),
    Prediction(
        id="12-predict-half",
        title="half an 8",
        kind="predict",
        question="A pen writes an 8, the upper loop first, and stops when that loop is closed. How certain "
        "is LeNet then, and of what?",
        options=("under 20 % of any digit", "about 50 % of the 8", "over 99 % of the 0"),
        right="over 99 % of the 0",
        replies={
            "under 20 % of any digit": "A wise answer to half a digit. But who taught it to wait?",
            "about 50 % of the 8": "Half of the ink, half of the certainty? What does a loop look like?",
        },
        reveal="Over 99 % of the 0, under 1 % of the 8. On its way the pen draws what LeNet takes for a 6, a "
        "0 and a 9. With 94 % of the ink it is 92 % certain of the 9; one step of the pen later, 99 % of "
        "the 8.",
    ),
    Prediction(
        id="12-predict-fooled",
        title="a picture that fools",
        kind="predict",
        question="Step by step, a picture of a 3 climbs until LeNet is over 99 % certain of an 8. No pixel "
        "may change by more than a quarter of the way from paper to ink. What do you see then?",
        options=("an 8", "a 3 with some dirt", "mere noise"),
        right="a 3 with some dirt",
        replies={
            "an 8": "For that, strokes would have to close where there is paper: far more than a quarter.",
            "mere noise": "Noise that hides a 3 takes more than a quarter.",
        },
        reveal="30 steps, pixels changed by 0.032 on average, and a person still sees the 3. The network has "
        "learned what tells MNIST's digits apart, which is not what a person goes by.",
    ),
    Prediction(
        id="12-predict-larger",
        title="larger photos",
        kind="predict",
        question="VGG-16, GoogLeNet and ResNet-18 are built for photos of 256 × 256 in place of 224 × 224. "
        "Which of them have more to learn then?",
        options=("VGG-16 alone", "all three", "none"),
        right="VGG-16 alone",
        replies={
            "all three": "Filters do not know how large the map is. What comes behind them?",
            "none": "That holds for convolutions. VGG-16 flattens its maps: how long is the row then?",
        },
        reveal="VGG-16 flattens 512 maps of 8 × 8 in place of 7 × 7, and its first dense layer has a weight "
        "for each number: 169,814,824 parameters in place of 138,357,544. The other two average each map "
        "first.",
    ),
    Prediction(
        id="12-predict-1998",
        title="spot the mistake: this is the LeNet of the nineties",
        kind="spot",
        question="A published introduction shows this network, with ReLU, max pooling and 120, 100 and 10 "
        "units, as the LeNet of the nineties. What had the LeNet-5 of 1998 in place of that?",
        options=("84 units, not 100", "tanh, not ReLU", "pooling that learns", "all of these"),
        right="all of these",
        replies={
            "84 units, not 100": "True. But what bends, and what pools?",
            "tanh, not ReLU": "True. But how many units are there, and what pools?",
            "pooling that learns": "True. But how many units are there, and what bends?",
        },
        reveal="Its second convolution did not look at all six maps either: 60,000 parameters in all. With "
        "84 units, ReLU and max pooling it is 61,706; with 100, as here, 63,802.",
    ),
    Prediction(
        id="12-predict-neuron",
        title="spot the mistake: a filter is a neuron",
        kind="spot",
        question="A published introduction says: a filter is a neuron. LeNet's first convolution has 6 "
        "filters. How many units answer in it?",
        options=("6", "156", "784", "4,704"),
        right="4,704",
        replies={
            "6": "Those are the filters. Point at one map: how many numbers are in it?",
            "156": "Those are the weights and biases, which all units share.",
            "784": "That is one map. There are six.",
        },
        reveal="28 · 28 · 6. A unit is one number of a map, with a window of its own; a filter is the "
        "weights that the 784 units of its map share.",
    ),
    Prediction(
        id="12-predict-flatten",
        title="spot the mistake: flatten loses the places",
        kind="spot",
        question="A published introduction says: flattening loses where things are. LeNet writes 16 maps of "
        "5 × 5 in a row of 400. What can be rebuilt from the row?",
        options=("all maps, exactly", "the maps, but not their order", "only what was found, not where"),
        right="all maps, exactly",
        replies={
            "the maps, but not their order": "Each number has its fixed place in the row: map, row, column.",
            "only what was found, not where": "That is what a global average leaves. Flatten drops no "
            "number.",
        },
        reveal="A `reshape` back gives the same maps. It is the dense layer behind it that makes no use of "
        "who is whose neighbour: shuffle the row, and its weights likewise, and it answers the same.",
    ),
    Prediction(
        id="12-predict-last",
        title="spot the mistake: pre-train the last layers",
        kind="spot",
        question="A published introduction says: where labels are few, pre-train the last layers of a "
        "network on other pictures. Which layers should come ready trained?",
        options=("the first", "the last", "none"),
        right="the first",
        replies={
            "the last": "The last layer's scores are for the old classes. What would its weights mean for "
            "new ones?",
            "none": "Few labels are too few for all weights. Some can come from elsewhere.",
        },
        reveal="Edges and strokes serve other pictures, too: the first layers come trained and may stay "
        "frozen. The last is replaced and learns the new classes.",
    ),
    Prediction(
        id="12-predict-few",
        title="two labelled pictures of each letter",
        kind="predict",
        question="Ten handwritten letters shall be told apart, with two labelled pictures of each. One "
        "network keeps LeNet's layers, which know digits, and learns a new last one. Another has the same "
        "layers and learns all of them from scratch. Which reads more of 300 other letters?",
        options=("the one with LeNet's layers", "the one from scratch", "about the same"),
        right="the one with LeNet's layers",
        replies={
            "the one from scratch": "It is free to fit the letters. But 20 pictures have to place all of its "
            "63,802 parameters, in the other network only 1,010.",
            "about the same": "LeNet has never seen a letter, true. But letters are made of strokes, too.",
        },
        reveal="It is ahead by more than 10 percentage points. With 20 pictures of each it is the other way "
        "round: what digits taught is held fast then, and the one from scratch has seen enough.",
    ),
    Prediction(
        id="12-predict-five",
        title="spot the mistake: 15 % of the photos wrong",
        kind="spot",
        question="A published history says: in 2012 the error on ImageNet fell from 26 % to 15 %. On how "
        "many of 100 photos was AlexNet's first guess wrong?",
        options=("15", "more", "fewer"),
        right="more",
        replies={
            "15": "These count photos whose class is not even among five guesses.",
            "fewer": "A photo counts as right if one of five guesses is. Is it harder with one guess, or "
            "easier?",
        },
        reveal="15.3 % is the top-5 error: five guesses, all wrong. On the photos of 2010, its authors "
        "report both: 17.0 % with five guesses, 37.5 % with one. The 26.2 % are those of the runner-up of "
        "2012; the winner of 2011 had 25.8 %.",
    ),
    Prediction(
        id="12-predict-style",
        title="shuffled maps",
        kind="predict",
        question="Four filters make four maps of a piece of wood. The places of the maps are shuffled, all "
        "four alike. How far is their Gram matrix, the mean products of every two maps, from what it was?",
        options=("nothing changes", "a little", "as far as noise"),
        right="nothing changes",
        replies={
            "a little": "Which number of the sum over all places is another one now?",
            "as far as noise": "That happens if pixels are shuffled before they are filtered. Here the "
            "answers themselves move.",
        },
        reveal="Two answers that met in one place still meet, in another: the same products, added up in "
        "another order. Where is forgotten, which filters answer together stays: that is taken for style.",
    ),
    Prediction(
        id="12-predict-text",
        title="a filter for letters",
        kind="predict",
        question="A filter along a text has weight 1 for an i, then an n, then a g, a bias of −2, and a ReLU "
        "behind it. What is its answer where the text says “in a”?",
        options=("0", "1", "2"),
        right="0",
        replies={
            "1": "Two letters fit. What do the bias and the ReLU make of a sum of 2?",
            "2": "That is the sum. The bias comes on top of it.",
        },
        reveal="i and n fit: 2 − 2 = 0, and the ReLU leaves 0. Only all three letters give 3 − 2 = 1, "
        "wherever they stand. The largest answer over the text says whether they are in it.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
