#include "site/picture_files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "site/problems.h"
#include "site/shop_pages.h"
#include "store/sha256.h"
#include "web/spool_file.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kPictureForever = "public, max-age=31536000, immutable";
constexpr std::size_t kSha256Digits = 64;
constexpr std::size_t kWidthDigitsMax = 4;
constexpr std::string_view kSumsEnd = ".sha256";
constexpr std::string_view kSumGap = "  ";  // between a sum and a name

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

void write_file(const PictureFolder& folder, const std::string& name, std::string_view bytes) {
    web::SpoolFile file(folder.spool);
    if (const auto error = file.append(bytes))
        throw std::system_error(error, (folder.files / name).string());
    file.keep_as(folder.files / name);
}

// In use again: the sweeper is not to take it for forgotten.
void touch(const std::filesystem::path& path) { ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0); }

bool is_sums_name(std::string_view name) {
    return name.size() == kSha256Digits + kSumsEnd.size() && name.ends_with(kSumsEnd) &&
           std::all_of(name.begin(), name.begin() + kSha256Digits, is_hex);
}

std::string text_of(const std::map<std::string, std::string>& sums) {
    std::string text;
    for (const auto& [name, sha256] : sums) text += sha256 + std::string(kSumGap) + name + "\n";
    return text;
}

}  // namespace

std::string picture_file_name(const std::string& sha256, int width, pictures::Format format) {
    return sha256 + "-" + std::to_string(width) + "." + std::string(pictures::to_string(format));
}

bool is_picture_file_name(std::string_view name) {
    if (name.size() < kSha256Digits + 1 || name[kSha256Digits] != '-') return false;
    const auto sha256 = name.substr(0, kSha256Digits);
    const auto rest = name.substr(kSha256Digits + 1);
    const auto width = rest.substr(0, rest.find('.'));
    const auto format = rest.substr(width.size());
    return std::all_of(sha256.begin(), sha256.end(), is_hex) && !width.empty() &&
           width.size() <= kWidthDigitsMax && std::all_of(width.begin(), width.end(), is_digit) &&
           (format == ".webp" || format == ".avif");
}

std::string picture_sums_name(const std::string& sha256) { return sha256 + std::string(kSumsEnd); }

std::map<std::string, std::string> load_picture_sums(const std::filesystem::path& files,
                                                     const std::string& sha256) {
    std::map<std::string, std::string> sums;
    std::ifstream stream(files / picture_sums_name(sha256));
    for (std::string line; std::getline(stream, line);)
        if (line.size() > kSha256Digits + kSumGap.size())
            sums.emplace(line.substr(kSha256Digits + kSumGap.size()),
                         line.substr(0, kSha256Digits));
    return sums;
}

std::string sha256_of_picture_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
    return store::sha256(bytes);
}

std::string store_picture_files(const PictureFolder& folder, const pictures::PictureSet& set) {
    std::filesystem::create_directories(folder.files);
    std::string sha256 = store::sha256(set.files.front().bytes);
    const auto before = load_picture_sums(folder.files, sha256);
    auto sums = before;
    for (const pictures::PictureFile& file : set.files) {
        const std::string name = picture_file_name(sha256, file.size.width, file.format);
        const auto path = folder.files / name;
        if (std::filesystem::exists(path)) {
            touch(path);
            // Perhaps another version of the program made it.
            if (!sums.contains(name)) sums[name] = sha256_of_picture_file(path);
            continue;
        }
        write_file(folder, name, file.bytes);
        sums[name] = store::sha256(file.bytes);
    }
    if (sums != before) write_file(folder, picture_sums_name(sha256), text_of(sums));
    touch(folder.files / picture_sums_name(sha256));
    return sha256;
}

std::int64_t sweep_picture_files(const std::filesystem::path& files, const UsedContents& used,
                                 Instant before) {
    if (!std::filesystem::is_directory(files)) return 0;
    const auto too_old = std::chrono::file_clock::from_sys(before);
    const auto contents = used();
    std::vector<std::filesystem::path> unused;
    for (const auto& entry : std::filesystem::directory_iterator(files)) {
        const std::string name = entry.path().filename().string();
        if ((is_picture_file_name(name) || is_sums_name(name)) &&
            !contents.contains(name.substr(0, kSha256Digits)) && entry.last_write_time() < too_old)
            unused.push_back(entry.path());
    }
    if (unused.empty()) return 0;
    std::int64_t swept = 0;
    const auto still_used = used();
    for (const std::filesystem::path& path : unused)
        if (!still_used.contains(path.filename().string().substr(0, kSha256Digits)))
            swept += std::filesystem::remove(path) ? 1 : 0;
    return swept;
}

web::Response picture_file(Visit& visit) {
    const std::string name(visit.request.parameter("name"));
    const auto path = visit.context.pictures_of(visit.territory()).files / name;
    if (!is_picture_file_name(name) || !std::filesystem::exists(path))
        return problem(visit.request, 404, "unknown_picture");
    web::Response response{.content_type = name.ends_with(".avif") ? "image/avif" : "image/webp",
                           .file = std::make_shared<web::FileBody>(path)};
    response.add_header("Cache-Control", std::string(kPictureForever));
    response.add_header("ETag", "\"" + name + "\"");
    return response;
}

}  // namespace emplettes::site
