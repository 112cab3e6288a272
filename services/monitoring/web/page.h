/*
 * Page: what people look at, as files that are part of the program.
 *
 *     GET /                 the page; it asks for a token itself and reads all it shows from the API
 *     GET /page/NAME-HASH   what it is made of, for ever the same under that name
 *
 * The files are made from web/page/ by the build and lie in the program: nothing is read from a
 * disk, and nothing of them is secret, so there is no token.
 */
#pragma once

#include "http/http.h"

typedef struct PageFile {
    const char *path;
    const char *type; /* content type */
    bool for_ever;    /* its name tells its content */
    Bytes content;
} PageFile;

/* Made by the build. */
extern const PageFile page_files[];
extern const size_t page_file_count;
extern const HttpHeader page_headers[];
extern const size_t page_header_count;

/* All that no other route answers. */
extern const HttpRoute page_route;
