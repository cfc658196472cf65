"""Small functions, small files. tidy-ratchet.json holds what was too big once; it only shrinks."""

import ast
import json
from collections.abc import Iterable, Iterator

from checks.tree import File, Finding, Tree

RATCHET = "tools/tidy-ratchet.json"
FUNCTION_LINES_MAX = 70
PARAMETERS_MAX = 5
NESTING_MAX = 3
FILE_LINES_MAX = 500
HEADER_LINES_MAX = 200
LINE_COLUMNS_MAX = 100
INCLUDES_MAX = 15
SOURCES = {".cc", ".h", ".py", ".ts", ".mjs", ".js", ".css", ".sql", ".cmake", ".sh"}
COMMANDS = {"run", "test", "tools/tidy", "tools/report"}


def measure(tree: Tree) -> Iterator[Finding]:
    for file in tree.files:
        if file.suffix in SOURCES or file.path in COMMANDS:
            yield from _file_sizes(file)
        if file.suffix in (".cc", ".h"):
            yield from _cpp_sizes(file)
        elif file.suffix == ".py":
            yield from _python_sizes(file)


def _file_sizes(file: File) -> Iterator[Finding]:
    lines_max = HEADER_LINES_MAX if file.suffix == ".h" else FILE_LINES_MAX
    if len(file.lines) > lines_max:
        yield _finding(file, 1, "file", len(file.lines), f"lines, at most {lines_max}")
    for number, line in enumerate(file.lines, 1):
        is_link = "://" in line and max(map(len, line.split())) > LINE_COLUMNS_MAX - 20
        if len(line) > LINE_COLUMNS_MAX and not is_link:
            message = f"{len(line)} columns, at most {LINE_COLUMNS_MAX}"
            yield Finding(file.path, number, message)


def _cpp_sizes(file: File) -> Iterator[Finding]:
    if len(file.cpp.includes) > INCLUDES_MAX:
        count = len(file.cpp.includes)
        yield _finding(file, 1, "includes", count, f"includes, at most {INCLUDES_MAX}")
    for function in file.cpp.functions:
        limits = (
            ("lines", function.lines, FUNCTION_LINES_MAX),
            ("parameters", function.parameters, PARAMETERS_MAX),
            ("nesting", function.nesting, NESTING_MAX),
        )
        for what, value, value_max in limits:
            # TEST(suite, name) and its kin are not functions of so many parameters.
            if value > value_max and not (what == "parameters" and function.name.isupper()):
                subject = f"{function.name}.{what}"
                yield _finding(file, function.line, subject, value, f"at most {value_max}")


def _python_sizes(file: File) -> Iterator[Finding]:
    for node in ast.walk(ast.parse(file.text)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                subject = f"{node.name}.lines"
                limit = f"at most {FUNCTION_LINES_MAX}"
                yield _finding(file, node.lineno, subject, lines, limit)


def _finding(file: File, line: int, subject: str, value: int, limit: str) -> Finding:
    message = f"{subject}: {value} {limit}" if "," in limit else f"{subject} is {value}, {limit}"
    return Finding(file.path, line, message, f"{file.path}:{subject}", value)


def read_ratchet(tree: Tree) -> dict[str, int]:
    file = tree.find(RATCHET)
    return dict(json.loads(file.text)) if file else {}


def shrunk(ratchet: dict[str, int], findings: Iterable[Finding]) -> dict[str, int]:
    """The ratchet with every entry lowered to what is measured, and those met left out."""
    now: dict[str, int] = {}
    for finding in findings:
        if finding.measure in ratchet:
            highest = max(now.get(finding.measure, 0), finding.value)
            now[finding.measure] = min(highest, ratchet[finding.measure])
    return now


def check(tree: Tree) -> Iterator[Finding]:
    ratchet = read_ratchet(tree)
    findings = list(measure(tree))
    for finding in findings:
        if not finding.measure or finding.value > ratchet.get(finding.measure, 0):
            yield finding
    now = shrunk(ratchet, findings)
    for measured, value in ratchet.items():
        if now.get(measured) != value:
            message = f"{measured} is better than {value} now: run tools/tidy --shrink"
            yield Finding(RATCHET, 1, message)
