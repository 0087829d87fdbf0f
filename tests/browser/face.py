"""The face of every demo as a plain script, for pages without JupyterLab."""

import base64
import json
from pathlib import Path

from cnnlib.demo import pixelgrid

FOLDER = Path(pixelgrid.__file__).parent
FACE = (FOLDER / "pixelgrid.js").read_text("utf-8").replace("export default", "window.face =")
STYLE = (FOLDER / "pixelgrid.css").read_text("utf-8")
# A model as anywidget hands it over, but without a kernel; `tell` is a message from Python.
STAGE = """() => {
  const told = {}, heard = {}, sent = (window.sent = []);
  const on = (what, hear) => (heard[what] = hear), send = (message) => sent.push(message);
  const model = { get: (name) => told[name], on, off() {}, send };
  const view = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
  const views = (all) => Object.fromEntries(Object.entries(all).map(([name, text]) => [name, view(text)]));
  window.tell = ({ plain, pixels, tables }) => {
    Object.assign(told, plain, views(pixels), { tables: views(tables) });
    for (const name of ["view", "code"]) heard[`change:${name}`]?.();
  };
  window.show = () => void face.render({ model, el: stage });
}"""


def texts(packed):
    return {name: base64.b64encode(value).decode() for name, value in packed.items()}


def state(demo):
    """Return what Python tells the page, bytes as text."""
    grid, names = demo.grid, [f"pixels{i}" for i in range(len(demo.view.panels))]
    plain = grid.get_state(["title", "question", "view", "problem", "code", "has_code", "answered"])
    plain = json.loads(json.dumps(plain, default=int))  # NumPy's integers, which Jupyter knows
    pixels = texts({name: getattr(grid, name) for name in names})
    return {"plain": plain, "pixels": pixels, "tables": texts(grid.tables)}
