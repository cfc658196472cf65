#include "site/seen.h"

#include "store/sha256.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kMarkDigits = 24;  // nobody gains by finding two states with one mark

}  // namespace

std::string seen_mark(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (const std::string_view part : parts) {
        all += std::to_string(part.size());
        all += ':';
        all += part;
    }
    return store::sha256(all).substr(0, kMarkDigits);
}

}  // namespace emplettes::site
