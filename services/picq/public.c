#include "picq/public.h"

#include <string.h>
#include <unistd.h>

Status public_part(const char *said, char *text_out)
{
    if (access(said, F_OK) == 0 || !key_is_public(said))
        return key_load_public(said, text_out);
    memcpy(text_out, said, KEY_TEXT_LENGTH + 1);
    return STATUS_OK;
}
