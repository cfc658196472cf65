#include "orders/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "catalogue/shop_record.h"
#include "orders/test_market.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::orders {
namespace {

using namespace std::chrono_literals;

constexpr TerritoryId kTown{7};

class MessageContract : public store::Contract {
  protected:
    MessageContract() {
        store::migrate(*db_, embedded_migrations(), SystemClock());
        market_.emplace(*db_, kTown, 100);
    }

    std::string reserve(const std::string& contact = "zoe@example.org") {
        auto request = TestMarket::request();
        request.contact = contact;
        return market_->reserve(request).value().code;
    }
    std::optional<MessageError> send(const std::string& code, const std::string& text,
                                     ShopId shop = TestMarket::kShop) {
        const auto sent = db_->write([&](store::Tx& tx) {
            return send_message(tx, kTown, {.shop = shop, .code = code, .text = text}, ids_,
                                market_->clock().now());
        });
        return sent ? std::nullopt : std::optional(sent.error());
    }
    std::vector<notices::Notice> messages_told() {
        const auto all = db_->read([&](store::Tx& tx) {
            return notices::load_waiting(tx, kTown, market_->clock().now() + 1h, 1000);
        });
        std::vector<notices::Notice> told;
        for (const auto& notice : all)
            if (notice.kind == "reservation_message") told.push_back(notice);
        return told;
    }

    std::optional<TestMarket> market_;
    SystemClock system_;
    IdSource ids_{system_, 3};
};

TEST_P(MessageContract, IsKeptWithTheRequestAndMailed) {
    const std::string code = reserve();
    EXPECT_EQ(send(code, "La couverture est bleue."), std::nullopt);
    const auto kept =
        db_->read([&](store::Tx& tx) { return catalogue::load_messages(tx, kTown, code, 5); });
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].text, "La couverture est bleue.");
    const auto told = messages_told();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].recipient, "zoe@example.org");
    EXPECT_EQ(told[0].language, "fr");
    EXPECT_EQ(told[0].facts.at("message"), "La couverture est bleue.");
    EXPECT_EQ(told[0].facts.at("shop_email"), "shop@example.org");
    EXPECT_FALSE(told[0].facts.contains("shop_secret"));
}

TEST_P(MessageContract, RefusesWhatShouldNotBeSent) {
    const std::string code = reserve();
    EXPECT_EQ(send(code, ""), MessageError::text_missing);
    EXPECT_EQ(send(code, "a\tb"), MessageError::text_not_valid);
    EXPECT_EQ(send(code, "\xFF"), MessageError::text_not_valid);
    EXPECT_EQ(send(code, std::string(kMessageLengthMax + 1, 'a')), MessageError::text_too_long);
    EXPECT_EQ(send("NOSUCHCODE", "Bonjour"), MessageError::unknown_code);
    EXPECT_EQ(send(code, "Bonjour", ShopId{99}), MessageError::unknown_code);
    EXPECT_EQ(send(reserve("06 12 34 56 78"), "Bonjour"), MessageError::no_mail_address);
    for (std::int64_t i = 0; i < kMessagesPerRequestMax; ++i)
        EXPECT_EQ(send(code, "Bonjour"), std::nullopt);
    EXPECT_EQ(send(code, "Bonjour"), MessageError::too_many);
    EXPECT_EQ(std::ssize(messages_told()), kMessagesPerRequestMax);
}

TEST_P(MessageContract, OneShopWritesSoManyAnHour) {
    for (std::int64_t i = 0; i < kMessagesPerHourMax; ++i)
        EXPECT_EQ(send(reserve(), "Bonjour"), std::nullopt);
    const std::string code = reserve();
    EXPECT_EQ(send(code, "Bonjour"), MessageError::too_many);
    market_->clock().advance(1h);
    EXPECT_EQ(send(code, "Bonjour"), std::nullopt);
}

TEST_P(MessageContract, NothingIsSaidAboutWhatEndedLongAgo) {
    const std::string code = reserve();
    ASSERT_TRUE(market_->step(code, Step::decline));
    EXPECT_EQ(send(code, "Il en arrive mardi."), std::nullopt);
    market_->clock().advance(kMessageAfterEnd + 1s);
    EXPECT_EQ(send(code, "Il en arrive mardi."), MessageError::too_late);
}

INSTANTIATE_TEST_SUITE_P(Databases, MessageContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::orders
