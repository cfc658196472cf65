#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/zone.h"
#include "catalogue/offer.h"
#include "catalogue/shop.h"
#include "orders/next_shop.h"
#include "orders/round.h"
#include "simulation/ledger.h"
#include "simulation/line.h"

namespace emplettes::simulation {

// How a town is drawn and lived.
struct TownPlan {
    std::uint64_t seed = 1;
    int days = 50;
    std::filesystem::path folder;  // of its own, emptied
    Weather weather;
    // For controls: whoever asks again asks as if for the first time.
    bool forgets_keys = false;
};

struct TownFigures {
    std::int64_t wishes = 0;
    std::int64_t kept = 0;
    std::int64_t crashes = 0;
    std::int64_t unknown = 0;  // messages of which nobody knew what became of them
};

// A town of shops and neighbours, lived day by day against the code of orders, catalogue, notices
// and store: people ask, change their minds, send again what they heard nothing of; shops answer,
// are silent, close for holidays, get goods; the clock goes wrong by an hour now and then. After
// each crash and each day the ledger is compared (ledger.h).
class Town {
  public:
    explicit Town(const TownPlan& plan);

    // Throws Violation, whose words begin with the seed, the day and the hour.
    TownFigures live();

  private:
    enum class Temper { prompt, moody, silent };
    struct Trader {
        catalogue::Shop shop;
        Temper temper = Temper::prompt;
        unsigned closed_weekday = 0;
        std::vector<OfferId> offers;
        std::optional<catalogue::Closure> closure;
    };
    // What a neighbour wants, until it is known what became of it.
    struct Wish {
        std::string key;
        std::vector<orders::RoundLine> lines;
        std::string contact;
    };
    struct Outcome {
        bool is_kept = false;
        std::vector<std::string> codes;
    };

    void settle();
    void live_day(int day);
    void live_hour();
    void work();  // what the server does by itself
    void ask();
    void ask_again();
    bool try_wish(const Wish& wish);
    Outcome keep_once(store::Tx& tx, const Wish& wish);
    void change_minds();
    void answer();
    void answer_one(const orders::Reservation& reservation);
    void close_or_open();
    void get_goods();
    std::int64_t kept_of(store::Tx& tx, const Trader& trader, OfferId offer) const;
    void compare();

    template <typename F>
    void step(const std::string& code, bool may_undo, F&& f);
    orders::ReserveContext context();
    orders::FindPlace place_of();
    orders::ShopTimes times(const catalogue::Shop& shop) const;
    std::vector<catalogue::OpenSpan> spans(const Trader& trader, Instant from) const;
    const Trader& trader(ShopId shop) const;
    bool happens(int percent) { return random_.below(100) < static_cast<std::uint64_t>(percent); }
    std::string any_code();

    const TownPlan plan_;
    const Zone zone_;
    ManualClock clock_;
    IdSource ids_;
    SeededRandom random_;
    Line line_;
    Ledger ledger_;
    std::vector<Trader> traders_;
    std::vector<Wish> waiting_;
    TownFigures figures_;
    int wish_number_ = 0;
    int crashes_compared_ = 0;
};

}  // namespace emplettes::simulation
