#include "intake/vault.h"

#include "support/unit.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static char *file_with(const char *text, mode_t mode)
{
    char *file = strdup("/tmp/picq-vault-XXXXXX");
    int descriptor = mkstemp(file);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, strlen(text)), strlen(text));
    assert_int_equal(fchmod(descriptor, mode), 0);
    close(descriptor);
    return file;
}

static Status open_with(const char *text, mode_t mode, Vault **vault_out)
{
    char *file = file_with(text, mode);
    Status status = vault_open(file, vault_out);
    unlink(file);
    free(file);
    return status;
}

typedef struct Fixture {
    Arena *arena;
    Vault *vault;
} Fixture;

static int vault_setup(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    *state = fixture;
    return open_with(KEY "\n", 0600, &fixture->vault) == STATUS_OK ? 0 : -1;
}

static int vault_teardown(void **state)
{
    Fixture *fixture = *state;
    vault_close(fixture->vault);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static const PersonRecord RECORD = {.bsn = "999900006", .name = "Test Cliënt", .birth = {14730}};

static void what_is_sealed_opens_as_it_was(void **state)
{
    Fixture *fixture = *state;
    Bytes sealed = vault_seal(fixture->vault, fixture->arena, "c1", &RECORD);
    assert_null(memmem(sealed.data, sealed.size, "999900006", 9));
    PersonRecord opened;
    assert_true(vault_unseal(fixture->vault, fixture->arena, "c1", sealed, &opened));
    assert_string_equal(opened.bsn, RECORD.bsn);
    assert_string_equal(opened.name, RECORD.name);
    assert_int_equal(opened.birth.number, RECORD.birth.number);
}

static void what_was_touched_does_not_open(void **state)
{
    Fixture *fixture = *state;
    Bytes sealed = vault_seal(fixture->vault, fixture->arena, "c1", &RECORD);
    PersonRecord opened;
    assert_false(vault_unseal(fixture->vault, fixture->arena, "c2", sealed, &opened));
    for (size_t i = 0; i < sealed.size; i++) {
        uint8_t *changed = arena_copy(fixture->arena, sealed.data, sealed.size);
        changed[i] ^= 1;
        assert_false(vault_unseal(fixture->vault, fixture->arena, "c1", (Bytes){changed, sealed.size}, &opened));
        assert_false(vault_unseal(fixture->vault, fixture->arena, "c1", (Bytes){sealed.data, i}, &opened));
    }
}

static void a_number_has_one_hash_under_one_key(void **state)
{
    Fixture *fixture = *state;
    Vault *other;
    assert_int_equal(open_with("ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 0600, &other),
                     STATUS_OK);
    const uint8_t *hash = vault_hash(fixture->vault, fixture->arena, "999900006");
    assert_memory_equal(hash, vault_hash(fixture->vault, fixture->arena, "999900006"), VAULT_HASH_SIZE);
    assert_memory_not_equal(hash, vault_hash(fixture->vault, fixture->arena, "999900018"), VAULT_HASH_SIZE);
    assert_memory_not_equal(hash, vault_hash(other, fixture->arena, "999900006"), VAULT_HASH_SIZE);
    vault_close(other);
}

static void a_reference_tells_nothing_and_is_never_twice_the_same(void **state)
{
    Fixture *fixture = *state;
    const char *seen[500];
    for (size_t i = 0; i < COUNT(seen); i++) {
        seen[i] = vault_new_reference(fixture->arena);
        assert_int_equal(strlen(seen[i]), 27);
        assert_int_equal(strspn(seen[i], "0123456789abcdefghjkmnpqrstvwxyz"), 27);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(seen[i], seen[j]);
    }
}

static void a_key_that_others_may_read_or_that_is_none_is_refused(void **state)
{
    (void)state;
    Vault *untouched = NULL;
    assert_int_equal(open_with(KEY, 0644, &untouched), STATUS_STOP);
    assert_int_equal(open_with(KEY, 0620, &untouched), STATUS_STOP);
    assert_int_equal(open_with("0001", 0600, &untouched), STATUS_STOP);
    assert_int_equal(open_with(KEY "00", 0600, &untouched), STATUS_STOP);
    assert_int_equal(open_with("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", 0600, &untouched),
                     STATUS_STOP);
    assert_int_equal(vault_open("/nowhere/vault", &untouched), STATUS_STOP);
    assert_null(untouched);
}

#define vault_test(name) cmocka_unit_test_setup_teardown(name, vault_setup, vault_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        vault_test(what_is_sealed_opens_as_it_was),
        vault_test(what_was_touched_does_not_open),
        vault_test(a_number_has_one_hash_under_one_key),
        vault_test(a_reference_tells_nothing_and_is_never_twice_the_same),
        cmocka_unit_test(a_key_that_others_may_read_or_that_is_none_is_refused),
    };
    return cmocka_run_group_tests_name("vault", tests, NULL, NULL);
}
