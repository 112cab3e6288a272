"""Books: what a small invented region agrees, as picq reads it from files and as the oracle asks it.

Of the entries that hold on a day, the one of the newest book that was heard; the narrowest in force wins. A tariff
without cents is `none`: the wider one holds again.
"""
import json
from collections import namedtuple
from fractions import Fraction

import days

ALWAYS = (days.read("2018-01-01"), days.DAY_LAST)

Product = namedtuple("Product", "code segment unit units pic")
PxqTariff = namedtuple("PxqTariff", "product municipality provider holds cents")
PicTariff = namedtuple("PicTariff", "segment pic municipality provider holds cents")
Terms = namedtuple("Terms", "segment profile intensity provider holds shape start_share early_end relapse_days "
                            "expected_days start_due_by end_due_by")
Contract = namedtuple("Contract", "id segment municipality provider holds kind corrections")

# What two entries of one kind may not share on a day of one book.
KEYS = {
    PxqTariff: lambda entry: (entry.product, entry.municipality, entry.provider),
    PicTariff: lambda entry: (entry.segment, entry.pic, entry.municipality, entry.provider),
    Terms: lambda entry: (entry.segment, entry.profile, entry.intensity, entry.provider),
    Contract: lambda entry: (entry.segment, entry.municipality, entry.provider),
}


class Book:
    def __init__(self, number, entries, first_sections=None):
        self.number, self.entries, self.first_sections = number, entries, first_sections

    def fits(self, entry):
        """Whether no entry of the book says something else of the same on one of its days."""
        key = KEYS[type(entry)]
        return not any(type(other) is type(entry) and key(other) == key(entry)
                       and days.days(days.meet(other.holds, entry.holds)) for other in self.entries)

    def files(self):
        """The folder: name and text of each file."""
        sections = {"decision": {"number": self.number, "slug": f"book-{self.number}", "name": f"Besluit {self.number}",
                                 "decided": "2018-06-01", "source": "verzonnen"}}
        files = {"decision.yaml": sections, **(self.first_sections or {})}
        for kind, (section, write) in SECTIONS.items():
            rows = [write(entry) for entry in self.entries if type(entry) is kind]
            if rows:
                files[f"{section.replace('_', '-')}.yaml"] = {section: rows}
        return {name: yaml({"synthetic": True, **content}) for name, content in files.items()}


class Agreements:
    """The books heard so far, oldest first."""

    def __init__(self, books=()):
        self.books = list(books)

    def in_force(self, kind, key, day):
        for book in reversed(self.books):
            for entry in book.entries:
                if type(entry) is kind and KEYS[kind](entry) == key and entry.holds[0] <= day <= entry.holds[1]:
                    return entry
        return None

    def tariff(self, kind, what, municipality, provider, day):
        """The provider's own before the municipality's before the region's."""
        for whom in ((municipality, provider), (None, provider), (municipality, None), (None, None)):
            tariff = self.in_force(kind, (*what, *whom), day)
            if tariff is not None and tariff.cents is not None:
                return tariff
        return None

    def terms(self, segment, pic, provider, day):
        """The provider's own before all providers', the profile's own before all profiles'."""
        for of_provider in (provider, None):
            for profile in (pic[0], None):
                terms = self.in_force(Terms, (segment, profile, pic[1], of_provider), day)
                if terms is not None:
                    return terms
        return None


# as files

def yaml(sections):
    """JSON is YAML; a section a paragraph, an entry a line."""
    paragraphs = []
    for name, content in sections.items():
        if isinstance(content, list):
            paragraphs.append(f"{name}:\n" + "".join(f"  - {json.dumps(row)}\n" for row in content))
        else:
            paragraphs.append(f"{name}: {json.dumps(content)}\n")
    return "".join(paragraphs)


def holding(holds):
    said = {"from": days.write(holds[0])} if holds[0] > ALWAYS[0] else {}
    return {**said, "until": days.write(holds[1])} if holds[1] < ALWAYS[1] else said


def whom(entry):
    return {**({"municipalities": [entry.municipality]} if entry.municipality else {}),
            **({"providers": [entry.provider]} if entry.provider else {})}


def write_pxq_tariff(entry):
    return {"product": entry.product.code, "unit": entry.product.unit, **whom(entry), **holding(entry.holds),
            "cents": "none" if entry.cents is None else entry.cents}


def write_pic_tariff(entry):
    profile, intensity = entry.pic
    return {"segment": entry.segment, "profile": profile, **whom(entry), **holding(entry.holds),
            "cents": {intensity: "none" if entry.cents is None else entry.cents}}


def write_share(share):
    return float(share) if share == Fraction(round(share * 100), 100) else f"{share.numerator}/{share.denominator}"


def write_terms(entry):
    return {"segments": entry.segment, "intensities": entry.intensity, **holding(entry.holds),
            **({"profiles": entry.profile} if entry.profile else {}),
            **({"providers": entry.provider} if entry.provider else {}), "shape": entry.shape,
            **({"start_share": write_share(entry.start_share)} if entry.shape == "start_end" else {}),
            "early_end": dict(entry.early_end), "relapse_days": entry.relapse_days,
            "expected_days": entry.expected_days, "work_in_progress": "linear", "start_due_by": entry.start_due_by,
            "end_due_by": entry.end_due_by}


def write_contract(entry):
    return {"id": entry.id, "kind": entry.kind, "segment": entry.segment, "municipalities": [entry.municipality],
            "providers": [entry.provider], **holding(entry.holds), "products": "all", "pics": "all",
            "corrections": entry.corrections}


SECTIONS = {
    PxqTariff: ("pxq_tariffs", write_pxq_tariff),
    PicTariff: ("pic_tariffs", write_pic_tariff),
    Terms: ("payment_terms", write_terms),
    Contract: ("contracts", write_contract),
}
