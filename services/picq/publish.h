/*
 * Publish command: picq publish.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_publish(int argc, char **argv);
