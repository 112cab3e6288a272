/*
 * Turn: the verbs in order, for senders at the door and for the answers of the houses.
 */
#pragma once

#include "intake/door.h"

/* hear → load → decide → keep → say, of what senders say and read. */
extern const DoorTurns intake_door_turns;

/* Answers of allocation and billing become letters. */
Status intake_turn(Turn *turn, Batch batch);

/* So does the word that one of them put a message aside. */
Status intake_aside(Turn *turn, Batch batch);
