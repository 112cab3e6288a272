#include "intake/feed/json.h"

#include <string.h>

JsonReader json_reader(Bytes line)
{
    return (JsonReader){.begin = line.data, .at = line.data, .end = line.data + line.size};
}

size_t json_place(const JsonReader *reader)
{
    return (size_t)(reader->at - reader->begin) + 1;
}

static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

char json_next(JsonReader *reader)
{
    while (reader->at < reader->end && is_space(*reader->at))
        reader->at++;
    return reader->at < reader->end ? (char)*reader->at : '\0';
}

bool json_take(JsonReader *reader, char character)
{
    if (json_next(reader) != character || reader->at == reader->end)
        return false;
    reader->at++;
    return true;
}

bool json_take_word(JsonReader *reader, const char *word)
{
    size_t size = strlen(word);
    json_next(reader);
    if ((size_t)(reader->end - reader->at) < size || memcmp(reader->at, word, size) != 0)
        return false;
    reader->at += size;
    return true;
}

/* Bytes of the UTF-8 sequence that begins here; 0 when it is none (RFC 3629). */
static size_t sequence_size(const uint8_t *at, const uint8_t *end)
{
    size_t left = (size_t)(end - at);
    size_t size = at[0] < 0x80                    ? 1
                  : at[0] >= 0xC2 && at[0] < 0xE0 ? 2
                  : at[0] >= 0xE0 && at[0] < 0xF0 ? 3
                  : at[0] >= 0xF0 && at[0] < 0xF5 ? 4
                                                  : 0;
    if (size == 0 || size > left)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;

    bool overlong = (at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xF0 && at[1] < 0x90);
    bool surrogate = at[0] == 0xED && at[1] >= 0xA0;
    bool beyond = at[0] == 0xF4 && at[1] >= 0x90;
    return overlong || surrogate || beyond ? 0 : size;
}

static uint8_t *put_character(uint8_t *to, uint32_t character)
{
    if (character < 0x80) {
        *to++ = (uint8_t)character;
    } else if (character < 0x800) {
        *to++ = (uint8_t)(0xC0 | character >> 6);
        *to++ = (uint8_t)(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        *to++ = (uint8_t)(0xE0 | character >> 12);
        *to++ = (uint8_t)(0x80 | (character >> 6 & 0x3F));
        *to++ = (uint8_t)(0x80 | (character & 0x3F));
    } else {
        *to++ = (uint8_t)(0xF0 | character >> 18);
        *to++ = (uint8_t)(0x80 | (character >> 12 & 0x3F));
        *to++ = (uint8_t)(0x80 | (character >> 6 & 0x3F));
        *to++ = (uint8_t)(0x80 | (character & 0x3F));
    }
    return to;
}

static bool read_four_hex(JsonReader *reader, uint32_t *number_out)
{
    if (reader->end - reader->at < 4)
        return false;
    uint32_t number = 0;
    for (int i = 0; i < 4; i++) {
        uint8_t byte = *reader->at++;
        uint32_t value = is_digit(byte)               ? (uint32_t)(byte - '0')
                         : byte >= 'a' && byte <= 'f' ? (uint32_t)(byte - 'a' + 10)
                         : byte >= 'A' && byte <= 'F' ? (uint32_t)(byte - 'A' + 10)
                                                      : 16;
        if (value == 16)
            return false;
        number = number << 4 | value;
    }
    *number_out = number;
    return true;
}

/* What follows \u: one unit, or two that make a pair. */
static JsonAnswer read_unit(JsonReader *reader, uint32_t *character_out)
{
    uint32_t high;
    if (!read_four_hex(reader, &high))
        return JSON_BROKEN;
    if (high == 0 || (high >= 0xDC00 && high < 0xE000))
        return JSON_NOT_UTF8;
    if (high < 0xD800 || high >= 0xE000) {
        *character_out = high;
        return JSON_READ;
    }

    uint32_t low;
    if (reader->end - reader->at < 2 || reader->at[0] != '\\' || reader->at[1] != 'u')
        return JSON_NOT_UTF8;
    reader->at += 2;
    if (!read_four_hex(reader, &low))
        return JSON_BROKEN;
    if (low < 0xDC00 || low >= 0xE000)
        return JSON_NOT_UTF8;
    *character_out = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    return JSON_READ;
}

/* The character after a backslash. */
static JsonAnswer read_escape(JsonReader *reader, uint32_t *character_out)
{
    static const char NAMES[] = "\"\\/bfnrt";
    static const char MEANT[] = "\"\\/\b\f\n\r\t";

    if (reader->at == reader->end)
        return JSON_BROKEN;
    char name = (char)*reader->at++;
    if (name == 'u')
        return read_unit(reader, character_out);
    const char *found = name ? strchr(NAMES, name) : NULL;
    if (!found)
        return JSON_BROKEN;
    *character_out = (uint32_t)MEANT[found - NAMES];
    return JSON_READ;
}

/* Moves over plain characters; stops at a quote, a backslash or a fault. */
static JsonAnswer pass_plain(JsonReader *reader)
{
    while (reader->at < reader->end) {
        uint8_t byte = *reader->at;
        if (byte == '"' || byte == '\\')
            return JSON_READ;
        if (byte < 0x20)
            return JSON_BROKEN;
        if (byte < 0x80) {
            reader->at++;
            continue;
        }
        size_t size = sequence_size(reader->at, reader->end);
        if (size == 0)
            return JSON_NOT_UTF8;
        reader->at += size;
    }
    return JSON_BROKEN;
}

/* The rest of a text of which `plain` was read, from its first backslash on; an escape is never shorter than what it means. */
static JsonAnswer read_escaped(JsonReader *reader, Arena *arena, Bytes plain, Bytes *text_out)
{
    const uint8_t *closing = reader->at;
    while (closing < reader->end && *closing != '"')
        closing += *closing == '\\' ? 2 : 1;
    if (closing >= reader->end)
        return JSON_BROKEN;

    uint8_t *text = arena_take(arena, (size_t)(closing - plain.data));
    memcpy(text, plain.data, plain.size);
    uint8_t *to = text + plain.size;
    while (*reader->at != '"') {
        const uint8_t *from = reader->at;
        JsonAnswer answer = pass_plain(reader);
        if (answer != JSON_READ)
            return answer;
        memcpy(to, from, (size_t)(reader->at - from));
        to += reader->at - from;
        if (*reader->at == '"')
            break;

        reader->at++;
        uint32_t character = 0;
        answer = read_escape(reader, &character);
        if (answer != JSON_READ)
            return answer;
        to = put_character(to, character);
    }
    reader->at++;
    *text_out = (Bytes){text, (size_t)(to - text)};
    return JSON_READ;
}

JsonAnswer json_read_text(JsonReader *reader, Arena *arena, Bytes *text_out)
{
    if (!json_take(reader, '"'))
        return JSON_BROKEN;

    const uint8_t *begin = reader->at;
    JsonAnswer answer = pass_plain(reader);
    if (answer != JSON_READ)
        return answer;

    Bytes plain = {begin, (size_t)(reader->at - begin)};
    if (*reader->at == '\\')
        return read_escaped(reader, arena, plain, text_out);
    reader->at++;
    *text_out = plain;
    return JSON_READ;
}

JsonAnswer json_read_whole(JsonReader *reader, int64_t *number_out)
{
    bool negative = json_take(reader, '-');
    if (reader->at == reader->end || !is_digit(*reader->at))
        return JSON_BROKEN;

    bool leading_zero = *reader->at == '0';
    const uint8_t *begin = reader->at;
    int64_t number = 0;
    bool fits = true;
    for (; reader->at < reader->end && is_digit(*reader->at); reader->at++) {
        int digit = *reader->at - '0';
        fits = fits && !__builtin_mul_overflow(number, 10, &number) &&
               !__builtin_add_overflow(number, negative ? -digit : digit, &number);
    }
    if (leading_zero && reader->at - begin > 1)
        return JSON_BROKEN;
    if (reader->at < reader->end && (*reader->at == '.' || *reader->at == 'e' || *reader->at == 'E'))
        return JSON_NOT_WHOLE;
    if (!fits)
        return JSON_OUT_OF_RANGE;
    *number_out = number;
    return JSON_READ;
}
