#include "bus/key.h"

#include "bus/socket.h"

#include <sys/stat.h>

static const char SECRET_SUFFIX[] = "_secret";

static Key *key_new(const char *public_text, const char *secret_text)
{
    Key *key = calloc(1, sizeof(Key));
    if (!key)
        abort();
    memcpy(key->public_text, public_text, KEY_TEXT_LENGTH);
    memcpy(key->secret_text, secret_text, KEY_TEXT_LENGTH);
    return key;
}

Status key_make(Key **key_out)
{
    socket_prepare_library();
    char public_text[KEY_TEXT_LENGTH + 1], secret_text[KEY_TEXT_LENGTH + 1];
    if (zmq_curve_keypair(public_text, secret_text) != 0)
        return FAULT(STATUS_STOP, "no CURVE key can be made: %s", zmq_strerror(errno));
    *key_out = key_new(public_text, secret_text);
    explicit_bzero(secret_text, sizeof secret_text);
    return STATUS_OK;
}

void key_free(Key *key)
{
    if (!key)
        return;
    explicit_bzero(key, sizeof *key);
    free(key);
}

void key_freep(Key **key)
{
    key_free(*key);
    *key = NULL;
}

static bool secret_fits(const char *secret_text, const char *public_text)
{
    char expected[KEY_TEXT_LENGTH + 1];
    return zmq_curve_public(expected, secret_text) == 0 && streq(expected, public_text);
}

/* What a certificate says at `name`, when it is the text of a key. */
static const char *key_text_at(zconfig_t *certificate, const char *name)
{
    const char *text = zconfig_get(certificate, name, NULL);
    return text && key_is_public(text) ? text : NULL;
}

static Status check_kept_secret(const char *path)
{
    struct stat file;
    if (stat(path, &file) != 0)
        return FAULT(STATUS_STOP, "key %s: %s", path, strerror(errno));
    if (!S_ISREG(file.st_mode))
        return FAULT(STATUS_STOP, "key %s is not a file", path);
    if (file.st_mode & (S_IRWXO | S_IWGRP))
        return FAULT(STATUS_STOP, "key %s has mode %03o: others may not read it, nor a group write it (chmod 600)",
                     path, (unsigned)file.st_mode & 0777u);
    return STATUS_OK;
}

static Status read_secret(const char *path, Key **key_out)
{
    TRY(check_kept_secret(path));

    zconfig_t *certificate = zconfig_load(path);
    const char *public_text = certificate ? key_text_at(certificate, "/curve/public-key") : NULL;
    const char *secret_text = certificate ? key_text_at(certificate, "/curve/secret-key") : NULL;
    Status status = STATUS_OK;
    if (!public_text || !secret_text)
        status = FAULT(STATUS_STOP, "key %s is not a CURVE certificate with a secret", path);
    else if (!secret_fits(secret_text, public_text))
        status = FAULT(STATUS_STOP, "key %s: the secret does not belong to the public part", path);
    else
        *key_out = key_new(public_text, secret_text);
    zconfig_destroy(&certificate);
    return status;
}

Status key_load(const char *path, Key **key_out)
{
    socket_prepare_library();
    char *secret_path = zsys_sprintf("%s%s", path, SECRET_SUFFIX);
    Status status = read_secret(secret_path, key_out);
    freen(secret_path);
    return status;
}

Status key_save(const Key *key, const char *path)
{
    socket_prepare_library();
    char *secret_path = zsys_sprintf("%s%s", path, SECRET_SUFFIX);
    uint8_t public_bytes[32], secret_bytes[32];
    zmq_z85_decode(public_bytes, key->public_text);
    zmq_z85_decode(secret_bytes, key->secret_text);
    zcert_t *certificate = zcert_new_from(public_bytes, secret_bytes);
    explicit_bzero(secret_bytes, sizeof secret_bytes);

    Status status = STATUS_OK;
    if (zsys_file_exists(secret_path))
        status = FAULT(STATUS_STOP, "key %s is there already", secret_path);
    else if (zcert_save_public(certificate, path) != 0 || zcert_save_secret(certificate, secret_path) != 0)
        status = FAULT(STATUS_STOP, "key %s cannot be written", path);
    zcert_destroy(&certificate);
    freen(secret_path);
    return status;
}

Status key_load_public(const char *path, char *text_out)
{
    socket_prepare_library();
    zconfig_t *certificate = zconfig_load(path);
    if (!certificate)
        return FAULT(STATUS_STOP, "key %s cannot be read", path);

    Status status = STATUS_OK;
    const char *text = key_text_at(certificate, "/curve/public-key");
    if (text)
        memcpy(text_out, text, KEY_TEXT_LENGTH + 1);
    else
        status = FAULT(STATUS_STOP, "key %s is not a CURVE certificate", path);
    zconfig_destroy(&certificate);
    return status;
}

const char *key_public(const Key *key)
{
    return key->public_text;
}

bool key_is_public(const char *text)
{
    uint8_t bytes[32];
    return strlen(text) == KEY_TEXT_LENGTH && zmq_z85_decode(bytes, text) != NULL;
}
