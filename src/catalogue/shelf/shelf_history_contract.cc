#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "catalogue/shelf/import_contract.h"

namespace emplettes::catalogue {
namespace {

constexpr int kThings = 6;
constexpr int kHistories = 8;
constexpr int kEventsOfHistory = 25;
constexpr std::int64_t kStockMax = 4;

// What somebody with a sheet of paper would know of one thing of the shop.
struct Thing {
    bool is_known = false;  // there is an offer, on the shelf or off it
    bool is_on_shelf = false;
    std::int64_t price = 0;
    std::int64_t standing = 0;  // with what is kept
    std::int64_t kept = 0;
    Instant counted_at;
    Instant off_since;
    bool is_by_hand = false;
    int file = 0;    // the kind of file that spoke of it last; 0: none
    int writer = 0;  // the import that wrote it last

    std::int64_t stock() const { return std::max<std::int64_t>(standing - kept, 0); }
};
using Shelf = std::map<int, Thing>;

struct Line {
    int thing = 0;
    std::int64_t price = 0;
    std::optional<std::int64_t> quantity;
    std::optional<Instant> counted_at;
};

struct File {
    int kind = 1;
    bool is_whole_shelf = false;
    Instant made_at;
    std::vector<Line> lines;

    // Files of another kind have another column.
    std::string csv() const {
        std::string text = "sku;titre;prix;stock;updated_at" +
                           (kind == 1 ? std::string() : ";kind" + std::to_string(kind)) + "\n";
        for (const Line& line : lines)
            text += std::to_string(line.thing) + ";Thing " + std::to_string(line.thing) + ";" +
                    std::to_string(line.price) + ";" +
                    (line.quantity ? std::to_string(*line.quantity) : "") + ";" +
                    (line.counted_at ? std::to_string(to_unix(*line.counted_at)) : "") + "\n";
        return text;
    }
};

void take_off(Thing& thing, Instant at) {
    if (thing.is_on_shelf) thing.off_since = at;
    thing.is_on_shelf = false;
    thing.standing = thing.kept;
}

void tell(Thing& thing, const Line& line, const File& file, int import) {
    const Instant at = std::min(line.counted_at.value_or(file.made_at), file.made_at);
    if (!thing.is_known) {
        if (!line.quantity || *line.quantity == 0) return;
        thing = {.is_known = true,
                 .is_on_shelf = true,
                 .price = line.price,
                 .standing = *line.quantity,
                 .counted_at = at,
                 .file = file.kind,
                 .writer = import};
        return;
    }
    if (thing.is_by_hand && thing.counted_at > file.made_at) return;
    if (!thing.is_on_shelf && thing.off_since > at) return;
    thing.price = line.price;
    thing.file = file.kind;
    thing.writer = import;
    if (!line.quantity || at < thing.counted_at) return;
    thing.counted_at = at;
    thing.is_by_hand = false;
    thing.standing = std::max(*line.quantity, thing.kept);
    if (*line.quantity == 0)
        take_off(thing, at);
    else
        thing.is_on_shelf = true;
}

void tell(Shelf& shelf, const File& file, int import) {
    std::set<int> seen;
    for (const Line& line : file.lines) {
        tell(shelf[line.thing], line, file, import);
        seen.insert(line.thing);
    }
    for (auto& [number, thing] : shelf) {
        const bool is_meant = file.is_whole_shelf && thing.is_on_shelf && thing.file == file.kind;
        if (!is_meant || seen.contains(number) || thing.counted_at > file.made_at) continue;
        take_off(thing, file.made_at);
        thing.counted_at = file.made_at;
        thing.is_by_hand = false;
        thing.writer = import;
    }
}

// Everything that an import wrote and nobody else since is as before, less what was collected.
struct Undo {
    const Shelf& before;
    const Shelf& after;
    int import = 0;
};
void take_back(Shelf& shelf, const Undo& undo) {
    const auto& [before, after, import] = undo;
    for (auto& [number, thing] : shelf) {
        if (thing.writer != import) continue;
        const auto old = before.find(number);
        const std::int64_t kept = thing.kept;
        const std::int64_t collected = after.at(number).standing - thing.standing;
        if (old == before.end() || !old->second.is_known) {
            take_off(thing, thing.counted_at);
            thing.writer = 0;
            continue;
        }
        thing = old->second;
        thing.kept = kept;
        thing.standing = std::max(thing.standing - collected, kept);
        if (!thing.is_on_shelf) thing.standing = kept;
    }
}

class ShelfHistories : public ImportContract {
  protected:
    struct Brought {
        ShelfImportId id;
        Shelf before;
        Shelf after;
        bool is_undone = false;
    };

    std::int64_t draw(std::int64_t below) {
        return static_cast<std::int64_t>(random_->below(static_cast<std::uint64_t>(below)));
    }

    File draw_file() {
        File file{.kind = static_cast<int>(1 + draw(2)),
                  .is_whole_shelf = draw(2) == 0,
                  .made_at = clock_.now() - std::chrono::minutes{draw(60)}};
        for (std::int64_t i = 0; i < 1 + draw(2 * kThings); ++i) {
            Line line{.thing = static_cast<int>(draw(kThings)), .price = 1 + draw(3)};
            if (draw(6) > 0) line.quantity = draw(kStockMax + 1);
            if (draw(3) == 0) line.counted_at = file.made_at - std::chrono::minutes{draw(120) - 10};
            file.lines.push_back(line);
        }
        return file;
    }

    void import(Shelf& model, std::vector<Brought>& brought) {
        const File file = draw_file();
        const auto name = "kind " + std::to_string(file.kind);
        const auto done =
            bring(file.csv(),
                  {.is_whole_shelf = file.is_whole_shelf, .made_at = file.made_at, .name = name});
        EXPECT_EQ(done.outcome, done.report.counts);
        Brought& last = brought.emplace_back(Brought{.id = done.id, .before = model});
        tell(model, file, static_cast<int>(brought.size()));
        last.after = model;
    }

    void undo_one(Shelf& model, std::vector<Brought>& brought) {
        if (brought.empty()) return;
        const auto number =
            static_cast<std::size_t>(draw(static_cast<std::int64_t>(brought.size())));
        Brought& chosen = brought[number];
        if (std::exchange(chosen.is_undone, true)) return;
        undo(chosen.id);
        take_back(model, {.before = chosen.before,
                          .after = chosen.after,
                          .import = static_cast<int>(number + 1)});
    }

    // Somebody at the counter, or a neighbour.
    void touch(Shelf& model) {
        const auto all = offers();
        if (all.empty()) return;
        Offer offer = all[static_cast<std::size_t>(draw(static_cast<std::int64_t>(all.size())))];
        Thing& thing = model[number_of(offer)];
        const auto what = draw(3);
        if (what == 0) {
            thing.standing = std::max(draw(kStockMax) + 1, thing.kept);
            thing.counted_at = clock_.now();
            thing.is_by_hand = true;
            thing.writer = 0;
            offer.stock = {.quantity = thing.standing,
                           .source = StockSource::hand,
                           .confirmed_at = clock_.now()};
            db_->write([&](store::Tx& tx) { save_offer(tx, town_.id, offer); });
        } else if (what == 1 && thing.stock() > 0) {
            ++thing.kept;
            EXPECT_TRUE(db_->write([&](store::Tx& tx) {
                return take_stock(tx, town_.id, offer.id, 1, clock_.now());
            }));
        } else if (what == 2 && thing.kept > 0) {
            --thing.kept;
            --thing.standing;
            db_->write([&](store::Tx& tx) {
                end_keeping(tx, town_.id, offer.id,
                            {.how = KeptEnd::collected, .now = clock_.now()});
            });
        }
    }

    int number_of(const Offer& offer) {
        const auto product =
            db_->read([&](store::Tx& tx) { return find_product(tx, town_.id, offer.product); });
        return std::stoi(product->key.substr(product->key.rfind('/') + 1));
    }

    void expect_same(const Shelf& model) {
        std::map<int, std::pair<std::int64_t, std::int64_t>> expected;
        std::map<int, std::pair<std::int64_t, std::int64_t>> found;
        for (const auto& [number, thing] : model)
            if (thing.is_on_shelf) expected[number] = {thing.price * 100, thing.stock()};
        for (const Offer& offer : offers())
            EXPECT_TRUE(found.try_emplace(number_of(offer), offer.price.cents, offer.stock.quantity)
                            .second);
        EXPECT_EQ(found, expected);
    }

    void live_through(std::uint64_t seed) {
        random_.emplace(seed);
        Shelf model;
        std::vector<Brought> brought;
        for (int i = 0; i < kEventsOfHistory && !HasFailure(); ++i) {
            clock_.advance(std::chrono::minutes{1 + draw(90)});
            const auto event = draw(10);
            if (event < 4)
                import(model, brought);
            else if (event < 5)
                undo_one(model, brought);
            else
                touch(model);
            expect_same(model);
        }
    }

    std::optional<SeededRandom> random_;
};

INSTANTIATE_TEST_SUITE_P(Databases, ShelfHistories, store::both_databases(),
                         store::name_of_dialect);

TEST_P(ShelfHistories, AnySequenceOfFilesTouchesAndUndosIsAsOnPaper) {
    for (std::uint64_t seed = 1; seed <= kHistories && !HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        live_through(seed);
        db_->write([&](store::Tx& tx) {
            for (const char* table : {"import_change", "shelf_import", "shelf_source",
                                      "product_text", "offer", "product"})
                tx.run(std::string("DELETE FROM ") + table);
        });
    }
}

}  // namespace
}  // namespace emplettes::catalogue
