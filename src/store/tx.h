#pragma once
#include <chrono>
#include <stdexcept>

#include <soci/soci.h>

namespace emplettes::store {

enum class Dialect { sqlite, postgresql };

// One transaction on one connection, alive only inside Database::read or write. SQL goes through
// `sql()`: text written by hand in the subset both databases share, `:name` parameters.
class Tx {
  public:
    Tx(soci::session& session, Dialect dialect) : session_(session), dialect_(dialect) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;

    soci::session& sql() { return session_; }
    Dialect dialect() const { return dialect_; }

  private:
    soci::session& session_;
    Dialect dialect_;
};

}  // namespace emplettes::store
