#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/shop.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"

namespace emplettes {
namespace {

using testing::HasSubstr;

class ExportVerbTest : public testing::Test {
  protected:
    ExportVerbTest() {
        here_.add_territory("ville");
        there_.add_territory("ville");
        App& app = here_.start();
        app.database().write([&](store::Tx& tx) {
            catalogue::save_shop(tx, here_.territory("ville"),
                                 {.id = ShopId{77},
                                  .slug = "ecume",
                                  .name = "L’Écume",
                                  .kind = "bookshop",
                                  .position = {.lat = 48.5, .lon = 2.5},
                                  .source = "osm",
                                  .source_ref = "node/1",
                                  .secret = "secret"});
            return Done{};
        });
        app.stop();
    }

    Typed type(std::vector<std::string> words, const TestInstallation& where) const {
        words.insert(words.end(), {"--data", where.path().string()});
        return type_in(std::move(words));
    }

    TestInstallation here_;
    TestInstallation there_;
};

TEST_F(ExportVerbTest, GoesIntoAFreshInstallation) {
    const std::string file = (here_.path() / "ecume.zip").string();
    EXPECT_THAT(type({"export", "ecume", file}, here_).out, HasSubstr("everything of L’Écume"));
    EXPECT_THAT(type({"import", "shop", file}, there_).out, HasSubstr("ecume (a new shop)"));
    EXPECT_THAT(type({"import", "shop", file}, there_).out, HasSubstr("a shop that was here"));
}

TEST_F(ExportVerbTest, SaysWhatIsWrong) {
    EXPECT_THAT(type({"export", "nobody", "file.zip"}, here_).err, HasSubstr("no shop nobody"));
    const std::string file = (here_.path() / "territories" / "ville.toml").string();
    EXPECT_THAT(type({"import", "shop", file}, there_).err, HasSubstr("no ZIP file"));
}

}  // namespace
}  // namespace emplettes
