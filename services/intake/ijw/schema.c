#include "intake/ijw/schema.h"

#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATH_SIZE_MAX = 4096 };

struct IjwSchemas {
    xmlSchema *of[IJW_MESSAGES];
    xmlSchema *returns[IJW_MESSAGES]; /* NULL where none is made */
};

static void say_nothing(void *context, xmlError *error)
{
    (void)context, (void)error;
}

static xmlSchema *read_schema(const char *folder, const char *name)
{
    char path[PATH_SIZE_MAX];
    snprintf(path, sizeof path, "%s/%s.xsd", folder, name);
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
        const IjwMessage *message = ijw_message(i);
        schemas->of[i] = read_schema(folder, message->name);
        if (schemas->of[i] && message->return_name)
            schemas->returns[i] = read_schema(folder, message->return_name);
        bool is_return = schemas->of[i] && message->return_name && !schemas->returns[i];
        if (!schemas->of[i] || is_return) {
            *wrong_out = is_return ? message->return_name : message->name;
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
    for (size_t i = 0; i < IJW_MESSAGES; i++) {
        xmlSchemaFree(schemas->of[i]);
        xmlSchemaFree(schemas->returns[i]);
    }
    free(schemas);
}

/* The words of the library quote the message, so they are not told. */
static void hear_error(void *context, xmlError *error)
{
    ijw_fault_add(context, IJW_RULE_XSD, "", error->line, "(zo zegt het officiële schema)");
}

static xmlSchema *schema_of(xmlSchema *const *schemas, const IjwMessage *message)
{
    for (size_t i = 0; i < IJW_MESSAGES; i++)
        if (ijw_message(i) == message)
            return schemas[i];
    return NULL;
}

static void hold(xmlSchema *schema, Bytes file, IjwFaults *faults)
{
    xmlSAXHandler nobody = {.initialized = XML_SAX2_MAGIC};
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

void ijw_schemas_check(const IjwSchemas *schemas, const IjwMessage *message, bool is_return, Bytes file,
                       IjwFaults *faults)
{
    hold(schema_of(is_return ? schemas->returns : schemas->of, message), file, faults);
}
