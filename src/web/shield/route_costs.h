#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

namespace emplettes::web {

// How long the calls of each route take. Thread-safe; one that is lost does no harm.
class RouteCosts {
  public:
    explicit RouteCosts(std::size_t routes) : costs_(routes) {}

    void add(std::size_t route, std::int64_t took_us) {
        Cost& cost = costs_.at(route);
        cost.last_us.store(took_us, std::memory_order_relaxed);
        const std::int64_t usual = usual_us(route);
        const std::int64_t next = usual == 0 ? took_us : usual + (took_us - usual) / kMemory;
        cost.usual_us.store(std::max<std::int64_t>(next, 1), std::memory_order_relaxed);
    }
    std::int64_t last_us(std::size_t route) const {
        return costs_.at(route).last_us.load(std::memory_order_relaxed);
    }
    std::int64_t usual_us(std::size_t route) const {
        return costs_.at(route).usual_us.load(std::memory_order_relaxed);
    }

  private:
    static constexpr std::int64_t kMemory = 32;
    struct Cost {
        std::atomic<std::int64_t> last_us{0};
        std::atomic<std::int64_t> usual_us{0};
    };
    std::vector<Cost> costs_;
};

}  // namespace emplettes::web
