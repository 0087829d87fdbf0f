"""Lesson 12, inside and beyond: the numbers that are asked for, as data."""

from cnnlib.exercises.questions import Number

NUMBERS = (
    Number(
        id="12-parameters",
        title="what LeNet learns: weights and biases of all layers",
        answer=63802,
        why="156 + 2,416 + 48,120 + 12,100 + 1,010. Pooling, ReLU and flatten learn nothing.",
        hint="A filter has 5 · 5 weights on each channel before it, and a bias; a dense unit has a weight "
        "for each number before it, and a bias.",
        mistakes={
            63550: "The 252 biases are forgotten: each filter and each dense unit has one.",
            61706: "That is with 84 units where this network has 100.",
            60000: "That is the LeNet-5 of 1998. This is another network.",
            61802: "Filters of the second convolution reach through all 6 maps: 5 · 5 · 6 weights each.",
            63882: "A filter has one bias, not one for each map that it reaches through.",
            61230: "Those are the dense layers. The two convolutions learn, too.",
            2572: "Those are the convolutions. The three dense layers learn, too.",
            62792: "The last layer, from 100 numbers to the ten classes, learns as well.",
            18802: "Flatten makes 400 numbers of all 16 maps: 16 · 5 · 5. You took one map's 25.",
            207802: "The second pooling is left out: 16 · 5 · 5 numbers come to the dense layers.",
            138682: "That is with padding: without it, 16 · 5 · 5 numbers come to the dense layers.",
            418600: "Those are the multiplications: a filter's weights are used at many places, and learned "
            "once.",
        },
    ),
    Number(
        id="12-share",
        title="share of LeNet's parameters in its dense layers, in percent, to one decimal",
        answer=96.0,
        why="48,120 + 12,100 + 1,010 = 61,230 of 63,802.",
        hint="Divide the parameters of the three dense layers by all, times 100, and round to one decimal.",
        mistakes={
            0.96: "As a share of 1 it is. Times 100, it is percent.",
            0.9597: "As a share of 1 it is. Times 100, it is percent.",
            95.97: "Rounded to one decimal, please.",
            95.9: "Rounded, not cut off: 95.97 is nearer to another number.",
            4.0: "That is the share of the convolutions.",
            75.4: "That is the first dense layer alone. There are three.",
            94.4: "The last layer, from 100 numbers to the ten classes, is dense, too.",
            14.6: "That is their share of the multiplications.",
        },
    ),
    Number(
        id="12-window",
        title="first row of the picture that a unit in row 3 of the second pooling sees",
        answer=12,
        why="One unit further down looks 2 · 2 = 4 pixels further down, and unit 0 begins at row 0.",
        hint="Unit 0 begins at row 0. How many pixels further down does its neighbour begin?",
        mistakes={
            3: "Rows of the map are not rows of the picture: there were two poolings on the way.",
            6: "There were two poolings on the way, each with a stride of 2.",
            48: "Neighbouring windows overlap: 16 pixels tall, they begin only 4 apart.",
            27: "That is the last row it sees: the window is 16 tall.",
            13: "Rows are counted from 0.",
            8: "That is unit 2: rows are counted from 0.",
            16: "That is how many rows it sees, or the first row of unit 4. Where does unit 3 begin?",
            28: "That is the first row below what it sees.",
        },
    ),
    Number(
        id="12-head",
        title="parameters that learn: LeNet frozen, but for a new last layer with 26 letters",
        answer=2626,
        why="26 units, each with 100 weights and a bias. The other 62,792 stay as they are.",
        hint="How many numbers come to the last layer, and how many units does it have now?",
        mistakes={
            2600: "The biases are forgotten: each unit has one.",
            1010: "That is the old last layer, for ten digits.",
            65418: "That is all there is. Most of it is frozen.",
            63802: "That is the old network. Most of it is frozen, and the last layer is a new one.",
            62792: "That is what is frozen.",
            126: "Each of the 26 units is connected with each of the 100 numbers: multiply.",
            10426: "That would be a layer behind flatten. The dense layers before the last one stay.",
            14726: "Only the last of the three dense layers is new.",
            62846: "Only the last of the three dense layers is new.",
            1616: "Those are the 16 units by which the new layer has more. All 26 are new: digits' weights "
            "know nothing of letters.",
        },
    ),
)
