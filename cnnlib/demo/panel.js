// One panel on the page: its nodes, and what mouse, touch and keys do to it. `hands` are the deeds of the demo.

const make = (tag, className, text = "", attributes = {}) => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};
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
    legend: make("div", "cnn-legend"), symbol: make("span", "cnn-symbol"), cursor: null, painting: null, grip: null, focused: false };
  notes.append(part.legend, part.caption);
  part.frame.append(grid, notes);
  box.append(part.symbol, part.frame);
  if (panel.chart) return part; // a chart is to look at
  grid.append(canvas);
  grid.addEventListener("keydown", (event) => onKey(part, event, hands));
  for (const kind of ["focus", "blur"]) grid.addEventListener(kind, () => {
    part.focused = kind === "focus" && grid.matches(":focus-visible");
    hands.paint(part);
  });
  const drag = (event) => hands.moveTo(part, cellAt(part, event).map((n, i) => n - part.grip[i]));
  canvas.addEventListener("pointermove", (event) => {
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
  part.cursor ||= [0, 0];
  const [row, col] = part.cursor, { panel } = part, [rows, cols] = extent(panel);
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

// Put on a panel what stands around its cells; nothing is touched that has not changed.
function dressPanel(part, panel) {
  const { pixels, labels, marks, cursor, ...rest } = panel, look = JSON.stringify(rest);
  if (look === part.look) return false;
  part.look = look;
  const { grid, canvas, legend } = part, active = panel.point || panel.edit || panel.paint;
  part.symbol.textContent = panel.symbol;
  part.caption.textContent = panel.caption;
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
  part.frame.style.minWidth = panel.room ? `calc(${panel.room}px * var(--fit, 1))` : "";
  legend.replaceChildren();
  if (panel.legend.length) legend.append(make("span", "", panel.legend[0]), make("i", ""), make("span", "", panel.legend[1]));
  return true;
}
