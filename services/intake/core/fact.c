#include "intake/core/fact.h"

static const Fact FACTS[] = {
#define X(NAME, SPEAKER, REACH, ABOUT, WHERE) {#NAME, SPEAKER_##SPEAKER, REACH_##REACH, ABOUT_##ABOUT, WHERE},
    INTAKE_FACTS(X)
#undef X
};

const Fact *fact_of(FactKind kind)
{
    return &FACTS[kind];
}
