"""A load of one kind: care taken over, then month after month a declaration of a hundred lines for each conversation.

Everything in it is in order, so that every line is judged by every rule and approved. All of it is synthetic."""
import datetime
import json

MUNICIPALITIES = ("0503", "0518", "1916", "1842", "1926", "0603", "0626", "0629", "1783", "0637")
PROVIDERS = tuple(f"900000{number:02d}" for number in range(1, 13))
PRODUCTS = (("45", "45A48", 7200), ("45", "45A53", 10980))  # category, code, cents for an hour
LINES = 100


def test_bsns():
    """Every number of the test range that passes the eleven-test."""
    for number in range(999900006, 999999991):
        digits = [int(digit) for digit in str(number)]
        if (sum(digit * weight for digit, weight in zip(digits, range(9, 1, -1))) - digits[8]) % 11 == 0:
            yield str(number)


def conversations(most=None):
    return [(municipality, provider) for provider in PROVIDERS for municipality in MUNICIPALITIES][:most]


def allocations(most=None):
    """(municipality, provider, bsn, number, product) of all care: two products for each client."""
    bsns = list(test_bsns())
    count = 0
    for place, (municipality, provider) in enumerate(conversations(most)):
        for client in range(LINES // len(PRODUCTS)):
            bsn = bsns[(place * LINES // len(PRODUCTS) + client) % len(bsns)]
            for product in PRODUCTS:
                count += 1
                yield municipality, provider, bsn, str(1000 + count), product


def taken_over(most=None):
    for municipality, provider, bsn, number, (category, code, _) in allocations(most):
        yield {"id": f"over-{number}", "municipality": municipality, "provider": provider, "care_taken_over": {
            "client": {"bsn": bsn, "name": f"Testpersoon {number}", "birth_day": "2008-05-06"}, "allocation": number,
            "segment": "SPECIALIST", "period": {"first_day": "2015-01-01", "last_day": "2019-12-31"},
            "product": {"category": category, "code": code, "volume": 40, "unit": "HOUR", "frequency": "PER_MONTH"},
            "referrer": "MUNICIPALITY"}}


def months(count):
    """The first and last days of months before 2020, the oldest first."""
    for back in range(count, 0, -1):
        year, month = divmod(2020 * 12 - back, 12)
        first = datetime.date(year, month + 1, 1)
        following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
        yield first.isoformat(), (following - datetime.timedelta(days=1)).isoformat()


def declarations(months_count, most=None):
    """In the order of months: the lines of a conversation's care of a month, in one declaration."""
    care = {}
    for municipality, provider, bsn, number, product in allocations(most):
        care.setdefault((municipality, provider), {}).setdefault(bsn, []).append((number, product))
    for first, last in months(months_count):
        for (municipality, provider), clients in care.items():
            name = f"{municipality}-{provider}-{first[:7]}"
            yield {"id": f"declaration-{name}", "municipality": municipality, "provider": provider, "declaration": {
                "number": f"{first[:7]}-{municipality}", "month_day": first, "clients": [
                    {"bsn": bsn, "lines": [
                        {"reference": f"{number}-{first[:7]}", "allocation": number, "category": category, "code": code,
                         "period": {"first_day": first, "last_day": last}, "volume": 12, "unit": "HOUR",
                         "tariff": {"cents": cents}, "amount": {"cents": 12 * cents}}
                        for number, (category, code, cents) in lines]}
                    for bsn, lines in clients.items()]}}


def write(path, messages):
    count = 0
    with open(path, "w", encoding="utf-8") as file:
        for message in messages:
            file.write(json.dumps(message, separators=(",", ":")) + "\n")
            count += 1
    return count
