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
        id="12-predict-certain",
        title="how certain are its mistakes",
        kind="predict",
        question="LeNet misreads 16 of the 355 test digits. Of how many of these was it at least 90 % "
        "certain?",
        options=("0", "3", "10", "16"),
        right="3",
        replies={
            "0": "To be wrong and sure is rare, but it happens.",
            "10": "In most, LeNet is torn between digits: none gets 90 %.",
            "16": "In most, LeNet is torn between digits: none gets 90 %.",
        },
        reveal="Of 295 digits it was at least 90 % certain, and 292 of these it read right. That holds for "
        "digits like those it was trained on. Of an empty canvas it is 74 % certain, too.",
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
        reveal="25 steps, pixels changed by 0.028 on average, and a person still sees the 3. The network has "
        "learned what tells MNIST's digits apart, which is not what a person goes by.",
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
        id="12-predict-few",
        title="two labelled pictures of each letter",
        kind="predict",
        question="Ten letters, drawn as if by hand, shall be told apart, with two labelled pictures of each. "
        "One network keeps LeNet's layers, which know digits, and learns a new last one. Another has the "
        "same layers and learns all of them from scratch. Which reads more of 300 other letters?",
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
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
