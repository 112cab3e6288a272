/*
 * Runoff: what months of service come to in the end, while declarations still come in late.
 *
 * The chain ladder, with the standard error of T. Mack, "Distribution-free calculation of the
 * standard error of chain ladder reserve estimates", ASTIN Bulletin 23 (1993), 213-225. In a
 * triangle each row is a month of service, each column a delay: how many month-ends after its
 * own have passed. From one delay to the next, what is known grows by a factor: the sum of a
 * column over the sum of the one before it, over the months that know both. A month's end is
 * what is known of it times all factors that are still to come; after the last one nothing comes
 * (the tail is 1).
 *
 * A column that sums to nothing has no factor, and a month that needs it no estimate: nobody
 * guesses. Factors and errors are statistics, in double; amounts are cents until they are
 * multiplied.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Cumulative cents, net of what was credited and corrected; month i is known up to delay size - 1 - i. */
typedef struct Triangle {
    size_t size;
    int64_t *cents; /* size × size */
} Triangle;

Triangle triangle_new(Arena *arena, size_t size);
int64_t *triangle_at(const Triangle *triangle, size_t month, size_t delay);

/* What is known of the month at the end of the newest one. */
int64_t triangle_known(const Triangle *triangle, size_t month);

/* From one delay to the next. */
typedef struct Factor {
    bool known;
    bool variance_known;
    double factor;
    double variance; /* Mack's sigma squared: of the growth of one cent */
    double weight;   /* the cents that it was seen to grow from */
    size_t months;   /* in how many months it was seen */
} Factor;

typedef struct RunOff {
    Triangle triangle;
    Factor *factors; /* of delay 0 to 1 first; one less than there are months */
    double *growth;  /* all factors from a delay on, multiplied; 0 where one of them is not known */
} RunOff;

/*
 * Where only one month knows a factor, Mack's variance for it is the least of those of the two
 * before it and of what their fall goes on to; without two before it, it is not known.
 */
RunOff run_off(Arena *arena, Triangle triangle);

/* What the month comes to in the end; false when a factor is not known. */
[[nodiscard]] bool run_off_ultimate(const RunOff *run_off, size_t month, double *ultimate_out);

/* Which share of a month is known at this delay; false when a factor is not known. */
[[nodiscard]] bool run_off_share_known(const RunOff *run_off, size_t delay, double *share_out);

/*
 * The mean squared error of what the chosen months come to together; false when a variance is
 * not known. Months err together as far as they share the estimates of their factors.
 */
[[nodiscard]] bool run_off_error(const RunOff *run_off, const bool *chosen, double *squared_out);

/* The root of a number that is not negative; 0 of one that is. */
double square_root(double number);

/* Half away from zero. */
int64_t round_half_away(double number);
