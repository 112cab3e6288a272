#include "intake/ijw/message.h"

#include <stddef.h>
#include <string.h>

/* rows: a value, elements, a list of elements, a list of texts */
#define VALUE(NOUN, NAME, NEED, FIELD, TYPE)                           \
    {                                                                  \
        NAME, IJW_##NEED, offsetof(NOUN, FIELD), IJW_TYPE_##TYPE, NULL \
    }
#define BELOW(NOUN, NAME, NEED, FIELD, CLASS)                           \
    {                                                                   \
        NAME, IJW_##NEED, offsetof(NOUN, FIELD), IJW_TYPE_COUNT, &CLASS \
    }
#define ITEMS(NAME, CLASS)                                               \
    {                                                                    \
        NAME, IJW_MANY, offsetof(IjwItems, list), IJW_TYPE_COUNT, &CLASS \
    }

#define TEXTS(NAME, TYPE)                                               \
    {                                                                   \
        NAME, IJW_MANY, offsetof(IjwCodes, list), IJW_TYPE_##TYPE, NULL \
    }

#define CLASS_OF(NAME, NOUN, IS_BASIS, ...)                                \
    static const IjwElement NAME##_ELEMENTS[] = {__VA_ARGS__};             \
    static const IjwClass NAME = {IS_BASIS, sizeof(NOUN), NAME##_ELEMENTS, \
                                  sizeof NAME##_ELEMENTS / sizeof NAME##_ELEMENTS[0], false}

/* One that a return message says something of: its last row is the codes. */
#define JUDGED_IF(NEED, NAME, NOUN, ...)                                                                       \
    static const IjwElement NAME##_ELEMENTS[] = {__VA_ARGS__, BELOW(NOUN, "RetourCodes", NEED, codes, CODES)}; \
    static const IjwClass NAME = {OWN, sizeof(NOUN), NAME##_ELEMENTS,                                          \
                                  sizeof NAME##_ELEMENTS / sizeof NAME##_ELEMENTS[0] - 1, true}
#define JUDGED(NAME, NOUN, ...) JUDGED_IF(MUST, NAME, NOUN, __VA_ARGS__)

#define CODES_ROW(NOUN) BELOW(NOUN, "RetourCodes", MUST, codes, CODES)

#define BASIS true
#define OWN false

/* what several messages share */

CLASS_OF(CODES, IjwCodes, OWN, TEXTS("RetourCode", RETURN_CODE));

CLASS_OF(IDENTIFICATION, IjwIdentification, BASIS, VALUE(IjwIdentification, "Identificatie", MUST, name, MESSAGE_ID),
         VALUE(IjwIdentification, "Dagtekening", MUST, dated, DAY));

CLASS_OF(VERSIONS, IjwVersions, BASIS, VALUE(IjwVersions, "BasisschemaXsdVersie", MUST, basis, VERSION),
         VALUE(IjwVersions, "BerichtXsdVersie", MUST, message, VERSION));

#define HEADER_ROWS(SENDER, RECEIVER)                                                                                \
    VALUE(IjwHeader, "BerichtCode", MUST, code, MESSAGE_CODE),                                                       \
        VALUE(IjwHeader, "BerichtVersie", MUST, release, RELEASE),                                                   \
        VALUE(IjwHeader, "BerichtSubversie", MUST, subrelease, SUBRELEASE),                                          \
        VALUE(IjwHeader, "Afzender", MUST, sender, SENDER), VALUE(IjwHeader, "Ontvanger", MUST, receiver, RECEIVER), \
        BELOW(IjwHeader, "BerichtIdentificatie", MUST, identification, IDENTIFICATION),                              \
        BELOW(IjwHeader, "XsdVersie", MUST, versions, VERSIONS)
#define RETURN_ROWS                                                         \
    VALUE(IjwHeader, "IdentificatieRetour", MUST, return_name, MESSAGE_ID), \
        VALUE(IjwHeader, "DagtekeningRetour", MUST, return_dated, DAY),     \
        VALUE(IjwHeader, "XsltVersie", MAY, return_rules, VERSION),         \
        BELOW(IjwHeader, "XsdVersieRetour", MUST, return_versions, VERSIONS)
CLASS_OF(HEADER, IjwHeader, OWN, HEADER_ROWS(AGB, MUNICIPALITY));
JUDGED_IF(MAY, RETURN_HEADER, IjwHeader, HEADER_ROWS(AGB, MUNICIPALITY), RETURN_ROWS);

/* Of what the municipality sends; its return message names the two as they were. */
CLASS_OF(HEADER_OUT, IjwHeader, OWN, HEADER_ROWS(MUNICIPALITY, AGB));
JUDGED_IF(MAY, RETURN_HEADER_OUT, IjwHeader, HEADER_ROWS(MUNICIPALITY, AGB), RETURN_ROWS);

CLASS_OF(BIRTH, IjwBirth, BASIS, VALUE(IjwBirth, "Datum", MUST, day, DAY),
         VALUE(IjwBirth, "DatumGebruik", MAY, use, DAY_USE));

CLASS_OF(SURNAME, IjwSurname, BASIS, VALUE(IjwSurname, "Achternaam", MUST, name, NAME),
         VALUE(IjwSurname, "Voorvoegsel", MAY, prefix, NAME_PREFIX));

CLASS_OF(NAME, IjwName, BASIS, BELOW(IjwName, "Geslachtsnaam", MUST, surname, SURNAME),
         VALUE(IjwName, "Voornamen", MAY, first_names, NAME), VALUE(IjwName, "Voorletters", MAY, initials, INITIALS));

CLASS_OF(FULL_NAME, IjwName, BASIS, BELOW(IjwName, "Geslachtsnaam", MUST, surname, SURNAME),
         BELOW(IjwName, "Partnernaam", MAY, partner, SURNAME), VALUE(IjwName, "Voornamen", MAY, first_names, NAME),
         VALUE(IjwName, "Voorletters", MAY, initials, INITIALS), VALUE(IjwName, "NaamGebruik", MUST, use, NAME_USE));

CLASS_OF(PRODUCT, IjwProduct, BASIS, VALUE(IjwProduct, "Categorie", MUST, category, CATEGORY),
         VALUE(IjwProduct, "Code", MAY, code, PRODUCT_CODE));

CLASS_OF(VOLUME, IjwVolume, BASIS, VALUE(IjwVolume, "Volume", MUST, volume, VOLUME),
         VALUE(IjwVolume, "Eenheid", MUST, unit, UNIT), VALUE(IjwVolume, "Frequentie", MUST, frequency, FREQUENCY));

CLASS_OF(PERIOD, IjwPeriod, BASIS, VALUE(IjwPeriod, "Begindatum", MUST, first, DAY),
         VALUE(IjwPeriod, "Einddatum", MUST, last, DAY));

CLASS_OF(REFERRER, IjwReferrer, BASIS, VALUE(IjwReferrer, "Type", MUST, kind, REFERRER),
         VALUE(IjwReferrer, "Naam", MAY, name, REFERRER_NAME), VALUE(IjwReferrer, "ZorgverlenerCode", MAY, code, AGB));

#define HEADER_ROW BELOW(IjwRoot, "Header", MUST, header, HEADER)
#define RETURN_HEADER_ROW BELOW(IjwRoot, "Header", MUST, header, RETURN_HEADER)
#define BSN_ROW VALUE(IjwClient, "Bsn", MUST, bsn, BSN)
#define PERSON_ROWS                                                                                               \
    BSN_ROW, BELOW(IjwClient, "Geboortedatum", MUST, birth, BIRTH), VALUE(IjwClient, "Geslacht", MUST, sex, SEX), \
        BELOW(IjwClient, "Naam", MUST, name, NAME)

/* JW301 */

CLASS_OF(HOUSE, IjwDwelling, BASIS, VALUE(IjwDwelling, "Huisnummer", MUST, number, HOUSE_NUMBER),
         VALUE(IjwDwelling, "Huisletter", MAY, letter, HOUSE_LETTER),
         VALUE(IjwDwelling, "HuisnummerToevoeging", MAY, addition, HOUSE_ADDITION));

CLASS_OF(ADDRESS, IjwAddress, BASIS, BELOW(IjwAddress, "Huis", MAY, house, HOUSE),
         VALUE(IjwAddress, "Postcode", MAY, postcode, POSTCODE), VALUE(IjwAddress, "Straatnaam", MAY, street, STREET),
         VALUE(IjwAddress, "Plaatsnaam", MAY, place, PLACE));

JUDGED(CONTACT, IjwContact, VALUE(IjwContact, "Soort", MUST, kind, ADDRESS_KIND),
       BELOW(IjwContact, "Adres", MAY, address, ADDRESS));
CLASS_OF(CONTACTS, IjwItems, OWN, ITEMS("Contact", CONTACT));

JUDGED(ALLOCATED, IjwAllocated, VALUE(IjwAllocated, "ToewijzingNummer", MUST, number, NUMBER),
       VALUE(IjwAllocated, "ReferentieAanbieder", MAY, reference, REFERENCE),
       BELOW(IjwAllocated, "Product", MAY, product, PRODUCT), VALUE(IjwAllocated, "Toewijzingsdatum", MUST, dated, DAY),
       VALUE(IjwAllocated, "Toewijzingstijd", MUST, time, TIME), VALUE(IjwAllocated, "Ingangsdatum", MUST, first, DAY),
       VALUE(IjwAllocated, "Einddatum", MAY, last, DAY),
       VALUE(IjwAllocated, "RedenWijziging", MAY, reason, CHANGE_REASON),
       BELOW(IjwAllocated, "Omvang", MAY, volume, VOLUME), VALUE(IjwAllocated, "Budget", MAY, budget, AMOUNT),
       VALUE(IjwAllocated, "Commentaar", MAY, comment, COMMENT));
CLASS_OF(ALL_ALLOCATED, IjwItems, OWN, ITEMS("ToegewezenProduct", ALLOCATED));

/* What the region says of a client; the standard has room for relations, language and guardians as well. */
JUDGED(CLIENT_301, IjwClient, BSN_ROW, BELOW(IjwClient, "Geboortedatum", MUST, birth, BIRTH),
       VALUE(IjwClient, "Geslacht", MUST, sex, SEX), BELOW(IjwClient, "Naam", MUST, name, FULL_NAME),
       BELOW(IjwClient, "Contactgegevens", MUST, contacts, CONTACTS),
       BELOW(IjwClient, "ToegewezenProducten", MUST, allocated, ALL_ALLOCATED));
CLASS_OF(ROOT_301, IjwRoot, OWN, BELOW(IjwRoot, "Header", MUST, header, HEADER_OUT),
         BELOW(IjwRoot, "Client", MUST, client, CLIENT_301));
CLASS_OF(RETURN_301, IjwRoot, OWN, BELOW(IjwRoot, "Header", MUST, header, RETURN_HEADER_OUT),
         BELOW(IjwRoot, "Client", MAY, client, CLIENT_301));

/* JW305 */

JUDGED(START, IjwStart, VALUE(IjwStart, "ToewijzingNummer", MAY, allocation, NUMBER),
       BELOW(IjwStart, "Product", MAY, product, PRODUCT),
       VALUE(IjwStart, "ToewijzingIngangsdatum", MAY, allocated_from, DAY),
       VALUE(IjwStart, "Begindatum", MUST, day, DAY), VALUE(IjwStart, "StatusAanlevering", MUST, status, STATUS));

CLASS_OF(STARTS, IjwItems, OWN, ITEMS("StartProduct", START));
JUDGED(CLIENT_305, IjwClient, PERSON_ROWS, BELOW(IjwClient, "StartProducten", MUST, starts, STARTS));
CLASS_OF(ROOT_305, IjwRoot, OWN, HEADER_ROW, BELOW(IjwRoot, "Client", MUST, client, CLIENT_305));
CLASS_OF(RETURN_305, IjwRoot, OWN, RETURN_HEADER_ROW, BELOW(IjwRoot, "Client", MAY, client, CLIENT_305));

/* JW307 */

JUDGED(STOP, IjwStop, VALUE(IjwStop, "ToewijzingNummer", MAY, allocation, NUMBER),
       BELOW(IjwStop, "Product", MAY, product, PRODUCT),
       VALUE(IjwStop, "ToewijzingIngangsdatum", MAY, allocated_from, DAY),
       VALUE(IjwStop, "Begindatum", MUST, began, DAY), VALUE(IjwStop, "RedenBeeindiging", MUST, reason, STOP_REASON),
       VALUE(IjwStop, "Einddatum", MUST, day, DAY), VALUE(IjwStop, "StatusAanlevering", MUST, status, STATUS));

CLASS_OF(STOPS, IjwItems, OWN, ITEMS("StopProduct", STOP));
JUDGED(CLIENT_307, IjwClient, PERSON_ROWS, BELOW(IjwClient, "StopProducten", MUST, stops, STOPS));
CLASS_OF(ROOT_307, IjwRoot, OWN, HEADER_ROW, BELOW(IjwRoot, "Client", MUST, client, CLIENT_307));
CLASS_OF(RETURN_307, IjwRoot, OWN, RETURN_HEADER_ROW, BELOW(IjwRoot, "Client", MAY, client, CLIENT_307));

/* JW315 */

JUDGED(ASKED, IjwAsked, VALUE(IjwAsked, "ReferentieAanbieder", MUST, reference, REFERENCE),
       VALUE(IjwAsked, "BeschikkingNummer", MAY, decision, NUMBER), BELOW(IjwAsked, "Product", MAY, product, PRODUCT),
       VALUE(IjwAsked, "BeschikkingIngangsdatum", MAY, decided_from, DAY),
       VALUE(IjwAsked, "ToewijzingIngangsdatum", MUST, first, DAY),
       VALUE(IjwAsked, "ToewijzingEinddatum", MAY, last, DAY), BELOW(IjwAsked, "Omvang", MAY, volume, VOLUME),
       VALUE(IjwAsked, "Budget", MAY, budget, AMOUNT), BELOW(IjwAsked, "Verwijzer", MUST, referrer, REFERRER),
       VALUE(IjwAsked, "Raamcontract", MAY, framework, YES_NO), VALUE(IjwAsked, "Commentaar", MAY, comment, COMMENT));

CLASS_OF(ALL_ASKED, IjwItems, OWN, ITEMS("AangevraagdProduct", ASKED));
JUDGED(CLIENT_315, IjwClient, PERSON_ROWS, VALUE(IjwClient, "GezagsdragerBekend", MAY, guardian_known, YES_NO),
       VALUE(IjwClient, "Commentaar", MAY, comment, COMMENT),
       BELOW(IjwClient, "AangevraagdeProducten", MUST, asked, ALL_ASKED));
CLASS_OF(ROOT_315, IjwRoot, OWN, HEADER_ROW, BELOW(IjwRoot, "Client", MUST, client, CLIENT_315));
CLASS_OF(RETURN_315, IjwRoot, OWN, RETURN_HEADER_ROW, BELOW(IjwRoot, "Client", MAY, client, CLIENT_315));

/* JW317 */

JUDGED(UNCHANGED, IjwUnchanged, VALUE(IjwUnchanged, "ToewijzingNummer", MUST, allocation, NUMBER));
CLASS_OF(ALL_UNCHANGED, IjwItems, OWN, ITEMS("OngewijzigdProduct", UNCHANGED));

JUDGED(CHANGED, IjwChanged, VALUE(IjwChanged, "ToewijzingNummer", MUST, allocation, NUMBER),
       VALUE(IjwChanged, "GewensteIngangsdatum", MUST, first, DAY), VALUE(IjwChanged, "Einddatum", MAY, last, DAY),
       BELOW(IjwChanged, "Omvang", MAY, volume, VOLUME), VALUE(IjwChanged, "Budget", MAY, budget, AMOUNT));
CLASS_OF(ALL_CHANGED, IjwItems, OWN, ITEMS("TeWijzigenProduct", CHANGED));

JUDGED(ADDED, IjwAdded, BELOW(IjwAdded, "Product", MAY, product, PRODUCT),
       VALUE(IjwAdded, "GewensteIngangsdatum", MUST, first, DAY), VALUE(IjwAdded, "Einddatum", MAY, last, DAY),
       BELOW(IjwAdded, "Omvang", MAY, volume, VOLUME), VALUE(IjwAdded, "Budget", MAY, budget, AMOUNT));
CLASS_OF(ALL_ADDED, IjwItems, OWN, ITEMS("NieuwProduct", ADDED));

JUDGED(CHANGE, IjwChange, VALUE(IjwChange, "ReferentieAanbieder", MUST, reference, REFERENCE),
       VALUE(IjwChange, "RedenVerzoek", MUST, reason, REQUEST_REASON),
       BELOW(IjwChange, "OngewijzigdeProducten", MAY, unchanged, ALL_UNCHANGED),
       BELOW(IjwChange, "TeWijzigenProducten", MAY, changed, ALL_CHANGED),
       BELOW(IjwChange, "NieuweProducten", MAY, added, ALL_ADDED));
JUDGED(CLIENT_317, IjwClient, BSN_ROW, BELOW(IjwClient, "Verzoek", MUST, change, CHANGE));
CLASS_OF(ROOT_317, IjwRoot, OWN, HEADER_ROW, BELOW(IjwRoot, "Client", MUST, client, CLIENT_317));
CLASS_OF(RETURN_317, IjwRoot, OWN, RETURN_HEADER_ROW, BELOW(IjwRoot, "Client", MAY, client, CLIENT_317));

/* JW319 */

JUDGED(RESIDENCE, IjwResidence, VALUE(IjwResidence, "Gemeente", MUST, municipality, MUNICIPALITY));
JUDGED(REPLY, IjwReply, VALUE(IjwReply, "ReferentieAanbieder", MUST, reference, REFERENCE),
       VALUE(IjwReply, "VerzoekAntwoord", MUST, answer, REQUEST_ANSWER),
       VALUE(IjwReply, "RedenAfwijzingVerzoek", MAY, reason, REFUSAL_REASON),
       BELOW(IjwReply, "Woonplaatsbeginsel", MAY, residence, RESIDENCE));
CLASS_OF(ROOT_319, IjwRoot, OWN, BELOW(IjwRoot, "Header", MUST, header, HEADER_OUT),
         BELOW(IjwRoot, "Antwoord", MUST, reply, REPLY));
CLASS_OF(RETURN_319, IjwRoot, OWN, BELOW(IjwRoot, "Header", MUST, header, RETURN_HEADER_OUT),
         BELOW(IjwRoot, "Antwoord", MAY, reply, REPLY));

/* JW323 */

CLASS_OF(LINE_NAME, IjwLineName, BASIS, VALUE(IjwLineName, "ReferentieNummer", MUST, reference, LINE_REFERENCE),
         VALUE(IjwLineName, "VorigReferentieNummer", MAY, credits, LINE_REFERENCE));

CLASS_OF(MONEY, IjwMoney, BASIS, VALUE(IjwMoney, "Bedrag", MUST, cents, AMOUNT),
         VALUE(IjwMoney, "DebetCredit", MUST, sign, SIGN));

CLASS_OF(TOTAL, IjwMoney, BASIS, VALUE(IjwMoney, "TotaalBedrag", MUST, cents, TOTAL),
         VALUE(IjwMoney, "DebetCredit", MUST, sign, SIGN));

#define LINE_ROWS                                                                                            \
    BELOW(IjwLine, "ProductReferentie", MUST, name, LINE_NAME),                                              \
        VALUE(IjwLine, "ToewijzingNummer", MUST, allocation, NUMBER),                                        \
        VALUE(IjwLine, "ProductCategorie", MUST, category, CATEGORY),                                        \
        VALUE(IjwLine, "ProductCode", MUST, code, PRODUCT_CODE),                                             \
        BELOW(IjwLine, "ProductPeriode", MUST, period, PERIOD),                                              \
        VALUE(IjwLine, "GeleverdVolume", MUST, volume, VOLUME), VALUE(IjwLine, "Eenheid", MUST, unit, UNIT), \
        VALUE(IjwLine, "ProductTarief", MAY, tariff, AMOUNT), BELOW(IjwLine, "IngediendBedrag", MUST, amount, MONEY)
CLASS_OF(LINE, IjwLine, OWN, LINE_ROWS);

CLASS_OF(LINES, IjwItems, OWN, ITEMS("Prestatie", LINE));
CLASS_OF(DECLARED_CLIENT, IjwDeclaredClient, OWN, VALUE(IjwDeclaredClient, "Bsn", MUST, bsn, BSN),
         BELOW(IjwDeclaredClient, "Prestaties", MUST, lines, LINES));
CLASS_OF(DECLARED_CLIENTS, IjwItems, OWN, ITEMS("Client", DECLARED_CLIENT));

CLASS_OF(DECLARATION, IjwDeclaration, OWN, VALUE(IjwDeclaration, "DeclaratieNummer", MUST, number, DECLARATION_ID),
         BELOW(IjwDeclaration, "DeclaratiePeriode", MUST, period, PERIOD),
         VALUE(IjwDeclaration, "DeclaratieDagtekening", MUST, dated, DAY),
         BELOW(IjwDeclaration, "TotaalIngediendBedrag", MUST, total, TOTAL),
         BELOW(IjwDeclaration, "Clienten", MUST, clients, DECLARED_CLIENTS));
CLASS_OF(ROOT_323, IjwRoot, OWN, HEADER_ROW, BELOW(IjwRoot, "Declaratie", MUST, declaration, DECLARATION));

/* JW325 */

CLASS_OF(HEADER_325, IjwHeader, OWN, HEADER_ROWS(MUNICIPALITY, AGB),
         BELOW(IjwHeader, "DeclaratieIdentificatie", MUST, declared, IDENTIFICATION),
         VALUE(IjwHeader, "XsltVersie", MAY, return_rules, VERSION),
         BELOW(IjwHeader, "XsdVersieDeclaratie", MUST, declared_versions, VERSIONS), CODES_ROW(IjwHeader));

CLASS_OF(REJECTED, IjwLine, OWN, LINE_ROWS, CODES_ROW(IjwLine));
CLASS_OF(ALL_REJECTED, IjwItems, OWN, ITEMS("Prestatie", REJECTED));
CLASS_OF(ANSWERED_CLIENT, IjwDeclaredClient, OWN, VALUE(IjwDeclaredClient, "Bsn", MUST, bsn, BSN),
         BELOW(IjwDeclaredClient, "Prestaties", MUST, lines, ALL_REJECTED), CODES_ROW(IjwDeclaredClient));
CLASS_OF(ANSWERED_CLIENTS, IjwItems, OWN, ITEMS("Client", ANSWERED_CLIENT));
CLASS_OF(DECLARATION_ANSWER, IjwDeclaration, OWN,
         VALUE(IjwDeclaration, "DeclaratieNummer", MUST, number, DECLARATION_ID),
         BELOW(IjwDeclaration, "TotaalIngediendBedrag", MUST, total, TOTAL),
         BELOW(IjwDeclaration, "TotaalToegekendBedrag", MUST, approved, TOTAL),
         BELOW(IjwDeclaration, "Clienten", MAY, clients, ANSWERED_CLIENTS), CODES_ROW(IjwDeclaration));
CLASS_OF(ROOT_325, IjwRoot, OWN, BELOW(IjwRoot, "Header", MUST, header, HEADER_325),
         BELOW(IjwRoot, "DeclaratieAntwoord", MAY, declaration, DECLARATION_ANSWER));

#define SPACE(NAME) "http://www.istandaarden.nl/ijw/3_2/" NAME "/schema"

static const IjwMessage MESSAGES[IJW_MESSAGES] = {
    {IJW_305, "JW305", "438", true, SPACE("jw305"), &ROOT_305, "JW306", "439", SPACE("jw306"), &RETURN_305},
    {IJW_307, "JW307", "440", true, SPACE("jw307"), &ROOT_307, "JW308", "441", SPACE("jw308"), &RETURN_307},
    {IJW_315, "JW315", "446", true, SPACE("jw315"), &ROOT_315, "JW316", "447", SPACE("jw316"), &RETURN_315},
    {IJW_317, "JW317", "486", true, SPACE("jw317"), &ROOT_317, "JW318", "487", SPACE("jw318"), &RETURN_317},
    {IJW_323, "JW323", "490", true, SPACE("jw323"), &ROOT_323, NULL, NULL, NULL, NULL},
    {IJW_301, "JW301", "436", false, SPACE("jw301"), &ROOT_301, "JW302", "437", SPACE("jw302"), &RETURN_301},
    {IJW_319, "JW319", "488", false, SPACE("jw319"), &ROOT_319, "JW320", "489", SPACE("jw320"), &RETURN_319},
    {IJW_325, "JW325", "491", false, SPACE("jw325"), &ROOT_325, NULL, NULL, NULL, NULL},
};

const IjwMessage *ijw_message(size_t number)
{
    return &MESSAGES[number];
}

const IjwMessage *ijw_message_of(const char *space, bool *is_return_out)
{
    for (size_t i = 0; i < IJW_MESSAGES; i++) {
        const IjwMessage *message = &MESSAGES[i];
        bool is_return = message->return_space && strcmp(message->return_space, space) == 0;
        if (!is_return && strcmp(message->space, space) != 0)
            continue;
        *is_return_out = is_return;
        return message;
    }
    return NULL;
}
