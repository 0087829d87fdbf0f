// What the page tells Python. One message travels at a time; of pointing only the newest follows, of painting all
// cells, so that a slow kernel is never flooded. Several pages may show one demo: each knows its own messages.

const GONE = "Python no longer knows this demo, perhaps because the kernel was restarted. Run its cell again.";
const NO_ANSWER = "No answer from Python for ten seconds. If no cell is running, run the cell of this demo again.";

function openChannel(model, showProblem) {
  const me = String(Math.random()), strokes = [];
  let sent = 0, waiting = 0, next = null, silence = 0;
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
  const soon = () => {
    if (!waiting || performance.now() - waiting >= 2000) follow();
  };
  return {
    tell,
    point: (message) => ((next = message), soon()),
    stroke: (more) => (strokes.push(...more), soon()),
    strokesOn: (id) => strokes.filter((stroke) => stroke.panel === id),
    settled: ([who, number]) => !next && !strokes.length && (who === me ? number >= sent : !waiting),
    answered: () => {
      const [who, number] = model.get("answered");
      if (who === me && number < sent) return;
      clearTimeout(silence);
      showProblem();
      waiting = 0;
      follow();
    },
    close: () => clearTimeout(silence),
  };
}

// Take the first strokes that paint, or that erase, one panel.
function takeStroke(strokes) {
  const { panel, erase } = strokes[0], end = strokes.findIndex((s) => s.panel !== panel || s.erase !== erase);
  return strokes.splice(0, end < 0 ? strokes.length : end).map((stroke) => stroke.cell);
}
