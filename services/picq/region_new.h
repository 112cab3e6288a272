/*
 * Region new: the skeleton of another region's folder.
 */
#pragma once

#include "picq/command.h"

/* picq region new; its group */
extern const Commands picq_region;
