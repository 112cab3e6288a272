#include "intake/core/decide.h"

#include "intake/core/national.h"

#include "support/unit.h"

/* Synthetic codes; the citizen numbers come from the range for tests. */
#define DELFT "0503"
#define THE_HAGUE "0518"
#define ONE "90000001"
#define TWO "90000002"

typedef enum Who { STRANGER, PROVIDER_ONE, GATEWAY, OPERATOR, OPERATOR_TWO, OPERATOR_DELFT, CLOCK, WHO_COUNT } Who;

typedef enum Child { NO_CHILD, FIRST, SECOND, MISTYPED, CHILD_COUNT } Child;

static const Right ONE_IN_2020[] = {{ONE, {{18262}, {18627}}}};
static const Right BOTH_ALWAYS[] = {{ONE, {DAY_FIRST, DAY_LAST}}, {TWO, {DAY_FIRST, DAY_LAST}}};
static const Right TWO_ALWAYS[] = {{TWO, {DAY_FIRST, DAY_LAST}}};
static const char *const DELFT_ONLY[] = {DELFT};

static const Sender SENDERS[WHO_COUNT] = {
    [STRANGER] = {.key = "k1"},
    [PROVIDER_ONE] = {.key = "k2", .owner = "one", .rights = ONE_IN_2020, .right_count = 1},
    [GATEWAY] = {.key = "k3", .owner = "gateway", .rights = BOTH_ALWAYS, .right_count = 2},
    [OPERATOR] = {.key = "k4", .owner = "operator-a", .is_operator = true, .for_all = true},
    [OPERATOR_TWO] = {.key = "k5", .owner = "operator-b", .is_operator = true, .for_all = true},
    [OPERATOR_DELFT] = {.key = "k6",
                        .owner = "operator-delft",
                        .is_operator = true,
                        .municipalities = DELFT_ONLY,
                        .municipality_count = 1},
    [CLOCK] = {.key = "clock"},
};

static const char *const BSNS[CHILD_COUNT] = {"", "999900006", "999900018", "999900007"};

/* What is known at the door; a test says messages to it, one after another. */
typedef struct Door {
    Arena *arena;
    Standing standing;
    Sender senders[WHO_COUNT];
    Sender key;
    Person persons[CHILD_COUNT];
    Allocated allocated;
    LinkedCase open_case;
    Proposal proposals[2];
    Matter year;
    Matter payment;
    SentId sent[64];
    size_t sent_count;
} Door;

static int seen[INTAKE_REASON_COUNT];

static int door_setup(void **state)
{
    Arena *arena = arena_new();
    Door *door = ARENA_NEW(arena, Door);
    door->arena = arena;
    memcpy(door->senders, SENDERS, sizeof SENDERS);
    door->key = (Sender){.key = "new key"};
    door->persons[FIRST].fresh_reference = "client-1";
    door->persons[SECOND].fresh_reference = "client-2";
    door->allocated = (Allocated){.conversation = DELFT "/" ONE, .number = "17"};
    door->proposals[0] = (Proposal){.number = 1, .slug = "one"};
    door->proposals[1] = (Proposal){.number = 2, .slug = "two"};
    *state = door;
    return 0;
}

static int door_teardown(void **state)
{
    Door *door = *state;
    arena_free(door->arena);
    return 0;
}

static Day day(const char *text)
{
    Day read = {0};
    if (text && !day_read(text, &read))
        fail_msg("%s is no day", text);
    return read;
}

/* Where a message is unlike a plain one, which is of Delft and 90000001, about a child of 2010. */
typedef struct Unlike {
    const char *municipality;
    const char *provider;
    const char *birth;
    const char *id;      /* else one of its own */
    const char *content; /* else its id */
    const char *faults;
    int32_t book;
    bool after_gap;
    bool names_no_care;
    bool for_operator;
    bool for_nobody;

    /* cases */
    const char *to_municipality;
    const char *to_provider;
    const char *consent;
    const char *place; /* where the client has allocations; else Delft */
    Child correct;
    bool withdrawn;
    bool no_open_case;

    /* what two people decide */
    int32_t year;
    const char *reason;
    const char *paid; /* what a payment or its approval says; else "25000" */
    bool reopened;
} Unlike;

#define PLAIN \
    {         \
        0     \
    }
#define UNLIKE(...) \
    {               \
        __VA_ARGS__ \
    }

/* A message in words. */
typedef struct Said {
    const char *story;
    FactKind kind;
    Who who;
    Child child;
    const char *first;
    const char *last;
    IntakeReason outcome;
    Unlike unlike;
} Said;

static const char *plain(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

static SentId *sent_id(Door *door, const char *owner, const char *id)
{
    for (size_t i = 0; i < door->sent_count; i++)
        if (strcmp(door->sent[i].owner, owner) == 0 && strcmp(door->sent[i].id, id) == 0)
            return &door->sent[i];
    assert_true(door->sent_count < COUNT(door->sent));
    door->sent[door->sent_count] = (SentId){.owner = owner, .id = id};
    return &door->sent[door->sent_count++];
}

static void say_about_child(Door *door, const Said *words, Submission *said)
{
    said->clients = ARENA_NEW(door->arena, SaidClient);
    said->client_count = 1;
    said->clients[0] = (SaidClient){.bsn = BSNS[words->child],
                                    .name = "Test Client",
                                    .birth = day(plain(words->unlike.birth, "2010-05-01")),
                                    .person = words->child == MISTYPED ? NULL : &door->persons[words->child]};
}

static void say_of_case(Door *door, const Said *words, Submission *said)
{
    said->to = (Place){.conversation = "",
                       .municipality = plain(words->unlike.to_municipality, DELFT),
                       .provider = plain(words->unlike.to_provider, ONE)};
    said->consent = plain(words->unlike.consent, "");
    said->correct = words->unlike.correct == MISTYPED || words->unlike.correct == NO_CHILD
                        ? NULL
                        : &door->persons[words->unlike.correct];
    Place *place = ARENA_NEW(door->arena, Place);
    *place = (Place){.conversation = "", .municipality = plain(words->unlike.place, DELFT), .provider = ONE};
    said->places = place;
    said->place_count = 1;
    said->is_withdrawn = words->unlike.withdrawn;
    said->closes = words->unlike.no_open_case ? NULL : &door->open_case;
}

static void say_of_two(Door *door, const Said *words, Submission *said)
{
    const char *paid = plain(words->unlike.paid, "25000");
    bool is_payment = words->kind == FACT_PAYMENT_MADE || words->kind == FACT_PAYMENT_APPROVED;
    said->matter = is_payment ? &door->payment : &door->year;
    said->contents = (Bytes){(const uint8_t *)paid, strlen(paid)};
    said->year = words->unlike.year;
    said->reason = plain(words->unlike.reason, "");
    said->reopened = words->unlike.reopened;
}

static Admission say(Door *door, const Said *words)
{
    Sender *sender = &door->senders[words->who];
    const char *id = plain(words->unlike.id, arena_format(door->arena, "m-%zu", door->sent_count));
    const char *content = plain(words->unlike.content, id);
    Submission *said = ARENA_NEW(door->arena, Submission);
    said->sender = sender;
    said->unreadable = (Refusal){.reason = INTAKE_ADMITTED, .path = "", .detail = ""};
    said->id = id;
    said->content = digest_of((Bytes){(const uint8_t *)content, strlen(content)});
    said->sent = sent_id(door, plain(sender->owner, ""), id);
    said->kind = words->kind;
    said->municipality = plain(words->unlike.municipality, DELFT);
    said->provider = plain(words->unlike.provider, ONE);
    said->conversation = arena_format(door->arena, "%s/%s", said->municipality, said->provider);
    said->asked.first = day(words->first);
    said->asked.last = day(plain(words->last, words->first));
    said->day = said->asked.first;
    said->names_care = !words->unlike.names_no_care;
    said->after_gap = words->unlike.after_gap;
    said->is_from_clock = words->who == CLOCK;
    said->allocation = "17";
    said->allocated = &door->allocated;
    said->proposal = &door->proposals[words->unlike.book > 0 ? words->unlike.book - 1 : 0];
    said->book_faults = words->unlike.faults;
    said->given = &door->key;
    said->given_rights.owner = "two";
    said->given_rights.is_operator = words->unlike.for_operator;
    said->given_rights.rights = TWO_ALWAYS;
    said->given_rights.right_count = words->unlike.for_nobody ? 0 : 1;
    if (words->child != NO_CHILD)
        say_about_child(door, words, said);
    say_of_case(door, words, said);
    say_of_two(door, words, said);

    Admission admission = intake_decide(door->arena, &door->standing, said);
    seen[admission.refusal.reason]++;
    if (admission.refusal.reason != words->outcome)
        fail_msg("%s: %s %s", words->story, intake_reason_name(admission.refusal.reason), admission.refusal.path);
    return admission;
}

static void say_all(Door *door, const Said *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        say(door, &words[i]);
}

/* The tables are wider than a line. */
/* clang-format off */

#define ADMITTED INTAKE_ADMITTED
#define REQUEST FACT_ALLOCATION_REQUEST
#define CHANGE FACT_CHANGE_REQUEST

#define JANUARY_FIRST {"the first day", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-01", NULL, ADMITTED, PLAIN}

/* story, fact, who says it, of which child, first and last day, outcome, and what is not plain */

static void a_sender_speaks_for_its_own_and_for_nobody_else(void **state)
{
    static const Said WORDS[] = {
        {"before the first day", FACT_START, PROVIDER_ONE, FIRST, "2020-01-01", NULL, INTAKE_CALENDAR_NOT_BEGUN, PLAIN},
        {"an operator, before the first day", FACT_CARE_TAKEN_OVER, OPERATOR, FIRST, "2019-01-01", "2020-06-30", INTAKE_CALENDAR_NOT_BEGUN, PLAIN},
        JANUARY_FIRST,
        {"a provider for itself", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", ADMITTED, PLAIN},
        {"a provider for another", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", INTAKE_SENDER_NOT_FOR_PROVIDER, UNLIKE(.provider = TWO)},
        {"a gateway for one", REQUEST, GATEWAY, FIRST, "2020-01-06", "2020-07-05", ADMITTED, PLAIN},
        {"a gateway for the other", REQUEST, GATEWAY, FIRST, "2020-01-06", "2020-07-05", ADMITTED, UNLIKE(.provider = TWO)},
        {"a key that is not known", REQUEST, STRANGER, FIRST, "2020-01-06", "2020-07-05", INTAKE_SENDER_UNKNOWN, PLAIN},
        {"an operator of Delft for Delft", FACT_CARE_GRANTED, OPERATOR_DELFT, FIRST, "2020-02-01", "2020-03-31", ADMITTED, PLAIN},
        {"an operator of Delft for The Hague", FACT_CARE_GRANTED, OPERATOR_DELFT, FIRST, "2020-02-01", "2020-03-31", INTAKE_SENDER_NOT_FOR_MUNICIPALITY, UNLIKE(.municipality = THE_HAGUE)},
        {"an operator of Delft for everyone", FACT_NEW_DAY, OPERATOR_DELFT, NO_CHILD, "2020-01-02", NULL, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, PLAIN},
        {"an operator about no provider", FACT_PAYMENT_MADE, OPERATOR, NO_CHILD, "2020-01-02", NULL, INTAKE_CONVERSATION_MISSING, UNLIKE(.provider = "")},
        {"a year goes by", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2021-01-01", NULL, ADMITTED, UNLIKE(.after_gap = true)},
        {"the day after its last", FACT_START, PROVIDER_ONE, FIRST, "2021-01-01", NULL, INTAKE_SENDER_NOT_FOR_PROVIDER, PLAIN},
        {"the gateway goes on", FACT_START, GATEWAY, FIRST, "2021-01-01", NULL, ADMITTED, PLAIN},
    };
    say_all(*state, WORDS, COUNT(WORDS));
}

static void a_person_comes_into_being_by_a_request_a_take_over_or_a_grant(void **state)
{
    static const Said WORDS[] = {
        JANUARY_FIRST,
        {"a start of nobody", FACT_START, PROVIDER_ONE, FIRST, "2020-01-06", NULL, INTAKE_CLIENT_UNKNOWN, PLAIN},
        {"a stop of nobody", FACT_STOP, PROVIDER_ONE, FIRST, "2020-01-06", NULL, INTAKE_CLIENT_UNKNOWN, PLAIN},
        {"an outcome of nobody", FACT_OUTCOME, PROVIDER_ONE, FIRST, "2020-01-06", NULL, INTAKE_CLIENT_UNKNOWN, PLAIN},
        {"a change for nobody", CHANGE, PROVIDER_ONE, FIRST, NULL, "2020-12-31", INTAKE_CLIENT_UNKNOWN, PLAIN},
        {"a request for a mistyped number", REQUEST, PROVIDER_ONE, MISTYPED, "2020-01-06", "2020-07-05", INTAKE_BSN_WRONG, PLAIN},
        {"a start of a mistyped number", FACT_START, PROVIDER_ONE, MISTYPED, "2020-01-06", NULL, INTAKE_BSN_WRONG, PLAIN},
        {"a request without care", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", INTAKE_CARE_NOT_SAID, UNLIKE(.names_no_care = true)},
        {"a request that ends before it begins", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-01-05", INTAKE_PERIOD_EMPTY, PLAIN},
        {"a request for one not yet born", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", INTAKE_BORN_AFTER_CARE, UNLIKE(.birth = "2020-01-07")},
        {"refused requests made nobody", FACT_START, PROVIDER_ONE, FIRST, "2020-01-06", NULL, INTAKE_CLIENT_UNKNOWN, PLAIN},
        {"a request", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", ADMITTED, PLAIN},
        {"now a start", FACT_START, PROVIDER_ONE, FIRST, "2020-01-06", NULL, ADMITTED, PLAIN},
        {"the same number with another birth day", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", INTAKE_BSN_HAS_OTHER_BIRTH_DAY, UNLIKE(.birth = "2010-05-02")},
        {"a take-over", FACT_CARE_TAKEN_OVER, OPERATOR, SECOND, "2019-01-01", "2020-06-30", ADMITTED, PLAIN},
        {"now a stop", FACT_STOP, PROVIDER_ONE, SECOND, "2020-03-31", NULL, ADMITTED, PLAIN},
        {"a change to an earlier end", CHANGE, PROVIDER_ONE, SECOND, NULL, "2019-12-01", ADMITTED, PLAIN},
        {"a change that ends before it begins", CHANGE, PROVIDER_ONE, SECOND, "2020-02-01", "2020-01-01", INTAKE_PERIOD_EMPTY, PLAIN},
    };
    say_all(*state, WORDS, COUNT(WORDS));
}

static void a_declared_client_who_is_not_known_is_nobody_of_ours(void **state)
{
    static const Said WORDS[] = {
        JANUARY_FIRST,
        {"unknown", FACT_DECLARATION, PROVIDER_ONE, FIRST, NULL, NULL, ADMITTED, PLAIN},
        {"mistyped", FACT_DECLARATION, PROVIDER_ONE, MISTYPED, NULL, NULL, ADMITTED, PLAIN},
        {"a request", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", ADMITTED, PLAIN},
        {"known", FACT_DECLARATION, PROVIDER_ONE, FIRST, NULL, NULL, ADMITTED, PLAIN},
    };
    say(*state, &WORDS[0]);
    assert_string_equal(say(*state, &WORDS[1]).stamps[0].reference, "");
    assert_string_equal(say(*state, &WORDS[2]).stamps[0].reference, "");
    say(*state, &WORDS[3]);
    assert_string_equal(say(*state, &WORDS[4]).stamps[0].reference, "client-1");
}

static void the_same_message_has_the_same_outcome_and_counts_once(void **state)
{
    static const Said FIRST_DAY = JANUARY_FIRST;
    static const Said ASKED = {"a request", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", ADMITTED, UNLIKE(.id = "R-1")};
    static const Said REFUSED = {"a start of nobody", FACT_START, PROVIDER_ONE, SECOND, "2020-01-06", NULL, INTAKE_CLIENT_UNKNOWN, UNLIKE(.id = "S-1")};
    static const Said OTHER = {"same id, other content", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", INTAKE_ID_HAS_OTHER_CONTENT, UNLIKE(.id = "R-1", .content = "other")};
    static const Said OTHER_SENDER = {
        "same id, other sender", REQUEST, GATEWAY, FIRST, "2020-01-06", "2020-07-05", ADMITTED, UNLIKE(.id = "R-1")};
    static const Said TAKEN_OVER = {"a take-over", FACT_CARE_TAKEN_OVER, OPERATOR, SECOND, "2019-01-01", "2020-06-30", ADMITTED, PLAIN};

    say(*state, &FIRST_DAY);
    assert_false(say(*state, &ASKED).heard_before);
    assert_true(say(*state, &ASKED).heard_before);
    assert_false(say(*state, &REFUSED).heard_before);
    assert_false(say(*state, &OTHER).heard_before);
    assert_false(say(*state, &OTHER_SENDER).heard_before);

    /* Who was unknown comes into being; the start that was refused stays refused. */
    say(*state, &TAKEN_OVER);
    assert_true(say(*state, &REFUSED).heard_before);
    assert_true(say(*state, &ASKED).heard_before);
}

static void a_request_is_stamped_with_ages_and_the_care_that_is_known(void **state)
{
    static const Said WORDS[] = {
        {"the first day", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-03-01", NULL, ADMITTED, PLAIN},
        {"a take-over", FACT_CARE_TAKEN_OVER, OPERATOR, FIRST, "2019-01-01", "2020-06-30", ADMITTED, PLAIN},
        {"a stop", FACT_STOP, PROVIDER_ONE, FIRST, "2020-02-29", NULL, ADMITTED, PLAIN},
    };
    static const Said ASKED = {"a request", REQUEST, GATEWAY, FIRST, "2020-04-30", "2021-04-30", ADMITTED, UNLIKE(.provider = TWO)};
    say_all(*state, WORDS, COUNT(WORDS));
    Admission asked = say(*state, &ASKED);

    assert_int_equal(asked.known.number, day("2020-03-01").number);
    assert_int_equal(asked.stamp_count, 1);
    const Stamp *stamp = &asked.stamps[0];
    assert_string_equal(stamp->reference, "client-1");
    assert_int_equal(stamp->age_first, 9);
    assert_int_equal(stamp->age_last, 10);
    assert_int_equal(stamp->care.count, 1);
    assert_int_equal(stamp->care.periods[0].first.number, day("2019-01-01").number);
    assert_int_equal(stamp->care.periods[0].last.number, day("2020-02-29").number);
}

static void a_conversion_is_stamped_once_its_client_is_known(void **state)
{
    static const Said CONVERSION = {"a conversion", FACT_CONVERSION, OPERATOR_DELFT, NO_CHILD, "2020-06-01", NULL, ADMITTED, PLAIN};
    static const Said TAKEN_OVER = {"a take-over", FACT_CARE_TAKEN_OVER, OPERATOR, FIRST, "2019-01-01", "2020-06-30", ADMITTED, PLAIN};
    static const Said FIRST_DAY = JANUARY_FIRST;
    say(*state, &FIRST_DAY);
    assert_string_equal(say(*state, &CONVERSION).stamps[0].reference, "");
    say(*state, &TAKEN_OVER);
    Admission converted = say(*state, &CONVERSION);
    assert_int_equal(converted.stamp_count, 1);
    assert_string_equal(converted.stamps[0].reference, "client-1");
    assert_int_equal(converted.stamps[0].age_first, 10);
}

static void days_begin_in_order(void **state)
{
    static const Said WORDS[] = {
        {"the first day may be any", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-01", NULL, ADMITTED, PLAIN},
        {"the same day", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-01", NULL, INTAKE_DAY_PASSED, PLAIN},
        {"an earlier day", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2019-12-31", NULL, INTAKE_DAY_PASSED, PLAIN},
        {"the next day", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-02", NULL, ADMITTED, PLAIN},
        {"one day missed", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-04", NULL, ADMITTED, PLAIN},
        {"two days missed", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-07", NULL, INTAKE_DAYS_MISSED, PLAIN},
        {"two days missed, and meant", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-07", NULL, ADMITTED, UNLIKE(.after_gap = true)},
        {"a year and a day", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2021-01-08", NULL, INTAKE_DAY_TOO_FAR, UNLIKE(.after_gap = true)},
        {"a year", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2021-01-07", NULL, ADMITTED, UNLIKE(.after_gap = true)},
    };
    say_all(*state, WORDS, COUNT(WORDS));
}

static void missed_days_begin_as_well(void **state)
{
    static const Said FIRST_DAY = JANUARY_FIRST;
    static const Said THIRD_DAY = {"the third day", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-03", NULL, ADMITTED, PLAIN};
    assert_int_equal(period_days(say(*state, &FIRST_DAY).begun), 1);
    Admission third = say(*state, &THIRD_DAY);
    assert_int_equal(period_days(third.begun), 2);
    assert_int_equal(third.begun.first.number, day("2020-01-02").number);
    assert_int_equal(third.known.number, day("2020-01-03").number);
}

static void where_a_clock_says_the_days_an_operator_only_closes_a_gap(void **state)
{
    static const Said WORDS[] = {
        {"the first day by the clock", FACT_NEW_DAY, CLOCK, NO_CHILD, "2020-01-01", NULL, ADMITTED, PLAIN},
        {"the next day by an operator", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-02", NULL, INTAKE_CALENDAR_BY_CLOCK, PLAIN},
        {"the next day by the clock", FACT_NEW_DAY, CLOCK, NO_CHILD, "2020-01-02", NULL, ADMITTED, PLAIN},
        {"a gap by the clock", FACT_NEW_DAY, CLOCK, NO_CHILD, "2020-01-12", NULL, INTAKE_DAYS_MISSED, PLAIN},
        {"a gap by an operator", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-12", NULL, INTAKE_CALENDAR_BY_CLOCK, PLAIN},
        {"a gap that is meant", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-12", NULL, ADMITTED, UNLIKE(.after_gap = true)},
    };
    Door *door = *state;
    door->standing.days_by_clock = true;
    say_all(door, WORDS, COUNT(WORDS));
}

static void a_book_needs_two_people(void **state)
{
    static const Said WORDS[] = {
        {"approved before it is proposed", FACT_BOOK_APPROVED, OPERATOR_TWO, NO_CHILD, NULL, NULL, INTAKE_BOOK_NOT_PROPOSED, UNLIKE(.book = 1)},
        {"proposed with faults", FACT_BOOK_PROPOSED, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_BOOK_FAULTY, UNLIKE(.book = 1, .faults = "(funding.yaml:3: no such segment)")},
        {"proposed", FACT_BOOK_PROPOSED, OPERATOR, NO_CHILD, NULL, NULL, ADMITTED, UNLIKE(.book = 1)},
        {"before the first day", FACT_BOOK_APPROVED, OPERATOR_TWO, NO_CHILD, NULL, NULL, INTAKE_CALENDAR_NOT_BEGUN, UNLIKE(.book = 1)},
        JANUARY_FIRST,
        {"approved by who proposed it", FACT_BOOK_APPROVED, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_BOOK_NEEDS_ANOTHER, UNLIKE(.book = 1)},
        {"approved for Delft only", FACT_BOOK_APPROVED, OPERATOR_DELFT, NO_CHILD, NULL, NULL, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, UNLIKE(.book = 1)},
        {"approved", FACT_BOOK_APPROVED, OPERATOR_TWO, NO_CHILD, NULL, NULL, ADMITTED, UNLIKE(.book = 1)},
        {"approved once more", FACT_BOOK_APPROVED, OPERATOR_TWO, NO_CHILD, NULL, NULL, INTAKE_BOOK_NUMBER_USED, UNLIKE(.book = 1)},
        {"proposed once more", FACT_BOOK_PROPOSED, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_BOOK_NUMBER_USED, UNLIKE(.book = 1)},
        {"the next is proposed", FACT_BOOK_PROPOSED, OPERATOR_TWO, NO_CHILD, NULL, NULL, ADMITTED, UNLIKE(.book = 2)},
        {"proposed by another as well", FACT_BOOK_PROPOSED, OPERATOR, NO_CHILD, NULL, NULL, ADMITTED, UNLIKE(.book = 2)},
        {"approved by the first proposer", FACT_BOOK_APPROVED, OPERATOR_TWO, NO_CHILD, NULL, NULL, INTAKE_BOOK_NEEDS_ANOTHER, UNLIKE(.book = 2)},
        {"approved by the other", FACT_BOOK_APPROVED, OPERATOR, NO_CHILD, NULL, NULL, ADMITTED, UNLIKE(.book = 2)},
    };
    say_all(*state, WORDS, COUNT(WORDS));
}

static void a_year_is_closed_and_opened_again_by_two_people(void **state)
{
#define PROPOSED(STORY, WHO, OUTCOME, ...) {STORY, FACT_YEAR_PROPOSED, WHO, NO_CHILD, NULL, NULL, OUTCOME, UNLIKE(__VA_ARGS__)}
#define APPROVED(STORY, WHO, OUTCOME, ...) {STORY, FACT_YEAR_APPROVED, WHO, NO_CHILD, NULL, NULL, OUTCOME, UNLIKE(__VA_ARGS__)}
    static const Said WORDS[] = {
        JANUARY_FIRST,
        PROPOSED("the year that runs", OPERATOR, INTAKE_YEAR_NOT_ENDED, .year = 2020),
        PROPOSED("no year of ours", OPERATOR, INTAKE_NUMBER_OUT_OF_RANGE, .year = 19),
        APPROVED("approved before it is proposed", OPERATOR_TWO, INTAKE_PROPOSAL_UNKNOWN, .year = 2019),
        PROPOSED("by an operator of one municipality", OPERATOR_DELFT, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, .year = 2019),
        PROPOSED("proposed", OPERATOR, ADMITTED, .year = 2019),
        PROPOSED("proposed by another as well", OPERATOR_TWO, ADMITTED, .year = 2019),
        APPROVED("approved by who proposed it first", OPERATOR, INTAKE_NEEDS_ANOTHER, .year = 2019),
        APPROVED("approved as if it were to be opened", OPERATOR_TWO, INTAKE_PROPOSAL_UNKNOWN, .year = 2019, .reopened = true),
        APPROVED("by an operator of one municipality", OPERATOR_DELFT, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, .year = 2019),
        APPROVED("approved", OPERATOR_TWO, ADMITTED, .year = 2019),
        APPROVED("approved once more", OPERATOR_TWO, INTAKE_PROPOSAL_UNKNOWN, .year = 2019),
        PROPOSED("closed once more", OPERATOR, INTAKE_YEAR_CLOSED, .year = 2019),
        PROPOSED("opened again for no reason", OPERATOR, INTAKE_FIELD_MISSING, .year = 2019, .reopened = true),
        PROPOSED("opened again", OPERATOR, ADMITTED, .year = 2019, .reopened = true, .reason = "De rechter oordeelde anders."),
        APPROVED("by the same", OPERATOR, INTAKE_NEEDS_ANOTHER, .year = 2019, .reopened = true),
        APPROVED("by another", OPERATOR_TWO, ADMITTED, .year = 2019, .reopened = true),
        PROPOSED("opened once more", OPERATOR, INTAKE_YEAR_OPEN, .year = 2019, .reopened = true, .reason = "Nog eens."),
        PROPOSED("closed again", OPERATOR, ADMITTED, .year = 2019),
    };
    say_all(*state, WORDS, COUNT(WORDS));
}

static void a_payment_goes_on_when_another_approves_it_as_it_was_proposed(void **state)
{
#define MADE(STORY, WHO, OUTCOME, ...) {STORY, FACT_PAYMENT_MADE, WHO, NO_CHILD, NULL, NULL, OUTCOME, UNLIKE(__VA_ARGS__)}
#define PAID(STORY, WHO, OUTCOME, ...) {STORY, FACT_PAYMENT_APPROVED, WHO, NO_CHILD, NULL, NULL, OUTCOME, UNLIKE(__VA_ARGS__)}
    static const Said WORDS[] = {
        JANUARY_FIRST,
        PAID("approved before it is proposed", OPERATOR_TWO, INTAKE_PROPOSAL_UNKNOWN, .year = 0),
        MADE("proposed", OPERATOR, ADMITTED, .year = 0),
        PAID("approved by the same", OPERATOR, INTAKE_NEEDS_ANOTHER, .year = 0),
        PAID("approved with another amount", OPERATOR_TWO, INTAKE_PROPOSAL_UNKNOWN, .paid = "25001"),
        PAID("approved", OPERATOR_DELFT, ADMITTED, .year = 0),
        PAID("approved once more", OPERATOR_TWO, INTAKE_PROPOSAL_UNKNOWN, .year = 0),
    };
    say_all(*state, WORDS, COUNT(WORDS));
}

static void keys_of_providers_are_given_and_revoked(void **state)
{
    static const Said WORDS[] = {
        {"revoked before it is known", FACT_KEY_REVOKED, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_KEY_UNKNOWN, PLAIN},
        {"for nobody", FACT_KEY_GIVEN, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_KEY_FOR_NOBODY, UNLIKE(.for_nobody = true)},
        {"for an operator", FACT_KEY_GIVEN, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_KEY_OF_OPERATOR, UNLIKE(.for_operator = true)},
        {"by an operator of Delft", FACT_KEY_GIVEN, OPERATOR_DELFT, NO_CHILD, NULL, NULL, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, PLAIN},
        {"for a provider", FACT_KEY_GIVEN, OPERATOR, NO_CHILD, NULL, NULL, ADMITTED, PLAIN},
    };
    static const Said REVOKED = {"revoked", FACT_KEY_REVOKED, OPERATOR, NO_CHILD, NULL, NULL, ADMITTED, PLAIN};
    static const Said OF_OPERATOR[] = {
        {"an operator's is revoked", FACT_KEY_REVOKED, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_KEY_OF_OPERATOR, PLAIN},
        {"an operator's is given to a provider", FACT_KEY_GIVEN, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_KEY_OF_OPERATOR, PLAIN},
    };
    Door *door = *state;
    say_all(door, WORDS, COUNT(WORDS));
    assert_string_equal(door->key.owner, "two");
    assert_string_equal(door->key.key, "new key");
    assert_int_equal(door->key.right_count, 1);

    say(door, &REVOKED);
    assert_null(door->key.owner);

    door->key = door->senders[OPERATOR_TWO];
    say_all(door, OF_OPERATOR, COUNT(OF_OPERATOR));
}

static const AnsweredAllocation RUNNING = {
    .number = "17", .reference = "client-1", .trajectory = "T1", .segment = "SPECIALIST", .pic = {"", ""},
    .funding = FUNDING_PXQ, .product = {"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
    .period = {{17897}, {18443}} /* 2019-01-01 to 2020-06-30 */, .results = "",
};

/* The care of the first child in Delft, as it was answered. */
static void answer(Door *door)
{
    door->allocated.care = (AnsweredCare){.list = &RUNNING, .count = 1, .named = &RUNNING};
    door->allocated.person = &door->persons[FIRST];
}

#define MOVED FACT_CARE_MOVED
#define TO_THE_HAGUE .to_municipality = THE_HAGUE

static void care_moves_where_its_operator_may_speak_and_the_past_is_the_providers(void **state)
{
    static const Said BEFORE[] = {
        JANUARY_FIRST,
        {"a take-over", FACT_CARE_TAKEN_OVER, OPERATOR, FIRST, "2019-01-01", "2020-06-30", ADMITTED, PLAIN},
        {"care that nobody answered yet", MOVED, OPERATOR, NO_CHILD, "2020-02-01", NULL, INTAKE_ALLOCATION_UNKNOWN, UNLIKE(TO_THE_HAGUE)},
    };
    static const Said WORDS[] = {
        {"to where it is", MOVED, OPERATOR, NO_CHILD, "2020-02-01", NULL, INTAKE_MOVES_NOWHERE, PLAIN},
        {"by who speaks for one of the two", MOVED, OPERATOR_DELFT, NO_CHILD, "2020-02-01", NULL, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, UNLIKE(TO_THE_HAGUE)},
        {"after its end", MOVED, OPERATOR, NO_CHILD, "2020-07-01", NULL, INTAKE_CARE_NOT_LEFT, UNLIKE(TO_THE_HAGUE)},
        {"before it began, which was long ago", MOVED, OPERATOR, NO_CHILD, "2019-01-01", NULL, INTAKE_CARE_BEGUN, UNLIKE(TO_THE_HAGUE, .consent = "letter")},
        {"in the past", MOVED, OPERATOR, NO_CHILD, "2019-12-20", NULL, INTAKE_CONSENT_ABSENT, UNLIKE(TO_THE_HAGUE)},
        {"today, so that it ends yesterday", MOVED, OPERATOR, NO_CHILD, "2020-01-01", NULL, INTAKE_CONSENT_ABSENT, UNLIKE(TO_THE_HAGUE)},
        {"tomorrow", MOVED, OPERATOR, NO_CHILD, "2020-01-02", NULL, ADMITTED, UNLIKE(TO_THE_HAGUE, .id = "move")},
        {"again, while it is under way", MOVED, OPERATOR, NO_CHILD, "2020-02-01", NULL, INTAKE_CASE_UNDER_WAY, UNLIKE(TO_THE_HAGUE)},
    };
    static const Said ELSEWHERE = {"in the past, with consent, in Delft by who speaks for Delft", MOVED, OPERATOR_DELFT, NO_CHILD, "2019-12-20", NULL, ADMITTED, UNLIKE(.to_provider = TWO, .consent = "letter")};
    Door *door = *state;
    say_all(door, BEFORE, COUNT(BEFORE));
    answer(door);
    say_all(door, WORDS, COUNT(WORDS));
    answer(door);
    Admission moved = say(door, &ELSEWHERE);
    assert_int_equal(moved.case_count, 1);
    assert_int_equal(moved.cases[0].state, CASE_GRANTING);
    assert_string_equal(moved.cases[0].waits_for, moved.cases[0].id);
    assert_int_equal(moved.stamps[0].age_first, 9);
    assert_true(case_stays_in_municipality(&moved.cases[0]));
}

static void a_death_is_said_where_the_client_has_allocations(void **state)
{
    static const Said WORDS[] = {
        JANUARY_FIRST,
        {"a take-over", FACT_CARE_TAKEN_OVER, OPERATOR, FIRST, "2019-01-01", "2020-06-30", ADMITTED, PLAIN},
        {"of nobody", FACT_CLIENT_DIED, OPERATOR, SECOND, "2019-12-30", NULL, INTAKE_CLIENT_UNKNOWN, PLAIN},
        {"tomorrow", FACT_CLIENT_DIED, OPERATOR, FIRST, "2020-01-02", NULL, INTAKE_DAY_STILL_TO_COME, PLAIN},
        {"by who does not speak for all of it", FACT_CLIENT_DIED, OPERATOR_DELFT, FIRST, "2019-12-30", NULL, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, UNLIKE(.place = THE_HAGUE)},
        {"withdrawn, and never said", FACT_CLIENT_DIED, OPERATOR, FIRST, "2019-12-30", NULL, INTAKE_DEATH_NOT_SAID, UNLIKE(.withdrawn = true)},
    };
    static const Said DIED = {"a death", FACT_CLIENT_DIED, OPERATOR_DELFT, FIRST, "2019-12-30", NULL, ADMITTED, UNLIKE(.id = "death")};
    static const Said WITHDRAWN = {"it was not so", FACT_CLIENT_DIED, OPERATOR, FIRST, "2019-12-30", NULL, ADMITTED, UNLIKE(.withdrawn = true)};
    Door *door = *state;
    say_all(door, WORDS, COUNT(WORDS));
    Admission died = say(door, &DIED);
    assert_int_equal(died.case_count, 1);
    assert_string_equal(died.cases[0].id, "operator-delft:death@" DELFT "/" ONE);
    assert_true(door->persons[FIRST].fate.died);
    assert_int_equal(say(door, &WITHDRAWN).case_count, 0);
    assert_false(door->persons[FIRST].fate.died);
}

static void a_wrong_number_is_nobodys_once_it_is_corrected(void **state)
{
    static const Said WORDS[] = {
        JANUARY_FIRST,
        {"a take-over", FACT_CARE_TAKEN_OVER, OPERATOR, FIRST, "2019-01-01", "2020-06-30", ADMITTED, PLAIN},
        {"into a mistyped number", FACT_BSN_CORRECTED, OPERATOR, FIRST, NULL, NULL, INTAKE_BSN_WRONG, UNLIKE(.correct = MISTYPED)},
        {"into itself", FACT_BSN_CORRECTED, OPERATOR, FIRST, NULL, NULL, INTAKE_BSN_STAYS, UNLIKE(.correct = FIRST)},
        {"of nobody", FACT_BSN_CORRECTED, OPERATOR, SECOND, NULL, NULL, INTAKE_CLIENT_UNKNOWN, UNLIKE(.correct = FIRST)},
        {"by who does not speak for all of it", FACT_BSN_CORRECTED, OPERATOR_DELFT, FIRST, NULL, NULL, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, UNLIKE(.correct = SECOND, .place = THE_HAGUE)},
        {"into a number that nobody has", FACT_BSN_CORRECTED, OPERATOR, FIRST, NULL, NULL, ADMITTED, UNLIKE(.correct = SECOND)},
        {"a start under the wrong number", FACT_START, PROVIDER_ONE, FIRST, "2020-01-06", NULL, INTAKE_CLIENT_UNKNOWN, PLAIN},
    };
    static const Said START = {"a start under the right one", FACT_START, PROVIDER_ONE, SECOND, "2020-01-06", NULL, ADMITTED, PLAIN};
    static const Said OTHER_DAY = {"a newcomer under the free number, born on another day", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", ADMITTED, UNLIKE(.birth = "2011-05-01")};
    static const Said NOT_THE_SAME = {"into somebody who was born on another day", FACT_BSN_CORRECTED, OPERATOR, FIRST, NULL, NULL, INTAKE_BSN_HAS_OTHER_BIRTH_DAY, UNLIKE(.correct = SECOND)};
    static const Said JOINED = {"into somebody who is known", FACT_BSN_CORRECTED, OPERATOR, FIRST, NULL, NULL, ADMITTED, UNLIKE(.correct = SECOND)};
    Door *door = *state;
    say_all(door, WORDS, COUNT(WORDS));
    assert_string_equal(say(door, &START).stamps[0].reference, "client-1");
    door->persons[FIRST].fresh_reference = "client-3";
    say(door, &OTHER_DAY);
    say(door, &NOT_THE_SAME);
    door->persons[FIRST].birth = day("2010-05-01");
    Admission joined = say(door, &JOINED);
    assert_int_equal(joined.case_count, 1);
    assert_string_equal(joined.cases[0].reference, "client-3");
    assert_string_equal(joined.cases[0].into, "client-1");
    assert_null(door->persons[FIRST].reference);
}

static void an_open_half_is_closed_by_who_may_speak_for_either(void **state)
{
    static const Said FIRST_DAY = JANUARY_FIRST;
    static const Said WORDS[] = {
        {"a case that nobody knows", FACT_CASE_CLOSED, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_CASE_UNKNOWN, UNLIKE(.no_open_case = true)},
        {"of The Hague and Rijswijk, by Delft", FACT_CASE_CLOSED, OPERATOR_DELFT, NO_CHILD, NULL, NULL, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, PLAIN},
        {"by who speaks for all", FACT_CASE_CLOSED, OPERATOR, NO_CHILD, NULL, NULL, ADMITTED, PLAIN},
        {"again", FACT_CASE_CLOSED, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_CASE_UNKNOWN, PLAIN},
        {"who is due, by Delft", FACT_PERSONS_FORGOTTEN, OPERATOR_DELFT, NO_CHILD, NULL, NULL, INTAKE_SENDER_NOT_FOR_MUNICIPALITY, PLAIN},
        {"who is due, while no book says it", FACT_PERSONS_FORGOTTEN, OPERATOR, NO_CHILD, NULL, NULL, INTAKE_RETENTION_NOT_SAID, PLAIN},
    };
    Door *door = *state;
    door->open_case.state = CASE_NOT_ENDED;
    door->open_case.from.municipality = THE_HAGUE;
    door->open_case.to.municipality = "0603";
    say(door, &FIRST_DAY);
    say_all(door, WORDS, COUNT(WORDS));
}

/* clang-format on */

static void a_line_that_could_not_be_read_keeps_its_reason(void **state)
{
    Door *door = *state;
    static const IntakeReason REASONS[] = {INTAKE_DAY_WRONG, INTAKE_NOT_KEPT};
    for (size_t i = 0; i < COUNT(REASONS); i++) {
        SentId sent = {.owner = "one", .id = "#digest"};
        Submission said = {.sender = &door->senders[PROVIDER_ONE],
                           .unreadable = {.reason = REASONS[i], .path = "start.day", .detail = ""},
                           .sent = &sent};
        Admission admission = intake_decide(door->arena, &door->standing, &said);
        seen[admission.refusal.reason]++;
        assert_int_equal(admission.refusal.reason, REASONS[i]);
        assert_false(admission.in_conversation);
        assert_string_equal(sent.code, intake_reason_name(REASONS[i]));
        assert_non_null(strstr(sent.sentence, "start.day"));
        assert_true(intake_decide(door->arena, &door->standing, &said).heard_before);
    }
}

/* national messages: so many starts of one client, in one message */

typedef struct Starts {
    const char *story;
    const char *name; /* of the message */
    const char *content;
    const char *dated;
    size_t count;
    Child last; /* of whom the last start is */
    bool to_nobody;
    bool product_unknown;
    IntakeReason unreadable;
    IntakeReason outcome;
    bool heard_before;
    size_t facts; /* that are admitted */
    const char *code;
} Starts;

static const National *national_of(Door *door, const Starts *words)
{
    static const NationalFault FAULT = {"TR101", "Bericht/Client", 7, "0001", "dit staat er twee keer."};
    National *national = ARENA_NEW(door->arena, National);
    *national = (National){.message = "JW305",
                           .id = words->name,
                           .dated = day(words->dated),
                           .to_nobody = words->to_nobody,
                           .faults = &FAULT,
                           .fault_count = words->unreadable == INTAKE_NATIONAL_BROKEN};
    return national;
}

static Submission *start_of(Door *door, const Starts *words, size_t number)
{
    Sender *sender = &door->senders[PROVIDER_ONE];
    Submission *said = ARENA_NEW(door->arena, Submission);
    said->sender = sender;
    said->unreadable = (Refusal){.reason = words->unreadable, .path = "", .detail = ""};
    said->content = digest_of((Bytes){(const uint8_t *)words->content, strlen(words->content)});
    said->sent_bytes = sent_id(door, sender->owner, arena_format(door->arena, "#%s", words->content));
    said->sent = words->unreadable == INTAKE_ADMITTED ? sent_id(door, sender->owner, words->name) : said->sent_bytes;
    said->national = national_of(door, words);
    said->path = arena_format(door->arena, "StartProduct[%zu]", number);
    said->id = arena_format(door->arena, "%s/%zu", words->name, number);
    said->kind = FACT_START;
    said->municipality = DELFT;
    said->provider = ONE;
    said->conversation = DELFT "/" ONE;
    said->allocation = "17";
    said->asked = (Period){day("2020-01-06"), day("2020-01-06")};
    said->product_unknown = words->product_unknown;
    const Said child = {.child = number == words->count ? words->last : FIRST};
    say_about_child(door, &child, said);
    return said;
}

static Admission send(Door *door, const Starts *words)
{
    Submission *head = start_of(door, words, 1);
    Submission *last = head;
    for (size_t i = 2; i <= words->count; i++) {
        last->next = start_of(door, words, i);
        last = last->next;
    }
    Admission admission = intake_decide(door->arena, &door->standing, head);
    seen[admission.refusal.reason]++;
    return admission;
}

static void a_national_message_is_admitted_whole_or_not_at_all(void **state)
{
    Door *door = *state;
    static const Said BEFORE[] = {
        {"a day", FACT_NEW_DAY, OPERATOR, NO_CHILD, "2020-01-06", NULL, ADMITTED, PLAIN},
        {"a request", REQUEST, PROVIDER_ONE, FIRST, "2020-01-06", "2020-07-05", ADMITTED, PLAIN},
    };
#define TODAY "2020-01-06"
#define FINE_TO_READ INTAKE_ADMITTED
    static const Starts CASES[] = {
        {"of the third start nobody knows the client", "A", "one", TODAY, 3, SECOND, false, false, FINE_TO_READ,
         INTAKE_CLIENT_UNKNOWN, false, 0, "9019"},
        {"the same bytes again", "A", "one", TODAY, 3, SECOND, false, false, FINE_TO_READ, INTAKE_CLIENT_UNKNOWN, true,
         0, "9019"},
        {"put right, under the same identification", "A", "two", TODAY, 3, FIRST, false, false, FINE_TO_READ, ADMITTED,
         false, 3, ""},
        {"the same bytes once more", "A", "two", TODAY, 3, FIRST, false, false, FINE_TO_READ, ADMITTED, true, 0, ""},
        {"other bytes under its identification", "A", "three", TODAY, 1, FIRST, false, false, FINE_TO_READ,
         INTAKE_ID_HAS_OTHER_CONTENT, false, 0, "9056"},
        {"dated tomorrow", "B", "four", "2020-01-07", 1, FIRST, false, false, FINE_TO_READ, INTAKE_DATED_AHEAD, false,
         0, "8848"},
        {"to no municipality of the region", "C", "five", TODAY, 1, FIRST, true, false, FINE_TO_READ,
         INTAKE_MUNICIPALITY_UNKNOWN, false, 0, "S300"},
        {"of a product that is not agreed", "D", "six", TODAY, 1, FIRST, false, true, FINE_TO_READ,
         INTAKE_PRODUCT_UNKNOWN, false, 0, "S329"},
        {"it breaks a rule", "E", "seven", TODAY, 1, FIRST, false, false, INTAKE_NATIONAL_BROKEN,
         INTAKE_NATIONAL_BROKEN, false, 0, "0001"},
        {"it breaks the reader", "F", "eight", TODAY, 1, FIRST, false, false, INTAKE_NATIONAL_TOO_HARD,
         INTAKE_NATIONAL_TOO_HARD, false, 0, ""},
        {"an operator sends it", "G", "nine", TODAY, 1, FIRST, false, false, INTAKE_NATIONAL_OF_OPERATOR,
         INTAKE_NATIONAL_OF_OPERATOR, false, 0, ""},
        {"there is no reader", "H", "ten", TODAY, 1, FIRST, false, false, INTAKE_READER_AWAY, INTAKE_READER_AWAY, false,
         0, ""},
        {"there is one again", "H", "ten", TODAY, 1, FIRST, false, false, FINE_TO_READ, ADMITTED, false, 1, ""},
    };
    say_all(door, BEFORE, COUNT(BEFORE));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        size_t care = door->persons[FIRST].care_count;
        Admission admission = send(door, &CASES[i]);
        size_t facts = 0;
        for (const Admission *one = &admission; one && is_admitted(one) && !one->heard_before; one = one->next)
            facts++;
        if (admission.refusal.reason != CASES[i].outcome || admission.heard_before != CASES[i].heard_before ||
            facts != CASES[i].facts || strcmp(national_code(&admission), CASES[i].code) != 0)
            fail_msg("%s: %s, %zu facts, code \"%s\"", CASES[i].story, intake_reason_name(admission.refusal.reason),
                     facts, national_code(&admission));
        assert_int_equal(door->persons[FIRST].care_count, care + facts);
    }
    Admission refused =
        send(door, &(const Starts){"", "I", "x", TODAY, 2, SECOND, false, false, FINE_TO_READ, ADMITTED, false, 0, ""});
    assert_string_equal(refused.refusal.path, "StartProduct[2]");
}

static void every_reason_beyond_the_line_occurs(void **state)
{
    (void)state;
    for (int reason = INTAKE_NOT_KEPT; reason < INTAKE_REASON_COUNT; reason++)
        if (seen[reason] == 0)
            fail_msg("%s never occurs", intake_reason_name((IntakeReason)reason));
}

#define door_test(name) cmocka_unit_test_setup_teardown(name, door_setup, door_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        door_test(a_sender_speaks_for_its_own_and_for_nobody_else),
        door_test(a_person_comes_into_being_by_a_request_a_take_over_or_a_grant),
        door_test(a_declared_client_who_is_not_known_is_nobody_of_ours),
        door_test(the_same_message_has_the_same_outcome_and_counts_once),
        door_test(a_request_is_stamped_with_ages_and_the_care_that_is_known),
        door_test(a_conversion_is_stamped_once_its_client_is_known),
        door_test(a_national_message_is_admitted_whole_or_not_at_all),
        door_test(days_begin_in_order),
        door_test(missed_days_begin_as_well),
        door_test(where_a_clock_says_the_days_an_operator_only_closes_a_gap),
        door_test(a_book_needs_two_people),
        door_test(a_year_is_closed_and_opened_again_by_two_people),
        door_test(a_payment_goes_on_when_another_approves_it_as_it_was_proposed),
        door_test(keys_of_providers_are_given_and_revoked),
        door_test(care_moves_where_its_operator_may_speak_and_the_past_is_the_providers),
        door_test(a_death_is_said_where_the_client_has_allocations),
        door_test(a_wrong_number_is_nobodys_once_it_is_corrected),
        door_test(an_open_half_is_closed_by_who_may_speak_for_either),
        door_test(a_line_that_could_not_be_read_keeps_its_reason),
        cmocka_unit_test(every_reason_beyond_the_line_occurs),
    };
    return cmocka_run_group_tests_name("decide", tests, NULL, NULL);
}
