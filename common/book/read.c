/*
 * Reading a book: which sections there are, what each entry is asked, and how one line that
 * names several municipalities or providers is written out.
 */
#include "book/form.h"
#include "book/shelf.h"
#include "book/words.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS_MAX = 64, CENTS_MAX = 1000000000 };

typedef struct Group {
    const char *name;
    Texts municipalities;
} Group;

/* What holds for every entry of a file that does not say otherwise. */
typedef struct FileSays {
    bool synthetic;
    const char *rests_on;
    Period holds;
} FileSays;

typedef struct Reader {
    Book *book;
    BookFaults *faults;
    FileSays says; /* of the file being read */
    Group groups[GROUPS_MAX];
    size_t group_count;
    bool decision_read;
    bool region_read;
    bool full;
} Reader;

/* An entry of which one thing is known already. */
typedef struct Row {
    Reader *reader;
    Entry entry;
    const void *with;
} Row;

static void fault(Form *form, const char *key, const char *what_to_do, const char *what)
{
    book_fault_add(form->file->faults, form->file->name, form_line(form, key), what_to_do, "%s", what);
}

static Period holds_of(Form *form, Period otherwise)
{
    Period holds = {form_day(form, "from", otherwise.first, FORM_MAY),
                    form_day(form, "until", otherwise.last, FORM_MAY)};
    if (day_compare(holds.last, holds.first) < 0)
        fault(form, "until", "Let `until` be `from` or later.",
              arena_format(form->file->faults->arena, "%s ends before it begins", form->about));
    return holds;
}

static Entry entry_of(Reader *reader, Form *form)
{
    const char *rests_on = form_text(form, "rests_on", FORM_WORDS, FORM_MAY);
    return (Entry){
        .book = reader->book,
        .file = form->file->name,
        .line = form->line,
        .rests_on = rests_on ? rests_on : reader->says.rests_on,
        .synthetic = form_yes(form, "synthetic", reader->says.synthetic, FORM_MAY),
        .holds = holds_of(form, reader->says.holds),
    };
}

static void *add(Reader *reader, Kind kind, const Entry *entry)
{
    Entry *added = shelf_add(reader->book, kind);
    if (!added) {
        if (!reader->full)
            book_fault_add(reader->faults, entry->file, entry->line, "Divide it over several books.",
                           "more than %d entries", BOOK_ENTRIES_MAX);
        reader->full = true;
        return NULL;
    }
    *added = *entry;
    return added;
}

/* groups */

static const Group *group_named(const Reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->group_count; i++)
        if (strcmp(reader->groups[i].name, name) == 0)
            return &reader->groups[i];
    return NULL;
}

static bool texts_have(Texts texts, const char *text)
{
    for (size_t i = 0; i < texts.count; i++)
        if (strcmp(texts.texts[i], text) == 0)
            return true;
    return false;
}

static size_t written_out_size(const Reader *reader, Texts names)
{
    size_t size = 0;
    for (size_t i = 0; i < names.count; i++) {
        const Group *group = group_named(reader, names.texts[i]);
        size += group ? group->municipalities.count : 1;
    }
    return size;
}

/* Codes and groups as codes alone. */
static Texts written_out(Reader *reader, Form *form, const char *key, Texts names)
{
    Texts codes = {ARENA_MANY(reader->book->arena, const char *, written_out_size(reader, names) + 1), 0};
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.texts[i];
        const Group *group = group_named(reader, name);
        if (!group && !form_code_fits(FORM_MUNICIPALITY, name))
            book_fault_add(reader->faults, form->file->name, form_line(form, key),
                           "Name a four-digit CBS code, or a group that `region: groups:` of this book describes.",
                           "%s is no group of municipalities", name);
        Texts members = group ? group->municipalities : (Texts){&name, form_code_fits(FORM_MUNICIPALITY, name)};
        for (size_t m = 0; m < members.count; m++)
            if (!texts_have(codes, members.texts[m]))
                codes.texts[codes.count++] = members.texts[m];
            else
                book_fault_add(reader->faults, form->file->name, form_line(form, key), "Name it once.",
                               "municipality %s is named twice", members.texts[m]);
    }
    return codes;
}

static Texts municipalities(Reader *reader, Form *form, FormNeed need)
{
    return written_out(reader, form, "municipalities", form_texts(form, "municipalities", FORM_NAME, need));
}

/* For whom a tariff holds: NULL is everyone. */
static Texts or_everyone(Reader *reader, Texts texts)
{
    if (texts.count)
        return texts;
    return (Texts){ARENA_MANY(reader->book->arena, const char *, 1), 1};
}

static Texts but(Reader *reader, Texts all, Texts left_out)
{
    Texts rest = {ARENA_MANY(reader->book->arena, const char *, all.count + 1), 0};
    for (size_t i = 0; i < all.count; i++)
        if (!texts_have(left_out, all.texts[i]))
            rest.texts[rest.count++] = all.texts[i];
    return rest;
}

static Texts group_but(Reader *reader, Form *form)
{
    const char *of = form_text(form, "of", FORM_NAME, FORM_MUST);
    Texts left_out = form_texts(form, "but", FORM_MUNICIPALITY, FORM_MUST);
    form_done(form);
    const Group *group = of ? group_named(reader, of) : NULL;
    if (of && !group)
        fault(form, "of", "Describe it above.", arena_format(reader->faults->arena, "no group %s so far", of));
    return group ? but(reader, group->municipalities, left_out) : (Texts){0};
}

static void read_group(Form *form, const char *name, void *context)
{
    Reader *reader = context;
    if (!form_code_fits(FORM_NAME, name) || form_code_fits(FORM_MUNICIPALITY, name)) {
        fault(form, name, "Use capitals, digits and _, and no four digits.",
              "the name of a group is not what it should be");
        return;
    }
    if (reader->group_count == GROUPS_MAX) {
        fault(form, name, "Leave out what no line uses.", "too many groups");
        return;
    }
    Group group = {.name = name};
    if (form_is_mapping(form, name)) {
        Form all_but = form_under(form, name, "a group", FORM_MAY);
        group.municipalities = group_but(reader, &all_but);
    } else {
        group.municipalities = form_texts(form, name, FORM_MUNICIPALITY, FORM_MUST);
    }
    reader->groups[reader->group_count++] = group;
}

/* region */

static void read_municipality(Form *form, void *context)
{
    Entry entry = entry_of(context, form);
    const char *code = form_text(form, "code", FORM_MUNICIPALITY, FORM_MUST);
    const char *name = form_text(form, "name", FORM_WORDS, FORM_MUST);
    Municipality *added = code ? add(context, KIND_MUNICIPALITY, &entry) : NULL;
    if (added)
        *added = (Municipality){entry, code, name};
}

static void read_residence(Form *form, void *context)
{
    Entry entry = entry_of(context, form);
    int residence = form_word(form, "rule", &book_residences, FORM_MUST);
    ResidenceRule *added = add(context, KIND_RESIDENCE, &entry);
    if (added)
        added->residence = (Residence)residence;
}

static void read_retention(Form *form, void *context)
{
    Entry entry = entry_of(context, form);
    int64_t years = form_number(form, "years", 1, 100, 0, FORM_MUST);
    RetentionRule *added = add(context, KIND_RETENTION, &entry);
    if (added)
        *added = (RetentionRule){entry, (int32_t)years};
}

static void read_holiday(Form *form, void *context)
{
    Entry entry = entry_of(context, form);
    Day day = form_day(form, "day", DAY_FIRST, FORM_MUST);
    const char *name = form_text(form, "name", FORM_WORDS, FORM_MUST);
    Holiday *added = add(context, KIND_HOLIDAY, &entry);
    if (added)
        *added = (Holiday){entry, day, name};
}

/* What names the region itself stands in the first book; later ones may only add a group or a holiday. */
static void read_region_name(Reader *reader, Form *form)
{
    Entry entry = entry_of(reader, form);
    bool named = form_has(form, "code") || form_has(form, "name") || form_has(form, "number_floor");
    FormNeed need = named ? FORM_MUST : FORM_MAY;
    const char *code = form_text(form, "code", FORM_NAME, need);
    const char *name = form_text(form, "name", FORM_WORDS, need);
    int64_t floor = form_number(form, "number_floor", 0, 999999999999, 0, need);
    int32_t age_by_rule = (int32_t)form_number(form, "age_by_rule", 1, 100, 0, FORM_MAY);
    int32_t age_by_person = (int32_t)form_number(form, "age_by_person", 1, 100, 0, FORM_MAY);
    if (age_by_person && age_by_person < age_by_rule)
        fault(form, "age_by_person", "Let it be `age_by_rule` or later.", "a person may grant less than a rule");
    Money auditor_above = {form_number(form, "auditor_above_cents", 1, 999999999999, 0, FORM_MAY)};
    Region *added = named ? add(reader, KIND_REGION, &entry) : NULL;
    if (added)
        *added = (Region){entry, code, name, floor, age_by_rule, age_by_person, auditor_above};
}

static void read_region(Reader *reader, Form *top)
{
    if (!form_has(top, "region"))
        return;
    if (reader->region_read)
        fault(top, "region", "Bring it together in one file.", "`region` stands in two files");
    reader->region_read = true;
    Form form = form_under(top, "region", "the region", FORM_MAY);
    read_region_name(reader, &form);
    form_each(&form, "municipalities", "a municipality", read_municipality, reader);
    form_each(&form, "residence", "a residence rule", read_residence, reader);
    form_each(&form, "retention", "a retention rule", read_retention, reader);
    form_each(&form, "holidays", "a holiday", read_holiday, reader);
    Form groups = form_under(&form, "groups", "the groups", FORM_MAY);
    form_pairs(&groups, read_group, reader);
    form_done(&form);
}

static void read_cohort(Form *form, void *context)
{
    Entry entry = entry_of(context, form);
    int everyone = form_word(form, "everyone", &care_cohorts, FORM_MAY);
    FormNeed need = form_has(form, "everyone") ? FORM_MAY : FORM_MUST;
    Day reference_day = form_day(form, "reference_day", DAY_FIRST, need);
    int64_t gap_days = form_number(form, "gap_days", 0, 3660, 0, need);
    if (form_has(form, "everyone") && (form_has(form, "reference_day") || form_has(form, "gap_days")))
        fault(form, "everyone", "Keep either `everyone`, or `reference_day` and `gap_days`.",
              "everyone is one cohort, so no reference day tells them apart");
    CohortRule *added = add(context, KIND_COHORT, &entry);
    if (added)
        *added = (CohortRule){entry, (Cohort)everyone, reference_day, (int32_t)gap_days};
}

/* catalogue */

static void read_word(Reader *reader, Form *form, Kind kind)
{
    Entry entry = entry_of(reader, form);
    const char *code = form_text(form, "code", FORM_NAME, FORM_MUST);
    const char *name = form_text(form, "name", FORM_WORDS, FORM_MUST);
    Word *added = code ? add(reader, kind, &entry) : NULL;
    if (added)
        *added = (Word){entry, code, name};
}

static void read_segment(Form *form, void *context)
{
    read_word(context, form, KIND_SEGMENT);
}

static void read_profile(Form *form, void *context)
{
    read_word(context, form, KIND_PROFILE);
}

static void read_intensity(Form *form, void *context)
{
    read_word(context, form, KIND_INTENSITY);
}

/* "PROFILE/INTENSITY"; with `any`, the intensity may be *, which gives NULL. */
static bool read_pic(Reader *reader, const char *text, bool any, Pic *pic_out)
{
    const char *slash = strchr(text, '/');
    if (!slash)
        return false;
    Pic pic = {arena_text_sized(reader->book->arena, text, (size_t)(slash - text)), slash + 1};
    bool every_intensity = any && strcmp(pic.intensity, "*") == 0;
    if (!form_code_fits(FORM_NAME, pic.profile) || !(every_intensity || form_code_fits(FORM_NAME, pic.intensity)))
        return false;
    *pic_out = (Pic){pic.profile, every_intensity ? NULL : pic.intensity};
    return true;
}

static void read_units(Form *form, Product *product)
{
    Texts names = form_texts(form, "units", FORM_NAME, FORM_MUST);
    for (size_t i = 0; i < names.count; i++) {
        int unit = vocabulary_value(&care_units, names.texts[i]);
        if (!unit)
            fault(form, "units", "Write HOUR, MINUTE, DAY, DAY_PART, OUTPUT, EURO or PIECE.",
                  arena_format(form->file->faults->arena, "%s is no unit", names.texts[i]));
        else if (product->unit_count < PRODUCT_UNITS_MAX)
            product->units[product->unit_count++] = (Unit)unit;
    }
    product->unit = product->units[0];
}

static void read_product_pic(Reader *reader, Form *form, Product *product)
{
    const char *text = form_text(form, "pic", FORM_WORDS, FORM_MAY);
    if (!text)
        return;
    if (!read_pic(reader, text, false, &product->pic))
        fault(form, "pic", "Write PROFILE/INTENSITY.",
              arena_format(reader->faults->arena, "`pic: %.80s` is no PIC", text));
    if (!product->own)
        fault(form, "pic", "Add `own: true`, or leave `pic` out.", "a national code carries no PIC of the region");
    if (product->unit && product->unit != UNIT_EURO)
        fault(form, "units", "Write `units: EURO`.", "a PIC is declared as an amount, not as a volume");
}

static void read_product(Form *form, void *context)
{
    Reader *reader = context;
    Entry entry = entry_of(reader, form);
    Product product = {
        .entry = entry,
        .category = form_text(form, "category", FORM_CATEGORY, FORM_MUST),
        .code = form_text(form, "code", FORM_PRODUCT, FORM_MUST),
        .name = form_text(form, "name", FORM_WORDS, FORM_MUST),
        .segment = form_text(form, "segment", FORM_NAME, FORM_MUST),
        .own = form_yes(form, "own", false, FORM_MAY),
    };
    read_units(form, &product);
    read_product_pic(reader, form, &product);
    if (!product.code || !product.segment)
        return;
    Product *added = add(reader, KIND_PRODUCT, &entry);
    if (added)
        *added = product;
    Product *by_pic = product.pic.profile ? add(reader, KIND_PIC_PRODUCT, &entry) : NULL;
    if (by_pic)
        *by_pic = product;
}

/* providers and contracts */

typedef struct AliasRow {
    Reader *reader;
    const char *same_as;
} AliasRow;

static void read_alias(Form *form, void *context)
{
    AliasRow *row = context;
    Entry entry = entry_of(row->reader, form);
    const char *agb = form_text(form, "agb", FORM_PROVIDER, FORM_MUST);
    ProviderAlias *added = agb && row->same_as ? add(row->reader, KIND_ALIAS, &entry) : NULL;
    if (added)
        *added = (ProviderAlias){entry, agb, row->same_as};
}

static void read_provider(Form *form, void *context)
{
    Entry entry = entry_of(context, form);
    const char *agb = form_text(form, "agb", FORM_PROVIDER, FORM_MUST);
    const char *name = form_text(form, "name", FORM_WORDS, FORM_MUST);
    AliasRow row = {context, agb};
    form_each(form, "aliases", "an alias", read_alias, &row);
    Provider *added = agb ? add(context, KIND_PROVIDER, &entry) : NULL;
    if (added)
        *added = (Provider){entry, agb, name};
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_one_word(Texts texts, const char *word)
{
    return texts.count == 1 && strcmp(texts.texts[0], word) == 0;
}

static void read_covered_products(Form *form, Contract *contract, FormNeed need)
{
    Texts texts = form_texts(form, "products", FORM_WORDS, need);
    contract->all_products = is_one_word(texts, "all");
    if (contract->all_products || is_one_word(texts, "none"))
        return;
    for (size_t i = 0; i < texts.count; i++)
        if (!form_code_fits(FORM_PRODUCT, texts.texts[i]))
            fault(form, "products", "Write all, none, or a list of product codes of five characters.",
                  arena_format(form->file->faults->arena, "%.80s is no product code", texts.texts[i]));
    if (texts.count)
        qsort(texts.texts, texts.count, sizeof *texts.texts, by_text);
    contract->products = texts.texts;
    contract->product_count = texts.count;
}

static void read_covered_pics(Reader *reader, Form *form, Contract *contract, FormNeed need)
{
    Texts texts = form_texts(form, "pics", FORM_WORDS, need);
    contract->all_pics = is_one_word(texts, "all");
    if (contract->all_pics || is_one_word(texts, "none"))
        return;
    Pic *pics = ARENA_MANY(reader->book->arena, Pic, texts.count + 1);
    for (size_t i = 0; i < texts.count; i++)
        if (read_pic(reader, texts.texts[i], true, &pics[contract->pic_count]))
            contract->pic_count++;
        else
            fault(form, "pics", "Write all, none, or a list of PROFILE/INTENSITY or PROFILE/*.",
                  arena_format(reader->faults->arena, "%.80s is no PIC", texts.texts[i]));
    contract->pics = pics;
}

typedef struct ContractRow {
    Reader *reader;
    Form *ceilings;
    const char *id;
    const Contract *contract;
    Texts providers;
    Texts municipalities;
} ContractRow;

static void add_contract(const ContractRow *row, const char *provider, const char *municipality)
{
    Contract *added = add(row->reader, KIND_CONTRACT, &row->contract->entry);
    if (!added)
        return;
    *added = *row->contract;
    added->id = arena_format(row->reader->book->arena, "%s/%s", row->id, provider);
    added->provider = provider;
    added->municipality = municipality;
    if (form_has(row->ceilings, municipality))
        added->new_allocations_max = form_number(row->ceilings, municipality, 0, 1000000, -1, FORM_MAY);
}

static void write_out_contract(const ContractRow *row)
{
    for (size_t p = 0; p < row->providers.count && !row->reader->full; p++)
        for (size_t m = 0; m < row->municipalities.count && !row->reader->full; m++)
            add_contract(row, row->providers.texts[p], row->municipalities.texts[m]);
}

static void check_ceiling(Form *form, const char *key, void *context)
{
    const Texts *codes = context;
    if (!texts_have(*codes, key))
        fault(form, key, "Name a municipality of this contract.",
              arena_format(form->file->faults->arena, "a ceiling for %.80s, which the contract does not name", key));
}

static void read_contract(Form *form, void *context)
{
    Reader *reader = context;
    Contract contract = {.entry = entry_of(reader, form), .new_allocations_max = -1};
    const char *id = form_text(form, "id", FORM_SLUG, FORM_MUST);
    contract.segment = form_text(form, "segment", FORM_NAME, FORM_MUST);
    contract.kind = (ContractKind)form_word(form, "kind", &book_contract_kinds, FORM_MUST);
    FormNeed need = contract.kind == CONTRACT_ENDED ? FORM_MAY : FORM_MUST;
    contract.corrections = (Corrections)form_word(form, "corrections", &book_corrections, need);
    read_covered_products(form, &contract, need);
    read_covered_pics(reader, form, &contract, need);
    Form ceilings = form_under(form, "ceilings", "the ceilings", FORM_MAY);
    ContractRow row = {
        .reader = reader,
        .ceilings = &ceilings,
        .id = id,
        .contract = &contract,
        .providers = form_texts(form, "providers", FORM_PROVIDER, FORM_MUST),
        .municipalities = municipalities(reader, form, FORM_MUST),
    };
    form_pairs(&ceilings, check_ceiling, &row.municipalities);
    if (id && contract.segment)
        write_out_contract(&row);
}

/* funding */

static void read_running(Form *form, FundingRule *rule)
{
    rule->running = (RunningRule)form_word(form, "running", &book_running, FORM_MUST);
    FormNeed need = rule->running == RUNNING_CONVERT ? FORM_MUST : FORM_MAY;
    rule->convert_on = form_day(form, "convert_on", DAY_FIRST, need);
    if (rule->running != RUNNING_CONVERT && form_has(form, "convert_on"))
        fault(form, "convert_on", "Leave it out, or write `running: convert`.",
              "a day to convert on, but nothing converts");
    else if (rule->running == RUNNING_CONVERT && !period_has(rule->entry.holds, rule->convert_on))
        fault(form, "convert_on", "Choose a day between `from` and `until`.",
              "the day to convert on lies outside the rule's period");
}

static void read_cohorts(Form *form, bool cohorts[COHORT_EXISTING + 1])
{
    Texts names = form_texts(form, "cohorts", FORM_NAME, FORM_MUST);
    for (size_t i = 0; i < names.count; i++) {
        int cohort = vocabulary_value(&care_cohorts, names.texts[i]);
        if (cohort)
            cohorts[cohort] = true;
        else
            fault(form, "cohorts", "Write NEW or EXISTING, or both as a list.",
                  arena_format(form->file->faults->arena, "%s is no cohort", names.texts[i]));
    }
}

static void read_funding(Form *form, void *context)
{
    Reader *reader = context;
    FundingRule rule = {.entry = entry_of(reader, form)};
    Texts codes = municipalities(reader, form, FORM_MUST);
    Texts segments = form_texts(form, "segments", FORM_NAME, FORM_MUST);
    bool cohorts[COHORT_EXISTING + 1] = {false};
    read_cohorts(form, cohorts);
    rule.content = (Content)form_word(form, "content", &care_contents, FORM_MUST);
    rule.funding = (Funding)form_word(form, "funding", &care_fundings, FORM_MUST);
    if (rule.content == CONTENT_NONE && rule.funding == FUNDING_PIC)
        fault(form, "content", "Write `content: PIC`, or `funding: PXQ`.", "paid by PIC, but care has no PIC");
    read_running(form, &rule);
    for (size_t m = 0; m < codes.count; m++)
        for (size_t s = 0; s < segments.count; s++)
            for (Cohort cohort = COHORT_NEW; cohort <= COHORT_EXISTING; cohort++) {
                FundingRule *added = cohorts[cohort] ? add(reader, KIND_FUNDING, &rule.entry) : NULL;
                if (!added)
                    continue;
                *added = rule;
                added->municipality = codes.texts[m];
                added->segment = segments.texts[s];
                added->cohort = cohort;
            }
}

/* tariffs */

/* A price in cents, or `none`. */
static Money read_cents(Form *form, const char *key, bool *none_out)
{
    *none_out = form_says(form, key, "none");
    return (Money){*none_out ? 0 : form_number(form, key, 0, CENTS_MAX, 0, FORM_MUST)};
}

static void read_pxq_tariff(Form *form, void *context)
{
    Reader *reader = context;
    PxqTariff tariff = {.entry = entry_of(reader, form)};
    tariff.product = form_text(form, "product", FORM_PRODUCT, FORM_MUST);
    tariff.unit = (Unit)form_word(form, "unit", &care_units, FORM_MUST);
    tariff.price = read_cents(form, "cents", &tariff.none);
    Texts codes = or_everyone(reader, municipalities(reader, form, FORM_MAY));
    Texts providers = or_everyone(reader, form_texts(form, "providers", FORM_PROVIDER, FORM_MAY));
    for (size_t m = 0; m < codes.count; m++)
        for (size_t p = 0; p < providers.count; p++) {
            PxqTariff *added = tariff.product ? add(reader, KIND_PXQ_TARIFF, &tariff.entry) : NULL;
            if (!added)
                return;
            *added = tariff;
            added->municipality = codes.texts[m];
            added->provider = providers.texts[p];
        }
}

typedef struct PicTariffRow {
    Reader *reader;
    PicTariff tariff;
    Texts municipalities;
    Texts providers;
} PicTariffRow;

static void read_pic_price(Form *cents, const char *intensity, void *context)
{
    PicTariffRow *row = context;
    PicTariff tariff = row->tariff;
    tariff.entry.line = form_line(cents, intensity);
    tariff.pic.intensity = intensity;
    tariff.price = read_cents(cents, intensity, &tariff.none);
    for (size_t m = 0; m < row->municipalities.count; m++)
        for (size_t p = 0; p < row->providers.count; p++) {
            PicTariff *added = add(row->reader, KIND_PIC_TARIFF, &tariff.entry);
            if (!added)
                return;
            *added = tariff;
            added->municipality = row->municipalities.texts[m];
            added->provider = row->providers.texts[p];
        }
}

static void read_pic_tariff(Form *form, void *context)
{
    Reader *reader = context;
    PicTariffRow row = {.reader = reader, .tariff = {.entry = entry_of(reader, form)}};
    row.tariff.segment = form_text(form, "segment", FORM_NAME, FORM_MUST);
    row.tariff.pic.profile = form_text(form, "profile", FORM_NAME, FORM_MUST);
    row.municipalities = or_everyone(reader, municipalities(reader, form, FORM_MAY));
    row.providers = or_everyone(reader, form_texts(form, "providers", FORM_PROVIDER, FORM_MAY));
    Form cents = form_under(form, "cents", "the prices by intensity", FORM_MUST);
    if (row.tariff.segment && row.tariff.pic.profile)
        form_pairs(&cents, read_pic_price, &row);
}

/* payment terms */

static void read_early_end(Form *form, PaymentTerms *terms)
{
    Form early = form_under(form, "early_end", "what an early end pays", FORM_MUST);
    int otherwise = form_word(&early, "otherwise", &book_early_ends, FORM_MAY);
    for (size_t i = 0; i < care_stop_reasons.count; i++) {
        const NamedValue *reason = &care_stop_reasons.words[i];
        if (reason->value == STOP_TEMPORARY || reason->value == STOP_AS_PLANNED)
            continue;
        int pays = form_word(&early, reason->name, &book_early_ends, otherwise ? FORM_MAY : FORM_MUST);
        terms->early_end[reason->value] = (EarlyEnd)(pays ? pays : otherwise);
    }
    terms->early_end[STOP_AS_PLANNED] = EARLY_END_PAYS_ALL;
    terms->change_of_pic = (EarlyEnd)form_word(&early, "CHANGE_OF_PIC", &book_early_ends, FORM_MAY);
    terms->change_of_funding = (EarlyEnd)form_word(&early, "CHANGE_OF_FUNDING", &book_early_ends, FORM_MAY);
    form_done(&early);
}

static void read_payment_shape(Form *form, PaymentTerms *terms)
{
    terms->shape = (PaymentShape)form_word(form, "shape", &book_payment_shapes, FORM_MUST);
    Share share = form_share(form, "start_share", terms->shape == PAYMENT_START_END ? FORM_MUST : FORM_MAY);
    if (terms->shape == PAYMENT_MONTHLY && form_has(form, "start_share"))
        fault(form, "start_share", "Leave it out, or write `shape: start_end`.",
              "paid by the month, so nothing has a start share");
    terms->start_share_numerator = share.numerator;
    terms->start_share_denominator = share.denominator;

    terms->start_after_change_of_pic = form_yes(form, "start_after_change_of_pic", true, FORM_MAY);
    if (terms->shape == PAYMENT_MONTHLY && form_has(form, "start_after_change_of_pic"))
        fault(form, "start_after_change_of_pic", "Leave it out, or write `shape: start_end`.",
              "paid by the month, so no PIC begins with a start share");
    int of = form_word(form, "pro_rata_of", &book_pro_rata, FORM_MAY);
    terms->pro_rata_of = of ? (ProRataOf)of : PRO_RATA_OF_END_PART;
    if (terms->shape == PAYMENT_MONTHLY && form_has(form, "pro_rata_of"))
        fault(form, "pro_rata_of", "Leave it out, or write `shape: start_end`.",
              "paid by the month, so pro rata is of the month in which care ends");
}

static void write_out_terms(Reader *reader, const PaymentTerms *terms, Texts segments, Texts profiles,
                            Texts intensities, Texts providers)
{
    for (size_t s = 0; s < segments.count; s++)
        for (size_t f = 0; f < profiles.count; f++)
            for (size_t i = 0; i < intensities.count; i++)
                for (size_t p = 0; p < providers.count; p++) {
                    PaymentTerms *added = add(reader, KIND_TERMS, &terms->entry);
                    if (!added)
                        return;
                    *added = *terms;
                    added->segment = segments.texts[s];
                    added->profile = profiles.texts[f];
                    added->intensity = intensities.texts[i];
                    added->provider = providers.texts[p];
                }
}

static void read_terms(Form *form, void *context)
{
    Reader *reader = context;
    PaymentTerms terms = {.entry = entry_of(reader, form)};
    Texts segments = form_texts(form, "segments", FORM_NAME, FORM_MUST);
    Texts profiles = or_everyone(reader, form_texts(form, "profiles", FORM_NAME, FORM_MAY));
    Texts intensities = form_texts(form, "intensities", FORM_NAME, FORM_MUST);
    Texts providers = or_everyone(reader, form_texts(form, "providers", FORM_PROVIDER, FORM_MAY));
    read_payment_shape(form, &terms);
    read_early_end(form, &terms);
    terms.amount_cap.cents = form_number(form, "amount_cap", 1, CENTS_MAX, 0, FORM_MAY);
    terms.relapse_days = (int32_t)form_number(form, "relapse_days", 0, 3660, 0, FORM_MUST);
    terms.expected_days = (int32_t)form_number(form, "expected_days", 1, 36600, 1, FORM_MUST);
    terms.work_in_progress = (WorkInProgress)form_word(form, "work_in_progress", &book_work_in_progress, FORM_MUST);
    terms.start_due = (DueFact)form_word(form, "start_due_by", &book_due_facts, FORM_MUST);
    terms.end_due = (DueFact)form_word(form, "end_due_by", &book_due_facts, FORM_MUST);
    write_out_terms(reader, &terms, segments, profiles, intensities, providers);
}

/* granting */

static void read_volume_band(Form *form, GrantingRule *rule)
{
    Form band = form_under(form, "volume", "a band of volume", FORM_MAY);
    if (!band.node)
        return;
    rule->unit = (Unit)form_word(&band, "unit", &care_units, FORM_MUST);
    rule->frequency = (Frequency)form_word(&band, "frequency", &care_frequencies, FORM_MUST);
    rule->volume_max = form_number(&band, "up_to", 0, 1000000000, 0, FORM_MUST);
    if (rule->unit == UNIT_MINUTE)
        fault(&band, "unit", "Write `unit: HOUR`: minutes asked are compared with hours.", "a band in minutes");
    form_done(&band);
}

static void read_granting(Form *form, void *context)
{
    Reader *reader = context;
    GrantingRule rule = {.entry = entry_of(reader, form)};
    Texts referrers = form_texts(form, "referrers", FORM_NAME, FORM_MUST);
    Texts segments = form_texts(form, "segments", FORM_NAME, FORM_MUST);
    rule.granting = (Granting)form_word(form, "by", &book_grantings, FORM_MUST);
    read_volume_band(form, &rule);
    for (size_t r = 0; r < referrers.count; r++) {
        rule.referrer = (Referrer)vocabulary_value(&care_referrers, referrers.texts[r]);
        if (!rule.referrer)
            fault(form, "referrers",
                  "Write MUNICIPALITY, GP, YOUTH_DOCTOR, CERTIFIED_INSTITUTION, SPECIALIST, SELF or JUDGE.",
                  arena_format(reader->faults->arena, "%s is no referrer", referrers.texts[r]));
        for (size_t s = 0; rule.referrer && s < segments.count; s++) {
            GrantingRule *added = add(reader, KIND_GRANTING, &rule.entry);
            if (!added)
                return;
            *added = rule;
            added->segment = segments.texts[s];
        }
    }
}

static void read_substitution(Form *form, void *context)
{
    Reader *reader = context;
    Substitution rule = {.entry = entry_of(reader, form)};
    rule.segment = form_text(form, "segment", FORM_NAME, FORM_MUST);
    rule.by_person = form_yes(form, "by_person", false, FORM_MAY);
    FormNeed need = rule.by_person ? FORM_MAY : FORM_MUST;
    rule.volume = form_number(form, "volume", 1, 1000000000, 0, need);
    rule.unit = (Unit)form_word(form, "unit", &care_units, FORM_MUST);
    rule.frequency = (Frequency)form_word(form, "frequency", &care_frequencies, need);
    Texts products = or_everyone(reader, form_texts(form, "products", FORM_PRODUCT, FORM_MAY));
    for (size_t i = 0; i < products.count && rule.segment; i++) {
        Substitution *added = add(reader, KIND_SUBSTITUTION, &rule.entry);
        if (!added)
            return;
        *added = rule;
        added->product = products.texts[i];
    }
}

/* money and results to steer by */

static void read_budget_of(Form *cents, const char *municipality, void *context)
{
    Row *row = context;
    if (!form_code_fits(FORM_MUNICIPALITY, municipality)) {
        fault(cents, municipality, "Name a four-digit CBS code.",
              arena_format(row->reader->faults->arena, "%.80s is no municipality", municipality));
        return;
    }
    Budget budget = {.entry = row->entry, .municipality = municipality, .year = *(const int32_t *)row->with};
    budget.entry.line = form_line(cents, municipality);
    budget.amount.cents = form_number(cents, municipality, 0, 100000000000, 0, FORM_MUST);
    Budget *added = add(row->reader, KIND_BUDGET, &budget.entry);
    if (added)
        *added = budget;
}

static void read_budget(Form *form, void *context)
{
    Row row = {.reader = context, .entry = entry_of(context, form)};
    int32_t year = (int32_t)form_number(form, "year", 1900, 2189, 1900, FORM_MUST);
    row.with = &year;
    Form cents = form_under(form, "cents", "the budgets by municipality", FORM_MUST);
    form_pairs(&cents, read_budget_of, &row);
}

static void read_aim(Form *form, Target *target)
{
    target->at_most = form_has(form, "at_most");
    if (target->at_most == form_has(form, "at_least"))
        fault(form, "measure", "Write `at_least:` or `at_most:`, and one of them.",
              "a target with two aims or with none");
    target->aim =
        form_number(form, "at_least", 0, 100, 0, FORM_MAY) + form_number(form, "at_most", 0, 100, 0, FORM_MAY);
}

static void read_target(Form *form, void *context)
{
    Entry entry = entry_of(context, form);
    Texts where = municipalities(context, form, FORM_MAY);
    Target target = {
        .entry = entry,
        .code = form_text(form, "code", FORM_NAME, FORM_MUST),
        .name = form_text(form, "name", FORM_WORDS, FORM_MUST),
        .segment = form_text(form, "segment", FORM_NAME, FORM_MAY),
        .municipalities = where.texts,
        .municipality_count = where.count,
        .measure = (Measure)form_word(form, "measure", &book_measures, FORM_MUST),
    };
    read_aim(form, &target);
    Target *added = target.code ? add(context, KIND_TARGET, &entry) : NULL;
    if (added)
        *added = target;
}

/* the file */

static const struct {
    const char *key;
    const char *about;
    FormEach *read;
} SECTIONS[] = {
    {"cohort", "a cohort rule", read_cohort},
    {"segments", "a segment", read_segment},
    {"profiles", "a profile", read_profile},
    {"intensities", "an intensity", read_intensity},
    {"products", "a product", read_product},
    {"providers", "a provider", read_provider},
    {"contracts", "a contract", read_contract},
    {"funding", "a funding rule", read_funding},
    {"pxq_tariffs", "a PxQ tariff", read_pxq_tariff},
    {"pic_tariffs", "a PIC tariff", read_pic_tariff},
    {"payment_terms", "payment terms", read_terms},
    {"granting", "a granting rule", read_granting},
    {"substitutions", "a substitution rule", read_substitution},
    {"budgets", "a budget", read_budget},
    {"targets", "a target", read_target},
};

static void read_decision(Reader *reader, Form *top)
{
    if (!form_has(top, "decision"))
        return;
    if (reader->decision_read)
        fault(top, "decision", "Keep one of them.", "`decision` stands in two files");
    reader->decision_read = true;
    Form form = form_under(top, "decision", "the decision", FORM_MAY);
    Book *book = reader->book;
    book->number = (int32_t)form_number(&form, "number", 1, 999, 0, FORM_MUST);
    const char *slug = form_text(&form, "slug", FORM_SLUG, FORM_MUST);
    const char *name = form_text(&form, "name", FORM_WORDS, FORM_MUST);
    const char *source = form_text(&form, "source", FORM_WORDS, FORM_MUST);
    book->slug = slug ? slug : "";
    book->decision = (Decision){
        .name = name ? name : "",
        .decided = form_day(&form, "decided", DAY_FIRST, FORM_MUST),
        .source = source ? source : "",
        .file = top->file->name,
        .line = form.line,
    };
    form_done(&form);
}

static FileSays file_says(Reader *reader, Form *top)
{
    const char *rests_on = form_text(top, "rests_on", FORM_WORDS, FORM_MAY);
    return (FileSays){
        .synthetic = form_yes(top, "synthetic", false, FORM_MUST),
        .rests_on = rests_on ? rests_on : reader->book->decision.name,
        .holds = holds_of(top, (Period){DAY_FIRST, DAY_LAST}),
    };
}

static void read_sections(Reader *reader, Form *top)
{
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++)
        form_each(top, SECTIONS[i].key, SECTIONS[i].about, SECTIONS[i].read, reader);
    form_done(top);
}

/* The decision first, then the region's groups, since entries of any file lean on them. */
static void read_all(Reader *reader, FormFile *files, size_t count)
{
    Form *tops = ARENA_MANY(reader->book->arena, Form, count + 1);
    FileSays *says = ARENA_MANY(reader->book->arena, FileSays, count + 1);
    for (size_t i = 0; i < count; i++) {
        tops[i] = form_top(&files[i]);
        read_decision(reader, &tops[i]);
    }
    for (size_t i = 0; i < count; i++) {
        says[i] = reader->says = file_says(reader, &tops[i]);
        read_region(reader, &tops[i]);
    }
    for (size_t i = 0; i < count; i++) {
        reader->says = says[i];
        read_sections(reader, &tops[i]);
    }
    if (!reader->decision_read)
        book_fault_add(reader->faults, count ? files[0].name : "decision.yaml", 1,
                       "Add `decision:` with number, slug, name, decided and source.", "no decision");
}

/* the folder */

static bool name_is_plain(const char *name)
{
    size_t size = strlen(name);
    if (size < 6 || size > 100 || strcmp(name + size - 5, ".yaml") != 0 || name[0] == '.')
        return false;
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == size;
}

static bool fits(const BookFile *file, size_t *bytes, BookFaults *faults)
{
    *bytes += file->text.size;
    if (!name_is_plain(file->name))
        book_fault_add(faults, file->name, 1, "Use small letters, digits and -, ending in .yaml.",
                       "the name of the file is not what it should be");
    else if (file->text.size > BOOK_FILE_BYTES_MAX)
        book_fault_add(faults, file->name, 1, "Divide it.", "larger than %d bytes", BOOK_FILE_BYTES_MAX);
    else if (*bytes > BOOK_BYTES_MAX)
        book_fault_add(faults, file->name, 1, "Divide the book.", "the book is larger than %d bytes", BOOK_BYTES_MAX);
    else
        return true;
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const BookFile *)a)->name, ((const BookFile *)b)->name);
}

static BookFile *sorted(Arena *arena, const BookFile *files, size_t count)
{
    BookFile *copy = ARENA_MANY(arena, BookFile, count + 1);
    if (count) {
        memcpy(copy, files, count * sizeof *files);
        qsort(copy, count, sizeof *copy, by_name);
    }
    return copy;
}

static size_t open_files(Reader *reader, const BookFile *files, size_t count, FormFile *opened)
{
    size_t bytes = 0, open = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(files[i].name, files[i - 1].name) == 0)
            book_fault_add(reader->faults, files[i].name, 1, "Keep one of them.", "two files of this name");
        else if (fits(&files[i], &bytes, reader->faults) &&
                 form_file_open(&files[i], reader->book->arena, reader->faults, &opened[open]))
            open++;
    }
    return open;
}

Book *book_draft(const BookFile *files, size_t count, BookFaults *faults)
{
    Arena *arena = arena_new();
    Book *book = ARENA_NEW(arena, Book);
    *book =
        (Book){.arena = arena, .slug = "", .decision = {.name = "", .source = "", .file = "decision.yaml", .line = 1}};
    if (count > BOOK_FILES_MAX) {
        book_fault_add(faults, files[0].name, 1, "Divide the book.", "more than %d files", BOOK_FILES_MAX);
        return book;
    }
    Reader *reader = ARENA_NEW(arena, Reader);
    reader->book = book;
    reader->faults = faults;
    const BookFile *in_order = sorted(arena, files, count);
    FormFile *opened = ARENA_MANY(arena, FormFile, count + 1);
    size_t open = open_files(reader, in_order, count, opened);
    read_all(reader, opened, open);
    for (size_t i = 0; i < open; i++)
        form_file_close(&opened[i]);
    book->digest = book_files_digest(files, count);
    shelves_close(book);
    return book;
}

bool book_read(const BookFile *files, size_t count, Book **book_out, BookFaults *faults)
{
    size_t errors = faults->errors;
    Book *book = book_draft(files, count, faults);
    if (faults->errors > errors) {
        book_free(book);
        return false;
    }
    *book_out = book;
    return true;
}

void book_free(Book *book)
{
    if (book)
        arena_free(book->arena);
}

void book_freep(Book **book)
{
    book_free(*book);
    *book = NULL;
}

int32_t book_number(const Book *book)
{
    return book->number;
}

const char *book_slug(const Book *book)
{
    return book->slug;
}

Decision book_decision(const Book *book)
{
    return book->decision;
}

Digest book_digest(const Book *book)
{
    return book->digest;
}

/* name NUL size-as-eight-bytes text, for each file in the order of names */
Digest book_files_digest(const BookFile *files, size_t count)
{
    Arena *arena = arena_new();
    const BookFile *in_order = sorted(arena, files, count);
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += strlen(in_order[i].name) + 1 + 8 + in_order[i].text.size;
    uint8_t *bytes = arena_take(arena, size + 1), *at = bytes;
    for (size_t i = 0; i < count; i++) {
        size_t name_size = strlen(in_order[i].name) + 1;
        memcpy(at, in_order[i].name, name_size);
        at += name_size;
        for (int b = 0; b < 8; b++)
            *at++ = (uint8_t)((uint64_t)in_order[i].text.size >> (8 * b));
        if (in_order[i].text.size)
            memcpy(at, in_order[i].text.data, in_order[i].text.size);
        at += in_order[i].text.size;
    }
    Digest digest = digest_of((Bytes){bytes, size});
    arena_free(arena);
    return digest;
}
