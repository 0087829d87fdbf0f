"""The face of every demo as a plain script, for pages without JupyterLab."""

from pathlib import Path

from cnnlib.demo import pixelgrid

FOLDER = Path(pixelgrid.__file__).parent
FACE = (FOLDER / "pixelgrid.js").read_text("utf-8").replace("export default", "window.face =")
STYLE = (FOLDER / "pixelgrid.css").read_text("utf-8")
