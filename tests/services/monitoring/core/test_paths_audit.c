/*
 * Somebody who sees all that a wide audience sees of the funding paths tries to find out what is hidden.
 *
 * In each month clients are of three kinds that do not overlap: paid by PIC, with a PIC only, and
 * with none. What is shown are sums of these kinds over municipalities and segments. Whoever
 * attacks solves those equations; a shown nothing says that all of it is nothing.
 */
#include "monitoring/core/paths.h"

#include "services/monitoring/core/told.h"

#include <stdlib.h>

enum {
    ROUNDS = 400,
    KINDS = 3,
    MOST = 4,
    SEGMENTS = 2,
    CELLS = MOST * SEGMENTS * KINDS,
    EQUATIONS = 200,
    PRIME = 1000003
};

static const char *const MUNICIPALITIES[MOST] = {"0503", "0518", "0603", "1926"};
static const char *const SEGMENT_CODES[SEGMENTS] = {"HIGHLY_SPECIALIST", "SPECIALIST"};

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* How many of each kind there are, and who they are. */
typedef struct Town {
    int64_t counts[CELLS];
    Allocated *list;
    size_t count;
} Town;

static Town invent(Arena *arena, uint64_t *seed, size_t municipalities)
{
    Town town = {.list = ARENA_MANY(arena, Allocated, CELLS * 60)};
    for (size_t i = 0; i < municipalities * SEGMENTS * KINDS; i++) {
        uint64_t most = next_random(seed) % 3 ? 14 : 60;
        town.counts[i] = next_random(seed) % 4 ? (int64_t)(next_random(seed) % most) : 0;
        for (int64_t j = 0; j < town.counts[i]; j++, town.count++)
            town.list[town.count] = (Allocated){
                .municipality = MUNICIPALITIES[i / KINDS / SEGMENTS],
                .provider = "90000001",
                .segment = SEGMENT_CODES[i / KINDS % SEGMENTS],
                .client = (int64_t)town.count,
                .content = i % KINDS > 0 ? CONTENT_PIC : CONTENT_NONE,
                .funding = i % KINDS > 1 ? FUNDING_PIC : FUNDING_PXQ,
                .cohort = COHORT_NEW,
                .pic = {"", ""},
                .period = {day_of(2020, 3, 1), day_of(2020, 3, 31)},
            };
    }
    return town;
}

typedef struct Attack {
    int64_t rows[EQUATIONS][CELLS];
    size_t count;
} Attack;

static void know(Attack *attack, const bool parts[CELLS], bool nothing)
{
    for (size_t i = 0; i < CELLS && nothing; i++)
        if (parts[i]) {
            assert_true(attack->count < EQUATIONS);
            attack->rows[attack->count++][i] = 1;
        }
    if (nothing)
        return;
    assert_true(attack->count < EQUATIONS);
    for (size_t i = 0; i < CELLS; i++)
        attack->rows[attack->count][i] = parts[i];
    attack->count++;
}

static bool is_of(const Value *dimension, const char *code)
{
    return dimension->state != VALUE_TOLD || strcmp(dimension->text, code) == 0;
}

/* Figures stand from `figure` on: all kinds, the last two, the last one. */
static void look(Attack *attack, const Table *table)
{
    size_t figure = card_column(table->card, "clients");
    for (size_t r = 0; r < table->row_count; r++) {
        const Value *row = table_row(table, r);
        if (row[2].state != VALUE_TOLD || row[2].number != day_of(2020, 3, 1).number)
            continue;
        for (size_t first = 0; first < KINDS; first++) {
            bool parts[CELLS] = {false};
            for (size_t i = 0; i < CELLS; i++)
                parts[i] = i % KINDS >= first && is_of(&row[0], MUNICIPALITIES[i / KINDS / SEGMENTS]) &&
                           is_of(&row[1], SEGMENT_CODES[i / KINDS % SEGMENTS]);
            if (row[figure + first].state == VALUE_TOLD)
                know(attack, parts, row[figure + first].number == 0);
        }
    }
}

static int64_t power(int64_t base, int64_t exponent)
{
    int64_t result = 1;
    for (; exponent; exponent >>= 1, base = base * base % PRIME)
        if (exponent & 1)
            result = result * base % PRIME;
    return result;
}

/* Gauss and Jordan; afterwards a cell is known whose row has no other. */
static void solve(Attack *attack)
{
    size_t done = 0;
    for (size_t column = 0; column < CELLS; column++) {
        size_t pivot = done;
        while (pivot < attack->count && !attack->rows[pivot][column])
            pivot++;
        if (pivot == attack->count)
            continue;
        int64_t inverse = power(attack->rows[pivot][column], PRIME - 2);
        for (size_t i = 0; i < CELLS; i++) {
            int64_t moved = attack->rows[pivot][i] * inverse % PRIME;
            attack->rows[pivot][i] = attack->rows[done][i];
            attack->rows[done][i] = moved;
        }
        for (size_t r = 0; r < attack->count; r++) {
            int64_t times = attack->rows[r][column];
            for (size_t i = 0; i < CELLS && r != done && times; i++)
                attack->rows[r][i] = ((attack->rows[r][i] - times * attack->rows[done][i]) % PRIME + PRIME) % PRIME;
        }
        done++;
    }
    attack->count = done;
}

static bool is_known(const Attack *attack, size_t sought)
{
    for (size_t r = 0; r < attack->count; r++) {
        bool alone = attack->rows[r][sought] != 0;
        for (size_t i = 0; i < CELLS && alone; i++)
            alone = i == sought || attack->rows[r][i] == 0;
        if (alone)
            return true;
    }
    return false;
}

static void nobody_works_out_the_few_of_any_kind(void **state)
{
    static const Books NONE;
    uint64_t seed = 20200608;
    size_t few = 0, shown = 0;
    for (int round = 0; round < ROUNDS; round++) {
        arena_reset(*state);
        size_t municipalities = 2 + next_random(&seed) % (MOST - 1);
        Town town = invent(*state, &seed, municipalities);
        Table table = table_new(*state, &funding_paths_card);
        Question question = {"", "", "", "", 2020, day_of(2020, 12, 31), false};
        funding_paths_tell(&question, &NONE, (AllocatedList){town.list, town.count}, &table);

        Attack *attack = ARENA_NEW(*state, Attack);
        look(attack, &table);
        shown += attack->count;
        solve(attack);
        for (size_t i = 0; i < CELLS; i++)
            if (town.counts[i] > 0 && town.counts[i] < 10) {
                few++;
                if (is_known(attack, i))
                    fail_msg("round %d: the %lld of %s %s of kind %zu can be worked out", round,
                             (long long)town.counts[i], MUNICIPALITIES[i / KINDS / SEGMENTS],
                             SEGMENT_CODES[i / KINDS % SEGMENTS], i % KINDS);
            }
    }
    assert_true(few > 1000); /* there was something to hide */
    assert_true(shown > 10 * ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_works_out_the_few_of_any_kind, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
