#include "base/image.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "search/random_town.h"
#include "search/same_answer.h"
#include "search/segment.h"

namespace emplettes::search {
namespace {

namespace fs = std::filesystem;

// A file of its own that is gone afterwards.
class ImageFile {
  public:
    ImageFile()
        : folder_(fs::temp_directory_path() / ("emplettes-image-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
    }
    ~ImageFile() { fs::remove_all(folder_); }
    ImageFile(const ImageFile&) = delete;
    ImageFile& operator=(const ImageFile&) = delete;

    fs::path path() const { return folder_ / "town.image"; }
    std::string read() const {
        std::ifstream in(path(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& bytes) const {
        std::ofstream(path(), std::ios::binary | std::ios::trunc) << bytes;
    }
    std::vector<fs::path> all_files() const {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(folder_)) files.push_back(entry.path());
        return files;
    }

  private:
    fs::path folder_;
};

void expect_same_suggestions(const Index& a, const Index& b, const std::string& text) {
    const auto of_a = a.suggest(text, 10);
    const auto of_b = b.suggest(text, 10);
    RC_ASSERT(of_a.size() == of_b.size());
    for (std::size_t i = 0; i < of_a.size(); ++i) {
        RC_ASSERT(of_a[i].kind == of_b[i].kind);
        RC_ASSERT(of_a[i].text == of_b[i].text);
        RC_ASSERT(of_a[i].id == of_b[i].id);
    }
}

void make_some_changes(Town& town, const Catalogue& catalogue, const Index& index) {
    for (const ShopPlace& shop : catalogue.shops) index.set_open(shop.id, town.chance(0.5));
    for (const OfferRow& offer : catalogue.offers) {
        index.set_stock(offer.id, static_cast<std::int32_t>(town.below(3)), instant_from_unix(9000),
                        StockSource::till);
        index.set_price(offer.id, town.one_of(kTypicalPrices));
    }
    index.set_doubtful_before(town.doubtful_before());
}

RC_GTEST_PROP(Image, AnswersAsTheIndexDidWhenItWasSaved, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const auto index = Index::build(catalogue);
    make_some_changes(town, catalogue, *index);
    const ImageFile file;
    index->save(file.path(), "place 7");
    const auto loaded = Index::load(file.path());
    RC_ASSERT(loaded.ok());
    RC_ASSERT(loaded->state == "place 7");
    RC_ASSERT(file.all_files().size() == 1U);
    for (int i = 0; i < 8; ++i) {
        const Query query = town.query(catalogue);
        expect_same(index->search(query), loaded->index->search(query));
        expect_same_suggestions(*index, *loaded->index, query.text);
    }
    // It lives on as the other does.
    if (catalogue.offers.empty()) return;
    const OfferId offer = town.one_of(catalogue.offers).id;
    index->set_stock(offer, 9, instant_from_unix(9001), StockSource::hand);
    RC_ASSERT(loaded->index->set_stock(offer, 9, instant_from_unix(9001), StockSource::hand));
    const Query everything{.from = kMiddle, .radius_m = 50'000, .limit = 600};
    expect_same(index->search(everything), loaded->index->search(everything));
}

// Whatever happens to the file: the same answers, or a clear refusal.
RC_GTEST_PROP(Image, DamageIsNoticed, (std::uint64_t seed)) {
    Town town(seed);
    const Catalogue catalogue = town.catalogue();
    const ImageFile file;
    Index::build(catalogue)->save(file.path(), "");
    const std::string whole = file.read();
    for (int i = 0; i < 4; ++i) {
        std::string bytes = whole;
        const std::size_t at = town.chance(0.3) ? town.below(64) : town.below(bytes.size());
        switch (town.below(4)) {
            case 0: bytes.resize(at); break;
            case 1: bytes += bytes.substr(at); break;
            case 2: bytes.erase(at, 1 + town.below(100)); break;
            default:
                bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^
                                              (1U << town.below(8)));
        }
        if (bytes == whole) continue;
        file.write(bytes);
        const auto loaded = Index::load(file.path());
        RC_ASSERT(!loaded.ok());
        RC_ASSERT((loaded.error() == ImageError::damaged || loaded.error() == ImageError::foreign));
    }
    file.write(whole);
    RC_ASSERT(Index::load(file.path()).ok());
}

TEST(ImageFileTest, WhatIsNoImageIsRefused) {
    const ImageFile file;
    EXPECT_EQ(Index::load(file.path()).error(), ImageError::missing);
    EXPECT_EQ(Index::load(file.path().parent_path()).error(), ImageError::unreadable);
    file.write("");
    EXPECT_EQ(Index::load(file.path()).error(), ImageError::damaged);
    file.write(std::string(4096, 'x'));
    EXPECT_EQ(Index::load(file.path()).error(), ImageError::foreign);
}

// Sound as a file, but of other parts than an index has.
TEST(ImageFileTest, OtherPartsAreRefused) {
    const ImageFile file;
    ImageWriter writer(file.path(), kIndexImage);
    writer("state", std::string("place 7"));
    writer("names: rows", std::vector<std::uint64_t>{1, 2, 3});
    writer.finish();
    EXPECT_EQ(Index::load(file.path()).error(), ImageError::damaged);
}

TEST(ImageFileTest, WhatCannotBeWrittenLeavesTheOldOne) {
    const ImageFile file;
    const auto index = Index::build({});
    index->save(file.path(), "old");
    {
        ImageWriter unfinished(file.path(), kIndexImage);
        unfinished("state", std::string("new"));
    }
    EXPECT_EQ(Index::load(file.path())->state, "old");
    EXPECT_EQ(file.all_files().size(), 1U);
    EXPECT_THROW(index->save(file.path() / "below a file", "x"), std::runtime_error);
}

}  // namespace
}  // namespace emplettes::search
