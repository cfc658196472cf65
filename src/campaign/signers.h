#pragma once
#include <memory>
#include <utility>

#include "campaign/count_board.h"
#include "campaign/signer_key.h"
#include "store/database.h"

namespace emplettes::campaign {

// All that a process has of pledges and who signs them: their own database with its key, and what
// is shown of them. Thread-safe.
class Signers {
  public:
    Signers(std::unique_ptr<store::Database> database, const SignerKey& key)
        : database_(std::move(database)), key_(key) {}

    store::Database& database() const { return *database_; }
    const SignerKey& key() const { return key_; }
    CountBoard& board() { return board_; }

  private:
    std::unique_ptr<store::Database> database_;
    SignerKey key_;
    CountBoard board_;
};

}  // namespace emplettes::campaign
