#include "monitoring/core/runoff.h"

Triangle triangle_new(Arena *arena, size_t size)
{
    return (Triangle){size, ARENA_MANY(arena, int64_t, size * size)};
}

int64_t *triangle_at(const Triangle *triangle, size_t month, size_t delay)
{
    return &triangle->cents[month * triangle->size + delay];
}

static size_t delay_now(const Triangle *triangle, size_t month)
{
    return triangle->size - 1 - month;
}

int64_t triangle_known(const Triangle *triangle, size_t month)
{
    return *triangle_at(triangle, month, delay_now(triangle, month));
}

/* ---- numbers ---- */

/* Newton's: it falls until it cannot fall any further. */
double square_root(double number)
{
    if (!(number > 0))
        return 0;
    double root = number > 1 ? number : 1;
    for (double next = (root + number / root) / 2; next < root; next = (root + number / root) / 2)
        root = next;
    return root;
}

int64_t round_half_away(double number)
{
    return (int64_t)(number < 0 ? number - 0.5 : number + 0.5);
}

/* ---- factors ---- */

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

static Factor factor_of(const Triangle *triangle, size_t delay)
{
    Factor factor = {.months = triangle->size - 1 - delay};
    double grown = 0;
    for (size_t month = 0; month < factor.months; month++) {
        factor.weight += (double)*triangle_at(triangle, month, delay);
        grown += (double)*triangle_at(triangle, month, delay + 1);
    }
    factor.known = factor.weight > 0 && grown > 0;
    if (factor.known)
        factor.factor = grown / factor.weight;
    return factor;
}

/* Months of which nothing was known yet tell nothing of how one cent grows. */
static void set_variance(const Triangle *triangle, size_t delay, Factor *factor)
{
    double squares = 0;
    size_t seen = 0;
    for (size_t month = 0; month < factor->months; month++) {
        double before = (double)*triangle_at(triangle, month, delay);
        if (before <= 0)
            continue;
        double apart = (double)*triangle_at(triangle, month, delay + 1) / before - factor->factor;
        squares += before * apart * apart;
        seen++;
    }
    factor->variance_known = factor->known && seen > 1;
    if (factor->variance_known)
        factor->variance = squares / (double)(seen - 1);
}

static void continue_variance(Factor *factors, size_t delay)
{
    Factor *factor = &factors[delay];
    if (!factor->known || factor->variance_known || delay < 2)
        return;
    const Factor *last = factor - 1, *before = factor - 2;
    if (!last->variance_known || !before->variance_known)
        return;
    factor->variance_known = true;
    factor->variance = smaller(last->variance, before->variance);
    if (before->variance > 0)
        factor->variance = smaller(factor->variance, last->variance * last->variance / before->variance);
}

RunOff run_off(Arena *arena, Triangle triangle)
{
    RunOff run_off = {
        .triangle = triangle,
        .factors = ARENA_MANY(arena, Factor, triangle.size),
        .growth = ARENA_MANY(arena, double, triangle.size),
    };
    for (size_t delay = 0; delay + 1 < triangle.size; delay++) {
        run_off.factors[delay] = factor_of(&triangle, delay);
        set_variance(&triangle, delay, &run_off.factors[delay]);
        continue_variance(run_off.factors, delay);
    }
    for (size_t delay = triangle.size; delay-- > 0;)
        run_off.growth[delay] =
            delay + 1 == triangle.size ? 1 : run_off.growth[delay + 1] * run_off.factors[delay].factor;
    return run_off;
}

/* ---- estimates ---- */

bool run_off_ultimate(const RunOff *run_off, size_t month, double *ultimate_out)
{
    double growth = run_off->growth[delay_now(&run_off->triangle, month)];
    if (growth <= 0)
        return false;
    *ultimate_out = (double)triangle_known(&run_off->triangle, month) * growth;
    return true;
}

bool run_off_share_known(const RunOff *run_off, size_t delay, double *share_out)
{
    double growth = run_off->growth[delay];
    if (growth <= 0)
        return false;
    *share_out = 1 / growth;
    return true;
}

/*
 * Of one month: ultimate² × Σ over its factors of variance / factor² × (1 / what it grows from
 * + 1 / weight). Of two months together also twice ultimate × ultimate × Σ of variance / factor²
 * / weight, over the factors that the older one needs. All at once, factor by factor: the months
 * that need it are squared together.
 */
bool run_off_error(const RunOff *run_off, const bool *chosen, double *squared_out)
{
    const Triangle *triangle = &run_off->triangle;
    double squared = 0;
    for (size_t delay = 0; delay + 1 < triangle->size; delay++) {
        const Factor *factor = &run_off->factors[delay];
        double together = 0, apart = 0;
        for (size_t month = delay_now(triangle, delay); month < triangle->size; month++) {
            if (!chosen[month])
                continue;
            double ultimate;
            if (!run_off_ultimate(run_off, month, &ultimate) || !factor->variance_known)
                return false;
            together += ultimate;
            if (ultimate > 0)
                apart += ultimate * run_off->growth[delay]; /* ultimate² / (ultimate / growth) */
        }
        if (together != 0)
            squared +=
                factor->variance / (factor->factor * factor->factor) * (apart + together * together / factor->weight);
    }
    *squared_out = squared;
    return true;
}
