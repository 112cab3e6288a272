/*
 * Web: the worklist over HTTP, for the people who judge requests.
 *
 *     GET /requests?municipality=0518
 *
 * Without a municipality it is the whole region. PICQ_READERS names the file of those who may
 * read; without it there is no such page, and whoever is no operator of the municipality asked is
 * refused.
 */
#pragma once

#include "service/service.h"

typedef struct Web Web;

Status web_open(Service *service, Web **web_out);
void web_free(Web *web);
