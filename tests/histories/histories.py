"""Histories: small random regions and what happens in them, drawn from a seed.

A history is what one partition of billing hears: books, allocations, starts and stops, declarations, credits and
payments, each with the day on which it was known. All chance is in the plan; `History` walks through it with the
oracle, since a provider who gives an amount gives the one that holds as far as is known then.
"""
import random
from fractions import Fraction

import books
import days
import oracle
from books import Agreements, Book, Contract, PicTariff, Product, PxqTariff, Terms

BEGIN, END = days.read("2019-10-01"), days.read("2021-06-30")
WIRE_DAY = days.read("1970-01-01")
UNITS = {"MINUTE": 1, "HOUR": 4, "DAY": 14, "DAY_PART": 16, "EURO": 83, "PIECE": 84}
STOP_REASONS = {"DEATH": 2, "TEMPORARY": 20, "AS_PLANNED": 31, "EARLY_BY_CLIENT": 32, "EARLY_BY_PROVIDER": 33,
                "EARLY_IN_AGREEMENT": 34, "EARLY_BY_CIRCUMSTANCE": 35, "BY_MUNICIPALITY": 36, "OTHER_PROVIDER": 38}
PXQ, PIC = 1, 2
IN_TOTAL = 6
PARTITIONS = 64
SEGMENT_WITH_PICS, SEGMENT_OF_PRODUCTS = "TRAJECT", "PRODUCT"
INTENSITIES = ("KORT", "BLIJVEND")
SHARES = (Fraction(1, 3), Fraction(2, 5), Fraction(1, 2), Fraction(7, 10), Fraction(2, 3), Fraction(1))
PAYS = ("all", "pro_rata", "nothing")
CORRECTIONS = ("self_billed", "declared", "settled")


# the region

def named(what, codes):
    return [{"code": code, "name": f"{what} {code}"} for code in codes]


class Region:
    def __init__(self, draw, always_owed=False):
        self.shares, self.pays, relapses = (SHARES[:-1], PAYS[:-1], (0,)) if always_owed else (SHARES, PAYS, (0, 0, 60))
        self.municipalities = [f"900{n}" for n in range(1, draw.randint(1, 2) + 1)]
        self.providers = [f"9100000{n}" for n in range(1, draw.randint(1, 2) + 1)]
        self.products = draw.sample([
            Product("45A04", SEGMENT_OF_PRODUCTS, "MINUTE", ("MINUTE",), None),
            Product("45A53", SEGMENT_OF_PRODUCTS, "HOUR", ("HOUR", "MINUTE"), None),
            Product("41A03", SEGMENT_OF_PRODUCTS, "DAY_PART", ("DAY_PART",), None),
            Product("43A08", SEGMENT_OF_PRODUCTS, "DAY", ("DAY",), None),
            Product("50A01", SEGMENT_OF_PRODUCTS, "PIECE", ("PIECE",), None),
            Product("50A99", SEGMENT_OF_PRODUCTS, "EURO", ("EURO",), None),
        ], 3)
        self.pics = draw.sample([(profile, intensity) for profile in ("A", "B") for intensity in INTENSITIES], 3)
        self.trajectories = [Product(f"E{profile}{intensity[0]}01", SEGMENT_WITH_PICS, "EURO", ("EURO",),
                                     (profile, intensity)) for profile, intensity in self.pics]
        self.due_by = {intensity: (draw.choice(("message", "declaration")), draw.choice(("message", "declaration")))
                       for intensity in INTENSITIES}
        self.relapse_days = draw.choice(relapses)

    def first_book(self, draw):
        """Everything has a price and terms, so that what follows may change any of it."""
        entries = [PxqTariff(product, None, None, books.ALWAYS, draw_tariff(draw, product))
                   for product in self.products]
        entries += [PicTariff(SEGMENT_WITH_PICS, pic, None, None, books.ALWAYS, draw.randint(50_000, 900_000))
                    for pic in self.pics]
        entries += [self.draw_terms(draw, None, intensity, None, books.ALWAYS) for intensity in INTENSITIES]
        for segment in (SEGMENT_OF_PRODUCTS, SEGMENT_WITH_PICS):
            corrections = draw.choice(CORRECTIONS)
            entries += [Contract(f"inkoop-{segment.lower()}", segment, municipality, provider, books.ALWAYS, "regular",
                                 corrections) for municipality in self.municipalities for provider in self.providers]
        book = Book(1, entries, self.first_sections())
        for _ in range(draw.randint(0, 4)):
            self.change(draw, book)
        return book

    def first_sections(self):
        catalogue = [{"category": product.code[:2] if product.pic is None else "50", "code": product.code,
                      "segment": product.segment, "units": list(product.units), "name": f"Product {product.code}",
                      **({"own": True, "pic": "/".join(product.pic)} if product.pic else {})}
                     for product in self.products + self.trajectories]
        every = {"municipalities": list(self.municipalities), "cohorts": ["NEW", "EXISTING"], "running": "keep"}
        return {
            "region.yaml": {
                "region": {"code": "ELDERS", "name": "Elders", "number_floor": 0,
                           "municipalities": named("Gemeente", self.municipalities),
                           "residence": [{"rule": "guardian"}]},
                "segments": named("Segment", (SEGMENT_OF_PRODUCTS, SEGMENT_WITH_PICS)),
                "profiles": named("Profiel", ("A", "B")),
                "intensities": named("Intensiteit", INTENSITIES),
                "cohort": [{"everyone": "NEW"}],
            },
            "products.yaml": {
                "products": catalogue,
                "providers": [{"agb": agb, "name": f"Aanbieder {agb}"} for agb in self.providers],
                "funding": [{**every, "segments": SEGMENT_OF_PRODUCTS, "content": "NONE", "funding": "PXQ"},
                            {**every, "segments": SEGMENT_WITH_PICS, "content": "PIC", "funding": "PIC"}],
            },
        }

    def draw_terms(self, draw, profile, intensity, provider, holds):
        start_due_by, end_due_by = self.due_by[intensity]
        early = {"otherwise": draw.choice(self.pays)}
        for reason in draw.sample([name for name in STOP_REASONS if name not in ("TEMPORARY", "AS_PLANNED")],
                                  draw.randint(0, 4)):
            early[reason] = draw.choice(self.pays)
        return Terms(SEGMENT_WITH_PICS, profile, intensity, provider, holds,
                     "monthly" if intensity == "BLIJVEND" else "start_end", draw.choice(self.shares),
                     tuple(early.items()), self.relapse_days, draw.randint(30, 300), start_due_by, end_due_by)

    # changes

    def draw_whom(self, draw):
        return draw.choice((None, None, None, draw.choice(self.municipalities))), \
            draw.choice((None, None, None, draw.choice(self.providers)))

    def change(self, draw, book):
        """One entry more, unless the book has one like it."""
        holds = draw_holds(draw)
        kind = draw.random()
        municipality, provider = self.draw_whom(draw)
        narrow = municipality is not None or provider is not None
        none = narrow and draw.random() < 0.25
        if kind < 0.5:
            product = draw.choice(self.products)
            entry = PxqTariff(product, municipality, provider, holds, None if none else draw_tariff(draw, product))
        elif kind < 0.7:
            entry = PicTariff(SEGMENT_WITH_PICS, draw.choice(self.pics), municipality, provider, holds,
                              None if none else draw.randint(50_000, 900_000))
        elif kind < 0.9:
            entry = self.draw_terms(draw, draw.choice((None, "A", "B")), draw.choice(INTENSITIES), provider, holds)
        else:
            bridging = draw.random() < 0.5
            entry = Contract(f"{'overbrugging' if bridging else 'inkoop'}-{book.number}-{draw.randint(1, 9)}",
                             draw.choice((SEGMENT_OF_PRODUCTS, SEGMENT_WITH_PICS)), draw.choice(self.municipalities),
                             draw.choice(self.providers), holds, "bridging" if bridging else "regular",
                             draw.choice(CORRECTIONS))
        if book.fits(entry):
            book.entries.append(entry)

    def draw_book(self, draw, number):
        book = Book(number, [])
        for _ in range(draw.randint(2, 9)):
            self.change(draw, book)
        return book


def draw_tariff(draw, product):
    if product.unit == "HOUR" and draw.random() < 0.5:
        return 60 * draw.randint(80, 250)
    return draw.randint(101, 15_000)


def draw_holds(draw):
    first = draw.choice((days.read("2019-07-01"), days.read("2020-01-01"), days.read("2020-01-01"),
                         draw.randint(BEGIN - 90, END - 100)))
    return first, draw.choice((days.DAY_LAST, days.DAY_LAST, days.DAY_LAST, first + draw.randint(0, 400)))


# the plan

class Planned:
    """One debet line as it will be declared."""

    def __init__(self, reference, allocation, period, day, volume, unit, says, ends_known):
        self.reference, self.allocation, self.period, self.day = reference, allocation, period, day
        self.volume, self.unit, self.says = volume, unit, says
        self.ends_known = ends_known  # the day on which the stop is heard; None: never
        self.credit_day = None


SAYS = ("nothing", "nothing", "amount", "amount and tariff", "tariff", "another amount", "old tariff")


class Plan:
    """Who gets care, what is heard of it, and when. `left`: every amount is left to the region, and something is owed
    for every part, so that no book makes the difference between a line that is owed and one that is refused."""

    def __init__(self, seed, left=False):
        draw = self.draw = random.Random(f"history/{seed}{'/left' if left else ''}")
        self.left = left
        self.partition = seed % PARTITIONS
        self.region = Region(draw, always_owed=left)
        self.books = [(BEGIN - 100, self.region.first_book(draw))]
        later = sorted(draw.randint(BEGIN + 150, END + 120) for _ in range(draw.randint(1, 4)))
        self.books += [(day, self.region.draw_book(draw, number)) for number, day in enumerate(later, 2)]
        self.allocations, self.notices, self.lines = [], [], []
        for number in range(draw.randint(2, 6)):
            self.draw_care(str(101 + number))

    def conversation(self):
        return self.draw.choice(self.region.municipalities), self.draw.choice(self.region.providers)

    def draw_care(self, number):
        draw = self.draw
        municipality, provider = self.conversation()
        product = draw.choice(draw.choice((self.region.products, self.region.trajectories)))
        first = draw.randint(BEGIN, END - 120)
        last = days.DAY_LAST if product.pic is None and draw.random() < 0.3 else first + draw.randint(20, 500)
        limit = draw.randint(100_000, 2_000_000) if not self.left and draw.random() < 0.2 else None
        allocation = oracle.Allocation(number, municipality, provider, f"c-{draw.randint(1, 3)}", product.segment,
                                       product, product.pic, (first, last), limit)
        self.allocations.append(allocation)
        stop_known = self.draw_notices(allocation)
        months = [month for month in days.months_of((first, min(last, END)))]
        for month in months:
            if draw.random() < (0.75 if len(months) < 8 else 0.5):
                self.draw_line(allocation, days.meet(month, allocation.period), stop_known)

    def draw_notices(self, allocation):
        """Start and stop; gives the day of the stop and the day on which it is heard, or None."""
        draw, (first, last) = self.draw, allocation.period
        started = first
        if draw.random() < 0.85:
            started = first + draw.randint(0, 12)
            self.notices.append((started + draw.randint(0, 9), allocation, "start", started, None))
        if draw.random() < 0.1:
            self.notices.append((started + 15, allocation, "stop", started + 14, "TEMPORARY"))
        if draw.random() < 0.4:
            return None
        stopped = draw.randint(started + 16, min(max(last, started + 16), started + 400))
        known = stopped + draw.randint(0, 9)
        reason = draw.choice([name for name in STOP_REASONS if name != "TEMPORARY"])
        self.notices.append((known, allocation, "stop", stopped, reason))
        return stopped, known

    def draw_line(self, allocation, period, stop):
        draw = self.draw
        day = days.month(period[0])[1] + draw.randint(3, 25)
        if draw.random() < 0.35:
            day += draw.randint(20, 400)
        if stop is not None and period[1] >= stop[0] - 31:
            day = max(day, stop[1] + 1)
        unit = draw.choice(allocation.product.units)
        volume = 0 if allocation.pic else draw.randint(1, 90_000 if unit == "EURO" else 700)
        says = "nothing" if self.left else draw.choice(SAYS)
        line = Planned(f"r{allocation.number}-{len(self.lines)}", allocation, period, day, volume, unit, says,
                       stop and stop[1])
        self.lines.append(line)
        for _ in range(2):
            if draw.random() > 0.3:
                break
            line = self.draw_credit(line)

    def draw_credit(self, line):
        draw = self.draw
        line.credit_day = line.day + draw.choice((draw.randint(1, 60), draw.randint(100, 600), draw.randint(200, 600)))
        again = Planned(f"{line.reference}x", line.allocation, line.period, line.credit_day + draw.choice((0, 0, 40)),
                        line.volume + (0 if line.allocation.pic else draw.randint(0, 3)), line.unit, line.says,
                        line.ends_known)
        if draw.random() < 0.7:
            self.lines.append(again)
        return again


# what happens

class History:
    """What billing hears, in order, and what the oracle says of it. A book may come on another day than planned."""

    def __init__(self, name, plan, newest_book_on=None, partition=None):
        self.name, self.plan = name, plan
        self.partition = plan.partition if partition is None else partition
        self.agreements = Agreements()
        self.messages = []
        # By reference: as the oracle has it, as it was declared, and as the region billed it in its place.
        self.lines, self.said, self.made = {}, {}, {}
        self.corrected = 0  # times that a book changed what a line is worth
        self.known = BEGIN - 100
        self.approved = {}  # of each declaration: conversation and number to cents
        for allocation in plan.allocations:
            allocation.begin_anew()
        self.walk(newest_book_on)

    def events(self, newest_book_on):
        plan = self.plan
        for number, (day, book) in enumerate(plan.books, 1):
            if newest_book_on is not None and number == len(plan.books):
                day = max(newest_book_on, plan.books[-2][0])
            yield day, self.hear_book, (book,)
        for allocation in plan.allocations:
            yield BEGIN - 60, self.hear_grant, (allocation,)
        for day, *notice in plan.notices:
            yield day, self.hear_notice, tuple(notice)
        declared = {}
        for line in plan.lines:
            whom = line.allocation.municipality, line.allocation.provider
            declared.setdefault((line.day, *whom), []).append((line, False))
            if line.credit_day is not None:
                declared.setdefault((line.credit_day, *whom), []).append((line, True))
        for (day, *whom), lines in sorted(declared.items(), key=lambda item: item[0]):
            yield day, self.hear_declaration, (*whom, lines)

    def walk(self, newest_book_on):
        paying = random.Random(f"{self.name}/payments")
        for day, hear, what in sorted(self.events(newest_book_on), key=lambda event: event[0]):
            self.known = day
            hear(*what)
            if self.approved and paying.random() < 0.15:
                self.hear_payment(*paying.choice(list(self.approved.items())), paying)
            if self.approved and paying.random() < 0.1:
                self.hear_payment_of_correction(paying)

    # each kind of fact

    def say(self, whom, judged, **fact):
        judged["fact"] = {"municipality": whom[0], "provider": whom[1], **fact}
        self.messages.append({"known": self.known - WIRE_DAY, "said": judged})

    def hear_book(self, book):
        before = {line: oracle.fresh(self.agreements, line) for line in self.lines.values() if line.approved}
        self.agreements.books.append(book)
        for line, cents in before.items():
            self.correct(line, cents)
        files = [{"name": name, "text": text} for name, text in book.files().items()]
        self.say(("", ""), {}, book_published={"number": book.number, "slug": f"book-{book.number}", "files": files})

    def correct(self, line, before):
        """Where the region bills for the provider, a line of its own making stands in the place of the declared one;
        the provider may copy either when it credits."""
        after = oracle.fresh(self.agreements, line)
        if line.credited or after == before:
            return
        self.corrected += 1
        allocation = line.allocation
        whom = allocation.segment, allocation.municipality, allocation.provider
        contract = self.agreements.in_force(Contract, whom, line.period[0])
        if contract.corrections == "self_billed":
            said = dict(self.said[line.reference], amount={"cents": after})
            if "tariff" in said:
                said["tariff"] = {"cents": oracle.shown_tariff(self.agreements, line)}
            if allocation.pic:
                said["volume"] = after
            self.made[line.reference] = said

    def copied(self, of):
        """As the line was declared, or as it stands."""
        if of.reference in self.made and (len(of.reference) + of.day) % 2:
            return self.made[of.reference]
        return self.said[of.reference]

    def hear_grant(self, allocation):
        product = allocation.product
        granted = {
            "number": allocation.number, "trajectory": f"t-{allocation.number}", "client": allocation.client,
            "segment": allocation.segment, "contract": f"inkoop/{allocation.provider}", "book": 1,
            "funding": PXQ if allocation.pic is None else PIC, "period": period_of(allocation.period),
            "product": self.granted_of(allocation),
            **({"pic": dict(zip(("profile", "intensity"), allocation.pic))} if allocation.pic else {})}
        self.say((allocation.municipality, allocation.provider), {"granted": {"allocations": [granted]}},
                 allocation_request={})

    @staticmethod
    def granted_of(allocation):
        """Any volume of one product; or an amount in all, of a trajectory or of whatever is of the category."""
        product = allocation.product
        if allocation.limit is None:
            return {"category": "50", "code": product.code, "volume": 0, "unit": UNITS[product.unit], "frequency": 4}
        return {"category": "50", "code": product.code if allocation.pic else "", "volume": allocation.limit,
                "unit": UNITS["EURO"], "frequency": IN_TOTAL}

    def hear_notice(self, allocation, kind, day, reason):
        said = {"client": allocation.client, "allocation": allocation.number, "day": day - WIRE_DAY}
        if kind == "start":
            allocation.start = day
        else:
            said["reason"] = STOP_REASONS[reason]
            if reason != "TEMPORARY":
                allocation.stop, allocation.stop_reason = day, reason
        self.say((allocation.municipality, allocation.provider), {"noted": {}}, **{kind: said})

    def hear_declaration(self, municipality, provider, planned):
        """Credits are handled before debets, wherever they stand."""
        number = f"d{len(self.messages)}"
        month = days.month(days.month(self.known)[0] - 1)
        said, approved = [], 0
        for of, credit in sorted(planned, key=lambda row: not row[1]):
            line = self.lines.get(of.reference)
            if (line is None or not line.approved or line.credited) if credit else self.waits(of):
                continue
            if credit:
                approved -= oracle.fresh(self.agreements, line)
                said.append((of, {**self.copied(of), "reference": f"{of.reference}c", "credits": of.reference}))
                oracle.credit(line)
            else:
                self.said[of.reference] = self.declare(of)
                said.append((of, self.said[of.reference]))
                line = self.lines[of.reference]
                approved += oracle.fresh(self.agreements, line) if line.approved else 0
        if not said:
            return
        self.approved[municipality, provider, number] = approved
        self.say((municipality, provider), {"matched": {"lines": [
            {"funding": PXQ if of.allocation.pic is None else PIC, "trajectory": f"t-{of.allocation.number}"}
            for of, _ in said]}}, declaration={
                "number": number, "month_day": month[0] - WIRE_DAY, "clients": [
                    {"client": of.allocation.client, "lines": [{**wire_line(of), **more}]} for of, more in said]})

    def too_soon(self, of, way):
        """Nobody declares the end before it is known how care ends, since only a book lets billing rate a line anew."""
        return "end" in way[0] and of.ends_known is not None and self.known <= of.ends_known

    def waits(self, of):
        if of.allocation.pic is None:
            return False
        ways = oracle.due(self.agreements, oracle.Line(of.reference, of.allocation, of.period, 0, "EURO"), [])
        return bool(ways) and self.too_soon(of, ways[0])

    def declare(self, of):
        line = oracle.Line(of.reference, of.allocation, of.period, of.volume, of.unit)
        self.lines[of.reference] = line
        tariff, amount = self.given(of, line)
        others = [other for other in self.plan.allocations if other is not of.allocation and other.client ==
                  of.allocation.client and (other.municipality, other.provider) ==
                  (of.allocation.municipality, of.allocation.provider)]
        oracle.judge(self.agreements, line, others, tariff, amount)
        said = {"reference": of.reference}
        if tariff is not None:
            said["tariff"] = {"cents": tariff}
        if amount is not None:
            said["amount"] = {"cents": amount}
            if of.allocation.pic:
                said["volume"] = amount
        return said

    def given(self, of, line):
        """(tariff, amount) as the provider says them; None is left to the region."""
        if of.says == "nothing":
            return None, None
        if of.allocation.pic:
            ways = [parts for parts in oracle.due(self.agreements, line, []) if not self.too_soon(of, parts)]
            if not ways:
                return None, 4711
            return None, ways[len(of.reference) % len(ways)][1] + ("another" in of.says)
        agreements = Agreements(self.agreements.books[:-1]) if of.says == "old tariff" and \
            len(self.agreements.books) > 1 else self.agreements
        tariff = oracle.shown_tariff(agreements, line) if "tariff" in of.says and of.unit != "EURO" else None
        amount = oracle.worth_of_volume(agreements, line) if "amount" in of.says else None
        return tariff, amount + ("another" in of.says) if amount is not None else None

    def hear_payment(self, whom, approved, paying):
        municipality, provider, number = whom
        amount = approved if paying.random() < 0.7 else paying.randint(-1000, 100_000)
        self.say((municipality, provider), {}, payment_made={
            "declaration": number, "amount": {"cents": amount}, "day": self.known - WIRE_DAY})

    def hear_payment_of_correction(self, paying):
        """As likely as not there is no such document, or another amount is owed of it."""
        whom = paying.choice(list(self.approved))[:2]
        book = len(self.agreements.books)
        document = paying.choice((f"nota~{book}", f"verzoek~{book}", f"verrekening~{book}~2020"))
        self.hear_payment((*whom, document), paying.randint(-20_000, 20_000), paying)

    # what is expected in the end

    def expected(self):
        """Of each line declared: None when it was refused, else what it nets to."""
        return {f"{line.allocation.municipality}{line.allocation.provider}/{reference}":
                None if not line.approved else 0 if line.credited else oracle.fresh(self.agreements, line)
                for reference, line in self.lines.items()}

    def costs(self):
        """By conversation and year of service."""
        costs = {}
        for name, cents in self.expected().items():
            place = f"{name.split('/')[0]}/{self.lines[name.split('/')[1]].year()}"
            costs[place] = costs.get(place, 0) + (cents or 0)
        return {place: cents for place, cents in costs.items() if cents}


def period_of(period):
    return {"first_day": period[0] - WIRE_DAY, "last_day": period[1] - WIRE_DAY}


def wire_line(of):
    return {"allocation": of.allocation.number, "category": "50", "code": of.allocation.product.code,
            "period": period_of(of.period), "volume": of.volume, "unit": UNITS[of.unit]}
