"""Each table belongs to one module, begins with its territory, and only its owner queries it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.tree import File, Finding, Tree

TENANTS = "territory"  # the table of the territories themselves: its slug is unique across all
_OWNER = re.compile(r"^-- owner: (\w+)$", re.M)
_TABLE = re.compile(r"\bCREATE TABLE (?:IF NOT EXISTS )?(\w+) *\((.*?)\n\)", re.S)
_INDEX = re.compile(r"\bCREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?\w+\s+ON (\w+) *\((\w+)")
_ALTER = re.compile(r"\b(?:ALTER|DROP) TABLE (\w+)")
_SERVES_FROM = re.compile(r"^-- serves from \d{4}$", re.M)
_ONLY_ADDS = re.compile(
    r"CREATE TABLE\b.*|CREATE INDEX\b.*"
    r"|ALTER TABLE \w+\s+ADD COLUMN(?:(?!.*\bNOT NULL\b)|.*\bDEFAULT\b).*",
    re.S,
)
_KEY = re.compile(r"\b(?:PRIMARY KEY|UNIQUE) *\((\w+)")
_COLUMN_KEY = re.compile(r"^\s*(\w+)[^(,\n]*\b(?:PRIMARY KEY|UNIQUE)\b(?! *\()", re.M)
_STATEMENT = re.compile(
    r"\b(?:FROM|JOIN|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE(?: IF NOT EXISTS)?"
    r"|ALTER TABLE|DROP TABLE)\s+(\w+)\b"
)
_IS_SQL = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\s+\w")
_CTE = re.compile(
    r"(?:\bWITH(?: RECURSIVE)?|\),)\s+(\w+)(?: *\([^()]*\))? AS(?: MATERIALIZED)? *\("
)


@dataclass(frozen=True)
class Table:
    name: str
    owner: str
    file: File
    line: int
    body: str


def _without_comments(text: str) -> str:
    return re.sub(r"--[^\n]*", lambda found: " " * len(found[0]), text)


def tables(tree: Tree) -> list[Table]:
    found: list[Table] = []
    for file in tree.below("migrations", ".sql"):
        owner = _OWNER.search(file.text)
        for table in _TABLE.finditer(_without_comments(file.text)):
            line = file.line_of(table.start())
            found.append(Table(table[1], owner[1] if owner else "", file, line, table[2]))
    return found


def check(tree: Tree) -> Iterator[Finding]:
    known = tables(tree)
    owner_of = {table.name: table.owner for table in known}
    yield from _check_migrations(tree, owner_of)
    # A folder of migrations makes a database: what every one needs is made in each.
    first: dict[tuple[str, str], Table] = {}
    for table in known:
        database = table.file.path.rpartition("/")[0]
        other = first.setdefault((database, table.name), table)
        if other is not table:
            message = f"table {table.name} is already made in {other.file.path}"
            yield Finding(table.file.path, table.line, message)
        yield from _check_shape(table)
    yield from _check_queries(tree, owner_of)


def _check_migrations(tree: Tree, owner_of: dict[str, str]) -> Iterator[Finding]:
    for file in tree.below("migrations", ".sql"):
        text = _without_comments(file.text)
        owners = _OWNER.findall(file.text)
        if len(owners) != 1 or not tree.below(f"src/{owners[0]}"):
            yield Finding(file.path, 1, 'one line "-- owner: MODULE" names a folder of src/')
            continue
        for index in _INDEX.finditer(text):
            if index[2] != "territory_id":
                message = f"an index of {index[1]} begins with {index[2]}, not territory_id"
                yield Finding(file.path, file.line_of(index.start()), message)
        if _SERVES_FROM.search(file.text):
            yield from _check_expanding(file, text)
        touched = [*_INDEX.finditer(text), *_ALTER.finditer(text)]
        for statement in touched:
            owner = owner_of.get(statement[1], "")
            if owner != owners[0]:
                message = f"{statement[1]} belongs to {owner or 'nobody'}, not to {owners[0]}"
                yield Finding(file.path, file.line_of(statement.start()), message)


def _check_expanding(file: File, text: str) -> Iterator[Finding]:
    """Older programs go on beside it: it takes nothing away and asks nothing new of them."""
    for statement in re.finditer(r"[^;]*[^;\s][^;]*", text):
        dropped = re.fullmatch(r"DROP INDEX (\w+)", statement[0].strip())
        if dropped and re.search(rf"\bCREATE INDEX {dropped[1]} ON\b", text):
            continue  # the same for another order of rows: nobody but the planner sees it
        if not _ONLY_ADDS.fullmatch(statement[0].strip()):
            line = file.line_of(statement.start() + len(statement[0]) - len(statement[0].lstrip()))
            yield Finding(file.path, line, "more than adding, in a file that serves older programs")


def _check_shape(table: Table) -> Iterator[Finding]:
    columns = table.body.split()
    if not columns or columns[0] != "territory_id":
        message = f"the first column of {table.name} is not territory_id"
        yield Finding(table.file.path, table.line, message)
    if table.name == TENANTS:
        return
    if "PRIMARY KEY" not in table.body:
        yield Finding(table.file.path, table.line, f"{table.name} has no primary key")
    for key in [*_KEY.findall(table.body), *_COLUMN_KEY.findall(table.body)]:
        if key != "territory_id":
            message = f"a key of {table.name} begins with {key}, not territory_id"
            yield Finding(table.file.path, table.line, message)
        elif re.search(r"territory_id[^,(]*\b(PRIMARY KEY|UNIQUE)\b", table.body):
            message = f"{table.name} has a key of territory_id alone"
            yield Finding(table.file.path, table.line, message)


def _check_queries(tree: Tree, owner_of: dict[str, str]) -> Iterator[Finding]:
    for file in tree.cpp_files:
        if file.is_test or not file.path.startswith(("src/", "apps/")):
            continue
        for literal in file.cpp.literals:
            if not _IS_SQL.search(literal.text):
                continue
            line = file.line_of(literal.offset)
            if not file.module:
                yield Finding(file.path, line, "SQL outside a module")
            own_names = set(_CTE.findall(literal.text))
            for name in set(_STATEMENT.findall(literal.text)) - own_names:
                owner = owner_of.get(name)
                if owner and owner != file.module:
                    message = f"table {name} belongs to {owner}: call it instead"
                    yield Finding(file.path, line, message)
                elif not owner and file.module != "store" and name.islower() and name != "set":
                    yield Finding(file.path, line, f"no migration makes a table {name}")
