/* Planted: the tariff of a trajectory that a provider has for itself is passed over. */
#include "book/books.h"

#define REAL __real_books_pic_tariff
#define PLANTED __wrap_books_pic_tariff

const PicTariff *REAL(const Books *books, const char *segment, Pic pic, const char *municipality, const char *provider,
                      Day day, Day known);
const PicTariff *PLANTED(const Books *books, const char *segment, Pic pic, const char *municipality,
                         const char *provider, Day day, Day known);

const PicTariff *PLANTED(const Books *books, const char *segment, Pic pic, const char *municipality,
                         const char *provider, Day day, Day known)
{
    (void)provider;
    return REAL(books, segment, pic, municipality, "", day, known);
}
