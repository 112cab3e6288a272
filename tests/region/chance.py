"""Chance: one stream of random numbers for each purpose, all from the one seed.

So that what is drawn for one purpose does not shift when another draws more.
"""
import random


def chance(seed, purpose):
    return random.Random(f"{seed}/{purpose}")


def weighted(stream, rows):
    """One of the rows, each of which ends in its weight."""
    at = stream.random() * sum(row[-1] for row in rows)
    for row in rows:
        at -= row[-1]
        if at < 0:
            return row
    return rows[-1]


def count_of(stream, mean):
    """How often something happens in a day: as rare things do (Poisson), by adding up waiting times."""
    count, waited = 0, stream.expovariate(1.0)
    while waited < mean:
        count += 1
        waited += stream.expovariate(1.0)
    return count


class Turns:
    """Of the kinds that fit, the one that had the fewest turns; so that each kind of mistake occurs."""

    def __init__(self):
        self.had = {}

    def next_of(self, kinds):
        kind = min(kinds, key=lambda name: (self.had.get(name, 0), name))
        self.had[kind] = self.had.get(kind, 0) + 1
        return kind
