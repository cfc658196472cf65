#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "notices/mail.h"

namespace emplettes::notices {

// The folder that mails are written to where there is no relay: each is one file that any mail
// program opens and any sending one can pick up. Many threads may read; one at a time may
// write one name.
class EmlFolder {
  public:
    // Makes the folder when it is absent. Throws std::filesystem::filesystem_error.
    explicit EmlFolder(std::filesystem::path folder);

    const std::filesystem::path& path() const { return folder_; }

    // Writes `message` as `name`, whole or not at all, also when the power fails. Writing a name
    // again replaces it. Throws std::system_error (disk full ...).
    void write(const std::string& name, std::string_view message) const;
    // What was written before it is there after a power failure. Throws std::system_error.
    void sync() const;

  private:
    std::filesystem::path folder_;
};

// A number that grows with time, as every Id does, gives a name that sorts by time:
// "0004503599627370.eml".
std::string mail_name(std::int64_t number);
// Exactly what mail_name makes: nothing that could lead out of the folder.
bool is_mail_name(std::string_view name);

struct ListedMail {
    std::string name;
    Mailbox to;
    std::string subject;
    Instant date;

    bool operator==(const ListedMail&) const = default;
};

// The newest `limit` mails, newest first. Files that are not mails of ours are passed over.
std::vector<ListedMail> list_mails(const EmlFolder& folder, std::size_t limit);
// None when the name is not one of ours or the mail is not there or damaged.
std::optional<ReadMail> read_mail(const EmlFolder& folder, std::string_view name);

// Erases the mails dated before `before`, the oldest first, at most `limit`; returns how many. What
// a crash left of a mail goes too, by the time it was written. Files that are not ours stay. Throws
// std::filesystem::filesystem_error.
std::size_t erase_mails(const EmlFolder& folder, Instant before, std::size_t limit);

}  // namespace emplettes::notices
