#include "intake/core/bsn.h"

#include <string.h>

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static bool eleven_test(const char *digits)
{
    int sum = 0;
    bool all_zero = true;
    for (int i = 0; i < BSN_DIGITS; i++) {
        int weight = i < BSN_DIGITS - 1 ? BSN_DIGITS - i : -1;
        sum += weight * (digits[i] - '0');
        all_zero = all_zero && digits[i] == '0';
    }
    return !all_zero && sum % 11 == 0;
}

bool bsn_passes(const char *text)
{
    if (strlen(text) != BSN_DIGITS)
        return false;
    for (int i = 0; i < BSN_DIGITS; i++)
        if (!is_digit(text[i]))
            return false;
    return eleven_test(text);
}

bool text_hides_bsn(const char *text, size_t size)
{
    size_t run = 0;
    for (size_t i = 0; i <= size; i++) {
        if (i < size && is_digit(text[i])) {
            run++;
            continue;
        }
        if (run == BSN_DIGITS && eleven_test(text + i - BSN_DIGITS))
            return true;
        run = 0;
    }
    return false;
}
