/*
 * The reader of national messages: a program of its own, asked over its two pipes.
 *
 *     PICQ_IJW_XSD_DIR   folder with the official schemas, which messages are then held against as well
 *     PICQ_IJW_SECONDS   how long one message may be computed on, 10
 *
 * A warden reads the official schemas and locks itself in.
 * Each question is answered by a reader that it starts for it, which is locked in closer still and
 * leaves its answer in memory that the two share: what breaks the reader of one message is not
 * there any more for the next.
 */
#include "intake/reader/cage.h"
#include "intake/reader/say.h"

#include <errno.h>
#include <libxml/parser.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    QUESTION_SIZE_MAX = IJW_SIZE_MAX + 1024 * 1024,
    ANSWER_SIZE_MAX = 64 * 1024 * 1024,
    SIZE_BYTES = 4,
    AWAY = 3,
    SECONDS = 10,
    SECONDS_MAX = 600,
};

typedef struct Warden {
    IjwSchemas *schemas; /* NULL: none */
    unsigned seconds;
} Warden;

/* Where a reader leaves its answer. */
typedef struct Desk {
    size_t size;
    uint8_t answer[];
} Desk;

static bool read_all(uint8_t *to, size_t size)
{
    while (size > 0) {
        ssize_t taken = read(STDIN_FILENO, to, size);
        if (taken == 0 || (taken < 0 && errno != EINTR))
            return false;
        if (taken > 0) {
            to += taken;
            size -= (size_t)taken;
        }
    }
    return true;
}

static bool write_all(Bytes bytes)
{
    while (bytes.size > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes.data, bytes.size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0)
            bytes = (Bytes){bytes.data + written, bytes.size - (size_t)written};
    }
    return true;
}

static bool write_answer(Bytes answer)
{
    uint8_t size[SIZE_BYTES];
    for (int i = 0; i < SIZE_BYTES; i++)
        size[i] = (uint8_t)(answer.size >> (8 * i));
    return write_all((Bytes){size, sizeof size}) && write_all(answer);
}

/* The reader: never returns. */
static void read_alone(Desk *desk, const Warden *warden, Bytes question)
{
    if (!cage_reader(warden->seconds))
        _exit(AWAY);
    Bytes answer = reader_answer(arena_new(), warden->schemas, question);
    if (answer.size > ANSWER_SIZE_MAX - sizeof *desk)
        _exit(AWAY);
    memcpy(desk->answer, answer.data, answer.size);
    desk->size = answer.size;
    _exit(0);
}

/* Whether a reader came to its end. */
static bool let_read(Desk *desk, const Warden *warden, Bytes question)
{
    pid_t reader = fork();
    if (reader == 0)
        read_alone(desk, warden, question);
    int end = 0;
    while (reader > 0 && waitpid(reader, &end, 0) < 0 && errno == EINTR)
        ;
    return reader > 0 && WIFEXITED(end) && WEXITSTATUS(end) == 0;
}

/* False when nobody asks any more. */
static bool answer_one(const Warden *warden)
{
    uint8_t written[SIZE_BYTES];
    size_t size = 0;
    if (!read_all(written, sizeof written))
        return false;
    for (int i = 0; i < SIZE_BYTES; i++)
        size |= (size_t)written[i] << (8 * i);
    uint8_t *question = size <= QUESTION_SIZE_MAX ? malloc(size + 1) : NULL;
    if (!question || !read_all(question, size))
        return false;

    Desk *desk = mmap(NULL, ANSWER_SIZE_MAX, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (desk == MAP_FAILED)
        return false;
    Arena *arena = arena_new();
    bool is_read = let_read(desk, warden, (Bytes){question, size});
    bool is_told = write_answer(is_read ? (Bytes){desk->answer, desk->size} : reader_broke(arena));
    arena_free(arena);
    munmap(desk, ANSWER_SIZE_MAX);
    free(question);
    return is_told;
}

[[gnu::format(printf, 1, 2)]] static bool fault(const char *words, ...)
{
    va_list values;
    va_start(values, words);
    vfprintf(stderr, words, values);
    va_end(values);
    return false;
}

static bool read_settings(Warden *warden)
{
    const char *folder = getenv("PICQ_IJW_XSD_DIR");
    const char *seconds = getenv("PICQ_IJW_SECONDS");
    const char *wrong = "";
    warden->seconds = seconds && *seconds ? (unsigned)strtoul(seconds, NULL, 10) : SECONDS;
    if (warden->seconds < 1 || warden->seconds > SECONDS_MAX)
        return fault("picq-reader: PICQ_IJW_SECONDS is \"%s\": write a number from 1 to 600\n", seconds);
    if (folder && *folder && !(warden->schemas = ijw_schemas_open(folder, &wrong)))
        return fault("picq-reader: %s.xsd cannot be read in PICQ_IJW_XSD_DIR\n", wrong);
    return true;
}

int main(void)
{
    Warden warden = {0};
    xmlInitParser();
    if (!read_settings(&warden))
        return AWAY;
    if (!cage_warden()) {
        fprintf(stderr, "picq-reader: this system does not let the reader be locked in (seccomp)\n");
        return AWAY;
    }
    while (answer_one(&warden))
        ;
    _exit(0);
}
