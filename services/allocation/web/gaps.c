#include "allocation/web/gaps.h"

#include "allocation/core/gap.h"
#include "http/json.h"

static void put_gap(json_t *list, const Allocation *allocation, Period gap)
{
    json_t *row = json_object();
    json_put_text(row, "municipality", allocation->municipality);
    json_put_text(row, "provider", allocation->provider);
    json_put_text(row, "segment", allocation->segment);
    json_put_text(row, "client", allocation->client);
    json_put_text(row, "allocation", allocation->number);
    json_put_text(row, "funding", funding_name(allocation->funding));
    json_put_text(row, "code", allocation->product.code);
    json_put_period(row, gap);
    json_array_append_new(list, row);
}

static Status list_piece(void *owner, const SurveyPiece *piece)
{
    const Books *books = piece->standing->partitions[piece->partition].books;
    for (size_t i = 0; i < piece->count; i++) {
        Gaps gaps = gap_find(piece->arena, piece->list[i], books, piece->today);
        for (size_t j = 0; j < gaps.count; j++)
            put_gap(owner, piece->list[i], gaps.list[j]);
    }
    return STATUS_OK;
}

Status gaps_write(Arena *arena, Database *database, Library *library, const SurveyQuestion *question, char **json_out,
                  const char **fault_out)
{
    json_t *list = json_array(), *positions = json_object();
    Status status = survey_walk(arena, database, library, question, list_piece, list, positions, fault_out);
    *json_out = json_finish(arena, json_pack("{s:o, s:o}", "positions", positions, "gaps", list));
    return status;
}
