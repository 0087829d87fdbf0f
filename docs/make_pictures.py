"""Make the small pictures of the README's map: panels of each lesson's demo, side by side.

    python docs/make_pictures.py

They are painted as in a page without a kernel, on white, and the same bytes each time.
"""

from pathlib import Path

from PIL import Image

from cnnlib import explore
from cnnlib.demo.card import outlines
from cnnlib.demo.painter import paint_panel

SIZE, BETWEEN, EDGE = (480, 232), 16, 8  # pixels; shown at half of it
LESSONS = {
    "00": (lambda: explore.explore_start(), ["square", "numbers"]),
    "01": (lambda: explore.explore_adc(bits=2), ["staircase", "twin"]),
    "02": (lambda: explore.explore_pixels(), ["image", "crop"]),
    "03": (lambda: explore.explore_convolution(), ["image", "kernel", "map"]),
    "04": (lambda: explore.explore_filters("chelsea", "Sobel, columns"), ["image", "result"]),
    "05": (lambda: explore.explore_flip(), ["correlate", "kernel", "convolve"]),
    "06": (lambda: explore.explore_geometry(), ["image", "output"]),
    "07": (lambda: explore.explore_matching(), ["image", "map"]),
    "08": (lambda: explore.explore_filter_bank(), ["photo", "left − right", "top − bottom"]),
    "09": (lambda: explore.explore_pooling(), ["map 0", "pooled 0"]),
    "10": (lambda: explore.explore_connections("convolution"), ["picture", "matrix"]),
    "11": (lambda: explore.explore_kernel_learning(steps=60), ["hidden", "kernel", "error"]),
    "12": (lambda: explore.explore_network(), ["canvas", "conv 1", "softmax"]),
    "13": (lambda: explore.explore_detection(threshold=99), ["page", "map"]),
}


def thumbnail(demo, names: list[str]) -> Image.Image:
    """Put some panels of a demo side by side, as large as the room allows."""
    panels = {panel.id: panel for panel in demo.view.panels}
    cells = [paint_panel(panels[name], outlines(panels[name], demo.view)) for name in names]
    wide, high = SIZE[0] - 2 * EDGE - BETWEEN * (len(cells) - 1), SIZE[1] - 2 * EDGE
    scale = min(wide / sum(cell.width for cell in cells), high / max(cell.height for cell in cells))
    cells = [
        cell.resize([round(scale * side) for side in cell.size], Image.Resampling.LANCZOS) for cell in cells
    ]
    sheet = Image.new("RGB", SIZE, "white")
    x = (SIZE[0] - sum(cell.width for cell in cells) - BETWEEN * (len(cells) - 1)) // 2
    for cell in cells:
        sheet.paste(cell, (x, (SIZE[1] - cell.height) // 2), cell)
        x += cell.width + BETWEEN
    return sheet


if __name__ == "__main__":
    for lesson, (make, names) in LESSONS.items():
        path = Path(__file__).with_name(f"lesson-{lesson}.png")
        thumbnail(make(), names).quantize(128).save(path, optimize=True)
        print(path.name, path.stat().st_size, "bytes")
