#pragma once
#include "base/json.h"
#include "emplettes/bench_stall.h"

namespace emplettes {

// What can happen to writes, each a line of `bench write`.
// So many holds that were due at one moment, while people search: until the last has ended.
Json bench_expiry(BenchStall& stall, std::int64_t holds);
// From the start after a kill -9 in the middle of holds to the first answer.
Json bench_recovery(BenchStall& stall);
// A backup while people search, beside the same without one.
Json bench_backup(BenchStall& stall, std::int64_t offers);

// Signatures of a pledge that wait to be confirmed, each with its mail in the queue.
Json bench_sign(BenchStall& stall);

// The bytes of the n-th hold of a load on some things of which there are plenty.
std::function<std::string(std::uint64_t)> holds_of_plenty(BenchStall& stall);

}  // namespace emplettes
