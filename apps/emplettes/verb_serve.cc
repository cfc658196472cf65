#include <pthread.h>
#include <csignal>
#include <memory>

#include "base/log.h"
#include "emplettes/app.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

// Blocks the signals that stop us, in every thread made after this, so that one can wait for them.
sigset_t block_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void serve(const AppSettings& settings) {
    const sigset_t signals = block_stop_signals();
    const SystemClock clock;
    SystemRandom random;
    App app(settings, clock, random);
    for (const auto& live : app.territories().all())
        log_info(live->territory().slug + " on http://" + live->territory().hosts.front() + ":" +
                 std::to_string(app.port()) + "/");
    int signal = 0;
    sigwait(&signals, &signal);
    log_info("stopping: finishing what was accepted");
    app.stop();
    log_info("stopped");
}

}  // namespace

void add_serve(CLI::App& cli, int& /*status*/) {
    auto settings = std::make_shared<AppSettings>();
    auto* verb = cli.add_subcommand("serve", "Serves the territories of a data folder");
    verb->add_option("--data", settings->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    verb->add_option("--database", settings->database,
                     "postgresql://… instead of the folder's own SQLite file");
    verb->add_option("--port", settings->server.port, "0 takes any free port")
        ->capture_default_str();
    verb->add_option("--address", settings->server.address, "0.0.0.0 serves the whole network")
        ->capture_default_str();
    verb->add_option("--workers", settings->server.workers, "Threads that wait for the database")
        ->capture_default_str();
    verb->add_option("--node", settings->node, "0 to 12, different for each server of one database")
        ->check(CLI::Range(0, 12));
    verb->add_flag("--behind-https", settings->server.behind_https, "A proxy in front speaks TLS");
    verb->add_option("--trusted-proxy", settings->server.trusted_proxies,
                     "Address whose X-Forwarded-For is believed");
    verb->add_flag("!--no-access-log", settings->access_log, "No line per request");
    verb->add_flag("!--no-shield", settings->server.shield.is_on,
                   "First come, first served, even in a flood");
    // For `bench flood`: a capacity that is known. Not in the help, for nobody else wants it.
    verb->add_option("--hold-writes-ms", settings->hold_writes_ms)->group("");
    verb->callback([settings] { serve(*settings); });
}

}  // namespace emplettes
