"""Digits as a person draws them, from a few lines each, with any pen on any canvas."""

import numpy as np
from PIL import Image, ImageDraw

FINE = 4  # drawn at FINE times the size and averaged, for smooth edges


def arc(row, col, down, right, start, end):
    """Return points on an ellipse; degrees from the right, clockwise."""
    angle = np.deg2rad(np.linspace(start, end, 25))
    return [*zip(row + down * np.sin(angle), col + right * np.cos(angle), strict=True)]


LINES = {  # points (row, col) in a box of height 1
    "0": [arc(0.5, 0.35, 0.5, 0.33, 0, 360)],
    "1": [[(0, 0.3), (1, 0.3)]],
    "1 with a flag": [[(0.22, 0.1), (0, 0.32), (1, 0.32)]],
    "2": [[*arc(0.27, 0.33, 0.27, 0.3, 190, 380), (1, 0.02), (1, 0.66)]],
    "3": [[*arc(0.25, 0.3, 0.25, 0.28, 200, 440), *arc(0.74, 0.3, 0.26, 0.33, -80, 160)]],
    "4": [[(1, 0.5), (0, 0.5), (0.66, 0), (0.66, 0.7)]],
    "4 that is open": [[(0, 0.1), (0.58, 0.03), (0.58, 0.68)], [(0.05, 0.55), (1, 0.5)]],
    "5": [[(0, 0.62), (0, 0.1), (0.42, 0.07), *arc(0.69, 0.3, 0.3, 0.33, -110, 150)]],
    "6": [[(0, 0.5), *arc(0.6, 0.55, 0.55, 0.5, 225, 180), *arc(0.72, 0.33, 0.27, 0.29, 180, 540)]],
    "7": [[(0, 0), (0, 0.65), (1, 0.2)]],
    "7 with a bar": [[(0, 0), (0, 0.65), (1, 0.2)], [(0.5, 0.15), (0.5, 0.62)]],
    "8": [[*arc(0.25, 0.33, 0.25, 0.24, 90, 450), *arc(0.75, 0.33, 0.26, 0.3, -90, 270)]],
    "9": [[*arc(0.28, 0.33, 0.28, 0.28, 0, 360), (1, 0.5)]],
}


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
