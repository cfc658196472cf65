"""The real program in a folder of its own, and one HTTP connection to it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

START_SECONDS_MAX = 180
STOP_SECONDS_MAX = 180
REQUEST_SECONDS_MAX = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def load_demo(program: Path, data: Path, *options: str) -> None:
    subprocess.run(
        [program, "demo", "--data", data, *options],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@dataclass
class Answer:
    status: int
    content_type: str
    body: dict


class Client:
    """One kept-alive connection. Any OSError or HTTPException means: no answer, nobody knows."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=REQUEST_SECONDS_MAX
        )

    def ask(self, method: str, path: str, body: dict | None = None, key: str = "") -> Answer:
        headers = {"Accept": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        text = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            text = json.dumps(body)
        try:
            self.connection.request(method, path, text, headers)
            response = self.connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        try:
            parsed = json.loads(content) if content else {}
        except ValueError:
            parsed = {}
        return Answer(response.status, response.headers.get("Content-Type", ""), parsed)

    def close(self) -> None:
        self.connection.close()


class Server:
    """`program serve` on `data`, on a free port of this machine. Used with `with`."""

    def __init__(self, program: Path, data: Path, log: Path, *options: str):
        self.port = free_port()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [program, "serve", "--data", data, "--port", str(self.port), *options],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )
        self.log = log
        try:
            self._wait_until_ready()
        except BaseException:
            self.kill()
            raise

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                tail = self.log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"the server ended by itself:\n{tail}")
            client = Client(self.port)
            try:
                if client.ask("GET", "/api/v1/status").status == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            finally:
                client.close()
            time.sleep(0.02)
        raise RuntimeError(f"the server did not answer within {START_SECONDS_MAX} s")

    def kill(self) -> None:
        """The end without warning: SIGKILL to this one process."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """The polite end; its status must be 0."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(STOP_SECONDS_MAX)
        if status != 0:
            raise RuntimeError(f"the server ended with status {status} after SIGTERM")

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        status = self.process.poll()
        if status is None:
            self.kill()
        elif status not in (0, -signal.SIGKILL):
            print(f"error: the server ended by itself, status {status}", flush=True)
