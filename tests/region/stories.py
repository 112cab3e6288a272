"""Stories: what a newcomer should see happen, found in the region as it goes by.

Each is told in the quiet after a month, and holds the ids of messages whose answers tell it.
"""
from datetime import date

import days

DELFT, THE_HAGUE = "0503", "0518"


class Stories:
    def __init__(self, region):
        self.region, self.feed = region, region.feed
        self.granted_in = {}      # ISO week: municipality: case
        self.waiting = []         # stories to be told in the next quiet
        self.told = set()
        self.books = []

    def published(self, folder):
        self.books.append(folder.name)
        if len(self.books) > 1:
            self.wait_for("published:" + folder.name, {"book": folder.name})

    def wait_for(self, name, particulars):
        if name not in self.told:
            self.told.add(name)
            self.waiting.append((name, particulars))

    def case(self, care, verdict):
        return {"municipality": care.conversation[0], "provider": care.conversation[1], "asked": verdict["id"],
                "segment": care.segment, "pic": list(care.pic or ()), "results": care.results,
                "allocations": [each["number"] for each in verdict["allocations"]]}

    def granted(self, care, verdict):
        """New clients in specialist care in 2020: one of Delft and one of The Hague who begin in the same week."""
        first = care.allocations[0].period[0]
        if days.year(first) != 2020 or care.segment != "SPECIALIST" or care.conversation[0] not in (DELFT, THE_HAGUE):
            return
        if any(each.content != "PIC" for each in care.allocations) or "one_week" in self.told:
            return
        if care.conversation[0] == THE_HAGUE and len(care.allocations) < 2:
            return
        week = "-W".join(f"{part:02}" for part in date.fromordinal(first).isocalendar()[:2])
        cases = self.granted_in.setdefault(week, {})
        cases.setdefault(care.conversation[0], self.case(care, verdict))
        if len(cases) == 2:
            self.wait_for("one_week", {"week": week, "delft": cases[DELFT], "the_hague": cases[THE_HAGUE]})

    def moved(self, care, allocation, verdict):
        """An existing client who moves from price × quantity to a PIC."""
        self.wait_for("moved", {**self.case(care, verdict), "ended": allocation.number,
                                "ends_on": days.write(allocation.period[1])})

    def month_ended(self, last):
        if days.month_number(last) == 12 and last >= self.region.first:
            self.wait_for(f"year:{days.year(last)}", {"year": days.year(last)})
        for name, particulars in self.waiting:
            self.feed.story(name, particulars)
        self.waiting = []

    def end(self):
        self.feed.quiet()
        self.month_ended(self.region.last)
