#pragma once
#include "site/context.h"

namespace emplettes {

// Reads the counts of pledges into memory and tells those who watch them what changed.
void count_pledges(const site::Context& context);
// Of signers what is to be forgotten by now (campaign/forgetting.h).
void forget_signers(const site::Context& context);

}  // namespace emplettes
