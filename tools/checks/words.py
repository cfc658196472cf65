"""Words and calls that the house does without."""

import re
from collections.abc import Iterator

from checks.tree import File, Finding, Tree

_PUT_OFF = re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b")
_SILENCED = re.compile(r"\bNO" r"LINT|clang-format o" r"ff|pragma GCC diagnostic ig" r"nored")
_EMPTY_NAMES = {"util", "utils", "common", "helper", "helpers", "manager", "misc"}
_EMPTY_CLASS = re.compile(r"\b(?:class|struct)\s+(\w*(?:Manager|Helper|Utils?))\b")
_WALL_CLOCK = re.compile(
    r"\b(?:system_clock|utc_clock|high_resolution_clock)\s*::\s*now\b"
    r"|\btime\s*\(\s*(?:nullptr|NULL|0)\s*\)|\bgettimeofday\b"
)
_STEADY_CLOCK = re.compile(r"\bsteady_clock\s*::\s*now\b|\bclock_gettime\b")
_MACHINE_PATH = re.compile(r"(?<![\w.])/(?:wor" r"k|root|ho" r"me/[a-z]+)/[\w.]")
WALL_CLOCK_HOME = "src/base/clock.cc"
# Deadlines and durations, never a time of day.
STEADY_CLOCK_HOMES = (
    "src/web/", "src/store/", "src/pictures/", "src/site/",
    "apps/", "bench/", "tests/",
)
CODE = {".cc", ".h", ".py", ".ts", ".mjs", ".js", ".css", ".sql", ".cmake", ".sh", ".mustache"}
TEXT = CODE | {".md", ".txt", ".toml", ".json", ".yaml", ".yml", ".scn", ""}


def check(tree: Tree) -> Iterator[Finding]:
    for file in tree.files:
        yield from _check_name(file)
        if file.suffix in CODE:
            yield from _search(file, file.text, _PUT_OFF, "do it or leave it, write no {}")
            yield from _search(file, file.text, _SILENCED, "{}: mend what is reported")
        if file.suffix in TEXT and file.name != "package-lock.json":
            yield from _search(file, file.text, _MACHINE_PATH, "{}…: a path of one machine")
    for file in tree.cpp_files:
        yield from _check_cpp(file)


def _search(file: File, text: str, pattern: re.Pattern[str], message: str) -> Iterator[Finding]:
    for found in pattern.finditer(text):
        yield Finding(file.path, file.line_of(found.start()), message.format(found[0]))


def _check_name(file: File) -> Iterator[Finding]:
    words = re.split(r"[/_.\-]", file.path)
    for word in sorted(_EMPTY_NAMES.intersection(words)):
        yield Finding(file.path, 1, f'"{word}" says nothing: name the thing')


def _check_cpp(file: File) -> Iterator[Finding]:
    code = file.cpp.code
    yield from _search(file, code, _EMPTY_CLASS, "{}: name the thing")
    if file.suffix == ".h":
        if not re.search(r"^#pragma once$", code, re.M):
            yield Finding(file.path, 1, "a header begins with #pragma once")
        using = re.compile(r"\busing namespace\b")
        yield from _search(file, code, using, "{} in a header reaches everybody")
    if file.path != WALL_CLOCK_HOME:
        yield from _search(file, code, _WALL_CLOCK, "{}: take a Clock (base/clock.h)")
    if not file.path.startswith(STEADY_CLOCK_HOMES) and not file.is_test:
        yield from _search(file, code, _STEADY_CLOCK, "{}: take a Clock (base/clock.h)")
