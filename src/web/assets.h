#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded_file.h"
#include "web/http.h"
#include "web/router.h"

namespace emplettes::web {

// Static files, built into the program. Below "assets/" every name holds a hash of its content, so
// browsers keep them for ever; `name.br` and `name.gz` are the same file compressed at build time;
// "manifest.json" maps logical names to hashed ones. Immutable, shared by all threads.
class Assets {
  public:
    // Throws std::runtime_error when the manifest cannot be read or names a file that is not there.
    // The files outlive it.
    explicit Assets(std::span<const EmbeddedFile> files);

    // "app.css" -> "/assets/app-CR1OObtY.css". An unknown name is a bug (check) in url().
    std::string url(std::string_view logical_name) const;
    std::optional<std::string> find_url(std::string_view logical_name) const;

    Response serve(const Request& request) const;
    Route route() const;  // GET /assets/{path*}; refers to this

  private:
    struct File {
        std::string_view plain, br, gzip;  // empty when there is no such variant
        std::string_view content_type;
    };
    std::map<std::string, File, std::less<>> files_;        // by path below assets/
    std::map<std::string, std::string, std::less<>> urls_;  // by logical name
};

}  // namespace emplettes::web
