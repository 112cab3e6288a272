#include "picq/convert_many.h"

#include "base/day.h"
#include "picq/allocation.h"
#include "picq/conversions.h"
#include "picq/options.h"
#include "picq/table.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char DOC[] =
    "With --plan: lists the allocations whose funding is no longer what the books say, with what the books want of "
    "care "
    "that runs: it is converted on a day, a person names the day (by hand), or with --as-they-end the client moves "
    "when "
    "the allocation ends and something new is asked. --do converts those that have a day. With --file it converts a "
    "list: a line for each allocation, as \"0503/90000001 1000064 2021-01-01\", the day left out where --day says it. "
    "A run that was stopped is begun again by the same command: what was said is not said twice."
    "\vPICQ_ALLOCATION_HTTP says where allocation answers, such as http://127.0.0.1:8082; PICQ_TOKEN says who asks.";

enum {
    OPTION_PLAN = 0x100,
    OPTION_DO,
    OPTION_FILE,
    OPTION_DAY,
    OPTION_CONSENT,
    OPTION_MUNICIPALITY,
    OPTION_BOOK,
    OPTION_AS_THEY_END,
    OPTION_JSON,
    LINE_MAX_SIZE = 500,
};

typedef struct Arguments {
    DoorSettings door;
    bool plan;
    bool converts;
    bool as_they_end;
    bool json;
    const char *file;
    const char *day;
    const char *consent;
    const char *municipality;
    const char *book;
} Arguments;

static void check(const Arguments *arguments, struct argp_state *state)
{
    if (arguments->plan && arguments->file)
        argp_error(state, "--plan or --file");
    else if (arguments->converts && arguments->as_they_end)
        argp_error(state, "who moves as an allocation ends is moved by what is asked next: there is nothing to do");
    else if (arguments->converts && arguments->book)
        argp_error(state, "a book that is not published converts nobody: --book shows the plan only");
    else if (arguments->file && (arguments->book || arguments->as_they_end || *arguments->municipality))
        argp_error(state, "--file names what is converted; the other options are the plan's");
}

static const struct argp_option OF_MANY[] = {
    {"plan", OPTION_PLAN, NULL, 0, "What the books want of care that runs under another funding", 0},
    {"do", OPTION_DO, NULL, 0, "Convert what the plan gives a day", 0},
    {"as-they-end", OPTION_AS_THEY_END, NULL, 0, "Show who moves when the allocation ends", 0},
    {"book", OPTION_BOOK, "DIR", 0, "The plan as it would be with the book in this folder", 0},
    {"file", OPTION_FILE, "LIST", 0, "Convert the allocations of a list; - is standard input", 0},
    {0},
};

static error_t parse_of_many(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_PLAN:
        arguments->plan = true;
        return 0;
    case OPTION_DO:
        arguments->converts = true;
        return 0;
    case OPTION_FILE:
        arguments->file = value;
        return 0;
    case OPTION_BOOK:
        arguments->book = value;
        return 0;
    case OPTION_AS_THEY_END:
        arguments->as_they_end = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* One is converted: whoever names an option of many has left out which. */
static error_t refuse_of_many(int option, char *, struct argp_state *state)
{
    for (const struct argp_option *row = OF_MANY; row->name; row++)
        if (row->key == option)
            argp_error(state, "--%s goes with --plan or --file", row->name);
    return ARGP_ERR_UNKNOWN;
}

const struct argp convert_many_options = {.options = OF_MANY, .parser = refuse_of_many};

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->door;
        state->child_inputs[1] = arguments;
        return 0;
    case OPTION_DAY:
        if (!day_read(value, &day))
            argp_error(state, "--day is a day, as 2020-03-01: %s", value);
        arguments->day = value;
        return 0;
    case OPTION_CONSENT:
        arguments->consent = value;
        return 0;
    case OPTION_MUNICIPALITY:
        if (strspn(value, "0123456789") != 4 || value[4])
            argp_error(state, "a municipality is a code of four digits, such as 0518");
        arguments->municipality = value;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here: --plan and --file name what is converted", value);
        return 0;
    case ARGP_KEY_END:
        check(arguments, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* the plan */

static bool is_way(const json_t *row, const char *way)
{
    return strcmp(allocation_text(row, "way"), way) == 0;
}

/* Those that end by themselves are shown when they are asked for, and then alone. */
static json_t *rows_shown(const Arguments *arguments, const json_t *plan)
{
    json_t *rows = json_array(), *row;
    size_t i;
    json_array_foreach((json_t *)plan, i, row) if (is_way(row, "as_it_ends") == arguments->as_they_end)
        json_array_append(rows, row);
    return rows;
}

/* What the book gives a day, and does not wait for a person; what goes along is converted with its first. */
static json_t *rows_to_convert(const Arguments *arguments, const json_t *plan)
{
    json_t *rows = json_array(), *row;
    size_t i;
    json_array_foreach((json_t *)plan, i, row)
    {
        if (!is_way(row, "convert") || *allocation_text(row, "with") || *allocation_text(row, "waits"))
            continue;
        json_t *converted = json_copy(row);
        if (arguments->day)
            json_object_set_new(converted, "day", json_string(arguments->day));
        json_array_append_new(rows, converted);
    }
    return rows;
}

static const char *told(Arena *arena, const json_t *row)
{
    if (*allocation_text(row, "waits"))
        return arena_format(arena, "waits for a person as %s", allocation_text(row, "waits"));
    if (*allocation_text(row, "with"))
        return arena_format(arena, "with %s", allocation_text(row, "with"));
    if (is_way(row, "as_it_ends"))
        return "by what is asked next";
    if (strcmp(allocation_text(row, "outcome"), "referred") == 0)
        return arena_format(arena, "a person must say: %s", allocation_text(row, "sentence"));
    return strcmp(allocation_text(row, "outcome"), "refused") == 0 ? allocation_text(row, "sentence") : "";
}

static const char *care_now(Arena *arena, const json_t *row, const char *funding, const char *content)
{
    bool pic = strcmp(allocation_text(row, content), "PIC") == 0;
    return arena_format(arena, "%s/%s", pic ? "PIC" : "-", allocation_text(row, funding));
}

static void print_plan(Arena *arena, const json_t *rows)
{
    static const char *const HEADINGS[] = {"municipality", "provider",      "allocation",  "client", "segment",
                                           "until",        "now",           "by the book", "since",  "on",
                                           "how",          "what it lacks", NULL};
    Table *table = table_new(arena, HEADINGS);
    size_t i, by_hand = 0;
    json_t *row;
    json_array_foreach((json_t *)rows, i, row)
    {
        const char *const texts[] = {
            allocation_text(row, "municipality"),
            allocation_text(row, "provider"),
            allocation_text(row, "allocation"),
            allocation_text(row, "client"),
            allocation_text(row, "segment"),
            allocation_text(row, "last_day"),
            care_now(arena, row, "funding", "content"),
            care_now(arena, row, "to_funding", "to_content"),
            allocation_text(row, "since"),
            allocation_text(row, "day"),
            is_way(row, "by_hand")   ? "by hand"
            : is_way(row, "convert") ? "convert"
                                     : "as it ends",
            told(arena, row),
        };
        table_row(table, texts);
        by_hand += is_way(row, "by_hand");
    }
    size_t count = json_array_size(rows);
    if (count > 0)
        table_print(table);
    printf("%zu allocation%s whose funding is no longer what the books say%s\n", count, count == 1 ? "" : "s",
           by_hand ? arena_format(arena, ", %zu of them by hand", by_hand) : "");
}

static ExitStatus convert_rows(const char *command, const Arguments *arguments, const json_t *rows)
{
    if (!door_options_complete(command, &arguments->door))
        return EXIT_WRONG_USE;
    const Conversions conversions = {command, &arguments->door, arguments->consent, arguments->json, rows};
    return conversions_do(&conversions);
}

static ExitStatus plan(const char *command, Arena *arena, const Arguments *arguments)
{
    json_t *all = NULL;
    const char *path = arena_format(arena, "/plan?municipality=%s&", arguments->municipality);
    ExitStatus status = allocation_ask_all(command, arena, path, arguments->book, "plan", &all);
    if (status != EXIT_DONE)
        return status;
    json_t *rows = arguments->converts ? rows_to_convert(arguments, all) : rows_shown(arguments, all);
    if (arguments->converts) {
        status = convert_rows(command, arguments, rows);
    } else if (arguments->json) {
        json_dumpf(rows, stdout, JSON_INDENT(2));
        putchar('\n');
    } else {
        print_plan(arena, rows);
    }
    json_decref(rows);
    json_decref(all);
    return status;
}

/* a list */

static bool read_line(const Arguments *arguments, char *line, json_t *rows)
{
    static const char BLANKS[] = " \t\r\n";
    char *rest = line;
    const char *conversation = strtok_r(line, BLANKS, &rest);
    const char *number = strtok_r(NULL, BLANKS, &rest);
    const char *day_said = strtok_r(NULL, BLANKS, &rest);
    Day day;
    const char *on = day_said ? day_said : arguments->day;
    if (!number || strtok_r(NULL, BLANKS, &rest) || strlen(conversation) != strlen("0503/90000001") ||
        strspn(conversation, "0123456789") != 4 || conversation[4] != '/' ||
        strspn(conversation + 5, "0123456789") != 8 || !on || !day_read(on, &day))
        return false;
    char municipality[5];
    memcpy(municipality, conversation, 4);
    municipality[4] = '\0';
    json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:s}", "municipality", municipality, "provider",
                                          conversation + 5, "allocation", number, "day", on));
    return true;
}

static ExitStatus read_list(const char *command, const Arguments *arguments, json_t *rows)
{
    FILE *file = strcmp(arguments->file, "-") == 0 ? stdin : fopen(arguments->file, "re");
    if (!file) {
        command_complain(command, "%s cannot be read: %s", arguments->file, strerror(errno));
        return EXIT_WRONG_USE;
    }
    char line[LINE_MAX_SIZE];
    ExitStatus status = EXIT_DONE;
    for (int number = 1; status == EXIT_DONE && fgets(line, sizeof line, file); number++) {
        size_t blank = strspn(line, " \t\r\n");
        if (line[blank] && line[blank] != '#' && !read_line(arguments, line, rows)) {
            command_complain(command,
                             "%s:%d: write MUNICIPALITY/PROVIDER ALLOCATION DAY, as 0503/90000001 1000064 2021-01-01; "
                             "the day may be left out where --day says it",
                             arguments->file, number);
            status = EXIT_WRONG_USE;
        }
    }
    if (file != stdin)
        fclose(file);
    return status;
}

/* All of the list is read before anything is said. */
static ExitStatus convert_list(const char *command, const Arguments *arguments)
{
    json_t *rows = json_array();
    ExitStatus status = read_list(command, arguments, rows);
    if (status == EXIT_DONE)
        status = convert_rows(command, arguments, rows);
    json_decref(rows);
    return status;
}

bool convert_is_many(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--plan") == 0 || strncmp(argv[i], "--file", strlen("--file")) == 0)
            return true;
    return false;
}

ExitStatus convert_many(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "Of one municipality; without it of all", 0},
        {"day", OPTION_DAY, "YYYY-MM-DD", 0, "The first day under the new funding, whatever the plan says", 0},
        {"consent", OPTION_CONSENT, "TEXT", 0, "How the providers agreed, when the day lies in the past", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    static const struct argp MANY = {.options = OF_MANY, .parser = parse_of_many};
    static const struct argp_child CHILDREN[] = {DOOR_OPTIONS_CHILD, {&MANY, 0, NULL, 0}, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC, .children = CHILDREN};
    Arguments arguments = {.municipality = ""};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    ExitStatus status = arguments.plan ? plan(argv[0], arena, &arguments) : convert_list(argv[0], &arguments);
    arena_free(arena);
    return status;
}
