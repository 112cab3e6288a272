/*
 * Web: what is owed, and why, over HTTP.
 *
 *     GET /owed?municipality=0503&provider=90000001&month=2020-03&known-on=2020-06-08&known-from=2020-05-01
 *     GET /line?municipality=0503&provider=90000001&reference=R-17
 *     GET /verify?year=2020&partitions=0-15
 *     POST /whatif?municipality=0503&partitions=0-15&from=2020-01-01&to=2020-12-31, with a book enclosed
 *     GET /work-in-progress?municipality=0503&provider=90000001&on=2020-12-31&known-on=2021-02-01
 *     GET /statement?municipality=0503&provider=90000001&year=2020
 *     GET /statement-lines?municipality=0503&provider=90000001&year=2020
 *     GET /journal?municipality=0503&year=2020&month=03
 *     GET /close?year=2020
 *
 * PICQ_READERS names the file of those who may read; without it there are no such pages, and
 * whoever is no operator of the municipality asked is refused. /verify, /close and a
 * journal without a municipality are for those who may read the whole region.
 */
#pragma once

#include "service/service.h"

typedef struct Web Web;

Status web_open(Service *service, Web **web_out);
void web_free(Web *web);
