#!/usr/bin/env python3
"""Fills the disk under the running server, frees it again, and looks for what was lost.

The data lie on a small tmpfs, so the test must be allowed to mount one (root). While the disk is
full, reservations are refused with a 503 problem document and reading goes on; when space returns,
reservations are accepted again without a restart, and everything acknowledged is there.
"""

import argparse
import errno
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from ledger import Attempt, Ledger, copy_database, find_database, goods, judge, persons
from neighbours import Crowd, find_offers, look_up, reserve
from report import Report
from server import Client, Server, load_demo

OFFERS = 20
STOCK = 1_000_000
# Besides the demo's data. On a busy machine the log grows to 64 MiB before it is forced back
# (store/wal_checkpoint.cc): on a smaller disk it alone would be full, and nothing could be freed.
ROOM_BYTES = 128 << 20
CLIENTS = 16
SECONDS_OF_LIFE = 2.0
REQUESTS_UNTIL_FULL_MAX = 20_000  # what the log still has room for
REFUSALS = 20
RECOVERY_SECONDS_MAX = 15.0


class MountRefused(Exception):
    pass


class Tmpfs:
    """A small disk in memory. Used with `with`; raises MountRefused."""

    def __init__(self, path: Path, size: int):
        self.path = path
        path.mkdir()
        result = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "emplettes_test", path],
            capture_output=True,
            text=True,
        )
        if result.returncode != 0:
            raise MountRefused(result.stderr.strip())

    def fill(self) -> None:
        """Leaves not one byte."""
        with (self.path / "ballast").open("wb", buffering=0) as file:
            for block in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(bytes(block))
                except OSError as problem:
                    if problem.errno != errno.ENOSPC:
                        raise

    def free(self) -> None:
        (self.path / "ballast").unlink()

    def __enter__(self) -> "Tmpfs":
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--lazy", self.path], check=True)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=Path("build/release/emplettes"))
    parser.add_argument("--checks", type=Path, help="file that receives a line for each check")
    return parser.parse_args()


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class DiskFullTest:
    def __init__(self, program: Path, report: Report, folder: Path):
        self.program = program
        self.report = report
        self.folder = folder
        self.log = folder / "server.log"
        self.ledger = Ledger()
        self.keys = 0

    def prepare(self) -> Path:
        """The demo, with offers that never run out."""
        data = self.folder / "data"
        load_demo(self.program, data)
        with Server(self.program, data, self.log) as server:
            self.offers = find_offers(server.port, OFFERS)
            server.stop()
        database = find_database(data)
        with closing(sqlite3.connect(database)) as connection, connection:
            rows = [(STOCK, offer) for offer in self.offers]
            connection.executemany("UPDATE offer SET stock = ? WHERE offer_id = ?", rows)
        self.goods_before = goods(database)
        self.ledger.persons_before = persons(database)
        return data

    def run(self, disk: Tmpfs, original: Path) -> None:
        data = disk.path / "data"
        shutil.copytree(original, data)
        self.database = find_database(data)
        with Server(self.program, data, self.log) as server:
            self._live(server.port)
            disk.fill()
            self._full(server.port)
            disk.free()
            self._recovered(server.port)
            server.stop()
        with Server(self.program, data, self.log) as server:
            self._nothing_lost(server.port, "after a restart")
            server.stop()
        self._judge_the_judge()

    def _live(self, port: int) -> None:
        crowd = Crowd(self.ledger, self.offers, CLIENTS, "before", seed=1)
        crowd.start(port)
        time.sleep(SECONDS_OF_LIFE)
        crowd.stop()
        crowd.join()
        acknowledged = len(self.ledger.acknowledged())
        problems = [] if acknowledged else ["nothing was acknowledged"]
        self.report.check(f"with space: {acknowledged} acknowledged", problems)

    def _reserve_one(self, client: Client):
        self.keys += 1
        attempt = Attempt(
            key=f"full-{self.keys}",
            body={
                "offer_id": self.offers[self.keys % len(self.offers)],
                "quantity": 1,
                "name": f"Neighbour full-{self.keys}",
                "contact": f"01 42 {self.keys:06d}",
            },
        )
        self.ledger.add(attempt)
        return reserve(client, attempt, self.ledger)

    def _full(self, port: int) -> None:
        client = Client(port)
        # A refusal may be followed by a few that go through: a checkpoint lets SQLite begin its log
        # anew, in the room that it already has. The disk is full when none does any more.
        refusals_in_a_row = 0
        problems = []
        while refusals_in_a_row < REFUSALS and self.keys < REQUESTS_UNTIL_FULL_MAX:
            answer = self._reserve_one(client)
            is_refusal = answer.status == 503
            refusals_in_a_row = refusals_in_a_row + 1 if is_refusal else 0
            is_problem = answer.content_type.startswith("application/problem+json")
            if answer.status != 201 and not (is_refusal and is_problem):
                problems.append(f"answered {answer.status} {answer.content_type} {answer.body}")
        if refusals_in_a_row < REFUSALS:
            problems.append("the disk does not get full")
        self.report.check(f"full, after {self.keys - REFUSALS} requests: 503", problems)
        search = client.ask("GET", "/api/v1/search?q=")
        is_read = search.status == 200 and search.body["hits"]
        self.report.check(
            "full: search still answers", [] if is_read else [f"search: {search.status}"]
        )
        problems = []
        for attempt in self.ledger.acknowledged()[:20]:
            problems += look_up(client, attempt)
        self.report.check("full: slips can still be read", problems)
        client.close()

    def _recovered(self, port: int) -> None:
        client = Client(port)
        freed = time.monotonic()
        answer = self._reserve_one(client)
        while answer.status == 503 and time.monotonic() - freed < RECOVERY_SECONDS_MAX:
            time.sleep(0.1)
            answer = self._reserve_one(client)
        seconds = time.monotonic() - freed
        problems = [] if answer.status == 201 else [f"answered {answer.status} {answer.body}"]
        self.report.check(f"space again: accepted after {seconds:.1f} s", problems)
        for attempt in self.ledger.unknown():
            reserve(client, attempt, self.ledger)
        client.close()
        self._nothing_lost(port, "after repeating what was refused")

    def _nothing_lost(self, port: int, when: str) -> None:
        problems = judge(self.ledger, self.database, self.goods_before)
        problems += [f"{a.key} has no answer yet" for a in self.ledger.unknown()]
        client = Client(port)
        for attempt in self.ledger.acknowledged()[-50:]:
            problems += look_up(client, attempt)
        client.close()
        self.report.check(f"nothing lost {when}", problems)

    def _judge_the_judge(self) -> None:
        changed = self.folder / "changed.db"
        copy_database(self.database, changed)
        code = self.ledger.acknowledged()[-1].code
        with closing(sqlite3.connect(changed)) as connection, connection:
            connection.execute("DELETE FROM reservation WHERE code = ?", (code,))
        problems = judge(self.ledger, changed, self.goods_before)
        self.report.check(
            "control: a reservation lost is noticed",
            [] if problems else ["the judge found no fault"],
        )


def main() -> int:
    arguments = read_arguments()
    report = Report(arguments.checks)
    folder = Path(tempfile.mkdtemp(prefix="emplettes_disk_"))
    test = DiskFullTest(arguments.program.resolve(), report, folder)
    data = test.prepare()
    try:
        with Tmpfs(folder / "disk", size_of(data) + ROOM_BYTES) as disk:
            test.run(disk, data)
    except MountRefused as problem:
        report.skip("disk full", f"mounting a tmpfs is not allowed here: {problem}")
    status = report.end()
    if status == 0:
        shutil.rmtree(folder)
    else:
        print(f"the server's log is in {folder}")
    return status


if __name__ == "__main__":
    sys.exit(main())
