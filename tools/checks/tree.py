"""The files of a checkout, read once."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from checks import cpp

SKIPPED_FOLDERS = {".git", ".cache", "build", "node_modules", "dist", "__pycache__"}
CPP = {".cc", ".h"}


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    message: str
    # Sizes carry a name and a number, so that tidy-ratchet.json can hold them down.
    measure: str = ""
    value: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class File:
    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        self.absolute = root / path
        self.suffix = self.absolute.suffix
        self.name = self.absolute.name
        self.stem = self.absolute.stem

    @cached_property
    def text(self) -> str:
        return self.absolute.read_text(encoding="utf-8", errors="replace")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def cpp(self) -> cpp.Source:
        return cpp.Source(self.text)

    @property
    def module(self) -> str:
        """src/orders/reservation.cc -> orders; "" outside src/."""
        parts = self.path.split("/")
        return parts[1] if parts[0] == "src" and len(parts) > 2 else ""

    @property
    def is_test(self) -> bool:
        return (
            self.stem.endswith(("_test", "contract"))
            or self.stem.startswith("test_")
            or self.path.startswith("tests/")
        )

    def line_of(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1


class Tree:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = [File(root, path) for path in sorted(_paths(root))]

    def below(self, folder: str, *suffixes: str) -> list[File]:
        prefix = folder + "/" if folder else ""
        return [
            file
            for file in self.files
            if file.path.startswith(prefix) and (not suffixes or file.suffix in suffixes)
        ]

    def find(self, path: str) -> File | None:
        return next((file for file in self.files if file.path == path), None)

    @cached_property
    def cpp_files(self) -> list[File]:
        return [file for file in self.files if file.suffix in CPP]


def _paths(root: Path) -> list[str]:
    found: list[str] = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        found += [
            os.path.relpath(os.path.join(folder, name), root)
            for name in names
            if name not in SKIPPED_FOLDERS  # ".git" is a file in a second worktree
        ]
    return found
