"""Just enough C++: comments and literals told from code, braces told apart by what they open."""

import re
from dataclasses import dataclass
from functools import cached_property

_LEXEME = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | R"(?P<mark>[^(\s"]{0,16})\((?P<raw>.*?)\)(?P=mark)"
      | "(?P<text>(?:\\.|[^"\\\n])*)"
      | \b[0-9][0-9a-zA-Z.']*          # 1'000: not the start of a character
      | '(?:\\.|[^'\\\n])+'
    """,
    re.S | re.X,
)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.M)
_TYPE_HEAD = re.compile(r"\b(?:class|struct|union|enum)\b(?![^()]*\)\s*\{?$)")
_ACCESS = re.compile(r"(\s*\b(?:public|protected|private)\s*:(?!:))+")
_CONTROL = {"if", "for", "while", "switch", "catch", "constexpr"}
_AFTER_PARAMETERS = re.compile(
    r"(?:\bconst\b|\bnoexcept\b|\boverride\b|\bfinal\b|\bmutable\b|\btry\b|&{1,2}|\s"
    r"|->\s*[\w:<>,*&\s]+)+$"
)


@dataclass(frozen=True)
class Literal:
    offset: int
    text: str


@dataclass(frozen=True)
class Include:
    line: int
    path: str
    is_system: bool


@dataclass(frozen=True)
class Function:
    name: str
    line: int
    lines: int
    parameters: int
    nesting: int


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


class Source:
    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _lexed(self) -> tuple[str, str, list[Literal]]:
        literals: list[Literal] = []
        comments: list[str] = []

        def replace(found: re.Match[str]) -> str:
            whole = found[0]
            if whole.startswith(("//", "/*")):
                comments.append(whole)
                return _blank(whole)
            if whole[0].isdigit():
                return whole.replace("'", "0")
            if whole.startswith("'"):
                return _blank(whole)
            raw = found["raw"]
            literals.append(Literal(found.start(), found["text"] if raw is None else raw))
            return '"' + _blank(whole[1:-1]) + '"'

        code = _LEXEME.sub(replace, self.text)
        return code, "\n".join(comments), literals

    @property
    def code(self) -> str:
        """The text with comments and the insides of literals as spaces; same length and lines."""
        return self._lexed[0]

    @property
    def comments(self) -> str:
        return self._lexed[1]

    @property
    def literals(self) -> list[Literal]:
        return self._lexed[2]

    @cached_property
    def includes(self) -> list[Include]:
        return [
            Include(self.text.count("\n", 0, found.start(2)) + 1, found[2], found[1] == "<")
            for found in _INCLUDE.finditer(self.text)
        ]

    @cached_property
    def functions(self) -> list[Function]:
        return _BraceReader(_DIRECTIVE.sub(lambda d: _blank(d[0]), self.code)).read()


@dataclass
class _Brace:
    kind: str  # scope (namespace, type), function, lambda, control, block, value
    head: str
    head_start: int
    depth: int = 0  # control blocks around, within the innermost function or lambda
    deepest: int = 0


class _BraceReader:
    """Walks the braces of blanked code; what stands before a brace says what it opens."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.stack: list[_Brace] = []
        self.functions: list[Function] = []
        self.head_start = 0
        self.parentheses: list[int] = []  # open (s at each open brace

    def read(self) -> list[Function]:
        parentheses = 0
        for found in re.finditer(r"[{}();]", self.code):
            sign, at = found[0], found.start()
            if sign == "{":
                self._open(at, parentheses)
            elif sign == "}":
                self._close(at)
            elif sign == ";" and parentheses == (self.parentheses or [0])[-1]:
                self.head_start = at + 1
            parentheses += {"(": 1, ")": -1}.get(sign, 0)
        return self.functions

    def _open(self, at: int, parentheses: int) -> None:
        label = _ACCESS.match(self.code, self.head_start)
        self.head_start = label.end() if label else self.head_start
        head = self.code[self.head_start : at].strip()
        outer = self.stack[-1] if self.stack else None
        in_function = outer is not None and outer.kind != "scope"
        kind = _kind_in_function(head) if in_function else _kind_in_scope(head)
        depth = outer.depth if outer and kind not in ("function", "lambda") else 0
        brace = _Brace(kind, head, self.head_start, depth + (kind == "control"))
        brace.deepest = brace.depth
        self.stack.append(brace)
        self.parentheses.append(parentheses)
        if kind != "value":
            self.head_start = at + 1

    def _close(self, at: int) -> None:
        if not self.stack:
            return
        brace = self.stack.pop()
        self.parentheses.pop()
        if self.stack:
            self.stack[-1].deepest = max(self.stack[-1].deepest, brace.deepest)
        if brace.kind == "function":
            self.functions.append(self._function(brace, at))
        # `Name(int a) : a_{a} {` and `f({1}, [] { … })` go on after the inner brace.
        goes_on = brace.kind in ("value", "lambda")
        self.head_start = brace.head_start if goes_on else at + 1

    def _function(self, brace: _Brace, end: int) -> Function:
        start = brace.head_start
        start += len(self.code[start:]) - len(self.code[start:].lstrip())
        name, parameters = _signature(brace.head)
        first = self.code.count("\n", 0, start) + 1
        last = self.code.count("\n", 0, end) + 1
        return Function(name, first, last - first + 1, parameters, brace.deepest)


def _before_last_parentheses(head: str) -> str | None:
    """What stands before the last (…) of the head; None when it does not end with one."""
    head = head.rstrip()
    if not head.endswith(")"):
        return None
    depth = 0
    for i in range(len(head) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(head[i], 0)
        if depth == 0:
            return head[:i].rstrip()
    return None


def _last_word(text: str) -> str:
    found = re.search(r"(\w+)$", text)
    return found[1] if found else ""


def _kind_in_scope(head: str) -> str:
    if re.search(r"\bnamespace\b", head) or re.fullmatch(r'(inline )?extern\s*"\s*"', head):
        return "scope"
    if "(" not in _without_angles(head):
        return "scope" if _TYPE_HEAD.search(head) and not head.endswith("=") else "value"
    if re.match(r"(template\b.*>\s*)?(class|struct|union|enum)\b[^()]*$", _without_angles(head)):
        return "scope"
    if re.search(r"(=|\breturn|,|\()$", head):
        return "value"
    in_initialisers = re.search(r"\)\s*(noexcept\s*)?:(?!:)", head)
    if in_initialisers and re.search(r"[\w>]$", head):
        return "value"
    return "function"


def _kind_in_function(head: str) -> str:
    if head == "" or head.endswith(":") and not head.endswith("::"):
        return "block"
    if _last_word(head) in ("else", "do", "try"):
        return "control"
    bare = _AFTER_PARAMETERS.sub("", head)
    if bare.endswith("]"):
        return "lambda"
    before = _before_last_parentheses(bare)
    if before is None:
        return "scope" if re.match(r"(class|struct|union|enum)\b[^=()]*$", head) else "value"
    if before.endswith("]") or re.search(r"\]\s*<[^<>]*>$", before):
        return "lambda"
    return "control" if _last_word(before) in _CONTROL else "value"


def _without_angles(text: str) -> str:
    text = text.replace("->", "  ").replace("<=", "  ").replace(">=", "  ")
    text = re.sub(r"operator\s*(<<|>>|<|>)", "operator_", text)
    while True:
        shorter = re.sub(r"<[^<>]*>", "", text)
        if shorter == text:
            return text
        text = shorter


def _signature(head: str) -> tuple[str, int]:
    head = _without_angles(re.sub(r"operator\s*\(\s*\)", "operator_call", head))
    head = re.sub(r"\[\[.*?\]\]", "", head)
    found = re.search(r"(?!(?:requires|decltype|explicit|noexcept|alignas)\b)([~\w:]+)\s*\(", head)
    if not found:
        return "?", 0
    depth, commas, content = 1, 0, ""
    for sign in head[found.end() :]:
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(sign, 0)
        if depth == 0:
            break
        commas += sign == "," and depth == 1
        content += sign
    is_empty = content.strip() in ("", "void")
    return found[1], 0 if is_empty else commas + 1
