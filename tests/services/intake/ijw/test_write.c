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
    {"of what is allocated the second has a number that was used",
     IJW_301,
     "9332",
     "Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]",
     {"<BerichtCode>437<", "<RetourCode>9332</RetourCode></RetourCodes></ToegewezenProduct></ToegewezenProducten>",
      "</Adres><RetourCodes><RetourCode>0200</RetourCode></RetourCodes></Contact>"},
     true},
    {"an answer to no request",
     IJW_319,
     "9355",
     "Bericht/Antwoord",
     {"<BerichtCode>489<", "</Woonplaatsbeginsel><RetourCodes><RetourCode>9355</RetourCode></RetourCodes></Antwoord>"},
     false},
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
        IjwRead read = read_text(text);
        assert_true(read.is_return && read.message == message_with(RETURNS[i].message));
        assert_string_equal(text_of(ijw_write_return(arena, read.message, read.root)), text);
    }
}

static void codes_of_a_return_are_read(void **state)
{
    (void)state;
    const IjwVerdict verdict = {"9332", "Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]", "T1", {1}};
    IjwRead read = read_text(text_of(ijw_return(arena, read_text(sample(IJW_301)), &verdict)));
    const IjwAllocated *allocated = read.root->client.allocated.list.items;
    assert_int_equal(allocated[1].codes.list.count, 1);
    assert_string_equal(*(const char *const *)allocated[0].codes.list.items, "0200");
    assert_string_equal(*(const char *const *)allocated[1].codes.list.items, "9332");
}

/* messages of every shape, by their descriptions */

static uint64_t chance_state;

/* One of `count`, from 0. */
static size_t chance(size_t count)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(chance_state >> 33) % count;
}

static const char *text_from(const char *letters, size_t size)
{
    char *text = arena_take(arena, size + 1);
    size_t kinds = strlen(letters);
    for (size_t i = 0; i < size; i++)
        text[i] = letters[chance(kinds)];
    return text;
}

static const char *code_from(const char *codes)
{
    size_t count = 1;
    for (const char *at = codes; *at; at++)
        count += *at == ' ';
    size_t wanted = chance(count);
    while (wanted--)
        codes = strchr(codes, ' ') + 1;
    return arena_format(arena, "%.*s", (int)strcspn(codes, " "), codes);
}

static const char *text_of_type(const IjwType *type)
{
    static const char DIGITS[] = "0123456789";
    static const char LETTERS[] = "abcXYZ";
    size_t most = type->most > 0 && type->most < 40 ? (size_t)type->most : 40;
    switch (type->form) {
    case IJW_DIGITS:
        return text_from(DIGITS, (size_t)type->most);
    case IJW_LETTERS_AND_DIGITS:
        return text_from("aZ09", 1 + chance(most));
    case IJW_INITIALS:
        return text_from(LETTERS, 1 + chance(most));
    case IJW_VERSION:
        return arena_format(arena, "%zu.%zu.%zu", chance(11), chance(11), chance(11));
    case IJW_TIME:
        return arena_format(arena, "%02zu:%02zu:%02zu", chance(24), chance(60), chance(60));
    case IJW_CODE:
    case IJW_CODE_IN_BLANKS:
        return code_from(type->codes);
    case IJW_ANYTHING:
        return text_from(DIGITS, most < 10 ? most : 1 + chance(most));
    case IJW_SAYS_SOMETHING:
    case IJW_SAYS_SOMEWHERE:
        break;
    }
    return arena_format(arena, "%s%s", text_from("aZ9&<>\"'", 1), text_from("a Z-.&<>\"'", chance(most)));
}

static void fill_value(const IjwElement *element, void *at)
{
    const IjwType *type = ijw_type(element->type);
    if (type->kind == IJW_TEXT)
        *(const char **)at = text_of_type(type);
    else if (type->kind == IJW_WHOLE)
        *(IjwWhole *)at = (IjwWhole){chance(2) ? (int64_t)chance((size_t)type->most + 1) : type->most, true};
    else
        *(Day *)at = day_of(1900 + (int32_t)chance(289), 1 + (int32_t)chance(12), 1 + (int32_t)chance(28));
}

static void fill(const IjwClass *class, void *noun, bool is_return);

static void fill_list(const IjwElement *element, IjwList *list, bool is_return)
{
    size_t size = element->class ? element->class->size : sizeof(const char *);
    list->count = 1 + chance(3);
    list->items = arena_take_many(arena, list->count, size);
    for (size_t i = 0; i < list->count; i++) {
        void *item = (char *)list->items + i * size;
        if (element->class)
            fill(element->class, item, is_return);
        else
            fill_value(element, item);
    }
}

/* A code of a message is that of its kind, and only the first day of 1970 is none. */
static void fill(const IjwClass *class, void *noun, bool is_return)
{
    *(int32_t *)noun = class->elements[0].need == IJW_MANY || class->elements[0].offset > 0 ? 1 : *(int32_t *)noun;
    for (size_t i = 0; i < ijw_elements(class, is_return); i++) {
        const IjwElement *element = &class->elements[i];
        void *at = (char *)noun + element->offset;
        if (element->need == IJW_MAY && chance(2))
            continue;
        if (element->need == IJW_MANY)
            fill_list(element, at, is_return);
        else if (element->class)
            fill(element->class, at, is_return);
        else
            fill_value(element, at);
    }
}

static void try_shape(const IjwMessage *message, bool is_return)
{
    const IjwClass *class = is_return ? message->return_root : message->root;
    IjwRoot *root = arena_take(arena, sizeof *root);
    fill(class, root, is_return);
    root->header.code = is_return ? message->return_code : message->code;
    Bytes once = is_return ? ijw_write_return(arena, message, root) : ijw_write(arena, message, root);
    const char *text = text_of(once);
    bool is_taken = is_return ? official_return_takes(message, text, true) : official_schema_takes(message, text, true);
    if (!is_taken)
        fail_msg("the official schema of %s does not take:\n%s", message->name, text);
    IjwRead read = read_text(text);
    assert_ptr_equal(read.message, message);
    assert_int_equal(read.is_return, is_return);
    Bytes again = is_return ? ijw_write_return(arena, message, read.root) : ijw_write(arena, read.message, read.root);
    assert_string_equal(text_of(again), text);
}

static void a_message_of_any_shape_is_taken_by_its_schema_and_read_as_it_was_written(void **state)
{
    (void)state;
    enum { SHAPES = 60 };
    chance_state = 32;
    for (size_t i = 0; i < IJW_MESSAGES; i++)
        for (int shape = 0; shape < SHAPES; shape++) {
            try_shape(ijw_message(i), false);
            if (ijw_message(i)->return_root)
                try_shape(ijw_message(i), true);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_as_the_same),
        cmocka_unit_test(what_is_markup_elsewhere_is_text_here),
        cmocka_unit_test(a_return_says_what_is_at_fault_and_what_is_not),
        cmocka_unit_test(codes_of_a_return_are_read),
        cmocka_unit_test(a_message_of_any_shape_is_taken_by_its_schema_and_read_as_it_was_written),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
