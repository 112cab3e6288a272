#include "intake/feed/rule.h"

#include "operator.pb-c.h"
#include "provider.pb-c.h"

#include <string.h>

#define MUST_BE_THERE false
#define MAY_BE_ABSENT true

static const FeedRule RULES[] = {
#define OF(package, name) &package##__##name##__descriptor
    {OF(provider, message), "id", MUST_BE_THERE, WORD_ID},
    {OF(provider, message), "municipality", MUST_BE_THERE, WORD_MUNICIPALITY},
    {OF(provider, message), "provider", MUST_BE_THERE, WORD_PROVIDER},

    {OF(provider, person), "bsn", MUST_BE_THERE, WORD_BSN},
    {OF(provider, person), "name", MUST_BE_THERE, WORD_PERSON_NAME},

    {OF(provider, allocation_request), "decision", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(provider, allocation_request), "pic", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(provider, allocation_request), "results", MAY_BE_ABSENT, WORD_SENTENCE},
    {OF(provider, allocation_request), "products", MAY_BE_ABSENT, WORD_REFERENCE},

    {OF(provider, change_request), "bsn", MUST_BE_THERE, WORD_BSN},
    {OF(provider, change_request), "first_day", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(provider, change_request), "last_day", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(provider, change_request), "product", MAY_BE_ABSENT, WORD_REFERENCE},

    {OF(provider, start), "bsn", MUST_BE_THERE, WORD_BSN},
    {OF(provider, stop), "bsn", MUST_BE_THERE, WORD_BSN},

    {OF(provider, declaration), "total", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(provider, declaration__client), "bsn", MUST_BE_THERE, WORD_BSN},
    {OF(provider, declaration__line), "tariff", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(provider, declaration__line), "amount", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(provider, declaration__line), "credits", MAY_BE_ABSENT, WORD_REFERENCE},

    {OF(provider, outcome), "bsn", MUST_BE_THERE, WORD_BSN},

    {OF(care, outcome), "goal_reached", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(care, outcome), "dropped_out", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(care, outcome), "satisfaction", MAY_BE_ABSENT, WORD_REFERENCE},

    {OF(operator, message), "id", MUST_BE_THERE, WORD_ID},
    {OF(operator, message), "municipality", MAY_BE_ABSENT, WORD_MUNICIPALITY},
    {OF(operator, message), "provider", MAY_BE_ABSENT, WORD_PROVIDER},

    {OF(operator, new_day), "after_gap", MAY_BE_ABSENT, WORD_REFERENCE},

    {OF(operator, book_proposed__file), "text", MUST_BE_THERE, WORD_DOCUMENT},

    {OF(operator, care_taken_over), "pic", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, care_taken_over), "results", MAY_BE_ABSENT, WORD_SENTENCE},
    {OF(operator, care_taken_over), "referrer", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, care_taken_over), "care_periods", MAY_BE_ABSENT, WORD_REFERENCE},

    {OF(operator, request_granted), "reference", MUST_BE_THERE, WORD_INVOICE},
    {OF(operator, request_granted), "reason", MUST_BE_THERE, WORD_SENTENCE},
    {OF(operator, request_granted), "pic", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, request_granted), "results", MAY_BE_ABSENT, WORD_SENTENCE},
    {OF(operator, request_granted), "products", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, request_refused), "reference", MUST_BE_THERE, WORD_INVOICE},
    {OF(operator, request_refused), "reason", MUST_BE_THERE, WORD_SENTENCE},

    {OF(operator, conversion), "pic", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, conversion), "results", MAY_BE_ABSENT, WORD_SENTENCE},
    {OF(operator, conversion), "products", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, conversion), "consent", MAY_BE_ABSENT, WORD_SENTENCE},

    {OF(operator, payment_made), "declaration", MUST_BE_THERE, WORD_INVOICE},

    {OF(operator, year_proposed), "reopened", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, year_proposed), "reason", MAY_BE_ABSENT, WORD_SENTENCE},
    {OF(operator, year_approved), "reopened", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, payment_approved), "payment", MUST_BE_THERE, WORD_SENTENCE},
    {OF(operator, payment_approved), "declaration", MUST_BE_THERE, WORD_INVOICE},

    {OF(operator, allocation_ended), "consent", MAY_BE_ABSENT, WORD_SENTENCE},

    {OF(operator, care_moved), "to_municipality", MAY_BE_ABSENT, WORD_MUNICIPALITY},
    {OF(operator, care_moved), "to_provider", MAY_BE_ABSENT, WORD_PROVIDER},
    {OF(operator, care_moved), "pic", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, care_moved), "results", MAY_BE_ABSENT, WORD_SENTENCE},
    {OF(operator, care_moved), "products", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, care_moved), "consent", MAY_BE_ABSENT, WORD_SENTENCE},

    {OF(operator, client_died), "bsn", MUST_BE_THERE, WORD_BSN},
    {OF(operator, client_died), "withdrawn", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, bsn_corrected), "bsn", MUST_BE_THERE, WORD_BSN},
    {OF(operator, bsn_corrected), "correct_bsn", MUST_BE_THERE, WORD_BSN},

    {OF(operator, case_closed), "case", MUST_BE_THERE, WORD_SENTENCE},
    {OF(operator, case_closed), "reason", MUST_BE_THERE, WORD_SENTENCE},
    {OF(operator, persons_forgotten), "reason", MUST_BE_THERE, WORD_SENTENCE},

    {OF(operator, set_aside_retried), "message_id", MUST_BE_THERE, WORD_SENTENCE},
    {OF(operator, set_aside_retried), "reason", MUST_BE_THERE, WORD_SENTENCE},
    {OF(operator, set_aside_dropped), "message_id", MUST_BE_THERE, WORD_SENTENCE},
    {OF(operator, set_aside_dropped), "reason", MUST_BE_THERE, WORD_SENTENCE},

    {OF(operator, key_given__agb), "provider", MUST_BE_THERE, WORD_PROVIDER},
    {OF(operator, key_given__agb), "period", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, key_given), "key", MUST_BE_THERE, WORD_KEY},
    {OF(operator, key_given), "owner", MUST_BE_THERE, WORD_OWNER},
    {OF(operator, key_given), "providers", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, key_given), "is_operator", MAY_BE_ABSENT, WORD_REFERENCE},
    {OF(operator, key_given), "municipalities", MAY_BE_ABSENT, WORD_MUNICIPALITY_OR_ALL},
    {OF(operator, key_revoked), "key", MUST_BE_THERE, WORD_KEY},
    {OF(operator, key_revoked), "reason", MUST_BE_THERE, WORD_SENTENCE},
#undef OF
};

enum { RULE_COUNT = sizeof RULES / sizeof RULES[0] };

static const FeedRule PLAIN = {.may_be_absent = MUST_BE_THERE, .word = WORD_REFERENCE};

FeedRules feed_rules(void)
{
    return (FeedRules){RULES, RULE_COUNT};
}

FeedRules feed_rules_of(const ProtobufCMessageDescriptor *message)
{
    size_t first = 0;
    while (first < RULE_COUNT && RULES[first].message != message)
        first++;
    size_t count = 0;
    while (first + count < RULE_COUNT && RULES[first + count].message == message)
        count++;
    return (FeedRules){RULES + first, count};
}

const FeedRule *feed_rule_of(FeedRules rules, const ProtobufCFieldDescriptor *field)
{
    for (size_t i = 0; i < rules.count; i++)
        if (strcmp(rules.first[i].field, field->name) == 0)
            return &rules.first[i];
    return &PLAIN;
}

bool feed_is_day(const ProtobufCFieldDescriptor *field)
{
    if (field->type != PROTOBUF_C_TYPE_INT32)
        return false;
    size_t size = strlen(field->name);
    return strcmp(field->name, "day") == 0 || (size > 4 && strcmp(field->name + size - 4, "_day") == 0);
}
