/* Planted: when a book changes a line again, what was adjusted before is not counted. */
#include "billing/core/correct.h"

Assessment __real_billing_assess(const OpenLine *open, const Books *books, Day known);
Assessment __wrap_billing_assess(const OpenLine *open, const Books *books, Day known);

Assessment __wrap_billing_assess(const OpenLine *open, const Books *books, Day known)
{
    OpenLine forgetful = *open;
    forgetful.judged.adjusted_count = 0;
    return __real_billing_assess(&forgetful, books, known);
}
