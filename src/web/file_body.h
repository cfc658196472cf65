#pragma once
#include <cstdint>
#include <filesystem>

namespace emplettes::web {

// An open file that is an answer's body: sent in pieces, never in memory as a whole. Its size is
// that of the moment it was opened; it must not be written to afterwards.
class FileBody {
  public:
    enum class AfterSending { keep, remove };

    // Throws std::system_error. What is to be removed loses its name at once, so that nothing of
    // it is left whatever becomes of the answer.
    explicit FileBody(const std::filesystem::path& path, AfterSending after = AfterSending::keep);
    ~FileBody();
    FileBody(const FileBody&) = delete;
    FileBody& operator=(const FileBody&) = delete;

    int handle() const { return file_; }
    std::uint64_t size() const { return size_; }

  private:
    int file_;
    std::uint64_t size_ = 0;
};

}  // namespace emplettes::web
