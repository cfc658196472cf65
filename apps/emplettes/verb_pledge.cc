#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include "accounts/account.h"
#include "campaign/decision.h"
#include "campaign/pledge_file.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

constexpr int kPledgeNode = 10;  // of ids: a server may write at the same time
constexpr std::uintmax_t kPledgeBytesMax = 256 << 10;

constexpr const char* kPledgeFooter = R"(
  emplettes pledge noel-ici.toml --by mairie@ville.example --data DIR

The file says what is promised, in each language, who calls, the goal, what follows at which count,
the first and the last day, and the day when everything about who signed is erased:
demo/pledges/noel-ici.toml is one. It becomes a draft, and its publication is proposed by --by, an
operator; another operator publishes it at /operator/pledges. Nobody can do that alone.)";

struct PledgeOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::string file;
    std::string by;
};

std::string read_pledge_file(const std::string& file) {
    if (std::filesystem::file_size(file) > kPledgeBytesMax)
        throw std::runtime_error(file + " has more than " + std::to_string(kPledgeBytesMax) +
                                 " bytes");
    std::ifstream stream(file, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(stream)), {});
}

void expect_operator(store::Database& database, TerritoryId territory, const std::string& email) {
    const auto account =
        database.read([&](store::Tx& tx) { return accounts::find_account(tx, territory, email); });
    if (!account || !accounts::is_operator(account->grants))
        throw std::runtime_error(email +
                                 " is no operator: see emplettes user add EMAIL --operator");
}

campaign::Pledge load_pledge_file(const PledgeOptions& options, const Zone& zone) {
    try {
        return campaign::read_pledge(read_pledge_file(options.file), zone);
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(options.file + ":\n" + error.what());
    }
}

void draft_pledge(const PledgeOptions& options) {
    OpenedFolder opened(options.data, options.database, kPledgeNode);
    const auto territory = opened.territory(options.territory);
    expect_operator(*opened.database, territory.id, options.by);
    const auto pledge = load_pledge_file(options, territory.zone);
    const auto signers =
        open_signers(opened.folder, *opened.database, options.database, opened.clock);
    const Instant now = opened.clock.now();
    const auto drafted = signers->database().write([&](store::Tx& tx) {
        const auto id = campaign::add_draft(tx, territory.id, pledge, opened.ids, now);
        if (!id) return false;
        const auto draft = campaign::find_pledge(tx, territory.id, *id);
        return campaign::propose(
                   tx, *draft, campaign::Act::publish,
                   {.territory = territory.id, .ids = opened.ids, .by = options.by, .now = now})
            .ok();
    });
    if (!drafted)
        throw std::runtime_error("there is a pledge called " + pledge.slug +
                                 " already: say another slug");
    std::printf("%s is a draft; another operator than %s publishes it at /operator/pledges\n",
                pledge.slug.c_str(), options.by.c_str());
}

}  // namespace

void add_pledge(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<PledgeOptions>();
    auto* verb = cli.add_subcommand("pledge", "Makes the draft of a pledge from a file");
    verb->add_option("file", options->file, "The pledge, in TOML")
        ->required()
        ->check(CLI::ExistingFile);
    verb->add_option("--by", options->by, "The operator who proposes it")->required();
    verb->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->add_option("--territory", options->territory, "Its slug, when there are several");
    verb->footer(kPledgeFooter);
    verb->callback([options] { draft_pledge(*options); });
}

}  // namespace emplettes
