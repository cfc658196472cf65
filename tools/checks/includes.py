"""Who includes whom: the table of cmake/module.cmake, and each module's own USES."""

import re
from collections.abc import Iterator

from checks.tree import File, Finding, Tree

TABLE = "cmake/module.cmake"
OUTSIDE_THE_TABLE = {"embedded", "scenario"}  # generated; the tests' own library


def may_use(tree: Tree) -> dict[str, set[str]]:
    table = tree.find(TABLE)
    text = table.text if table else ""
    rows = re.findall(r"set\(EMPLETTES_MAY_USE_(\w+)\s+([^)]*)\)", text)
    return {module: set(names.replace('"', " ").split()) for module, names in rows}


def uses(tree: Tree, module: str) -> set[str]:
    lists = tree.find(f"src/{module}/CMakeLists.txt")
    found = re.search(rf"emplettes_module\(\s*{module}\b([^)]*)\)", lists.text if lists else "")
    words = found[1].split() if found else []
    if "USES" not in words:
        return set()
    after = words[words.index("USES") + 1 :]
    keyword = next((i for i, word in enumerate(after) if word.isupper()), len(after))
    return set(after[:keyword])


def check(tree: Tree) -> Iterator[Finding]:
    table = may_use(tree)
    declared = {module: uses(tree, module) for module in table}
    for file in tree.cpp_files:
        for include in file.cpp.includes:
            if include.is_system:
                continue
            problem = _problem(file, include.path, table, declared)
            if problem:
                yield Finding(file.path, include.line, problem)


def _problem(
    file: File, path: str, table: dict[str, set[str]], declared: dict[str, set[str]]
) -> str:
    used = path.split("/")[0]
    if "/" not in path or path.startswith("."):
        return f'"{path}": include by the full path from src/'
    if used in OUTSIDE_THE_TABLE or not file.module:
        return ""
    if used not in table:
        return f'"{path}": {used} is not a module of {TABLE}'
    if used == file.module:
        return ""
    if used not in table.get(file.module, set()):
        return f"{file.module} may not include {used}: see {TABLE}"
    if used not in declared[file.module]:
        return f"{file.module} includes {used} but its CMakeLists.txt does not say USES {used}"
    return ""
