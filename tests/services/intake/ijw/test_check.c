#include "intake/ijw/check.h"

#include "services/intake/ijw/sample.h"
#include "support/unit.h"

#include <string.h>

static Arena *arena;
static IjwFaults faults;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void check_text(const char *text)
{
    faults.count = 0;
    IjwRead read = ijw_read(arena, sample_bytes(text), &faults);
    for (size_t i = 0; i < faults.count; i++)
        fail_msg("%s: %s", faults.list[i].path, ijw_fault_sentence(arena, &faults.list[i]));
    if (!official_schema_takes(read.message, text, true))
        fail_msg("the official schema does not take:\n%s", text);
    ijw_check(arena, read, &faults);
}

static void every_sample_breaks_no_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < IJW_MESSAGES; i++) {
        check_text(sample(ijw_message(i)->bit));
        if (faults.count)
            fail_msg("%s: %s", ijw_message(i)->name, ijw_rule(faults.list[0].rule)->name);
    }
}

#define DAY_USE "<b:Datum>2010-05-06</b:Datum>"
#define START_2 "<ToewijzingNummer>640081</ToewijzingNummer><Begindatum>2021-03-02"
#define PRODUCT "<Product><b:Categorie>45</b:Categorie><b:Code>45A48</b:Code></Product>"
#define PRODUCT_OPEN "<Product><b:Categorie>45</b:Categorie></Product>"
#define VOLUME "<Omvang><b:Volume>120</b:Volume><b:Eenheid>01</b:Eenheid><b:Frequentie>2</b:Frequentie></Omvang>"
#define VOLUME_OF(UNIT, FREQUENCY)                                                                                \
    "<Omvang><b:Volume>120</b:Volume><b:Eenheid>" UNIT "</b:Eenheid><b:Frequentie>" FREQUENCY "</b:Frequentie></" \
    "Omvang>"
#define END_ASKED "<ToewijzingEinddatum>2021-12-31</ToewijzingEinddatum>"
#define REFERRER "<b:Type>02</b:Type><b:ZorgverlenerCode>01000001</b:ZorgverlenerCode>"
#define ASKED_AGAIN(REFERENCE, CARE)                                                    \
    "<AangevraagdProduct><ReferentieAanbieder>" REFERENCE "</ReferentieAanbieder>" CARE \
    "<Verwijzer><b:Type>06</b:Type></Verwijzer></AangevraagdProduct></AangevraagdeProducten>"
#define CHANGED                                                                                       \
    "<TeWijzigenProducten><TeWijzigenProduct><ToewijzingNummer>640017</ToewijzingNummer>"             \
    "<GewensteIngangsdatum>2021-04-01</GewensteIngangsdatum><Einddatum>2021-12-31</Einddatum>" VOLUME \
    "</TeWijzigenProduct></TeWijzigenProducten>"
#define ADDED(CARE) "<NieuweProducten><NieuwProduct>" CARE "</NieuwProduct></NieuweProducten></Verzoek>"
#define FROM_APRIL "<GewensteIngangsdatum>2021-04-01</GewensteIngangsdatum>"
#define CREDIT "<b:VorigReferentieNummer>Q-9</b:VorigReferentieNummer>"
#define IN_START "Bericht/Client/StartProducten/StartProduct"
#define IN_STOP "Bericht/Client/StopProducten/StopProduct"
#define IN_ASKED "Bericht/Client/AangevraagdeProducten/AangevraagdProduct"
#define IN_CHANGE "Bericht/Client/Verzoek"
#define IN_CHANGED IN_CHANGE "/TeWijzigenProducten/TeWijzigenProduct[1]"
#define IN_ADDED IN_CHANGE "/NieuweProducten/NieuwProduct"
#define IN_DECLARATION "Bericht/Declaratie"
#define IN_LINE_1 "Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]"
#define IN_LINE_2 "Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[2]"
#define IN_LINE_3 "Bericht/Declaratie/Clienten/Client[2]/Prestaties/Prestatie[1]"
#define NOTHING IJW_RULE_COUNT

/* One change to a sample, and the one rule that it breaks. */
static const struct {
    const char *story;
    unsigned message;
    const char *from, *to;
    IjwRule rule;
    const char *path;
} BREAKS[] = {
    /* the client */
    {"a BSN that fails the eleven-test", IJW_305, "999900006", "999900007", IJW_RULE_CS002, "Bericht/Client/Bsn"},
    {"a BSN that fails it in a declaration", IJW_323, "999900018", "999900017", IJW_RULE_CS002,
     "Bericht/Declaratie/Clienten/Client[2]/Bsn"},
    {"of the birth day the day is unknown", IJW_305, DAY_USE,
     "<b:Datum>2010-05-01</b:Datum><b:DatumGebruik>1</b:DatumGebruik>", NOTHING, ""},
    {"of the birth day the day is unknown and said", IJW_305, DAY_USE,
     "<b:Datum>2010-05-06</b:Datum><b:DatumGebruik>1</b:DatumGebruik>", IJW_RULE_CS139, "Bericht/Client/Geboortedatum"},
    {"the month is unknown and said", IJW_307, DAY_USE,
     "<b:Datum>2010-05-01</b:Datum><b:DatumGebruik>2</b:DatumGebruik>", IJW_RULE_CS139, "Bericht/Client/Geboortedatum"},
    {"the birth day is unknown", IJW_315, DAY_USE, "<b:Datum>1900-01-01</b:Datum><b:DatumGebruik>3</b:DatumGebruik>",
     NOTHING, ""},
    {"the birth day is unknown and said", IJW_315, DAY_USE,
     "<b:Datum>2010-01-01</b:Datum><b:DatumGebruik>3</b:DatumGebruik>", IJW_RULE_CS139, "Bericht/Client/Geboortedatum"},
    {"120 years old on the day of the message", IJW_305, "2010-05-06", "1901-03-05", NOTHING, ""},
    {"older by a day", IJW_305, "2010-05-06", "1901-03-04", IJW_RULE_TR002, "Bericht/Client/Geboortedatum"},
    {"born on the day of the message", IJW_305, "2010-05-06", "2021-03-05", NOTHING, ""},
    {"born the day after", IJW_305, "2010-05-06", "2021-03-06", IJW_RULE_TR134, "Bericht/Client/Geboortedatum"},
    /* JW305 */
    {"a start on the day of the message", IJW_305, "<Begindatum>2021-03-01", "<Begindatum>2021-03-05", NOTHING, ""},
    {"a start the day after", IJW_305, "<Begindatum>2021-03-01", "<Begindatum>2021-03-06", IJW_RULE_TR134,
     IN_START "[1]/Begindatum"},
    {"a start that is removed", IJW_305, "<StatusAanlevering>1", "<StatusAanlevering>3", NOTHING, ""},
    {"a start that is changed", IJW_305, "<StatusAanlevering>1", "<StatusAanlevering>2", IJW_RULE_CS058,
     IN_START "[1]/StatusAanlevering"},
    {"the same start twice", IJW_305, START_2,
     "<ToewijzingNummer>640017</ToewijzingNummer>" PRODUCT "<Begindatum>2021-03-01", IJW_RULE_TR101, IN_START "[2]"},
    {"the same start of another product", IJW_305, START_2,
     "<ToewijzingNummer>640017</ToewijzingNummer><Begindatum>2021-03-01", NOTHING, ""},
    /* JW307 */
    {"a stop on the day of the start", IJW_307, "<Einddatum>2021-02-28", "<Einddatum>2021-01-04", NOTHING, ""},
    {"a stop the day before", IJW_307, "<Einddatum>2021-02-28", "<Einddatum>2021-01-03", IJW_RULE_TR018,
     IN_STOP "[1]/Einddatum"},
    {"a stop that is unchanged", IJW_307, "<StatusAanlevering>1", "<StatusAanlevering>9", IJW_RULE_CS058,
     IN_STOP "[1]/StatusAanlevering"},
    {"a stop of care still to start", IJW_307, "<Begindatum>2021-01-04", "<Begindatum>2021-03-06", IJW_RULE_TR134,
     IN_STOP "[1]/Begindatum"},
    /* JW315 */
    {"a code without a volume", IJW_315, VOLUME, "", IJW_RULE_CD041, IN_ASKED "[1]/Omvang"},
    {"a decision without its day", IJW_315, "<BeschikkingIngangsdatum>2021-02-01</BeschikkingIngangsdatum>", "",
     IJW_RULE_CD043, IN_ASKED "[1]/BeschikkingIngangsdatum"},
    {"the day of no decision", IJW_315, "<BeschikkingNummer>77</BeschikkingNummer>", "", IJW_RULE_CD043,
     IN_ASKED "[1]/BeschikkingIngangsdatum"},
    {"a doctor with code and name", IJW_315, REFERRER,
     "<b:Type>02</b:Type><b:Naam>Arts</b:Naam><b:ZorgverlenerCode>01000001</b:ZorgverlenerCode>", IJW_RULE_CD066,
     IN_ASKED "[1]/Verwijzer/Naam"},
    {"a doctor without either", IJW_315, REFERRER, "<b:Type>02</b:Type>", IJW_RULE_CD067,
     IN_ASKED "[1]/Verwijzer/Naam"},
    {"a judge with a code", IJW_315, "<b:Type>02", "<b:Type>08", IJW_RULE_CD068,
     IN_ASKED "[1]/Verwijzer/ZorgverlenerCode"},
    {"nobody refers", IJW_315, REFERRER, "<b:Type>06</b:Type>", NOTHING, ""},
    {"a budget without an end", IJW_315, END_ASKED VOLUME, "<Budget>1000</Budget>", IJW_RULE_CD075, IN_ASKED "[1]"},
    {"a volume a week without an end", IJW_315, END_ASKED, "", IJW_RULE_CD076, IN_ASKED "[1]"},
    {"a volume a month without an end", IJW_315, END_ASKED VOLUME, VOLUME_OF("01", "4"), NOTHING, ""},
    {"a budget beside a volume", IJW_315, VOLUME, VOLUME "<Budget>1000</Budget>", IJW_RULE_CD077,
     IN_ASKED "[1]/Omvang"},
    {"a volume beside a budget", IJW_315, VOLUME, VOLUME "<Budget>1000</Budget>", IJW_RULE_CD078,
     IN_ASKED "[1]/Budget"},
    {"neither product nor budget", IJW_315, PRODUCT, "", IJW_RULE_CD079, IN_ASKED "[1]/Product"},
    {"a volume without a code", IJW_315, PRODUCT, PRODUCT_OPEN, IJW_RULE_CD095, IN_ASKED "[1]/Omvang"},
    {"an end before the beginning", IJW_315, "<ToewijzingEinddatum>2021-12-31", "<ToewijzingEinddatum>2021-03-31",
     IJW_RULE_CS003, IN_ASKED "[1]"},
    {"days and nights a day", IJW_315, VOLUME, VOLUME_OF("14", "1"), IJW_RULE_CS343, IN_ASKED "[1]/Omvang/Frequentie"},
    {"pieces of output a day", IJW_315, VOLUME, VOLUME_OF("82", "1"), NOTHING, ""},
    {"one reference for two products", IJW_315, "</AangevraagdeProducten>",
     ASKED_AGAIN("V-1", "<Product><b:Categorie>45</b:Categorie><b:Code>45A53</b:Code></Product>"
                        "<ToewijzingIngangsdatum>2021-04-01</ToewijzingIngangsdatum>" VOLUME_OF("01", "4")),
     IJW_RULE_TR383, IN_ASKED "[2]"},
    {"one product twice for the same days", IJW_315, "</AangevraagdeProducten>",
     ASKED_AGAIN("V-2", PRODUCT "<ToewijzingIngangsdatum>2021-12-31</ToewijzingIngangsdatum>" VOLUME_OF("01", "4")),
     IJW_RULE_TR386, IN_ASKED "[2]"},
    {"one product twice, one after the other", IJW_315, "</AangevraagdeProducten>",
     ASKED_AGAIN("V-2", PRODUCT "<ToewijzingIngangsdatum>2022-01-01</ToewijzingIngangsdatum>" VOLUME_OF("01", "4")),
     NOTHING, ""},
    {"a category over one of its products", IJW_315, "</AangevraagdeProducten>",
     ASKED_AGAIN("V-2", PRODUCT_OPEN "<ToewijzingIngangsdatum>2021-06-01</ToewijzingIngangsdatum>"), IJW_RULE_TR386,
     IN_ASKED "[2]"},
    /* JW317 */
    {"no product stays or changes", IJW_317, CHANGED, "", IJW_RULE_TR353, IN_CHANGE},
    {"days and nights a day", IJW_317, VOLUME, VOLUME_OF("14", "1"), IJW_RULE_CS338, IN_CHANGED "/Omvang/Frequentie"},
    {"a volume a week without an end", IJW_317, "<Einddatum>2021-12-31</Einddatum>", "", IJW_RULE_CD076, IN_CHANGED},
    {"a budget beside a volume", IJW_317, VOLUME, VOLUME "<Budget>1000</Budget>", IJW_RULE_CD077, IN_CHANGED "/Omvang"},
    {"a volume beside a budget", IJW_317, VOLUME, VOLUME "<Budget>1000</Budget>", IJW_RULE_CD078, IN_CHANGED "/Budget"},
    {"a budget without an end", IJW_317, "<Einddatum>2021-12-31</Einddatum>" VOLUME, "<Budget>1000</Budget>",
     IJW_RULE_CD075, IN_CHANGED},
    {"an end before the beginning", IJW_317, "<Einddatum>2021-12-31", "<Einddatum>2021-03-31", IJW_RULE_CS003,
     IN_CHANGED},
    {"one allocation stays twice", IJW_317, "</OngewijzigdeProducten>",
     "<OngewijzigdProduct><ToewijzingNummer>640081</ToewijzingNummer></OngewijzigdProduct></OngewijzigdeProducten>",
     IJW_RULE_TR101, IN_CHANGE "/OngewijzigdeProducten/OngewijzigdProduct[2]"},
    {"a new product without a volume", IJW_317, "</Verzoek>", ADDED(PRODUCT FROM_APRIL), IJW_RULE_CD041,
     IN_ADDED "[1]/Omvang"},
    {"a new product that is none", IJW_317, "</Verzoek>", ADDED(FROM_APRIL), IJW_RULE_CD079, IN_ADDED "[1]/Product"},
    {"a volume without a code", IJW_317, "</Verzoek>", ADDED(PRODUCT_OPEN FROM_APRIL VOLUME_OF("01", "4")),
     IJW_RULE_CD096, IN_ADDED "[1]/Omvang"},
    {"a new product on the day of the message", IJW_317, "</Verzoek>",
     ADDED(PRODUCT "<GewensteIngangsdatum>2021-03-05</GewensteIngangsdatum>" VOLUME_OF("01", "4")), IJW_RULE_TR380,
     IN_ADDED "[1]/GewensteIngangsdatum"},
    {"two new products that overlap", IJW_317, "</Verzoek>",
     "<NieuweProducten><NieuwProduct>" PRODUCT FROM_APRIL VOLUME_OF("01", "4") "</NieuwProduct><NieuwProduct>" PRODUCT
         FROM_APRIL VOLUME_OF("01", "4") "</NieuwProduct></NieuweProducten></Verzoek>",
     IJW_RULE_TR410, IN_ADDED "[2]"},
    /* JW323 */
    {"two months", IJW_323, "<b:Begindatum>2021-02-01", "<b:Begindatum>2021-01-01", IJW_RULE_CS340,
     IN_DECLARATION "/DeclaratiePeriode"},
    {"a month of 2020", IJW_323, "<b:Begindatum>2021-02-01</b:Begindatum><b:Einddatum>2021-02-28",
     "<b:Begindatum>2020-12-01</b:Begindatum><b:Einddatum>2020-12-31", IJW_RULE_CS100,
     IN_DECLARATION "/DeclaratiePeriode/Begindatum"},
    {"a month that is not over", IJW_323, "<b:Begindatum>2021-02-01</b:Begindatum><b:Einddatum>2021-02-28",
     "<b:Begindatum>2021-03-01</b:Begindatum><b:Einddatum>2021-03-31", IJW_RULE_TR137,
     IN_DECLARATION "/DeclaratiePeriode/Einddatum"},
    {"declared after the day of the message", IJW_323, "<DeclaratieDagtekening>2021-03-04",
     "<DeclaratieDagtekening>2021-03-06", IJW_RULE_TR134, IN_DECLARATION "/DeclaratieDagtekening"},
    {"a total that is a cent too high", IJW_323, ">2500<", ">2501<", IJW_RULE_TR358,
     IN_DECLARATION "/TotaalIngediendBedrag"},
    {"a total on the wrong side", IJW_323, "2500</b:TotaalBedrag><b:DebetCredit>D",
     "2500</b:TotaalBedrag><b:DebetCredit>C", IJW_RULE_TR358, IN_DECLARATION "/TotaalIngediendBedrag"},
    {"a client twice", IJW_323, "999900018", "999900006", IJW_RULE_TR101, "Bericht/Declaratie/Clienten/Client[2]"},
    {"a reference twice", IJW_323, ">R-2<", ">R-1<", IJW_RULE_TR101, IN_LINE_2 "/ProductReferentie/ReferentieNummer"},
    {"one line credited twice", IJW_323, ">Q-8<", ">Q-9<", IJW_RULE_TR315,
     IN_LINE_3 "/ProductReferentie/VorigReferentieNummer"},
    {"a line credited where it is declared", IJW_323, ">Q-9<", ">R-1<", IJW_RULE_TR316,
     IN_LINE_2 "/ProductReferentie/VorigReferentieNummer"},
    {"a credit of nothing named", IJW_323, CREDIT, "", IJW_RULE_CD060,
     IN_LINE_2 "/ProductReferentie/VorigReferentieNummer"},
    {"a debet that names another", IJW_323, ">R-1</b:ReferentieNummer>",
     ">R-1</b:ReferentieNummer><b:VorigReferentieNummer>Q-7</b:VorigReferentieNummer>", IJW_RULE_CD060,
     IN_LINE_1 "/ProductReferentie/VorigReferentieNummer"},
    {"no tariff for minutes", IJW_323, "<ProductTarief>60</ProductTarief>", "", IJW_RULE_CD087,
     IN_LINE_1 "/ProductTarief"},
    {"a tariff for euros", IJW_323, "<Eenheid>83</Eenheid>", "<Eenheid>83</Eenheid><ProductTarief>1</ProductTarief>",
     IJW_RULE_CD087, IN_LINE_3 "/ProductTarief"},
    {"euros that are not the volume", IJW_323, "<GeleverdVolume>500", "<GeleverdVolume>501", IJW_RULE_CS339,
     IN_LINE_3 "/IngediendBedrag/Bedrag"},
    {"a product period of two months", IJW_323, "<b:Begindatum>2021-01-01", "<b:Begindatum>2020-12-31", IJW_RULE_CS337,
     IN_LINE_2 "/ProductPeriode/Einddatum"},
    {"a product period of 2020", IJW_323, "<b:Begindatum>2021-01-01</b:Begindatum><b:Einddatum>2021-01-31",
     "<b:Begindatum>2020-12-01</b:Begindatum><b:Einddatum>2020-12-31", IJW_RULE_CS100,
     IN_LINE_2 "/ProductPeriode/Begindatum"},
    {"a product period that ends before it begins", IJW_323,
     "<b:Begindatum>2021-01-01</b:Begindatum><b:Einddatum>2021-01-31",
     "<b:Begindatum>2021-01-31</b:Begindatum><b:Einddatum>2021-01-01", IJW_RULE_TR137,
     IN_LINE_2 "/ProductPeriode/Einddatum"},
    {"the same care declared twice", IJW_323,
     "2021-01-01</b:Begindatum><b:Einddatum>2021-01-31</b:Einddatum></ProductPeriode>"
     "<GeleverdVolume>10</GeleverdVolume><Eenheid>01</Eenheid><ProductTarief>60</ProductTarief>"
     "<IngediendBedrag><b:Bedrag>600</b:Bedrag><b:DebetCredit>C",
     "2021-02-01</b:Begindatum><b:Einddatum>2021-02-28</b:Einddatum></ProductPeriode>"
     "<GeleverdVolume>10</GeleverdVolume><Eenheid>01</Eenheid><ProductTarief>60</ProductTarief>"
     "<IngediendBedrag><b:Bedrag>600</b:Bedrag><b:DebetCredit>D",
     IJW_RULE_TR416, IN_LINE_2},
    {"nothing, credited", IJW_323, "<b:Bedrag>600", "<b:Bedrag>0", IJW_RULE_CS325,
     IN_LINE_2 "/IngediendBedrag/DebetCredit"},
};

static const IjwFault *fault_at(IjwRule rule, const char *path)
{
    for (size_t i = 0; i < faults.count; i++)
        if (faults.list[i].rule == rule && strcmp(faults.list[i].path, path) == 0)
            return &faults.list[i];
    return NULL;
}

static void each_break_is_told_with_its_rule_and_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(BREAKS); i++) {
        check_text(sample_with(arena, BREAKS[i].message, BREAKS[i].from, BREAKS[i].to));
        bool is_told = BREAKS[i].rule == NOTHING ? faults.count == 0 : fault_at(BREAKS[i].rule, BREAKS[i].path) != NULL;
        if (!is_told)
            fail_msg("%s: %zu faults, the first %s at %s", BREAKS[i].story, faults.count,
                     faults.count ? ijw_rule(faults.list[0].rule)->name : "none",
                     faults.count ? faults.list[0].path : "nowhere");
    }
}

static void a_declaration_of_more_than_five_years_ago_is_too_late(void **state)
{
    (void)state;
    static const struct {
        const char *declared;
        bool too_late;
    } CASES[] = {{"2026-02-28", false}, {"2026-03-01", true}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *text = sample_with(arena, IJW_323, "<b:Dagtekening>2021-03-05", "<b:Dagtekening>2026-12-31");
        text = text_with(arena, text, "2021-01-01</b:Begindatum><b:Einddatum>2021-01-31",
                         "2021-02-01</b:Begindatum><b:Einddatum>2021-02-28");
        check_text(text_with(arena, text, "<DeclaratieDagtekening>2021-03-04",
                             arena_format(arena, "<DeclaratieDagtekening>%s", CASES[i].declared)));
        assert_int_equal(fault_at(IJW_RULE_TR335, IN_LINE_1 "/ProductPeriode/Einddatum") != NULL, CASES[i].too_late);
    }
}

static void a_change_of_nothing_at_all_says_both_that_it_lacks(void **state)
{
    (void)state;
    const char *text = sample_with(arena, IJW_317, CHANGED, "");
    check_text(text_with(arena, text,
                         "<OngewijzigdeProducten><OngewijzigdProduct><ToewijzingNummer>640081</ToewijzingNummer>"
                         "</OngewijzigdProduct></OngewijzigdeProducten>",
                         ""));
    assert_non_null(fault_at(IJW_RULE_TR352, IN_CHANGE));
    assert_non_null(fault_at(IJW_RULE_TR353, IN_CHANGE));
}

/* Every rule of the level CONTENT is broken by a test of this file. */
static void every_rule_of_content_is_broken_here(void **state)
{
    (void)state;
    static const IjwRule ELSEWHERE_HERE[] = {IJW_RULE_TR335, IJW_RULE_TR352};
    for (int rule = 0; rule < IJW_RULE_COUNT; rule++) {
        if (ijw_rule((IjwRule)rule)->level != IJW_CONTENT)
            continue;
        bool is_broken = false;
        for (size_t i = 0; i < COUNT(BREAKS); i++)
            is_broken = is_broken || (int)BREAKS[i].rule == rule;
        for (size_t i = 0; i < COUNT(ELSEWHERE_HERE); i++)
            is_broken = is_broken || (int)ELSEWHERE_HERE[i] == rule;
        if (!is_broken)
            fail_msg("%s is not broken by any test", ijw_rule((IjwRule)rule)->name);
    }
}

static void every_rule_of_content_has_the_common_return_code(void **state)
{
    (void)state;
    for (int rule = 0; rule < IJW_RULE_COUNT; rule++) {
        const IjwRuleRow *row = ijw_rule((IjwRule)rule);
        if (row->level == IJW_CONTENT)
            assert_string_equal(row->return_code, "0001");
        if (row->level == IJW_FORM)
            assert_string_equal(row->return_code, "");
        assert_true(*row->words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_breaks_no_rule),
        cmocka_unit_test(each_break_is_told_with_its_rule_and_place),
        cmocka_unit_test(a_declaration_of_more_than_five_years_ago_is_too_late),
        cmocka_unit_test(a_change_of_nothing_at_all_says_both_that_it_lacks),
        cmocka_unit_test(every_rule_of_content_is_broken_here),
        cmocka_unit_test(every_rule_of_content_has_the_common_return_code),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
