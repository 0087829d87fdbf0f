"""Lesson 03, a kernel slides: its exercises and predictions, as data."""

from cnnlib.exercises.questions import Exercise, Number, Prediction

CHECKS = (
    Exercise(id="03-slide", title="write the loop yourself"),
    Exercise(id="03-shift", title="move the picture to the right"),
)

NUMBERS = (
    Number(
        id="03-places",
        title="places of a 5 × 5 kernel on 32 × 32",
        answer=784,
        why="The kernel fits in 28 places across and in 28 down: 28 · 28.",
        hint="Count the places along one side first: the kernel's left edge may stand on column 0, 1, 2 ... "
        "how far?",
        mistakes={
            1024: "That is one place for every pixel. Near the right and lower border the kernel would hang "
            "over; count only where all of it fits.",
            729: "That is 27 · 27. Side minus kernel misses one place: the first counts too.",
            841: "That is 29 · 29, one place too many along each side: put the kernel on the last one and "
            "look.",
            28: "That is how often the kernel fits along one side. It moves down as well as across.",
            56: "Places across and places down make a grid: they multiply.",
            2352: "You counted once for each of three channels. The kernel lies on all channels at once: "
            "one place, one number.",
            36: "The kernel moves on by one pixel, not by its own width: neighbouring windows overlap.",
            25: "That is how many weights the kernel has. Here we count where it can stand.",
        },
    ),
    Number(
        id="03-products",
        title="products of one 5 × 5 × 3 window",
        answer=75,
        why="Every weight meets one number: 5 rows, 5 columns, 3 channels. Adding them up takes 74 "
        "additions.",
        hint="Each weight of the 5 × 5 × 3 kernel meets exactly one number of the picture.",
        mistakes={
            25: "That is one channel. The picture has three, and the kernel has weights for each of them.",
            74: "That is how many additions join the products. How many products are there to be joined?",
            15: "That is one row of the window in three channels; the window has five rows.",
            225: "You counted the channels twice.",
            28: "That is how many places there are along one side. Here we stay at one place.",
            784: "That is the number of places. Here we stay at one of them.",
            58800: "That is the work for the whole map. Here we stay at one place.",
        },
    ),
    Number(
        id="03-touches",
        title="numbers that read one pixel: 5 × 5",
        answer=25,
        why="Each of the 25 weights meets this pixel once, each time from another place.",
        hint="Slide a 5 × 5 frame on squared paper and count in how many places the pixel is inside.",
        mistakes={
            1: "That is so only for a corner of the picture. A pixel inside is met again when the kernel "
            "moves on.",
            5: "That counts a movement along one row. The kernel also comes by in rows higher and lower.",
            9: "That is a 3 × 3 kernel's count.",
            10: "Rows and columns of places make a grid: they multiply.",
            24: "You counted the neighbours. The window that is centred on the pixel reads it too.",
        },
    ),
    Number(
        id="03-side",
        title="side of the map: 7 × 7 on 32 × 32",
        answer=26,
        why="The first place and one for each of the 25 steps until the kernel touches the border.",
        hint="Put the kernel at the left border: how many steps of one pixel until it touches the right one?",
        mistakes={
            25: "That is the number of steps. Places are one more than steps, as with fence posts.",
            32: "That is the picture's side. A kernel that must fit has fewer places.",
            28: "That is right for a 5 × 5 kernel; this one is wider.",
            27: "That is one place too many: on the last one, the kernel's right column must lie on the "
            "picture's.",
            676: "That is the number of cells of the whole map. Its side is asked for.",
        },
    ),
)

PREDICTIONS = (
    Prediction(
        id="03-predict-first",
        title="the first number",
        kind="predict",
        question="The kernel [[1, 0, 1], [0, 1, 0], [1, 0, 1]] lies on the upper left corner of the 5 × 5 "
        "picture: on [[1, 1, 1], [0, 1, 1], [0, 0, 1]]. Which number comes out?",
        right=4,
        replies={
            6: "Six is the number of ones in the window. A one under a 0 of the kernel does not count.",
            5: "Five is the number of ones in the kernel. One of them lies on a 0 of the picture.",
            9: "Nine is the number of cells. What counts is what lies under each weight.",
            3: "Three is one short: do not forget the centre, or one of the corners.",
            1: "One product is 1; all nine products are added.",
        },
        otherwise="Multiply each cell of the window by the weight on top of it, then add the nine products.",
        reveal="1·1 + 1·0 + 1·1 + 0·0 + 1·1 + 1·0 + 0·1 + 0·0 + 1·1 = 4: of the kernel's five ones, four "
        "lie on a one of the picture.",
    ),
    Prediction(
        id="03-predict-size",
        title="the size of the map",
        kind="predict",
        question="A 3 × 3 kernel slides over a 5 × 5 picture and never leaves it. How large is the map?",
        options=("5 × 5", "3 × 3", "2 × 2", "7 × 7"),
        right="3 × 3",
        replies={
            "5 × 5": "One number for each pixel would need windows that hang over the border.",
            "2 × 2": "From the first place to the last are 2 steps, but 3 places.",
            "7 × 7": "So many places touch the picture if the kernel may hang over it on every side.",
        },
        reveal="Across, the kernel can start on column 0, 1 or 2; down, on row 0, 1 or 2. That the map is "
        "as large as the kernel is a coincidence of these two sizes.",
    ),
    Prediction(
        id="03-predict-gray",
        title="spot the mistake: two numbers, stacked",
        kind="spot",
        question="A published introduction slides [[1, 0, −1], [1, 0, −1], [1, 0, −1]] over the 4 × 4 gray "
        "picture [[50, 75, 100, 125], [150, 175, 200, 225], [100, 125, 150, 175], [25, 50, 75, 100]]. It "
        "finds 1025, then −1275, and stacks them. What really comes out?",
        options=(
            "1025 above −1275",
            "a 2 × 2 map, −150 everywhere",
            "a 2 × 2 map, +150 everywhere",
            "a 4 × 4 map, −150 everywhere",
        ),
        right="a 2 × 2 map, −150 everywhere",
        replies={
            "1025 above −1275": "No window gives either number. The stack is wrong as well: one kernel makes "
            "one grid, not a pile.",
            "a 2 × 2 map, +150 everywhere": "That is what comes out if the kernel is turned by 180° first "
            "(lesson 5). Here the 1 lies on the left, darker pixel.",
            "a 4 × 4 map, −150 everywhere": "The number is right. But a 3 × 3 kernel fits into 4 × 4 in two "
            "places across and two down.",
        },
        reveal="In every row, left minus right is −50, wherever the window stands, since the picture "
        "brightens by 25 a column. Three rows make −150, in all four places. Stacking is for maps of "
        "different kernels.",
    ),
    Prediction(
        id="03-predict-shift",
        title="a single 1, right of the centre",
        kind="predict",
        question="All weights are 0, except a single 1 just right of the centre. What happens to the "
        "picture?",
        options=("it moves to the left", "it moves to the right", "it moves up", "it stays where it is"),
        right="it moves to the left",
        replies={
            "it moves to the right": "Nearly everyone says so. But the 1 does not push: it fetches.",
            "it moves up": "The 1 is in the middle row, so nothing changes rows.",
            "it stays where it is": "It would, with the 1 in the centre.",
        },
        reveal="Each output fetches the pixel to the right of it. What was on the right is now here: the "
        "picture moved to the left.",
    ),
    Prediction(
        id="03-predict-ripple",
        title="one pixel changes",
        kind="predict",
        question="One pixel well inside the picture changes. How many numbers of the map change with it, if "
        "no weight of the 3 × 3 kernel is 0?",
        options=("1", "3", "9", "all of them"),
        right="9",
        replies={
            "1": "The window centred on the pixel sees it, but so do the windows beside it.",
            "3": "Three windows in a row see it; there are three such rows.",
            "all of them": "A window sees only the nine pixels that it lies on; far away nothing is noticed.",
        },
        reveal="Nine windows contain the pixel, one for each weight that can lie on it. Their changes spell "
        "the kernel, turned by 180°: the reason is in lesson 5.",
    ),
)

QUESTIONS: tuple[Exercise, ...] = (*PREDICTIONS, *CHECKS, *NUMBERS)
