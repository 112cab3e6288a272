/*
 * picq publish: one operator proposes a book, another approves it.
 */
#include "picq/publish.h"

#include "book/book.h"
#include "picq/operator.h"
#include "process/book_enclosed.h"

#include <stdlib.h>
#include <string.h>

static const char DOC[] =
    "Proposes the book in a folder, and with --approve approves it under the key of another operator: then it is "
    "published. An approval names what it approves by number and digest, taken from the folder or given: "
    "`picq publish --approve 3 --digest HEX`. `picq book check` tells beforehand whether a book is in order.";

enum { OPTION_APPROVE = 0x100, OPTION_DIGEST };

typedef struct Arguments {
    OperatorOptions operator;
    bool approves;
    const char *digest;
    const char *what; /* a folder, or with a digest the number of a book */
} Arguments;

/* What is proposed or approved. */
typedef struct Proposal {
    BookFiles files;
    int number;
    const char *slug;
    const char *digest;
} Proposal;

static bool is_number(const char *text)
{
    return strspn(text, "0123456789") == strlen(text) && strlen(text) <= 3;
}

static void check(const Arguments *arguments, struct argp_state *state)
{
    if (!arguments->what)
        argp_error(state, "name the folder of a book, such as deploy/regions/haaglanden/book/002-phased-introduction");
    else if (arguments->digest && !arguments->approves)
        argp_error(state, "--digest belongs to --approve");
    else if (arguments->digest && !is_number(arguments->what))
        argp_error(state, "--digest belongs to the number of a book: %s", arguments->what);
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_APPROVE:
        arguments->approves = true;
        return 0;
    case OPTION_DIGEST:
        arguments->digest = value;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->what)
            argp_error(state, "one book at a time");
        arguments->what = value;
        return 0;
    case ARGP_KEY_END:
        check(arguments, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Status read_folder(Arena *arena, const char *path, Proposal *proposal_out)
{
    Proposal proposal;
    TRY(book_folder_read(arena, path, &proposal.files));
    BookFaults faults = book_faults(arena);
    [[gnu::cleanup(book_freep)]] Book *book = book_draft(proposal.files.files, proposal.files.count, &faults);
    if (faults.errors > 0 || !book_folder_fits(&proposal.files, book))
        return FAULT(STATUS_SET_ASIDE, "%s is not in order; `picq book check %s` tells what to mend", path, path);
    Digest digest = book_files_digest(proposal.files.files, proposal.files.count);
    proposal.number = book_number(book);
    proposal.slug = arena_text(arena, book_slug(book));
    proposal.digest = digest_write(&digest, arena_take(arena, DIGEST_TEXT_SIZE));
    *proposal_out = proposal;
    return STATUS_OK;
}

static OperatorFact propose(Arena *arena, const Proposal *proposal)
{
    json_t *files = book_files_as_json(&proposal->files);
    return (OperatorFact){
        .name = "book_proposed",
        .body = files ? json_pack("{s:i, s:s, s:o}", "number", proposal->number, "slug", proposal->slug, "files", files)
                      : NULL,
        .admitted = arena_format(arena, "book %03d %s is proposed, with digest %s; another operator approves it",
                                 proposal->number, proposal->slug, proposal->digest),
    };
}

static OperatorFact approve(Arena *arena, const Proposal *proposal)
{
    return (OperatorFact){
        .name = "book_approved",
        .body = json_pack("{s:i, s:s}", "number", proposal->number, "digest", proposal->digest),
        .admitted = arena_format(arena, "book %03d is published", proposal->number),
    };
}

static ExitStatus publish(Arena *arena, const char *command, const Arguments *arguments)
{
    Proposal proposal = {.digest = arguments->digest};
    if (arguments->digest) {
        proposal.number = atoi(arguments->what);
    } else {
        Status status = read_folder(arena, arguments->what, &proposal);
        if (status != STATUS_OK)
            return command_fault(command, status);
    }
    OperatorFact fact = arguments->approves ? approve(arena, &proposal) : propose(arena, &proposal);
    fact.told = json_pack("{s:i, s:s}", "number", proposal.number, "digest", proposal.digest);
    return operator_say(command, &arguments->operator, fact);
}

ExitStatus picq_publish(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"approve", OPTION_APPROVE, NULL, 0, "Approve what another operator proposed", 0},
        {"digest", OPTION_DIGEST, "HEX", 0, "The digest that `picq publish` and `picq book list` show", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&operator_options, 0, NULL, 0}, {0}};
    struct argp argp = {.options = OPTIONS,
                        .parser = parse,
                        .args_doc = "DIR\nDIR --approve\n--approve NUMBER --digest HEX",
                        .doc = DOC,
                        .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);
    Arena *arena = arena_new();
    ExitStatus status = publish(arena, argv[0], &arguments);
    arena_free(arena);
    return status;
}
