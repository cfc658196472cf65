#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/feeds/feed_bytes.h"
#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {

// An element and what is in it. Names are without their prefix; whether the prefix was Google's
// namespace is told.
struct XmlNode {
    std::string name;
    std::string text;  // of itself; XHTML within it with its tags
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<XmlNode> children;
    std::int64_t line = 0;
    bool is_google = false;

    const XmlNode* find(std::string_view child) const;  // the first of that name
    std::string_view text_of(std::string_view child) const;
    std::string_view attribute(std::string_view attribute) const;
};

// Reads the records of an XML file one by one, in constant memory. A document type or an entity
// of its own is refused as soon as it is seen (no external files, no bombs); so are elements in
// more than kDepthMax others, and records of more than kRecordBytesMax. For one thread.
class XmlRecords {
  public:
    static constexpr std::size_t kDepthMax = 40;
    static constexpr std::size_t kRecordBytesMax = 4UL << 20;

    // Elements with one of these names (lower case does not count) are records.
    XmlRecords(std::unique_ptr<FeedBytes> bytes, std::set<std::string, std::less<>> names);
    ~XmlRecords();
    XmlRecords(const XmlRecords&) = delete;
    XmlRecords& operator=(const XmlRecords&) = delete;

    std::optional<XmlNode> next();
    const std::optional<FeedError>& failure() const;
    std::int64_t bytes_of_file() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// The outermost element with its attributes.
Result<XmlNode, FeedError> xml_root(std::string_view beginning);

}  // namespace emplettes::catalogue
