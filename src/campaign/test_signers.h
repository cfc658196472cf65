#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/random.h"
#include "campaign/count.h"
#include "campaign/pledge.h"
#include "campaign/signature.h"
#include "notices/notice.h"
#include "store/database.h"

namespace emplettes::campaign {

// A database of signers with one published pledge, and people who sign it.
class TestSigners {
  public:
    // 1 December 2026, 10:00 UTC; the pledge ends on the 24th, is anonymised on 31 January.
    static constexpr Instant kStart = instant_from_unix(1'796'119'200);
    static constexpr TerritoryId kTerritory{75009};

    // `db` is migrated and must outlive it.
    explicit TestSigners(store::Database& db);

    static Pledge draft(const std::string& slug);
    static SignRequest request(const std::string& name, const std::string& email);

    void sign(const SignRequest& request);
    void sign(const std::string& name, const std::string& email) { sign(request(name, email)); }
    Result<Confirmed, ConfirmError> confirm(SignatureId id);
    bool withdraw(SignatureId id);
    Count count();
    // Signs and confirms; the number of the signature.
    SignatureId signed_by(const std::string& name, const std::string& email);

    // Mails that wait, oldest first.
    std::vector<notices::Notice> mails();
    // Where the link of a mail leads.
    SignatureId link_of(const notices::Notice& mail);
    std::vector<std::string> contradictions();
    // Until nothing is left to forget.
    void forget();

    SignContext context();
    CountContext count_context();
    const Pledge& pledge() const { return pledge_; }
    store::Database& db() { return db_; }
    ManualClock& clock() { return clock_; }

    static constexpr SignerKey kKey{5, 0, 5};

  private:
    store::Database& db_;
    ManualClock clock_{kStart};
    IdSource ids_{clock_, 0};
    SeededRandom random_{1};
    Pledge pledge_;
};

}  // namespace emplettes::campaign
