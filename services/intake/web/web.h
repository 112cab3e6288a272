/*
 * Web: cases and allocations over HTTP, for the people of a region.
 *
 *     GET /cases?municipality=0518&closed=true
 *     GET /forgetting?by=2040-12-31
 *     GET /allocations?provider=90000001&municipality=0518&day=2020-03-01&after=…
 *
 * Without a municipality it is the whole region. PICQ_READERS names the file of those who may
 * read; without it there are no such pages, and whoever is no operator of the municipality asked
 * is refused. No person stands in them, and clients only by reference.
 */
#pragma once

#include "intake/house.h"

typedef struct Web Web;

/* Of the house it asks how long persons are known. */
Status web_open(Service *service, const House *house, Web **web_out);
void web_free(Web *web);
