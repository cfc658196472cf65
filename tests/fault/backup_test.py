#!/usr/bin/env python3
"""Backs up a server under load, restores what it kept, and kills both on the way.

  - what was acknowledged before a backup began is in it, and its stock adds up,
  - what is restored is the original row by row, on SQLite and on PostgreSQL, there and back,
  - kill -9 during a backup leaves nothing that bears its name, or all of it,
  - kill -9 during a restore leaves a folder that nothing takes for an installation,
  - a bit that flips in a backup is noticed wherever it stands; one in a search image or in a sealed
    database is not served.

Then the judge is judged: one row changed on either side must be found.
"""

import argparse
import copy
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.parse
from contextlib import closing
from pathlib import Path

from ledger import Ledger, goods, judge, open_to_read, persons
from neighbours import Crowd, find_offers
from report import Report
from server import Client, Server, load_demo

OFFERS = 40
CLIENTS = 16
KILLS = 6
FLIPS = 40
# Whose order is that of one database's commits: not in a backup (src/store/table_text.h).
NOT_CARRIED = {"outbox", "outbox_cursor", "migration"}


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=Path("build/release/emplettes"))
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--checks", type=Path, help="file that receives a line for each check")
    return parser.parse_args()


def sqlite_rows(database: Path) -> dict[str, list]:
    with closing(open_to_read(database)) as connection:
        connection.execute("BEGIN")
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {
            name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}")))
            for (name,) in names
            if name not in NOT_CARRIED
        }


class Postgres:
    """A schema of its own on the server of EMPLETTES_POSTGRES_URL, read with psql."""

    def __init__(self, url: str, name: str):
        self.server, self.schema = url, name
        self._run(f"DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}")
        self.url = url + ("&" if "?" in url else "?") + f"options=-csearch_path%3D{name}"

    def _run(self, sql: str) -> str:
        command = ["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", self.server, "-c", sql]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def rows(self) -> dict[str, list]:
        """As sqlite_rows, made of JSON, which keeps numbers and texts apart."""
        tables = self._run(
            f"SELECT tablename FROM pg_tables WHERE schemaname = '{self.schema}'"
        ).split()
        found = {}
        for table in tables:
            if table in NOT_CARRIED:
                continue
            lines = self._run(
                f"SELECT COALESCE(json_agg(r), '[]') FROM"
                f" (SELECT * FROM {self.schema}.{table}) r"
            )
            values = json.loads(lines)
            found[table] = sorted(repr(tuple(row.values())) for row in values)
        return found

    def change(self, sql: str) -> None:
        self._run(f"SET search_path TO {self.schema}; {sql}")

    def drop(self) -> None:
        self._run(f"DROP SCHEMA {self.schema} CASCADE")


def differences(one: dict[str, list], other: dict[str, list]) -> list[str]:
    problems = [f"table {name} is on one side only" for name in one.keys() ^ other.keys()]
    for name in sorted(one.keys() & other.keys()):
        if one[name] != other[name]:
            problems.append(f"table {name}: not alike ({len(one[name])}, {len(other[name])} rows)")
    return problems


def meaningful_bytes(backup: Path) -> list[range]:
    """Where something stands: headers and bytes of the parts, not what fills their blocks up."""
    with tarfile.open(backup) as tar:
        return [
            span
            for part in tar.getmembers()
            for span in (
                range(part.offset_data - 512, part.offset_data),
                range(part.offset_data, part.offset_data + part.size),
            )
            if span
        ]


def flip(file: Path, at: int, bit: int) -> None:
    with file.open("r+b") as stream:
        stream.seek(at)
        byte = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([byte ^ (1 << bit)]))


class BackupTest:
    def __init__(self, arguments: argparse.Namespace, folder: Path):
        self.arguments = arguments
        self.chance = random.Random(arguments.seed)
        self.report = Report(arguments.checks)
        self.folder = folder
        self.data = folder / "data"
        self.database = self.data / "emplettes.db"
        self.backup = folder / "kept.tar"
        load_demo(arguments.program, self.data)

    def run(self) -> int:
        self._while_serving()
        self._row_by_row()
        self._on_postgres()
        self._killed_backups()
        self._killed_restores()
        self._flipped_bits()
        self._flipped_image()
        self._flipped_database()
        print(f"seed {self.arguments.seed}")
        return self.report.end()

    def _type(self, *words: object) -> subprocess.CompletedProcess:
        command = [self.arguments.program, *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def _must(self, *words: object) -> list[str]:
        done = self._type(*words)
        return [] if done.returncode == 0 else [f"{words}: {done.stderr}{done.stdout}"]

    def _while_serving(self) -> None:
        ledger = Ledger()
        with Server(self.arguments.program, self.data, self.folder / "server.log") as server:
            offers = find_offers(server.port, OFFERS)
            before = goods(self.database)
            ledger.persons_before = persons(self.database)
            crowd = Crowd(ledger, offers, CLIENTS, "b", self.arguments.seed, cancel_share=0)
            crowd.start(server.port)
            time.sleep(1)
            known = copy.copy(ledger)
            known.attempts = ledger.acknowledged()
            problems = self._must("backup", self.backup, "--data", self.data)
            crowd.stop()
            crowd.join()
            server.stop()
        problems += self._must("verify", self.backup)
        problems += self._must("restore", self.backup, "--data", self.folder / "live")
        problems += self._must("verify", "--data", self.folder / "live")
        restored = self.folder / "live" / "emplettes.db"
        # Those who came while it was being written are in it or not: none of them is a problem.
        later = {attempt.person for attempt in ledger.attempts} - {a.person for a in known.attempts}
        known.persons_before = ledger.persons_before | later
        problems += judge(known, restored, before)
        if len(known.attempts) < 10:
            problems.append(f"only {len(known.attempts)} reservations before the backup")
        self.report.check(
            f"a backup under load holds the {len(known.attempts)} acknowledged before it", problems
        )

    def _row_by_row(self) -> None:
        target = self.folder / "same"
        problems = self._must("backup", self.backup, "--data", self.data)
        problems += self._must("restore", self.backup, "--data", target)
        self.rows = sqlite_rows(self.database)
        self.signers = sqlite_rows(self.data / "pledges.db")
        problems += differences(self.rows, sqlite_rows(target / "emplettes.db"))
        problems += differences(self.signers, sqlite_rows(target / "pledges.db"))
        for file in sorted(self.data.rglob("*")):
            place = file.relative_to(self.data)
            if file.is_dir() or place.parts[0] in ("search", "mails", "spool", "last-backup"):
                continue
            if not place.name.startswith(("emplettes.db", "pledges.db")):
                kept = target / place
                if not kept.exists() or kept.read_bytes() != file.read_bytes():
                    problems.append(f"{place} is another")
        self.report.check("what is restored is the original, row by row and file by file", problems)
        with closing(sqlite3.connect(target / "emplettes.db")) as connection, connection:
            connection.execute("UPDATE shop SET name = name || '.' WHERE rowid = 1")
        found = differences(self.rows, sqlite_rows(target / "emplettes.db"))
        self.report.check(
            "control: one letter more in one row is found", [] if found else ["nothing was found"]
        )

    def _on_postgres(self) -> None:
        url = os.environ.get("EMPLETTES_POSTGRES_URL", "")
        if not url:
            self.report.skip("the same on PostgreSQL", "EMPLETTES_POSTGRES_URL is not set")
            return
        place = Postgres(url, f"backup_{os.getpid()}")
        there, back = self.folder / "there", self.folder / "back"
        second = self.folder / "second.tar"
        on_postgres = ("--database", place.url)
        problems = self._must("restore", self.backup, "--data", there, *on_postgres)
        problems += differences(self.rows, place.rows())
        problems += self._must("verify", "--data", there, *on_postgres)
        problems += self._must("backup", second, "--data", there, *on_postgres)
        problems += self._must("restore", second, "--data", back)
        problems += differences(self.rows, sqlite_rows(back / "emplettes.db"))
        problems += differences(self.signers, sqlite_rows(back / "pledges.db"))
        self.report.check("SQLite to PostgreSQL and back: every row is the same", problems)
        again = self._type("restore", second, "--data", self.folder / "no", *on_postgres)
        is_refused = again.returncode == 1 and "is not empty" in again.stderr
        self.report.check(
            "a database with rows is left alone",
            [] if is_refused and not differences(self.rows, place.rows()) else [again.stderr],
        )
        place.change("UPDATE offer SET price_cents = price_cents + 1 WHERE offer_id ="
                     " (SELECT MIN(offer_id) FROM offer)")
        self.report.check(
            "control: one cent more on PostgreSQL is found",
            [] if differences(self.rows, place.rows()) else ["nothing was found"],
        )
        place.drop()

    def _kill_somewhere(self, seconds: float, *words: object) -> int:
        process = subprocess.Popen(
            [self.arguments.program, *map(str, words)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(self.chance.uniform(0, seconds))
        process.kill()
        return process.wait()

    def _killed_backups(self) -> None:
        began = time.monotonic()
        problems = self._must("backup", self.folder / "timed.tar", "--data", self.data)
        seconds = time.monotonic() - began
        killed = 0
        for number in range(KILLS):
            target = self.folder / f"killed{number}.tar"
            status = self._kill_somewhere(seconds, "backup", target, "--data", self.data)
            killed += status == -signal.SIGKILL
            if target.exists():
                problems += self._must("verify", target)
            draft = Path(f"{target}.partial")
            if draft.exists():
                shutil.copy(draft, target)  # even by a name that looks right
                problems += self._halves_that_pass(target)
        if not killed:
            problems.append("no backup was killed in the middle")
        self.report.check(f"{killed} backups killed: none is there by half", problems)

    def _halves_that_pass(self, backup: Path) -> list[str]:
        """Killed between its last byte and its name, it is whole: then every row must be there."""
        is_sound = self._type("verify", backup).returncode == 0
        target = self._emptied(self.folder / "from-a-draft")
        is_restored = self._type("restore", backup, "--data", target).returncode == 0
        if is_sound != is_restored:
            return [f"verify says {is_sound}, restore says {is_restored}"]
        return differences(self.rows, sqlite_rows(target / "emplettes.db")) if is_sound else []

    def _killed_restores(self) -> None:
        began = time.monotonic()
        problems = self._must("restore", self.backup, "--data", self.folder / "timed")
        seconds = time.monotonic() - began
        target = self.folder / "killed"
        halves = 0
        for _ in range(KILLS):
            self._kill_somewhere(seconds, "restore", self.backup, "--data", target)
            mark = target / "restore-unfinished"
            if mark.exists():
                halves += 1
                for words in (("serve", "--port", 0), ("verify",), ("backup", self.folder / "y")):
                    done = self._type(*words, "--data", target)
                    if done.returncode == 0 or "did not end" not in done.stderr:
                        problems.append(f"half an installation passes {words[0]}: {done.stderr}")
            elif target.exists() and any(target.iterdir()):
                problems += differences(self.rows, sqlite_rows(target / "emplettes.db"))
                shutil.rmtree(target)
        problems += self._must("restore", self.backup, "--data", self._emptied(target))
        problems += differences(self.rows, sqlite_rows(target / "emplettes.db"))
        if not halves:
            problems.append("no restore was killed in the middle")
        self.report.check(f"{halves} restores killed: none passes, the next is whole", problems)

    @staticmethod
    def _emptied(target: Path) -> Path:
        if target.exists() and not (target / "restore-unfinished").exists():
            shutil.rmtree(target)
        return target

    def _flipped_bits(self) -> None:
        spans = meaningful_bytes(self.backup)
        damaged = self.folder / "flipped.tar"
        problems = []
        for _ in range(FLIPS):
            shutil.copy(self.backup, damaged)
            at = self.chance.choice(self.chance.choice(spans))
            flip(damaged, at, self.chance.randrange(8))
            for words in (("verify", damaged), ("restore", damaged, "--data", self.folder / "z")):
                if self._type(*words).returncode != 1:
                    problems.append(f"byte {at} flipped, and {words[0]} sees nothing")
            if (self.folder / "z").exists():
                problems.append(f"byte {at} flipped, and something was restored")
        self.report.check(f"{FLIPS} bits flipped in a backup: each is noticed", problems)
        self.report.check("control: the same without a flip", self._must("verify", self.backup))

    def _flipped_image(self) -> None:
        """The search image: never served when it is not what was written."""
        log = self.folder / "image.log"
        image = next((self.data / "search").glob("*.image"), None)
        if image is None:
            self.report.check("there is a search image", ["a served demo has none"])
            return
        sound = self._start_and_ask(log)
        problems = [] if "no start from" not in log.read_text() else ["a sound image is refused"]
        self.report.check("control: a start from a sound image", problems)
        problems = []
        for _ in range(3):
            flip(image, self.chance.randrange(image.stat().st_size), self.chance.randrange(8))
            if self._type("verify", "--data", self.data).returncode == 0:
                problems.append("verify does not see the flip in the image")
            log.write_text("")
            if self._start_and_ask(log) != sound:
                problems.append("the answers are others")
            if "no start from" not in log.read_text():
                problems.append("a damaged image was used")
        self.report.check("flipped bits in a search image: noticed, never served", problems)

    def _start_and_ask(self, log: Path) -> list:
        answers = []
        with Server(self.arguments.program, self.data, log) as server:
            client = Client(server.port)
            for word in ("livre", "thé", "puzzle"):
                query = urllib.parse.urlencode({"q": word, "limit": 20})
                body = client.ask("GET", f"/api/v1/search?{query}").body
                answers.append([hit["product"]["id"] for hit in body["hits"]])
            client.close()
            server.stop()
        return answers


    def _flipped_database(self) -> None:
        """A letter of a title, on the disk: served without a seal, never with one."""
        data = self.folder / "sealed"
        problems = self._must("restore", self.backup, "--data", data)
        database = data / "emplettes.db"
        served = self._spoiled_titles(data, database)
        self.report.check(
            "control: without a seal a flipped letter is served",
            problems or ([] if served else ["nobody was served what is wrong"]),
        )
        shutil.rmtree(data)
        problems = self._must("restore", self.backup, "--data", data)
        problems += self._must("seal", "--data", data)
        problems += self._must("verify", "--data", data)
        problems += differences(self.rows, sqlite_rows(database))
        if self._spoiled_titles(data, database):
            problems.append("a flipped letter was served")
        found = self._type("verify", "--data", data)
        if found.returncode != 1 or "damaged" not in found.stdout:
            problems.append(f"verify: {found.stdout}")
        self.report.check("sealed: a flipped letter is noticed, never served", problems)

    def _spoiled_titles(self, data: Path, database: Path) -> bool:
        """Whether a title that one bit was changed of is in some answer."""
        titles = [title for (title,) in self._ask(database, "SELECT title FROM product")]
        word = self.chance.choice([title for title in titles if title[0].isascii()]).encode()
        wrong = bytes([word[0] ^ 1]) + word[1:]
        content = database.read_bytes().replace(word, wrong)
        database.write_bytes(content)
        shutil.rmtree(data / "search", ignore_errors=True)
        products = self._ask(database, "SELECT product_id FROM product")
        try:
            with Server(self.arguments.program, data, self.folder / "spoiled.log") as server:
                client = Client(server.port)
                for (product,) in products:
                    body = client.ask("GET", f"/api/v1/products/{product}").body
                    if wrong.decode(errors="replace") in json.dumps(body, ensure_ascii=False):
                        return True
        except RuntimeError:
            pass  # it did not start: nobody was served
        return False

    @staticmethod
    def _ask(database: Path, sql: str) -> list[tuple]:
        with closing(open_to_read(database)) as connection:
            return connection.execute(sql).fetchall()


def main() -> int:
    arguments = read_arguments()
    arguments.program = arguments.program.resolve()
    folder = Path(tempfile.mkdtemp(prefix="emplettes_backup_"))
    status = BackupTest(arguments, folder).run()
    if status == 0:
        shutil.rmtree(folder)
    else:
        print(f"the server's log and data are in {folder}")
    return status


if __name__ == "__main__":
    sys.exit(main())
