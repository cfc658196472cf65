#pragma once
#include <string>
#include <string_view>

#include "base/id.h"
#include "campaign/signer_key.h"

namespace emplettes::campaign {

// One person signs once, and addresses that differ are often one mailbox. Here and below an address
// is one that parse_mail_address (base/mail_address.h) has read.

// The address as its mailbox knows it: what a host is known to ignore is taken out, the dots of
// "c.a.mille@gmail.com", what follows the plus of "camille+pledge@outlook.com". Of other hosts
// nothing is known, so nothing is changed.
std::string mailbox_of(std::string_view address);

// "example.org"
std::string_view mail_domain_of(std::string_view address);

// By which a mailbox is known once its address is forgotten; another one in each territory.
std::string mailbox_hash(const SignerKey& key, TerritoryId territory, std::string_view address);

}  // namespace emplettes::campaign
