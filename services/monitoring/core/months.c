#include "monitoring/core/months.h"

YearMonths months_of(int32_t year)
{
    YearMonths months;
    for (int32_t month = 1; month <= MONTHS_OF_YEAR; month++)
        months.first[month - 1] = day_of(year, month, 1);
    months.first[MONTHS_OF_YEAR] = day_of(year + 1, 1, 1);
    return months;
}

MonthSet months_touched(const YearMonths *year, Period period)
{
    MonthSet months = 0;
    for (size_t month = 0; month < MONTHS_OF_YEAR; month++)
        if (day_compare(period.first, year->first[month + 1]) < 0 && day_compare(period.last, year->first[month]) >= 0)
            months |= (MonthSet)(1u << month);
    return months;
}

MonthSet months_ended_in(const YearMonths *year, Period period)
{
    MonthSet months = 0;
    for (size_t month = 0; month < MONTHS_OF_YEAR; month++)
        if (period_has(period, month_end(year, month)))
            months |= (MonthSet)(1u << month);
    return months;
}

/* Where one client is found to be so far, in all municipalities and labels and their totals. */
typedef struct Marks {
    MonthSet *months;
    size_t *touched;
    size_t touched_count;
} Marks;

static void mark(Marks *marks, size_t place, MonthSet months)
{
    if (!marks->months[place] && months)
        marks->touched[marks->touched_count++] = place;
    marks->months[place] |= months;
}

static void mark_spell(Marks *marks, const Cube *cube, const Spell *spell)
{
    size_t labels = cube->size[1] + 1;
    const size_t municipalities[] = {spell->municipality, cube->size[0]};
    const size_t places[] = {spell->label, cube->size[1]};
    for (int i = 0; i < 4; i++)
        mark(marks, municipalities[i & 1] * labels + places[i >> 1], spell->months);
}

static void add_marks(Cube *cube, Marks *marks)
{
    for (size_t i = 0; i < marks->touched_count; i++) {
        size_t place = marks->touched[i];
        Cell *cells = cube->cells + place * (MONTHS_OF_YEAR + 1);
        for (size_t month = 0; month < MONTHS_OF_YEAR; month++)
            cells[month].count += marks->months[place] >> month & 1;
        cells[MONTHS_OF_YEAR].count++;
        marks->months[place] = 0;
    }
    marks->touched_count = 0;
}

void months_count(Arena *arena, Cube *cube, const Spell *spells, size_t count)
{
    size_t places = (cube->size[0] + 1) * (cube->size[1] + 1);
    Marks marks = {ARENA_MANY(arena, MonthSet, places), ARENA_MANY(arena, size_t, places), 0};
    for (size_t i = 0; i < count; i++) {
        mark_spell(&marks, cube, &spells[i]);
        if (i + 1 == count || spells[i + 1].client != spells[i].client)
            add_marks(cube, &marks);
    }
}
