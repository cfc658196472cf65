"""Runs these tests, TAP on standard output: PYTHONPATH=tools python3 -m checks.tests"""

import sys
import time
import unittest
from pathlib import Path


class TapResult(unittest.TestResult):
    def __init__(self) -> None:
        super().__init__()
        self.started = 0.0
        self.troubles: dict[str, str] = {}

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.started = time.monotonic()

    def addFailure(self, test: unittest.TestCase, err) -> None:  # type: ignore[no-untyped-def]
        self.troubles[test.id()] = self._exc_info_to_string(err, test)

    addError = addFailure

    def stopTest(self, test: unittest.TestCase) -> None:
        trouble = self.troubles.get(test.id())
        print(f"{'not ok' if trouble else 'ok'} {self.testsRun} - {test.id()}")
        print(f"  ---\n  duration_ms: {(time.monotonic() - self.started) * 1000:.3f}\n  ...")
        for line in (trouble or "").splitlines():
            print(f"# {line}")


here = Path(__file__).parent
suite = unittest.defaultTestLoader.discover(str(here), top_level_dir=str(here.parent.parent))
result = TapResult()
suite.run(result)
sys.exit(1 if result.troubles else 0)
