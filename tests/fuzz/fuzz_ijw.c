/*
 * Any bytes as a national message: faults with a rule and words, or facts that the neutral feed can write; alone, and in the
 * middle of a message that is in order.
 */
#include "intake/feed/feed.h"
#include "intake/ijw/check.h"
#include "intake/reader/facts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_faults(Arena *arena, const IjwFaults *faults)
{
    if (faults->count > IJW_FAULTS_MAX)
        abort();
    for (size_t i = 0; i < faults->count; i++)
        if (!*ijw_fault_sentence(arena, &faults->list[i]) || faults->list[i].line < 0)
            abort();
}

static void read_and_judge(Arena *arena, Bytes file)
{
    IjwFaults *faults = ARENA_NEW(arena, IjwFaults);
    IjwRead read = ijw_read(arena, file, faults);
    if (!read.message && faults->count == 0)
        abort();
    if (faults->count == 0)
        ijw_check(arena, read, faults);
    if (faults->count == 0) {
        Facts facts = facts_of(arena, read, faults);
        for (size_t i = 0; i < facts.count && faults->count == 0; i++)
            if (feed_write(arena, &facts.list[i].message->base).size == 0)
                abort();
    }
    check_faults(arena, faults);
}

/* The first byte says which message, the others are its client. */
static void read_within(Arena *arena, const uint8_t *data, size_t size)
{
    static const char *const SPACES[] = {"jw305", "jw307", "jw315", "jw317", "jw323"};
    static const char HEADER[] =
        "<Header><BerichtCode>438</BerichtCode><BerichtVersie>3</BerichtVersie><BerichtSubversie>2</BerichtSubversie>"
        "<Afzender>90000001</Afzender><Ontvanger>0503</Ontvanger><BerichtIdentificatie><b:Identificatie>A1"
        "</b:Identificatie><b:Dagtekening>2021-03-05</b:Dagtekening></BerichtIdentificatie><XsdVersie>"
        "<b:BasisschemaXsdVersie>1.0.0</b:BasisschemaXsdVersie><b:BerichtXsdVersie>1.0.2</b:BerichtXsdVersie>"
        "</XsdVersie></Header>";
    char *text = arena_format(arena,
                              "<Bericht xmlns=\"http://www.istandaarden.nl/ijw/3_2/%s/schema\" "
                              "xmlns:b=\"" IJW_BASIS_NAMESPACE "\">%s%.*s</Bericht>",
                              SPACES[data[0] % 5], HEADER, (int)(size - 1), (const char *)data + 1);
    read_and_judge(arena, (Bytes){(const uint8_t *)text, strlen(text)});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    read_and_judge(arena, (Bytes){data, size});
    if (size > 1)
        read_within(arena, data, size);
    arena_free(arena);
    return 0;
}
