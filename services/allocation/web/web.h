/*
 * Web: what allocation shows to people who judge and plan, over HTTP.
 *
 *     GET  /requests?municipality=0518   requests that wait for a person
 *     GET  /cohorts?municipality=0518    allocations that earlier care would have given another cohort
 *     GET  /plan?…                       care whose funding no longer is what the books say
 *     GET  /gaps?…                       care that no contract covers
 *     POST /plan, /gaps, /whatif?…       the same, and the money, with a book that is not yet published
 *
 * The last ones read all care: they may be asked for some partitions at a time, partitions=0-15.
 * Without a municipality it is the whole region. PICQ_READERS names the file of those who may
 * read; without it there is no such page, and whoever is no operator of the municipality asked is
 * refused. Nothing is changed here.
 */
#pragma once

#include "service/service.h"

typedef struct Web Web;

Status web_open(Service *service, Web **web_out);

/* How many requests wait for a person, for the people on duty. */
Status web_look(Web *web, Database *database, Arena *arena);
void web_free(Web *web);
