/* Planted: what is converted ends on the very day on which what takes its place begins. */
#include "allocation/core/change.h"

#define REAL __real_change_ended_before
#define PLANTED __wrap_change_ended_before

Allocation REAL(const Allocation *allocation, const Standing *standing, Conversation conversation, Day known,
                ChangeReason reason, Day day);
Allocation PLANTED(const Allocation *allocation, const Standing *standing, Conversation conversation, Day known,
                   ChangeReason reason, Day day);

Allocation PLANTED(const Allocation *allocation, const Standing *standing, Conversation conversation, Day known,
                   ChangeReason reason, Day day)
{
    return REAL(allocation, standing, conversation, known, reason, day_plus(day, 1));
}
