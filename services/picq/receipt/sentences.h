/*
 * Sentences: all that a receipt says, in Dutch and in English beside each other.
 *
 * What stands between braces is filled in. A sentence is for somebody who checks accounts: no
 * word of how the system works.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum Language { DUTCH, ENGLISH, LANGUAGES } Language;

#define SENTENCES(X)                                                                                                     \
    /* who, what, when */                                                                                                \
    X(DECLARED,                                                                                                          \
      "{provider} declareerde op {known} bij de gemeente {municipality}, in declaratie {document} onder {reference}: "   \
      "{care}, {volume}, van {first} tot en met {last} (toewijzing {allocation}, cliënt {client}).",                     \
      "On {known} {provider} declared to the municipality of {municipality}, in declaration {document} under "           \
      "{reference}: {care}, {volume}, from {first} to {last} (allocation {allocation}, client {client}).")               \
    X(REJECTED_WITH_CODE, "De regel is afgekeurd met de landelijke retourcode {code}: {why}",                            \
      "The line was rejected with national return code {code}: {why}.")                                                  \
    X(REJECTED, "De regel is afgekeurd: {why}", "The line was rejected: {why}.")                                         \
    X(CREDITED,                                                                                                          \
      "Op {known} heeft {provider} de regel gecrediteerd met {reference}, in declaratie {document}: {amount}.",          \
      "On {known} {provider} credited the line with {reference}, in declaration {document}: {amount}.")                  \
    X(CREDIT_REJECTED,                                                                                                   \
      "{provider} wilde op {known} de regel {credits} crediteren met {reference}, in declaratie {document}.",            \
      "On {known} {provider} asked to credit line {credits} with {reference}, in declaration {document}.")               \
                                                                                                                         \
    X(UNKNOWN, "niet bekend", "not known")                                                                               \
                                                                                                                         \
    /* what was agreed where */                                                                                          \
    X(TARIFF, "Het tarief is {price} per {unit}, volgens {where}.", "The tariff is {price} per {unit}, by {where}.")     \
    X(TRAJECTORY_PRICE, "De prijs van het hele traject is {price}, volgens {where}.",                                    \
      "The price of the whole trajectory is {price}, by {where}.")                                                       \
    X(TRAJECTORY_CAP,                                                                                                    \
      "Voor het hele traject wordt ten hoogste {price} betaald, minder dan het tarief, volgens {where}.",                \
      "For the whole trajectory {price} is paid at most, less than the tariff, by {where}.")                             \
    X(YEAR_PRICE, "De prijs van een jaar is {price}, volgens {where}.", "The price of a year is {price}, by {where}.")   \
    X(TERMS, "Hoe dat wordt betaald staat in {where}.", "How that is paid stands in {where}.")                           \
    X(WHERE, "het besluit ‘{decision}’ van {decided} (boek {book}, {file} regel {line})",                                \
      "the decision ‘{decision}’ of {decided} (book {book}, {file} line {line})")                                        \
    X(WHERE_RESTING,                                                                                                     \
      "‘{rests_on}’, vastgelegd in het besluit ‘{decision}’ van {decided} (boek {book}, {file} regel {line})",           \
      "‘{rests_on}’, laid down in the decision ‘{decision}’ of {decided} (book {book}, {file} line {line})")             \
    X(SYNTHETIC, "{where}; dit is niet openbaar en hier synthetisch", "{where}; it is not public, and synthetic here")   \
    X(DECISION, "het besluit ‘{decision}’ van {decided} (boek {book})",                                                  \
      "the decision ‘{decision}’ of {decided} (book {book})")                                                            \
                                                                                                                         \
    /* how the amount follows */                                                                                         \
    X(VOLUME_TIMES_TARIFF, "Het bedrag is {volume} × {price} = {amount}; daar is niets aan afgerond.",                   \
      "The amount is {volume} × {price} = {amount}; nothing is rounded.")                                                \
    X(MINUTES_AT_HOUR_TARIFF,                                                                                            \
      "Het bedrag is {price} × {volume} / 60 = {amount}, één keer afgerond op hele centen, een halve cent naar "      \
      "boven.",                                                                                                          \
      "The amount is {price} × {volume} / 60 = {amount}, rounded once to the cent, half a cent up.")                     \
    X(VOLUME_IN_CENTS, "Het gedeclareerde bedrag telt zelf: {amount}.",                                                  \
      "The amount declared counts itself: {amount}.")                                                                    \
    X(START_PART,                                                                                                        \
      "Bij de start van de hulp is {share} daarvan verschuldigd: {price} × {share} = {amount}, afgerond op hele "       \
      "centen, een halve cent naar boven.",                                                                              \
      "When care starts, {share} of it is owed: {price} × {share} = {amount}, rounded to the cent, half a cent up.")     \
    X(END_PART,                                                                                                          \
      "Bij het einde van de hulp is de rest verschuldigd: {price} − {start} = {amount}; het startdeel is afgerond op " \
      "hele centen, een halve cent naar boven.",                                                                         \
      "When care ends, the rest is owed: {price} − {start} = {amount}; the start part is rounded to the cent, half a " \
      "cent up.")                                                                                                        \
    X(END_PART_EARLY,                                                                                                    \
      "De hulp eindigde eerder dan gepland, en van de rest is {part} verschuldigd: ({price} − {start}) × {part} = "   \
      "{amount}, afgerond op hele centen, een halve cent naar boven.",                                                   \
      "Care ended earlier than planned, and {part} of the rest is owed: ({price} − {start}) × {part} = {amount}, "    \
      "rounded to the cent, half a cent up.")                                                                            \
    X(WHOLE,                                                                                                             \
      "Start en einde vallen in dezelfde periode, dus beide delen zijn verschuldigd: {start} + ({price} − {start}) = " \
      "{amount}.",                                                                                                       \
      "Start and end fall in the same period, so both parts are owed: {start} + ({price} − {start}) = {amount}.")        \
    X(WHOLE_EARLY,                                                                                                       \
      "Start en einde vallen in dezelfde periode. Omdat de hulp eerder eindigde dan gepland, is van de rest {part} "     \
      "verschuldigd: {start} + ({price} − {start}) × {part} = {amount}, elk deel afgerond op hele centen, een halve " \
      "cent naar boven.",                                                                                                \
      "Start and end fall in the same period. Since care ended earlier than planned, {part} of the rest is owed: "       \
      "{start} + ({price} − {start}) × {part} = {amount}, each part rounded to the cent, half a cent up.")               \
    X(MONTH_PART,                                                                                                        \
      "Voor maand {month} is een twaalfde daarvan verschuldigd: {amount}. De twaalf maanden zijn zo afgerond op hele "   \
      "centen dat zij samen precies de jaarprijs zijn.",                                                                 \
      "For month {month} one twelfth of it is owed: {amount}. The twelve months are rounded to the cent so that "        \
      "together they are exactly the price of the year.")                                                                \
    X(MONTH_PART_EARLY,                                                                                                  \
      "Voor maand {month} is een twaalfde daarvan {month_price}. Daarvan is volgens de afspraken {part} "                \
      "verschuldigd: "                                                                                                   \
      "{month_price} × {part} = {amount}, afgerond op hele centen, een halve cent naar boven.",                          \
      "For month {month} one twelfth of it is {month_price}. By the terms {part} of that is owed: {month_price} × "     \
      "{part} = {amount}, rounded to the cent, half a cent up.")                                                         \
    X(PRO_RATA_END,                                                                                                      \
      "De hulp eindigde eerder dan gepland, en van de hele prijs is {part} verschuldigd, min wat bij de start "          \
      "verschuldigd was: {price} × {part} − {start} = {amount}, afgerond op hele centen, een halve cent naar boven.",    \
      "Care ended earlier than planned, and {part} of the whole price is owed, less what was owed at the start: "        \
      "{price} × {part} − {start} = {amount}, rounded to the cent, half a cent up.")                                     \
    X(PRO_RATA_WHOLE,                                                                                                    \
      "Start en einde vallen in dezelfde periode. De hulp eindigde eerder dan gepland, en van de hele prijs is "         \
      "{part} "                                                                                                          \
      "verschuldigd, maar ten minste het startdeel van {start}: {amount}, afgerond op hele centen, een halve cent "      \
      "naar "                                                                                                            \
      "boven.",                                                                                                          \
      "Start and end fall in the same period. Care ended earlier than planned, and {part} of the whole price is "        \
      "owed, "                                                                                                           \
      "but at least the start part of {start}: {amount}, rounded to the cent, half a cent up.")                          \
    X(NONE, "Er is niets verschuldigd.", "Nothing is owed.")                                                             \
                                                                                                                         \
    /* what corrections made of it */                                                                                    \
    X(SELF_BILLED,                                                                                                       \
      "Op {known} werd {where} bekend. Daarom is {credits} teruggenomen met {credit} ({taken}) en vervangen door "       \
      "{reference}: {amount} ({document}).",                                                                             \
      "On {known} {where} became known. Therefore {credits} was taken back by {credit} ({taken}) and replaced by "       \
      "{reference}: {amount} ({document}).")                                                                             \
    X(EXPECTED,                                                                                                          \
      "Op {known} werd {where} bekend. Daarna komt de regel op {after}. De aanbieder is gevraagd hem te crediteren "     \
      "en "                                                                                                              \
      "opnieuw te declareren ({document}); tot dan is een correctie van {amount} te verwachten.",                        \
      "On {known} {where} became known. After it the line comes to {after}. The provider was asked to credit it and "    \
      "declare it anew ({document}); until then a correction of {amount} is expected.")                                  \
    X(SETTLED,                                                                                                           \
      "Op {known} werd {where} bekend. Daarna komt de regel op {after}; het verschil van {amount} is verrekend in "      \
      "één "                                                                                                           \
      "bedrag voor het jaar ({document}).",                                                                              \
      "On {known} {where} became known. After it the line comes to {after}; the difference of {amount} is settled in "   \
      "one amount for the year ({document}).")                                                                           \
    X(TAKEN_BACK_BY_CREDIT, "Met de creditregel {credit} vervalt ook de eerdere correctie ({document}): {amount}.",      \
      "With the credit line {credit} the earlier correction ({document}) lapses too: {amount}.")                         \
    X(TAKEN_BACK, "De eerdere correctie ({document}) vervalt daarmee: {amount}.",                                        \
      "The earlier correction ({document}) lapses with it: {amount}.")                                                   \
    X(NET, "Alles bij elkaar komt de regel op {net}.", "All together the line comes to {net}.")                          \
                                                                                                                         \
    /* whether the cent still comes out */                                                                               \
    X(AGREES, "Opnieuw berekend uit de bewaarde gegevens klopt het bedrag tot op de cent, en de vingerafdruk ook.",      \
      "Computed again from what is stored, the amount is right to the cent, and so is the digest.")                      \
    X(ALL_AGREE,                                                                                                         \
      "Opnieuw berekend uit de bewaarde gegevens kloppen alle {count} bedragen tot op de cent, en de vingerafdrukken "   \
      "ook.",                                                                                                            \
      "Computed again from what is stored, all {count} amounts are right to the cent, and so are the digests.")          \
    X(AMOUNT_DISAGREES,                                                                                                  \
      "LET OP: het bedrag van {reference} klopt niet. Bewaard is {amount}, opnieuw berekend {recomputed}.",              \
      "MIND: the amount of {reference} is not right. Stored is {amount}, computed again {recomputed}.")                  \
    X(DIGEST_DISAGREES,                                                                                                  \
      "LET OP: de vingerafdruk van {reference} klopt niet: er is iets veranderd aan wat bewaard is.",                    \
      "MIND: the digest of {reference} is not right: something of what is stored was changed.")                          \
                                                                                                                         \
    /* the table of inputs */                                                                                            \
    X(LABEL_LINE, "regel", "line")                                                                                       \
    X(LABEL_FORMULA, "formule", "formula")                                                                               \
    X(LABEL_PRICE, "prijs", "price")                                                                                     \
    X(LABEL_VOLUME, "volume", "volume")                                                                                  \
    X(LABEL_MONTH, "maand", "month")                                                                                     \
    X(LABEL_SHARE, "startdeel", "start share")                                                                           \
    X(LABEL_PART, "deel", "part")                                                                                        \
    X(LABEL_AMOUNT, "bedrag", "amount")                                                                                  \
    X(LABEL_RECOMPUTED, "opnieuw", "again")                                                                              \
    X(LABEL_PRICE_AT, "prijs uit", "price from")                                                                         \
    X(LABEL_TERMS_AT, "afspraken uit", "terms from")                                                                     \
    X(LABEL_CONTRACT, "contract", "contract")                                                                            \
    X(LABEL_GRANTED, "toegewezen onder", "granted under")                                                                \
    X(LABEL_RATED, "berekend onder", "rated under")                                                                      \
    X(LABEL_DIGEST, "vingerafdruk van {reference}", "digest of {reference}")                                             \
    X(BOOK, "boek {book}", "book {book}")

/* What volumes are counted in: one, and several. */
#define UNIT_WORDS(X)                                                    \
    X(MINUTE, "minuut", "minuten", "minute", "minutes")                  \
    X(HOUR, "uur", "uur", "hour", "hours")                               \
    X(DAY, "etmaal", "etmalen", "day and night", "days and nights")      \
    X(DAY_PART, "dagdeel", "dagdelen", "part of a day", "parts of days") \
    X(OUTPUT, "stuk", "stuks", "piece", "pieces")                        \
    X(PIECE, "stuk", "stuks", "piece", "pieces")

/* clang-format off */
#define MONTH_WORDS(X)          \
    X("januari", "January")     \
    X("februari", "February")   \
    X("maart", "March")         \
    X("april", "April")         \
    X("mei", "May")             \
    X("juni", "June")           \
    X("juli", "July")           \
    X("augustus", "August")     \
    X("september", "September") \
    X("oktober", "October")     \
    X("november", "November")   \
    X("december", "December")
/* clang-format on */

typedef enum Sentence {
#define SENTENCE_VALUE(name, dutch, english) SENTENCE_##name,
    SENTENCES(SENTENCE_VALUE)
#undef SENTENCE_VALUE
        SENTENCE_COUNT,
} Sentence;

const char *sentence_words(Sentence sentence, Language language);

/* SENTENCE_COUNT when none is called so. */
Sentence sentence_named(const char *name);

/* What stands in a place between braces. */
typedef struct Slot {
    const char *name;
    const char *text;
} Slot;

/* "minuten" for MINUTE; the name itself when it is none of the list. */
const char *unit_words(const char *unit, bool several, Language language);

/* "1 maart 2020" for 2020-03-01; what is no day as it is. */
const char *day_words(Arena *arena, const char *day, Language language);

/* The sentence with its places filled in; a place that nobody fills stays as it is. */
const char *sentence_fill(Arena *arena, Sentence sentence, Language language, const Slot *slots, size_t count);
