/*
 * Worth: what an allocation comes to in euros, as the books price it.
 */
#pragma once

#include "allocation/core/allocation.h"
#include "book/worth.h"

static inline Grant grant_of(const Allocation *allocation)
{
    return (Grant){
        .municipality = allocation->municipality,
        .provider = allocation->provider,
        .product = allocation->product.code,
        .funding = allocation->funding,
        .volume = allocation->product.volume,
        .unit = allocation->product.unit,
        .frequency = allocation->product.frequency,
        .period = allocation->period,
    };
}
