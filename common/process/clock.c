#include "process/clock.h"

#include <time.h>

int64_t clock_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_steady_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

Day clock_today(void)
{
    time_t now = time(NULL);
    struct tm parts;
    localtime_r(&now, &parts);
    return day_of(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}
