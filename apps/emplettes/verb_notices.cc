#include <csignal>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "base/mail_address.h"
#include "emplettes/app.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"
#include "notices/html_mail.h"
#include "notices/notice_queue.h"
#include "notices/return_path.h"
#include "notices/settings.h"

namespace emplettes {
namespace {

constexpr int kNoticesNode = 10;  // of ids: a server may write at the same time
// What sysexits.h calls EX_TEMPFAIL: a mail server keeps the message and tries the pipe again.
constexpr int kTryAgain = 75;

constexpr const char* kNoticesFooter = R"(
  emplettes notices test --to me@example.org --data DIR
  emplettes notices test --to +33612345678 --data DIR
  emplettes notices bounce --data DIR < message

How notices leave is said in DIR/notices.toml; see docs/notices.md. `test` sends one mail or text
message at once and tells what was said when it does not arrive. `bounce` is for the pipe of a mail
server: it reads a report of a mail that came back, and its notice is shown as failed.)";

struct NoticesOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::string to;
    std::string address;  // that the report was sent to
};

notices::Outgoing test_mail(const NoticesOptions& options, OpenedFolder& opened,
                            const notices::Settings& settings) {
    const auto territory = opened.territory(options.territory);
    const Languages languages = load_languages();
    const Language* own = languages.find(territory.languages.front());
    const Language& language = own ? *own : languages.first();
    const NoticeId number = opened.ids.next<NoticeId>();
    notices::Mail mail{
        .from = {.name = territory.name(language.code()), .address = territory.sender()},
        .to = {.name = "", .address = options.to},
        .subject = language.text("notice.test.subject", {territory.name(language.code())}),
        .text = language.text("notice.test.body", {}),
        .html = ""};
    mail.html = notices::html_of(mail.subject, mail.text, language.code());
    const notices::ReturnPaths paths(settings.return_path, opened.folder.load_key());
    return {.name = std::to_string(number.value),
            .recipient = options.to,
            .return_path = paths.path_of(number, territory.sender()),
            .content = notices::to_message(
                mail, {.date = opened.clock.now(), .id = std::to_string(number.value)})};
}

notices::Outcome send_test_mail(const NoticesOptions& options, OpenedFolder& opened,
                                const notices::Settings& settings) {
    if (!settings.relay)
        throw std::runtime_error("no relay is set in " + opened.folder.notice_settings() +
                                 ": mails stay in the folder mails");
    notices::SmtpRelay relay(*settings.relay);
    const auto outcome = relay.send(test_mail(options, opened, settings));
    relay.end_batch();
    for (const std::string& line : relay.dialogue()) std::printf("%s\n", line.c_str());
    return outcome;
}

notices::Outcome send_test_text(const NoticesOptions& options, OpenedFolder& opened,
                                const notices::Settings& settings) {
    if (!settings.sms)
        throw std::runtime_error("no text gateway is set in " + opened.folder.notice_settings());
    notices::SmsGateway gateway(*settings.sms);
    return gateway.send({.name = std::to_string(opened.ids.next<NoticeId>().value),
                         .recipient = options.to,
                         .return_path = {},
                         .content = "Emplettes"});
}

void send_test(const NoticesOptions& options, int& status) {
    OpenedFolder opened(options.data, options.database, kNoticesNode);
    const auto settings = notices::read_settings(opened.folder.notice_settings());
    std::signal(SIGPIPE, SIG_IGN);  // a relay that hangs up is an outcome
    const bool is_mail = options.to.find('@') != std::string::npos;
    if (is_mail && !is_mail_address(options.to))
        throw std::runtime_error("\"" + options.to + "\" is not a mail address");
    const auto outcome = is_mail ? send_test_mail(options, opened, settings)
                                 : send_test_text(options, opened, settings);
    const bool is_sent = outcome.kind == notices::Outcome::Kind::sent;
    std::printf("%s\n", is_sent ? "taken: the other side answers for it now"
                                : ("not taken: " + outcome.words).c_str());
    if (!is_sent) status = 1;
}

// The notice whose mail came back; only an address that we have signed names one.
std::optional<NoticeId> find_mail(const NoticesOptions& options, const notices::ReturnPaths& paths,
                                  const notices::Bounce& bounce) {
    if (const auto notice = paths.notice_of(options.address)) return notice;
    for (const std::string& address : bounce.addressed_to)
        if (const auto notice = paths.notice_of(address)) return notice;
    return std::nullopt;
}

std::string_view told(notices::BounceTaken taken) {
    switch (taken) {
        case notices::BounceTaken::failed: return "noted: the notice has failed";
        case notices::BounceTaken::nothing:
            return "nothing to note: it had failed before, or waits";
        case notices::BounceTaken::unknown: return "the notice is no longer known";
    }
    return {};
}

// What can never be of use is taken and dropped, so that no mail server keeps or answers it.
std::string_view take_report(const NoticesOptions& options, const std::string& message) {
    const auto bounce = notices::parse_bounce(message);
    if (!bounce) return "this is no delivery report: dropped";
    OpenedFolder opened(options.data, options.database, kNoticesNode);
    const auto settings =
        notices::read_settings(opened.folder.notice_settings(), notices::Secrets::not_needed);
    const auto mail = find_mail(options, {settings.return_path, opened.folder.load_key()}, *bounce);
    if (!mail) return "this report is about no mail of ours: dropped";
    for (const auto& territory : opened.folder.read_territories()) {
        const auto here = opened.registered(territory);
        const auto taken = opened.database->write([&](store::Tx& tx) {
            return notices::take_bounce(tx, here.id, *mail, *bounce, opened.clock.now());
        });
        if (taken != notices::BounceTaken::unknown) return told(taken);
    }
    return told(notices::BounceTaken::unknown);
}

void read_bounce(const NoticesOptions& options, int& status) {
    std::string message(notices::kBounceBytesMax, '\0');
    std::cin.read(message.data(), static_cast<std::streamsize>(message.size()));
    message.resize(static_cast<std::size_t>(std::cin.gcount()));
    try {
        std::printf("%s\n", std::string(take_report(options, message)).c_str());
    } catch (const std::exception& fault) {
        // The report is worth keeping until somebody has put right what is wrong here.
        std::fprintf(stderr, "error: %s\n", fault.what());
        status = kTryAgain;
    }
}

CLI::App* add_notices_part(CLI::App& verb, const std::shared_ptr<NoticesOptions>& options,
                           const char* name, const char* help) {
    auto* part = verb.add_subcommand(name, help);
    part->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    part->add_option("--database", options->database, "postgresql://… instead of SQLite");
    return part;
}

}  // namespace

void add_notices(CLI::App& cli, int& status) {
    auto* verb =
        cli.add_subcommand("notices", "Tries how notices leave, and takes what comes back");
    verb->require_subcommand(1);
    verb->footer(kNoticesFooter);
    const auto options = std::make_shared<NoticesOptions>();

    auto* test = add_notices_part(*verb, options, "test", "Sends one mail or text message now");
    test->add_option("--to", options->to, "A mail address, or a telephone number")->required();
    test->add_option("--territory", options->territory, "Its slug, when there are several");
    test->callback([options, &status] { send_test(*options, status); });

    auto* bounce = add_notices_part(*verb, options, "bounce",
                                    "Reads a report of a mail that came back from its input");
    bounce->add_option("--to", options->address,
                       "The address it was sent to, if the server knows it apart");
    bounce->callback([options, &status] { read_bounce(*options, status); });
}

}  // namespace emplettes
