/* picq convert of many, at a door and a page that stand in for the houses. */
#include "typed.h"

#include "http/http.h"

static const char PLAN[] = "{\"positions\":{\"%s\":7},\"plan\":[%s]}";

static const char ROWS[] =
    "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"allocation\":\"64\",\"client\":\"c-1\",\"segment\":\"S\","
    "\"first_day\":\"2020-01-01\",\"last_day\":\"2021-06-25\",\"funding\":\"PXQ\",\"content\":\"NONE\",\"to_funding\":"
    "\"PIC\",\"to_content\":\"PIC\",\"since\":\"2021-01-01\",\"day\":\"2021-01-01\",\"way\":\"convert\",\"outcome\":"
    "\"referred\",\"reason\":\"PIC_MISSING\",\"sentence\":\"no PIC is named\"},"
    "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"allocation\":\"128\",\"way\":\"convert\",\"day\":\"2021-01-"
    "01\","
    "\"with\":\"64\"},"
    "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"allocation\":\"192\",\"way\":\"convert\",\"day\":\"2021-01-"
    "01\","
    "\"waits\":\"omzetting~192~2021-01-01\"},"
    "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"allocation\":\"256\",\"way\":\"by_hand\",\"day\":\"2021-01-"
    "01\"},"
    "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"allocation\":\"320\",\"way\":\"as_it_ends\",\"day\":\"2021-"
    "06-26\"}";

/* All of it stands in the first partitions. */
static void show(void *owner, const HttpRequest *request, HttpReply *reply)
{
    (void)owner;
    const char *partitions = http_argument(request, "partitions");
    bool first = partitions && strncmp(partitions, "0", 1) == 0;
    reply->type = "application/json";
    const char *json = arena_format(request->arena, PLAN, partitions ? partitions : "", first ? ROWS : "");
    reply->body = (Bytes){(const uint8_t *)json, strlen(json)};
}

static const HttpToken TOKENS[] = {{"region", "secret-of-the-region"}};
static const HttpRoute ROUTES[] = {
    {.path = "/plan", .handle = show, .tokens = TOKENS, .token_count = 1, .body_bytes_max = 1 << 20}};
static Http *http;

static int open_house(void **state)
{
    const HttpSettings settings = {.routes = ROUTES, .route_count = 1, .threads = 4};
    if (http_open(&settings, &http) != STATUS_OK)
        return -1;
    char place[60];
    snprintf(place, sizeof place, "127.0.0.1:%u", http_port(http));
    setenv("PICQ_ALLOCATION_HTTP", place, 1);
    setenv("PICQ_TOKEN", "secret-of-the-region", 1);
    return stage_open(state);
}

static int close_house(void **state)
{
    http_free(http);
    return stage_close(state);
}

static void the_plan_is_shown_with_what_is_to_be_done(void **state)
{
    Said said = typed(*state, "convert --plan");
    assert_says(&said, 0, "-/PXQ");
    assert_says(&said, 0, "a person must say: no PIC is named");
    assert_says(&said, 0, "with 64");
    assert_says(&said, 0, "waits for a person as omzetting~192~2021-01-01");
    assert_says(&said, 0, "4 allocations whose funding is no longer what the books say, 1 of them by hand\n");
    assert_null(strstr(said.text, "320"));
    said = typed(*state, "convert --plan --as-they-end");
    assert_says(&said, 0, "by what is asked next");
    assert_says(&said, 0, "1 allocation whose funding");
}

/* Only what has a day, is the first of those that go along, and does not wait; said again it is the same message. */
static void what_has_a_day_is_converted_once(void **state)
{
    Stage *stage = *state;
    Said said = typed(stage, "convert --plan --do --patience 0.5");
    assert_says(&said, 0, "0 converted, 0 refused, 0 wait for a person, 0 said before, 1 not judged yet\n");
    assert_int_equal(kept_count(stage->kept), 1);
    assert_string_equal(stage->kept->lines[0],
                        "{\"id\":\"convert:0503:64:2021-01-01\",\"municipality\":\"0503\",\"provider\":\"90000001\","
                        "\"conversion\":{\"allocation\":\"64\",\"day\":\"2021-01-01\"}}");
    said = typed(stage, "convert --plan --do --patience 0.5");
    assert_says(&said, 0, "1 said before, 0 not judged yet\n");
    assert_int_equal(kept_count(stage->kept), 1);
}

static void a_list_is_read_whole_before_anything_is_said(void **state)
{
    Stage *stage = *state;
    write_file(stage, "list", "# two\n0503/90000001 64 2021-01-01\n\n0518/90000002 128\n");
    Said said = typed(stage, "convert --file list --patience 0.5");
    assert_says(&said, 2, "list:4: write MUNICIPALITY/PROVIDER ALLOCATION DAY");
    assert_int_equal(kept_count(stage->kept), 0);
    said = typed(stage, "convert --file list --day 2021-02-01 --consent 'brief van 3 mei' --patience 0.5");
    assert_says(&said, 0, "2 not judged yet\n");
    assert_int_equal(kept_count(stage->kept), 2);
    assert_non_null(strstr(stage->kept->lines[1], "\"id\":\"convert:0518:128:2021-02-01\""));
    assert_non_null(strstr(stage->kept->lines[1], "\"consent\":\"brief van 3 mei\""));
}

static void what_makes_no_sense_is_wrong_use(void **state)
{
    static const struct {
        const char *arguments, *says;
    } CASES[] = {
        {"convert --plan --file list", "--plan or --file"},
        {"convert --plan --do --as-they-end", "there is nothing to do"},
        {"convert --plan --do --book folder", "a book that is not published converts nobody"},
        {"convert --plan 64", "\"64\" says nothing here"},
        {"convert --plan --municipality Delft", "a code of four digits"},
        {"convert --plan --book no-such-folder", "no-such-folder"},
        {"convert --file no-such-list", "no-such-list cannot be read"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        Said said = typed(*state, CASES[i].arguments);
        assert_says(&said, 2, CASES[i].says);
    }
}

int main(void)
{
#define AT_DOOR(test) cmocka_unit_test_setup_teardown(test, open_house, close_house)
    const struct CMUnitTest tests[] = {
        AT_DOOR(the_plan_is_shown_with_what_is_to_be_done),
        AT_DOOR(what_has_a_day_is_converted_once),
        AT_DOOR(a_list_is_read_whole_before_anything_is_said),
        AT_DOOR(what_makes_no_sense_is_wrong_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
