"""Rating: what a declared line is worth and whether it is owed.

A declaration is first judged as a whole, then line by line, credits before debets.
"""
from fractions import Fraction

import days
from granting import match, period_of
from standing import Line

NO_LIMIT = float("inf")


def half_up(fraction):
    """To the whole cent."""
    return (2 * fraction.numerator + fraction.denominator) // (2 * fraction.denominator)


def cents_of(money):
    return money.get("cents", 0)


def lines_of(fact):
    return [(client["bsn"], line) for client in fact["clients"] for line in client["lines"]]


# the declaration as a whole

def fault_of_whole(conversation, fact):
    lines = lines_of(fact)
    references, credited, debets = set(), set(), set()
    month = days.read(fact["month_day"])
    if days.month(month)[0] != month:
        return "0001", "MONTH_NOT_WHOLE"
    for _, line in lines:
        if line["reference"] in references:
            return "0001", "REFERENCE_TWICE_IN_MESSAGE"
        references.add(line["reference"])
        if line.get("credits"):
            if line["credits"] in credited:
                return "0001", "CREDITED_TWICE_IN_MESSAGE"
            credited.add(line["credits"])
            continue
        debet = (line["allocation"], line["category"], line["code"], line["period"]["first_day"],
                 line["period"]["last_day"])
        if debet in debets:
            return "0001", "DEBET_TWICE_IN_MESSAGE"
        debets.add(debet)
    if credited & references:
        return "0001", "CREDITED_IN_SAME_MESSAGE"
    if "total" in fact and all("amount" in line for _, line in lines):
        total = sum(-cents_of(line["amount"]) if line.get("credits") else cents_of(line["amount"]) for _, line in lines)
        if total != cents_of(fact["total"]):
            return "0001", "TOTAL_DIFFERS"
    if fact["number"] in conversation.declarations:
        return "9333", "NUMBER_NOT_UNIQUE"
    return None


def decide_declaration(standing, conversation, fact):
    fault = fault_of_whole(conversation, fact)
    if fault:
        return {"verdict": "not_judged", "number": fact["number"], "code": fault[0], "reason": fault[1],
                "approved_cents": 0, "lines": []}
    month = days.month(days.read(fact["month_day"]))
    lines = lines_of(fact)
    verdicts = [None] * len(lines)
    approved = 0
    # Whether a line fits its allocation was judged before any of them was rated.
    fits = [match(conversation, client, line, month) for client, line in lines]
    for credit in (True, False):
        for at, (client, line) in enumerate(lines):
            if bool(line.get("credits")) != credit:
                continue
            judge = judge_credit if credit else judge_debet
            code, reason, cents, made = judge(standing, conversation, client, line, fits[at])
            if line["reference"] not in conversation.lines:
                conversation.lines[line["reference"]] = made or Line(False)
            approved += -cents if credit else cents
            verdicts[at] = ({"reference": line["reference"], "approved": True, "amount_cents": cents} if not code else
                            {"reference": line["reference"], "approved": False, "code": code, "reason": reason})
    conversation.declarations[fact["number"]] = approved
    all_approved = all(verdict["approved"] for verdict in verdicts)
    return {"verdict": "answered", "number": fact["number"], "code": "8001" if all_approved else "0200",
            "reason": "APPROVED", "approved_cents": approved, "lines": verdicts}


def rejected(code, reason):
    return code, reason, 0, None


# credits

COPIED = ("allocation", "category", "code", "volume", "unit")


def judge_credit(standing, conversation, client, line, fit):
    debet = conversation.lines.get(line["credits"])
    if client not in standing.persons:
        return rejected("0233", "CLIENT_UNKNOWN")
    if line["reference"] in conversation.lines:
        return rejected("8021", "REFERENCE_NOT_UNIQUE")
    if debet is None or not debet.approved or debet.kind == "credit":
        return rejected("8017", "DEBET_UNKNOWN")
    if debet.credited:
        return rejected("9390", "CREDITED_BEFORE")
    if not copies(client, line, debet):
        return rejected("8017", "CREDIT_DIFFERS")
    debet.credited = True
    give_back(debet)
    return "", "", debet.cents, Line(True, cents=debet.cents, kind="credit")


def copies(client, line, debet):
    of, fields = debet.fields
    if client != of or any(line[name] != fields[name] for name in COPIED) or line["period"] != fields["period"]:
        return False
    if "amount" in line and cents_of(line["amount"]) not in (debet.cents, debet.declared):
        return False
    return "tariff" not in line or line["tariff"] in debet.tariffs


def give_back(debet):
    allocation, line = debet.allocation, debet.fields[1]
    allocation.approved_volume -= debet.counted
    allocation.approved_cents -= debet.cents + debet.adjusted
    allocation.months[line["category"], line["code"], line["period"]["first_day"]] -= 1
    allocation.starts -= debet.kind in ("start", "whole")
    allocation.ends -= debet.kind in ("end", "whole")


# debets

def judge_debet(standing, conversation, client, line, fit):
    if client not in standing.persons:
        return rejected("0233", "CLIENT_UNKNOWN")
    if fit[0]:
        return rejected(*fit)
    if line["reference"] in conversation.lines:
        return rejected("8021", "REFERENCE_NOT_UNIQUE")
    allocation = conversation.allocations[line["allocation"]]
    if allocation.months.get((line["category"], line["code"], line["period"]["first_day"])):
        return rejected("9389", "DEBET_STANDS")
    rate = rate_pic if allocation.funding == "PIC" else rate_pxq
    code, reason, cents, kind = rate(standing, conversation, allocation, line)
    if code:
        return rejected(code, reason)
    counted = cents if allocation.funding == "PIC" else volume_counted(allocation, line)
    keep(allocation, line, cents, kind, counted)
    return "", "", cents, Line(True, (client, line), cents, allocation, kind, counted)


def keep(allocation, line, cents, kind, counted):
    month = (line["category"], line["code"], line["period"]["first_day"])
    allocation.approved_volume += counted
    allocation.approved_cents += cents
    allocation.months[month] = allocation.months.get(month, 0) + 1
    allocation.starts += kind in ("start", "whole")
    allocation.ends += kind in ("end", "whole")


# volume, in minutes where hours are allocated

def volume_counted(allocation, line):
    return line["volume"] * 60 if allocation.unit == "HOUR" and line["unit"] == "HOUR" else line["volume"]


def output_weeks(allocated, period):
    counted = days.meet(allocated, period)
    weeks = days.sundays(counted)
    if allocated[1] >= days.DAY_LAST or days.weekday(allocated[1]) == 7:
        return weeks
    last_sunday = allocated[1] - days.weekday(allocated[1])
    marker = last_sunday if last_sunday >= allocated[0] else allocated[1]
    return weeks + (counted[0] <= marker <= counted[1])


def rounds(allocation, period):
    if allocation.frequency == "PER_DAY":
        return days.days(period)
    if allocation.frequency == "PER_WEEK":
        if allocation.unit in ("OUTPUT", "EURO"):
            return output_weeks(allocation.period, period)
        return days.weeks_touched(period)
    if allocation.frequency == "PER_MONTH":
        return sum(1 for _ in days.months_of(period))
    return 1


def limit(allocation, period):
    if not allocation.volume:
        return NO_LIMIT
    return allocation.volume * (60 if allocation.unit == "HOUR" else 1) * rounds(allocation, period)


def limit_in_all(allocation):
    if allocation.frequency != "IN_TOTAL" and allocation.open_ended:
        return NO_LIMIT
    return limit(allocation, allocation.period)


def too_much(allocation, period, counted):
    if allocation.frequency != "IN_TOTAL" and counted > limit(allocation, period):
        return "9321", "VOLUME_EXCEEDED"
    if allocation.approved_volume + counted > limit_in_all(allocation):
        return "9322", "TOTAL_EXCEEDED"
    return None


# price × quantity

def price_pxq(agreements, conversation, code, unit, volume, day):
    """The tariff that a line shows and its amount; None when nothing is agreed."""
    tariff = agreements.pxq_tariff(code, conversation.municipality, conversation.provider, day)
    if tariff is None:
        return None
    if tariff.unit == unit:
        return tariff.cents, tariff.cents * volume
    if (tariff.unit, unit) != ("HOUR", "MINUTE"):
        return None
    return half_up(Fraction(tariff.cents, 60)), half_up(Fraction(tariff.cents * volume, 60))


def rate_pxq(standing, conversation, allocation, line):
    period = period_of(line["period"])
    excess = too_much(allocation, period, volume_counted(allocation, line))
    if excess:
        return (*excess, 0, None)
    if line["unit"] == "EURO":
        return rate_euros(line)
    price = price_pxq(standing.agreements, conversation, line["code"], line["unit"], line["volume"], period[0])
    if price is None:
        return "0611", "TARIFF_ABSENT", 0, None
    tariff, cents = price
    if "tariff" in line and cents_of(line["tariff"]) != tariff:
        return "0611", "TARIFF_DIFFERS", 0, None
    if "amount" in line and cents_of(line["amount"]) != cents:
        return "9346", "AMOUNT_DIFFERS", 0, None
    return "", "", cents, "volume"


def rate_euros(line):
    """The volume is the amount, and there is no tariff."""
    if "tariff" in line:
        return "0611", "TARIFF_NOT_ASKED", 0, None
    if "amount" in line and cents_of(line["amount"]) != line["volume"]:
        return "9346", "AMOUNT_DIFFERS", 0, None
    return "", "", line["volume"], "volume"


# profile-intensity combinations

def in_period(allocation, day):
    return max(allocation.period[0], min(allocation.period[1], day))


def first_care_day(allocation):
    return allocation.period[0] if allocation.start is None else in_period(allocation, allocation.start)


def last_care_day(allocation):
    return allocation.period[1] if allocation.stop is None else in_period(allocation, allocation.stop)


def months_after(first, months):
    """The same day of a later month, or its last when it is shorter."""
    at = days.month(first)
    day_of_month = first - at[0]
    for _ in range(months):
        at = days.next_month(at[0])
    return min(at[0] + day_of_month, at[1])


def months_between(first, day):
    return (days.year(day) - days.year(first)) * 12 + days.month_number(day) - days.month_number(first)


def share_of_end(allocation, terms, pro_rata):
    if allocation.stop is None or allocation.stop_reason == "AS_PLANNED":
        return Fraction(1)
    return {"all": Fraction(1), "pro_rata": pro_rata, "nothing": Fraction(0)}[terms.early_end[allocation.stop_reason]]


def resumed(conversation, allocation, terms):
    """Care under the same PIC that ended shortly before, or resumes shortly after, is paid: both are one trajectory, and
    whichever is declared first is paid."""
    def are_one(earlier, later):
        return earlier.pic == later.pic and later.period[0] <= last_care_day(earlier) + terms.relapse_days

    return terms.relapse_days > 0 and any(
        are_one(other, allocation) if other.period[0] < allocation.period[0] else
        other.period[0] > allocation.period[0] and allocation.approved_cents <= 0 and are_one(allocation, other)
        for other in conversation.of_client(allocation.client)
        if other.funding == "PIC" and other.approved_cents > 0)


def months_part(allocation, terms, price, period):
    """What a month of a lasting trajectory is worth, or why nothing."""
    if terms.start_due_by == "message" and (allocation.start is None or first_care_day(allocation) > period[1]):
        return "CARE_NOT_STARTED", []
    if last_care_day(allocation) < period[0]:
        return "PART_NOT_DUE", []
    months = months_between(allocation.period[0], period[0])
    if months < 0 or months_after(allocation.period[0], months) > allocation.period[1]:
        return "PART_NOT_DUE", []
    month = months % 12
    whole = half_up(Fraction(price * (month + 1), 12)) - half_up(Fraction(price * month, 12))
    ends_here = allocation.stop is not None and period[0] <= last_care_day(allocation) <= period[1]
    share = Fraction(1)
    if ends_here:
        cared = days.days((period[0], last_care_day(allocation)))
        share = share_of_end(allocation, terms, min(Fraction(1), Fraction(cared, days.days(period))))
    cents = half_up(whole * share)
    return ("", [(cents, "month")]) if cents else ("EARLY_END_PAYS_NO_PART" if ends_here else "PART_NOT_DUE", [])


def two_parts(allocation, terms, price, period):
    """The ways in which the start and end part may be declared in this period, or why none may."""
    def falls(paid, due_by, happened, day):
        if paid:
            return False, False
        if due_by == "declaration":
            return False, True
        return happened and period[0] <= day <= period[1], False

    start_must, start_may = falls(allocation.starts, terms.start_due_by, allocation.start is not None,
                                  first_care_day(allocation))
    # A stop says that care had started, a death does not.
    ended = allocation.stop is not None and not (allocation.stop_reason == "DEATH" and allocation.start is None)
    end_must, end_may = falls(allocation.ends, terms.end_due_by, ended,
                              last_care_day(allocation))
    ends_here = end_must or (end_may and period[0] <= last_care_day(allocation) <= period[1])

    first_part = half_up(price * terms.start_share)
    cared = days.days((first_care_day(allocation), last_care_day(allocation)))
    share = share_of_end(allocation, terms, min(Fraction(1), Fraction(cared, terms.expected_days)))
    last_part = half_up((price - first_part) * share)
    worth = {"start": first_part, "end": last_part, "whole": first_part + last_part}

    ways = []
    for start, end in ((start_must or start_may, ends_here), (start_must or start_may, end_must or end_may),
                       (start_must or start_may, end_must), (start_must, end_must or end_may)):
        kind = "whole" if start and end else "start" if start else "end" if end else None
        if kind and worth[kind] and (worth[kind], kind) not in ways:
            ways.append((worth[kind], kind))
    if ways:
        return "", ways
    if ends_here:
        return "EARLY_END_PAYS_NO_PART", []
    if not allocation.starts and terms.start_due_by == "message" and allocation.start is None:
        return "CARE_NOT_STARTED", []
    if not allocation.ends and terms.end_due_by == "message" and allocation.stop is None:
        return "CARE_NOT_STOPPED", []
    return "PART_NOT_DUE", []


def price_day(allocation, terms, period):
    """The first day of the trajectory, or of its year when it is paid by the month."""
    first = allocation.period[0]
    if terms.shape != "monthly" or period[0] <= first:
        return first
    return months_after(first, months_between(first, period[0]) // 12 * 12)


def rate_pic(standing, conversation, allocation, line):
    agreements, period = standing.agreements, period_of(line["period"])
    if "tariff" in line:
        return "0611", "TARIFF_NOT_ASKED", 0, None
    if "amount" in line and line["volume"] != cents_of(line["amount"]):
        return "9346", "AMOUNT_DIFFERS", 0, None
    terms = agreements.payment_terms(allocation.segment, allocation.pic, conversation.provider, allocation.period[0])
    if terms is None:
        return "0611", "TERMS_ABSENT", 0, None
    tariff = agreements.pic_tariff(allocation.segment, allocation.pic, conversation.municipality,
                                   conversation.provider, price_day(allocation, terms, period))
    if tariff is None:
        return "0611", "TARIFF_ABSENT", 0, None
    if resumed(conversation, allocation, terms):
        return "9321", "CARE_RESUMED", 0, None
    parts = months_part if terms.shape == "monthly" else two_parts
    reason, ways = parts(allocation, terms, tariff.cents, period)
    if reason:
        return "9321", reason, 0, None
    asked = cents_of(line["amount"]) if "amount" in line else line["volume"]
    if not asked and "amount" not in line:
        cents, kind = ways[0]
    else:
        fitting = [way for way in ways if way[0] == asked]
        if not fitting:
            exceeded = all(asked > cents for cents, _ in ways)
            return ("9321", "PART_EXCEEDED", 0, None) if exceeded else ("9346", "PART_DIFFERS", 0, None)
        cents, kind = fitting[0]
    excess = too_much(allocation, period, cents)
    return (*excess, 0, None) if excess else ("", "", cents, kind)


# corrections

def correct(standing, conversation, line):
    """A line that was approved at another price than the one known now, as its contract corrects it."""
    _, fields = line.fields
    day = days.read(fields["period"]["first_day"])
    price = price_pxq(standing.agreements, conversation, fields["code"], fields["unit"], fields["volume"], day)
    if price is None or price[1] == line.cents + line.adjusted:
        return
    tariff, cents = price
    difference = cents - line.cents - line.adjusted
    line.allocation.approved_cents += difference
    contract = standing.agreements.contract(conversation.provider, line.allocation.segment, conversation.municipality,
                                            day)
    if contract is not None and contract.corrections == "self_billed":
        line.cents, line.adjusted = cents, 0
        if line.tariffs:
            line.tariffs = [line.tariffs[0], {"cents": tariff}]
    else:
        line.adjusted += difference


def correct_all(standing):
    """What a book that was just published makes of lines declared by product before."""
    for conversation in standing.conversations.values():
        for line in conversation.lines.values():
            if line.approved and line.kind == "volume" and not line.credited and line.fields[1]["unit"] != "EURO":
                correct(standing, conversation, line)


# payments

def decide_payment(conversation, fact):
    payable = conversation.declarations.get(fact["declaration"])
    cents = cents_of(fact["amount"])
    if payable is None:
        return {"verdict": "payment", "reason": "DECLARATION_UNKNOWN"}
    if not 0 < cents <= payable:
        return {"verdict": "payment", "reason": "NOTHING_PAYABLE"}
    conversation.declarations[fact["declaration"]] -= cents
    return {"verdict": "payment", "reason": "PAYMENT_BOOKED"}
