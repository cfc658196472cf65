#include "notices/html_mail.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace emplettes::notices {
namespace {

std::string body(const std::string& text) {
    const std::string html = html_of("S", text, "fr");
    const auto begin = html.find(">\n", html.find("<body")) + 2;
    return html.substr(begin, html.rfind("</body>") - begin);
}

TEST(HtmlMail, HasParagraphsLinesAndLinks) {
    EXPECT_EQ(body("Bonjour Zoé,\n\nCode : K7M\nhttps://a.example/x?a=1&b=2.\n"),
              "<p>Bonjour Zoé,</p>\n"
              "<p>Code : K7M<br>\n"
              "<a href=\"https://a.example/x?a=1&amp;b=2\">https://a.example/x?a=1&amp;b=2</a>."
              "</p>\n");
}

TEST(HtmlMail, ObeysNobodysMarkup) {
    EXPECT_EQ(body("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    EXPECT_EQ(body("http://a/\"onclick=x"),
              "<p><a href=\"http://a/\">http://a/</a>"
              "&quot;onclick=x</p>\n");
    EXPECT_NE(html_of("</title><b>", "", "fr").find("&lt;/title&gt;&lt;b&gt;"), std::string::npos);
}

// Of what is written, all words are there, and no element but ours.
RC_GTEST_PROP(HtmlMail, SaysTheSame, (const std::string& text)) {
    std::string html = body(text);
    std::string shown;
    bool is_inside = false;
    for (const char c : html) {
        if (c == '<') is_inside = true;
        if (!is_inside) shown += c;
        if (c == '>') is_inside = false;
    }
    const auto squeezed = [](const std::string& words) {
        std::string out;
        for (const char c : words)
            if (std::string_view(" \t\n\r\v\f").find(c) == std::string_view::npos) out += c;
        return out;
    };
    RC_ASSERT(squeezed(shown) == squeezed(html_escape(text)));
}

}  // namespace
}  // namespace emplettes::notices
