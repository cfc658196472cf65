#include "search/scratch.h"

#include <exception>

namespace emplettes::search {

ScratchPool::Lease ScratchPool::borrow() {
    std::unique_ptr<Scratch> scratch;
    {
        const std::scoped_lock lock(mutex_);
        if (!free_.empty()) {
            scratch = std::move(free_.back());
            free_.pop_back();
        }
    }
    if (!scratch) scratch = std::make_unique<Scratch>();
    return {*this, std::move(scratch)};
}

ScratchPool::Lease::~Lease() {
    // A query that broke off may have left marks behind: its scratch is not used again.
    if (std::uncaught_exceptions() > 0) return;
    const std::scoped_lock lock(pool_.mutex_);
    pool_.free_.push_back(std::move(scratch_));
}

}  // namespace emplettes::search
