#include "store/schema.h"

#include "base/check.h"
#include "base/text.h"

namespace emplettes::store {
namespace {

constexpr const char* kCurrentSchema = "SELECT CAST(current_schema() AS TEXT)";
constexpr const char* kHasSchema = "SELECT COUNT(*) FROM pg_namespace WHERE nspname = :name";
constexpr const char* kUsual = "public";

bool is_plain(const std::string& name) {
    return !name.empty() &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

}  // namespace

bool has_schemas(const std::string& location) {
    return location.starts_with("postgresql://") || location.starts_with("postgres://");
}

std::string schema_beside(Database& main, const std::string& location, const std::string& name) {
    const std::string schema = main.write([&](Tx& tx) {
        check(tx.dialect() == Dialect::postgresql);
        const auto current = tx.one<std::string>(kCurrentSchema).value();
        std::string beside = current == kUsual ? name : current + "_" + name;
        check(is_plain(beside));
        // Asked first: who may not make schemas may still use one that an administrator made.
        if (tx.one<std::int64_t>(kHasSchema, {{"name", beside}}).value() == 0)
            tx.sql() << "CREATE SCHEMA IF NOT EXISTS " + beside;
        return beside;
    });
    const char separator = location.find('?') == std::string::npos ? '?' : '&';
    // Of a setting that is given twice libpq takes the last.
    return location + separator + "options=-csearch_path%3D" + schema;
}

}  // namespace emplettes::store
