#include "catalogue/fresh_wanted.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

#include "catalogue/questions.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

constexpr Instant kMadeAt = instant_from_unix(1'800'000'000);

Wanted wanted_at(Instant at) {
    return {.missing = {{.text = "luges en bois"}},
            .most_asked = {{.text = "luges en bois"}, {.text = "thé"}},
            .at = at};
}

TEST(FreshWanted, IsMadeAnewWhenItIsOld) {
    FreshWanted fresh;
    int made = 0;
    const auto at = [&](Instant now) {
        return fresh.get(now, [&] {
            ++made;
            return wanted_at(now);
        });
    };
    const auto first = at(kMadeAt);
    EXPECT_EQ(at(kMadeAt + kWantedFresh - std::chrono::seconds{1}), first);
    EXPECT_EQ(made, 1);
    EXPECT_NE(at(kMadeAt + kWantedFresh), first);
    EXPECT_EQ(made, 2);
}

TEST(FreshWanted, TriesAgainAfterAFault) {
    FreshWanted fresh;
    const auto failing = []() -> Wanted { throw std::runtime_error("no database"); };
    EXPECT_THROW(fresh.get(kMadeAt, failing), std::runtime_error);
    EXPECT_EQ(fresh.get(kMadeAt, [] { return wanted_at(kMadeAt); })->at, kMadeAt);
}

TEST(FreshWanted, ForgetsWordsInEverySpellingAtOnce) {
    FreshWanted fresh;
    fresh.get(kMadeAt, [] { return wanted_at(kMadeAt); });
    fresh.forget(words_mark("bois luge"));
    const auto less = fresh.get(kMadeAt, [] { return wanted_at(kMadeAt); });
    EXPECT_THAT(less->missing, IsEmpty());
    EXPECT_THAT(less->most_asked, ElementsAre(Field(&LookedFor::text, "thé")));
}

TEST(FreshWanted, ForgetsWordsThatAreJustBeingCounted) {
    FreshWanted fresh;
    const auto made = fresh.get(kMadeAt, [&] {
        fresh.forget(words_mark("luge en bois"));
        return wanted_at(kMadeAt);
    });
    EXPECT_THAT(made->missing, IsEmpty());
}

TEST(FreshWanted, IsMadeByOneThreadWhileOthersGetTheLast) {
    FreshWanted fresh;
    const auto old = fresh.get(kMadeAt, [] { return wanted_at(kMadeAt); });
    const Instant later = kMadeAt + kWantedFresh;
    std::latch has_begun{1};
    std::latch may_end{1};
    std::thread maker([&] {
        fresh.get(later, [&] {
            has_begun.count_down();
            may_end.wait();
            return wanted_at(later);
        });
    });
    has_begun.wait();
    EXPECT_EQ(fresh.get(later, [] { return Wanted{}; }), old);
    may_end.count_down();
    maker.join();
    EXPECT_EQ(fresh.get(later, [] { return Wanted{}; })->at, later);
}

TEST(FreshWanted, TheFirstOneIsMadeOnce) {
    FreshWanted fresh;
    std::atomic<int> made{0};
    constexpr int kReaders = 4;
    std::latch all_ask{kReaders};
    std::vector<std::thread> readers;
    for (int i = 0; i < kReaders; ++i)
        readers.emplace_back([&] {
            all_ask.count_down();
            fresh.get(kMadeAt, [&] {
                all_ask.wait();  // nobody asks later than the first one makes it
                ++made;
                return wanted_at(kMadeAt);
            });
        });
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(made, 1);
}

}  // namespace
}  // namespace emplettes::catalogue
