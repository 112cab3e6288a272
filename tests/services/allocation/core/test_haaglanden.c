/* What the two letters demand, as a request in each municipality of Haaglanden is decided. */
#include "allocation/core/decide.h"

#include "base/partition.h"
#include "support/books.h"
#include "support/unit.h"

static const char *const TEN[] = {"0503", "0518", "1916", "1842", "1926", "0603", "0626", "0629", "1783", "0637"};
static const char PROVIDER[] = "90000001";

typedef enum Where { THE_NINE, THE_HAGUE, ALL_TEN } Where;
typedef enum Who { NEW_CLIENT, EXISTING_CLIENT } Who;

typedef struct Row {
    const char *first, *last; /* care in */
    const char *known;
    const char *segment;
    Where where;
    Who who;
    Content content;
    Funding funding;
} Row;

/* Care is asked once its contract is known; what was planned for 2021 was withdrawn before there was one. */
/* clang-format off */
static const Row WITH_THE_PLAN[] = {
    {"2019-02-04", "2019-11-29", "2019-01-07", "SPECIALIST",        ALL_TEN,   NEW_CLIENT,      CONTENT_NONE, FUNDING_PXQ},
    {"2019-02-04", "2019-11-29", "2019-01-07", "SPECIALIST",        ALL_TEN,   EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
    {"2019-02-04", "2019-11-29", "2019-01-07", "HIGHLY_SPECIALIST", ALL_TEN,   NEW_CLIENT,      CONTENT_NONE, FUNDING_PXQ},
    {"2019-02-04", "2019-11-29", "2019-01-07", "HIGHLY_SPECIALIST", ALL_TEN,   EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
    {"2020-02-03", "2020-11-27", "2020-01-06", "SPECIALIST",        THE_NINE,  NEW_CLIENT,      CONTENT_PIC,  FUNDING_PIC},
    {"2020-02-03", "2020-11-27", "2020-01-06", "SPECIALIST",        THE_NINE,  EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
    {"2020-02-03", "2020-11-27", "2020-01-06", "SPECIALIST",        THE_HAGUE, NEW_CLIENT,      CONTENT_PIC,  FUNDING_PXQ},
    {"2020-02-03", "2020-11-27", "2020-01-06", "SPECIALIST",        THE_HAGUE, EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
    {"2020-02-03", "2020-11-27", "2020-01-06", "HIGHLY_SPECIALIST", ALL_TEN,   NEW_CLIENT,      CONTENT_PIC,  FUNDING_PXQ},
    {"2020-02-03", "2020-11-27", "2020-01-06", "HIGHLY_SPECIALIST", ALL_TEN,   EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
    {"2021-02-01", "2021-11-26", "2021-01-04", "SPECIALIST",        ALL_TEN,   NEW_CLIENT,      CONTENT_PIC,  FUNDING_PXQ},
    {"2021-02-01", "2021-11-26", "2021-01-04", "SPECIALIST",        ALL_TEN,   EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
    {"2021-02-01", "2021-11-26", "2021-01-04", "HIGHLY_SPECIALIST", ALL_TEN,   NEW_CLIENT,      CONTENT_PIC,  FUNDING_PXQ},
    {"2021-02-01", "2021-11-26", "2021-01-04", "HIGHLY_SPECIALIST", ALL_TEN,   EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
};

static const Row WITH_PRODUCTS_THROUGHOUT[] = {
    {"2020-02-03", "2020-11-27", "2020-01-06", "SPECIALIST",        ALL_TEN,   NEW_CLIENT,      CONTENT_PIC,  FUNDING_PXQ},
    {"2020-02-03", "2020-11-27", "2020-01-06", "SPECIALIST",        ALL_TEN,   EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
    {"2020-02-03", "2020-11-27", "2020-01-06", "HIGHLY_SPECIALIST", ALL_TEN,   NEW_CLIENT,      CONTENT_PIC,  FUNDING_PXQ},
    {"2020-02-03", "2020-11-27", "2020-01-06", "HIGHLY_SPECIALIST", ALL_TEN,   EXISTING_CLIENT, CONTENT_NONE, FUNDING_PXQ},
};
/* clang-format on */

static bool lies(const char *municipality, Where where)
{
    bool the_hague = strcmp(municipality, "0518") == 0;
    return where == ALL_TEN || the_hague == (where == THE_HAGUE);
}

static CareFact asks(const Row *row, const char *municipality)
{
    static const Period IN_CARE[] = {{{17897}, {18300}}}; /* 2019-01-01 to 2020-02-08 */
    static const char *const RESULTS[] = {"Weer naar school"};
    static const AllocatedProduct SPECIALIST[] = {{"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK}};
    static const AllocatedProduct HIGHLY[] = {{"45", "45A05", 3, UNIT_HOUR, FREQUENCY_PER_WEEK}};
    bool specialist = strcmp(row->segment, "SPECIALIST") == 0;
    return (CareFact){
        .kind = FACT_CARE_REQUEST,
        .conversation = {partition_of(municipality, PROVIDER), municipality, PROVIDER},
        .known = day_at(row->known),
        .care_request =
            {
                .reference = "r",
                .client = {"c", 9, 10, IN_CARE, row->who == EXISTING_CLIENT ? COUNT(IN_CARE) : 0},
                .referrer = REFERRER_GP,
                .decision = "",
                .segment = row->segment,
                .pic = {"P2", "INTENSIEF"},
                .results = {RESULTS, COUNT(RESULTS)},
                .period = {day_at(row->first), day_at(row->last)},
                .products = {specialist ? SPECIALIST : HIGHLY, 1},
                .granted_by = "",
            },
    };
}

static void assert_row(const RegionBooks *region, const Row *row, const char *municipality)
{
    Standing *standing = standing_new(region->arena);
    for (size_t i = 0; i < PARTITIONS; i++)
        standing->partitions[i].books = &region->books;
    CareFact fact = asks(row, municipality);
    AllocationDecision decision = allocation_decide(region->arena, &fact, standing);
    if (decision.judgement != JUDGEMENT_GRANTED || decision.begun.count != 1 ||
        decision.trajectory->content != row->content || decision.begun.list[0].funding != row->funding)
        fail_msg("%s %s, care from %s, known on %s: %s", municipality, row->segment, row->first, row->known,
                 allocation_reason_name(decision.reason));
}

static void assert_rows(const RegionBooks *region, const Row *rows, size_t count)
{
    for (size_t r = 0; r < count; r++)
        for (size_t m = 0; m < COUNT(TEN); m++)
            if (lies(TEN[m], rows[r].where))
                assert_row(region, &rows[r], TEN[m]);
}

static int open_region(void **state)
{
    *state = haaglanden_open();
    return 0;
}

static int open_pxq_region(void **state)
{
    *state = haaglanden_pxq_open();
    return 0;
}

static int close_region(void **state)
{
    region_books_close(*state);
    return 0;
}

static void bridging_contracts_that_honour_the_plan_pay_new_clients_of_the_nine_by_pic(void **state)
{
    assert_rows(*state, WITH_THE_PLAN, COUNT(WITH_THE_PLAN));
}

static void bridging_contracts_that_pay_by_product_still_give_new_clients_a_pic(void **state)
{
    assert_rows(*state, WITH_PRODUCTS_THROUGHOUT, COUNT(WITH_PRODUCTS_THROUGHOUT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bridging_contracts_that_honour_the_plan_pay_new_clients_of_the_nine_by_pic,
                                        open_region, close_region),
        cmocka_unit_test_setup_teardown(bridging_contracts_that_pay_by_product_still_give_new_clients_a_pic,
                                        open_pxq_region, close_region),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
