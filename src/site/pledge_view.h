#pragma once
#include <string>
#include <string_view>

#include "campaign/count_board.h"
#include "site/visit.h"

namespace emplettes::site {

// How a pledge and its count are shown, on pages and to those who watch.

// Of the event stream of one pledge's count.
std::string pledge_topic(TerritoryId territory, std::string_view slug);
inline constexpr std::string_view kPledgeEvent = "count";
std::string pledge_event_data(const campaign::Count& count);

// "33 764"
std::string number_text(const Say& say, std::int64_t number);

// Null: there is none to be seen.
campaign::CountBoard::Shown find_shown(const Visit& visit, std::string_view slug);

std::string pledge_url(const Visit& visit, std::string_view slug);

// The count, its arithmetic and how far the goal is.
void set_count(web::View& view, const Visit& visit, const campaign::PledgeShown& shown);
// Title, text, who calls, when, milestones, who has signed.
void set_pledge(web::View& view, const Visit& visit, const campaign::PledgeShown& shown);

// The day that ends at this moment: a pledge that closes at midnight may be signed on the day
// before.
std::string last_day_text(const Visit& visit, Instant end);

// Of a text with empty lines between them.
std::vector<web::View> paragraphs(std::string_view text);

Page pledge_page_named(const Visit& visit, std::string_view name, const std::string& title);

}  // namespace emplettes::site
