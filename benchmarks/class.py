"""A class on one machine: N students log in, get the lessons, run one, answer, move sliders, and train.

    .venv-class/bin/python benchmarks/class.py                       5, 10, 20 and 30 students
    .venv-class/bin/python benchmarks/class.py --students 10 -- --JupyterHub.spawner_class=simple

For each N the hub of deploy/hub is started anew, with an empty folder; words after `--` go to JupyterHub.
Students are no browsers: they send what a page sends, over loopback, and wait for the answers. A slider's
time is that from its message until Python has sent everything and is idle: nothing is painted. All arrive
within ten seconds, and each goes on at a pace of its own. Needs the class's environment: see docs/class.md.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import psutil

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "seven snails in a row"
LESSON = "course/03_a_kernel_slides.ipynb"
MOVES = 20
ANSWER = "from cnnlib.exercises import check_number\ncheck_number('03-places', 784)"
TRAIN = "from cnnlib.explore import explore_training\ntraining = explore_training(start=True)\ntraining"
TRAINED = "await training.finished()"
TARGETS = {"slider p95 ms": 300, "MB a student": 190, "all logged in, s": 180}
PARTS = ("log-in", "pull", "page", "kernel", "lesson", "training")
SLIDERS = ("IntSliderModel", "FloatSliderModel", "SelectionSliderModel")


class Kernel:
    """A student's kernel, as a page talks to it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse):
        self.socket, self.session = socket, uuid.uuid4().hex
        self.models: dict[str, dict] = {}
        self.errors: list[str] = []
        self._waiting: dict[str, asyncio.Future] = {}
        self._listener = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for packet in self.socket:
            if packet.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                break
            message = parsed(packet.data)
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "comm_open":
                self.models[content["comm_id"]] = content["data"].get("state", {})
            elif kind == "comm_msg" and content["data"].get("method") == "update":
                self.models.setdefault(content["comm_id"], {}).update(content["data"]["state"])
            elif kind == "error":
                self.errors.append(f"{content['ename']}: {content['evalue']}")
            elif kind == "stream" and content["name"] == "stderr":
                self.errors.append(content["text"])
            elif kind == "status" and content["execution_state"] == "idle":
                done = self._waiting.pop(message["parent_header"].get("msg_id"), None)
                if done and not done.done():
                    done.set_result(None)
        for waiting in self._waiting.values():
            waiting.set_exception(ConnectionError(f"the kernel's line was cut: {self.socket.exception()}"))

    async def send(self, kind: str, content: dict) -> float:
        """Send a message; return the seconds until the kernel has dealt with it."""
        name = uuid.uuid4().hex
        self._waiting[name] = asyncio.get_running_loop().create_future()
        header = {"msg_id": name, "msg_type": kind, "session": self.session, "username": "", "version": "5.3"}
        rest = {"parent_header": {}, "metadata": {}, "channel": "shell", "buffers": []}
        start = time.perf_counter()
        await self.socket.send_json({"header": header | {"date": ""}, "content": content, **rest})
        await asyncio.wait_for(self._waiting[name], 600)
        return time.perf_counter() - start

    async def run(self, code: str) -> float:
        """Run a cell."""
        how = {"silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": False}
        return await self.send("execute_request", {"code": code, "user_expressions": {}, **how})

    async def move(self, slider: str) -> float:
        """Move a slider by one step, to its start after its end."""
        state = self.models[slider]
        if "index" in state:
            new = {"index": (state["index"] + 1) % len(state["_options_labels"])}
        else:
            value = state["value"] + state["step"]
            new = {"value": value if value <= state["max"] else state["min"]}
        state.update(new)
        data = {"method": "update", "state": new, "buffer_paths": []}
        return await self.send("comm_msg", {"comm_id": slider, "data": data})


def parsed(packet: str | bytes) -> dict:
    """Return a message of a kernel; one with pictures begins with a table of where its parts begin."""
    if isinstance(packet, bytes):
        count = int.from_bytes(packet[:4], "big")
        starts = [int.from_bytes(packet[4 * i + 4 : 4 * i + 8], "big") for i in range(count)]
        packet = packet[starts[0] : starts[1] if count > 1 else None]
    return json.loads(packet)


class Student:
    """One student: what was timed, and what went wrong."""

    def __init__(self, hub: str, number: int):
        self.hub, self.name = hub, f"student{number:03d}"
        self.server = f"{hub}/user/{self.name}"
        self.random = random.Random(number)
        self.seconds: dict[str, float] = {}
        self.moves: list[float] = []
        self.errors: list[str] = []

    async def come(self) -> None:
        """Take a whole class, and leave the kernel running."""
        try:
            jar = aiohttp.CookieJar(unsafe=True)  # unsafe: also for an address that is a number
            self.http = aiohttp.ClientSession(cookie_jar=jar, timeout=aiohttp.ClientTimeout(total=600))
            await asyncio.sleep(self.random.uniform(0, 10))
            await self.log_in()
            await self.pull()
            await self.open_page()
            await self.learn()
        except Exception as error:
            self.errors.append(f"{type(error).__name__}: {error}")

    @contextlib.contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Keep the seconds that a part takes."""
        start = time.perf_counter()
        yield
        self.seconds[what] = time.perf_counter() - start

    async def get(self, address: str) -> str:
        """Return a page, or raise its error."""
        async with self.http.get(address) as answer:
            answer.raise_for_status()
            return await answer.text()

    async def log_in(self) -> None:
        """Fill the form in, wait for the server, and go there."""
        with self.timed("log-in"):
            form = await self.get(f"{self.hub}/hub/login")
            token = re.search(r'name="_xsrf" value="([^"]+)"', form)[1]
            fields = {"_xsrf": token, "username": self.name, "password": PASSWORD}
            async with self.http.post(f"{self.hub}/hub/login", data=fields) as answer:
                answer.raise_for_status()
            while not (await self.about_me()).get("ready"):
                await asyncio.sleep(0.5)
            page = await self.get(f"{self.server}/")
        if "git-pull" not in page:
            self.errors.append("the first page is not the one that brings the lessons")

    async def about_me(self) -> dict:
        """Return what the hub knows of one's server."""
        about = json.loads(await self.get(f"{self.hub}/hub/api/users/{self.name}"))
        return about["servers"].get("", {})

    async def pull(self) -> None:
        """Bring the lessons home."""
        with self.timed("pull"):
            words = f"repo={self.lessons}&branch=main&targetpath=course"
            said = await self.get(f"{self.server}/git-pull/api?{words}")
        if '"phase": "finished"' not in said:
            self.errors.append(f"pull: {said[-300:]}")

    async def open_page(self) -> None:
        """Ask for what JupyterLab's page asks for."""
        with self.timed("page"):
            for part in ("lab/tree/" + LESSON, "lab/api/settings", "api/contents", "api/kernelspecs"):
                await self.get(f"{self.server}/{part}")

    async def learn(self) -> None:
        """Open a lesson, run it, answer, move sliders, train."""
        notebook = json.loads(await self.get(f"{self.server}/api/contents/{LESSON}"))["content"]
        with self.timed("kernel"):
            session = {"path": LESSON, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
            mine = {cookie.key: cookie.value for cookie in self.http.cookie_jar if cookie["path"] != "/hub/"}
            token = {"X-XSRFToken": mine["_xsrf"]}
            async with self.http.post(f"{self.server}/api/sessions", json=session, headers=token) as answer:
                answer.raise_for_status()
                kernel_id = (await answer.json())["kernel"]["id"]
            line = await self.http.ws_connect(
                f"{self.server}/api/kernels/{kernel_id}/channels", max_msg_size=0
            )
            kernel = Kernel(line)
            self.errors = kernel.errors
            await kernel.send("kernel_info_request", {})
        with self.timed("lesson"):
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    await kernel.run("".join(cell["source"]))
        with self.timed("answer"):
            await kernel.run(ANSWER)
        sliders = [name for name, state in kernel.models.items() if state.get("_model_name") in SLIDERS]
        for number in range(MOVES):
            await asyncio.sleep(self.random.uniform(0.3, 1.2))
            self.moves.append(1000 * await kernel.move(sliders[number % len(sliders)]))
        with self.timed("training"):
            await kernel.run(TRAIN)
            await kernel.run(TRAINED)

    def answered(self, homes: Path) -> None:
        """Look whether the answer was kept."""
        file = homes / self.name / ".local/share/cnnlib/answers.json"
        if not (file.exists() and json.loads(file.read_text("utf-8"))["answers"]["03-places"]["solved"]):
            self.errors.append("the answer was not kept")


@contextlib.contextmanager
def hub(folder: Path, options: list[str]) -> Iterator[tuple[str, psutil.Process]]:
    """Start the hub on loopback, with this Python's environment; give its address and process."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    addresses = [f"http://127.0.0.1:{one.getsockname()[1]}" for one in sockets]
    for one in sockets:
        one.close()
    place = {"CNNLIB_CLASS": str(folder), "CNNLIB_CLASS_PASSWORD": PASSWORD, "CNNLIB_HUB": addresses[0]}
    place["PATH"] = f"{sys.prefix}/bin:{os.environ['PATH']}"
    command = [sys.executable, "-m", "jupyterhub", "-f", str(ROOT / "deploy/hub/jupyterhub_config.py")]
    command += [
        f"--JupyterHub.hub_bind_url={addresses[1]}",
        f"--ConfigurableHTTPProxy.api_url={addresses[2]}",
    ]
    with open(folder.parent / "hub.log", "wb") as log:
        process = subprocess.Popen(
            [*command, *options], env=os.environ | place, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        if not asyncio.run(answers(addresses[0], process)):
            said = (folder.parent / "hub.log").read_text("utf-8")[-2000:]
            raise SystemExit(f"class: the hub did not start; it said\n{said}")
        yield addresses[0], psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


async def answers(address: str, process: subprocess.Popen) -> bool:
    """Wait until the hub answers; False if it ends before."""
    async with aiohttp.ClientSession() as http:
        while process.poll() is None:
            with contextlib.suppress(aiohttp.ClientError):
                async with http.get(f"{address}/hub/api") as answer:
                    if answer.status == 200:
                        return True
            await asyncio.sleep(0.5)
    return False


def use(hub_process: psutil.Process, homes: Path) -> dict:
    """Return the machine's free memory; memory (MB) and processor seconds of hub, servers and kernels."""
    found = defaultdict(list, free=psutil.virtual_memory().available)
    for process in [hub_process, *hub_process.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):
            where, times = Path(process.cwd()), process.cpu_times()
            kind = "hub" if homes not in where.parents else "server" if where.parent == homes else "kernel"
            memory = process.memory_full_info()
            reaped = times.children_user + times.children_system if kind == "server" else 0
            cpu = times.user + times.system + reaped
            found[kind].append({"MB": memory.uss / 1e6, "shared": memory.pss / 1e6, "cpu": cpu})
    return found


async def hold(students: list[Student], look: Callable[[], dict]) -> dict:
    """Let the class take place, and look at it while all are still there."""
    await asyncio.gather(*(student.come() for student in students))
    seen = look()
    for student in students:
        await student.http.close()
    return seen


def measure(count: int, options: list[str]) -> dict[str, str]:
    """Hold a class; return a row of the table."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "class")
        folder.mkdir()
        free = psutil.virtual_memory().available
        with hub(folder, options) as (address, process):
            students = [Student(address, number) for number in range(count)]
            for student in students:
                student.lessons = (folder / "lessons").as_uri()
            used = asyncio.run(hold(students, lambda: use(process, folder / "homes")))
            free -= used.pop("free")
            for student in students:
                student.answered(folder / "homes")
    for student in students:
        for error in student.errors[:2]:
            print(f"{student.name}: {error}", file=sys.stderr)
    return row(students, used, free / 1e6)


def row(students: list[Student], used: dict, fell: float) -> dict[str, str]:
    """Sum a class up."""
    count = len(students)
    moves = sorted(move for student in students for move in student.moves)
    if not moves:
        raise SystemExit("class: nobody came as far as a slider")
    p95 = moves[int(0.95 * len(moves))]

    def seconds(what: str) -> str:
        found = [student.seconds[what] for student in students if what in student.seconds]
        return f"{statistics.median(found):.1f} ({max(found):.1f})" if found else "none"

    def each(kind: str, what: str) -> float:
        return sum(one[what] for one in used[kind]) / count

    slowest = max(student.seconds.get("log-in", float("inf")) for student in students)
    memory = each("server", "MB") + each("kernel", "MB")
    made = {"slider p95 ms": p95, "MB a student": memory, "all logged in, s": slowest}
    return {
        "students": str(count),
        "without an error": str(sum(not student.errors for student in students)),
        **{f"{what}, s": seconds(what) for what in PARTS},
        "slider ms: median, p95, max": f"{statistics.median(moves):.0f}, {p95:.0f}, {moves[-1]:.0f}",
        "MB a student: server + kernel": f"{each('server', 'MB'):.0f} + {each('kernel', 'MB'):.0f}",
        "free memory fell by, MB a student": f"{fell / count:.0f}",
        "CPU s a student: server + kernel": f"{each('server', 'cpu'):.1f} + {each('kernel', 'cpu'):.1f}",
        "hub: MB, CPU s": f"{each('hub', 'shared') * count:.0f}, {each('hub', 'cpu') * count:.0f}",
        "targets": ", ".join(
            f"{name} {value:.0f} of {TARGETS[name]}{'' if value <= TARGETS[name] else ' MISSED'}"
            for name, value in made.items()
        ),
    }


def main() -> None:
    """Print a table, a column for each class."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--students", type=int, nargs="+", default=[5, 10, 20, 30])
    parser.add_argument("options", nargs="*", help="for JupyterHub")
    arguments = parser.parse_args()
    columns = []
    for count in arguments.students:
        load = os.getloadavg()[0]
        columns.append(measure(count, arguments.options) | {"load before": f"{load:.1f}"})
        print(json.dumps(columns[-1]), file=sys.stderr, flush=True)
    memory = psutil.virtual_memory().total / 1e9
    print(f"{os.cpu_count()} cores, {memory:.0f} GB; Python {sys.version.split()[0]}\n")
    print("| |" + " |" * len(columns) + "\n|---|" + "---|" * len(columns))
    for name in columns[0]:
        print(f"| {name} | " + " | ".join(column[name] for column in columns) + " |")


if __name__ == "__main__":
    main()
