#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "store/dialect.h"
#include "store/statement.h"
#include "store/value.h"

namespace emplettes::store {

// Values for many runs of one statement (Tx::run_rows): rows with the same names and kinds, and
// some that are the same in each. Holds views of texts, not copies.
class Rows {
  public:
    Rows() = default;
    explicit Rows(Params same) : same_(same) {}

    // The names and kinds of the first row, in its order (check).
    void add(Params row);
    bool empty() const { return count_ == 0; }
    std::size_t size() const { return count_; }

    std::span<const Param> same() const { return same_; }
    ParamRows given() const { return {cells_, columns_, count_}; }

  private:
    std::vector<Param> same_;
    std::vector<Param> cells_;
    std::size_t columns_ = 0;
    std::size_t count_ = 0;
};

// A statement that is meant for rows (Tx::run_rows says how), and what it is run with, as the
// database wants it: once for each row, or once with all of them in arrays.
struct RowsStatement {
    std::string sql;
    std::vector<Param> params;  // `count` rows of `columns`
    std::size_t columns = 0;
    std::size_t count = 0;
    std::vector<std::string> texts;  // that params show

    ParamRows given() const { return {params, columns, count}; }
};
RowsStatement for_rows(Dialect dialect, std::string_view sql, const Rows& rows);

}  // namespace emplettes::store
