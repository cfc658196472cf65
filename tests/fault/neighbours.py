"""Many people who reserve and cancel at the same time, and remember what they were told."""

import http.client
import random
import threading
import urllib.parse
from dataclasses import dataclass

from ledger import Attempt, Ledger
from server import Answer, Client

WORDS = ("", "livre", "jeu", "thé", "chocolat", "café", "puzzle", "cahier", "savon", "huile")
RESERVATIONS = "/api/v1/reservations"
NO_ANSWER = (OSError, http.client.HTTPException)


def find_offers(port: int, wanted: int) -> list[int]:
    """Offers in stock, found as a neighbour finds them."""
    client = Client(port)
    offers: dict[int, None] = {}
    for word in WORDS:
        query = urllib.parse.urlencode(
            {"q": word, "in_stock": "1", "radius_m": 3000, "limit": 50}
        )
        answer = client.ask("GET", f"/api/v1/search?{query}")
        if answer.status != 200:
            raise RuntimeError(f"search for {word!r}: {answer.status} {answer.body}")
        for hit in answer.body["hits"]:
            offers.update((offer["id"], None) for offer in hit["offers"] if offer["stock"] > 0)
    client.close()
    if len(offers) < wanted:
        raise RuntimeError(f"search shows {len(offers)} offers in stock, the test needs {wanted}")
    return list(offers)[:wanted]


@dataclass
class Crowd:
    """`size` clients on `offers`; every attempt is in `ledger` before its request is sent."""

    ledger: Ledger
    offers: list[int]
    size: int
    name: str  # of this crowd; makes keys and persons' names unique
    seed: int
    cancel_share: float = 0.3

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, port: int) -> None:
        self._threads = [
            threading.Thread(target=self._live, args=(port, number)) for number in range(self.size)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _live(self, port: int, number: int) -> None:
        """Until told to stop or left without an answer."""
        chance = random.Random(f"{self.seed} {self.name} {number}")
        client = Client(port)
        step = 0
        try:
            while not self._stop.is_set():
                step += 1
                self._act(client, chance, f"{self.name}-{number}-{step}")
        except NO_ANSWER:
            pass
        finally:
            client.close()

    def _act(self, client: Client, chance: random.Random, key: str) -> None:
        attempt = Attempt(
            key=key,
            body={
                "offer_id": chance.choice(self.offers),
                "quantity": chance.randint(1, 2),
                "name": f"Neighbour {key}",
                "contact": f"{key}@example.org",
            },
        )
        self.ledger.add(attempt)
        reserve(client, attempt, self.ledger)
        if attempt.code and chance.random() < self.cancel_share:
            cancel(client, attempt, self.ledger)


def reserve(client: Client, attempt: Attempt, ledger: Ledger) -> Answer:
    """Asks, for the first time or again, and notes the answer."""
    answer = client.ask("POST", RESERVATIONS, attempt.body, attempt.key)
    if answer.status == 201:
        code = answer.body["code"]
        if attempt.code and attempt.code != code:
            ledger.wonder(f"key {attempt.key} was answered {attempt.code}, then {code}")
        if attempt.is_refused:
            ledger.wonder(f"key {attempt.key} was refused, then answered {code}")
        attempt.code = code
    elif attempt.code:
        ledger.wonder(f"key {attempt.key} was answered {attempt.code}, then {answer.status}")
    elif answer.status == 409 and answer.content_type.startswith("application/problem+json"):
        attempt.is_refused = True
    elif answer.status != 503:  # 503: not done, says the contract; may be asked again
        ledger.wonder(f"key {attempt.key}: unexpected answer {answer.status} {answer.body}")
    return answer


def cancel(client: Client, attempt: Attempt, ledger: Ledger) -> None:
    attempt.may_be_cancelled = True
    answer = client.ask("DELETE", f"{RESERVATIONS}/{attempt.code}")
    if answer.status in (200, 204):
        attempt.is_cancelled = True
    elif answer.status != 503:
        ledger.wonder(f"cancelling {attempt.code}: {answer.status} {answer.body}")


def look_up(client: Client, attempt: Attempt) -> list[str]:
    """What the API says about an acknowledged reservation, if it is not what it should be."""
    answer = client.ask("GET", f"{RESERVATIONS}/{attempt.code}")
    if answer.status != 200 or answer.body.get("code") != attempt.code:
        return [f"{attempt.code} was acknowledged; asked for, the answer is {answer.status}"]
    return []
