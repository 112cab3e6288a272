#include "intake/ijw/schema.h"

#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATH_SIZE_MAX = 4096 };

struct IjwSchemas {
    xmlSchema *of[IJW_MESSAGES];
};

static void say_nothing(void *context, xmlError *error)
{
    (void)context, (void)error;
}

static xmlSchema *read_schema(const char *path)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(path);
    if (!parser)
        return NULL;
    xmlSchemaSetParserStructuredErrors(parser, say_nothing, NULL);
    xmlSchema *schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    return schema;
}

IjwSchemas *ijw_schemas_open(const char *folder, const char **wrong_out)
{
    IjwSchemas *schemas = calloc(1, sizeof *schemas);
    if (!schemas)
        abort();
    for (size_t i = 0; i < IJW_MESSAGES; i++) {
        char path[PATH_SIZE_MAX];
        snprintf(path, sizeof path, "%s/%s.xsd", folder, ijw_message(i)->name);
        schemas->of[i] = read_schema(path);
        if (!schemas->of[i]) {
            *wrong_out = ijw_message(i)->name;
            ijw_schemas_free(schemas);
            return NULL;
        }
    }
    return schemas;
}

void ijw_schemas_free(IjwSchemas *schemas)
{
    if (!schemas)
        return;
    for (size_t i = 0; i < IJW_MESSAGES; i++)
        xmlSchemaFree(schemas->of[i]);
    free(schemas);
}

/* The words of the library quote the message, so they are not told. */
static void hear_error(void *context, xmlError *error)
{
    ijw_fault_add(context, IJW_RULE_XSD, "", error->line, "(zo zegt het officiële schema)");
}

static const xmlSchema *schema_of(const IjwSchemas *schemas, const IjwMessage *message)
{
    for (size_t i = 0; i < IJW_MESSAGES; i++)
        if (ijw_message(i) == message)
            return schemas->of[i];
    return NULL;
}

void ijw_schemas_check(const IjwSchemas *schemas, const IjwMessage *message, Bytes file, IjwFaults *faults)
{
    xmlSAXHandler nobody = {.initialized = XML_SAX2_MAGIC};
    xmlSchema *schema = (xmlSchema *)(uintptr_t)schema_of(schemas, message);
    xmlSchemaValidCtxt *judge = xmlSchemaNewValidCtxt(schema);
    xmlParserInputBuffer *input = xmlParserInputBufferCreateMem((const char *)file.data, (int)file.size, 0);
    if (!judge || !input)
        abort();
    xmlSchemaSetValidStructuredErrors(judge, hear_error, faults);
    int verdict = xmlSchemaValidateStream(judge, input, 0, &nobody, NULL);
    if (verdict != 0 && faults->count == 0)
        ijw_fault_add(faults, IJW_RULE_XSD, "", 0, "(zo zegt het officiële schema)");
    xmlSchemaFreeValidCtxt(judge);
}
