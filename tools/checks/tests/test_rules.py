"""Each rule is quiet on a good tree and speaks on one that breaks it: negative controls."""

import json

from checks import dead, documents, includes, routes, sizes, tables, words
from checks.tests.tiny_tree import GOOD, TinyTree

HOLD = GOOD["src/orders/hold.cc"]
TABLES = GOOD["migrations/0001_orders.sql"]


class Includes(TinyTree):
    check = includes.check

    def test_good(self) -> None:
        self.assert_none({})

    def test_forbidden_by_the_table(self) -> None:
        changes = {"src/base/clock.cc": '#include "orders/hold.h"\n'}
        self.assert_one(changes, "src/base/clock.cc:1: base may not include orders")

    def test_allowed_but_not_declared(self) -> None:
        changes = {"src/orders/hold.cc": '\n#include "store/tx.h"\n'}
        self.assert_one(changes, "does not say USES store")

    def test_unknown_module(self) -> None:
        self.assert_one({"src/orders/hold.cc": '#include "basket/a.h"\n'}, "basket is not a module")

    def test_short_path(self) -> None:
        self.assert_one({"src/orders/hold.cc": '#include "hold.h"\n'}, "full path")

    def test_relative_path(self) -> None:
        self.assert_one({"src/orders/hold.cc": '#include "../base/clock.h"\n'}, "full path")

    def test_an_include_in_a_comment_is_none(self) -> None:
        self.assert_none({"src/base/clock.cc": "int a;\n// see \"orders/hold.h\"\n"})


class Sizes(TinyTree):
    check = sizes.check

    def test_good(self) -> None:
        self.assert_none({})

    def test_long_function(self) -> None:
        body = "    go();\n" * 69
        self.assert_none({"src/a.cc": f"void f() {{\n{body[10:]}}}\n"})
        self.assert_one({"src/a.cc": f"void f() {{\n{body}}}\n"}, "f.lines is 71, at most 70")

    def test_many_parameters(self) -> None:
        self.assert_one(
            {"src/a.cc": "void f(int a, int b, int c, int d, int e, int g) {}\n"},
            "f.parameters is 6, at most 5",
        )

    def test_deep_nesting(self) -> None:
        text = "void f() { if (a) { if (b) { if (c) { if (d) { g(); } } } } }\n"
        self.assert_one({"src/a.cc": text}, "f.nesting is 4, at most 3")

    def test_long_file(self) -> None:
        self.assert_one({"src/a.cc": "int a;\n" * 501}, "501 lines, at most 500")

    def test_long_header(self) -> None:
        self.assert_one({"src/a.h": "int a;\n" * 201}, "201 lines, at most 200")

    def test_long_line(self) -> None:
        self.assert_none({"src/a.cc": "// " + "é " * 48 + "\n"})
        self.assert_one({"src/a.cc": "// " + "a " * 50 + "\n"}, "103 columns, at most 100")

    def test_many_includes(self) -> None:
        self.assert_one({"src/a.cc": "#include <a>\n" * 16}, "16 includes, at most 15")

    def test_long_python_function(self) -> None:
        self.assert_one({"tools/a.py": "def f():\n" + "    g()\n" * 70}, "f.lines is 71")

    def test_ratchet_holds_what_was_there_and_no_more(self) -> None:
        long = "int a;\n" * 510
        ratchet = {sizes.RATCHET: json.dumps({"src/a.cc:file": 510})}
        self.assert_none({"src/a.cc": long, **ratchet})
        self.assert_one({"src/a.cc": long + "int b;\n", **ratchet}, "511 lines")

    def test_ratchet_must_shrink(self) -> None:
        ratchet = {sizes.RATCHET: json.dumps({"src/a.cc:file": 510})}
        self.assert_one({"src/a.cc": "int a;\n" * 505, **ratchet}, "better than 510")
        self.assert_one({"src/a.cc": "int a;\n", **ratchet}, "better than 510")


class Tables(TinyTree):
    check = tables.check

    def change(self, old: str, new: str) -> dict[str, str]:
        self.assertIn(old, TABLES)
        return {"migrations/0001_orders.sql": TABLES.replace(old, new)}

    def test_good(self) -> None:
        self.assert_none({})

    def test_no_owner(self) -> None:
        found = self.findings(self.change("-- owner: orders\n", "-- orders\n"))
        self.assertTrue(any("owner: MODULE" in finding for finding in found), found)

    def test_owner_that_is_no_module(self) -> None:
        found = self.findings(self.change("owner: orders", "owner: basket"))
        self.assertTrue(any("owner: MODULE" in finding for finding in found), found)

    def test_first_column(self) -> None:
        changes = self.change("    territory_id   BIGINT NOT NULL,\n", "")
        self.assert_one(changes, "first column of reservation")

    def test_primary_key(self) -> None:
        changes = self.change("PRIMARY KEY (territory_id, ", "PRIMARY KEY (")
        self.assert_one(changes, "begins with reservation_id")

    def test_no_primary_key(self) -> None:
        changes = self.change("    PRIMARY KEY (territory_id, reservation_id),\n", "")
        self.assert_one(changes, "has no primary key")

    def test_unique_constraint(self) -> None:
        self.assert_one(self.change("UNIQUE (territory_id, code)", "UNIQUE (code)"), "with code")

    def test_unique_column(self) -> None:
        changes = self.change("TEXT   NOT NULL,", "TEXT   NOT NULL UNIQUE,")
        self.assert_one(changes, "with code")

    def test_index(self) -> None:
        changes = self.change("reservation (territory_id, code)", "reservation (code)")
        self.assert_one(changes, "an index of reservation begins with code")

    def test_table_of_two_migrations(self) -> None:
        self.assert_one({"migrations/0002.sql": TABLES.split("CREATE INDEX")[0]}, "already made")

    def test_altered_by_a_stranger(self) -> None:
        alter = "-- owner: base\nALTER TABLE reservation ADD COLUMN a TEXT;\n"
        self.assert_one({"migrations/0002.sql": alter}, "belongs to orders, not to base")

    def test_only_what_adds_serves_older_programs(self) -> None:
        head = "-- owner: orders\n-- serves from 0001\n"
        adds = "ALTER TABLE reservation ADD COLUMN a BIGINT NOT NULL DEFAULT 0;\n"
        index = "-- Found by it; soon.\nCREATE INDEX b ON reservation (territory_id, a);\n"
        self.assert_none({"migrations/0002.sql": head + adds + index})
        self.assert_none({"migrations/0002.sql": head + adds + "DROP INDEX b;\n" + index})
        for more in (
            "DROP INDEX b;\n",
            "ALTER TABLE reservation DROP COLUMN code;\n",
            "ALTER TABLE reservation ADD COLUMN c TEXT NOT NULL;\n",
            "UPDATE reservation SET code = '';\n",
            "CREATE UNIQUE INDEX b ON reservation (territory_id, code);\n",
        ):
            self.assert_one({"migrations/0002.sql": head + adds + more}, "more than adding")
            self.assert_none({"migrations/0002.sql": "-- owner: orders\n" + adds + more})

    def test_query_of_a_stranger(self) -> None:
        query = 'const char* q = "SELECT 1 FROM reservation";\n'
        self.assert_one({"src/base/clock.cc": query}, "table reservation belongs to orders")

    def test_join_of_a_stranger_in_a_raw_string(self) -> None:
        query = 'auto q = R"(\nSELECT a\nFROM x\nJOIN reservation USING (b)\n)";\n'
        found = self.findings({"src/base/clock.cc": query})
        self.assertTrue(any("reservation belongs to orders" in line for line in found), found)

    def test_query_of_a_table_nobody_makes(self) -> None:
        query = 'const char* q = "DELETE FROM basket";\n'
        self.assert_one({"src/orders/hold.cc": query}, "no migration makes a table basket")

    def test_own_names_in_a_query_are_no_tables(self) -> None:
        query = 'auto q = R"(WITH old AS (SELECT a FROM reservation) SELECT a FROM old)";\n'
        self.assert_none({"src/orders/hold.cc": query})

    def test_query_outside_a_module(self) -> None:
        query = 'const char* q = "SELECT a FROM b";\n'
        found = self.findings({"apps/emplettes/main.cc": query})
        self.assertTrue(any("SQL outside a module" in line for line in found), found)

    def test_prose_is_no_query(self) -> None:
        self.assert_none({"src/base/clock.cc": 'const char* q = "Update it from the map";\n'})


class Words(TinyTree):
    check = words.check

    def test_good(self) -> None:
        self.assert_none({})

    def test_put_off(self) -> None:
        self.assert_one({"src/a.cc": "// TO" + "DO later\n"}, "do it or leave it")

    def test_silenced(self) -> None:
        self.assert_one({"src/a.cc": "int a;  // NO" + "LINT\n"}, "mend")

    def test_using_namespace_in_a_header(self) -> None:
        text = "using namespace std;\n"
        self.assert_one({"src/a.h": "#pragma once\n" + text}, "reaches everybody")
        self.assert_none({"src/a.cc": text})

    def test_header_without_pragma_once(self) -> None:
        self.assert_one({"src/a.h": "// #pragma once\nint a;\n"}, "begins with #pragma once")

    def test_names_that_say_nothing(self) -> None:
        self.assert_one({"src/string_utils.cc": "int a;\n"}, '"utils" says nothing')
        self.assert_one({"src/common/a.cc": "int a;\n"}, '"common" says nothing')
        self.assert_one({"src/a.cc": "class ShopManager {};\n"}, "name the thing")

    def test_wall_clock(self) -> None:
        self.assert_none({"src/base/clock.cc": "auto a = system_clock::now();\n"})
        self.assert_one({"src/a.cc": "auto a = system_clock::now();\n"}, "take a Clock")
        self.assert_one({"src/a.cc": "auto a = std::time(nullptr);\n"}, "take a Clock")

    def test_steady_clock(self) -> None:
        text = "auto a = std::chrono::steady_clock::now();\n"
        self.assert_none({"src/web/a.cc": text})
        self.assert_one({"src/orders/a.cc": text}, "take a Clock")

    def test_machine_path(self) -> None:
        self.assert_one({"docs/a.md": "see /ro" + "ot/data\n"}, "a path of one machine")


class Dead(TinyTree):
    check = dead.check

    def test_good(self) -> None:
        self.assert_none({})

    def test_unbuilt_source(self) -> None:
        self.assert_one({"src/orders/old.cc": "int a;\n"}, "src/orders/old.cc:1: no CMakeLists")

    def test_source_of_the_same_name_elsewhere(self) -> None:
        self.assert_one({"src/base/hold.cc": "int a;\n"}, "src/base/hold.cc:1: no CMakeLists")

    def test_source_listed_by_the_folder_above(self) -> None:
        lists = "emplettes_module(orders USES base SOURCES hold.cc rules/due.cc)\n"
        changes = {"src/orders/CMakeLists.txt": lists, "src/orders/rules/due.cc": "int a;\n"}
        self.assert_none(changes)

    def test_unread_header(self) -> None:
        self.assert_one({"src/orders/old.h": "#pragma once\n"}, "nobody includes it")

    def test_unshown_template(self) -> None:
        self.assert_one({"web/templates/old.mustache": "x\n"}, 'shows "old"')

    def test_unshown_partial(self) -> None:
        changes = {"web/templates/shop.mustache": "[[shop.open]]\n"}
        self.assert_one(changes, 'shows "parts/foot"')

    def test_unfilled_name(self) -> None:
        changes = {"web/templates/parts/foot.mustache": "x\n{{#nmae}}y{{/nmae}}\n"}
        self.assert_one(changes, 'foot.mustache:2: no page sets "nmae"')

    def test_unwritten_text(self) -> None:
        routes_cc = GOOD["src/site/routes.cc"] + 'auto a() { return say.text("shop.shut"); }\n'
        self.assert_one({"src/site/routes.cc": routes_cc}, 'fr.po has no text "shop.shut"')

    def test_unsaid_text(self) -> None:
        changes = {"locales/fr.po": 'msgid "shop.shut"\nmsgstr "Fermé"\n'}
        self.assert_one(changes, 'fr.po:1: nobody says "shop.shut"')


class Routes(TinyTree):
    check = routes.check

    def test_good(self) -> None:
        self.assert_none({})

    def test_unasked(self) -> None:
        self.assert_one({"tests/scenario/day.scn": "GET /shops\n200\n"}, "GET /shops/{slug}")

    def test_asked_by_another_method(self) -> None:
        self.assert_one({"tests/scenario/day.scn": "POST /shops/a\n200\n"}, "GET /shops/{slug}")

    def test_deeper_path_is_another_route(self) -> None:
        self.assert_one({"tests/scenario/day.scn": "GET /shops/a/b\n200\n"}, "GET /shops/{slug}")

    def test_pages_begin_with_a_language(self) -> None:
        self.assert_none({"tests/scenario/day.scn": "GET /fr/shops/a\n200\n"})
        self.assert_one({"tests/scenario/day.scn": "GET /fr/de/shops/a\n200\n"}, "GET /shops")

    def test_visited_by_a_browser(self) -> None:
        changes = {
            "tests/scenario/day.scn": "GET /\n200\n",
            "tests/browser/day.spec.ts": "await page.goto('/shops/ecume?lang=fr');\n",
        }
        self.assert_none(changes)


class Documents(TinyTree):
    check = documents.check

    def test_good(self) -> None:
        self.assert_none({})

    def test_missing_file(self) -> None:
        self.assert_one({"docs/a.md": "[b](b.md)\n"}, "docs/a.md:1: b.md does not exist")

    def test_missing_picture(self) -> None:
        self.assert_one({"docs/a.md": "![b](b.png)\n"}, "b.png does not exist")

    def test_missing_heading(self) -> None:
        self.assert_one({"docs/a.md": "[b](../README.md#nothing)\n"}, "no heading #nothing")

    def test_outside_the_checkout(self) -> None:
        self.assert_one({"docs/a.md": "[b](../../)\n"}, "outside the checkout")

    def test_code_is_no_link(self) -> None:
        self.assert_none({"docs/a.md": "`[b](b.md)`\n\n```\n[b](b.md)\n```\n"})
