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
