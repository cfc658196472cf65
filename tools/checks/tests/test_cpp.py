"""The brace scanner on code that looks for trouble."""

import unittest

from checks.cpp import Function, Source


def functions(text: str) -> dict[str, Function]:
    return {function.name: function for function in Source(text).functions}


class Lexing(unittest.TestCase):
    def test_comments_and_literals_are_no_code(self) -> None:
        source = Source('int a; // {"x"}\n/* { */ const char* b = "}\\"{"; char c = \'{\';\n')
        self.assertNotIn("{", source.code)
        self.assertEqual([literal.text for literal in source.literals], ['}\\"{'])
        self.assertEqual(len(source.code), len(source.text))

    def test_raw_strings_and_digit_separators(self) -> None:
        source = Source("auto a = R\"x({ \" )\" )x\"; int b = 1'000; char c = '}';")
        self.assertEqual([literal.text for literal in source.literals], ['{ " )" '])
        self.assertNotIn("{", source.code)
        self.assertNotIn("}", source.code)

    def test_includes(self) -> None:
        source = Source('#include <vector>\n#include "base/id.h"\n// #include\n')
        found = [(include.line, include.path) for include in source.includes]
        self.assertEqual(found, [(1, "vector"), (2, "base/id.h")])


class Functions(unittest.TestCase):
    def test_length_parameters_nesting(self) -> None:
        found = functions(
            "namespace a {\nstruct S { int x; };\n"
            "std::map<int, int> f(int a, std::pair<int, int> b = {1, 2}) {\n"
            "    if (a) {\n        for (;;) {\n            while (a) { --a; }\n        }\n    }\n"
            "    return {};\n}\n}\n"
        )
        self.assertEqual(found, {"f": Function("f", 3, 8, 2, 3)})

    def test_constructor_with_braced_initialisers(self) -> None:
        found = functions("A::A(int a, int b) : a_{a}, b_(b), c_{\n    1} {\n    go();\n}\n")
        self.assertEqual(found["A::A"], Function("A::A", 1, 4, 2, 0))

    def test_members_after_access_labels_operators_and_qualifiers(self) -> None:
        found = functions(
            "class A {\n  public:\n    int f() const noexcept { return 1; }\n"
            "    bool operator()(int a) const override { return a; }\n"
            "    auto g() -> std::vector<int> { return {}; }\n};\n"
        )
        self.assertEqual(found["f"].line, 3)
        self.assertEqual(found["operator_call"].parameters, 1)
        self.assertEqual(found["g"].lines, 1)

    def test_a_lambda_counts_its_own_nesting_but_its_parents_lines(self) -> None:
        found = functions(
            "void f() {\n    if (a) {\n        run([&](int x) mutable -> int {\n"
            "            if (x) {\n                if (y) { z(); }\n            }\n"
            "            return 1;\n        });\n    }\n}\n"
        )
        self.assertEqual(found["f"], Function("f", 1, 10, 0, 2))

    def test_values_are_no_functions(self) -> None:
        text = (
            "constexpr std::array<int, 2> kA = {1, 2};\nconst S kS{.a = f(1), .b = {2}};\n"
            "enum class E { a, b };\nstd::vector<int> v{1, 2};\n"
        )
        self.assertEqual(functions(text), {})

    def test_else_do_try_and_switch_are_control(self) -> None:
        found = functions(
            "void f() {\n  try {\n    switch (a) { case 1: { do { g(); } while (b); } }\n"
            "  } catch (const E& e) {\n  }\n}\n"
        )
        self.assertEqual(found["f"].nesting, 3)

    def test_directives_do_not_confuse_braces(self) -> None:
        found = functions("#define X {\nvoid f() {\n}\nvoid g() {\n}\n")
        self.assertEqual(set(found), {"f", "g"})


if __name__ == "__main__":
    unittest.main()
