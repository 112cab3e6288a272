#include "intake/core/decide_two.h"

#include <string.h>

enum { YEAR_FIRST = 1900 };

static Refusal refused(IntakeReason reason, const char *path)
{
    return (Refusal){.reason = reason, .path = path, .detail = ""};
}

static const Refusal FINE = {.reason = INTAKE_ADMITTED, .path = "", .detail = ""};

bool two_is_fact(FactKind kind)
{
    return kind == FACT_YEAR_PROPOSED || kind == FACT_YEAR_APPROVED || kind == FACT_PAYMENT_MADE ||
           kind == FACT_PAYMENT_APPROVED;
}

/* A year that is open is closed, and one that is closed is opened again. */
static Refusal judge_year(const Standing *standing, const Submission *said)
{
    if (said->year < YEAR_FIRST)
        return (Refusal){
            .reason = INTAKE_NUMBER_OUT_OF_RANGE, .path = "year_proposed.year", .detail = "een jaar, zoals 2020"};
    if (said->year >= day_parts(standing->today).year)
        return refused(INTAKE_YEAR_NOT_ENDED, "year_proposed.year");
    if (said->reopened && !said->matter->is_closed)
        return refused(INTAKE_YEAR_OPEN, "year_proposed.reopened");
    if (!said->reopened && said->matter->is_closed)
        return refused(INTAKE_YEAR_CLOSED, "year_proposed.year");
    return said->reopened && !*said->reason ? refused(INTAKE_FIELD_MISSING, "year_proposed.reason") : FINE;
}

static Refusal judge_approval(const Submission *said)
{
    const Matter *matter = said->matter;
    bool is_year = said->kind == FACT_YEAR_APPROVED;
    const char *path = is_year ? "year_approved" : "payment_approved";
    if (!matter->proposed_by)
        return refused(INTAKE_PROPOSAL_UNKNOWN, path);
    if (is_year ? said->reopened != matter->is_closed : !bytes_equal(said->contents, matter->contents))
        return refused(INTAKE_PROPOSAL_UNKNOWN, path);
    return strcmp(matter->proposed_by, said->sender->owner) == 0 ? refused(INTAKE_NEEDS_ANOTHER, path) : FINE;
}

Refusal two_judge(const Standing *standing, const Submission *said)
{
    if (said->kind == FACT_PAYMENT_MADE)
        return FINE;
    return said->kind == FACT_YEAR_PROPOSED ? judge_year(standing, said) : judge_approval(said);
}

/* The first who proposes it is its proposer. */
static void propose(const Submission *said)
{
    if (said->matter->proposed_by)
        return;
    said->matter->proposed_by = said->sender->owner;
    said->matter->contents = said->contents;
}

void two_admit(Admission *admission)
{
    const Submission *said = admission->said;
    if (said->kind == FACT_YEAR_PROPOSED || said->kind == FACT_PAYMENT_MADE) {
        propose(said);
        return;
    }
    admission->approved = *said->matter;
    said->matter->proposed_by = NULL;
    if (said->kind == FACT_YEAR_APPROVED)
        said->matter->is_closed = !said->reopened;
}
