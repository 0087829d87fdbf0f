// Once the demo is in the page: JupyterLab's shortcuts keep out of it (x would cut the cell while a slider has
// the focus), and ipywidgets' nameless slider handles and read-outs get the name that stands beside them.
function adopt(el) {
  const demo = el.closest(".cnn-demo");
  if (!demo || demo.dataset.lmSuppressShortcuts) return;
  demo.dataset.lmSuppressShortcuts = "true";
  // JupyterLab looks at the focused element itself before it looks at what surrounds it.
  demo.addEventListener("focusin", (event) => (event.target.dataset.lmSuppressShortcuts = "true"));
  // Enter in a field: its text goes first, then ipywidgets' message that Enter was pressed.
  demo.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".widget-text input")) event.target.dispatchEvent(new Event("change", { bubbles: true }));
  }, true);
  demo.setAttribute("role", "group");
  demo.setAttribute("aria-label", demo.querySelector(".cnn-title")?.textContent ?? "");
  const name = () => {
    for (const button of demo.querySelectorAll(".cnn-controls button[title]")) {
      // Arrows and triangles are read as shapes; a button's tooltip says what it does.
      if (button.title && button.ariaLabel !== button.title) button.ariaLabel = button.title;
    }
    for (const upload of demo.querySelectorAll(".widget-upload")) {
      const text = upload.lastChild; // ipywidgets counts the files
      if (/ \(\d+\)$/.test(text?.textContent)) text.textContent = text.textContent.replace(/ \(\d+\)$/, "");
    }
    for (const slider of demo.querySelectorAll(".widget-slider")) {
      const text = slider.querySelector(".widget-label")?.textContent, readout = slider.querySelector(".widget-readout");
      for (const handle of slider.querySelectorAll(".noUi-handle")) {
        if (handle.getAttribute("aria-label") !== text) handle.setAttribute("aria-label", text);
        const value = readout?.textContent ?? "";
        if (handle.getAttribute("aria-valuetext") !== value) handle.setAttribute("aria-valuetext", value);
      }
      if (readout && readout.getAttribute("aria-label") !== `${text}, type a value`) {
        readout.setAttribute("aria-label", `${text}, type a value`);
        readout.setAttribute("role", "textbox");
      }
    }
    for (const group of demo.querySelectorAll(".widget-radio")) {
      // ipywidgets names a group after its value: unanswered questions of one page would share one choice.
      group.dataset.group ||= `cnn-radio-${crypto.randomUUID?.() ?? Math.random()}`;
      group.setAttribute("role", "radiogroup");
      group.setAttribute("aria-label", group.querySelector(".widget-label")?.textContent ?? "");
      for (const radio of group.querySelectorAll("input")) radio.name = group.dataset.group;
    }
    for (const group of demo.querySelectorAll(".widget-toggle-buttons")) {
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", group.querySelector(".widget-label")?.textContent ?? "");
      for (const button of group.querySelectorAll("button")) {
        const pressed = String(button.classList.contains("mod-active"));
        if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
      }
    }
  };
  name();
  new MutationObserver(name).observe(demo.querySelector(".cnn-controls"), { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["class"] });
}
