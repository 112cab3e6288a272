/*
 * picq ijw show: national messages as lines of the neutral feed.
 */
#include "picq/ijw.h"
#include "picq/ijw_files.h"

#include <stdio.h>

static const char DOC[] =
    "Prints what the region makes of national messages: a line of the neutral feed for each fact. What "
    "the book adds to a request, such as the segment of a product, is not there.";

static bool print(void *owner, const char *path, const ReadFile *read)
{
    for (size_t i = 0; i < read->line_count; i++)
        printf("%.*s\n", (int)read->lines[i].size, (const char *)read->lines[i].data);
    bool is_read = !read->broke && read->fault_count == 0;
    if (!is_read)
        command_complain(owner, "%s has faults; `picq ijw check %s` tells them", path, path);
    return is_read;
}

ExitStatus picq_ijw_show(int argc, char **argv)
{
    IjwFiles files = ijw_files_parse(argc, argv, DOC, false);
    return ijw_files_read(argv[0], &files, print, argv[0]);
}
