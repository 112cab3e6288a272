#include "intake/ijw/write.h"

#include "intake/ijw/return.h"
#include "services/intake/ijw/sample.h"
#include "support/unit.h"

#include <string.h>

static Arena *arena;

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

static IjwRead read_text(const char *text)
{
    IjwFaults faults = {.count = 0};
    IjwRead read = ijw_read(arena, sample_bytes(text), &faults);
    for (size_t i = 0; i < faults.count; i++)
        fail_msg("%s: %s", faults.list[i].path, ijw_fault_sentence(arena, &faults.list[i]));
    return read;
}

static const char *text_of(Bytes bytes)
{
    return arena_text_sized(arena, (const char *)bytes.data, bytes.size);
}

static const char *written(IjwRead read)
{
    return text_of(ijw_write(arena, read.message, read.root));
}

static void what_is_written_is_read_as_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < IJW_MESSAGES; i++) {
        const IjwMessage *message = ijw_message(i);
        const char *once = written(read_text(sample(message->bit)));
        assert_true(official_schema_takes(message, once, true));
        assert_string_equal(written(read_text(once)), once);
        assert_non_null(strstr(once, "<b:Identificatie>A1</b:Identificatie>"));
    }
}

static void what_is_markup_elsewhere_is_text_here(void **state)
{
    (void)state;
    const char *text = sample_with(arena, IJW_315, ">Graag snel<", ">a &lt; b &amp; c &gt; d&#13;e<");
    IjwRead read = read_text(text);
    assert_string_equal(read.root->client.comment, "a < b & c > d\re");
    assert_string_equal(read_text(written(read)).root->client.comment, "a < b & c > d\re");
}

/* returns */

#define START_1 "Bericht/Client/StartProducten/StartProduct[1]"

static const struct {
    const char *story;
    unsigned message;
    const char *code, *path;
    const char *says[3];
    bool has_client;
} RETURNS[] = {
    {"a start that is approved",
     IJW_305,
     "",
     "",
     {"<BerichtCode>439<", "</XsdVersieRetour></Header></Bericht>"},
     false},
    {"a stop with a fault of content",
     IJW_307,
     "0001",
     "",
     {"<BerichtCode>441<", "<RetourCodes><RetourCode>0001</RetourCode></RetourCodes></Header></Bericht>"},
     false},
    {"a request whose identification was used",
     IJW_315,
     "9056",
     "Bericht/Header/BerichtIdentificatie",
     {"<BerichtCode>447<", "<RetourCode>9056</RetourCode></RetourCodes></Header></Bericht>"},
     false},
    {"of two starts the first has no allocation",
     IJW_305,
     "9019",
     START_1,
     {"<RetourCode>9019</RetourCode></RetourCodes></StartProduct><StartProduct>",
      "<RetourCode>0200</RetourCode></RetourCodes></StartProduct></StartProducten>",
      "</StartProducten><RetourCodes><RetourCode>0200</RetourCode></RetourCodes></Client>"},
     true},
    {"a change for another client",
     IJW_317,
     "8187",
     "Bericht/Client",
     {"<BerichtCode>487<", "</Verzoek><RetourCodes><RetourCode>8187</RetourCode></RetourCodes></Client>",
      "<ToewijzingNummer>640081</ToewijzingNummer><RetourCodes><RetourCode>0200</RetourCode>"},
     true},
};

static const IjwMessage *message_with(unsigned bit)
{
    size_t number = 0;
    while (ijw_message(number)->bit != bit)
        number++;
    return ijw_message(number);
}

static void a_return_says_what_is_at_fault_and_what_is_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(RETURNS); i++) {
        const IjwVerdict verdict = {RETURNS[i].code, RETURNS[i].path, "T1", day_of(2021, 3, 8)};
        const char *text = text_of(ijw_return(arena, read_text(sample(RETURNS[i].message)), &verdict));
        for (size_t j = 0; j < 3 && RETURNS[i].says[j]; j++)
            if (!strstr(text, RETURNS[i].says[j]))
                fail_msg("%s: no %s in\n%s", RETURNS[i].story, RETURNS[i].says[j], text);
        assert_int_equal(strstr(text, "<Client>") != NULL, RETURNS[i].has_client);
        assert_non_null(strstr(text, "<IdentificatieRetour>T1</IdentificatieRetour>"
                                     "<DagtekeningRetour>2021-03-08</DagtekeningRetour>"));
        assert_true(official_return_takes(message_with(RETURNS[i].message), text, true));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_as_the_same),
        cmocka_unit_test(what_is_markup_elsewhere_is_text_here),
        cmocka_unit_test(a_return_says_what_is_at_fault_and_what_is_not),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
