#include "simulator/fiber.h"

#include <stdlib.h>
#include <ucontext.h>

#if defined(__SANITIZE_ADDRESS__)
#define FIBER_TELLS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_TELLS_ASAN 1
#endif
#endif

#ifdef FIBER_TELLS_ASAN
#include <sanitizer/common_interface_defs.h>
#else
#define __sanitizer_start_switch_fiber(fake, bottom, size) ((void)(fake), (void)(bottom), (void)(size))
#define __sanitizer_finish_switch_fiber(fake, bottom, size) ((void)(fake), (void)(bottom), (void)(size))
#endif

enum { STACK_SIZE = 512 * 1024 };

struct Fiber {
    ucontext_t inside;
    ucontext_t outside;
    void *stack;
    void *fake; /* what the address sanitizer keeps of a stack that waits */
    const void *outer_stack;
    size_t outer_size;
    void (*run)(void *owner);
    void *owner;
    bool ended;
};

static Fiber *entering; /* makecontext hands over no pointers */

static void enter(void)
{
    Fiber *fiber = entering;
    __sanitizer_finish_switch_fiber(NULL, &fiber->outer_stack, &fiber->outer_size);
    fiber->run(fiber->owner);
    fiber->ended = true;
    __sanitizer_start_switch_fiber(NULL, fiber->outer_stack, fiber->outer_size);
    swapcontext(&fiber->inside, &fiber->outside);
}

Fiber *fiber_new(void)
{
    Fiber *fiber = calloc(1, sizeof *fiber);
    if (!fiber || !(fiber->stack = malloc(STACK_SIZE)))
        abort();
    fiber->ended = true;
    return fiber;
}

void fiber_free(Fiber *fiber)
{
    if (!fiber)
        return;
    free(fiber->stack);
    free(fiber);
}

void fiber_begin(Fiber *fiber, void (*run)(void *owner), void *owner)
{
    getcontext(&fiber->inside);
    fiber->inside.uc_stack.ss_sp = fiber->stack;
    fiber->inside.uc_stack.ss_size = STACK_SIZE;
    fiber->inside.uc_link = NULL;
    fiber->run = run;
    fiber->owner = owner;
    fiber->ended = false;
    fiber->fake = NULL;
    makecontext(&fiber->inside, enter, 0);
}

void fiber_resume(Fiber *fiber)
{
    void *fake;
    entering = fiber;
    __sanitizer_start_switch_fiber(&fake, fiber->stack, STACK_SIZE);
    swapcontext(&fiber->outside, &fiber->inside);
    __sanitizer_finish_switch_fiber(fake, NULL, NULL);
}

void fiber_yield(Fiber *fiber)
{
    __sanitizer_start_switch_fiber(&fiber->fake, fiber->outer_stack, fiber->outer_size);
    swapcontext(&fiber->inside, &fiber->outside);
    __sanitizer_finish_switch_fiber(fiber->fake, &fiber->outer_stack, &fiber->outer_size);
}

bool fiber_ended(const Fiber *fiber)
{
    return fiber->ended;
}
