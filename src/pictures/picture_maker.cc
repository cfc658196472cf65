#include "pictures/picture_maker.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>

#include "pictures/decode.h"

namespace emplettes::pictures {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t kBlockBytes = 64 * 1024;

[[noreturn]] void fail(int error, const char* what) {
    throw std::system_error(error, std::generic_category(), what);
}

// A process and the socket that is its standard input and output. Killed with its owner.
class Child {
  public:
    explicit Child(const std::vector<std::string>& command) {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            fail(errno, "socketpair");
        socket_ = ends[0];
        const int error = spawn(command, ends[1]);
        ::close(ends[1]);
        if (error == 0) return;
        ::close(socket_);
        fail(error, command.front().c_str());
    }
    ~Child() {
        ::close(socket_);
        if (!is_over_) {
            ::kill(process_, SIGKILL);
            wait();
        }
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    int socket() const { return socket_; }
    bool ended_well() { return wait() == 0; }

  private:
    int spawn(const std::vector<std::string>& command, int end) {
        std::vector<char*> arguments;
        for (const std::string& word : command)
            arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        char* environment[] = {nullptr};
        posix_spawn_file_actions_t files;
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_adddup2(&files, end, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&files, end, STDOUT_FILENO);
        const int error = ::posix_spawn(&process_, command.front().c_str(), &files, nullptr,
                                        arguments.data(), environment);
        ::posix_spawn_file_actions_destroy(&files);
        return error;
    }
    int wait() {
        int status = 0;
        while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
        }
        is_over_ = true;
        return status;
    }

    int socket_ = -1;
    pid_t process_ = -1;
    bool is_over_ = false;
};

// Sends and receives what the socket takes and has just now. False when all is said, or all is
// lost.
class Conversation {
  public:
    Conversation(int socket, std::string_view question, std::size_t answer_bytes_max)
        : socket_(socket), question_(question), answer_bytes_max_(answer_bytes_max) {
        if (question_.empty()) ::shutdown(socket_, SHUT_WR);
    }

    short wanted() const { return question_.empty() ? POLLIN : POLLIN | POLLOUT; }

    bool go_on(short events) {
        if (events & POLLOUT) send();
        return (events & (POLLIN | POLLHUP | POLLERR)) == 0 || receive();
    }

    std::string answer;

  private:
    void send() {
        const auto count =
            ::send(socket_, question_.data(), std::min(question_.size(), kBlockBytes),
                   MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count > 0) question_.remove_prefix(static_cast<std::size_t>(count));
        const bool is_lost = count < 0 && errno != EAGAIN && errno != EINTR;
        if (is_lost) question_ = {};  // it reads no more, but may have something to say
        if (question_.empty()) ::shutdown(socket_, SHUT_WR);
    }
    bool receive() {
        char block[kBlockBytes];
        const auto count = ::recv(socket_, block, sizeof block, MSG_DONTWAIT);
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        answer.append(block, static_cast<std::size_t>(count));
        return count > 0 && answer.size() <= answer_bytes_max_;
    }

    const int socket_;
    std::string_view question_;
    const std::size_t answer_bytes_max_;
};

// False when the deadline has passed.
bool talk(Conversation& conversation, int socket, SteadyTime deadline) {
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return false;
        pollfd ready{.fd = socket, .events = conversation.wanted(), .revents = 0};
        if (::poll(&ready, 1, static_cast<int>(left.count())) <= 0) continue;
        if (!conversation.go_on(ready.revents)) return true;
    }
}

// Gives its place back.
class Turn {
  public:
    explicit Turn(std::counting_semaphore<2>& free) : free_(free) {}
    ~Turn() { free_.release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    std::counting_semaphore<2>& free_;
};

}  // namespace

PictureMaker::PictureMaker(std::vector<std::string> command, MakerLimits limits)
    : command_(std::move(command)), limits_(limits) {}

Result<PictureSet, PictureError> PictureMaker::make(std::string_view bytes) {
    if (bytes.size() > kPictureBytesMax) return PictureError::too_long;
    if (!free_.try_acquire_for(limits_.wait_max)) return PictureError::busy;
    const Turn turn(free_);
    Child child(command_);
    Conversation conversation(child.socket(), bytes, limits_.output_bytes_max);
    if (!talk(conversation, child.socket(), std::chrono::steady_clock::now() + limits_.deadline))
        return PictureError::too_slow;
    if (conversation.answer.size() > limits_.output_bytes_max || !child.ended_well())
        return PictureError::damaged;
    auto outcome = read_outcome(conversation.answer);
    return outcome ? std::move(*outcome) : PictureError::damaged;
}

}  // namespace emplettes::pictures
