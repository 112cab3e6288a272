"""Mistakes: of every kind that is turned down, each as often as the others.

Each kind is a function that spoils what is right, and says so by giving it back; None means that it
does not fit here. Which verdict follows is the referee's to say.
"""
import copy

import days

STRANGE_NUMBER = "9999999"


# lines of a declaration

def shifted(line, first=0, last=0):
    period = line["period"]
    line["period"] = {"first_day": days.write(days.read(period["first_day"]) + first),
                      "last_day": days.write(days.read(period["last_day"]) + last)}
    return line


def other_client(declaring, due):
    people = declaring.region.people.persons
    other = people[declaring.stream.randrange(len(people))]
    known = other.bsn in declaring.region.referee.standing.persons
    return other.bsn if known and other is not due.care.person else None


def unknown_number(declaring, conversation, due, line, month):
    line["allocation"] = STRANGE_NUMBER


def category_differs(declaring, conversation, due, line, month):
    line["category"] = "49"


def code_differs(declaring, conversation, due, line, month):
    line["code"] = "45A99"


def unit_differs(declaring, conversation, due, line, month):
    line["unit"] = "PIECE" if due.allocation.unit != "PIECE" else "DAY"


def begins_before_allocation(declaring, conversation, due, line, month):
    if days.read(line["period"]["first_day"]) == due.month[0]:
        return False
    shifted(line, first=-1)


def ends_after_allocation(declaring, conversation, due, line, month):
    if days.read(line["period"]["last_day"]) == due.month[1]:
        return False
    shifted(line, last=1)


def begins_midmonth(declaring, conversation, due, line, month):
    if line["period"]["first_day"] == line["period"]["last_day"]:
        return False
    shifted(line, first=1)


def ends_midmonth(declaring, conversation, due, line, month):
    if line["period"]["first_day"] == line["period"]["last_day"]:
        return False
    shifted(line, last=-1)


def after_declared_month(declaring, conversation, due, line, month):
    period = days.meet(days.next_month(month[0]), due.allocation.period)
    if days.days(period) == 0:
        return False
    line["period"] = declaring.region.period(*period)


def reference_again(declaring, conversation, due, line, month):
    before = declaring.approved[conversation] + declaring.rejected[conversation]
    if not before:
        return False
    line["reference"] = declaring.stream.choice(before).line["reference"]


def debet_stands(declaring, conversation, due, line, month):
    """A month that was approved before, under a new reference."""
    before = [sent for sent in declaring.approved[conversation]
              if sent.due.allocation is due.allocation and sent.due.month != due.month]
    if not before:
        return False
    reference = line["reference"]
    line.clear()
    line.update(copy.deepcopy(declaring.stream.choice(before).line), reference=reference)


def too_much(declaring, conversation, due, line, month):
    if due.allocation.funding == "PIC" or due.allocation.frequency == "IN_TOTAL":
        return False
    line["volume"] = line["volume"] * 12 + 2000
    declaring.price(conversation, line)


def too_much_in_all(declaring, conversation, due, line, month):
    if due.allocation.funding == "PIC" or due.allocation.frequency != "IN_TOTAL":
        return False
    line["volume"] = due.allocation.volume * (60 if line["unit"] == "MINUTE" else 1) + 1
    declaring.price(conversation, line)


def tariff_differs(declaring, conversation, due, line, month):
    if "tariff" not in line:
        return False
    line["tariff"] = {"cents": line["tariff"]["cents"] + 25}


def amount_differs(declaring, conversation, due, line, month):
    if "amount" not in line or due.allocation.funding == "PIC":
        return False
    line["amount"] = {"cents": line["amount"]["cents"] + 1}


def tariff_not_asked(declaring, conversation, due, line, month):
    if due.allocation.funding != "PIC":
        return False
    line["tariff"] = {"cents": 100}


def part_too_large(declaring, conversation, due, line, month):
    if due.allocation.funding != "PIC":
        return False
    line["volume"] += 100
    line["amount"] = {"cents": line["volume"]}


def part_too_small(declaring, conversation, due, line, month):
    if due.allocation.funding != "PIC" or line["volume"] < 200:
        return False
    line["volume"] -= 100
    line["amount"] = {"cents": line["volume"]}


LINES = [unknown_number, category_differs, code_differs, unit_differs, begins_before_allocation, ends_after_allocation,
         begins_midmonth, ends_midmonth, after_declared_month, reference_again, debet_stands, too_much,
         too_much_in_all, tariff_differs, amount_differs, tariff_not_asked, part_too_large, part_too_small]
CLIENTS = ["another_client", "stranger", "no_bsn"]


def line(declaring, conversation, due, right, month):
    """A line with one mistake in it, of a kind that had few turns."""
    from declaring import Sent
    fitting = {}
    for spoil in LINES:
        spoiled = copy.deepcopy(right)
        if spoil(declaring, conversation, due, spoiled, month) is not False:
            fitting[spoil.__name__] = spoiled
    bsns = {"stranger": declaring.stream.choice(declaring.region.people.strangers),
            "another_client": other_client(declaring, due), "no_bsn": "999900010"}
    fitting.update((name, right) for name in CLIENTS if bsns[name])
    kind = declaring.region.turns.next_of(fitting)
    return Sent(bsns.get(kind, due.care.person.bsn), fitting[kind], due, kind)


def on_removed(declaring, conversation):
    """A line on an allocation that was removed before it began."""
    standing = declaring.region.referee.standing.conversation(*conversation)
    removed = [each for each in standing.allocations.values() if each.removed and not each.taken_over]
    if not removed:
        return []
    from declaring import Sent
    allocation = declaring.stream.choice(removed)
    return [Sent(allocation.client, {
        "reference": declaring.new_reference(), "allocation": allocation.number, "category": allocation.category,
        "code": allocation.code, "period": declaring.region.period(*allocation.period), "volume": 1,
        "unit": allocation.unit})]


def credits(declaring, conversation, credited):
    """Lines that a provider adds by mistake: credits of what can't be credited, lines on what was removed."""
    if declaring.stream.random() >= 0.08:
        return []
    from declaring import Sent
    standing = declaring.region.referee.standing.conversation(*conversation)
    fit = [sent for sent in declaring.approved[conversation] if sent.line["reference"] not in credited]
    waiting = {sent.line["reference"] for _, sent in declaring.to_credit[conversation]}
    old = [sent for sent in fit if standing.lines[sent.line["reference"]].credited]
    new = [sent for sent in fit if not standing.lines[sent.line["reference"]].credited
           and sent.line["reference"] not in waiting]
    kinds = {"credit_unknown": new, "credit_differs": new, "credited_twice": old,
             "credit_of_rejected": declaring.rejected[conversation], "on_removed": on_removed(declaring, conversation)}
    fitting = {name: rows for name, rows in kinds.items() if rows}
    if not fitting:
        return []
    kind = declaring.region.turns.next_of(fitting)
    sent = declaring.stream.choice(fitting[kind])
    if kind == "on_removed":
        return [sent]
    credit = declaring.credit_of(sent).line
    if kind == "credit_unknown":
        credit["credits"] = "L0"
    elif kind == "credit_differs":
        credit["volume"] += 1
    return [Sent(sent.client, credit)]


# declarations as a whole

def declaration(declaring, conversation, body, sent):
    spoiled = copy.deepcopy(body)
    lines = [line for client in spoiled["clients"] for line in client["lines"]]
    debets = [line for line in lines if "credits" not in line]
    kinds = ["month_not_whole", "reference_twice"]
    if "total" in spoiled:
        kinds.append("total_differs")
    if debets:
        kinds += ["credited_in_same", "debet_twice"]
    if any("credits" in line for line in lines):
        kinds.append("credited_twice_in_message")
    if declaring.region.referee.standing.conversation(*conversation).declarations:
        kinds.append("number_again")
    kind = declaring.region.turns.next_of(kinds)
    first = spoiled["clients"][0]["lines"]
    if kind == "month_not_whole":
        spoiled["month_day"] = days.write(days.read(spoiled["month_day"]) + 1)
    elif kind == "reference_twice":
        first.append(dict(first[0]))
    elif kind == "total_differs":
        spoiled["total"]["cents"] += 1
    elif kind == "credited_in_same":
        first.append(dict(debets[0], reference=declaring.new_reference(), credits=debets[0]["reference"]))
        spoiled.pop("total", None)
    elif kind == "debet_twice":
        first.append(dict(debets[0], reference=declaring.new_reference()))
        spoiled.pop("total", None)
    elif kind == "credited_twice_in_message":
        credit = next(line for line in lines if "credits" in line)
        first.append(dict(credit, reference=declaring.new_reference()))
        spoiled.pop("total", None)
    elif kind == "number_again":
        used = declaring.region.referee.standing.conversation(*conversation).declarations
        spoiled["number"] = declaring.stream.choice(sorted(used))
    declaring.region.feed.send("declaration", spoiled, conversation)


# requests

def request(region, care, right):
    """A request with one mistake in it, sent under its own reference."""
    stream = region.streams["mistakes"]
    standing = region.referee.standing.conversation(*care.conversation)
    spoiled = copy.deepcopy(right)
    kinds = ["segment_unknown", "product_unknown", "product_twice", "unit_not_of_product", "period_empty",
             "bsn_wrong", "born_after_care", "unknown_field", "volume_missing", "no_contract",
             "days_without_contract"]
    if standing.requests:
        kinds.append("reference_used")
    if region.people.grown_up:
        kinds.append("too_old")
    if care.referrer == "MUNICIPALITY":
        kinds.append("no_decision")
    if "pic" in right:
        kinds += ["no_pic", "pic_unknown", "no_results"]
    if standing.pending:
        kinds.append("pending")
    if care.person.bsn in region.referee.standing.persons:
        kinds.append("other_birth_day")
    kind = region.turns.next_of(kinds)
    first = days.read(spoiled["period"]["first_day"])
    if kind == "segment_unknown":
        spoiled["segment"] = "LICHT"
    elif kind == "product_unknown":
        spoiled["products"] = [dict(spoiled["products"][0], code="45Z99")]
    elif kind == "product_twice":
        spoiled["products"] = [spoiled["products"][0]] * 2
    elif kind == "unit_not_of_product":
        unit = "DAY" if spoiled["products"][0]["unit"] != "DAY" else "PIECE"
        spoiled["products"] = [dict(spoiled["products"][0], unit=unit)]
    elif kind == "period_empty":
        spoiled["period"]["last_day"] = days.write(first - 1)
    elif kind == "bsn_wrong":
        spoiled["client"]["bsn"] = "999900010"
    elif kind == "born_after_care":
        spoiled["client"] = {"bsn": stream.choice(region.people.strangers), "name": "Testpersoon 0",
                             "birth_day": days.write(first + 1)}
    elif kind == "too_old":
        spoiled["client"] = {"bsn": region.people.grown_up.pop(), "name": "Testpersoon 0",
                             "birth_day": days.write(first - 9000)}
    elif kind == "other_birth_day":
        spoiled["client"]["birth_day"] = days.write(care.person.birth_day - 1)
    elif kind == "unknown_field":
        spoiled["x_note"] = "graag snel"
    elif kind == "volume_missing":
        spoiled["products"] = [dict(product, volume=0) for product in spoiled["products"]]
    elif kind == "no_contract":
        spoiled["period"] = region.period(days.read("2012-01-01"), days.read("2012-06-30"))
        spoiled["client"]["birth_day"] = right["client"]["birth_day"]
        if care.person.birth_day > days.read("2012-01-01"):
            spoiled["period"] = region.period(first, first)
            spoiled["segment"] = "GEEN"
    elif kind == "days_without_contract":
        spoiled["period"]["last_day"] = "2026-03-31"
    elif kind == "reference_used":
        spoiled["reference"] = stream.choice(sorted(standing.requests))
    elif kind == "no_decision":
        spoiled.pop("decision", None)
    elif kind == "no_pic":
        spoiled.pop("pic")
    elif kind == "pic_unknown":
        spoiled["pic"] = {"profile": "P0", "intensity": spoiled["pic"]["intensity"]}
    elif kind == "no_results":
        spoiled.pop("results")
    elif kind == "pending":
        waiting = region.referee.standing.persons
        bsn = stream.choice(sorted(standing.pending))
        spoiled["client"] = {"bsn": bsn, "name": "Testpersoon 0", "birth_day": days.write(waiting[bsn].birth_day)}
    verdict = region.feed.send("allocation_request", spoiled, care.conversation)
    if verdict["verdict"] in ("granted", "referred") and kind not in ("reference_used", "pending"):
        # A rule of the book made something of it after all: the care goes on from there.
        region.answer_to(care, spoiled, verdict)


def word(region, care, right):
    """A word about a request that nobody made, or that was judged already."""
    stream = region.streams["mistakes"]
    if stream.random() >= 0.1:
        return
    kind = region.turns.next_of(["request_unknown", "judged_already"])
    reference = "R0" if kind == "request_unknown" else right["reference"]
    region.feed.send("request_refused", {"reference": reference, "reason": "Dubbel verwerkt"}, care.conversation)


def take_over(region, care, right):
    stream = region.streams["mistakes"]
    if stream.random() >= 0.12:
        return
    spoiled = copy.deepcopy(right)
    kind = region.turns.next_of(["number_used", "number_above_floor", "take_over_of_unknown_segment"])
    if kind == "number_above_floor":
        spoiled["allocation"] = "12345678"
    elif kind == "take_over_of_unknown_segment":
        region.old_numbers += 1
        spoiled["allocation"], spoiled["segment"] = str(region.old_numbers), "LICHT"
    region.feed.send("care_taken_over", spoiled, care.conversation)


# change, conversion, notices, payments

def change(region, care):
    allocation = care.running_on(region.today)
    if not allocation:
        return
    stream, allocation = region.streams["mistakes"], allocation[0]
    body = {"reference": region.new_reference(), "bsn": care.person.bsn, "allocation": allocation.number,
            "last_day": days.write(allocation.period[1])}
    kinds = ["nothing_changes", "not_running", "change_of_part", "change_of_another"]
    if allocation.funding == "PIC":
        kinds.append("other_pic_amount")
    elif allocation.period[0] < region.today and allocation.frequency != "IN_TOTAL":
        kinds += ["change_in_past", "change_after_end"]
    kind = region.turns.next_of(kinds)
    if kind == "not_running":
        body["allocation"] = STRANGE_NUMBER
    elif kind == "change_of_part":
        body.update(first_day=days.write(region.today + 1), last_day=days.write(allocation.period[1] + 1))
    elif kind == "change_of_another":
        body["bsn"] = known_stranger(region, care, stream)
    elif kind == "change_in_past":
        body.update(first_day=days.write(region.today), product=more_of(allocation))
    elif kind == "change_after_end":
        body.update(first_day=days.write(allocation.period[1] + 1), product=more_of(allocation))
        body.pop("last_day")
    elif kind == "other_pic_amount":
        body["product"] = more_of(allocation)
    region.feed.send("change_request", body, care.conversation)


def more_of(allocation):
    return {"category": allocation.category, "code": allocation.code, "volume": allocation.volume + 1,
            "unit": allocation.unit, "frequency": allocation.frequency}


def known_stranger(region, care, stream):
    """Somebody whom the region knows, and who is not this client."""
    while True:
        other = stream.choice(region.people.persons)
        if other is not care.person and other.bsn in region.referee.standing.persons:
            return other.bsn


def conversion(region, care, allocation, right):
    kind = region.turns.next_of(["day_outside", "no_consent"])
    spoiled = dict(right)
    if kind == "day_outside":
        spoiled["day"] = days.write(allocation.period[0])
    elif allocation.period[0] < region.today:
        spoiled["day"] = days.write(region.today)
    region.feed.send("conversion", spoiled, care.conversation)


def notice(region, care):
    stream = region.streams["mistakes"]
    named = [each for each in care.allocations if not each.removed]
    if not named:
        return
    allocation = stream.choice(named)
    day = {"day": days.write(allocation.period[0])}
    kinds = ["no_such_allocation", "start_of_another", "outcome_too_early", "notice_of_nobody", "no_day", "no_bsn_at_all",
             "day_is_none", "day_is_number", "reason_unknown", "two_facts", "no_json"]
    if allocation.started_on is not None:
        kinds += ["started_already", "stopped_before", "stopped_outside"]
    else:
        kinds.append("not_started")
        if allocation.start is None:
            kinds.append("started_outside")
    kind = region.turns.next_of(kinds)
    bsn, number, conversation = care.person.bsn, allocation.number, care.conversation
    stop = {"bsn": bsn, "allocation": number, "reason": "AS_PLANNED", **day}
    start = {"bsn": bsn, "allocation": number, **day}
    early = {"day": days.write(allocation.period[0] - 1)}
    late = {"day": days.write(allocation.period[1] + 1)}
    send = region.feed.send
    if kind == "no_such_allocation":
        send("start", {**start, "allocation": STRANGE_NUMBER}, conversation)
    elif kind == "start_of_another":
        send("start", {**start, "bsn": known_stranger(region, care, stream)}, conversation)
    elif kind == "outcome_too_early":
        send("outcome", {**start, **early, "outcome": {"satisfaction": 8}}, conversation)
    elif kind == "notice_of_nobody":
        send("start", {**start, "bsn": stream.choice(region.people.strangers)}, conversation)
    elif kind == "no_bsn_at_all":
        send("start", {**start, "bsn": "999900010"}, conversation)
    elif kind == "no_day":
        send("start", {"bsn": bsn, "allocation": number}, conversation)
    elif kind == "day_is_none":
        send("start", {**start, "day": "2020-02-30"}, conversation)
    elif kind == "day_is_number":
        send("start", {**start, "day": 18262}, conversation)
    elif kind == "reason_unknown":
        send("stop", {**stop, "reason": "ZOMAAR"}, conversation)
    elif kind == "two_facts":
        region.feed.send_line({"id": region.feed.new_id(), "municipality": conversation[0],
                               "provider": conversation[1], "start": start, "stop": stop})
    elif kind == "no_json":
        region.feed.send_line('{"id": "half een bericht')
    elif kind == "started_already":
        send("start", start, conversation)
    elif kind == "stopped_before":
        send("stop", {**stop, "day": days.write(allocation.started_on - 1)}, conversation)
    elif kind == "stopped_outside":
        send("stop", {**stop, **late}, conversation)
    elif kind == "not_started":
        send("stop", stop, conversation)
    elif kind == "started_outside":
        send("start", {**start, **early}, conversation)


def payment(declaring, conversation, right):
    if declaring.payments.random() >= 0.05:
        return
    kind = declaring.region.turns.next_of(["payment_of_unknown", "paid_twice"])
    spoiled = dict(right, declaration="D0") if kind == "payment_of_unknown" else right
    declaring.propose(conversation, spoiled)
