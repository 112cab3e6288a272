#include "intake/ijw/read.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CHUNK = 64 * 1024, PATH_SIZE_MAX = 512, LIST_FIRST = 4 };

static const char SCHEMA_INSTANCE[] = "http://www.w3.org/2001/XMLSchema-instance";
static const char NATIONAL[] = "http://www.istandaarden.nl/ijw/";

/* An element that holds elements, and how far its own are read. */
typedef struct Level {
    const char *name;
    size_t index; /* in its list, from 1; 0: it stands in none */
    const IjwClass *class;
    void *noun;
    size_t next;   /* the first of its elements that may still come */
    size_t listed; /* items, of a wrapper */
} Level;

typedef struct Reading {
    Arena *arena;
    IjwFaults *faults;
    xmlParserCtxt *parser;
    IjwRead read;
    const char *space; /* of the message */
    Level levels[IJW_DEPTH_MAX];
    size_t depth;
    size_t skipped; /* elements that are open and not read */

    const IjwElement *value; /* that is being read; NULL: none */
    void *to;
    uint8_t *text; /* of the value */
    size_t text_size;
    size_t text_room;

    bool stopped;
    bool told_stray_text;
} Reading;

/* faults */

static int32_t line_of(const Reading *reading)
{
    return reading->parser->input ? reading->parser->input->line : 0;
}

/* Where the reader stands, with one more element below when that is named. */
static const char *path_of(const Reading *reading, const char *below)
{
    char path[PATH_SIZE_MAX] = "";
    size_t size = 0;
    for (size_t i = 0; i < reading->depth && size < sizeof path; i++) {
        const Level *level = &reading->levels[i];
        const char *slash = i > 0 ? "/" : "";
        size += level->index
                    ? (size_t)snprintf(path + size, sizeof path - size, "%s%s[%zu]", slash, level->name, level->index)
                    : (size_t)snprintf(path + size, sizeof path - size, "%s%s", slash, level->name);
    }
    const char *slash = reading->depth > 0 && *below ? "/" : "";
    return arena_format(reading->arena, "%s%s%s", path, slash, below);
}

static void stop(Reading *reading)
{
    reading->stopped = true;
    xmlStopParser(reading->parser);
}

static void fault(Reading *reading, IjwRule rule, const char *below, const char *detail)
{
    ijw_fault_add(reading->faults, rule, path_of(reading, below), line_of(reading), detail);
    if (ijw_faults_full(reading->faults))
        stop(reading);
}

/* elements */

static void *item_of(Arena *arena, IjwList *list, size_t size)
{
    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : LIST_FIRST;
        void *wider = arena_take_many(arena, room, size);
        if (list->count)
            memcpy(wider, list->items, list->count * size);
        list->items = wider;
        list->room = room;
    }
    return (char *)list->items + list->count++ * size;
}

static void miss(Reading *reading, const Level *level, size_t from, size_t to)
{
    for (size_t i = from; i < to && !reading->stopped; i++)
        if (level->class->elements[i].need != IJW_MAY)
            fault(reading, IJW_RULE_XSD, level->class->elements[i].name, "(dit element ontbreekt)");
}

static size_t count_of(const Reading *reading, const IjwClass *class)
{
    return ijw_elements(class, reading->read.is_return);
}

static size_t find(const IjwClass *class, size_t count, const char *name)
{
    size_t at = 0;
    while (at < count && strcmp(class->elements[at].name, name) != 0)
        at++;
    return at;
}

/* The element of that name that may come here; NULL, with a fault, when none may. */
static const IjwElement *expected(Reading *reading, Level *level, const char *name, const char *space)
{
    const IjwClass *class = level->class;
    size_t count = count_of(reading, class);
    size_t at = find(class, count, name);
    if (at == count) {
        fault(reading, IJW_RULE_XSD, "", "(hier staat een element dat er niet hoort)");
        return NULL;
    }
    const IjwElement *element = &class->elements[at];
    const char *own = class->is_basis ? IJW_BASIS_NAMESPACE : reading->space;
    if (!space || strcmp(space, own) != 0)
        fault(reading, IJW_RULE_XSD, element->name, arena_format(reading->arena, "(gebruik de namespace %s)", own));
    bool again = element->need == IJW_MANY && level->listed > 0;
    if (at < level->next && !again) {
        fault(reading, IJW_RULE_XSD, element->name, "(dit element staat er al, of staat op een andere plaats)");
        return NULL;
    }
    miss(reading, level, level->next, at);
    level->next = at + 1;
    return element;
}

static void begin_root(Reading *reading, const char *name, const char *space)
{
    bool is_return = false;
    const IjwMessage *message = space ? ijw_message_of(space, &is_return) : NULL;
    bool is_national = space && strncmp(space, NATIONAL, sizeof NATIONAL - 1) == 0;
    if (!message || strcmp(name, "Bericht") != 0) {
        bool is_release = is_national && strncmp(space + sizeof NATIONAL - 1, "3_2/", 4) == 0;
        fault(reading, IJW_RULE_XSD, "",
              is_national && !is_release
                  ? "(dit is een andere versie van iJw; stuur versie 3.2)"
                  : "(dit is geen iJw-bericht dat een gemeente ontvangt: JW305, JW307, JW315, JW317 of JW323)");
        stop(reading);
        return;
    }
    const IjwClass *class = is_return ? message->return_root : message->root;
    reading->read = (IjwRead){message, is_return, arena_take(reading->arena, class->size)};
    reading->read.root->line = line_of(reading);
    reading->space = is_return ? message->return_space : message->space;
    reading->levels[reading->depth++] = (Level){.name = "Bericht", .class = class, .noun = reading->read.root};
}

static void begin_level(Reading *reading, Level *level, const IjwElement *element)
{
    bool is_listed = element->need == IJW_MANY;
    char *at = (char *)level->noun + element->offset;
    void *noun = is_listed ? item_of(reading->arena, (IjwList *)(void *)at, element->class->size) : at;
    level->listed += is_listed;
    *(int32_t *)noun = line_of(reading);
    reading->levels[reading->depth++] =
        (Level){.name = element->name, .index = is_listed ? level->listed : 0, .class = element->class, .noun = noun};
}

static void begin_value(Reading *reading, Level *level, const IjwElement *element)
{
    char *at = (char *)level->noun + element->offset;
    bool is_listed = element->need == IJW_MANY;
    level->listed += is_listed;
    reading->value = element;
    reading->to = is_listed ? item_of(reading->arena, (IjwList *)(void *)at, sizeof(const char *)) : at;
    reading->text_size = 0;
}

static void begin_element(Reading *reading, const char *name, const char *space)
{
    if (reading->value)
        fault(reading, IJW_RULE_XSD, reading->value->name, "(hier hoort een waarde, geen element)");
    if (reading->skipped || reading->value) {
        reading->skipped++;
        return;
    }
    if (reading->depth == 0) {
        begin_root(reading, name, space);
        return;
    }
    Level *level = &reading->levels[reading->depth - 1];
    const IjwElement *element = expected(reading, level, name, space);
    if (!element)
        reading->skipped++;
    else if (!element->class)
        begin_value(reading, level, element);
    else
        begin_level(reading, level, element);
}

static void end_value(Reading *reading)
{
    const IjwElement *element = reading->value;
    const IjwType *type = ijw_type(element->type);
    IjwRule broken;
    reading->value = NULL;
    if (!ijw_type_read(type, reading->arena, (Bytes){reading->text, reading->text_size}, reading->to, &broken))
        fault(reading, broken, element->name, arena_format(reading->arena, "(verwacht: %s)", type->expected));
}

static void end_level(Reading *reading)
{
    const Level *level = &reading->levels[reading->depth - 1];
    miss(reading, level, level->next, count_of(reading, level->class));
    reading->depth--;
}

/* what the parser says */

static void hear_begin(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space, int spaces,
                       const xmlChar **space_list, int count, int defaulted, const xmlChar **attributes)
{
    (void)prefix, (void)spaces, (void)space_list, (void)defaulted;
    Reading *reading = context;
    if (reading->stopped)
        return;
    if (reading->skipped + reading->depth >= IJW_DEPTH_MAX) {
        fault(reading, IJW_RULE_XSD, "", "(de elementen staan te diep in elkaar)");
        stop(reading);
        return;
    }
    begin_element(reading, (const char *)name, (const char *)space);
    for (int i = 0; i < count && !reading->skipped && !reading->stopped; i++) {
        const char *attribute = (const char *)attributes[5 * i];
        const char *of = (const char *)attributes[5 * i + 2];
        bool says_where =
            of && strcmp(of, SCHEMA_INSTANCE) == 0 &&
            (strcmp(attribute, "schemaLocation") == 0 || strcmp(attribute, "noNamespaceSchemaLocation") == 0);
        if (!says_where)
            fault(reading, IJW_RULE_XSD, reading->value ? reading->value->name : "",
                  "(hier staat een attribuut dat er niet hoort)");
    }
}

static void hear_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    (void)name, (void)prefix, (void)space;
    Reading *reading = context;
    if (reading->stopped)
        return;
    if (reading->skipped)
        reading->skipped--;
    else if (reading->value)
        end_value(reading);
    else if (reading->depth > 0)
        end_level(reading);
}

static bool all_blank(const xmlChar *text, int size)
{
    for (int i = 0; i < size; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\n' && text[i] != '\r')
            return false;
    return true;
}

static void add_text(Reading *reading, const xmlChar *text, size_t size)
{
    if (reading->text_room - reading->text_size < size) {
        reading->text_room = 2 * reading->text_room + size;
        reading->text = realloc(reading->text, reading->text_room);
        if (!reading->text)
            abort();
    }
    memcpy(reading->text + reading->text_size, text, size);
    reading->text_size += size;
}

static void hear_text(void *context, const xmlChar *text, int size)
{
    Reading *reading = context;
    if (reading->stopped || reading->skipped)
        return;
    if (reading->value) {
        add_text(reading, text, (size_t)size);
    } else if (!reading->told_stray_text && !all_blank(text, size)) {
        reading->told_stray_text = true;
        fault(reading, IJW_RULE_XSD, "", "(tussen elementen staat tekst)");
    }
}

static void hear_doctype(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    Reading *reading = context;
    if (!reading->stopped)
        fault(reading, IJW_RULE_OP192, "", "(haal de DOCTYPE weg)");
    stop(reading);
}

/* Faults of namespaces are seen at the element that has none. */
static void hear_error(void *context, xmlError *error)
{
    Reading *reading = context;
    if (reading->stopped || error->level != XML_ERR_FATAL)
        return;
    bool is_encoding = error->code == XML_ERR_INVALID_CHAR || error->code == XML_ERR_INVALID_ENCODING ||
                       error->code == XML_I18N_CONV_FAILED || error->code == XML_ERR_UNKNOWN_ENCODING;
    bool is_cut_off = error->code == XML_ERR_DOCUMENT_END || error->code == XML_ERR_TAG_NOT_FINISHED;
    if (is_encoding)
        fault(reading, IJW_RULE_OP192, "", "(hier staan tekens die geen UTF-8 zijn)");
    else
        fault(reading, IJW_RULE_XML, "", is_cut_off ? "(het bestand houdt halverwege op)" : "");
    stop(reading);
}

/* the file */

static const xmlSAXHandler HEARS = {
    .internalSubset = hear_doctype,
    .startElementNs = hear_begin,
    .endElementNs = hear_end,
    .characters = hear_text,
    .ignorableWhitespace = hear_text,
    .cdataBlock = hear_text,
    .serror = hear_error,
    .initialized = XML_SAX2_MAGIC,
};

static bool begins_with(Bytes file, const char *begin, size_t size)
{
    return file.size >= size && memcmp(file.data, begin, size) == 0;
}

/* What the declaration says of the encoding, when it is not UTF-8. */
static bool declares_another_encoding(Bytes file)
{
    static const char NAME[] = "encoding";
    if (!begins_with(file, "<?xml", 5))
        return false;
    const uint8_t *end = memmem(file.data, file.size, "?>", 2);
    size_t size = end ? (size_t)(end - file.data) : 0;
    const uint8_t *at = memmem(file.data, size, NAME, sizeof NAME - 1);
    if (!at)
        return false;
    at += sizeof NAME - 1;
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r' || *at == '='))
        at++;
    return end - at < 7 || strncasecmp((const char *)at + 1, "utf-8", 5) != 0 || (at[6] != '"' && at[6] != '\'');
}

/* The file without its byte order mark; false, with a fault, when it is no UTF-8 of a fitting size. */
static bool look_at(Bytes *file, IjwFaults *faults)
{
    if (file->size > IJW_SIZE_MAX) {
        ijw_fault_add(faults, IJW_RULE_OP179, "", 0, "");
        return false;
    }
    if (begins_with(*file, "\xEF\xBB\xBF", 3))
        *file = (Bytes){file->data + 3, file->size - 3};
    bool is_wide = begins_with(*file, "\xFE\xFF", 2) || begins_with(*file, "\xFF\xFE", 2) ||
                   memchr(file->data, '\0', file->size < 4 ? file->size : 4);
    if (is_wide || declares_another_encoding(*file)) {
        ijw_fault_add(faults, IJW_RULE_OP192, "", 1, "(de codering is een andere dan UTF-8)");
        return false;
    }
    return true;
}

static void parse(Reading *reading, Bytes file)
{
    for (size_t at = 0; at < file.size && !reading->stopped; at += CHUNK) {
        size_t size = file.size - at < CHUNK ? file.size - at : CHUNK;
        xmlParseChunk(reading->parser, (const char *)file.data + at, (int)size, 0);
    }
    if (!reading->stopped)
        xmlParseChunk(reading->parser, NULL, 0, 1);
    if (!reading->stopped && (!reading->parser->wellFormed || !reading->read.message))
        fault(reading, IJW_RULE_XML, "", "(het bestand houdt halverwege op)");
}

IjwRead ijw_read(Arena *arena, Bytes file, IjwFaults *faults)
{
    Reading reading = {.arena = arena, .faults = faults};
    if (!look_at(&file, faults))
        return reading.read;

    xmlSAXHandler hears = HEARS;
    reading.parser = xmlCreatePushParserCtxt(&hears, &reading, NULL, 0, NULL);
    if (!reading.parser)
        abort();
    xmlCtxtUseOptions(reading.parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
    parse(&reading, file);
    if (reading.parser->myDoc)
        xmlFreeDoc(reading.parser->myDoc);
    xmlFreeParserCtxt(reading.parser);
    free(reading.text);
    return reading.read;
}
