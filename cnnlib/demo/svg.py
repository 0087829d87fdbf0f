"""A Matplotlib renderer for the page: SVG with real text, in the colours of JupyterLab's theme.

Matplotlib's own SVG writer names its parts by chance, sets fonts by global state and writes 20 KB a curve.
This one knows what charts need, paths and text. It has no ids at all: many charts can stand on one page.
"""

from xml.sax.saxutils import escape

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from cnnlib.demo.painter import font

_LETTER = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
_ANCHOR = {"left": "start", "center": "middle", "right": "end"}
_CAP = {"projecting": "square"}
TALL, DEEP = 0.96, 0.22  # height of a line of text and its part below the base line, over the size
_BASE = {"center": TALL / 2 - DEEP, "top": TALL - DEEP}  # from where a text is held down to its base line


class SvgRenderer(RendererBase):
    """Collects the SVG elements of one figure; `text` joins them.

    Parameters
    ----------
    width, height : float
        In CSS pixels; the figure has 72 dots per inch, so that a point is a pixel.
    variables : dict of str to str
        The CSS variable that takes the place of each colour, ``{"#14171c": "--cnn-text"}``.

    Examples
    --------
    >>> SvgRenderer(30, 20, {}).text()
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"></svg>'
    """

    def __init__(self, width: float, height: float, variables: dict[str, str]):
        super().__init__()
        self.width, self.height, self.variables = width, height, variables
        self._parts: list[str] = []
        self._clip: tuple | None = None
        self._flip = Affine2D().scale(1, -1).translate(0, height)

    def text(self) -> str:
        """Return the whole SVG."""
        self._clip_to(None)
        box = f"0 0 {_short(self.width)} {_short(self.height)}"
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{"".join(self._parts)}</svg>'

    def draw_path(self, gc, path, transform, rgbFace=None):
        """Write one path; bars and thin lines along the axes without soft edges."""
        bounds = (0, 0, self.width, self.height) if rgbFace is None else None
        clean = path.cleaned(transform + self._flip, remove_nans=True, clip=bounds, curves=True)
        data, straight = _data(clean)
        if not data:
            return
        self._clip_to(gc.get_clip_rectangle())
        thin = rgbFace is not None or gc.get_linewidth() <= 1
        crisp = ' shape-rendering="crispEdges"' if straight and thin else ""
        self._parts.append(f'<path d="{data}" style="{self._style(gc, rgbFace)}"{crisp}/>')

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        """Write one path for each marker; their shape is worked out once."""
        data, _ = _data(marker_path.cleaned(marker_trans + Affine2D().scale(1, -1), curves=True))
        self._clip_to(gc.get_clip_rectangle())
        style = self._style(gc, rgbFace)
        points = (trans + self._flip).transform(path.vertices)
        for x, y in points[np.isfinite(points).all(axis=1)]:
            at = f'transform="translate({_short(x)} {_short(y)})"'
            self._parts.append(f'<path d="{data}" {at} style="{style}"/>')

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Write one line of text, held at its aligned end: the page's font is not as wide as Matplotlib's."""
        x, y, anchor = self._held(x, y, angle, mtext) if mtext else (x, y, "start")
        turned = f' transform="rotate({_short(-angle)} {_short(x)} {_short(y)})"' if angle else ""
        more = ";font-weight:600" if prop.get_weight() == "bold" else ""
        self._text(
            x, y, s, prop.get_size_in_points(), anchor, f"fill:{self._color(gc.get_rgb())}{more}", turned
        )

    def write(self, x: float, y: float, text: str, *, color: str, size: float, ha: str, va: str) -> None:
        """Write upright text, line by line, with y counted upwards, where Matplotlib would put it."""
        for line in text.split("\n"):
            down = self.height - y + size * _BASE[va]
            self._text(x, down, line, size, _ANCHOR[ha], f"fill:{self._color(color)}")
            y -= 1.2 * size

    def _text(self, x, y, text, size, anchor, style, turned=""):
        self._clip_to(None)
        place = f'x="{_short(x)}" y="{_short(y)}" font-size="{_short(size)}" text-anchor="{anchor}"'
        self._parts.append(f'<text {place} style="{style}"{turned}>{escape(text)}</text>')

    def get_text_width_height_descent(self, s, prop, ismath):
        """Measure text in the font of the static pictures."""
        size = prop.get_size_in_points()
        return font(size).getlength(s), TALL * size, DEEP * size

    def get_canvas_width_height(self):
        """Return the size in pixels."""
        return self.width, self.height

    def flipy(self):
        """Count y downwards, as SVG does."""
        return True

    def _held(self, x, y, angle, mtext) -> tuple[float, float, str]:
        """Return where on its own line a text is held, and by which end."""
        across, up = mtext.get_transform().transform(mtext.get_unitless_position())
        turn = np.array([np.cos(np.deg2rad(angle)), -np.sin(np.deg2rad(angle))])
        x, y = (x, y) + turn * (turn @ (across - x, self.height - up - y))
        return x, y, _ANCHOR[mtext.get_horizontalalignment()]

    def _color(self, color) -> str:
        if color is None:
            return "none"
        name = to_hex(color)
        return f"var({self.variables[name]},{name})" if name in self.variables else name

    def _style(self, gc, fill) -> str:
        style = f"fill:{self._color(fill)}"
        if fill is not None and len(fill) == 4 and fill[3] < 1:
            style += f";fill-opacity:{fill[3]:.2g}"
        return style + (self._stroke(gc) if gc.get_linewidth() and gc.get_rgb()[3] else "")

    def _stroke(self, gc) -> str:
        style = f";stroke:{self._color(gc.get_rgb())};stroke-width:{_short(gc.get_linewidth())}"
        if gc.get_rgb()[3] < 1:
            style += f";stroke-opacity:{gc.get_rgb()[3]:.2g}"
        _, dashes = gc.get_dashes()
        if dashes is not None:
            style += ";stroke-dasharray:" + " ".join(map(_short, dashes))
        cap = _CAP.get(gc.get_capstyle(), gc.get_capstyle())
        return f"{style};stroke-linejoin:{gc.get_joinstyle()};stroke-linecap:{cap}"

    def _clip_to(self, rectangle) -> None:
        """Open an inner `svg` for what is cut off at the axes, and close the one before."""
        box = rectangle and (rectangle.x0, self.height - rectangle.y1, rectangle.width, rectangle.height)
        clip = box and tuple(map(_short, box))
        if clip == self._clip:
            return
        if self._clip:
            self._parts.append("</svg>")
        if clip:
            sides = " ".join(
                f'{name}="{v}"' for name, v in zip(("x", "y", "width", "height"), clip, strict=True)
            )
            self._parts.append(f'<svg {sides} viewBox="{" ".join(clip)}">')
        self._clip = clip


def _short(value: float) -> str:
    """Write a coordinate to a hundredth of a pixel, without idle zeros."""
    return f"{round(float(value), 2) + 0:g}"


def _data(path: Path) -> tuple[str, bool]:
    """Return the `d` of an SVG path, and whether all its lines are horizontal or vertical."""
    parts, before = [], None
    for (x, y), code in zip(path.vertices.round(2).tolist(), path.codes.tolist(), strict=True):
        if code == Path.STOP:
            break
        letter = "" if code == before else _LETTER.get(code, "")  # a letter holds until the next
        parts.append("Z" if code == Path.CLOSEPOLY else f"{letter}{x:g} {y:g}")
        before = code
    steps = np.abs(np.diff(path.vertices[: len(parts)], axis=0))
    return " ".join(parts), bool(len(parts) > 1 and (steps.min(axis=1) < 0.01).all())
