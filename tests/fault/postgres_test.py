#!/usr/bin/env python3
"""Two servers on one PostgreSQL with a standby, which is killed, frozen and replaced under load.

  killed     all processes of PostgreSQL end at once and it is started again
  three      each request is sent three times, two at once, to both servers
  frozen     PostgreSQL stops answering: search goes on, nothing is acknowledged, and it is said so
  last unit  hundreds want the last one; a server is killed, the winner gives back or does not come
  replaced   the leader is killed while its standby lags, and the standby becomes the leader

After each, everything acknowledged must be there, each key done once, and stock + kept be what it
was. Then the judge is judged: on changed copies, and on a fail-over that did not wait for the
standby, it must find fault.
"""

import argparse
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from ledger import Attempt, Ledger, goods, judge, persons
from neighbours import RESERVATIONS, find_offers, look_up, reserve
from report import Report
from server import Client
from two_nodes import Asker, Insistent, TwoNodes, wish

OFFERS = 20
STOCK = 1_000_000
CROWD = 16
ACKNOWLEDGED_MIN = 10
REPEATED_KEYS = 40
BACK_SECONDS_MAX = 60
SEARCH_SECONDS_MAX = 1.0
ANSWER_SECONDS_MAX = 8.0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=Path("build/release/emplettes"))
    parser.add_argument("--kills", type=int, default=1, help="of PostgreSQL, under load")
    parser.add_argument("--rounds", type=int, default=3, help="for the last unit")
    parser.add_argument("--clients", type=int, default=100, help="who want it")
    parser.add_argument("--checks", type=Path, help="file that receives a line for each check")
    return parser.parse_args()


def fetch(port: int, path: str, language: str = "fr") -> tuple[int, str, str]:
    """Status, text, Retry-After."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Accept-Language": language}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read().decode(), ""
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode(), refusal.headers.get("Retry-After", "")


def seconds_until(is_done, seconds_max: float) -> float | None:
    begin = time.monotonic()
    while not is_done():
        if time.monotonic() - begin > seconds_max:
            return None
        time.sleep(0.05)
    return time.monotonic() - begin


class PostgresTest:
    def __init__(self, arguments: argparse.Namespace, nodes: TwoNodes, report: Report):
        self.arguments = arguments
        self.nodes = nodes
        self.report = report
        self.postgres = nodes.postgres
        self.leader = self.postgres.node
        self.copy = nodes.folder / "copy.db"
        self.ledger = Ledger()
        wanted = OFFERS + arguments.rounds + 1
        offers = find_offers(nodes.ports()[0], wanted)
        self.offers, self.scarce = offers[:OFFERS], offers[OFFERS:]
        self._set_stock(self.offers, STOCK)
        self._set_stock(self.scarce, 1)
        self.goods_before = goods(self._copy())
        self.ledger.persons_before = persons(self.copy)

    def run(self) -> int:
        for number in range(1, self.arguments.kills + 1):
            self._killed(number)
        self._three_times()
        self._frozen()
        for number, offer in enumerate(self.scarce[1:], 1):
            self._last_unit(number, offer)
        self._last_unit_expires(self.scarce[0])
        self._replaced()
        self._judge_the_judge()
        self._replaced_without_waiting()
        return self.report.end()

    def _set_stock(self, offers: list[int], stock: int) -> None:
        ids = ", ".join(map(str, offers))
        change = f"UPDATE offer SET stock = {stock} WHERE offer_id IN ({ids})"
        self.postgres.ask(change, self.leader)

    def _copy(self) -> Path:
        return self.postgres.copy_to(self.copy, self.leader)

    def _problems(self) -> list[str]:
        problems = judge(self.ledger, self._copy(), self.goods_before)
        return problems + [f"{a.key} has no answer yet" for a in self.ledger.unknown()]

    def _live(self, name: str, harm) -> tuple[Insistent, int]:
        """A crowd, and in the middle of it `harm`. How much was acknowledged, too."""
        before = len(self.ledger.acknowledged())
        crowd = Insistent(self.nodes, self.ledger, self.offers, name, CROWD)
        crowd.start()
        time.sleep(1.0)
        harm()
        time.sleep(1.0)
        crowd.stop(BACK_SECONDS_MAX)
        return crowd, len(self.ledger.acknowledged()) - before

    def _judge_crowd(self, name: str, crowd: Insistent, acknowledged: int) -> None:
        problems = self._problems()
        client = Client(self.nodes.ports()[1])
        for attempt in self.ledger.acknowledged()[-30:]:
            reserve(client, attempt, self.ledger)  # a replay
            problems += look_up(client, attempt)
        client.close()
        problems += judge(self.ledger, self._copy(), self.goods_before)
        if acknowledged < ACKNOWLEDGED_MIN:
            problems.append(f"only {acknowledged} reservations were acknowledged")
        pause = crowd.longest_pause()
        self.report.check(f"{name}: {acknowledged} acknowledged, away {pause:.1f} s", problems)

    def _killed(self, number: int) -> None:
        def harm() -> None:
            self.leader.kill()
            self.leader.start()

        crowd, acknowledged = self._live(f"killed{number}", harm)
        self._judge_crowd(f"killed {number} and started again", crowd, acknowledged)

    def _three_times(self) -> None:
        clients = [[Client(port) for port in self.nodes.ports()] for _ in range(8)]
        codes: list[set[str]] = []
        problems: list[str] = []

        def send(lane: int, number: int) -> None:
            attempts = [wish(f"three-{number}", self.offers[number % OFFERS]) for _ in range(3)]
            self.ledger.add(attempts[0])
            both = [
                threading.Thread(target=reserve, args=(clients[lane][i], attempts[i], self.ledger))
                for i in range(2)
            ]
            for thread in both:
                thread.start()
            for thread in both:
                thread.join()
            reserve(clients[lane][number % 2], attempts[2], self.ledger)
            codes.append({attempt.code for attempt in attempts})
            attempts[0].code = attempts[2].code
            other = dict(attempts[0].body, quantity=2)
            answer = clients[lane][0].ask("POST", RESERVATIONS, other, attempts[0].key)
            if answer.status != 422:
                problems.append(f"the key with another body: {answer.status} {answer.body}")

        with ThreadPoolExecutor(len(clients)) as pool:
            for lane in range(len(clients)):
                numbers = range(lane, REPEATED_KEYS, len(clients))
                pool.submit(lambda lane=lane, numbers=numbers: [send(lane, n) for n in numbers])
        for lane in clients:
            for client in lane:
                client.close()
        problems += [f"one key, the answers {answers}" for answers in codes if len(answers) != 1]
        if len(codes) != REPEATED_KEYS:
            problems.append(f"only {len(codes)} of {REPEATED_KEYS} keys were tried")
        self.report.check(f"{REPEATED_KEYS} keys, each three times", problems + self._problems())

    def _frozen(self) -> None:
        attempts = [wish(f"frozen-{i}", self.offers[i]) for i in range(8)]
        for attempt in attempts:
            self.ledger.add(attempt)
        askers = [Asker(self.nodes, i) for i in range(len(attempts))]
        self.leader.freeze()
        try:
            problems = self._search_while(askers, attempts)
            problems += self._said_honestly(attempts[0])
        finally:
            self.leader.thaw()
        seconds = seconds_until(lambda: self._states() == ["ok", "ok"], BACK_SECONDS_MAX)
        if seconds is None:
            problems.append("it did not come back")
        problems += [f"{a.key} was acknowledged while frozen" for a in attempts if a.code]
        for asker, attempt in zip(askers, attempts, strict=True):
            asker.insist(attempt, self.ledger, time.monotonic() + BACK_SECONDS_MAX)
            asker.close()
        self.report.check(
            f"frozen: searched and refused, back {seconds or 0:.1f} s after", problems
        )
        self.report.check("frozen: nothing lost, nothing doubled", self._problems())

    def _states(self) -> list[str]:
        states = []
        for port in self.nodes.ports():
            status, text, _ = fetch(port, "/api/v1/status")
            states.append("ok" if status == 200 and '"status":"ok"' in text else text)
        return states

    def _search_while(self, askers: list[Asker], attempts: list[Attempt]) -> list[str]:
        """Everybody wants something kept; meanwhile one searches."""
        problems: list[str] = []

        def ask(asker: Asker, attempt: Attempt) -> None:
            begin = time.monotonic()
            answer = asker.ask_once(attempt, self.ledger)
            seconds = time.monotonic() - begin
            if answer is None or answer.status != 503 or seconds > ANSWER_SECONDS_MAX:
                problems.append(f"answered {answer} after {seconds:.1f} s")

        threads = [
            threading.Thread(target=ask, args=pair) for pair in zip(askers, attempts, strict=True)
        ]
        for thread in threads:
            thread.start()
        searches = 0
        while any(thread.is_alive() for thread in threads):
            for port in self.nodes.ports():
                for path in ("/api/v1/search?q=livre", "/fr/search?q=livre", "/fr/"):
                    begin = time.monotonic()
                    status, _, _ = fetch(port, path)
                    seconds = time.monotonic() - begin
                    searches += 1
                    if status != 200 or seconds > SEARCH_SECONDS_MAX:
                        problems.append(f"{path}: {status} after {seconds:.1f} s")
        for thread in threads:
            thread.join()
        return problems if searches else [*problems, "nobody searched"]

    def _said_honestly(self, attempt: Attempt) -> list[str]:
        problems = []
        for port in self.nodes.ports():
            client = Client(port)
            answer = client.ask("POST", RESERVATIONS, attempt.body, attempt.key)
            client.close()
            if answer.status != 503 or "Idempotency-Key" not in answer.body.get("detail", ""):
                problems.append(f"reserving: {answer}")
            offer = attempt.body["offer_id"]
            expected = [
                ("fr", "/api/v1/reservations/NOBODYS222", 503, "ne répond pas"),
                ("en", "/api/v1/reservations/NOBODYS222", 503, "does not answer"),
                ("fr", f"/fr/reserve/{offer}", 503, "Notre base de données ne répond pas"),
                ("en", f"/en/reserve/{offer}", 503, "Our database does not answer"),
                ("fr", "/fr/search?q=livre", 200, "Lecture seule"),
                ("en", "/en/search?q=livre", 200, "Reading only"),
                ("en", "/api/v1/status", 200, '"status":"read_only"'),
                ("en", "/metrics", 200, 'database_available{use="write"} 0'),
            ]
            for language, path, status, words in expected:
                got, text, retry_after = fetch(port, path, language)
                if got != status or words not in text or (got == 503 and not retry_after):
                    problems.append(f"{path}: {got} without {words!r}")
        return problems

    def _want(self, name: str, offer: int, harm=None) -> list[Attempt]:
        """Everybody wants the one there is, and insists."""
        attempts = [wish(f"{name}-{i}", offer) for i in range(self.arguments.clients)]
        for attempt in attempts:
            self.ledger.add(attempt)

        def insist(number: int) -> None:
            asker = Asker(self.nodes, number)
            asker.insist(attempts[number], self.ledger, time.monotonic() + BACK_SECONDS_MAX)
            asker.close()

        threads = [threading.Thread(target=insist, args=(i,)) for i in range(len(attempts))]
        for thread in threads:
            thread.start()
        if harm:
            time.sleep(0.05)
            harm()
        for thread in threads:
            thread.join()
        return [attempt for attempt in attempts if attempt.code]

    def _last_unit(self, number: int, offer: int) -> None:
        is_killing = number == 1
        kill = self.nodes.servers[1].kill if is_killing else None
        winners = self._want(f"last{number}a", offer, kill)
        if is_killing:
            self.nodes.restart(1)
        problems = [] if len(winners) == 1 else [f"{len(winners)} got the last one"]
        client = Client(self.nodes.ports()[0])
        for winner in winners:
            winner.may_be_cancelled = True
            answer = client.ask("DELETE", f"{RESERVATIONS}/{winner.code}")
            winner.is_cancelled = answer.status == 200
        client.close()
        second = self._want(f"last{number}b", offer)
        if len(second) != 1:
            problems.append(f"{len(second)} got the one that was given back")
        self.report.check(
            f"last unit {number}: {self.arguments.clients} clients, twice",
            problems + self._problems(),
        )

    def _last_unit_expires(self, offer: int) -> None:
        winners = self._want("expiring", offer)
        self.postgres.ask(
            f"UPDATE reservation SET held_until = 1 WHERE offer_id = {offer}", self.leader
        )
        stock = f"SELECT stock FROM offer WHERE offer_id = {offer}"
        back = seconds_until(lambda: self.postgres.ask(stock, self.leader) == "1", 30)
        problems = [] if back is not None else ["what expired did not come back"]
        second = self._want("expired", offer)
        for name, got in (("first", winners), ("then", second)):
            if len(got) != 1:
                problems.append(f"{name} {len(got)} got the last one")
        self.report.check("last unit: expired, kept for the next", problems + self._problems())

    def _receiver(self) -> int:
        """The process by which the standby hears of the leader."""
        return int(self.postgres.ask("SELECT pid FROM pg_stat_wal_receiver", self.nodes.standby))

    def _replaced(self) -> None:
        def harm() -> None:
            os.kill(self._receiver(), signal.SIGSTOP)  # it lags: nothing may be acknowledged
            time.sleep(1.0)
            self.leader.kill()
            self.nodes.standby.thaw()
            self.nodes.standby.promote()
            self.leader = self.nodes.standby

        crowd, acknowledged = self._live("replaced", harm)
        self._judge_crowd("the standby became the leader", crowd, acknowledged)

    def _judge_the_judge(self) -> None:
        clean = self._copy()
        code = next(a.code for a in self.ledger.acknowledged() if not a.may_be_cancelled)
        changes = {
            "one more in stock": "UPDATE offer SET stock = stock + 1"
            f" WHERE offer_id = {self.offers[0]}",
            "a reservation lost": f"DELETE FROM reservation WHERE code = '{code}'",
            "a key done twice": "INSERT INTO reservation"
            " SELECT 'TWICE', offer_id, quantity, person_name, status FROM reservation"
            f" WHERE code = '{code}'",
        }
        for name, change in changes.items():
            changed = self.nodes.folder / "changed.db"
            shutil.copy(clean, changed)
            with closing(sqlite3.connect(changed)) as connection, connection:
                assert connection.execute(change).rowcount == 1, change
            found = judge(self.ledger, changed, self.goods_before)
            self.report.check(
                f"control: {name} is noticed", [] if found else ["the judge found no fault"]
            )

    def _replaced_without_waiting(self) -> None:
        """The control of `replaced`: a leader that acknowledges before its standby has it."""
        self.postgres.node = self.leader
        standby = self.nodes.standby = self.postgres.add_standby()
        self.postgres.ask("ALTER SYSTEM RESET synchronous_standby_names", self.leader)
        self.postgres.ask("SELECT pg_reload_conf()", self.leader)
        names = "SHOW synchronous_standby_names"
        seconds_until(lambda: self.postgres.ask(names, self.leader) == "", BACK_SECONDS_MAX)
        # Not merely stopped: it would still read what the sockets hold.
        self.postgres.ask("ALTER SYSTEM SET primary_conninfo = ''", standby)
        self.postgres.ask("SELECT pg_reload_conf()", standby)
        hearing = "SELECT count(*) FROM pg_stat_wal_receiver"
        seconds_until(lambda: self.postgres.ask(hearing, standby) == "0", BACK_SECONDS_MAX)
        asker = Asker(self.nodes, 0)
        for number in range(ACKNOWLEDGED_MIN):
            attempt = wish(f"async-{number}", self.offers[number])
            self.ledger.add(attempt)
            asker.insist(attempt, self.ledger, time.monotonic() + BACK_SECONDS_MAX)
        asker.close()
        self.leader.kill()
        standby.promote()
        self.leader = standby
        found = self._problems()
        self.report.check(
            "control: a fail-over that loses is noticed",
            [] if found else ["the judge found no fault"],
        )


def main() -> int:
    arguments = read_arguments()
    report = Report(arguments.checks)
    folder = Path(tempfile.mkdtemp(prefix="emplettes_postgres_"))
    with TwoNodes(arguments.program.resolve(), folder) as nodes:
        status = PostgresTest(arguments, nodes, report).run()
    if status == 0:
        shutil.rmtree(folder)
    else:
        print(f"the servers' logs are in {folder}")
    return status


if __name__ == "__main__":
    sys.exit(main())
