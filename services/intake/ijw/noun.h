/*
 * Noun: what the national messages name.
 *
 * Each noun begins with the line on which it stands; 0 stands for one that is absent. Texts are
 * borrowed from the arena and NULL when absent, a day is 0, a number says itself whether it is given.
 */
#pragma once

#include "base/day.h"
#include "intake/ijw/type.h"

/* Nouns of one kind, side by side. */
typedef struct IjwList {
    void *items;
    size_t count;
    size_t room;
} IjwList;

/* What a return message says of a noun: national return codes. None: it is not in the return. */
typedef struct IjwCodes {
    const char *list[1];
    size_t count;
} IjwCodes;

/* what several messages share */

typedef struct IjwIdentification {
    int32_t line;
    const char *name;
    Day dated;
} IjwIdentification;

typedef struct IjwVersions {
    int32_t line;
    const char *basis;
    const char *message;
} IjwVersions;

typedef struct IjwHeader {
    int32_t line;
    const char *code;
    const char *release;
    const char *subrelease;
    const char *sender;   /* the provider */
    const char *receiver; /* the municipality */
    IjwIdentification identification;
    IjwVersions versions;

    /* of a return message */
    const char *return_name;
    Day return_dated;
    IjwVersions return_versions;
    IjwCodes codes;
} IjwHeader;

typedef struct IjwBirth {
    int32_t line;
    Day day;
    const char *use; /* which part of it is not known */
} IjwBirth;

typedef struct IjwSurname {
    int32_t line;
    const char *name;
    const char *prefix;
} IjwSurname;

typedef struct IjwName {
    int32_t line;
    IjwSurname surname;
    const char *first_names;
    const char *initials;
} IjwName;

typedef struct IjwProduct {
    int32_t line;
    const char *category;
    const char *code;
} IjwProduct;

typedef struct IjwVolume {
    int32_t line;
    IjwWhole volume;
    const char *unit;
    const char *frequency;
} IjwVolume;

typedef struct IjwPeriod {
    int32_t line;
    Day first;
    Day last;
} IjwPeriod;

typedef struct IjwReferrer {
    int32_t line;
    const char *kind;
    const char *name;
    const char *code;
} IjwReferrer;

/* A wrapper around a list. */
typedef struct IjwItems {
    int32_t line;
    IjwList list;
} IjwItems;

/* JW305, JW307: care starts, care stops */

typedef struct IjwStart {
    int32_t line;
    IjwWhole allocation;
    IjwProduct product;
    Day allocated_from;
    Day day;
    const char *status;
    IjwCodes codes;
} IjwStart;

typedef struct IjwStop {
    int32_t line;
    IjwWhole allocation;
    IjwProduct product;
    Day allocated_from;
    Day began;
    const char *reason;
    Day day;
    const char *status;
    IjwCodes codes;
} IjwStop;

/* JW315, JW317: an allocation is asked for, or another one */

typedef struct IjwAsked {
    int32_t line;
    const char *reference;
    IjwWhole decision;
    IjwProduct product;
    Day decided_from;
    Day first;
    Day last;
    IjwVolume volume;
    IjwWhole budget;
    IjwReferrer referrer;
    const char *framework;
    const char *comment;
    IjwCodes codes;
} IjwAsked;

typedef struct IjwUnchanged {
    int32_t line;
    IjwWhole allocation;
    IjwCodes codes;
} IjwUnchanged;

typedef struct IjwChanged {
    int32_t line;
    IjwWhole allocation;
    Day first;
    Day last;
    IjwVolume volume;
    IjwWhole budget;
    IjwCodes codes;
} IjwChanged;

typedef struct IjwAdded {
    int32_t line;
    IjwProduct product;
    Day first;
    Day last;
    IjwVolume volume;
    IjwWhole budget;
    IjwCodes codes;
} IjwAdded;

typedef struct IjwChange {
    int32_t line;
    const char *reference;
    const char *reason;
    IjwItems unchanged; /* of IjwUnchanged */
    IjwItems changed;   /* of IjwChanged */
    IjwItems added;     /* of IjwAdded */
    IjwCodes codes;
} IjwChange;

/* The client of a message about one client. */
typedef struct IjwClient {
    int32_t line;
    const char *bsn;
    IjwBirth birth;
    const char *sex;
    IjwName name;
    const char *guardian_known;
    const char *comment;
    IjwItems starts; /* of IjwStart */
    IjwItems stops;  /* of IjwStop */
    IjwItems asked;  /* of IjwAsked */
    IjwChange change;
    IjwCodes codes;
} IjwClient;

/* JW323: care is declared */

typedef struct IjwLineName {
    int32_t line;
    const char *reference;
    const char *credits;
} IjwLineName;

typedef struct IjwMoney {
    int32_t line;
    IjwWhole cents;
    const char *sign;
} IjwMoney;

typedef struct IjwLine {
    int32_t line;
    IjwLineName name;
    IjwWhole allocation;
    const char *category;
    const char *code;
    IjwPeriod period;
    IjwWhole volume;
    const char *unit;
    IjwWhole tariff;
    IjwMoney amount;
} IjwLine;

typedef struct IjwDeclaredClient {
    int32_t line;
    const char *bsn;
    IjwItems lines; /* of IjwLine */
} IjwDeclaredClient;

typedef struct IjwDeclaration {
    int32_t line;
    const char *number;
    IjwPeriod period;
    Day dated;
    IjwMoney total;
    IjwItems clients; /* of IjwDeclaredClient */
} IjwDeclaration;

/* Any message: a header, and one of the others. */
typedef struct IjwRoot {
    int32_t line;
    IjwHeader header;
    IjwClient client;
    IjwDeclaration declaration;
} IjwRoot;
