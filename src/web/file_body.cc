#include "web/file_body.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace emplettes::web {

FileBody::FileBody(const std::filesystem::path& path, AfterSending after)
    : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat found {};
    if (file_ < 0 || ::fstat(file_, &found) != 0 || !S_ISREG(found.st_mode)) {
        const std::error_code error(file_ < 0 ? errno : EINVAL, std::generic_category());
        if (file_ >= 0) ::close(file_);
        throw std::system_error(error, path.string());
    }
    size_ = static_cast<std::uint64_t>(found.st_size);
    if (after == AfterSending::remove) ::unlink(path.c_str());
}

FileBody::~FileBody() { ::close(file_); }

}  // namespace emplettes::web
