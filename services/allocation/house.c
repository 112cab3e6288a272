#include "allocation/house.h"

void house_open(AllocationHouse *house)
{
    *house = (AllocationHouse){library_new(), memory_new()};
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
