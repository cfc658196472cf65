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

std::string schema_beside(Database& main, const std::string& name) {
    return main.read([&](Tx& tx) {
        check(tx.dialect() == Dialect::postgresql);
        const auto current = tx.one<std::string>(kCurrentSchema).value();
        return current == kUsual ? name : current + "_" + name;
    });
}

void make_schema(Database& main, const std::string& schema) {
    check(is_plain(schema));
    main.write([&](Tx& tx) {
        if (tx.one<std::int64_t>(kHasSchema, {{"name", schema}}).value() > 0) return;
        tx.sql() << "CREATE SCHEMA IF NOT EXISTS " + schema;
    });
}

std::string with_schema(const std::string& location, const std::string& schema) {
    check(is_plain(schema));
    const char separator = location.find('?') == std::string::npos ? '?' : '&';
    // Of a setting that is given twice libpq takes the last.
    return location + separator + "options=-csearch_path%3D" + schema;
}

}  // namespace emplettes::store
