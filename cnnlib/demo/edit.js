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
