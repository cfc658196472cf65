#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <soci/soci.h>

#include "store/value.h"

namespace emplettes::store {

// Called with each row; may take the texts out of the values.
using RowFunction = std::function<void(std::span<Value>)>;

// One statement prepared on one connection, with the places its values travel through.
class Statement {
  public:
    // Each name in the text is given once, and none that is not in it (check).
    Statement(soci::session& session, const std::string& sql, std::span<const Param> params,
              std::span<const Kind> columns);

    // Runs it to its end. Returns how many rows it answered or, without columns, changed.
    std::int64_t run(std::span<const Param> params, const RowFunction& on_row);

  private:
    // SOCI keeps references into these: their sizes never change.
    struct Places {
        std::vector<Value> values;
        std::vector<soci::indicator> indicators;
    };

    void bind(std::size_t i, const std::string& name);
    void define(std::size_t i);

    Places inputs_;
    Places outputs_;
    soci::statement statement_;
};

// `count` rows of parameters, at least one, `columns` in each.
struct ParamRows {
    std::span<const Param> all;
    std::size_t columns = 0;
    std::size_t count = 0;

    std::span<const Param> row(std::size_t i) const { return all.subspan(i * columns, columns); }
};

// The prepared statements of one connection, by text, parameters and types. Used by one thread at
// a time.
class StatementCache {
  public:
    explicit StatementCache(soci::session& session) : session_(session) {}

    // As Statement::run. A statement that fails is forgotten and prepared anew next time (its
    // plan may be what failed).
    std::int64_t run(std::string_view sql, std::span<const Param> params,
                     std::span<const Kind> columns, const RowFunction& on_row);
    // The same for each row of parameters; all have the names and kinds of the first.
    std::int64_t run_rows(std::string_view sql, const ParamRows& rows,
                          std::span<const Kind> columns, const RowFunction& on_row);

  private:
    soci::session& session_;
    std::unordered_map<std::string, std::unique_ptr<Statement>> idle_;
};

}  // namespace emplettes::store
