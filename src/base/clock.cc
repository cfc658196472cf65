#include "base/clock.h"

namespace emplettes {

std::chrono::sys_time<std::chrono::milliseconds> SystemClock::now_precise() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::sys_time<std::chrono::milliseconds> ManualClock::now_precise() const {
    return std::chrono::sys_time<std::chrono::milliseconds>{
        std::chrono::milliseconds{ms_.load(std::memory_order_relaxed)}};
}

}  // namespace emplettes
