// In a page narrower than a demo gets, the panels of a row shrink together, where they would else fall apart.

const ROOM = 734; // CSS pixels inside a demo as wide as it gets: in that room Python chose the sizes
const SMALLEST_FIT = 0.5; // below, rows break after all

function fitPanels(row, parts, room) {
  const set = (fit) => row.style.setProperty("--fit", fit);
  set(1);
  for (const { caption } of parts) caption.style.maxWidth = "";
  if (room >= ROOM || !room) return 1;
  row.style.width = `${ROOM}px`;
  const rows = new Map(); // those that stand beside each other: where the row begins and ends, what of it can shrink
  for (const { box, frame } of parts) {
    const { offsetLeft: left, offsetWidth: width, offsetTop: top } = box;
    const { ends = [left, 0], soft = 0 } = rows.get(top) ?? {};
    rows.set(top, { ends: [Math.min(ends[0], left), Math.max(ends[1], left + width)], soft: soft + frame.offsetWidth });
  }
  const widths = parts.map(({ frame }) => frame.offsetWidth);
  row.style.width = "";
  const fits = [...rows.values()].map(({ ends, soft }) => (room - 1 - (ends[1] - ends[0] - soft)) / soft); // 1: offsets are rounded
  const best = Math.min(1, ...fits), fit = best < SMALLEST_FIT ? 1 : best < 1 ? 0.995 * best : 1;
  set(fit);
  if (fit < 1) parts.forEach(({ caption }, i) => (caption.style.maxWidth = `${fit * widths[i]}px`));
  return fit;
}
