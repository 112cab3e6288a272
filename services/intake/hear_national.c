#include "intake/hear_national.h"

#include "process/child.h"
#include "process/log.h"
#include "proto/ijw.pb-c.h"
#include "service/message.h"

enum {
    TRIES = 2, /* the second time the reader is a fresh one */
    ANSWER_SIZE_MAX = 64 * 1024 * 1024,
    TIMEOUT_MS = 60 * 1000,
};

/* NULL when there is no reader. `answer_asked` when the return message is asked for. */
static const Ijw__Told *ask(Turn *turn, Bytes file, Ijw__Answer *answer_asked)
{
    const House *house = turn->house;
    Ijw__Asked asked;
    ijw__asked__init(&asked);
    asked.what_case = IJW__ASKED__WHAT_FILE;
    asked.file = (ProtobufCBinaryData){file.size, (uint8_t *)(uintptr_t)file.data};
    asked.answer = answer_asked;
    Bytes question = message_pack(turn->arena, &asked.base);
    for (int i = 0; i < TRIES; i++) {
        Bytes answer;
        Status status = child_ask(house->reader, turn->arena, question, ANSWER_SIZE_MAX, TIMEOUT_MS, &answer);
        if (status == STATUS_OK)
            return message_unpack(turn->arena, &ijw__told__descriptor, answer);
        log_fault(LOG_WARN, "READER-AWAY", status);
    }
    return NULL;
}

static void hear_faults(Arena *arena, National *national, const Ijw__Told *told)
{
    NationalFault *faults = ARENA_MANY(arena, NationalFault, told->n_faults);
    for (size_t i = 0; i < told->n_faults; i++) {
        const Ijw__Fault *fault = told->faults[i];
        faults[i] = (NationalFault){fault->rule, fault->path, fault->line, fault->return_code, fault->sentence};
    }
    national->faults = faults;
    national->fault_count = told->n_faults;
}

static void hear_facts(Arena *arena, HeardNational *heard, const Ijw__Told *told)
{
    NationalFact *facts = ARENA_MANY(arena, NationalFact, told->n_facts);
    for (size_t i = 0; i < told->n_facts; i++)
        facts[i] = (NationalFact){told->facts[i]->path, told->facts[i]->message};
    heard->facts = facts;
    heard->fact_count = told->n_facts;
}

/* A place as the book has it on the day of the message; before there is a book nobody can say. */
static bool is_to_nobody(const House *house, const Ijw__Told *told)
{
    Day dated = {told->dated_day};
    return told->n_faults == 0 && house->books.count > 0 &&
           !books_municipality(&house->books, told->municipality, dated, DAY_LAST);
}

const HeardNational *intake_hear_national(Turn *turn, Bytes file)
{
    HeardNational *heard = ARENA_NEW(turn->arena, HeardNational);
    heard->national = (National){.message = "", .id = "", .file = file};
    const Ijw__Told *told = ask(turn, file, NULL);
    if (!told) {
        heard->reason = INTAKE_READER_AWAY;
    } else if (told->broke) {
        heard->reason = INTAKE_NATIONAL_TOO_HARD;
    } else {
        heard->reason = told->n_faults > 0 || told->n_facts == 0 ? INTAKE_NATIONAL_BROKEN : INTAKE_ADMITTED;
        heard->national = (National){.message = told->message,
                                     .id = told->id,
                                     .file = file,
                                     .dated = {told->dated_day},
                                     .to_nobody = is_to_nobody(turn->house, told)};
        hear_faults(turn->arena, &heard->national, told);
        hear_facts(turn->arena, heard, told);
    }
    return heard;
}

/* Twelve characters, which the bytes of the message give: the same message is answered under the same name. */
static char *name_of_return(Arena *arena, Bytes file)
{
    char written[DIGEST_TEXT_SIZE];
    Digest digest = digest_of(file);
    return arena_format(arena, "R%.11s", digest_write(&digest, written));
}

const char *intake_hear_return(Turn *turn, const National *national, const char *code, Day day)
{
    Ijw__Answer answer;
    ijw__answer__init(&answer);
    answer.code = (char *)(uintptr_t)code;
    answer.name = name_of_return(turn->arena, national->file);
    answer.day = day.number;
    if (!*code)
        return "";
    const Ijw__Told *told = ask(turn, national->file, &answer);
    return told ? arena_text_sized(turn->arena, (const char *)told->answer.data, told->answer.len) : "";
}
