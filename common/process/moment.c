#include "process/moment.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SECOND_US = 1000000 };

char *moment_write(int64_t time_us, char text[MOMENT_TEXT_SIZE])
{
    int64_t fraction = (time_us % SECOND_US + SECOND_US) % SECOND_US;
    time_t seconds = (time_t)((time_us - fraction) / SECOND_US);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    size_t length = strftime(text, MOMENT_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + length, MOMENT_TEXT_SIZE - length, ".%06dZ", (int)fraction);
    return text;
}

bool moment_read(const char *text, int64_t *time_us_out)
{
    struct tm parts = {0};
    const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &parts);
    int fraction, length = 0;
    if (!rest || sscanf(rest, ".%6dZ%n", &fraction, &length) != 1 || length != sizeof ".000123Z" - 1 || rest[length] ||
        fraction < 0)
        return false;
    *time_us_out = (int64_t)timegm(&parts) * SECOND_US + fraction;
    return true;
}
