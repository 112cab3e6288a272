#include "monitoring/core/chart.h"

#include <string.h>

/* Sizes are in tenths of a point of the drawing, so that whole numbers do. */
enum {
    WIDE = 6400,
    SIDE = 560, /* left, for the numbers */
    TOP = 220,  /* above, for the names of the parts */
    FOOT = 200, /* below, for the months */
    BAR = 340,  /* of a bar from side to side, with its name */
    STEPS_MAX = 4,
};

/* Dark before light: they are told apart in grey, too, and each has its name beside it. */
static const char *const INKS[CHART_PARTS_MAX] = {"#154273", "#7fb2d9", "#c3d4e4", "#b2531c"};
static const char *const ON_INKS[CHART_PARTS_MAX] = {"#fff", "#111", "#111", "#fff"};

static const char *const MONTHS_SHORT[CHART_MONTHS] = {"jan", "feb", "mrt", "apr", "mei", "jun",
                                                       "jul", "aug", "sep", "okt", "nov", "dec"};

int64_t chart_step(int64_t most)
{
    int64_t step = 1;
    for (int turn = 0; step * STEPS_MAX < most; turn = (turn + 1) % 3)
        step = turn == 1 ? step / 2 * 5 : step * 2;
    return step;
}

const char *chart_number(Arena *arena, int64_t number)
{
    const char *rest = "";
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    for (; left >= 1000; left /= 1000)
        rest = arena_format(arena, ".%03d%s", (int)(left % 1000), rest);
    return arena_format(arena, "%s%d%s", number < 0 ? "−" : "", (int)left, rest);
}

/* "123.4": tenths. */
static const char *tenths(Arena *arena, int64_t number)
{
    return arena_format(arena, "%s%lld.%d", number < 0 ? "-" : "", (long long)(number < 0 ? -number : number) / 10,
                        (int)((number < 0 ? -number : number) % 10));
}

static void add_box(Leaf *leaf, int64_t x, int64_t y, int64_t width, int64_t height, const char *ink)
{
    leaf_add(leaf, "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>", tenths(leaf->arena, x),
             tenths(leaf->arena, y), tenths(leaf->arena, width), tenths(leaf->arena, height), ink);
}

static void add_text(Leaf *leaf, int64_t x, int64_t y, const char *anchor, const char *ink, const char *text)
{
    leaf_add(leaf, "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>", tenths(leaf->arena, x),
             tenths(leaf->arena, y), anchor, ink, leaf_escaped(leaf->arena, text));
}

static void open_drawing(Leaf *leaf, int64_t height, const char *title)
{
    leaf_add(leaf,
             "<svg viewBox=\"0 0 %d %s\" role=\"img\" aria-label=\"%s\" font-size=\"10.5\" "
             "font-family=\"inherit\">",
             WIDE / 10, tenths(leaf->arena, height), leaf_escaped(leaf->arena, title));
}

/* The names of the parts along the top, each with its ink. */
static int64_t add_names(Leaf *leaf, const char *const *parts, size_t count, int64_t x)
{
    for (size_t i = 0; i < count; i++) {
        add_box(leaf, x, 30, 100, 100, INKS[i]);
        add_text(leaf, x + 150, 125, "start", "#111", parts[i]);
        x += 150 + (int64_t)strlen(parts[i]) * 56 + 150;
    }
    return x;
}

/* ---- months ---- */

static int64_t height_of_month(const MonthsChart *chart, size_t month)
{
    int64_t height = 0;
    for (size_t part = 0; part < chart->part_count; part++)
        if (chart->figures[part][month].state == VALUE_TOLD && chart->figures[part][month].number > 0)
            height += chart->figures[part][month].number;
    return height;
}

/* How many units the plot is high: whole steps. */
static int64_t most_of(const MonthsChart *chart, int64_t *step_out)
{
    int64_t most = chart->line ? chart->line_height : 0;
    for (size_t month = 0; month < CHART_MONTHS; month++)
        if (height_of_month(chart, month) > most)
            most = height_of_month(chart, month);
    most = (most + chart->unit_size - 1) / chart->unit_size;
    *step_out = chart_step(most > 0 ? most : 1);
    return (most + *step_out - 1) / *step_out * *step_out + (most == 0 ? *step_out : 0);
}

static int64_t scaled(const MonthsChart *chart, int64_t figure, int64_t most)
{
    return (int64_t)((__int128)figure * chart->plot / ((__int128)most * chart->unit_size));
}

static void add_sides(Leaf *leaf, int64_t plot, int64_t most, int64_t step)
{
    for (int64_t at = 0; at <= most; at += step) {
        int64_t y = TOP + plot - at * plot / most;
        leaf_add(leaf, "<path d=\"M%s %sH%d\" stroke=\"%s\" stroke-width=\".6\"/>", tenths(leaf->arena, SIDE),
                 tenths(leaf->arena, y), WIDE / 10, at ? "#ccc" : "#111");
        add_text(leaf, SIDE - 60, y + 35, "end", "#333", chart_number(leaf->arena, at));
    }
}

static void add_month(Leaf *leaf, const MonthsChart *chart, size_t month, int64_t most)
{
    int64_t width = (WIDE - SIDE) / CHART_MONTHS, x = SIDE + (int64_t)month * width, y = TOP + chart->plot;
    for (size_t part = 0; part < chart->part_count; part++) {
        const Value *figure = &chart->figures[part][month];
        int64_t height = figure->state == VALUE_TOLD && figure->number > 0 ? scaled(chart, figure->number, most) : 0;
        y -= height;
        if (height > 0)
            add_box(leaf, x + width / 6, y, width * 2 / 3, height, INKS[part]);
    }
    add_text(leaf, x + width / 2, TOP + chart->plot + 140, "middle", "#333", MONTHS_SHORT[month]);
}

void chart_months(Leaf *leaf, const MonthsChart *chart)
{
    int64_t step, most = most_of(chart, &step);
    open_drawing(leaf, TOP + chart->plot + FOOT, chart->title);
    int64_t x = add_names(leaf, chart->parts, chart->part_count, SIDE);
    add_text(leaf, 0, 125, "start", "#333", chart->unit);
    add_sides(leaf, chart->plot, most, step);
    for (size_t month = 0; month < CHART_MONTHS; month++)
        add_month(leaf, chart, month, most);
    if (chart->line) {
        int64_t y = TOP + chart->plot - scaled(chart, chart->line_height, most);
        leaf_add(leaf, "<path d=\"M%s %sH%d\" stroke=\"#b2531c\" stroke-width=\"1.6\" stroke-dasharray=\"5 3\"/>",
                 tenths(leaf->arena, SIDE), tenths(leaf->arena, y), WIDE / 10);
        leaf_add(leaf, "<path d=\"M%s 8h16\" stroke=\"#b2531c\" stroke-width=\"1.6\" stroke-dasharray=\"5 3\"/>",
                 tenths(leaf->arena, x));
        add_text(leaf, x + 220, 125, "start", "#111", chart->line);
    }
    leaf_add(leaf, "</svg>");
}

/* ---- shares ---- */

static int64_t whole_of(const SharesChart *chart, const SharesBar *bar)
{
    int64_t whole = 0;
    for (size_t i = 0; i < chart->part_count; i++)
        whole += bar->parts[i].state == VALUE_TOLD ? bar->parts[i].number : 0;
    return whole;
}

static void add_bar(Leaf *leaf, const SharesChart *chart, const SharesBar *bar, int64_t y)
{
    enum { NAME = 1500 };
    int64_t whole = whole_of(chart, bar), x = NAME, before = 0;
    add_text(leaf, NAME - 80, y + 170, "end", "#111", bar->name);
    for (size_t i = 0; whole > 0 && i < chart->part_count; i++) {
        int64_t part = bar->parts[i].state == VALUE_TOLD ? bar->parts[i].number : 0;
        before += part;
        int64_t end = NAME + before * (WIDE - NAME) / whole;
        add_box(leaf, x, y, end - x, 260, INKS[i]);
        if (end - x > 500)
            add_text(leaf, (x + end) / 2, y + 170, "middle", ON_INKS[i],
                     arena_format(leaf->arena, "%s (%d%%)", chart_number(leaf->arena, part),
                                  (int)((200 * part + whole) / (2 * whole))));
        x = end;
    }
}

void chart_shares(Leaf *leaf, const SharesChart *chart)
{
    open_drawing(leaf, TOP + (int64_t)chart->bar_count * BAR, chart->title);
    add_names(leaf, chart->parts, chart->part_count, 1500);
    for (size_t i = 0; i < chart->bar_count; i++)
        add_bar(leaf, chart, &chart->bars[i], TOP + (int64_t)i * BAR);
    leaf_add(leaf, "</svg>");
}
