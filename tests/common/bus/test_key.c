#include "bus/key.h"

#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Drawer {
    char folder[64];
    char path[128];
    char secret_path[128];
    Key *key;
    Key *loaded;
} Drawer;

static int open_drawer(void **state)
{
    Drawer *drawer = calloc(1, sizeof(Drawer));
    strcpy(drawer->folder, "/tmp/picq-key-XXXXXX");
    if (!mkdtemp(drawer->folder) || key_make(&drawer->key) != STATUS_OK)
        return -1;
    snprintf(drawer->path, sizeof drawer->path, "%s/intake", drawer->folder);
    snprintf(drawer->secret_path, sizeof drawer->secret_path, "%s/intake_secret", drawer->folder);
    *state = drawer;
    return 0;
}

static int close_drawer(void **state)
{
    Drawer *drawer = *state;
    unlink(drawer->path);
    unlink(drawer->secret_path);
    rmdir(drawer->folder);
    key_free(drawer->key);
    key_free(drawer->loaded);
    free(drawer);
    return 0;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    chmod(path, 0600);
}

static void a_key_that_is_saved_comes_back(void **state)
{
    Drawer *drawer = *state;
    assert_int_equal(key_save(drawer->key, drawer->path), STATUS_OK);
    assert_int_equal(key_load(drawer->path, &drawer->loaded), STATUS_OK);
    assert_string_equal(key_public(drawer->loaded), key_public(drawer->key));
    assert_int_equal(strlen(key_public(drawer->key)), KEY_TEXT_LENGTH);

    char text[KEY_TEXT_LENGTH + 1];
    assert_int_equal(key_load_public(drawer->path, text), STATUS_OK);
    assert_string_equal(text, key_public(drawer->key));
}

static void a_secret_is_for_its_owner_only(void **state)
{
    Drawer *drawer = *state;
    struct stat file;
    assert_int_equal(key_save(drawer->key, drawer->path), STATUS_OK);
    assert_int_equal(stat(drawer->secret_path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);

    static const struct {
        mode_t mode;
        Status expected;
    } CASES[] = {
        {0604, STATUS_STOP}, {0644, STATUS_STOP}, {0602, STATUS_STOP},
        {0660, STATUS_STOP}, {0440, STATUS_OK},   {0400, STATUS_OK},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        chmod(drawer->secret_path, CASES[i].mode);
        Key *key = NULL;
        assert_int_equal(key_load(drawer->path, &key), CASES[i].expected);
        key_free(key);
    }
}

static void a_key_is_never_overwritten(void **state)
{
    Drawer *drawer = *state;
    assert_int_equal(key_save(drawer->key, drawer->path), STATUS_OK);
    assert_int_equal(key_make(&drawer->loaded), STATUS_OK);
    assert_int_equal(key_save(drawer->loaded, drawer->path), STATUS_STOP);

    char text[KEY_TEXT_LENGTH + 1];
    assert_int_equal(key_load_public(drawer->path, text), STATUS_OK);
    assert_string_equal(text, key_public(drawer->key));
}

static void what_is_missing_or_no_key_is_refused_with_its_path(void **state)
{
    Drawer *drawer = *state;
    assert_int_equal(key_load(drawer->path, &drawer->loaded), STATUS_STOP);
    assert_non_null(strstr(fault_words(), drawer->secret_path));

    static const char *const NO_KEYS[] = {
        "",
        "hello\n",
        "curve\n    public-key = \"short\"\n    secret-key = \"short\"\n",
        "curve\n    public-key = \"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\"\n",
    };
    for (size_t i = 0; i < COUNT(NO_KEYS); i++) {
        write_file(drawer->secret_path, NO_KEYS[i]);
        assert_int_equal(key_load(drawer->path, &drawer->loaded), STATUS_STOP);
        assert_non_null(strstr(fault_words(), drawer->secret_path));
    }
}

static void a_secret_that_belongs_to_another_key_is_refused(void **state)
{
    Drawer *drawer = *state;
    write_file(drawer->secret_path, "curve\n    public-key = \"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\"\n"
                                    "    secret-key = \"D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs\"\n");
    assert_int_equal(key_load(drawer->path, &drawer->loaded), STATUS_STOP);
    assert_non_null(strstr(fault_words(), "does not belong"));
}

static void a_public_key_has_forty_characters_of_z85(void **state)
{
    (void)state;
    assert_true(key_is_public("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"));
    assert_false(key_is_public(""));
    assert_false(key_is_public("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf"));
    assert_false(key_is_public("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf77"));
    assert_false(key_is_public("rq rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_that_is_saved_comes_back, open_drawer, close_drawer),
        cmocka_unit_test_setup_teardown(a_secret_is_for_its_owner_only, open_drawer, close_drawer),
        cmocka_unit_test_setup_teardown(a_key_is_never_overwritten, open_drawer, close_drawer),
        cmocka_unit_test_setup_teardown(what_is_missing_or_no_key_is_refused_with_its_path, open_drawer, close_drawer),
        cmocka_unit_test_setup_teardown(a_secret_that_belongs_to_another_key_is_refused, open_drawer, close_drawer),
        cmocka_unit_test(a_public_key_has_forty_characters_of_z85),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
