#include "notices/delivery.h"

#include <exception>
#include <optional>

namespace emplettes::notices {
namespace {

// What went wrong, if anything. Every exception stops here: one notice is one job of its own.
std::optional<std::string> send(const Notice& notice, const EmlFolder& folder,
                                const Compose& compose) {
    const std::string number = std::to_string(notice.id.value);
    try {
        folder.write(mail_name(notice.id.value),
                     to_message(compose(notice), {.date = notice.created_at, .id = number}));
        return std::nullopt;
    } catch (const std::exception& problem) {
        return "notice " + number + " (" + notice.kind + "): " + problem.what();
    }
}

}  // namespace

Delivery deliver_waiting(store::Database& database, TerritoryId territory, const Clock& clock,
                         const EmlFolder& folder, const Compose& compose) {
    const std::vector<Notice> waiting = database.read(
        [&](store::Tx& tx) { return load_waiting(tx, territory, clock.now(), kDeliveryBatchMax); });
    if (waiting.empty()) return {};

    std::vector<std::optional<std::string>> outcomes;
    for (const Notice& notice : waiting) outcomes.push_back(send(notice, folder, compose));
    folder.sync();

    return database.write([&](store::Tx& tx) {
        Delivery delivery;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (outcomes[i]) {
                mark_attempt_failed(tx, waiting[i], clock.now());
                delivery.problems.push_back(*outcomes[i]);
            } else {
                mark_sent(tx, waiting[i], clock.now());
                ++delivery.sent;
            }
        }
        return delivery;
    });
}

}  // namespace emplettes::notices
