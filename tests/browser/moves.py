"""Move every control of a demo, by keyboard and by mouse, as a learner would; report what does not answer."""

from checks import KINDS, NAME, SILENT, VALUE, check_reset, find, health, reset, shown

MOST = {"panel": 4}  # of a demo: they share their code, and tests without a browser ask each what it sets


def check_controls(page, demo, start, how, photo=None, kinds=tuple(KINDS)):
    """Move each control; return the faults. Reset must bring `start` back.

    There is a Reset before the panels, of which sliders may have left a single cell, and one at the end.

    Parameters
    ----------
    start : the state of the demo before its first move
    how : "keyboard" or "mouse"
    photo : path of a picture given to upload buttons
    kinds : which of `checks.KINDS` to move
    """
    page.photo = photo
    reset(page, demo)
    layout, faults = page.layout()[0], []
    for kind in kinds:
        if kind == "panel":
            reset(page, demo)
        count = min(len(find(demo, kind)), MOST.get(kind, 99))
        for number in range(count):
            controls = find(demo, kind)
            if number >= len(controls):
                continue
            name = f"{how}: {kind} {controls[number].evaluate(NAME)!r}"
            found = MOVES[kind, how](page, demo, controls[number])
            found += health(page.state(demo)) + page.news()
            faults += [f"{name}: {fault}" for fault in dict.fromkeys(found)]
            if page.layout()[0] != layout:
                page.undo([layout])
                return [*faults, f"{name}: its keys change the notebook's cells"]
    return faults + [f"{how}: {fault}" for fault in check_reset(page, demo, start) + page.news()]


def press(page, demo, control, *keys):
    """Focus the control, press the keys, wait for the kernel; return what the demo shows then."""
    control.focus()
    for key in keys:
        page.tab.keyboard.press(key)
    return shown(page.settle(demo))


def unmoved(before, *after):
    """Say so when a control changes its own value and nothing else."""
    return [] if any(now != before for now in after) else ["moving it changes nothing in the demo"]


def slider_keys(page, demo, handle):
    """One step with an arrow, then both ends."""
    value, before = handle.evaluate(VALUE), shown(page.state(demo))
    step = press(page, demo, handle, "ArrowRight")
    if handle.evaluate(VALUE) == value:
        step = press(page, demo, handle, "ArrowLeft")
    if handle.evaluate(VALUE) == value:
        return ["the arrow keys do not move it"]
    faults = health(step)
    ends = [press(page, demo, handle, end) for end in ("End", "Home")]
    if any(word in handle.evaluate(NAME).lower() for word in SILENT):
        return faults
    return faults + unmoved(before, step, *ends)


def slider_mouse(page, demo, handle):
    """Drag the handle along its track, there and back."""
    value = handle.evaluate(VALUE)
    track = handle.evaluate_handle("e => e.closest('.noUi-target')").as_element()
    track.scroll_into_view_if_needed()
    box, from_ = track.bounding_box(), handle.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.tab.mouse.move(from_["x"] + from_["width"] / 2, middle)
    page.tab.mouse.down()
    values = set()
    for part in (0.1, 0.9, 0.4):
        page.tab.mouse.move(box["x"] + part * box["width"], middle, steps=4)
        values.add(handle.evaluate(VALUE))
    page.tab.mouse.up()
    page.settle(demo)
    return [] if values - {value} else ["dragging does not move it"]


def dropdown_keys(page, demo, select):
    """Down one, up two: another option twice, wherever it stood; one of them changes what is shown."""
    value, before, values, seen = select.evaluate(VALUE), shown(page.state(demo)), set(), []
    for arrow in ("ArrowDown", "ArrowUp", "ArrowUp"):
        seen.append(press(page, demo, select, arrow))
        values.add(select.evaluate(VALUE))
    return unmoved(before, *seen) if values != {value} else ["the arrow keys do not change it"]


def dropdown_mouse(page, demo, select):
    """Every option once. The opened list is drawn by the system, out of reach: choose as the list would."""
    faults = []
    for index in range(select.evaluate("e => e.options.length")):
        if not select.is_visible():
            break
        select.select_option(index=index)
        faults += health(page.settle(demo))
    return faults


def checkbox_keys(page, demo, box):
    """Space ticks. (With some pictures a tick may rightly change nothing.)"""
    value = box.evaluate(VALUE)
    press(page, demo, box, "Space")
    return [] if box.evaluate(VALUE) != value else ["Space does not tick it"]


def checkbox_mouse(page, demo, box):
    """A click ticks."""
    value = box.evaluate(VALUE)
    box.click()
    page.settle(demo)
    return [] if box.evaluate(VALUE) != value else ["a click does not tick it"]


def radio_keys(page, demo, option):
    """Space chooses."""
    press(page, demo, option, "Space")
    return [] if option.is_checked() else ["Space does not choose it"]


def radio_mouse(page, demo, option):
    """A click chooses."""
    option.click()
    page.settle(demo)
    return [] if option.is_checked() else ["a click does not choose it"]


def toggle_keys(page, demo, button):
    """Space chooses."""
    press(page, demo, button, "Space")
    return []


def toggle_mouse(page, demo, button):
    """A click chooses: in a group the button clicked is the active one."""
    button.click()
    page.settle(demo)
    in_group = "e => !!e.closest('.widget-toggle-buttons') && !e.classList.contains('mod-active')"
    return ["a click does not choose it"] if button.evaluate(in_group) else []


def field_keys(page, demo, field):
    """Arrows in number fields, then an empty and an absurd entry: neither may raise."""
    faults = []
    if field.get_attribute("inputmode") == "decimal":
        value = field.evaluate(VALUE)
        press(page, demo, field, "ArrowUp", "Enter")
        if field.evaluate(VALUE) == value:
            press(page, demo, field, "ArrowDown", "Enter")
        if field.evaluate(VALUE) == value:
            faults.append("the arrow keys do not change it")
    for entry in ("", "-999999", "abc"):
        field.focus()
        page.tab.keyboard.press("ControlOrMeta+a")
        page.tab.keyboard.press("Delete")
        page.tab.keyboard.type(entry)
        page.tab.keyboard.press("Enter")
        page.tab.evaluate("() => document.activeElement.blur()")
        faults += health(page.settle(demo))
    return faults


def field_mouse(page, demo, field):
    """A click puts the caret there."""
    field.click()
    page.settle(demo)
    return [] if field.evaluate("e => document.activeElement === e") else ["a click does not focus it"]


def pushed(page, demo, button, push):
    """Push twice (Show code: open, close; Play: start, stop), with time to play between."""
    is_code = button.evaluate("e => e.classList.contains('cnn-code-button')")
    opened = "demo => demo.querySelector('.cnn-code').checkVisibility()"
    faults = []
    for wanted in (True, False):
        push()
        page.tab.wait_for_timeout(100 if wanted and not is_code else 0)
        page.wait_idle()
        if is_code and demo.evaluate(opened) != wanted:
            faults.append("it does not show the code" if wanted else "it does not hide the code again")
        faults += health(page.state(demo))
        if not button.is_visible() or not button.is_enabled():
            break
    return faults


def button_keys(page, demo, button):
    """Enter pushes."""

    def push():
        button.focus()
        page.tab.keyboard.press("Enter")

    return pushed(page, demo, button, push)


def button_mouse(page, demo, button):
    """A click pushes."""
    return pushed(page, demo, button, button.click)


def panel_keys(page, demo, panel):
    """Arrows point; a number changes a cell that can be edited; nonsense does not raise."""
    before, seen = shown(page.state(demo)), []
    for keys in (["ArrowRight", "ArrowDown"], ["End"], ["Home", "ArrowLeft", "ArrowUp"]):
        seen.append(press(page, demo, panel, *keys))
    focused = panel.evaluate("e => e.contains(document.activeElement)")
    for keys in (["7", "Enter", "Space"], ["-", "Tab"], [*"abc", "Escape", "Delete"]):
        seen.append(press(page, demo, panel, *keys))
    return unmoved(before, *seen) + ([] if focused else ["it does not take the focus"])


def panel_mouse(page, demo, panel):
    """Pointing, a click and a number, a stroke: the picture answers to one of them at least."""
    panel.scroll_into_view_if_needed()
    box = (panel.query_selector("canvas") or panel).bounding_box()
    before, seen = shown(page.state(demo)), []
    mouse = page.tab.mouse

    def look_at(x, y, steps=1):
        mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=steps)
        seen.append(shown(page.settle(demo)))

    mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    look_at(0.7, 0.6, steps=3)
    mouse.down()
    mouse.up()
    page.tab.keyboard.type("7")
    page.tab.keyboard.press("Enter")
    look_at(0.2, 0.2)
    mouse.down()
    look_at(0.8, 0.7, steps=6)
    mouse.up()
    return unmoved(before, *seen, shown(page.settle(demo)))


MOVES = {
    ("slider", "keyboard"): slider_keys,
    ("slider", "mouse"): slider_mouse,
    ("dropdown", "keyboard"): dropdown_keys,
    ("dropdown", "mouse"): dropdown_mouse,
    ("toggle", "keyboard"): toggle_keys,
    ("toggle", "mouse"): toggle_mouse,
    ("checkbox", "keyboard"): checkbox_keys,
    ("checkbox", "mouse"): checkbox_mouse,
    ("radio", "keyboard"): radio_keys,
    ("radio", "mouse"): radio_mouse,
    ("number", "keyboard"): field_keys,
    ("number", "mouse"): field_mouse,
    ("text", "keyboard"): field_keys,
    ("text", "mouse"): field_mouse,
    ("button", "keyboard"): button_keys,
    ("button", "mouse"): button_mouse,
    ("panel", "keyboard"): panel_keys,
    ("panel", "mouse"): panel_mouse,
}
