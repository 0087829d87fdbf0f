"""A chart for the page: Matplotlib's own SVG, made to stand among others and to follow JupyterLab's theme.

As it is, it refers to parts by names of chance, carries a style sheet for the whole page, and lays out text
in a font of its own, which takes longer than all the rest.
"""

import re
from io import StringIO

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

_ANCHOR = {"left": "start", "center": "middle", "right": "end"}
_TALL, _DEEP = 0.96, 0.22  # height of a line of text and its part below the base line, over the size
# From where a text is held down to its base line.
_DOWN = {"center": _TALL / 2 - _DEEP, "top": _TALL - _DEEP, "bottom": -_DEEP}


class SvgRenderer(RendererSVG):
    """Collects the SVG elements of one figure of 72 dots per inch; `text` joins them.

    Examples
    --------
    >>> SvgRenderer(30, 20).text({})
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20" style="stroke-linejoin:round"></svg>'
    """

    draw_path_collection = RendererBase.draw_path_collection  # path by path, without references

    def __init__(self, width: float, height: float):
        self._written = StringIO()
        super().__init__(width, height, self._written)
        self._written.truncate(self._written.seek(0))  # without a head

    def text(self, variables: dict[str, str]) -> str:
        """Return the whole SVG, with CSS variables in place of colours, ``{"#14171c": "--cnn-text"}``."""
        self.finalize()
        named = {color: f"var({name},{color})" for color, name in variables.items()}
        written = self._written.getvalue().strip()
        colored = re.sub("(?<=: )#[0-9a-f]{6}", lambda found: named.get(found[0], found[0]), written)
        start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}"'
        return f'{start} style="stroke-linejoin:round">{colored}'

    def open_group(self, s, gid=None):
        """Write no group, as it would have a name."""

    def close_group(self, s):
        """Write no group."""

    def draw_path(self, gc, path, transform, rgbFace=None):
        """Write one path, inside of what cuts it off at the axes or leaves its edges hard."""
        box, around = gc.get_clip_rectangle(), {}
        if box:
            sides = [f"{side:g}" for side in (box.x0, self.height - box.y1, box.width, box.height)]
            around = dict(zip(("x", "y", "width", "height"), sides, strict=True), viewBox=" ".join(sides))
        if gc.get_snap():
            around["shape-rendering"] = "crispEdges"
        if around:
            self.writer.start("svg" if box else "g", around)
        whole = self.new_gc()
        whole.copy_properties(gc)
        whole.set_clip_rectangle(None)
        super().draw_path(whole, path, transform, rgbFace)
        if around:
            self.writer.end()

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        """Write all of them as one path, without references."""
        shape, places = marker_path.transformed(marker_trans), trans.transform(path.vertices)
        places = places[np.isfinite(places).all(axis=1)]
        all_ = Path.make_compound_path(*(Path(shape.vertices + place, shape.codes) for place in places))
        self.draw_path(gc, all_, IdentityTransform(), rgbFace)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Write text as text, whatever the learner has set."""
        self._draw_text_as_text(gc, x, y, s, prop, angle, ismath, mtext)

    def write(
        self, x: float, y: float, text: str, color: str, ha: str, va: str, size: float, most: float | None
    ) -> None:
        """Write upright text in the font of the page, line by line, with y counted upwards.

        Where the page shrinks a chart, it writes in a larger `size`, up to `most`.
        """
        style = f"fill: {color}" + (f"; --most: {most:.2f}px" if most else "")
        for line in text.split("\n"):
            at = {"x": f"{x:.2f}", "y": f"{self.height - y + size * _DOWN[va]:.2f}"}
            look = {"font-size": f"{size:g}", "text-anchor": _ANCHOR[ha], "style": style}
            self.writer.element("text", line, at | look)
            y -= 1.2 * size
