"""A small demo with the real demos' anatomy, sound or with one fault, to try out the checks."""

import anywidget
import ipywidgets
import traitlets

ESM = """
const HTML = `<header><b class="cnn-title">Toy</b> <button class="cnn-code-button">Show code</button>
  <button class="cnn-reset-button">Reset</button></header>
  <div class="cnn-panel" data-panel="map" tabindex="0" role="application" aria-label="map">
    <canvas width="300" height="100"></canvas></div>
  <p class="cnn-sentence" role="status"></p><p class="cnn-problem" role="alert" hidden></p>
  <pre class="cnn-code" hidden>print(1)</pre>`;

function prepare(el, fault) {
  const demo = el.closest('.cnn-demo');
  if (!demo?.querySelector('.noUi-handle')) return requestAnimationFrame(() => prepare(el, fault));
  // JupyterLab's shortcuts match the focused element itself before asking its parents: mark that one.
  const own = (e) => { e.target.dataset.lmSuppressShortcuts = 'true'; };
  if (fault !== 'keys') demo.addEventListener('focusin', own);
  if (fault !== 'unnamed') demo.querySelector('.noUi-handle').setAttribute('aria-label', 'gain');
}

export default { render({ model, el }) {
  const fault = model.get('fault'), get = (name) => el.querySelector('.cnn-' + name);
  el.classList.add('cnn-stage');
  el.innerHTML = HTML;
  if (fault === 'contrast') get('sentence').style.color = '#777777';
  if (fault === 'wide') get('sentence').style.width = '1500px';
  if (fault === 'small') get('sentence').style.fontSize = '9px';
  if (fault === 'high') el.querySelector('canvas').style.height = '600px';
  const paint = () => {
    const paper = el.querySelector('canvas').getContext('2d');
    paper.clearRect(0, 0, 300, 100);
    paper.fillStyle = 'white';
    paper.fillRect(0, 0, 300, 100);
    paper.fillStyle = 'black';
    paper.fillRect(0, 0, 30 * model.get('gain'), 50);
    paper.fillRect(10 * model.get('at'), 60, 10, 30);
    paper.font = '12px monospace';
    paper.textAlign = 'center';
    paper.fillText('250', 200, 80);
    paper.fillText('100', fault === 'close' ? 222 : 240, 80);
    get('sentence').textContent = model.get('sentence');
  };
  new MutationObserver(paint).observe(document.body, { attributes: true }); // as with a new theme
  const point = (at) => { model.set('at', at); model.save_changes(); };
  get('panel').onkeydown = (e) => { if (e.key === 'ArrowRight') point(model.get('at') + 1); };
  get('panel').onpointermove = (e) => {
    if (fault === 'console') console.error('toy is broken');
    point(Math.floor(e.offsetX / 10));
  };
  get('reset-button').onclick = () => model.send('reset');
  get('code-button').onclick = () => { get('code').hidden = !get('code').hidden; };
  model.on('change', paint);
  paint();
  prepare(el, fault);
} }
"""


class Stage(anywidget.AnyWidget):
    """The picture: a bar as long as the gain, a mark where one points."""

    _esm = ESM
    fault = traitlets.Unicode().tag(sync=True)
    gain = traitlets.Float(1).tag(sync=True)
    at = traitlets.Int(0).tag(sync=True)
    sentence = traitlets.Unicode("the gain is 1.0").tag(sync=True)


def toy(fault=""):
    """Return a demo, sound or with the named fault."""
    stage = Stage(fault=fault)
    gain = ipywidgets.FloatSlider(1, min=0, max=5, description="gain")

    def update(_):
        if fault == "raises":
            raise ArithmeticError("toy is broken")
        if fault != "dead":
            stage.gain = gain.value
            stage.sentence = "" if fault == "silent" else f"the gain is {gain.value}"

    def reset(*_):
        stage.at = 0
        gain.value = 2 if fault == "sticky" else 1

    gain.observe(update, "value")
    stage.on_msg(reset)
    controls = ipywidgets.HBox([gain]).add_class("cnn-controls")
    return ipywidgets.VBox([stage, controls]).add_class("cnn-demo")
