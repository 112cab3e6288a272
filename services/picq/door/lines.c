#include "picq/door/lines.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 256 * 1024 };

struct Lines {
    const char *const *paths;
    size_t count;
    size_t here; /* in paths */
    int file;    /* -1: not open */
    bool waits;  /* the file is one whose bytes may yet have to come */
    bool ended;  /* the file */
    bool whole;  /* the file is a national message */
    uint64_t line;
    uint8_t *buffer;
    size_t room;
    size_t begin, end; /* of what was read and not taken */
    size_t searched;   /* from begin, without a line end */
    bool passing_over; /* the rest of a line that is too long */
    uint64_t bytes, bytes_read;
};

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* All files are looked at first: half a feed helps nobody. */
static Status measure(Lines *lines)
{
    bool known = true;
    for (size_t i = 0; i < lines->count; i++) {
        const char *path = lines->paths[i];
        struct stat about;
        if (is_standard_input(path) ? fstat(STDIN_FILENO, &about) != 0
                                    : access(path, R_OK) != 0 || stat(path, &about) != 0)
            return FAULT(STATUS_STOP, "%s cannot be read: %s", path, strerror(errno));
        if (S_ISDIR(about.st_mode))
            return FAULT(STATUS_STOP, "%s is a folder; name the files in it", path);
        known = known && S_ISREG(about.st_mode);
        lines->bytes += (uint64_t)about.st_size;
    }
    if (!known)
        lines->bytes = 0;
    return STATUS_OK;
}

static bool is_national(const char *path)
{
    static const char ENDING[] = ".xml";
    size_t size = strlen(path);
    return size >= sizeof ENDING && strcasecmp(path + size - (sizeof ENDING - 1), ENDING) == 0;
}

static Status open_here(Lines *lines)
{
    const char *path = lines->paths[lines->here];
    int file = is_standard_input(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0)
        return FAULT(STATUS_STOP, "%s cannot be read: %s", path, strerror(errno));
    lines->file = file;
    lines->waits = !S_ISREG(about.st_mode);
    lines->ended = false;
    lines->whole = is_national(path);
    lines->line = 0;
    return STATUS_OK;
}

static void close_here(Lines *lines)
{
    if (lines->file > STDIN_FILENO)
        close(lines->file);
    lines->file = -1;
}

Status lines_open(const char *const *paths, size_t count, Lines **lines_out)
{
    Lines *lines = calloc(1, sizeof(Lines));
    uint8_t *buffer = malloc(PIECE);
    if (!lines || !buffer)
        abort();
    *lines = (Lines){.paths = paths, .count = count, .file = -1, .buffer = buffer, .room = PIECE};
    Status status = measure(lines);
    if (status == STATUS_OK)
        *lines_out = lines;
    else
        lines_free(lines);
    return status;
}

void lines_free(Lines *lines)
{
    if (!lines)
        return;
    close_here(lines);
    free(lines->buffer);
    free(lines);
}

void lines_freep(Lines **lines)
{
    lines_free(*lines);
    *lines = NULL;
}

int lines_file(const Lines *lines)
{
    return lines->file;
}

uint64_t lines_bytes(const Lines *lines)
{
    return lines->bytes;
}

uint64_t lines_bytes_taken(const Lines *lines)
{
    return lines->bytes_read - (lines->end - lines->begin);
}

/* Room for one more piece behind what waits to be taken. */
static void make_room(Lines *lines)
{
    size_t kept = lines->end - lines->begin;
    if (lines->begin > 0)
        memmove(lines->buffer, lines->buffer + lines->begin, kept);
    lines->begin = 0;
    lines->end = kept;
    if (lines->room - kept >= PIECE)
        return;
    lines->room = 2 * lines->room;
    lines->buffer = realloc(lines->buffer, lines->room);
    if (!lines->buffer)
        abort();
}

static Status read_on(Lines *lines)
{
    make_room(lines);
    ssize_t size = read(lines->file, lines->buffer + lines->end, PIECE);
    if (size < 0 && errno == EINTR)
        return STATUS_OK;
    if (size < 0)
        return FAULT(STATUS_STOP, "%s cannot be read: %s", lines->paths[lines->here], strerror(errno));
    lines->ended = size == 0;
    lines->end += (size_t)size;
    lines->bytes_read += (uint64_t)size;
    return STATUS_OK;
}

static bool would_wait(const Lines *lines)
{
    struct pollfd file = {.fd = lines->file, .events = POLLIN};
    return lines->waits && poll(&file, 1, 0) == 0;
}

static bool is_blank(Bytes line)
{
    for (size_t i = 0; i < line.size; i++)
        if (!isspace(line.data[i]))
            return false;
    return true;
}

/* A line with its end, or what stands at the end of the file; false when it is not whole yet. */
static bool cut_line(Lines *lines, Bytes *line_out)
{
    const uint8_t *begin = lines->buffer + lines->begin;
    size_t size = lines->end - lines->begin;
    const uint8_t *line_end = memchr(begin + lines->searched, '\n', size - lines->searched);
    lines->searched = size;
    bool ends_with_file = lines->ended && (size > 0 || lines->passing_over);
    if (!line_end && !ends_with_file)
        return false;

    size_t length = line_end ? (size_t)(line_end - begin) : size;
    lines->begin += line_end ? length + 1 : length;
    lines->searched = 0;
    lines->line++;
    if (length > 0 && begin[length - 1] == '\r')
        length--;
    *line_out = (Bytes){begin, length};
    return true;
}

/* A line that is longer than any message, of which no more is kept than that. */
static bool grows_too_long(Lines *lines)
{
    if (lines->end - lines->begin <= (lines->whole ? NATIONAL_SIZE_MAX : LINE_SIZE_MAX))
        return false;
    lines->begin = lines->end;
    lines->searched = 0;
    return true;
}

/* The file, once all of it lies in the buffer. */
static LinesAnswer take_whole(Lines *lines, LinePlace *place_out, Bytes *line_out)
{
    lines->passing_over = grows_too_long(lines) || lines->passing_over;
    bool was_passed_over = lines->passing_over;
    Bytes file = {lines->buffer + lines->begin, lines->end - lines->begin};
    if (!lines->ended || (file.size == 0 && !was_passed_over))
        return LINES_WAIT;
    *place_out = (LinePlace){lines->paths[lines->here], 0};
    *line_out = file;
    lines->passing_over = false;
    lines->begin = lines->end;
    return was_passed_over ? LINES_TOO_LONG : LINES_LINE;
}

/* What lies in the buffer: a line, one that is too long, or nothing that is whole (LINES_WAIT). */
static LinesAnswer take_buffered(Lines *lines, LinePlace *place_out, Bytes *line_out)
{
    for (Bytes line; cut_line(lines, &line);) {
        *place_out = (LinePlace){lines->paths[lines->here], lines->line};
        bool was_passed_over = lines->passing_over;
        lines->passing_over = false;
        if (was_passed_over || line.size > LINE_SIZE_MAX)
            return LINES_TOO_LONG;
        if (is_blank(line))
            continue;
        *line_out = line;
        return LINES_LINE;
    }
    lines->passing_over = grows_too_long(lines) || lines->passing_over;
    return LINES_WAIT;
}

Status lines_take(Lines *lines, LinesAnswer *answer_out, LinePlace *place_out, Bytes *line_out)
{
    while (lines->here < lines->count) {
        if (lines->file < 0)
            TRY(open_here(lines));
        *answer_out = lines->whole ? take_whole(lines, place_out, line_out) : take_buffered(lines, place_out, line_out);
        if (*answer_out != LINES_WAIT || (!lines->ended && would_wait(lines)))
            return STATUS_OK;
        if (lines->ended) {
            close_here(lines);
            lines->here++;
        } else {
            TRY(read_on(lines));
        }
    }
    *answer_out = LINES_END;
    return STATUS_OK;
}
