#include "geo/ground.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "geo/streets/test_osm_text.h"

namespace emplettes::geo {
namespace {

namespace fs = std::filesystem;

class GroundTest : public testing::Test {
  protected:
    GroundTest() : folder_(fs::temp_directory_path() / ("ground-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
    }
    ~GroundTest() override { fs::remove_all(folder_); }

    void save(Profile profile, std::uint64_t source) const {
        StreetRouter::build(crossing().read(), profile, source)
            ->save(GroundFolder(folder_).streets(profile));
    }

    const fs::path folder_;
};

TEST_F(GroundTest, AFolderWithoutFilesIsAGroundOfWhichNothingIsKnown) {
    FollowedGround followed(folder_);
    ASSERT_TRUE(followed.ground());
    EXPECT_EQ(followed.ground()->router(Profile::foot), nullptr);
    EXPECT_FALSE(followed.look());
    EXPECT_FALSE(FollowedGround("").look());
    EXPECT_FALSE(FollowedGround(folder_ / "absent").look());
}

TEST_F(GroundTest, ReadsWhatIsThereAndWhatTakesItsPlace) {
    save(Profile::foot, 1);
    FollowedGround followed(folder_);
    const auto first = followed.ground();
    ASSERT_NE(first->router(Profile::foot), nullptr);
    EXPECT_EQ(first->router(Profile::bike), nullptr);
    EXPECT_FALSE(followed.look());
    EXPECT_EQ(followed.ground(), first);

    save(Profile::bike, 1);
    EXPECT_TRUE(followed.look());
    EXPECT_NE(followed.ground()->router(Profile::bike), nullptr);
    // What has not changed is shared.
    EXPECT_EQ(followed.ground()->router(Profile::foot), first->router(Profile::foot));

    save(Profile::foot, 2);
    EXPECT_TRUE(followed.look());
    EXPECT_EQ(followed.ground()->router(Profile::foot)->origin().source, 2U);
    EXPECT_EQ(first->router(Profile::foot)->origin().source, 1U);
}

TEST_F(GroundTest, WhatIsDamagedIsNotUsedAndReadOnceOnly) {
    save(Profile::foot, 1);
    FollowedGround followed(folder_);
    std::ofstream(GroundFolder(folder_).streets(Profile::foot) += ".new") << "not streets";
    fs::rename(GroundFolder(folder_).streets(Profile::foot) += ".new",
               GroundFolder(folder_).streets(Profile::foot));
    EXPECT_TRUE(followed.look());
    EXPECT_EQ(followed.ground()->router(Profile::foot), nullptr);
    EXPECT_FALSE(followed.look());
}

TEST_F(GroundTest, WhatIsGoneIsGone) {
    save(Profile::foot, 1);
    FollowedGround followed(folder_);
    fs::remove(GroundFolder(folder_).streets(Profile::foot));
    EXPECT_TRUE(followed.look());
    EXPECT_EQ(followed.ground()->router(Profile::foot), nullptr);
}

}  // namespace
}  // namespace emplettes::geo
