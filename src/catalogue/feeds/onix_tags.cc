#include "catalogue/feeds/onix_tags.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

using ShortTag = std::pair<std::string_view, std::string_view>;
constexpr std::array<ShortTag, 44> kShortTags{{{"a001", "recordreference"},
                                               {"a002", "notificationtype"},
                                               {"b012", "productform"},
                                               {"b029", "subtitle"},
                                               {"b030", "titleprefix"},
                                               {"b031", "titlewithoutprefix"},
                                               {"b034", "sequencenumber"},
                                               {"b035", "contributorrole"},
                                               {"b036", "personname"},
                                               {"b037", "personnameinverted"},
                                               {"b039", "namesbeforekey"},
                                               {"b040", "keynames"},
                                               {"b047", "corporatename"},
                                               {"b067", "subjectschemeidentifier"},
                                               {"b069", "subjectcode"},
                                               {"b081", "publishername"},
                                               {"b202", "titletype"},
                                               {"b203", "titletext"},
                                               {"b221", "productidtype"},
                                               {"b244", "idvalue"},
                                               {"b247", "prefixtokey"},
                                               {"b252", "languagecode"},
                                               {"b253", "languagerole"},
                                               {"b291", "publishingrole"},
                                               {"b306", "date"},
                                               {"d104", "text"},
                                               {"j151", "priceamount"},
                                               {"j152", "currencycode"},
                                               {"j192", "unpriceditemtype"},
                                               {"j261", "pricequalifier"},
                                               {"j350", "onhand"},
                                               {"j396", "productavailability"},
                                               {"m184", "defaultlanguageoftext"},
                                               {"m186", "defaultcurrencycode"},
                                               {"x310", "defaultpricetype"},
                                               {"x409", "titleelementlevel"},
                                               {"x426", "texttype"},
                                               {"x435", "resourcelink"},
                                               {"x436", "resourcecontenttype"},
                                               {"x437", "resourcemode"},
                                               {"x449", "countriesincluded"},
                                               {"x450", "regionsincluded"},
                                               {"x462", "pricetype"},
                                               {"x476", "pricedaterole"}}};

}  // namespace

void use_reference_names(XmlNode& node) {
    const auto* const found =
        std::find_if(kShortTags.begin(), kShortTags.end(),
                     [&](const ShortTag& tag) { return tag.first == node.name; });
    node.name = found == kShortTags.end() ? to_lower_ascii(node.name) : std::string(found->second);
    for (XmlNode& child : node.children) use_reference_names(child);
}

}  // namespace emplettes::catalogue
