#include "notices/gathering.h"

#include <algorithm>

namespace emplettes::notices {
namespace {

bool may_gather(const Notice& notice) {
    return notice.pace == Pace::may_gather && notice.bundle == NoticeId{} && notice.attempts == 0 &&
           way_of(notice) == Way::mail;
}

// The texts of one mail are of one language.
using Reader = std::pair<std::string, std::string>;

void plan_for(std::vector<Notice> notices, const RecentlySent& recent, const GatherRules& rules,
              Instant now, GatherPlan& plan) {
    const auto count = std::ssize(notices);
    if (recent.notices + count <= rules.mails_max) {
        for (Notice& notice : notices) plan.mails.push_back({std::move(notice)});
        return;
    }
    if (recent.notices > 0) {
        for (Notice& notice : notices)
            plan.held.push_back({std::move(notice), std::min(recent.last, now) + rules.window});
        return;
    }
    for (std::size_t begin = 0; begin < notices.size(); begin += kGatheredMax) {
        const std::size_t end = std::min(begin + kGatheredMax, notices.size());
        plan.mails.emplace_back(std::make_move_iterator(notices.begin() + std::ptrdiff_t(begin)),
                                std::make_move_iterator(notices.begin() + std::ptrdiff_t(end)));
    }
}

}  // namespace

GatherPlan gather(std::vector<Notice> due, const RecentlySentTo& recently, const GatherRules& rules,
                  Instant now) {
    GatherPlan plan;
    std::map<NoticeId, std::vector<Notice>> bundles;
    std::map<Reader, std::vector<Notice>> by_reader;
    for (Notice& notice : due) {
        if (notice.bundle != NoticeId{})
            bundles[notice.bundle].push_back(std::move(notice));
        else if (may_gather(notice))
            by_reader[{notice.recipient, notice.language}].push_back(std::move(notice));
        else
            plan.mails.push_back({std::move(notice)});
    }
    for (auto& [lead, notices] : bundles) plan.mails.push_back(std::move(notices));
    for (auto& [reader, notices] : by_reader) {
        const auto recent = recently.find(reader.first);
        plan_for(std::move(notices), recent == recently.end() ? RecentlySent{} : recent->second,
                 rules, now, plan);
    }
    return plan;
}

}  // namespace emplettes::notices
