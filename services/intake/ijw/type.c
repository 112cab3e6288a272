#include "intake/ijw/type.h"

#include "base/day.h"

#include <string.h>

static const IjwType TYPES[] = {
#define X(NAME, KIND, MOST, FORM, TOO_LONG, ILL_FORMED, CODES, EXPECTED) \
    {#NAME, IJW_##KIND, MOST, IJW_##FORM, IJW_RULE_##TOO_LONG, IJW_RULE_##ILL_FORMED, CODES, EXPECTED},
    IJW_TYPES(X)
#undef X
};

const IjwType *ijw_type(IjwTypeName name)
{
    return &TYPES[name];
}

/* characters; the text is UTF-8, as the parser has seen */

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static Bytes without_blanks(Bytes text)
{
    while (text.size > 0 && is_blank(*text.data))
        text = (Bytes){text.data + 1, text.size - 1};
    while (text.size > 0 && is_blank(text.data[text.size - 1]))
        text.size--;
    return text;
}

static size_t characters_of(Bytes text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += (text.data[i] & 0xC0) != 0x80;
    return count;
}

static bool only(Bytes text, bool (*may_stand)(uint8_t byte))
{
    for (size_t i = 0; i < text.size; i++)
        if (!may_stand(text.data[i]))
            return false;
    return true;
}

/* forms */

static bool is_letter_or_digit(uint8_t byte)
{
    return is_letter(byte) || is_digit(byte);
}

static bool stays_on_line(uint8_t byte)
{
    return byte != '\n' && byte != '\r';
}

/* Letters as the standard counts them: a to z, and what Unicode has from U+00C0 to U+1EF3. */
static bool only_letters(Bytes text)
{
    for (size_t i = 0; i < text.size;) {
        uint8_t first = text.data[i];
        size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (size == 1 && !is_letter(first))
            return false;
        if (size == 4 || i + size > text.size)
            return false;
        uint32_t character = size == 2   ? (uint32_t)(first & 0x1F) << 6 | (text.data[i + 1] & 0x3F)
                             : size == 3 ? (uint32_t)(first & 0x0F) << 12 | (uint32_t)(text.data[i + 1] & 0x3F) << 6 |
                                               (text.data[i + 2] & 0x3F)
                                         : 0xC0;
        if (character < 0xC0 || character > 0x1EF3)
            return false;
        i += size;
    }
    return true;
}

/* Three numbers without needless zeros. */
static bool is_version(Bytes text)
{
    size_t numbers = 0;
    for (size_t i = 0; i < text.size; i++) {
        size_t first = i;
        while (i < text.size && is_digit(text.data[i]))
            i++;
        bool needless_zero = i - first > 1 && text.data[first] == '0';
        bool ends = i == text.size;
        if (i == first || needless_zero || (!ends && text.data[i] != '.') || (ends && text.data[i - 1] == '.'))
            return false;
        numbers++;
    }
    return numbers == 3 && text.data[text.size - 1] != '.';
}

static bool is_time(Bytes text)
{
    static const char FORM[] = "29:59:59"; /* the highest digit of each place */
    for (size_t i = 0; i < text.size && i < sizeof FORM - 1; i++)
        if (FORM[i] == ':' ? text.data[i] != ':' : !is_digit(text.data[i]) || text.data[i] > FORM[i])
            return false;
    return text.size == sizeof FORM - 1 && !(text.data[0] == '2' && text.data[1] > '3');
}

static bool is_in_list(const char *codes, Bytes text)
{
    for (const char *code = codes; *code;) {
        size_t size = strcspn(code, " ");
        if (size == text.size && memcmp(code, text.data, size) == 0)
            return true;
        code += size;
        code += *code == ' ';
    }
    return false;
}

static bool is_well_formed(const IjwType *type, Bytes text)
{
    switch (type->form) {
    case IJW_ANYTHING:
        return true;
    case IJW_SAYS_SOMETHING:
        return only(text, stays_on_line) && without_blanks(text).size > 0;
    case IJW_SAYS_SOMEWHERE:
        return without_blanks(text).size > 0;
    case IJW_DIGITS:
        return only(text, is_digit) && (int64_t)text.size == type->most;
    case IJW_LETTERS_AND_DIGITS:
        return only(text, is_letter_or_digit);
    case IJW_INITIALS:
        return only_letters(text);
    case IJW_VERSION:
        return is_version(text);
    case IJW_TIME:
        return is_time(text);
    case IJW_CODE:
        return is_in_list(type->codes, text);
    case IJW_CODE_IN_BLANKS:
        return is_in_list(type->codes, without_blanks(text));
    }
    return false;
}

/* kinds */

static bool broken(IjwRule rule, IjwRule *broken_out)
{
    *broken_out = rule;
    return false;
}

static bool read_text(const IjwType *type, Arena *arena, Bytes text, const char **to, IjwRule *broken_out)
{
    bool blanks_do_not_count = type->form == IJW_CODE_IN_BLANKS;
    if (blanks_do_not_count)
        text = without_blanks(text);
    if (type->most > 0 && (int64_t)characters_of(text) > type->most)
        return broken(type->too_long, broken_out);
    if (text.size == 0 || !is_well_formed(type, text))
        return broken(type->ill_formed, broken_out);
    *to = arena_text_sized(arena, (const char *)text.data, text.size);
    return true;
}

static bool read_whole(const IjwType *type, Bytes text, IjwWhole *to, IjwRule *broken_out)
{
    text = without_blanks(text);
    bool negative = text.size > 0 && *text.data == '-';
    if (negative || (text.size > 0 && *text.data == '+'))
        text = (Bytes){text.data + 1, text.size - 1};
    if (text.size == 0)
        return broken(IJW_RULE_RS033, broken_out);
    if (!only(text, is_digit))
        return broken(type->ill_formed, broken_out);

    int64_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        number = 10 * number + (text.data[i] - '0');
        if (number > type->most)
            return broken(negative ? IJW_RULE_RS001 : type->too_long, broken_out);
    }
    if (negative && number > 0)
        return broken(IJW_RULE_RS001, broken_out);
    *to = (IjwWhole){.number = number, .given = true};
    return true;
}

/* The first day of 1970 stands for no day in what follows, so it cannot be said. */
static bool read_day(const IjwType *type, Bytes text, Day *to, IjwRule *broken_out)
{
    char written[DAY_TEXT_SIZE];
    Day day;
    text = without_blanks(text);
    if (text.size != sizeof written - 1)
        return broken(type->ill_formed, broken_out);
    memcpy(written, text.data, text.size);
    written[text.size] = '\0';
    if (strlen(written) != text.size || !day_read(written, &day) || day.number == 0)
        return broken(type->ill_formed, broken_out);
    *to = day;
    return true;
}

bool ijw_type_read(const IjwType *type, Arena *arena, Bytes text, void *to, IjwRule *broken_out)
{
    if (type->kind == IJW_TEXT)
        return read_text(type, arena, text, to, broken_out);
    if (type->kind == IJW_WHOLE)
        return read_whole(type, text, to, broken_out);
    return read_day(type, text, to, broken_out);
}
