// The face of every demo: title, panels, arithmetic, the sentence in words, code. Python computes, this file
// draws. Only pointing, typing and painting are answered in the page, then told to Python.

const make = (tag, className, text = "", attributes = {}) => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};
const GONE = "Python no longer knows this demo, perhaps because the kernel was restarted. Run its cell again.";
const NO_ANSWER = "No answer from Python for ten seconds. If no cell is running, run the cell of this demo again.";
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

function render({ model, el }) {
  el.classList.add("cnn-stage");
  const head = make("div", "cnn-head");
  const code = make("button", "cnn-code-button", "Show code", { type: "button" });
  const reset = make("button", "cnn-reset-button", "Reset", { type: "button" });
  head.append(make("span", "cnn-title", model.get("title"), { role: "heading", "aria-level": "4" }),
    make("span", "cnn-question", model.get("question")), make("span", "cnn-buttons"));
  head.lastChild.append(code, reset);
  const row = make("div", "cnn-panels"), arithmetic = make("div", "cnn-arithmetic");
  const words = make("div", "cnn-words"), sentence = make("div", "cnn-sentence");
  const problem = make("div", "cnn-problem", "", { role: "alert" });
  const listing = make("div", "cnn-code");
  const live = make("div", "cnn-live", "", { role: "status", "aria-live": "polite" });
  words.append(sentence, problem);
  el.append(head, row, arithmetic, words, listing, live);

  const panels = new Map(); // id -> the panel's nodes and state
  let view = { panels: [], windows: [] };
  let speech = 0, drawn = null;

  // A screen reader hears where a drag ends, not every step of it.
  const say = (text) => {
    clearTimeout(speech);
    speech = setTimeout(() => (live.textContent = text), 500);
  };

  // One message travels at a time; of pointing only the newest follows, of painting all cells, so that a slow
  // kernel is never flooded. Several pages may show one demo: each knows its own messages by its name.
  const me = String(Math.random()), strokes = [];
  let sent = 0, waiting = 0, next = null, silence = 0;
  const settled = ([who, number]) => !next && !strokes.length && (who === me ? number >= sent : !waiting);
  const busy = () => waiting && performance.now() - waiting < 2000;
  const tell = (message) => {
    next = null; // older than what is told now
    waiting = performance.now();
    clearTimeout(silence);
    try {
      model.send({ ...message, view: me, number: ++sent });
    } catch {
      return showProblem(GONE);
    }
    silence = setTimeout(() => showProblem(NO_ANSWER), 10000);
  };
  const follow = () => {
    if (strokes.length) tell({ type: "paint", panel: strokes[0].panel, erase: strokes[0].erase, cells: takeStroke(strokes) });
    else if (next) tell(next);
  };
  const answered = () => {
    const [who, number] = model.get("answered");
    if (who === me && number < sent) return;
    clearTimeout(silence);
    if (problem.textContent === NO_ANSWER) showProblem();
    waiting = 0;
    follow();
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
    if (!part.panel.point) return say(cellText(part));
    next = { type: "point", panel: part.panel.id, row: cursor[0], col: cursor[1] };
    if (!busy()) follow();
  };
  const cellText = ({ panel, cursor: [r, c] }) => {
    const i = r * panel.cols + c, painted = panel.paint && (bytes(panel.pixels)[4 * i] > 127 ? "painted" : "empty");
    const value = painted || panel.labels[i];
    return `row ${r + panel.origin[0]}, column ${c + panel.origin[1]}${value ? `: ${value}` : ""}`;
  };

  const cellAt = (part, event) => {
    const box = part.canvas.getBoundingClientRect();
    const scale = (part.panel.cols * part.panel.cell + 2 * MARGIN) / box.width;
    const at = (start, edge) => Math.floor(((start - edge) * scale - MARGIN) / part.panel.cell);
    return [at(event.clientY, box.top), at(event.clientX, box.left)];
  };

  const edit = (part, first = null) => {
    const { id, alt } = part.panel, [row, col] = part.cursor, name = alt.split(",")[0];
    const send = (text) => tell({ type: "edit", panel: id, row, col, text });
    editCell(part, `${name}, ${cellText(part)}`, first, send, (goal, open) => {
      moveTo(part, goal);
      if (open) edit(part);
    });
  };

  // The stroke is seen at once; Python hears of it and sends the picture that belongs to it.
  const brush = (part, erase, from = part.cursor) => {
    for (const cell of cellsBetween(from, part.cursor)) strokes.push({ panel: part.panel.id, cell, erase });
    dab(part);
    paint(part);
    say(cellText(part));
    if (!busy()) follow();
  };
  const dab = (part) => {
    const own = strokes.filter((stroke) => stroke.panel === part.panel.id);
    if (!own.length) return;
    const pixels = bytes(part.panel.pixels).slice();
    for (const { cell: [row, col], erase } of own) {
      const value = erase ? 0 : 255;
      pixels.set([value, value, value, 255], 4 * (row * part.panel.cols + col));
    }
    part.panel = { ...part.panel, pixels: new DataView(pixels.buffer) };
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
      if (part.painting !== null && part.cursor !== before) brush(part, part.painting, before);
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
    if (panel.cursor && (settled(view.answers) || !part.cursor)) part.cursor = panel.cursor;
    if (part.cursor) part.cursor = [clamp(part.cursor[0], 0, panel.rows - 1), clamp(part.cursor[1], 0, panel.cols - 1)];
    dab(part); // what was painted since must not vanish for a moment
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
    sentence.dataset.verdict = view.verdict;
    if (drawn) panels.forEach(paint); // else the demo is not in the page yet, and has no colours
  };

  const showProblem = (text = model.get("problem")) => {
    problem.textContent = text;
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
    code.textContent = open ? "Hide code" : "Show code";
    code.hidden = !model.get("has_code");
  };
  code.addEventListener("click", () => tell({ type: "code", open: listing.hidden }));
  reset.addEventListener("click", () => tell({ type: "reset" }));

  const listeners = { view: update, problem: () => showProblem(), code: showCode, has_code: showCode, answered };
  for (const [name, listener] of Object.entries(listeners)) model.on(`change:${name}`, listener);
  update();
  showProblem();
  showCode();

  const theme = new MutationObserver(paintAll); // JupyterLab's theme
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  const away = new AbortController(); // moving to a screen of other density
  const watchDensity = () => {
    const density = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    density.addEventListener("change", () => (paintAll(), watchDensity()), { once: true, signal: away.signal });
  };
  watchDensity();
  const settle = new ResizeObserver(() => {
    paintAll(); // colours are known only once the demo is in the page
    adopt(el);
  });
  settle.observe(el);
  return () => {
    for (const timer of [speech, silence]) clearTimeout(timer);
    theme.disconnect();
    settle.disconnect();
    away.abort();
    for (const [name, listener] of Object.entries(listeners)) model.off(`change:${name}`, listener);
  };
}

// The cells on the way from one to another, so that a fast stroke has no holes.
function cellsBetween([r0, c0], [r1, c1]) {
  const steps = Math.max(Math.abs(r1 - r0), Math.abs(c1 - c0), 1);
  const at = (i) => [Math.round(r0 + ((r1 - r0) * i) / steps), Math.round(c0 + ((c1 - c0) * i) / steps)];
  return Array.from({ length: steps + 1 }, (_, i) => at(i));
}

// Take the first strokes that paint, or that erase, one panel.
function takeStroke(strokes) {
  const { panel, erase } = strokes[0], end = strokes.findIndex((s) => s.panel !== panel || s.erase !== erase);
  return strokes.splice(0, end < 0 ? strokes.length : end).map((stroke) => stroke.cell);
}

export default { render };
