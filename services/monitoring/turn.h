/*
 * Turn: the verbs of monitoring in order. It says nothing: what it hears ends here.
 */
#pragma once

#include "service/turn.h"

TurnFunction monitoring_turn;
