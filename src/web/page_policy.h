#pragma once
#include <string>
#include <string_view>

namespace emplettes::web {

// What one page may do that no other page may: the server's policies are widened by these and by
// nothing else. A page that asks for nothing has the policies of the settings, word for word.
struct PageNeeds {
    bool camera = false;         // of the device, by this site's own script
    bool workers = false;        // background scripts of this site
    bool web_assembly = false;   // compiles WebAssembly; never eval()
    bool any_frame = false;      // may be shown inside a page of any other site
    bool blob_pictures = false;  // shows pictures that its script has made or was given

    bool operator==(const PageNeeds&) const = default;
};

std::string widen_content_policy(std::string_view policy, const PageNeeds& needs);
std::string widen_permissions(std::string_view policy, const PageNeeds& needs);

}  // namespace emplettes::web
