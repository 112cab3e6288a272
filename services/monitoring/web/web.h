/*
 * Web: the read API, for those who may read.
 *
 *     GET /v1/openapi.json                  what can be asked, for programs
 *     GET /v1/region                        municipalities, years, books, and who asks
 *     GET /v1/tables                        which tables there are
 *     GET /v1/tables/spending?municipality=0518&year=2020&known-on=2020-06-08&format=csv
 *     GET /v1/letters/council?municipality=0518&year=2020
 *
 * Without a municipality it is the region, without a year that of the newest day known, without
 * known-on as known now. PICQ_READERS names the file of those who may read; without it nobody may.
 */
#pragma once

#include "service/service.h"

typedef struct Web Web;

Status web_open(Service *service, Web **web_out);
void web_free(Web *web);
