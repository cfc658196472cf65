#pragma once
#include <stdexcept>
#include <string>

namespace emplettes::store {

// The database cannot do it now: disk full, connection lost, locked too long, queue full, closing.
// `what()` says which and what to do. The request boundary answers 503.
class Unavailable final : public std::runtime_error {
  public:
    // `perhaps`: the connection was lost during COMMIT, so nobody can say. Ask again with the same
    // idempotency key; never tell a person that it is recorded.
    enum class Written { nothing, perhaps };
    // `away`: its server is not reached, or confirms nothing; it, or the next leader, may be there
    // in a moment (Database::write_patiently).
    enum class Cause { other, away };

    explicit Unavailable(const std::string& what, Written written = Written::nothing,
                         Cause cause = Cause::other)
        : std::runtime_error(what), written_(written), cause_(cause) {}

    Written written() const { return written_; }
    Cause cause() const { return cause_; }

  private:
    Written written_;
    Cause cause_;
};

// SQL that the database refuses: a bug of ours, a constraint nobody expected to break, a schema
// that is not the program's. Carries the statement, never the values (they are people's).
class SqlError final : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace emplettes::store
