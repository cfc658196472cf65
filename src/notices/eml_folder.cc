#include "notices/eml_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <system_error>

namespace emplettes::notices {
namespace {

constexpr std::size_t kNameDigits = 16;  // an Id is below 2^53
constexpr std::string_view kSuffix = ".eml";
constexpr std::string_view kDraftPrefix = ".";
constexpr std::string_view kDraftSuffix = ".part";
constexpr std::size_t kMailSizeMax = 1 << 20;

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(), what + " " + path.string());
}

// An open file that is closed in every case.
class OpenFile {
  public:
    OpenFile(const std::filesystem::path& path, int flags)
        : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0) fail("cannot open", path_);
    }
    ~OpenFile() { ::close(descriptor_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail("cannot write", path_);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync() {
        if (::fsync(descriptor_) != 0) fail("cannot make durable", path_);
    }

  private:
    std::filesystem::path path_;
    int descriptor_;
};

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    return names;
}

// The mail that a file is, or was to become; empty when it is none of ours.
std::string_view mail_of_file(std::string_view name) {
    if (name.starts_with(kDraftPrefix) && name.ends_with(kDraftSuffix)) {
        name.remove_prefix(kDraftPrefix.size());
        name.remove_suffix(kDraftSuffix.size());
    }
    return is_mail_name(name) ? name : std::string_view();
}

Instant written_at(const std::filesystem::path& file) {
    const auto time = std::chrono::file_clock::to_sys(std::filesystem::last_write_time(file));
    return std::chrono::floor<std::chrono::seconds>(time);
}

}  // namespace

EmlFolder::EmlFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
}

void EmlFolder::write(const std::string& name, std::string_view message) const {
    const std::filesystem::path target = folder_ / name;
    const std::filesystem::path draft =
        folder_ / (std::string(kDraftPrefix) + name + std::string(kDraftSuffix));
    {
        OpenFile file(draft, O_WRONLY | O_CREAT | O_TRUNC);
        file.write(message);
        file.sync();
    }
    if (std::rename(draft.c_str(), target.c_str()) != 0) fail("cannot rename", draft);
}

void EmlFolder::sync() const { OpenFile(folder_, O_RDONLY | O_DIRECTORY).sync(); }

std::string mail_name(std::int64_t number) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%016lld", static_cast<long long>(number));
    return out.data() + std::string(kSuffix);
}

bool is_mail_name(std::string_view name) {
    return name.size() == kNameDigits + kSuffix.size() && name.ends_with(kSuffix) &&
           std::all_of(name.begin(), name.begin() + kNameDigits,
                       [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<ListedMail> list_mails(const EmlFolder& folder, std::size_t limit) {
    std::vector<std::string> names = names_in(folder.path());
    std::erase_if(names, [](const std::string& name) { return !is_mail_name(name); });
    std::sort(names.begin(), names.end(), std::greater<>());

    std::vector<ListedMail> mails;
    for (const auto& name : names) {
        if (mails.size() == limit) break;
        const auto read = read_mail(folder, name);
        if (!read) continue;
        mails.push_back({name, read->mail.to, read->mail.subject, read->date});
    }
    return mails;
}

std::optional<ReadMail> read_mail(const EmlFolder& folder, std::string_view name) {
    if (!is_mail_name(name)) return std::nullopt;
    const std::filesystem::path path = folder.path() / name;
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem) ||
        std::filesystem::file_size(path, problem) > kMailSizeMax || problem) {
        return std::nullopt;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string message{std::istreambuf_iterator<char>(file),
                              std::istreambuf_iterator<char>()};
    return parse_message(message);
}

std::size_t erase_mails(const EmlFolder& folder, Instant before, std::size_t limit) {
    std::vector<std::string> names = names_in(folder.path());
    std::erase_if(names, [](const std::string& name) { return mail_of_file(name).empty(); });
    std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
        return mail_of_file(a) < mail_of_file(b);
    });

    std::size_t erased = 0;
    for (const std::string& name : names) {
        if (erased == limit) break;
        const auto mail = read_mail(folder, name);
        // Numbers grow with time: all that follow are younger still.
        if (mail && mail->date >= before) break;
        const std::filesystem::path file = folder.path() / name;
        if (!mail && written_at(file) >= before) continue;
        if (std::filesystem::remove(file)) ++erased;
    }
    return erased;
}

}  // namespace emplettes::notices
