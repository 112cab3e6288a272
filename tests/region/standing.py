"""Standing: what the referee remembers of the street, from what it judged before."""
import hashlib

import days

PARTITIONS = 64


def partition_of(municipality, provider):
    digest = hashlib.blake2b(f"{municipality}/{provider}".encode(), digest_size=32).digest()
    return digest[0] % PARTITIONS


class Allocation:
    """A right to deliver and be paid, and what happened to it."""
    __slots__ = ("number", "trajectory", "client", "segment", "content", "pic", "results", "funding", "cohort", "category",
                 "code", "volume", "unit", "frequency", "period", "referrer", "removed", "taken_over",
                 "started_on", "start", "stop", "stop_reason", "approved_volume", "approved_cents", "starts", "ends",
                 "months")

    def __init__(self, **fields):
        for name in self.__slots__:
            setattr(self, name, fields.get(name))
        self.removed = False
        self.started_on = None   # while care runs, as allocation sees it
        self.start = self.stop = self.stop_reason = None  # as billing keeps them
        self.approved_volume = self.approved_cents = 0
        self.starts = self.ends = 0   # parts of a trajectory that are paid
        self.months = {}         # (category, code, first day): debet lines that stand

    @property
    def open_ended(self):
        return self.period[1] >= days.DAY_LAST

    def in_words(self):
        return {"number": self.number, "funding": self.funding, "code": self.code, "volume": self.volume,
                "unit": self.unit, "frequency": self.frequency, "first_day": days.write(self.period[0]),
                "last_day": days.write(self.period[1])}


class Request:
    __slots__ = ("state", "client", "fact")

    def __init__(self, state, client, fact):
        self.state, self.client, self.fact = state, client, fact


class Line:
    """A line that was judged under its reference."""
    __slots__ = ("approved", "credited", "fields", "cents", "allocation", "kind", "counted", "declared", "adjusted",
                 "tariffs")

    def __init__(self, approved, fields=None, cents=0, allocation=None, kind=None, counted=0):
        self.approved, self.credited = approved, False
        self.fields, self.cents, self.allocation, self.kind, self.counted = fields, cents, allocation, kind, counted
        self.declared = cents    # what it came to at first
        self.adjusted = 0        # expected or settled beside it since
        self.tariffs = [fields[1]["tariff"]] if fields and "tariff" in fields[1] else []


class Conversation:
    """One municipality with one provider."""

    def __init__(self, municipality, provider):
        self.municipality, self.provider = municipality, provider
        self.partition = partition_of(municipality, provider)
        self.allocations = {}
        self.requests = {}
        self.pending = {}        # client: reference
        self.moved = {}          # client: the day from which it counts as new, by a conversion
        self.used = {}           # contract and segment: new allocations
        self.lines = {}          # reference: Line
        self.declarations = {}   # number: what is still payable

    def of_client(self, client):
        return [allocation for allocation in self.allocations.values() if allocation.client == client]


class Person:
    """When somebody was in care, as far as was said: by take-overs, starts and stops."""
    __slots__ = ("birth_day", "said")

    def __init__(self, birth_day):
        self.birth_day = birth_day
        self.said = []  # [care, first, last]: care is a conversation with an allocation

    def in_care(self, care, first, last=days.DAY_LAST):
        self.said.append([care, first, last])

    def care_ends(self, care, day):
        for period in reversed(self.said):
            if period[0] == care and period[1] <= day:
                period[2] = day
                return
        self.said.append([care, day, day])

    @property
    def care(self):
        return [(first, last) for _, first, last in self.said]


class Standing:
    def __init__(self, agreements):
        self.agreements = agreements
        self.today = None
        self.conversations = {}
        self.persons = {}
        self.sent = {}           # message id: its content
        self.numbers = {}        # (municipality, number): Allocation, over all providers
        self.allocations_given = [0] * PARTITIONS
        self.trajectories_given = [0] * PARTITIONS

    def conversation(self, municipality, provider):
        key = (municipality, provider)
        if key not in self.conversations:
            self.conversations[key] = Conversation(municipality, provider)
        return self.conversations[key]

    def next_number(self, conversation):
        floor = -(-self.agreements.floor // PARTITIONS) * PARTITIONS
        counter = self.allocations_given[conversation.partition]
        self.allocations_given[conversation.partition] += 1
        return str(floor + PARTITIONS * counter + conversation.partition)

    def next_trajectory(self, conversation):
        counter = self.trajectories_given[conversation.partition]
        self.trajectories_given[conversation.partition] += 1
        return f"T{PARTITIONS * counter + conversation.partition}"
