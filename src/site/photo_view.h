#pragma once
#include <span>
#include <string>

#include "catalogue/picture.h"
#include "site/visit.h"

namespace emplettes::site {

// has_photo; photo: none or one, of the first picture: avif, webp (each a srcset), src, width,
// height, alt. `alt` stands in for a caption that is not there; empty: it only decorates.
void set_photo(web::View& view, std::span<const catalogue::Picture> pictures,
               const std::string& alt = {});

// The paths of its largest and of its smallest file: "/pictures/3f…-1280.webp".
std::string largest_picture_path(const catalogue::Picture& picture);
std::string smallest_picture_path(const catalogue::Picture& picture);

}  // namespace emplettes::site
