"""Lesson 08, colour and many filters: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="08-response", title="one number of three channels"),
    Exercise(id="08-layer", title="repair the formula: a whole layer"),
    Exercise(id="08-count", title="count what a layer learns"),
)

NUMBERS = (
    Number(
        id="08-lenet-1",
        title="what 6 filters of 5 × 5 over one channel learn",
        answer=156,
        why="Each filter has 25 weights and a bias: 6 · 26.",
        hint="How many weights has one filter, and how many biases? There are six filters.",
        mistakes={
            150: "Those are the weights. Each filter has a bias, too.",
            151: "There is one bias for each filter, not one for all.",
            26: "That is one filter. There are six.",
            25: "Those are the weights of one filter.",
            36: "The kernel is square: 5 rows of 5 weights.",
            30: "The kernel is square: 5 rows of 5 weights. And there are biases.",
            4704: "Those are the numbers of the output on 32 × 32. All places share the same weights.",
        },
    ),
    Number(
        id="08-lenet-2",
        title="what 16 filters of 5 × 5 over six maps learn",
        answer=2416,
        why="Each filter has a kernel of 25 for each of the six maps, and one bias: 16 · (150 + 1).",
        hint="One filter has a kernel for each of the six maps, and one bias. There are 16 filters.",
        mistakes={
            2400: "Those are the weights. Each filter has a bias, too.",
            416: "The six maps are forgotten: a filter has a kernel for each of them.",
            400: "The six maps are forgotten, and the biases.",
            2496: "That is a bias for each kernel. All six kernels of a filter share one.",
            2406: "That is a bias for each map that comes in. There is one for each filter.",
            2401: "There is one bias for each filter, not one for all.",
            151: "That is one filter. There are 16.",
        },
    ),
    Number(
        id="08-products",
        title="multiplications of two 3 × 3 × 3 filters on 5 × 5 × 3, padding 1, stride 2",
        answer=486,
        why="3 · 3 places, two filters, and 27 products each time.",
        hint="How many products make one number of the output? And how many numbers has the output?",
        mistakes={
            54: "Those are the weights. Each of them is used at every place.",
            243: "That is one filter. There are two.",
            162: "The channels are forgotten: one number takes 27 products, not 9.",
            1350: "The stride is forgotten: at stride 2 there are 3 · 3 places.",
            216: "The padding is forgotten: with it, there are 3 · 3 places.",
            18: "Those are the numbers of the output. Each takes 27 products.",
            504: "Those are the additions, or multiplications with the biases: a bias is added.",
        },
    ),
    Number(
        id="08-next",
        title="weights of one 3 × 3 filter after a layer of 10 filters",
        answer=90,
        why="Ten filters make ten maps, and the next filter has a kernel of 9 for each.",
        hint="How many maps does the layer before make? A filter spans all of them.",
        mistakes={
            9: "That is one kernel. The filter has one for each map that comes in.",
            27: "The picture had three channels. What comes in now are the ten maps.",
            91: "That is with the bias. Only the weights are asked for.",
            900: "That would be ten such filters.",
            10: "Those are the maps. Each gets a kernel of 3 × 3.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="08-predict-one",
        title="spot the mistake: three channels, three maps",
        kind="spot",
        question="A claim to test: a filter slides over each channel of a colour picture, so it gives "
        "several maps. What does one filter of a layer, 3 × 3 × 3, make of a picture of 5 × 5 × 3?",
        options=("one map of 3 × 3", "three maps of 3 × 3", "one map of 3 × 3 × 3", "one map of 5 × 5"),
        right="one map of 3 × 3",
        replies={
            "three maps of 3 × 3": "That is a depthwise convolution. Here the three sums at a place are "
            "added.",
            "one map of 3 × 3 × 3": "The filter is as deep as the picture, so along the channels it has "
            "but one place.",
            "one map of 5 × 5": "That would take padding: 3 × 3 places fit.",
        },
        reveal="At each place the three kernels give three sums, and their sum is one number of one map. "
        "Where each channel keeps a map of its own, the field speaks of a depthwise convolution.",
    ),
    Prediction(
        id="08-predict-size",
        title="spot the mistake: 3 × 3 maps of a 3 × 3 picture",
        kind="spot",
        question="An introduction lays a filter of 3 × 3 × 3 on a picture of 3 × 3 × 3, without padding, and "
        "prints a map of 3 × 3. How many numbers does the map really have?",
        right=1,
        replies={
            9: "The filter fits in one place only: it is as large as the picture.",
            3: "The three channels are added up: they belong to one filter.",
            27: "Those are the products. They are added up.",
        },
        otherwise="In how many places does the filter fit?",
        reveal="It fits in one place, and gives one number. The printed numbers come from no border rule.",
    ),
    Prediction(
        id="08-predict-relu",
        title="where ReLU comes in",
        kind="predict",
        question="On red, green and blue the three kernels of a filter answer 258, −894 and 258. The bias "
        "is 0. What does ReLU let through?",
        options=("0", "516", "258", "−378"),
        right="0",
        replies={
            "516": "You cut off each channel's answer. They are parts of one number, and are added first.",
            "258": "The three are not compared, they are added.",
            "−378": "That is the sum. ReLU comes after it.",
        },
        reveal="258 − 894 + 258 = −378, and of that ReLU makes 0. One channel can outvote the others.",
    ),
    Prediction(
        id="08-predict-bias",
        title="a bias over three channels",
        kind="predict",
        question="The bias of a filter grows by 1. The filter is 3 × 3 × 3. By how much does each number "
        "of its map grow, before ReLU?",
        right=1,
        replies={
            3: "The channels share one bias. It is added to their sum.",
            9: "The bias is no weight: it is not added at each of them.",
            27: "The bias is no weight: it is not added at each of them.",
            0: "The bias is added at every place of the map.",
        },
        otherwise="The sum over all channels gets the bias once.",
        reveal="Each number of the map grows by 1: one bias for a filter, added once at each place.",
    ),
    Prediction(
        id="08-predict-formula",
        title="spot the mistake: the index of the bias",
        kind="spot",
        question="A published formula reads out[i, j] = the sum over p, q, c of K[p, q, c] · I[i + p, j + "
        "q, c], plus b[c]. Here c is the channel. To what does the bias really belong?",
        options=("to a channel", "to a filter", "to a place", "to a weight"),
        right="to a filter",
        replies={
            "to a channel": "The sum runs over all c, so after it no c is left: which b[c] would it be?",
            "to a place": "Then the map of a flat wall would not be flat. All places share it, like the "
            "weights.",
            "to a weight": "A bias beside each weight would only add up to one bias in the end.",
        },
        reveal="out[i, j, k] = b[k] + the sum over p, q, c of K[p, q, c, k] · I[i + p, j + q, c]. The "
        "filter k was missing: each has its own kernels, its own bias and its own map.",
    ),
    Prediction(
        id="08-predict-filters",
        title="spot the mistake: more filters keep the size",
        kind="spot",
        question="A claim to test: with more filters the spatial size is preserved better. A layer of 3 × "
        "3 kernels without padding turns 3 × 32 × 32 into 8 × 30 × 30. What comes out with 16 filters?",
        options=("16 × 30 × 30", "16 × 32 × 32", "8 × 32 × 32", "16 × 60 × 60"),
        right="16 × 30 × 30",
        replies={
            "16 × 32 × 32": "Each filter still fits in 30 × 30 places only. Padding would keep the size.",
            "8 × 32 × 32": "There is a map for each filter, so there are 16. And the size is padding's "
            "business.",
            "16 × 60 × 60": "Another filter adds another map. The maps do not grow.",
        },
        reveal="More filters add depth: one map each. Rows and columns depend on kernel, stride and padding.",
    ),
    Prediction(
        id="08-predict-larger",
        title="a larger picture",
        kind="predict",
        question="A layer of 6 filters of 5 × 5 learns 156 numbers on pictures of 32 × 32. The pictures "
        "become 64 × 64. How many numbers does it learn now?",
        right=156,
        replies={
            312: "The weights are the same at every place, so more places need no more of them.",
            624: "The weights are the same at every place, so more places need no more of them.",
            21600: "Those are the numbers of the output. They take more multiplications, but no more "
            "weights.",
        },
        otherwise="Which of its numbers know how large the picture is?",
        reveal="Still 156: all places share the filters. The demo will tell what does grow.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
