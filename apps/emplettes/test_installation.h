#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "emplettes/app.h"

namespace emplettes {

// For tests: a data folder that is gone with it, and the whole server on it. The only
// shop of each territory sells one book, of which there are plenty.
// Thursday, 15 October 2026, noon.
class TestInstallation {
  public:
    TestInstallation();
    ~TestInstallation();
    TestInstallation(const TestInstallation&) = delete;
    TestInstallation& operator=(const TestInstallation&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

    // Before start(). Its host is "SLUG.example".
    void add_territory(const std::string& slug, const std::string& more_settings = {});
    App& start(bool with_background = false);
    App& app() { return *app_; }
    void stop();  // the database's file is whole then
    TerritoryId territory(const std::string& slug) const;

    // What a browser gets from "SLUG.example"; with the status "404" and so on in front unless 200.
    std::string get(const std::string& slug, const std::string& target);
    // As a neighbour, through the API.
    void reserve(const std::string& slug, const std::string& name);
    // The files of mails, as paths below "mails".
    std::vector<std::string> mails() const;

    ManualClock clock;
    std::uint64_t feed_bytes_max = 1 << 20;  // before start()

  private:
    std::filesystem::path path_;
    SeededRandom random_{1};
    std::unique_ptr<App> app_;
    IdSource ids_{clock, 1};
    int keys_ = 0;
};

}  // namespace emplettes
