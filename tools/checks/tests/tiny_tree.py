"""Trees of a few files in a temporary folder."""

import tempfile
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path

from checks.tree import Finding, Tree

# A tree without a finding: each test spoils one file of it.
GOOD = {
    "cmake/module.cmake": (
        'set(EMPLETTES_MAY_USE_base "")\n'
        "set(EMPLETTES_MAY_USE_store base)\n"
        "set(EMPLETTES_MAY_USE_orders base store)\n"
        "set(EMPLETTES_MAY_USE_site base orders)\n"
    ),
    "src/base/CMakeLists.txt": "emplettes_module(base SOURCES clock.cc)\n",
    "src/base/clock.h": "#pragma once\nint now();\n",
    "src/base/clock.cc": '#include "base/clock.h"\nint now() { return 1; }\n',
    "src/orders/CMakeLists.txt": "emplettes_module(orders\n    USES base\n    SOURCES hold.cc)\n",
    "src/orders/hold.h": "#pragma once\nint hold(int quantity);\n",
    "src/orders/hold.cc": (
        '#include "orders/hold.h"\n\n#include <string>\n\n#include "base/clock.h"\n'
        'constexpr char kHold[] = R"sql(UPDATE reservation SET status = :status)sql";\n'
        "int hold(int quantity) { return quantity + now(); }\n"
    ),
    "migrations/0001_orders.sql": (
        "-- owner: orders\n"
        "CREATE TABLE reservation (\n"
        "    territory_id   BIGINT NOT NULL,\n"
        "    reservation_id BIGINT NOT NULL,\n"
        "    code           TEXT   NOT NULL,\n"
        "    PRIMARY KEY (territory_id, reservation_id),\n"
        "    UNIQUE (territory_id, code)\n"
        ");\n"
        "CREATE INDEX by_code ON reservation (territory_id, code);\n"
    ),
    "src/site/CMakeLists.txt": "emplettes_module(site USES orders SOURCES routes.cc)\n",
    "src/site/routes.cc": (
        '#include "orders/hold.h"\n'
        'void add(R& r) { r.add(Method::get, "/shops/{slug}", page("shop", "name", "day.")); }\n'
    ),
    "tests/scenario/day.scn": "GET /shops/ecume?near=1\n200\n",
    "web/templates/shop.mustache": "<p>[[shop.open]] {{name}} {{> parts/foot}}</p>\n",
    "web/templates/parts/foot.mustache": "<footer></footer>\n",
    "locales/fr.po": 'msgid "shop.open"\nmsgstr "Ouvert"\n\nmsgid "day.mon"\nmsgstr "lundi"\n',
    "README.md": "# Title\n\nSee [the day](tests/scenario/day.scn) and [above](#title).\n",
}


class TinyTree(unittest.TestCase):
    check: Callable[[Tree], Iterator[Finding]]

    def findings(self, changes: dict[str, str]) -> list[str]:
        """What the check says about the good tree with these files changed or added."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {**GOOD, **changes}.items():
                file = Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            return [str(finding) for finding in type(self).check(Tree(Path(folder).resolve()))]

    def assert_one(self, changes: dict[str, str], expected: str) -> None:
        found = self.findings(changes)
        self.assertEqual(len(found), 1, found)
        self.assertIn(expected, found[0])

    def assert_none(self, changes: dict[str, str]) -> None:
        self.assertEqual(self.findings(changes), [])
