#include "emplettes/data_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <stdexcept>

#include "base/random.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> territory_files(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// Whole or not at all, and never over a key that another process has just written.
void write_new_key(const fs::path& file) {
    web::Csrf::Key key{};
    SystemRandom().fill(key);
    const std::string temporary = file.string() + "." + std::to_string(::getpid());
    write_durably(temporary, {reinterpret_cast<const char*>(key.data()), key.size()}, 0600);
    ::link(temporary.c_str(), file.c_str());
    ::unlink(temporary.c_str());
}

}  // namespace

void write_durably(const fs::path& file, std::string_view bytes, unsigned rights) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, rights);
    const bool is_written = fd >= 0 && write_all(fd, bytes) && ::fsync(fd) == 0;
    const int error = errno;
    if (fd >= 0) ::close(fd);
    if (is_written) return;
    ::unlink(file.c_str());
    throw std::runtime_error("cannot write " + file.string() + ": " + std::strerror(error));
}

DataFolder::DataFolder(fs::path root) : root_(std::move(root)) {
    if (fs::exists(root_ / kRestoreMark))
        throw std::runtime_error("the restore into " + root_.string() +
                                 " did not end, so not everything is there: run emplettes restore "
                                 "once more, it begins anew");
    try {
        fs::create_directories(root_);
        fs::create_directories(territories());
        fs::create_directories(mails());
        fs::create_directories(root_ / "search");
    } catch (const fs::filesystem_error& error) {
        throw std::runtime_error("the data folder " + root_.string() +
                                 " cannot be used: " + error.code().message());
    }
}

std::vector<catalogue::Territory> DataFolder::read_territories() const {
    std::vector<catalogue::Territory> territories;
    std::string problems;
    std::map<std::string, std::string> owner_of;  // of a slug or a host
    for (const fs::path& file : territory_files(this->territories())) {
        try {
            auto territory = catalogue::read_territory(file.string());
            std::vector<std::string> claimed = territory.hosts;
            claimed.push_back("slug " + territory.slug);
            for (const std::string& claim : claimed)
                if (const auto [at, is_free] = owner_of.try_emplace(claim, file.string()); !is_free)
                    problems += "\n" + file.string() + ": " + claim + " belongs to " + at->second;
            territories.push_back(std::move(territory));
        } catch (const std::runtime_error& error) {
            problems += "\n" + std::string(error.what());
        }
    }
    if (!problems.empty()) throw std::runtime_error(problems.substr(1));
    return territories;
}

web::Csrf::Key DataFolder::load_key(const char* name) const {
    const fs::path file = root_ / name;
    if (!fs::exists(file)) write_new_key(file);
    web::Csrf::Key key{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(reinterpret_cast<char*>(key.data()), static_cast<std::streamsize>(key.size()));
    if (stream.gcount() != static_cast<std::streamsize>(key.size()))
        throw std::runtime_error(file.string() + " is damaged: remove it, and a new one is made");
    return key;
}

}  // namespace emplettes
