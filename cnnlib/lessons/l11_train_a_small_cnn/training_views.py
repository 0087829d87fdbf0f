"""The filters of a network that is trained, as a picture."""

from cnnlib.demo.view import Panel, mosaic
from cnnlib.nn import Conv2D


def filters(layer: Conv2D, id: str = "filters", caption: str = "", *, size: float = 190, **more) -> Panel:
    """Show the filters of the first layer; of colour pictures, one row for each of red, green and blue."""
    weight = layer.weights["weight"]
    count, channels, height, width = weight.shape
    about = f"{count} filters of {height} × {width}"
    columns = max(2, round(count**0.5)) if channels == 1 else count
    if channels == 3:
        about += "\nrows: for red, green, blue"
        size *= 1.6
    tiles = weight.transpose(1, 0, 2, 3).reshape(-1, height, width)
    alt = f"{about}, {len(tiles)} pictures of {height} rows by {width} columns"
    return mosaic(id, tiles, caption or about, columns=columns, size=size, alt=alt, **more)
