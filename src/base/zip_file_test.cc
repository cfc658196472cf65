#include "base/zip_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>

namespace emplettes {
namespace {

class ZipFile : public testing::Test {
  protected:
    ~ZipFile() override { std::filesystem::remove(file_); }

    void write(const std::map<std::string, std::string>& entries) {
        ZipWriter zip(file_, instant_from_unix(1'792'058'400));
        for (const auto& [name, bytes] : entries) {
            zip.begin(name);
            // In pieces, as long ones are written.
            for (std::size_t at = 0; at < bytes.size(); at += 1'000)
                zip.write(std::string_view(bytes).substr(at, 1'000));
        }
        zip.finish();
    }
    std::map<std::string, std::string> read(const ZipLimits& limits = {}) {
        std::map<std::string, std::string> entries;
        ZipReader zip(file_, limits);
        while (const auto name = zip.next()) {
            auto& bytes = entries[*name];
            for (auto part = zip.read(); !part.empty(); part = zip.read()) bytes += part;
        }
        failure_ = zip.failure();
        return entries;
    }
    // As no writer of ours does.
    void write_raw(const std::string& name, bool is_link) {
        archive* zip = archive_write_new();
        archive_write_set_format_zip(zip);
        ASSERT_EQ(archive_write_open_filename(zip, file_.c_str()), ARCHIVE_OK);
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, is_link ? AE_IFLNK : AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        if (is_link) archive_entry_set_symlink(entry, "/etc/passwd");
        if (!is_link) archive_entry_set_size(entry, 0);
        EXPECT_EQ(archive_write_header(zip, entry), ARCHIVE_OK);
        archive_entry_free(entry);
        archive_write_free(zip);
    }
    std::string bytes() {
        std::ifstream stream(file_, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    void overwrite(const std::string& bytes) {
        std::ofstream(file_, std::ios::binary | std::ios::trunc) << bytes;
    }

    const std::filesystem::path file_ = std::filesystem::temp_directory_path() /
                                        ("zip_file_test_" + std::to_string(getpid()) + ".zip");
    std::string failure_;
};

TEST_F(ZipFile, IsReadBackAsItWasWritten) {
    const std::map<std::string, std::string> entries = {
        {"shop.json", "{}"},
        {"pictures/café.webp", std::string("\0\x1f\x8b", 3)},
        {"empty", ""},
        {"shelf.csv", std::string(300'000, 'x')}};
    write(entries);
    EXPECT_EQ(read(), entries);
    EXPECT_EQ(failure_, "");
}

TEST_F(ZipFile, UnpacksNoMoreThanItMay) {
    write({{"bomb", std::string(10'000'000, '0')}});
    EXPECT_LT(bytes().size(), 50'000U);
    read({.bytes_max = 1'000'000});
    EXPECT_EQ(failure_, "unpacks to more than 1000000 bytes");
    write({{"a", ""}, {"b", ""}, {"c", ""}});
    read({.entries_max = 2});
    EXPECT_EQ(failure_, "has more than 2 files");
}

TEST_F(ZipFile, NamesThatLeadOutOfItAreRefused) {
    for (const std::string name :
         {"../shop.json", "/etc/passwd", "a/../../b", "pictures/..", "..\\windows", "c:/windows"}) {
        write_raw(name, false);
        EXPECT_TRUE(read().empty()) << name;
        EXPECT_EQ(failure_.find("has a name that leads out of it: \""), 0U) << failure_;
    }
    for (const std::string name : {"a..b", "..a", "a/...", "a/b.."}) {
        write_raw(name, false);
        EXPECT_EQ(read().size(), 1U) << name;
        EXPECT_EQ(failure_, "");
    }
}

TEST_F(ZipFile, LinksAreRefused) {
    write_raw("shop.json", true);
    EXPECT_TRUE(read().empty());
    EXPECT_EQ(failure_, "has something that is neither a file nor a folder: \"shop.json\"");
}

TEST_F(ZipFile, AWholeFileIsReadUpToALimit) {
    write({{"a", std::string(2'000, 'a')}});
    ZipReader few(file_);
    ASSERT_TRUE(few.next());
    EXPECT_FALSE(few.read_all(1'999));
    ZipReader enough(file_);
    ASSERT_TRUE(enough.next());
    EXPECT_EQ(enough.read_all(2'000), std::string(2'000, 'a'));
}

TEST_F(ZipFile, DamageIsSaid) {
    overwrite("this is no archive at all, whatever its name says");
    EXPECT_TRUE(read().empty());
    EXPECT_FALSE(failure_.empty());
    overwrite("");
    EXPECT_TRUE(read().empty());
    write({{"a", std::string(200'000, 'a') + "b"}});
    const std::string whole = bytes();
    overwrite(whole.substr(0, whole.size() - 30));
    read();
    EXPECT_FALSE(failure_.empty());
}

TEST_F(ZipFile, AFullDiskIsSaid) {
    ZipWriter zip("/dev/full", instant_from_unix(0));
    const std::string noise(1'000'000, 'n');
    EXPECT_THROW(
        {
            zip.begin("a");
            for (int i = 0; i < 100; ++i) zip.write(std::to_string(i) + noise);
            zip.finish();
        },
        std::runtime_error);
}

}  // namespace
}  // namespace emplettes
