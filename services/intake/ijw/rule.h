/*
 * Rule: what the standard asks of a message that a municipality receives, each rule stated once.
 *
 * The row says on which level it is judged, for which messages, with which national return code,
 * and which house enforces it; the words are ours, and say what to do. Whoever breaks a rule of
 * the level FORM gets no return message, so such a rule has no code.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Which messages a rule is for. */
enum {
    IJW_305 = 1 << 0, /* care starts */
    IJW_307 = 1 << 1, /* care stops */
    IJW_315 = 1 << 2, /* an allocation is asked for */
    IJW_317 = 1 << 3, /* another allocation is asked for */
    IJW_323 = 1 << 4, /* care is declared */
    IJW_301 = 1 << 5, /* what is allocated */
    IJW_319 = 1 << 6, /* a request is refused, or looked into */
    IJW_325 = 1 << 7, /* a declaration is answered */
    IJW_ALL = IJW_305 | IJW_307 | IJW_315 | IJW_317 | IJW_323,
    IJW_PERSONS = IJW_305 | IJW_307 | IJW_315, /* those in which the client has a name */
    IJW_REQUESTS = IJW_315 | IJW_317,
};

/* The levels of control, in their order. */
typedef enum IjwLevel {
    IJW_FORM,    /* the file and its schema */
    IJW_CONTENT, /* what can be seen in the message alone */
    IJW_ACROSS,  /* what earlier messages say */
    IJW_OUTSIDE, /* what other sources say: the calendar, the contracts, the lists of codes */
} IjwLevel;

/* The house whose judgement it is. */
typedef enum IjwHouse {
    IJW_READER, /* intake, by the reader, which knows the message alone */
    IJW_DOOR,   /* intake, which knows the sender, the calendar, persons and the book */
    IJW_ALLOCATION,
    IJW_BILLING,
    IJW_NOBODY, /* not enforced here; the words say why */
} IjwHouse;

#define FORM_CODE ""
#define CONTENT_CODE "0001"

/* rule, level, messages, return code, house, what is asked (Dutch); of another house its reason, of nobody why */
#define IJW_RULES(X)                                                                                                   \
    /* the file */                                                                                                     \
    X(XML, FORM, ALL, FORM_CODE, READER, "het bestand is geen goed gevormde XML; maak het opnieuw")                    \
    X(OP179, FORM, ALL, FORM_CODE, READER, "het bestand is groter dan 25 MB; splits het bericht")                      \
    X(OP192, FORM, ALL, FORM_CODE, READER,                                                                             \
      "het bestand is geen gewone UTF-8 of heeft een DOCTYPE; bewaar het als UTF-8, zonder DOCTYPE en entiteiten")     \
    X(XSD, FORM, ALL, FORM_CODE, READER, "dit past niet in het berichtschema")                                         \
    /* what an element may hold */                                                                                     \
    X(RS001, FORM, ALL, FORM_CODE, READER, "dit getal mag niet negatief zijn")                                         \
    X(RS005, FORM, REQUESTS | IJW_323, FORM_CODE, READER, "dit getal heeft te veel cijfers")                           \
    X(RS006, FORM, ALL, FORM_CODE, READER, "dit nummer heeft te veel cijfers")                                         \
    X(RS008, FORM, ALL, FORM_CODE, READER, "deze code is één teken lang")                                              \
    X(RS009, FORM, ALL, FORM_CODE, READER, "deze code is twee tekens lang")                                            \
    X(RS010, FORM, ALL, FORM_CODE, READER, "deze code is drie tekens lang")                                            \
    X(RS012, FORM, ALL, FORM_CODE, READER, "een productcode is hoogstens vijf tekens lang")                            \
    X(RS013, FORM, PERSONS, FORM_CODE, READER, "er zijn hoogstens zes voorletters")                                    \
    X(RS014, FORM, ALL, FORM_CODE, READER, "een AGB-code is acht cijfers lang")                                        \
    X(RS015, FORM, ALL, FORM_CODE, READER, "een BSN is negen cijfers lang")                                            \
    X(RS016, FORM, PERSONS, FORM_CODE, READER, "een voorvoegsel is hoogstens tien tekens lang")                        \
    X(RS017, FORM, ALL, FORM_CODE, READER, "dit kenmerk is hoogstens twaalf tekens lang")                              \
    X(RS019, FORM, 323, FORM_CODE, READER, "dit referentienummer is hoogstens twintig tekens lang")                    \
    X(RS024, FORM, REQUESTS, FORM_CODE, READER, "deze referentie is hoogstens 36 tekens lang")                         \
    X(RS025, FORM, 315, FORM_CODE, READER, "de naam van een verwijzer is hoogstens 64 tekens lang")                    \
    X(RS028, FORM, PERSONS, FORM_CODE, READER, "deze naam is hoogstens 200 tekens lang")                               \
    X(RS031, FORM, 315, FORM_CODE, READER, "laat een leeg commentaar weg")                                             \
    X(RS032, FORM, ALL, FORM_CODE, READER, "schrijf een bestaande datum, zonder tijdzone")                             \
    X(RS033, FORM, ALL, FORM_CODE, READER, "dit element is leeg; laat het weg of vul het in")                          \
    X(RS035, FORM, ALL, FORM_CODE, READER, "een gemeentecode heeft vier cijfers")                                      \
    X(RS036, FORM, ALL, FORM_CODE, READER, "een AGB-code bestaat uit cijfers")                                         \
    X(RS037, FORM, ALL, FORM_CODE, READER, "een BSN bestaat uit cijfers")                                              \
    X(RS040, FORM, 323, FORM_CODE, READER, "dit totaal heeft te veel cijfers")                                         \
    X(RS045, FORM, PERSONS, FORM_CODE, READER, "schrijf voorletters aaneen, zonder punten")                            \
    X(RS047, FORM, ALL, FORM_CODE, READER, "de berichtcode hoort bij een andere berichtsoort")                         \
    X(RS048, FORM, ALL, FORM_CODE, READER, "schrijf een versie als drie getallen met punten ertussen")                 \
    X(CS015, FORM, ALL, FORM_CODE, READER, "de subversie van dit bericht is 2")                                        \
    X(CS025, FORM, ALL, FORM_CODE, READER, "de versie van dit bericht is 3")                                           \
    X(CS319, FORM, 323, FORM_CODE, READER, "een declaratienummer bestaat uit letters en cijfers")                      \
    /* what can be seen in the message alone */                                                                        \
    X(CS002, CONTENT, ALL, CONTENT_CODE, READER, "dit BSN voldoet niet aan de elfproef; controleer het nummer")        \
    X(CS003, CONTENT, REQUESTS, CONTENT_CODE, READER, "de einddatum ligt voor de begindatum")                          \
    X(CS058, CONTENT, 305 | IJW_307, CONTENT_CODE, READER, "gebruik status 1 (eerste aanlevering) of 3 (verwijderen)") \
    X(CS100, CONTENT, 323, CONTENT_CODE, READER, "declareer zorg van voor 2021 niet met dit bericht")                  \
    X(CS139, CONTENT, PERSONS, CONTENT_CODE, READER,                                                                   \
      "wat van de geboortedatum onbekend is, krijgt de waarde 01, of 1900 voor het jaar")                              \
    X(CS325, CONTENT, 323, CONTENT_CODE, READER, "een bedrag van nul is debet (D)")                                    \
    X(CS337, CONTENT, 323, CONTENT_CODE, READER, "een productperiode ligt binnen één kalendermaand")                   \
    X(CS338, CONTENT, 317, CONTENT_CODE, READER, "bij deze eenheid hoort frequentie 2, 4 of 6")                        \
    X(CS339, CONTENT, 323, CONTENT_CODE, READER, "bij eenheid 83 is het bedrag gelijk aan het volume")                 \
    X(CS340, CONTENT, 323, CONTENT_CODE, READER, "een declaratie beslaat precies één kalendermaand")                   \
    X(CS343, CONTENT, 315, CONTENT_CODE, READER, "bij deze eenheid hoort frequentie 2, 4 of 6")                        \
    X(CD041, CONTENT, REQUESTS, CONTENT_CODE, READER, "bij een productcode hoort een omvang")                          \
    X(CD043, CONTENT, 315, CONTENT_CODE, READER,                                                                       \
      "noem de ingangsdatum van de beschikking bij haar nummer, en anders niet")                                       \
    X(CD060, CONTENT, 323, CONTENT_CODE, READER, "noem het vorige referentienummer bij een credit, en anders niet")    \
    X(CD066, CONTENT, 315, CONTENT_CODE, READER, "noem van deze verwijzer de code of de naam, niet beide")             \
    X(CD067, CONTENT, 315, CONTENT_CODE, READER, "noem van deze verwijzer de code of de naam")                         \
    X(CD068, CONTENT, 315, CONTENT_CODE, READER, "deze verwijzer heeft geen zorgverlenercode; laat die weg")           \
    X(CD075, CONTENT, REQUESTS, CONTENT_CODE, READER, "bij een budget hoort een einddatum")                            \
    X(CD076, CONTENT, REQUESTS, CONTENT_CODE, READER, "bij een omvang per week hoort een einddatum")                   \
    X(CD077, CONTENT, REQUESTS, CONTENT_CODE, READER, "noem een budget of een omvang, niet beide")                     \
    X(CD078, CONTENT, REQUESTS, CONTENT_CODE, READER, "noem een omvang of een budget, niet beide")                     \
    X(CD079, CONTENT, REQUESTS, CONTENT_CODE, READER, "noem een product, of een budget")                               \
    X(CD087, CONTENT, 323, CONTENT_CODE, READER, "noem een tarief, behalve bij eenheid 83")                            \
    X(CD095, CONTENT, 315, CONTENT_CODE, READER, "zonder productcode is er geen omvang")                               \
    X(CD096, CONTENT, 317, CONTENT_CODE, READER, "zonder productcode is er geen omvang")                               \
    X(TR002, CONTENT, PERSONS, CONTENT_CODE, READER, "de geboortedatum ligt meer dan 120 jaar voor de dagtekening")    \
    X(TR018, CONTENT, 307, CONTENT_CODE, READER, "de einddatum ligt voor de begindatum")                               \
    X(TR101, CONTENT, ALL, CONTENT_CODE, READER, "dit staat twee keer in het bericht; noem het één keer")              \
    X(TR134, CONTENT, PERSONS | IJW_323, CONTENT_CODE, READER, "deze datum ligt na de dagtekening van het bericht")    \
    X(TR137, CONTENT, 323, CONTENT_CODE, READER, "de einddatum ligt voor de begindatum, of na de dagtekening")         \
    X(TR315, CONTENT, 323, CONTENT_CODE, READER, "een prestatie wordt in een bericht één keer gecrediteerd")           \
    X(TR316, CONTENT, 323, CONTENT_CODE, READER, "een debetregel wordt niet in hetzelfde bericht gecrediteerd")        \
    X(TR335, CONTENT, 323, CONTENT_CODE, READER, "de productperiode ligt meer dan vijf jaar voor de declaratie")       \
    X(TR352, CONTENT, 317, CONTENT_CODE, READER, "noem een product dat blijft of een dat wijzigt")                     \
    X(TR353, CONTENT, 317, CONTENT_CODE, READER, "noem een product dat wijzigt of een nieuw product")                  \
    X(TR358, CONTENT, 323, CONTENT_CODE, READER, "het totaal is niet de som van de prestaties, credit afgetrokken")    \
    X(TR380, CONTENT, 317, CONTENT_CODE, READER, "een nieuw product gaat in na de dagtekening")                        \
    X(TR383, CONTENT, 315, CONTENT_CODE, READER, "elk aangevraagd product heeft een eigen referentie")                 \
    X(TR386, CONTENT, 315, CONTENT_CODE, READER, "dit product is al aangevraagd voor een deel van deze periode")       \
    X(TR410, CONTENT, 317, CONTENT_CODE, READER, "dit nieuwe product overlapt een ander nieuw product")                \
    X(TR416, CONTENT, 323, CONTENT_CODE, READER, "deze productperiode is in dit bericht al debet gedeclareerd")        \
    /* what earlier messages say */                                                                                    \
    X(TR056, ACROSS, ALL, "9056", DOOR, "ID_HAS_OTHER_CONTENT")                                                        \
    X(TR019, ACROSS, 305 | IJW_307, "9019", ALLOCATION, "NO_SUCH_ALLOCATION, and at the door CLIENT_UNKNOWN")          \
    X(TR063, ACROSS, 305 | IJW_307, "9063", NOBODY, "removals of starts and stops are not taken in")                   \
    X(TR071, ACROSS, 305, "9071", NOBODY, "removals of starts are not taken in")                                       \
    X(TR074, ACROSS, 305 | IJW_307, "9074", NOBODY, "a start on a start is refused as 9326, a stop on a stop as 9069") \
    X(TR304, ACROSS, 317 | IJW_323, "8187", ALLOCATION, "CLIENT_DIFFERS, and at the door CLIENT_UNKNOWN")              \
    X(TR307, ACROSS, 323, "9307", ALLOCATION, "LINE_BEGINS_OUTSIDE")                                                   \
    X(TR308, ACROSS, 323, "9308", ALLOCATION, "LINE_ENDS_OUTSIDE")                                                     \
    X(TR314, ACROSS, 323, "8021", BILLING, "REFERENCE_NOT_UNIQUE")                                                     \
    X(TR318, ACROSS, 323, "8214", NOBODY, "whether care was given in each month is not known to the region")           \
    X(TR319, ACROSS, 323, "9319", ALLOCATION, "LINE_AFTER_DECLARED_MONTH")                                             \
    X(TR321, ACROSS, 323, "9321", BILLING, "VOLUME_EXCEEDED")                                                          \
    X(TR322, ACROSS, 323, "9322", BILLING, "TOTAL_EXCEEDED")                                                           \
    X(TR323, ACROSS, 323, "8017", BILLING, "DEBET_UNKNOWN, CREDIT_DIFFERS")                                            \
    X(TR326, ACROSS, 305, "9326", ALLOCATION, "ALREADY_STARTED")                                                       \
    X(TR333, ACROSS, 323, "9333", BILLING, "NUMBER_NOT_UNIQUE")                                                        \
    X(TR338, ACROSS, 323, "9338", ALLOCATION, "LINE_WITHOUT_ALLOCATION")                                               \
    X(TR339, ACROSS, 323, "9339", ALLOCATION, "LINE_CATEGORY_DIFFERS")                                                 \
    X(TR340, ACROSS, 323, "9340", ALLOCATION, "LINE_PRODUCT_DIFFERS")                                                  \
    X(TR341, ACROSS, 323, "9341", ALLOCATION, "LINE_UNIT_DIFFERS")                                                     \
    X(TR347, ACROSS, REQUESTS, "9347", ALLOCATION, "REFERENCE_USED")                                                   \
    X(TR349, ACROSS, 317, "9349", NOBODY, "products that stay as they are do not travel beyond the door")              \
    X(TR350, ACROSS, 317, "9350", NOBODY, "products that stay as they are do not travel beyond the door")              \
    X(TR351, ACROSS, 317, "9351", ALLOCATION, "NOT_RUNNING")                                                           \
    X(TR357, ACROSS, 317, "9357", ALLOCATION, "CHANGE_IN_PAST")                                                        \
    X(TR361, ACROSS, 317, "9361", NOBODY, "new products in a change request are not taken in")                         \
    X(TR369, ACROSS, 323, "9369", BILLING, "BUDGET_EXCEEDED")                                                          \
    X(TR373, ACROSS, 317, "9373", ALLOCATION, "CHANGE_OF_WHOLE_PERIOD")                                                \
    X(TR374, ACROSS, REQUESTS, "9374", ALLOCATION, "REQUEST_ALREADY_PENDING")                                          \
    X(TR375, ACROSS, 317, "9375", NOBODY, "every allocation of this region has a product")                             \
    X(TR382, ACROSS, 307, "9069", ALLOCATION, "NOT_STARTED")                                                           \
    X(TR384, ACROSS, 323, "9384", ALLOCATION, "LINE_ON_REMOVED")                                                       \
    X(TR387, ACROSS, 323, "9387", ALLOCATION, "LINE_BEGINS_MIDMONTH")                                                  \
    X(TR388, ACROSS, 323, "9388", ALLOCATION, "LINE_ENDS_MIDMONTH")                                                    \
    X(TR389, ACROSS, 323, "9389", BILLING, "DEBET_STANDS")                                                             \
    X(TR390, ACROSS, 323, "9390", BILLING, "CREDITED_BEFORE")                                                          \
    X(TR411, ACROSS, 317, "9411", NOBODY, "a volume that is not said stays as it is")                                  \
    X(TR412, ACROSS, 317, "9412", NOBODY, "every allocation of this region has a product code")                        \
    X(TR413, ACROSS, 307, "9413", NOBODY, "a second stop is refused as 9069: care that stopped has no start")          \
    X(TR414, ACROSS, 307, "9414", NOBODY, "a second stop is refused as 9069: care that stopped has no start")          \
    X(TR415, ACROSS, 307, "9415", NOBODY, "a second stop is refused as 9069: care that stopped has no start")          \
    X(TR418, ACROSS, 323, "0611", BILLING, "TARIFF_DIFFERS")                                                           \
    /* what other sources say */                                                                                       \
    X(TR135, OUTSIDE, ALL, "8848", DOOR, "DATED_AHEAD")                                                                \
    X(TR346, OUTSIDE, 323, "9346", BILLING, "AMOUNT_DIFFERS")                                                          \
    X(TR378, OUTSIDE, ALL, "S300", DOOR, "MUNICIPALITY_UNKNOWN")                                                       \
    X(TR381, OUTSIDE, REQUESTS | IJW_305 | IJW_307 | IJW_323, "S329", DOOR, "PRODUCT_UNKNOWN, of a request")           \
    /* ours */                                                                                                         \
    X(REGION, OUTSIDE, ALL, "", READER, "dit neemt de regio langs deze weg niet aan; overleg met de regio")

typedef enum IjwRule {
#define X(NAME, ...) IJW_RULE_##NAME,
    IJW_RULES(X)
#undef X
        IJW_RULE_COUNT
} IjwRule;

typedef struct IjwRuleRow {
    /* As the standard has it; XML and XSD stand for the file and its schema, REGION for what we take by another way. */
    const char *name;
    IjwLevel level;
    unsigned messages;
    const char *return_code; /* "" on the level FORM */
    IjwHouse house;
    const char *words;
} IjwRuleRow;

const IjwRuleRow *ijw_rule(IjwRule rule);

/* "form", "content", "across messages", "outside sources". */
const char *ijw_level_name(IjwLevel level);

/* "reader", "door", "allocation", "billing", "nobody". */
const char *ijw_house_name(IjwHouse house);
