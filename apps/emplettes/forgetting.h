#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>

#include "catalogue/territory.h"
#include "store/tx.h"

namespace emplettes {

// How long notices are kept, and the mails made of them: what the form promises.
inline constexpr std::chrono::days kNoticesKept{30};

// Forgets some of every table's rows that have been kept as long as they may; how many. May be
// repeated while there are more.
std::int64_t forget_old_rows(store::Tx& tx, const catalogue::Territory& owner, Instant now);
// The files of mails in this folder and those in it, of territories that are gone, too.
void erase_old_mails(const std::filesystem::path& mails, Instant before);

}  // namespace emplettes
