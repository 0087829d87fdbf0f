"""Lesson 2's checks: a pixel, its place in memory, gray, a shape, and a byte."""

import numpy as np

from cnnlib.exercises.check import answer_check, function_check
from cnnlib.exercises.feedback import Feedback, is_blank
from cnnlib.exercises.trying import as_numbers


def _scene(height: int, width: int, channels: int = 3) -> np.ndarray:
    """Return a picture of bytes among which no two neighbours, and no two channels of a pixel, are alike."""
    return (
        ((np.arange(height * width * channels) * 37 + 11) % 251)
        .reshape(height, width, channels)
        .astype(np.uint8)
    )


def _whole(*numbers: int) -> tuple[np.int64, ...]:
    return tuple(map(np.int64, numbers))  # with a `copy` method, as every argument of a case needs


# ---- pixel(image, row, col)


def _pixel(image, row, col):
    return image[row, col]


check_pixel = function_check(
    "02-pixel",
    makes="a learner's own function that looks up a pixel of a colour picture",
    takes="Takes an image ``(H, W, 3)``, a row and a column, both from 0; returns the pixel's three numbers.",
    example="""
    >>> print(check_pixel(lambda image, row, col: image[row, col, 0]))
    Not yet: That is the red of the pixel. A pixel in colour is all three numbers.
    """,
    call="pixel(image, row, col)",
    errors=(
        (
            "out of bounds",
            "Are row and column in that order? A landscape picture has more columns than rows.",
        ),
        ("too many indices", "One index for each axis: row, column, and perhaps the channel."),
    ),
    cases=(
        ("row 1, column 4 of a 3 × 6 picture", _scene(3, 6), *_whole(1, 4)),
        ("row 2, column 1 of a 3 × 6 picture", _scene(3, 6), *_whole(2, 1)),
        ("row 2, column 1 of a 4 × 4 picture", _scene(4, 4)[::-1], *_whole(2, 1)),
        ("row 1, column 2 of a 4 × 5 picture", _scene(4, 5), *_whole(1, 2)),
        ("row 0, column 0 of a 4 × 3 picture", _scene(4, 3), *_whole(0, 0)),
    ),
    right="Rows first, from 0: your function finds the pixel in all five cases.",
    truth=_pixel,
    edits="""
        image[row, col] -> image[col, row]
            Row and column are swapped: the row comes first in the index, as the rows are the first axis.
        image[row, col] -> image[row - 1, col - 1]
        image[row, col] -> image[row + 1, col + 1]
            You counted from 1. The first row is row 0, and so is the first column.
        image[row, col] -> image[:, row, col]
            That is how PyTorch would ask, with the channels first. Here they come last, and an
            axis behind those that you name stays whole.
        image[row, col] -> image[row, col, 0]
            That is the red of the pixel. A pixel in colour is all three numbers.
        image[row, col] -> image[row, col, 1]
            That is the green of the pixel. A pixel in colour is all three numbers.
        image[row, col] -> image[row, col, 2]
            That is the blue of the pixel. A pixel in colour is all three numbers.
        image[row, col] -> image[row, col, :2]
            The blue is missing: a slice ends before its last index.
        image[row, col] -> image[row, col, ::-1]
            The three numbers come in the order blue, green, red, as OpenCV has them. Here red is first.
        image[row, col] -> image[row, col].mean()
            You averaged the three channels. The pixel is all three numbers.
        image[row, col] -> image[row, col].astype(int).sum()
        image[row, col] -> image[row, col].sum(dtype=np.uint8)
            You added the three channels. The pixel is all three numbers.
        image[row, col] -> image[row, col].max()
        image[row, col] -> image[row, col].min()
            You took one of the channels, the largest or the smallest. The pixel is all three numbers.
        image[row, col] -> image[row, col] @ [0.299, 0.587, 0.114]
            You turned the pixel into gray. The pixel is all three numbers.
        image[row, col] -> image.reshape(-1, 3)[row + col]
            You took row + col for the place of the pixel. Before it lie `row` whole rows of W pixels, and
            `col` more.
        image[row, col] -> image.reshape(-1, 3)[row * col]
            You took row · col for the place of the pixel. Before it lie `row` whole rows of W pixels, and
            `col` more.
        image[row, col] -> image.reshape(-1, 3)[row * len(image) + col]
            A row has W pixels, not H: the place of a pixel in memory is row · W + col.
        image[row, col] -> image[row, col + 1]
            You look one column too far to the right. Columns are counted from 0.
        image[row, col] -> image[row + 1, col]
            You look one row too far down. Rows are counted from 0.
        image[row, col] -> image[row]
            That is a whole row of pixels: the column is missing.
        image[row, col] -> image[:, col]
            That is a whole column of pixels: the row is missing.
        image[row, col] -> image[-row, -col]
            Negative indices count from the end. Yours count from the far corner.
        image[row, col] -> image[len(image) - 1 - row, col]
            Your rows count from the bottom, as in geometry. In an image row 0 is on top.
        image[row, col] -> image[row, image.shape[1] - 1 - col]
            Your columns count from the right. Column 0 is on the left.
    """,
)

# ---- place(index, shape)


def _case(index: tuple[int, int, int], shape: tuple[int, int, int]) -> tuple:
    return (f"index {index} of a picture of shape {shape}", np.array(index), np.array(shape))


def _place(index, shape):
    row, col, channel = (int(i) for i in index)
    height, width, depth = (int(n) for n in shape)  # noqa: RUF059 - mistakes use it
    return row * width * depth + col * depth + channel


check_flat_index = function_check(
    "02-flat-index",
    makes="a learner's own formula for how many values lie in memory before the one at an index",
    takes="Takes ``index``, (row, col, channel), and ``shape``, (H, W, C), of a picture that lies in "
    "memory as HWC; returns a whole number.",
    example="""
    >>> print(check_flat_index(lambda index, shape: index[0] * shape[1] + index[1]))
    Not yet: You counted pixels. Each pixel holds C values.
    """,
    call="place(index, shape)",
    errors=(("unpack", "`index` is (row, col, channel) and `shape` is (H, W, C): three numbers each."),),
    cases=(
        _case((1, 4, 1), (3, 6, 3)),
        _case((2, 1, 2), (3, 6, 3)),
        _case((0, 0, 0), (3, 6, 3)),
        _case((4, 3, 1), (5, 7, 4)),
        _case((3, 2, 0), (6, 4, 1)),
        _case((100, 200, 2), (480, 640, 3)),
    ),
    right="Whole rows first, then whole pixels, then channels: your formula finds six values, in four "
    "pictures.",
    truth=_place,
    edits="""
        row * width * depth + col * depth -> (col * height + row) * depth
            Rows and columns are swapped: row after row lies in memory, so whole rows of W pixels come before.
        row * width * depth + col * depth -> (col * width + row) * depth
            Row and column are swapped: before a pixel lie `row` whole rows of W pixels, and `col` pixels
            more.
        row * width -> row * height
            A row is as long as the picture is wide: multiply the row by W, not by H.
        row * width * depth + col * depth + channel -> channel * height * width + row * width + col
            That is right for CHW, where each channel is a picture of its own. Here the channels lie side by
            side.
        row * width * depth + col * depth + channel -> row + height * (col + width * channel)
            That is column-major order, as in Fortran or MATLAB: the first index runs fastest. NumPy's last
            one does.
        row * width * depth + col * depth + channel -> col + width * (row + depth * channel)
            That is the order CHW, and C stands where H belongs. Here it is HWC: the channels lie side by
            side.
        + channel -> + channel * height * width
            The channel is multiplied by the picture's size, as in CHW, and the pixels by C, as in HWC.
        + channel -> + channel + 1
            One too many: counting begins at 0, so the very first value has 0 before it.
        row * width * depth + col * depth + channel -> ((row - 1) * width + col - 1) * depth + channel - 1
            You counted from 1. Row, column and channel begin at 0, so nothing is to be subtracted.
        row * width * depth + col * depth + channel -> ((row + 1) * width + col + 1) * depth + channel + 1
            You counted from 1. Row 0 has no rows before it.
        col * depth + channel -> col * depth
            The channel is missing: you always point at the pixel's red.
        row * width * depth + col * depth + channel -> row * width + col
            You counted pixels. Each pixel holds C values.
        row * width * depth + col * depth -> row * width + col
            You counted pixels, then channels: the pixels before hold C values each.
        row * width * depth + col -> row * width + col
            Only the columns are multiplied by C. A whole row holds W · C values: parentheses are missing.
        col * depth -> col
            Only the rows are multiplied by C. Each pixel before it in its row holds C values too.
        col * depth -> col * width
            The column is multiplied by W. A step to the right passes one pixel with its channels.
        row * width * depth -> row * (width - 1) * depth
            A row has W pixels, not W − 1: the last column is W − 1, but column 0 counts too.
        row * width * depth + col * depth + channel -> row * col * channel
            You multiplied the index itself. How many values lie before it? Whole rows first.
        row * width * depth + col * depth -> row + col
            A step down passes a whole row of values, not one.
        row * width * depth + col * depth + channel -> 8 * (row * width * depth + col * depth + channel)
            You counted bytes of float64. Values are to be counted, whatever their type.
    """,
)


_PAINTS = np.array(
    [[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[255, 255, 255], [200, 100, 50], [90, 180, 240]]], np.uint8
)


def _gray(image):
    return 0.299 * image[..., 0] + 0.587 * image[..., 1] + 0.114 * image[..., 2]


check_to_gray = function_check(
    "02-to-gray",
    makes="a learner's own function that turns a colour picture into gray by luma",
    takes="Takes an image ``(H, W, 3)`` of bytes, returns ``(H, W)``: 0.299 R + 0.587 G + 0.114 B, not "
    "rounded.",
    example="""
    >>> check_to_gray(lambda image: image.mean(-1)).verdict
    'wrong'
    """,
    call="to_gray(image)",
    errors=(
        ("matmul", "`@` meets the last axis of the picture: are there three weights?"),
        ("broadcast", "Three weights meet the last axis, which holds the channels."),
        ("out of bounds", "The channel is the last index: `image[..., 0]` is red."),
    ),
    cases=(
        ("a 2 × 3 picture of pure colours", _PAINTS),
        ("a 3 × 4 colour picture", _scene(3, 4)),
        ("a 5 × 2 colour picture", _scene(5, 2)[::-1]),
        ("a 3 × 3 picture, as many rows as channels", _scene(3, 3)),
    ),
    right="Green counts most and blue least, as the eye has it; white stays 255 and black 0.",
    truth=_gray,
    edits="""
        0.299 -> 1 / 3 ;; 0.587 -> 1 / 3 ;; 0.114 -> 1 / 3
            You took the mean. So pure blue gets as bright as pure green, which looks five times as bright:
            weigh the channels by 0.299, 0.587, 0.114.
        0.299 -> 1 ;; 0.587 -> 0 ;; 0.114 -> 0
            You took the red channel alone, so other colours come out black. All three count, by their
            weights.
        0.299 -> 0 ;; 0.587 -> 1 ;; 0.114 -> 0
            You took the green channel alone, so other colours come out black. All three count, by their
            weights.
        0.299 -> 0 ;; 0.587 -> 0 ;; 0.114 -> 1
            You took the blue channel alone, so other colours come out black. All three count, by their
            weights.
        0.299 -> 0. ;; 0.587 -> 0.
            Only the last product comes out: each takes the place of the one before. Add them up.
        0.587 -> 0. ;; 0.114 -> 0.
            Only the first product comes out. All three are added up.
        0.299 -> 1. ;; 0.587 -> 1. ;; 0.114 -> 1.
            You added the channels, so white is 765. Weighed by 0.299, 0.587, 0.114, they stay within 255.
        0.299 -> 0.2126 ;; 0.587 -> 0.7152 ;; 0.114 -> 0.0722
            Those are the weights of another standard (BT.709, for HDTV). Here they are 0.299, 0.587, 0.114.
        0.299 -> 0.2125 ;; 0.587 -> 0.7154 ;; 0.114 -> 0.0721
        0.299 -> 0.21 ;; 0.587 -> 0.72 ;; 0.114 -> 0.07
        0.299 -> 0.2627 ;; 0.587 -> 0.678 ;; 0.114 -> 0.0593
            Those are the weights of another standard (BT.709, or BT.2020). Here they are 0.299, 0.587, 0.114.
        0.299 -> 0.3 ;; 0.587 -> 0.59 ;; 0.114 -> 0.11
        0.299 -> 0.3 ;; 0.587 -> 0.6 ;; 0.114 -> 0.1
            The weights are rounded. Take 0.299, 0.587, 0.114 as they are.
        0.299 -> 0.114 ;; 0.114 -> 0.299
            Red and blue have changed places: 0.299 is the weight of the first channel, red.
        0.299 -> 0.587 ;; 0.587 -> 0.299
            Red and green have changed places: the largest weight belongs to green, the second channel.
        0.587 -> 0.114 ;; 0.114 -> 0.587
            Green and blue have changed places: the largest weight belongs to green, the second channel.
        0.299 -> _
            The weight of red is {} in your function; 0.299 is meant. The other weights are right.
        0.587 -> _
            The weight of green is {} in your function; 0.587 is meant. The other weights are right.
        0.114 -> _
            The weight of blue is {} in your function; 0.114 is meant. The other weights are right.
        image[..., 0] -> image[..., 1]
        image[..., 0] -> image[..., 2]
        image[..., 1] -> image[..., 0]
        image[..., 1] -> image[..., 2]
        image[..., 2] -> image[..., 0]
        image[..., 2] -> image[..., 1]
            One channel is read twice, and another never: an index is typed twice.
        image[..., 0] -> image[0] ;; image[..., 1] -> image[1] ;; image[..., 2] -> image[2]
            You weighed three rows. The channels come last: `image[..., 0]` is red, `image[0]` a row.
        image[..., 0] -> image[:, 0] ;; image[..., 1] -> image[:, 1] ;; image[..., 2] -> image[:, 2]
            The weights meet the columns. They have to meet the last axis, the channels.
    """,
    mistakes=(
        *(
            (
                "The channels are added as bytes, and the sum wraps around before it is divided: white "
                "comes out as 84. Weigh them first: that makes floats.",
                way,
            )
            for way in (
                lambda image: image.sum(-1, dtype=np.uint8) / 3,
                lambda image: image.sum(-1, dtype=np.uint8) // 3,
            )
        ),
        (
            "The channels are added as bytes, and the sum wraps around at 256. Weigh them first: that makes"
            " floats.",
            lambda image: image.sum(-1, dtype=np.uint8),
        ),
        (
            "You took the largest channel of each pixel. That is no brightness: pure blue would be white.",
            lambda image: image.max(-1),
        ),
        (
            "You took the largest channel less the smallest: that says how colourful a pixel is, not how "
            "bright.",
            lambda image: np.ptp(image.astype(float), axis=-1),
        ),
        (
            "You took the middle between the largest and the smallest channel. The eye weighs all three.",
            lambda image: (image.max(-1).astype(float) + image.min(-1)) / 2,
        ),
        ("The picture is inverted: white comes out as 0, black as 255.", lambda image: 255 - _gray(image)),
        (
            "The picture is still in colour: three equal channels. One number for each pixel is asked for.",
            lambda image: np.repeat(_gray(image)[..., None], 3, axis=-1),
        ),
        (
            "The root of the mean of the squares is no brightness for the eye: it weighs the channels.",
            lambda image: np.sqrt((image.astype(float) ** 2).mean(-1)),
        ),
        (
            "The numbers are too small by the same factor everywhere: the three weights already add up to 1.",
            lambda image: _gray(image) / 3,
        ),
        *(
            (
                "A power bends the brightness, as gamma does. Here the bytes are weighed as they are.",
                lambda image, power=power: _gray((image / 255) ** power * 255),
            )
            for power in (2.2, 2, 1 / 2.2, 0.5)
        ),
        (
            "You scaled to 0..1. Here the brightness stays on the bytes' scale.",
            lambda image: _gray(image) / 255,
        ),
        (
            "Each weighed channel is cut off to a whole number before they are added. Add first; nothing "
            "needs "
            "rounding.",
            lambda image: (image * [0.299, 0.587, 0.114]).astype(np.uint8).sum(-1, dtype=np.uint8),
        ),
        *(
            (
                f"You go along axis {axis}. The channels are the last axis, −1.",
                lambda image, axis=axis, way=way: way(image, axis),
            )
            for axis in (0, 1)
            for way in (np.mean, lambda image, axis: (image * [0.299, 0.587, 0.114]).sum(axis))
        ),
        (
            "One number for the whole picture comes out. Only the channels are to be summed up: `axis=-1`.",
            lambda image: image.mean(),
        ),
    ),
)


_SHAPE = (480, 640, 3)
_SHAPES = {
    (
        640,
        480,
        3,
    ): "That is width first. An array begins with its rows, and there are as many as the photo is high.",
    (3, 480, 640): "That is how PyTorch has it, channels first. A photo from Pillow has its channels last.",
    (3, 640, 480): "The channels come last, and the rows first: as many as the photo is high.",
    (480, 3, 640): "The channels come last, after the columns.",
    (480, 640): "That is a gray photo's. In colour there is one axis more.",
    (640, 480): "That is a gray photo's, and width first. Rows come first, and colour has one axis more.",
    (480, 640, 1): "That is a single channel. How many has a photo in colour?",
    (480, 640, 4): "That is with a fourth channel, alpha. This photo is opaque: red, green and blue alone.",
    (480, 640, 8): "8 is the number of bits of a value. The last axis counts the channels.",
    (480, 640, 255): "255 is the largest value. The last axis counts the channels.",
    (479, 639, 2): "Indices begin at 0, but a shape says how many there are.",
    (640 * 480 * 3,): "That is how many values there are. The shape says how many along each axis.",
}


@answer_check("02-shape")
def check_shape(shape: object = None) -> Feedback:
    """Check the shape of a colour photo that is 640 pixels wide and 480 high.

    Parameters
    ----------
    shape : tuple of int, optional
        As NumPy's ``.shape`` gives it.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_shape((640, 480, 3)))
    Not yet: That is width first. An array begins with its rows, and there are as many as the photo is high.
    """
    if is_blank(shape):
        return Feedback("not answered yet", "Put your shape in place of `...`, three numbers in parentheses.")
    numbers = as_numbers(shape)
    if numbers is None or numbers.dtype == bool:
        return Feedback("wrong", f"Numbers are needed, not a value of type {type(shape).__name__}.")
    given = tuple(numbers.ravel().tolist())
    if given == _SHAPE:
        return Feedback(
            "right", "Rows, columns, channels: the first axis counts downwards, the second to the right."
        )
    if sorted(given) == sorted(_SHAPE):
        return Feedback(
            "wrong",
            _SHAPES.get(given, "The numbers are right, their order is not: rows first, channels last."),
        )
    return Feedback(
        "wrong",
        _SHAPES.get(given, "How many rows has it, how many columns, how many channels? In that order."),
    )


_BITS = "00110010"
_WORTH = "From the left, the bits are worth 128, 64, 32, 16, 8, 4, 2, 1: which of them add up to 50?"
_TEXTS = {
    "110010": ("close", "The value is right. A byte has eight bits, though: zeros in front belong to it."),
    "0b110010": (
        "close",
        "The value is right, as `bin` writes it. A byte has eight bits: write all of them, and no 0b.",
    ),
    "01001100": ("wrong", "The bits are in reverse order: the one that is worth most comes first."),
    "11001101": ("wrong", "Every bit is the wrong way round: 1 means that its power of two is in the sum."),
    "00110011": ("wrong", "That is 51: the last bit is worth 1."),
    "00110001": ("wrong", "That is 49: the last bit is worth 1, the one before it 2."),
    "00011001": ("wrong", "That is 25, as if the last bit were worth 2. It is worth 1."),
    "01100100": ("wrong", "That is 100, as if the last bit were worth a half. It is worth 1."),
    "01010000": ("wrong", "You wrote each decimal digit in four bits, 5 and 0. The byte holds one number."),
    "50": ("wrong", "That is the decimal number. " + _WORTH),
    "32": ("wrong", "That is hexadecimal, base 16. " + _WORTH),
    "0x32": ("wrong", "That is hexadecimal, base 16. " + _WORTH),
}


@answer_check("02-binary")
def check_binary(bits: object = None) -> Feedback:
    """Check 50 written as the eight bits of a byte.

    Parameters
    ----------
    bits : str, optional
        Zeros and ones in quotes, the bit worth most first.

    Returns
    -------
    Feedback
        Never raises.

    Examples
    --------
    >>> print(check_binary("01100100"))
    Not yet: That is 100, as if the last bit were worth a half. It is worth 1.
    """
    if is_blank(bits):
        return Feedback("not answered yet", "Put eight zeros and ones in place of `...`, in quotes.")
    if isinstance(bits, list | tuple | np.ndarray):  # a list of bits will do
        bits = "".join(str(bit) for bit in np.ravel(np.array(bits, dtype=object)))
    text = "".join(str(bits).split()).replace("_", "")
    if text == _BITS:
        return Feedback("right", "32 + 16 + 2 = 50.")
    if text in _TEXTS:
        return Feedback(*_TEXTS[text])
    if set(text) <= {"0", "1"}:
        if len(text) != 8:
            return Feedback("wrong", f"A byte has eight bits; you wrote {len(text)}. {_WORTH}")
        return Feedback("wrong", f"That is {int(text, 2)}. {_WORTH}")
    return Feedback("wrong", f"Eight zeros and ones in quotes are needed. {_WORTH}")
