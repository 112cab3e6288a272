/*
 * Care options: the care that a person fills in, in the words of proto/care.proto.
 */
#pragma once

#include <argp.h>
#include <jansson.h>

typedef struct CareOptions {
    const char *profile; /* NULL: not said; then there is no intensity either */
    const char *intensity;
    json_t *results; /* of care_options_begin, until care_options_end */
    json_t *products;
} CareOptions;

CareOptions care_options_begin(void);
void care_options_end(CareOptions *care);

/* To be a child of a command's parser, with a CareOptions as its input. */
extern const struct argp care_options;

/* Adds pic, results and products to the body of a fact, as far as they were said. */
void care_options_add(const CareOptions *care, json_t *body);
