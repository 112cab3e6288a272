#include "monitoring/web/openapi.h"

#include "http/json.h"
#include "monitoring/web/problem.h"
#include "monitoring/web/question.h"
#include "monitoring/web/tables.h"
#include "monitoring/web/write.h"

#include <string.h>

static json_t *reference(const char *kind, const char *name)
{
    return json_pack("{s:o}", "$ref", json_sprintf("#/components/%s/%s", kind, name));
}

/* ---- schemas ---- */

/* What JSON holds for a column of the kind. */
static json_t *kind_schema(ColumnKind kind)
{
    static const struct {
        const char *type, *format, *pattern, *description;
    } KINDS[] = {
        [HOLDS_TEXT] = {"string", NULL, NULL, "een woord of code; null in het totaal"},
        [HOLDS_MONTH] = {"string", NULL, "^[0-9]{4}-[0-9]{2}$", "een maand; null in het totaal van het jaar"},
        [HOLDS_DAY] = {"string", "date", NULL, "een dag"},
        [HOLDS_NUMBER] = {"integer", "int64", NULL, "een getal"},
        [HOLDS_COUNT] = {"integer", "int64", NULL, "een aantal; voor een breed publiek op vijf afgerond"},
        [HOLDS_CENTS] = {"integer", "int64", NULL, "een bedrag in centen"},
        [HOLDS_SHARE] = {"number", NULL, NULL, "een aandeel van één, in tienduizendsten"},
        [HOLDS_MARK] = {"number", NULL, NULL, "een cijfer van 1 tot 10, in tienden"},
        [HOLDS_YES] = {"boolean", NULL, NULL, "ja of nee"},
    };
    json_t *schema = json_object();
    json_put_text(schema, "type", KINDS[kind].type);
    json_put_text(schema, "format", KINDS[kind].format);
    json_put_text(schema, "pattern", KINDS[kind].pattern);
    json_object_set_new(schema, "nullable", json_true());
    json_put_text(schema, "description", KINDS[kind].description);
    return schema;
}

static json_t *column_schema(const Column *column)
{
    json_t *schema = kind_schema(column->kind);
    json_object_set_new(schema, "description",
                        json_sprintf("%s (%s): %s", column->dutch, column->english,
                                     json_string_value(json_object_get(schema, "description"))));
    return schema;
}

/* "provider-months" is ProviderMonths. */
static const char *schema_name(Arena *arena, const char *table)
{
    char *name = arena_text(arena, table), *to = name;
    bool begins = true;
    for (const char *at = table; *at; at++) {
        if (*at != '-')
            *to++ = begins && *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
        begins = *at == '-';
    }
    *to = '\0';
    return name;
}

static json_t *row_schema(const TableCard *card)
{
    json_t *properties = json_object(), *required = json_array();
    for (size_t i = 0; i < card->column_count; i++) {
        json_object_set_new(properties, card->columns[i].name, column_schema(&card->columns[i]));
        json_array_append_new(required, json_string(card->columns[i].name));
    }
    json_object_set_new(properties, "hidden",
                        json_pack("{s:s, s:{s:s}, s:s}", "type", "array", "items", "type", "string", "description",
                                  "de kolommen die voor deze lezer verborgen zijn"));
    return json_pack("{s:s, s:o, s:o}", "type", "object", "required", required, "properties", properties);
}

static json_t *table_schema(const TableCard *card)
{
    return json_pack("{s:s, s:s, s:[s,s,s,s], s:{s:{s:s, s:[s]}, s:o, s:{s:s, s:s}, s:{s:s, s:o}}}", "type", "object",
                     "description", card->dutch, "required", "table", "question", "exact", "rows", "properties",
                     "table", "type", "string", "enum", card->name, "question", reference("schemas", "Question"),
                     "exact", "type", "boolean", "description",
                     "of de cijfers exact zijn; anders zijn kleine aantallen verborgen en aantallen afgerond", "rows",
                     "type", "array", "items", row_schema(card));
}

static json_t *nullable_text(const char *pattern)
{
    return json_pack("{s:s, s:s, s:b}", "type", "string", "pattern", pattern, "nullable", true);
}

static json_t *question_schema(void)
{
    json_t *properties = json_object();
    for (size_t i = 0; i < question_parameter_count; i++)
        if (question_parameters[i].filter)
            json_object_set_new(properties, question_parameters[i].name, nullable_text(question_parameters[i].pattern));
    json_object_set_new(properties, "year", json_pack("{s:s}", "type", "integer"));
    json_object_set_new(properties, "known_on", json_pack("{s:s, s:s}", "type", "string", "format", "date"));
    return json_pack("{s:s, s:s, s:o}", "type", "object", "description", "de vraag zoals die is begrepen", "properties",
                     properties);
}

static json_t *text_property(const char *description)
{
    return json_pack("{s:s, s:s}", "type", "string", "description", description);
}

static json_t *problem_schema(void)
{
    return json_pack("{s:s, s:[s,s,s], s:{s:o, s:o, s:{s:s}, s:o, s:o}}", "type", "object", "required", "status",
                     "title", "detail", "properties", "type", text_property("about:blank"), "title",
                     text_property("het soort fout"), "status", "type", "integer", "detail",
                     text_property("wat er mis is, waar, en wat eraan te doen is"), "english",
                     text_property("hetzelfde in het Engels"));
}

static json_t *named_list(const char *description)
{
    return json_pack("{s:s, s:s, s:{s:s, s:{s:{s:s}, s:{s:s}}}}", "type", "array", "description", description, "items",
                     "type", "object", "properties", "code", "type", "string", "name", "type", "string");
}

static json_t *region_schema(void)
{
    json_t *properties = json_object();
    json_object_set_new(properties, "name", text_property("de naam van de regio"));
    json_object_set_new(properties, "newest_day",
                        json_pack("{s:s, s:s, s:b, s:s}", "type", "string", "format", "date", "nullable", true,
                                  "description", "de nieuwste dag waarop iets bekend werd"));
    json_object_set_new(properties, "years", json_pack("{s:s, s:{s:s}}", "type", "array", "items", "type", "integer"));
    json_object_set_new(
        properties, "reader",
        json_pack("{s:s, s:s}", "type", "object", "description", "wie er vraagt, en van welke gemeenten exact"));
    json_object_set_new(properties, "municipalities", named_list("de gemeenten"));
    json_object_set_new(properties, "providers", named_list("de aanbieders; alleen voor wie iets exact ziet"));
    json_object_set_new(properties, "segments", named_list("de segmenten"));
    json_object_set_new(properties, "profiles", named_list("de profielen"));
    json_object_set_new(properties, "intensities", named_list("de intensiteiten"));
    json_object_set_new(properties, "books",
                        json_pack("{s:s, s:s, s:{s:s}}", "type", "array", "description",
                                  "de afspraken, en de dag waarop ze bekend werden", "items", "type", "object"));
    json_object_set_new(
        properties, "synthetic",
        json_pack("{s:s, s:s}", "type", "boolean", "description", "of iets in de afspraken verzonnen is"));
    return json_pack("{s:s, s:o}", "type", "object", "properties", properties);
}

static json_t *list_schema(void)
{
    return json_pack("{s:s, s:{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s, s:{s:s}}, s:{s:s, s:{s:s}}}}}",
                     "type", "array", "items", "type", "object", "properties", "name", "type", "string", "dutch",
                     "type", "string", "english", "type", "string", "wide", "type", "boolean", "filters", "type",
                     "array", "items", "type", "string", "columns", "type", "array", "items", "type", "object");
}

/* ---- paths ---- */

static json_t *version_headers(void)
{
    return json_pack("{s:o}", "API-Version", reference("headers", "APIVersion"));
}

static json_t *answer(const char *description, json_t *content)
{
    return json_pack("{s:s, s:o, s:o}", "description", description, "headers", version_headers(), "content", content);
}

static json_t *content_of(const char *type, json_t *schema)
{
    return json_pack("{s:{s:o}}", type, "schema", schema);
}

static void add_problems(json_t *answers, const char *const *statuses)
{
    for (; *statuses; statuses++)
        json_object_set_new(answers, *statuses, reference("responses", "Problem"));
}

static json_t *operation(const char *id, const char *summary, json_t *parameters, json_t *answers)
{
    return json_pack("{s:{s:s, s:s, s:[s], s:o, s:o}}", "get", "operationId", id, "summary", summary, "tags",
                     "monitoring", "parameters", parameters, "responses", answers);
}

static json_t *parameters_of(unsigned filters, bool with_format)
{
    json_t *list = json_array();
    for (size_t i = 0; i < question_parameter_count; i++)
        if (parameter_fits(&question_parameters[i], filters) &&
            (with_format || strcmp(question_parameters[i].name, "format") != 0))
            json_array_append_new(list, reference("parameters", question_parameters[i].name));
    return list;
}

static json_t *table_path(Arena *arena, const TableCard *card)
{
    const char *name = schema_name(arena, card->name);
    json_t *content = content_of("application/json", reference("schemas", name));
    json_object_set_new(content, "text/csv", json_pack("{s:{s:s}}", "schema", "type", "string"));
    json_t *answers = json_pack("{s:o}", "200", answer(card->dutch, content));
    add_problems(answers, (const char *const[]){"400", "401", "403", "503", NULL});
    json_t *path =
        operation(arena_format(arena, "read%s", name), card->dutch, parameters_of(card->filters, true), answers);
    json_object_set_new(json_object_get(path, "get"), "description",
                        json_sprintf("%s %s", card->english,
                                     card->wide ? "Voor iedere lezer; wie de gemeente niet beheert, ziet kleine "
                                                  "aantallen niet."
                                                : "Alleen voor wie beheert wat er gevraagd wordt."));
    return path;
}

static json_t *plain_path(const char *id, const char *summary, json_t *content, bool open)
{
    json_t *answers = json_pack("{s:o}", "200", answer(summary, content));
    add_problems(answers, open ? (const char *const[]){"404", NULL} : (const char *const[]){"400", "401", "503", NULL});
    json_t *path = operation(id, summary, json_array(), answers);
    if (open)
        json_object_set_new(json_object_get(path, "get"), "security", json_array());
    return path;
}

static json_t *letter_path(void)
{
    json_t *answers = json_pack("{s:o}", "200",
                                answer("De brief, om te lezen of af te drukken: twee bladzijden A4.",
                                       json_pack("{s:{s:{s:s}}}", "text/html", "schema", "type", "string")));
    add_problems(answers, (const char *const[]){"400", "401", "503", NULL});
    return operation("readCouncilLetter", "De brief aan de raad over een jaar jeugdhulp in een gemeente.",
                     parameters_of(FILTER_MUNICIPALITY, false), answers);
}

static json_t *paths(Arena *arena)
{
    json_t *paths = json_object();
    json_object_set_new(paths, "/openapi.json",
                        plain_path("readOpenapi", "Deze beschrijving.",
                                   content_of("application/json", json_pack("{s:s}", "type", "object")), true));
    json_object_set_new(paths, "/region",
                        plain_path("readRegion", "De regio: gemeenten, jaren, afspraken, en wie er vraagt.",
                                   content_of("application/json", reference("schemas", "Region")), false));
    json_object_set_new(paths, "/tables",
                        plain_path("listTables", "De tabellen die deze lezer mag zien.",
                                   content_of("application/json", reference("schemas", "TableList")), false));
    for (size_t i = 0; i < table_entry_count; i++)
        json_object_set_new(paths, arena_format(arena, "/tables/%s", table_entries[i].card->name),
                            table_path(arena, table_entries[i].card));
    json_object_set_new(paths, "/letters/council", letter_path());
    return paths;
}

/* ---- components ---- */

static json_t *schemas(Arena *arena)
{
    json_t *schemas = json_pack("{s:o, s:o, s:o, s:o}", "Question", question_schema(), "Problem", problem_schema(),
                                "Region", region_schema(), "TableList", list_schema());
    for (size_t i = 0; i < table_entry_count; i++)
        json_object_set_new(schemas, schema_name(arena, table_entries[i].card->name),
                            table_schema(table_entries[i].card));
    return schemas;
}

static json_t *parameters(void)
{
    json_t *list = json_object();
    for (size_t i = 0; i < question_parameter_count; i++) {
        const Parameter *parameter = &question_parameters[i];
        json_object_set_new(list, parameter->name,
                            json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:s}}", "name", parameter->name, "in", "query",
                                      "description", parameter->dutch, "example", parameter->example, "schema", "type",
                                      "string", "pattern", parameter->pattern));
    }
    return list;
}

static json_t *components(Arena *arena)
{
    return json_pack("{s:o, s:o, s:{s:o}, s:{s:{s:s, s:{s:s, s:s}}}, s:{s:{s:s, s:s, s:s}}}", "schemas", schemas(arena),
                     "parameters", parameters(), "responses", "Problem",
                     answer("Wat er mis is met de vraag, en wat eraan te doen is.",
                            content_of("application/problem+json", reference("schemas", "Problem"))),
                     "headers", "APIVersion", "description", "De volledige versie van de API.", "schema", "type",
                     "string", "example", API_VERSION, "securitySchemes", "token", "type", "http", "scheme", "bearer",
                     "description", "Het geheim van een lezer, zoals de beheerder dat gaf.");
}

Bytes openapi_write(Arena *arena, const Contact *contact)
{
    json_t *info = json_pack(
        "{s:s, s:s, s:s, s:{s:s, s:s, s:s}}", "title", "picq monitoring", "version", API_VERSION, "description",
        "Wat jeugdhulp in de regio kost, voor wie, en wat ervan terechtkomt, als tabellen. Een controller "
        "ziet de eigen gemeente exact; ieder ander ziet vaste tabellen zonder kleine aantallen, met "
        "aantallen op vijf afgerond, zoals bekend aan het einde van een maand.",
        "contact", "name", contact->name, "url", contact->url, "email", contact->email);
    json_t *json =
        json_pack("{s:s, s:o, s:[{s:s, s:s}], s:[{s:s, s:s}], s:[{s:[]}], s:o, s:o}", "openapi", "3.0.3", "info", info,
                  "servers", "url", "/v1", "description", "deze dienst", "tags", "name", "monitoring", "description",
                  "wat het optelt", "security", "token", "paths", paths(arena), "components", components(arena));
    char *text = json_finish(arena, json);
    return (Bytes){(const uint8_t *)text, strlen(text)};
}
