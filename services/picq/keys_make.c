/*
 * picq keys make: new key pairs.
 */
#include "picq/keyring.h"
#include "picq/keys.h"

#include <string.h>

static const char DOC[] = "Makes a key pair at each path: PATH with the public part, to be given to others, and "
                          "PATH_secret, which stays where it is. A key that is there already is never overwritten.";

static Status make(const char *path, char *text_out)
{
    [[gnu::cleanup(key_freep)]] Key *key = NULL;
    TRY(key_make(&key));
    TRY(key_save(key, path));
    memcpy(text_out, key_public(key), KEY_TEXT_LENGTH + 1);
    return STATUS_OK;
}

ExitStatus picq_keys_make(int argc, char **argv)
{
    return keyring_run(argc, argv, DOC, make);
}
