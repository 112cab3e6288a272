"""Care: histories of allocation in which books move the funding to and fro, and care is converted, on any day.

Whatever is asked and refused: in the end every day that was granted at first is paid in exactly one way.
"""
import random
from fractions import Fraction

import books
import days
from books import Book, Contract, PicTariff, Product, PxqTariff, Terms
from histories import PARTITIONS, PXQ, UNITS, WIRE_DAY, named, period_of

SEGMENT = "JEUGDHULP"
FLOOR = 6400
BEGIN = days.read("2019-01-01")
PRODUCTS = [Product("45A53", SEGMENT, "HOUR", ("HOUR", "MINUTE"), None),
            Product("41A03", SEGMENT, "DAY_PART", ("DAY_PART",), None)]
PICS = [("A", "KORT"), ("B", "BLIJVEND")]
COHORTS = ("NEW", "EXISTING")
EARLY = (("otherwise", "pro_rata"),)


class CareHistory:
    def __init__(self, seed):
        draw = self.draw = random.Random(f"care/{seed}")
        self.name, self.partition = str(seed), seed % PARTITIONS
        self.municipalities, self.provider = ["9001", "9002"][:draw.randint(1, 2)], "91000001"
        self.messages, self.asked_by, self.asking = [], {}, []
        self.known = BEGIN
        self.say_book(self.first_book())
        for number in range(draw.randint(1, 4)):
            self.later(0, 60)
            self.take_over(number) if draw.random() < 0.4 else self.request(number)
        for number in range(2, draw.randint(3, 6)):
            self.say_book(self.moving_book(number))
            for _ in range(draw.randint(3, 9)):
                self.later(0, 30)
                self.convert()

    def later(self, least, most):
        self.known += self.draw.randint(least, most)

    def say(self, municipality, provider, **fact):
        self.messages.append({"known": self.known - WIRE_DAY,
                              "said": {"municipality": municipality, "provider": provider, **fact}})

    # books

    def say_book(self, book):
        files = [{"name": name, "text": text} for name, text in book.files().items()]
        self.say("", "", book_published={"number": book.number, "slug": f"book-{book.number}", "files": files})

    def first_book(self):
        entries = [PxqTariff(product, None, None, books.ALWAYS, 7200) for product in PRODUCTS]
        entries += [PicTariff(SEGMENT, pic, None, None, books.ALWAYS, 400_001) for pic in PICS]
        entries += [Terms(SEGMENT, None, intensity, None, books.ALWAYS, shape, share, EARLY, 0, 200, "message", "message")
                    for intensity, shape, share in (("KORT", "start_end", Fraction(7, 10)),
                                                    ("BLIJVEND", "monthly", Fraction(0)))]
        entries += [Contract("inkoop", SEGMENT, municipality, self.provider, books.ALWAYS, "regular", "declared")
                    for municipality in self.municipalities]
        own = [Product(code, SEGMENT, "EURO", ("EURO",), pic) for code, pic in zip(("EAK01", "EBB01"), PICS)]
        return Book(1, entries, {
            "region.yaml": {
                "region": {"code": "ELDERS", "name": "Elders", "number_floor": FLOOR,
                           "municipalities": named("Gemeente", self.municipalities),
                           "residence": [{"rule": "guardian"}]},
                "segments": named("Segment", [SEGMENT]),
                "profiles": named("Profiel", ("A", "B")),
                "intensities": named("Intensiteit", ("KORT", "BLIJVEND")),
                "cohort": [{"reference_day": "2019-12-31", "gap_days": 28}],
            },
            "products.yaml": {
                "products": [{"category": product.code[:2] if product.pic is None else "50", "code": product.code,
                              "segment": SEGMENT, "units": list(product.units), "name": f"Product {product.code}",
                              **({"own": True, "pic": "/".join(product.pic)} if product.pic else {})}
                             for product in PRODUCTS + own],
                "providers": [{"agb": self.provider, "name": "Aanbieder"}],
                "granting": [{"referrers": ["GP", "JUDGE"], "segments": SEGMENT, "by": "rule"}],
                "substitutions": [{"segment": SEGMENT, "unit": "HOUR", "volume": 2, "frequency": "PER_WEEK"},
                                  {"segment": SEGMENT, "unit": "DAY_PART", "volume": 3, "frequency": "PER_MONTH"}],
            },
            "funding.yaml": {"funding": [self.funding(self.municipalities, COHORTS, "PXQ",
                                                      self.draw.choice(("NONE", "PIC")), books.ALWAYS)]},
        })

    def funding(self, municipalities, cohorts, funding, content, holds):
        return {"municipalities": list(municipalities), "segments": SEGMENT, "cohorts": list(cohorts), "content": content,
                "funding": funding, "running": self.draw.choice(("keep", "by_hand")), **books.holding(holds)}

    def moving_book(self, number):
        """Some cohort's care is paid in another way, from a day in the past or to come, perhaps for a while."""
        draw = self.draw
        first = self.known + draw.randint(-120, 200)
        holds = first, draw.choice((days.DAY_LAST, first + draw.randint(30, 300)))
        self.moved_from = first
        funding, content = draw.choice((("PIC", "PIC"), ("PIC", "PIC"), ("PXQ", "PIC"), ("PXQ", "NONE")))
        whom = draw.sample(self.municipalities, draw.randint(1, len(self.municipalities)))
        return Book(number, [], {"funding.yaml": {"funding": [
            self.funding(whom, draw.choice((COHORTS, COHORTS, ("NEW",), ("EXISTING",))), funding, content, holds)]}})

    # care

    def products(self):
        draw = self.draw
        return [{"category": product.code[:2], "code": product.code, "volume": draw.randint(1, 9),
                 "unit": UNITS[product.unit], "frequency": draw.choice((2, 4))}
                for product in draw.sample(PRODUCTS, draw.randint(1, 2))]

    def pic(self):
        return dict(zip(("profile", "intensity"), self.draw.choice(PICS)))

    def client(self, number):
        in_care = self.draw.random() < 0.5
        periods = [period_of((days.read("2019-06-01"), days.read("2020-01-10")))] if in_care else []
        return {"reference": f"c-{number}", "age_first": 9, "age_last": 10, "care_periods": periods}

    def period(self):
        first = self.known + self.draw.randint(-20, 60)
        return first, first + self.draw.randint(60, 700)

    def take_over(self, number):
        said = {"client": self.client(number), "allocation": str(1 + number), "segment": SEGMENT,
                "period": period_of(self.period()), "product": self.products()[0], "referrer": 2}
        self.asks(care_taken_over=said)

    def request(self, number):
        said = {"reference": f"q-{number}", "client": self.client(number), "referrer": self.draw.choice((2, 8)),
                "segment": SEGMENT, "pic": self.pic(), "results": ["R1"], "period": period_of(self.period()),
                "products": self.products()}
        self.asks(allocation_request=said)

    def asks(self, **fact):
        self.asking.append(self.draw.choice(self.municipalities))
        self.say(self.asking[-1], self.provider, **fact)
        self.asked_by[len(self.messages)] = fact

    def convert(self):
        """Whatever number, known or not; what the request lacked is left to the book as often as not."""
        draw = self.draw
        number = str(draw.randint(1, 4)) if draw.random() < 0.2 else \
            str(FLOOR + PARTITIONS * draw.randint(0, 5) + self.partition)
        day = draw.choice((self.moved_from, self.moved_from + draw.randint(0, 90), self.known + draw.randint(-60, 200)))
        said = {"allocation": number, "client": {}, "consent": draw.choice(("", "brief", "brief")),
                "day": day - WIRE_DAY}
        if draw.random() < 0.8:
            said.update(pic=self.pic(), results=["R1"])
        if draw.random() < 0.5:
            said["products"] = self.products()
        self.say(draw.choice(self.asking), self.provider, conversion=said)


# what must hold

class Stretch:
    """An allocation's days."""

    def __init__(self, key):
        municipality, provider, client, segment, number, funding, profile, intensity, code, first, last = key.split("/")
        self.care = municipality, provider, client, segment
        self.number, self.funding, self.code = number, int(funding), code
        self.what = code if self.funding == PXQ else "PIC"
        self.days = int(first), int(last)


def by_care(stretches):
    of = {}
    for stretch in stretches:
        of.setdefault(stretch.care, []).append(stretch)
    return of


def differences(history, said):
    """Sentences, none when every day granted at first is paid in one way."""
    first = by_care(Stretch(key) for key, heard in said["granted"].items() if heard in history.asked_by)
    standing = by_care(map(Stretch, said["standing"]))
    for care in sorted(first.keys() | standing.keys()):
        yield from differences_of(care, first.get(care, []), standing.get(care, []))


def differences_of(care, granted, standing):
    """Between two days on which anything begins or ends, all days are alike."""
    turns = sorted({day for stretch in granted + standing for day in (stretch.days[0], stretch.days[1] + 1)})
    for day, following in zip(turns, turns[1:]):
        was = [stretch for stretch in granted if stretch.days[0] <= day <= stretch.days[1]]
        now = [stretch for stretch in standing if stretch.days[0] <= day <= stretch.days[1]]
        words = f"{'/'.join(care)} from {days.write(day + WIRE_DAY)} to {days.write(following - 1 + WIRE_DAY)}"
        numbers = ", ".join(f"{stretch.number} ({stretch.what})" for stretch in now)
        if was and not now:
            yield f"{words}: granted, and paid in no way"
        elif now and not was:
            yield f"{words}: never granted, and paid by {numbers}"
        elif len({stretch.funding for stretch in now}) > 1:
            yield f"{words}: paid in two ways, by {numbers}"
        elif len({stretch.what for stretch in now}) < len(now):
            yield f"{words}: the same care twice, by {numbers}"
