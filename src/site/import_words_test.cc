#include "site/import_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace emplettes::site {
namespace {

// The keys that a language's catalogue has.
std::set<std::string, std::less<>> keys_of(const std::string& language) {
    std::set<std::string, std::less<>> keys;
    std::ifstream file(std::string(EMPLETTES_SOURCE_DIR "/locales/") + language + ".po");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("msgid \"")) keys.insert(line.substr(7, line.size() - 8));
    return keys;
}

// All values of a closed set, up to its last one, have a text of their own in every language.
template <typename Enum, typename Key>
void expect_texts(Enum last, Key key_of) {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const std::string_view key = key_of(static_cast<Enum>(i));
        EXPECT_FALSE(key.empty()) << i;
        EXPECT_TRUE(seen.insert(key).second) << key;
        for (const char* language : {"fr", "en"})
            EXPECT_TRUE(keys_of(language).contains(key)) << key << " in " << language;
    }
}

TEST(ImportWords, EveryReasonHasASentenceInEveryLanguage) {
    using catalogue::FeedFault;
    using catalogue::RowFault;
    expect_texts(RowFault::other_shop, [](RowFault fault) { return fault_key(fault); });
    expect_texts(FeedFault::broken_archive, [](FeedFault fault) { return fault_key(fault); });
    expect_texts(web::FetchError::disk_full,
                 [](web::FetchError error) { return fault_key(error); });
    expect_texts(AddressError::too_many, [](AddressError error) { return error_key(error); });
    expect_texts(catalogue::ImportStepError::changed_since,
                 [](catalogue::ImportStepError error) { return error_key(error); });
}

TEST(ImportWords, EveryStateAndEveryColumnHasAName) {
    expect_texts(catalogue::ImportStatus::discarded, status_key);
    expect_texts(catalogue::ShelfField::store_code, field_key);
    expect_texts(catalogue::RowOutcome::not_understood, outcome_key);
    EXPECT_TRUE(doubt_key(catalogue::ImportDoubt::none).empty());
    EXPECT_EQ(doubt_key(catalogue::ImportDoubt::most_gone), "imports.doubt_most_gone");
}

TEST(ImportWords, AFailureOfAReadingIsToldByItsWord) {
    EXPECT_EQ(reading_failure_key("private_address"), "imports.read_private_address");
    EXPECT_EQ(reading_failure_key("disk_full"), "imports.read_disk_full");
    EXPECT_EQ(reading_failure_key("empty"), "imports.file_empty");
    EXPECT_EQ(reading_failure_key("broken_archive"), "imports.file_broken_archive");
    EXPECT_EQ(reading_failure_key("fault"), "imports.read_fault");
    EXPECT_EQ(reading_failure_key("a word of tomorrow"), "imports.read_fault");
}

TEST(ImportWords, AFailureOfAPictureIsToldByItsWord) {
    for (const char* word : {"no_picture", "picture_too_large", "picture_busy", "too_many_pictures",
                             "picture_not_wanted", "gone"}) {
        const auto key = picture_failure_key(word);
        EXPECT_NE(key, "imports.read_fault") << word;
        for (const char* language : {"fr", "en"})
            EXPECT_TRUE(keys_of(language).contains(key)) << key << " in " << language;
    }
    EXPECT_EQ(picture_failure_key("a word of tomorrow"), "imports.read_fault");
}

}  // namespace
}  // namespace emplettes::site
