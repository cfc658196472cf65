"""What the clients were told, and the judge who compares it with the database."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Attempt:
    """One request to keep something. Its person's name is its own, so that it can be recognised."""

    key: str
    body: dict
    code: str = ""  # set when 201 was received
    is_refused: bool = False
    is_cancelled: bool = False  # the cancellation was acknowledged
    may_be_cancelled: bool = False  # it was asked for

    @property
    def person(self) -> str:
        return self.body["name"]


@dataclass
class Ledger:
    """Everything the clients did, in all rounds. Thread-safe for adding."""

    attempts: list[Attempt] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)  # answers that are wrong by themselves
    persons_before: set[str] = field(default_factory=set)  # whose reservations are not ours
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, attempt: Attempt) -> None:
        with self._lock:
            self.attempts.append(attempt)

    def wonder(self, surprise: str) -> None:
        with self._lock:
            self.surprises.append(surprise)

    def acknowledged(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts if attempt.code]

    def unknown(self) -> list[Attempt]:
        return [a for a in self.attempts if not a.code and not a.is_refused]


def find_database(data: Path) -> Path:
    for path in sorted(path for path in data.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            if file.read(16) == b"SQLite format 3\0":
                return path
    raise RuntimeError(f"no SQLite database in {data}")


def open_to_read(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)


def persons(database: Path) -> set[str]:
    with closing(open_to_read(database)) as connection:
        return {person for (person,) in connection.execute("SELECT person_name FROM reservation")}


def goods(database: Path) -> dict[int, int]:
    """For each offer: stock + kept + collected, which nothing that people do may change."""
    with closing(open_to_read(database)) as connection:
        connection.execute("BEGIN")
        total = dict(connection.execute("SELECT offer_id, stock FROM offer"))
        for offer, kept in connection.execute(
            "SELECT offer_id, SUM(quantity) FROM reservation"
            " WHERE status IN ('requested', 'held', 'ready', 'collected') GROUP BY offer_id"
        ):
            total[offer] += kept
    return total


def judge(ledger: Ledger, database: Path, goods_before: dict[int, int]) -> list[str]:
    """Every way in which the database contradicts what the clients were told."""
    with closing(open_to_read(database)) as connection:
        rows = connection.execute(
            "SELECT code, offer_id, quantity, person_name, status FROM reservation"
        ).fetchall()
        integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
    problems = list(ledger.surprises)
    if integrity != "ok":
        problems.append(f"integrity check: {integrity}")
    problems += _compare(ledger, rows)
    goods_now = goods(database)
    for offer in sorted(goods_before.keys() | goods_now.keys()):
        if goods_before.get(offer) != goods_now.get(offer):
            problems.append(
                f"offer {offer}: stock + kept + collected was {goods_before.get(offer)},"
                f" is {goods_now.get(offer)}"
            )
    return problems


def _compare(ledger: Ledger, rows: list[tuple]) -> list[str]:
    problems = []
    by_person: dict[str, list[tuple]] = {}
    for row in rows:
        if row[3] not in ledger.persons_before:
            by_person.setdefault(row[3], []).append(row)
    for attempt in ledger.attempts:
        stored = by_person.pop(attempt.person, [])
        if len(stored) > 1:
            problems.append(f"key {attempt.key} was done {len(stored)} times")
        elif not stored and attempt.code:
            problems.append(f"{attempt.code} was acknowledged and is not there")
        elif stored:
            problems += _compare_one(attempt, stored[0])
    problems += [f"nobody asked for the reservation of {person}" for person in by_person]
    return problems


def _compare_one(attempt: Attempt, row: tuple) -> list[str]:
    code, offer, quantity, _, status = row
    problems = []
    if attempt.is_refused:
        problems.append(f"{code} is there although its request was refused")
    if attempt.code and code != attempt.code:
        problems.append(f"{attempt.code} was acknowledged, {code} is there")
    if (offer, quantity) != (attempt.body["offer_id"], attempt.body["quantity"]):
        problems.append(f"{code} keeps {quantity} of {offer}, not what was asked for")
    if attempt.is_cancelled and status != "cancelled":
        problems.append(f"{code} was cancelled and is {status}")
    if status == "cancelled" and not attempt.may_be_cancelled:
        problems.append(f"{code} is cancelled and nobody asked for it")
    return problems


def copy_database(database: Path, target: Path) -> None:
    """A consistent copy, log included, also while the server runs."""
    target.unlink(missing_ok=True)
    with closing(open_to_read(database)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
