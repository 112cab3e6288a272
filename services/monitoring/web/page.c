#include "monitoring/web/page.h"

#include <string.h>

static const PageFile *find_file(const char *path)
{
    for (size_t i = 0; i < page_file_count; i++)
        if (strcmp(page_files[i].path, path) == 0)
            return &page_files[i];
    return NULL;
}

static void show(void *owner, const HttpRequest *request, HttpReply *reply)
{
    (void)owner;
    const PageFile *file = find_file(request->path);
    if (!file) {
        http_say(reply, 404, "There is nothing here.\n");
        return;
    }
    reply->type = file->type;
    reply->cache = file->for_ever ? "public, max-age=31536000, immutable" : "no-cache";
    reply->headers = page_headers;
    reply->header_count = page_header_count;
    reply->body = file->content;
}

const HttpRoute page_route = {.path = "/", .handle = show};
