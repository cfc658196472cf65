#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/check.h"
#include "geo/addresses/address_index.h"

using namespace emplettes;

// The first byte says the kind of file and how many bytes are the question. Reading ends, with
// addresses or with a sentence; whatever was read answers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static const std::string folder =
        (std::filesystem::temp_directory_path() / ("addresses-fuzz-" + std::to_string(::getpid())))
            .string();
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::string text(bytes.substr(0, data[0] / 4));
    const std::string file = folder + (data[0] % 2 == 0 ? ".csv" : ".osm.pbf");
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes.substr(text.size());
    try {
        const geo::AddressIndex index(geo::read_addresses(file).rows);
        for (const auto& found : index.find({.text = text, .limit = 3}))
            check(!found.street.empty());
        index.nearest({.lat = 48.8, .lon = 2.3}, 1e5);
    } catch (const std::runtime_error& error) {
        check(std::string(error.what()).find(file) != std::string::npos);
    }
    std::filesystem::remove(file);
    return 0;
}
