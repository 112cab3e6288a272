#include "book/form.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 2000, LIST_ITEMS_MAX = 1000 };

/* the file */

static int line_of(yaml_mark_t mark)
{
    return (int)mark.line + 1;
}

/* The first thing in the stream of events that a book does not have; the document API would resolve it silently. */
static bool event_is_plain(const yaml_event_t *event, int depth, const FormFile *file)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    int line = line_of(event->start_mark);
    if (anchor || event->type == YAML_ALIAS_EVENT)
        book_fault_add(file->faults, file->name, line, "Write out what is meant: who signs reads every line by itself.",
                       "an anchor or alias (& or *)");
    else if (tag)
        book_fault_add(file->faults, file->name, line, "Leave the tag out.", "a tag (!)");
    else if (depth > BOOK_DEPTH_MAX)
        book_fault_add(file->faults, file->name, line, "Write it flatter.", "nested deeper than %d", BOOK_DEPTH_MAX);
    else
        return true;
    return false;
}

static int depth_change(yaml_event_type_t type)
{
    if (type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT)
        return 1;
    return type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT ? -1 : 0;
}

static void tell_no_yaml(const yaml_parser_t *parser, const FormFile *file)
{
    book_fault_add(file->faults, file->name, line_of(parser->problem_mark),
                   "Mind the indentation and the quotes around : and #.", "not YAML: %s",
                   parser->problem ? parser->problem : "unreadable");
}

/* Whether the text is one YAML document without anchors, aliases, tags or depth. */
static bool text_is_plain(const BookFile *text, const FormFile *file)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        abort();
    yaml_parser_set_input_string(&parser, text->text.data, text->text.size);
    bool plain = true;
    int depth = 0, documents = 0;
    for (bool more = true; more && plain;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            tell_no_yaml(&parser, file);
            plain = false;
            break;
        }
        depth += depth_change(event.type);
        documents += event.type == YAML_DOCUMENT_START_EVENT;
        plain = event_is_plain(&event, depth, file);
        if (plain && documents > 1) {
            book_fault_add(file->faults, file->name, line_of(event.start_mark), "Make it two files.",
                           "a second document (---)");
            plain = false;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return plain;
}

bool form_file_open(const BookFile *text, Arena *keep, BookFaults *faults, FormFile *file_out)
{
    FormFile file = {.name = arena_text(keep, text->name), .keep = keep, .faults = faults};
    if (!text_is_plain(text, &file))
        return false;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        abort();
    yaml_parser_set_input_string(&parser, text->text.data, text->text.size);
    bool loaded = yaml_parser_load(&parser, &file.document);
    if (!loaded)
        tell_no_yaml(&parser, &file);
    yaml_parser_delete(&parser);
    if (!loaded)
        return false;
    yaml_node_t *root = yaml_document_get_root_node(&file.document);
    if (!root || root->type != YAML_MAPPING_NODE) {
        book_fault_add(faults, file.name, 1, "Begin with a section, such as `contracts:`.", "no sections");
        yaml_document_delete(&file.document);
        return false;
    }
    *file_out = file;
    return true;
}

void form_file_close(FormFile *file)
{
    yaml_document_delete(&file->document);
}

/* the form */

Form form_top(FormFile *file)
{
    return form_of(file, yaml_document_get_root_node(&file->document), "a file");
}

Form form_of(FormFile *file, yaml_node_t *node, const char *about)
{
    int line = node ? line_of(node->start_mark) : 1;
    if (node && node->type != YAML_MAPPING_NODE) {
        book_fault_add(file->faults, file->name, line, "Write it as `key: value`.", "%s is not a set of keys", about);
        node = NULL;
    }
    return (Form){.file = file, .node = node, .about = about, .line = line};
}

static yaml_node_t *node_at(const Form *form, yaml_node_item_t index)
{
    return yaml_document_get_node(&form->file->document, index);
}

static const char *scalar(const yaml_node_t *node)
{
    return (const char *)node->data.scalar.value;
}

static bool key_is(const yaml_node_t *key, const char *name)
{
    return key->type == YAML_SCALAR_NODE && strcmp(scalar(key), name) == 0;
}

static void remember_asked(Form *form, const char *key)
{
    for (size_t i = 0; i < form->asked_count; i++)
        if (strcmp(form->asked[i], key) == 0)
            return;
    if (form->asked_count < FORM_KEYS_MAX)
        form->asked[form->asked_count++] = key;
}

static yaml_node_t *value_of(Form *form, const char *key)
{
    remember_asked(form, key);
    if (!form->node)
        return NULL;
    for (yaml_node_pair_t *pair = form->node->data.mapping.pairs.start; pair < form->node->data.mapping.pairs.top;
         pair++)
        if (key_is(node_at(form, pair->key), key))
            return node_at(form, pair->value);
    return NULL;
}

static yaml_node_t *needed(Form *form, const char *key, FormNeed need)
{
    yaml_node_t *value = value_of(form, key);
    if (!value && need == FORM_MUST && form->node)
        book_fault_add(form->file->faults, form->file->name, form->line,
                       arena_format(form->file->faults->arena, "Add `%s:`.", key), "%s without `%s`", form->about, key);
    return value;
}

[[gnu::format(printf, 4, 5)]] static void wrong(Form *form, const yaml_node_t *node, const char *what_to_do,
                                                const char *what, ...)
{
    va_list values;
    va_start(values, what);
    const char *words = arena_format_list(form->file->faults->arena, what, values);
    va_end(values);
    book_fault_add(form->file->faults, form->file->name, line_of(node->start_mark), what_to_do, "%s", words);
}

bool form_has(Form *form, const char *key)
{
    return value_of(form, key) != NULL;
}

bool form_is_mapping(Form *form, const char *key)
{
    yaml_node_t *value = value_of(form, key);
    return value && value->type == YAML_MAPPING_NODE;
}

bool form_says(Form *form, const char *key, const char *word)
{
    yaml_node_t *value = value_of(form, key);
    return value && key_is(value, word);
}

int form_line(Form *form, const char *key)
{
    yaml_node_t *value = value_of(form, key);
    return value ? line_of(value->start_mark) : form->line;
}

static bool was_asked(const Form *form, const yaml_node_t *key)
{
    for (size_t i = 0; i < form->asked_count; i++)
        if (key_is(key, form->asked[i]))
            return true;
    return false;
}

static const char *known_keys(const Form *form)
{
    Arena *arena = form->file->faults->arena;
    const char *keys = "Known here:";
    for (size_t i = 0; i < form->asked_count; i++)
        keys = arena_format(arena, "%s%s %s", keys, i ? "," : "", form->asked[i]);
    return arena_format(arena, "%s.", keys);
}

static const char *key_words(const yaml_node_t *key)
{
    return key->type == YAML_SCALAR_NODE ? scalar(key) : "(a list or mapping)";
}

static bool stands_before(const Form *form, const yaml_node_pair_t *pair)
{
    const yaml_node_t *key = node_at(form, pair->key);
    for (yaml_node_pair_t *earlier = form->node->data.mapping.pairs.start; earlier < pair; earlier++)
        if (key->type == YAML_SCALAR_NODE && key_is(node_at(form, earlier->key), scalar(key)))
            return true;
    return false;
}

static bool has_room(Form *form)
{
    if (form->node->data.mapping.pairs.top - form->node->data.mapping.pairs.start <= FORM_KEYS_MAX * 8)
        return true;
    wrong(form, form->node, "Divide it.", "more than %d keys in %s", FORM_KEYS_MAX * 8, form->about);
    return false;
}

void form_done(Form *form)
{
    if (!form->node || !has_room(form))
        return;
    for (yaml_node_pair_t *pair = form->node->data.mapping.pairs.start; pair < form->node->data.mapping.pairs.top;
         pair++) {
        const yaml_node_t *key = node_at(form, pair->key);
        if (!was_asked(form, key))
            wrong(form, key, known_keys(form), "unknown key `%.80s` in %s", key_words(key), form->about);
        else if (stands_before(form, pair))
            wrong(form, key, "Keep one of them.", "`%.80s` stands twice in %s", key_words(key), form->about);
    }
}

/* one value */

static bool every(const char *text, size_t least, size_t most, bool (*fits)(char))
{
    size_t size = strlen(text);
    for (size_t i = 0; i < size; i++)
        if (!fits(text[i]))
            return false;
    return size >= least && size <= most;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

static bool is_small(char c)
{
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-';
}

static bool is_printed(char c)
{
    return (unsigned char)c >= 0x20 && c != 0x7f;
}

static bool is_product(char c)
{
    return is_capital(c) && c != '_';
}

static const struct {
    size_t least, most;
    bool (*fits)(char);
    const char *words;
} CODES[] = {
    [FORM_WORDS] = {1, TEXT_BYTES_MAX, is_printed, "Write one line of text."},
    [FORM_NAME] = {1, 40, is_capital, "Use capitals, digits and _, at most 40."},
    [FORM_SLUG] = {1, 60, is_small, "Use small letters, digits and -, at most 60."},
    [FORM_MUNICIPALITY] = {4, 4, is_digit, "A municipality is its four-digit CBS code or the name of a group."},
    [FORM_PROVIDER] = {8, 8, is_digit, "A provider is its eight-digit AGB code."},
    [FORM_CATEGORY] = {2, 2, is_digit, "A product category is two digits."},
    [FORM_PRODUCT] = {5, 5, is_product, "A product code is five capitals and digits."},
};

bool form_code_fits(FormCode code, const char *text)
{
    return every(text, CODES[code].least, CODES[code].most, CODES[code].fits);
}

/* The scalar under the node, or NULL with the fault told. */
static const char *plain_value(Form *form, const char *key, yaml_node_t *node)
{
    if (node->type != YAML_SCALAR_NODE) {
        wrong(form, node, "Write one value.", "`%s` has no single value", key);
        return NULL;
    }
    if (strlen(scalar(node)) != node->data.scalar.length) {
        wrong(form, node, "Write one line of text.", "`%s` holds a NUL", key);
        return NULL;
    }
    return scalar(node);
}

static const char *coded(Form *form, const char *key, FormCode code, yaml_node_t *node)
{
    const char *value = plain_value(form, key, node);
    if (!value)
        return NULL;
    if (!form_code_fits(code, value)) {
        wrong(form, node, CODES[code].words, "`%s: %.80s` is not what it should be", key, value);
        return NULL;
    }
    return arena_text(form->file->keep, value);
}

const char *form_text(Form *form, const char *key, FormCode code, FormNeed need)
{
    yaml_node_t *node = needed(form, key, need);
    return node ? coded(form, key, code, node) : NULL;
}

/* Refuses what stands in the list already. */
static void texts_add(Form *form, const char *key, Texts *texts, const char *text, const yaml_node_t *node)
{
    if (!text)
        return;
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->texts[i], text) == 0) {
            wrong(form, node, "Keep one of them.", "`%s` names %.80s twice", key, text);
            return;
        }
    texts->texts[texts->count++] = text;
}

Texts form_texts(Form *form, const char *key, FormCode code, FormNeed need)
{
    Texts texts = {0};
    yaml_node_t *node = needed(form, key, need);
    if (!node)
        return texts;
    if (node->type != YAML_SEQUENCE_NODE) {
        texts.texts = ARENA_MANY(form->file->keep, const char *, 1);
        texts_add(form, key, &texts, coded(form, key, code, node), node);
        return texts;
    }
    yaml_node_item_t *first = node->data.sequence.items.start, *end = node->data.sequence.items.top;
    if (first == end && need == FORM_MUST)
        wrong(form, node, "Name at least one.", "`%s` is an empty list", key);
    if (end - first > LIST_ITEMS_MAX) {
        wrong(form, node, "Divide it.", "`%s` has more than %d values", key, LIST_ITEMS_MAX);
        return texts;
    }
    texts.texts = ARENA_MANY(form->file->keep, const char *, (size_t)(end - first));
    for (yaml_node_item_t *item = first; item < end; item++)
        texts_add(form, key, &texts, coded(form, key, code, node_at(form, *item)), node_at(form, *item));
    return texts;
}

int64_t form_number(Form *form, const char *key, int64_t least, int64_t most, int64_t otherwise, FormNeed need)
{
    yaml_node_t *node = needed(form, key, need);
    const char *value = node ? plain_value(form, key, node) : NULL;
    if (!value)
        return otherwise;
    const char *digits = value[0] == '-' ? value + 1 : value;
    if (!every(digits, 1, 18, is_digit)) {
        wrong(form, node, "Write a whole number, without point or comma.", "`%s: %.80s` is not a whole number", key,
              value);
        return otherwise;
    }
    int64_t number = strtoll(value, NULL, 10);
    if (number < least || number > most) {
        wrong(form, node,
              arena_format(form->file->faults->arena, "Write a number from %lld to %lld.", (long long)least,
                           (long long)most),
              "`%s: %.80s` is out of range", key, value);
        return otherwise;
    }
    return number;
}

Day form_day(Form *form, const char *key, Day otherwise, FormNeed need)
{
    yaml_node_t *node = needed(form, key, need);
    const char *value = node ? plain_value(form, key, node) : NULL;
    Day day = otherwise;
    if (value && !day_read(value, &day))
        wrong(form, node, "Write a day as 2020-03-01.", "`%s: %.80s` is not a day", key, value);
    return day;
}

bool form_yes(Form *form, const char *key, bool otherwise, FormNeed need)
{
    yaml_node_t *node = needed(form, key, need);
    const char *value = node ? plain_value(form, key, node) : NULL;
    if (!value)
        return otherwise;
    if (strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
        return value[0] == 't';
    wrong(form, node, "Write true or false.", "`%s: %.80s` is neither true nor false", key, value);
    return otherwise;
}

static const char *names_of(Arena *arena, const Vocabulary *vocabulary)
{
    const char *names = "Write one of:";
    for (size_t i = 0; i < vocabulary->count; i++)
        names = arena_format(arena, "%s%s %s", names, i ? "," : "", vocabulary->words[i].name);
    return arena_format(arena, "%s.", names);
}

int form_word(Form *form, const char *key, const Vocabulary *vocabulary, FormNeed need)
{
    yaml_node_t *node = needed(form, key, need);
    const char *value = node ? plain_value(form, key, node) : NULL;
    int word = value ? vocabulary_value(vocabulary, value) : 0;
    if (value && !word)
        wrong(form, node, names_of(form->file->faults->arena, vocabulary), "`%s: %.80s` is not known", key, value);
    return word;
}

/* "0.725" is 725/1000, "7/10" is itself; at most six digits on either side. */
static bool read_share(const char *text, Share *share_out)
{
    Share share = {0, 1};
    const char *at = text;
    int digits = 0;
    for (; is_digit(*at) && digits < 6; at++, digits++)
        share.numerator = share.numerator * 10 + (*at - '0');
    if (digits == 0)
        return false;
    if (*at == '.') {
        int decimals = 0;
        for (at++; is_digit(*at) && decimals < 6; at++, decimals++) {
            share.numerator = share.numerator * 10 + (*at - '0');
            share.denominator *= 10;
        }
        if (decimals == 0)
            return false;
    } else if (*at == '/') {
        share.denominator = 0;
        for (at++, digits = 0; is_digit(*at) && digits < 6; at++, digits++)
            share.denominator = share.denominator * 10 + (*at - '0');
    }
    if (*at || share.denominator == 0)
        return false;
    *share_out = share;
    return true;
}

Share form_share(Form *form, const char *key, FormNeed need)
{
    Share share = {0, 1};
    yaml_node_t *node = needed(form, key, need);
    const char *value = node ? plain_value(form, key, node) : NULL;
    if (!value)
        return share;
    if (!read_share(value, &share)) {
        wrong(form, node, "Write 0.7 or 7/10.", "`%s: %.80s` is not a share", key, value);
    } else if (share.numerator > share.denominator) {
        wrong(form, node, "Write a share from 0 to 1, such as 0.7.", "`%s: %.80s` is more than the whole", key, value);
        share = (Share){0, 1};
    }
    return share;
}

/* what hangs below */

Form form_under(Form *form, const char *key, const char *about, FormNeed need)
{
    yaml_node_t *node = needed(form, key, need);
    return node ? form_of(form->file, node, about) : (Form){.file = form->file, .about = about, .line = form->line};
}

void form_each(Form *form, const char *key, const char *about, FormEach *each, void *context)
{
    yaml_node_t *node = value_of(form, key);
    if (!node)
        return;
    if (node->type != YAML_SEQUENCE_NODE) {
        wrong(form, node, "Begin each with `- `.", "`%s` is not a list", key);
        return;
    }
    for (yaml_node_item_t *item = node->data.sequence.items.start; item < node->data.sequence.items.top; item++) {
        Form child = form_of(form->file, node_at(form, *item), about);
        if (!child.node)
            continue;
        each(&child, context);
        form_done(&child);
    }
}

void form_pairs(Form *form, FormPair *each, void *context)
{
    if (!form->node || !has_room(form))
        return;
    for (yaml_node_pair_t *pair = form->node->data.mapping.pairs.start; pair < form->node->data.mapping.pairs.top;
         pair++) {
        yaml_node_t *key = node_at(form, pair->key);
        if (key->type != YAML_SCALAR_NODE || strlen(scalar(key)) != key->data.scalar.length)
            wrong(form, key, "Write a name.", "a key of %s is not a name", form->about);
        else if (stands_before(form, pair))
            wrong(form, key, "Keep one of them.", "`%.80s` stands twice in %s", scalar(key), form->about);
        else
            each(form, arena_text(form->file->keep, scalar(key)), context);
    }
}
