// The face of every demo: title, panels, arithmetic, the sentence in words, code. Python computes, this file
// draws. Only pointing, typing and painting are answered in the page, then told to Python.

const make = (tag, className, text = "", attributes = {}) => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

function render({ model, el }) {
  el.classList.add("cnn-stage");
  const head = make("div", "cnn-head");
  const code = make("button", "cnn-code-button", "Show code", { type: "button", "aria-expanded": "false" });
  const reset = make("button", "cnn-reset-button", "Reset", { type: "button" });
  head.append(make("span", "cnn-title", model.get("title"), { role: "heading", "aria-level": "4" }),
    make("span", "cnn-question", model.get("question")), code, reset);
  const row = make("div", "cnn-panels"), arithmetic = make("div", "cnn-arithmetic");
  const sentence = make("div", "cnn-sentence");
  const problem = make("div", "cnn-problem", "", { role: "alert" });
  const listing = make("div", "cnn-code");
  const live = make("div", "cnn-live", "", { role: "status", "aria-live": "polite" });
  el.append(head, row, arithmetic, sentence, problem, listing, live);

  const panels = new Map(); // id -> the panel's nodes and state
  let view = { panels: [], windows: [] };
  let sent = 0, waiting = 0, next = null, speech = 0, drawn = null;

  // A screen reader hears where a drag ends, not every step of it.
  const say = (text) => {
    clearTimeout(speech);
    speech = setTimeout(() => (live.textContent = text), 500);
  };

  // Pointing sends one message at a time and then only the newest, so that a slow kernel is never flooded.
  const tell = (message, skip = false) => {
    if (skip && waiting && performance.now() - waiting < 2000) return void (next = message);
    waiting = performance.now();
    model.send({ ...message, number: ++sent });
  };
  const answered = () => {
    if (model.get("answered") < sent) return;
    waiting = 0;
    if (next) tell(next);
    next = null;
  };

  const style = () => {
    const css = getComputedStyle(el);
    const color = (name) => css.getPropertyValue(`--cnn-${name}`).trim() || "#888888";
    return { blank: color("blank"), line: color("grid"), accent: color("accent"), ratio: window.devicePixelRatio || 1 };
  };
  const paint = (part) => {
    const own = part.cursor && (part.panel.point || part.panel.cursor) ? [[...part.cursor, 1, 1]] : [];
    const links = view.windows.filter((link) => link.on === part.panel.id && panels.get(link.of)?.cursor);
    const outlines = links.flatMap((link) => rectangles(link, panels.get(link.of).cursor));
    const focus = part.focused && !part.panel.point ? part.cursor || (part.cursor = [0, 0]) : null;
    const rects = [...own, ...outlines].map((rect) => inside(rect, part.panel));
    const { pixels, ...rest } = part.panel, key = JSON.stringify([rest, rects, focus, drawn]);
    if (key === part.key && pixels === part.pixels) return; // nothing of it has changed
    Object.assign(part, { key, pixels });
    paintPanel(part.canvas, part.panel, rects, { ...drawn, focus });
  };
  const paintAll = () => {
    drawn = style();
    panels.forEach(paint);
  };

  const moveTo = (part, cell) => {
    const cursor = [clamp(cell[0], 0, part.panel.rows - 1), clamp(cell[1], 0, part.panel.cols - 1)];
    if (part.cursor && cursor[0] === part.cursor[0] && cursor[1] === part.cursor[1]) return;
    part.cursor = cursor;
    paint(part);
    for (const link of view.windows) if (link.of === part.panel.id && panels.has(link.on)) paint(panels.get(link.on));
    if (part.panel.point) tell({ type: "point", panel: part.panel.id, row: cursor[0], col: cursor[1] }, true);
    else say(cellText(part));
  };
  const cellText = ({ panel, cursor: [r, c] }) =>
    `row ${r + panel.origin[0]}, column ${c + panel.origin[1]}: ${panel.labels[r * panel.cols + c] ?? ""}`;

  const cellAt = (part, event) => {
    const box = part.canvas.getBoundingClientRect();
    const scale = (part.panel.cols * part.panel.cell + 2 * MARGIN) / box.width;
    const at = (start, edge) => Math.floor(((start - edge) * scale - MARGIN) / part.panel.cell);
    return [at(event.clientY, box.top), at(event.clientX, box.left)];
  };

  const edit = (part, first = null) => {
    const { panel, cursor: [row, col], grid } = part, scale = part.canvas.clientWidth / (panel.cols * panel.cell + 2 * MARGIN);
    grid.querySelector("input")?.blur();
    const input = make("input", "cnn-cell-input", "", {
      type: "text", inputmode: "text", "aria-label": `${panel.edit}, ${cellText(part)}` });
    input.value = first ?? panel.labels[row * panel.cols + col] ?? "";
    const size = Math.max(panel.cell, 34) * scale;
    Object.assign(input.style, { left: `${(MARGIN + (col + 0.5) * panel.cell) * scale - size / 2}px`,
      top: `${(MARGIN + (row + 0.5) * panel.cell) * scale - size / 2}px`, width: `${size}px`, height: `${size}px` });
    const before = input.value;
    let done = false;
    const close = (keep, back) => {
      if (done) return;
      done = true;
      input.remove();
      if (keep && (first !== null || input.value !== before)) tell({ type: "edit", panel: panel.id, row, col, text: input.value });
      if (back) grid.focus({ preventScroll: true });
    };
    input.addEventListener("blur", () => close(true, false));
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      const step = { Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0], Tab: [0, event.shiftKey ? -1 : 1] }[event.key];
      if (event.key === "Escape") close(false, true);
      if (!step) return;
      const goal = [row + step[0], col + step[1]];
      const inside = goal[0] >= 0 && goal[0] < panel.rows && goal[1] >= 0 && goal[1] < panel.cols;
      if (event.key === "Tab" && !inside) return void close(true, false); // Tab leaves at the end of a row
      event.preventDefault();
      close(true, true);
      moveTo(part, goal);
      if (event.key === "Tab") edit(part);
    });
    grid.append(input);
    input.focus({ preventScroll: true });
    if (first === null) input.select();
  };

  const brush = (part, erase) => {
    const [row, col] = part.cursor;
    tell({ type: "paint", panel: part.panel.id, row, col, erase });
  };

  const keys = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const onKey = (part, event) => {
    if (event.target !== part.grid || event.ctrlKey || event.metaKey || event.altKey) return;
    part.cursor ||= [0, 0];
    const [row, col] = part.cursor, { panel } = part;
    const goal = keys[event.key] ? [row + keys[event.key][0], col + keys[event.key][1]]
      : event.key === "Home" ? [row, 0] : event.key === "End" ? [row, panel.cols - 1]
      : event.key === "PageUp" ? [0, col] : event.key === "PageDown" ? [panel.rows - 1, col] : null;
    if (goal) moveTo(part, goal);
    else if (panel.paint && (event.key === " " || event.key === "Backspace")) brush(part, event.key !== " ");
    else if (panel.edit && (event.key === "Enter" || event.key === "F2")) edit(part);
    else if (panel.edit && /^[-\u2212.\d]$/.test(event.key)) edit(part, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const build = (panel) => {
    const box = make("div", "cnn-panel", "", { "data-panel": panel.id });
    const grid = make("div", "cnn-grid"), canvas = make("canvas", "");
    const part = { panel, box, grid, canvas, caption: make("div", "cnn-caption"), legend: make("div", "cnn-legend"),
      symbol: make("span", "cnn-symbol"), cursor: null, painting: null, focused: false };
    grid.append(canvas);
    box.append(part.symbol, make("div", "cnn-frame"));
    const notes = make("div", "cnn-notes");
    notes.append(part.legend, part.caption);
    box.lastChild.append(grid, notes);
    grid.addEventListener("keydown", (event) => onKey(part, event));
    for (const kind of ["focus", "blur"]) grid.addEventListener(kind, () => {
      part.focused = kind === "focus" && grid.matches(":focus-visible");
      paint(part);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!part.panel.point && part.painting === null) return;
      const before = part.cursor;
      moveTo(part, cellAt(part, event));
      if (part.painting !== null && part.cursor !== before) brush(part, part.painting);
    });
    canvas.addEventListener("pointerdown", (event) => {
      const { point, edit: editable, paint: paintable } = part.panel;
      if (!point && !editable && !paintable) return;
      event.preventDefault(); // keep JupyterLab from taking the focus away again
      grid.focus({ preventScroll: true });
      moveTo(part, cellAt(part, event));
      if (paintable) {
        canvas.setPointerCapture(event.pointerId);
        part.painting = event.button === 2 || event.shiftKey;
        brush(part, part.painting);
      } else if (editable) edit(part);
    });
    for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, () => (part.painting = null));
    canvas.addEventListener("contextmenu", (event) => part.panel.paint && event.preventDefault());
    return part;
  };

  const fill = (part, panel) => {
    const { grid, canvas } = part, active = panel.point || panel.edit || panel.paint;
    part.panel = panel;
    part.symbol.textContent = panel.symbol;
    part.caption.textContent = panel.caption;
    grid.className = "cnn-grid" + (panel.edit || panel.paint ? " cnn-editable" : panel.point ? " cnn-pointable" : "");
    if (active) grid.tabIndex = 0;
    else grid.removeAttribute("tabindex");
    grid.setAttribute("role", active ? "application" : "img");
    const help = [panel.point && "arrow keys move", panel.edit && "type to change a cell", panel.paint && "space paints, backspace erases"];
    grid.setAttribute("aria-label", [panel.alt, ...help.filter(Boolean)].join("; "));
    if (active) grid.setAttribute("aria-roledescription", "pixel grid");
    canvas.style.width = `${panel.cols * panel.cell + 2 * MARGIN}px`;
    canvas.style.aspectRatio = `${panel.cols * panel.cell + 2 * MARGIN} / ${panel.rows * panel.cell + 2 * MARGIN}`;
    canvas.style.touchAction = panel.paint ? "none" : "manipulation";
    part.caption.style.maxWidth = `${Math.max(panel.cols * panel.cell, 136)}px`;
    part.legend.replaceChildren();
    if (panel.legend.length) part.legend.append(make("span", "", panel.legend[0]), make("i", ""), make("span", "", panel.legend[1]));
    // An answer to an older message must not pull the cursor back from under the hand.
    if (panel.cursor && (view.answers >= sent || !part.cursor)) part.cursor = panel.cursor;
    if (part.cursor) part.cursor = [clamp(part.cursor[0], 0, panel.rows - 1), clamp(part.cursor[1], 0, panel.cols - 1)];
  };

  const colors = (panel, i) => {
    const sent = model.get(`pixels${i}`);
    return panel.table ? lookUp(sent, model.get("tables")[panel.table]) : sent;
  };

  const update = () => {
    view = model.get("view");
    if (!view.panels) return;
    const ids = view.panels.map((panel) => panel.id);
    if (ids.join() !== [...panels.keys()].join()) {
      panels.clear();
      for (const panel of view.panels) panels.set(panel.id, build(panel));
      const breakBefore = (part) => (part.panel.new_row ? [make("span", "cnn-break")] : []);
      row.replaceChildren(...[...panels.values()].flatMap((part) => [...breakBefore(part), part.box]));
    }
    view.panels.forEach((panel, i) => fill(panels.get(panel.id), { ...panel, pixels: colors(panel, i) }));
    arithmetic.replaceChildren(...view.arithmetic.map(([text, role]) => make("span", role && `cnn-${role}`, text)));
    if (sentence.textContent !== view.sentence) {
      if (sentence.textContent) say(view.sentence);
      sentence.textContent = view.sentence;
    }
    paintAll();
  };

  const showProblem = () => {
    problem.textContent = model.get("problem");
    problem.hidden = !problem.textContent;
  };
  const showCode = () => {
    listing.replaceChildren();
    for (const [name, text] of Object.entries(model.get("code"))) {
      const copy = make("button", "cnn-copy", "Copy", { type: "button", "aria-label": `Copy the ${name} code` });
      copy.addEventListener("click", () => navigator.clipboard?.writeText(text).then(() => (copy.textContent = "Copied")));
      const title = make("div", "cnn-code-title", name);
      title.append(copy);
      listing.append(title, make("pre", "", text, { tabindex: "0", role: "region", "aria-label": `${name} code` }));
    }
    const open = listing.childNodes.length > 0;
    listing.hidden = !open;
    code.setAttribute("aria-expanded", String(open));
    code.textContent = open ? "Hide code" : "Show code";
    code.hidden = !model.get("has_code");
  };
  code.addEventListener("click", () => tell({ type: "code", open: listing.hidden }));
  reset.addEventListener("click", () => tell({ type: "reset" }));

  for (const [name, listener] of [["view", update], ["problem", showProblem], ["code", showCode], ["has_code", showCode], ["answered", answered]])
    model.on(`change:${name}`, listener);
  update();
  showProblem();
  showCode();

  const theme = new MutationObserver(paintAll); // JupyterLab's theme, and moving to a screen of other density
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  const density = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  density.addEventListener("change", paintAll);
  const settle = new ResizeObserver(() => {
    paintAll(); // colours are known only once the demo is in the page
    adopt(el);
  });
  settle.observe(el);
  return () => {
    theme.disconnect();
    settle.disconnect();
    density.removeEventListener("change", paintAll);
    for (const [name, listener] of [["view", update], ["problem", showProblem], ["code", showCode], ["has_code", showCode], ["answered", answered]])
      model.off(`change:${name}`, listener);
  };
}

// Once the demo is in the page: JupyterLab's shortcuts keep out of it (x would cut the cell while a slider has
// the focus), and ipywidgets' nameless slider handles and read-outs get the name that stands beside them.
function adopt(el) {
  const demo = el.closest(".cnn-demo");
  if (!demo || demo.dataset.lmSuppressShortcuts) return;
  demo.dataset.lmSuppressShortcuts = "true";
  // JupyterLab looks at the focused element itself before it looks at what surrounds it.
  demo.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));
  const name = () => {
    for (const slider of demo.querySelectorAll(".widget-slider")) {
      const text = slider.querySelector(".widget-label")?.textContent, readout = slider.querySelector(".widget-readout");
      for (const handle of slider.querySelectorAll(".noUi-handle")) {
        if (handle.getAttribute("aria-label") !== text) handle.setAttribute("aria-label", text);
        const value = readout?.textContent ?? "";
        if (handle.getAttribute("aria-valuetext") !== value) handle.setAttribute("aria-valuetext", value);
      }
      if (readout && readout.getAttribute("aria-label") !== `${text}, type a value`) {
        readout.setAttribute("aria-label", `${text}, type a value`);
        readout.setAttribute("role", "textbox");
      }
    }
    for (const group of demo.querySelectorAll(".widget-radio")) {
      // ipywidgets names a group after its value: unanswered questions of one page would share one choice.
      group.dataset.group ||= `cnn-radio-${crypto.randomUUID?.() ?? Math.random()}`;
      group.setAttribute("role", "radiogroup");
      group.setAttribute("aria-label", group.querySelector(".widget-label")?.textContent ?? "");
      for (const radio of group.querySelectorAll("input")) radio.name = group.dataset.group;
    }
    for (const group of demo.querySelectorAll(".widget-toggle-buttons")) {
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", group.querySelector(".widget-label")?.textContent ?? "");
      for (const button of group.querySelectorAll("button")) {
        const pressed = String(button.classList.contains("mod-active"));
        if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
      }
    }
  };
  name();
  new MutationObserver(name).observe(demo, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["class"] });
}

export default { render };
