#include "catalogue/feeds/xml_records.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace emplettes::catalogue {
namespace {

class XmlRecordsTest : public testing::Test {
  protected:
    XmlRecordsTest()
        : file_(std::filesystem::path(testing::TempDir()) /
                ("xml_records_" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {}
    ~XmlRecordsTest() override { std::filesystem::remove(file_); }

    // How many records there are, and the word of what ended them.
    std::pair<int, std::string> read(std::string_view xml) const {
        std::ofstream(file_, std::ios::binary) << xml;
        XmlRecords records(FeedBytes::open(file_).value(), {"item"});
        int count = 0;
        while (records.next()) ++count;
        const auto& failure = records.failure();
        return {count, failure ? std::string(to_string(failure->fault)) : "whole"};
    }
    XmlNode first(std::string_view xml) const {
        std::ofstream(file_, std::ios::binary) << xml;
        XmlRecords records(FeedBytes::open(file_).value(), {"item"});
        return records.next().value();
    }

    std::filesystem::path file_;
};

TEST_F(XmlRecordsTest, RecordsKeepWhatIsInThem) {
    const XmlNode item =
        first("<a>\n<Item n='1'><x>x &amp; y</x><x>z</x><t>1 <p>2</p></t></Item></a>");
    EXPECT_EQ(item.line, 2);
    EXPECT_EQ(item.attribute("n"), "1");
    EXPECT_EQ(item.text_of("x"), "x & y");
    EXPECT_EQ(item.children.size(), 3U);
    EXPECT_EQ(item.text_of("t"), "1 <p>2</p>");
    EXPECT_EQ(item.find("none"), nullptr);
}

TEST_F(XmlRecordsTest, RecordsBeforeAFaultAreGiven) {
    using Ended = std::pair<int, std::string>;
    EXPECT_EQ(read("<a><item/><item/></a>"), Ended(2, "whole"));
    EXPECT_EQ(read("<a><item/><item></a>"), Ended(1, "broken_xml"));
    EXPECT_EQ(read("<a><item/>&nbsp;</a>"), Ended(1, "forbidden_xml"));
    EXPECT_EQ(read("<!DOCTYPE a><a><item/></a>"), Ended(0, "forbidden_xml"));
    EXPECT_EQ(read("<a><item/>"), Ended(1, "broken_xml"));
}

TEST_F(XmlRecordsTest, TheRootTellsWhatItIs) {
    EXPECT_EQ(xml_root("<?xml version='1.0'?><x:a release='3.0' xmlns:x='y'>").value().name, "a");
    EXPECT_EQ(xml_root("<a release='3.0'/>").value().attribute("release"), "3.0");
    EXPECT_EQ(xml_root("<?xml version='1.0' <").error().fault, FeedFault::broken_xml);
    EXPECT_EQ(xml_root("<\xDD").error().detail, "cut off");
    EXPECT_EQ(xml_root("<!DOCTYPE a><a/>").error().fault, FeedFault::forbidden_xml);
}

TEST_F(XmlRecordsTest, NothingMayBeTooLarge) {
    const std::string much(8UL << 20, 'x');
    EXPECT_EQ(read("<a><item>" + much + "</item></a>").second, "too_large");
    EXPECT_EQ(read("<a><item b='" + much + "'/></a>").second, "too_large");
    EXPECT_EQ(read("<a><!-- " + much + " --><item/></a>").second, "too_large");
    EXPECT_EQ(read("<!-- " + much + " --><a><item/></a>").second, "too_large");
    EXPECT_EQ(read("<a>" + much + "<item/></a>").second, "whole");  // text between is let go
    std::string many = "<a><item>";
    for (int i = 0; i < 100'000; ++i) many += "<x/>";
    EXPECT_EQ(read(many + "</item></a>").second, "too_large");
    std::string deep;
    for (int i = 0; i < 1'000; ++i) deep += "<x>";
    EXPECT_EQ(read(deep).second, "too_deep");
}

}  // namespace
}  // namespace emplettes::catalogue
