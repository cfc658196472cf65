#include "campaign/soundness.h"

#include "campaign/count.h"
#include "campaign/deed.h"
#include "campaign/pledge.h"

namespace emplettes::campaign {
namespace {

constexpr std::string_view kLedgerSum = R"sql(
    SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM count_entry
    WHERE territory_id = :territory AND pledge_id = :pledge
)sql";
constexpr std::string_view kRowsOf = R"sql(
    SELECT COUNT(*) FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND status = :status
)sql";
constexpr std::string_view kInBatches = R"sql(
    SELECT CAST(COALESCE(SUM(signatures), 0) AS BIGINT) FROM refusal_batch
    WHERE territory_id = :territory AND pledge_id = :pledge AND undone_at = 0
)sql";
constexpr std::string_view kKnownAddresses = R"sql(
    SELECT COUNT(*) FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND status <> 'waiting'
          AND unconfirmed_email <> ''
)sql";

class PledgeCheck {
  public:
    PledgeCheck(store::Tx& tx, TerritoryId territory, const Pledge& pledge,
                std::vector<std::string>& found)
        : tx_(tx), territory_(territory), pledge_(pledge), found_(found) {}

    void run() {
        const Count count = load_count(tx_, territory_, pledge_.id);
        compare("the ledger's sum", sum(kLedgerSum), "shown as counted", count.counted());
        compare("refused in batches", sum(kInBatches), "shown as refused", count.refused);
        if (sum(kKnownAddresses) > 0) tell("keeps addresses of signatures that are confirmed");
        const std::int64_t counted = rows("confirmed");
        const std::int64_t refused = rows("refused");
        if (pledge_.anonymised_at != Instant()) {
            if (counted + refused + rows("waiting") > 0)
                tell("was anonymised, but still keeps signatures");
            return;
        }
        compare("signatures there", counted, "shown as counted", count.counted());
        compare("refused signatures there", refused, "shown as refused", count.refused);
    }

  private:
    std::int64_t sum(std::string_view query) {
        return tx_.one<std::int64_t>(query, {{"territory", territory_}, {"pledge", pledge_.id}})
            .value();
    }
    std::int64_t rows(std::string_view status) {
        return tx_
            .one<std::int64_t>(
                kRowsOf, {{"territory", territory_}, {"pledge", pledge_.id}, {"status", status}})
            .value();
    }
    void compare(const std::string& what, std::int64_t is, const std::string& other,
                 std::int64_t should) {
        if (is == should) return;
        tell(what + " " + std::to_string(is) + ", " + other + " " + std::to_string(should));
    }
    void tell(const std::string& sentence) {
        found_.push_back("pledge " + pledge_.slug + ": " + sentence);
    }

    store::Tx& tx_;
    const TerritoryId territory_;
    const Pledge& pledge_;
    std::vector<std::string>& found_;
};

}  // namespace

std::vector<std::string> find_contradictions(store::Tx& tx, TerritoryId territory) {
    std::vector<std::string> found = find_broken_deeds(tx, territory);
    for (const Pledge& pledge : load_pledges(tx, territory))
        PledgeCheck(tx, territory, pledge, found).run();
    return found;
}

}  // namespace emplettes::campaign
