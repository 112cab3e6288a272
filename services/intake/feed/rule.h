/*
 * Rule: what the messages cannot say of their fields: which may be left out, and what form a text has.
 *
 * A field without a rule must be there and, when it is a text, is a WORD_REFERENCE.
 */
#pragma once

#include "intake/core/word.h"

#include <protobuf-c/protobuf-c.h>

typedef struct FeedRule {
    const ProtobufCMessageDescriptor *message;
    const char *field;
    bool may_be_absent;
    WordKind word;
} FeedRule;

/* The rules of one message stand side by side. */
typedef struct FeedRules {
    const FeedRule *first;
    size_t count;
} FeedRules;

FeedRules feed_rules_of(const ProtobufCMessageDescriptor *message);

/* Never NULL. */
const FeedRule *feed_rule_of(FeedRules rules, const ProtobufCFieldDescriptor *field);

/* All of them, for a test that holds them to the messages. */
FeedRules feed_rules(void);

/* An int32 that is named `day` or `…_day`. */
bool feed_is_day(const ProtobufCFieldDescriptor *field);
