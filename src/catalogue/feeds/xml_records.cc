#include "catalogue/feeds/xml_records.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <deque>
#include <new>

#include "base/check.h"
#include "base/text.h"
#include "catalogue/feeds/feed_text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kXmlChunkBytes = 32UL << 10;
constexpr std::int64_t kTokenBytesMax = 1LL << 20;
constexpr std::string_view kGoogleNamespace = "http://base.google.com/ns/1.0";
constexpr char kNamespaceEnd = '|';

// XHTML in a text: its tags are no elements of the record.
constexpr std::array<std::string_view, 20> kMarkup{"p",  "br", "b",   "i",    "em",  "strong", "ul",
                                                   "ol", "li", "div", "span", "sup", "sub",    "h1",
                                                   "h2", "h3", "h4",  "dl",   "dt",  "dd"};
template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

struct XmlName {
    std::string_view local;
    bool is_google = false;
};

XmlName cut_name(std::string_view name) {
    const auto end = name.rfind(kNamespaceEnd);
    if (end == std::string_view::npos) {
        // A prefix that nobody declared ("g:" in hand-made files is refused by expat).
        return {name, false};
    }
    return {name.substr(end + 1), name.substr(0, end) == kGoogleNamespace};
}

// Windows-1252, for expat, which knows UTF-8, UTF-16, ISO-8859-1 and ASCII itself.
int know_encoding(void* /*data*/, const XML_Char* name, XML_Encoding* info) {
    if (!equals_ignoring_case(name, "windows-1252") && !equals_ignoring_case(name, "cp1252") &&
        !equals_ignoring_case(name, "iso-8859-15"))
        return XML_STATUS_ERROR;
    for (int byte = 0; byte < 256; ++byte) info->map[byte] = byte;
    constexpr std::array<int, 32> kUpper{
        0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, -1,     0x017D, -1,     -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178};
    for (std::size_t i = 0; i < kUpper.size(); ++i) info->map[0x80 + i] = kUpper[i];
    info->data = nullptr;
    info->convert = nullptr;
    info->release = nullptr;
    return XML_STATUS_OK;
}

FeedError error_of(XML_Parser parser) {
    const XML_Error code = XML_GetErrorCode(parser);
    const bool is_entity = code == XML_ERROR_UNDEFINED_ENTITY ||
                           code == XML_ERROR_RECURSIVE_ENTITY_REF ||
                           code == XML_ERROR_BINARY_ENTITY_REF;
    const XML_LChar* told = XML_ErrorString(code);  // null where nothing is wrong but the end
    return {.fault = is_entity ? FeedFault::forbidden_xml : FeedFault::broken_xml,
            .line = static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser)),
            .detail = told ? told : "cut off"};
}

}  // namespace

const XmlNode* XmlNode::find(std::string_view child) const {
    const auto found = std::find_if(children.begin(), children.end(),
                                    [&](const XmlNode& node) { return node.name == child; });
    return found == children.end() ? nullptr : &*found;
}

std::string_view XmlNode::text_of(std::string_view child) const {
    const XmlNode* node = find(child);
    return node ? std::string_view(node->text) : std::string_view();
}

std::string_view XmlNode::attribute(std::string_view attribute) const {
    for (const auto& [key, value] : attributes)
        if (key == attribute) return value;
    return {};
}

struct XmlRecords::State {
    State(std::unique_ptr<FeedBytes> from, std::set<std::string, std::less<>> of)
        : bytes(std::move(from)),
          names(std::move(of)),
          parser(XML_ParserCreateNS(nullptr, kNamespaceEnd)) {
        if (!parser) throw std::bad_alloc();
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, begin_element, end_element);
        XML_SetCharacterDataHandler(parser, take_text);
        XML_SetStartDoctypeDeclHandler(parser, refuse_document_type);
        XML_SetUnknownEncodingHandler(parser, know_encoding, nullptr);
    }
    ~State() { XML_ParserFree(parser); }

    static State& self_of(void* data) { return *static_cast<State*>(data); }

    void fail(FeedFault fault, std::string detail) {
        if (!failure)
            failure = {.fault = fault,
                       .line = static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser)),
                       .detail = std::move(detail)};
        XML_StopParser(parser, XML_FALSE);
    }

    static void refuse_document_type(void* data, const XML_Char*, const XML_Char*, const XML_Char*,
                                     int) {
        self_of(data).fail(FeedFault::forbidden_xml, "a document type (DTD) is not read");
    }

    static void begin_element(void* data, const XML_Char* name, const XML_Char** attributes) {
        State& self = self_of(data);
        if (++self.depth > kDepthMax) return self.fail(FeedFault::too_deep, "too deep");
        const XmlName cut = cut_name(name);
        if (self.open.empty() && self.names.count(to_lower_ascii(cut.local)) == 0) return;
        if (self.markup > 0 || (!self.open.empty() && is_one_of(kMarkup, cut.local))) {
            ++self.markup;
            return self.add_tag("<", cut.local);
        }
        XmlNode node{.name = std::string(cut.local),
                     .line = static_cast<std::int64_t>(XML_GetCurrentLineNumber(self.parser)),
                     .is_google = cut.is_google};
        self.record_bytes += sizeof(XmlNode) + node.name.size();
        for (std::size_t i = 0; attributes[i]; i += 2) {
            node.attributes.emplace_back(cut_name(attributes[i]).local, attributes[i + 1]);
            self.record_bytes += node.attributes.back().second.size() + 64;
        }
        self.open.push_back(std::move(node));
        self.limit_record();
    }

    static void end_element(void* data, const XML_Char* name) {
        State& self = self_of(data);
        --self.depth;
        if (self.open.empty()) return;
        if (self.markup > 0) {
            --self.markup;
            return self.add_tag("</", cut_name(name).local);
        }
        XmlNode node = std::move(self.open.back());
        self.open.pop_back();
        node.text = trim(node.text);
        if (!self.open.empty()) {
            self.open.back().children.push_back(std::move(node));
            return;
        }
        self.record_bytes = 0;
        self.finished.push_back(std::move(node));
    }

    static void take_text(void* data, const XML_Char* text, int length) {
        State& self = self_of(data);
        if (self.open.empty()) return;
        self.open.back().text.append(text, static_cast<std::size_t>(length));
        self.record_bytes += static_cast<std::size_t>(length);
        self.limit_record();
    }

    // XHTML stays what it is; plain_text() reads it, escaped or not.
    void add_tag(std::string_view begin, std::string_view name) {
        open.back().text.append(begin).append(name).append(">");
        record_bytes += name.size() + 3;
        limit_record();
    }

    void limit_record() {
        if (record_bytes > kRecordBytesMax) fail(FeedFault::too_large, "a record is too large");
    }

    void parse_on() {
        char* buffer = static_cast<char*>(XML_GetBuffer(parser, kXmlChunkBytes));
        if (!buffer) throw std::bad_alloc();
        const std::size_t count = bytes->read(buffer, kXmlChunkBytes);
        is_finished = count == 0;
        const auto told = XML_ParseBuffer(parser, static_cast<int>(count), is_finished);
        bytes_given += static_cast<std::int64_t>(count);
        if (bytes->failure()) failure = bytes->failure();
        if (told != XML_STATUS_OK && !failure) failure = error_of(parser);
        // expat keeps a tag or a comment whole until it has seen its end.
        const std::int64_t seen = std::max<std::int64_t>(XML_GetCurrentByteIndex(parser), 0);
        if (!failure && !is_finished && bytes_given - seen > kTokenBytesMax)
            fail(FeedFault::too_large, "a tag or a comment is too large");
    }

    std::unique_ptr<FeedBytes> bytes;
    std::set<std::string, std::less<>> names;
    XML_Parser parser;
    std::vector<XmlNode> open;  // from the record down to where we are
    std::deque<XmlNode> finished;
    std::size_t depth = 0;
    std::size_t markup = 0;  // open elements of XHTML
    std::size_t record_bytes = 0;
    std::int64_t bytes_given = 0;
    bool is_finished = false;
    std::optional<FeedError> failure;
};

XmlRecords::XmlRecords(std::unique_ptr<FeedBytes> bytes, std::set<std::string, std::less<>> names)
    : state_(std::make_unique<State>(std::move(bytes), std::move(names))) {}

XmlRecords::~XmlRecords() = default;

std::optional<XmlNode> XmlRecords::next() {
    while (state_->finished.empty() && !state_->is_finished && !state_->failure) state_->parse_on();
    if (state_->finished.empty()) return std::nullopt;
    XmlNode node = std::move(state_->finished.front());
    state_->finished.pop_front();
    return node;
}

const std::optional<FeedError>& XmlRecords::failure() const {
    static const std::optional<FeedError> kNone;
    return state_->finished.empty() ? state_->failure : kNone;
}

std::int64_t XmlRecords::bytes_of_file() const { return state_->bytes->bytes_of_file(); }

namespace {

// Looks at the first element only.
struct RootFinder {
    XML_Parser parser;
    std::optional<XmlNode> root;
    bool is_forbidden = false;

    static void begin_element(void* data, const XML_Char* name, const XML_Char** attributes) {
        auto& self = *static_cast<RootFinder*>(data);
        self.root = XmlNode{.name = std::string(cut_name(name).local)};
        for (std::size_t i = 0; attributes[i]; i += 2)
            self.root->attributes.emplace_back(cut_name(attributes[i]).local, attributes[i + 1]);
        XML_StopParser(self.parser, XML_FALSE);
    }
    static void refuse_document_type(void* data, const XML_Char*, const XML_Char*, const XML_Char*,
                                     int) {
        auto& self = *static_cast<RootFinder*>(data);
        self.is_forbidden = true;
        XML_StopParser(self.parser, XML_FALSE);
    }
};

}  // namespace

Result<XmlNode, FeedError> xml_root(std::string_view beginning) {
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS(nullptr, kNamespaceEnd), XML_ParserFree);
    if (!parser) throw std::bad_alloc();
    RootFinder finder{.parser = parser.get()};
    XML_SetUserData(parser.get(), &finder);
    XML_SetStartElementHandler(parser.get(), RootFinder::begin_element);
    XML_SetStartDoctypeDeclHandler(parser.get(), RootFinder::refuse_document_type);
    XML_SetUnknownEncodingHandler(parser.get(), know_encoding, nullptr);
    XML_Parse(parser.get(), beginning.data(), static_cast<int>(beginning.size()), XML_FALSE);
    if (finder.root) return std::move(*finder.root);
    if (finder.is_forbidden)
        return FeedError{.fault = FeedFault::forbidden_xml,
                         .line = static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser.get())),
                         .detail = "a document type (DTD) is not read"};
    return error_of(parser.get());
}

}  // namespace emplettes::catalogue
