"""Does a demo fit a laptop's screen? Picture and controls in one view, texts large enough, numbers apart."""

WIDTH = 1366  # of the window, in CSS pixels
ROOM = 540  # what browser and JupyterLab leave of 768 for the notebook
LEAST = 11  # of a text
APART = 3.5  # between the numbers of two neighbouring cells

# Canvases tell what is written on them. What was painted before is painted again, as a colour changes: by all
# demos of the page at once.
LISTEN = """async (demo) => {
  const paper = CanvasRenderingContext2D.prototype, { clearRect, fillText } = paper;
  if (!paper.listens) {
    paper.listens = true;
    paper.clearRect = function (...rect) {
      if (rect[2] >= this.canvas.width) this.canvas.texts = [];
      clearRect.apply(this, rect);
    };
    paper.fillText = function (text, x, y) {
      const { e, f } = this.getTransform(), half = this.measureText(text).width / 2;
      const at = { left: x + e - half, right: x + e + half, y: Math.round(y + f) };
      (this.canvas.texts ??= []).push({ text, size: parseFloat(this.font), ...at });
      fillText.call(this, text, x, y);
    };
  }
  if ([...demo.querySelectorAll('canvas')].every(canvas => canvas.texts)) return;
  for (const color of ['#0b63b6', '']) {
    for (const demo of document.querySelectorAll('.cnn-demo')) demo.style.setProperty('--cnn-accent', color);
    document.body.setAttribute('data-jp-theme-name', document.body.dataset.jpThemeName);
    await new Promise(requestAnimationFrame);
  }
}"""

# Of each kind of fault in a panel the worst is told.
LOOK = """([demo, room, least, apart]) => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }), box = (e) => e.getBoundingClientRect();
  const faults = new Map();
  const tell = (where, kind, value, words) => {
    const key = where + kind;
    if (!(faults.get(key)?.value <= value)) faults.set(key, { value, words: `${where}: ${words}` });
  };
  const small = (where, size, text) => {
    const words = `'${text.slice(0, 30)}' is ${size.toFixed(1)} px high`;
    if (size < least - 0.05) tell(where, 'size', size, words);
  };
  const panels = [...demo.querySelectorAll('.cnn-panel')].filter(seen);
  const controls = [...demo.querySelectorAll('.cnn-controls > *')].filter(seen);
  const top = Math.min(...(panels.length ? panels : [demo]).map((e) => box(e).top));
  const high = Math.round(Math.max(...[...panels, ...controls].map((e) => box(e).bottom)) - top);
  if (high > room) tell('picture and controls', 'height', 0, `they take ${high} px`);

  for (const panel of panels) {
    const before = panel.previousElementSibling, symbol = panel.querySelector('.cnn-symbol')?.textContent;
    const first = !before || box(before).right > box(panel).left;
    if (first && /^[∗=+−×⊙]$/.test(symbol)) tell('a row', 'begins', 0, `it begins with a bare ${symbol}`);
  }
  for (const canvas of demo.querySelectorAll('canvas')) {
    const where = `panel ${canvas.closest('.cnn-panel')?.dataset.panel}`;
    const scale = box(canvas).width / canvas.width;
    for (const texts of Map.groupBy(canvas.texts ?? [], (text) => text.y).values()) {
      texts.sort((a, b) => a.left - b.left);
      for (const [i, { text, size, left }] of texts.entries()) {
        small(where, size * scale, text);
        const gap = i ? (left - texts[i - 1].right) * scale : apart;
        const words = `'${texts[i - 1]?.text}' and '${text}' are ${gap.toFixed(1)} px apart`;
        if (gap < apart) tell(where, 'gap', gap, words);
      }
    }
  }
  const walker = document.createTreeWalker(demo, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { textContent, parentElement: e } = walker.currentNode;
    if (!textContent.trim() || !seen(e)) continue;
    const drawn = e.getScreenCTM?.().a ?? 1, panel = e.closest('.cnn-panel')?.dataset.panel;
    small(panel ?? e.className, parseFloat(getComputedStyle(e).fontSize) * drawn, textContent.trim());
  }
  return [...faults.values()].map(({ words }) => words);
}"""


def check_screen(page, demo):
    """Measure a demo as it is at first sight, in a window `WIDTH` wide."""
    if page.tab.viewport_size["width"] != WIDTH:
        page.resize(WIDTH, page.tab.viewport_size["height"])
        page.settle(demo)
    demo.evaluate(LISTEN)
    return page.tab.evaluate(LOOK, [demo, ROOM, LEAST, APART])
