#include "web/templates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "base/check.h"
#include "base/json.h"
#include "base/text.h"

namespace emplettes::web {
namespace {

using ::testing::HasSubstr;

std::string render(const std::string& source, const View& view, Mustache::Sources partials = {}) {
    partials["page"] = source;
    std::vector<std::string> problems;
    const auto page = Mustache::compile("page", partials, problems);
    EXPECT_THAT(problems, ::testing::IsEmpty());
    return page.render(view);
}

std::vector<std::string> problems_of(Mustache::Sources sources) {
    std::vector<std::string> problems;
    Mustache::compile("page", sources, problems);
    return problems;
}

TEST(Mustache, EscapesByDefault) {
    View view;
    view.set("name", "<b>\"L'Écume\" & co</b>").set("count", 3).set("price", std::int64_t{12});
    EXPECT_EQ(render("{{name}} {{ count }} {{price}} {{missing}}.", view),
              "&lt;b&gt;&quot;L&#39;Écume&quot; &amp; co&lt;/b&gt; 3 12 .");
}

TEST(Mustache, PutsOnlyHtmlUnescaped) {
    View view;
    view.set("qr", Html{"<svg/>"}).set("typed", "<script>");
    EXPECT_EQ(render("{{{qr}}}{{&qr}}{{qr}}", view), "<svg/><svg/>&lt;svg/&gt;");
    EXPECT_THROW(render("{{{typed}}}", view), Bug);
    EXPECT_THROW(render("{{&typed}}", view), Bug);
}

TEST(Mustache, ShowsSections) {
    View shop;
    shop.set("name", "Anna").set("street", "rue Condorcet");
    View view;
    view.set("name", "outer").set("shop", std::move(shop)).set("open", true).set("closed", false);
    view.set("empty", "").set("text", "t").set("none", std::vector<View>{});
    view.set("tags", std::vector<View>{View("a"), View("b<")});
    EXPECT_EQ(render("{{#shop}}{{name}}{{#open}}, open{{/open}}{{/shop}} {{name}}", view),
              "Anna, open outer");
    EXPECT_EQ(render("{{shop.street}}{{shop.zip}}{{open.street}}", view), "rue Condorcet");
    EXPECT_EQ(render("{{#closed}}x{{/closed}}{{^closed}}y{{/closed}}", view), "y");
    EXPECT_EQ(render("{{#empty}}x{{/empty}}{{^empty}}y{{/empty}}{{#text}}{{text}}{{/text}}", view),
              "yt");
    EXPECT_EQ(
        render("{{#tags}}[{{.}}]{{/tags}}{{^none}}none{{/none}}{{#missing}}x{{/missing}}", view),
        "[a][b&lt;]none");
}

TEST(Mustache, TagsAloneOnALineLeaveNoLine) {
    View view;
    view.set("list", std::vector<View>{View("1"), View("2")});
    EXPECT_EQ(render("<ul>\n  {{#list}}\n<li>{{.}}\n  {{/list}}\r\n{{! a\nremark }}\n</ul>", view),
              "<ul>\n<li>1\n<li>2\n</ul>");
    EXPECT_EQ(render("{{> row}}\n{{> row}}", view, {{"row", "<hr>\n"}}), "<hr>\n<hr>\n");
    EXPECT_EQ(render("a {{#list}}b {{/list}}\n", view), "a b b \n");
}

TEST(Mustache, ReportsWhatIsWrong) {
    using ::testing::ElementsAre;
    EXPECT_THAT(problems_of({{"page", "a\n{{#b}}\n"}}),
                ElementsAre(HasSubstr("{{#b}} is not closed")));
    EXPECT_THAT(problems_of({{"page", "a\n{{/b}}"}}),
                ElementsAre("page.mustache line 2: {{/b}} closes nothing"));
    EXPECT_THAT(problems_of({{"page", "{{#a}}{{/b}}{{/a}}"}}), ElementsAre(HasSubstr("{{/b}}")));
    EXPECT_THAT(problems_of({{"page", "{{> head}}"}}),
                ElementsAre(HasSubstr("no partial {{> head}}")));
    EXPECT_THAT(problems_of({{"page", "{{> page}}"}}), ElementsAre(HasSubstr("contains itself")));
    EXPECT_THAT(problems_of({{"page", "{{= | | =}}"}}), ElementsAre(HasSubstr("delimiters")));
    EXPECT_THAT(problems_of({{"page", "{{name"}}), ElementsAre(HasSubstr("without name or end")));
    EXPECT_THAT(problems_of({{"page", "{{#a}}{{> b}}{{/a}}"}, {"b", "{{/a}}"}}),
                ::testing::Not(ElementsAre()));
}

TEST(ScriptJson, CannotEndTheScript) {
    const Html html = script_json(R"({"name":"</script><script>"})");
    EXPECT_EQ(html.markup.find('<'), std::string::npos);
    EXPECT_EQ(parse_json(html.markup)["name"], "</script><script>");
}

// --- the same pages as kainjow::mustache, a renderer of the whole language ---

namespace km = kainjow::mustache;

// Of texts and truths only, and of anything: what {{name}} shows of a list is nobody's agreement.
constexpr std::array<const char*, 2> kScalars = {"a", "b"};
constexpr std::array<const char*, 4> kNames = {"a", "b", "c", "d"};

// One piece of data for both renderers. No empty text: kainjow shows its section, we do not.
struct Both {
    View ours;
    km::data theirs{km::data::type::object};

    template <typename T>
    void set(const char* name, T value) {
        ours.set(View::Name::outliving(name), value);
        theirs.set(name, value);
    }
};

Both make_data(int depth);

void set_scalar(Both& both, const char* name) {
    const auto text = rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("xy<>&\"'{} "))));
    switch (*rc::gen::inRange(0, 3)) {
        case 0: return;
        case 1: return both.set(name, *rc::gen::arbitrary<bool>());
        default: return both.set(name, *text);
    }
}

void set_views(Both& both, const char* name, int depth) {
    std::vector<View> ours;
    km::data theirs(km::data::type::list);
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        Both item = make_data(depth - 1);
        ours.push_back(std::move(item.ours));
        theirs.push_back(item.theirs);
    }
    if (count == 1 && *rc::gen::arbitrary<bool>()) {
        both.ours.set(View::Name::outliving(name), std::move(ours.front()));
        both.theirs.set(name, theirs.list_value().front());
        return;
    }
    both.ours.set(View::Name::outliving(name), std::move(ours));
    both.theirs.set(name, theirs);
}

Both make_data(int depth) {
    Both both;
    for (const auto* name : kNames) {
        const bool is_scalar = std::find(kScalars.begin(), kScalars.end(), name) != kScalars.end();
        is_scalar || depth == 0 ? set_scalar(both, name) : set_views(both, name, depth);
    }
    return both;
}

std::string make_source(int depth) {
    std::string source;
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
        const std::string scalar = *rc::gen::elementOf(kScalars);
        const std::string name = *rc::gen::elementOf(kNames);
        switch (*rc::gen::inRange(0, depth > 0 ? 5 : 3)) {
            case 0: source += *rc::gen::element<std::string>("<p>", "\n", " ", "text\n"); break;
            case 1: source += "{{" + scalar + "}}"; break;
            case 2: source += "{{! remark }}"; break;
            case 3:
                source += "{{#" + name + "}}" + make_source(depth - 1) + "{{/" + name + "}}";
                break;
            default: source += "{{^" + name + "}}" + make_source(depth - 1) + "{{/" + name + "}}";
        }
    }
    return source;
}

// kainjow decides later than we do which lines hold nothing but tags.
std::string without_space(const std::string& text) {
    std::string kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
                 [](char c) { return c != ' ' && c != '\n'; });
    return kept;
}

RC_GTEST_PROP(Mustache, RendersAsKainjowDoes, ()) {
    const std::string source = make_source(3);
    const Both data = make_data(3);
    std::vector<std::string> problems;
    const auto ours = Mustache::compile("page", {{"page", source}}, problems);
    RC_ASSERT(problems.empty());
    km::mustache theirs(source);
    RC_ASSERT(theirs.is_valid());
    theirs.set_custom_escape([](const std::string& text) { return html_escape(text); });
    RC_ASSERT(without_space(ours.render(data.ours)) == without_space(theirs.render(data.theirs)));
}

// --- the whole set ---

// Compiled by CMake from testdata/texts.po.
std::string catalogue() {
    std::ifstream file(EMPLETTES_BINARY_DIR "/src/web/texts.mo", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class TemplatesTest : public ::testing::Test {
  protected:
    Templates make(const std::vector<EmbeddedFile>& files) {
        return Templates({.files = files, .languages = languages, .assets = assets});
    }
    std::string failure_of(const std::vector<EmbeddedFile>& files) {
        try {
            make(files);
            return "";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    }

    const std::vector<EmbeddedFile> asset_files = {{"manifest.json", R"({"app.css":"app-1.css"})"},
                                                   {"assets/app-1.css", "body{}"}};
    const Assets assets{asset_files};
    const std::string bytes = catalogue();
    const Languages languages{{Language("fr", {"fr.mo", bytes}), Language("xx", {"xx.mo", bytes})}};
};

TEST_F(TemplatesTest, PutsTextsAndAssetsIn) {
    const auto templates = make({{"head.mustache", "<link href=\"[[asset:app.css]]\">\n"},
                                 {"home.mustache", "{{> head}}\n<h1>[[home.title]]</h1>{{name}}"},
                                 {"notes.txt", "[[not.a.template]]"}});
    View view;
    view.set("name", "Zoé");
    EXPECT_EQ(templates.render("fr", "home", view),
              "<link href=\"/assets/app-1.css\">\n"
              "<h1>Qui l&#39;a, &lt;près&gt; de chez moi ?</h1>Zoé");
    EXPECT_EQ(templates.render("xx", "home", view), templates.render("fr", "home", view));
    EXPECT_THROW(templates.render("fr", "nowhere", view), Bug);
    EXPECT_THROW(templates.render("de", "home", view), Bug);
}

TEST_F(TemplatesTest, ListsEverythingThatIsMissing) {
    const std::string failure =
        failure_of({{"home.mustache", "\n[[no.such]]{{> foot}}\n[[asset:no.css]]"},
                    {"shop.mustache", "[[braces]]\n{{#open}}"}});
    EXPECT_THAT(failure, HasSubstr("home.mustache line 2: no text in fr for [[no.such]]"));
    EXPECT_THAT(failure, HasSubstr("home.mustache line 3: there is no asset [[asset:no.css]]"));
    EXPECT_THAT(failure, HasSubstr("home.mustache line 2: there is no partial {{> foot}}"));
    EXPECT_THAT(failure, HasSubstr("shop.mustache line 1: braces in the text of [[braces]]"));
    EXPECT_THAT(failure, HasSubstr("{{#open}} is not closed"));
}

}  // namespace
}  // namespace emplettes::web
