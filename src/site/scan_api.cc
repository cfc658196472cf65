#include "site/scan_api.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "site/problems.h"
#include "site/scanning.h"
#include "web/form.h"

namespace emplettes::site {
namespace {

using catalogue::Condition;

constexpr std::size_t kRecentShown = 30;
constexpr std::int64_t kMomentMax = 32'503'680'000;  // the year 3000
constexpr std::array<std::string_view, 11> kTouchMembers{
    "id",      "code",       "product_id",   "title",      "category",   "condition",
    "counted", "difference", "is_withdrawn", "touched_at", "price_cents"};

// Of the API, apart from those of forms: the same whatever language the page has.
std::string touches_purpose(const AtCounter& at) {
    return "touches/" + std::to_string(at.shop.id.value) + "/" + at.who.session.token_sha256;
}

std::string account_word(const AtCounter& at) { return std::to_string(at.who.account.id.value); }

std::optional<web::Response> not_from_our_page(const Visit& visit, const AtCounter& at) {
    const auto checked = visit.context.csrf.check_header(visit.request, touches_purpose(at));
    if (checked) return std::nullopt;
    return problem(visit.request, 403, "token_refused", std::string(web::explain(checked.error())),
                   "X-CSRF-Token");
}

web::Response counter_answer(const Json& json) {
    web::Response response;
    response.content_type = "application/json";
    response.body = json.dump();
    response.add_header("Cache-Control", "no-store");
    return response;
}

Json product_json(const catalogue::Product& product) {
    return {{"id", product.id.value},
            {"title", product.title},
            {"maker", product.maker},
            {"category", product.category}};
}

Json offer_json_of(const catalogue::Offer& offer) {
    return {{"id", offer.id.value},
            {"condition", catalogue::to_string(offer.condition)},
            {"price_cents", offer.price.cents},
            {"stock", offer.stock.quantity},
            {"stock_source", catalogue::to_string(offer.stock.source)},
            {"confirmed_at", to_unix(offer.stock.confirmed_at)}};
}

// What others call it, which the counter's page of proposals takes.
Json texts_json(const KnownCode& known) {
    Json texts = Json::array();
    for (const catalogue::TextProposal& proposal : known.texts)
        texts.push_back({{"title", proposal.text.title},
                         {"maker", proposal.text.maker},
                         {"source", catalogue::to_string(proposal.text.source)},
                         {"voices", proposal.voices},
                         {"is_shown", proposal.is_shown},
                         {"is_own", proposal.is_own},
                         {"is_taken", proposal.is_taken}});
    return texts;
}

Json known_json(const KnownCode& known) {
    const catalogue::Scanned& scanned = known.scanned;
    Json own = Json::array();
    for (const auto& [offer, kept, is_on_shelf] : scanned.own) {
        Json one = offer_json_of(offer);
        one["kept"] = kept;
        one["is_on_shelf"] = is_on_shelf;
        own.push_back(std::move(one));
    }
    Json json{{"code", scanned.code.text()}, {"is_own_number", !scanned.code.gtin}};
    json["product"] = scanned.product ? product_json(*scanned.product) : Json();
    json["image"] = known.image.empty() ? Json() : Json(known.image);
    json["texts"] = texts_json(known);
    json["offers"] = std::move(own);
    json["elsewhere"] = scanned.elsewhere
                            ? Json{{"shops", scanned.elsewhere->shops},
                                   {"lowest_cents", scanned.elsewhere->lowest.cents},
                                   {"typical_cents", scanned.elsewhere->typical.cents}}
                            : Json();
    json["publisher_price_cents"] = known.book ? Json(known.book->publisher_price.cents) : Json();
    return json;
}

// One touch of a batch, read member by member: `fault` is the first that cannot be read.
class TouchReader {
  public:
    TouchReader(const Json& json, std::string place) : json_(json), place_(std::move(place)) {
        if (!json.is_object()) fail("", "must be an object");
        if (fault_) return;
        for (const auto& [name, value] : json.items())
            if (std::find(kTouchMembers.begin(), kTouchMembers.end(), name) == kTouchMembers.end())
                fail(name, "is not a member of a touch");
    }

    const std::optional<FieldProblem>& fault() const { return fault_; }

    std::optional<std::int64_t> number(std::string_view name) {
        if (fault_ || !json_.contains(name)) return std::nullopt;
        const Json& value = json_.at(std::string(name));
        if (value.is_number_integer()) return value.get<std::int64_t>();
        if (value.is_string())
            if (const auto parsed = parse_int(value.get_ref<const std::string&>())) return parsed;
        fail(name, "must be a whole number");
        return std::nullopt;
    }
    std::string text(std::string_view name) {
        if (fault_ || !json_.contains(name)) return {};
        const Json& value = json_.at(std::string(name));
        if (value.is_string()) return std::string(trim(value.get_ref<const std::string&>()));
        fail(name, "must be a text");
        return {};
    }
    bool flag(std::string_view name) {
        if (fault_ || !json_.contains(name)) return false;
        const Json& value = json_.at(std::string(name));
        if (value.is_boolean()) return value.get<bool>();
        fail(name, "must be true or false");
        return false;
    }
    void fail(std::string_view name, std::string reason) {
        if (fault_) return;
        const std::string field = name.empty() ? place_ : place_ + "." + std::string(name);
        fault_ = FieldProblem{field, std::move(reason)};
    }

  private:
    const Json& json_;
    const std::string place_;
    std::optional<FieldProblem> fault_;
};

void read_what(TouchReader& reader, TouchWish& wish) {
    if (const auto product = reader.number("product_id")) {
        wish.touch.product = ProductId{*product};
        return;
    }
    const auto code = catalogue::parse_scanned_code(reader.text("code"));
    if (code)
        wish.code = *code;
    else
        reader.fail("code", "must be a code that is known to be right: " +
                                std::string(word_of(code.error())));
}

// `clock_offset` is how far the device's clock is behind ours.
TouchWish read_touch(TouchReader& reader, std::chrono::seconds clock_offset) {
    TouchWish wish;
    wish.touch.id = reader.text("id");
    if (wish.touch.id.empty() || wish.touch.id.size() > catalogue::kTouchIdBytesMax)
        reader.fail("id", "must have 1 to 64 bytes");
    read_what(reader, wish);
    wish.title = reader.text("title");
    wish.category = reader.text("category");
    const std::string condition = reader.text("condition");
    const auto known = catalogue::parse_condition(condition.empty() ? "new" : condition);
    if (!known) reader.fail("condition", "must be new, used or refurbished");
    wish.touch.condition = known.value_or(Condition::new_);
    if (const auto price = reader.number("price_cents")) wish.touch.price = Money{*price};
    wish.touch.counted = reader.number("counted");
    wish.touch.difference = reader.number("difference").value_or(0);
    wish.touch.is_withdrawn = reader.flag("is_withdrawn");
    const std::int64_t touched_at = reader.number("touched_at").value_or(-1);
    if (touched_at < 0 || touched_at > kMomentMax)
        reader.fail("touched_at", "must be seconds since 1970");
    wish.touch.touched_at = instant_from_unix(touched_at) + clock_offset;
    return wish;
}

struct Batch {
    std::string account;
    std::vector<TouchWish> wishes;
};

Result<Batch, FieldProblem> read_batch(const Json& body, Instant now) {
    if (!body.is_object()) return FieldProblem{"body", "must be a JSON object"};
    for (const std::string_view name : {"account", "sent_at", "touches"})
        if (!body.contains(name)) return FieldProblem{std::string(name), "is missing"};
    if (!body["account"].is_string()) return FieldProblem{"account", "must be a text"};
    if (!body["sent_at"].is_number_integer() || body["sent_at"].get<std::int64_t>() < 0 ||
        body["sent_at"].get<std::int64_t>() > kMomentMax)
        return FieldProblem{"sent_at", "must be seconds since 1970"};
    const Json& touches = body["touches"];
    if (!touches.is_array() || touches.size() > kTouchesAtOnceMax)
        return FieldProblem{"touches", "must be an array of at most 100 touches"};
    const auto offset = now - instant_from_unix(body["sent_at"].get<std::int64_t>());
    Batch batch{.account = body["account"].get<std::string>()};
    for (std::size_t i = 0; i < touches.size(); ++i) {
        TouchReader reader(touches[i], "touches[" + std::to_string(i) + "]");
        batch.wishes.push_back(read_touch(reader, offset));
        if (reader.fault()) return *reader.fault();
    }
    return batch;
}

Json touched_json(const TouchWish& wish, const Result<Touched, TouchFailure>& done) {
    if (!done)
        return {{"id", wish.touch.id}, {"status", "refused"}, {"error", word_of(done.error())}};
    const bool is_late =
        wish.touch.counted && done->offer.stock.confirmed_at > wish.touch.touched_at;
    return {{"id", wish.touch.id},
            {"status", "done"},
            {"is_late", is_late},
            {"product", product_json(done->product)},
            {"offer", offer_json_of(done->offer)}};
}

Json recent_json(const catalogue::RecentTouch& touch) {
    Json json{{"id", touch.id}, {"title", touch.title}, {"difference", touch.difference}};
    json["price_cents"] = touch.price ? Json(touch.price->cents) : Json();
    json["counted"] = touch.counted ? Json(*touch.counted) : Json();
    json["is_withdrawn"] = touch.is_withdrawn;
    json["is_undone"] = touch.is_undone;
    json["touched_at"] = to_unix(touch.touched_at);
    return json;
}

}  // namespace

web::Response touches_api(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto recent = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::load_recent_touches(tx, visit.territory().id, at->shop.id, kRecentShown);
    });
    Json touches = Json::array();
    for (const catalogue::RecentTouch& touch : recent) touches.push_back(recent_json(touch));
    return counter_answer({{"account", account_word(*at)},
                           {"email", at->who.account.email},
                           {"shop", {{"slug", at->shop.slug}, {"name", at->shop.name}}},
                           {"csrf", visit.context.csrf.token(touches_purpose(*at))},
                           {"touches", std::move(touches)}});
}

web::Response add_touches_api(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    if (auto refused = not_from_our_page(visit, *at)) return *refused;
    const auto body = web::json_body(visit.request);
    if (!body)
        return problem(visit.request, 400, "malformed_json",
                       std::string(web::explain(body.error())), "body");
    auto batch = read_batch(*body, visit.view.now);
    if (!batch) return field_problem(visit.request, 422, batch.error());
    if (batch->account != account_word(*at))
        return problem(visit.request, 409, "other_account",
                       "somebody else is signed in than the one who did this", "account");
    const Json answers = visit.context.database.write([&](store::Tx& tx) {
        Json done = Json::array();
        for (TouchWish wish : batch->wishes) {
            wish.touch.shop = at->shop.id;
            wish.touch.by = at->who.account.id;
            done.push_back(touched_json(wish, do_touch(tx, visit, wish)));
        }
        return done;
    });
    return counter_answer({{"answers", answers}});
}

web::Response undo_touch_api(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    if (auto refused = not_from_our_page(visit, *at)) return *refused;
    const std::string id(visit.request.parameter("id"));
    const auto offer = visit.context.database.write([&](store::Tx& tx) {
        return catalogue::undo_touch(tx, visit.territory().id, at->shop.id, id, visit.view.now);
    });
    if (offer)
        return counter_answer({{"id", id}, {"status", "undone"}, {"offer", offer_json_of(*offer)}});
    const bool is_unknown = offer.error() == catalogue::TouchUndoError::unknown_touch;
    return problem(visit.request, is_unknown ? 404 : 409, word_of(offer.error()));
}

web::Response scanned_api(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto code = catalogue::parse_scanned_code(visit.request.parameter("code"));
    if (!code) return problem(visit.request, 422, word_of(code.error()), {}, "code");
    return counter_answer(known_json(visit.context.database.read(
        [&](store::Tx& tx) { return look_up(tx, visit, at->shop.id, *code); })));
}

}  // namespace emplettes::site
