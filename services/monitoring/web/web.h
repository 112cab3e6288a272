/*
 * Web: reports over HTTP, for those who may read them.
 *
 *     GET /report?municipality=0518&year=2020&known_on=2020-06-08
 *
 * Without a municipality it is the region, without a year that of the newest day known, without
 * known_on as known now. PICQ_READERS names the file of those who may read; without it there is
 * no such page.
 */
#pragma once

#include "service/service.h"

typedef struct Web Web;

Status web_open(Service *service, Web **web_out);
void web_free(Web *web);
