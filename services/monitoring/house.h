/*
 * House: what monitoring keeps between turns.
 */
#pragma once

#include "service/library.h"

typedef struct MonitoringHouse {
    Library *library; /* the books as its turns heard them */
} MonitoringHouse;
