#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "catalogue/territory.h"
#include "emplettes/data_folder.h"
#include "geo/point.h"

namespace emplettes {

// What somebody says about a territory that is to be made around a map.
struct NewTerritory {
    std::string name;
    std::vector<std::string> hosts;      // none: localhost and 127.0.0.1, when they are free
    std::vector<std::string> languages;  // none: all that are built in
    std::string time_zone = "Etc/UTC";
    std::string holidays = "none";
    std::string currency = "EUR";
    std::string operator_email;  // none: mails are from noreply@ the first host
};

// The settings of a territory that does not exist yet: checked, and written aside where nothing
// reads them. Without keep() no file of it stays.
class TerritoryDraft {
  public:
    // Throws std::runtime_error with a sentence for people: a name that gives no slug, a file, slug
    // or host that is taken, an unknown language, zone or region of holidays, bounds that are none.
    TerritoryDraft(const DataFolder& folder, const NewTerritory& wanted, const geo::Bounds& bounds,
                   Instant now);
    ~TerritoryDraft();
    TerritoryDraft(const TerritoryDraft&) = delete;
    TerritoryDraft& operator=(const TerritoryDraft&) = delete;

    const catalogue::Territory& territory() const { return territory_; }  // without its id
    // Makes it one of the folder's territories, whole or not at all.
    void keep();

  private:
    std::filesystem::path file_;
    std::filesystem::path draft_;
    catalogue::Territory territory_;
};

}  // namespace emplettes
