/*
 * House: what allocation keeps between its turns.
 */
#pragma once

#include "service/library.h"

typedef struct AllocationHouse {
    Library *library;
} AllocationHouse;
