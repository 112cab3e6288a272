#include "intake/ijw/read.h"

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

static IjwRead read_bytes(Bytes file)
{
    faults.count = 0;
    return ijw_read(arena, file, &faults);
}

static IjwRead read_text(const char *text)
{
    return read_bytes(sample_bytes(text));
}

/* The first fault of a rule; NULL when none is. */
static const IjwFault *fault_of(IjwRule rule)
{
    for (size_t i = 0; i < faults.count; i++)
        if (faults.list[i].rule == rule)
            return &faults.list[i];
    return NULL;
}

static void every_sample_is_read_without_a_fault(void **state)
{
    (void)state;
    for (size_t i = 0; i < IJW_MESSAGES; i++) {
        IjwRead read = read_text(sample(ijw_message(i)->bit));
        assert_int_equal(faults.count, 0);
        assert_ptr_equal(read.message, ijw_message(i));
        assert_true(official_schema_takes(ijw_message(i), sample(ijw_message(i)->bit), true));
        bool is_received = read.message->is_received;
        assert_string_equal(read.root->header.sender, is_received ? "90000001" : "0503");
        assert_string_equal(read.root->header.receiver, is_received ? "0503" : "90000001");
        assert_string_equal(read.root->header.identification.name, "A1");
        assert_int_equal(read.root->header.identification.dated.number, day_of(2021, 3, 5).number);
    }
}

static void a_request_has_all_its_elements(void **state)
{
    (void)state;
    const IjwClient *client = &read_text(sample(IJW_315)).root->client;
    const IjwAsked *asked = client->asked.list.items;
    assert_string_equal(client->bsn, "999900006");
    assert_string_equal(client->name.surname.prefix, "van");
    assert_string_equal(client->comment, "Graag snel");
    assert_int_equal(client->asked.list.count, 1);
    assert_string_equal(asked->reference, "V-1");
    assert_int_equal(asked->decision.number, 77);
    assert_string_equal(asked->product.code, "45A48");
    assert_int_equal(asked->last.number, day_of(2021, 12, 31).number);
    assert_int_equal(asked->volume.volume.number, 120);
    assert_false(asked->budget.given);
    assert_string_equal(asked->referrer.code, "01000001");
    assert_null(asked->referrer.name);
}

static void a_declaration_has_all_its_lines(void **state)
{
    (void)state;
    const IjwDeclaration *declaration = &read_text(sample(IJW_323)).root->declaration;
    const IjwDeclaredClient *clients = declaration->clients.list.items;
    const IjwLine *lines = clients[0].lines.list.items;
    assert_int_equal(declaration->clients.list.count, 2);
    assert_int_equal(clients[0].lines.list.count, 2);
    assert_string_equal(lines[1].name.credits, "Q-9");
    assert_string_equal(lines[1].amount.sign, "C");
    assert_int_equal(lines[0].tariff.number, 60);
    assert_false(((const IjwLine *)clients[1].lines.list.items)->tariff.given);
}

/* One change to a sample, and what it breaks. */
static const struct {
    const char *story;
    unsigned message;
    const char *from, *to;
    IjwRule rule;
    const char *path;
} BREAKS[] = {
#define IN_HEADER "Bericht/Header"
#define IN_CLIENT "Bericht/Client"
#define IN_START "Bericht/Client/StartProducten/StartProduct[1]"
#define IN_STOP "Bericht/Client/StopProducten/StopProduct[1]"
#define IN_ASKED "Bericht/Client/AangevraagdeProducten/AangevraagdProduct[1]"
#define IN_LINE "Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]"
    /* the schema */
    {"an element is missing", IJW_305, "<Geslacht>0</Geslacht>", "", IJW_RULE_XSD, IN_CLIENT "/Geslacht"},
    {"the last element is missing", IJW_305, "<StatusAanlevering>1</StatusAanlevering>", "", IJW_RULE_XSD,
     IN_START "/StatusAanlevering"},
    {"an element stands there twice", IJW_305, "<Geslacht>0</Geslacht>", "<Geslacht>0</Geslacht><Geslacht>0</Geslacht>",
     IJW_RULE_XSD, IN_CLIENT "/Geslacht"},
    {"an element stands too late", IJW_305, "<b:Voornamen>Ada</b:Voornamen><b:Voorletters>A</b:Voorletters>",
     "<b:Voorletters>A</b:Voorletters><b:Voornamen>Ada</b:Voornamen>", IJW_RULE_XSD, IN_CLIENT "/Naam/Voornamen"},
    {"an element is unknown", IJW_305, "<Geslacht>", "<Gender>1</Gender><Geslacht>", IJW_RULE_XSD, IN_CLIENT},
    {"an element is in the other namespace", IJW_305, "<b:Achternaam>Proef</b:Achternaam>",
     "<Achternaam>Proef</Achternaam>", IJW_RULE_XSD, IN_CLIENT "/Naam/Geslachtsnaam/Achternaam"},
    {"a list is empty", IJW_317, "<OngewijzigdProduct><ToewijzingNummer>640081</ToewijzingNummer></OngewijzigdProduct>",
     "", IJW_RULE_XSD, "Bericht/Client/Verzoek/OngewijzigdeProducten/OngewijzigdProduct"},
    {"there is text between elements", IJW_305, "<Geslacht>", "tekst<Geslacht>", IJW_RULE_XSD, IN_CLIENT},
    {"a value holds an element", IJW_305, "<Geslacht>0</Geslacht>", "<Geslacht><m/>0</Geslacht>", IJW_RULE_XSD,
     IN_CLIENT "/Geslacht"},
    {"an element has an attribute", IJW_305, "<Geslacht>", "<Geslacht code=\"1\">", IJW_RULE_XSD,
     IN_CLIENT "/Geslacht"},
    {"release 3.0", IJW_305, "3_2/jw305", "3_0/jw305", IJW_RULE_XSD, ""},
    {"release 3.1", IJW_323, "3_2/jw323", "3_1/jw323", IJW_RULE_XSD, ""},
    {"a message of no kind", IJW_305, "jw305", "jw309", IJW_RULE_XSD, ""},
    {"another root", IJW_305, "<Bericht ", "<Message ", IJW_RULE_XSD, ""},
    /* values */
    {"letters in an AGB code", IJW_305, "90000001", "9000000A", IJW_RULE_RS036, IN_HEADER "/Afzender"},
    {"nine digits in an AGB code", IJW_305, "90000001", "900000010", IJW_RULE_RS014, IN_HEADER "/Afzender"},
    {"three digits for a municipality", IJW_305, "0503", "503", IJW_RULE_RS035, IN_HEADER "/Ontvanger"},
    {"ten digits in a BSN", IJW_305, "999900006", "9999000060", IJW_RULE_RS015, IN_CLIENT "/Bsn"},
    {"a letter in a BSN", IJW_305, "999900006", "99990000A", IJW_RULE_RS037, IN_CLIENT "/Bsn"},
    {"four characters in a message code", IJW_305, ">438<", ">4380<", IJW_RULE_RS010, IN_HEADER "/BerichtCode"},
    {"release 2", IJW_305, "<BerichtVersie>3", "<BerichtVersie>2", IJW_RULE_CS025, IN_HEADER "/BerichtVersie"},
    {"subrelease 1", IJW_305, "<BerichtSubversie>2", "<BerichtSubversie>1", IJW_RULE_CS015,
     IN_HEADER "/BerichtSubversie"},
    {"thirteen characters of identification", IJW_305, ">A1<", ">ABCDEFGHIJKLM<", IJW_RULE_RS017,
     IN_HEADER "/BerichtIdentificatie/Identificatie"},
    {"an empty identification", IJW_305, ">A1<", "><", IJW_RULE_RS033, IN_HEADER "/BerichtIdentificatie/Identificatie"},
    {"two numbers in a version", IJW_305, "1.0.2", "1.0", IJW_RULE_RS048, IN_HEADER "/XsdVersie/BerichtXsdVersie"},
    {"a needless zero in a version", IJW_305, "1.0.2", "1.00.2", IJW_RULE_RS048,
     IN_HEADER "/XsdVersie/BerichtXsdVersie"},
    {"a day with a time zone", IJW_305, "<Begindatum>2021-03-01", "<Begindatum>2021-03-01Z", IJW_RULE_RS032,
     IN_START "/Begindatum"},
    {"a day that does not exist", IJW_305, "<Begindatum>2021-03-01", "<Begindatum>2021-02-29", IJW_RULE_RS032,
     IN_START "/Begindatum"},
    {"a day as the Dutch write it", IJW_305, "<Begindatum>2021-03-01", "<Begindatum>01-03-2021", IJW_RULE_RS032,
     IN_START "/Begindatum"},
    {"two characters for a sex", IJW_305, "<Geslacht>0", "<Geslacht>00", IJW_RULE_RS008, IN_CLIENT "/Geslacht"},
    {"a sex that is none", IJW_305, "<Geslacht>0", "<Geslacht>9", IJW_RULE_XSD, IN_CLIENT "/Geslacht"},
    {"blanks around a code", IJW_305, "<Geslacht>0", "<Geslacht> 0", IJW_RULE_RS008, IN_CLIENT "/Geslacht"},
    {"a prefix of eleven characters", IJW_305, ">van<", ">van den der <", IJW_RULE_RS016,
     IN_CLIENT "/Naam/Geslachtsnaam/Voorvoegsel"},
    {"seven initials", IJW_305, ">A<", ">ABCDEFG<", IJW_RULE_RS013, IN_CLIENT "/Naam/Voorletters"},
    {"initials with a point", IJW_305, ">A<", ">A.B<", IJW_RULE_RS045, IN_CLIENT "/Naam/Voorletters"},
    {"a name of blanks", IJW_305, ">Ada<", ">  <", IJW_RULE_RS033, IN_CLIENT "/Naam/Voornamen"},
    {"a name on two lines", IJW_305, ">Ada<", ">A\nda<", IJW_RULE_RS033, IN_CLIENT "/Naam/Voornamen"},
    {"ten digits for an allocation", IJW_305, "640017", "1234567890", IJW_RULE_RS006, IN_START "/ToewijzingNummer"},
    {"an allocation below zero", IJW_305, "640017", "-1", IJW_RULE_RS001, IN_START "/ToewijzingNummer"},
    {"letters for an allocation", IJW_305, "640017", "64A", IJW_RULE_RS006, IN_START "/ToewijzingNummer"},
    {"three digits for a category", IJW_305, ">45<", ">450<", IJW_RULE_RS009, IN_START "/Product/Categorie"},
    {"a category that is none", IJW_305, ">45<", ">39<", IJW_RULE_XSD, IN_START "/Product/Categorie"},
    {"a product code of six characters", IJW_305, "45A48", "45A481", IJW_RULE_RS012, IN_START "/Product/Code"},
    {"a stop for a reason that is none", IJW_307, ">31<", ">30<", IJW_RULE_XSD, IN_STOP "/RedenBeeindiging"},
    {"a reference of 37 characters", IJW_315, ">V-1<", ">1234567890123456789012345678901234567<", IJW_RULE_RS024,
     IN_ASKED "/ReferentieAanbieder"},
    {"an empty comment", IJW_315, ">Graag snel<", "> <", IJW_RULE_RS031, IN_CLIENT "/Commentaar"},
    {"a volume of nine digits", IJW_315, "<b:Volume>120", "<b:Volume>123456789", IJW_RULE_RS005,
     IN_ASKED "/Omvang/Volume"},
    {"a unit that is none", IJW_315, "<b:Eenheid>01", "<b:Eenheid>02", IJW_RULE_XSD, IN_ASKED "/Omvang/Eenheid"},
    {"a referrer of 65 characters", IJW_315, "<b:ZorgverlenerCode>01000001</b:ZorgverlenerCode>",
     "<b:Naam>Huisarts met een naam die een teken te lang is om in dit veld te p</b:Naam>", IJW_RULE_RS025,
     IN_ASKED "/Verwijzer/Naam"},
    {"letters and a dash in a declaration number", IJW_323, ">D1<", ">D-1<", IJW_RULE_CS319,
     "Bericht/Declaratie/DeclaratieNummer"},
    {"a total of thirteen digits", IJW_323, "<b:TotaalBedrag>2500", "<b:TotaalBedrag>1234567890123", IJW_RULE_RS040,
     "Bericht/Declaratie/TotaalIngediendBedrag/TotaalBedrag"},
    {"a reference of 21 characters", IJW_323, ">R-1<", ">123456789012345678901<", IJW_RULE_RS019,
     IN_LINE "/ProductReferentie/ReferentieNummer"},
    {"an amount with a comma", IJW_323, "<b:Bedrag>3600", "<b:Bedrag>36,00", IJW_RULE_RS005,
     IN_LINE "/IngediendBedrag/Bedrag"},
};

static const IjwMessage *message_with(unsigned bit)
{
    size_t number = 0;
    while (ijw_message(number)->bit != bit)
        number++;
    return ijw_message(number);
}

static void each_break_is_told_with_its_rule_and_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(BREAKS); i++) {
        const char *text = sample_with(arena, BREAKS[i].message, BREAKS[i].from, BREAKS[i].to);
        read_text(text);
        if (official_schema_takes(message_with(BREAKS[i].message), text, false))
            fail_msg("%s: the official schema takes it", BREAKS[i].story);
        const IjwFault *fault = fault_of(BREAKS[i].rule);
        if (!fault)
            fail_msg("%s: %s is not told, but %zu others, such as %s", BREAKS[i].story, ijw_rule(BREAKS[i].rule)->name,
                     faults.count, faults.count ? ijw_fault_sentence(arena, &faults.list[0]) : "none");
        if (strcmp(fault->path, BREAKS[i].path) != 0 || faults.count != 1)
            fail_msg("%s: at %s, %zu faults", BREAKS[i].story, fault->path, faults.count);
        assert_true(*BREAKS[i].path == '\0' || fault->line > 1);
    }
}

static void all_faults_are_told_at_once_each_with_its_line(void **state)
{
    (void)state;
    const char *text = sample_with(arena, IJW_305, "999900006", "12");
    text = text_with(arena, text, "<Geslacht>0", "<Geslacht>7");
    text = text_with(arena, text, "<Begindatum>2021-03-02", "<Begindatum>morgen");
    read_text(text);
    assert_int_equal(faults.count, 3);
    assert_int_equal(faults.list[0].line, 8);
    assert_int_equal(faults.list[1].line, 8);
    assert_int_equal(faults.list[2].line, 12);
}

static void no_fault_holds_what_was_written(void **state)
{
    (void)state;
    read_text(sample_with(arena, IJW_305, "999900006", "9999000060"));
    assert_int_equal(faults.count, 1);
    assert_null(strstr(ijw_fault_sentence(arena, &faults.list[0]), "99990000"));
}

static void numbers_and_days_may_have_blanks_around_them(void **state)
{
    (void)state;
    const char *text = sample_with(arena, IJW_305, ">640017<", "> +00640017\n<");
    text = text_with(arena, text, ">2021-03-01<", ">\t2021-03-01 <");
    const IjwStart *start = read_text(text).root->client.starts.list.items;
    assert_int_equal(faults.count, 0);
    assert_int_equal(start->allocation.number, 640017);
    assert_int_equal(start->day.number, day_of(2021, 3, 1).number);
}

/* the file */

static const struct {
    const char *story;
    const char *file;
    IjwRule rule;
} FILES[] = {
    {"an empty file", "", IJW_RULE_XML},
    {"no XML at all", "{\"id\":\"m-1\"}", IJW_RULE_XML},
    {"a file that ends halfway", "<?xml version=\"1.0\"?><a><b>", IJW_RULE_XSD},
    {"two roots", "<a/><b/>", IJW_RULE_XSD},
    {"a DOCTYPE", "<!DOCTYPE a><a/>", IJW_RULE_OP192},
    {"laughs by the billion",
     "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;\">]><a>&d;</a>",
     IJW_RULE_OP192},
    {"an entity from a file", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", IJW_RULE_OP192},
    {"an entity from elsewhere", "<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\"><a/>", IJW_RULE_OP192},
    {"another encoding, as declared", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", IJW_RULE_OP192},
    {"another encoding with blanks", "<?xml version='1.0' encoding = 'utf-16'?><a/>", IJW_RULE_OP192},
    {"a mark of two bytes", "\xFF\xFE<", IJW_RULE_OP192},
};

static void a_file_that_is_no_message_is_refused_with_its_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(FILES); i++) {
        read_text(FILES[i].file);
        if (faults.count != 1 || faults.list[0].rule != FILES[i].rule)
            fail_msg("%s: %zu faults, %s", FILES[i].story, faults.count,
                     faults.count ? ijw_rule(faults.list[0].rule)->name : "");
    }
}

static void every_message_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    const char *text = sample(IJW_305);
    size_t whole = (size_t)(strstr(text, "</Bericht>") - text) + strlen("</Bericht>");
    for (size_t size = 0; size < whole; size++) {
        read_bytes((Bytes){(const uint8_t *)text, size});
        if (faults.count == 0)
            fail_msg("the first %zu bytes are taken for a message", size);
    }
}

static void bytes_that_are_no_utf8_are_refused(void **state)
{
    (void)state;
    read_text(sample_with(arena, IJW_305, ">Ada<", ">Ad\xE9<"));
    assert_int_equal(faults.list[0].rule, IJW_RULE_OP192);
    read_text(sample_with(arena, IJW_305, ">Ada<", ">Ad\xC3\xA9<"));
    assert_int_equal(faults.count, 0);
}

static void a_byte_order_mark_is_fine(void **state)
{
    (void)state;
    read_text(arena_format(arena, "\xEF\xBB\xBF%s", sample(IJW_305)));
    assert_int_equal(faults.count, 0);
}

static void elements_do_not_nest_without_end(void **state)
{
    (void)state;
    const char *deep = "";
    for (int i = 0; i < 3000; i++)
        deep = arena_format(arena, "<a>%s", i % 1000 ? deep : "");
    read_text(sample_with(arena, IJW_305, "<Geslacht>", deep));
    assert_int_equal(faults.count, 2); /* the unknown element, and the depth */
    assert_non_null(strstr(ijw_fault_sentence(arena, &faults.list[1]), "te diep"));
}

static void no_more_faults_are_told_than_a_person_reads(void **state)
{
    (void)state;
    const char *empty = "";
    for (int i = 0; i < 200; i++)
        empty = arena_format(arena, "%s<StartProduct/>", empty);
    read_text(sample_with(arena, IJW_305, "<StartProducten>", arena_format(arena, "<StartProducten>%s", empty)));
    assert_int_equal(faults.count, IJW_FAULTS_MAX);
}

static void a_message_of_25_mebibytes_is_read_and_one_byte_more_is_not(void **state)
{
    (void)state;
    Bytes declaration = sample_declaration(arena, 1, 1);
    char *file = arena_take(arena, IJW_SIZE_MAX + 1);
    memset(file, ' ', IJW_SIZE_MAX + 1);
    memcpy(file, declaration.data, declaration.size);
    read_bytes((Bytes){(const uint8_t *)file, IJW_SIZE_MAX});
    assert_int_equal(faults.count, 0);
    read_bytes((Bytes){(const uint8_t *)file, IJW_SIZE_MAX + 1});
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.list[0].rule, IJW_RULE_OP179);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_is_read_without_a_fault),
        cmocka_unit_test(a_request_has_all_its_elements),
        cmocka_unit_test(a_declaration_has_all_its_lines),
        cmocka_unit_test(each_break_is_told_with_its_rule_and_place),
        cmocka_unit_test(all_faults_are_told_at_once_each_with_its_line),
        cmocka_unit_test(no_fault_holds_what_was_written),
        cmocka_unit_test(numbers_and_days_may_have_blanks_around_them),
        cmocka_unit_test(a_file_that_is_no_message_is_refused_with_its_reason),
        cmocka_unit_test(every_message_cut_off_anywhere_is_refused),
        cmocka_unit_test(bytes_that_are_no_utf8_are_refused),
        cmocka_unit_test(a_byte_order_mark_is_fine),
        cmocka_unit_test(elements_do_not_nest_without_end),
        cmocka_unit_test(no_more_faults_are_told_than_a_person_reads),
        cmocka_unit_test(a_message_of_25_mebibytes_is_read_and_one_byte_more_is_not),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
