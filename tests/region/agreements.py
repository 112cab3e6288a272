"""Agreements: what a region's book says on a day, read from the files themselves.

Of the entries that hold on a day in the books known by then, the one of the highest book number is
in force; where an entry may be narrower than another, the narrowest is. All books that were added
are known: the calendar of a run only goes forward.
"""
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import yaml

import days

DAY_FIRST = days.read("1900-01-01")


def as_day(value):
    return days.read(str(value))


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


class Product(NamedTuple):
    category: str
    code: str
    segment: str
    units: tuple
    pic: tuple  # (profile, intensity) that the code carries, or None


class Contract(NamedTuple):
    id: str
    ended: bool
    products: object  # "all", or the codes
    pics: object      # "all", or each (profile, intensity or "*")
    ceiling: int      # -1: none
    corrections: str  # how a price that changes afterwards reaches approved lines

    def covers_product(self, code):
        return self.products == "all" or code in self.products

    def covers_pic(self, pic):
        return self.pics == "all" or pic in self.pics or (pic[0], "*") in self.pics


class FundingRule(NamedTuple):
    content: str
    funding: str
    running: str
    convert_on: int


class Cohort(NamedTuple):
    everyone: str
    reference_day: int
    gap_days: int


class Tariff(NamedTuple):
    unit: str
    cents: int  # None: the wider tariff holds again


class Terms(NamedTuple):
    shape: str
    start_share: Fraction
    early_end: dict
    relapse_days: int
    expected_days: int
    start_due_by: str
    end_due_by: str


class Granting(NamedTuple):
    by: str
    unit: str
    frequency: str
    up_to: int


class Substitution(NamedTuple):
    by_person: bool
    volume: int
    unit: str
    frequency: str


class Held(NamedTuple):
    """An entry with the days that it holds for and the number of its book."""
    period: tuple
    book: int
    what: object


class Shelf:
    """Entries by key, the newest book first."""

    def __init__(self):
        self.entries = defaultdict(list)

    def add(self, key, held):
        self.entries[key].append(held)
        self.entries[key].sort(key=lambda entry: -entry.book)

    def held(self, key, day):
        for entry in self.entries.get(key, ()):
            if entry.period[0] <= day <= entry.period[1]:
                return entry
        return None

    def find(self, key, day):
        entry = self.held(key, day)
        return entry.what if entry else None


def read_pic(text):
    return tuple(text.split("/"))


def read_cents(value):
    return None if value == "none" else value


def read_terms(entry):
    early = dict(entry["early_end"])
    otherwise = early.pop("otherwise", None)
    return Terms(entry["shape"], Fraction(str(entry.get("start_share", 0))), defaultdict(lambda: otherwise, early),
                 entry["relapse_days"], entry["expected_days"], entry["start_due_by"], entry["end_due_by"])


class Agreements:
    def __init__(self):
        self.newest = 0
        self.floor = 0
        self.age_by_rule = self.age_by_person = None
        self.groups = {}
        self.cohorts, self.municipalities, self.segments = Shelf(), Shelf(), Shelf()
        self.profiles, self.intensities, self.products = Shelf(), Shelf(), Shelf()
        self.pic_products, self.contracts, self.funding_rules = Shelf(), Shelf(), Shelf()
        self.pxq_tariffs, self.pic_tariffs, self.terms = Shelf(), Shelf(), Shelf()
        self.grantings, self.substitutions = Shelf(), Shelf()
        self.providers = {}
        self.pieces_memory = {}
        self.borders = []  # days on which anything begins or ends to hold

    # reading

    def add_book(self, folder):
        tops = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(Path(folder).glob("*.yaml"))]
        self.newest = next(top["decision"]["number"] for top in tops if "decision" in top)
        self.groups = {}
        self.pieces_memory.clear()
        for top in tops:
            self.read_region(top)
        for top in tops:
            for section in ("products", "providers", "contracts", "funding", "pxq_tariffs", "pic_tariffs",
                            "payment_terms", "granting", "substitutions", "cohort"):
                for entry in as_list(top.get(section)):
                    getattr(self, "read_" + section)(entry, self.period_of(entry, top))
            for section, shelf in (("segments", self.segments), ("profiles", self.profiles),
                                   ("intensities", self.intensities)):
                for entry in as_list(top.get(section)):
                    self.put(shelf, str(entry["code"]), self.period_of(entry, top), entry["code"])
        self.borders = sorted(set(self.borders))

    def period_of(self, entry, top):
        first = entry.get("from", top.get("from"))
        last = entry.get("until", top.get("until"))
        return (as_day(first) if first else DAY_FIRST, as_day(last) if last else days.DAY_LAST)

    def put(self, shelf, key, period, what):
        self.borders += [period[0], period[1] + 1]
        shelf.add(key, Held(period, self.newest, what))

    def codes(self, names):
        """Groups and codes as codes alone."""
        return [code for name in as_list(names) for code in self.groups.get(str(name), [str(name)])]

    def read_region(self, top):
        region = top.get("region") or {}
        self.floor = region.get("number_floor", self.floor)
        if "number_floor" in region:
            self.age_by_rule, self.age_by_person = region.get("age_by_rule"), region.get("age_by_person")
        for name, members in (region.get("groups") or {}).items():
            if isinstance(members, dict):
                left_out = self.codes(members["but"])
                members = [code for code in self.groups[members["of"]] if code not in left_out]
            self.groups[name] = [str(code) for code in as_list(members)]
        for entry in as_list(region.get("municipalities")):
            self.put(self.municipalities, str(entry["code"]), self.period_of(entry, top), entry["name"])

    def read_cohort(self, entry, period):
        reference_day = entry.get("reference_day")
        self.put(self.cohorts, None, period, Cohort(
            entry.get("everyone"), as_day(reference_day) if reference_day else 0, entry.get("gap_days", 0)))

    def read_products(self, entry, period):
        product = Product(str(entry["category"]), str(entry["code"]), entry["segment"], tuple(as_list(entry["units"])),
                          read_pic(entry["pic"]) if "pic" in entry else None)
        self.put(self.products, product.code, period, product)
        if product.pic:
            self.put(self.pic_products, (product.segment, product.pic), period, product)

    def read_providers(self, entry, period):
        self.providers[str(entry["agb"])] = (entry["name"], period)

    def read_contracts(self, entry, period):
        ended = entry["kind"] == "ended"
        products, pics = entry.get("products"), entry.get("pics")
        ceilings = {str(code): count for code, count in (entry.get("ceilings") or {}).items()}
        for provider in map(str, as_list(entry["providers"])):
            for municipality in self.codes(entry["municipalities"]):
                self.put(self.contracts, (provider, entry["segment"], municipality), period, Contract(
                    f"{entry['id']}/{provider}", ended,
                    "all" if products == "all" else frozenset(str(code) for code in as_list(products)),
                    "all" if pics == "all" else frozenset(read_pic(pic) for pic in as_list(pics) if pic != "none"),
                    ceilings.get(municipality, -1), entry.get("corrections", "declared")))

    def read_funding(self, entry, period):
        convert_on = entry.get("convert_on")
        rule = FundingRule(entry["content"], entry["funding"], entry["running"], as_day(convert_on) if convert_on else 0)
        for municipality in self.codes(entry["municipalities"]):
            for segment in as_list(entry["segments"]):
                for cohort in as_list(entry["cohorts"]):
                    self.put(self.funding_rules, (municipality, segment, cohort), period, rule)

    def read_pxq_tariffs(self, entry, period):
        for municipality in self.codes(entry.get("municipalities")) or [None]:
            for provider in [str(agb) for agb in as_list(entry.get("providers"))] or [None]:
                self.put(self.pxq_tariffs, (str(entry["product"]), municipality, provider), period,
                         Tariff(entry["unit"], read_cents(entry["cents"])))

    def read_pic_tariffs(self, entry, period):
        for intensity, cents in entry["cents"].items():
            for municipality in self.codes(entry.get("municipalities")) or [None]:
                for provider in [str(agb) for agb in as_list(entry.get("providers"))] or [None]:
                    self.put(self.pic_tariffs, (entry["segment"], (entry["profile"], intensity), municipality, provider),
                             period, Tariff("EURO", read_cents(cents)))

    def read_payment_terms(self, entry, period):
        terms = read_terms(entry)
        for segment in as_list(entry["segments"]):
            for profile in as_list(entry.get("profiles")) or [None]:
                for intensity in as_list(entry["intensities"]):
                    for provider in [str(agb) for agb in as_list(entry.get("providers"))] or [None]:
                        self.put(self.terms, (segment, profile, intensity, provider), period, terms)

    def read_granting(self, entry, period):
        band = entry.get("volume") or {}
        rule = Granting(entry["by"], band.get("unit"), band.get("frequency"), band.get("up_to"))
        for referrer in as_list(entry["referrers"]):
            for segment in as_list(entry["segments"]):
                self.put(self.grantings, (referrer, segment, rule.unit, rule.frequency, rule.up_to), period, rule)

    def read_substitutions(self, entry, period):
        rule = Substitution(entry.get("by_person", False), entry.get("volume", 0), entry["unit"], entry.get("frequency"))
        for product in [str(code) for code in as_list(entry.get("products"))] or [None]:
            key = (entry["segment"], product, None if product else rule.unit)
            self.put(self.substitutions, key, period, rule)

    # asking

    def contract(self, provider, segment, municipality, day):
        contract = self.contracts.find((provider, segment, municipality), day)
        return None if contract is None or contract.ended else contract

    def funding(self, municipality, segment, cohort, day):
        return self.funding_rules.find((municipality, segment, cohort), day)

    def cohort(self, care_periods, day):
        """The cohort, and the last day that its rule holds."""
        held = self.cohorts.held(None, day)
        if held is None:
            return None, day
        rule = held.what
        if rule.everyone:
            return rule.everyone, self.last_of_rule(self.cohorts, None, day)
        in_care = any(first <= rule.reference_day and last >= rule.reference_day - rule.gap_days
                      for first, last in care_periods)
        return "EXISTING" if in_care else "NEW", self.last_of_rule(self.cohorts, None, day)

    def last_of_rule(self, shelf, key, day):
        """The last day, counted from `day`, on which the same entry is in force."""
        held = shelf.held(key, day)
        last = held.period[1] if held else days.DAY_LAST
        for border in self.borders:
            if day < border <= last and shelf.held(key, border) is not held:
                return border - 1
        return last

    def pieces(self, provider, municipality, segment, cohort, period):
        """Runs of days with one contract and one funding rule."""
        memory = (provider, municipality, segment, cohort, period)
        if memory not in self.pieces_memory:
            self.pieces_memory[memory] = self.cut(provider, municipality, segment, cohort, period)
        return self.pieces_memory[memory]

    def cut(self, provider, municipality, segment, cohort, period):
        starts = [period[0]] + [border for border in self.borders if period[0] < border <= period[1]]
        pieces = []
        for at, start in enumerate(starts):
            last = starts[at + 1] - 1 if at + 1 < len(starts) else period[1]
            contract = self.contract(provider, segment, municipality, start)
            rule = self.funding(municipality, segment, cohort, start)
            if pieces and pieces[-1][1] is contract and pieces[-1][2] is rule:
                pieces[-1] = ((pieces[-1][0][0], last), contract, rule)
            else:
                pieces.append(((start, last), contract, rule))
        return pieces

    def narrowest(self, shelf, keys, day):
        for key in keys:
            tariff = shelf.find(key, day)
            if tariff is not None and tariff.cents is not None:
                return tariff
        return None

    def pxq_tariff(self, product, municipality, provider, day):
        return self.narrowest(self.pxq_tariffs, [(product, municipality, provider), (product, None, provider),
                                                 (product, municipality, None), (product, None, None)], day)

    def pic_tariff(self, segment, pic, municipality, provider, day):
        return self.narrowest(self.pic_tariffs, [(segment, pic, municipality, provider), (segment, pic, None, provider),
                                                 (segment, pic, municipality, None), (segment, pic, None, None)], day)

    def payment_terms(self, segment, pic, provider, day):
        for of in (provider, None):
            for profile in (pic[0], None):
                terms = self.terms.find((segment, profile, pic[1], of), day)
                if terms:
                    return terms
        return None

    def granting(self, referrer, segment, volume, unit, frequency, day):
        """The narrowest band that the volume fits in, else the rule without a band; None: a person."""
        counted, whole = (volume, 60) if unit == "MINUTE" else (volume, 1)
        unit = "HOUR" if unit == "MINUTE" else unit
        best = None
        for key, entries in self.grantings.entries.items():
            if key[:2] != (referrer, segment) or key[2] not in (None, unit) or key[3] not in (None, frequency):
                continue
            rule = self.grantings.find(key, day)
            if rule is None or (rule.unit and counted > rule.up_to * whole):
                continue
            if best is None or (rule.unit and (not best.unit or rule.up_to < best.up_to)):
                best = rule
        return best

    def substitution(self, product, day):
        """The product's own, else that of its segment for a unit that it is counted in."""
        own = self.substitutions.find((product.segment, product.code, None), day)
        return own or self.substitutions.find((product.segment, None, product.units[0]), day)
