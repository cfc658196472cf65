// Tries what a confined process may not, and says on standard output what became of it.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <ctime>
#include <string>

#include "pictures/confined.h"

namespace {

void say(const std::string& what, bool worked) {
    const std::string line = what + (worked ? " yes\n" : " no\n");
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) ::_exit(2);
}

void* memory(std::size_t bytes, int protection) {
    return ::mmap(nullptr, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

void try_everything(int kept) {
    say("file", ::open("/etc/passwd", O_RDONLY) >= 0);
    say("kept_file", ::write(kept, "x", 1) == 1);
    say("socket", ::socket(AF_INET, SOCK_STREAM, 0) >= 0);
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    say("process", child > 0);
    say("signal_to_parent", ::kill(::getppid(), 0) == 0);
    say("code", memory(4096, PROT_READ | PROT_WRITE | PROT_EXEC) != MAP_FAILED);
    say("2_gb", memory(std::size_t{2} << 30, PROT_READ | PROT_WRITE) != MAP_FAILED);
    say("16_mb", memory(std::size_t{16} << 20, PROT_READ | PROT_WRITE) != MAP_FAILED);
    char echo[] = "/bin/echo";
    char word[] = "program yes";
    char* const words[] = {echo, word, nullptr};
    ::execve(echo, words, words + 2);
    say("program", false);
}

}  // namespace

int main(int count, char** arguments) {
    const std::string what = count > 1 ? arguments[1] : "";
    const int kept = ::open("/dev/null", O_WRONLY);
    if (what == "free") {  // the negative control
        try_everything(kept);
        ::_exit(0);
    }
    emplettes::pictures::confine({.cpu_s = 1});
    if (what == "burn") {
        for (std::atomic<unsigned> n{0};; ++n) {
        }
    }
    if (what == "sleep") {
        for (timespec hour{.tv_sec = 3600, .tv_nsec = 0};;)
            ::clock_nanosleep(CLOCK_MONOTONIC, 0, &hour, nullptr);
    }
    if (what == "flood") {
        const std::string text(1 << 20, 'x');
        while (::write(STDOUT_FILENO, text.data(), text.size()) > 0) {
        }
        ::_exit(0);
    }
    if (what == "crash") std::abort();
    try_everything(kept);
    ::_exit(0);
}
