/*
 * Feed commands: picq feed send, fetch and follow.
 */
#pragma once

#include "picq/command.h"

extern const Commands picq_feed;

ExitStatus picq_feed_send(int argc, char **argv);
ExitStatus picq_feed_fetch(int argc, char **argv);
ExitStatus picq_feed_follow(int argc, char **argv);
