/*
 * Monthly: a PIC that is paid by the month, part by part.
 *
 * A part falls due in each month of an allocation, on the day of the month on which it began. A
 * year's amount has twelve parts, which sum to it exactly; each year of the allocation, counted
 * from its own first day, has the amount of that year.
 */
#pragma once

#include "base/day.h"
#include "base/money.h"

enum { MONTHS_PER_YEAR = 12 };

/* How many calendar months the day lies after the first; negative when before. */
int32_t months_between(Day first, Day day);

/* The same day so many months later, or the last of that month when it is shorter. */
Day months_later(Day first, int32_t months);

/* Parts that can fall due in the period; 0 when it is empty. */
int32_t monthly_parts(Period period);

/* The day whose tariff pays the part of `month`, counted from 0: the first of its year. */
Day monthly_price_day(Day first, int32_t month);

/* One twelfth of a year's amount, each sum of the first ones rounded half up to the cent. month: 1 to 12. */
[[nodiscard]] bool monthly_part(Money year_amount, int32_t month, Money *part_out);

/* The first so many parts of a year together: what monthly_part gives for each of them. months: 0 to 12. */
[[nodiscard]] bool monthly_parts_amount(Money year_amount, int32_t months, Money *amount_out);
