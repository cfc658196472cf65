#pragma once
#include "site/context.h"
#include "web/http.h"

namespace emplettes::site {

// The language to answer a program or a first visit in: what ?lang= says, else the first that the
// reader's browser names and the territory has, else the territory's own.
const Language& reader_language(const Context& context, const web::Request& request,
                                const catalogue::Territory& territory);

}  // namespace emplettes::site
