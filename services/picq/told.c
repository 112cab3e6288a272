#include "picq/told.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What argp_parse adds to every table. */
static const struct argp_option ALWAYS[] = {
    {"help", '?', NULL, 0, "Give this help list", 0},
    {"usage", 0x1000, NULL, 0, "Give a short usage message", 0},
    {0},
};

static bool is_end(const struct argp_option *option)
{
    return !option->name && !option->key && !option->doc && !option->group;
}

static bool is_told(const struct argp_option *option, const char *begun)
{
    return option->name && !(option->flags & OPTION_HIDDEN) && strncmp(option->name, begun, strlen(begun)) == 0;
}

/* ---- the manual ---- */

/* Text for troff: what it would take for its own is escaped. */
static void tell(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bool begins_line = i == 0 || text[i - 1] == '\n';
        if (begins_line && (text[i] == '.' || text[i] == '\''))
            fputs("\\&", stdout);
        if (text[i] == '\\')
            fputs("\\e", stdout);
        else if (text[i] == '-')
            fputs("\\-", stdout);
        else
            putchar(text[i]);
    }
}

void told_text(const char *text)
{
    tell(text, strlen(text));
}

static void tell_option(const struct argp_option *option)
{
    bool has_letter = option->key > ' ' && option->key < 0x7f;
    printf(".TP\n");
    if (has_letter)
        printf("\\fB\\-%c\\fR, ", option->key);
    printf("\\fB\\-\\-");
    told_text(option->name);
    printf("\\fR");
    if (option->arg) {
        printf("=\\fI");
        told_text(option->arg);
        printf("\\fR");
    }
    putchar('\n');
    told_text(option->doc ? option->doc : "");
    putchar('\n');
}

static void tell_options(const struct argp *argp)
{
    for (const struct argp_option *option = argp->options; option && !is_end(option); option++)
        if (is_told(option, ""))
            tell_option(option);
    for (const struct argp_child *child = argp->children; child && child->argp; child++)
        tell_options(child->argp);
}

/* argp's own sign parts what stands before the options from what stands after them. */
static void tell_doc(const char *doc)
{
    const char *after = strchr(doc, '\v');
    printf(".SH DESCRIPTION\n");
    tell(doc, after ? (size_t)(after - doc) : strlen(doc));
    putchar('\n');
    if (after) {
        printf(".PP\n");
        told_text(after + 1);
        putchar('\n');
    }
}

void told_manual(const struct argp *argp, const char *command)
{
    printf(".SH SYNOPSIS\n\\fB");
    told_text(command);
    printf("\\fR [\\fIOPTION\\fR]... \\fI");
    told_text(argp->args_doc ? argp->args_doc : "");
    printf("\\fR\n");
    tell_doc(argp->doc ? argp->doc : "");
    printf(".SH OPTIONS\n");
    tell_options(argp);
    tell_options(&(struct argp){.options = ALWAYS});
}

/* ---- for shells ---- */

static void tell_words(const struct argp *argp, const char *begun)
{
    for (const struct argp_option *option = argp->options; option && !is_end(option); option++)
        if (is_told(option, begun))
            printf("--%s\n", option->name);
    for (const struct argp_child *child = argp->children; child && child->argp; child++)
        tell_words(child->argp, begun);
}

void told_words(const struct argp *argp, const char *begun)
{
    begun += strspn(begun, "-");
    tell_words(argp, begun);
    tell_words(&(struct argp){.options = ALWAYS}, begun);
}
