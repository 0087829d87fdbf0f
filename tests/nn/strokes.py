"""Digits as a person draws them, from a few lines each, with any pen on any canvas."""

import numpy as np
from PIL import Image, ImageDraw

from cnnlib.lessons.l12_inside_a_trained_network.pen import DIGIT_PATHS as LINES

FINE = 4  # drawn at FINE times the size and averaged, for smooth edges


def draw(name, canvas=200, height=0.5, pen=0.1, down=0.5, right=0.5):
    """Return a drawing (canvas, canvas), 0..255.

    The digit's height is a share of the canvas, the pen's width one of the digit's height; `down` and
    `right` share out the free room: 0 puts the digit at the top and the left, 1 at the bottom and the right.
    """
    lines = [np.array(line) * height * canvas for line in LINES[name]]
    points = np.concatenate(lines)
    radius = pen * height * canvas / 2
    low, high = points.min(axis=0) - radius, points.max(axis=0) + radius
    offset = (canvas - (high - low)) * (down, right) - low
    sheet = Image.new("L", (canvas * FINE, canvas * FINE))
    brush = ImageDraw.Draw(sheet)
    for line in lines:
        places = [(col, row) for row, col in ((line + offset) * FINE).tolist()]
        brush.line(places, 255, max(1, round(2 * radius * FINE)), joint="curve")
        for col, row in places:
            around = np.array([col, row, col, row]) + radius * FINE * np.array([-1, -1, 1, 1])
            brush.ellipse(around.tolist(), 255)
    return np.asarray(sheet.reduce(FINE))
