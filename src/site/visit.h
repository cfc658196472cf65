#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/session.h"
#include "catalogue/live_catalogue.h"
#include "site/context.h"
#include "site/links.h"
#include "site/say.h"
#include "site/ways_here.h"
#include "site/where.h"
#include "web/http.h"

namespace emplettes::site {

// One request as a page sees it: whose territory, at what moment, in which language, and where
// the neighbour stands. Lives as long as the request.
struct Visit {
    const Context& context;
    const web::Request& request;
    catalogue::LiveCatalogue& live;
    catalogue::LiveCatalogue::View view;
    Where where;
    WaysHere ways;
    std::optional<TravelLimit> limit;  // none, too, when it cannot be read
    Links links;
    Say say;

    Visit(const Context& context, const web::Request& request, catalogue::LiveCatalogue& live,
          const Language& language);

    const catalogue::Territory& territory() const { return live.territory(); }
    const catalogue::Snapshot& snapshot() const { return *view.snapshot; }
    const Language& language() const { return say.language(); }
    std::string territory_name() const { return territory().name(language().code()); }

    struct Found {
        search::Answer answer;
        const catalogue::Merchandising::OfQuestion* choices;  // of just these words, or null
    };
    // With what the operator pins and hides. No page searches in another way: what is recalled is
    // to be seen nowhere.
    Found search(search::Query query) const;

    // "près de 45 rue Condorcet", "près de moi", "près du centre de Paris 9e".
    std::string near_text() const;
    // The request's path without its language, for the switch of languages.
    std::string_view path_without_language() const;

    // Who is signed in; null: nobody. The database is asked at the first call, so a page that does
    // not ask pays nothing, and nobody has a cookie before signing in.
    const accounts::SignedIn* signed_in();
    // What an answer must say once signed_in() was asked: it is this reader's alone, and the cookie
    // lasts as long as the session, which was prolonged.
    void finish(web::Response& response) const;

    std::optional<std::optional<accounts::SignedIn>> who;  // none: not asked yet
    bool is_prolonged = false;
};

using PageHandler = web::Response (*)(Visit&);

struct Page {
    std::string_view name;  // of its template
    std::string title;
    std::string description;
    std::string json_ld;
    bool is_private = false;  // noindex, never cached
    bool has_search = true;
    int status = 200;
};

// Fills in what every page shows (head, header, footer) and renders it.
web::Response show(Visit& visit, const Page& page, web::View& view);

// The fields of the search form, in the header or on the home page. `kept` go along unseen, as
// does a position that the reader gave (see Where).
web::View search_form(const Visit& visit, std::string_view query, const Parameters& kept);

// One thing to try where there is nothing to show: an item of `ways`.
struct Way {
    std::string_view icon;
    std::string text;
    std::string note;
    std::string url;
};
web::View way_view(const Way& way);

}  // namespace emplettes::site
