#include "monitoring/core/council.h"

#include "monitoring/core/chart.h"
#include "monitoring/core/leaf.h"

#include <string.h>

enum { THOUSAND_EUROS = 100000, MONTHS_OF_YEAR = 12, MONTHS_LATE = 2 };

static const char *const MONTH_NAMES[MONTHS_OF_YEAR] = {
    "januari", "februari", "maart",     "april",   "mei",      "juni",
    "juli",    "augustus", "september", "oktober", "november", "december",
};

typedef struct Letter {
    Arena *arena;
    const CouncilFound *found;
    Leaf leaf;
    const char *name;  /* of the municipality */
    const char *known; /* "31 december 2020" */
} Letter;

/* ---- what tables say ---- */

/* A row by its dimensions; what is not named is the total over it. */
typedef struct Where {
    const char *municipality;
    int month; /* 1 to 12; 0: the year */
} Where;

static bool is_dimension(const char *name)
{
    static const char *const NAMES[] = {"municipality", "provider", "segment",   "content",
                                        "funding",      "profile",  "intensity", "month"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (strcmp(NAMES[i], name) == 0)
            return true;
    return false;
}

static bool fits(const Letter *letter, const Column *column, const Value *value, const Where *where)
{
    if (strcmp(column->name, "municipality") == 0 && where->municipality)
        return value->state == VALUE_TOLD && strcmp(value->text, where->municipality) == 0;
    if (strcmp(column->name, "month") == 0 && where->month)
        return value->state == VALUE_TOLD && day_parts((Day){(int32_t)value->number}).month == where->month;
    (void)letter;
    return !is_dimension(column->name) || value->state == VALUE_MISSING;
}

static const Value *row_of(const Letter *letter, const Table *table, const Where *where)
{
    for (size_t i = 0; table && i < table->row_count; i++) {
        const Value *row = table_row(table, i);
        bool all = true;
        for (size_t j = 0; j < table->card->column_count && all; j++)
            all = fits(letter, &table->card->columns[j], &row[j], where);
        if (all)
            return row;
    }
    return NULL;
}

/* Missing where there is no such table, row or figure. */
static Value figure_of(const Letter *letter, const Table *table, const Where *where, const char *name)
{
    const Value *row = row_of(letter, table, where);
    return row ? row[card_column(table->card, name)] : VALUE_NOBODY_KNOWS;
}

static Value own(const Letter *letter, const Table *table, int month, const char *name)
{
    return figure_of(letter, table, &(Where){letter->found->municipality, month}, name);
}

static bool are_told(const Value *values, size_t count)
{
    bool told = true;
    for (size_t i = 0; i < count; i++)
        told = told && values[i].state == VALUE_TOLD;
    return told;
}

/* ---- words ---- */

static const char *day_words(Arena *arena, Day day)
{
    DayParts parts = day_parts(day);
    return arena_format(arena, "%d %s %d", parts.day, MONTH_NAMES[parts.month - 1], parts.year);
}

/* Rounded half away from zero. */
static int64_t thousands_of(int64_t cents)
{
    return (cents + (cents < 0 ? -THOUSAND_EUROS : THOUSAND_EUROS) / 2) / THOUSAND_EUROS;
}

/* "€ 1.234.000" of 1,234 thousand. */
static const char *euros(const Letter *letter, int64_t thousands)
{
    return arena_format(letter->arena, "€&nbsp;%s%s",
                        chart_number(letter->arena, thousands < 0 ? -thousands : thousands), thousands ? ".000" : "");
}

static const char *number(const Letter *letter, int64_t count)
{
    return chart_number(letter->arena, count);
}

static const char *more_or_less(int64_t difference)
{
    return difference < 0 ? "minder" : "meer";
}

static int64_t size_of(int64_t difference)
{
    return difference < 0 ? -difference : difference;
}

static int64_t percent(int64_t part, int64_t whole)
{
    return whole > 0 ? (200 * part + whole) / (2 * whole) : 0;
}

#define SAY(...) leaf_add(&letter->leaf, __VA_ARGS__)

static void heading(Letter *letter, const char *words)
{
    SAY("<h2>%s</h2>\n", words);
}

/* Each drawing and table says as of when. */
static void caption(Letter *letter, const char *words)
{
    SAY("<figcaption>%s, zoals bekend op %s.</figcaption>", words, letter->known);
}

static bool is_over(const Letter *letter)
{
    return day_compare(letter->found->known_on, day_of(letter->found->year, MONTHS_OF_YEAR, 31)) >= 0;
}

/* ---- what the letter knows ---- */

/* In thousands of euros. */
typedef struct Cost {
    bool known;    /* what is approved */
    bool forecast; /* what is expected */
    bool budgeted;
    int64_t approved, expected, low, high, budget;
} Cost;

static Cost cost_of(const Letter *letter)
{
    Value approved = own(letter, letter->found->spending, 0, "cents");
    const Value forecast[] = {own(letter, letter->found->forecast, 0, "expected_cents"),
                              own(letter, letter->found->forecast, 0, "low_cents"),
                              own(letter, letter->found->forecast, 0, "high_cents")};
    const Budget *budget =
        books_budget(letter->found->books, letter->found->municipality, letter->found->year, letter->found->known_on);
    return (Cost){
        .known = approved.state == VALUE_TOLD,
        .forecast = are_told(forecast, 3) && approved.state == VALUE_TOLD,
        .budgeted = budget,
        .approved = thousands_of(approved.number),
        .expected = thousands_of(forecast[0].number),
        .low = thousands_of(forecast[1].number),
        .high = thousands_of(forecast[2].number),
        .budget = budget ? thousands_of(budget->amount.cents) : 0,
    };
}

/* The months of both years that most of the care of is declared of. */
typedef struct Change {
    bool known;
    int months;
    int64_t cents, cents_before;
    int64_t clients, clients_before; /* of each month together */
} Change;

static int months_declared(const Letter *letter)
{
    DayParts known = day_parts(letter->found->known_on);
    int months = (known.year - letter->found->year) * MONTHS_OF_YEAR + known.month - MONTHS_LATE;
    return months > MONTHS_OF_YEAR ? MONTHS_OF_YEAR : months;
}

static Change change_of(const Letter *letter)
{
    Change change = {.months = months_declared(letter)};
    change.known = change.months > 0;
    for (int month = 1; month <= change.months; month++) {
        const Value figures[] = {own(letter, letter->found->spending, month, "cents"),
                                 own(letter, letter->found->spending_before, month, "cents"),
                                 own(letter, letter->found->spending, month, "clients"),
                                 own(letter, letter->found->spending_before, month, "clients")};
        change.known = change.known && are_told(figures, 4);
        change.cents += figures[0].number;
        change.cents_before += figures[1].number;
        change.clients += figures[2].number;
        change.clients_before += figures[3].number;
    }
    change.known = change.known && change.clients > 0 && change.clients_before > 0;
    return change;
}

/* Clients of a month, each under the last way that it has come to. */
typedef struct Ways {
    bool known;
    int64_t all, by_product, with_pic, by_pic;
} Ways;

static Ways ways_of(const Letter *letter, int month)
{
    const Value figures[] = {own(letter, letter->found->paths, month, "clients"),
                             own(letter, letter->found->paths, month, "clients_pic_content"),
                             own(letter, letter->found->paths, month, "clients_pic_funding")};
    return (Ways){
        .known = are_told(figures, 3),
        .all = figures[0].number,
        .by_product = figures[0].number - figures[1].number,
        .with_pic = figures[1].number - figures[2].number,
        .by_pic = figures[2].number,
    };
}

static int last_month(const Letter *letter)
{
    return is_over(letter) ? MONTHS_OF_YEAR : day_parts(letter->found->known_on).month;
}

typedef struct Outcomes {
    bool known;
    int64_t ended, reached, not_reached, missing;
    Value satisfaction, answers, dropped_out;
} Outcomes;

static Outcomes outcomes_of(const Letter *letter, const char *municipality)
{
    const Where where = {municipality, 0};
    const Table *results = letter->found->results;
    const Value figures[] = {
        figure_of(letter, results, &where, "ended"), figure_of(letter, results, &where, "goal_reached"),
        figure_of(letter, results, &where, "goal_not_reached"), figure_of(letter, results, &where, "goal_missing")};
    Outcomes outcomes = {
        .known = are_told(figures, 4) && figures[0].number > 0,
        .ended = figures[0].number,
        .reached = figures[1].number,
        .not_reached = figures[2].number,
        .missing = figures[3].number,
        .satisfaction = figure_of(letter, results, &where, "satisfaction"),
        .answers = figure_of(letter, results, &where, "satisfaction_answers"),
        .dropped_out = figure_of(letter, results, &where, "dropped_out"),
    };
    return outcomes;
}

/* ---- head ---- */

static const char STYLE[] =
    "@page{size:A4;margin:0}"
    "*{box-sizing:border-box}"
    "html{-webkit-print-color-adjust:exact;print-color-adjust:exact}"
    "body{margin:0;background:#e9e9e6;color:#111;font:9.7pt/1.38 \"Fira Sans\",\"Noto Sans\",\"DejaVu "
    "Sans\",Arial,sans-serif}"
    ".sheet{position:relative;width:210mm;height:296.8mm;margin:0 auto;padding:17mm 22mm "
    "18mm;background:#fff;overflow:hidden;"
    "break-after:page}"
    ".sheet:last-child{break-after:auto}"
    "header{display:flex;justify-content:space-between;align-items:flex-end;border-bottom:2pt solid "
    "#154273;padding-bottom:3mm}"
    "header b{font-size:17pt;line-height:1.1;color:#154273;font-weight:600}"
    "header span{color:#444;font-size:9pt}"
    ".address{margin:6mm 0 5mm;display:grid;grid-template-columns:1fr auto;gap:2mm 12mm}"
    "dl{display:grid;grid-template-columns:auto auto;gap:.3mm 4mm;margin:0;font-size:9.3pt;align-content:start}"
    "dt{color:#555}dd{margin:0}"
    "h1{font-size:12.5pt;margin:0 0 3mm;line-height:1.25}"
    "h2{font-size:10.8pt;margin:3.6mm 0 1mm;color:#154273}"
    "p{margin:0 0 1.9mm}ul{margin:0 0 1.9mm;padding-left:4.5mm}li{margin:0 0 .7mm}"
    ".brief{background:#eef3f8;border-left:3pt solid #154273;padding:2.6mm 4mm 1.4mm;margin:2.5mm 0 3mm}"
    ".brief>b{display:block;margin-bottom:.8mm}"
    "figure{margin:1.5mm 0 2.2mm}svg{display:block;width:100%;height:auto}"
    "figcaption{font-size:8.3pt;color:#444;margin-top:.6mm}"
    "table{border-collapse:collapse;width:100%;font-size:9.6pt}"
    "td{padding:.55mm 0;border-bottom:.4pt solid #ccc}td:last-child{text-align:right;font-variant-numeric:tabular-nums}"
    "tr.sum td{font-weight:600;border-bottom:.8pt solid #111}"
    ".example{font-size:8.6pt;border:.6pt solid #b2531c;color:#8a3c10;padding:1mm 2.5mm;margin:0 0 3mm}"
    "footer{position:absolute;left:22mm;right:22mm;bottom:9mm;font-size:8pt;color:#555;display:flex;"
    "justify-content:space-between;border-top:.4pt solid #999;padding-top:1.2mm}"
    ".closing{margin-top:4mm}"
    "@media screen{.sheet{margin:6mm auto;box-shadow:0 1px 6px #0003}}";

static void open_sheet(Letter *letter)
{
    SAY("<section class=\"sheet\">\n");
}

static void close_sheet(Letter *letter, int page)
{
    SAY("<footer><span>Aantallen zijn afgerond op vijf; aantallen onder de tien noemen wij niet.</span>"
        "<span>bladzijde&nbsp;%d&nbsp;van&nbsp;2</span></footer>\n</section>\n",
        page);
}

static void open_letter(Letter *letter)
{
    const CouncilFound *found = letter->found;
    SAY("<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Jeugdhulp in %d – gemeente "
        "%s</title>\n<style>",
        found->year, letter->name);
    SAY("%s", STYLE);
    SAY("</style>\n</head>\n<body>\n");
}

static void letterhead(Letter *letter)
{
    const CouncilFound *found = letter->found;
    DayParts day = day_parts(found->known_on);
    SAY("<header><b>Gemeente %s</b><span>Het college van burgemeester en wethouders</span></header>\n", letter->name);
    SAY("<div class=\"address\"><div>Aan de leden van de gemeenteraad<br>van de gemeente %s</div>\n", letter->name);
    SAY("<dl><dt>Datum</dt><dd>%s</dd><dt>Kenmerk</dt><dd>JH-%s-%d-%04d%02d%02d</dd>"
        "<dt>Onderwerp</dt><dd>Jeugdhulp in %d</dd></dl></div>\n",
        letter->known, found->municipality, found->year, day.year, day.month, day.day, found->year);
    if (books_any_synthetic(found->books, found->known_on))
        SAY("<p class=\"example\">Voorbeeldbrief. De afspraken, aanbieders en cliënten hierin zijn (deels) verzonnen; "
            "de "
            "cijfers zeggen niets over de echte gemeente %s.</p>\n",
            letter->name);
    SAY("<h1>Jeugdhulp in %d: wat het kost, wie hulp krijgt en wat het oplevert</h1>\n", found->year);
    SAY("<p>Geachte leden van de raad,</p>\n");
    SAY("<p>Als raad stelt u het geld voor jeugdhulp vast. In deze brief leest u hoe het daarmee %s: wat de hulp kost, "
        "hoe "
        "dat past bij de begroting, hoeveel jongeren hulp krijgen en of die hulp hun iets oplevert. Alle cijfers zijn "
        "zoals "
        "bekend op %s.</p>\n",
        is_over(letter) ? arena_format(letter->arena, "in %d ging", found->year)
                        : arena_format(letter->arena, "in %d gaat", found->year),
        letter->known);
}

/* ---- in short ---- */

static void cost_in_short(Letter *letter, const Cost *cost)
{
    if (!cost->known) {
        SAY("<li><b>Kosten.</b> Het bedrag noemen wij niet, omdat het van te weinig jongeren is.</li>\n");
        return;
    }
    int64_t expected = cost->forecast ? cost->expected : cost->approved, over = expected - cost->budget;
    SAY("<li><b>Kosten.</b> %s %s", cost->forecast ? "Wij verwachten over het hele jaar" : "Goedgekeurd is nu",
        euros(letter, expected));
    if (cost->budgeted && over != 0)
        SAY(". Dat is %s %s dan begroot", euros(letter, over), more_or_less(over));
    else if (cost->budgeted)
        SAY(", precies wat is begroot");
    SAY(".</li>\n");
}

static void in_short(Letter *letter, const Cost *cost)
{
    Ways ways = ways_of(letter, last_month(letter));
    Change change = change_of(letter);
    Value clients = own(letter, letter->found->spending, 0, "clients");
    Outcomes outcomes = outcomes_of(letter, letter->found->municipality);
    SAY("<div class=\"brief\"><b>In het kort</b><ul>\n");
    cost_in_short(letter, cost);
    if (change.known)
        SAY("<li><b>Tegen vorig jaar.</b> Tot en met %s kostte de hulp %d%% %s dan in dezelfde maanden van %d.</li>\n",
            MONTH_NAMES[change.months - 1],
            (int)percent(size_of(change.cents - change.cents_before), change.cents_before),
            more_or_less(change.cents - change.cents_before), letter->found->year - 1);
    if (ways.known)
        SAY("<li><b>Jongeren.</b> In %s kregen %s jongeren hulp, van wie %s met een profiel en doelen.</li>\n",
            MONTH_NAMES[last_month(letter) - 1], number(letter, ways.all), number(letter, ways.with_pic + ways.by_pic));
    else if (clients.state == VALUE_TOLD)
        SAY("<li><b>Jongeren.</b> In %d is voor %s jongeren hulp goedgekeurd.</li>\n", letter->found->year,
            number(letter, clients.number));
    if (outcomes.known)
        SAY("<li><b>Resultaat.</b> Van %s trajecten die eindigden, is bij %s het doel behaald; van %s weten wij het "
            "niet.</li>\n",
            number(letter, outcomes.ended), number(letter, outcomes.reached), number(letter, outcomes.missing));
    else
        SAY("<li><b>Resultaat.</b> Er eindigden te weinig trajecten om iets over het resultaat te zeggen.</li>\n");
    SAY("</ul></div>\n");
}

/* ---- what it costs ---- */

static void cost_row(Letter *letter, const char *words, int64_t thousands, bool sum)
{
    SAY("<tr%s><td>%s</td><td>%s%s</td></tr>\n", sum ? " class=\"sum\"" : "", words, thousands < 0 ? "−" : "",
        euros(letter, thousands));
}

static void cost_table(Letter *letter, const Cost *cost)
{
    int32_t year = letter->found->year;
    SAY("<figure><table>\n");
    cost_row(letter, "Goedgekeurd tot nu toe", cost->approved, false);
    if (cost->forecast) {
        cost_row(letter, "Komt daar naar verwachting nog bij", cost->expected - cost->approved, false);
        cost_row(letter, arena_format(letter->arena, "Verwacht over heel %d", year), cost->expected, true);
    }
    if (cost->budgeted) {
        int64_t expected = cost->forecast ? cost->expected : cost->approved;
        cost_row(letter, arena_format(letter->arena, "Begroting %d", year), cost->budget, false);
        cost_row(letter,
                 cost->forecast            ? (expected > cost->budget ? "Verwacht tekort" : "Verwacht overschot")
                 : expected > cost->budget ? "Boven de begroting"
                                           : "Nog over van de begroting",
                 size_of(expected - cost->budget), true);
    }
    SAY("</table>");
    caption(letter, "Kosten en begroting, afgerond op duizend euro");
    SAY("</figure>\n");
}

static void cost_chart(Letter *letter, const Cost *cost)
{
    MonthsChart chart = {
        .title = arena_format(letter->arena, "Kosten per maand in %d naast een twaalfde van de begroting",
                              letter->found->year),
        .unit = "× € 1.000",
        .unit_size = THOUSAND_EUROS,
        .parts = {"goedgekeurd", "verwacht"},
        .part_count = cost->forecast ? 2 : 1,
        .plot = 1650,
        .line = cost->budgeted ? "begroting per maand" : NULL,
        .line_height = cost->budget * THOUSAND_EUROS / MONTHS_OF_YEAR,
    };
    for (int month = 1; month <= MONTHS_OF_YEAR; month++) {
        Value approved = own(letter, letter->found->spending, month, "cents");
        Value expected = own(letter, letter->found->forecast, month, "expected_cents");
        chart.figures[0][month - 1] = approved;
        if (approved.state == VALUE_TOLD && expected.state == VALUE_TOLD)
            chart.figures[1][month - 1] = value_number(expected.number - approved.number);
        else
            chart.figures[1][month - 1] = approved.state == VALUE_HIDDEN ? VALUE_NOT_FOR_YOU : expected;
    }
    SAY("<figure>");
    chart_months(&letter->leaf, &chart);
    caption(letter, "Figuur 1. Kosten per maand waarin de hulp is gegeven");
    SAY("</figure>\n");
}

static void about_cost(Letter *letter, const Cost *cost)
{
    heading(letter, "Wat kost het?");
    if (!cost->known) {
        SAY("<p>Wat de hulp kost noemen wij niet: het gaat om minder dan tien jongeren, of hun aantal zou eruit "
            "volgen.</p>\n");
        return;
    }
    int64_t over = cost->expected - cost->budget;
    if (cost->forecast && cost->budgeted && over > 0)
        SAY("<p>Wij verwachten een tekort van %s, %d%% van de begroting. %s</p>\n", euros(letter, over),
            (int)percent(over, cost->budget),
            cost->low > cost->budget ? "Ook als het meevalt, komen wij boven de begroting uit."
                                     : "Als het meevalt, blijven wij nog binnen de begroting.");
    else if (cost->forecast && cost->budgeted)
        SAY("<p>Naar verwachting blijven wij binnen de begroting. %s</p>\n",
            cost->high > cost->budget ? "Als het tegenvalt, komen wij er toch boven uit."
                                      : "Ook als het tegenvalt, is er genoeg geld.");
    cost_table(letter, cost);
    cost_chart(letter, cost);
}

/* ---- what changed ---- */

static void about_change(Letter *letter)
{
    Change change = change_of(letter);
    int32_t year = letter->found->year;
    heading(letter, "Wat is er veranderd, en waardoor?");
    if (!change.known) {
        SAY("<p>Een vergelijking met %d is niet te maken: van een van beide jaren is te weinig bekend.</p>\n",
            year - 1);
        return;
    }
    int64_t now = thousands_of(change.cents), before = thousands_of(change.cents_before), more = now - before;
    int64_t by_clients = thousands_of(
        (int64_t)((__int128)(change.clients - change.clients_before) * change.cents_before / change.clients_before));
    int64_t by_price = more - by_clients;
    SAY("<p>Van januari%s%s %d kostte de hulp %s. In dezelfde maanden van %d was dat %s: ",
        change.months > 1 ? " tot en met " : "", change.months > 1 ? MONTH_NAMES[change.months - 1] : "", year,
        euros(letter, now), year - 1, euros(letter, before));
    SAY("er kwam %s %s (%d%%).</p>\n", euros(letter, more), more < 0 ? "af" : "bij",
        (int)percent(size_of(more), before));
    SAY("<ul><li><b>Aantal jongeren: %s%s.</b> Gemiddeld kregen er %s per maand hulp, tegen %s een jaar eerder.</li>\n",
        by_clients < 0 ? "−" : "+", euros(letter, by_clients),
        number(letter, (change.clients / change.months + 2) / 5 * 5),
        number(letter, (change.clients_before / change.months + 2) / 5 * 5));
    SAY("<li><b>Prijs en soort hulp: %s%s.</b> Een jongere kostte gemiddeld €&nbsp;%s per maand, tegen "
        "€&nbsp;%s.</li></ul>\n",
        by_price < 0 ? "−" : "+", euros(letter, by_price), number(letter, change.cents / change.clients / 100),
        number(letter, change.cents_before / change.clients_before / 100));
}

/* ---- who gets care ---- */

static void about_clients(Letter *letter)
{
    MonthsChart chart = {
        .title = arena_format(letter->arena, "Jongeren met hulp per maand in %d, naar de manier van betalen",
                              letter->found->year),
        .unit = "jongeren",
        .unit_size = 1,
        .plot = 950,
        .parts = {"per product", "met profiel, per product", "vast bedrag per traject"},
        .part_count = 3,
    };
    bool any = false, all = true;
    for (int month = 1; month <= last_month(letter); month++) {
        Ways ways = ways_of(letter, month);
        any = any || ways.known;
        all = all && ways.known;
        if (!ways.known)
            continue;
        chart.figures[0][month - 1] = value_number(ways.by_product);
        chart.figures[1][month - 1] = value_number(ways.with_pic);
        chart.figures[2][month - 1] = value_number(ways.by_pic);
    }
    heading(letter, "Wie krijgt hulp, en hoe wordt die betaald?");
    if (!any) {
        SAY("<p>Hoeveel jongeren per maand hulp krijgen noemen wij niet: daarvoor zijn het er te weinig.</p>\n");
        return;
    }
    SAY("<p>Hulp wordt betaald per product (uren of dagen maal een tarief), per product maar met een profiel en "
        "doelen, of "
        "met een vast bedrag per traject dat bij het profiel hoort.</p>\n");
    SAY("<figure>");
    chart_months(&letter->leaf, &chart);
    caption(letter,
            all ? "Figuur 2. Jongeren met hulp, naar de manier van betalen"
                : "Figuur 2. Jongeren met hulp, naar de manier van betalen; maanden met te kleine aantallen zijn leeg");
    SAY("</figure>\n");
    const Value moving[] = {own(letter, letter->found->to_move, 0, "clients"),
                            own(letter, letter->found->to_move, 0, "moved_clients")};
    if (are_told(moving, 2) && moving[0].number + moving[1].number > 0)
        SAY("<p>Naar de regels van nu gaan nog %s jongeren over op een andere manier; %s zijn al over.</p>\n",
            number(letter, moving[0].number), number(letter, moving[1].number));
}

/* ---- what comes of it ---- */

static SharesBar bar_of(const Letter *letter, const char *name, const Outcomes *outcomes)
{
    (void)letter;
    return (SharesBar){
        name, {value_number(outcomes->reached), value_number(outcomes->not_reached), value_number(outcomes->missing)}};
}

static void about_results(Letter *letter)
{
    Outcomes here = outcomes_of(letter, letter->found->municipality), region = outcomes_of(letter, NULL);
    heading(letter, "Wat levert het op?");
    if (!here.known) {
        SAY("<p>Er eindigden in %d te weinig trajecten met een profiel om het resultaat te laten zien.</p>\n",
            letter->found->year);
        return;
    }
    const SharesBar bars[] = {bar_of(letter, "Onze gemeente", &here), bar_of(letter, "De regio", &region)};
    const SharesChart chart = {
        .title = "Trajecten waarvan het doel is behaald, niet is behaald of waarvan dat niet bekend is",
        .parts = {"doel behaald", "niet behaald", "niet bekend"},
        .part_count = 3,
        .bars = bars,
        .bar_count = region.known ? 2 : 1,
    };
    SAY("<figure>");
    chart_shares(&letter->leaf, &chart);
    caption(letter, arena_format(letter->arena, "Figuur 3. Trajecten met een profiel die in %d eindigden",
                                 letter->found->year));
    SAY("</figure>\n<p>");
    if (here.satisfaction.state == VALUE_TOLD && here.answers.state == VALUE_TOLD)
        SAY("Jongeren en ouders geven de hulp gemiddeld een %d,%d (%s antwoorden). ",
            (int)(here.satisfaction.number / 10), (int)(here.satisfaction.number % 10),
            number(letter, here.answers.number));
    if (here.dropped_out.state == VALUE_TOLD && here.dropped_out.number > 0)
        SAY("Bij %s trajecten stopte de hulp te vroeg. ", number(letter, here.dropped_out.number));
    SAY("Van %d%% van de trajecten hebben aanbieders het resultaat niet gemeld.</p>\n",
        (int)percent(here.missing, here.reached + here.not_reached + here.missing));
}

/* ---- what is uncertain, and what comes next ---- */

static void about_uncertainty(Letter *letter, const Cost *cost)
{
    heading(letter, "Wat is nog onzeker?");
    SAY("<ul><li>Aanbieders declareren achteraf. Van de laatste maanden is dus nog niet alles bekend.</li>\n");
    if (cost->forecast)
        SAY("<li>Wij verwachten dat het jaar met een kans van acht op de tien uitkomt tussen %s en %s.</li>\n",
            euros(letter, cost->low), euros(letter, cost->high));
    SAY("<li>De regio of de rechter kan prijzen ook achteraf veranderen; dat zit hier niet in.</li></ul>\n");
}

static const char *way_words(const FundingRule *rule)
{
    if (rule->funding == FUNDING_PIC)
        return "met een vast bedrag per traject";
    return rule->content == CONTENT_PIC ? "met een profiel, betaald per product" : "per product";
}

/* Of our municipality. */
static const char *next_budget(const Letter *letter)
{
    const CouncilFound *found = letter->found;
    const Budget *budget = books_budget(found->books, found->municipality, found->year + 1, found->known_on);
    return budget ? euros(letter, thousands_of(budget->amount.cents)) : "nog geen bedrag";
}

/* "jeugdhulp (a) en jeugdhulp (b)": the segments whose new clients get the same as those of the first. */
static const char *segments_like(Letter *letter, const Named *segments, const FundingRule *const *rules, size_t count,
                                 size_t first)
{
    const char *words = "";
    for (size_t i = first; i < count; i++)
        if (rules[i] && rules[i]->funding == rules[first]->funding && rules[i]->content == rules[first]->content)
            words = arena_format(letter->arena, "%s%s%s", words, *words ? " en " : "",
                                 leaf_escaped(letter->arena, segments[i].name));
    return words;
}

static bool stands_before(const FundingRule *const *rules, size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (rules[i] && rules[i]->funding == rules[place]->funding && rules[i]->content == rules[place]->content)
            return true;
    return false;
}

/* What the books say of who begins next year, each way once with the segments that it holds for. */
static void about_next_year(Letter *letter)
{
    const CouncilFound *found = letter->found;
    Day next = day_of(found->year + 1, 1, 1);
    size_t count;
    const Named *segments = books_named(letter->arena, found->books, NAMED_SEGMENTS, found->known_on, &count);
    const FundingRule **rules = ARENA_MANY(letter->arena, const FundingRule *, count);
    for (size_t i = 0; i < count; i++)
        rules[i] =
            books_funding(found->books, found->municipality, segments[i].code, COHORT_NEW, next, found->known_on);
    SAY("<ul>");
    for (size_t i = 0; i < count; i++)
        if (rules[i] && !stands_before(rules, i))
            SAY("<li>Nieuwe cliënten krijgen in %d hulp %s: %s.</li>\n", found->year + 1, way_words(rules[i]),
                segments_like(letter, segments, rules, count, i));
    SAY("<li>Voor %d staat voor onze gemeente %s in de begroting.</li></ul>\n", found->year + 1, next_budget(letter));
}

static void about_what_comes(Letter *letter)
{
    const CouncilFound *found = letter->found;
    const Book *newest = books_newest(found->books, found->known_on);
    heading(letter, "Hoe gaat het verder?");
    if (newest) {
        SAY("<p>De nieuwste afspraak in de regio is “%s”. Naar de afspraken van nu geldt:</p>\n",
            leaf_escaped(letter->arena, book_decision(newest).name));
        about_next_year(letter);
    }
    SAY("<p>Deze brief is ter informatie; wij vragen u nu geen besluit. Heeft u vragen, dan beantwoorden wij die "
        "graag.</p>\n");
}

static void closing(Letter *letter)
{
    SAY("<p class=\"closing\">Met vriendelijke groet,<br>het college van burgemeester en wethouders van %s</p>\n",
        letter->name);
}

static const char *name_of(Arena *arena, const CouncilFound *found)
{
    const Municipality *municipality =
        books_municipality(found->books, found->municipality, day_of(found->year, MONTHS_OF_YEAR, 31), found->known_on);
    return leaf_escaped(arena, municipality ? municipality->name : found->municipality);
}

Bytes council_write(Arena *arena, const CouncilFound *found)
{
    Letter here = {
        .arena = arena,
        .found = found,
        .leaf = leaf_new(arena),
        .name = name_of(arena, found),
        .known = day_words(arena, found->known_on),
    };
    Letter *letter = &here;
    Cost cost = cost_of(letter);
    open_letter(letter);
    open_sheet(letter);
    letterhead(letter);
    in_short(letter, &cost);
    about_cost(letter, &cost);
    close_sheet(letter, 1);
    open_sheet(letter);
    about_change(letter);
    about_clients(letter);
    about_results(letter);
    about_uncertainty(letter, &cost);
    about_what_comes(letter);
    closing(letter);
    close_sheet(letter, 2);
    SAY("</body>\n</html>\n");
    return (Bytes){(const uint8_t *)here.leaf.text, here.leaf.size};
}
