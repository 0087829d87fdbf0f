// The face of every demo: title, panels, arithmetic, the sentence in words, code. Python computes, this file
// draws. Only pointing, typing and painting are answered in the page, then told to Python.

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
  let speech = 0, drawn = null, built = "", room = ROOM, shrunk = 1;

  // A screen reader hears where a drag ends, not every step of it.
  const say = (text) => {
    clearTimeout(speech);
    speech = setTimeout(() => (live.textContent = text), 500);
  };

  const showProblem = (text = model.get("problem")) => {
    if (problem.textContent !== text) problem.textContent = text;
    problem.hidden = !text;
  };
  const channel = openChannel(model, showProblem);

  const style = () => {
    const css = getComputedStyle(el);
    const color = (name) => css.getPropertyValue(`--cnn-${name}`).trim() || "#888888";
    return { blank: color("blank"), line: color("grid"), soft: color("soft"), accent: color("accent"), ratio: (window.devicePixelRatio || 1) * shrunk };
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
    const cursor = clampCell(cell, part.panel);
    if (part.cursor && cursor[0] === part.cursor[0] && cursor[1] === part.cursor[1]) return;
    part.cursor = cursor;
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
    return dressPanel(part, panel);
  };
  const fit = () => {
    const before = shrunk;
    shrunk = fitPanels(row, [...panels.values()], room);
    return shrunk !== before;
  };
  const colors = (panel, i) => {
    const sent = model.get(`pixels${i}`);
    return panel.table ? lookUp(sent, model.get("tables")[panel.table]) : sent;
  };

  const update = () => {
    view = model.get("view");
    if (!view.panels) return;
    const ids = view.panels.map((panel) => panel.id + panel.chart);
    if (ids.join() !== built) {
      built = ids.join();
      panels.clear();
      for (const panel of view.panels) panels.set(panel.id, buildPanel(panel, { moveTo, edit, brush, paint }));
      const breakBefore = (part) => (part.panel.new_row ? [make("span", "cnn-break")] : []);
      row.replaceChildren(...[...panels.values()].flatMap((part) => [...breakBefore(part), part.box]));
    }
    const looks = view.panels.map((panel, i) => fill(panels.get(panel.id), { ...panel, pixels: colors(panel, i) }));
    if (looks.some(Boolean) && room < ROOM && fit()) drawn = style();
    panels.forEach(paint);
    arithmetic.replaceChildren(...view.arithmetic.map(([text, role]) => make("span", role && `cnn-${role}`, text)));
    if (sentence.textContent !== view.sentence) {
      if (sentence.textContent) say(view.sentence);
      sentence.textContent = view.sentence;
    }
    sentence.dataset.verdict = view.verdict;
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
  reset.addEventListener("click", () => channel.tell({ type: "reset" }));

  const listeners = { view: update, problem: () => showProblem(), code: showCode, has_code: showCode, answered: channel.answered };
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
    room = head.clientWidth;
    fit();
    paintAll(); // colours are known only once the demo is in the page
    adopt(el);
  });
  settle.observe(head); // `el` is no box where the controls stand between its parts
  return () => {
    clearTimeout(speech);
    channel.close();
    theme.disconnect();
    settle.disconnect();
    away.abort();
    for (const [name, listener] of Object.entries(listeners)) model.off(`change:${name}`, listener);
  };
}

export default { render };
