#pragma once
#include <atomic>
#include <map>
#include <thread>
#include <vector>

#include "site/context.h"
#include "store/outbox.h"

namespace emplettes {

// Reads the outbox in the order of commits and passes the news on: stock to the search columns,
// a changed catalogue to a new snapshot, what the operator pins to the next search, a reservation's
// step to those who watch its slip. One thread; news of other processes on the same database arrive
// within a second.
class Newsreader {
  public:
    // `context` must outlive it.
    explicit Newsreader(const site::Context& context) : context_(context) {}
    ~Newsreader() { stop(); }

    // From the present end of the outbox on: call it before the territory's snapshot is loaded.
    void add(TerritoryId territory);
    void start();  // after the last add()
    void stop();
    // Reads what there is now; for the thread, or for tests without one.
    void read_all();

  private:
    void work();
    bool read_some(TerritoryId territory, store::OutboxPlace& place);
    void apply(catalogue::LiveCatalogue& live, const store::OutboxNews& news);

    const site::Context& context_;
    std::map<TerritoryId, store::OutboxPlace> places_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace emplettes
