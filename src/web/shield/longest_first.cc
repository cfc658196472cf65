#include "web/shield/longest_first.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace emplettes::web {

LongestFirst::LongestFirst(std::size_t rows, std::size_t length_max)
    : rows_(rows), heads_(length_max + 1, -1) {}

void LongestFirst::take_out(std::int32_t row) {
    const Row& gone = at(row);
    if (gone.length == 0) return;  // empty ones are in no list
    gone.before < 0 ? heads_[gone.length] = gone.after : at(gone.before).after = gone.after;
    if (gone.after >= 0) at(gone.after).before = gone.before;
}

void LongestFirst::put_in(std::int32_t row) {
    Row& here = at(row);
    here.before = -1;
    here.after = -1;
    if (here.length == 0) return;
    here.after = std::exchange(heads_[here.length], row);
    if (here.after >= 0) at(here.after).before = row;
}

void LongestFirst::grow(std::int32_t row) {
    take_out(row);
    ++at(row).length;
    put_in(row);
    longest_ = std::max(longest_, at(row).length);
}

void LongestFirst::shrink(std::int32_t row) {
    check(at(row).length > 0);
    take_out(row);
    --at(row).length;
    put_in(row);
    // It was the only one of that length, so the longest is now one shorter.
    if (longest_ > 0 && heads_[longest_] < 0) --longest_;
}

}  // namespace emplettes::web
