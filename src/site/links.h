#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "site/where.h"

namespace emplettes::site {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// Writes the addresses of pages: language first, then the page, then where the neighbour stands,
// which every link keeps.
class Links {
  public:
    Links(std::string language, const Where& where);

    // "/fr/search?q=th%C3%A9&near=rue+Cadet"; parameters with an empty value are left out.
    std::string page(std::string_view path, const Parameters& parameters = {}) const;
    // Without where: for private pages and forms.
    std::string bare(std::string_view path) const;
    std::string in_language(const std::string& language, std::string_view path,
                            const Parameters& parameters) const;

    std::string product(ProductId id) const;
    std::string shop(std::string_view slug, const Parameters& parameters = {}) const;
    std::string reserve(OfferId id) const;
    std::string slip(std::string_view code) const;

    const Parameters& where() const { return where_; }

  private:
    std::string language_;
    Parameters where_;
};

std::string query_string(const Parameters& parameters);  // "a=1&b=2", percent-encoded
std::string degrees(double value);                       // "48.87920": to about a metre

}  // namespace emplettes::site
