// How one panel is painted on a canvas. painter.py paints the same with Pillow; a test holds the two together.

const MARGIN = 4; // CSS pixels around the cells, so that an outline at the edge is not cut off
const SMALLEST = 8; // an outline's inside, in CSS pixels
const GAP_FROM = 12; // cells of at least this many CSS pixels are set apart by a line of background
const ORANGE = "#e69f00", CASING = "#6b4a00", HATCH = "#8a8f98";
const PLAIN = 0, INVENTED = 1, DIMMED = 2, LIT = 3;

const bytes = (view) => new Uint8ClampedArray(view.buffer, view.byteOffset, view.byteLength);

// The colours of a panel that comes as one byte a cell, the row of a table of colours.
const looked = new WeakMap();
function lookUp(levels, table) {
  if (looked.get(levels)?.table !== table) {
    const colors = new Uint32Array(bytes(table).slice().buffer);
    const from = bytes(levels), found = new Uint32Array(from.length);
    for (let i = 0; i < from.length; i++) found[i] = colors[from[i]];
    looked.set(levels, { table, pixels: new DataView(found.buffer) });
  }
  return looked.get(levels).pixels;
}

// Black or white, whichever contrasts more (WCAG relative luminance; the two cross at 0.179).
function ink(r, g, b) {
  const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * x + 0.7152 * y + 0.0722 * z > 0.179 ? "#000000" : "#ffffff";
}

function paintPanel(canvas, panel, outlines, { blank, line, soft = line, accent, ratio, focus }) {
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
  if (panel.cell >= GAP_FROM || panel.marks) paintCells(ctx, panel, k, ratio, { blank, line, soft }, width, height);
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

const photos = new WeakMap(); // pixels -> the same as a canvas, ready to be drawn at any size

function paintPhoto(ctx, panel, width, height, reduce, blank) {
  ctx.fillStyle = blank;
  ctx.fillRect(0, 0, width, height);
  let photo = photos.get(panel.pixels);
  if (!photo) {
    photo = Object.assign(document.createElement("canvas"), { width: panel.cols, height: panel.rows });
    photo.getContext("2d").putImageData(new ImageData(bytes(panel.pixels), panel.cols, panel.rows), 0, 0);
    photos.set(panel.pixels, photo);
  }
  ctx.imageSmoothingEnabled = reduce; // a pixel is a square: enlarged photos stay crisp, reduced ones are averaged
  ctx.imageSmoothingQuality = "high";
  ctx.drawImage(photo, 0, 0, width, height);
}

// `soft` is the line beside a bright cell: on a dark page `line` would cross it like a lattice.
function paintCells(ctx, panel, k, ratio, { blank, line, soft }, width, height) {
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
      if (panel.labels.length && panel.labels[i]) label(ctx, panel, panel.labels[i], x + w / 2, y + h / 2, ratio, fill, ink(r, g, b));
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

function label(ctx, panel, text, x, y, ratio, fill, color) {
  const size = Math.min(0.38 * panel.cell, (1.5 * panel.cell) / text.length, 16) * ratio;
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
