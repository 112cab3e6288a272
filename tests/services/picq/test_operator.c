/* What operators type becomes a fact that intake can read. */
#include "typed.h"

#include "intake/feed/feed.h"
#include "proto/operator.pb-c.h"

#define CONVERSATION " --municipality 0503 --provider 90000001"
#define SAID_OF ",\"municipality\":\"0503\",\"provider\":\"90000001\","
#define BOOK "$root/deploy/regions/haaglanden/book/001-pxq-contracts-to-2019"
#define KEY "'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7'"

static const struct {
    const char *arguments;
    const char *line; /* behind {"id":"m-1" */
    const char *told;
} FACTS[] = {
    {"day 2020-03-01", ",\"new_day\":{\"day\":\"2020-03-01\"}}", "2020-03-01 has begun (message m-1)\n"},
    {"day 2020-03-05 --after-gap", ",\"new_day\":{\"day\":\"2020-03-05\",\"after_gap\":true}}", "2020-03-05 has begun"},
    {"publish --approve 3 --digest c04324c1", ",\"book_approved\":{\"number\":3,\"digest\":\"c04324c1\"}}",
     "book 003 is published"},
    {"close 2020", ",\"year_proposed\":{\"year\":2020}}",
     "it is proposed that 2020 is closed; another operator approves it"},
    {"close 2020 --approve", ",\"year_approved\":{\"year\":2020}}", "2020 is closed"},
    {"close 2020 --reopen --reason 'De rechter oordeelde anders.'",
     ",\"year_proposed\":{\"year\":2020,\"reopened\":true,\"reason\":\"De rechter oordeelde anders.\"}}",
     "it is proposed that 2020 is opened again; another operator approves it"},
    {"close 2020 --reopen --approve", ",\"year_approved\":{\"year\":2020,\"reopened\":true}}", "2020 is opened again"},
    {"keys give " KEY " --owner gateway --provider 90000001 --provider 90000002:2020-01-01:2020-12-31",
     ",\"key_given\":{\"key\":\"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\",\"owner\":\"gateway\",\"providers\":"
     "[{\"provider\":\"90000001\"},{\"provider\":\"90000002\",\"period\":{\"first_day\":\"2020-01-01\",\"last_day\":"
     "\"2020-12-31\"}}]}}",
     "speaks for gateway"},
    {"keys give " KEY " --owner gateway --provider 90000001:2020-01-01",
     ",\"key_given\":{\"key\":\"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\",\"owner\":\"gateway\",\"providers\":"
     "[{\"provider\":\"90000001\",\"period\":{\"first_day\":\"2020-01-01\",\"last_day\":\"2189-12-31\"}}]}}",
     "speaks for gateway"},
    {"keys revoke " KEY " --reason 'is verloren'",
     ",\"key_revoked\":{\"key\":\"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\",\"reason\":\"is verloren\"}}",
     "is revoked"},
    {"requests grant R-1 --reason 'past bij het plan'" CONVERSATION,
     SAID_OF "\"request_granted\":{\"reference\":\"R-1\",\"reason\":\"past bij het plan\"}}",
     "the grant of R-1 is admitted"},
    {"requests grant R-1 --reason goed --profile 3 --intensity PERSPECTIEF --result 'Gaat naar school' --result "
     "'Slaapt goed' --product 45:45A04:600:MINUTE:PER_WEEK" CONVERSATION,
     SAID_OF "\"request_granted\":{\"reference\":\"R-1\",\"reason\":\"goed\",\"pic\":{\"profile\":\"3\","
             "\"intensity\":\"PERSPECTIEF\"},\"results\":[\"Gaat naar school\",\"Slaapt goed\"],\"products\":[{"
             "\"category\":\"45\",\"code\":\"45A04\",\"volume\":600,\"unit\":\"MINUTE\",\"frequency\":\"PER_WEEK\"}]}}",
     "the grant of R-1 is admitted"},
    {"requests refuse R-1 --reason 'te veel'" CONVERSATION,
     SAID_OF "\"request_refused\":{\"reference\":\"R-1\",\"reason\":\"te veel\"}}", "the refusal of R-1 is admitted"},
    {"convert 1017 --day 2020-07-01 --profile 3 --intensity PERSPECTIEF --result 'Gaat naar school' --consent "
     "'brief van 2 juni'" CONVERSATION,
     SAID_OF "\"conversion\":{\"allocation\":\"1017\",\"day\":\"2020-07-01\",\"consent\":\"brief van 2 juni\",\"pic\":{"
             "\"profile\":\"3\",\"intensity\":\"PERSPECTIEF\"},\"results\":[\"Gaat naar school\"]}}",
     "the conversion of 1017 on 2020-07-01 is admitted"},
    {"cases move 1017 --to 0518 --day 2020-03-01 --consent 'brief van 2 juni'" CONVERSATION,
     SAID_OF "\"care_moved\":{\"allocation\":\"1017\",\"day\":\"2020-03-01\",\"to_municipality\":\"0518\",\"consent\":"
             "\"brief van 2 juni\"}}",
     "the case of 1017 to 0518 on 2020-03-01 is admitted"},
    {"cases transfer 1017 --to 90000002 --day 2020-03-01 --product 45:45A04:600:MINUTE:PER_WEEK" CONVERSATION,
     SAID_OF
     "\"care_moved\":{\"allocation\":\"1017\",\"day\":\"2020-03-01\",\"to_provider\":\"90000002\",\"products\":[{"
     "\"category\":\"45\",\"code\":\"45A04\",\"volume\":600,\"unit\":\"MINUTE\",\"frequency\":\"PER_WEEK\"}]}}",
     "the case of 1017 to 90000002 on 2020-03-01 is admitted"},
    {"cases close inkoop:m-7 --reason 'zij blijft'",
     ",\"case_closed\":{\"case\":\"inkoop:m-7\",\"reason\":\"zij blijft\"}}", "the case is closed"},
    {"end 1017 --last-day 2020-02-29 --reason ADMINISTRATIVE" CONVERSATION,
     SAID_OF
     "\"allocation_ended\":{\"allocation\":\"1017\",\"last_day\":\"2020-02-29\",\"reason\":\"ADMINISTRATIVE\"}}",
     "the end of 1017 on 2020-02-29 is admitted"},
    {"set-aside retry gateway/m-7 --house billing --reason 'boek is hersteld'" CONVERSATION,
     SAID_OF "\"set_aside_retried\":{\"house\":\"billing\",\"message_id\":\"gateway/m-7\",\"reason\":"
             "\"boek is hersteld\"}}",
     "is to be handled once more"},
    {"set-aside drop gateway/m-7 --house billing --reason dubbel" CONVERSATION,
     SAID_OF "\"set_aside_dropped\":{\"house\":\"billing\",\"message_id\":\"gateway/m-7\",\"reason\":\"dubbel\"}}",
     "is given up"},
};

static void assert_intake_reads(const char *line)
{
    Arena *arena = arena_new();
    Refusal refusal;
    const ProtobufCMessage *message =
        feed_read(arena, &operator__message__descriptor, (Bytes){(const uint8_t *)line, strlen(line)}, &refusal);
    char sentence[500] = "";
    if (!message)
        snprintf(sentence, sizeof sentence, "%s", refusal_sentence(arena, &refusal));
    arena_free(arena);
    if (*sentence)
        fail_msg("%s: %s", line, sentence);
}

static void every_command_says_a_fact_that_intake_can_read(void **state)
{
    Stage *stage = *state;
    for (size_t i = 0; i < COUNT(FACTS); i++) {
        char arguments[1000], expected[1000];
        snprintf(arguments, sizeof arguments, "%s --id m-1", FACTS[i].arguments);
        snprintf(expected, sizeof expected, "{\"id\":\"m-1\"%s", FACTS[i].line);
        Said said = typed(stage, arguments);
        assert_says(&said, 0, FACTS[i].told);
        assert_int_equal(kept_count(stage->kept), i + 1);
        assert_string_equal(stage->kept->lines[i], expected);
        assert_intake_reads(stage->kept->lines[i]);
    }
}

static void a_book_is_proposed_with_its_files_and_approved_by_its_digest(void **state)
{
    Stage *stage = *state;
    Said said = typed(stage, "publish " BOOK);
    assert_says(&said, 0, "book 001 pxq-contracts-to-2019 is proposed, with digest ");
    char digest[65] = "";
    sscanf(strstr(said.text, "digest ") + strlen("digest "), "%64s", digest);
    assert_intake_reads(stage->kept->lines[0]);
    assert_non_null(
        strstr(stage->kept->lines[0], "\"book_proposed\":{\"number\":1,\"slug\":\"pxq-contracts-to-2019\""));
    assert_non_null(strstr(stage->kept->lines[0], "{\"name\":\"decision.yaml\",\"text\":\""));

    said = typed(stage, "publish " BOOK " --approve");
    assert_says(&said, 0, "book 001 is published");
    assert_non_null(strstr(stage->kept->lines[1], digest));
}

static void a_message_has_an_id_of_its_own_that_is_no_number(void **state)
{
    Stage *stage = *state;
    typed(stage, "day 2020-03-01");
    typed(stage, "day 2020-03-01");
    assert_int_equal(kept_count(stage->kept), 2);
    assert_string_not_equal(stage->kept->lines[0], stage->kept->lines[1]);
    char id[25] = "";
    sscanf(stage->kept->lines[0], "{\"id\":\"%24[a-z]\"", id);
    assert_int_equal(strlen(id), 24);
}

static void a_refusal_is_told_and_the_answer_is_no(void **state)
{
    Stage *stage = *state;
    Said said = typed(stage, "requests refuse R-1 --reason BAD --id m-1" CONVERSATION);
    assert_says(&said, 1, "refused: NOT_JSON de regel is geen JSON (message m-1)\n");
    said = typed(stage, "requests refuse R-1 --json --reason BAD --id m-1" CONVERSATION);
    assert_says(&said, 1,
                "\"id\": \"m-1\",\n  \"admitted\": false,\n  \"heard_before\": false,\n  \"code\": \"NOT_JSON\"");
}

static const struct {
    const char *arguments;
    const char *says;
} WRONG[] = {
    {"day", "name the day, as 2020-03-01"},
    {"day 2020-02-30", "name one day, as 2020-03-01: 2020-02-30"},
    {"publish", "name the folder of a book"},
    {"publish nowhere", "nowhere cannot be read"},
    {"publish 3 --digest c04324c1", "--digest belongs to --approve"},
    {"publish book --approve --digest c04324c1", "--digest belongs to the number of a book: book"},
    {"close", "name the year, such as 2020"},
    {"close 20", "a year is written 2020: 20"},
    {"close 2020 2021", "one year at a time"},
    {"close 2020 --check --approve", "--check only looks"},
    {"close 2020 --reopen", "say why the year is opened again: --reason TEXT"},
    {"close 2020 --reason 'De rechter'", "--reason belongs to --reopen"},
    {"keys give", "name the key"},
    {"keys give nobody --owner gateway --provider 90000001", "key nobody cannot be read"},
    {"keys give sender --provider 90000001", "name whose key it is: --owner NAME"},
    {"keys give sender --owner gateway", "name for whom it may speak: --provider AGB"},
    {"keys give sender --owner gateway --provider 9000", "--provider is a code of eight digits"},
    {"keys give sender --owner gateway --provider 90000001:soon", "--provider is a code of eight digits"},
    {"keys revoke sender", "say why: --reason TEXT"},
    {"requests grant R-1 --reason goed", "name the conversation: --municipality CODE --provider AGB"},
    {"requests grant R-1" CONVERSATION, "say why: --reason TEXT"},
    {"requests grant R-1 --reason goed --profile 3" CONVERSATION, "--profile and --intensity go together"},
    {"requests grant R-1 --reason goed --product 45:45A04" CONVERSATION, "--product is CATEGORY:CODE:VOLUME:UNIT"},
    {"requests refuse R-1 --reason goed --profile 3" CONVERSATION, "unrecognized option"},
    {"convert 1017" CONVERSATION, "name the first day under the new funding: --day YYYY-MM-DD"},
    {"convert --day 2020-07-01" CONVERSATION, "name the allocation, by its number"},
    {"cases move --to 0518 --day 2020-03-01" CONVERSATION, "name an allocation, by its number"},
    {"cases move 1017 --to 0518" CONVERSATION, "say where it goes, and on which day: --to CODE --day YYYY-MM-DD"},
    {"cases move 1017 --to 90000002 --day 2020-03-01" CONVERSATION, "--to is a code of 4 digits: 90000002"},
    {"cases transfer 1017 --to 0518 --day 2020-03-01" CONVERSATION, "--to is a code of 8 digits: 0518"},
    {"cases merge --from 90000001 --day 2020-03-01", "say who merges into whom, and when"},
    {"cases death --day 2020-03-01 999900006", "the citizen number is read from standard input"},
    {"cases death --day 2020-03-01 </dev/null", "write the client's citizen number, nine digits, on a line of its own"},
    {"cases bsn 999900006", "the citizen numbers are read from standard input"},
    {"cases close inkoop:m-7", "say how it was settled: --reason TEXT"},
    {"end 1017 --last-day 2020-02-29" CONVERSATION, "say when and why: --last-day YYYY-MM-DD --reason REASON"},
    {"set-aside drop m-1" CONVERSATION, "say why you decide so: --reason TEXT"},
    {"set-aside drop m-1 --reason dubbel --municipality 0503",
     "name the conversation: --municipality CODE --provider AGB"},
    {"set-aside drop m-1 --reason dubbel", "say where the houses answer: PICQ_HOUSES="},
    {"set-aside show", "name the message, by its id in `picq set-aside list`"},
    {"set-aside list --municipality 503", "a municipality is a code of four digits"},
    {"status --watch=0", "--watch=SECONDS is from 1 to 3600"},
    {"day 2020-03-01 --id \"$(printf 'm\\377')\"", "a text is no UTF-8"},
};

static void wrong_use_is_told_with_what_to_do(void **state)
{
    Stage *stage = *state;
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        Said said = typed(stage, WRONG[i].arguments);
        assert_says(&said, 2, WRONG[i].says);
    }
    assert_int_equal(kept_count(stage->kept), 0);
}

static void keys_are_made_and_shown(void **state)
{
    Stage *stage = *state;
    Said said = typed(stage, "keys make one two");
    assert_says(&said, 0, "key  public part\none  ");
    said = typed(stage, "keys make one");
    assert_says(&said, 2, "key one_secret is there already");
    said = typed(stage, "keys show --json intake");
    assert_says(&said, 0, key_public(stage->door_key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_on_stage(every_command_says_a_fact_that_intake_can_read),
        test_on_stage(a_book_is_proposed_with_its_files_and_approved_by_its_digest),
        test_on_stage(a_message_has_an_id_of_its_own_that_is_no_number),
        test_on_stage(a_refusal_is_told_and_the_answer_is_no),
        test_on_stage(wrong_use_is_told_with_what_to_do),
        test_on_stage(keys_are_made_and_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
