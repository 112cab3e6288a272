/*
 * Door: the way to intake, which may have several replicas.
 *
 * A sender speaks to one door at a time. When that falls silent it turns to the next, and a door
 * that is alone is knocked at anew. What was said at the door before is then to be said again.
 */
#pragma once

#include "bus/client.h"

/* Zero stands for the usual value. */
typedef struct DoorSettings {
    const char *endpoints; /* tcp://host:port, with commas between */
    const char *key;       /* path of the sender's own certificate */
    const char *door_key;  /* path of intake's, the public part */
    int silence_ms;        /* after which a door is left, doubled each time until an answer comes; usually 3,000 */
    int patience_ms;       /* after which the world is away; usually 60,000 */
} DoorSettings;

typedef struct Door Door;

/* STATUS_STOP when the settings are not what they should be. */
Status door_open(const DoorSettings *settings, Door **door_out);
void door_free(Door *door);
void door_freep(Door **door);

/* Where it is now. */
const char *door_endpoint(const Door *door);

/* What a wait looks at. */
const Client *door_client(const Door *door);

/* STATUS_RETRY when there is no connection, or no room on it. */
Status door_send(Door *door, Bytes bytes);

/* Never waits; received_out is false, and bytes_out untouched, when nothing has come. */
Status door_receive(Door *door, Arena *arena, Bytes *bytes_out, bool *received_out);

/* From now on an answer is waited for; it came. The time between them is the door's silence. */
void door_wait(Door *door);
void door_answered(Door *door);

/* How long a wait may last before door_leave_when_silent is to be asked. */
int door_silence_left_ms(const Door *door);

/* STATUS_RETRY when patience is over. */
Status door_leave_when_silent(Door *door, bool *left_out);
