#include "intake/ijw/return.h"

#include "intake/ijw/write.h"

#include <string.h>

#define NO_REMARK "0200"

static const char HEADER[] = "Bericht/Header";

/* Of the schemas that the descriptions follow. */
#define SCHEMA_VERSION "0.1.0"

static void judge(Arena *arena, const IjwClass *class, void *noun, const char *path, const IjwVerdict *verdict);

IjwCodes ijw_code(Arena *arena, const char *code)
{
    const char **list = ARENA_NEW(arena, const char *);
    *list = code;
    return (IjwCodes){1, {list, 1, 1}};
}

static void judge_list(Arena *arena, const IjwElement *element, IjwList *list, const char *path,
                       const IjwVerdict *verdict)
{
    for (size_t i = 0; i < list->count; i++)
        judge(arena, element->class, (char *)list->items + i * element->class->size,
              arena_format(arena, "%s/%s[%zu]", path, element->name, i + 1), verdict);
}

/* Each class below gets a code: its own fault, or none. */
static void judge(Arena *arena, const IjwClass *class, void *noun, const char *path, const IjwVerdict *verdict)
{
    if (class->is_judged)
        *ijw_codes(class, noun) = ijw_code(arena, strcmp(path, verdict->path) == 0 ? verdict->code : NO_REMARK);
    for (size_t i = 0; i < class->count; i++) {
        const IjwElement *element = &class->elements[i];
        void *at = (char *)noun + element->offset;
        if (element->need == IJW_MANY)
            judge_list(arena, element, at, path, verdict);
        else if (element->class && *(int32_t *)at > 0)
            judge(arena, element->class, at, arena_format(arena, "%s/%s", path, element->name), verdict);
    }
}

Bytes ijw_return(Arena *arena, IjwRead read, const IjwVerdict *verdict)
{
    IjwRoot root = *read.root;
    bool is_whole = !*verdict->path || strncmp(verdict->path, HEADER, sizeof HEADER - 1) == 0;
    if (is_whole)
        root.client.line = root.reply.line = 0;
    else
        judge(arena, read.message->return_root, &root, "Bericht", verdict);
    root.header.code = read.message->return_code;
    root.header.return_name = verdict->name;
    root.header.return_dated = verdict->day;
    root.header.return_versions = (IjwVersions){root.header.line, SCHEMA_VERSION, SCHEMA_VERSION};
    if (is_whole)
        root.header.codes = *verdict->code ? ijw_code(arena, verdict->code) : (IjwCodes){.line = 0};
    return ijw_write_return(arena, read.message, &root);
}
