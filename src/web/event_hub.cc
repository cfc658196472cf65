#include "web/event_hub.h"

#include "base/check.h"
#include "base/text.h"

namespace emplettes::web {

void EventHub::publish(std::string_view topic, std::string_view event, std::string_view data) {
    std::shared_ptr<const Deliver> deliver;
    {
        const std::lock_guard lock(mutex_);
        deliver = deliver_;
    }
    if (!deliver) return;
    if (pending_.fetch_add(1) >= kPendingMax) {
        pending_.fetch_sub(1);
        return;
    }
    (*deliver)(std::string(topic), std::make_shared<const std::string>(frame(event, data)));
}

std::string EventHub::frame(std::string_view event, std::string_view data) {
    check(!event.empty() && event.find_first_of("\r\n") == std::string_view::npos);
    std::string text = "event: ";
    text += event;
    // A carriage return would end a line too.
    for (const auto line : split(data, '\n')) {
        text += "\ndata: ";
        for (const char c : line) {
            if (c != '\r') text += c;
        }
    }
    text += "\n\n";
    return text;
}

void EventHub::attach(Deliver deliver) {
    auto next = deliver ? std::make_shared<const Deliver>(std::move(deliver)) : nullptr;
    const std::lock_guard lock(mutex_);
    deliver_ = std::move(next);
}

}  // namespace emplettes::web
