/*
 * Keep corrected: what a book corrects, into the tables.
 */
#pragma once

#include "billing/core/corrected.h"
#include "service/turn.h"

Status billing_keep_corrected(Turn *turn, const Heard *heard, const Book *book, const CorrectedParts *parts);
