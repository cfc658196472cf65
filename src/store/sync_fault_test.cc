#include <vector>

#include <gtest/gtest.h>

#include "store/sqlite_connection.h"
#include "store/test_disk.h"
#include "store/test_place.h"

namespace emplettes::store {
namespace {

constexpr const char* kSaleTable = "CREATE TABLE sale (id BIGINT NOT NULL PRIMARY KEY)";
constexpr const char* kSellNumber = "INSERT INTO sale (id) VALUES (:id)";
constexpr std::int64_t kSales = 14;
constexpr std::int64_t kCheckpointAfter = 7;

void checkpoint(const std::string& path) {
    const SqliteConnection connection({.path = path, .use = SqliteConnection::Use::write});
    sqlite_api::sqlite3_wal_checkpoint_v2(connection.raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                          nullptr, nullptr);
}

// Where a restart finds what the power cut left.
std::filesystem::path after(const TestPlace& place) {
    return std::filesystem::path(place.folder()) / "after";
}

// Sells until the end, or until the database cannot be opened, then the power is cut. Returns what
// was acknowledged.
std::vector<std::int64_t> sell_all(const TestPlace& place, const TestDisk& disk) {
    std::vector<std::int64_t> acknowledged;
    try {
        const auto db = place.open();
        db->write([](Tx& tx) { tx.run(kSaleTable); });
        for (std::int64_t id = 1; id <= kSales; ++id) {
            if (id == kCheckpointAfter) checkpoint(place.options().location);
            try {
                db->write([&](Tx& tx) { tx.run(kSellNumber, {{"id", id}}); });
                acknowledged.push_back(id);
            } catch (const Unavailable&) {
            }
        }
        disk.cut_power(after(place));
    } catch (const std::exception&) {  // it could not even be made
        disk.cut_power(after(place));
    }
    return acknowledged;
}

// As sell_all, by a program that does not wait for the disk.
std::vector<std::int64_t> sell_without_waiting(const TestPlace& place, const TestDisk& disk) {
    std::vector<std::int64_t> acknowledged;
    SqliteConnection connection(
        {.path = place.options().location, .use = SqliteConnection::Use::write});
    connection.execute(kSaleTable);
    connection.execute("PRAGMA synchronous = NORMAL");
    for (std::int64_t id = 1; id <= kSales; ++id) {
        connection.execute(("INSERT INTO sale (id) VALUES (" + std::to_string(id) + ")").c_str());
        acknowledged.push_back(id);
    }
    disk.cut_power(after(place));
    return acknowledged;
}

// What was acknowledged and is not there after the power was cut.
std::vector<std::int64_t> find_lost(const TestPlace& place,
                                    const std::vector<std::int64_t>& acknowledged) {
    if (acknowledged.empty()) return {};
    const auto db = Database::open({.location = (after(place) / "test.db").string()});
    return db->read([&](Tx& tx) {
        EXPECT_EQ(tx.one<std::string>("PRAGMA integrity_check"), "ok");
        std::vector<std::int64_t> lost;
        for (const std::int64_t id : acknowledged)
            if (!tx.one<std::int64_t>("SELECT id FROM sale WHERE id = :id", {{"id", id}}))
                lost.push_back(id);
        return lost;
    });
}

// Whichever confirmation fails: nothing that was acknowledged is lost, nothing is acknowledged
// after a write that was not.
TEST(SyncFault, NothingIsAcknowledgedThatTheDiskDidNotConfirm) {
    int refusing_runs = 0;
    for (std::int64_t fails_at = 1;; ++fails_at) {
        const TestPlace place(Dialect::sqlite);
        const TestDisk disk(fails_at);
        const auto acknowledged = sell_all(place, disk);
        EXPECT_EQ(find_lost(place, acknowledged), std::vector<std::int64_t>{})
            << "confirmation " << fails_at;
        for (std::size_t i = 0; i < acknowledged.size(); ++i)
            EXPECT_EQ(acknowledged[i], static_cast<std::int64_t>(i + 1))
                << "acknowledged after one that was not, confirmation " << fails_at;
        if (acknowledged.size() < static_cast<std::size_t>(kSales)) ++refusing_runs;
        if (!disk.has_failed()) break;
    }
    EXPECT_GE(refusing_runs, kSales);
}

// The control: the disk loses what is not confirmed, and this test sees it.
TEST(SyncFault, WhoDoesNotWaitForTheDiskLosesWhatItAcknowledged) {
    const TestPlace place(Dialect::sqlite);
    const TestDisk disk(0);
    EXPECT_NE(find_lost(place, sell_without_waiting(place, disk)), std::vector<std::int64_t>{});
}

}  // namespace
}  // namespace emplettes::store
