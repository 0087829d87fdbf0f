"""Move every control of a demo, by keyboard and by mouse, as a learner would; report what does not answer."""

from checks import KINDS, NAME, SILENT, VALUE, check_reset, find, health, reset, shown

# Of a demo: they share their code, and tests without a browser ask each what it sets.
MOST = {("panel", "keyboard"): 2, ("panel", "mouse"): 1}


def check_controls(page, demo, start, how, photo=None, wanted=lambda kind, name: True):
    """Move each control that is wanted; return the faults. Reset must bring `start` back.

    There is a Reset before the first move, one before the panels, of which sliders may have left a single
    cell, and one at the end.

    Parameters
    ----------
    start : the state of the demo before its first move
    how : "keyboard" or "mouse"
    photo : path of a picture given to upload buttons
    wanted : is asked with the kind, one of `checks.KINDS`, and the name of each control
    """
    page.photo = photo
    before, faults = None, []
    for kind in KINDS:
        if kind == "panel" and before:
            before = reset(page, demo)
        number, left = 0, MOST.get((kind, how), 99)
        while left and (control := find(demo, kind, number)):
            number += 1
            name = control.evaluate(NAME)
            if not wanted(kind, name):
                continue
            left -= 1
            before = before or reset(page, demo)
            name = f"{how}: {kind} {name!r}"
            found = MOVES[kind, how](page, demo, control, shown(before))
            before = page.state(demo)
            found += health(before) + page.news()
            faults += [f"{name}: {fault}" for fault in dict.fromkeys(found)]
            if before["cells"] != start["cells"]:
                page.undo(start["cells"])
                return [*faults, f"{name}: its keys change the notebook's cells"]
    if before:
        faults += [f"{how}: {fault}" for fault in check_reset(page, demo, start) + page.news()]
    return faults


def focus(control):
    """Give a control the focus, as the Tab key would."""
    control.evaluate("control => control.focus()")


def press(page, demo, *keys):
    """Press the keys, wait for the kernel; return what the demo shows then."""
    for key in keys:
        page.tab.keyboard.press(key)
    return shown(page.settle(demo))


def unmoved(before, *after):
    """Say so when a control changes its own value and nothing else."""
    return [] if any(now != before for now in after) else ["moving it changes nothing in the demo"]


def slider_keys(page, demo, handle, before):
    """One step with an arrow, then both ends, the second on the heels of the first."""
    focus(handle)
    value = handle.evaluate(VALUE)
    step = press(page, demo, "ArrowRight")
    if handle.evaluate(VALUE) == value:
        step = press(page, demo, "ArrowLeft")
    if handle.evaluate(VALUE) == value:
        return ["the arrow keys do not move it"]
    faults = health(step)
    ends = press(page, demo, "End", "Home")
    if step == before and any(word in handle.evaluate(NAME).lower() for word in SILENT):
        return faults
    return faults + unmoved(before, step, ends)


def slider_mouse(page, demo, handle, _):
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


def dropdown_keys(page, demo, select, before):
    """Down one, up two: another option twice, wherever it stood; one of them changes what is shown."""
    focus(select)
    value, values, seen = select.evaluate(VALUE), set(), []
    for arrow in ("ArrowDown", "ArrowUp", "ArrowUp"):
        seen.append(press(page, demo, arrow))
        values.add(select.evaluate(VALUE))
    return unmoved(before, *seen) if values != {value} else ["the arrow keys do not change it"]


def dropdown_mouse(page, demo, select, _):
    """Every option once. The opened list is drawn by the system, out of reach: choose as the list would."""
    faults = []
    for index in range(select.evaluate("e => e.options.length")):
        if not select.is_visible():
            break
        select.select_option(index=index)
        faults += health(page.settle(demo))
    return faults


def checkbox_keys(page, demo, box, _):
    """Space ticks. (With some pictures a tick may rightly change nothing.)"""
    focus(box)
    value = box.evaluate(VALUE)
    press(page, demo, "Space")
    return [] if box.evaluate(VALUE) != value else ["Space does not tick it"]


def checkbox_mouse(page, demo, box, _):
    """A click ticks."""
    value = box.evaluate(VALUE)
    box.click()
    page.settle(demo)
    return [] if box.evaluate(VALUE) != value else ["a click does not tick it"]


def radio_keys(page, demo, option, _):
    """Space chooses."""
    focus(option)
    press(page, demo, "Space")
    return [] if option.is_checked() else ["Space does not choose it"]


def radio_mouse(page, demo, option, _):
    """A click chooses."""
    option.click()
    page.settle(demo)
    return [] if option.is_checked() else ["a click does not choose it"]


def toggle_keys(page, demo, button, _):
    """Space chooses."""
    focus(button)
    press(page, demo, "Space")
    return []


def toggle_mouse(page, demo, button, _):
    """A click chooses: in a group the button clicked is the active one."""
    button.click()
    page.settle(demo)
    in_group = "e => !!e.closest('.widget-toggle-buttons') && !e.classList.contains('mod-active')"
    return ["a click does not choose it"] if button.evaluate(in_group) else []


def field_keys(page, demo, field, _):
    """Arrows in number fields, then an empty and an absurd entry: neither may raise."""
    faults = []
    if field.get_attribute("inputmode") == "decimal":
        focus(field)
        value = field.evaluate(VALUE)
        press(page, demo, "ArrowUp", "Enter")
        if field.evaluate(VALUE) == value:
            press(page, demo, "ArrowDown", "Enter")
        if field.evaluate(VALUE) == value:
            faults.append("the arrow keys do not change it")
    for entry in ("", "abc", "-999999"):
        field.evaluate("field => { field.focus(); field.select(); }")
        page.tab.keyboard.press("Delete")
        page.tab.keyboard.insert_text(entry)
        page.tab.keyboard.press("Tab")
        faults += health(page.settle(demo))
    return faults


def field_mouse(page, demo, field, _):
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


def button_keys(page, demo, button, _):
    """Enter pushes."""

    def push():
        focus(button)
        page.tab.keyboard.press("Enter")

    return pushed(page, demo, button, push)


def button_mouse(page, demo, button, _):
    """A click pushes."""
    return pushed(page, demo, button, button.click)


def panel_keys(page, demo, panel, before):
    """Arrows point; a number changes a cell that can be edited; nonsense does not raise."""
    focus(panel)
    seen = [press(page, demo, *keys) for keys in (["ArrowRight", "ArrowDown"], ["Home", "PageUp"])]
    focused = panel.evaluate("e => e.contains(document.activeElement)")
    seen.append(press(page, demo, "7", "Enter", "Space"))
    press(page, demo, "-", *"ab", "Escape", "Delete", "End")
    return unmoved(before, *seen) + ([] if focused else ["it does not take the focus"])


def panel_mouse(page, demo, panel, before):
    """Pointing, a click and a number, a stroke: the picture answers to one of them at least."""
    panel.scroll_into_view_if_needed()
    box = (panel.query_selector("canvas") or panel).bounding_box()
    mouse = page.tab.mouse

    def move(x, y, steps=1):
        mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=steps)

    move(0.3, 0.3)
    move(0.7, 0.6, steps=3)
    seen = [shown(page.settle(demo))]
    mouse.down()
    mouse.up()
    page.tab.keyboard.type("7")
    page.tab.keyboard.press("Enter")
    seen.append(shown(page.settle(demo)))
    move(0.2, 0.2)
    mouse.down()
    move(0.8, 0.7, steps=6)
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
