#include "allocation/hear.h"

#include <string.h>

Status allocation_hear(Turn *turn, Batch batch, HeardFacts *facts_out)
{
    HeardFacts facts = {.list = ARENA_MANY(turn->arena, HeardFact, batch.count)};
    for (; facts.count < batch.count; facts.count++) {
        const Heard *heard = &batch.messages[facts.count];
        HeardFact *fact = &facts.list[facts.count];
        fact->heard = heard;
        fact->said.newer = strcmp(heard->type, "intake.Fact") != 0;
        if (!fact->said.newer)
            TRY(hear_fact(turn->arena, heard->partition, heard->known, heard->data, &fact->said));
        if (fact->said.newer) {
            turn->waits = true;
            turn->taken = facts.count;
            break;
        }
        if (fact->said.book) {
            if (facts.count == 0)
                facts.count = 1;
            turn->taken = facts.count;
            break;
        }
    }
    *facts_out = facts;
    return STATUS_OK;
}

Status allocation_hear_book(Turn *turn, Library *library, const HeardFact *fact)
{
    return library_hear(library, turn, fact->heard, fact->said.book);
}
