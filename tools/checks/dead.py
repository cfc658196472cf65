"""What nobody builds, includes, shows or says."""

import re
from collections.abc import Iterator

from checks.tree import Finding, Tree

TEMPLATES = "web/templates"
TEXTS = "locales"


def check(tree: Tree) -> Iterator[Finding]:
    yield from _unbuilt_sources(tree)
    yield from _unread_headers(tree)
    yield from _unshown_templates(tree)
    yield from _unfilled_names(tree)
    yield from _unsaid_texts(tree)
    yield from _unwritten_texts(tree)


def _unbuilt_sources(tree: Tree) -> Iterator[Finding]:
    lists = {
        file.path.rpartition("/")[0]: set(re.findall(r"[\w./-]+\.cc\b", file.text))
        for file in tree.files
        if file.name == "CMakeLists.txt"
    }
    for file in tree.cpp_files:
        if file.suffix != ".cc":
            continue
        folders = file.path.split("/")[:-1]
        is_built = any(
            file.path[len("/".join(folders[:depth])) :].lstrip("/")
            in lists.get("/".join(folders[:depth]), set())
            for depth in range(len(folders) + 1)
        )
        if not is_built:
            yield Finding(file.path, 1, "no CMakeLists.txt builds it")


def _unread_headers(tree: Tree) -> Iterator[Finding]:
    included = {
        include.path
        for file in tree.cpp_files
        for include in file.cpp.includes
        if not include.is_system
    }
    for file in tree.cpp_files:
        name = re.sub(r"^(src|apps|tests)/", "", file.path)
        if file.suffix == ".h" and name not in included:
            yield Finding(file.path, 1, "nobody includes it")


def _literals(tree: Tree) -> set[str]:
    return {
        literal.text for file in tree.cpp_files if not file.is_test for literal in file.cpp.literals
    }


def _unshown_templates(tree: Tree) -> Iterator[Finding]:
    named = {text.removesuffix(".mustache") for text in _literals(tree)}
    for file in tree.below(TEMPLATES, ".mustache"):
        named.update(re.findall(r"\{\{>\s*([\w/.-]+)\s*\}\}", file.text))
    for file in tree.below(TEMPLATES, ".mustache"):
        name = file.path[len(TEMPLATES) + 1 :].removesuffix(".mustache")
        if name not in named and name.rpartition("/")[2] not in named:
            yield Finding(file.path, 1, f'no page and no template shows "{name}"')


def _unfilled_names(tree: Tree) -> Iterator[Finding]:
    """A name in a template that no page ever sets shows as nothing."""
    said = _literals(tree)
    for file in tree.below(TEMPLATES, ".mustache"):
        for number, line in enumerate(file.text.splitlines(), 1):
            for name in re.findall(r"\{\{\{?[#^]?\s*([\w.]+)\s*\}\}", line):
                if name != "." and name not in said:
                    yield Finding(file.path, number, f'no page sets "{name}"')


def _unsaid_texts(tree: Tree) -> Iterator[Finding]:
    """Texts are named whole, or by a literal such as "status." with a word put after it."""
    said = _literals(tree)
    for file in tree.below(TEMPLATES, ".mustache"):
        said.update(re.findall(r"\[\[([\w.]+)\]\]", file.text))
    beginnings = tuple(text for text in said if re.fullmatch(r"\w+\.(\w+[._])*", text))
    for file in tree.below(TEXTS, ".po"):
        for number, line in enumerate(file.text.splitlines(), 1):
            key = re.fullmatch(r'msgid "(.+)"', line)
            if key and key[1] not in said and not key[1].startswith(beginnings):
                yield Finding(file.path, number, f'nobody says "{key[1]}"')


def _unwritten_texts(tree: Tree) -> Iterator[Finding]:
    """A key that a language lacks shows as itself. (Templates are checked when they are read.)"""
    written = {
        file.path: set(re.findall(r'^msgid "(.+)"$', file.text, re.M))
        for file in tree.below(TEXTS, ".po")
    }
    for file in tree.cpp_files:
        if file.is_test or not file.path.startswith("src/site/"):
            continue
        for number, line in enumerate(file.text.splitlines(), 1):
            for key in re.findall(r'\b(?:text|plural)\(\s*"(\w+(?:\.\w+)*\.\w*[^\W_])"', line):
                for path, keys in written.items():
                    if key not in keys:
                        yield Finding(file.path, number, f'{path} has no text "{key}"')
