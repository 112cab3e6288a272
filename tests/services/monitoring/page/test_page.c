/* The page as a browser gets it: the files that the build made, over HTTP. */
#include "monitoring/web/page.h"

#include "common/http/caller.h"

static int open_http(void **state)
{
    static const HttpToken TOKEN = {"delft", "token-of-delft"};
    static HttpRoute routes[2];
    routes[0] = page_route;
    routes[1] = (HttpRoute){.path = "/report", .handle = page_route.handle, .tokens = &TOKEN, .token_count = 1};
    static const HttpSettings SETTINGS = {.routes = routes, .route_count = COUNT(routes), .timeout_s = 5};
    return http_open(&SETTINGS, (Http **)state) == STATUS_OK ? 0 : -1;
}

static int close_http(void **state)
{
    http_free(*state);
    return 0;
}

static Heard heard;

static int get(const Http *http, const char *target)
{
    char words[512];
    snprintf(words, sizeof words, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", target);
    converse(connect_to_port(http_port(http)), words, &heard);
    return heard.status;
}

static void assert_says(const char *words)
{
    if (!strstr(heard.text, words))
        fail_msg("%s is not in %.600s", words, heard.text);
}

static void the_page_needs_no_token_and_is_asked_for_anew(void **state)
{
    assert_int_equal(get(*state, "/"), 200);
    assert_says("Content-Type: text/html; charset=utf-8\r\n");
    assert_says("Cache-Control: no-cache\r\n");
    assert_says("<!doctype html>");
    assert_int_equal(get(*state, "/?view=forecast&lang=en"), 200);
    assert_says("<!doctype html>");
}

static void nothing_may_come_from_elsewhere_nor_go_there(void **state)
{
    get(*state, "/");
    assert_says("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';");
    assert_says("frame-ancestors 'none'\r\n");
    assert_says("X-Content-Type-Options: nosniff\r\n");
    assert_says("Referrer-Policy: no-referrer\r\n");
    assert_says("Permissions-Policy: ");
    assert_null(strstr(heard.text, "unsafe"));
    assert_null(strstr(body_of(&heard), "//"));
}

/* Each name that the page gives leads to a file that may be kept for ever. */
static void what_the_page_is_made_of_is_named_by_its_content(void **state)
{
    get(*state, "/");
    static Heard page;
    page = heard;
    size_t found = 0;
    for (const char *at = strstr(page.text, "\"/page/"); at; at = strstr(at + 1, "\"/page/")) {
        char target[256];
        snprintf(target, sizeof target, "%.*s", (int)strcspn(at + 1, "\""), at + 1);
        assert_int_equal(get(*state, target), 200);
        assert_says("Cache-Control: public, max-age=31536000, immutable\r\n");
        assert_says(strstr(target, ".js")    ? "Content-Type: text/javascript"
                    : strstr(target, ".css") ? "Content-Type: text/css"
                    : strstr(target, ".svg") ? "Content-Type: image/svg+xml"
                                             : "Content-Type: text/plain");
        found++;
    }
    assert_int_equal(found, 4);
    assert_int_equal(page_file_count, 6); /* those, the page itself, and the font that the style names */
}

static void all_else_is_not_there(void **state)
{
    static const char *const TARGETS[] = {"/page/", "/page/picq.js", "/index.html", "/page/../web.c", "/healthz", "//"};
    for (size_t i = 0; i < COUNT(TARGETS); i++) {
        assert_int_equal(get(*state, TARGETS[i]), 404);
        assert_string_equal(body_of(&heard), "There is nothing here.\n");
    }
}

static void the_page_opens_no_other_route(void **state)
{
    assert_int_equal(get(*state, "/report"), 401);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_page_needs_no_token_and_is_asked_for_anew, open_http, close_http),
        cmocka_unit_test_setup_teardown(nothing_may_come_from_elsewhere_nor_go_there, open_http, close_http),
        cmocka_unit_test_setup_teardown(what_the_page_is_made_of_is_named_by_its_content, open_http, close_http),
        cmocka_unit_test_setup_teardown(all_else_is_not_there, open_http, close_http),
        cmocka_unit_test_setup_teardown(the_page_opens_no_other_route, open_http, close_http),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
