#pragma once
#include <string>
#include <vector>

#include "geo/tiles/still_frame.h"
#include "geo/tiles/street_look.h"

namespace emplettes::geo {

// Writes names onto a picture so that none lies upon another. What is added first has the place.
class StillLabels {
  public:
    // Ids of paths begin with `prefix`, so that two pictures may stand on one page.
    StillLabels(const PlaneBox& box, std::string prefix);

    void keep_free(const PlaneBox& box);  // of a marker

    struct Name {
        std::string_view style;  // a class of the style sheet
        std::string_view text;
        double size_px = 11;
        bool is_wide = false;  // capitals
    };
    // Around a point. False when it has no room.
    bool write_at(PlanePoint at, const Name& name);
    // Along a line, where it is straight enough for as long as the name is.
    bool write_along(const PlaneLine& line, const Name& name);

    const std::string& svg() const { return svg_; }

  private:
    bool is_free(const std::vector<PlaneBox>& boxes) const;

    PlaneBox box_;
    std::string prefix_;
    std::vector<PlaneBox> taken_;
    std::string svg_;
    int paths_ = 0;
};

}  // namespace emplettes::geo
