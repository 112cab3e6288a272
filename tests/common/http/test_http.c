#include "http/http.h"

#include "caller.h"

#include <time.h>

static void tell(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const char *name = http_argument(request, "name");
    const char *caller = request->caller ? request->caller : "nobody";
    http_say(reply, 200,
             arena_format(request->arena, "%s %s name=%s caller=%s", (const char *)owner, request->path,
                          name ? name : "(none)", caller));
}

static void tell_much(void *owner, const HttpRequest *request, HttpReply *reply)
{
    size_t size = *(size_t *)owner;
    char *body = arena_take(request->arena, size);
    memset(body, 'x', size);
    reply->type = "application/octet-stream";
    reply->cache = "max-age=60";
    reply->body = (Bytes){(const uint8_t *)body, size};
}

static void tell_enclosed(void *owner, const HttpRequest *request, HttpReply *reply)
{
    (void)owner;
    const char *caller = request->caller ? request->caller : "nobody";
    const char *name = http_argument(request, "name");
    http_say(reply, 200,
             arena_format(request->arena, "%s asks %s with %zu: %.*s", caller, name ? name : "(none)",
                          request->body.size, (int)request->body.size, (const char *)request->body.data));
}

static void tell_strictly(void *owner, const HttpRequest *request, HttpReply *reply)
{
    (void)owner;
    static const HttpHeader HEADERS[] = {{"API-Version", "1.0.0"}, {"content-security-policy", "default-src 'none'"}};
    http_say(reply, 200, request->accept ? arena_text(request->arena, request->accept) : "(anything)");
    reply->headers = HEADERS;
    reply->header_count = COUNT(HEADERS);
}

static void refuse_in_dutch(void *owner, Arena *arena, HttpReply *reply)
{
    (void)owner;
    static const HttpHeader HEADERS[] = {{"Content-Language", "nl"}};
    http_say(reply, reply->status, arena_format(arena, "nee: %d", reply->status));
    reply->headers = HEADERS;
    reply->header_count = COUNT(HEADERS);
}

enum { ENCLOSED_MAX = 50000 };

static const HttpToken TOKENS[] = {
    {"delft", "token-of-delft"},
    {"westland", "token-of-westland"},
};
static size_t much = 50000;
static char report[] = "report", page[] = "page", inner[] = "inner", money[] = "money";
static const HttpRoute ROUTES[] = {
    {"/report", tell, report, NULL, 0, 0, NULL},
    {"/page/", tell, page, NULL, 0, 0, NULL},
    {"/page/inner/", tell, inner, NULL, 0, 0, NULL},
    {"/much", tell_much, &much, NULL, 0, 0, NULL},
    {"/money", tell, money, TOKENS, COUNT(TOKENS), 0, NULL},
    {"/whatif", tell_enclosed, NULL, TOKENS, COUNT(TOKENS), ENCLOSED_MAX, NULL},
    {"/strict", tell_strictly, NULL, TOKENS, COUNT(TOKENS), 0, refuse_in_dutch},
};

static const HttpSettings SETTINGS = {.routes = ROUTES, .route_count = COUNT(ROUTES), .timeout_s = 1};

static int open_http(void **state)
{
    return http_open(&SETTINGS, (Http **)state) == STATUS_OK ? 0 : -1;
}

static int close_http(void **state)
{
    http_free(*state);
    return 0;
}

static Heard heard;

static int ask(const Http *http, const char *words)
{
    converse(connect_to_port(http_port(http)), words, &heard);
    return heard.status;
}

static int get(const Http *http, const char *target, const char *header)
{
    char words[8192];
    snprintf(words, sizeof words, "GET %s HTTP/1.1\r\nHost: x\r\n%sConnection: close\r\n\r\n", target, header);
    return ask(http, words);
}

static void a_route_answers_with_its_path_and_arguments(void **state)
{
    static const struct {
        const char *target;
        int status;
        const char *body;
    } CASES[] = {
        {"/report", 200, "report /report name=(none) caller=nobody"},
        {"/report?name=a%20b&name=c", 200, "report /report name=a b caller=nobody"},
        {"/report?name", 200, "report /report name= caller=nobody"},
        {"/report/", 404, "There is nothing here.\n"},
        {"/report/more", 404, "There is nothing here.\n"},
        {"/", 404, "There is nothing here.\n"},
        {"/page/", 200, "page /page/ name=(none) caller=nobody"},
        {"/page/a/b.js", 200, "page /page/a/b.js name=(none) caller=nobody"},
        {"/page/inner/a", 200, "inner /page/inner/a name=(none) caller=nobody"},
        {"/page", 404, "There is nothing here.\n"},
        {"/page/../report", 404, "There is nothing here.\n"},
        {"/page/%2e%2e/secret", 404, "There is nothing here.\n"},
        {"/page/a..b", 200, "page /page/a..b name=(none) caller=nobody"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(get(*state, CASES[i].target, ""), CASES[i].status);
        assert_string_equal(body_of(&heard), CASES[i].body);
    }
}

static void a_token_opens_its_route_and_names_its_caller(void **state)
{
    static const struct {
        const char *header;
        int status;
        const char *body;
    } CASES[] = {
        {"Authorization: Bearer token-of-delft\r\n", 200, "money /money name=(none) caller=delft"},
        {"Authorization: Bearer token-of-westland\r\n", 200, "money /money name=(none) caller=westland"},
        {"Authorization: Bearer token-of-delf\r\n", 401, "Show a token that is known here.\n"},
        {"Authorization: Bearer token-of-delft2\r\n", 401, "Show a token that is known here.\n"},
        {"Authorization: Bearer \r\n", 401, "Show a token that is known here.\n"},
        {"Authorization: Basic token-of-delft\r\n", 401, "Show a token that is known here.\n"},
        {"", 401, "Show a token that is known here.\n"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(get(*state, "/money", CASES[i].header), CASES[i].status);
        assert_string_equal(body_of(&heard), CASES[i].body);
        assert_int_equal(strstr(heard.text, "WWW-Authenticate: Bearer") != NULL, CASES[i].status == 401);
    }
}

static void a_reply_has_headers_of_its_own(void **state)
{
    assert_int_equal(get(*state, "/strict", "Authorization: Bearer token-of-delft\r\nAccept: text/csv\r\n"), 200);
    assert_string_equal(body_of(&heard), "text/csv");
    assert_non_null(strstr(heard.text, "API-Version: 1.0.0\r\n"));
    assert_non_null(strstr(heard.text, "content-security-policy: default-src 'none'\r\n"));
    assert_null(strstr(heard.text, "default-src 'self'")); /* its own instead of the usual one */
    assert_non_null(strstr(heard.text, "X-Content-Type-Options: nosniff\r\n"));
}

static void a_route_refuses_in_its_own_words(void **state)
{
    static const struct {
        const char *words;
        int status;
        const char *body;
    } CASES[] = {
        {"GET /strict HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 401, "nee: 401"},
        {"DELETE /strict HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405, "nee: 405"},
        {"GET /strict HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", 413, "nee: 413"},
        {"GET /money HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 401, "Show a token that is known here.\n"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(ask(*state, CASES[i].words), CASES[i].status);
        assert_string_equal(body_of(&heard), CASES[i].body);
        assert_int_equal(strstr(heard.text, "Content-Language: nl") != NULL, i < 3);
    }
}

static void things_are_only_read(void **state)
{
    static const char *const METHODS[] = {"POST", "PUT", "DELETE", "OPTIONS", "NONSENSE"};
    for (size_t i = 0; i < COUNT(METHODS); i++) {
        char words[256];
        snprintf(words, sizeof words, "%s /report HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", METHODS[i]);
        assert_int_equal(ask(*state, words), 405);
        assert_non_null(strstr(heard.text, "Allow: GET, HEAD"));
    }
    assert_int_equal(ask(*state, "HEAD /report HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), 200);
    assert_string_equal(body_of(&heard), "");
}

static void a_body_is_refused_before_it_is_read(void **state)
{
    assert_int_equal(ask(*state, "GET /report HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"), 413);
    assert_int_equal(ask(*state, "GET /report HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"), 413);
    assert_int_equal(ask(*state, "GET /report HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
                     200);
}

static const char *post(const char *headers, const char *body)
{
    static char words[2 * ENCLOSED_MAX];
    snprintf(words, sizeof words, "POST /whatif?name=book HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n%s",
             headers, body);
    return words;
}

static const char DELFT[] = "Authorization: Bearer token-of-delft\r\n";

static void a_question_too_long_for_an_address_is_enclosed(void **state)
{
    static char large[ENCLOSED_MAX + 1], headers[256];
    assert_int_equal(ask(*state, post("Authorization: Bearer token-of-delft\r\nContent-Length: 5\r\n", "a b\nc")), 200);
    assert_string_equal(body_of(&heard), "delft asks book with 5: a b\nc");

    memset(large, 'a', ENCLOSED_MAX);
    snprintf(headers, sizeof headers, "%sContent-Length: %d\r\n", DELFT, ENCLOSED_MAX);
    assert_int_equal(ask(*state, post(headers, large)), 200);
    assert_non_null(strstr(body_of(&heard), "with 50000: aaa"));
    assert_string_equal(strstr(body_of(&heard), "aaa"), large);

    /* The same route answers a question without an enclosure. */
    assert_int_equal(get(*state, "/whatif", DELFT), 200);
    assert_string_equal(body_of(&heard), "delft asks (none) with 0: ");
}

static void an_enclosure_is_refused_before_it_is_read(void **state)
{
    /* None of them sends its body: who waited for it would hear nothing in time. */
    static const struct {
        const char *headers;
        int status;
    } CASES[] = {
        {"Content-Length: 5\r\n", 401},
        {"Authorization: Bearer nobody\r\nContent-Length: 5\r\n", 401},
        {"Authorization: Bearer token-of-delft\r\nContent-Length: 50001\r\n", 413},
        {"Authorization: Bearer token-of-delft\r\nContent-Length: 9999999999999999\r\n", 413},
        {"Authorization: Bearer token-of-delft\r\n", 411},
        {"Authorization: Bearer token-of-delft\r\nTransfer-Encoding: chunked\r\n", 411},
        {"Authorization: Bearer token-of-delft\r\nContent-Length: 0\r\n", 400},
        {"Authorization: Bearer token-of-delft\r\nContent-Length: five\r\n", 400},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_int_equal(ask(*state, post(CASES[i].headers, "")), CASES[i].status);
    assert_int_equal(ask(*state, "PUT /whatif HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"), 405);
    assert_non_null(strstr(heard.text, "Allow: GET, HEAD, POST"));
}

static void an_enclosure_that_breaks_off_is_never_answered(void **state)
{
    char headers[256];
    snprintf(headers, sizeof headers, "%sContent-Length: 5\r\n", DELFT);
    assert_int_equal(ask(*state, post(headers, "a b")), 0);
    assert_int_equal(get(*state, "/report", ""), 200);
}

static void bad_requests_disturb_nobody(void **state)
{
    static char large[40 * 1024];
    memset(large, 'a', sizeof large - 1);
    memcpy(large, "GET /report HTTP/1.1\r\nX: ", strlen("GET /report HTTP/1.1\r\nX: "));
    int status = ask(*state, large);
    assert_true(status == 431 || status == 413 || status == 0);

    char many[1024] = "/report?a=1";
    for (int i = 0; i < HTTP_ARGUMENTS_MAX; i++)
        strcat(many, "&a=1");
    assert_int_equal(get(*state, many, ""), 400);

    status = ask(*state, "not http at all\r\n\r\n");
    assert_true(status == 400 || status == 505 || status == 0);
    status = ask(*state, "GET\r\n\r\n");
    assert_true(status == 400 || status == 505 || status == 0);

    assert_int_equal(get(*state, "/report", ""), 200);
}

static void a_silent_connection_is_closed(void **state)
{
    /* Half a request; the server hangs up long before the caller's own patience ends. */
    time_t begun = time(NULL);
    assert_int_equal(ask(*state, "GET /report HTTP/1.1\r\nHo"), 0);
    assert_true(time(NULL) - begun < 5);
}

static void a_large_reply_arrives_whole_with_its_headers(void **state)
{
    assert_int_equal(get(*state, "/much", ""), 200);
    assert_int_equal(strlen(body_of(&heard)), much);
    assert_non_null(strstr(heard.text, "Content-Type: application/octet-stream"));
    assert_non_null(strstr(heard.text, "Cache-Control: max-age=60"));
    assert_non_null(strstr(heard.text, "X-Content-Type-Options: nosniff"));
}

static void a_connection_serves_more_than_one_request(void **state)
{
    assert_int_equal(ask(*state, "GET /report HTTP/1.1\r\nHost: x\r\n\r\n"
                                 "GET /page/second HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
                     200);
    assert_non_null(strstr(heard.text, "report /report"));
    assert_non_null(strstr(heard.text, "page /page/second"));
}

static void a_taken_port_is_tried_again_later(void **state)
{
    HttpSettings settings = SETTINGS;
    settings.port = http_port(*state);
    Http *second = NULL;
    assert_int_equal(http_open(&settings, &second), STATUS_RETRY);
    assert_null(second);
}

static void an_address_that_is_none_is_refused(void **state)
{
    (void)state;
    HttpSettings settings = SETTINGS;
    settings.address = "town hall";
    Http *http = NULL;
    assert_int_equal(http_open(&settings, &http), STATUS_STOP);
    settings.address = "/no/such/folder/socket";
    assert_int_equal(http_open(&settings, &http), STATUS_STOP);
    assert_null(http);
}

static void a_unix_socket_answers_and_is_gone_afterwards(void **state)
{
    (void)state;
    char folder[] = "/tmp/picq-http-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    snprintf(path, sizeof path, "%s/socket", folder);
    HttpSettings settings = SETTINGS;
    settings.address = path;

    /* What a process that was killed left behind is no hindrance. */
    int dead = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    assert_int_equal(bind(dead, (struct sockaddr *)&address, sizeof address), 0);
    close(dead);

    Http *http = NULL;
    assert_int_equal(http_open(&settings, &http), STATUS_OK);
    Http *second = NULL;
    Status again = http_open(&settings, &second);
    converse(connect_to_path(path), "GET /report HTTP/1.0\r\n\r\n", &heard);
    http_free(http);
    assert_int_equal(again, STATUS_RETRY);
    assert_int_equal(heard.status, 200);
    assert_int_equal(access(path, F_OK), -1);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_route_answers_with_its_path_and_arguments, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_token_opens_its_route_and_names_its_caller, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_reply_has_headers_of_its_own, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_route_refuses_in_its_own_words, open_http, close_http),
        cmocka_unit_test_setup_teardown(things_are_only_read, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_body_is_refused_before_it_is_read, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_question_too_long_for_an_address_is_enclosed, open_http, close_http),
        cmocka_unit_test_setup_teardown(an_enclosure_is_refused_before_it_is_read, open_http, close_http),
        cmocka_unit_test_setup_teardown(an_enclosure_that_breaks_off_is_never_answered, open_http, close_http),
        cmocka_unit_test_setup_teardown(bad_requests_disturb_nobody, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_silent_connection_is_closed, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_large_reply_arrives_whole_with_its_headers, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_connection_serves_more_than_one_request, open_http, close_http),
        cmocka_unit_test_setup_teardown(a_taken_port_is_tried_again_later, open_http, close_http),
        cmocka_unit_test(an_address_that_is_none_is_refused),
        cmocka_unit_test(a_unix_socket_answers_and_is_gone_afterwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
