#include "allocation/turn.h"

#include "allocation/house.h"
#include "allocation/migrations.h"
#include "allocation/sql.h"
#include "base/partition.h"
#include "support/books.h"
#include "support/database.h"
#include "support/turns.h"
#include "support/unit.h"

#include "proto/allocation.pb-c.h"

#include <stdlib.h>

/* a log to hear */

enum { CONVERSATIONS = 6, LOG_MAX = 4000 };

typedef struct Log {
    Arena *arena;
    Heard messages[LOG_MAX];
    size_t count;
    int64_t positions[PARTITIONS];
} Log;

static void say(Log *log, int16_t partition, Day known, const Intake__Fact *fact)
{
    assert_true(log->count < LOG_MAX);
    log->messages[log->count++] = (Heard){
        .id = arena_format(log->arena, "m-%zu@%d", log->count, partition),
        .source = "intake",
        .type = "intake.Fact",
        .subject = arena_format(log->arena, "%s/%s", fact->municipality, fact->provider),
        .time_us = (int64_t)known.number * 86400 * 1000000,
        .known = known,
        .partition = partition,
        .position = ++log->positions[partition],
        .version = STREET_VERSION,
        .data = message_pack(log->arena, &fact->base),
    };
}

/* Said in every partition that the log speaks in. */
static void publish(Log *log, const int16_t *partitions, size_t count, int32_t number, const char *known)
{
    char path[80], digest_text[DIGEST_TEXT_SIZE];
    snprintf(path, sizeof path, "tests/services/allocation/core/books/%03d.yaml", number);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = arena_take(log->arena, 1 << 16);
    size_t size = fread(text, 1, (1 << 16) - 1, file);
    fclose(file);

    BookFile book_file = {"book.yaml", {(const uint8_t *)text, size}};
    Digest digest = book_files_digest(&book_file, 1);
    Intake__BookPublished__File said_file = INTAKE__BOOK_PUBLISHED__FILE__INIT;
    said_file.name = arena_text(log->arena, "book.yaml");
    said_file.text = text;
    Intake__BookPublished__File *files[] = {&said_file};
    Intake__BookPublished published = INTAKE__BOOK_PUBLISHED__INIT;
    published.number = number;
    published.digest = digest_write(&digest, digest_text);
    published.n_files = 1;
    published.files = files;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_BOOK_PUBLISHED;
    fact.book_published = &published;
    for (size_t i = 0; i < count; i++)
        say(log, partitions[i], day_at(known), &fact);
}

/* a feed of everything, right and wrong, the same every time */

typedef struct Feed {
    Log *log;
    uint64_t random;
    Day today;
    const char *municipality;
    const char *provider;
    int16_t partition;
    int number;
} Feed;

static uint32_t below(Feed *feed, uint32_t limit)
{
    feed->random = feed->random * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(feed->random >> 33) % limit;
}

static char *named(Feed *feed, const char *what, int number)
{
    return arena_format(feed->log->arena, "%s-%d", what, number);
}

#define MAKE(feed, type, Type) ((Type *)memcpy(arena_take((feed)->log->arena, sizeof(Type)), &(Type)type, sizeof(Type)))

static char *somebody(Feed *feed)
{
    return arena_format(feed->log->arena, "client-%u", below(feed, 4));
}

static char *some_number(Feed *feed)
{
    if (below(feed, 3) == 0)
        return arena_format(feed->log->arena, "%u", below(feed, 40));
    return arena_format(feed->log->arena, "%d", 1000000 + PARTITIONS * (int)below(feed, 25) + feed->partition);
}

static Care__Period *some_period(Feed *feed, int32_t first, int32_t days)
{
    Care__Period *period = MAKE(feed, CARE__PERIOD__INIT, Care__Period);
    period->first_day = first;
    period->last_day = first + days;
    return period;
}

static Intake__Client *a_client(Feed *feed)
{
    Intake__Client *client = MAKE(feed, INTAKE__CLIENT__INIT, Intake__Client);
    client->reference = somebody(feed);
    client->age_first = (int32_t)below(feed, 24);
    client->age_last = client->age_first;
    if (below(feed, 2)) {
        client->n_care_periods = 1;
        client->care_periods = arena_take(feed->log->arena, sizeof *client->care_periods);
        client->care_periods[0] = some_period(feed, day_of(2019, 7, 1).number, 200);
    }
    return client;
}

static Care__Pic *a_pic(Feed *feed)
{
    Care__Pic *pic = MAKE(feed, CARE__PIC__INIT, Care__Pic);
    pic->profile = arena_text(feed->log->arena, "P1");
    pic->intensity = arena_text(feed->log->arena, below(feed, 3) ? "INTENSIEF" : "DUURZAAM_LICHT");
    return pic;
}

static char **two_results(Feed *feed)
{
    char **results = arena_take(feed->log->arena, 2 * sizeof *results);
    results[0] = arena_text(feed->log->arena, "R1");
    results[1] = arena_text(feed->log->arena, "R2");
    return results;
}

static Care__Product *a_product(Feed *feed)
{
    Care__Product *product = MAKE(feed, CARE__PRODUCT__INIT, Care__Product);
    product->category = arena_text(feed->log->arena, "45");
    product->code = arena_text(feed->log->arena, "45A48");
    product->volume = 1 + below(feed, 9);
    product->unit = CARE__UNIT__VALUE__HOUR;
    product->frequency = below(feed, 4) ? CARE__FREQUENCY__VALUE__PER_WEEK : CARE__FREQUENCY__VALUE__IN_TOTAL;
    return product;
}

static Care__Product **one_product(Feed *feed)
{
    Care__Product **products = arena_take(feed->log->arena, sizeof *products);
    products[0] = a_product(feed);
    return products;
}

static void take_over(Feed *feed, Intake__Fact *fact)
{
    Intake__CareTakenOver *said = MAKE(feed, INTAKE__CARE_TAKEN_OVER__INIT, Intake__CareTakenOver);
    said->client = a_client(feed);
    said->allocation = arena_format(feed->log->arena, "%u", below(feed, 40));
    said->segment = arena_text(feed->log->arena, "SPECIALIST");
    said->period = some_period(feed, day_of(2019, 3, 1).number, 200 + (int32_t)below(feed, 600));
    said->product = a_product(feed);
    said->referrer = CARE__REFERRER__VALUE__GP;
    fact->fact_case = INTAKE__FACT__FACT_CARE_TAKEN_OVER;
    fact->care_taken_over = said;
}

static void request(Feed *feed, Intake__Fact *fact)
{
    static const Care__Referrer__Value REFERRERS[] = {CARE__REFERRER__VALUE__GP, CARE__REFERRER__VALUE__JUDGE,
                                                      CARE__REFERRER__VALUE__SPECIALIST};
    Intake__AllocationRequest *said = MAKE(feed, INTAKE__ALLOCATION_REQUEST__INIT, Intake__AllocationRequest);
    said->reference = named(feed, "request", feed->number - (int)below(feed, 2) * 30);
    said->client = a_client(feed);
    said->referrer = REFERRERS[below(feed, 3)];
    said->segment = arena_text(feed->log->arena, "SPECIALIST");
    said->pic = a_pic(feed);
    said->n_results = 2;
    said->results = two_results(feed);
    said->period = some_period(feed, feed->today.number + (int32_t)below(feed, 60), 90 + (int32_t)below(feed, 300));
    said->n_products = below(feed, 6) ? 1 : 0;
    said->products = one_product(feed);
    fact->fact_case = INTAKE__FACT__FACT_ALLOCATION_REQUEST;
    fact->allocation_request = said;
}

static void change(Feed *feed, Intake__Fact *fact)
{
    Intake__ChangeRequest *said = MAKE(feed, INTAKE__CHANGE_REQUEST__INIT, Intake__ChangeRequest);
    said->reference = named(feed, "change", feed->number);
    said->client = a_client(feed);
    said->allocation = some_number(feed);
    if (below(feed, 2))
        said->last_day = feed->today.number + (int32_t)below(feed, 300);
    else
        said->product = a_product(feed);
    fact->fact_case = INTAKE__FACT__FACT_CHANGE_REQUEST;
    fact->change_request = said;
}

static void person(Feed *feed, Intake__Fact *fact)
{
    char *reference = named(feed, below(feed, 4) ? "request" : "change", feed->number - (int)below(feed, 60));
    if (below(feed, 3)) {
        Intake__RequestGranted *said = MAKE(feed, INTAKE__REQUEST_GRANTED__INIT, Intake__RequestGranted);
        said->reference = reference;
        said->n_products = below(feed, 2);
        said->products = one_product(feed);
        fact->fact_case = INTAKE__FACT__FACT_REQUEST_GRANTED;
        fact->request_granted = said;
    } else {
        Intake__RequestRefused *said = MAKE(feed, INTAKE__REQUEST_REFUSED__INIT, Intake__RequestRefused);
        said->reference = reference;
        fact->fact_case = INTAKE__FACT__FACT_REQUEST_REFUSED;
        fact->request_refused = said;
    }
}

static void convert(Feed *feed, Intake__Fact *fact)
{
    Intake__Conversion *said = MAKE(feed, INTAKE__CONVERSION__INIT, Intake__Conversion);
    said->allocation = some_number(feed);
    said->day = feed->today.number + (int32_t)below(feed, 90) - 20;
    said->pic = a_pic(feed);
    said->n_results = 2;
    said->results = two_results(feed);
    said->n_products = 1;
    said->products = one_product(feed);
    said->consent = arena_text(feed->log->arena, below(feed, 2) ? "" : "letter");
    fact->fact_case = INTAKE__FACT__FACT_CONVERSION;
    fact->conversion = said;
}

static void notice(Feed *feed, Intake__Fact *fact)
{
    if (below(feed, 2)) {
        Intake__Start *said = MAKE(feed, INTAKE__START__INIT, Intake__Start);
        said->client = somebody(feed);
        said->allocation = some_number(feed);
        said->day = feed->today.number;
        fact->fact_case = INTAKE__FACT__FACT_START;
        fact->start = said;
    } else {
        Intake__Stop *said = MAKE(feed, INTAKE__STOP__INIT, Intake__Stop);
        said->client = somebody(feed);
        said->allocation = some_number(feed);
        said->day = feed->today.number;
        said->reason = CARE__STOP_REASON__VALUE__AS_PLANNED;
        fact->fact_case = INTAKE__FACT__FACT_STOP;
        fact->stop = said;
    }
}

/* A client ends somewhere, dies, or turns out to be one of two, who never turn out to be anybody else. */
static void leave(Feed *feed, Intake__Fact *fact)
{
    uint32_t way = below(feed, 4);
    if (way == 0) {
        Intake__ClientJoined *said = MAKE(feed, INTAKE__CLIENT_JOINED__INIT, Intake__ClientJoined);
        said->from = somebody(feed);
        said->into = arena_format(feed->log->arena, "person-%u", below(feed, 2));
        fact->fact_case = INTAKE__FACT__FACT_CLIENT_JOINED;
        fact->client_joined = said;
    } else if (way == 1) {
        Intake__ClientDied *said = MAKE(feed, INTAKE__CLIENT_DIED__INIT, Intake__ClientDied);
        said->client = somebody(feed);
        said->day = feed->today.number - (int32_t)below(feed, 20);
        fact->fact_case = INTAKE__FACT__FACT_CLIENT_DIED;
        fact->client_died = said;
    } else {
        Intake__AllocationEnded *said = MAKE(feed, INTAKE__ALLOCATION_ENDED__INIT, Intake__AllocationEnded);
        said->allocation = some_number(feed);
        said->last_day = feed->today.number + (int32_t)below(feed, 60) - 20;
        said->reason = CARE__CHANGE_REASON__VALUE__MOVED;
        said->consent = arena_text(feed->log->arena, below(feed, 2) ? "" : "letter");
        said->whole_trajectory = below(feed, 2);
        fact->fact_case = INTAKE__FACT__FACT_ALLOCATION_ENDED;
        fact->allocation_ended = said;
    }
}

static void declare(Feed *feed, Intake__Fact *fact)
{
    enum { LINES = 20 };
    Intake__Declaration *said = MAKE(feed, INTAKE__DECLARATION__INIT, Intake__Declaration);
    Intake__Declaration__Client *client = MAKE(feed, INTAKE__DECLARATION__CLIENT__INIT, Intake__Declaration__Client);
    said->month_day = feed->today.number;
    said->n_clients = 1;
    said->clients = arena_take(feed->log->arena, sizeof *said->clients);
    said->clients[0] = client;
    client->client = somebody(feed);
    client->n_lines = LINES;
    client->lines = arena_take(feed->log->arena, LINES * sizeof *client->lines);
    for (size_t i = 0; i < LINES; i++) {
        Intake__Declaration__Line *line = MAKE(feed, INTAKE__DECLARATION__LINE__INIT, Intake__Declaration__Line);
        Period month = period_month(day_plus(feed->today, -(int32_t)below(feed, 200)));
        line->reference = named(feed, "line", feed->number * LINES + (int)i);
        line->allocation = some_number(feed);
        line->category = arena_text(feed->log->arena, "45");
        line->code = arena_text(feed->log->arena, "45A48");
        line->period = some_period(feed, month.first.number, period_days(month) - 1);
        line->unit = CARE__UNIT__VALUE__HOUR;
        client->lines[i] = line;
    }
    fact->fact_case = INTAKE__FACT__FACT_DECLARATION;
    fact->declaration = said;
}

static void say_something(Feed *feed)
{
    static void (*const WAYS[])(Feed * feed, Intake__Fact * fact) = {
        take_over, request, request, request, request, change, change, person, convert, leave, notice, notice, declare};
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.municipality = arena_text(feed->log->arena, feed->municipality);
    fact.provider = arena_text(feed->log->arena, feed->provider);
    feed->number++;
    WAYS[below(feed, COUNT(WAYS))](feed, &fact);
    say(feed->log, feed->partition, feed->today, &fact);
}

static const struct {
    const char *municipality, *provider;
} CONVERSATION[CONVERSATIONS] = {{"0503", "90000001"}, {"0518", "90000001"}, {"0503", "90000002"},
                                 {"0518", "90000002"}, {"0503", "90000003"}, {"0603", "90000001"}};

static Log *new_log(void)
{
    Arena *arena = arena_new();
    Log *log = ARENA_NEW(arena, Log);
    log->arena = arena;
    return log;
}

static void speak_for_two_years(Log *log)
{
    static const char *const BOOK_DAYS[] = {"2019-05-01", "2019-06-01", "2020-07-01", "2020-10-01"};
    Feed feeds[CONVERSATIONS];
    int16_t partitions[CONVERSATIONS];
    for (size_t i = 0; i < CONVERSATIONS; i++) {
        partitions[i] = partition_of(CONVERSATION[i].municipality, CONVERSATION[i].provider);
        feeds[i] = (Feed){.log = log,
                          .random = i,
                          .municipality = CONVERSATION[i].municipality,
                          .provider = CONVERSATION[i].provider,
                          .partition = partitions[i]};
    }

    Day today = day_of(2019, 5, 1);
    for (size_t book = 0; day_compare(today, day_of(2021, 6, 1)) < 0; today = day_plus(today, 5)) {
        for (size_t i = 0; i < CONVERSATIONS; i++) {
            feeds[i].today = today;
            say_something(&feeds[i]); /* in the morning, before a book of the day is known */
        }
        while (book < COUNT(BOOK_DAYS) && day_compare(day_at(BOOK_DAYS[book]), today) <= 0) {
            char known[DAY_TEXT_SIZE];
            publish(log, partitions, CONVERSATIONS, (int32_t)book + 1, day_write(today, known));
            book++;
        }
        for (size_t i = 0; i < 2 * CONVERSATIONS; i++)
            say_something(&feeds[i % CONVERSATIONS]);
    }
}

/* what a test has: a log, and houses that hear it */

enum { HOUSES_MAX = 3, PIECE_MAX = 1 }; /* so small that a book is cut */

typedef struct TestHouse {
    TestTurns *turns;
    AllocationHouse house;
} TestHouse;

typedef struct World {
    Log *log;
    TestHouse houses[HOUSES_MAX];
    size_t opened;
} World;

static World world;

static int setup(void **state)
{
    (void)state;
    world = (World){.log = new_log()};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    for (size_t i = world.opened; i-- > 0;) {
        test_turns_free(world.houses[i].turns);
        house_close(&world.houses[i].house);
    }
    arena_free(world.log->arena);
    return 0;
}

static TestTurns *open_house(TestTurns *beside)
{
    assert_true(world.opened < HOUSES_MAX);
    TestHouse *opened = &world.houses[world.opened++];
    house_open(&opened->house);
    opened->turns =
        beside ? test_turns_peer(beside, &opened->house)
               : test_turns_new("allocation", &allocation_sql, &allocation_migrations, allocation_turn, &opened->house);
    opened->turns->committed = house_committed;
    opened->house.piece_max = PIECE_MAX;
    return opened->turns;
}

static TestTurns *new_house(void)
{
    return open_house(NULL);
}

/* Another replica of the house. */
static TestTurns *new_peer(TestTurns *house)
{
    return open_house(house);
}

static int by_partition(const void *a, const void *b)
{
    const Heard *x = a, *y = b;
    if (x->partition != y->partition)
        return x->partition - y->partition;
    return (x->position > y->position) - (x->position < y->position);
}

/* The log from `at` on, at most so many messages, in the order of a batch. */
static Heard *next_batch(size_t at, size_t size, size_t *count_out)
{
    static Heard batch[LOG_MAX];
    *count_out = world.log->count - at < size ? world.log->count - at : size;
    memcpy(batch, &world.log->messages[at], *count_out * sizeof *batch);
    qsort(batch, *count_out, sizeof *batch, by_partition);
    return batch;
}

static void hear_in_batches(TestTurns *house, size_t size)
{
    size_t count;
    for (size_t at = 0; at < world.log->count; at += count) {
        Heard *batch = next_batch(at, size, &count);
        test_turns_hear(house, batch, count, count);
    }
}

/* Each batch is taken by the other of two replicas, now and then after a turn that was rolled back. */
static void hear_by_turns(TestTurns *replicas[2], size_t size)
{
    size_t count;
    for (size_t at = 0, number = 0; at < world.log->count; at += count, number++) {
        Heard *batch = next_batch(at, size, &count);
        TestTurns *house = replicas[number / 3 % 2];
        if (number % 5 == 0) {
            house->rolls_back = true;
            assert_int_equal(test_turns_try(house, batch, count, NULL), STATUS_RETRY);
            house->rolls_back = false;
        }
        test_turns_hear(house, batch, count, count);
    }
}

/* One number for all rows of a table. */
static int64_t digest_of_table(TestTurns *house, const char *table)
{
    char question[300];
    snprintf(
        question, sizeof question,
        "SELECT ('x' || substr(md5(COALESCE(string_agg(kept::text, '|' ORDER BY kept::text COLLATE \"C\"), '')), 1,"
        " 15))::bit(60)::bigint FROM %s AS kept",
        table);
    return test_database_number(house->database, question);
}

static const char *const TABLES[] = {"trajectory",     "allocation",   "client_number", "request",
                                     "client_request", "worklist",     "delivery",      "cohort_doubt",
                                     "number_count",   "contract_use", "outbox",        "heard_book"};

/* Every table with a row at least, and each the same in both. */
static void assert_equal_tables(TestTurns *house, TestTurns *other, const char *when)
{
    for (size_t i = 0; i < COUNT(TABLES); i++) {
        char question[80];
        snprintf(question, sizeof question, "SELECT count(*) FROM %s", TABLES[i]);
        if (test_database_number(house->database, question) == 0)
            fail_msg("%s is empty: the log says too little", TABLES[i]);
        if (digest_of_table(house, TABLES[i]) != digest_of_table(other, TABLES[i]))
            fail_msg("%s differs %s", TABLES[i], when);
    }
}

static void batches_of_1_7_and_500_give_equal_tables(void **state)
{
    (void)state;
    speak_for_two_years(world.log);
    TestTurns *in_ones = new_house(), *in_sevens = new_house(), *in_many = new_house();
    hear_in_batches(in_ones, 1);
    hear_in_batches(in_sevens, 7);
    hear_in_batches(in_many, 500);
    assert_equal_tables(in_ones, in_sevens, "in batches of 7");
    assert_equal_tables(in_ones, in_many, "in batches of 500");
}

static void replicas_by_turns_and_turns_rolled_back_give_equal_tables(void **state)
{
    (void)state;
    speak_for_two_years(world.log);
    TestTurns *alone = new_house();
    hear_in_batches(alone, 40);

    TestTurns *replicas[] = {new_house(), NULL};
    replicas[1] = new_peer(replicas[0]);
    hear_by_turns(replicas, 40);
    assert_equal_tables(alone, replicas[0], "with two replicas");
}

/* No day of care of a client is paid under two fundings within one trajectory, whatever was heard. */
static void no_day_of_a_trajectory_has_two_fundings(void **state)
{
    (void)state;
    speak_for_two_years(world.log);
    TestTurns *house = new_house();
    hear_in_batches(house, 100);
    assert_int_equal(
        test_database_number(
            house->database,
            "WITH now AS (SELECT DISTINCT ON (partition, municipality, number) * FROM allocation"
            "              ORDER BY partition, municipality, number, version DESC)"
            " SELECT count(*) FROM now AS a JOIN now AS b USING (partition, trajectory)"
            "  WHERE a.funding = 1 AND b.funding = 2 AND NOT a.removed AND NOT b.removed"
            "    AND daterange(a.first_day, a.last_day, '[]') && daterange(b.first_day, b.last_day, '[]')"),
        0);
    assert_int_equal(test_database_number(house->database,
                                          "SELECT count(*) FROM (SELECT 1 FROM allocation WHERE version = 1"
                                          " GROUP BY municipality, number HAVING count(*) > 1"
                                          " AND min(number::bigint) >= 1000000) AS twice"),
                     0);
}

/* Repriced is every PIC that the fourth book gives another amount, and nothing else. */
static void a_book_of_new_prices_reprices_what_it_touches_wherever_it_is_cut(void **state)
{
    (void)state;
    speak_for_two_years(world.log);
    TestTurns *cut = new_house(), *in_one = new_house();
    world.houses[1].house.piece_max = 5000;
    hear_in_batches(cut, 40);
    hear_in_batches(in_one, 40);
    assert_int_equal(digest_of_table(cut, "allocation"), digest_of_table(in_one, "allocation"));

    static const char REPRICED[] = "SELECT count(*) FROM allocation WHERE change = 3";
    int64_t repriced = test_database_number(cut->database, REPRICED);
    assert_true(repriced > 0);
    /* Each is a PIC of 2020 that began when the new price holds, with the volume of the new price from then on. */
    assert_int_equal(test_database_number(
                         cut->database, "SELECT count(*) FROM allocation WHERE change = 3 AND (funding <> 2 OR removed"
                                        " OR first_day NOT BETWEEN '2020-04-01' AND '2020-12-31')"),
                     0);
    assert_int_equal(test_database_number(cut->database,
                                          "SELECT count(*) FROM allocation WHERE code = 'P1INT' AND change = 3"
                                          " AND volume <> 480000"),
                     0);
    /* And none was left out: after the book nobody has the old price who should have the new one. */
    assert_int_equal(test_database_number(
                         cut->database, "SELECT count(*) FROM (SELECT DISTINCT ON (partition, number) * FROM allocation"
                                        " WHERE code = 'P1INT' ORDER BY partition, number, version DESC) AS now"
                                        " WHERE NOT removed AND segment = 'SPECIALIST' AND volume <> 480000"
                                        " AND first_day BETWEEN '2020-04-01' AND '2020-12-31'"),
                     0);
}

/* what is said */

static const Allocation__Judged *judged(TestTurns *house, const Heard *heard)
{
    const char *id = arena_format(house->arena, "%s/allocation.1", heard->id);
    return message_unpack(house->arena, &allocation__judged__descriptor, test_turns_said(house, id));
}

static Feed feed_of_delft(void)
{
    int16_t partition = partition_of("0503", "90000001");
    publish(world.log, &partition, 1, 1, "2019-05-01");
    publish(world.log, &partition, 1, 2, "2019-06-01");
    return (Feed){.log = world.log,
                  .random = 3,
                  .today = day_at("2020-01-06"),
                  .municipality = "0503",
                  .provider = "90000001",
                  .partition = partition};
}

static void what_leaves_is_said_as_one_answer(void **state)
{
    (void)state;
    Feed feed = feed_of_delft();
    const struct {
        const char *number, *last;
    } TAKEN[] = {{"17", "2020-06-30"}, {"18", "2020-12-31"}, {"19", "2019-12-31"}};
    for (size_t i = 0; i < COUNT(TAKEN); i++) {
        Intake__Fact fact = INTAKE__FACT__INIT;
        fact.municipality = arena_text(world.log->arena, "0503");
        fact.provider = arena_text(world.log->arena, "90000001");
        take_over(&feed, &fact);
        fact.care_taken_over->allocation = arena_text(world.log->arena, TAKEN[i].number);
        fact.care_taken_over->client->reference = arena_text(world.log->arena, "client-x");
        fact.care_taken_over->period->first_day = day_at("2019-03-01").number;
        fact.care_taken_over->period->last_day = day_at(TAKEN[i].last).number;
        say(world.log, feed.partition, feed.today, &fact);
    }
    Intake__ClientJoined joined = INTAKE__CLIENT_JOINED__INIT;
    joined.from = arena_text(world.log->arena, "client-x");
    joined.into = arena_text(world.log->arena, "client-y");
    Intake__Fact join = INTAKE__FACT__INIT;
    join.municipality = arena_text(world.log->arena, "0503");
    join.provider = arena_text(world.log->arena, "90000001");
    join.fact_case = INTAKE__FACT__FACT_CLIENT_JOINED;
    join.client_joined = &joined;
    say(world.log, feed.partition, feed.today, &join);

    Intake__ClientDied died = INTAKE__CLIENT_DIED__INIT;
    died.client = arena_text(world.log->arena, "client-y");
    died.day = day_at("2020-01-03").number;
    Intake__Fact death = join;
    death.fact_case = INTAKE__FACT__FACT_CLIENT_DIED;
    death.client_died = &died;
    say(world.log, feed.partition, feed.today, &death);

    TestTurns *house = new_house();
    hear_in_batches(house, 1);
    const Allocation__Judged *joining = judged(house, &world.log->messages[world.log->count - 2]);
    assert_int_equal(joining->judgement_case, ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER);
    assert_int_equal(joining->changed_together->n_allocations, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(joining->changed_together->allocations[i]->client, "client-y");

    const Allocation__Judged *dying = judged(house, &world.log->messages[world.log->count - 1]);
    assert_int_equal(dying->changed_together->n_allocations, 2);
    assert_int_equal(dying->changed_together->allocations[0]->reason, CARE__CHANGE_REASON__VALUE__DEATH);
    assert_int_equal(dying->changed_together->allocations[0]->period->last_day, died.day);
    assert_int_equal(
        test_database_number(house->database, "SELECT count(*) FROM client_number WHERE client = 'client-y'"), 3);
}

static void a_fact_goes_on_with_what_was_judged_of_it(void **state)
{
    (void)state;
    Feed feed = feed_of_delft();
    Log *log = world.log;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.id = arena_text(log->arena, "m-3");
    fact.municipality = arena_text(log->arena, "0503");
    fact.provider = arena_text(log->arena, "90000001");
    request(&feed, &fact);
    fact.allocation_request->referrer = CARE__REFERRER__VALUE__JUDGE;
    fact.allocation_request->client->n_care_periods = 0;
    fact.allocation_request->client->age_first = 11;
    fact.allocation_request->period = some_period(&feed, day_at("2020-02-03").number, 200);
    say(log, feed.partition, feed.today, &fact);

    TestTurns *house = new_house();
    hear_in_batches(house, 10);
    const Allocation__Judged *said = judged(house, &log->messages[2]);
    assert_non_null(said);
    assert_string_equal(said->fact->id, "m-3");
    assert_string_equal(said->fact->allocation_request->reference, fact.allocation_request->reference);
    assert_int_equal(said->judgement_case, ALLOCATION__JUDGED__JUDGEMENT_GRANTED);
    assert_string_equal(said->granted->reason, "GRANTED_AS_BOUND");
    assert_int_equal(said->granted->n_results, 2);
    assert_int_equal(said->granted->content, CARE__CONTENT__VALUE__PIC);
    assert_int_equal(said->granted->n_allocations, 1);
    assert_int_equal(said->granted->allocations[0]->product->unit, CARE__UNIT__VALUE__EURO);
    assert_int_equal(said->granted->allocations[0]->book, 2);
    assert_int_equal(said->granted->allocations[0]->version, 1);
    assert_int_equal(said->granted->allocations[0]->known_day, feed.today.number);
    assert_string_equal(said->asked, fact.allocation_request->reference);
    assert_int_equal(said->n_unchanged, 0);
    assert_int_equal(judged(house, &log->messages[0])->judgement_case, ALLOCATION__JUDGED__JUDGEMENT__NOT_SET);
}

static void a_meaning_of_a_newer_program_waits_and_all_behind_it(void **state)
{
    (void)state;
    Feed feed = feed_of_delft();
    Log *log = world.log;
    Intake__Fact fact = INTAKE__FACT__INIT;
    request(&feed, &fact);
    fact.allocation_request->referrer = (Care__Referrer__Value)77;
    say(log, feed.partition, feed.today, &fact);
    say_something(&feed);

    TestTurns *house = new_house();
    test_turns_hear(house, log->messages, 2, 1);
    size_t taken;
    assert_int_equal(test_turns_try(house, log->messages + 2, log->count - 2, &taken), STATUS_OK);
    assert_int_equal(taken, 0);
    assert_int_equal(test_database_number(house->database, "SELECT count(*) FROM outbox"), 2);
}

/* Two clients of Delft with a PIC each, and one with another provider in the same partition's log. */
static void a_conversation_is_told_what_a_book_makes_of_its_amounts(void **state)
{
    (void)state;
    Feed feed = feed_of_delft();
    Log *log = world.log;
    static const char *const CLIENTS[] = {"client-1", "client-2", "client-3"};
    for (size_t i = 0; i < COUNT(CLIENTS); i++) {
        Intake__Fact fact = INTAKE__FACT__INIT;
        fact.municipality = arena_text(log->arena, "0503");
        fact.provider = arena_text(log->arena, i == 1 ? "90000002" : "90000001");
        feed.number = (int)(1000 + i);
        request(&feed, &fact);
        Intake__AllocationRequest *asked = fact.allocation_request;
        asked->reference = named(&feed, "r", (int)i);
        asked->referrer = CARE__REFERRER__VALUE__JUDGE;
        asked->client->reference = arena_text(log->arena, CLIENTS[i]);
        asked->client->n_care_periods = 0;
        asked->client->age_first = 11;
        asked->pic->intensity = arena_text(log->arena, "INTENSIEF");
        asked->period = some_period(&feed, day_at("2020-05-04").number, 200);
        say(log, feed.partition, day_at("2020-04-20"), &fact);
    }
    publish(log, &feed.partition, 1, 3, "2020-07-01");
    publish(log, &feed.partition, 1, 4, "2020-10-01");

    TestTurns *house = new_house();
    world.houses[0].house.piece_max = 5000;
    hear_in_batches(house, 10);
    Heard *book = &log->messages[log->count - 1];
    const Allocation__Judged *whole = judged(house, book);
    assert_int_equal(whole->judgement_case, ALLOCATION__JUDGED__JUDGEMENT__NOT_SET);
    assert_int_equal(whole->fact->book_published->n_files, 1);

    static const struct {
        const char *provider;
        size_t allocations;
    } TOLD[] = {{"90000001", 2}, {"90000002", 1}};
    for (size_t i = 0; i < COUNT(TOLD); i++) {
        const char *id = arena_format(house->arena, "%s/allocation.%zu", book->id, i + 2);
        const Allocation__Judged *said =
            message_unpack(house->arena, &allocation__judged__descriptor, test_turns_said(house, id));
        assert_int_equal(said->judgement_case, ALLOCATION__JUDGED__JUDGEMENT_REPRICED);
        assert_string_equal(said->fact->municipality, "0503");
        assert_string_equal(said->fact->provider, TOLD[i].provider);
        assert_int_equal(said->fact->book_published->number, 4);
        assert_int_equal(said->fact->book_published->n_files, 0);
        assert_int_equal(said->repriced->n_allocations, TOLD[i].allocations);
        for (size_t j = 0; j < said->repriced->n_allocations; j++) {
            const Allocation__Allocation *allocation = said->repriced->allocations[j];
            assert_int_equal(allocation->product->volume, 480000);
            assert_int_equal(allocation->reason, CARE__CHANGE_REASON__VALUE__CONTRACT_CHANGED);
            assert_int_equal(allocation->book, 4);
        }
    }
    assert_int_equal(test_database_number(house->database, "SELECT count(*) FROM outbox"), (int64_t)log->count + 2);

    /* Piece by piece it is told three times, in the order of the numbers. */
    TestTurns *cut = new_house();
    hear_in_batches(cut, 10);
    assert_int_equal(digest_of_table(cut, "allocation"), digest_of_table(house, "allocation"));
    assert_int_equal(test_database_number(cut->database, "SELECT count(*) FROM outbox"), (int64_t)log->count + 3);
    const char *last = arena_format(cut->arena, "%s/allocation.4", book->id);
    const Allocation__Judged *said =
        message_unpack(cut->arena, &allocation__judged__descriptor, test_turns_said(cut, last));
    assert_int_equal(said->repriced->n_allocations, 1);
    assert_string_equal(said->repriced->allocations[0]->client, "client-3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(batches_of_1_7_and_500_give_equal_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(replicas_by_turns_and_turns_rolled_back_give_equal_tables, setup, teardown),
        cmocka_unit_test_setup_teardown(no_day_of_a_trajectory_has_two_fundings, setup, teardown),
        cmocka_unit_test_setup_teardown(what_leaves_is_said_as_one_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(a_fact_goes_on_with_what_was_judged_of_it, setup, teardown),
        cmocka_unit_test_setup_teardown(a_book_of_new_prices_reprices_what_it_touches_wherever_it_is_cut, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_conversation_is_told_what_a_book_makes_of_its_amounts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_meaning_of_a_newer_program_waits_and_all_behind_it, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
