/*
 * National: how the door answers a national message, in the codes of the standard.
 */
#pragma once

#include "intake/core/intake.h"

/* The return code of a message that is refused; "" where the standard has none, as for a fault of its form. */
const char *national_code(const Admission *admission);

/*
 * Whether the code concerns the message as a whole, so that its return message is a header alone. One that brings the client
 * back holds a person, and letters hold none.
 */
bool national_is_whole(const Admission *admission);
