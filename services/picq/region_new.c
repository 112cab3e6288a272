#include "picq/region_new.h"

#include "base/arena.h"
#include "base/day.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char DOC[] =
    "Makes a folder for another region, with a first book that is in order: its municipalities, the holidays of ten "
    "years, care that is paid by product, and a person who judges what the law does not bind. Products, providers, "
    "contracts and tariffs are the region's own: a file for each says how to write them. A folder that is there "
    "already is not touched.";

enum { OPTION_CODE = 0x100, OPTION_NAME, OPTION_MUNICIPALITY, OPTION_YEAR, MUNICIPALITIES_MAX = 100, YEARS = 10 };

typedef struct Municipality {
    char code[5];
    const char *name;
} Municipality;

typedef struct Arguments {
    const char *directory;
    const char *code;
    const char *name;
    int year;
    Municipality municipalities[MUNICIPALITIES_MAX];
    size_t municipality_count;
} Arguments;

/* What stands between quotes in the book may not end them. */
static bool is_plain(const char *text)
{
    return *text && strlen(text) <= 80 && !strpbrk(text, "\"\\\n\r\t");
}

static void add_municipality(Arguments *arguments, const char *value, struct argp_state *state)
{
    if (strspn(value, "0123456789") != 4 || value[4] != ':' || !is_plain(value + 5))
        argp_error(state, "--municipality is a code and a name, as 0344:Utrecht: %s", value);
    if (arguments->municipality_count == MUNICIPALITIES_MAX)
        argp_error(state, "at most %d municipalities", MUNICIPALITIES_MAX);
    for (size_t i = 0; i < arguments->municipality_count; i++)
        if (strncmp(arguments->municipalities[i].code, value, 4) == 0)
            argp_error(state, "municipality %.4s is named twice", value);
    Municipality *added = &arguments->municipalities[arguments->municipality_count++];
    memcpy(added->code, value, 4);
    added->name = value + 5;
}

static void check(const Arguments *arguments, struct argp_state *state)
{
    if (!arguments->directory)
        argp_error(state, "name the folder to make, such as regions/utrecht");
    if (!arguments->code || !arguments->name)
        argp_error(state, "name the region: --code U16 --name \"Utrecht en omstreken\"");
    if (arguments->municipality_count == 0)
        argp_error(state, "name its municipalities: --municipality 0344:Utrecht …");
    if (!arguments->year)
        argp_error(state, "name the first year of its books: --year 2027");
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day = {0};
    switch (option) {
    case OPTION_CODE:
        if (!is_plain(value) || strlen(value) > 8)
            argp_error(state, "--code is a short word, as U16: %s", value);
        arguments->code = value;
        return 0;
    case OPTION_NAME:
        if (!is_plain(value))
            argp_error(state, "--name is the region's name, without quotes in it: %s", value);
        arguments->name = value;
        return 0;
    case OPTION_MUNICIPALITY:
        add_municipality(arguments, value, state);
        return 0;
    case OPTION_YEAR: {
        char first[16];
        snprintf(first, sizeof first, "%.4s-01-01", value);
        if (strlen(value) != 4 || !day_read(first, &day) || day_parts(day).year < 2015 || day_parts(day).year > 2150)
            argp_error(state, "--year is a year from 2015 on: %s", value);
        arguments->year = day_parts(day).year;
        return 0;
    }
    case ARGP_KEY_ARG:
        if (arguments->directory)
            argp_error(state, "one folder");
        arguments->directory = value;
        return 0;
    case ARGP_KEY_END:
        check(arguments, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- the book ---- */

/* Easter Sunday by the Gregorian computus. */
static Day easter(int32_t year)
{
    int32_t golden = year % 19, century = year / 100, rest = year % 100;
    int32_t moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    int32_t weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    int32_t late = (golden + 11 * moon + 22 * weekday) / 451;
    int32_t sum = moon + weekday - 7 * late + 114;
    return day_of(year, sum / 31, sum % 31 + 1);
}

/* The king's day is the 27th of April, or the 26th when that is a Sunday. */
static Day kings_day(int32_t year)
{
    Day day = day_of(year, 4, 27);
    return (day.number + 4) % 7 == 0 ? day_plus(day, -1) : day;
}

static void write_holidays(FILE *file, int32_t year)
{
    const struct {
        Day day;
        const char *name;
    } HOLIDAYS[] = {
        {day_of(year, 1, 1), "Nieuwjaarsdag"},
        {day_plus(easter(year), -2), "Goede Vrijdag"},
        {day_plus(easter(year), 1), "Tweede Paasdag"},
        {kings_day(year), "Koningsdag"},
        {day_of(year, 5, 5), "Bevrijdingsdag"},
        {day_plus(easter(year), 39), "Hemelvaartsdag"},
        {day_plus(easter(year), 50), "Tweede Pinksterdag"},
        {day_of(year, 12, 25), "Eerste Kerstdag"},
        {day_of(year, 12, 26), "Tweede Kerstdag"},
    };
    char text[DAY_TEXT_SIZE];
    for (size_t i = 0; i < sizeof HOLIDAYS / sizeof *HOLIDAYS; i++)
        fprintf(file, "    - {day: %s, name: %s}\n", day_write(HOLIDAYS[i].day, text), HOLIDAYS[i].name);
}

static void write_decision(FILE *file, const Arguments *arguments)
{
    fprintf(file,
            "# Who decided this, and when. A book is proposed by one operator and approved by another.\n"
            "synthetic: true\n\n"
            "decision:\n"
            "  number: 1\n"
            "  slug: first-contracts\n"
            "  name: De eerste contracten\n"
            "  decided: %d-12-31\n"
            "  source: \"Besluit van %s\"\n",
            arguments->year - 1, arguments->name);
}

static void write_region(FILE *file, const Arguments *arguments)
{
    fprintf(file,
            "# Municipalities, and the holidays of the Algemene termijnenwet: after these they go into a new book.\n"
            "synthetic: true\n\n"
            "region:\n"
            "  code: \"%s\"\n"
            "  name: \"%s\"\n"
            "  number_floor: 10000000  # numbers taken over from old administrations lie below\n"
            "  age_by_rule: 18         # the Youth Act ends at the eighteenth birthday,\n"
            "  age_by_person: 23       # and goes on to the twenty-third for who needs it\n"
            "  municipalities:\n",
            arguments->code, arguments->name);
    for (size_t i = 0; i < arguments->municipality_count; i++)
        fprintf(file, "    - {code: \"%s\", name: \"%s\"}\n", arguments->municipalities[i].code,
                arguments->municipalities[i].name);
    fprintf(file, "  groups:\n    ALL: [");
    for (size_t i = 0; i < arguments->municipality_count; i++)
        fprintf(file, "%s\"%s\"", i ? ", " : "", arguments->municipalities[i].code);
    fprintf(file, "]\n  residence:\n    - {until: 2021-12-31, rule: guardian}\n"
                  "    - {from: 2022-01-01, rule: registered_address}\n"
                  "  retention:\n    - {years: 20}  # Jeugdwet, article 7.3.8, as it holds from 2020\n  holidays:\n");
    for (int32_t year = arguments->year; year < arguments->year + YEARS; year++)
        write_holidays(file, year);
    fprintf(file,
            "\nsegments:\n"
            "  - {code: SPECIALIST, name: Specialistische jeugdhulp}\n"
            "  - {code: HIGHLY_SPECIALIST, name: Hoog-specialistische jeugdhulp}\n\n"
            "# Nobody asks when care began, as long as all care is paid alike.\n"
            "cohort:\n  - {from: %d-01-01, everyone: NEW}\n",
            arguments->year);
}

static void write_funding(FILE *file, const Arguments *arguments)
{
    fprintf(file,
            "# Care is paid by product, price × quantity. A region that goes to PIC says so in a later book.\n"
            "synthetic: true\n\n"
            "funding:\n"
            "  - municipalities: ALL\n"
            "    segments: [SPECIALIST, HIGHLY_SPECIALIST]\n"
            "    cohorts: [NEW, EXISTING]\n"
            "    from: %d-01-01\n"
            "    content: NONE\n"
            "    funding: PXQ\n"
            "    running: keep\n",
            arguments->year);
}

static void write_granting(FILE *file, const Arguments *)
{
    fprintf(
        file,
        "# What a judge or a certified institution decides is binding by law. All else waits for a person, until\n"
        "# a rule says up to which volume it is granted.\n"
        "synthetic: true\n\n"
        "granting:\n"
        "  - {referrers: [JUDGE, CERTIFIED_INSTITUTION], segments: [SPECIALIST, HIGHLY_SPECIALIST], by: binding}\n"
        "  - {referrers: [MUNICIPALITY, GP, YOUTH_DOCTOR, SPECIALIST], segments: [SPECIALIST, HIGHLY_SPECIALIST],\n"
        "     by: person}\n"
        "  # - {referrers: GP, segments: SPECIALIST, by: rule, volume: {unit: HOUR, frequency: PER_WEEK, up_to: 6}}\n");
}

static void write_products(FILE *file, const Arguments *)
{
    fprintf(file, "# What can be granted: the national codes that the region uses, and in which segment each stands.\n"
                  "synthetic: true\n\n"
                  "products:\n"
                  "  - {category: \"45\", code: 45A48, segment: SPECIALIST, units: [HOUR, MINUTE],\n"
                  "     name: \"Begeleiding individueel\"}\n");
}

static void write_contracts(FILE *file, const Arguments *arguments)
{
    fprintf(
        file,
        "# Who may deliver what, for whom. The provider and its AGB code are an example: replace them.\n"
        "synthetic: true\n\n"
        "providers:\n"
        "  - {agb: \"90000001\", name: Synthetische aanbieder 01}\n\n"
        "contracts:\n"
        "  - id: specialist-%d\n"
        "    from: %d-01-01\n"
        "    kind: regular\n"
        "    segment: SPECIALIST\n"
        "    municipalities: ALL\n"
        "    providers: \"90000001\"\n"
        "    products: all\n"
        "    pics: none\n"
        "    corrections: declared  # self_billed, declared or settled: how a price that changes afterwards is paid\n",
        arguments->year, arguments->year);
}

static void write_tariffs(FILE *file, const Arguments *arguments)
{
    fprintf(file,
            "# What a unit of a product costs, in whole cents. The price is an example: replace it.\n"
            "synthetic: true\n"
            "from: %d-01-01\n\n"
            "pxq_tariffs:\n"
            "  - {product: 45A48, unit: HOUR, cents: 7200}\n",
            arguments->year);
}

static const struct {
    const char *name;
    void (*write)(FILE *file, const Arguments *arguments);
} FILES[] = {
    {"decision.yaml", write_decision}, {"region.yaml", write_region},     {"funding.yaml", write_funding},
    {"granting.yaml", write_granting}, {"products.yaml", write_products}, {"contracts.yaml", write_contracts},
    {"tariffs.yaml", write_tariffs},
};

static bool make_folder(const char *command, const char *path)
{
    if (mkdir(path, 0777) == 0)
        return true;
    command_complain(command, "%s cannot be made: %s", path, strerror(errno));
    return false;
}

static bool make_file(const char *command, const char *path, size_t i, const Arguments *arguments)
{
    FILE *file = fopen(path, "wx");
    if (file)
        FILES[i].write(file, arguments);
    if (file && fclose(file) == 0)
        return true;
    command_complain(command, "%s cannot be written: %s", path, strerror(errno));
    return false;
}

static ExitStatus region_new(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"code", OPTION_CODE, "CODE", 0, "A short word for the region", 0},
        {"name", OPTION_NAME, "NAME", 0, "Its name", 0},
        {"municipality", OPTION_MUNICIPALITY, "CODE:NAME", 0, "One of its municipalities; said again for each", 0},
        {"year", OPTION_YEAR, "YEAR", 0, "The first year of its books", 0},
        {0},
    };
    static const struct argp ARGP = {.options = OPTIONS, .parser = parse, .args_doc = "DIR", .doc = DOC};
    Arguments arguments = {0};
    command_parse(&ARGP, argc, argv, &arguments);

    Arena *arena = arena_new();
    const char *books = arena_format(arena, "%s/book", arguments.directory);
    const char *book = arena_format(arena, "%s/001-first-contracts", books);
    bool made = make_folder(argv[0], arguments.directory) && make_folder(argv[0], books) && make_folder(argv[0], book);
    for (size_t i = 0; made && i < sizeof FILES / sizeof *FILES; i++)
        made = make_file(argv[0], arena_format(arena, "%s/%s", book, FILES[i].name), i, &arguments);
    if (made)
        printf("%s holds a first book. Fill in what is the region's own, set synthetic to false in what is true, and "
               "see:\n  picq book check %s\n",
               book, arguments.directory);
    arena_free(arena);
    return made ? EXIT_DONE : EXIT_WRONG_USE;
}

static const Command COMMANDS[] = {
    {"new", "DIR --code CODE --name NAME --municipality CODE:NAME... --year YEAR",
     "Makes the folder of another region, with a first book.", region_new, NULL},
};

const Commands picq_region = {
    .name = "picq region",
    .what = "the folder in which a region keeps its agreements",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
