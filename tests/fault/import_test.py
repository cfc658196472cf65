#!/usr/bin/env python3
"""Kills an import in the middle, again and again, and looks at the shelf it makes in the end.

Each round begins with the same shelf, starts `PROGRAM import products` of a whole shelf's file
(new, changed, unchanged and gone things), ends it with SIGKILL at a random moment, and starts the
same command until it is through. Then the shelf must be what the file says, each thing once, its
counts those of the dry run, and undoing must bring back what was before.

Then the judge is judged: on copies of the database with one thing changed it must find fault.
"""

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from ledger import copy_database, find_database, open_to_read
from report import Report
from server import load_demo

OLD_ROWS = 6_000  # of the shelf before
NEW_ROWS = 6_000  # of the file; the first half of the old ones is gone
ATTEMPTS_MAX = 200
COMMAND_SECONDS_MAX = 300


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=Path("build/release/emplettes"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kills", type=int, default=10, help="in each round")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--checks", type=Path, help="file that receives a line for each check")
    return parser.parse_args()


def shelf_of(numbers: range, price: int) -> dict[str, tuple[int, int]]:
    """Own number to price in cents and stock; every third has another price."""
    return {str(i): (price + i % 900 + (50 if i % 3 == 0 else 0), 1 + i % 9) for i in numbers}


def write_file(path: Path, shelf: dict[str, tuple[int, int]]) -> None:
    with path.open("w") as file:
        file.write("sku;titre;prix;stock\n")
        for sku, (cents, stock) in shelf.items():
            file.write(f"{sku};Chose numéro {sku};{cents // 100},{cents % 100:02};{stock}\n")


def read_shelf(database: Path, shop: int) -> list[tuple[str, int, int]]:
    with closing(open_to_read(database)) as connection:
        return sorted(
            connection.execute(
                "SELECT sku, price_cents, stock FROM offer WHERE shop_id = ?"
                " AND source_id <> 0 AND withdrawn_at = 0",
                (shop,),
            )
        )


def judge(database: Path, shop: int, expected: dict[str, tuple[int, int]]) -> list[str]:
    found = read_shelf(database, shop)
    problems = []
    if len(found) != len({sku for sku, _, _ in found}):
        problems.append("a thing is there twice")
    for sku, cents, stock in found:
        if expected.get(sku) != (cents, stock):
            problems.append(f"{sku} has {cents} cents and stock {stock}: {expected.get(sku)}")
    missing = expected.keys() - {sku for sku, _, _ in found}
    problems += [f"{sku} is missing" for sku in sorted(missing)]
    with closing(open_to_read(database)) as connection:
        doubles = connection.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM product GROUP BY territory_id, title, source"
            " HAVING COUNT(*) > 1 AND title LIKE 'Chose %')"
        ).fetchone()[0]
        if doubles:
            problems.append(f"{doubles} products are there twice")
        wrong = connection.execute(
            "SELECT COUNT(*) FROM shelf_import WHERE status = 'done'"
            " AND (rows_done <> rows_total"
            " OR outcome <> json_extract(report, '$.counts'))"
        ).fetchone()[0]
        if wrong:
            problems.append("an import has not done what its dry run said")
    return problems


class ImportTest:
    def __init__(self, arguments: argparse.Namespace, folder: Path):
        self.arguments = arguments
        self.chance = random.Random(arguments.seed)
        self.report = Report(arguments.checks)
        self.folder = folder
        self.start = folder / "start"
        self.data = folder / "data"
        load_demo(arguments.program, self.start)
        self.shop = self._choose_shop()
        # In one file, under one name: its source is that of the same kind of file.
        self.file = folder / "shelf.csv"
        self.old = shelf_of(range(OLD_ROWS), 500)
        self.new = shelf_of(range(OLD_ROWS // 2, OLD_ROWS // 2 + NEW_ROWS), 550)
        write_file(self.file, self.old)
        self._finish(self.start, [str(self.file), "--whole-shelf"])
        write_file(self.file, self.new)
        self.seconds = self._time_it()
        self.kills = 0

    def run(self) -> int:
        for number in range(1, self.arguments.rounds + 1):
            self._round(number)
        wanted = self.arguments.rounds * self.arguments.kills
        self.report.check(
            "the kills came in the middle of imports",
            [] if self.kills == wanted else [f"only {self.kills} of {wanted}"],
        )
        self._judge_the_judge()
        print(f"{self.kills} kills, seed {self.arguments.seed}")
        return self.report.end()

    def _choose_shop(self) -> int:
        with closing(open_to_read(find_database(self.start))) as connection:
            return connection.execute("SELECT MIN(shop_id) FROM shop").fetchone()[0]

    def _command(self, data: Path, options: list[str]) -> list[str]:
        program = str(self.arguments.program)
        return [program, "import", "products", "--data", str(data), "--shop", str(self.shop)] + [
            *options,
            *([] if "--undo" in options else ["--yes"]),
        ]

    def _finish(self, data: Path, options: list[str]) -> None:
        done = subprocess.run(
            self._command(data, options), capture_output=True, timeout=COMMAND_SECONDS_MAX
        )
        if done.returncode != 0:
            raise RuntimeError(f"{options} ended with {done.returncode}:\n{done.stderr.decode()}")

    def _fresh(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self.start, self.data)

    def _time_it(self) -> float:
        self._fresh()
        began = time.monotonic()
        self._finish(self.data, [str(self.file), "--whole-shelf"])
        return time.monotonic() - began

    def _round(self, number: int) -> None:
        self._fresh()
        database = find_database(self.data)
        before = read_shelf(database, self.shop)
        killed = 0
        for _ in range(ATTEMPTS_MAX):
            killed += self._kill_once([str(self.file), "--whole-shelf"])
            if killed == self.arguments.kills:
                break
        self.kills += killed
        self._finish(self.data, [str(self.file), "--whole-shelf"])
        problems = judge(database, self.shop, self.new)
        name = f"round {number}: {killed} kills, then through"
        self.report.check(name, problems)
        self._undo_all(database)
        after = read_shelf(database, self.shop)
        self.report.check(
            f"round {number}: undone it is as before",
            [] if after == before else [f"{len(set(after) ^ set(before))} differences"],
        )

    def _kill_once(self, options: list[str]) -> bool:
        with subprocess.Popen(
            self._command(self.data, options),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                process.wait(self.chance.uniform(0, self.seconds))
            except subprocess.TimeoutExpired:
                process.kill()
                return True
        return False

    def _undo_all(self, database: Path) -> None:
        """The first import of the shelf before stays."""
        for _ in range(ATTEMPTS_MAX):
            with closing(open_to_read(database)) as connection:
                left = connection.execute(
                    "SELECT COUNT(*) FROM shelf_import WHERE status IN ('done', 'undoing')"
                ).fetchone()[0]
            if left <= 1:
                return
            self._kill_once(["--undo"])
        raise RuntimeError("undoing does not come to an end")

    def _judge_the_judge(self) -> None:
        self._fresh()
        self._finish(self.data, [str(self.file), "--whole-shelf"])
        honest = find_database(self.data)
        self.report.check("an import without a kill", judge(honest, self.shop, self.new))
        lies = {
            "a thing that is missing": "DELETE FROM offer WHERE sku = '4000'",
            "a thing that is still there": "UPDATE offer SET withdrawn_at = 0 WHERE sku = '1'",
            "a price that is as before": "UPDATE offer SET price_cents = 1 WHERE sku = '4001'",
            "a row that was counted twice": "UPDATE shelf_import SET rows_done = rows_done + 1",
        }
        for name, lie in lies.items():
            copy = self.folder / "lie.db"
            copy_database(honest, copy)
            with closing(sqlite3.connect(copy)) as connection, connection:
                connection.execute(lie)
            found = judge(copy, self.shop, self.new)
            self.report.check(
                f"control: {name} is seen", [] if found else ["the judge has seen nothing"]
            )


def main() -> int:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="emplettes-import-") as folder:
        return ImportTest(arguments, Path(folder)).run()


if __name__ == "__main__":
    sys.exit(main())
