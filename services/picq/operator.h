/*
 * Operator: one fact of an operator through the door, and its receipt told.
 */
#pragma once

#include "picq/options.h"

#include <jansson.h>

typedef struct OperatorOptions {
    DoorSettings door;
    const char *id; /* of the message; NULL: a random one */
    const char *municipality;
    const char *provider;
    bool json;
} OperatorOptions;

/*
 * Each to be a child of a command's parser, with an OperatorOptions as its input. The facts of a
 * conversation must name it: --municipality and --provider.
 */
extern const struct argp operator_options;
extern const struct argp conversation_options;

/* A fact in the words of proto/operator.proto. */
typedef struct OperatorFact {
    const char *name;     /* of its field: "new_day" */
    json_t *body;         /* taken over; NULL: it could not be made, since a text in it is no UTF-8 */
    json_t *told;         /* taken over; more for programs, beside the receipt; may be NULL */
    const char *admitted; /* what people are told when it is */
} OperatorFact;

/* Sends the fact and waits for its receipt. */
ExitStatus operator_say(const char *command, const OperatorOptions *options, OperatorFact fact);
