#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "notices/secret_key.h"

namespace emplettes::notices {

// Where a mail comes back to that cannot be delivered: an address for each notice, so that what
// comes back names it, signed, so that nobody else can say that a mail came back.
class ReturnPaths {
  public:
    // `pattern`: "bounces+{token}@example.org"; empty: mails come back to their sender.
    ReturnPaths(std::string pattern, const SecretKey& key);

    // Small letters and digits: relays that fold capitals do no harm. `sender` without a pattern.
    std::string path_of(NoticeId notice, const std::string& sender) const;
    // None when the address is none of ours. Whatever stands around the token is not looked at.
    std::optional<NoticeId> notice_of(std::string_view address) const;

    // What is wrong with a pattern; empty: nothing.
    static std::string problem_of(const std::string& pattern);

  private:
    std::string signature_of(std::string_view number) const;

    std::string pattern_;
    SecretKey key_;
};

}  // namespace emplettes::notices
