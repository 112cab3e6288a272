#include "intake/ijw/message.h"

#include <stddef.h>
#include <string.h>

/* rows: a value, elements, a list of elements */
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

#define CLASS(NAME, NOUN, IS_BASIS, CODES, ...)                            \
    static const IjwElement NAME##_ELEMENTS[] = {__VA_ARGS__};             \
    static const IjwClass NAME = {IS_BASIS, sizeof(NOUN), NAME##_ELEMENTS, \
                                  sizeof NAME##_ELEMENTS / sizeof NAME##_ELEMENTS[0], CODES}
#define CLASS_OF(NAME, NOUN, IS_BASIS, ...) CLASS(NAME, NOUN, IS_BASIS, 0, __VA_ARGS__)

/* One that a return message says something of. */
#define JUDGED(NAME, NOUN, ...) CLASS(NAME, NOUN, OWN, offsetof(NOUN, codes), __VA_ARGS__)

#define BASIS true
#define OWN false

/* what several messages share */

CLASS_OF(IDENTIFICATION, IjwIdentification, BASIS, VALUE(IjwIdentification, "Identificatie", MUST, name, MESSAGE_ID),
         VALUE(IjwIdentification, "Dagtekening", MUST, dated, DAY));

CLASS_OF(VERSIONS, IjwVersions, BASIS, VALUE(IjwVersions, "BasisschemaXsdVersie", MUST, basis, VERSION),
         VALUE(IjwVersions, "BerichtXsdVersie", MUST, message, VERSION));

#define HEADER_ROWS                                                                                                   \
    VALUE(IjwHeader, "BerichtCode", MUST, code, MESSAGE_CODE),                                                        \
        VALUE(IjwHeader, "BerichtVersie", MUST, release, RELEASE),                                                    \
        VALUE(IjwHeader, "BerichtSubversie", MUST, subrelease, SUBRELEASE),                                           \
        VALUE(IjwHeader, "Afzender", MUST, sender, AGB), VALUE(IjwHeader, "Ontvanger", MUST, receiver, MUNICIPALITY), \
        BELOW(IjwHeader, "BerichtIdentificatie", MUST, identification, IDENTIFICATION),                               \
        BELOW(IjwHeader, "XsdVersie", MUST, versions, VERSIONS)
CLASS_OF(HEADER, IjwHeader, OWN, HEADER_ROWS);

JUDGED(RETURN_HEADER, IjwHeader, HEADER_ROWS, VALUE(IjwHeader, "IdentificatieRetour", MUST, return_name, MESSAGE_ID),
       VALUE(IjwHeader, "DagtekeningRetour", MUST, return_dated, DAY),
       BELOW(IjwHeader, "XsdVersieRetour", MUST, return_versions, VERSIONS));

CLASS_OF(BIRTH, IjwBirth, BASIS, VALUE(IjwBirth, "Datum", MUST, day, DAY),
         VALUE(IjwBirth, "DatumGebruik", MAY, use, DAY_USE));

CLASS_OF(SURNAME, IjwSurname, BASIS, VALUE(IjwSurname, "Achternaam", MUST, name, NAME),
         VALUE(IjwSurname, "Voorvoegsel", MAY, prefix, NAME_PREFIX));

CLASS_OF(NAME, IjwName, BASIS, BELOW(IjwName, "Geslachtsnaam", MUST, surname, SURNAME),
         VALUE(IjwName, "Voornamen", MAY, first_names, NAME), VALUE(IjwName, "Voorletters", MAY, initials, INITIALS));

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

/* JW323 */

CLASS_OF(LINE_NAME, IjwLineName, BASIS, VALUE(IjwLineName, "ReferentieNummer", MUST, reference, LINE_REFERENCE),
         VALUE(IjwLineName, "VorigReferentieNummer", MAY, credits, LINE_REFERENCE));

CLASS_OF(MONEY, IjwMoney, BASIS, VALUE(IjwMoney, "Bedrag", MUST, cents, AMOUNT),
         VALUE(IjwMoney, "DebetCredit", MUST, sign, SIGN));

CLASS_OF(TOTAL, IjwMoney, BASIS, VALUE(IjwMoney, "TotaalBedrag", MUST, cents, TOTAL),
         VALUE(IjwMoney, "DebetCredit", MUST, sign, SIGN));

CLASS_OF(LINE, IjwLine, OWN, BELOW(IjwLine, "ProductReferentie", MUST, name, LINE_NAME),
         VALUE(IjwLine, "ToewijzingNummer", MUST, allocation, NUMBER),
         VALUE(IjwLine, "ProductCategorie", MUST, category, CATEGORY),
         VALUE(IjwLine, "ProductCode", MUST, code, PRODUCT_CODE),
         BELOW(IjwLine, "ProductPeriode", MUST, period, PERIOD), VALUE(IjwLine, "GeleverdVolume", MUST, volume, VOLUME),
         VALUE(IjwLine, "Eenheid", MUST, unit, UNIT), VALUE(IjwLine, "ProductTarief", MAY, tariff, AMOUNT),
         BELOW(IjwLine, "IngediendBedrag", MUST, amount, MONEY));

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

#define SPACE(NAME) "http://www.istandaarden.nl/ijw/3_2/" NAME "/schema"

static const IjwMessage MESSAGES[IJW_MESSAGES] = {
    {IJW_305, "JW305", "438", SPACE("jw305"), &ROOT_305, "JW306", "439", SPACE("jw306"), &RETURN_305},
    {IJW_307, "JW307", "440", SPACE("jw307"), &ROOT_307, "JW308", "441", SPACE("jw308"), &RETURN_307},
    {IJW_315, "JW315", "446", SPACE("jw315"), &ROOT_315, "JW316", "447", SPACE("jw316"), &RETURN_315},
    {IJW_317, "JW317", "486", SPACE("jw317"), &ROOT_317, "JW318", "487", SPACE("jw318"), &RETURN_317},
    {IJW_323, "JW323", "490", SPACE("jw323"), &ROOT_323, NULL, NULL, NULL, NULL},
};

const IjwMessage *ijw_message(size_t number)
{
    return &MESSAGES[number];
}

const IjwMessage *ijw_message_of(const char *space)
{
    for (size_t i = 0; i < IJW_MESSAGES; i++)
        if (strcmp(MESSAGES[i].space, space) == 0)
            return &MESSAGES[i];
    return NULL;
}
