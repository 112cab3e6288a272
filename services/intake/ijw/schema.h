/*
 * Schema: the official schemas of a folder, held against a message after our own reading of it.
 *
 * They are read at the beginning, while files can still be opened.
 */
#pragma once

#include "intake/ijw/read.h"

typedef struct IjwSchemas IjwSchemas;

/* Reads JW305.xsd and its like, and those of the return messages; NULL, with the name of the one that could not be read, when one is missing or wrong. */
IjwSchemas *ijw_schemas_open(const char *folder, const char **wrong_out);
void ijw_schemas_free(IjwSchemas *schemas);

/* Adds what the official schema says. Of a file without faults of the file itself. */
void ijw_schemas_check(const IjwSchemas *schemas, const IjwMessage *message, bool is_return, Bytes file,
                       IjwFaults *faults);
