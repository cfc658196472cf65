#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/random.h"
#include "store/tx.h"

namespace emplettes::orders {

// Whether a contact is somebody's who reads it: six digits are sent there and typed back.

inline constexpr std::size_t kProofCodeLength = 6;  // 20 bits (OWASP ASVS 6.5.4)
inline constexpr std::int64_t kProofTriesMax = 5;
inline constexpr std::int64_t kProofCodesMax = 3;  // within kProofCodesPer
inline constexpr std::chrono::hours kProofCodesPer{1};
inline constexpr std::chrono::minutes kProofLasts{30};  // a code
inline constexpr std::chrono::days kProvenFor{90};      // what it proves

struct ProofRequest {
    std::string contact;
    std::string language;
};
enum class ProofSent {
    sent,
    sent_before,  // the last one still holds, and no more are sent for now
};
// Sends a code; the one before holds no more. Writes a notice of the kind "contact_code", facts
// `code` and `minutes`.
struct ProofContext {
    TerritoryId territory;
    Instant now;
    IdSource& ids;
    Random& random;
};
ProofSent ask_for_proof(store::Tx& tx, const ProofRequest& request, const ProofContext& context);

// Whether this is the code; counts the try, and spends the code when it is. After kProofTriesMax
// no code is right until another is sent.
bool prove(store::Tx& tx, TerritoryId territory, std::string_view contact, std::string_view code,
           Instant now);

bool is_proven(store::Tx& tx, TerritoryId territory, std::string_view contact, Instant now);

// Forgets what proves nothing any more; at most `limit` at a time. Returns how many.
std::int64_t purge_proofs(store::Tx& tx, TerritoryId territory, Instant now, std::int64_t limit);

inline constexpr std::string_view kContactCodeKind = "contact_code";

}  // namespace emplettes::orders
