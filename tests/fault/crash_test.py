#!/usr/bin/env python3
"""Kills the server in the middle of many reserving neighbours and looks for what was lost.

Each round starts `PROGRAM serve` on the same data, lets the crowd reserve and cancel, ends the
server with SIGKILL at a random moment, starts it again, repeats all requests that got no answer
with their keys, and checks that

  - every acknowledged reservation is there, in the database and by the API,
  - each key was done once, and asked again gives the same answer,
  - stock + kept + collected of every offer is what it was.

Then the judge is judged: on a log with a code that never was, and on copies of the database with
one thing changed, it must find fault.
"""

import argparse
import copy
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from ledger import Attempt, Ledger, copy_database, find_database, goods, judge, persons
from neighbours import Crowd, cancel, find_offers, look_up, reserve
from report import Report
from server import Client, Server, load_demo

SCARCE_OFFERS = 20
PLENTY_OFFERS = 20
SCARCE_STOCK = 5
PLENTY_STOCK = 1_000_000
ACKNOWLEDGED_MIN = 10  # in each round; fewer would prove nothing
REPLAYS = 20
LOOK_UPS = 200


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=Path("build/release/emplettes"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=2.0, help="longest time before a kill")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--checks", type=Path, help="file that receives a line for each check")
    return parser.parse_args()


def set_stocks(database: Path, offers: list[int]) -> None:
    """Some offers that run out, some that never do. The server must not run."""
    scarce, plenty = offers[:SCARCE_OFFERS], offers[SCARCE_OFFERS:]
    rows = [(SCARCE_STOCK, offer) for offer in scarce] + [(PLENTY_STOCK, offer) for offer in plenty]
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("UPDATE offer SET stock = ? WHERE offer_id = ?", rows)


# What another reservation of the same thing has in common with the first.
SAME_IN_A_COPY = (
    "territory_id, pickup_code, offer_id, shop_id, product_id, product_title, price_cents,"
    " quantity, person_name, contact, language, status, decline_reason, created_at, changed_at,"
    " held_until, writes"
)


class CrashTest:
    def __init__(self, arguments: argparse.Namespace, folder: Path):
        self.arguments = arguments
        self.chance = random.Random(arguments.seed)
        self.report = Report(arguments.checks)
        self.ledger = Ledger()
        self.data = folder / "data"
        self.folder = folder
        self.unanswered = 0
        load_demo(arguments.program, self.data)
        self.database = find_database(self.data)
        self.offers = self._prepare_offers()
        self.goods_before = goods(self.database)
        self.ledger.persons_before = persons(self.database)

    def run(self) -> int:
        for number in range(1, self.arguments.rounds + 1):
            self._round(number)
        self.report.check(
            "the kills came in the middle of requests",
            [] if self.unanswered else ["every request had its answer"],
        )
        self._judge_the_judge()
        print(
            f"{self.arguments.rounds} kills, {len(self.ledger.acknowledged())} acknowledged,"
            f" {self.unanswered} without an answer, seed {self.arguments.seed}"
        )
        return self.report.end()

    def _server(self) -> Server:
        return Server(self.arguments.program, self.data, self.folder / "server.log")

    def _prepare_offers(self) -> list[int]:
        with self._server() as server:
            offers = find_offers(server.port, SCARCE_OFFERS + PLENTY_OFFERS)
            server.stop()
        set_stocks(self.database, offers)
        return offers

    def _round(self, number: int) -> None:
        before = len(self.ledger.acknowledged())
        crowd = Crowd(
            self.ledger, self.offers, self.arguments.clients, f"r{number}", self.arguments.seed
        )
        with self._server() as server:
            crowd.start(server.port)
            time.sleep(self.chance.uniform(0.3, self.arguments.seconds))
            server.kill()
            crowd.stop()
            crowd.join()
        acknowledged = self.ledger.acknowledged()[before:]
        unknown = self.ledger.unknown()
        self.unanswered += len(unknown)
        with self._server() as server:
            problems = judge(self.ledger, self.database, self.goods_before)
            problems += self._ask_again(server.port, acknowledged, unknown)
            problems += judge(self.ledger, self.database, self.goods_before)
            server.stop()
        if len(acknowledged) < ACKNOWLEDGED_MIN:
            problems.append(f"only {len(acknowledged)} reservations were acknowledged")
        self.report.check(
            f"kill {number}: {len(acknowledged)} acknowledged, {len(unknown)} without an answer",
            problems,
        )

    def _ask_again(
        self, port: int, acknowledged: list[Attempt], unknown: list[Attempt]
    ) -> list[str]:
        client = Client(port)
        for attempt in unknown:
            reserve(client, attempt, self.ledger)
        for attempt in self._some(acknowledged, REPLAYS):
            reserve(client, attempt, self.ledger)
        for attempt in acknowledged:
            if attempt.may_be_cancelled and not attempt.is_cancelled:
                cancel(client, attempt, self.ledger)
        problems = []
        for attempt in self._some(acknowledged, LOOK_UPS):
            problems += look_up(client, attempt)
        client.close()
        if self.ledger.unknown():
            problems.append(f"{len(self.ledger.unknown())} repeated requests got no answer")
        return problems

    def _some(self, attempts: list[Attempt], count: int) -> list[Attempt]:
        return self.chance.sample(attempts, min(count, len(attempts)))

    def _judge_the_judge(self) -> None:
        """Each change below is one that the judge must notice."""
        clean = self.folder / "clean.db"
        copy_database(self.database, clean)
        self.report.check(
            "control: nothing wrong with an unchanged copy",
            judge(self.ledger, clean, self.goods_before),
        )
        untrue = copy.copy(self.ledger)
        never = Attempt("never", {"offer_id": 1, "quantity": 1, "name": "Nobody"}, "NEVERWAS22")
        untrue.attempts = [*self.ledger.attempts, never]
        self._expect_fault("a code that never was", judge(untrue, clean, self.goods_before))

        code = next(a.code for a in self.ledger.acknowledged() if not a.may_be_cancelled)
        changes = {
            "one more in stock": (
                f"UPDATE offer SET stock = stock + 1 WHERE offer_id = {self.offers[0]}"
            ),
            "a reservation lost": f"DELETE FROM reservation WHERE code = '{code}'",
            "a code changed": f"UPDATE reservation SET code = 'X' WHERE code = '{code}'",
            "a key done twice": (
                f"INSERT INTO reservation (reservation_id, code, {SAME_IN_A_COPY})"
                f" SELECT -reservation_id, 'TWICE', {SAME_IN_A_COPY}"
                f" FROM reservation WHERE code = '{code}'"
            ),
            "an end nobody asked for": (
                f"UPDATE reservation SET status = 'cancelled' WHERE code = '{code}'"
            ),
        }
        for name, change in changes.items():
            changed = self.folder / "changed.db"
            copy_database(clean, changed)
            with closing(sqlite3.connect(changed)) as connection, connection:
                assert connection.execute(change).rowcount == 1, change
            self._expect_fault(name, judge(self.ledger, changed, self.goods_before))

    def _expect_fault(self, name: str, problems: list[str]) -> None:
        self.report.check(
            f"control: {name} is noticed", [] if problems else ["the judge found no fault"]
        )


def main() -> int:
    arguments = read_arguments()
    arguments.program = arguments.program.resolve()
    folder = Path(tempfile.mkdtemp(prefix="emplettes_crash_"))
    status = CrashTest(arguments, folder).run()
    if status == 0:
        shutil.rmtree(folder)
    else:
        print(f"the server's log and data are in {folder}")
    return status


if __name__ == "__main__":
    sys.exit(main())
