// The face of every demo: title, panels, arithmetic, the sentence in words, code. Python computes, this file
// draws. Only pointing, typing and painting are answered in the page, then told to Python.
//
// In this order: the face · messages · where Python is · the second visit · one panel · a field to type in · painting
// cells · charts · fitting · adoption.
// One file, as anywidget loads one and cannot find what it would import (github.com/manzt/anywidget/issues/399).

// ---- the face -----------------------------------------------------------------------------------------------
function render({ model, el }) {
  el.classList.add("cnn-stage");
  const head = make("div", "cnn-head");
  const code = make("button", "cnn-code-button", "Show code", { type: "button" });
  const reset = make("button", "cnn-reset-button", "Reset", { type: "button" });
  head.append(make("span", "cnn-title", model.get("title"), { role: "heading", "aria-level": "4" }),
    make("span", "cnn-question", whole(model.get("question"))), make("span", "cnn-buttons"));
  head.lastChild.append(code, reset);
  const row = make("div", "cnn-panels"), arithmetic = make("div", "cnn-arithmetic");
  const words = make("div", "cnn-words"), sentence = make("div", "cnn-sentence");
  const problem = make("div", "cnn-problem", "", { role: "alert" });
  const listing = make("div", "cnn-code"), away = make("div", "cnn-away", "", { role: "status" });
  const live = make("div", "cnn-live", "", { role: "status", "aria-live": "polite" });
  words.append(sentence, problem);
  el.append(head, row, arithmetic, words, listing, away, live);

  // A text keeps the room of the tallest so far, so that what stands below it stays where it is.
  let dragging = false; // a control: as long as it lasts, the picture keeps its room, too
  const keep = (node, height) => {
    if (node === row && !dragging) return;
    const line = node.closest(".cnn-row"), before = parseFloat(line?.style.getPropertyValue("--notes") || 0);
    if (line) line.style.setProperty("--notes", `${Math.max(before, height)}px`);
    else if (height) node.style.minHeight = `${height}px`;
  };
  const tallest = new ResizeObserver((found) => found.forEach(({ target, contentRect }) => keep(target, contentRect.height)));
  const hold = (event) => {
    dragging = event.type === "pointerdown" && !!event.target.closest(".cnn-controls");
    row.style.minHeight = dragging ? `${heightOf(row)}px` : "";
  };
  const forget = () => {
    const texts = [arithmetic, words, ...[...panels.values()].map(({ frame }) => frame.lastChild)];
    for (const node of [arithmetic, words, ...row.children]) node.removeAttribute("style");
    const heights = texts.map(heightOf);
    texts.forEach((text, i) => keep(text, heights[i]));
  };

  const panels = new Map(); // id -> the panel's nodes and state
  let view = { panels: [], windows: [] };
  let speech = 0, drawn = null, built = "", summed = "", room = ROOM, shrunk = 1;
  let pointed = null; // the panel moved in last; where Python put another one's cursor, nobody has pointed yet

  // A screen reader hears where a drag ends, not every step of it.
  const say = (text) => {
    clearTimeout(speech);
    speech = setTimeout(() => (live.textContent = text), 500);
  };

  const showProblem = (text = model.get("problem")) => {
    write(problem, text);
    problem.hidden = !text;
  };
  const channel = openChannel(model, showProblem, () => python.unheard());
  let why = ""; // no control can work
  const python = watchPython(model, el, {
    changed: (now) => {
      if (now === why) return;
      away.textContent = why = now;
      away.hidden = !now;
      if (now) channel.forget();
      row.querySelector(".cnn-cell-input")?.remove();
      update(); // what only the page knew of is undone
    },
    refused: () => say(why),
    used: channel.expect,
  });

  const style = () => {
    const css = getComputedStyle(el);
    const color = (name) => css.getPropertyValue(`--cnn-${name}`).trim() || "#888888";
    const ratio = (window.devicePixelRatio || 1) * shrunk;
    return { blank: color("blank"), line: color("grid"), soft: color("soft"), accent: color("accent"), ratio, fit: shrunk };
  };
  const paint = (part) => {
    if (part.panel.chart) return showChart(part, part.panel.pixels);
    if (!drawn) return; // the demo is not in the page yet, and has no colours
    const own = part.cursor && (part.panel.point || part.panel.cursor) ? [[...part.cursor, ...(part.panel.span ?? [1, 1])]] : [];
    const links = view.windows.filter((link) => link.on === part.panel.id && panels.get(link.of)?.cursor);
    const outlines = links.flatMap((link) => rectangles(link, panels.get(link.of).cursor));
    const place = (rect) => inside(blockOf(rect, part.panel), part.panel);
    const focus = part.focused && !part.panel.point ? place([...(part.cursor ||= [0, 0]), 1, 1]) : null;
    const rects = [...own, ...outlines].map(place);
    // A panel wider than the page is squeezed alone: drawn in that size, its numbers are not blurred. They may be smaller
    // than others, for here the alternative is none.
    const squeeze = room < ROOM ? part.canvas.clientWidth / (part.panel.cols * part.panel.cell + 2 * MARGIN) / shrunk : 1;
    const look = squeeze && squeeze < 0.98 ? { ...drawn, ratio: drawn.ratio * squeeze, fit: shrunk * Math.min(1, 1.25 * squeeze) } : drawn;
    const { pixels, ...rest } = part.panel, key = JSON.stringify([rest, rects, focus, look]);
    if (key === part.key && pixels === part.pixels) return; // nothing of it has changed
    Object.assign(part, { key, pixels });
    paintPanel(part.canvas, part.panel, rects, { ...look, focus });
  };
  const paintAll = () => {
    drawn = style();
    panels.forEach(paint);
  };

  const moveTo = (part, cell) => {
    const cursor = clampCell(cell, part.panel);
    if (part === pointed && cursor.every((n, i) => n === part.cursor?.[i])) return;
    pointed = part;
    part.cursor = cursor;
    if (part.focused) readOut(part, cursor);
    paint(part);
    for (const link of view.windows) if (link.of === part.panel.id && panels.has(link.on)) paint(panels.get(link.on));
    if (!part.panel.point) return say(cellText(part));
    channel.point({ type: "point", panel: part.panel.id, row: cursor[0], col: cursor[1] });
  };
  const edit = (part, first = null) => {
    const { id, alt } = part.panel, [row, col] = part.cursor, name = alt.split(",")[0];
    const send = (text) => channel.tell({ type: "edit", panel: id, row, col, text });
    editCell(part, `${name}, ${cellText(part)}`, first, send, (goal, open) => {
      moveTo(part, goal);
      if (open) edit(part);
    });
  };
  // The stroke is seen at once; Python hears of it and sends the picture that belongs to it.
  const brush = (part, erase, from = part.cursor) => {
    const stroke = cellsBetween(from, part.cursor).map((cell) => ({ panel: part.panel.id, cell, erase }));
    dab(part, stroke);
    paint(part);
    say(cellText(part));
    channel.stroke(stroke);
  };
  const dab = (part, strokes) => {
    if (!strokes.length) return;
    const pixels = bytes(part.panel.pixels).slice();
    for (const { cell: [row, col], erase } of strokes) {
      const value = erase ? 0 : 255;
      pixels.set([value, value, value, 255], 4 * (row * part.panel.cols + col));
    }
    part.panel = { ...part.panel, pixels: new DataView(pixels.buffer) };
  };

  // Whether the panel's look around its cells changed.
  const fill = (part, panel) => {
    part.panel = panel;
    // An answer to an older message must not pull the cursor back from under the hand.
    if (channel.settled(view.answers) || !part.cursor) {
      if (panel.cursor || panel.point) part.cursor = panel.cursor; // none: another panel is pointed at
    }
    if (part.cursor) part.cursor = clampCell(part.cursor, panel);
    dab(part, channel.strokesOn(panel.id)); // what was painted since must not vanish for a moment
    return dressPanel(part, why && panel.ended ? { ...panel, caption: panel.ended } : panel);
  };
  const fit = () => {
    const before = shrunk;
    shrunk = fitPanels(row, [...panels.values()], room);
    return shrunk !== before;
  };
  const colors = (panel, i) => {
    const sent = model.get(`pixels${i}`);
    return sent.byteLength < 4 * panel.rows * panel.cols && !panel.chart ? colored(sent, model.get("tables")[panel.table]) : sent;
  };

  const update = () => {
    view = model.get("view");
    if (!view.panels) return;
    const ids = view.panels.map((panel) => [panel.id, panel.chart, panel.new_row]);
    if (ids.join() !== built) {
      built = ids.join();
      for (const { frame } of panels.values()) tallest.unobserve(frame.lastChild);
      panels.clear();
      for (const panel of view.panels) panels.set(panel.id, buildPanel(panel, { moveTo, edit, brush, paint }));
      row.replaceChildren();
      for (const { panel, box, frame } of panels.values()) {
        if (panel.new_row || !row.lastChild) row.append(make("div", "cnn-row"));
        row.lastChild.append(box);
        tallest.observe(frame.lastChild);
      }
    }
    const looks = view.panels.map((panel, i) => fill(panels.get(panel.id), { ...panel, pixels: colors(panel, i) }));
    if (summed !== (summed = JSON.stringify(view.arithmetic))) {
      arithmetic.classList.toggle("cnn-lines", view.arithmetic.some(([text]) => text === "\n"));
      arithmetic.replaceChildren(...view.arithmetic.map(([text, role]) => make("span", role && `cnn-${role}`, text)));
    }
    const said = whole(view.sentence);
    if (sentence.textContent !== said) {
      if (sentence.textContent) say(said);
      sentence.textContent = said;
    }
    sentence.dataset.verdict = view.verdict;
    if (looks.some(Boolean) && room < ROOM && fit()) drawn = style(); // last: both ask for sizes, which lays all of it out
    panels.forEach(paint);
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
  code.addEventListener("click", () => channel.tell({ type: "code", open: listing.hidden }));
  reset.addEventListener("click", () => {
    pointed = null;
    channel.tell({ type: "reset" });
  });

  const listeners = { view: update, problem: () => showProblem(), code: showCode, has_code: showCode, answered: channel.answered };
  for (const [name, listener] of Object.entries(listeners)) model.on(`change:${name}`, listener);
  update();
  showProblem();
  showCode();
  away.hidden = true;
  python.look();

  const theme = new MutationObserver(paintAll); // JupyterLab's theme
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  const moved = new AbortController(); // moving to a screen of other density
  const watchDensity = () => {
    const density = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    density.addEventListener("change", () => (paintAll(), watchDensity()), { once: true, signal: moved.signal });
  };
  watchDensity();
  for (const part of [row, arithmetic, words]) tallest.observe(part);
  for (const kind of ["pointerdown", "pointerup", "pointercancel"]) document.addEventListener(kind, hold, { capture: true, signal: moved.signal });
  let placed = 0; // for so wide a page
  const settle = new ResizeObserver(() => {
    const demo = el.closest(".cnn-demo"), around = demo?.parentElement;
    if (around) settle.observe(around);
    if (around && placed !== (placed = around.clientWidth)) placeControls(demo, row, [...panels.values()]);
    if (room !== row.clientWidth) forget(); // texts break into other lines
    room = row.clientWidth;
    fit();
    paintAll(); // colours are known only once the demo is in the page
    python.adopt(); // first: where no Python is, nothing else hears of a key
    adopt(el, channel.tell);
  });
  settle.observe(head); // `el` is no box: the controls stand among its parts
  return () => {
    clearTimeout(speech);
    channel.close();
    theme.disconnect();
    settle.disconnect();
    tallest.disconnect();
    moved.abort();
    python.close();
    for (const [name, listener] of Object.entries(listeners)) model.off(`change:${name}`, listener);
  };
}

// ---- messages -----------------------------------------------------------------------------------------------
// What the page tells Python. One message travels at a time; of pointing only the newest follows, of painting all
// cells, so that a slow kernel is never flooded. Several pages may show one demo: each knows its own messages.

const NO_ANSWER = "No answer from Python for ten seconds: it is busy, perhaps with another cell. Kernel > Interrupt Kernel ends that.";
const LATE = 2000, SILENCE = 10000; // ms

// `unheard()` is called where a kernel at rest leaves a message without an answer: it has not come to it.
function openChannel(model, showProblem, unheard) {
  const me = String(Math.random()), strokes = [];
  let sent = 0, waiting = 0, next = null, silence = 0, lost = false;
  const sessionContext = model.widget_manager?.context?.sessionContext;
  const heard = () => {
    clearTimeout(silence);
    showProblem();
    sessionContext?.iopubMessage?.disconnect(heard);
  };
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (sessionContext?.session?.kernel?.status === "idle") unheard();
      else silence = setTimeout(() => showProblem(NO_ANSWER), SILENCE - LATE);
    }, LATE);
  };
  const tell = (message) => {
    next = null; // older than what is told now
    waiting = performance.now();
    lost = false;
    model.send({ ...message, view: me, number: ++sent });
    listen();
  };
  const follow = () => {
    if (strokes.length) tell({ type: "paint", panel: strokes[0].panel, erase: strokes[0].erase, cells: takeStroke(strokes) });
    else if (next) tell(next);
  };
  const soon = () => {
    if (!waiting || performance.now() - waiting >= 2000) follow();
  };
  return {
    tell,
    point: (message) => ((next = message), soon()),
    stroke: (more) => (strokes.push(...more), soon()),
    strokesOn: (id) => strokes.filter((stroke) => stroke.panel === id),
    // A control of ipywidgets was used, which tells nobody whether Python answers: anything heard from it will do.
    expect: () => {
      if (!waiting && sessionContext?.iopubMessage?.connect(heard)) listen();
    },
    forget: () => {
      heard();
      [strokes.length, next, waiting, lost] = [0, null, 0, true];
    },
    settled: ([who, number]) => lost || !next && !strokes.length && (who === me ? number >= sent : !waiting),
    answered: () => {
      const [who, number] = model.get("answered");
      if (who === me && number < sent) return;
      clearTimeout(silence);
      showProblem();
      waiting = 0;
      follow();
    },
    close: () => {
      clearTimeout(silence);
      sessionContext?.iopubMessage?.disconnect(heard);
    },
  };
}

// Take the first strokes that paint, or that erase, one panel.
function takeStroke(strokes) {
  const { panel, erase } = strokes[0], end = strokes.findIndex((s) => s.panel !== panel || s.erase !== erase);
  return strokes.splice(0, end < 0 ? strokes.length : end).map((stroke) => stroke.cell);
}

// ---- where Python is ----------------------------------------------------------------------------------------
// A demo whose Python is gone says so in one sentence, and none of its controls moves: half a demo would lie.

const SAVED = "This is as it was saved. Run the cells above it and this one, and it can be moved again.";
const RESTARTED = "Python has been restarted and no longer knows this demo. Run the cells above it and this one again.";
const NO_PYTHON = "No Python answers: choose Kernel > Restart Kernel, then run the cells above it and this one again.";
const NO_LINE = "No connection to Python. As soon as it is back, this demo goes on by itself.";
const USES = ["pointerdown", "pointermove", "mousedown", "touchstart", "click", "dblclick", "keydown", "beforeinput", "wheel"];

// `changed(why)` is told why no control can work, "" if all can; `refused()` that one was tried, `used()` that one was used.
function watchPython(model, el, { changed, refused, used }) {
  const session = model.widget_manager?.context?.sessionContext;
  let demo = null, known = false, deaf = false;
  const reason = () => {
    const kernel = session?.session?.kernel, gone = el.closest(".jupyter-widgets")?.classList.contains("jupyter-widgets-disconnected");
    known ||= demo && !gone; // before it is in the page one cannot tell
    if (session && (!kernel || kernel.status === "dead")) return NO_PYTHON;
    if (gone) return known ? RESTARTED : SAVED;
    return kernel && (deaf || kernel.connectionStatus !== "connected") ? NO_LINE : "";
  };
  const look = () => {
    const why = reason();
    demo?.classList.toggle("cnn-still", !!why);
    if (why) demo?.setAttribute("aria-disabled", "true");
    else demo?.removeAttribute("aria-disabled");
    changed(why);
    return why;
  };
  const guard = (event) => {
    const control = event.target.closest?.(".cnn-controls, .cnn-grid, .cnn-buttons");
    if (!control || event.target.closest("audio") || event.key === "Tab" || event.ctrlKey || event.metaKey) return;
    if (!look()) {
      if (event.type !== "pointermove" && control.matches(".cnn-controls")) used();
      return;
    }
    event.stopImmediatePropagation();
    if (event.type === "wheel" || event.type === "touchstart") return; // the page may scroll
    event.preventDefault();
    if (event.type !== "pointermove") refused();
  };
  const hear = () => {
    if (!deaf) return;
    deaf = false;
    look();
  };
  const signals = [session?.statusChanged, session?.connectionStatusChanged, session?.kernelChanged].filter(Boolean);
  for (const signal of signals) signal.connect(look);
  session?.iopubMessage?.connect(hear);
  session?.connectionStatusChanged?.connect(hear);
  model.on("comm_live_update", look);
  return {
    look,
    unheard: () => {
      deaf = true;
      look();
      session.session?.kernel?.requestKernelInfo().catch(() => {}); // whose answer tells that it is heard again
    },
    adopt: () => {
      if (demo || !(demo = el.closest(".cnn-demo"))) return;
      for (const use of USES) demo.addEventListener(use, guard, { capture: true, passive: use === "wheel" || use === "touchstart" });
      look();
    },
    close: () => {
      for (const use of USES) demo?.removeEventListener(use, guard, true);
      for (const signal of signals) signal.disconnect(look);
      session?.iopubMessage?.disconnect(hear);
      session?.connectionStatusChanged?.disconnect(hear);
      model.off("comm_live_update", look);
    },
  };
}

// ---- the second visit ---------------------------------------------------------------------------------------
// JupyterLab saves the widgets that Python knows, and only those: the first save after a reopening would wipe the
// pictures of all others. Here they are put back into what is saved, as long as an output shows them.

const STATE = "application/vnd.jupyter.widget-state+json", VIEW = "application/vnd.jupyter.widget-view+json";
const DEAD = ["autorestarting", "dead", "terminating"];

function initialize({ model }) {
  const manager = model.widget_manager, context = manager?.context, session = context?.sessionContext;
  // Once a notebook, though anywidget loads this file for each demo.
  if (!context?.saveState || !session || manager[Symbol.for("cnnlib")]) return;
  manager[Symbol.for("cnnlib")] = true;
  let last = {};
  const remember = () => manager.get_state({ drop_defaults: true }).then(({ state }) => (last = state), () => {});
  // ipywidgets hears of a restart that the learner asked for, not of a Python that died or was replaced.
  const gone = () => {
    manager.disconnect();
    remember();
  };
  session.statusChanged.connect((_, status) => (DEAD.includes(status) ? gone() : status === "restarting" && remember()));
  session.kernelChanged.connect((_, { oldValue }) => oldValue && gone());
  // A control sends nothing more while it waits for the answer to a message that was lost with the connection.
  const free = (model) => Object.assign(model, { _pending_msgs: 0, _msg_buffer: null });
  session.connectionStatusChanged.connect((_, status) => {
    if (status === "connected") for (const model of Object.values(manager._models ?? {})) model.then(free, () => {});
  });
  manager.restored.connect(remember);
  remember();
  context.saveState.connect((_, stage) => {
    const all = context.model.getMetadata("widgets"), now = all?.[STATE];
    if (stage !== "started" || !now) return;
    const state = { ...now.state };
    const keep = (id) => {
      if (state[id] || !last[id]) return;
      state[id] = last[id];
      for (const [, part] of JSON.stringify(last[id].state).matchAll(/IPY_MODEL_(\w+)/g)) keep(part);
    };
    for (const { outputs } of context.model.cells)
      for (let i = 0; i < (outputs?.length ?? 0); i++) if (outputs.get(i).data[VIEW]) keep(outputs.get(i).data[VIEW].model_id);
    context.model.setMetadata("widgets", { ...all, [STATE]: { ...now, state } });
  });
}

// ---- one panel ----------------------------------------------------------------------------------------------
// One panel on the page: its nodes, and what mouse, touch and keys do to it. `hands` are the deeds of the demo.

// A size such as 4 × 4 stays on one line.
const whole = (text) => text.replaceAll(" × ", "\u00a0×\u00a0");

const make = (tag, className, text = "", attributes = {}) => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};
// Nothing is written that stands there already: the page would lay itself out for it.
const write = (node, text) => node.textContent === text || (node.textContent = text);
const heightOf = (node) => node.getBoundingClientRect().height;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// Rows and columns that one can point at: cells, or the pictures of a sheet.
const extent = ({ rows, cols, tile }) =>
  tile ? [(rows + tile[2]) / (tile[0] + tile[2]), (cols + tile[2]) / (tile[1] + tile[2])] : [rows, cols];
const clampCell = ([row, col], panel) => {
  const [rows, cols] = extent(panel), [height, width] = panel.span ?? [1, 1];
  return [clamp(row, 0, rows - height), clamp(col, 0, cols - width)];
};

function cellAt({ panel, canvas }, event) {
  const box = canvas.getBoundingClientRect(), [height, width, gap] = panel.tile ?? [1, 1, 0];
  const scale = (panel.cols * panel.cell + 2 * MARGIN) / box.width;
  const at = (start, edge, pitch) => Math.floor(((start - edge) * scale - MARGIN) / (panel.cell * pitch));
  return [at(event.clientY, box.top, height + gap), at(event.clientX, box.left, width + gap)];
}

// Which cell of a block the hand holds: the one it took, or the middle if the block was elsewhere.
function gripOf({ panel: { span }, cursor }, cell) {
  const held = cell.map((n, i) => n - cursor[i]);
  return held.every((n, i) => n >= 0 && n < span[i]) ? held : span.map((n) => n >> 1);
}

// A number that has no room in its cell stands beside the one pointed at.
function readOut(part, cell) {
  const { panel, tip, canvas } = part, [row, col] = cell ?? [-1, -1], text = panel.labels[row * panel.cols + col] ?? "";
  const inside = row >= 0 && row < panel.rows && col >= 0 && col < panel.cols;
  const scale = canvas.clientWidth / (panel.cols * panel.cell + 2 * MARGIN);
  tip.hidden = !inside || !text || labelSize(panel, text, scale) > 0;
  if (tip.hidden) return;
  tip.textContent = text;
  tip.style.left = `${canvas.offsetLeft + (MARGIN + (col + 0.5) * panel.cell) * scale}px`;
  tip.style.top = `${canvas.offsetTop + (MARGIN + row * panel.cell) * scale}px`;
}

function cellText({ panel, cursor: [r, c] }) {
  const i = r * panel.cols + c, painted = panel.paint && (bytes(panel.pixels)[4 * i] > 127 ? "painted" : "empty");
  const value = painted || panel.labels[i];
  return `${panel.tile ? "picture in " : ""}row ${r + panel.origin[0]}, column ${c + panel.origin[1]}${value ? `: ${value}` : ""}`;
}

// The cells on the way from one to another, so that a fast stroke has no holes.
function cellsBetween([r0, c0], [r1, c1]) {
  const steps = Math.max(Math.abs(r1 - r0), Math.abs(c1 - c0), 1);
  const at = (i) => [Math.round(r0 + ((r1 - r0) * i) / steps), Math.round(c0 + ((c1 - c0) * i) / steps)];
  return Array.from({ length: steps + 1 }, (_, i) => at(i));
}

function buildPanel(panel, hands) {
  const box = make("div", "cnn-panel", "", { "data-panel": panel.id }), notes = make("div", "cnn-notes");
  const grid = make("div", "cnn-grid"), canvas = make("canvas", "");
  const part = { panel, box, grid, canvas, frame: make("div", "cnn-frame"), caption: make("div", "cnn-caption"),
    legend: make("div", "cnn-legend"), beside: make("div", "cnn-beside-rows"), tip: make("div", "cnn-tip"), symbol: make("span", "cnn-symbol"), cursor: null, painting: null, grip: null, focused: false };
  notes.append(part.legend, part.caption);
  part.frame.append(grid, notes);
  box.append(part.symbol, part.frame);
  if (panel.chart) return part; // a chart is to look at
  grid.append(canvas, part.beside, part.tip);
  part.tip.hidden = true;
  grid.addEventListener("keydown", (event) => onKey(part, event, hands));
  for (const kind of ["focus", "blur"]) grid.addEventListener(kind, () => {
    part.focused = kind === "focus" && grid.matches(":focus-visible");
    readOut(part, part.focused ? part.cursor : null);
    hands.paint(part);
  });
  const drag = (event) => hands.moveTo(part, cellAt(part, event).map((n, i) => n - part.grip[i]));
  canvas.addEventListener("pointerleave", () => readOut(part, null));
  canvas.addEventListener("pointermove", (event) => {
    readOut(part, cellAt({ canvas, panel: { ...part.panel, tile: null } }, event));
    if (part.grip) return drag(event);
    if (part.panel.span || (!part.panel.point && part.painting === null)) return;
    const before = part.cursor;
    hands.moveTo(part, cellAt(part, event));
    if (part.painting !== null && part.cursor !== before) hands.brush(part, part.painting, before);
  });
  canvas.addEventListener("pointerdown", (event) => {
    const { point, edit, paint, span } = part.panel;
    if (!point && !edit && !paint) return;
    event.preventDefault(); // keep JupyterLab from taking the focus away again
    grid.focus({ preventScroll: true });
    if (span) {
      canvas.setPointerCapture(event.pointerId);
      part.grip = gripOf(part, cellAt(part, event));
      return drag(event);
    }
    hands.moveTo(part, cellAt(part, event));
    if (paint) {
      canvas.setPointerCapture(event.pointerId);
      part.painting = event.button === 2 || event.shiftKey;
      hands.brush(part, part.painting);
    } else if (edit) hands.edit(part);
  });
  for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, () => (part.painting = part.grip = null));
  canvas.addEventListener("contextmenu", (event) => part.panel.paint && event.preventDefault());
  return part;
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function onKey(part, event, hands) {
  if (event.target !== part.grid || event.ctrlKey || event.metaKey || event.altKey) return;
  const [row, col] = (part.cursor ||= [0, 0]), { panel } = part, [rows, cols] = extent(panel);
  const step = (event.shiftKey && panel.span) || [1, 1]; // a whole block with shift
  const goal = ARROWS[event.key] ? ARROWS[event.key].map((n, i) => part.cursor[i] + n * step[i])
    : event.key === "Home" ? [row, 0] : event.key === "End" ? [row, cols - 1]
    : event.key === "PageUp" ? [0, col] : event.key === "PageDown" ? [rows - 1, col] : null;
  if (goal) hands.moveTo(part, goal);
  else if (panel.paint && (event.key === " " || event.key === "Backspace")) hands.brush(part, event.key !== " ");
  else if (panel.edit && (event.key === "Enter" || event.key === "F2")) hands.edit(part);
  else if (panel.edit && /^[-\u2212.\d]$/.test(event.key)) hands.edit(part, event.key);
  else if (event.key !== " ") return; // which would scroll the page away
  event.preventDefault();
  event.stopPropagation();
}

// Put on a panel what stands around its cells; nothing is touched that has not changed. Return whether panels must be fitted anew.
function dressPanel(part, panel) {
  const { pixels, labels, marks, cursor, ...rest } = panel, look = JSON.stringify(rest);
  if (look === part.look) return false;
  part.look = look;
  const { grid, canvas, legend, beside } = part, active = panel.point || panel.edit || panel.paint;
  write(part.symbol, panel.symbol);
  part.symbol.classList.toggle("cnn-operand", panel.symbol.length > 1);
  write(part.caption, whole(panel.caption));
  grid.className = "cnn-grid" + (panel.edit || panel.paint ? " cnn-editable" : panel.span ? " cnn-movable" : panel.point ? " cnn-pointable" : "");
  if (active) grid.tabIndex = 0;
  else grid.removeAttribute("tabindex");
  grid.setAttribute("role", active ? "application" : "img");
  const help = [panel.point && "arrow keys move" + (panel.span ? ", with shift by a whole block" : ""), panel.edit && "type to change a cell", panel.paint && "space paints, backspace erases"];
  grid.setAttribute("aria-label", [panel.alt, ...help.filter(Boolean)].join("; "));
  if (active) grid.setAttribute("aria-roledescription", "pixel grid");
  else grid.removeAttribute("aria-roledescription");
  const width = panel.cols * panel.cell + 2 * MARGIN, height = panel.rows * panel.cell + 2 * MARGIN;
  grid.style.setProperty("--width", `${width}px`);
  grid.style.setProperty("--ratio", `${width} / ${height}`);
  canvas.style.touchAction = panel.paint || panel.span ? "none" : "manipulation";
  part.frame.style.setProperty("--caption", `${Math.max(width - 2 * MARGIN, 136)}px`);
  part.frame.style.minWidth = panel.room ? `min(${panel.room}px * var(--fit, 1), 100cqi)` : "";
  if (beside.textContent !== panel.beside.join("")) beside.replaceChildren(...panel.beside.map((text) => make("span", "", text)));
  const [low, high] = panel.legend;
  if (legend.textContent !== panel.legend.join("")) legend.replaceChildren(...(high ? [make("span", "", low), make("i", ""), make("span", "", high)] : []));
  // A caption makes only a narrow panel wider.
  const size = JSON.stringify([panel.rows, panel.cols, panel.cell, panel.room, panel.symbol, panel.beside, panel.legend, width < 144 && panel.caption]);
  return part.size !== (part.size = size);
}

// ---- a field to type in -------------------------------------------------------------------------------------
// A field over one cell, into which the learner types a number. `send(text)` tells Python, `go(goal, open)` moves on.
function editCell({ panel, cursor: [row, col], grid, canvas }, name, first, send, go) {
  const scale = canvas.clientWidth / (panel.cols * panel.cell + 2 * MARGIN), size = Math.max(panel.cell, 34) * scale;
  grid.querySelector("input")?.blur();
  const input = make("input", "cnn-cell-input", "", { type: "text", inputmode: "text", "aria-label": name });
  const before = panel.labels[row * panel.cols + col] ?? "";
  input.value = first ?? before;
  Object.assign(input.style, { left: `${(MARGIN + (col + 0.5) * panel.cell) * scale - size / 2}px`,
    top: `${(MARGIN + (row + 0.5) * panel.cell) * scale - size / 2}px`, width: `${size}px`, height: `${size}px` });
  let done = false;
  const close = (keep, back) => {
    if (done) return;
    done = true;
    input.remove();
    if (keep && input.value !== before) send(input.value);
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
    go(goal, event.key === "Tab");
  });
  grid.append(input);
  input.focus({ preventScroll: true });
  if (first === null) input.select();
}

// What is typed beside a slider or into a field for a whole number is read by Python, as a cell's is: browser and
// ipywidgets each read numbers in a way of their own.
const FIELD = ".widget-readout, input[inputmode=decimal]";

function hearNumbers(demo, tell) {
  const before = new WeakMap(); // fields in which something is being typed: what stood there
  const text = (field) => (field.matches("input") ? "value" : "textContent");
  const send = (field, typed) => {
    const control = [...demo.querySelector(".cnn-controls").children].findIndex((one) => one.contains(field));
    tell({ type: "type", control, text: typed });
  };
  const hear = (event) => {
    const field = event.target.closest?.(FIELD), key = event.type === "keydown" ? event.key : "";
    if (!field || key === "Tab") return;
    if (event.type === "beforeinput") return void (before.has(field) || before.set(field, field[text(field)]));
    const step = field.matches("input") && { ArrowUp: 1, ArrowDown: -1 }[key];
    if (key && key !== "Enter" && !step) return;
    event.stopImmediatePropagation();
    if (key) event.preventDefault();
    if (step) send(field, (field.value = `${clamp(Number(field.value) + step, +field.min, +field.max)}`));
    else if (before.has(field) && (key || event.type === "change" || event.type === "blur")) {
      const typed = field[text(field)], was = before.get(field);
      field[text(field)] = was; // until Python has read it
      before.delete(field);
      if (typed !== was) send(field, typed);
    }
  };
  for (const kind of ["beforeinput", "keydown", "keypress", "keyup", "input", "change", "blur"]) demo.addEventListener(kind, hear, true);
}

// ---- painting cells -----------------------------------------------------------------------------------------
// One panel on a canvas. painter.py paints the same with Pillow; a test holds the two together.

const MARGIN = 4; // CSS pixels around the cells, so that an outline at the edge is not cut off
const SMALLEST = 8; // an outline's inside, in CSS pixels
const LEAST = 11; // a number in a cell, in CSS pixels
const DOTTED_FROM = 20; // in a smaller cell, dots for a number would only be dirt
const GAP_FROM = 12; // cells of at least this many CSS pixels are set apart by a line of background
const ORANGE = "#e69f00", CASING = "#6b4a00", HATCH = "#8a8f98";
const PLAIN = 0, INVENTED = 1, DIMMED = 2, LIT = 3;

const bytes = (view) => new Uint8ClampedArray(view.buffer, view.byteOffset, view.byteLength);

// The colours of a panel that comes as one byte a cell, the row of a table of colours, or as three: red, green, blue.
const looked = new WeakMap();
function colored(sent, table = null) {
  if (looked.get(sent)?.table !== table) {
    const from = bytes(sent), colors = table && new Uint32Array(bytes(table).slice().buffer);
    const found = new Uint32Array(from.length / (table ? 1 : 3));
    for (let i = 0; i < found.length; i++)
      found[i] = table ? colors[from[i]] : from[3 * i] | (from[3 * i + 1] << 8) | (from[3 * i + 2] << 16) | (255 << 24);
    looked.set(sent, { table, pixels: new DataView(found.buffer) });
  }
  return looked.get(sent).pixels;
}

// Black or white, whichever contrasts more (WCAG relative luminance; the two cross at 0.179).
function ink(r, g, b) {
  const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * x + 0.7152 * y + 0.0722 * z > 0.179 ? "#000000" : "#ffffff";
}

function paintPanel(canvas, panel, outlines, { blank, line, soft = line, accent, ratio, fit = 1, focus }) {
  const margin = Math.round(MARGIN * ratio), k = panel.cell * ratio;
  const width = Math.round(panel.cols * k), height = Math.round(panel.rows * k);
  if (canvas.width !== width + 2 * margin || canvas.height !== height + 2 * margin) {
    canvas.width = width + 2 * margin;
    canvas.height = height + 2 * margin;
  }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.translate(margin, margin);
  if (panel.cell >= GAP_FROM || panel.marks) paintCells(ctx, panel, k, ratio, { blank, line, soft, fit }, width, height);
  else paintPhoto(ctx, panel, width, height, k < 1, blank);
  for (const rect of panel.tile ? cutOut(ctx, panel, k) : [[0, 0, panel.rows, panel.cols]]) frame(ctx, panel, rect, k, ratio, line);
  for (const rect of outlines) outline(ctx, rect, k, ratio, ORANGE, CASING);
  if (focus) outline(ctx, focus, k, ratio, accent, "#ffffff");
}

function frame(ctx, panel, rect, k, ratio, line) {
  const gap = panel.cell >= GAP_FROM ? gapOf(ratio) : 0, thin = gapOf(ratio), [x, y, w, h] = edges(rect, k);
  ctx.strokeStyle = line;
  ctx.lineWidth = thin;
  ctx.lineJoin = "miter"; // a halo leaves it round
  ctx.strokeRect(x - thin / 2, y - thin / 2, w - gap + thin, h - gap + thin);
}

// Clear what lies between the pictures of a sheet, and those that are not there; return the cells of the others.
function cutOut(ctx, panel, k) {
  const [height, width, gap] = panel.tile, pixels = bytes(panel.pixels), shown = [];
  const clear = (...rect) => ctx.clearRect(...edges(rect, k));
  for (let row = height; row < panel.rows; row += height + gap) clear(row, 0, gap, panel.cols);
  for (let col = width; col < panel.cols; col += width + gap) clear(0, col, panel.rows, gap);
  for (let row = 0; row < panel.rows; row += height + gap) {
    for (let col = 0; col < panel.cols; col += width + gap) {
      const cells = Array.from({ length: height * width }, (_, i) => (row + Math.floor(i / width)) * panel.cols + col + (i % width));
      if (cells.some((i) => pixels[4 * i + 3])) shown.push([row, col, height, width]);
      else clear(row, col, height, width);
    }
  }
  return shown;
}

// Left, top, width and height of a rectangle of cells, in device pixels.
function edges([row, col, rows, cols], k) {
  const x = Math.round(col * k), y = Math.round(row * k);
  return [x, y, Math.round((col + cols) * k) - x, Math.round((row + rows) * k) - y];
}

const gapOf = (ratio) => Math.max(1, Math.round(ratio));

const photos = new WeakMap(); // canvas -> the photo on it as a canvas of its own, ready to be drawn at any size

function paintPhoto(ctx, panel, width, height, reduce, blank) {
  ctx.fillStyle = blank;
  ctx.fillRect(0, 0, width, height);
  const { cols, rows, pixels } = panel, { canvas } = ctx;
  if (!photos.has(canvas)) photos.set(canvas, { photo: document.createElement("canvas") });
  const kept = photos.get(canvas), { photo } = kept;
  if (photo.width !== cols || photo.height !== rows) Object.assign(photo, { width: cols, height: rows });
  if (kept.pixels !== (kept.pixels = pixels)) photo.getContext("2d").putImageData(new ImageData(bytes(pixels), cols, rows), 0, 0);
  ctx.imageSmoothingEnabled = reduce; // a pixel is a square: enlarged photos stay crisp, reduced ones are averaged
  ctx.imageSmoothingQuality = "high";
  ctx.drawImage(photo, 0, 0, width, height);
}

// `soft` is the line beside a bright cell: on a dark page `line` would cross it like a lattice.
function paintCells(ctx, panel, k, ratio, { blank, line, soft, fit }, width, height) {
  const pixels = bytes(panel.pixels), { marks } = panel;
  const gap = panel.cell >= GAP_FROM ? gapOf(ratio) : 0;
  ctx.fillStyle = line;
  ctx.fillRect(0, 0, width - gap, height - gap);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (let row = 0, i = 0; row < panel.rows; row++) {
    for (let col = 0; col < panel.cols; col++, i++) {
      const x = Math.round(col * k), y = Math.round(row * k);
      const w = Math.round((col + 1) * k) - x - gap, h = Math.round((row + 1) * k) - y - gap;
      const [r, g, b, a] = pixels.subarray(4 * i, 4 * i + 4);
      const fill = a ? `rgb(${r},${g},${b})` : blank;
      if (soft !== line && gap && a && ink(r, g, b) === "#000000") {
        ctx.fillStyle = soft;
        ctx.fillRect(x, y, w + gap, h + gap);
      }
      ctx.fillStyle = fill;
      ctx.fillRect(x, y, w, h);
      if (marks && +marks[i] !== PLAIN) mark(ctx, +marks[i], x, y, w, h, ratio);
      if (panel.labels[i]) label(ctx, panel, panel.labels[i], x + w / 2, y + h / 2, ratio, fit, fill, ink(r, g, b));
    }
  }
}

function mark(ctx, kind, x, y, w, h, ratio) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, w, h);
  ctx.clip();
  if (kind === INVENTED) {
    ctx.strokeStyle = HATCH;
    ctx.lineWidth = 1.5 * ratio;
    ctx.beginPath();
    for (let d = 3 * ratio; d < w + h; d += 6 * ratio) {
      ctx.moveTo(x + d, y);
      ctx.lineTo(x + d - h, y + h);
    }
    ctx.stroke();
  } else if (kind === DIMMED) {
    ctx.fillStyle = "rgba(138,143,152,0.75)";
    ctx.fillRect(x, y, w, h);
  } else if (kind === LIT) {
    ctx.strokeStyle = ORANGE;
    ctx.lineWidth = 6 * ratio; // half of it is clipped
    ctx.strokeRect(x, y, w, h);
  }
  ctx.restore();
}

// How large a cell's number is written; 0: it would be too small to read, or touch its neighbours.
function labelSize({ cell }, text, fit = 1) {
  const least = LEAST / fit, wide = 0.6 * text.length; // over its size
  if (least * wide > cell - 4) return 0;
  return Math.max(least, Math.min(0.38 * cell, Math.min(0.9 * cell, cell - 5) / wide, 16));
}

function label(ctx, panel, text, x, y, ratio, fit, fill, color) {
  if (!labelSize(panel, text, fit)) text = panel.cell * fit < DOTTED_FROM ? "" : "…";
  const size = labelSize(panel, text, fit) * ratio;
  if (!size) return;
  ctx.font = `${size}px "DejaVu Sans Mono", Menlo, Consolas, monospace`;
  if (panel.marks) { // a halo in the cell's colour keeps digits readable on hatching
    ctx.lineWidth = 4 * ratio;
    ctx.lineJoin = "round";
    ctx.strokeStyle = fill;
    ctx.strokeText(text, x, y + 0.06 * size);
  }
  ctx.fillStyle = color;
  ctx.fillText(text, x, y + 0.06 * size);
}

function outline(ctx, [row, col, rows, cols], k, ratio, color, casing) {
  if (rows <= 0 || cols <= 0) return;
  // Around the cells, and never so small that nothing of them is seen.
  const grow = Math.max(0, (SMALLEST * ratio - k * Math.min(rows, cols)) / 2);
  const x = Math.round(col * k - grow), y = Math.round(row * k - grow);
  const w = Math.round((col + cols) * k + grow) - x, h = Math.round((row + rows) * k + grow) - y;
  for (const [stroke, line] of [[casing, 4.5], [color, 3]]) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = line * ratio;
    ctx.beginPath();
    ctx.roundRect(x, y, w, h, 3 * ratio);
    ctx.stroke();
  }
}

// The part of a rectangle that lies on the panel.
function inside([row, col, rows, cols], panel) {
  const top = Math.max(row, 0), left = Math.max(col, 0);
  return [top, left, Math.min(row + rows, panel.rows) - top, Math.min(col + cols, panel.cols) - left];
}

// The cells of a rectangle, which is counted in pictures where the panel is a sheet of them, as in view.Panel.block.
function blockOf([row, col, rows, cols], { tile }) {
  if (!tile) return [row, col, rows, cols];
  const [height, width, gap] = tile, down = height + gap, across = width + gap;
  return [row * down, col * across, rows * down - gap, cols * across - gap];
}

// The cells of `link.on` that make cell (row, col) of `link.of`, as in view.Window.rectangles.
function rectangles(link, [row, col]) {
  const top = link.start[0] + row * link.stride[0], left = link.start[1] + col * link.stride[1];
  const [down, across] = link.dilation, [rows, cols] = link.taps;
  if (down === 1 && across === 1) return [[top, left, rows, cols]];
  const found = [];
  for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) found.push([top + r * down, left + c * across, 1, 1]);
  return found;
}

// ---- charts -------------------------------------------------------------------------------------------------
// A chart arrives as the text of an SVG. It is parsed, not run, and what no chart needs is left out: scripts, links,
// handlers. Its colours are CSS variables, so that it follows the theme by itself.

const CHART_PARTS = new Set(["svg", "g", "path", "text"]);
const CHART_SAYS = new Set(["xmlns", "viewBox", "x", "y", "width", "height", "d", "style", "font-size", "text-anchor", "transform", "shape-rendering"]);

function readChart(text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  for (const node of [svg, ...svg.querySelectorAll("*")]) {
    if (!CHART_PARTS.has(node.localName)) node.remove();
    for (const { name } of [...node.attributes]) if (!CHART_SAYS.has(name)) node.removeAttribute(name);
  }
  return CHART_PARTS.has(svg.localName) ? document.importNode(svg, true) : document.createTextNode("");
}

function showChart(part, sent) {
  if (part.sent === sent) return;
  part.sent = sent;
  part.grid.replaceChildren(readChart(new TextDecoder().decode(sent)));
}

// ---- fitting ------------------------------------------------------------------------------------------------
// In a page narrower than a demo gets, the panels of a row shrink together, where they would else fall apart.

const ROOM = 734; // CSS pixels for panels: in that room Python chose the sizes
const BESIDE = 312; // CSS pixels for the controls beside the panels, and for what lies between and around
const NEARLY = 0.87; // to have controls beside them, panels shrink so far, unless numbers are lost
const SMALLEST_FIT = 0.5; // below, rows break after all
const SMALLEST_CHART = 0.6; // below, one scrolls

// The rows of panels as they break in that room: where each begins and ends, and what of it can shrink.
function rowsOf(row, parts) {
  row.style.width = `${ROOM}px`;
  for (const { grid } of parts) grid.style.removeProperty("--shown");
  const rows = new Map(), asides = parts.map(({ beside }) => beside.offsetWidth), widths = parts.map(({ frame }, i) => frame.offsetWidth - asides[i]);
  parts.forEach(({ box: { offsetLeft: left, offsetWidth: width, offsetTop: top } }, i) => {
    const { start = left, end = 0, soft = 0 } = rows.get(top) ?? {};
    rows.set(top, { start: Math.min(start, left), end: Math.max(end, left + width), soft: soft + widths[i] });
  });
  row.style.width = "";
  return [[...rows.values()], widths, asides];
}

// Controls stand beside the panels where both have room, else below them. A prediction has nothing to stand beside.
function placeControls(demo, row, parts) {
  if (demo.matches(".cnn-predict")) return;
  demo.classList.remove("cnn-beside");
  row.style.setProperty("--fit", 1);
  const [rows] = rowsOf(row, parts), wide = Math.min(ROOM, Math.max(...rows.map(({ start, end }) => end - start)));
  const lost = ({ panel }) => panel.labels.some((text) => text && labelSize(panel, text) && !labelSize(panel, text, NEARLY));
  const needed = BESIDE + (parts.some(lost) ? 1 : NEARLY) * wide;
  demo.classList.toggle("cnn-beside", demo.parentElement.clientWidth >= needed);
}

function fitPanels(row, parts, room) { // what is asked of the page is asked at once: each question after a change lays it out
  const charts = parts.filter(({ panel }) => panel.chart), symbols = charts.map(({ box, frame }) => frame.offsetLeft - box.offsetLeft);
  const set = (fit) => {
    row.style.setProperty("--fit", fit);
    charts.forEach(({ panel, grid }, i) => {
      const most = room ? (room - symbols[i] - 2 * MARGIN) / panel.cols : 1, shown = Math.min(fit, Math.max(most, SMALLEST_CHART));
      grid.style.setProperty("--shown", shown);
      grid.classList.toggle("cnn-small", shown < 1); // its texts stay as large as they are
    });
  };
  set(1);
  for (const { caption } of parts) caption.style.maxWidth = "";
  if (room >= ROOM || !room) return 1;
  const [rows, widths, asides] = rowsOf(row, parts);
  const fits = rows.map(({ start, end, soft }) => (room - 1 - (end - start - soft)) / soft); // 1: offsets are rounded
  const smallest = Math.max(SMALLEST_FIT, ...parts.map(({ panel }) => (panel.beside.length ? LEAST / panel.cell : 0)));
  const best = Math.min(1, ...fits), fit = best < smallest ? 1 : best < 1 ? 0.995 * best : 1;
  set(fit);
  if (fit < 1) parts.forEach(({ caption }, i) => (caption.style.maxWidth = `${fit * widths[i] + asides[i]}px`));
  return fit;
}

// ---- adoption -----------------------------------------------------------------------------------------------
// Once the demo is in the page: JupyterLab's shortcuts keep out of it (x would cut the cell while a slider has
// the focus), and ipywidgets' nameless slider handles and read-outs get the name that stands beside them.
function adopt(el, tell) {
  const demo = el.closest(".cnn-demo");
  if (!demo || demo.dataset.lmSuppressShortcuts) return;
  demo.dataset.lmSuppressShortcuts = "true";
  hearNumbers(demo, tell);
  // JupyterLab looks at the focused element itself before it looks at what surrounds it.
  demo.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));
  // Enter in a field: its text goes first, then ipywidgets' message that Enter was pressed.
  demo.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".widget-text input")) event.target.dispatchEvent(new Event("change", { bubbles: true }));
  }, true);
  // Saving is meant for the whole notebook: the key is told again to what surrounds the demo.
  demo.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || event.ctrlKey === event.metaKey) return;
    if (!demo.parentElement.dispatchEvent(new KeyboardEvent("keydown", event))) event.preventDefault();
  });
  demo.setAttribute("role", "group");
  demo.setAttribute("aria-label", demo.querySelector(".cnn-title")?.textContent ?? "");
  const name = () => {
    for (const button of demo.querySelectorAll(".cnn-controls button[title]")) {
      // Arrows and triangles are read as shapes; a button's tooltip says what it does.
      if (button.title && button.ariaLabel !== button.title) button.ariaLabel = button.title;
    }
    for (const upload of demo.querySelectorAll(".widget-upload")) {
      const text = upload.lastChild; // ipywidgets counts the files
      if (/ \(\d+\)$/.test(text?.textContent)) text.textContent = text.textContent.replace(/ \(\d+\)$/, "");
    }
    for (const field of demo.querySelectorAll("input[type=number]")) Object.assign(field, { type: "text", inputMode: "decimal" });
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
  new MutationObserver(name).observe(demo.querySelector(".cnn-controls"), { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["class"] });
}

export default { initialize, render };
