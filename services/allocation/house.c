#include "allocation/house.h"

/* What is said of so many is at most some megabytes. */
enum { PIECE_MAX = 5000 };

void house_open(AllocationHouse *house)
{
    *house = (AllocationHouse){library_new(), memory_new(), PIECE_MAX};
}

void house_close(AllocationHouse *house)
{
    library_free(house->library);
    memory_free(house->memory);
}

void house_committed(void *house)
{
    memory_committed(((AllocationHouse *)house)->memory);
}
