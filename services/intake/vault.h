/*
 * Vault: keeps persons unreadable.
 *
 * A table holds a keyed hash of the citizen number, by which a person is found, and sealed bytes
 * with number, name and birth day. The key comes from a file outside the database: who has the
 * tables alone has nobody's name.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/day.h"
#include "base/status.h"

enum { VAULT_HASH_SIZE = 32 };

typedef struct Vault Vault;

typedef struct PersonRecord {
    const char *bsn;
    const char *name;
    Day birth;
} PersonRecord;

/* The key stands in a file as 64 hexadecimal digits, which nobody but its owner and group may read. */
Status vault_open(const char *key_file, Vault **vault_out);
void vault_close(Vault *vault);
void vault_closep(Vault **vault);

const uint8_t *vault_hash(const Vault *vault, Arena *arena, const char *bsn);

/* Sealed bytes open under their own reference only. */
Bytes vault_seal(const Vault *vault, Arena *arena, const char *reference, const PersonRecord *record);

/* False when they were sealed with another key, for another reference, or changed. */
bool vault_unseal(const Vault *vault, Arena *arena, const char *reference, Bytes sealed, PersonRecord *record_out);

/* A random reference for a client: "c" and 26 letters and digits, none of which looks like another. */
const char *vault_new_reference(Arena *arena);
