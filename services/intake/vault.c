#include "intake/vault.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    KEY_SIZE = 32,
    KEY_TEXT_SIZE = 2 * KEY_SIZE,
    NONCE_SIZE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    SEAL_SIZE = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    RANDOM_SIZE = 16,
    LETTERS_OF_RANDOM = 26, /* of 5 bits each */
};

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == KEY_SIZE, "one size for all keys");
static_assert(crypto_kdf_KEYBYTES == KEY_SIZE, "one size for all keys");

struct Vault {
    uint8_t hash_key[KEY_SIZE];
    uint8_t seal_key[KEY_SIZE];
};

static Status read_key(const char *file, uint8_t key_out[KEY_SIZE])
{
    FILE *stream = fopen(file, "re");
    if (!stream)
        return FAULT(STATUS_STOP,
                     "the key of the vault, %s, cannot be read: write 64 random hexadecimal digits into it", file);

    char text[KEY_TEXT_SIZE + 2] = "";
    struct stat about;
    bool is_private = fstat(fileno(stream), &about) == 0 && !(about.st_mode & (S_IROTH | S_IWOTH | S_IWGRP));
    size_t size = fread(text, 1, sizeof text - 1, stream);
    fclose(stream);

    size_t written = 0;
    bool is_key = size >= KEY_TEXT_SIZE && (size == KEY_TEXT_SIZE || text[KEY_TEXT_SIZE] == '\n') &&
                  sodium_hex2bin(key_out, KEY_SIZE, text, KEY_TEXT_SIZE, NULL, &written, NULL) == 0 &&
                  written == KEY_SIZE;
    sodium_memzero(text, sizeof text);
    if (!is_private)
        return FAULT(STATUS_STOP, "the key of the vault, %s, may be read or changed by others: chmod 600", file);
    if (!is_key)
        return FAULT(STATUS_STOP, "the key of the vault, %s, is not 64 hexadecimal digits", file);
    return STATUS_OK;
}

Status vault_open(const char *key_file, Vault **vault_out)
{
    if (sodium_init() < 0)
        return FAULT(STATUS_STOP, "libsodium does not start");
    uint8_t key[KEY_SIZE];
    TRY(read_key(key_file, key));

    Vault *vault = sodium_malloc(sizeof *vault);
    if (!vault)
        abort();
    crypto_kdf_derive_from_key(vault->hash_key, KEY_SIZE, 1, "bsn hash", key);
    crypto_kdf_derive_from_key(vault->seal_key, KEY_SIZE, 2, "persons ", key);
    sodium_memzero(key, sizeof key);
    sodium_mprotect_readonly(vault);
    *vault_out = vault;
    return STATUS_OK;
}

void vault_close(Vault *vault)
{
    sodium_free(vault);
}

void vault_closep(Vault **vault)
{
    vault_close(*vault);
    *vault = NULL;
}

const uint8_t *vault_hash(const Vault *vault, Arena *arena, const char *bsn)
{
    uint8_t *hash = arena_take(arena, VAULT_HASH_SIZE);
    crypto_generichash(hash, VAULT_HASH_SIZE, (const uint8_t *)bsn, strlen(bsn), vault->hash_key, KEY_SIZE);
    return hash;
}

/* The record as bytes: birth day, number, NUL, name, NUL. */
Bytes vault_seal(const Vault *vault, Arena *arena, const char *reference, const PersonRecord *record)
{
    size_t bsn_size = strlen(record->bsn) + 1;
    size_t name_size = strlen(record->name) + 1;
    size_t size = sizeof record->birth.number + bsn_size + name_size;
    uint8_t *plain = arena_take(arena, size);
    memcpy(plain, &record->birth.number, sizeof record->birth.number);
    memcpy(plain + sizeof record->birth.number, record->bsn, bsn_size);
    memcpy(plain + sizeof record->birth.number + bsn_size, record->name, name_size);

    uint8_t *sealed = arena_take(arena, NONCE_SIZE + size + SEAL_SIZE);
    randombytes_buf(sealed, NONCE_SIZE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_SIZE, NULL, plain, size, (const uint8_t *)reference,
                                               strlen(reference), NULL, sealed, vault->seal_key);
    sodium_memzero(plain, size);
    return (Bytes){sealed, NONCE_SIZE + size + SEAL_SIZE};
}

bool vault_unseal(const Vault *vault, Arena *arena, const char *reference, Bytes sealed, PersonRecord *record_out)
{
    const size_t size_least = sizeof record_out->birth.number + 2;
    if (sealed.size < NONCE_SIZE + SEAL_SIZE + size_least)
        return false;

    size_t size = sealed.size - NONCE_SIZE - SEAL_SIZE;
    char *plain = arena_take(arena, size + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt((uint8_t *)plain, NULL, NULL, sealed.data + NONCE_SIZE,
                                                   sealed.size - NONCE_SIZE, (const uint8_t *)reference,
                                                   strlen(reference), sealed.data, vault->seal_key) != 0)
        return false;

    PersonRecord record;
    memcpy(&record.birth.number, plain, sizeof record.birth.number);
    record.bsn = plain + sizeof record.birth.number;
    record.name = record.bsn + strlen(record.bsn) + 1;
    if (record.name >= plain + size)
        return false;
    *record_out = record;
    return true;
}

const char *vault_new_reference(Arena *arena)
{
    static const char LETTERS[] = "0123456789abcdefghjkmnpqrstvwxyz";
    uint8_t random[RANDOM_SIZE + 1] = {0};
    randombytes_buf(random, RANDOM_SIZE);

    char *reference = arena_take(arena, 1 + LETTERS_OF_RANDOM + 1);
    reference[0] = 'c';
    for (size_t i = 0; i < LETTERS_OF_RANDOM; i++) {
        size_t bit = 5 * i;
        unsigned pair = (unsigned)random[bit / 8] << 8 | random[bit / 8 + 1];
        reference[1 + i] = LETTERS[pair >> (11 - bit % 8) & 31];
    }
    return reference;
}
