/* Tables of trajectories, from what billing said to the rows that a reader gets. */
#include "services/monitoring/observatory.h"

#include "monitoring/core/costs.h"
#include "monitoring/core/results.h"
#include "monitoring/core/targets.h"
#include "monitoring/web/tables.h"

enum { PXQ = 1, AS_PIC = 2, HELD = 8 };

static const char *const BOOKS[] = {
    "deploy/regions/haaglanden/book/001-pxq-contracts-to-2019",
    "deploy/regions/haaglanden/book/002-phased-introduction",
};

/* One client of whom all is told: granted for 2020, in care from its first day, with a line a month. */
static void say_course(Says *says, int client, const char *municipality, const char *first, const char *end, int months,
                       int64_t cents)
{
    const char *reference = arena_format(says->arena, "client-%d", client);
    SaidAllocation allocation = {
        arena_format(says->arena, "a-%d", client), reference, "SPECIALIST", "P1", PXQ, first, "2020-12-31"};
    int16_t partition = (int16_t)(client % HELD);
    says_granted(says, partition, first, municipality, &allocation);
    says_started(says, partition, first, municipality, reference, first);
    Day month = says_day(first);
    for (int i = 0; i < months; i++) {
        char from[DAY_TEXT_SIZE], known[DAY_TEXT_SIZE];
        SaidLine line = {reference, "SPECIALIST", "P1", PXQ, arena_text(says->arena, day_write(month, from)),
                         cents,     NULL,         false};
        month = day_plus(period_month(month).last, 1);
        says_answer(says, partition, arena_text(says->arena, day_write(day_plus(month, 9), known)), municipality, &line,
                    1);
    }
    if (end)
        says_stopped(says, partition, end, municipality, reference, end, STOP_AS_PLANNED);
}

/*
 * Twelve clients of Delft and four of Wassenaar under P1/PERSPECTIEF, all from January 2020. Of those of Delft six end
 * after March (€ 300 each), six after June (€ 600). Of those of Wassenaar three end after March; the fourth runs.
 */
static void say_what_happened(Says *says)
{
    for (size_t i = 0; i < COUNT(BOOKS); i++) {
        BookFiles book;
        must(book_folder_read(says->arena, BOOKS[i], &book));
        says_book(says, 0, "2019-04-23", &book);
    }
    for (int i = 0; i < 16; i++) {
        bool wassenaar = i >= 12, brief = i < 6 || (wassenaar && i < 15);
        const char *end = i == 15 ? NULL : brief ? "2020-03-31" : "2020-06-30";
        say_course(says, i, wassenaar ? "0629" : "0503", "2020-01-01", end, brief ? 3 : i < 15 ? 6 : 9, 10000);
        if (i < 12)
            says_outcome(says, (int16_t)(i % HELD), "2020-07-05", "0503", arena_format(says->arena, "client-%d", i),
                         end, i < 9 ? 2 : 1, i < 10 ? 1 : 0, i < 11 ? 8 : 0);
    }
    /* The last word counts: the second of Delft did not reach its goal after all. */
    says_outcome(says, 1, "2020-09-01", "0503", "client-1", "2020-03-31", 1, 1, 5);
    /* A book corrects a line of March of the first, and it is known later. */
    says_corrected(says, 0, "2020-10-01", "0503", "client-0", 10000, 13600);
}

static int setup(void **state)
{
    observatory_setup(state);
    Observatory *here = *state;
    say_what_happened(&here->says);
    observatory_hear(here, 5);
    return 0;
}

static Question question_of(const char *municipality, const char *known_on)
{
    Day day;
    assert_true(day_read(known_on, &day));
    return (Question){municipality, "", "", "", 2020, day, true};
}

static Table make(Observatory *here, const char *name, const Question *question)
{
    Library *library = library_new();
    const TableEntry *entry = table_entry(name);
    assert_non_null(entry);
    must(database_begin(here->database));
    must(library_read(library, here->database, here->arena, (const bool[PARTITIONS]){true}));
    const Books *books = library_books(library, 0);
    Table table = table_new(here->arena, entry->card);
    Desk desk = {.arena = here->arena, .database = here->database, .books = books, .question = question};
    must(entry->make(&desk, &table));
    for (size_t i = 0; i < table.row_count * entry->card->column_count; i++)
        table.values[i].text = table.values[i].text ? arena_text(here->arena, table.values[i].text) : NULL;
    database_rollback(here->database);
    library_free(library);
    return table;
}

/* -1: missing; -2: hidden; -3: there is no such row. */
static int64_t figure(const Table *table, const char *municipality, const char *provider, const char *profile,
                      const char *column)
{
    const char *const columns[] = {"municipality", "provider", "profile"};
    const char *const words[] = {municipality, provider, profile};
    for (size_t row = 0; row < table->row_count; row++) {
        const Value *values = table_row(table, row);
        bool same = true;
        for (int i = 0; i < 3; i++) {
            const Value *value = &values[card_column(table->card, columns[i])];
            same = same && strcmp(value->state == VALUE_TOLD ? value->text : "", words[i]) == 0;
        }
        const Value *value = &values[card_column(table->card, column)];
        if (same)
            return value->state == VALUE_TOLD ? value->number : value->state == VALUE_HIDDEN ? -2 : -1;
    }
    return -3;
}

/*
 * On the last day of 2020 costs are those up to September. Delft: five at € 300, one at € 336, six at € 600: € 453.
 * In all: of sixteen one still runs and is the longest: € 300 × 8 + 336 + 600 × 6 over fifteen is € 422.40. The tariff
 * is € 3,180.
 */
static void what_care_really_cost_stands_beside_its_tariff(void **state)
{
    Observatory *here = *state;
    Question question = question_of("", "2020-12-31");
    Table table = make(here, "pic-costs", &question);
    assert_int_equal(figure(&table, "", "", "P1", "trajectories"), 16);
    assert_int_equal(figure(&table, "", "", "P1", "ended"), 15);
    assert_int_equal(figure(&table, "", "", "P1", "seen"), 9375); /* 15 / 16 */
    assert_int_equal(figure(&table, "", "", "P1", "mean_cents"), 42240);
    assert_int_equal(figure(&table, "", "", "P1", "tariff_cents"), 318000);
    assert_int_equal(figure(&table, "", "", "P1", "needed"), 1328);
    assert_int_equal(figure(&table, "0503", "", "P1", "mean_cents"), 45300);
    assert_int_equal(figure(&table, "0503", "", "P1", "median_cents"), 33600); /* the sixth of twelve */
    assert_int_equal(figure(&table, "0629", "", "P1", "mean_cents"), -1);      /* three are too few */
    assert_int_equal(figure(&table, "", "90000001", "P1", "mean_cents"), 42240);

    question = question_of("0503", "2020-12-31");
    table = make(here, "pic-costs", &question);
    assert_int_equal(table.row_count, 2);
    assert_int_equal(figure(&table, "0503", "90000001", "P1", "trajectories"), 12);

    /* On the last day of September the correction is not known; care of July and later does not count yet. */
    question = question_of("", "2020-09-30");
    table = make(here, "pic-costs", &question);
    assert_int_equal(figure(&table, "0503", "", "P1", "mean_cents"), 45000);
    assert_int_equal(figure(&table, "", "", "P1", "ended"), 15);
    question = question_of("", "2020-08-31");
    table = make(here, "pic-costs", &question);
    assert_int_equal(figure(&table, "", "", "P1", "ended"), 9); /* those of March: it is known of care up to May */
}

/* The cost of what ended is the sum of the money of its care. */
static void what_was_spent_is_what_trajectories_cost(void **state)
{
    Observatory *here = *state;
    Question question = question_of("", "2020-12-31");
    Table table = make(here, "pic-costs", &question);
    int64_t spent = observatory_number(here, "SELECT (sum(debet_cents) - sum(credit_cents))::bigint FROM spent"
                                             " WHERE municipality = '0503' AND content = 2 AND funding = 1"
                                             " AND month <= '2020-09-30'");
    assert_int_equal((figure(&table, "0503", "", "P1", "mean_cents") * 12 + 50) / 100, (spent + 50) / 100);

    Table even = make(here, "break-even", &question);
    assert_int_equal(even.row_count, 2); /* all, and the one provider */
    const Value *one = table_row(&even, 1);
    assert_string_equal(one[card_column(even.card, "provider")].text, "90000001");
    assert_int_equal(one[card_column(even.card, "cost_cents")].number, 15 * 42240);
    assert_int_equal(one[card_column(even.card, "tariff_cents")].number, 15 * 318000);
    assert_int_equal(one[card_column(even.card, "needed")].number, 1328);
}

static void what_came_of_it_is_the_last_that_was_told(void **state)
{
    Observatory *here = *state;
    Question question = question_of("0503", "2020-12-31");
    Table table = make(here, "results", &question);
    assert_int_equal(figure(&table, "0503", "", "P1", "ended"), 12);
    assert_int_equal(figure(&table, "0503", "", "P1", "goal_reached"), 8); /* nine, of whom one did not after all */
    assert_int_equal(figure(&table, "0503", "", "P1", "goal_not_reached"), 4);
    assert_int_equal(figure(&table, "0503", "", "P1", "dropout_missing"), 2);
    assert_int_equal(figure(&table, "0503", "", "P1", "satisfaction"), 77); /* (10 × 8 + 5) / 11 = 7.73 */
    assert_int_equal(figure(&table, "0503", "", "P1", "satisfaction_missing"), 1);
    assert_int_equal(figure(&table, "0503", "", "P1", "watched"), 12);
    assert_int_equal(figure(&table, "0503", "", "P1", "relapsed"), 0);
    question = question_of("0503", "2020-08-31");
    table = make(here, "results", &question);
    assert_int_equal(figure(&table, "0503", "", "P1", "goal_reached"), 9);
    assert_int_equal(figure(&table, "0503", "", "P1", "watched"), 6); /* March and ninety-one days */

    question = question_of("", "2020-12-31");
    question.exact = false;
    table = make(here, "results", &question);
    assert_int_equal(figure(&table, "0629", "", "P1", "ended"), -2);
    assert_int_equal(figure(&table, "", "", "P1", "ended"), 15);
    assert_int_equal(figure(&table, "", "90000001", "P1", "ended"), -3);
}

/* One client of Wassenaar turns out to be one of Delft, who had ended on 31 March, and begins anew in May. */
static void clients_who_are_one_are_one_when_it_comes_to_relapse(void **state)
{
    Observatory *here = *state;
    here->says.count = 0; /* those have been heard */
    say_course(&here->says, 40, "0629", "2020-05-01", NULL, 1, 10000);
    says_joined(&here->says, 5, "2020-11-01", "0629", "client-40", "client-2");
    observatory_hear(here, 5);
    Question question = question_of("0503", "2020-12-31");
    Table table = make(here, "results", &question);
    assert_int_equal(figure(&table, "0503", "", "P1", "relapsed"), 1);
    question = question_of("0503", "2020-10-31");
    table = make(here, "results", &question);
    assert_int_equal(figure(&table, "0503", "", "P1", "relapsed"), 0);
}

static void the_targets_of_the_books_are_held_against_it(void **state)
{
    Observatory *here = *state;
    Question question = question_of("", "2020-12-31");
    Table table = make(here, "targets", &question);
    static const struct {
        const char *code;
        int64_t reached, counted;
    } ROWS[] = {{"DROPPED_OUT", 0, 10}, {"GOAL_REACHED", 67, 12}, {"MOVED_TO_PIC", 0, 0}, {"SATISFACTION", 77, 11}};
    assert_int_equal(table.row_count, COUNT(ROWS));
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        const Value *row = table_row(&table, i);
        assert_string_equal(row[card_column(table.card, "code")].text, ROWS[i].code);
        assert_int_equal(row[card_column(table.card, "reached")].number, ROWS[i].reached);
        assert_int_equal(row[card_column(table.card, "counted")].number, ROWS[i].counted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_care_really_cost_stands_beside_its_tariff),
        cmocka_unit_test(what_was_spent_is_what_trajectories_cost),
        cmocka_unit_test(what_came_of_it_is_the_last_that_was_told),
        cmocka_unit_test(the_targets_of_the_books_are_held_against_it),
        cmocka_unit_test(clients_who_are_one_are_one_when_it_comes_to_relapse), /* the last: it tells more */
    };
    return cmocka_run_group_tests(tests, setup, observatory_teardown);
}
