"""What every demo must stand: each check takes a page and a demo and returns the faults it found, in words.

Checks return a list instead of asserting, so that one run names all faults, and so that `test_the_net.py` can
ask of a deliberately broken demo whether the right fault is named.
"""

from pathlib import Path

import axe_playwright_python

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

# What JupyterLab itself writes into the console of an empty notebook, each with its reason. Nothing so far.
ALLOWED: tuple[str, ...] = ()

KINDS = {
    "slider": ".noUi-handle",
    "dropdown": "select",
    "toggle": ".widget-toggle-buttons button, button.widget-toggle-button",
    "checkbox": "input[type=checkbox]",
    "radio": "label:last-of-type > input[type=radio]",
    "number": "input[inputmode=decimal]",
    "text": "input[type=text]:not([inputmode=decimal]), textarea",
    "button": "button:not(.widget-toggle-button, .widget-toggle-buttons button, .cnn-reset-button)",
    "panel": ".cnn-panel[tabindex='0'], .cnn-panel [tabindex='0']",
}

# Settings of how a demo behaves, not of what it shows: moving them need not change the picture.
SILENT = ("steps a second", "frames a second")

FIND = """(demo, selector) => [...demo.querySelectorAll(selector)]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && !e.closest('[disabled]'))"""

NAME = """control => {
  const label = control.closest('.jupyter-widgets')?.querySelector('.widget-label, .widget-label-basic');
  const inside = control.matches('select, input') ? null : control.textContent;
  const names = [control.getAttribute('aria-label'), inside, label?.textContent, control.className]
    .map(name => (name ?? '').replace(/[\\s\\u200b]+/g, ' ').trim());
  return names.find(name => name) ?? control.localName;
}"""

# noUiSlider rounds aria-valuenow to one decimal: a fine step is seen in the text alone.
VALUE = """control => control.getAttribute('aria-valuetext') ?? control.getAttribute('aria-valuenow') ??
  (/checkbox|radio/.test(control.type) ? String(control.checked) : control.value ?? control.textContent)"""

CUT_OFF = """demo => {
  const room = demo.closest('.jp-OutputArea-output').getBoundingClientRect(), found = [];
  const name = (e) => `${[e.localName, ...e.classList].join('.')} "${e.textContent.trim().slice(0, 30)}"`;
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  for (const e of demo.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (box.width < 2 || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    for (let up = e.parentElement; up !== demo; up = up.parentElement) if (scrolls(up)) { up = null; break; }
    if (e.closest('.noUi-target') && !e.matches('.noUi-target')) continue;
    if (box.right > room.right + 1 || box.left < room.left - 1)
      found.push(`${name(e)} reaches ${Math.round(box.right - room.right)} px beyond the output`);
    const hides = /hidden|clip/.test(getComputedStyle(e).overflowX);
    if (hides && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1) found.push(`${name(e)} is cut`);
    if (e.matches('.noUi-target.noUi-horizontal') && box.width < 60)
      found.push(`the track of a slider is ${Math.round(box.width)} px short`);
  }
  return found;
}"""

# In view, as Chromium lays out nothing else.
RESET = """demo => {
  const button = demo.querySelector('.cnn-reset-button');
  button.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  button.click();
  document.activeElement.blur();
}"""

# Called with how far the notebook is scrolled, as axe judges colours only of what is in view.
AXE_RUN = """async ([top, impacts, rules]) => {
  const scroller = cnn.notebook.node.querySelector('.jp-WindowedPanel-outer');
  scroller.scrollTop = top;
  await new Promise(requestAnimationFrame);
  const view = scroller.getBoundingClientRect();
  const inView = (e) => {
    const box = e.getBoundingClientRect();
    return box.bottom >= view.top && box.top <= view.bottom;
  };
  // The colours of tracebacks are JupyterLab's, not ours.
  const foreign = ':not([data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"])';
  const include = [...document.querySelectorAll('.jp-OutputArea-output' + foreign)].filter(inView);
  const { violations } = include.length  // axe refuses a scope without any
    ? await axe.run({ include }, { resultTypes: ['violations'], ...rules })
    : { violations: [] };
  const faults = violations.filter(v => impacts.includes(v.impact)).flatMap(v => v.nodes.map(n =>
    `${v.id}: ${v.help}: ${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`));
  const end = scroller.scrollTop + scroller.clientHeight;
  return [faults, end < scroller.scrollHeight - 1 ? end - 100 : null];
}"""


def find(demo, kind, number=0):
    """Return the visible, enabled control of this kind and number, or None."""
    code = f"(demo, [selector, number]) => ({FIND})(demo, selector)[number]"
    return demo.evaluate_handle(code, [KINDS[kind], number]).as_element()


def anatomy(demo):
    """Return a demo's title, whether it is a prediction, and the names of its controls by kind."""
    title, prediction, names = demo.evaluate(
        f"""(demo, kinds) => [demo.querySelector('.cnn-title').innerText, !!demo.closest('.cnn-predict'),
              kinds.map(selector => ({FIND})(demo, selector).map({NAME}))]""",
        list(KINDS.values()),
    )
    return title, prediction, {kind: found for kind, found in zip(KINDS, names, strict=True) if found}


def likeness(title, prediction, kind, name, notebook):
    """Return by what a control is told: two that agree in it are one, in demos with other pictures.

    Of a lesson's predictions, those that are answered in the same way are one: only their texts differ.
    """
    if prediction:
        return notebook, title, kind
    return title, kind, name.split(",")[0] if kind == "panel" else name  # then come its rows and columns


def shown(state):
    """Return a demo's state without the positions of its controls: what a move should change."""
    return {key: value for key, value in state.items() if key not in ("controls", "cells")}


def reset(page, demo):
    """Press the demo's Reset button, leave neither focus nor pointer in the demo; return its state."""
    demo.evaluate(RESET)
    page.tab.mouse.move(1, 1)
    return page.settle(demo)


def health(now):
    """Find what must hold of any state: a sentence, a picture, and a problem told in plain words."""
    faults = []
    if not (now["sentence"] or now["problem"]):  # a problem stands in the place of the sentence
        faults.append("the sentence is empty")
    if "empty" in now["picture"]:
        faults.append("a picture is empty")
    if "Traceback" in now["problem"] or "\n" in now["problem"]:
        faults.append(f"the problem is not told in a sentence: {now['problem']}")
    return faults


def check_reset(page, demo, start):
    """Press Reset and compare everything with `start`, the state before the first move."""
    now = reset(page, demo)
    differs = [key for key in start if now[key] != start[key]]
    # What a learner committed stays on record, and the sentence says so.
    if differs == ["sentence"] and "commit" in anatomy(demo)[2].get("button", []):
        return []
    return [f"after Reset {key} is {now[key]!r:.400}, was {start[key]!r:.400}" for key in differs]


def check_axe(page, theme, rules=()):
    """Run axe-core over all outputs of the unrolled notebook in one theme; all its rules, or those named."""
    page.theme(theme)
    if not page.tab.evaluate("() => 'axe' in window"):
        page.tab.evaluate(AXE.read_text(encoding="utf-8"))
    # JupyterLab's body has no height and hides its overflow: axe would take all text for hidden.
    page.tab.evaluate("() => { document.body.style.height = '100vh'; }")
    faults, top = [], 0
    only = {"runOnly": list(rules)} if rules else {}
    while top is not None:
        found, top = page.tab.evaluate(AXE_RUN, [top, ["serious", "critical"], only])
        faults += [f"{theme} theme: {fault}" for fault in found]
    return list(dict.fromkeys(faults))


def check_names(_page, demo):
    """Every slider handle must have an accessible name of its own."""
    named = ":is([aria-label]:not([aria-label='']), [aria-labelledby]:not([aria-labelledby='']))"
    unnamed = demo.evaluate(FIND, f"{KINDS['slider']}:not({named})")
    return ["a slider has no accessible name" for _ in unnamed]


def check_layers(_page, demo):
    """No part of a slider may have a layer, no label a clip: Chromium sorts them all at every frame."""
    heavy = """demo => {
      const layer = (css) => css.willChange !== 'auto' || css.backfaceVisibility === 'hidden';
      const found = (selector, is) => [...demo.querySelectorAll(selector)].some(e => is(getComputedStyle(e)));
      return found('.noUi-target *', layer)
        || found('.noUi-connects, .widget-slider > .widget-label', (css) => css.overflow !== 'visible');
    }"""
    return ["a slider has a layer or a clip of its own"] if demo.evaluate(heavy) else []


def check_fits(page, demo, width=768):
    """Nothing may be cut off horizontally when the output is `width` CSS pixels wide."""
    page.output_width(width, demo)
    return demo.evaluate(CUT_OFF)


def check_shortcuts(page, demo, kinds=tuple(KINDS)):
    """JupyterLab's one-key commands must not reach the notebook while a control has the focus.

    One control of each kind is asked: the demo's frame takes the keys for all of a kind alike.
    """
    for kind in kinds:
        if control := find(demo, kind):  # afresh for each kind, as the keys change what is there
            control.focus()
            name, before = control.evaluate(NAME), page.layout()
            for key in ["ArrowUp", "x", "d", "d", "m"]:
                page.tab.keyboard.press(key)
            if page.layout() != before:
                page.undo(before[0])
                return [f"{kind} {name!r}: one of ArrowUp, x, d d, m reaches the notebook"]
            page.settle(demo)
    return []
