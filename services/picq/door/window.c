#include "picq/door/window.h"

#include <stdlib.h>

typedef struct Slot {
    LinePlace place;
    uint8_t *text;
    size_t size;
    bool received;
} Slot;

struct Window {
    Slot *slots; /* the line with number n stands at n % lines_max */
    size_t lines_max;
    size_t bytes_max;
    size_t bytes;
    uint64_t oldest;
    uint64_t next; /* to be sent */
    uint64_t sent; /* what was ever sent lies below */
    uint64_t end;  /* the number of the line that is added next */
};

Window *window_new(size_t lines_max, size_t bytes_max)
{
    Window *window = calloc(1, sizeof(Window));
    Slot *slots = calloc(lines_max, sizeof(Slot));
    if (!window || !slots)
        abort();
    *window = (Window){slots, lines_max, bytes_max, .oldest = 1, .next = 1, .sent = 1, .end = 1};
    return window;
}

void window_free(Window *window)
{
    if (!window)
        return;
    for (size_t i = 0; i < window->lines_max; i++)
        free(window->slots[i].text);
    free(window->slots);
    free(window);
}

static Slot *slot_of(const Window *window, uint64_t number)
{
    return &window->slots[number % window->lines_max];
}

size_t window_count(const Window *window)
{
    return (size_t)(window->end - window->oldest);
}

size_t window_bytes(const Window *window)
{
    return window->bytes;
}

uint64_t window_oldest(const Window *window)
{
    return window->oldest;
}

bool window_has_room(const Window *window, size_t size)
{
    if (window_count(window) == 0)
        return true;
    return window_count(window) < window->lines_max && window->bytes + size <= window->bytes_max;
}

void window_add(Window *window, LinePlace place, Bytes line)
{
    uint8_t *text = malloc(line.size + 1);
    if (!text)
        abort();
    if (line.size)
        memcpy(text, line.data, line.size);
    *slot_of(window, window->end++) = (Slot){place, text, line.size, false};
    window->bytes += line.size;
}

bool window_next(const Window *window, Parcel *parcel_out)
{
    if (window->next == window->end)
        return false;
    const Slot *slot = slot_of(window, window->next);
    *parcel_out = (Parcel){window->next, slot->place, {slot->text, slot->size}};
    return true;
}

void window_sent(Window *window)
{
    window->next++;
    if (window->sent < window->next)
        window->sent = window->next;
}

/* Whatever the door says was received leaves, up to the first line that waits. */
static void let_go(Window *window)
{
    while (window->oldest < window->end && slot_of(window, window->oldest)->received) {
        Slot *slot = slot_of(window, window->oldest++);
        window->bytes -= slot->size;
        free(slot->text);
        *slot = (Slot){0};
    }
    if (window->next < window->oldest)
        window->next = window->oldest;
}

bool window_receive(Window *window, uint64_t number, LinePlace *place_out)
{
    if (number < window->oldest || number >= window->sent || slot_of(window, number)->received)
        return false;
    Slot *slot = slot_of(window, number);
    slot->received = true;
    *place_out = slot->place;
    let_go(window);
    return true;
}

void window_send_again(Window *window, uint64_t number)
{
    if (number < window->oldest)
        number = window->oldest;
    if (number < window->next)
        window->next = number;
}
