#include "store/test_place.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <soci/postgresql/soci-postgresql.h>

namespace emplettes::store {
namespace {

std::string make_folder() {
    std::string pattern = testing::TempDir() + "emplettes-store-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("cannot make a folder like " + pattern);
    }
    return pattern;
}

std::string server_url() {
    const char* url = std::getenv("EMPLETTES_POSTGRES_URL");
    if (url == nullptr || *url == '\0') {
        throw std::runtime_error(
            "EMPLETTES_POSTGRES_URL is not set: use `./test store`, which starts a PostgreSQL of "
            "its own (tools/postgres) and runs this program");
    }
    return url;
}

std::string new_schema() {
    static std::atomic<int> count{0};
    return "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
}

std::string with_option(const std::string& url, const std::string& option) {
    return url + (url.find('?') == std::string::npos ? '?' : '&') + option;
}

void run_on(const std::string& server, const std::string& sql) {
    soci::session session(soci::postgresql, with_option(server, "connect_timeout=10"));
    session << sql;
}

}  // namespace

TestPlace::TestPlace(Dialect dialect) {
    if (dialect == Dialect::sqlite) {
        folder_ = make_folder();
        location_ = folder_ + "/test.db";
        return;
    }
    server_ = server_url();
    schema_ = new_schema();
    run_on(server_, "CREATE SCHEMA " + schema_);
    location_ = with_option(server_, "options=-csearch_path%3D" + schema_);
}

TestPlace::~TestPlace() {
    if (!folder_.empty()) {
        std::filesystem::remove_all(folder_);
    }
    if (!schema_.empty()) {
        run_on(server_, "DROP SCHEMA " + schema_ + " CASCADE");
    }
}

std::int64_t count_rows(Database& db, const std::string& table) {
    return db.read(
        [&](Tx& tx) { return tx.one<std::int64_t>("SELECT COUNT(*) FROM " + table).value(); });
}

}  // namespace emplettes::store
