"""Every route of the product is asked for by a scenario or a browser test."""

import re
from collections.abc import Iterator

from checks.tree import Finding, Tree

ROUTES = "src/site/routes.cc"
_ROUTE = re.compile(r"Method::(\w+)\s*,\s*(?:\.pattern = )?\"(/[^\"]*)\"")
_LANGUAGE = re.compile(r"^/[a-z]{2}(?=/)")  # pages begin with it: /fr/search
_REQUEST = re.compile(r"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/\S*)", re.M)
_BROWSER = {".ts", ".mjs", ".js"}


def check(tree: Tree) -> Iterator[Finding]:
    routes = tree.find(ROUTES)
    if not routes:
        return
    asked = [
        (method, target.partition("?")[0])
        for file in tree.below("tests/scenario", ".scn")
        for method, target in _REQUEST.findall(file.text)
    ]
    browsers = [file for file in tree.below("tests/browser") if file.suffix in _BROWSER]
    visited = "\n".join(file.text for file in browsers)
    for route in _ROUTE.finditer(routes.text):
        method, pattern = route[1].rstrip("_").upper(), route[2]
        if not _is_asked(method, pattern, asked) and not _is_visited(method, pattern, visited):
            message = f"no scenario asks {method} {pattern}"
            yield Finding(ROUTES, routes.line_of(route.start()), message)


def _expression(pattern: str) -> str:
    pieces = re.split(r"(\{[^}]*\})", pattern)
    return "".join("[^/?#]+" if piece.startswith("{") else re.escape(piece) for piece in pieces)


def _is_asked(method: str, pattern: str, asked: list[tuple[str, str]]) -> bool:
    methods = {method, "HEAD"} if method == "GET" else {method}
    expression = re.compile(_expression(pattern))
    return any(
        m in methods and (expression.fullmatch(target) or expression.fullmatch(_bare(target)))
        for m, target in asked
    )


def _bare(target: str) -> str:
    return _LANGUAGE.sub("", target)


def _is_visited(method: str, pattern: str, visited: str) -> bool:
    address = rf"[\"'`](/[a-z]{{2}})?{_expression(pattern)}[\"'`?#]"
    return method == "GET" and bool(re.search(address, visited))
