#pragma once
#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "site/context.h"
#include "store/outbox.h"

namespace emplettes {

// Reads the outbox in the order of commits and passes the news on: of stocks, prices and goods and
// of what the operator pins to the live catalogue, of a reservation's step to those who watch its
// slip. One thread; news of other processes on the same database arrive within a second.
class Newsreader {
  public:
    // `context` must outlive it.
    explicit Newsreader(const site::Context& context) : context_(context) {}
    ~Newsreader() { stop(); }

    // From the place in the outbox on up to which its catalogue is loaded.
    void add(const catalogue::LiveCatalogue& live);
    void start();  // after the last add()
    void stop();
    // Reads what there is now, and waits until it is seen; for tests without the thread.
    void read_all();

  private:
    void work();
    using Entries = std::vector<store::OutboxEntry>;

    // How far a catalogue has come, and what was told there; nothing when nothing was.
    struct Reached {
        store::OutboxPlace place;
        std::optional<store::OutboxNews> news;
    };

    void read_new();
    bool read_some(catalogue::LiveCatalogue& live, Reached& reached);
    Entries find_next(catalogue::LiveCatalogue& live, const Reached& reached);
    void start_over(catalogue::LiveCatalogue& live);
    void apply(catalogue::LiveCatalogue& live, const store::OutboxEntry& entry);
    void report(const std::exception& failure);

    const site::Context& context_;
    std::map<TerritoryId, Reached> reached_;
    std::string last_failure_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace emplettes
