#pragma once
#include <optional>
#include <string>
#include <vector>

#include "catalogue/shelf/shelf_source.h"
#include "emplettes/data_folder.h"
#include "emplettes/reading_lanes.h"
#include "site/context.h"
#include "store/periodic_jobs.h"

namespace emplettes {

// Reads the feeds whose time has come, several at once, and gives each file to the imports. Several
// processes may do so at once: who reads a feed says so before.
class FeedReader {
  public:
    // Both must outlive it.
    FeedReader(const site::Context& context, const DataFolder& folder, std::uint64_t bytes_max)
        : context_(context), folder_(folder), bytes_max_(bytes_max), lanes_(context.clock) {}

    // All that are due, until the last one is read.
    void read_due();
    // What is being read is left, and read again after the next start; no other begins.
    void stop() { lanes_.stop(); }
    // Waits until nothing is being read. Once the job has ended.
    void finish() { lanes_.finish(); }

    std::vector<store::PeriodicJobs::Job> jobs();

  private:
    struct Reading {
        std::string failure = {};  // empty: it was read
        std::string validator = {};
    };
    struct Claimed {
        catalogue::ShelfSource source;
        bool may_ask_for_changes = false;
    };

    void begin_due();
    void begin(const catalogue::Territory& territory, const catalogue::ShelfSource& due);
    std::optional<Claimed> claim(TerritoryId territory, ShelfSourceId id) const;
    Reading read(const catalogue::Territory& territory, const Claimed& claimed) const;
    Reading fetch(const catalogue::Territory& territory, const Claimed& claimed) const;
    bool is_wanted(TerritoryId territory, ShelfSourceId id) const;
    void note(TerritoryId territory, ShelfSourceId id, const Reading& reading) const;

    const site::Context& context_;
    const DataFolder& folder_;
    const std::uint64_t bytes_max_;  // of one feed, unpacked
    ReadingLanes lanes_;             // last: its threads end before the rest goes
};

}  // namespace emplettes
