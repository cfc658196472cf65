#include <cstdio>
#include <memory>

#include "campaign/signers.h"
#include "emplettes/app.h"
#include "emplettes/demo.h"
#include "emplettes/verbs.h"

namespace emplettes {

void add_demo(CLI::App& cli, int& /*status*/) {
    struct Options {
        std::string data;
        std::string database;
    };
    auto options = std::make_shared<Options>();
    auto* verb = cli.add_subcommand(
        "demo", "Makes a territory to try: real shops of Paris 9e, prices and stocks made up");
    verb->add_option("--data", options->data, "The data folder")->required();
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->callback([options] {
        const SystemClock clock;
        const DataFolder folder(options->data);
        const auto database =
            open_database(options->database.empty() ? folder.database() : options->database, clock);
        const auto signers = open_signers(folder, *database, options->database, clock);
        const DemoReport report =
            make_demo(folder, {.main = *database, .signers = signers->database()}, clock);
        std::printf("%lld shops, %lld streets, %lld products, %lld offers\n",
                    static_cast<long long>(report.shops), static_cast<long long>(report.streets),
                    static_cast<long long>(report.products), static_cast<long long>(report.offers));
        std::printf("Its operator signs in as %s: mails are read under /dev/mails\n",
                    report.operator_email.c_str());
        std::printf("Serve it: emplettes serve --data %s\n", options->data.c_str());
    });
}

}  // namespace emplettes
