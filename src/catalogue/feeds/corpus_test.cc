#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catalogue/feeds/report_text.h"

namespace emplettes::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGolden = ".golden";

std::vector<fs::path> corpus() {
    std::vector<fs::path> files;
    for (const auto& entry :
         fs::recursive_directory_iterator(EMPLETTES_SOURCE_DIR "/tests/imports"))
        if (entry.is_regular_file() && entry.path().extension() != kGolden &&
            entry.path().extension() != ".md")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string text_of_file(const fs::path& file) {
    std::stringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

class ImportCorpus : public testing::TestWithParam<fs::path> {};

// A new report is written with EMPLETTES_WRITE_GOLDEN=1, and read by a person before it is kept.
TEST_P(ImportCorpus, IsReadAsReported) {
    static const Trades kTrades = Trades::load();
    fs::path golden = GetParam();
    golden += kGolden;
    const std::string report =
        report_text({.file = GetParam(),
                     .store_code = GetParam().stem() == "local_inventory" ? "NANTES-1" : "",
                     .zone = *Zone::find("Europe/Paris"),
                     .now = instant_from_unix(1'796'000'000),  // 2026-11-30
                     .trades = &kTrades});
    if (std::getenv("EMPLETTES_WRITE_GOLDEN")) std::ofstream(golden) << report;
    EXPECT_EQ(report, text_of_file(golden)) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Files, ImportCorpus, testing::ValuesIn(corpus()), [](const auto& file) {
    std::string name = file.param.filename().string();
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
});

}  // namespace
}  // namespace emplettes::catalogue
