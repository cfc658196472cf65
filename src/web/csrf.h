#pragma once
#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "web/form.h"
#include "web/http.h"
#include "web/upload.h"

namespace emplettes::web {

// Protection against forms that another site sends in a reader's name. Nothing is stored: a token
// carries its expiry and a MAC over it, a nonce and its purpose. Thread-safe.
//
// A token proves that the sender saw a page of ours made for that purpose within its lifetime.
// Anybody can fetch a public page, so put into the purpose what only its reader knows (the code of
// a slip, the session): "cancel/7K3QX9". What keeps other sites out of public forms is the check
// of Sec-Fetch-Site and Origin.
class Csrf {
  public:
    using Key = std::array<unsigned char, 32>;  // secret, the same on all nodes

    struct Parts {
        Key key;
        const Clock& clock;
        Random& random;
        std::chrono::seconds lifetime = std::chrono::hours{12};
    };
    explicit Csrf(Parts parts) : parts_(std::move(parts)) {}

    static constexpr std::string_view kField = "csrf";  // of the hidden field

    std::string token(std::string_view purpose) const;

    // The form of a POST request, once it is known to be ours: from this site, with a token for
    // `purpose`. The token is among the fields.
    Result<Fields, FormError> check_form(const Request& request, std::string_view purpose,
                                         const FormLimits& limits = {}) const;

    // The same for a form with files (upload.h), whose token must stand before its first file: of a
    // form that is not ours no file is kept for a moment.
    Result<Upload, FormError> check_upload(const Request& request, std::string_view purpose,
                                           const UploadLimits& limits = {}) const;

    // Of a request that a script of ours makes: its token stands in the header X-CSRF-Token, which
    // no form of another site can send.
    Result<Done, FormError> check_header(const Request& request, std::string_view purpose) const;

  private:
    std::optional<FormError> check_token(const Fields& form, std::string_view purpose) const;

    const Parts parts_;
};

// Whether the browser says that another site made this request. Without a word it is false.
bool is_cross_site(const Request& request);

}  // namespace emplettes::web
