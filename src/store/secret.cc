#include "store/secret.h"

namespace emplettes::store {
namespace {

constexpr std::size_t kSecretBytes = 32;

constexpr const char* kFind = R"sql(
SELECT value FROM setting WHERE territory_id = :territory AND name = :name
)sql";
constexpr const char* kKeep = R"sql(
INSERT INTO setting (territory_id, name, value) VALUES (:territory, :name, :value)
ON CONFLICT (territory_id, name) DO NOTHING
)sql";

}  // namespace

std::string load_secret(Tx& tx, TerritoryId territory, std::string_view name, Random& random) {
    auto secret = tx.one<std::string>(kFind, {{"territory", territory}, {"name", name}});
    if (!secret) {
        secret = random.url_token(kSecretBytes);
        tx.run(kKeep, {{"territory", territory}, {"name", name}, {"value", *secret}});
    }
    return *secret;
}

}  // namespace emplettes::store
