"""A PostgreSQL of our own, its standby, and ways to hurt them. Needs root, as tools/postgres."""

import csv
import io
import os
import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from server import free_port

TOOL = Path(__file__).resolve().parents[2] / "tools" / "postgres"
START_SECONDS_MAX = 60
GONE_SECONDS_MAX = 30
# What the judge (ledger.py) wants to know, in the shape that it has on SQLite.
TABLES = {
    "reservation": "code, offer_id, quantity, person_name, status",
    "offer": "offer_id, stock",
}


def programs() -> Path:
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    return max(versions, key=lambda path: float(path.parent.name))


def as_postgres(*command: str | Path) -> None:
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run(
        [*prefix, "runuser", "-u", "postgres", "--", *map(str, command)],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=START_SECONDS_MAX,
    )


def children_of(parent: int) -> list[int]:
    children = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            children.append(int(stat.parent.name))
    return children


def is_alive(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


class Node:
    """One PostgreSQL server: its folder and port."""

    def __init__(self, folder: Path, port: int):
        self.folder = folder
        self.port = port

    def start(self) -> None:
        as_postgres(
            programs() / "pg_ctl", "start", "--wait", "--silent",
            f"--pgdata={self.folder}", f"--log={self.folder}.log",
            f"--options=-p {self.port} -c wal_retrieve_retry_interval=200ms",
        )  # fmt: skip

    def processes(self) -> list[int]:
        """The server and all that it has started, each of which is a group of its own."""
        try:
            first = (self.folder / "postmaster.pid").read_text().split()[0]
        except OSError:
            return []
        return [int(first), *children_of(int(first))]

    def signal(self, number: int) -> None:
        for process in self.processes():
            try:
                os.kill(process, number)
            except ProcessLookupError:
                pass

    def kill(self) -> None:
        """The end without warning, of all its processes at once."""
        gone = self.processes()
        self.signal(signal.SIGSTOP)  # so that none cleans up after another
        gone += [process for process in self.processes() if process not in gone]
        self.signal(signal.SIGKILL)
        deadline = time.monotonic() + GONE_SECONDS_MAX
        while any(map(is_alive, gone)):
            if time.monotonic() > deadline:
                raise RuntimeError("PostgreSQL is not gone")
            time.sleep(0.01)
        # They may stay in the table of processes until somebody asks for their status, and then
        # PostgreSQL takes the dead one for another that runs here.
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def freeze(self) -> None:
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    def promote(self) -> None:
        as_postgres(programs() / "pg_ctl", "promote", "--wait", f"--pgdata={self.folder}")


class Postgres:
    """Used with `with`."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.standbys: list[Node] = []
        self.url = subprocess.run(
            [TOOL, "start", folder], check=True, capture_output=True, text=True
        ).stdout.strip()
        self.user, self.password, port = re.fullmatch(
            r"postgresql://(\w+):(\w+)@127.0.0.1:(\d+)/postgres", self.url
        ).groups()
        self.node = Node(folder / "data", int(port))

    def __enter__(self) -> "Postgres":
        return self

    def __exit__(self, *_: object) -> None:
        for node in [*self.standbys, self.node]:
            node.thaw()
            node.kill()
        subprocess.run([TOOL, "stop", self.folder], check=True, stderr=subprocess.DEVNULL)

    def add_standby(self) -> Node:
        """A copy that confirms every commit before it is acknowledged."""
        port = free_port()
        folder = self.folder / f"standby-{port}"
        source = f"host=127.0.0.1 port={self.node.port} user={self.user} password={self.password}"
        as_postgres(
            programs() / "pg_basebackup", "--checkpoint=fast", "--write-recovery-conf",
            f"--dbname={source} application_name=standby", f"--pgdata={folder}",
        )  # fmt: skip
        standby = Node(folder, port)
        self.standbys.append(standby)
        standby.start()
        self.ask("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        self.ask("SELECT pg_reload_conf()")
        deadline = time.monotonic() + START_SECONDS_MAX
        while self.ask("SELECT sync_state FROM pg_stat_replication") != "sync":
            if time.monotonic() > deadline:
                raise RuntimeError("the standby does not follow")
            time.sleep(0.05)
        return standby

    def hosts(self) -> str:
        """The address with the standbys' hosts, too."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in [self.node, *self.standbys])
        return f"postgresql://{self.user}:{self.password}@{hosts}/postgres"

    def ask(self, sql: str, node: Node | None = None) -> str:
        return self._psql(sql, node, ["--tuples-only", "--no-align"]).strip()

    def copy_to(self, target: Path, node: Node | None = None) -> Path:
        """What the judge looks at, of one moment, as an SQLite file."""
        parts = "\\echo ----\n".join(
            f"COPY (SELECT {columns} FROM {table}) TO STDOUT WITH (FORMAT csv);\n"
            for table, columns in TABLES.items()
        )
        text = self._psql(f"BEGIN ISOLATION LEVEL REPEATABLE READ;\n{parts}COMMIT;\n", node, [])
        target.unlink(missing_ok=True)
        with closing(sqlite3.connect(target)) as connection, connection:
            for (table, columns), part in zip(TABLES.items(), text.split("----\n"), strict=True):
                connection.execute(f"CREATE TABLE {table} ({columns})")
                rows = list(csv.reader(io.StringIO(part)))
                places = ", ".join("?" * len(columns.split(",")))
                whole = [
                    [int(cell) if cell.lstrip("-").isdigit() else cell for cell in row]
                    for row in rows
                ]
                connection.executemany(f"INSERT INTO {table} VALUES ({places})", whole)
        return target

    def _psql(self, sql: str, node: Node | None, options: list[str]) -> str:
        port = (node or self.node).port
        url = f"postgresql://{self.user}:{self.password}@127.0.0.1:{port}/postgres"
        return subprocess.run(
            ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", *options, url],
            input=sql,
            check=True,
            capture_output=True,
            text=True,
            timeout=START_SECONDS_MAX,
        ).stdout
