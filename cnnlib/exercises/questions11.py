"""Lesson 11, a small CNN trains: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="11-softmax", title="write softmax, with a temperature"),
    Exercise(id="11-cross-entropy", title="write the cross-entropy"),
    Exercise(id="11-loss-gradient", title="write the gradient of the loss"),
    Exercise(id="11-relu-backward", title="the way back through ReLU"),
    Exercise(id="11-flatten-backward", title="the way back through flatten"),
    Exercise(id="11-update", title="write a step of gradient descent"),
    Exercise(id="11-gradient", title="find the gradient by trying"),
    Exercise(id="11-kernel", title="let a kernel find itself"),
    Exercise(id="11-split", title="split moved digits without a leak"),
    Exercise(id="11-report", title="which accuracy may be published"),
    Exercise(id="11-losses", title="a loss that falls"),
    Exercise(id="11-model", title="a model of your own, on held-out pictures"),
)

NUMBERS = (
    Number(
        id="11-steps",
        title="steps in an epoch: 1,442 digits, 64 a batch",
        answer=23,
        why="22 full batches hold 1,408 digits; the 34 that are left make one more, smaller batch.",
        hint="How many batches of 64 does it take until every digit was in one?",
        mistakes={
            22: "That leaves 34 digits out: they make a smaller batch of their own.",
            22.53125: "There is no part of a step: the digits that are left over make one step more.",
            1442: "That would be one digit a step. A step takes a whole batch.",
            64: "That is how many digits are in a batch. How many batches are there?",
        },
    ),
    Number(
        id="11-slope",
        title="a slope by hand: (2 · 3 + 1 − 10)², for the weight 2",
        answer=-18,
        why="The output is 7, so the error is −3; the square's slope is 2 · −3, and the weight meets the 3.",
        hint="From the outside in: the slope of a square is twice what is squared; then what the weight is "
        "multiplied by.",
        mistakes={
            18: "The sign: the output is 7, below the target 10, and 7 − 10 is what is squared.",
            -6: "That is the slope for the output, and for the bias. The weight meets the 3 as well.",
            6: "Look at the sign, and at the 3 that the weight is multiplied by.",
            -9: "Nearly: the slope of a square is twice what is squared.",
            9: "That is the loss. Its slope is asked for: how it changes as the weight does.",
            -3: "That is the error. The square's slope is twice that, and the weight meets the 3.",
            -12: "You multiplied by the weight. The slope for it has the input in it, the 3.",
        },
    ),
    Number(
        id="11-step",
        title="one step from the weight 2, slope −18, learning rate 0.01",
        answer=2.18,
        why="Down a negative slope means to the right: 2 − 0.01 · (−18). The loss falls from 9 to 6.05.",
        hint="The old weight, minus learning rate times slope; mind both minus signs.",
        mistakes={
            1.82: "That is uphill: minus a negative slope makes the weight larger.",
            20: "The learning rate is missing: that is a hundred times too far.",
            -16: "That is uphill, and without the learning rate.",
            0.18: "That is the step. Where does it lead from 2?",
            -0.18: "That is learning rate times slope. It is taken away from the weight.",
            2.0018: "The learning rate is in it twice.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="11-predict-softmax",
        title="the largest share of softmax([1, 2, 3, 4])",
        kind="predict",
        question="Softmax turns the logits 1, 2, 3, 4 into four shares that sum to 1. How large is the "
        "share of the 4?",
        options=("0.25", "0.4", "0.6439", "1"),
        right="0.6439",
        replies={
            "0.25": "That would be equal shares, for four equal logits.",
            "0.4": "That is 4 / 10, without the exponential. With a negative logit it would give nonsense.",
            "1": "All for the largest: softmax comes near that only when it leads by far.",
        },
        reveal="A logit larger by 1 gets e = 2.718 times the share: 0.0321, 0.0871, 0.2369, 0.6439.",
    ),
    Prediction(
        id="11-predict-temperature",
        title="softmax at temperature 10",
        kind="predict",
        question="The logits 1, 2, 3, 4 are divided by the temperature 10 before softmax. What becomes of "
        "the shares?",
        options=(
            "they come closer together",
            "they move further apart",
            "each is a tenth",
            "nothing changes",
        ),
        right="they come closer together",
        replies={
            "they move further apart": "That is a temperature below 1: it stretches the distances between "
            "the logits.",
            "each is a tenth": "They still sum to 1: the division comes before the exponential.",
            "nothing changes": "Softmax ignores what is added to all logits, but not what divides them.",
        },
        reveal="Their distances shrink to 0.1, so the shares do too: 0.2138 to 0.2887. A high temperature "
        "makes unsure, a low one sure; which class leads stays the same.",
    ),
    Prediction(
        id="11-predict-cross-entropy",
        title="the loss for a boat seen with 0.94",
        kind="predict",
        question="The picture is a boat, and the network gives the boat a share of 0.94. How large is the "
        "cross-entropy?",
        options=("0.06", "0.0619", "0.0269", "2.8134"),
        right="0.0619",
        replies={
            "0.06": "That is 1 − 0.94: close for a share near 1, but far off for a small one.",
            "0.0269": "That is the logarithm to the base 10. The natural one is meant.",
            "2.8134": "That is −ln 0.06: the loss if the truth had got what was left over.",
        },
        reveal="−ln 0.94 = 0.0619. What the others got does not come in. With 0.06 for the boat it would "
        "have been 2.8134: to be sure and wrong is dear.",
    ),
    Prediction(
        id="11-predict-guess",
        title="the loss before training, four classes",
        kind="predict",
        question="A network that knows nothing gives each of four classes the same share. How large is its "
        "loss?",
        options=("0.25", "0.75", "1.386", "4"),
        right="1.386",
        replies={
            "0.25": "That is the share itself. The loss is −ln of it.",
            "0.75": "That is how often a guess is wrong. The loss is −ln of the share.",
            "4": "The number of classes comes in through its logarithm.",
        },
        reveal="−ln 0.25 = ln 4 = 1.386: a number to know. A loss that starts far above is sure and wrong; "
        "one that stays there has learned nothing.",
    ),
    Prediction(
        id="11-predict-rate",
        title="a learning rate that is far too large",
        kind="predict",
        question="The learning rate is made a thousand times larger. What happens to the loss?",
        options=(
            "it falls a thousand times faster",
            "it falls to the same value, in fewer steps",
            "it jumps up, perhaps beyond all bounds",
            "it hardly moves",
        ),
        right="it jumps up, perhaps beyond all bounds",
        replies={
            "it falls a thousand times faster": "The slope holds only near where it was measured.",
            "it falls to the same value, in fewer steps": "Each step leaps across the valley and lands "
            "higher on the other side.",
            "it hardly moves": "That is what a learning rate far too small does.",
        },
        reveal="The gradient knows the slope underfoot, not the valley. A step too long lands higher on the "
        "other side, where it is steeper, so the next one is longer still.",
    ),
    Prediction(
        id="11-predict-relu",
        title="what ReLU hands back",
        kind="predict",
        question="On the way forward ReLU's input was −3. On the way back the gradient 5 arrives. What does "
        "ReLU hand on?",
        options=("5", "0", "−5", "−15"),
        right="0",
        replies={
            "5": "That is for positive inputs. At −3 ReLU is flat.",
            "−5": "The sign of the input does not turn the gradient: ReLU's slope is 1 or 0.",
            "−15": "Input times gradient: that is the slope for a weight, and ReLU has none.",
        },
        reveal="The output was 0 and stays 0 if the input moves a little: nothing to pass on. A unit whose "
        "input is negative for every picture learns nothing any more.",
    ),
    Prediction(
        id="11-predict-sobel",
        title="the kernel that learns itself",
        kind="predict",
        question="A kernel begins with random numbers. It sees a photo and what Sobel made of it, and goes "
        "downhill until its own answer is the same. What is it then?",
        options=("the Sobel kernel", "the Sobel kernel, turned by 180°", "another one that does as well"),
        right="the Sobel kernel",
        replies={
            "the Sobel kernel, turned by 180°": "It is used and learned by the same `conv2d`, which does not "
            "turn it.",
            "another one that does as well": "Thousands of windows ask for nine numbers: a photo leaves no "
            "second choice.",
        },
        reveal="The error is a bowl over the nine weights, with a single lowest point. A picture without "
        "detail in some direction would leave a choice: nothing there tells the weights apart.",
    ),
    Prediction(
        id="11-predict-held-out",
        title="all training pictures right, and new ones?",
        kind="predict",
        question="A network was trained on 60 digits until it had all of them right. How does it do on "
        "digits that it never saw?",
        options=("as well", "better than guessing, but worse", "no better than guessing"),
        right="better than guessing, but worse",
        replies={
            "as well": "The weights were fitted to those 60, with their accidents. New ones have others.",
            "no better than guessing": "What it learned about a 3 does hold for other threes, up to a point.",
        },
        reveal="Between the two lies what was remembered and not understood. That is why a part is held "
        "out; more training pictures narrow the gap.",
    ),
    Prediction(
        id="11-predict-training",
        title="spot the mistake: training classifies the training set",
        kind="spot",
        question="A published introduction says: training makes the network classify its training pictures "
        "correctly. What does a step of training really do?",
        options=(
            "it lowers a loss on some training pictures",
            "it puts one more training picture right",
            "it raises the accuracy on new pictures",
        ),
        right="it lowers a loss on some training pictures",
        replies={
            "it puts one more training picture right": "Right or wrong has no slope: a small move of a "
            "weight mostly changes no answer at all. The loss has one everywhere.",
            "it raises the accuracy on new pictures": "That is what one hopes for. No step ever sees them.",
        },
        reveal="Training goes down the slope of a loss. That the training pictures come out right is neither "
        "certain nor the aim: what counts is measured on pictures held out.",
    ),
    Prediction(
        id="11-predict-filters",
        title="spot the mistake: more filters are better",
        kind="spot",
        question="A published introduction says: the more filters, the better. Twice as many in each of two "
        "layers, one after the other: what is certain?",
        options=(
            "the second layer costs four times as much",
            "the held-out accuracy rises",
            "the loss ends lower",
        ),
        right="the second layer costs four times as much",
        replies={
            "the held-out accuracy rises": "It may, or fall: more weights can also remember more. Only "
            "held-out pictures can tell.",
            "the loss ends lower": "Not even that: where training ends depends on the learning rate and on "
            "chance too.",
        },
        reveal="Twice as many filters, each with twice as many channels to look at: four times the weights "
        "and the multiplications. Whether it is worth it, a validation part has to say.",
    ),
    Prediction(
        id="11-predict-choose",
        title="spot the mistake: the best of 20 on the test part",
        kind="spot",
        question="Twenty networks are trained; the one with the best test accuracy is kept, and that "
        "accuracy published. How does it compare with pictures from tomorrow?",
        options=("it is honest", "it is too high on average", "it is too low on average"),
        right="it is too high on average",
        replies={
            "it is honest": "No picture was trained on, true. But the test part chose, and so it was used.",
            "it is too low on average": "The best of twenty throws is better than a throw, not worse.",
        },
        reveal="The best of many is good and lucky, and luck does not come again. A third part, for "
        "validation, chooses; the test part is looked at once, at the end.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
