"""Two servers on one PostgreSQL, and people who do not give up until they have an answer."""

import shutil
import subprocess
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ledger import Attempt, Ledger
from neighbours import NO_ANSWER, reserve
from postgres import Postgres
from server import Answer, Client, Server, load_demo

SHARED_MEMORY = Path("/dev/shm")
SHARED_MEMORY_MIN = 2 << 30
BEFORE_REPEAT_SECONDS = 0.1


def place_of_postgres() -> Path:
    """Where it is quick: its processes are killed here, not the machine."""
    has_room = SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > SHARED_MEMORY_MIN
    parent = SHARED_MEMORY if has_room else Path(tempfile.gettempdir())
    name = subprocess.run(
        ["mktemp", "-u", parent / "emplettes-postgres-XXXXXX"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    return Path(name)


class TwoNodes:
    """The demo on a PostgreSQL with a standby, and two servers. Used with `with`."""

    def __init__(self, program: Path, folder: Path):
        self.program = program
        self.folder = folder
        self.ends = ExitStack()
        self.postgres = self.ends.enter_context(Postgres(place_of_postgres()))
        try:
            load_demo(program, folder / "data-0", "--database", self.postgres.url)
            shutil.copytree(folder / "data-0", folder / "data-1")
            self.standby = self.postgres.add_standby()
            self.servers = [self._start(number) for number in range(2)]
        except BaseException:
            self.ends.close()
            raise

    def _start(self, number: int) -> Server:
        return self.ends.enter_context(
            Server(
                self.program,
                self.folder / f"data-{number}",
                self.folder / f"server-{number}.log",
                "--database",
                self.postgres.hosts(),
                "--node",
                str(number),
            )
        )

    def restart(self, number: int) -> None:
        self.servers[number] = self._start(number)

    def ports(self) -> list[int]:
        return [server.port for server in self.servers]

    def __enter__(self) -> "TwoNodes":
        return self

    def __exit__(self, *_: object) -> None:
        self.ends.close()


@dataclass
class Asker:
    """Somebody with a connection to each node, who asks the other one when one does not answer."""

    nodes: TwoNodes
    first: int  # node
    clients: dict[int, Client] = field(default_factory=dict)

    def ask_once(self, attempt: Attempt, ledger: Ledger) -> Answer | None:
        """None when there was no answer."""
        port = self.nodes.ports()[self.first % 2]
        client = self.clients.setdefault(port, Client(port))
        try:
            answer = reserve(client, attempt, ledger)
        except NO_ANSWER:
            answer = None
        if answer is None or answer.status == 503:
            self.first += 1
        return answer

    def insist(self, attempt: Attempt, ledger: Ledger, until: float) -> None:
        """Until there is a word on it, or `until`."""
        while not attempt.code and not attempt.is_refused:
            self.ask_once(attempt, ledger)
            if attempt.code or attempt.is_refused or time.monotonic() > until:
                return
            time.sleep(BEFORE_REPEAT_SECONDS)

    def close(self) -> None:
        for client in self.clients.values():
            client.close()


def wish(key: str, offer: int, quantity: int = 1) -> Attempt:
    body = {
        "offer_id": offer,
        "quantity": quantity,
        "name": f"Neighbour {key}",
        "contact": f"{key}@example.org",
    }
    return Attempt(key=key, body=body)


class Insistent:
    """A crowd of those, each with wish after wish until they are told to stop."""

    def __init__(self, nodes: TwoNodes, ledger: Ledger, offers: list[int], name: str, size: int):
        self.nodes = nodes
        self.ledger = ledger
        self.offers = offers
        self.name = name
        self._stop = threading.Event()
        self._until = float("inf")
        self.acknowledged_at: list[float] = []
        self._threads = [threading.Thread(target=self._live, args=(i,)) for i in range(size)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, seconds_max: float) -> None:
        """Everybody ends what they have begun, if that takes no longer."""
        self._until = time.monotonic() + seconds_max
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def longest_pause(self) -> float:
        """Without any acknowledgement, in seconds."""
        times = sorted(self.acknowledged_at)
        return max((b - a for a, b in zip(times, times[1:], strict=False)), default=0.0)

    def _live(self, number: int) -> None:
        asker = Asker(self.nodes, number)
        step = 0
        while not self._stop.is_set():
            step += 1
            offer = self.offers[(number * 7 + step) % len(self.offers)]
            attempt = wish(f"{self.name}-{number}-{step}", offer, quantity=1 + step % 2)
            self.ledger.add(attempt)
            while not attempt.code and not attempt.is_refused and time.monotonic() < self._until:
                asker.insist(attempt, self.ledger, time.monotonic() + 1)
            if attempt.code:
                self.acknowledged_at.append(time.monotonic())
        asker.close()
