#include "web/upload.h"

#include <algorithm>
#include <fstream>

#include "base/text.h"
#include "web/multipart.h"

namespace emplettes::web {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;

// Gathers the parts of a form.
class UploadReader {
  public:
    UploadReader(const UploadLimits& limits, const AdmitFields& admit, std::filesystem::path folder)
        : limits_(limits), admit_(admit), folder_(std::move(folder)) {}

    std::optional<FormError> begin(PartHead&& part) {
        if (part.name.size() > limits_.fields.name_bytes_max) return FormError::name_too_long;
        part_ = std::move(part);
        value_.clear();
        file_.reset();
        if (!part_.file_name) {
            if (fields_ == limits_.fields.fields_max) return FormError::too_many_fields;
            return std::nullopt;
        }
        if (part_.file_name->empty()) return std::nullopt;  // a field for a file, left empty
        return begin_file();
    }

    std::optional<FormError> data(std::string_view bytes) {
        if (!part_.file_name) return add_to_value(bytes);
        if (!file_) return FormError::malformed;  // bytes without a name
        if (bytes.size() > limits_.file_bytes_max - file_->size()) return FormError::file_too_long;
        const auto error = file_->append(bytes);
        if (!error) return std::nullopt;
        if (is_disk_full(error)) return FormError::disk_full;
        throw std::system_error(error, file_->path().string());
    }

    void end() {
        if (file_)
            upload.files.push_back({.field = part_.name,
                                    .name = plain_file_name(*part_.file_name),
                                    .content_type = part_.content_type,
                                    .file = std::move(file_)});
        else if (!part_.file_name) {
            is_text_ = is_text_ && is_valid_utf8(value_) && value_.find('\0') == std::string::npos;
            upload.fields.add(part_.name, std::move(value_));
            ++fields_;
        }
    }

    std::optional<FormError> finish() {
        if (!is_text_) return FormError::bad_encoding;
        if (is_admitted_) return std::nullopt;
        return admit_(upload.fields);
    }

    Upload upload;

  private:
    std::optional<FormError> begin_file() {
        if (!is_text_) return FormError::bad_encoding;
        if (!is_admitted_) {
            if (const auto error = admit_(upload.fields)) return error;
            is_admitted_ = true;
        }
        if (upload.files.size() == limits_.files_max) return FormError::too_many_files;
        try {
            file_ = std::make_shared<SpoolFile>(folder_);
        } catch (const std::system_error& error) {
            if (!is_disk_full(error.code())) throw;
            return FormError::disk_full;
        }
        return std::nullopt;
    }

    std::optional<FormError> add_to_value(std::string_view bytes) {
        if (bytes.size() > limits_.fields.value_bytes_max - value_.size())
            return FormError::value_too_long;
        value_ += bytes;
        return std::nullopt;
    }

    const UploadLimits& limits_;
    const AdmitFields& admit_;
    const std::filesystem::path folder_;
    PartHead part_;
    std::string value_;
    std::shared_ptr<SpoolFile> file_;
    std::size_t fields_ = 0;
    bool is_text_ = true;  // all fields so far
    bool is_admitted_ = false;
};

}  // namespace

const UploadedFile* Upload::find_file(std::string_view field) const {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const UploadedFile& file) { return file.field == field; });
    return found == files.end() ? nullptr : &*found;
}

Result<Upload, FormError> read_upload(const Request& request, const UploadLimits& limits,
                                      const AdmitFields& admit) {
    const auto boundary = multipart_boundary(request.header("content-type"));
    if (!boundary) return FormError::wrong_content_type;
    if (!request.body_file) return FormError::malformed;
    UploadReader reader(limits, admit, request.body_file->path().parent_path());
    MultipartParser parser(*boundary,
                           {.begin = [&](PartHead&& part) { return reader.begin(std::move(part)); },
                            .data = [&](std::string_view bytes) { return reader.data(bytes); },
                            .end = [&] { reader.end(); }});
    std::ifstream body(request.body_file->path(), std::ios::binary);
    std::string block(kBlockBytes, '\0');
    while (body.read(block.data(), static_cast<std::streamsize>(block.size())) || body.gcount()) {
        const auto size = static_cast<std::size_t>(body.gcount());
        if (const auto error = parser.feed(std::string_view(block).substr(0, size))) return *error;
    }
    if (const auto error = parser.finish()) return *error;
    if (const auto error = reader.finish()) return *error;
    return std::move(reader.upload);
}

}  // namespace emplettes::web
