#include "web/shield/answer_cache.h"

#include "web/compress.h"
#include "web/shield/history.h"

namespace emplettes::web {
namespace {

bool is_only_history(std::string_view cookies) {
    return cookies.starts_with(History::kCookie) && cookies.find(';') == std::string_view::npos &&
           cookies.substr(History::kCookie.size()).starts_with('=');
}

}  // namespace

bool AnswerCache::is_for_all(const Request& request) {
    const auto cookies = request.header("cookie");
    return request.method == Method::get && request.query.empty() &&
           request.target.find('?') == std::string::npos &&
           (cookies.empty() || is_only_history(cookies)) && request.header("authorization").empty();
}

std::uint64_t AnswerCache::key_of(const Request& request) const {
    std::string all = request.host;
    all += '\n';
    all += coding_name(negotiate(request.header("accept-encoding"), {}));
    all += '\n';
    all += request.path;  // in one spelling
    return hash_.of(all);
}

AnswerCache::Kept* AnswerCache::find(const Request& request, const Moment& moment) {
    if (!is_for_all(request)) return nullptr;
    const auto found = found_.find(key_of(request));
    if (found == found_.end()) return nullptr;
    Kept& kept = kept_[found->second];
    const bool leapt = moment.at < kept.made.at || moment.at > kept.made.at + kOldest;
    return leapt || moment.now > kept.made.now + kOldest ? nullptr : &kept;
}

const Response* AnswerCache::find(const Request& request, std::chrono::milliseconds shared_for,
                                  const Moment& moment) {
    Kept* kept = find(request, moment);
    if (!kept) return nullptr;
    const bool is_fresh =
        moment.now <= kept->made.now + shared_for && moment.at <= kept->made.at + shared_for;
    if (is_fresh || moment.now < kept->remade_until) return &kept->response;
    kept->remade_until = moment.now + kRemaking;
    return nullptr;
}

const Response* AnswerCache::find_old(const Request& request, const Moment& moment) {
    const Kept* kept = find(request, moment);
    return kept ? &kept->response : nullptr;
}

void AnswerCache::keep(const Request& request, const Response& response, const Moment& moment) {
    const bool is_whole = response.status == 200 && !response.file && !response.body.empty() &&
                          response.body.size() <= kBytesMax && response.event_topic.empty();
    const bool is_private =
        !response.header("Set-Cookie").empty() ||
        response.header("Cache-Control").find("no-store") != std::string_view::npos;
    if (!is_whole || is_private || !is_for_all(request)) return;
    const std::uint64_t key = key_of(request);
    const auto found = found_.find(key);
    std::size_t at = found == found_.end() ? kept_.size() : found->second;
    if (at == kAnswersMax) {
        at = next_++ % kAnswersMax;
        found_.erase(kept_[at].key);
    }
    if (at == kept_.size()) kept_.emplace_back();
    kept_[at] = {.key = key, .response = response, .made = moment};
    found_[key] = at;
}

}  // namespace emplettes::web
