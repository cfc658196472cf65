#pragma once
#include <functional>
#include <optional>

#include "base/json.h"
#include "base/zip_file.h"
#include "catalogue/shop_export.h"

namespace emplettes::catalogue {

// The objects of an export's array, which has one a line, in constant memory; what is wrong with
// it, called `name`, when `take` wants none of an object or what stands there is none.
std::optional<RestoreError> each_line(ZipReader& zip, const std::string& name,
                                      const std::function<bool(const Json&)>& take);

}  // namespace emplettes::catalogue
