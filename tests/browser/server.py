"""A JupyterLab of our own: free port, copies of the notebooks, and none of the user's settings touched.

And a folder as a web site, on another free port.
"""

import functools
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "deploy"))

from my_course import cleared, read

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

QUIET = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
}


class Files(http.server.SimpleHTTPRequestHandler):
    """A folder's files, without a word a request; with the types that a browser wants of programs."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_):
        pass


@contextmanager
def served(folder, files=Files):
    """Offer a folder as a web site; give its address."""
    handler = functools.partial(files, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class LabServer:
    """The running interpreter's JupyterLab on loopback; `stop` (or leaving the `with` block) ends it.

    Parameters
    ----------
    notebooks : paths of the notebooks to serve; they are copied, with their outputs cleared
    """

    def __init__(self, notebooks=()):
        self.home = Path(tempfile.mkdtemp(prefix="cnnlib-lab-"))
        self.root = self.home / "notebooks"
        self.root.mkdir()
        for path in notebooks:
            self.add(path)
        self._write_settings()
        self.log_path = self.home / "server.log"
        self._process = self._start()
        self.url, self.token = self._wait_for_address()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def add(self, path):
        """Copy one notebook into the served folder without its outputs; return its name there."""
        (self.root / Path(path).name).write_text(json.dumps(cleared(read(Path(path)))), encoding="utf-8")
        return Path(path).name

    def stop(self):
        """Ask the server to end with its kernels, insist if it does not, and delete the temporary folder."""
        if self._process.poll() is None:
            request = urllib.request.Request(f"{self.url}api/shutdown?token={self.token}", method="POST")
            try:
                urllib.request.urlopen(request, timeout=10).close()
                self._process.wait(timeout=15)
            except (OSError, subprocess.TimeoutExpired):
                self._process.kill()
                self._process.wait()
        self._log.close()
        shutil.rmtree(self.home, ignore_errors=True)

    @contextmanager
    def frozen(self):
        """Let nothing through, in either direction, as a network that is gone."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def end_kernel(self, kernel):
        """End a kernel as the server does that ends those left alone."""
        address = f"{self.url}api/kernels/{kernel}?token={self.token}"
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=10).close()

    def log(self):
        """Return all that the server and its kernels have written."""
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def _write_settings(self):
        overrides = json.loads((ROOT / "deploy/overrides.json").read_text("utf-8"))
        for plugin, values in (overrides | QUIET).items():
            folder, name = plugin.split(":")
            path = self.home / "settings" / folder / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))

    def _environment(self):
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("CNNLIB_", "JUPYTER", "IPYTHON"))}
        clean.pop("MPLBACKEND", None)
        own = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
            "CNNLIB_ANSWERS": "answers.json",
        }
        # The interpreter's own share/jupyter first: that is where overrides.json and the kernel are.
        more = {"JUPYTER_PREFER_ENV_PATH": "1", "OPENBLAS_NUM_THREADS": "1"}  # the latter as `course.py lab`
        return clean | {k: str(self.home / v) for k, v in own.items()} | more

    def _start(self):
        self._log = self.log_path.open("w", encoding="utf-8")
        options = [
            "--no-browser",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.port=0",  # servers that start at once would go for the same one
            f"--ServerApp.root_dir={self.root}",
            "--ServerApp.allow_root=True",
            "--LabApp.expose_app_in_browser=True",
            "--ServerApp.tornado_settings={'websocket_max_message_size': 268435456}",
            "--LabApp.extension_manager=readonly",
        ]
        return subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=self.root,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def _wait_for_address(self, seconds=60):
        """Read port and token from the file the server writes: no guessing of free ports."""
        info = self.home / "runtime" / f"jpserver-{self._process.pid}.json"
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                address = json.loads(info.read_text())
                # This address needs the token; another server would answer the open `api`, too.
                urllib.request.urlopen(
                    f"{address['url']}api/status?token={address['token']}", timeout=5
                ).close()
                return address["url"], address["token"]
            except (OSError, ValueError):
                time.sleep(0.1)
        log = self.log()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        raise RuntimeError(f"LabServer: no JupyterLab after {seconds} s; its log ends with:\n{log[-3000:]}")
