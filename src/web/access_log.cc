#include "web/access_log.h"

#include <spdlog/logger.h>

#include "base/json.h"

namespace emplettes::web {
namespace {

constexpr std::size_t kShownPathMax = 40;

void append_json(fmt::memory_buffer& line, std::string_view text) {
    const std::string quoted =
        Json(text).dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace);
    line.append(quoted);
}

std::string_view first_segment(std::string_view path) {
    return path.substr(0, std::min(path.find('/', 1), kShownPathMax));
}

// 2026-11-22T09:30:00.123Z
void append_time(fmt::memory_buffer& line, std::chrono::sys_time<std::chrono::milliseconds> at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    fmt::format_to(std::back_inserter(line), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()), time.hours().count(), time.minutes().count(),
                   time.seconds().count(), time.subseconds().count());
}

}  // namespace

void AccessLog::answered(const Entry& entry) {
    if (!logger_ || !logger_->should_log(spdlog::level::info)) return;
    fmt::memory_buffer line;
    line.append(std::string_view(R"({"ts":")"));
    append_time(line, entry.at);
    fmt::format_to(std::back_inserter(line), R"(","id":"{}","method":"{}","path":)",
                   entry.request.id, method_name(entry.request.method));
    append_json(line, entry.route.empty() ? first_segment(entry.request.path) : entry.route);
    fmt::format_to(std::back_inserter(line), R"(,"status":{},"us":{},"bytes":{}}})", entry.status,
                   entry.took.count() / 1000, entry.bytes);
    logger_->log(spdlog::level::info, std::string_view(line.data(), line.size()));
}

void AccessLog::failed(const Request& request, std::string_view route, std::string_view what) {
    if (!logger_ || !logger_->should_log(spdlog::level::err)) return;
    fmt::memory_buffer line;
    fmt::format_to(std::back_inserter(line), R"({{"failed":"{}","method":"{}","path":)", request.id,
                   method_name(request.method));
    append_json(line, route);
    line.append(std::string_view(R"(,"what":)"));
    append_json(line, what);
    line.push_back('}');
    logger_->log(spdlog::level::err, std::string_view(line.data(), line.size()));
}

}  // namespace emplettes::web
