/*
 * picq keys show: the public part of keys.
 */
#include "picq/keyring.h"
#include "picq/keys.h"

static const char DOC[] = "Shows the public part of the key at each path, which is what others may know of it.";

ExitStatus picq_keys_show(int argc, char **argv)
{
    return keyring_run(argc, argv, DOC, key_load_public);
}
