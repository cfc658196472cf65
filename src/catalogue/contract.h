#pragma once
#include <chrono>
#include <optional>
#include <stdexcept>
#include <vector>

#include "base/id_source.h"
#include "base/random.h"
#include "catalogue/street.h"
#include "catalogue/test_town.h"
#include "store/contract.h"
#include "store/migrations.h"
#include "store/outbox.h"

namespace emplettes::catalogue {

inline constexpr ShopId kShop{1};

// For tests that run on both databases: a migrated one, and what is in it.
class CatalogueContract : public store::Contract {
  protected:
    CatalogueContract() { store::migrate(*db_, embedded_migrations(), clock_); }

    std::vector<Shop> shops() {
        return db_->read([&](store::Tx& tx) { return load_shops(tx, town_.id); });
    }
    std::vector<Product> products() {
        return db_->read([&](store::Tx& tx) { return load_products(tx, town_.id); });
    }
    std::vector<Offer> offers() {
        return db_->read([&](store::Tx& tx) { return load_offers(tx, town_.id); });
    }
    std::vector<Street> streets() {
        return db_->read([&](store::Tx& tx) { return load_streets(tx, town_.id); });
    }
    void save(const Shop& shop) {
        db_->write([&](store::Tx& tx) { save_shop(tx, town_.id, shop); });
    }
    void save(const Product& product, const Offer& offer) {
        db_->write([&](store::Tx& tx) {
            save_product(tx, town_.id, product);
            save_offer(tx, town_.id, offer);
        });
    }

    // All news of a topic so far. PostgreSQL tells them once all transactions that began before
    // have ended, those of other tests too: hence a mark at the end, and patience.
    std::vector<store::OutboxNews> told(std::string_view topic) {
        const auto mark = ids_.next<NoticeId>().value;
        db_->write([&](store::Tx& tx) {
            store::append_news(
                tx,
                {.territory = town_.id, .topic = "mark", .subject_id = mark, .payload_json = "{}"},
                clock_.now());
        });
        std::uint64_t seen = 0;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (std::chrono::steady_clock::now() < deadline) {
            if (const auto news = told_before(mark, topic)) return *news;
            seen = db_->wait_for_news(seen, std::chrono::milliseconds{20});
        }
        throw std::runtime_error("the outbox does not tell what was written");
    }

    const Territory town_ = make_town();
    ManualClock clock_{kNoon};
    IdSource ids_{clock_, 1};
    SeededRandom random_{42};

  private:
    std::optional<std::vector<store::OutboxNews>> told_before(std::int64_t mark,
                                                              std::string_view topic) {
        const auto all = db_->read(
            [&](store::Tx& tx) { return store::read_news_after(tx, town_.id, {}, 1'000'000); });
        std::vector<store::OutboxNews> news;
        for (const auto& entry : all) {
            if (entry.news.topic == topic) news.push_back(entry.news);
            if (entry.news.topic == "mark" && entry.news.subject_id == mark) return news;
        }
        return std::nullopt;
    }
};

}  // namespace emplettes::catalogue
