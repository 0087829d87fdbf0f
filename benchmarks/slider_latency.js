// The page's half of slider_latency.py: what is on the screen, and when.
() => { window.bench = {
  pictures: {},                          // name of the candidate -> value -> the picture that belongs to it
  use: ([root, picture, handle, name]) => {
    Object.assign(bench, { root, picture, name, handle: root.querySelector(handle), step: null });
    bench.known = bench.pictures[name] ??= {};
  },
  // The picture on the page now, or null while there is none that can be seen.
  look: () => {
    const it = bench.root.querySelector(bench.picture);
    if (!it) return null;
    if (it.localName === 'img') return it.complete && it.naturalWidth ? it.src : null;
    if (it.localName === 'svg') return it.outerHTML;
    const { data } = it.getContext('2d').getImageData(0, 0, it.width, it.height);
    let sum = 2166136261;
    for (const pixel of new Uint32Array(data.buffer)) sum = Math.imul(sum ^ pixel, 16777619);
    return `${it.width} ${sum}`;
  },
  at: null,                              // the cell of the panel in which the pointer is, of 3 by 3
  step: null,                            // the number of the stroke, where strokes are timed
  value: () => bench.handle.getAttribute('aria-valuenow') ?? bench.step ?? bench.at,
  remember: () => { bench.known[bench.value()] = bench.look(); return bench.value(); },
  // Resolves with the time from the next key or pointer event to its picture.
  next: () => new Promise((done, fail) => {
    const went = (event) => {
      for (const type of ['keydown', 'pointermove', 'pointerdown']) removeEventListener(type, went, true);
      const frame = () => {
        const now = performance.now(), wanted = bench.known[bench.value()];
        if (wanted && bench.look() === wanted) return done(now - event.timeStamp);
        if (now - event.timeStamp < 5000) return requestAnimationFrame(frame);
        fail(new Error(`${bench.name}: no picture of ${bench.value()}`));
      };
      requestAnimationFrame(frame);
    };
    for (const type of ['keydown', 'pointermove', 'pointerdown']) addEventListener(type, went, true);
  }),
  // Records during a drag when the value and when the picture changed last.
  watch: () => {
    let value = bench.value(), picture = bench.look(), going = true;
    const log = { moved: 0, painted: 0, moves: 0 };
    const went = (event) => {
      log.moves += 1;
      if (bench.value() !== value) { value = bench.value(); log.moved = event.timeStamp; }
    };
    addEventListener('mousemove', went);
    const frame = () => {
      const now = bench.look();
      if (now && now !== picture) { picture = now; log.painted = performance.now(); }
      if (going) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    bench.stop = () => { going = false; removeEventListener('mousemove', went); return log; };
  },
};
addEventListener('pointermove', (e) => {
  const box = bench.handle?.getBoundingClientRect();
  if (box) bench.at = [(e.clientX - box.x) / box.width, (e.clientY - box.y) / box.height]
    .map(part => Math.floor(3 * part)).join();
}, true);
}
