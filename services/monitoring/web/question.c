#include "monitoring/web/question.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2189 };

const Parameter question_parameters[] = {
    {"municipality", FILTER_MUNICIPALITY, "^[0-9]{4}$", "0518", "een gemeente, als code van vier cijfers",
     "a municipality, as a code of four digits"},
    {"provider", FILTER_PROVIDER, "^[0-9]{8}$", "90000001", "een aanbieder, als AGB-code van acht cijfers",
     "a provider, as an AGB code of eight digits"},
    {"profile", FILTER_PIC, "^[A-Z][A-Z0-9_]*$", "PROFIEL1", "een profiel, zoals het in de afspraken heet",
     "a profile, as the books name it"},
    {"intensity", FILTER_PIC, "^[A-Z][A-Z0-9_]*$", "PERSPECTIEF", "een intensiteit, zoals die in de afspraken heet",
     "an intensity, as the books name it"},
    {"year", 0, "^[0-9]{4}$", "2020", "een jaar; zonder jaar dat van de nieuwste dag",
     "a year; without one that of the newest day"},
    {"known-on", 0, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2020-12-31", "zoals bekend op een dag; zonder dag zoals nu bekend",
     "as known on a day; without one as known now"},
    {"format", 0, "^(json|csv)$", "json", "json of csv", "json or csv"},
};

const size_t question_parameter_count = sizeof question_parameters / sizeof *question_parameters;

static bool is_digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") == count && text[count] == '\0';
}

static bool is_name(const char *text)
{
    return *text >= 'A' && *text <= 'Z' && text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] == '\0' &&
           strlen(text) <= 64;
}

/* Each takes a value that is said, and says whether it is one. */
static bool take(Asked *asked, const char *name, const char *value)
{
    if (strcmp(name, "municipality") == 0)
        return is_digits(asked->municipality = value, 4);
    if (strcmp(name, "provider") == 0)
        return is_digits(asked->provider = value, 8);
    if (strcmp(name, "profile") == 0)
        return is_name(asked->profile = value);
    if (strcmp(name, "intensity") == 0)
        return is_name(asked->intensity = value);
    if (strcmp(name, "year") == 0)
        return is_digits(value, 4) && (asked->year = atoi(value)) >= YEAR_FIRST && asked->year <= YEAR_LAST;
    if (strcmp(name, "known-on") == 0)
        return day_read(value, &asked->known_on);
    asked->csv = strcmp(value, "csv") == 0;
    return asked->csv || strcmp(value, "json") == 0;
}

static const Parameter *parameter_named(const char *name)
{
    for (size_t i = 0; i < question_parameter_count; i++)
        if (strcmp(question_parameters[i].name, name) == 0)
            return &question_parameters[i];
    return NULL;
}

/* "municipality, year, known-on, format": what may be asked here. */
static const char *all_that_fit(Arena *arena, const About *about)
{
    const char *list = "";
    for (size_t i = 0; about->is_table && i < question_parameter_count; i++)
        if (parameter_fits(&question_parameters[i], about->filters))
            list = arena_format(arena, "%s%s%s", list, *list ? ", " : "", question_parameters[i].name);
    return list;
}

static Problem said_twice(Arena *arena, const char *name)
{
    return (Problem){
        400,
        arena_format(arena, "De parameter \"%s\" staat er meer dan eens. Noem hem één keer.", name),
        arena_format(arena, "The parameter \"%s\" stands there more than once. Say it once.", name),
    };
}

static Problem not_taken(Arena *arena, const About *about, const char *name)
{
    const char *list = all_that_fit(arena, about);
    return (Problem){
        400,
        *list ? arena_format(arena, "De parameter \"%s\" hoort niet bij %s. Wel: %s.", name, about->dutch, list)
              : arena_format(arena, "De parameter \"%s\" hoort niet bij %s, dat geen parameters heeft.", name,
                             about->dutch),
        *list ? arena_format(arena, "The parameter \"%s\" does not belong to %s. These do: %s.", name, about->english,
                             list)
              : arena_format(arena, "The parameter \"%s\" does not belong to %s, which takes none.", name,
                             about->english),
    };
}

static bool is_said_twice(const HttpRequest *request, size_t argument)
{
    for (size_t i = 0; i < argument; i++)
        if (strcmp(request->arguments[i].name, request->arguments[argument].name) == 0)
            return true;
    return false;
}

static bool read_argument(const HttpRequest *request, const About *about, size_t argument, Asked *asked,
                          Problem *problem_out)
{
    Arena *arena = request->arena;
    const HttpArgument *said = &request->arguments[argument];
    const Parameter *parameter = about->is_table ? parameter_named(said->name) : NULL;
    if (!parameter || !parameter_fits(parameter, about->filters))
        *problem_out = not_taken(arena, about, said->name);
    else if (is_said_twice(request, argument))
        *problem_out = said_twice(arena, said->name);
    else if (*said->value && !take(asked, said->name, said->value))
        *problem_out = (Problem){
            400,
            arena_format(arena, "De waarde van \"%s\" is niet te lezen: het is %s. Schrijf bijvoorbeeld %s=%s.",
                         said->name, parameter->dutch, said->name, parameter->example),
            arena_format(arena, "The value of \"%s\" cannot be read: it is %s. Write %s=%s, for example.", said->name,
                         parameter->english, said->name, parameter->example),
        };
    return !problem_out->status;
}

bool question_read(const HttpRequest *request, const About *about, Asked *asked_out, Problem *problem_out)
{
    Asked asked = {.municipality = "", .provider = "", .profile = "", .intensity = "", .known_on = DAY_LAST};
    asked.csv = request->accept && strstr(request->accept, "text/csv") && !strstr(request->accept, "json");
    for (size_t i = 0; i < request->argument_count; i++)
        if (!read_argument(request, about, i, &asked, problem_out))
            return false;
    *asked_out = asked;
    return true;
}
