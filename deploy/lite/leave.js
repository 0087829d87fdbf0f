// Who follows a link on to a later lesson has left this one: it is saved and closed, and its Python ends. A look
// at the glossary or back, or out of the short course, leaves it open.
addEventListener("click", (event) => {
  const link = event.target.closest?.('.jp-RenderedMarkdown a[href*=".ipynb"]');
  const shell = window.jupyterapp?.shell, left = shell?.currentWidget;
  const next = link?.pathname.split("/").at(-1);
  if (!/^[0-9]/.test(next) || !(next > left.context?.path)) return;
  const changed = async () => {
    if (shell.currentWidget?.context?.path !== next) return;
    shell.currentChanged.disconnect(changed);
    await left.context.save();
    left.dispose();
  };
  shell.currentChanged.connect(changed);
}, true);
