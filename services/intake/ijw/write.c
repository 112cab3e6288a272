#include "intake/ijw/write.h"

#include <assert.h>
#include <string.h>

typedef struct Writing {
    Arena *arena;
    bool is_return;
    char *text;
    size_t size;
    size_t room;
} Writing;

static void put(Writing *writing, const char *text, size_t size)
{
    if (writing->room - writing->size < size) {
        size_t room = 2 * writing->room + size + 1024;
        char *longer = arena_take(writing->arena, room);
        if (writing->size)
            memcpy(longer, writing->text, writing->size);
        writing->text = longer;
        writing->room = room;
    }
    memcpy(writing->text + writing->size, text, size);
    writing->size += size;
}

static void put_text(Writing *writing, const char *text)
{
    put(writing, text, strlen(text));
}

/* What would be markup, and a line end that reading would make into another. */
static void put_escaped(Writing *writing, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == '&')
            put_text(writing, "&amp;");
        else if (*at == '<')
            put_text(writing, "&lt;");
        else if (*at == '>')
            put_text(writing, "&gt;");
        else if (*at == '\r')
            put_text(writing, "&#13;");
        else
            put(writing, at, 1);
    }
}

static void put_tag(Writing *writing, bool is_basis, bool is_end, const char *name)
{
    put_text(writing, is_end ? "</" : "<");
    put_text(writing, is_basis ? "b:" : "");
    put_text(writing, name);
    put_text(writing, ">");
}

/* The text of a value; NULL when it is absent. */
static const char *text_of(Arena *arena, const IjwElement *element, const void *at)
{
    const IjwType *type = ijw_type(element->type);
    if (type->kind == IJW_TEXT)
        return *(const char *const *)at;
    if (type->kind == IJW_WHOLE) {
        const IjwWhole *whole = at;
        return whole->given ? arena_format(arena, "%lld", (long long)whole->number) : NULL;
    }
    const Day *day = at;
    return day->number ? day_write(*day, arena_take(arena, DAY_TEXT_SIZE)) : NULL;
}

static void put_value(Writing *writing, const IjwClass *class, const IjwElement *element, const void *at)
{
    const char *text = text_of(writing->arena, element, at);
    if (!text)
        return;
    put_tag(writing, class->is_basis, false, element->name);
    put_escaped(writing, text);
    put_tag(writing, class->is_basis, true, element->name);
}

static void put_class(Writing *writing, const IjwClass *class, const void *noun);

/* A noun without a line is absent. */
static void put_noun(Writing *writing, const IjwClass *class, const IjwElement *element, const void *noun)
{
    if (*(const int32_t *)noun == 0)
        return;
    put_tag(writing, class->is_basis, false, element->name);
    put_class(writing, element->class, noun);
    put_tag(writing, class->is_basis, true, element->name);
}

static void put_list(Writing *writing, const IjwClass *class, const IjwElement *element, const IjwList *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (element->class)
            put_noun(writing, class, element, (const char *)list->items + i * element->class->size);
        else
            put_value(writing, class, element, (const char *const *)list->items + i);
}

static void put_class(Writing *writing, const IjwClass *class, const void *noun)
{
    size_t count = ijw_elements(class, writing->is_return);
    for (size_t i = 0; i < count; i++) {
        const IjwElement *element = &class->elements[i];
        const void *at = (const char *)noun + element->offset;
        if (element->need == IJW_MANY)
            put_list(writing, class, element, at);
        else if (element->class)
            put_noun(writing, class, element, at);
        else
            put_value(writing, class, element, at);
    }
}

static Bytes write_root(Writing *writing, const char *space, const IjwClass *class, const IjwRoot *root)
{
    put_text(writing, arena_format(writing->arena,
                                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Bericht xmlns=\"%s\" xmlns:b=\"%s\">",
                                   space, IJW_BASIS_NAMESPACE));
    put_class(writing, class, root);
    put_tag(writing, false, true, "Bericht");
    return (Bytes){(const uint8_t *)writing->text, writing->size};
}

Bytes ijw_write(Arena *arena, const IjwMessage *message, const IjwRoot *root)
{
    Writing writing = {.arena = arena};
    return write_root(&writing, message->space, message->root, root);
}

Bytes ijw_write_return(Arena *arena, const IjwMessage *message, const IjwRoot *root)
{
    assert(message->return_root);
    Writing writing = {.arena = arena, .is_return = true};
    return write_root(&writing, message->return_space, message->return_root, root);
}
