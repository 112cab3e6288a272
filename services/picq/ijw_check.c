/*
 * picq ijw check: every fault of national messages that shows without any history.
 */
#include "picq/ijw.h"
#include "picq/ijw_files.h"

#include <stdio.h>

static const char DOC[] = "Reads national messages as the region's front door does and tells every fault at once: "
                          "rule, place, line and what to "
                          "do; the return code stands behind it where the standard has one. With PICQ_IJW_XSD_DIR, the "
                          "official schemas of that "
                          "folder have their say as well. Nothing is sent, and no service is asked.";

static bool in_order(const ReadFile *read)
{
    return !read->broke && read->fault_count == 0;
}

static bool print(void *owner, const char *path, const ReadFile *read)
{
    (void)owner;
    for (size_t i = 0; i < read->fault_count; i++) {
        const ReadFault *fault = &read->faults[i];
        const char *code = *fault->return_code ? fault->return_code : "-";
        printf("%s:%d: %s %s %s%s%s\n", path, fault->line, fault->rule, code, fault->path, *fault->path ? ": " : "",
               fault->sentence);
    }
    if (read->broke)
        printf("%s: reading it takes more than a reader has; split the message\n", path);
    else if (in_order(read))
        printf("%s: %s %s, in order\n", path, read->message, read->id);
    else
        printf("%s: %zu fault%s\n", path, read->fault_count, read->fault_count == 1 ? "" : "s");
    return in_order(read);
}

static bool note(void *owner, const char *path, const ReadFile *read)
{
    json_t *faults = json_array();
    for (size_t i = 0; i < read->fault_count; i++) {
        const ReadFault *fault = &read->faults[i];
        json_array_append_new(faults, json_pack("{s:s, s:s, s:s, s:i, s:s, s:s}", "rule", fault->rule, "level",
                                                fault->level, "path", fault->path, "line", (int)fault->line,
                                                "return_code", fault->return_code, "sentence", fault->sentence));
    }
    json_array_append_new(owner,
                          json_pack("{s:s, s:s, s:s, s:b, s:b, s:o}", "file", path, "message", read->message, "id",
                                    read->id, "in_order", in_order(read), "broke", read->broke, "faults", faults));
    return in_order(read);
}

ExitStatus picq_ijw_check(int argc, char **argv)
{
    IjwFiles files = ijw_files_parse(argc, argv, DOC, true);
    if (!files.json)
        return ijw_files_read(argv[0], &files, print, NULL);
    json_t *told = json_array();
    ExitStatus status = ijw_files_read(argv[0], &files, note, told);
    json_dumpf(told, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(told);
    return status;
}
