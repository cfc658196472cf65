#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "geo/addresses/address_index.h"

namespace emplettes::geo {

struct OpenedAddresses {
    std::shared_ptr<const AddressIndex> index;
    std::string built_because;     // "it is damaged"; empty: it was read from its file
    bool has_fewer_files = false;  // than the one whose place it took
};

// The index of the addresses of some files (address_row.h), of which the earlier ones are the more
// trusted: a house that two files have is where the first one says. Kept in `image`: read from
// there when it was made of the same bytes by the same rules, else built and written there.
// `source` is a hash of all files. on_progress(done, all) in parts of the whole work. Throws
// std::runtime_error when a file cannot be read or the image not be written.
OpenedAddresses open_addresses(const std::vector<std::string>& files, std::uint64_t source,
                               const std::filesystem::path& image,
                               const std::function<void(std::int64_t, std::int64_t)>& on_progress);

}  // namespace emplettes::geo
