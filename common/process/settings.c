#include "process/settings.h"

#include "base/arena.h"
#include "process/log.h"

#include <errno.h>
#include <stdlib.h>

enum { FAULTS_MAX = 32 };

struct Settings {
    Arena *arena;
    const char *faults[FAULTS_MAX];
    int count;
};

Settings *settings_new(void)
{
    Settings *settings = calloc(1, sizeof *settings);
    if (!settings)
        abort();
    settings->arena = arena_new();
    return settings;
}

void settings_free(Settings *settings)
{
    if (!settings)
        return;
    arena_free(settings->arena);
    free(settings);
}

[[gnu::format(printf, 2, 3)]] static void fault(Settings *settings, const char *format, ...)
{
    if (settings->count == FAULTS_MAX)
        return;
    va_list values;
    va_start(values, format);
    settings->faults[settings->count++] = arena_format_list(settings->arena, format, values);
    va_end(values);
}

const char *settings_text(Settings *settings, const char *name, const char *otherwise)
{
    const char *value = getenv(name);
    if (value && *value)
        return value;
    if (!otherwise)
        fault(settings, "setting=%s what=\"is missing\" remedy=\"set it in the environment\"", name);
    return otherwise ? otherwise : "";
}

int64_t settings_number(Settings *settings, const char *name, int64_t otherwise, int64_t least, int64_t most)
{
    const char *value = getenv(name);
    if (!value || !*value)
        return otherwise;

    char *end;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (errno || *end || number < least || number > most) {
        fault(settings, "setting=%s what=\"is no whole number from %lld to %lld\"", name, (long long)least,
              (long long)most);
        return otherwise;
    }
    return number;
}

bool settings_checked(const Settings *settings)
{
    for (int i = 0; i < settings->count; i++)
        log_event(LOG_ERROR, "SETTING-REFUSED", "%s", settings->faults[i]);
    return settings->count == 0;
}
