#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "web/form.h"
#include "web/http.h"

namespace emplettes::web {

struct UploadLimits {
    FormLimits fields = {};
    std::size_t files_max = 10;
    std::uint64_t file_bytes_max = std::uint64_t{256} << 20;
};

struct UploadedFile {
    std::string field;
    std::string name;          // plain_file_name()
    std::string content_type;  // what the sender believes
    std::shared_ptr<SpoolFile> file;
};

// A multipart/form-data form.
struct Upload {
    Fields fields;
    std::vector<UploadedFile> files;  // those that were chosen: no name, no file

    const UploadedFile* find_file(std::string_view field) const;  // the first
};

// Reads the spooled body of a request; its files are beside it and go when they are let go of, or
// stay by SpoolFile::keep_as. `admit` looks at the fields before the first file is written, and at
// the end where there is none: what must be known of a form stands before its files.
// Most handlers want Csrf::check_upload (csrf.h).
using AdmitFields = std::function<std::optional<FormError>(const Fields&)>;
Result<Upload, FormError> read_upload(const Request& request, const UploadLimits& limits,
                                      const AdmitFields& admit);

}  // namespace emplettes::web
