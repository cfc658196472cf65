#include "site/ics.h"

#include <cstdio>

#include "base/text.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kLineOctetsMax = 75;  // RFC 5545 §3.1

std::string utc_stamp(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(at - day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

// RFC 5545 §3.3.11
std::string escape(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\n') {
            escaped += "\\n";
            continue;
        }
        if (c == '\\' || c == ';' || c == ',') escaped += '\\';
        if (c != '\r') escaped += c;
    }
    return escaped;
}

// Cuts between characters, never inside one: a continuation line begins with a space.
void add_line(std::string& file, const std::string& line) {
    std::string_view rest = line;
    bool is_first = true;
    while (!rest.empty()) {
        std::size_t room = kLineOctetsMax - (is_first ? 0 : 1);
        if (rest.size() > room)
            while ((static_cast<unsigned char>(rest[room]) & 0xC0) == 0x80) --room;
        const std::string_view part = rest.substr(0, room);
        file += (is_first ? "" : " ") + std::string(part) + "\r\n";
        rest.remove_prefix(part.size());
        is_first = false;
    }
}

}  // namespace

std::string to_ics(const CalendarEntry& entry) {
    std::string file;
    for (const std::string& line : {
             std::string("BEGIN:VCALENDAR"),
             std::string("VERSION:2.0"),
             std::string("PRODID:-//Emplettes//Emplettes//FR"),
             std::string("BEGIN:VEVENT"),
             "UID:" + escape(entry.uid),
             "DTSTAMP:" + utc_stamp(entry.made_at),
             "DTSTART:" + utc_stamp(entry.begins_at),
             "DTEND:" + utc_stamp(entry.ends_at),
             "SUMMARY:" + escape(entry.summary),
             "LOCATION:" + escape(entry.location),
             "DESCRIPTION:" + escape(entry.description),
             "URL:" + entry.url,
             std::string("END:VEVENT"),
             std::string("END:VCALENDAR"),
         })
        add_line(file, line);
    return file;
}

}  // namespace emplettes::site
