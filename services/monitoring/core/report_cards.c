#include "monitoring/core/report.h"

#define MUNICIPALITY                                           \
    {                                                          \
        "municipality", HOLDS_TEXT, "Gemeente", "Municipality" \
    }
#define MONTH                                  \
    {                                          \
        "month", HOLDS_MONTH, "Maand", "Month" \
    }
#define KIND_OF_CARE                                                                             \
    {"segment", HOLDS_TEXT, "Segment", "Segment"}, {"content", HOLDS_TEXT, "Inhoud", "Content"}, \
    {                                                                                            \
        "funding", HOLDS_TEXT, "Bekostiging", "Funding"                                          \
    }

/* clang-format off */
static const Column SPENDING[] = {
    MUNICIPALITY, KIND_OF_CARE, MONTH,
    {"clients", HOLDS_COUNT, "Cliënten", "Clients"},
    {"lines", HOLDS_COUNT, "Regels", "Lines"},
    {"cents", HOLDS_CENTS, "Goedgekeurd", "Approved"},
};

static const Column CLIENTS[] = {
    MUNICIPALITY, KIND_OF_CARE, MONTH,
    {"clients", HOLDS_COUNT, "Cliënten", "Clients"},
};

static const Column DECISIONS[] = {
    MUNICIPALITY,
    {"verdict", HOLDS_TEXT, "Besluit", "Verdict"},
    {"reason", HOLDS_TEXT, "Reden", "Reason"},
    MONTH,
    {"facts", HOLDS_COUNT, "Berichten", "Facts"},
    {"allocations", HOLDS_COUNT, "Begonnen toewijzingen", "Allocations begun"},
};

static const Column DECLARATIONS[] = {
    MUNICIPALITY,
    {"code", HOLDS_TEXT, "Code", "Code"},
    MONTH,
    {"declarations", HOLDS_COUNT, "Declaraties", "Declarations"},
};

static const Column REJECTIONS[] = {
    MUNICIPALITY,
    {"code", HOLDS_TEXT, "Retourcode", "Return code"},
    {"reason", HOLDS_TEXT, "Reden", "Reason"},
    MONTH,
    {"lines", HOLDS_COUNT, "Afgekeurde regels", "Rejected lines"},
};

static const Column LEDGER[] = {
    MUNICIPALITY,
    {"account", HOLDS_TEXT, "Rekening", "Account"},
    {"cents", HOLDS_CENTS, "Bedrag", "Amount"},
};

static const Column PROVIDERS[] = {
    {"provider", HOLDS_TEXT, "Aanbieder", "Provider"},
    MUNICIPALITY,
    {"clients", HOLDS_COUNT, "Cliënten", "Clients"},
    {"lines", HOLDS_COUNT, "Regels", "Lines"},
    {"cents", HOLDS_CENTS, "Goedgekeurd", "Approved"},
    {"rejected_lines", HOLDS_COUNT, "Afgekeurde regels", "Rejected lines"},
    {"share", HOLDS_SHARE, "Aandeel in de kosten", "Share of the cost"},
};

static const Column PROVIDER_MONTHS[] = {
    {"provider", HOLDS_TEXT, "Aanbieder", "Provider"},
    MONTH,
    {"cents", HOLDS_CENTS, "Goedgekeurd", "Approved"},
    {"lines", HOLDS_COUNT, "Regels", "Lines"},
};
/* clang-format on */

#define COLUMNS(list) .columns = (list), .column_count = sizeof(list) / sizeof *(list)

const TableCard spending_card = {
    .name = "spending",
    .dutch = "Goedgekeurde zorg naar maand van levering, en hoeveel cliënten die kregen.",
    .english = "Approved care by month of service, and how many clients received it.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    COLUMNS(SPENDING),
};

const TableCard clients_card = {
    .name = "clients",
    .dutch = "Cliënten met een lopende toewijzing, per maand.",
    .english = "Clients with a running allocation, by month.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    COLUMNS(CLIENTS),
};

const TableCard decisions_card = {
    .name = "decisions",
    .dutch = "Wat er van aanvragen en toewijzingen werd, naar de maand waarin dat bekend werd.",
    .english = "What became of requests and allocations, by the month in which it became known.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    COLUMNS(DECISIONS),
};

const TableCard declarations_card = {
    .name = "declarations",
    .dutch = "Declaraties naar de code van het antwoord, en de maand waarin dat bekend werd.",
    .english = "Declarations by the code of their answer, and the month in which it became known.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    COLUMNS(DECLARATIONS),
};

const TableCard rejections_card = {
    .name = "rejections",
    .dutch = "Afgekeurde regels naar landelijke retourcode en reden.",
    .english = "Rejected lines by national return code and reason.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    COLUMNS(REJECTIONS),
};

const TableCard ledger_card = {
    .name = "ledger",
    .dutch = "Het grootboek van een jaar van levering, debet positief; samen is het nul.",
    .english = "The ledger of a year of service, debet positive; together it is zero.",
    .filters = FILTER_MUNICIPALITY,
    COLUMNS(LEDGER),
};

const TableCard providers_card = {
    .name = "providers",
    .dutch = "Wat aanbieders in een jaar leverden, per gemeente en samen.",
    .english = "What providers delivered in a year, by municipality and together.",
    .filters = FILTER_MUNICIPALITY | FILTER_PROVIDER,
    COLUMNS(PROVIDERS),
};

const TableCard provider_months_card = {
    .name = "provider-months",
    .dutch = "Goedgekeurde zorg van aanbieders, naar maand van levering.",
    .english = "Approved care of providers, by month of service.",
    .filters = FILTER_MUNICIPALITY | FILTER_PROVIDER,
    COLUMNS(PROVIDER_MONTHS),
};
