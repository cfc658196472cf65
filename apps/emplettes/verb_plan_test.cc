#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "emplettes/test_typed.h"

namespace emplettes {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kFiles = EMPLETTES_SOURCE_DIR "/src/planner/testdata/";

Typed plan(const std::string& file, std::vector<std::string> words = {}) {
    words.insert(words.begin(), {"plan", kFiles + file, "--iterations", "300"});
    return type_in(std::move(words));
}

// A file that is gone with its test.
class WrittenFile {
  public:
    explicit WrittenFile(const std::string& bytes)
        : path_(std::filesystem::temp_directory_path() /
                ("emplettes-plan-" + std::to_string(::getpid()) + '-' + std::to_string(++made_))) {
        std::ofstream(path_) << bytes;
    }
    ~WrittenFile() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

  private:
    static inline int made_ = 0;
    std::filesystem::path path_;
};

TEST(PlanVerbTest, TellsTheRounds) {
    const Typed told = plan("tiny.day.json");
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_THAT(told.out, AllOf(HasSubstr("pickup of order-anna at bakery"),
                                HasSubstr("delivery of order-louise at louise, cold, heavy"),
                                HasSubstr("unserved: order-late"), HasSubstr("paid: ")));
}

TEST(PlanVerbTest, ReadsEveryFormat) {
    for (const char* file : {"tiny.li_lim.txt", "tiny.solomon.txt", "tiny.sartori_buriol.txt",
                             "tiny.vroom.json", "tiny.day.json"}) {
        const Typed told = plan(file, {"--json"});
        ASSERT_EQ(told.status, 0) << file << told.err;
        EXPECT_FALSE(Json::parse(told.out)["rounds"].empty()) << file;
    }
}

TEST(PlanVerbTest, JudgesWhatItMade) {
    const Typed made = plan("tiny.day.json", {"--json"});
    const WrittenFile good(made.out);
    EXPECT_THAT(plan("tiny.day.json", {"--check", good.path()}).out, HasSubstr("keeps everything"));
}

TEST(PlanVerbTest, JudgesWhatIsWrong) {
    Json made = Json::parse(plan("tiny.day.json", {"--json"}).out);
    made["rounds"][0]["visits"][1]["start"] = 0;
    made["unserved"] = Json::array();
    const WrittenFile bad(made.dump());
    const Typed told = plan("tiny.day.json", {"--check", bad.path()});
    EXPECT_EQ(told.status, 1);
    EXPECT_THAT(told.out, AllOf(HasSubstr("order-late is neither served"),
                                HasSubstr("begins before the arrival")));
}

TEST(PlanVerbTest, SaysWhyNobodyBringsIt) {
    const Typed told = plan("tiny.day.json", {"--explain", "order-late"});
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_THAT(told.out, AllOf(HasSubstr("Nobody brings it"),
                                HasSubstr("minutes more at the end of the shift bo"),
                                HasSubstr("A person can overrule it")));
}

TEST(PlanVerbTest, SaysWhyThisCourier) {
    EXPECT_THAT(plan("tiny.day.json", {"--explain", "order-louise"}).out,
                AllOf(HasSubstr("It is with ana"), HasSubstr("Nobody else can bring it")));
}

// Each in a file of its own: several may be there at once.
class PublishedDay {
  public:
    PublishedDay() : plan_(plan("tiny.day.json", {"--json"}).out) {}

    Typed with(std::vector<std::string> words) const {
        words.insert(words.begin(), {"--published", plan_.path()});
        return plan("tiny.day.json", std::move(words));
    }

  private:
    WrittenFile plan_;
};

TEST(PlanVerbTest, ShowsAPublishedPlanAsItIs) {
    const PublishedDay day;
    EXPECT_EQ(day.with({}).out, plan("tiny.day.json").out);
    EXPECT_THAT(day.with({"--explain", "order-anna"}).out, HasSubstr("It is with "));
}

TEST(PlanVerbTest, TellsWhatNewsChange) {
    const PublishedDay day;
    EXPECT_THAT(day.with({"--cancel", "order-anna"}).out,
                AllOf(HasSubstr("order-anna is cancelled"),
                      HasSubstr("order-anna: cancelled, ana does not go there")));
    EXPECT_THAT(day.with({"--out", "ana=a flat tyre"}).out,
                AllOf(HasSubstr("ana is out: a flat tyre"), HasSubstr("order-louise")));
    EXPECT_THAT(day.with({"--late", "ana=30"}).out, HasSubstr("ana is 30 minutes late"));
    EXPECT_THAT(day.with({"--not-ready", "order-anna/bakery=11:15"}).out,
                HasSubstr("pickup of order-anna at bakery is not ready before 11:15"));
    const Json changed = Json::parse(day.with({"--cancel", "order-anna", "--json"}).out);
    EXPECT_EQ(changed["changes"][0]["kind"], "cancelled");
}

TEST(PlanVerbTest, QuotesAndAddsAnOrder) {
    const PublishedDay day;
    const WrittenFile order(R"({"id": "order-new", "pickups": [{"place": "books", "weight_g": 500}],
        "delivery": {"place": "anna", "service_s": 120}})");
    const Typed quoted =
        day.with({"--quote", order.path(), "--slot", "11:00-12:30", "--slot", "19:00-20:00"});
    EXPECT_EQ(quoted.status, 0) << quoted.err;
    EXPECT_THAT(quoted.out, AllOf(HasSubstr("11:00-12:30  "), HasSubstr(" more, "),
                                  HasSubstr(" euros"), HasSubstr("19:00-20:00  nobody")));
    EXPECT_THAT(day.with({"--add", order.path()}).out, HasSubstr("order-new: new, with "));
}

TEST(PlanVerbTest, QuotesAfterTheNews) {
    const PublishedDay day;
    const WrittenFile order(R"({"id": "order-new", "pickups": [{"place": "books", "weight_g": 500}],
        "delivery": {"place": "anna", "service_s": 120}})");
    const auto quote = [&](std::vector<std::string> news) {
        news.insert(news.end(), {"--quote", order.path(), "--slot", "11:00-12:30"});
        return day.with(std::move(news)).out;
    };
    const std::string usual = quote({});
    const std::string courier = usual.find("11:00-12:30  ana") != std::string::npos ? "ana" : "bo";
    EXPECT_THAT(usual, HasSubstr("11:00-12:30  " + courier));
    EXPECT_THAT(quote({"--out", courier + "=a flat tyre"}),
                AllOf(HasSubstr("11:00-12:30  "), Not(HasSubstr("11:00-12:30  " + courier))));
}

TEST(PlanVerbTest, NamesTheNewsThatIsWrong) {
    const PublishedDay day;
    EXPECT_THAT(day.with({"--cancel", "nobody"}).err,
                HasSubstr("--cancel nobody: there is no order of this name"));
    EXPECT_THAT(day.with({"--late", "ana"}).err, HasSubstr("--late ana: must be COURIER=MINUTES"));
    EXPECT_THAT(day.with({"--not-ready", "order-anna/moon=11:00"}).err,
                HasSubstr("the order has no such pickup"));
    EXPECT_THAT(day.with({"--now", "noon"}).err, HasSubstr("--now noon: must name a time"));
    EXPECT_THAT(plan("tiny.day.json", {"--cancel", "order-anna"}).err, HasSubstr("--published"));
}

TEST(PlanVerbTest, MeasuresATown) {
    const Typed told = type_in({"bench", "plan", "--town", "20", "--seconds", "0.05"});
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_THAT(told.out,
                AllOf(HasSubstr("\"case\":\"town_plan\""), HasSubstr("\"case\":\"town_replan\""),
                      HasSubstr("\"case\":\"town_reason\"")));
    EXPECT_THAT(type_in({"bench", "plan"}).err, HasSubstr("--set or --town is missing"));
}

TEST(PlanVerbTest, DrawsAPicture) {
    const WrittenFile picture("");
    EXPECT_EQ(plan("tiny.day.json", {"--svg", picture.path()}).status, 0);
    std::ifstream in(picture.path());
    const std::string svg((std::istreambuf_iterator<char>(in)), {});
    EXPECT_THAT(svg, AllOf(HasSubstr("<svg"), HasSubstr("<title>ana</title>")));
}

TEST(PlanVerbTest, NamesTheFieldThatIsWrong) {
    const WrittenFile file(R"({"places": [], "bikes": [], "shifts": [], "orders": [{"id": "a"}]})");
    EXPECT_THAT(type_in({"plan", file.path()}).err, HasSubstr("shifts: there is no courier"));
    EXPECT_THAT(type_in({"plan", "/nowhere"}).err, HasSubstr("cannot be read"));
    EXPECT_THAT(plan("tiny.day.json", {"--explain", "nobody"}).err,
                HasSubstr("there is no order \"nobody\""));
}

TEST(PlanVerbTest, MeasuresASet) {
    const WrittenFile best("instance,vehicles,distance\ntiny.li_lim,1,40\n");
    const Typed told = type_in({"bench", "plan", "--set", kFiles, "--only", "li_lim", "--bks",
                                best.path(), "--seconds", "0.05"});
    EXPECT_EQ(told.status, 0) << told.err;
    EXPECT_THAT(told.out, AllOf(HasSubstr("\"instance\":\"tiny.li_lim\""),
                                HasSubstr("\"best_vehicles\":1"), HasSubstr("\"breaches\":0")));
}

}  // namespace
}  // namespace emplettes
