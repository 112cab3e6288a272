/*
 * Message: the national messages, each described once.
 *
 * A description says of each element where it stands, what it holds, whether it must be there, and
 * where it goes in the noun. Reading follows it, and so does writing. A return message has the
 * description of what it returns: each class that is judged has its codes as one more element.
 */
#pragma once

#include "intake/ijw/noun.h"

#define IJW_BASIS_NAMESPACE "http://www.istandaarden.nl/ijw/3_2/basisschema/schema"

typedef struct IjwClass IjwClass;

typedef enum IjwNeed {
    IJW_MUST, /* once */
    IJW_MAY,  /* once or not at all */
    IJW_MANY, /* once or more: the element of a wrapper, which holds elements, or a text */
} IjwNeed;

typedef struct IjwElement {
    const char *name;
    IjwNeed need;
    size_t offset;         /* in the noun of its class; of IJW_MANY that of its list */
    IjwTypeName type;      /* when it holds a value */
    const IjwClass *class; /* when it holds elements; else NULL */
} IjwElement;

/* What holds elements, in this order. */
struct IjwClass {
    bool is_basis; /* its elements stand in the namespace of the basic schema */
    size_t size;   /* of its noun */
    const IjwElement *elements;
    size_t count;
    bool is_judged; /* its return codes are one more element, in a return message */
};

typedef struct IjwMessage {
    unsigned bit;     /* IJW_305 */
    const char *name; /* "JW305" */
    const char *code; /* in its header */
    bool is_received; /* by a municipality; else it sends it */
    const char *space;
    const IjwClass *root;

    /* the return message: the same elements, with a longer header, and codes behind each class that is judged */
    const char *return_name; /* NULL: it is made otherwise */
    const char *return_code;
    const char *return_space;
    const IjwClass *return_root;
} IjwMessage;

enum { IJW_MESSAGES = 8 };

const IjwMessage *ijw_message(size_t number);

/* NULL when no message, and no return message, has this namespace. */
const IjwMessage *ijw_message_of(const char *space, bool *is_return_out);

static inline size_t ijw_elements(const IjwClass *class, bool is_return)
{
    return class->count + (is_return && class->is_judged);
}

/* Where the codes of a class that is judged go. */
static inline IjwCodes *ijw_codes(const IjwClass *class, void *noun)
{
    return (IjwCodes *)(void *)((char *)noun + class->elements[class->count].offset);
}
