#pragma once
#include "catalogue/feeds/xml_records.h"

namespace emplettes::catalogue {

// Short tags of ONIX 3.0 (b203) become the reference names they stand for; all names in lower case
// ("titletext"), which is what groups are called in short form anyway. Source: EDItEUR, ONIX for
// Books 3.0.8 specification; only the elements that onix_product.cc asks for.
void use_reference_names(XmlNode& node);

}  // namespace emplettes::catalogue
