#include "emplettes/verify.h"

#include <algorithm>
#include <unordered_set>

#include "base/image_check.h"
#include "base/json.h"
#include "campaign/signer_database.h"
#include "campaign/soundness.h"
#include "catalogue/picture.h"
#include "catalogue/soundness.h"
#include "orders/soundness.h"
#include "pictures/picture_set.h"
#include "site/picture_files.h"
#include "store/migrations.h"
#include "store/soundness.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;
using Problems = std::vector<std::string>;

constexpr std::chrono::hours kEachCheckMax{6};
constexpr std::size_t kToldMax = 20;

Problems find_schema_problems(store::Tx& tx, std::span<const EmbeddedFile> files) {
    try {
        const auto marks = store::applied_migrations(tx);
        if (store::files_up_to(marks, files).size() < files.size())
            return {"migrations are missing: run emplettes migrate"};
    } catch (const store::MigrationError& error) {
        return {error.what()};
    }
    return {};
}

using Codes = std::unordered_set<std::string>;

bool is_known(const Json& reservation, const Codes& codes) {
    return reservation.is_object() && reservation.contains("code") &&
           reservation["code"].is_string() && codes.contains(reservation["code"]);
}

// An answer to who had one thing kept, or several at once.
bool speaks_of_known(const Json& answer, const Codes& codes) {
    if (!answer.is_object() || !answer.contains("reservations")) return is_known(answer, codes);
    const Json& all = answer["reservations"];
    return std::all_of(all.begin(), all.end(),
                       [&](const Json& one) { return is_known(one, codes); });
}

// Every stored answer speaks of reservations that are there.
Problems find_answer_problems(store::Tx& tx, TerritoryId territory) {
    Problems problems = store::find_odd_answers(tx, territory);
    const Codes codes = orders::load_codes(tx, territory);
    store::each_answer(tx, territory, [&](const std::string& key, const std::string& body) {
        if (!speaks_of_known(parse_json(body), codes) && problems.size() < kToldMax)
            problems.push_back("the request with key " + key +
                               " was answered with a reservation that is not there");
    });
    return problems;
}

void check_picture(const catalogue::Picture& picture, const fs::path& folder, Problems& problems) {
    const std::string& content = picture.content_sha256;
    const auto sums = site::load_picture_sums(folder, content);
    // Those that are older than their sums: of the files, only the largest is named for what it is.
    const bool are_known = fs::exists(folder / site::picture_sums_name(content));
    for (const auto& size : pictures::picture_sizes({picture.width, picture.height}))
        for (const auto format : {pictures::Format::webp, pictures::Format::avif}) {
            const auto name = site::picture_file_name(content, size.width, format);
            const auto file = folder / name;
            if (!fs::is_regular_file(file) || fs::file_size(file) == 0) {
                problems.push_back(file.string() + " is missing");
                continue;
            }
            const bool is_largest = size.width == picture.width && format == pictures::Format::webp;
            if (!are_known && !is_largest) continue;
            const auto sum = sums.find(name);
            const std::string sha256 = site::sha256_of_picture_file(file);
            const bool is_whole = (!are_known || (sum != sums.end() && sum->second == sha256)) &&
                                  (!is_largest || sha256 == content);
            if (!is_whole) problems.push_back(file.string() + " or its sum is damaged");
        }
}

Problems find_picture_problems(const std::vector<catalogue::Picture>& all, const fs::path& folder) {
    Problems problems;
    for (const auto& picture : all)
        if (problems.size() < kToldMax) check_picture(picture, folder, problems);
    return problems;
}

// One that another version of the program made is not damaged: a start makes it anew.
Problems find_image_problems(const fs::path& file) {
    const auto error = find_image_error(file);
    if (!error || *error == ImageError::missing || *error == ImageError::foreign) return {};
    return {file.string() + " cannot be used, " + std::string(to_string(*error)) +
            ": remove it; a search image is made anew by the next start, the others by emplettes "
            "import osm"};
}

Problems find_all_image_problems(const DataFolder& folder, const std::string& slug) {
    Problems problems = find_image_problems(folder.search_image(slug));
    if (!fs::is_directory(folder.ground(slug))) return problems;
    for (const auto& entry : fs::directory_iterator(folder.ground(slug)))
        for (auto& problem : find_image_problems(entry.path()))
            problems.push_back(std::move(problem));
    return problems;
}

// What the database cannot tell is a finding, too.
template <typename Find>
Problems found_or_failure(const Find& find) {
    try {
        return find();
    } catch (const store::Unavailable& failure) {
        return {failure.what()};
    } catch (const store::SqlError& failure) {
        return {failure.what()};  // "database disk image is malformed"
    }
}

class Verification {
  public:
    Verification(const Installation& all, const OnFinding& on_finding)
        : all_(all), on_finding_(on_finding) {}

    int run() {
        ask(all_.database, "the database itself", store::find_damage);
        ask(all_.database, "its schema",
            [](store::Tx& tx) { return find_schema_problems(tx, embedded_migrations()); });
        if (all_.signers) look_at_signers();
        const auto territories = all_.database.read(catalogue::load_territories);
        for (const auto& territory : all_.folder.read_territories()) {
            tell(territory.slug + ", images of search and ground",
                 find_all_image_problems(all_.folder, territory.slug));
            const auto found = territories.find(territory.slug);
            if (found != territories.end()) look_at(territory.slug, found->second);
        }
        return count_;
    }

  private:
    // Each in a transaction of its own: a snapshot that is held for long keeps what servers write.
    template <typename Find>
    static auto read(store::Database& database, const Find& find) {
        return database.read([&](store::Tx& tx) {
            tx.allow(kEachCheckMax);
            return find(tx);
        });
    }

    void look_at_signers() {
        ask(*all_.signers, "the database of signers", store::find_damage);
        ask(*all_.signers, "its schema",
            [](store::Tx& tx) { return find_schema_problems(tx, embedded_pledge_migrations()); });
    }

    void look_at(const std::string& slug, TerritoryId id) {
        const auto ask_about = [&](store::Database& database, const std::string& what,
                                   const auto& find) {
            ask(database, slug + ", " + what, [&](store::Tx& tx) { return find(tx, id); });
        };
        ask_about(all_.database, "shelves", catalogue::find_contradictions);
        ask_about(all_.database, "reservations and what they keep", orders::find_contradictions);
        ask_about(all_.database, "answers under keys", find_answer_problems);
        // Their files are read after the transaction: many take longer than one should last.
        tell(slug + ", pictures", found_or_failure([&] {
                 return find_picture_problems(
                     read(all_.database,
                          [&](store::Tx& tx) { return catalogue::load_pictures(tx, id); }),
                     all_.folder.pictures() / slug);
             }));
        if (all_.signers)
            ask_about(*all_.signers, "pledges and their counts", campaign::find_contradictions);
    }

    void tell(const std::string& what, Problems problems) {
        count_ += static_cast<int>(problems.size());
        on_finding_({.what = what, .problems = std::move(problems)});
    }

    template <typename Find>
    void ask(store::Database& database, const std::string& what, const Find& find) {
        tell(what, found_or_failure([&]() -> Problems { return read(database, find); }));
    }

    const Installation& all_;
    const OnFinding& on_finding_;
    int count_ = 0;
};

}  // namespace

int verify_installation(const Installation& installation, const OnFinding& on_finding) {
    return Verification(installation, on_finding).run();
}

}  // namespace emplettes
