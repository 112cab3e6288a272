#include "intake/reader/cage.h"

#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

enum { MEMORY_MAX = 768 * 1024 * 1024 };

/* Memory, locks and the end. */
static const int OF_A_READER[] = {
    SCMP_SYS(exit),          SCMP_SYS(exit_group),      SCMP_SYS(brk),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),          SCMP_SYS(madvise),
    SCMP_SYS(futex),         SCMP_SYS(sched_yield),     SCMP_SYS(getpid),
    SCMP_SYS(gettid),        SCMP_SYS(tgkill),          SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigreturn),    SCMP_SYS(sigaltstack),
    SCMP_SYS(clock_gettime), SCMP_SYS(restart_syscall), SCMP_SYS(sysinfo), /* how much memory there is, for qsort */
};

/* And its pipes, readers to start, and the rules for them. */
static const int OF_THE_WARDEN[] = {
    SCMP_SYS(read),      SCMP_SYS(write),           SCMP_SYS(clone),   SCMP_SYS(clone3),
    SCMP_SYS(wait4),     SCMP_SYS(prctl),           SCMP_SYS(seccomp), SCMP_SYS(prlimit64),
    SCMP_SYS(setrlimit), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),    SCMP_SYS(kill),
};

static bool allow(scmp_filter_ctx rules, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (seccomp_rule_add(rules, SCMP_ACT_ALLOW, calls[i], 0) != 0)
            return false;
    return true;
}

/* Memory is for data: nothing that was read can become a program. */
static bool allow_memory(scmp_filter_ctx rules)
{
    static const int CALLS[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};
    for (size_t i = 0; i < sizeof CALLS / sizeof CALLS[0]; i++)
        if (seccomp_rule_add(rules, SCMP_ACT_ALLOW, CALLS[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) != 0)
            return false;
    return true;
}

static bool close_door(bool is_warden)
{
    scmp_filter_ctx rules = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool closed = rules && allow_memory(rules) && allow(rules, OF_A_READER, sizeof OF_A_READER / sizeof(int)) &&
                  (!is_warden || allow(rules, OF_THE_WARDEN, sizeof OF_THE_WARDEN / sizeof(int))) &&
                  seccomp_load(rules) == 0;
    if (rules)
        seccomp_release(rules);
    return closed;
}

static bool limit(__rlimit_resource_t what, rlim_t most)
{
    const struct rlimit bounds = {most, most};
    return setrlimit(what, &bounds) == 0;
}

bool cage_warden(void)
{
    return limit(RLIMIT_CORE, 0) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && close_door(true);
}

/* The address sanitizer takes more address space than there is memory. */
bool cage_reader(unsigned cpu_seconds)
{
    return limit(RLIMIT_CPU, cpu_seconds) && (SANITIZED || limit(RLIMIT_AS, MEMORY_MAX)) && close_door(false);
}
