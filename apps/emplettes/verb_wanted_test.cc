#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "catalogue/questions.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"
#include "scenario/http_client.h"

namespace emplettes {
namespace {

using testing::HasSubstr;
using testing::Not;

class WantedVerbTest : public testing::Test {
  protected:
    WantedVerbTest() { installation_.add_territory("ville"); }

    Typed wanted(std::vector<std::string> words = {}) const {
        words.insert(words.begin(), {"wanted", "--data", installation_.path().string()});
        return type_in(std::move(words));
    }
    // So many people, now, as the program's own clock has it.
    void ask(const std::string& text, int times) {
        const auto today =
            std::chrono::floor<std::chrono::days>(SystemClock().now()).time_since_epoch();
        App& app = installation_.start();
        catalogue::QuestionRows rows;
        rows[{.day = LocalDay{today}, .language = "fr", .text = text}] = {.found_none = times};
        app.database().write([&](store::Tx& tx) {
            catalogue::add_questions(tx, installation_.territory("ville"), rows);
        });
        app.stop();
    }

    TestInstallation installation_;
};

TEST_F(WantedVerbTest, PrintsWhatNobodyHas) {
    EXPECT_THAT(wanted().out, HasSubstr("nothing yet"));
    ask("luge en bois", 7);
    EXPECT_THAT(wanted().out, HasSubstr("luge en bois"));
    const Json all = Json::parse(wanted({"--json"}).out);
    EXPECT_EQ(all["missing"][0]["text"], "luge en bois");
    EXPECT_EQ(all["missing"][0]["asked"], 7);
    EXPECT_EQ(all["missing"][0]["trend"], "appeared");
    EXPECT_EQ(all["most_asked"][0]["products"], 0);
}

TEST_F(WantedVerbTest, ForgetsWordsInEverySpelling) {
    ask("luge en bois", 7);
    EXPECT_THAT(wanted({"--forget", "bois, luges"}).out, HasSubstr("forgotten: 1"));
    EXPECT_THAT(wanted().out, Not(HasSubstr("luge")));
    EXPECT_NE(wanted({"--forget", "?"}).status, 0);
}

TEST_F(WantedVerbTest, ARunningServerForgetsAtOnce) {
    App& app = installation_.start();
    const auto day = std::chrono::floor<std::chrono::days>(installation_.clock.now());
    app.database().write([&](store::Tx& tx) {
        catalogue::add_questions(
            tx, installation_.territory("ville"),
            {{{.day = LocalDay{day.time_since_epoch()}, .language = "fr", .text = "luge en bois"},
              {.found_none = 7}}});
    });
    EXPECT_THAT(installation_.get("ville", "/fr/wanted"), HasSubstr("luge en bois"));
    EXPECT_THAT(wanted({"--forget", "bois, luges"}).out, HasSubstr("forgotten: 1"));
    app.run_jobs();
    EXPECT_THAT(installation_.get("ville", "/fr/wanted"), Not(HasSubstr("luge")));
}

// Counted in memory, and not lost by a stop between two runs of the job.
TEST_F(WantedVerbTest, AGracefulStopWritesWhatWasCounted) {
    App& app = installation_.start();
    scenario::HttpClient client("http://127.0.0.1:" + std::to_string(app.port()));
    const auto answer = client.send(
        {.method = "GET",
         .target = "/fr/search?q=luge",
         .headers = {{"Host", "ville.example"}, {"Referer", "http://ville.example/fr/"}},
         .body = ""});
    ASSERT_EQ(answer.status, 200);
    app.stop();
    const auto rows = installation_.start().database().read([&](store::Tx& tx) {
        return catalogue::load_questions(tx, installation_.territory("ville"), LocalDay{});
    });
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.begin()->first.text, "luge");
    EXPECT_EQ(rows.begin()->second.found_none, 1);
}

}  // namespace
}  // namespace emplettes
