"""The house rules of docs/style.md that a program can check. Standard library only.

`tree.py` reads the checkout, `cpp.py` understands just enough C++; each other module holds one
family of rules as a function `check(tree)` that yields findings.
"""
