#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pictures/bitmap.h"
#include "pictures/picture_error.h"

namespace emplettes::pictures {

enum class Format { webp, avif };
std::string_view to_string(Format format);  // "webp": also the end of a file's name

struct PictureFile {
    Format format = Format::webp;
    Size size;
    std::string bytes;

    bool operator==(const PictureFile&) const = default;
};

// One picture in all its files, the largest size first, each size in every format.
struct PictureSet {
    std::vector<PictureFile> files;

    bool operator==(const PictureSet&) const = default;
};

// The sizes that a picture is kept in, the largest first. Given one's largest size, the same again.
std::vector<Size> picture_sizes(Size size);

// Decodes, turns upright, shrinks and encodes. Nothing of the given bytes is in the files but what
// can be seen: no place, no date, no device. For a confined process (picture_maker.h).
Result<PictureSet, PictureError> make_picture_set(std::string_view bytes);

// From one process to another. Reading checks everything: none when it is not what writing makes.
using SetOutcome = Result<PictureSet, PictureError>;
std::string write_outcome(const SetOutcome& outcome);
std::optional<SetOutcome> read_outcome(std::string_view bytes);

}  // namespace emplettes::pictures
