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

/* What an answer says of a noun: national return codes, one text each. */
typedef struct IjwCodes {
    int32_t line;
    IjwList list; /* of const char * */
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
    const char *sender;
    const char *receiver;
    IjwIdentification identification;
    IjwVersions versions;

    /* of a return message */
    const char *return_name;
    Day return_dated;
    const char *return_rules; /* their version */
    IjwVersions return_versions;
    IjwCodes codes;

    /* of the answer to a declaration */
    IjwIdentification declared;
    IjwVersions declared_versions;
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
    IjwSurname partner;
    const char *first_names;
    const char *initials;
    const char *use; /* which of the two surnames, and in what order */
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

/* JW301: what is allocated, and JW319: why it is not, or not yet */

typedef struct IjwDwelling {
    int32_t line;
    IjwWhole number;
    const char *letter;
    const char *addition;
} IjwDwelling;

typedef struct IjwAddress {
    int32_t line;
    IjwDwelling house;
    const char *postcode;
    const char *street;
    const char *place;
} IjwAddress;

typedef struct IjwContact {
    int32_t line;
    const char *kind;
    IjwAddress address;
    IjwCodes codes;
} IjwContact;

typedef struct IjwAllocated {
    int32_t line;
    IjwWhole number;
    const char *reference;
    IjwProduct product;
    Day dated;
    const char *time;
    Day first;
    Day last;
    const char *reason;
    IjwVolume volume;
    IjwWhole budget;
    const char *comment;
    IjwCodes codes;
} IjwAllocated;

typedef struct IjwResidence {
    int32_t line;
    const char *municipality;
    IjwCodes codes;
} IjwResidence;

typedef struct IjwReply {
    int32_t line;
    const char *reference;
    const char *answer;
    const char *reason;
    IjwResidence residence;
    IjwCodes codes;
} IjwReply;

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
    IjwItems contacts;  /* of IjwContact */
    IjwItems allocated; /* of IjwAllocated */
    IjwCodes codes;
} IjwClient;

/* JW323: care is declared, and JW325: what of it is not paid */

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
    IjwCodes codes;
} IjwLine;

typedef struct IjwDeclaredClient {
    int32_t line;
    const char *bsn;
    IjwItems lines; /* of IjwLine */
    IjwCodes codes;
} IjwDeclaredClient;

typedef struct IjwDeclaration {
    int32_t line;
    const char *number;
    IjwPeriod period;
    Day dated;
    IjwMoney total;
    IjwMoney approved;
    IjwItems clients; /* of IjwDeclaredClient */
    IjwCodes codes;
} IjwDeclaration;

/* Any message: a header, and one of the others. */
typedef struct IjwRoot {
    int32_t line;
    IjwHeader header;
    IjwClient client;
    IjwReply reply;
    IjwDeclaration declaration;
} IjwRoot;
