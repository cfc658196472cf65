#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "notices/bounce.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes;
    const std::string_view message(reinterpret_cast<const char*>(data), size);
    const auto bounce = notices::parse_bounce(message);
    if (!bounce) return 0;
    check(!bounce->recipients.empty());
    check(bounce->recipients.size() <= notices::kBouncedRecipientsMax);
    for (const notices::BouncedRecipient& one : bounce->recipients) {
        check(!one.is_dead() || one.has_failed());
        check(!one.address.empty());
        check(one.words().size() <= size + 1);
    }
    return 0;
}
