#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/territory.h"
#include "web/csrf.h"

namespace emplettes {

// Writes a file with these rights so that it outlives a power failure. Throws std::runtime_error
// with a sentence for people; then there is no file.
void write_durably(const std::filesystem::path& file, std::string_view bytes, unsigned rights);

// A file that lies in a data folder while a backup is being restored into it, and stays when that
// does not end: what else is there is not whole.
inline constexpr const char* kRestoreMark = "restore-unfinished";

// Where one installation keeps everything: DIR/emplettes.db and DIR/pledges.db (unless another
// database is named), DIR/notices.toml, DIR/territories/*.toml, DIR/mails/SLUG/*.eml,
// DIR/search/SLUG.image, DIR/ground/SLUG/*, DIR/imports/SLUG/*, DIR/pictures/SLUG/*, DIR/spool/*,
// DIR/secret.key, DIR/pledges.key.
class DataFolder {
  public:
    // Makes the folders that are missing. Throws std::runtime_error with a sentence for people,
    // also when a restore into it did not end.
    explicit DataFolder(std::filesystem::path root);

    std::string database() const { return (root_ / "emplettes.db").string(); }
    // Of those who sign pledges, and of nothing else.
    std::string pledge_database() const { return (root_ / "pledges.db").string(); }
    std::filesystem::path mails() const { return root_ / "mails"; }
    std::filesystem::path territories() const { return root_ / "territories"; }
    std::filesystem::path pictures() const { return root_ / "pictures"; }
    // What is being sent to the server: empty while it does not run.
    std::filesystem::path spool() const { return root_ / "spool"; }
    // Of a territory's search index: may be removed at any time, and is made anew.
    std::filesystem::path search_image(const std::string& slug) const {
        return root_ / "search" / (slug + ".image");
    }
    // Of a territory's streets, addresses and tiles: what `emplettes import osm` made, a folder for
    // each.
    std::filesystem::path ground(const std::string& slug) const { return root_ / "ground" / slug; }
    // Of the files that shops' shelves are filled from.
    std::filesystem::path imports() const { return root_ / "imports"; }
    std::filesystem::path imports(const std::string& slug) const { return imports() / slug; }
    // Written when a backup is whole.
    std::filesystem::path last_backup() const { return root_ / "last-backup"; }
    // How notices leave (notices/settings.h); need not be there.
    std::string notice_settings() const { return (root_ / "notices.toml").string(); }
    const std::filesystem::path& root() const { return root_; }

    // Every territory of the folder, by file name. Throws std::runtime_error listing every problem
    // of every file, also two territories with one slug or host.
    std::vector<catalogue::Territory> read_territories() const;

    // The key that signs forms: drawn once and kept, readable by the owner only.
    web::Csrf::Key load_key() const { return load_key("secret.key"); }
    // The one by which signers of pledges are known, and nothing else.
    web::Csrf::Key load_pledge_key() const { return load_key("pledges.key"); }

  private:
    web::Csrf::Key load_key(const char* name) const;

    std::filesystem::path root_;
};

}  // namespace emplettes
