#include "picq/receipt/write.h"

#include "support/unit.h"

#include <stdlib.h>

/* A row of a table says what matters to it; the rest is absent. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/* where things were agreed */

#define BRIDGING                                                                                              \
    {                                                                                                         \
        .book = 3, .decision = "Overbruggingscontract 2020", .decided = "2019-12-20", .file = "tariffs.yaml", \
        .line = 12, .rests_on = "Overbruggingscontract 2020"                                                  \
    }
#define INVENTED                                                                                                       \
    {                                                                                                                  \
        .book = 2, .decision = "Gefaseerde invoering", .decided = "2019-04-23", .file = "pic-tariffs.yaml", .line = 7, \
        .rests_on = "Tarieventafel", .synthetic = true                                                                 \
    }
#define TERMS_OF_2020                                                                                         \
    {                                                                                                         \
        .book = 2, .decision = "Gefaseerde invoering", .decided = "2019-04-23", .file = "payment-terms.yaml", \
        .line = 9, .rests_on = "Gefaseerde invoering"                                                         \
    }
#define TABLE_OF_2020                                                                                            \
    {                                                                                                            \
        .book = 6, .decision = "Tarieventafel 2020", .decided = "2020-07-07", .file = "tariffs.yaml", .line = 4, \
        .rests_on = "Tarieventafel 2020"                                                                         \
    }
#define BOOK_SIX                                                             \
    {                                                                        \
        .book = 6, .decision = "Tarieventafel 2020", .decided = "2020-07-07" \
    }
#define BOOK_SEVEN                                                \
    {                                                             \
        .book = 7, .decision = "Herstel", .decided = "2020-09-01" \
    }

#define SURE .digest = "d1", .digest_recomputed = "d1", .agrees = true
#define RATED(formula_, cents) .formula = formula_, .stored = {cents}, .recomputed = {cents}, SURE

#define OF_TRAJECTORY .code = "PA1P1", .profile = "Herstel", .intensity = "kort", .unit = "EURO"

#define FIRST_SENTENCE(care, volume)                                                                              \
    "Zorg Een declareerde op 8 april 2020 bij de gemeente Delft, in declaratie D-1 onder R-17: " care ", " volume \
    ", van 1 maart 2020 tot en met 31 maart 2020 (toewijzing 640012, cliënt c-1).\n"
#define IT_AGREES "Opnieuw berekend uit de bewaarde gegevens klopt het bedrag tot op de cent, en de vingerafdruk ook.\n"
#define ROUNDED ", afgerond op hele centen, een halve cent naar boven.\n"

typedef struct Case {
    const char *story;
    Language language;
    const char *words;
    ReceiptLine lines[6];
    ReceiptAdjustment adjustments[4];
    int64_t net_cents;
    bool disagrees;
} Case;

#define PIECES                                                                                              \
    {                                                                                                       \
        .reference = "R-17", .volume = 2, .unit = "PIECE", .approved = true, .amount = {50000}, .rating = { \
            RATED("VOLUME_TIMES_TARIFF", 50000),                                                            \
            .price = {25000},                                                                               \
            .volume = 2,                                                                                    \
            .price_at = BRIDGING                                                                            \
        }                                                                                                   \
    }

#define PIECES_TOLD                                                                                                 \
    FIRST_SENTENCE("Begeleiding (45A04)", "2 stuks")                                                                \
    "Het tarief is € 250,00 per stuk, volgens het besluit ‘Overbruggingscontract 2020’ van 20 december 2019 " \
    "(boek 3, tariffs.yaml regel 12).\n"                                                                            \
    "Het bedrag is 2 × € 250,00 = € 500,00; daar is niets aan afgerond.\n"

static const Case CASES[] = {
    {
        .story = "hours by the minute",
        .words =
            FIRST_SENTENCE("Begeleiding (45A04)", "95 minuten") "Het tarief is € 73,85 per uur, volgens het besluit "
                                                                "‘Overbruggingscontract 2020’ van 20 december 2019 "
                                                                "(boek 3, tariffs.yaml regel 12).\n"
                                                                "Het bedrag is € 73,85 × 95 / 60 = € 116,93, één keer "
                                                                "afgerond op hele centen, een halve cent naar "
                                                                "boven.\n" IT_AGREES,
        .lines = {{.reference = "R-17",
                   .volume = 95,
                   .unit = "MINUTE",
                   .approved = true,
                   .amount = {11693},
                   .rating = {RATED("MINUTES_AT_HOUR_TARIFF", 11693), .price = {7385}, .volume = 95,
                              .price_at = BRIDGING}}},
        .net_cents = 11693,
    },
    {
        .story = "the same in English",
        .language = ENGLISH,
        .words = "On 8 April 2020 Zorg Een declared to the municipality of Delft, in declaration D-1 under R-17: "
                 "Begeleiding (45A04), 1 minute, from 1 March 2020 to 31 March 2020 (allocation 640012, client c-1).\n"
                 "The tariff is € 73,85 per hour, by the decision ‘Overbruggingscontract 2020’ of 20 December 2019 "
                 "(book 3, tariffs.yaml line 12).\n"
                 "The amount is € 73,85 × 1 / 60 = € 1,23, rounded once to the cent, half a cent up.\n"
                 "Computed again from what is stored, the amount is right to the cent, and so is the digest.\n",
        .lines = {{.reference = "R-17",
                   .volume = 1,
                   .unit = "MINUTE",
                   .approved = true,
                   .amount = {123},
                   .rating = {RATED("MINUTES_AT_HOUR_TARIFF", 123), .price = {7385}, .volume = 1,
                              .price_at = BRIDGING}}},
        .net_cents = 123,
    },
    {
        .story = "pieces",
        .words = PIECES_TOLD IT_AGREES,
        .lines = {PIECES},
        .net_cents = 50000,
    },
    {
        .story = "a budget in euros",
        .words =
            FIRST_SENTENCE("Begeleiding (45A04)", "€ 42,42") "Het gedeclareerde bedrag telt zelf: € 42,42.\n" IT_AGREES,
        .lines = {{.reference = "R-17",
                   .volume = 4242,
                   .unit = "EURO",
                   .approved = true,
                   .amount = {4242},
                   .rating = {RATED("VOLUME_IN_CENTS", 4242), .volume = 4242}}},
        .net_cents = 4242,
    },
    {
        .story = "the start of a trajectory, by an invented price",
        .words = FIRST_SENTENCE(
            "Herstel kort (PA1P1)",
            "€ 3.500,01") "De prijs van het hele traject is € 5.000,01, volgens ‘Tarieventafel’, vastgelegd in het "
                          "besluit "
                          "‘Gefaseerde invoering’ van 23 april 2019 (boek 2, pic-tariffs.yaml regel 7); dit is niet "
                          "openbaar en "
                          "hier synthetisch.\n"
                          "Hoe dat wordt betaald staat in het besluit ‘Gefaseerde invoering’ van 23 april 2019 (boek "
                          "2, "
                          "payment-terms.yaml regel 9).\n"
                          "Bij de start van de hulp is 70% daarvan verschuldigd: € 5.000,01 × 70% = € 3.500,01" ROUNDED
                              IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 350001,
                   .approved = true,
                   .amount = {350001},
                   .rating = {RATED("START_PART", 350001), .price = {500001}, .share = {7, 10}, .part = {1, 1},
                              .start = {350001}, .price_at = INVENTED, .terms_at = TERMS_OF_2020}}},
        .net_cents = 350001,
    },
    {
        .story = "the end of a trajectory, as planned",
        .words =
            FIRST_SENTENCE("Herstel kort (PA1P1)",
                           "€ 1.500,00") "Bij het einde van de hulp is de rest verschuldigd: € 5.000,01 − € 3.500,01 = "
                                         "€ 1.500,00; het "
                                         "startdeel is afgerond op hele centen, een halve cent naar boven.\n" IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 150000,
                   .approved = true,
                   .amount = {150000},
                   .rating = {RATED("END_PART", 150000), .price = {500001}, .share = {7, 10}, .part = {1, 1},
                              .start = {350001}}}},
        .net_cents = 150000,
    },
    {
        .story = "the end of a trajectory, early",
        .words =
            FIRST_SENTENCE("Herstel kort (PA1P1)", "€ 350,00") "De hulp eindigde eerder dan gepland, en van de rest is "
                                                               "7/30 verschuldigd: (€ 5.000,01 − € 3.500,01) × "
                                                               "7/30 = € 350,00" ROUNDED IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 35000,
                   .approved = true,
                   .amount = {35000},
                   .rating = {RATED("END_PART", 35000), .price = {500001}, .share = {7, 10}, .part = {7, 30},
                              .start = {350001}}}},
        .net_cents = 35000,
    },
    {
        .story = "start and end in one period",
        .words = FIRST_SENTENCE(
            "Herstel kort (PA1P1)",
            "€ 5.000,01") "Start en einde vallen in dezelfde periode, dus beide delen zijn verschuldigd: € 3.500,01 + "
                          "(€ 5.000,01 − € 3.500,01) = € 5.000,01.\n" IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 500001,
                   .approved = true,
                   .amount = {500001},
                   .rating = {RATED("WHOLE", 500001), .price = {500001}, .share = {7, 10}, .part = {1, 1},
                              .start = {350001}}}},
        .net_cents = 500001,
    },
    {
        .story = "start and end in one period, early",
        .words =
            FIRST_SENTENCE("Herstel kort (PA1P1)", "€ 3.875,01") "Start en einde vallen in dezelfde periode. Omdat de "
                                                                 "hulp eerder eindigde dan gepland, is van de rest "
                                                                 "25% verschuldigd: € 3.500,01 + (€ 5.000,01 − € "
                                                                 "3.500,01) × 25% = € 3.875,01, elk deel afgerond op "
                                                                 "hele centen, een halve cent naar boven.\n" IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 387501,
                   .approved = true,
                   .amount = {387501},
                   .rating = {RATED("WHOLE", 387501), .price = {500001}, .share = {7, 10}, .part = {50, 200},
                              .start = {350001}}}},
        .net_cents = 387501,
    },
    {
        .story = "the end of a trajectory, by the whole price and under a cap",
        .words = FIRST_SENTENCE(
            "Herstel kort (PA1P1)",
            "€ 400,00") "Voor het hele traject wordt ten hoogste € 4.000,00 betaald, minder dan het tarief, volgens "
                        "het "
                        "besluit ‘Overbruggingscontract 2020’ van 20 december 2019 (boek 3, tariffs.yaml regel 12).\n"
                        "Hoe dat wordt betaald staat in het besluit ‘Overbruggingscontract 2020’ van 20 december 2019 "
                        "(boek 3, tariffs.yaml regel 12).\n"
                        "De hulp eindigde eerder dan gepland, en van de hele prijs is 80% verschuldigd, min wat bij de "
                        "start verschuldigd was: € 4.000,00 × 80% − € 2.800,00 = € 400,00" ROUNDED IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 40000,
                   .approved = true,
                   .amount = {40000},
                   .rating = {RATED("PRO_RATA_END", 40000), .price = {400000}, .share = {7, 10}, .part = {160, 200},
                              .start = {280000}, .price_at = BRIDGING, .terms_at = BRIDGING}}},
        .net_cents = 40000,
    },
    {
        .story = "start and end in one period, by the whole price",
        .words = FIRST_SENTENCE(
            "Herstel kort (PA1P1)",
            "€ 3.500,01") "Start en einde vallen in dezelfde periode. De hulp eindigde eerder dan gepland, en van de "
                          "hele "
                          "prijs is 25% verschuldigd, maar ten minste het startdeel van € 3.500,01: € 3.500,01" ROUNDED
                              IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 350001,
                   .approved = true,
                   .amount = {350001},
                   .rating = {RATED("PRO_RATA_WHOLE", 350001), .price = {500001}, .share = {7, 10}, .part = {50, 200},
                              .start = {350001}}}},
        .net_cents = 350001,
    },
    {
        .story = "a month of lasting care",
        .words = FIRST_SENTENCE("Herstel kort (PA1P1)",
                                "€ 833,34") "De prijs van een jaar is € 10.000,01, volgens het besluit "
                                            "‘Overbruggingscontract 2020’ van 20 december "
                                            "2019 (boek 3, tariffs.yaml regel 12).\n"
                                            "Voor maand 3 is een twaalfde daarvan verschuldigd: € 833,34. De twaalf "
                                            "maanden zijn zo afgerond op "
                                            "hele centen dat zij samen precies de jaarprijs zijn.\n" IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 83334,
                   .approved = true,
                   .amount = {83334},
                   .rating = {RATED("MONTH_PART", 83334), .price = {1000001}, .month = 3, .month_price = {83334},
                              .part = {1, 1}, .price_at = BRIDGING}}},
        .net_cents = 83334,
    },
    {
        .story = "a month of lasting care that ended early",
        .words =
            FIRST_SENTENCE("Herstel kort (PA1P1)", "€ 403,23") "Voor maand 3 is een twaalfde daarvan € 833,34. "
                                                               "Daarvan is volgens de afspraken 15/31 verschuldigd: "
                                                               "€ 833,34 × 15/31 = € 403,23" ROUNDED IT_AGREES,
        .lines = {{.reference = "R-17",
                   OF_TRAJECTORY,
                   .volume = 40323,
                   .approved = true,
                   .amount = {40323},
                   .rating = {RATED("MONTH_PART", 40323), .price = {1000001}, .month = 3, .month_price = {83334},
                              .part = {15, 31}}}},
        .net_cents = 40323,
    },
    {
        .story = "the provider takes it back",
        .words = PIECES_TOLD "Op 4 mei 2020 heeft Zorg Een de regel gecrediteerd met K-1, in declaratie D-2: "
                             "€ -500,00.\n"
                             "Alles bij elkaar komt de regel op € 0,00.\n"
                             "Opnieuw berekend uit de bewaarde gegevens kloppen alle 2 bedragen tot op de cent, en de "
                             "vingerafdrukken ook.\n",
        .lines = {PIECES,
                  {.reference = "K-1",
                   .position = 11,
                   .known = "2020-05-04",
                   .document = "D-2",
                   .credits = "R-17",
                   .volume = 2,
                   .unit = "PIECE",
                   .approved = true,
                   .amount = {-50000},
                   .rating = {RATED("CREDIT", 50000), .price = {50000}}}},
    },
    {
        .story = "rejected",
        .words = FIRST_SENTENCE(
            "Begeleiding (45A04)",
            "9 uur") "De regel is afgekeurd met de landelijke retourcode 9321: Het volume is groter dan voor deze "
                     "productperiode is toegewezen.\n",
        .lines = {{.reference = "R-17",
                   .volume = 9,
                   .unit = "HOUR",
                   .return_code = "9321",
                   .sentence_nl = "Het volume is groter dan voor deze productperiode is toegewezen."}},
    },
    {
        .story = "a credit that is rejected, in English",
        .language = ENGLISH,
        .words = "On 8 April 2020 Zorg Een asked to credit line R-9 with R-17, in declaration D-1.\n"
                 "The line was rejected with national return code 8017: no approved debet line has the reference that "
                 "is credited.\n",
        .lines = {{.reference = "R-17",
                   .credits = "R-9",
                   .volume = 9,
                   .unit = "HOUR",
                   .return_code = "8017",
                   .sentence_en = "no approved debet line has the reference that is credited"}},
    },
    {
        .story = "rejected, since nobody knows the client",
        .words =
            "Zorg Een declareerde op 8 april 2020 bij de gemeente Delft, in declaratie D-1 onder R-17: Begeleiding "
            "(45A04), 9 uur, van 1 maart 2020 tot en met 31 maart 2020 (toewijzing 640012, cliënt niet bekend).\n"
            "De regel is afgekeurd met de landelijke retourcode 0233: De cliënt is niet bekend.\n",
        .lines = {{.reference = "R-17",
                   .client = "",
                   .volume = 9,
                   .unit = "HOUR",
                   .return_code = "0233",
                   .sentence_nl = "De cliënt is niet bekend."}},
    },
    {
        .story = "rejected without a national code",
        .words = FIRST_SENTENCE("Begeleiding (45A04)", "9 uur") "De regel is afgekeurd: De prestatie past niet.\n",
        .lines = {{.reference = "R-17", .volume = 9, .unit = "HOUR", .sentence_nl = "De prestatie past niet."}},
    },
    {
        .story = "self-billed, replaced twice",
        .words = PIECES_TOLD
        "Op 7 juli 2020 werd het besluit ‘Tarieventafel 2020’ van 7 juli 2020 (boek 6) bekend. Daarom is R-17 "
        "teruggenomen met R-17~6c (€ -500,00) en vervangen door R-17~6: € 520,00 (nota~6).\n"
        "Het tarief is € 260,00 per stuk, volgens het besluit ‘Tarieventafel 2020’ van 7 juli 2020 (boek 6, "
        "tariffs.yaml regel 4).\n"
        "Het bedrag is 2 × € 260,00 = € 520,00; daar is niets aan afgerond.\n"
        "Op 2 september 2020 werd het besluit ‘Herstel’ van 1 september 2020 (boek 7) bekend. Daarom is R-17~6 "
        "teruggenomen met R-17~7c (€ -520,00) en vervangen door R-17~7: € 510,00 (nota~7).\n"
        "Het bedrag is 2 × € 255,00 = € 510,00; daar is niets aan afgerond.\n"
        "Alles bij elkaar komt de regel op € 510,00.\n"
        "Opnieuw berekend uit de bewaarde gegevens kloppen alle 5 bedragen tot op de cent, en de vingerafdrukken "
        "ook.\n",
        .lines = {PIECES,
                  {.reference = "R-17~6c",
                   .position = 20,
                   .by_billing = true,
                   .known = "2020-07-07",
                   .document = "nota~6",
                   .credits = "R-17",
                   .unit = "PIECE",
                   .approved = true,
                   .amount = {-50000},
                   .cause = BOOK_SIX,
                   .rating = {RATED("CREDIT", 50000), .price = {50000}}},
                  {.reference = "R-17~6",
                   .position = 20,
                   .by_billing = true,
                   .known = "2020-07-07",
                   .document = "nota~6",
                   .unit = "PIECE",
                   .approved = true,
                   .amount = {52000},
                   .cause = BOOK_SIX,
                   .rating = {RATED("VOLUME_TIMES_TARIFF", 52000), .price = {26000}, .volume = 2,
                              .price_at = TABLE_OF_2020}},
                  {.reference = "R-17~7c",
                   .position = 30,
                   .by_billing = true,
                   .known = "2020-09-02",
                   .document = "nota~7",
                   .credits = "R-17~6",
                   .unit = "PIECE",
                   .approved = true,
                   .amount = {-52000},
                   .cause = BOOK_SEVEN,
                   .rating = {RATED("CREDIT", 52000), .price = {52000}}},
                  {.reference = "R-17~7",
                   .position = 30,
                   .by_billing = true,
                   .known = "2020-09-02",
                   .document = "nota~7",
                   .unit = "PIECE",
                   .approved = true,
                   .amount = {51000},
                   .cause = BOOK_SEVEN,
                   .rating = {RATED("VOLUME_TIMES_TARIFF", 51000), .price = {25500}, .volume = 2}}},
        .net_cents = 51000,
    },
    {
        .story = "asked of the provider, who credits it",
        .words = PIECES_TOLD
        "Op 7 juli 2020 werd het besluit ‘Tarieventafel 2020’ van 7 juli 2020 (boek 6) bekend. Daarna komt de regel op "
        "€ 520,00. De aanbieder is gevraagd hem te crediteren en opnieuw te declareren (verzoek~6); tot dan is een "
        "correctie van € 20,00 te verwachten.\n"
        "Het bedrag is 2 × € 260,00 = € 520,00; daar is niets aan afgerond.\n"
        "Op 3 augustus 2020 heeft Zorg Een de regel gecrediteerd met K-1, in declaratie D-2: € -500,00.\n"
        "Met de creditregel K-1 vervalt ook de eerdere correctie (verzoek~6): € -20,00.\n"
        "Alles bij elkaar komt de regel op € 0,00.\n"
        "Opnieuw berekend uit de bewaarde gegevens kloppen alle 3 bedragen tot op de cent, en de vingerafdrukken "
        "ook.\n",
        .lines = {PIECES,
                  {.reference = "K-1",
                   .position = 30,
                   .known = "2020-08-03",
                   .document = "D-2",
                   .credits = "R-17",
                   .volume = 2,
                   .unit = "PIECE",
                   .approved = true,
                   .amount = {-50000},
                   .rating = {RATED("CREDIT", 50000), .price = {50000}}}},
        .adjustments = {{"R-17",
                         20,
                         false,
                         "verzoek~6",
                         "2020-07-07",
                         "",
                         {2000},
                         BOOK_SIX,
                         {RATED("VOLUME_TIMES_TARIFF", 52000), .price = {26000}, .volume = 2}},
                        {"R-17", 30, false, "verzoek~6", "2020-08-03", "K-1", {-2000}}},
    },
    {
        .story = "settled, after it was first asked",
        .words = PIECES_TOLD
        "De eerdere correctie (verzoek~6) vervalt daarmee: € -20,00.\n"
        "Op 2 september 2020 werd het besluit ‘Herstel’ van 1 september 2020 (boek 7) bekend. Daarna komt de regel op "
        "€ 510,00; het verschil van € 10,00 is verrekend in één bedrag voor het jaar (verrekening~7~2020).\n"
        "Alles bij elkaar komt de regel op € 510,00.\n"
        "Opnieuw berekend uit de bewaarde gegevens kloppen alle 2 bedragen tot op de cent, en de vingerafdrukken "
        "ook.\n",
        .lines = {PIECES},
        .adjustments = {{"R-17", 30, false, "verzoek~6", "2020-09-02", "", {-2000}, BOOK_SEVEN},
                        {"R-17",
                         30,
                         true,
                         "verrekening~7~2020",
                         "2020-09-02",
                         "",
                         {1000},
                         BOOK_SEVEN,
                         {RATED("SETTLED_ELSEWHERE", 51000)}}},
        .net_cents = 51000,
    },
    {
        .story = "an amount that was changed, and a digest",
        .words = PIECES_TOLD "LET OP: het bedrag van R-17 klopt niet. Bewaard is € 500,00, opnieuw berekend € 501,00.\n"
                             "LET OP: de vingerafdruk van R-17 klopt niet: er is iets veranderd aan wat bewaard is.\n",
        .lines = {{.reference = "R-17",
                   .volume = 2,
                   .unit = "PIECE",
                   .approved = true,
                   .amount = {50000},
                   .rating = {.formula = "VOLUME_TIMES_TARIFF",
                              .price = {25000},
                              .volume = 2,
                              .price_at = BRIDGING,
                              .stored = {50000},
                              .recomputed = {50100},
                              .digest = "d1",
                              .digest_recomputed = "d2"}}},
        .net_cents = 50000,
        .disagrees = true,
    },
    {
        .story = "nothing is owed",
        .words = FIRST_SENTENCE("Begeleiding (45A04)", "0 uur") "Er is niets verschuldigd.\n" IT_AGREES,
        .lines = {{.reference = "R-17", .unit = "HOUR", .approved = true, .rating = {RATED("NONE", 0)}}},
    },
};

/* What a story does not say is as usual. */

static void take_usual(const char **text, const char *usual)
{
    if (!*text)
        *text = usual;
}

static void complete_citation(Citation *citation)
{
    take_usual(&citation->decision, "");
    take_usual(&citation->decided, "");
    take_usual(&citation->file, "");
    take_usual(&citation->rests_on, "");
}

static void complete_rating(Rating *rating)
{
    take_usual(&rating->formula, "");
    take_usual(&rating->digest, "");
    take_usual(&rating->digest_recomputed, "");
    complete_citation(&rating->price_at);
    complete_citation(&rating->terms_at);
    complete_citation(&rating->granted_under);
    complete_citation(&rating->rated_under);
}

static ReceiptLine completed(const ReceiptLine *told)
{
    ReceiptLine line = *told;
    if (line.position == 0)
        line.position = 10;
    take_usual(&line.document, "D-1");
    take_usual(&line.known, "2020-04-08");
    take_usual(&line.client, "c-1");
    take_usual(&line.allocation, "640012");
    take_usual(&line.contract, "c1/90000001");
    take_usual(&line.code, "45A04");
    take_usual(&line.product, "Begeleiding");
    take_usual(&line.profile, "");
    take_usual(&line.intensity, "");
    take_usual(&line.first_day, "2020-03-01");
    take_usual(&line.last_day, "2020-03-31");
    take_usual(&line.credits, "");
    take_usual(&line.return_code, "");
    take_usual(&line.sentence_nl, "");
    take_usual(&line.sentence_en, "");
    complete_citation(&line.cause);
    complete_rating(&line.rating);
    return line;
}

static Receipt receipt_of(Arena *arena, const Case *told)
{
    ReceiptLine *lines = ARENA_MANY(arena, ReceiptLine, COUNT(told->lines));
    ReceiptAdjustment *adjustments = ARENA_MANY(arena, ReceiptAdjustment, COUNT(told->adjustments));
    Receipt receipt = {.municipality = "Delft",
                       .provider = "Zorg Een",
                       .lines = lines,
                       .adjustments = adjustments,
                       .net = {told->net_cents},
                       .agrees = !told->disagrees};
    for (size_t i = 0; i < COUNT(told->lines) && told->lines[i].reference; i++)
        lines[receipt.line_count++] = completed(&told->lines[i]);
    for (size_t i = 0; i < COUNT(told->adjustments) && told->adjustments[i].reference; i++) {
        ReceiptAdjustment *adjustment = &adjustments[receipt.adjustment_count++];
        *adjustment = told->adjustments[i];
        complete_citation(&adjustment->cause);
        complete_rating(&adjustment->rating);
    }
    return receipt;
}

static int make_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void a_receipt_is_told_in_words(void **state)
{
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Receipt receipt = receipt_of(*state, &CASES[i]);
        const char *words = receipt_words(*state, &receipt, CASES[i].language);
        if (strcmp(words, CASES[i].words) != 0)
            fail_msg("%s:\n%s\ninstead of\n%s", CASES[i].story, words, CASES[i].words);
    }
}

/* The longest piece of a sentence without a place in it. */
static const char *known_piece(Arena *arena, const char *words)
{
    const char *best = "";
    size_t most = 0;
    for (const char *at = words; *at;) {
        size_t size = strcspn(at, "{");
        if (size > most) {
            most = size;
            best = arena_text_sized(arena, at, size);
        }
        at += size;
        at += *at ? strcspn(at, "}") + 1 : 0;
    }
    return best;
}

static bool occurs(Arena *arena, const char *piece)
{
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Receipt receipt = receipt_of(arena, &CASES[i]);
        for (Language language = 0; language < LANGUAGES; language++)
            if (strstr(receipt_words(arena, &receipt, language), piece))
                return true;
    }
    return false;
}

static void every_sentence_is_told_in_some_story_in_both_languages(void **state)
{
    for (Sentence sentence = 0; sentence < SENTENCE_LABEL_LINE; sentence++)
        for (Language language = 0; language < LANGUAGES; language++) {
            const char *piece = known_piece(*state, sentence_words(sentence, language));
            if (!occurs(*state, piece))
                fail_msg("nobody tells \"%s\"", piece);
        }
}

static void no_place_of_a_sentence_stays_open(void **state)
{
    for (size_t i = 0; i < COUNT(CASES); i++)
        for (Language language = 0; language < LANGUAGES; language++) {
            Receipt receipt = receipt_of(*state, &CASES[i]);
            const char *words = receipt_words(*state, &receipt, language);
            if (strpbrk(words, "{}"))
                fail_msg("%s: %s", CASES[i].story, words);
        }
}

static void inputs_stand_side_by_side(void **state)
{
    Receipt receipt = receipt_of(*state, &CASES[0]);
    InputTable inputs = receipt_inputs(*state, &receipt, DUTCH);
    static const char *const ROWS[][2] = {
        {"regel", "R-17"},
        {"formule", "MINUTES_AT_HOUR_TARIFF"},
        {"prijs", "€ 73,85"},
        {"volume", "95"},
        {"bedrag", "€ 116,93"},
        {"opnieuw", "€ 116,93"},
        {"prijs uit", "boek 3, tariffs.yaml:12"},
        {"contract", "c1/90000001"},
    };
    assert_int_equal(inputs.column_count, 1);
    assert_int_equal(inputs.row_count, COUNT(ROWS));
    for (size_t row = 0; row < COUNT(ROWS); row++) {
        assert_string_equal(inputs.rows[row].label, ROWS[row][0]);
        assert_string_equal(inputs.rows[row].texts[0], ROWS[row][1]);
    }
    assert_string_equal(receipt_digests(*state, &receipt, ENGLISH), "digest of R-17  d1\n");
}

static void what_billing_says_is_read(void **state)
{
    static const char JSON[] =
        "{\"municipality\":\"0503\",\"municipality_name\":\"Delft\",\"provider\":\"90000001\",\"lines\":["
        "{\"reference\":\"R-17\",\"position\":10,\"document\":\"D-1\",\"known_day\":\"2020-04-08\",\"client\":\"c-1\","
        "\"code\":\"45A53\",\"first_day\":\"2020-03-01\",\"last_day\":\"2020-03-31\",\"volume\":2,\"unit\":\"PIECE\","
        "\"approved\":true,\"cents\":50000,\"allocation\":{\"number\":\"A1\",\"contract\":\"c1/90000001\"},"
        "\"rating\":{\"formula\":\"VOLUME_TIMES_TARIFF\",\"price_cents\":25000,\"volume\":2,\"stored_cents\":50000,"
        "\"recomputed_cents\":50000,\"digest\":\"d1\",\"digest_recomputed\":\"d1\",\"agrees\":true,"
        "\"share\":[7,10],\"price\":{\"book\":3,\"file\":\"t.yaml\",\"line\":4,\"synthetic\":true}}}],"
        "\"adjustments\":[{\"reference\":\"R-17\",\"way\":\"SETTLED\",\"cents\":5}],\"net_cents\":50005,\"agrees\":"
        "true}";
    json_t *json = json_loads(JSON, 0, NULL);
    Receipt receipt;
    assert_true(receipt_read(*state, json, &receipt));
    assert_string_equal(receipt.municipality, "Delft");
    assert_string_equal(receipt.provider, "90000001");
    assert_int_equal(receipt.line_count, 1);
    assert_string_equal(receipt.lines[0].allocation, "A1");
    assert_int_equal(receipt.lines[0].rating.price.cents, 25000);
    assert_int_equal(receipt.lines[0].rating.share.denominator, 10);
    assert_int_equal(receipt.lines[0].rating.price_at.line, 4);
    assert_true(receipt.lines[0].rating.price_at.synthetic);
    assert_int_equal(receipt.adjustment_count, 1);
    assert_true(receipt.adjustments[0].settled);
    assert_int_equal(receipt.net.cents, 50005);
    assert_true(receipt.agrees);
    json_decref(json);

    json = json_loads("{\"lines\":[]}", 0, NULL);
    assert_false(receipt_read(*state, json, &receipt));
    json_decref(json);
}

#define test_in_arena(test) cmocka_unit_test_setup_teardown(test, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_in_arena(a_receipt_is_told_in_words),
        test_in_arena(every_sentence_is_told_in_some_story_in_both_languages),
        test_in_arena(no_place_of_a_sentence_stays_open),
        test_in_arena(inputs_stand_side_by_side),
        test_in_arena(what_billing_says_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
