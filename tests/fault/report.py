"""Counts checks and says so in a way that programs read."""

import time
from dataclasses import dataclass, field
from pathlib import Path

PROBLEMS_SHOWN_MAX = 20


@dataclass
class Report:
    """`file` receives one line for each check: name, outcome, seconds; tabs between."""

    file: Path | None = None
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    _since: float = field(default_factory=time.monotonic)

    def check(self, name: str, problems: list[str]) -> None:
        if problems:
            self.failed += 1
        else:
            self.passed += 1
        self._write(name, "failed" if problems else "passed")
        for problem in problems[:PROBLEMS_SHOWN_MAX]:
            print(f"    error: {problem}", flush=True)
        if len(problems) > PROBLEMS_SHOWN_MAX:
            print(f"    and {len(problems) - PROBLEMS_SHOWN_MAX} more", flush=True)

    def skip(self, name: str, reason: str) -> None:
        self.skipped += 1
        self._write(name, "skipped")
        print(f"    not run: {reason}", flush=True)

    def _write(self, name: str, outcome: str) -> None:
        seconds = time.monotonic() - self._since
        self._since = time.monotonic()
        print(f"{outcome}  {name}  ({seconds:.1f} s)", flush=True)
        if self.file:
            with self.file.open("a") as lines:
                lines.write(f"{name}\t{outcome}\t{seconds:.2f}\n")

    def end(self) -> int:
        print(f"{self.passed} passed, {self.failed} failed")
        has_run = self.passed + self.skipped > 0
        return 0 if has_run and not self.failed else 1
