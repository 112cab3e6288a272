#include "db/sqlstate.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *class;
    Status status;
} CLASSES[] = {
    {"08", STATUS_RETRY},     /* connection */
    {"22", STATUS_SET_ASIDE}, /* data: this message does not fit the tables */
    {"23", STATUS_SET_ASIDE}, /* integrity: this message breaks a rule of the tables */
    {"25", STATUS_RETRY},     /* transaction state: the session timed out in the middle */
    {"40", STATUS_RETRY},     /* rolled back: deadlock, serialization */
    {"53", STATUS_RETRY},     /* resources: disk full, out of memory, too many connections */
    {"54", STATUS_SET_ASIDE}, /* limits: this message is too much for the server */
    {"55", STATUS_RETRY},     /* object in use */
    {"57", STATUS_RETRY},     /* intervention: shut down, terminated, starting up, timed out */
    {"58", STATUS_RETRY},     /* system: input or output */
};

Status sqlstate_status(const char *sqlstate)
{
    if (!sqlstate || !*sqlstate)
        return STATUS_RETRY;
    for (size_t i = 0; i < sizeof CLASSES / sizeof CLASSES[0]; i++)
        if (strncmp(sqlstate, CLASSES[i].class, 2) == 0)
            return CLASSES[i].status;
    return STATUS_STOP;
}
