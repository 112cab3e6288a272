/*
 * Words: the vocabularies that only a book's files use.
 */
#pragma once

#include "book/vocabulary.h"

extern const Vocabulary book_residences;
extern const Vocabulary book_contract_kinds;
extern const Vocabulary book_corrections;
extern const Vocabulary book_running;
extern const Vocabulary book_payment_shapes;
extern const Vocabulary book_early_ends;
extern const Vocabulary book_pro_rata;
extern const Vocabulary book_work_in_progress;
extern const Vocabulary book_due_facts;
extern const Vocabulary book_grantings;
extern const Vocabulary book_measures;
