#include "notices/delivery.h"

#include <exception>
#include <optional>

#include "notices/bundle.h"
#include "notices/eml_folder.h"
#include "notices/unreachable.h"

namespace emplettes::notices {
namespace {

// Shorter than what is begun is claimed for, by more than any mail takes.
constexpr std::chrono::minutes kBatchLastsMax{5};
static_assert(kBatchLastsMax + std::chrono::minutes{2} < kClaimedFor);

// Notices that leave as one, and what became of it.
struct Sending {
    std::vector<Notice> notices;
    std::optional<Unreachable> unreachable;
    std::optional<Outcome> outcome;  // none: not begun

    const Notice& lead() const { return notices.front(); }
    // The mail's number: the same whenever it is sent again.
    NoticeId number() const { return lead().bundle == NoticeId{} ? lead().id : lead().bundle; }
    Way way() const { return way_of(lead()); }
};

Outcome send_mail(const DeliveryParts& parts, const Sending& sending) {
    const Mail mail = sending.notices.size() == 1 ? parts.compose.mail(sending.lead())
                                                  : parts.compose.list(sending.notices);
    const NoticeId number = sending.number();
    return parts.mailer.send({.name = mail_name(number.value),
                              .recipient = mail.to.address,
                              .return_path = parts.return_paths.path_of(number, mail.from.address),
                              .content = to_message(mail, {.date = sending.lead().created_at,
                                                           .id = std::to_string(number.value)})});
}

Outcome send_text(const DeliveryParts& parts, const Sending& sending) {
    return parts.texts->send({.name = std::to_string(sending.number().value),
                              .recipient = sending.lead().recipient,
                              .return_path = {},
                              .content = parts.compose.text(sending.lead())});
}

// Every exception stops here: one notice is one job of its own.
Outcome send(const DeliveryParts& parts, const Sending& sending) {
    try {
        switch (sending.way()) {
            case Way::mail: break;
            case Way::text: return parts.texts ? send_text(parts, sending) : Outcome{};
            case Way::slip:
                if (!parts.mailer.takes_slips()) return {};
        }
        if (sending.unreachable)
            return {.kind = Outcome::Kind::refused,
                    .words = "mails to this address come back: " + sending.unreachable->last_words};
        return send_mail(parts, sending);
    } catch (const std::exception& problem) {
        return {.kind = Outcome::Kind::retry, .words = problem.what()};
    }
}

std::vector<Sending> plan_batch(const DeliveryParts& parts, TerritoryId territory,
                                Delivery& delivery) {
    const Instant now = parts.clock.now();
    GatherPlan plan = parts.database.read([&](store::Tx& tx) {
        auto due = with_whole_bundles(tx, load_waiting(tx, territory, now, kDeliveryBatchMax));
        const auto recently = load_recently_sent(tx, territory, due, now - parts.rules.window);
        return gather(std::move(due), recently, parts.rules, now);
    });
    if (plan.mails.empty() && plan.held.empty()) return {};
    plan = parts.database.write([&](store::Tx& tx) {
        GatherPlan claimed = plan;  // anew each time that this is tried
        claim_plan(tx, claimed, now);
        return claimed;
    });
    delivery.held = static_cast<int>(plan.held.size());
    std::vector<Sending> batch;
    batch.reserve(plan.mails.size());
    for (auto& mail : plan.mails)
        batch.push_back({.notices = std::move(mail), .unreachable = {}, .outcome = {}});
    if (batch.empty()) return batch;
    parts.database.read([&](store::Tx& tx) {
        for (Sending& sending : batch)
            if (sending.way() == Way::mail)
                sending.unreachable =
                    find_unreachable(tx, territory, sending.lead().recipient, now);
    });
    return batch;
}

void send_batch(const DeliveryParts& parts, std::vector<Sending>& batch) {
    const Instant now = parts.clock.now();
    std::optional<std::string> down;
    if (const auto trouble = parts.relay.state().trouble; trouble && trouble->rests_until > now)
        down = trouble->words;
    for (Sending& sending : batch) {
        if (parts.is_stopping() || parts.clock.now() - now > kBatchLastsMax) break;
        if (down && sending.way() == Way::mail) {
            sending.outcome = Outcome{.kind = Outcome::Kind::is_down, .words = *down};
            continue;
        }
        sending.outcome = send(parts, sending);
        if (sending.way() != Way::mail) continue;
        if (sending.outcome->kind == Outcome::Kind::sent) parts.relay.took_mail(now);
        if (sending.outcome->kind != Outcome::Kind::is_down) continue;
        parts.relay.went_down(sending.outcome->words, now);
        down = sending.outcome->words;
    }
    parts.mailer.end_batch();
}

void note_sent(store::Tx& tx, const DeliveryParts& parts, const Notice& notice) {
    switch (way_of(notice)) {
        case Way::mail: return mark_sent(tx, notice, parts.clock.now());
        case Way::slip: return leave_to_printer(tx, notice);
        case Way::text: break;
    }
    if (parts.texts)
        mark_sent(tx, notice, parts.clock.now());
    else
        forget_notice(tx, notice);
}

void note_outcome(store::Tx& tx, const DeliveryParts& parts, const Notice& notice,
                  const Outcome& outcome) {
    const Instant now = parts.clock.now();
    switch (outcome.kind) {
        case Outcome::Kind::sent: return note_sent(tx, parts, notice);
        case Outcome::Kind::retry: return mark_attempt_failed(tx, notice, now, outcome.words);
        case Outcome::Kind::refused: return mark_refused(tx, notice, outcome.words);
        case Outcome::Kind::is_down: return put_off(tx, notice, now + kRelayRest, outcome.words);
    }
}

void note_sending(store::Tx& tx, const DeliveryParts& parts, const Sending& sending) {
    if (!sending.outcome) {
        for (const Notice& notice : sending.notices) release_notice(tx, notice, parts.clock.now());
        return;
    }
    for (const Notice& notice : sending.notices) note_outcome(tx, parts, notice, *sending.outcome);
    if (sending.outcome->is_address_dead)
        add_bounce(tx, sending.lead().territory, sending.lead().recipient, sending.outcome->words,
                   parts.clock.now());
}

void tell(const DeliveryParts& parts, const Sending& sending, Delivery& delivery) {
    if (!sending.outcome) return;
    const bool is_told = sending.way() == Way::mail || (sending.way() == Way::text && parts.texts);
    if (sending.outcome->kind != Outcome::Kind::sent)
        delivery.problems.push_back("notice " + std::to_string(sending.lead().id.value) + " (" +
                                    sending.lead().kind + "): " + sending.outcome->words);
    else if (is_told)
        delivery.sent += static_cast<int>(sending.notices.size());
}

}  // namespace

Delivery deliver_waiting(const DeliveryParts& parts, TerritoryId territory) {
    Delivery delivery;
    std::vector<Sending> batch = plan_batch(parts, territory, delivery);
    if (batch.empty()) return delivery;
    send_batch(parts, batch);
    parts.database.write([&](store::Tx& tx) {
        for (const Sending& sending : batch) note_sending(tx, parts, sending);
    });
    for (const Sending& sending : batch) tell(parts, sending, delivery);
    return delivery;
}

}  // namespace emplettes::notices
