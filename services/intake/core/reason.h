/*
 * Reason: why a message was admitted or refused at the door.
 *
 * Each reason is stated once: its name is the code that travels, the English is for logs and
 * operators, the Dutch is what a sender reads, and says what to do.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

#define INTAKE_REASONS(X)                                                                                              \
    X(ADMITTED, "admitted", "het bericht is toegelaten")                                                               \
    /* the line */                                                                                                     \
    X(LINE_TOO_LONG, "the line is too long", "de regel is te lang; splits het bericht")                                \
    X(NOT_JSON, "the line is not JSON", "de regel is geen JSON; controleer aanhalingstekens, komma's en haakjes")      \
    X(NOT_UTF8, "the text is not UTF-8", "de tekst is geen UTF-8; bewaar het bestand als UTF-8")                       \
    X(FIELD_UNKNOWN, "the field is unknown", "dit veld bestaat niet; laat het weg of gebruik")                         \
    X(FIELD_TWICE, "the field stands there twice", "dit veld staat er twee keer; noem het één keer")                   \
    X(FIELD_MISSING, "the field is missing", "dit veld ontbreekt of is leeg; vul het in")                              \
    X(FACT_MISSING, "the message holds no fact", "het bericht meldt niets; neem een van deze velden op")               \
    X(FACTS_TWO, "the message holds two facts", "het bericht meldt twee dingen; maak er twee berichten van")           \
    X(TYPE_WRONG, "the value is of another type", "dit is geen waarde van de juiste soort; gebruik")                   \
    X(VALUE_UNKNOWN, "the value is not one of the list", "deze waarde staat niet in de lijst; kies uit")               \
    X(NUMBER_NOT_WHOLE, "the number is not whole", "dit is geen geheel getal; geef het zonder punt of exponent")       \
    X(NUMBER_OUT_OF_RANGE, "the number is out of range", "dit getal is te klein of te groot; gebruik")                 \
    X(DAY_WRONG, "this is not a day", "dit is geen dag van de kalender; schrijf jjjj-mm-dd, tussen 1900 en 2189")      \
    X(TEXT_WRONG, "the text has another form", "deze tekst heeft niet de juiste vorm; gebruik")                        \
    X(TEXT_HIDES_BSN, "the text looks like a citizen number",                                                          \
      "deze tekst lijkt een BSN te bevatten; zet een BSN alleen in het veld bsn")                                      \
    X(NOT_KEPT, "the tables do not take the message",                                                                  \
      "dit bericht kan niet worden bewaard; de regio is gewaarschuwd, stuur het niet opnieuw")                         \
    /* the sender */                                                                                                   \
    X(SENDER_UNKNOWN, "the key is not known, or was revoked",                                                          \
      "uw sleutel is niet bekend of ingetrokken; vraag de regio om toegang")                                           \
    X(SENDER_NOT_FOR_PROVIDER, "the key may not speak for this provider today",                                        \
      "uw sleutel mag vandaag niet spreken voor deze aanbieder; vraag de regio om toegang")                            \
    X(SENDER_NOT_FOR_MUNICIPALITY, "the key may not speak for this municipality",                                      \
      "uw sleutel mag niet spreken voor deze gemeente, of niet voor allemaal; vraag de regio om toegang")              \
    X(ID_HAS_OTHER_CONTENT, "this id was used for another message",                                                    \
      "dit id is al gebruikt voor een bericht met een andere inhoud; geef het bericht een nieuw id")                   \
    X(CONVERSATION_MISSING, "the fact belongs to one municipality and one provider",                                   \
      "noem de gemeente en de aanbieder waar dit bericht bij hoort")                                                   \
    X(CALENDAR_NOT_BEGUN, "no day has begun yet", "er is nog geen dag begonnen; de regio opent eerst de kalender")     \
    /* the client */                                                                                                   \
    X(BSN_WRONG, "the citizen number fails the eleven-test",                                                           \
      "dit BSN voldoet niet aan de elfproef; controleer het nummer")                                                   \
    X(CLIENT_UNKNOWN, "nobody with this citizen number is known",                                                      \
      "er is geen cliënt met dit BSN bekend; vraag eerst een toewijzing aan")                                          \
    X(BSN_HAS_OTHER_BIRTH_DAY, "the citizen number is known with another birth day",                                   \
      "dit BSN is bekend met een andere geboortedatum; controleer beide")                                              \
    X(BORN_AFTER_CARE, "the client is born after the first day of care",                                               \
      "de geboortedatum ligt na de eerste dag van de zorg; controleer beide")                                          \
    X(PERIOD_EMPTY, "the period ends before it begins", "de periode eindigt voor zij begint; controleer beide dagen")  \
    X(CARE_NOT_SAID, "neither a PIC nor a product is asked", "noem een profiel met intensiteit, een product of beide") \
    /* cases */                                                                                                        \
    X(ALLOCATION_UNKNOWN, "no such allocation was answered in this conversation",                                      \
      "deze toewijzing is hier niet bekend; controleer gemeente, aanbieder en nummer")                                 \
    X(CARE_NOT_LEFT, "nothing of the allocation is left on this day",                                                  \
      "van deze toewijzing is op die dag niets meer over; noem een dag voor het einde")                                \
    X(CARE_BEGUN, "the allocation has begun, so it can't end before its first day",                                    \
      "deze toewijzing is al begonnen; noem een dag na haar eerste dag")                                               \
    X(CONSENT_ABSENT, "an end in the past needs the provider's recorded consent",                                      \
      "een einde in het verleden vraagt de vastgelegde instemming van de aanbieder; noem die")                         \
    X(MOVES_NOWHERE, "the care would stay where it is", "noem een andere gemeente of een andere aanbieder")            \
    X(CASE_UNDER_WAY, "a case of this care is under way",                                                              \
      "voor deze zorg loopt al een overgang; wacht die af of sluit haar af")                                           \
    X(CASE_UNKNOWN, "no such case is open", "er is geen open overgang met dit kenmerk; bekijk picq cases list")        \
    X(DAY_STILL_TO_COME, "a death lies in the past", "deze dag moet nog komen; noem de dag van overlijden")            \
    X(DEATH_NOT_SAID, "nobody said that the client died", "van deze cliënt is geen overlijden gemeld")                 \
    X(BSN_STAYS, "the number is corrected into itself", "dit is hetzelfde BSN; noem het juiste nummer")                \
    X(RETENTION_NOT_SAID, "no book says how long persons are known",                                                   \
      "geen boek zegt hoe lang personen bekend blijven; publiceer eerst een bewaartermijn")                            \
    /* the calendar */                                                                                                 \
    X(DAY_PASSED, "the day has begun already", "deze dag is al begonnen; noem een latere dag")                         \
    X(DAYS_MISSED, "more than one day was missed", "er is meer dan één dag overgeslagen; bevestig dit met after_gap")  \
    X(DAY_TOO_FAR, "the day is more than a year ahead", "deze dag ligt meer dan een jaar vooruit; ga in stappen")      \
    X(CALENDAR_BY_CLOCK, "the clock says the days here",                                                               \
      "de klok zegt hier de dagen aan; alleen na een gat mag u dat doen, met after_gap")                               \
    /* the book */                                                                                                     \
    X(BOOK_NUMBER_USED, "a book with this or a higher number is published",                                            \
      "er is al een boek met dit of een hoger nummer gepubliceerd; neem een hoger nummer")                             \
    X(BOOK_FAULTY, "the book has faults", "het boek bevat fouten; controleer het met picq book check")                 \
    X(BOOK_NOT_PROPOSED, "no such book was proposed",                                                                  \
      "dit boek is niet voorgesteld, of met een andere inhoud; controleer nummer en kenmerk")                          \
    X(BOOK_NEEDS_ANOTHER, "who proposed a book may not approve it",                                                    \
      "een ander dan de voorsteller moet dit boek goedkeuren")                                                         \
    /* years and payments, which need two people */                                                                    \
    X(PROPOSAL_UNKNOWN, "nothing like this waits for an approval",                                                     \
      "er wacht geen voorstel met deze inhoud op goedkeuring; controleer wat is voorgesteld")                          \
    X(NEEDS_ANOTHER, "who proposed something may not approve it", "een ander dan de voorsteller moet dit goedkeuren")  \
    X(YEAR_NOT_ENDED, "the year has not ended", "dit jaar is nog niet voorbij; sluit het af na 31 december")           \
    X(YEAR_CLOSED, "the year is closed already", "dit jaar is al afgesloten")                                          \
    X(YEAR_OPEN, "the year is open", "dit jaar is niet afgesloten en kan niet worden heropend")                        \
    /* keys */                                                                                                         \
    X(KEY_FOR_NOBODY, "the key would speak for nobody", "noem aanbieders, of maak de sleutel van een operator")        \
    X(KEY_UNKNOWN, "no such key is known", "deze sleutel is niet bekend; controleer de veertig tekens")                \
    X(KEY_OF_OPERATOR, "the keys of operators stand with the installation",                                            \
      "sleutels van operators staan bij de installatie en niet in berichten; vraag de beheerder")                      \
    /* national messages */                                                                                            \
    X(NATIONAL_BROKEN, "the message breaks rules of its standard",                                                     \
      "het bericht voldoet niet aan iJw 3.2; herstel de fouten en stuur het opnieuw")                                  \
    X(NATIONAL_TOO_HARD, "reading the message took more than a reader has",                                            \
      "dit bericht kan niet worden gelezen; splits het, of meld het aan de regio")                                     \
    X(READER_AWAY, "nobody can read national messages now",                                                            \
      "nationale berichten kunnen nu niet worden gelezen; stuur het later opnieuw")                                    \
    X(NATIONAL_OF_OPERATOR, "national messages come from providers",                                                   \
      "nationale berichten komen van aanbieders; gebruik de sleutel van de aanbieder")                                 \
    X(DATED_AHEAD, "the message is dated after today",                                                                 \
      "de dagtekening ligt in de toekomst; stuur het bericht op of na die dag")                                        \
    X(MUNICIPALITY_UNKNOWN, "the receiver is no municipality of the region",                                           \
      "de ontvanger is geen gemeente van deze regio; controleer de code")                                              \
    X(PRODUCT_UNKNOWN, "the agreements have no such product in this category",                                         \
      "dit product komt in deze categorie in de afspraken niet voor; controleer de code")

typedef enum IntakeReason {
#define X(NAME, ENGLISH, DUTCH) INTAKE_##NAME,
    INTAKE_REASONS(X)
#undef X
        INTAKE_REASON_COUNT
} IntakeReason;

/* What was refused, where, and what is expected there instead; no part of it holds what the sender wrote. */
typedef struct Refusal {
    IntakeReason reason;
    const char *path;   /* such as declaration.clients[0].bsn; "" for the whole message */
    const char *detail; /* what to use instead, in Dutch; "" when the reason says it all */
} Refusal;

/* The code that travels, such as "FIELD_UNKNOWN". */
const char *intake_reason_name(IntakeReason reason);
const char *intake_reason_english(IntakeReason reason);
const char *intake_reason_dutch(IntakeReason reason);

/* False, and reason_out untouched, when no reason has that name. */
bool intake_reason_read(const char *name, IntakeReason *reason_out);

/* One Dutch sentence: where, what, and what to do. */
const char *refusal_sentence(Arena *arena, const Refusal *refusal);
