#include "monitoring/core/audience.h"

#include "monitoring/core/cube.h"

static Value widened(Value value)
{
    if (value.state != VALUE_TOLD || value.number == 0)
        return value;
    if (value.number < CELL_COUNT_LEAST)
        return VALUE_NOT_FOR_YOU;
    return value_number(cube_rounded(value.number));
}

void table_widen(Table *table)
{
    const TableCard *card = table->card;
    for (size_t row = 0; row < table->row_count; row++)
        for (size_t i = 0; i < card->column_count; i++)
            if (card->columns[i].kind == HOLDS_COUNT) {
                Value *value = &table->values[row * card->column_count + i];
                *value = widened(*value);
            }
}
