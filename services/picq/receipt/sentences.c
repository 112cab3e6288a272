#include "picq/receipt/sentences.h"

#include "base/day.h"

#include <string.h>

static const struct {
    const char *name;
    const char *words[LANGUAGES];
} WORDS[] = {
#define SENTENCE_WORDS(name, dutch, english) {#name, {dutch, english}},
    SENTENCES(SENTENCE_WORDS)
#undef SENTENCE_WORDS
};

const char *sentence_words(Sentence sentence, Language language)
{
    return WORDS[sentence].words[language];
}

Sentence sentence_named(const char *name)
{
    size_t sentence = 0;
    while (sentence < SENTENCE_COUNT && strcmp(WORDS[sentence].name, name) != 0)
        sentence++;
    return (Sentence)sentence;
}

static const struct {
    const char *name;
    const char *words[LANGUAGES][2];
} UNITS[] = {
#define UNIT_WORDS_ROW(name, one, more, one_english, more_english) {#name, {{one, more}, {one_english, more_english}}},
    UNIT_WORDS(UNIT_WORDS_ROW)
#undef UNIT_WORDS_ROW
};

static const char *const MONTHS[][LANGUAGES] = {
#define MONTH_WORDS_ROW(dutch, english) {dutch, english},
    MONTH_WORDS(MONTH_WORDS_ROW)
#undef MONTH_WORDS_ROW
};

const char *unit_words(const char *unit, bool several, Language language)
{
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (strcmp(UNITS[i].name, unit) == 0)
            return UNITS[i].words[language][several];
    return unit;
}

const char *day_words(Arena *arena, const char *text, Language language)
{
    Day day;
    if (!day_read(text, &day))
        return text;
    DayParts parts = day_parts(day);
    return arena_format(arena, "%d %s %d", parts.day, MONTHS[parts.month - 1][language], parts.year);
}

/* "{name}" at the beginning of `at`. */
static bool is_place_of(const char *at, const char *name)
{
    size_t size = strlen(name);
    return strncmp(at + 1, name, size) == 0 && at[1 + size] == '}';
}

static const Slot *slot_at(const char *at, const Slot *slots, size_t count)
{
    for (size_t i = 0; *at == '{' && i < count; i++)
        if (is_place_of(at, slots[i].name))
            return &slots[i];
    return NULL;
}

static size_t room_for(const char *words, const Slot *slots, size_t count)
{
    size_t room = strlen(words) + 1;
    for (const char *at = words; *at; at++) {
        const Slot *slot = slot_at(at, slots, count);
        room += slot ? strlen(slot->text) : 0;
    }
    return room;
}

const char *sentence_fill(Arena *arena, Sentence sentence, Language language, const Slot *slots, size_t count)
{
    const char *at = sentence_words(sentence, language);
    char *text = arena_take(arena, room_for(at, slots, count));
    char *end = text;
    while (*at) {
        const Slot *slot = slot_at(at, slots, count);
        if (!slot) {
            *end++ = *at++;
            continue;
        }
        end = stpcpy(end, slot->text);
        at += strlen(slot->name) + 2;
    }
    *end = '\0';
    return text;
}
