#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "accounts/account.h"
#include "base/mail_address.h"
#include "catalogue/shop.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

constexpr int kUserNode = 10;  // of ids: a server may write at the same time

constexpr const char* kUserFooter = R"(
  emplettes user add mairie@ville.example --operator --data DIR
  emplettes user add claire@example.org --shop l-ecume-des-pages --data DIR
  emplettes user add paul@example.org --shop l-ecume-des-pages --staff --data DIR
  emplettes user list --data DIR
  emplettes user remove paul@example.org --shop l-ecume-des-pages --data DIR
  emplettes user remove paul@example.org --data DIR

Nobody has a password: whoever reads the mails of an address signs in with it, at /sign-in. An
operator checks who claims a shop and may help at every counter; a shopkeeper decides about one
shop, and invites its staff there. The first operator is made here; shopkeepers mostly come by
claiming their shop on its page. The slug of a shop is the end of its page's address. Neighbours,
who search and have things kept, need no account.)";

struct UserOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::string email;
    std::string shop;  // slug
    bool is_operator = false;
    bool is_staff = false;
};

std::string read_address(const UserOptions& options) {
    auto address = parse_mail_address(options.email);
    if (!address) throw std::runtime_error("\"" + options.email + "\" is not a mail address");
    return std::move(*address);
}

catalogue::Shop load_shop(store::Tx& tx, TerritoryId territory, const std::string& slug) {
    auto shop = catalogue::find_shop_by_slug(tx, territory, slug);
    if (!shop)
        throw std::runtime_error("there is no shop \"" + slug +
                                 "\": its slug is the end of its page's address");
    return std::move(*shop);
}

accounts::Account load_account(store::Tx& tx, TerritoryId territory, const std::string& email) {
    auto account = accounts::find_account(tx, territory, email);
    if (!account)
        throw std::runtime_error("nobody has the address " + email +
                                 ": see emplettes user list --data DIR");
    return std::move(*account);
}

accounts::Grant read_grant(store::Tx& tx, TerritoryId territory, const UserOptions& options) {
    if (options.is_operator) return {.role = accounts::Role::operator_, .shop = {}};
    const auto role = options.is_staff ? accounts::Role::staff : accounts::Role::shopkeeper;
    return {.role = role, .shop = load_shop(tx, territory, options.shop).id};
}

void add_person(const UserOptions& options) {
    const std::string email = read_address(options);
    if (options.is_operator == !options.shop.empty())
        throw std::runtime_error("say what they may do: --operator, or --shop and its slug");
    if (options.is_operator && options.is_staff)
        throw std::runtime_error("--staff goes with --shop");
    OpenedFolder opened(options.data, options.database, kUserNode);
    const auto territory = opened.territory(options.territory);
    const auto granted = opened.database->write([&](store::Tx& tx) {
        const auto grant = read_grant(tx, territory.id, options);
        const auto account = accounts::load_or_make_account(
            tx, territory.id, {.email = email, .language = territory.languages.front()}, opened.ids,
            opened.clock.now());
        return accounts::grant_role(tx, territory.id,
                                    {.account = account.id, .grant = grant, .by = {}},
                                    opened.clock.now());
    });
    if (!granted)
        throw std::runtime_error("a shop, and the territory's operation, has at most " +
                                 std::to_string(accounts::kPeopleOfShopMax) + " people");
    std::printf("%s may sign in\n", email.c_str());
}

void list_people(const UserOptions& options) {
    OpenedFolder opened(options.data, options.database, kUserNode);
    const auto territory = opened.territory(options.territory);
    opened.database->read([&](store::Tx& tx) {
        const auto people = accounts::load_accounts(tx, territory.id);
        if (people.empty()) std::puts("nobody has an account");
        for (const accounts::Account& person : people) {
            std::printf("%s", person.email.c_str());
            for (const accounts::Grant& grant : person.grants) {
                const auto shop = catalogue::find_shop(tx, territory.id, grant.shop);
                std::printf("  %s%s%s", std::string(accounts::to_string(grant.role)).c_str(),
                            shop ? " of " : "", shop ? shop->slug.c_str() : "");
            }
            std::puts("");
        }
    });
}

void remove_person(const UserOptions& options) {
    const std::string email = read_address(options);
    OpenedFolder opened(options.data, options.database, kUserNode);
    const auto territory = opened.territory(options.territory);
    opened.database->write([&](store::Tx& tx) {
        const auto account = load_account(tx, territory.id, email);
        if (options.shop.empty()) return accounts::remove_account(tx, territory.id, account);
        const auto shop = load_shop(tx, territory.id, options.shop);
        if (!accounts::revoke_role(tx, territory.id, account.id, shop.id))
            throw std::runtime_error(email + " has no role in " + shop.name);
    });
    std::puts("removed");
}

using UserOptionsPointer = std::shared_ptr<UserOptions>;

CLI::App* add_user_part(CLI::App& verb, const UserOptionsPointer& options, const char* name,
                        const char* help) {
    auto* part = verb.add_subcommand(name, help);
    part->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    part->add_option("--database", options->database, "postgresql://… instead of SQLite");
    part->add_option("--territory", options->territory, "Its slug, when there are several");
    return part;
}

}  // namespace

void add_user(CLI::App& cli, int& /*status*/) {
    auto* verb = cli.add_subcommand("user", "Says who works here, and what they may do");
    verb->require_subcommand(1);
    verb->footer(kUserFooter);
    const auto options = std::make_shared<UserOptions>();

    auto* adding = add_user_part(*verb, options, "add", "Gives a mail address a role");
    adding->add_option("email", options->email, "Whose mails they read")->required();
    adding->add_flag("--operator", options->is_operator, "Runs the territory");
    adding->add_option("--shop", options->shop, "Keeps the shop of this slug");
    adding->add_flag("--staff", options->is_staff, "Works in that shop, and decides nothing there");
    adding->callback([options] { add_person(*options); });

    auto* all = add_user_part(*verb, options, "list", "Who has an account, and what they may do");
    all->callback([options] { list_people(*options); });

    auto* removing = add_user_part(*verb, options, "remove", "Takes a role, or all, away at once");
    removing->add_option("email", options->email, "Whose")->required();
    removing->add_option("--shop", options->shop,
                         "Only the role in the shop of this slug; else the account");
    removing->callback([options] { remove_person(*options); });
}

}  // namespace emplettes
