#include "web/shield/answer_cache.h"

#include <gtest/gtest.h>

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;

Request asking(const std::string& target) {
    Request request{.path = target, .target = target};
    request.host = "a";
    return request;
}

AnswerCache::Moment at(std::chrono::milliseconds past) {
    return {.now = SteadyTime{1h} + past,
            .at = instant_from_unix(1'000'000) + std::chrono::floor<std::chrono::seconds>(past)};
}

TEST(AnswerCache, SharesAnAnswerForAMoment) {
    AnswerCache cache(KeyedHash({1}));
    EXPECT_EQ(cache.find(asking("/"), 1s, at(0s)), nullptr);
    cache.keep(asking("/"), {.body = "one"}, at(0s));
    EXPECT_EQ(cache.find(asking("/"), 1s, at(900ms))->body, "one");
    EXPECT_EQ(cache.find(asking("/other"), 1s, at(0s)), nullptr);
}

// One makes the next while the others have the old one.
TEST(AnswerCache, OneAsksAgainTheOthersHaveTheOldOne) {
    AnswerCache cache(KeyedHash({1}));
    cache.keep(asking("/"), {.body = "one"}, at(0s));
    EXPECT_EQ(cache.find(asking("/"), 1s, at(1500ms)), nullptr);
    EXPECT_EQ(cache.find(asking("/"), 1s, at(1600ms))->body, "one");
    cache.keep(asking("/"), {.body = "two"}, at(1700ms));
    EXPECT_EQ(cache.find(asking("/"), 1s, at(1800ms))->body, "two");
    EXPECT_EQ(cache.find_old(asking("/"), at(20s))->body, "two");
    EXPECT_EQ(cache.find_old(asking("/"), at(60s)), nullptr);
}

TEST(AnswerCache, KeepsNothingThatIsSomebodys) {
    AnswerCache cache(KeyedHash({1}));
    Request signed_in = asking("/");
    signed_in.headers.add("cookie", "session=x");
    cache.keep(signed_in, {.body = "mine"}, at(0s));
    EXPECT_EQ(cache.find(asking("/"), 1s, at(0s)), nullptr);
    Response welcome{.body = "hello"};
    welcome.add_header("Set-Cookie", "session=x");
    cache.keep(asking("/"), welcome, at(0s));
    EXPECT_EQ(cache.find(asking("/"), 1s, at(0s)), nullptr);
    cache.keep(asking("/"), {.body = "for all"}, at(0s));
    EXPECT_EQ(cache.find(signed_in, 1s, at(0s)), nullptr);
    Request known = asking("/");
    known.headers.add("cookie", "history=x");
    EXPECT_EQ(cache.find(known, 1s, at(0s))->body, "for all");
    known.headers.clear();
    known.headers.add("cookie", "history=x; basket=y");
    EXPECT_EQ(cache.find(known, 1s, at(0s)), nullptr);
}

TEST(AnswerCache, IsBounded) {
    AnswerCache cache(KeyedHash({1}));
    const auto target = [](std::size_t i) { return "/" + std::to_string(i); };
    for (std::size_t i = 0; i < 2 * AnswerCache::kAnswersMax; ++i)
        cache.keep(asking(target(i)), {.body = "x"}, at(0s));
    std::size_t kept = 0;
    for (std::size_t i = 0; i < 2 * AnswerCache::kAnswersMax; ++i)
        kept += cache.find_old(asking(target(i)), at(0s)) != nullptr;
    EXPECT_EQ(kept, AnswerCache::kAnswersMax);
}

}  // namespace
}  // namespace emplettes::web
