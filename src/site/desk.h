#pragma once
#include <optional>
#include <string>

#include "site/counter.h"

namespace emplettes::site {

// Where a shop answers: the page that its mails lead to, known by a secret, or its counter.
struct Desk {
    catalogue::Shop shop;
    std::string url;
    std::string forms;    // begins the addresses of its forms
    std::string purpose;  // of these (web/csrf.h)
    std::optional<AtCounter> at;
};

// The error is the answer for who may not stand there.
Result<Desk, web::Response> open_desk(Visit& visit);

}  // namespace emplettes::site
