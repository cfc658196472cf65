"""What a document points at exists."""

import re
from collections.abc import Iterator

from checks.tree import File, Finding, Tree

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.S | re.M)
_CODE = re.compile(r"`[^`\n]*`")


def check(tree: Tree) -> Iterator[Finding]:
    for file in tree.below("", ".md"):
        text = _FENCE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), file.text)
        text = _CODE.sub(lambda found: " " * len(found[0]), text)
        for link in _LINK.finditer(text):
            target = link[1]
            if re.match(r"[a-z]+:", target):
                continue
            problem = _problem(tree, file, target)
            if problem:
                yield Finding(file.path, file.line_of(link.start()), problem)


def anchors(text: str) -> set[str]:
    """The names GitHub and its kin give to headings."""
    headings = re.findall(r"^#+ +(.+?) *#*$", _FENCE.sub("", text), re.M)
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in plain}


def _problem(tree: Tree, file: File, target: str) -> str:
    path, _, anchor = target.partition("#")
    full = (file.absolute.parent / path).resolve() if path else file.absolute
    if not full.exists():
        return f"{path} does not exist"
    if anchor and full.suffix == ".md" and anchor not in anchors(full.read_text()):
        return f"{path or file.name} has no heading #{anchor}"
    return "" if full.is_relative_to(tree.root) else f"{path} lies outside the checkout"
