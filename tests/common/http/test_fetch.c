#include "http/fetch.h"

#include "http/http.h"
#include "http/listen.h"
#include "process/clock.h"
#include "support/unit.h"

#include <string.h>
#include <unistd.h>

enum { ENCLOSED_MAX = 1 << 20 };

static void tell(void *owner, const HttpRequest *request, HttpReply *reply)
{
    (void)owner;
    const char *name = http_argument(request, "name");
    http_say(reply, 200,
             arena_format(request->arena, "%s asks %s with %zu: %.*s", request->caller, name ? name : "(none)",
                          request->body.size, (int)request->body.size, (const char *)request->body.data));
}

static const HttpToken TOKENS[] = {{"delft", "token-of-delft"}};
static const HttpRoute ROUTES[] = {
    {.path = "/gaps", .handle = tell, .tokens = TOKENS, .token_count = 1, .body_bytes_max = ENCLOSED_MAX},
    {.path = "/plan", .handle = tell, .tokens = TOKENS, .token_count = 1},
};

typedef struct Stage {
    Http *http;
    Arena *arena;
    char place[40];
} Stage;

static int open_stage(void **state)
{
    static Stage stage;
    const HttpSettings settings = {.routes = ROUTES, .route_count = 2, .timeout_s = 2};
    *state = &stage;
    stage.arena = arena_new();
    if (http_open(&settings, &stage.http) != STATUS_OK)
        return -1;
    snprintf(stage.place, sizeof stage.place, "http://127.0.0.1:%u", http_port(stage.http));
    return 0;
}

static int close_stage(void **state)
{
    Stage *stage = *state;
    http_free(stage->http);
    arena_free(stage->arena);
    return 0;
}

static void a_question_goes_with_its_enclosure_and_without(void **state)
{
    Stage *stage = *state;
    Page page;
    assert_int_equal(fetch_page(stage->arena, stage->place, "/gaps?name=a", "token-of-delft", &page), STATUS_OK);
    assert_int_equal(page.status, 200);
    assert_string_equal(page.body, "delft asks a with 0: ");
    assert_int_equal(
        fetch_page_enclosing(stage->arena, stage->place, "/gaps?name=a", "token-of-delft", "a\nbook", &page),
        STATUS_OK);
    assert_int_equal(page.status, 200);
    assert_string_equal(page.body, "delft asks a with 6: a\nbook");
}

static char *of_size(Arena *arena, size_t size)
{
    char *text = arena_take(arena, size + 1);
    memset(text, 'a', size);
    return text;
}

static void a_service_that_will_not_read_it_says_why(void **state)
{
    Stage *stage = *state;
    static const struct {
        const char *path, *token;
        size_t size;
        int status;
    } CASES[] = {
        {"/gaps", "token-of-delft", ENCLOSED_MAX, 200},     {"/gaps", "token-of-delft", ENCLOSED_MAX + 1, 413},
        {"/gaps", "token-of-delft", 8 * ENCLOSED_MAX, 413}, {"/gaps", "", ENCLOSED_MAX, 401},
        {"/plan", "token-of-delft", ENCLOSED_MAX, 405},     {"/nothing", "token-of-delft", ENCLOSED_MAX, 405},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Page page;
        assert_int_equal(fetch_page_enclosing(stage->arena, stage->place, CASES[i].path, CASES[i].token,
                                              of_size(stage->arena, CASES[i].size), &page),
                         STATUS_OK);
        assert_int_equal(page.status, CASES[i].status);
    }
}

/* It takes the connection, which the kernel does for it, and says nothing. */
static void a_service_that_says_nothing_is_waited_for_as_long_as_asked(void **state)
{
    Stage *stage = *state;
    int file;
    uint16_t port;
    assert_int_equal(listen_on_port("127.0.0.1", 0, &file, &port), STATUS_OK);
    const char *place = arena_format(stage->arena, "127.0.0.1:%u", port);
    int64_t began_ms = clock_steady_ms();
    Page page;
    assert_int_equal(fetch_page_within(stage->arena, place, "/metrics", "", 100, &page), STATUS_RETRY);
    int64_t took_ms = clock_steady_ms() - began_ms;
    close(file);
    assert_in_range(took_ms, 95, 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_question_goes_with_its_enclosure_and_without, open_stage, close_stage),
        cmocka_unit_test_setup_teardown(a_service_that_will_not_read_it_says_why, open_stage, close_stage),
        cmocka_unit_test_setup_teardown(a_service_that_says_nothing_is_waited_for_as_long_as_asked, open_stage,
                                        close_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
