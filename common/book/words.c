#include "book/words.h"

#include "book/book.h"

const Vocabulary book_residences =
    VOCABULARY({RESIDENCE_GUARDIAN, "guardian"}, {RESIDENCE_REGISTERED_ADDRESS, "registered_address"});

const Vocabulary book_contract_kinds =
    VOCABULARY({CONTRACT_REGULAR, "regular"}, {CONTRACT_BRIDGING, "bridging"}, {CONTRACT_ENDED, "ended"});

const Vocabulary book_corrections = VOCABULARY({CORRECTIONS_SELF_BILLED, "self_billed"},
                                               {CORRECTIONS_DECLARED, "declared"}, {CORRECTIONS_SETTLED, "settled"});

const Vocabulary book_running =
    VOCABULARY({RUNNING_KEEP, "keep"}, {RUNNING_CONVERT, "convert"}, {RUNNING_BY_HAND, "by_hand"});

const Vocabulary book_payment_shapes = VOCABULARY({PAYMENT_START_END, "start_end"}, {PAYMENT_MONTHLY, "monthly"});

const Vocabulary book_early_ends =
    VOCABULARY({EARLY_END_PAYS_ALL, "all"}, {EARLY_END_PAYS_PRO_RATA, "pro_rata"}, {EARLY_END_PAYS_NOTHING, "nothing"});

const Vocabulary book_pro_rata =
    VOCABULARY({PRO_RATA_OF_END_PART, "end_part"}, {PRO_RATA_OF_WHOLE_PRICE, "whole_price"});

const Vocabulary book_work_in_progress =
    VOCABULARY({WORK_LINEAR, "linear"}, {WORK_BY_PART, "by_part"}, {WORK_BY_EXPECTED_DURATION, "by_expected_duration"});

const Vocabulary book_due_facts = VOCABULARY({DUE_BY_MESSAGE, "message"}, {DUE_BY_DECLARATION, "declaration"});

const Vocabulary book_grantings =
    VOCABULARY({GRANTING_BY_RULE, "rule"}, {GRANTING_BY_PERSON, "person"}, {GRANTING_BINDING, "binding"});

const Vocabulary book_measures = VOCABULARY(
    {MEASURE_GOAL_REACHED, "goal_reached"}, {MEASURE_DROPPED_OUT, "dropped_out"},
    {MEASURE_SATISFACTION, "satisfaction"}, {MEASURE_RELAPSED, "relapsed"}, {MEASURE_MOVED_TO_PIC, "moved_to_pic"});
