#!/usr/bin/env python3
"""The whole program with a real mail server, Exim, as its relay, which is killed in between.

Every notice to a neighbour must arrive, at least once, twice only under the same Message-ID, by TLS
and signed in; none may fail because the relay was away. What comes back from a far server goes the
whole way: Exim's own report, its pipe, `emplettes notices bounce`, the neighbour's slip.

Then the judge is judged: with one mail taken away, and with one doubled under another name, it must
find fault.
"""

import argparse
import copy
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path

from ledger import find_database, open_to_read
from mail_server import USER_ID, MailServer, NoMailServer
from neighbours import RESERVATIONS, find_offers
from report import Report
from server import Client, Server, free_port, load_demo

MAILS = 12  # before the relay is killed, and as many while it is away
WAIT_SECONDS_MAX = 180  # a relay that was away is tried again after a minute
SETTINGS = """
[mail]
relay = "smtp://127.0.0.1:{port}"
tls = "required"
ca_file = "{certificate}"
user = "emplettes"
return_path = "bounces+{{token}}@ville.example"
"""


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=Path("build/release/emplettes"))
    parser.add_argument("--checks", type=Path, help="file that receives a line for each check")
    return parser.parse_args()


def wait_until(is_done) -> bool:
    deadline = time.monotonic() + WAIT_SECONDS_MAX
    while time.monotonic() < deadline:
        if is_done():
            return True
        time.sleep(0.2)
    return False


def reserve_for(port: int, offers: list[int], contacts: list[str]) -> list[str]:
    """The slips' codes."""
    client = Client(port)
    codes = []
    for offer, contact in zip(offers, contacts, strict=True):
        body = {"offer_id": offer, "quantity": 1, "name": "Zoé", "contact": contact}
        answer = client.ask("POST", RESERVATIONS, body, key=f"{contact}-{offer}")
        if answer.status != 201:
            raise RuntimeError(f"not reserved: {answer.status} {answer.body}")
        codes.append(answer.body["code"])
    client.close()
    return codes


def text_of(mail) -> str:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    return part.get_payload(decode=True).decode()


def faults(mails: list, codes: list[str]) -> list[str]:
    """What is wrong with what arrived for these slips."""
    found = []
    names_of: dict[str, set[str]] = {code: set() for code in codes}
    for mail in mails:
        for code in codes:
            if f"/reservations/{code}" in text_of(mail):
                names_of[code].add(mail["Message-ID"])
        if "esmtpsa" not in mail["Received"]:
            found.append(f"not by TLS and signed in: {mail['Received']}")
    for code, names in names_of.items():
        if len(names) != 1:
            found.append(f"slip {code}: {len(names)} different mails, not one")
    return found


def judge_the_judge(mails: list, codes: list[str]) -> list[str]:
    # What was sent while the relay was killed may have come twice, under its one name.
    one = next(mail for mail in mails if f"/reservations/{codes[0]}" in text_of(mail))
    without = [mail for mail in mails if mail["Message-ID"] != one["Message-ID"]]
    renamed = copy.deepcopy(one)
    renamed.replace_header("Message-ID", "<another@ville.example>")
    controls = {"a mail is missing": without, "one came under two names": [*mails, renamed]}
    return [what for what, wrong in controls.items() if not faults(wrong, codes)]


def query(data: Path, sql: str) -> list[tuple]:
    with closing(open_to_read(find_database(data))) as connection:
        return connection.execute(sql).fetchall()


def page(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.read().decode()


def test_arrival(report: Report, relay: MailServer, server: Server, data: Path) -> None:
    offers = find_offers(server.port, 2 * MAILS)
    contacts = [f"zoe{i}@near.example" for i in range(2 * MAILS)]
    codes = reserve_for(server.port, offers[:MAILS], contacts[:MAILS])
    wait_until(lambda: relay.mails())
    relay.kill()
    codes += reserve_for(server.port, offers[MAILS:], contacts[MAILS:])
    is_seen = wait_until(lambda: query(data, "SELECT 1 FROM notice WHERE last_error <> ''"))
    report.check("a relay that is away is seen", [] if is_seen else ["no notice says so"])
    relay.start()
    wait_until(lambda: not faults(relay.mails(), codes))
    report.check("every notice arrives, once by its name", faults(relay.mails(), codes))
    failed = query(data, "SELECT notice_id, last_error FROM notice WHERE status = 'failed'")
    report.check("none is given up meanwhile", [str(row) for row in failed])
    report.check("the judge sees what is wrong", judge_the_judge(relay.mails(), codes))


def test_bounces(report: Report, relay: MailServer, server: Server, data: Path) -> None:
    offers = find_offers(server.port, 2)
    codes = reserve_for(server.port, offers, ["nobody@far.example"] * 2)
    failed = "SELECT last_error FROM notice WHERE status = 'failed'"
    wait_until(lambda: len(query(data, failed)) == 2)
    words = [row[0] for row in query(data, failed)]
    problems = [f"{len(words)} notices have failed, not 2"] if len(words) != 2 else []
    problems += [f"without the server's words: {one}" for one in words if "5.1.1" not in one]
    report.check("what came back fails its notice", problems)
    if problems:
        print("\n".join(line for line in relay.log().splitlines() if "bounce" in line)[-2000:])
    slip = page(server.port, f"/fr/reservations/{codes[0]}")
    is_told = "nobody@far.example nous reviennent" in slip
    report.check("the neighbour's page says so", [] if is_told else ["it says nothing"])


def run(options: argparse.Namespace, report: Report, place: Path) -> None:
    data = place / "data"
    program = options.program.resolve()
    load_demo(program, data)
    os.environ["EMPLETTES_MAIL_PASSWORD"] = "geheim"
    exim = place / "exim"
    exim.mkdir()
    command = f"{program} notices bounce --data {data}"
    relay = MailServer(exim, (free_port(), free_port()), command)
    (data / "notices.toml").write_text(
        SETTINGS.format(port=relay.port, certificate=exim / "cert.pem")
    )
    # The pipe's user writes into the same database as the server, which is root here.
    subprocess.run(["chown", "-R", f"{USER_ID}:{USER_ID}", data], check=True)
    with relay, Server(program, data, place / "server.log") as server:
        shutil.chown(data / "secret.key", USER_ID, USER_ID)
        test_arrival(report, relay, server, data)
        test_bounces(report, relay, server, data)
        server.stop()


def main() -> int:
    options = read_arguments()
    report = Report(options.checks)
    place = Path(tempfile.mkdtemp(prefix="emplettes-mail-"))
    place.chmod(0o755)
    try:
        run(options, report, place)
    except NoMailServer as reason:
        report.skip("a mail server beside the program", str(reason))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
