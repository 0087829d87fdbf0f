// Runs in_browser.py in Pyodide under Node and prints what its `measure` returns, as JSON.
//     node in_browser.mjs PYODIDE COURSE FILE
import { readFileSync } from "fs";
import { pathToFileURL } from "url";

const [folder, root, file] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${folder}/` });
await python.loadPackage(["numpy", "scipy", "pillow"], { messageCallback: () => {} });
python.FS.mkdirTree("/course");
python.FS.mount(python.FS.filesystems.NODEFS, { root }, "/course");
python.runPython("import sys; sys.path[:0] = ['/course', '/course/benchmarks']");
python.runPython(readFileSync(file, "utf-8"), { globals: python.toPy({ __name__: "pyodide" }) });
