#include "catalogue/feeds/feed_bytes.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kBlockBytes = 64UL << 10;
constexpr int kEntriesMax = 1000;
// Tables of prices shrink to a fifth, to a thirtieth at best; deflate can do a thousandth.
constexpr std::int64_t kRatioMax = 200;
constexpr std::int64_t kRatioFreeBytes = 1LL << 20;  // small files may shrink as they like

constexpr std::string_view kGzip = "\x1F\x8B";
constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kEmptyZip = "PK\x05\x06";
// What is no table and no XML, however it is named: old Excel, PDF, pictures.
constexpr std::array<std::string_view, 4> kOthers{"\xD0\xCF\x11\xE0", "%PDF", "\x89PNG",
                                                  "\xFF\xD8\xFF"};

FeedError archive_error(std::string detail) {
    return {.fault = FeedFault::broken_archive, .detail = std::move(detail)};
}

bool is_archive(std::string_view bytes) {
    return bytes.starts_with(kGzip) || bytes.starts_with(kZip) || bytes.starts_with(kEmptyZip);
}

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

Archive no_archive() { return {nullptr, archive_read_free}; }

Archive open_archive(const std::filesystem::path& file, bool is_zip) {
    Archive opened(archive_read_new(), archive_read_free);
    if (!opened) throw std::bad_alloc();
    if (is_zip) {
        archive_read_support_format_zip(opened.get());
    } else {
        archive_read_support_filter_gzip(opened.get());
        archive_read_support_format_raw(opened.get());
        archive_read_support_format_empty(opened.get());
    }
    if (archive_read_open_filename(opened.get(), file.c_str(), kBlockBytes) != ARCHIVE_OK)
        return no_archive();
    return opened;
}

bool is_data_file(std::string_view name) {
    const std::string lower = to_lower_ascii(name);
    constexpr std::array<std::string_view, 5> kEndings{".csv", ".txt", ".tsv", ".xml", ".onix"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view ending) { return lower.ends_with(ending); });
}

// Finds the one file that is meant in a zip.
Result<std::string, FeedError> choose_entry(archive& zip) {
    std::vector<std::string> files;
    std::vector<std::string> data_files;
    archive_entry* entry = nullptr;
    for (int seen = 0;; ++seen) {
        const int told = archive_read_next_header(&zip, &entry);
        if (told == ARCHIVE_EOF) break;
        if (told < ARCHIVE_WARN || seen >= kEntriesMax)
            return archive_error(seen >= kEntriesMax ? "too many files in the archive"
                                                     : "the archive is damaged");
        const char* bytes = archive_entry_pathname(entry);
        const std::string name = bytes ? bytes : "";
        if (name == "[Content_Types].xml" || name == "mimetype")
            return FeedError{.fault = FeedFault::not_readable,
                             .detail = "a spreadsheet: save it as CSV"};
        const bool is_hidden = name.starts_with("__MACOSX/") || name.starts_with('.') ||
                               name.find("/.") != std::string::npos;
        if (is_hidden || archive_entry_filetype(entry) != AE_IFREG) continue;
        if (archive_entry_is_encrypted(entry)) return archive_error("the archive is encrypted");
        files.push_back(name);
        if (is_data_file(name)) data_files.push_back(name);
    }
    if (data_files.size() == 1) return data_files.front();
    if (files.size() == 1) return files.front();
    return archive_error(files.empty() ? "the archive has no file"
                                       : "the archive has several files: which one is meant?");
}

}  // namespace

struct FeedBytes::State {
    std::filesystem::path path;
    std::ifstream file;
    Archive packed = no_archive();  // null when the file is what it is
    std::int64_t bytes_out = 0;
    std::int64_t bytes_in = 0;
    std::vector<char> peeked;
    std::size_t peeked_used = 0;
    std::optional<FeedError> failure;

    std::optional<FeedError> open_zip() {
        const Archive looked = open_archive(path, true);
        if (!looked) return archive_error("the archive is damaged");
        const auto name = choose_entry(*looked);
        if (!name) return name.error();
        packed = open_archive(path, true);
        if (!packed) return archive_error("the archive is damaged");
        archive_entry* entry = nullptr;
        while (archive_read_next_header(packed.get(), &entry) >= ARCHIVE_WARN) {
            const char* found = archive_entry_pathname(entry);
            if (found && *name == found) return std::nullopt;
        }
        return archive_error("the archive is damaged");
    }

    std::optional<FeedError> open_gzip() {
        packed = open_archive(path, false);
        archive_entry* entry = nullptr;
        if (!packed) return archive_error("the archive is damaged");
        const int told = archive_read_next_header(packed.get(), &entry);
        if (told == ARCHIVE_EOF) return FeedError{.fault = FeedFault::empty};
        if (told < ARCHIVE_WARN) return archive_error("the archive is damaged");
        // One filter for the gzip and one for the file.
        if (archive_filter_count(packed.get()) > 2) return archive_error("packed twice");
        return std::nullopt;
    }

    std::size_t read_on(char* to, std::size_t size) {
        if (failure) return 0;
        std::size_t count = 0;
        if (packed) {
            const la_ssize_t told = archive_read_data(packed.get(), to, size);
            if (told < 0) failure = archive_error("the archive is damaged");
            count = told < 0 ? 0 : static_cast<std::size_t>(told);
            bytes_in = archive_filter_bytes(packed.get(), -1);
        } else {
            file.read(to, static_cast<std::streamsize>(size));
            count = static_cast<std::size_t>(file.gcount());
            bytes_in += static_cast<std::int64_t>(count);
        }
        bytes_out += static_cast<std::int64_t>(count);
        if (bytes_out > kFeedBytesMax)
            failure = {.fault = FeedFault::too_large,
                       .detail = "more than " + std::to_string(kFeedBytesMax >> 20) + " MB"};
        if (packed && bytes_out > kRatioFreeBytes + bytes_in * kRatioMax)
            failure = {.fault = FeedFault::too_large,
                       .detail = "unpacks to more than " + std::to_string(kRatioMax) + " times"};
        return failure ? 0 : count;
    }

    void peek() {
        peeked.resize(kPeekedMax);
        std::size_t filled = 0;
        while (filled < peeked.size()) {
            const std::size_t count = read_on(peeked.data() + filled, peeked.size() - filled);
            if (count == 0) break;
            filled += count;
        }
        peeked.resize(filled);
    }
};

FeedBytes::FeedBytes(std::unique_ptr<State> state) : state_(std::move(state)) {}

FeedBytes::~FeedBytes() = default;

Result<std::unique_ptr<FeedBytes>, FeedError> FeedBytes::open(const std::filesystem::path& file) {
    auto state = std::make_unique<State>();
    state->path = file;
    state->file.open(file, std::ios::binary);
    state->peek();
    std::string_view begin(state->peeked.data(), state->peeked.size());
    if (is_archive(begin)) {
        const bool is_zip = !begin.starts_with(kGzip);
        state->bytes_in = state->bytes_out = 0;
        if (auto error = is_zip ? state->open_zip() : state->open_gzip()) return *error;
        state->peek();
        begin = {state->peeked.data(), state->peeked.size()};
        if (is_archive(begin)) return archive_error("packed twice");
    }
    if (state->failure) return *state->failure;
    if (begin.empty()) return FeedError{.fault = FeedFault::empty};
    for (const std::string_view other : kOthers)
        if (begin.starts_with(other))
            return FeedError{.fault = FeedFault::not_readable,
                             .detail = "neither a table nor XML: save it as CSV"};
    return std::unique_ptr<FeedBytes>(new FeedBytes(std::move(state)));
}

std::string_view FeedBytes::peeked() const {
    return {state_->peeked.data(), state_->peeked.size()};
}

std::size_t FeedBytes::read(char* to, std::size_t size) {
    if (state_->peeked_used < state_->peeked.size()) {
        const std::string_view rest = peeked().substr(state_->peeked_used);
        const std::size_t count = rest.copy(to, size);
        state_->peeked_used += count;
        return count;
    }
    return state_->read_on(to, size);
}

const std::optional<FeedError>& FeedBytes::failure() const { return state_->failure; }

std::int64_t FeedBytes::bytes_of_file() const { return state_->bytes_in; }

}  // namespace emplettes::catalogue
