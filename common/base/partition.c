#include "base/partition.h"

#include "base/digest.h"

#include <stdio.h>

int16_t partition_of(const char *municipality, const char *provider)
{
    char conversation[64];
    int length = snprintf(conversation, sizeof conversation, "%s/%s", municipality, provider);
    size_t size = (size_t)length < sizeof conversation ? (size_t)length : sizeof conversation - 1;
    Digest digest = digest_of((Bytes){(const uint8_t *)conversation, size});
    return (int16_t)(digest.bytes[0] % PARTITIONS);
}
