"""What nobody builds, includes, shows or says."""

import re
from collections.abc import Iterator

from checks.tree import Finding, Tree

TEMPLATES = "web/templates"


def check(tree: Tree) -> Iterator[Finding]:
    yield from _unbuilt_sources(tree)
    yield from _unread_headers(tree)
    yield from _unshown_templates(tree)


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


def _unshown_templates(tree: Tree) -> Iterator[Finding]:
    named = {
        literal.text.removesuffix(".mustache")
        for file in tree.cpp_files
        if not file.is_test
        for literal in file.cpp.literals
    }
    for file in tree.below(TEMPLATES, ".mustache"):
        named.update(re.findall(r"\{\{>\s*([\w/.-]+)\s*\}\}", file.text))
    for file in tree.below(TEMPLATES, ".mustache"):
        name = file.path[len(TEMPLATES) + 1 :].removesuffix(".mustache")
        if name not in named and name.rpartition("/")[2] not in named:
            yield Finding(file.path, 1, f'no page and no template shows "{name}"')
