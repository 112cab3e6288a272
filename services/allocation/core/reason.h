/*
 * Reason: why this house judged as it did, stated once.
 *
 * The C name, the name on the street, the national return code where there is one, the
 * sentence for whoever reads the code and the one that a provider or municipality receives
 * all come from this list.
 */
#pragma once

#include <stddef.h>

/* What follows from a reason. */
typedef enum Verdict {
    VERDICT_GRANTS,  /* it is so from now on */
    VERDICT_REFUSES, /* it is not, and the sender may try otherwise */
    VERDICT_REFERS,  /* a person must judge; a refusal to an operator, who is that person */
    VERDICT_MISFITS, /* a notice or a declared line that belongs to no allocation as it says it does */
} Verdict;

/* name, verdict, national code, English, Dutch */
#define ALLOCATION_REASONS(X)                                                                                          \
    /* granted */                                                                                                      \
    X(GRANTED_BY_RULE, GRANTS, "", "a contract covers the care and a rule of the book may grant it",                   \
      "Het verzoek is toegewezen.")                                                                                    \
    X(GRANTED_AS_BOUND, GRANTS, "", "the referrer's decision binds the municipality",                                  \
      "De bepaling van de verwijzer is bindend; de zorg is toegewezen.")                                               \
    X(GRANTED_BY_PERSON, GRANTS, "", "a person of the municipality granted the request",                               \
      "De gemeente heeft het verzoek beoordeeld en toegewezen.")                                                       \
    X(GRANTED_UNASKED, GRANTS, "", "the municipality grants care that no provider asked for",                          \
      "De gemeente heeft deze zorg toegewezen.")                                                                       \
    X(TAKEN_OVER, GRANTS, "", "running care goes on under its old number", "De lopende toewijzing is overgenomen.")    \
    X(TAKEN_OVER_UNCOVERED, GRANTS, "", "running care goes on, though no contract covers all of its days",             \
      "De lopende toewijzing is overgenomen; niet op elke dag dekt een contract de zorg.")                             \
    X(CHANGED_AS_ASKED, GRANTS, "", "the number may change in this way", "De toewijzing is gewijzigd.")                \
    X(CHANGED_BY_NEW_NUMBER, GRANTS, "", "the number may not change in this way, so another one follows it",           \
      "De wijziging is toegewezen onder een nieuw nummer.")                                                            \
    X(REMOVED_BEFORE_BEGIN, GRANTS, "", "the allocation ends before it began",                                         \
      "De toewijzing is verwijderd voordat zij inging.")                                                               \
    X(CONVERTED, GRANTS, "", "the care goes on under the funding in force",                                            \
      "De toewijzing is omgezet naar de geldende bekostiging.")                                                        \
    X(ENDED_AS_SAID, GRANTS, "", "the care ends here on the day that the municipality said",                           \
      "De toewijzing is beëindigd.")                                                                                   \
    X(CLIENT_DIED, GRANTS, "", "the client died", "De cliënt is overleden; de toewijzingen eindigen op die dag.")      \
    X(CLIENT_JOINED, GRANTS, "", "the client is known by another reference", "Het BSN van de cliënt is verbeterd.")    \
    /* what was asked can't be read as care */                                                                         \
    X(REFERENCE_USED, REFUSES, "9347", "the provider used this reference before",                                      \
      "Deze referentie is al eerder gebruikt.")                                                                        \
    X(REQUEST_ALREADY_PENDING, REFUSES, "9374", "a request for this client with this provider still waits",            \
      "Er is al een verzoek voor deze cliënt in behandeling.")                                                         \
    X(PERIOD_IS_EMPTY, REFUSES, "", "the last day comes before the first", "De einddatum ligt voor de ingangsdatum.")  \
    X(MUNICIPALITY_UNKNOWN, REFUSES, "", "the municipality is none of the region's on the first day",                  \
      "De gemeente hoort op de ingangsdatum niet bij deze regio.")                                                     \
    X(SEGMENT_UNKNOWN, REFUSES, "", "the book has no such segment", "Dit segment komt in de afspraken niet voor.")     \
    X(PRODUCT_UNKNOWN, REFUSES, "", "the book has no such product in this segment and category",                       \
      "Dit product komt binnen het segment en de categorie niet voor.")                                                \
    X(PRODUCT_NAMED_TWICE, REFUSES, "0001", "one product is asked twice for the same days",                            \
      "Hetzelfde product komt meer dan eens voor in dezelfde periode.")                                                \
    X(UNIT_NOT_OF_PRODUCT, REFUSES, "", "the product is not counted in this unit",                                     \
      "De eenheid past niet bij het product.")                                                                         \
    X(END_DATE_MISSING, REFUSES, "", "this care needs a last day", "Voor deze toewijzing is een einddatum verplicht.") \
    X(DECISION_NOT_NAMED, REFUSES, "", "the municipality refers, and its decision is not named",                       \
      "Bij verwijzing door de gemeente moet de beschikking genoemd zijn.")                                             \
    X(CLIENT_TOO_OLD, REFUSES, "", "the client has reached the age at which youth care ends",                          \
      "De cliënt is op de ingangsdatum te oud voor jeugdhulp.")                                                        \
    X(PIC_MISSING, REFUSES, "", "the care is given by profile and intensity, and none is named",                       \
      "Het profiel en de intensiteit ontbreken.")                                                                      \
    X(PIC_UNKNOWN, REFUSES, "", "the book has no such profile or intensity",                                           \
      "Deze combinatie van profiel en intensiteit komt in de afspraken niet voor.")                                    \
    X(RESULTS_MISSING, REFUSES, "", "the care is given by profile and intensity, and no result is set",                \
      "De te behalen resultaten ontbreken.")                                                                           \
    /* it is care, but not agreed */                                                                                   \
    X(NO_CONTRACT, REFUSES, "", "no contract covers the care on any day",                                              \
      "Er is voor deze zorg geen contract met de aanbieder.")                                                          \
    X(CONTRACT_HAS_GAP, REFUSES, "", "on some days no contract covers the care",                                       \
      "Niet op elke dag van de periode dekt een contract de zorg.")                                                    \
    X(PRODUCT_NOT_IN_CONTRACT, REFUSES, "", "the provider's contract does not hold this product",                      \
      "Het product valt niet onder het contract van de aanbieder.")                                                    \
    X(PIC_NOT_IN_CONTRACT, REFUSES, "", "the provider's contract does not hold this PIC",                              \
      "De combinatie van profiel en intensiteit valt niet onder het contract van de aanbieder.")                       \
    X(CEILING_REACHED, REFUSES, "", "the provider's ceiling for new allocations is reached",                           \
      "Het plafond van de aanbieder voor nieuwe toewijzingen is bereikt.")                                             \
    /* a person must judge */                                                                                          \
    X(COHORT_UNKNOWN, REFERS, "", "the book does not say whether the client counts as new or existing",                \
      "De gemeente beoordeelt of de cliënt nieuw is of al in zorg was.")                                               \
    X(FUNDING_UNKNOWN, REFERS, "", "the book does not say how this care is funded on every day",                       \
      "De gemeente beoordeelt hoe deze zorg bekostigd wordt.")                                                         \
    X(PRODUCTS_MISSING, REFERS, "", "the care is paid by product, and no product is named",                            \
      "De zorg wordt per product betaald en er is geen product genoemd; de gemeente beoordeelt het verzoek.")          \
    X(VOLUME_MISSING, REFERS, "", "a volume, unit or frequency is missing, and the book puts nothing in its place",    \
      "De omvang is niet volledig en de afspraken vullen haar niet aan; de gemeente beoordeelt het verzoek.")          \
    X(PIC_WITHOUT_PRICE, REFERS, "", "the book has no product code, tariff or terms for this PIC",                     \
      "Voor deze combinatie van profiel en intensiteit is geen bedrag afgesproken; de gemeente beoordeelt het "        \
      "verzoek.")                                                                                                      \
    X(COMES_OF_AGE, REFERS, "", "the client reaches the age at which youth care ends within the period",               \
      "De cliënt bereikt binnen de periode de leeftijdsgrens; de gemeente beoordeelt het verzoek.")                    \
    X(PERSON_MUST_JUDGE, REFERS, "", "no rule may grant this volume on the word of this referrer",                     \
      "De gemeente beoordeelt het verzoek.")                                                                           \
    /* a person's word */                                                                                              \
    X(REQUEST_UNKNOWN, REFUSES, "", "no request with this reference was heard",                                        \
      "Er is geen verzoek met deze referentie.")                                                                       \
    X(REQUEST_ALREADY_JUDGED, REFUSES, "", "the request was granted or refused before",                                \
      "Het verzoek is al beoordeeld.")                                                                                 \
    X(REFUSED_BY_PERSON, REFUSES, "", "a person of the municipality refused the request",                              \
      "De gemeente heeft het verzoek afgewezen.")                                                                      \
    /* take-over, change and conversion */                                                                             \
    X(NUMBER_USED, REFUSES, "9332", "the municipality has an allocation with this number",                             \
      "Dit toewijzingnummer is al in gebruik.")                                                                        \
    X(NUMBER_ABOVE_FLOOR, REFUSES, "", "the number lies where the region gives out its own",                           \
      "Dit toewijzingnummer valt in de reeks die de regio zelf uitgeeft.")                                             \
    X(NOT_RUNNING, REFUSES, "9351", "the provider has no running allocation with this number",                         \
      "Er is geen actuele toewijzing met dit nummer bij deze aanbieder.")                                              \
    X(NOTHING_CHANGES, REFUSES, "0001", "what is asked is what is allocated", "Het verzoek wijzigt niets.")            \
    X(CHANGE_OF_WHOLE_PERIOD, REFUSES, "9373", "another end or total concerns the whole period, not a part of it",     \
      "Een ander totaal of een andere einddatum geldt voor de hele periode van de toewijzing.")                        \
    X(CHANGE_IN_PAST, REFUSES, "9357", "care of the past does not change",                                             \
      "Een wijziging die niet voor de hele periode geldt, moet in de toekomst ingaan.")                                \
    X(CHANGE_OUTSIDE_PERIOD, REFUSES, "", "the change begins on no day of the allocation",                             \
      "De gewenste ingangsdatum ligt buiten de toewijzing.")                                                           \
    X(PIC_AMOUNT_IS_FIXED, REFUSES, "", "the amount of a PIC follows from its tariff",                                 \
      "Het bedrag van een profiel en intensiteit volgt uit het tarief en wijzigt niet op verzoek.")                    \
    X(CARE_HAS_BEGUN, REFUSES, "", "an allocation that has begun is not removed",                                      \
      "De toewijzing is al ingegaan en kan niet worden verwijderd.")                                                   \
    X(DAY_NOT_INSIDE, REFUSES, "", "the allocation does not run both before and on the day of conversion",             \
      "De toewijzing loopt niet zowel voor als op de dag van omzetting.")                                              \
    X(CONSENT_MISSING, REFUSES, "", "an end in the past needs the provider's recorded consent",                        \
      "Een einde in het verleden vraagt de vastgelegde instemming van de aanbieder.")                                  \
    X(END_REASON_WRONG, REFUSES, "", "an allocation does not end for this reason, or none was named",                  \
      "Om deze reden eindigt een toewijzing niet; noem een andere reden van wijziging.")                               \
    X(ALREADY_FUNDED_SO, REFUSES, "", "the care is funded as the book says already",                                   \
      "De zorg wordt al volgens de geldende bekostiging betaald.")                                                     \
    /* starts, stops and outcomes */                                                                                   \
    X(NO_SUCH_ALLOCATION, MISFITS, "9019", "the provider has no allocation with this number",                          \
      "Er is geen toewijzing met dit nummer bij deze aanbieder.")                                                      \
    X(DAY_OUTSIDE_ALLOCATION, MISFITS, "", "the allocation does not run on this day",                                  \
      "De datum ligt buiten de periode van de toewijzing.")                                                            \
    X(ALREADY_STARTED, MISFITS, "9326", "care started before and was not stopped",                                     \
      "De actuele levering is nog niet gestopt.")                                                                      \
    X(NOT_STARTED, MISFITS, "9069", "care that stops has not started", "Er is geen actuele start bij deze stop.")      \
    X(STOPPED_BEFORE_START, MISFITS, "0001", "care stops before the day it started",                                   \
      "De stopdatum ligt voor de startdatum.")                                                                         \
    /* change requests, notices and declared lines */                                                                  \
    X(CLIENT_DIFFERS, MISFITS, "8187", "the allocation is another client's",                                           \
      "De toewijzing hoort niet bij deze cliënt.")                                                                     \
    /* declared lines */                                                                                               \
    X(LINE_WITHOUT_ALLOCATION, MISFITS, "9338", "the provider has no allocation with this number",                     \
      "De prestatie hoort bij geen toewijzing aan deze aanbieder.")                                                    \
    X(LINE_ON_REMOVED, MISFITS, "9384", "the allocation is removed", "De toewijzing is verwijderd.")                   \
    X(LINE_CATEGORY_DIFFERS, MISFITS, "9339", "the allocation has another product category",                           \
      "De productcategorie is niet die van de toewijzing.")                                                            \
    X(LINE_PRODUCT_DIFFERS, MISFITS, "9340", "the allocation has another product code",                                \
      "De productcode is niet die van de toewijzing.")                                                                 \
    X(LINE_UNIT_DIFFERS, MISFITS, "9341", "the allocation is counted in another unit",                                 \
      "De eenheid past niet bij die van de toewijzing.")                                                               \
    X(LINE_BEGINS_OUTSIDE, MISFITS, "9307", "the product period begins on no day of the allocation",                   \
      "De begindatum van de productperiode ligt buiten de toewijzing.")                                                \
    X(LINE_ENDS_OUTSIDE, MISFITS, "9308", "the product period ends on no day of the allocation",                       \
      "De einddatum van de productperiode ligt buiten de toewijzing.")                                                 \
    X(LINE_BEGINS_MIDMONTH, MISFITS, "9387", "the product period leaves out first days of its month",                  \
      "De productperiode begint niet op de eerste dag van de maand of van de toewijzing.")                             \
    X(LINE_ENDS_MIDMONTH, MISFITS, "9388", "the product period does not end with its month or the allocation",         \
      "De productperiode eindigt niet op de laatste dag van de maand of van de toewijzing.")                           \
    X(LINE_AFTER_DECLARED_MONTH, MISFITS, "9319", "the product period lies after the declared month",                  \
      "De productperiode ligt na de declaratieperiode.")

typedef enum AllocationReason {
    ALLOCATION_FITS = 0, /* nothing to remark */
#define X(name, verdict, code, english, dutch) ALLOCATION_##name,
    ALLOCATION_REASONS(X)
#undef X
        ALLOCATION_REASON_COUNT
} AllocationReason;

/* "GRANTED_BY_RULE"; the sentences end in no full stop in English and in one in Dutch. All are "" for ALLOCATION_FITS. */
const char *allocation_reason_name(AllocationReason reason);
const char *allocation_reason_code(AllocationReason reason);
const char *allocation_reason_english(AllocationReason reason);
const char *allocation_reason_dutch(AllocationReason reason);
Verdict allocation_reason_verdict(AllocationReason reason);

/* ALLOCATION_FITS when the name is none of the list. */
AllocationReason allocation_reason_named(const char *name);
