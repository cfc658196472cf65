#include "catalogue/fresh_wanted.h"

#include "catalogue/questions.h"
#include "store/fault.h"

namespace emplettes::catalogue {
namespace {

void erase(Wanted& wanted, const std::string& mark) {
    const auto has_mark = [&](const LookedFor& question) {
        return words_mark(question.text) == mark;
    };
    std::erase_if(wanted.missing, has_mark);
    std::erase_if(wanted.most_asked, has_mark);
}

// Calls a function at the end of its scope, whatever happens there.
class AtEnd {
  public:
    explicit AtEnd(std::function<void()> act) : act_(std::move(act)) {}
    ~AtEnd() { act_(); }
    AtEnd(const AtEnd&) = delete;
    AtEnd& operator=(const AtEnd&) = delete;

  private:
    std::function<void()> act_;
};

}  // namespace

void FreshWanted::end_making() {
    const std::lock_guard lock(mutex_);
    is_making_ = false;
    made_.notify_all();
}

std::shared_ptr<const Wanted> FreshWanted::get(Instant now, const std::function<Wanted()>& make) {
    {
        std::unique_lock lock(mutex_);
        made_.wait(lock, [&] { return last_ || !is_making_; });
        if (last_ && (is_making_ || now - last_->at < kWantedFresh)) return last_;
        is_making_ = true;
        forgotten_.clear();
    }
    const AtEnd end([&] { end_making(); });
    try {
        Wanted made = make();
        const std::lock_guard lock(mutex_);
        for (const std::string& mark : forgotten_) erase(made, mark);
        last_ = std::make_shared<const Wanted>(std::move(made));
        return last_;
    } catch (const store::Unavailable&) {
        const std::lock_guard lock(mutex_);
        if (!last_) throw;
        return last_;
    }
}

void FreshWanted::forget(const std::string& mark) {
    const std::lock_guard lock(mutex_);
    if (is_making_) forgotten_.push_back(mark);
    if (!last_) return;
    Wanted less = *last_;
    erase(less, mark);
    last_ = std::make_shared<const Wanted>(std::move(less));
}

}  // namespace emplettes::catalogue
