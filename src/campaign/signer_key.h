#pragma once
#include <array>
#include <string>
#include <string_view>

namespace emplettes::campaign {

// Of the database of signers alone: neither forms nor reservations know it. Drawn once and kept in
// a file of its own; without it nobody can tell whose an e-mail's hash is.
using SignerKey = std::array<unsigned char, 32>;

// 32 hexadecimal digits (128 bits) that only who has the key can make. What is hashed for one
// purpose is of no use for another.
std::string keyed_hash(const SignerKey& key, std::string_view purpose, std::string_view text);

}  // namespace emplettes::campaign
