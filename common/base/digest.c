#include "base/digest.h"

#include <sodium.h>

Digest digest_of(Bytes bytes)
{
    Digest digest;
    crypto_generichash(digest.bytes, sizeof digest.bytes, bytes.data, bytes.size, NULL, 0);
    return digest;
}

char *digest_write(const Digest *digest, char *text)
{
    return sodium_bin2hex(text, DIGEST_TEXT_SIZE, digest->bytes, sizeof digest->bytes);
}
