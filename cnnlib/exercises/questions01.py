"""Lesson 01, light to numbers: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="01-codes", title="codes and steps by hand"),
    Exercise(id="01-quantize", title="write the converter yourself"),
)

NUMBERS = (
    Number(
        id="01-alias",
        title="20 stripes seen with 16 samples",
        answer=4,
        why="16 of the 20 stripes fit exactly between one sample and the next and leave no trace: 20 − 16.",
        hint="How far is 20 from the nearest multiple of 16, which is the number of samples?",
        mistakes={
            20: "That many stripes need more than 40 samples.",
            16: "That is the number of samples. Stripes as many as samples vanish altogether.",
            8: "That is the most that 16 samples can tell of. Where does 20 come out?",
            36: "Samples and stripes do not add up: more stripes than samples fold back to few.",
            12: "20 stripes lie closer to 16 than to 32.",
            -4: "The size is right. A picture cannot tell stripes that run backwards: count them.",
            0: "The stripes vanish when they are 16, 32, 48 ... 20 is none of these.",
        },
    ),
    Number(
        id="01-bytes",
        title="bytes of a photo for 10 × 15 cm",
        answer=6_480_000,
        why="1200 · 1800 pixels of three values, and 8 bits are one byte.",
        hint="120 pixels for each of 10 cm and of 15 cm; each pixel has three values of 8 bits.",
        mistakes={
            2_160_000: "That is one value for each pixel. In colour there are three.",
            51_840_000: "Those are bits. A byte has 8 of them.",
            17_280_000: "Those are bits, and of one channel alone.",
            810_000: "You divided twice: 8 bits are one byte, so each value takes one.",
            54_000: "Pixels per cm count in both directions: 120 · 10 down, 120 · 15 across.",
            18_000: "Pixels per cm count in both directions: 120 · 10 down, 120 · 15 across.",
            6480: "Those are thousands of bytes; all of them are asked for.",
            6.48: "Those are millions of bytes; all of them are asked for.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="01-predict-full",
        title="a full bucket",
        kind="predict",
        question="A bucket holds 5 V. With exposure 5 it reads 4 V. The exposure is doubled and afterwards, "
        "in the computer, all voltages are halved. Which voltage does this bucket end with?",
        right=2.5,
        replies={
            4: "Halving undoes the doubling only where no light was lost. 8 V do not fit into this bucket.",
            8: "The bucket is full before, and after that the voltages are halved.",
            5: "That is the full bucket. The voltages are halved afterwards.",
            2: "That is the first picture, halved. What did the bucket hold in the second one?",
            3: "All that flows over is lost; what stays is a full bucket, halved.",
        },
        otherwise="Twice the light would be 8 V. How much of it stays in the bucket? Then take half.",
        reveal="Twice the light would be 8 V, but the bucket is full at 5 V, and half of that is 2.5 V. "
        "What a saturated bucket lost, no arithmetic brings back.",
    ),
    Prediction(
        id="01-predict-stripes",
        title="13 stripes, 16 samples",
        kind="predict",
        question="A line of 13 soft stripes is measured at 16 places, all equally far apart. How many "
        "stripes do the samples tell of?",
        right=3,
        replies={
            13: "16 places see each of the 13 stripes about once, and once is not enough to see it come and "
            "go.",
            16: "That is the number of samples.",
            8: "That is the most that 16 samples can tell of.",
            0: "They would vanish if all samples fell on the same place of a stripe: with 16 stripes.",
            1: "From sample to sample a little less than one stripe goes by. How much less, over 16 samples?",
        },
        otherwise="From one sample to the next 13/16 of a stripe go by: that looks like 3/16 of one, "
        "backwards.",
        reveal="From one sample to the next 13/16 of a stripe go by, and that cannot be told from 3/16. "
        "More than two samples for each stripe are needed; with fewer one sees stripes that are not there. "
        "This is aliasing.",
    ),
    Prediction(
        id="01-predict-banding",
        title="a sky in 3 bits",
        kind="predict",
        question="A photo of an evening sky, smooth from dark to bright, is stored with 3 bits instead of 8. "
        "What does one see?",
        options=("flat bands with sharp edges", "the same sky, darker", "a blurred sky", "grain everywhere"),
        right="flat bands with sharp edges",
        replies={
            "the same sky, darker": "The codes are smaller, but what they stand for is not: code 7 of 3 "
            "bits is as bright as code 255 of 8.",
            "a blurred sky": "Blur mixes neighbours. A converter looks at each voltage alone.",
            "grain everywhere": "Grain is chance. A converter gives equal voltages equal codes.",
        },
        reveal="All voltages of one step get one code, so the ramp becomes 8 flat bands. Banding is "
        "quantization made visible. Each further bit halves the step: twice as many bands, half as wide.",
    ),
    Prediction(
        id="01-predict-code",
        title="spot the mistake: 2.5 V is 011",
        kind="spot",
        question="A published introduction uses 3 bits over 5 V, steps of 0.625 V. It says: 2.5 V is level "
        "4, its code is 011, decimal 3. What is right?",
        options=("all of it", "level 4, code 100", "level 3, code 011", "level 5, code 101"),
        right="level 4, code 100",
        replies={
            "all of it": "011 is 2 + 1 = 3. The text gives one voltage two numbers.",
            "level 3, code 011": "Code 3 ends where 2.5 V begins. A rule that takes the lower one on an edge "
            "would give it, but then it is not level 4.",
            "level 5, code 101": "2.5 / 0.625 is 4. Levels are counted from 0, as codes are.",
        },
        reveal="2.5 / 0.625 is exactly 4: the edge between codes 3 and 4. Take the upper one, and it is 4 = "
        "100; take the lower one, and it is 3 = 011. No rule gives both, so a converter has to state its "
        "own.",
    ),
    Prediction(
        id="01-predict-top",
        title="spot the mistake: 5.0 V gives 8",
        kind="spot",
        question="With steps of 0.625 V someone computes floor(5.0 / 0.625) = 8 and writes down 1000. The "
        "converter has 3 bits over 5 V. What does it really answer to 5.0 V?",
        options=("8 = 1000", "7 = 111", "0 = 000", "nothing: 5.0 V is not allowed"),
        right="7 = 111",
        replies={
            "8 = 1000": "1000 has four bits. Three bits count from 0 to 7.",
            "0 = 000": "So it would be if the number lost its first bit, as bytes do when they wrap. A "
            "converter stops at its top.",
            "nothing: 5.0 V is not allowed": "White is nothing unusual. The converter gives the highest "
            "code it has, also to what lies beyond.",
        },
        reveal="Code 7 stands for 4.375 V up to 5 V, and all above gets it too: the result has to be "
        "clipped to 2ⁿ − 1. There are 8 codes, but since the first is 0, the last is 7.",
    ),
    Prediction(
        id="01-predict-sqnr",
        title="spot the mistake: 6.02 n + 1.76 dB",
        kind="spot",
        question="A rule that is often copied: signal to quantization noise is 6.02 n + 1.76 dB for n bits. "
        "For 8 bits that is 49.92 dB. What comes out for a ramp over the whole range?",
        options=("49.92 dB", "48.16 dB", "51.68 dB", "8 dB"),
        right="48.16 dB",
        replies={
            "49.92 dB": "The 1.76 dB belong to a sine, which spends more of its time near its ends than a "
            "ramp.",
            "51.68 dB": "A ramp has less variance than a sine of the same height, not more.",
            "8 dB": "Each bit halves the error, and half the error is 6.02 dB.",
        },
        reveal="A ramp gives 6.02 n, here 48.16 dB. The 1.76 dB belong to a sine over the whole range, and "
        "only in the limit of many bits: measured, it is 49.79 dB with 8 bits, and 6.44 dB with one, where "
        "the rule says 7.78.",
    ),
)

CODES_RIGHT = (
    "Divide by the step, round down, stop at the highest code: that is all a converter does to a voltage."
)

# Parts of one exercise, 01-codes: not counted by themselves.
CODES = {
    "code": Number(
        id="01-part-code",
        title="code of 2.5 V",
        answer=4,
        why="",
        hint="How many whole steps of 5/8 V fit into 2.5 V?",
        mistakes={
            3: "Code 3 ends where 2.5 V begins: on an edge this converter takes the upper code.",
            5: "Codes are counted from 0: the first step has code 0.",
            100: "That is how it is written in bits. As a decimal number it is asked for here.",
            8: "That is how many codes there are. Which of them does 2.5 V get?",
            0.625: "That is the step. How many of them fit into 2.5 V?",
            2: "You rounded 2.5 V down. It has to be divided by the step first.",
        },
    ),
    "bits": Number(
        id="01-part-bits",
        title="code of 2.5 V in bits",
        answer=100,
        why="",
        hint="Three bits are worth 4, 2 and 1. Which of them add up to the code?",
        mistakes={
            4: "That is the decimal number. Write it in three bits, worth 4, 2 and 1.",
            11: "011 is 2 + 1 = 3. The code is one more.",
            1: "001 reads from the wrong end: the bit that is worth most comes first.",
            101: "101 is 4 + 1 = 5.",
            1000: "1000 has four bits: 8. Three bits are worth 4, 2 and 1.",
        },
    ),
    "top": Number(
        id="01-part-top",
        title="code of 5 V",
        answer=7,
        why="",
        hint="5 V is the end of the range: it gets the highest code that three bits can write.",
        mistakes={
            8: "8 needs four bits. The highest code of three bits is one less than their number, as the "
            "first is 0.",
            111: "That is how it is written in bits. As a decimal number it is asked for here.",
            0: "A number that lost its first bit would wrap to 0. A converter stops at its top.",
            5: "That is the voltage. Which code does it get?",
            3: "That is the number of bits.",
        },
    ),
    "step": Number(
        id="01-part-step",
        title="step of 4 bits over 5 V",
        answer=0.3125,
        why="",
        hint="Four bits make 2 · 2 · 2 · 2 codes, and they share 5 V.",
        mistakes={
            1.25: "You divided by the number of bits. It is the number of codes that share the range.",
            0.625: "That is the step of 3 bits. One more bit halves it.",
            0.15625: "That is the step of 5 bits.",
            5 / 15: "There are 16 steps and 16 codes: the highest code, too, has a step of its own.",
            16: "That is the number of codes. How much of 5 V does each get?",
            3.2: "Upside down: volts are divided by codes.",
        },
    ),
}

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
