#include "pictures/confined.h"

#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace emplettes::pictures {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kHasMemoryLimit = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kHasMemoryLimit = false;
#else
constexpr bool kHasMemoryLimit = true;
#endif
#else
constexpr bool kHasMemoryLimit = true;
#endif

// What computing needs. All else, and memory that can be executed, fails with EPERM: a library that
// asks for a file or the number of processors goes on without.
constexpr int kAllowedCalls[] = {
    SCMP_SYS(read),         SCMP_SYS(write),          SCMP_SYS(munmap),
    SCMP_SYS(mremap),       SCMP_SYS(madvise),        SCMP_SYS(brk),
    SCMP_SYS(futex),        SCMP_SYS(exit),           SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),  SCMP_SYS(clock_gettime),  SCMP_SYS(clock_nanosleep),
    SCMP_SYS(sched_yield),  SCMP_SYS(getpid),         SCMP_SYS(gettid),
    SCMP_SYS(tgkill),       SCMP_SYS(getrandom),      SCMP_SYS(restart_syscall),
};

void must(int result, const char* what) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), what);
}

// Those of libseccomp return the error.
void must_filter(int result) {
    if (result < 0) throw std::system_error(-result, std::generic_category(), "seccomp");
}

void limit(int resource, std::uint64_t most, const char* what) {
    const rlimit both{.rlim_cur = most, .rlim_max = most};
    must(::setrlimit(static_cast<__rlimit_resource>(resource), &both), what);
}

void allow_calls() {
    const std::unique_ptr<void, decltype(&seccomp_release)> filter(
        seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
    if (!filter) throw std::system_error(ENOMEM, std::generic_category(), "seccomp");
    for (const int call : kAllowedCalls)
        must_filter(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0));
    constexpr unsigned kProtection = 2;  // the argument of both calls
    const scmp_arg_cmp not_executable{
        .arg = kProtection, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC, .datum_b = 0};
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        must_filter(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 1, not_executable));
    must_filter(seccomp_load(filter.get()));
}

}  // namespace

void confine(const Confinement& confinement) {
    must(::prctl(PR_SET_PDEATHSIG, SIGKILL), "PR_SET_PDEATHSIG");
    must(::prctl(PR_SET_DUMPABLE, 0), "PR_SET_DUMPABLE");
    must(static_cast<int>(::syscall(SYS_close_range, 3U, ~0U, 0U)), "close_range");
    if (kHasMemoryLimit) limit(RLIMIT_AS, confinement.memory_bytes, "RLIMIT_AS");
    limit(RLIMIT_CPU, confinement.cpu_s, "RLIMIT_CPU");
    limit(RLIMIT_NOFILE, 0, "RLIMIT_NOFILE");
    limit(RLIMIT_NPROC, 0, "RLIMIT_NPROC");
    limit(RLIMIT_FSIZE, 0, "RLIMIT_FSIZE");
    limit(RLIMIT_CORE, 0, "RLIMIT_CORE");
    allow_calls();
}

}  // namespace emplettes::pictures
