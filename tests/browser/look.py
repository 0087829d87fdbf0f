"""Photograph the demos of a notebook in real JupyterLab.

    python tests/browser/look.py notebooks/03_x.ipynb --theme dark --width 1100 --scale 2 --out shots
    python tests/browser/look.py NOTEBOOK --demo 2 --do "focus:.cnn-panel;key:ArrowRight;shot:moved"

Actions, separated by `;`, work inside the chosen demo (the first one unless --demo says otherwise):
focus:CSS  click:CSS  hover:CSS  (all take CSS@x,y: the point as fractions of the element: canvas@0.2,0.5)
drag:CSS@x,y>x,y  key:NAME  type:TEXT  select:CSS=LABEL  theme:dark  wait:MS
shot:NAME (the demo)  page:NAME (the whole window)
"""

import argparse
import sys
from pathlib import Path

from lab import Lab, chromium


def split_point(text, default=(0.5, 0.5)):
    """Split "CSS@x,y" into the selector and the point.

    >>> split_point("canvas@0.2,0.5")
    ('canvas', (0.2, 0.5))
    """
    selector, _, point = text.partition("@")
    return selector, tuple(map(float, point.split(","))) if point else default


def place(demo, text):
    """Return the window coordinates of "CSS@x,y"."""
    selector, (x, y) = split_point(text)
    element = demo.query_selector(selector)
    if element is None:
        raise SystemExit(f"look: nothing in the demo matches {selector}")
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def drag(page, demo, text):
    """Press at "CSS@x,y", move in 10 steps to the second "x,y" of the same element, let go."""
    start, _, end = text.partition(">")
    mouse = page.tab.mouse
    mouse.move(*place(demo, start))
    mouse.down()
    mouse.move(*place(demo, f"{start.partition('@')[0]}@{end}"), steps=10)
    mouse.up()


def act(page, demo, actions, out):
    """Carry out the actions, in order; `shot` and `page` write PNGs into `out`."""
    mouse, keyboard = page.tab.mouse, page.tab.keyboard
    verbs = {
        "focus": lambda what: demo.query_selector(what).focus(),
        "click": lambda what: mouse.click(*place(demo, what)),
        "hover": lambda what: mouse.move(*place(demo, what)),
        "drag": lambda what: drag(page, demo, what),
        "key": keyboard.press,
        "type": keyboard.type,
        "select": lambda what: demo.query_selector(what.partition("=")[0]).select_option(
            what.partition("=")[2]
        ),
        "theme": page.theme,
        "wait": lambda ms: page.tab.wait_for_timeout(float(ms)),
        "shot": lambda name: demo.screenshot(path=out / f"{name}.png"),
        "page": lambda name: page.tab.screenshot(path=out / f"{name}.png"),
    }
    for action in filter(None, (part.strip() for part in actions.split(";"))):
        verb, _, what = action.partition(":")
        if verb not in verbs:
            raise SystemExit(f"look: unknown action {verb}; use one of {', '.join(verbs)}")
        verbs[verb](what)
        page.settle(demo)


def options():
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--width", type=int, default=1100, help="of the browser window, CSS pixels")
    parser.add_argument("--height", type=int, default=1000)
    parser.add_argument("--output-width", type=int, help="of the output area instead (narrowest: 768)")
    parser.add_argument("--scale", type=float, default=1, help="device pixels per CSS pixel")
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--demo", type=int, help="only this one, counted from 1")
    parser.add_argument("--do", default="", help="actions, see above")
    return parser.parse_args()


def main():
    """Write `page.png` (the notebook's top) and `demo1.png` ...; print problems; exit 1 if there are any."""
    given = options()
    given.out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, Lab(browser, [given.notebook]) as lab:
        page = lab.open(given.notebook.name, width=given.width, height=given.height, scale=given.scale)
        page.theme(given.theme)
        page.run_all()
        demos = page.demos()
        page.scroll_to(page.cells()[0]["id"])
        page.tab.screenshot(path=given.out / "page.png")
        for number, where in enumerate(demos, 1):
            if given.demo and number != given.demo:
                continue
            demo = page.demo(*where)
            if given.output_width:
                page.output_width(given.output_width, demo)
            demo.screenshot(path=given.out / f"demo{number}.png")
            if given.do and number == (given.demo or 1):
                act(page, demo, given.do, given.out)
        problems = page.problems()
    print(f"{len(demos)} demos in {given.notebook.name}; pictures in {given.out}")
    print("\n".join(problems) or "no errors")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
