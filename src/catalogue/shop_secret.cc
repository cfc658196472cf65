#include "catalogue/shop_secret.h"

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

constexpr std::string_view kRenewSql = R"sql(
    UPDATE shop SET secret = :secret
    WHERE territory_id = :territory_id AND shop_id = :shop_id
)sql";

}  // namespace

void renew_secret(store::Tx& tx, TerritoryId territory, ShopId shop, Random& random) {
    const auto renewed = tx.run(kRenewSql, {{"secret", random.url_token(kSecretBytes)},
                                            {"territory_id", territory},
                                            {"shop_id", shop}});
    check(renewed == 1);
}

}  // namespace emplettes::catalogue
