#include "picq/statement.h"

#include "base/day.h"
#include "base/money.h"
#include "picq/ask.h"

#include <stdbool.h>

static const char HEAD[] =
    "<!doctype html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<title>Productieverantwoording</title>\n<style>\n"
    "@page { size: A4 landscape; margin: 15mm 12mm }\n"
    "body { font: 10pt/1.4 \"Liberation Sans\", Arial, sans-serif; color: #111; margin: 2em auto; max-width: 78em }\n"
    "@media print { body { font-size: 9pt; margin: 0; max-width: none } }\n"
    "section { break-after: page }\nsection:last-of-type { break-after: auto }\n"
    "h1 { font-size: 16pt; margin: 0 0 .2em }\nh2 { font-size: 11pt; margin: 1.4em 0 .3em }\n"
    "dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1.2em; margin: .8em 0 }\n"
    "dt { color: #444 }\ndd { margin: 0 }\n"
    "table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }\n"
    "caption { text-align: left; font-weight: bold; padding: 1em 0 .3em }\n"
    "th, td { padding: .25em .5em; border-bottom: 1px solid #bbb; text-align: right; vertical-align: top;"
    " white-space: nowrap }\n"
    "th { border-bottom: 2px solid #111; vertical-align: bottom; white-space: normal }\n"
    "th:first-child, td:first-child { text-align: left; white-space: normal; width: 24% }\n"
    "thead { display: table-header-group }\ntr { break-inside: avoid }\n"
    "tfoot td { font-weight: bold; border-top: 2px solid #111; border-bottom: 0 }\n"
    ".state { border: 2px solid #111; padding: .4em .8em; margin: .8em 0; font-weight: bold }\n"
    ".digest { font: 8pt/1.3 \"Liberation Mono\", monospace; overflow-wrap: anywhere }\n"
    ".sign { display: grid; grid-template-columns: 1fr 1fr; gap: 3em; margin-top: 3em; break-inside: avoid }\n"
    ".sign div { border-top: 1px solid #111; padding-top: .3em }\n"
    "small { color: #444 }\n</style>\n</head>\n<body>\n";

static void text(FILE *file, const char *words)
{
    for (; *words; words++) {
        if (*words == '<')
            fputs("&lt;", file);
        else if (*words == '&')
            fputs("&amp;", file);
        else
            fputc(*words, file);
    }
}

static long long number(const json_t *row, const char *name)
{
    return json_integer_value(json_object_get(row, name));
}

static void amount(FILE *file, const json_t *row, const char *name)
{
    char written[MONEY_TEXT_SIZE];
    fprintf(file, "<td>%s</td>", money_write_dutch((Money){number(row, name)}, written));
}

static void term(FILE *file, const char *name, const char *code, const char *words)
{
    fprintf(file, "<dt>%s</dt><dd>", name);
    text(file, *words ? words : code);
    if (*words)
        fprintf(file, " (%s)", code);
    fputs("</dd>\n", file);
}

/* "2021-03-31" as 31 maart 2021. */
static void day(FILE *file, const char *written)
{
    static const char *const MONTHS[] = {"januari", "februari", "maart",     "april",   "mei",      "juni",
                                         "juli",    "augustus", "september", "oktober", "november", "december"};
    Day read;
    if (!day_read(written, &read))
        return;
    DayParts parts = day_parts(read);
    fprintf(file, "%d %s %d", parts.day, MONTHS[parts.month - 1], parts.year);
}

static void head_of(FILE *file, const json_t *statement)
{
    bool closed = json_is_true(json_object_get(statement, "closed"));
    fprintf(file, "<h1>Productieverantwoording %lld</h1>\n<p class=\"state\">", number(statement, "year"));
    if (closed) {
        fputs("Definitief: vastgesteld bij de afsluiting van het jaar op ", file);
        day(file, ask_text(statement, "closed_day"));
        fputc('.', file);
    } else {
        fputs("Voorlopig: het jaar is nog niet afgesloten en deze bedragen kunnen veranderen.", file);
    }
    fputs("</p>\n<dl>\n", file);
    term(file, "Gemeente", ask_text(statement, "municipality"), ask_text(statement, "municipality_name"));
    term(file, "Aanbieder", ask_text(statement, "provider"), ask_text(statement, "provider_name"));
    if (closed) {
        fputs("<dt>Voorgesteld en goedgekeurd door</dt><dd>", file);
        text(file, ask_text(statement, "proposed_by"));
        fputs(" en ", file);
        text(file, ask_text(statement, "approved_by"));
        fputs("</dd>\n", file);
    }
    fputs("</dl>\n", file);
}

static void kind(FILE *file, const json_t *row)
{
    const char *profile = ask_text(row, "profile");
    fputs("<td>", file);
    if (*profile) {
        text(file, profile);
        fputc(' ', file);
        text(file, ask_text(row, "intensity"));
    } else {
        text(file, ask_text(row, "code"));
    }
    if (*ask_text(row, "name")) {
        fputs("<br><small>", file);
        text(file, ask_text(row, "name"));
        fputs("</small>", file);
    }
    if (json_is_true(json_object_get(row, "late")))
        fprintf(file, "<br><small>zorg van %lld, na de afsluiting van dat jaar geboekt</small>",
                number(row, "service_year"));
    fputs("</td>", file);
}

static void figures(FILE *file, const json_t *row)
{
    fprintf(file, "<td>%lld</td>", number(row, "lines"));
    amount(file, row, "declared_cents");
    amount(file, row, "approved_cents");
    amount(file, row, "rejected_cents");
    amount(file, row, "credited_cents");
    amount(file, row, "corrected_cents");
    amount(file, row, "cost_cents");
}

static void table_of_costs(FILE *file, const json_t *statement)
{
    fputs("<table>\n<caption>Gedeclareerd en toegekend</caption>\n<thead><tr><th scope=\"col\">Product of profiel</th>"
          "<th scope=\"col\">Prestaties</th><th scope=\"col\">Gedeclareerd</th><th scope=\"col\">Toegekend</th>"
          "<th scope=\"col\">Afgekeurd</th><th scope=\"col\">Gecrediteerd</th><th scope=\"col\">Herrekend</th>"
          "<th scope=\"col\">Lasten</th></tr></thead>\n<tbody>\n",
          file);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(statement, "rows"), i, row)
    {
        fputs("<tr>", file);
        kind(file, row);
        figures(file, row);
        fputs("</tr>\n", file);
    }
    const json_t *total = json_object_get(statement, "total");
    fputs("</tbody>\n<tfoot><tr><td>Totaal</td>", file);
    figures(file, total);
    fputs("</tr></tfoot>\n</table>\n", file);
    if (number(total, "late_cents")) {
        char written[MONEY_TEXT_SIZE];
        fprintf(file, "<p>Van de lasten is %s zorg van eerdere, afgesloten jaren.</p>\n",
                money_write_dutch((Money){number(total, "late_cents")}, written));
    }
}

static bool has_work(const json_t *row)
{
    return number(row, "in_progress_cents") || number(row, "ahead_cents") || number(row, "obligation_cents") ||
           number(row, "undeclared");
}

static void work(FILE *file, const json_t *row)
{
    amount(file, row, "in_progress_cents");
    amount(file, row, "ahead_cents");
    amount(file, row, "obligation_cents");
    fprintf(file, "<td>%lld</td>", number(row, "undeclared"));
}

/* Nothing where nothing is under way. */
static void table_of_work(FILE *file, const json_t *statement)
{
    const json_t *total = json_object_get(statement, "total");
    if (!has_work(total))
        return;
    fprintf(
        file,
        "<table>\n<caption>Stand op 31 december %lld</caption>\n<thead><tr><th scope=\"col\">Product of profiel</th>"
        "<th scope=\"col\">Onderhanden werk</th><th scope=\"col\">Vooruitbetaald</th>"
        "<th scope=\"col\">Verplicht: einddelen</th>"
        "<th scope=\"col\">Toewijzingen waarop nooit is gedeclareerd</th></tr></thead>\n<tbody>\n",
        number(statement, "year"));
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(statement, "rows"), i, row)
    {
        if (!has_work(row))
            continue;
        fputs("<tr>", file);
        kind(file, row);
        work(file, row);
        fputs("</tr>\n", file);
    }
    fputs("</tbody>\n<tfoot><tr><td>Totaal</td>", file);
    work(file, total);
    fputs("</tr></tfoot>\n</table>\n", file);
}

static void foot_of(FILE *file, const json_t *statement)
{
    long long above = number(statement, "auditor_above_cents");
    if (above) {
        char written[MONEY_TEXT_SIZE];
        money_write_dutch((Money){above}, written);
        fprintf(
            file, "<p>%s</p>\n",
            json_is_true(json_object_get(statement, "auditor"))
                ? "Voeg een controleverklaring van een accountant toe: de lasten in de hele regio zijn hoger dan de "
                  "grens."
                : "Een controleverklaring van een accountant is niet nodig: de lasten in de hele regio liggen niet "
                  "boven de grens.");
        fprintf(file, "<p><small>De grens is volgens de afspraken van de regio %s per jaar.</small></p>\n", written);
    }
    fputs("<div class=\"sign\"><div>Namens de aanbieder</div><div>Namens de gemeente</div></div>\n", file);
    if (json_is_true(json_object_get(statement, "closed")))
        fprintf(file, "<p class=\"digest\">Kenmerk van deze verantwoording: %s</p>\n", ask_text(statement, "digest"));
}

void statement_html(FILE *file, const json_t *statements)
{
    fputs(HEAD, file);
    size_t i;
    json_t *statement;
    json_array_foreach((json_t *)statements, i, statement)
    {
        fputs("<section>\n", file);
        head_of(file, statement);
        table_of_costs(file, statement);
        table_of_work(file, statement);
        foot_of(file, statement);
        fputs("</section>\n", file);
    }
    fputs("</body>\n</html>\n", file);
}
