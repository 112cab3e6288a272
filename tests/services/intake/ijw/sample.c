#include "services/intake/ijw/sample.h"

#include "intake/core/bsn.h"
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OPEN(NAME)                                                            \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                            \
    "<Bericht xmlns=\"http://www.istandaarden.nl/ijw/3_2/" NAME "/schema\"\n" \
    "  xmlns:b=\"http://www.istandaarden.nl/ijw/3_2/basisschema/schema\">\n"

#define HEADER(CODE) HEADER_OF(CODE, "90000001", "0503", "")
#define HEADER_OUT(CODE, MORE) HEADER_OF(CODE, "0503", "90000001", MORE)
#define HEADER_OF(CODE, SENDER, RECEIVER, MORE)                                                                       \
    "<Header><BerichtCode>" CODE                                                                                      \
    "</BerichtCode><BerichtVersie>3</BerichtVersie><BerichtSubversie>2</BerichtSubversie>\n"                          \
    "<Afzender>" SENDER "</Afzender><Ontvanger>" RECEIVER "</Ontvanger>\n"                                            \
    "<BerichtIdentificatie><b:Identificatie>A1</b:Identificatie><b:Dagtekening>2021-03-05</b:Dagtekening>"            \
    "</BerichtIdentificatie>\n"                                                                                       \
    "<XsdVersie><b:BasisschemaXsdVersie>1.0.0</b:BasisschemaXsdVersie><b:BerichtXsdVersie>1.0.2</b:BerichtXsdVersie>" \
    "</XsdVersie>" MORE "</Header>\n"

#define PERSON                                                                                                      \
    "<Bsn>999900006</Bsn><Geboortedatum><b:Datum>2010-05-06</b:Datum></Geboortedatum><Geslacht>0</Geslacht>\n"      \
    "<Naam><b:Geslachtsnaam><b:Achternaam>Proef</b:Achternaam><b:Voorvoegsel>van</b:Voorvoegsel></b:Geslachtsnaam>" \
    "<b:Voornamen>Ada</b:Voornamen><b:Voorletters>A</b:Voorletters></Naam>\n"

#define PRODUCT "<Product><b:Categorie>45</b:Categorie><b:Code>45A48</b:Code></Product>"
#define VOLUME "<Omvang><b:Volume>120</b:Volume><b:Eenheid>01</b:Eenheid><b:Frequentie>2</b:Frequentie></Omvang>"

static const char START[] = OPEN("jw305")
    HEADER("438") "<Client>" PERSON "<StartProducten>\n"
                  "<StartProduct><ToewijzingNummer>640017</ToewijzingNummer>" PRODUCT
                  "<ToewijzingIngangsdatum>2021-01-01</ToewijzingIngangsdatum><Begindatum>2021-03-01</Begindatum>"
                  "<StatusAanlevering>1</StatusAanlevering></StartProduct>\n"
                  "<StartProduct><ToewijzingNummer>640081</ToewijzingNummer><Begindatum>2021-03-02</Begindatum>"
                  "<StatusAanlevering>1</StatusAanlevering></StartProduct>\n"
                  "</StartProducten></Client></Bericht>\n";

static const char STOP[] = OPEN("jw307")
    HEADER("440") "<Client>" PERSON "<StopProducten>\n"
                  "<StopProduct><ToewijzingNummer>640017</ToewijzingNummer><Begindatum>2021-01-04</Begindatum>"
                  "<RedenBeeindiging>31</RedenBeeindiging><Einddatum>2021-02-28</Einddatum>"
                  "<StatusAanlevering>1</StatusAanlevering></StopProduct>\n"
                  "</StopProducten></Client></Bericht>\n";

static const char REQUEST[] = OPEN("jw315") HEADER(
    "446") "<Client>" PERSON
           "<GezagsdragerBekend>1</GezagsdragerBekend><Commentaar>Graag snel</Commentaar><AangevraagdeProducten>\n"
           "<AangevraagdProduct><ReferentieAanbieder>V-1</ReferentieAanbieder><BeschikkingNummer>77</"
           "BeschikkingNummer>" PRODUCT "<BeschikkingIngangsdatum>2021-02-01</BeschikkingIngangsdatum>"
           "<ToewijzingIngangsdatum>2021-04-01</ToewijzingIngangsdatum><ToewijzingEinddatum>2021-12-31</"
           "ToewijzingEinddatum>" VOLUME
           "<Verwijzer><b:Type>02</b:Type><b:ZorgverlenerCode>01000001</b:ZorgverlenerCode></Verwijzer>"
           "<Raamcontract>2</Raamcontract></AangevraagdProduct>\n"
           "</AangevraagdeProducten></Client></Bericht>\n";

static const char CHANGE[] = OPEN("jw317") HEADER(
    "486") "<Client><Bsn>999900006</Bsn>\n"
           "<Verzoek><ReferentieAanbieder>W-1</ReferentieAanbieder><RedenVerzoek>1</RedenVerzoek>\n"
           "<OngewijzigdeProducten><OngewijzigdProduct><ToewijzingNummer>640081</ToewijzingNummer></OngewijzigdProduct>"
           "</OngewijzigdeProducten>\n"
           "<TeWijzigenProducten><TeWijzigenProduct><ToewijzingNummer>640017</ToewijzingNummer>"
           "<GewensteIngangsdatum>2021-04-01</GewensteIngangsdatum><Einddatum>2021-12-31</Einddatum>" VOLUME
           "</TeWijzigenProduct></TeWijzigenProducten>\n"
           "</Verzoek></Client></Bericht>\n";

#define LINE(REFERENCE, CREDITS, FIRST, LAST, TARIFF_AND_AMOUNT)                                                 \
    "<Prestatie><ProductReferentie><b:ReferentieNummer>" REFERENCE "</b:ReferentieNummer>" CREDITS               \
    "</ProductReferentie><ToewijzingNummer>640017</ToewijzingNummer><ProductCategorie>45</ProductCategorie>"     \
    "<ProductCode>45A48</ProductCode>\n<ProductPeriode><b:Begindatum>" FIRST "</b:Begindatum><b:Einddatum>" LAST \
    "</b:Einddatum></ProductPeriode>" TARIFF_AND_AMOUNT "</Prestatie>\n"

static const char DECLARATION[] = OPEN("jw323")
    HEADER("490") "<Declaratie><DeclaratieNummer>D1</DeclaratieNummer>"
                  "<DeclaratiePeriode><b:Begindatum>2021-02-01</b:Begindatum><b:Einddatum>2021-02-28</b:Einddatum></"
                  "DeclaratiePeriode>"
                  "<DeclaratieDagtekening>2021-03-04</DeclaratieDagtekening>"
                  "<TotaalIngediendBedrag><b:TotaalBedrag>2500</b:TotaalBedrag><b:DebetCredit>D</b:DebetCredit></"
                  "TotaalIngediendBedrag>\n"
                  "<Clienten><Client><Bsn>999900006</Bsn><Prestaties>\n" LINE(
                      "R-1", "", "2021-02-01", "2021-02-28",
                      "<GeleverdVolume>60</GeleverdVolume><Eenheid>01</Eenheid><ProductTarief>60</ProductTarief>"
                      "<IngediendBedrag><b:Bedrag>3600</b:Bedrag><b:DebetCredit>D</b:DebetCredit></IngediendBedrag>")
                      LINE("R-2", "<b:VorigReferentieNummer>Q-9</b:VorigReferentieNummer>", "2021-01-01", "2021-01-31",
                           "<GeleverdVolume>10</GeleverdVolume><Eenheid>01</Eenheid><ProductTarief>60</ProductTarief>"
                           "<IngediendBedrag><b:Bedrag>600</b:Bedrag><b:DebetCredit>C</b:DebetCredit></"
                           "IngediendBedrag>") "</Prestaties></Client>\n<Client><Bsn>999900018</"
                                               "Bsn><Prestaties>\n" LINE("R-3",
                                                                         "<b:VorigReferentieNummer>Q-8</"
                                                                         "b:VorigReferentieNummer>",
                                                                         "2021-02-01", "2021-02-28",
                                                                         "<GeleverdVolume>500</"
                                                                         "GeleverdVolume><Eenheid>83</Eenheid>"
                                                                         "<IngediendBedrag><b:Bedrag>500</"
                                                                         "b:Bedrag><b:DebetCredit>C</b:DebetCredit></"
                                                                         "IngediendBedrag>") "</Prestaties></Client></"
                                                                                             "Clienten></Declaratie></"
                                                                                             "Bericht>\n";

static const char ALLOCATED[] = OPEN("jw301") HEADER_OUT(
    "436", "") "<Client><Bsn>999900006</Bsn><Geboortedatum><b:Datum>2010-05-06</b:Datum></Geboortedatum>"
               "<Geslacht>0</Geslacht><Naam><b:Geslachtsnaam><b:Achternaam>Proef</b:Achternaam></b:Geslachtsnaam>"
               "<b:NaamGebruik>1</b:NaamGebruik></Naam>\n"
               "<Contactgegevens><Contact><Soort>01</Soort><Adres><b:Huis><b:Huisnummer>1</b:Huisnummer></b:Huis>"
               "<b:Postcode>2600AA</b:Postcode></Adres></Contact></Contactgegevens><ToegewezenProducten>\n"
               "<ToegewezenProduct><ToewijzingNummer>640017</ToewijzingNummer>"
               "<ReferentieAanbieder>V-1</ReferentieAanbieder>" PRODUCT "<Toewijzingsdatum>2021-03-05"
               "</Toewijzingsdatum><Toewijzingstijd>00:00:01</Toewijzingstijd><Ingangsdatum>2021-04-01</Ingangsdatum>"
               "<Einddatum>2021-12-31</Einddatum>" VOLUME "</ToegewezenProduct>\n"
               "<ToegewezenProduct><ToewijzingNummer>640081</ToewijzingNummer>" PRODUCT "<Toewijzingsdatum>2021-01-05"
               "</Toewijzingsdatum><Toewijzingstijd>23:59:59</Toewijzingstijd><Ingangsdatum>2021-01-05</Ingangsdatum>"
               "<Einddatum>2021-03-31</Einddatum><RedenWijziging>10</RedenWijziging>" VOLUME "</ToegewezenProduct>\n"
               "</ToegewezenProducten></Client></Bericht>\n";

static const char REPLY[] = OPEN("jw319") HEADER_OUT(
    "488", "") "<Antwoord><ReferentieAanbieder>V-1</ReferentieAanbieder><VerzoekAntwoord>1</VerzoekAntwoord>"
               "<RedenAfwijzingVerzoek>8</RedenAfwijzingVerzoek><Woonplaatsbeginsel><Gemeente>0518</Gemeente>"
               "</Woonplaatsbeginsel></Antwoord></Bericht>\n";

#define CODES(CODE) "<RetourCodes><RetourCode>" CODE "</RetourCode></RetourCodes>"

static const char ANSWER[] = OPEN("jw325")
    HEADER_OUT("491",
               "<DeclaratieIdentificatie><b:Identificatie>D1</b:Identificatie><b:Dagtekening>2021-03-05</b:Dagtekening>"
               "</DeclaratieIdentificatie><XsdVersieDeclaratie><b:BasisschemaXsdVersie>1.0.0</b:BasisschemaXsdVersie>"
               "<b:BerichtXsdVersie>1.0.2</b:BerichtXsdVersie></XsdVersieDeclaratie>" CODES(
                   "0200")) "<DeclaratieAntwoord><DeclaratieNummer>D1</"
                            "DeclaratieNummer><TotaalIngediendBedrag><b:TotaalBedrag>3600"
                            "</b:TotaalBedrag><b:DebetCredit>D</b:DebetCredit></"
                            "TotaalIngediendBedrag><TotaalToegekendBedrag><b:TotaalBedrag>0"
                            "</b:TotaalBedrag><b:DebetCredit>D</b:DebetCredit></"
                            "TotaalToegekendBedrag><Clienten><Client><Bsn>999900006</Bsn>"
                            "<Prestaties><Prestatie><ProductReferentie><b:ReferentieNummer>R-1</b:ReferentieNummer></"
                            "ProductReferentie>"
                            "<ToewijzingNummer>640017</ToewijzingNummer><ProductCategorie>45</"
                            "ProductCategorie><ProductCode>45A48</ProductCode>"
                            "<ProductPeriode><b:Begindatum>2021-02-01</b:Begindatum><b:Einddatum>2021-02-28</"
                            "b:Einddatum></ProductPeriode>"
                            "<GeleverdVolume>60</GeleverdVolume><Eenheid>01</Eenheid><ProductTarief>60</"
                            "ProductTarief><IngediendBedrag>"
                            "<b:Bedrag>3600</b:Bedrag><b:DebetCredit>D</b:DebetCredit></IngediendBedrag>" CODES(
                                "9321") "</Prestatie>"
                                        "</Prestaties>" CODES("0200") "</Client></Clienten>" CODES(
                                            "0200") "</DeclaratieAntwoord></Bericht>\n";

const char *sample(unsigned message)
{
    return message == IJW_305   ? START
           : message == IJW_307 ? STOP
           : message == IJW_315 ? REQUEST
           : message == IJW_317 ? CHANGE
           : message == IJW_323 ? DECLARATION
           : message == IJW_301 ? ALLOCATED
           : message == IJW_319 ? REPLY
                                : ANSWER;
}

const char *text_with(Arena *arena, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    if (!at)
        fail_msg("the text has no \"%s\"", from);
    return arena_format(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

const char *sample_with(Arena *arena, unsigned message, const char *from, const char *to)
{
    return text_with(arena, sample(message), from, to);
}

/* The next citizen number of the range for tests after this one. */
static int next_bsn(int bsn)
{
    char text[16];
    do
        snprintf(text, sizeof text, "%09d", ++bsn);
    while (!bsn_passes(text));
    return bsn;
}

Bytes sample_declaration(Arena *arena, size_t clients, size_t lines_each)
{
    static const char TOTAL[] = "<b:TotaalBedrag>2500";
    static const char CLIENTS[] = "<Clienten>";
    const char *cents = arena_format(arena, "<b:TotaalBedrag>%zu", clients * lines_each * 3600);
    const char *begin = sample_with(arena, IJW_323, TOTAL, cents);
    size_t size = (size_t)(strstr(begin, CLIENTS) - begin) + strlen(CLIENTS);
    size_t room = size + clients * (100 + lines_each * 900) + 100;
    char *text = arena_take(arena, room);
    memcpy(text, begin, size);
    int bsn = 999900005;
    for (size_t i = 0; i < clients; i++) {
        bsn = next_bsn(bsn);
        size += (size_t)snprintf(text + size, room - size, "<Client><Bsn>%09d</Bsn><Prestaties>\n", bsn);
        for (size_t j = 0; j < lines_each; j++)
            size += (size_t)snprintf(
                text + size, room - size,
                "<Prestatie><ProductReferentie><b:ReferentieNummer>R-%zu-%zu</b:ReferentieNummer></ProductReferentie>"
                "<ToewijzingNummer>%zu</ToewijzingNummer><ProductCategorie>45</ProductCategorie>"
                "<ProductCode>45A48</ProductCode><ProductPeriode><b:Begindatum>2021-02-01</b:Begindatum>"
                "<b:Einddatum>2021-02-28</b:Einddatum></ProductPeriode><GeleverdVolume>60</GeleverdVolume>"
                "<Eenheid>01</Eenheid><ProductTarief>60</ProductTarief><IngediendBedrag><b:Bedrag>3600</b:Bedrag>"
                "<b:DebetCredit>D</b:DebetCredit></IngediendBedrag></Prestatie>\n",
                i, j, 1000000 + i * lines_each + j);
        size += (size_t)snprintf(text + size, room - size, "</Prestaties></Client>\n");
    }
    size += (size_t)snprintf(text + size, room - size, "</Clienten></Declaratie></Bericht>\n");
    return (Bytes){(const uint8_t *)text, size};
}

static IjwSchemas *schemas;

static void close_schemas(void)
{
    ijw_schemas_free(schemas);
}

const char *official_schemas(void)
{
    const char *named = getenv("PICQ_IJW_XSD_DIR");
    const char *folder = named && *named ? named : "../shared/ijw/xsd";
    return access(folder, R_OK) == 0 ? folder : NULL;
}

static void open_schemas(void)
{
    const char *folder = official_schemas();
    const char *wrong = "";
    if (!folder) {
        print_message("no official schemas beside the checkout: nothing is held against them\n");
        return;
    }
    schemas = ijw_schemas_open(folder, &wrong);
    if (!schemas)
        fail_msg("%s/%s.xsd cannot be read", folder, wrong);
    atexit(close_schemas);
}

static bool look(void)
{
    static bool looked;
    if (!looked)
        open_schemas();
    looked = true;
    return schemas != NULL;
}

bool official_schema_takes(const IjwMessage *message, const char *text, bool otherwise)
{
    IjwFaults faults = {.count = 0};
    if (!look())
        return otherwise;
    ijw_schemas_check(schemas, message, false, sample_bytes(text), &faults);
    return faults.count == 0;
}

bool official_return_takes(const IjwMessage *message, const char *text, bool otherwise)
{
    IjwFaults faults = {.count = 0};
    if (!look())
        return otherwise;
    ijw_schemas_check(schemas, message, true, sample_bytes(text), &faults);
    return faults.count == 0;
}
