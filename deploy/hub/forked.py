"""Students' servers as forks of one process that has imported everything: in memory once, and in seconds.

Only what a server changes is its own: 54 MB instead of 121, and 1 second of a processor instead of 4
(benchmarks/README.md, A class).
"""

import gc
import multiprocessing
import os
import signal
import sys
from multiprocessing import forkserver

from jupyterhub.spawner import SimpleLocalProcessSpawner
from jupyterhub.utils import random_port

FORKS = multiprocessing.get_context("forkserver")
IMPORTED = ["jupyterhub.app", "jupyterhub.singleuser", "jupyterlab.labapp", "nbconvert.exporters"]


def warm_up() -> None:
    """Start the process that is forked."""
    FORKS.set_forkserver_preload(IMPORTED)
    forkserver.ensure_running()


def serve(arguments: list[str], environment: dict[str, str], home: str) -> None:
    """Be the server of one student, in the fork."""
    gc.freeze()  # the collector would write to what is shared, and each fork get a copy of its own
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the process that is forked
    os.setsid()  # Ctrl-C in the hub's terminal is the hub's
    os.chdir(home)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["jupyterhub-singleuser", *arguments]
    from jupyterhub.singleuser import main

    main()


class ForkedSpawner(SimpleLocalProcessSpawner):
    """The simple spawner, a folder for each student on one account, but with forks."""

    async def start(self) -> tuple[str, int]:
        """Fork a server; it ends with the hub at the latest."""
        self.port = self.port or random_port()
        os.makedirs(self.home_dir, exist_ok=True)
        server = FORKS.Process(
            target=serve, args=(self.get_args(), self.get_env(), self.home_dir), daemon=True
        )
        server.start()
        self.pid = server.pid  # by which the spawner asks whether it lives, and ends it
        return self.ip or "127.0.0.1", self.port
