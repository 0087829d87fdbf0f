"""Real JupyterLab in real Chromium: open a notebook, run it, find its demos, collect all that goes wrong.

>>> with chromium() as browser, Lab(browser, ["notebooks/00_start_here.ipynb"]) as lab:    # doctest: +SKIP
...     page = lab.open("00_start_here.ipynb")
...     page.run_all()
...     print(page.problems())
"""

import os
import re
import shutil
from contextlib import contextmanager
from urllib.parse import quote

from playwright.sync_api import sync_playwright
from server import LabServer

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
HOW_TO_GET_CHROMIUM = (
    "no Chromium found: install your system's chromium or Google Chrome package (or run "
    "`python -m playwright install chromium`), or set CHROMIUM to its path"
)
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

# Runs in the page once the notebook is open; `cnn` is the handle for everything below.
ATTACH = """async (seconds) => {
  const pause = (ms) => new Promise(done => setTimeout(done, ms));
  const end = performance.now() + 1000 * seconds;
  let why = 'JupyterLab did not start';
  while (performance.now() < end) {
    const panel = window.jupyterapp?.shell?.currentWidget;
    const session = panel?.sessionContext;
    if (panel?.content?.model && session) {
      await panel.context.ready;
      const kernel = session.session?.kernel;
      why = `kernel ${kernel?.status}, connection ${kernel?.connectionStatus}`;
      if (session.isReady && kernel?.status === 'idle' && kernel.connectionStatus === 'connected') {
        const cnn = window.cnn = { panel, session, kernel, notebook: panel.content, problems: [] };
        cnn.unanswered = new Set();
        kernel.anyMessage.connect((_, { msg, direction }) => {
          if (direction === 'send' && msg.channel === 'shell') cnn.unanswered.add(msg.header.msg_id);
        });
        // Errors of widget callbacks reach no cell: JupyterLab hides them in its log. Hear them here.
        kernel.iopubMessage.connect((_, message) => {
          const { msg_type } = message.header, content = message.content;
          if (content.execution_state === 'idle') cnn.unanswered.delete(message.parent_header.msg_id);
          if (msg_type === 'error') cnn.problems.push(content.traceback.join('\\n') || content.evalue);
          if (msg_type === 'stream' && content.name === 'stderr') cnn.problems.push(content.text);
        });
        return;
      }
    }
    await pause(50);
  }
  throw new Error('not ready: ' + why);
}"""

OUTPUTS = """() => cnn.notebook.widgets.map((cell, index) => {
  const { cell_type, outputs = [], metadata = {}, source } = cell.model.toJSON();
  const text = [source].flat().join('');
  return { index, id: cell.model.id, cell_type, outputs, tags: metadata.tags || [], source: text };
})"""

# What of a notebook is no output.
OTHERS = ".jp-Cell:not(.jp-CodeCell), .jp-Cell-inputWrapper { display: none !important; }"

# JupyterLab's bars, which it paints again at every frame; and each cell is painted for itself.
BARS = (
    "#jp-top-panel, #jp-menu-panel, .jp-SideBar, #jp-bottom-panel, .jp-NotebookPanel-toolbar"
    "{ display: none !important; } .jp-Cell { will-change: transform; }"
)

# Idle: every message that was sent has had its answer, and nothing was sent on that answer (ipywidgets holds
# a second change back until the first is done).
IDLE = """async () => {
  for (let quiet = 0; quiet < 2; quiet = cnn.unanswered.size ? 0 : quiet + 1)
    await new Promise(requestAnimationFrame);
}"""

# All a learner can see of a demo, as text: equal texts are equal pictures; and the notebook's cells.
# Not `innerText`: it is empty where a new text lies outside of the window and is therefore not laid out.
STATE = """(demo) => {
  const seen = (selector) => [...demo.querySelectorAll(selector)]
    .filter(e => e.checkVisibility({ visibilityProperty: true })).map(e => e.textContent.trim()).join('|');
  const hash = (canvas) => {
    if (!canvas.width || !canvas.height) return 'empty';
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 2166136261;
    for (const pixel of new Uint32Array(data.buffer)) sum = Math.imul(sum ^ pixel, 16777619);
    return `${canvas.width}x${canvas.height}:${sum >>> 0}`;
  };
  const value = (e) => e.getAttribute('aria-valuenow') ??
    (/checkbox|radio/.test(e.type) ? e.checked : e.value) + (e.classList.contains('mod-active') ? ' on' : '');
  return {
    picture: [...demo.querySelectorAll('canvas')].map(c =>
      (c.closest('.cnn-panel')?.dataset.panel ?? '') + ' ' + hash(c)).join(),
    images: [...demo.querySelectorAll('img')].map(i => i.src).join(),
    charts: [...demo.querySelectorAll('.cnn-panel svg')].map(s => s.outerHTML).join(),
    sentence: seen('.cnn-sentence'), arithmetic: seen('.cnn-arithmetic'), problem: seen('.cnn-problem'),
    code: demo.querySelector('.cnn-code')?.textContent ?? '',
    controls: [...demo.querySelectorAll('.cnn-controls :is(.noUi-handle, select, input, textarea, button)')]
      .filter(e => e.type !== 'file' && e.checkVisibility()).map(value).join(),
    cells: cnn.notebook.widgets.map(cell => `${cell.model.id} ${cell.model.type}`),
  };
}"""

# At rest: the kernel has answered, nothing more was sent in the next frame, and before and after it the same
# is seen in the same places.
SETTLED = f"""async (demo) => {{
  const state = {STATE};
  const pause = (ms) => new Promise(done => setTimeout(done, ms));
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const place = (e) => {{
    const {{ left, top, width, height }} = e.getBoundingClientRect();
    return [left, top, width, height];
  }};
  const look = () => [state(demo), [demo, ...demo.querySelectorAll('*')].map(place),
    [...demo.querySelectorAll('img')].every(i => i.complete)];
  await document.fonts.ready;
  let before = JSON.stringify(look());
  for (const end = performance.now() + 10_000; performance.now() < end;) {{
    await frame();
    for (; cnn.unanswered.size && performance.now() < end; before = null) await pause(1);
    const now = look(), text = JSON.stringify(now);
    if (text === before) return now[0];
    before = text;
  }}
  throw new Error('the demo never comes to rest');
}}"""


def find_chromium(playwright):
    """Return a Chromium's path: CHROMIUM, then PATH, the usual places, Playwright's own; else None."""
    if chosen := os.environ.get("CHROMIUM"):
        return shutil.which(chosen)
    candidates = [*map(shutil.which, NAMES), *PLACES, playwright.chromium.executable_path]
    return next((path for path in candidates if path and os.path.exists(path)), None)


@contextmanager
def chromium():
    """Start a browser for the tools of the command line; tests have pytest-playwright's."""
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if not path:
            raise SystemExit(HOW_TO_GET_CHROMIUM)
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


class Lab:
    """One JupyterLab server in a browser, with as many pages as asked for."""

    def __init__(self, browser, notebooks=()):
        self.server = LabServer(notebooks)
        self._browser = browser
        self._contexts = {}
        self._opened = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.stop()

    def open(self, name, *, width=1100, height=1000, scale=1):
        """Open a served notebook in a tab and wait until its kernel answers; return a `LabPage`."""
        if scale not in self._contexts:
            self._contexts[scale] = self._browser.new_context(
                device_scale_factor=scale, reduced_motion="reduce"
            )
        tab = self._contexts[scale].new_page()
        tab.set_viewport_size({"width": width, "height": height})
        page = LabPage(tab)
        self._opened += 1
        address = (
            f"{self.server.url}lab/workspaces/w{self._opened}/tree/{quote(name)}?token={self.server.token}"
        )
        tab.goto(address)
        page.attach()
        return page


class LabPage:
    """One notebook in one browser tab. `tab` is the Playwright page, for all that is not here."""

    def __init__(self, tab):
        self.tab = tab
        self.console = []
        self._told = set()
        self.photo = None
        tab.on("console", self._hear)
        tab.on("pageerror", lambda error: self.console.append(f"page error: {error}"))
        # "Leave the site?" is answered with yes: refused, a reload would wait for ever.
        leave = "beforeunload"
        tab.on("dialog", lambda dialog: dialog.accept() if dialog.type == leave else dialog.dismiss())
        tab.on("filechooser", lambda chooser: self.photo and chooser.set_files(self.photo))

    def _hear(self, message):
        if message.type == "error":
            self.console.append(f"console error: {message.text} ({message.location.get('url', '')})")

    def attach(self, seconds=60):
        """Wait for the kernel, listen to it, and fold the side bar away."""
        self.tab.wait_for_function("() => window.jupyterapp", timeout=1000 * seconds)
        self.tab.evaluate(ATTACH, seconds)
        self.tab.evaluate("() => jupyterapp.shell.collapseLeft()")

    def turn_to(self, name, *, width=1100, height=1000):
        """Close this notebook with its kernel and open another one in the same tab."""
        self.tab.evaluate(
            """async (name) => {
                 await cnn.panel.context.save();
                 await cnn.session.shutdown();
                 cnn.panel.dispose();
                 await jupyterapp.commands.execute('docmanager:open', { path: name });
               }""",
            name,
        )
        self.resize(width, height)
        self.console.clear()
        self._told.clear()
        self.attach()

    def close(self):
        """Shut the kernel down and close the tab without asking."""
        self.tab.evaluate("async () => { await cnn.panel.context.save(); await cnn.session.shutdown(); }")
        self.tab.close(run_before_unload=False)

    # ---- running -----------------------------------------------------------------------------------------
    def run_all(self, seconds=120):
        """Run all cells and wait until the kernel has nothing left to do."""
        # JupyterLab asks a new kernel for widgets before ipywidgets is there ("No such comm"): not ours.
        self.tab.evaluate("async () => { await cnn.kernel.requestKernelInfo(); cnn.problems.length = 0; }")
        self.tab.evaluate(
            """(seconds) => Promise.race([
                 jupyterapp.commands.execute('notebook:run-all-cells'),
                 new Promise((_, fail) => setTimeout(() => fail(new Error(`running for ${seconds} s`)),
                                                     1000 * seconds))])""",
            seconds,
        )
        self.wait_idle()

    def wait_idle(self):
        """Wait until the kernel has dealt with all that was sent, and its answers are painted."""
        self.tab.evaluate(IDLE)

    def python(self, expression):
        """Evaluate a Python expression in the notebook's kernel and return its `repr`."""
        reply = self.tab.evaluate(
            """async (expression) => {
                 const request = { code: '', silent: true, store_history: false,
                                   user_expressions: { it: expression } };
                 const reply = await cnn.kernel.requestExecute(request).done;
                 return reply.content.user_expressions.it;
               }""",
            expression,
        )
        if reply["status"] != "ok":
            raise RuntimeError(f"python: {expression} raised {reply['ename']}: {reply['evalue']}")
        return reply["data"]["text/plain"]

    # ---- what went wrong ---------------------------------------------------------------------------------
    def cells(self):
        """Return the cells from the model, also those JupyterLab keeps out of the page."""
        return self.tab.evaluate(OUTPUTS)

    def problems(self, allowed=()):
        """Return every error that kernel or page told so far; `allowed` are substrings."""
        found = [*self.console, *self.tab.evaluate("() => cnn.problems")]
        found = [re.sub(r"\x1b\[[\d;]*m", "", text) for text in found]
        return [text for text in dict.fromkeys(found) if not any(part in text for part in allowed)]

    def news(self, allowed=()):
        """Return the problems that were not returned by an earlier `news`: what the last actions broke."""
        new = [text for text in self.problems(allowed) if text not in self._told]
        self._told.update(new)
        return new

    def layout(self):
        """Return what a stray shortcut would change: which cells there are, their types, the active one."""
        cells = "() => cnn.notebook.widgets.map(c => `${c.model.id} ${c.model.type}`)"
        return self.tab.evaluate(cells), self.tab.evaluate("() => cnn.notebook.activeCellIndex")

    def undo(self, cells):
        """Undo changes of cells until these are back (or it cannot be)."""
        for _ in range(20):
            if self.layout()[0] == cells:
                break
            self.tab.evaluate("() => jupyterapp.commands.execute('notebook:undo-cell-action')")

    # ---- looking -----------------------------------------------------------------------------------------
    def theme(self, name):
        """Switch JupyterLab's theme: "light" or "dark"."""
        if self.tab.evaluate("() => document.body.dataset.jpThemeName") == THEMES[name]:
            return
        self.tab.evaluate(
            "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", THEMES[name]
        )
        self.tab.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=THEMES[name])
        self.tab.evaluate("() => new Promise(done => setTimeout(done, 300))")

    def resize(self, width, height):
        """Set the size of the browser window in CSS pixels."""
        self.tab.set_viewport_size({"width": int(width), "height": int(height)})

    def output_width(self, width, demo):
        """Make the window so wide that the output area around `demo` has `width` CSS pixels."""
        for _ in range(3):
            now = demo.evaluate("e => e.closest('.jp-OutputArea-output').clientWidth")
            if now == width:
                return
            size = self.tab.viewport_size
            self.resize(size["width"] + width - now, size["height"])
            self.settle(demo)

    def scroll_to(self, cell):
        """Bring a cell, by id, into the page (JupyterLab detaches those far away); return its element."""
        handle = self.tab.evaluate_handle(
            """async (id) => {
                 const index = cnn.notebook.widgets.findIndex(cell => cell.model.id === id);
                 if (index < 0) throw new Error(`cell ${id} is gone`);
                 await cnn.notebook.scrollToItem(index, 'start').catch(() => {});
                 const cell = cnn.notebook.widgets[index];
                 for (let tries = 0; tries < 100 && !cell.isAttached; tries++)
                   await new Promise(requestAnimationFrame);
                 cell.node.scrollIntoView({ block: 'start', behavior: 'instant' });
                 return cell.node;
               }""",
            cell,
        )
        return handle.as_element()

    @contextmanager
    def bare(self):
        """Have the notebook alone in the page: a fifth of the page's work goes into the bars around it."""
        style = self.tab.add_style_tag(content=BARS)
        yield
        style.evaluate("style => style.remove()")

    @contextmanager
    def unrolled(self, height=16000):
        """Have every output in the page at once, and nothing else, in a high window: it is slow to paint."""
        size = self.tab.viewport_size
        rest = self.tab.add_style_tag(content=OTHERS)
        windowing = self.tab.evaluate(
            """async () => {
                 const { windowingMode } = cnn.notebook.notebookConfig;
                 cnn.notebook.notebookConfig = { ...cnn.notebook.notebookConfig, windowingMode: 'none' };
                 const away = () => cnn.notebook.widgets.some(cell => !cell.isAttached);
                 while (away()) await new Promise(requestAnimationFrame);
                 return windowingMode;
               }"""
        )
        self.wait_idle()
        self.resize(size["width"], height)
        yield
        self.resize(size["width"], size["height"])
        self.tab.evaluate(
            """windowingMode => {
                 cnn.notebook.notebookConfig = { ...cnn.notebook.notebookConfig, windowingMode };
               }""",
            windowing,
        )
        rest.evaluate("style => style.remove()")

    def walk(self, selector=".cnn-demo"):
        """Scroll through the notebook; yield `(cell id, number within the cell)` of every demo on the way."""
        for cell in self.cells():
            if not any(
                "application/vnd.jupyter.widget-view+json" in o.get("data", {}) for o in cell["outputs"]
            ):
                continue
            node = self.scroll_to(cell["id"])
            node.wait_for_selector(
                ".jp-OutputArea-output .jupyter-widgets, .jp-OutputArea-output .lm-Widget *"
            )
            self.wait_idle()
            for number in range(len(node.query_selector_all(selector))):
                yield cell["id"], number

    def demos(self, selector=".cnn-demo"):
        """Return what `walk` finds."""
        return list(self.walk(selector))

    def demo(self, cell, number=0, selector=".cnn-demo"):
        """Scroll to one of `demos`, make the window high enough, wait until painted; return the element."""
        node = self.scroll_to(cell)
        node.wait_for_selector(selector, timeout=10_000)
        demo = node.query_selector_all(selector)[number]
        self.settle(demo)
        height, size = demo.bounding_box()["height"], self.tab.viewport_size
        if grow := height + 200 > size["height"]:
            self.resize(size["width"], height + 240)
        demo.evaluate("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
        if grow:
            self.settle(demo)
        return demo

    def unrolled_demo(self, cell, number=0, selector=".cnn-demo"):
        """Return one of `demos` of the unrolled page, at rest and in view, which it mostly is already."""
        demo = self.tab.evaluate_handle(
            """([id, number, selector]) => {
                 const { node } = cnn.notebook.widgets.find(cell => cell.model.id === id);
                 const demo = node.querySelectorAll(selector)[number];
                 demo.scrollIntoView({ block: 'nearest', behavior: 'instant' });
                 return demo;
               }""",
            [cell, number, selector],
        ).as_element()
        self.settle(demo)
        return demo

    def state(self, demo):
        """Return what the demo shows now: picture, sentence, arithmetic, problem, code, controls."""
        return demo.evaluate(STATE)

    def settle(self, demo):
        """Wait until the kernel is idle and the demo no longer changes; return what it shows then."""
        return demo.evaluate(SETTLED)
