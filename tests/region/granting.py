"""Granting: what care is allocated, and what a notice or a declared line belongs to."""
from typing import NamedTuple

import days
from standing import Allocation, Request


class Asked(NamedTuple):
    client: str
    segment: str
    pic: tuple          # or None
    results: list
    period: tuple
    products: list      # of dicts, as in the feed
    referrer: str
    since: int          # the first day of this same care
    ages: tuple         # of the client, on the first and last day that the message names
    cohort: str = ""    # said by the fact itself, for every day


class Refusal(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


REFERS = {"COHORT_UNKNOWN", "FUNDING_UNKNOWN", "PRODUCTS_MISSING", "VOLUME_MISSING", "PIC_WITHOUT_PRICE",
          "COMES_OF_AGE", "PERSON_MUST_JUDGE"}


def ages_of(standing, client, first, last):
    birth_day = standing.persons[client].birth_day
    return days.age(birth_day, first), days.age(birth_day, last)


def pic_of(fact):
    pic = fact.get("pic")
    return (pic["profile"], pic["intensity"]) if pic else None


def period_of(fact):
    return days.read(fact["first_day"]), days.read(fact["last_day"])


class Plan:
    """The allocations that care becomes: one run of days for each way of funding."""

    def __init__(self, standing, conversation, asked):
        self.agreements, self.conversation, self.asked = standing.agreements, conversation, asked
        self.standing = standing
        self.allocations = []
        self.content = "NONE"
        self.ceilings = []
        self.check_words()
        for run in self.runs(self.pieces()):
            self.plan_run(*run)

    # the client and the days

    def care_periods(self, before):
        periods = self.standing.persons[self.asked.client].care
        return periods + [(self.asked.since, before - 1)] if self.asked.since < before else periods

    def cohort(self, day):
        moved = self.conversation.moved.get(self.asked.client)
        if self.asked.cohort:
            return self.asked.cohort, days.DAY_LAST
        if moved is not None and moved <= day:
            return "NEW", days.DAY_LAST
        return self.agreements.cohort(self.care_periods(day), day)

    def check_words(self):
        first = self.asked.period[0]
        if days.days(self.asked.period) < 1:
            raise Refusal("PERIOD_IS_EMPTY")
        if not self.agreements.municipalities.find(self.conversation.municipality, first):
            raise Refusal("MUNICIPALITY_UNKNOWN")
        if not self.agreements.segments.find(self.asked.segment, first):
            raise Refusal("SEGMENT_UNKNOWN")
        if self.agreements.age_by_person and self.asked.ages[0] >= self.agreements.age_by_person:
            raise Refusal("CLIENT_TOO_OLD")
        codes = [product["code"] for product in self.asked.products]
        if len(set(codes)) < len(codes):
            raise Refusal("PRODUCT_NAMED_TWICE")

    @property
    def comes_of_age(self):
        return bool(self.agreements.age_by_rule) and self.asked.ages[1] >= self.agreements.age_by_rule

    def pieces(self):
        """The days cut where contract, funding or cohort becomes another; an open end can't be covered."""
        try:
            return self.cut()
        except Refusal as refusal:
            if refusal.reason != "NO_CONTRACT" and self.asked.period[1] >= days.DAY_LAST:
                raise Refusal("END_DATE_MISSING") from None
            raise

    def cut(self):
        found, start = [], self.asked.period[0]
        while start <= self.asked.period[1]:
            cohort, rule_last = self.cohort(start)
            if cohort is None:
                raise Refusal("COHORT_UNKNOWN")
            until = min(self.asked.period[1], max(rule_last, start))
            for period, contract, rule in self.agreements.pieces(
                    self.conversation.provider, self.conversation.municipality, self.asked.segment, cohort,
                    (start, until)):
                if period[0] > start and self.cohort(period[0])[0] != cohort:
                    break
                found.append((period, contract, rule, cohort))
            start = found[-1][0][1] + 1
        contracts = [contract for _, contract, _, _ in found]
        if not any(contracts):
            raise Refusal("NO_CONTRACT")
        if not all(contracts):
            raise Refusal("CONTRACT_HAS_GAP")
        if not all(rule for _, _, rule, _ in found):
            raise Refusal("FUNDING_UNKNOWN")
        self.ceilings = list(dict.fromkeys(contract for contract in contracts))
        return found

    def runs(self, pieces):
        """Neighbours that are given and paid alike are one run."""
        run = []
        for piece in pieces:
            if run and (run[0][2].content, run[0][2].funding) != (piece[2].content, piece[2].funding):
                yield run, len(run) == len(pieces)
                run = []
            run.append(piece)
        yield run, len(run) == len(pieces)

    # one run

    def plan_run(self, run, whole):
        rule = run[0][2]
        period = (run[0][0][0], run[-1][0][1])
        self.run_cohort = run[0][3]
        contracts = [contract for _, contract, _, _ in run]
        if rule.content == "PIC":
            self.check_content(period[0])
            self.content = "PIC"
        if rule.funding == "PIC":
            self.plan_pic(period, contracts)
        else:
            self.plan_products(period, contracts, whole)

    def check_content(self, day):
        if not self.asked.pic:
            raise Refusal("PIC_MISSING")
        profile, intensity = self.asked.pic
        if not self.agreements.profiles.find(profile, day) or not self.agreements.intensities.find(intensity, day):
            raise Refusal("PIC_UNKNOWN")
        if not self.asked.results:
            raise Refusal("RESULTS_MISSING")

    def add(self, funding, period, contract, category, code, volume, unit, frequency):
        allocation = Allocation(client=self.asked.client, segment=self.asked.segment, funding=funding, period=period,
                                cohort=self.run_cohort,
                                category=category, code=code, volume=volume, unit=unit, frequency=frequency,
                                referrer=self.asked.referrer)
        self.allocations.append((allocation, contract))

    def plan_pic(self, period, contracts):
        if not all(contract.covers_pic(self.asked.pic) for contract in contracts):
            raise Refusal("PIC_NOT_IN_CONTRACT")
        if period[1] >= days.DAY_LAST:
            raise Refusal("END_DATE_MISSING")
        product = self.agreements.pic_products.find((self.asked.segment, self.asked.pic), period[0])
        cents = pic_amount(self.agreements, self.conversation, self.asked.segment, self.asked.pic, period)
        if product is None or cents is None:
            raise Refusal("PIC_WITHOUT_PRICE")
        self.add("PIC", period, contracts[0], product.category, product.code, cents, "EURO", "IN_TOTAL")

    def plan_products(self, period, contracts, whole):
        if not self.asked.products:
            raise Refusal("PRODUCTS_MISSING")
        for asked in self.asked.products:
            self.plan_product(period, contracts, whole, asked)

    def plan_product(self, period, contracts, whole, asked):
        product = self.agreements.products.find(asked["code"], period[0])
        if (product is None or product.segment != self.asked.segment
                or asked.get("category", product.category) != product.category):
            raise Refusal("PRODUCT_UNKNOWN")
        if not all(contract.covers_product(product.code) for contract in contracts):
            raise Refusal("PRODUCT_NOT_IN_CONTRACT")
        volume, unit, frequency = asked.get("volume", 0), asked.get("unit"), asked.get("frequency")
        if unit and unit not in product.units:
            raise Refusal("UNIT_NOT_OF_PRODUCT")
        if frequency == "IN_TOTAL" and not whole:
            volume = 0
        if volume < 1 or not unit or not frequency:
            volume, unit, frequency = self.substitute(product, unit, period, whole)
        if frequency == "PER_WEEK" and period[1] >= days.DAY_LAST:
            raise Refusal("END_DATE_MISSING")
        self.add("PXQ", period, contracts[0], product.category, product.code, volume, unit, frequency)

    def substitute(self, product, unit, period, whole):
        rule = self.agreements.substitution(product, period[0])
        if (rule is None or rule.by_person or (unit and unit != rule.unit)
                or (rule.frequency == "IN_TOTAL" and not whole)):
            raise Refusal("VOLUME_MISSING")
        return rule.volume, rule.unit, rule.frequency

    # who may grant it

    def granting(self):
        """The strictest word about any part; what binds, binds."""
        rules = [self.agreements.granting(self.asked.referrer, self.asked.segment, allocation.volume, allocation.unit,
                                          allocation.frequency, allocation.period[0])
                 for allocation, _ in self.allocations]
        words = [rule.by if rule else "person" for rule in rules]
        return "binding" if "binding" in words else "person" if "person" in words else "rule"

    def above_ceiling(self):
        for contract in self.ceilings:
            used = self.conversation.used.get((contract.id, self.asked.segment), 0)
            new = sum(of.id == contract.id for _, of in self.allocations)
            if 0 <= contract.ceiling < used + new:
                return True
        return False


def pic_amount(agreements, conversation, segment, pic, period):
    """One amount for a trajectory, or all the twelfths of a year's that can fall due."""
    def tariff(day):
        return agreements.pic_tariff(segment, pic, conversation.municipality, conversation.provider, day)

    terms = agreements.payment_terms(segment, pic, conversation.provider, period[0])
    if tariff(period[0]) is None or terms is None:
        return None
    if terms.shape != "monthly":
        return tariff(period[0]).cents
    cents = 0
    for year_first, months in due_months(period):
        if tariff(year_first) is None:
            return None
        cents += (2 * tariff(year_first).cents * months + 12) // 24
    return cents


def due_months(period):
    """The first day of each year of care, and how many monthly parts of that year fall within the period."""
    dues, month = [], days.month(period[0])
    while (due := min(month[0] + period[0] - days.month(period[0])[0], month[1])) <= period[1]:
        dues.append(due)
        month = days.next_month(month[0])
    return [(dues[at], len(dues[at:at + 12])) for at in range(0, len(dues), 12)]


def begin(standing, conversation, plan, follows=None):
    """Numbers what was planned and lets it be: as a trajectory of its own, or in that of what it follows."""
    asked, content = plan.asked, plan.content
    trajectory = follows.trajectory if follows else standing.next_trajectory(conversation)
    for allocation, _ in plan.allocations:
        allocation.number = standing.next_number(conversation)
        allocation.trajectory = trajectory
        allocation.content = content
        allocation.pic = asked.pic if content == "PIC" else None
        allocation.results = asked.results if content == "PIC" else []
        conversation.allocations[allocation.number] = allocation
        standing.numbers[conversation.municipality, allocation.number] = allocation
    return [allocation for allocation, _ in plan.allocations]


def refused(reason, **more):
    return {"verdict": "referred" if reason in REFERS else "refused", "reason": reason, **more}


# requests

def decide_request(standing, conversation, fact, granted_by=None):
    reference = fact.get("reference", "")
    client = fact["client"]["bsn"]
    if reference and reference in conversation.requests:
        return refused("REFERENCE_USED", reference=reference)
    if not granted_by and client in conversation.pending:
        return refused("REQUEST_ALREADY_PENDING", reference=reference)
    return judge_request(standing, conversation, fact, granted_by)


def judge_request(standing, conversation, fact, granted_by=None, word=None):
    reference = fact.get("reference", "")
    client = fact["client"]["bsn"]
    word = word or {}
    period = period_of(fact["period"])
    asked = Asked(client, fact["segment"], pic_of(word) or pic_of(fact),
                  word.get("results") or fact.get("results", []), period,
                  word.get("products") or fact.get("products", []), fact["referrer"], period[0],
                  ages_of(standing, client, *period))
    try:
        if fact["referrer"] == "MUNICIPALITY" and not granted_by and not fact.get("decision"):
            raise Refusal("DECISION_NOT_NAMED")
        plan = Plan(standing, conversation, asked)
        reason = how_granted(standing, plan, granted_by, word)
    except Refusal as refusal:
        return record(conversation, reference, client, fact, refused(refusal.reason), granted_by)
    for _, contract in plan.allocations:
        key = (contract.id, asked.segment)
        conversation.used[key] = conversation.used.get(key, 0) + 1
    begun = begin(standing, conversation, plan)
    return record(conversation, reference, client, fact, {
        "verdict": "granted", "reason": reason, "allocations": [allocation.in_words() for allocation in begun]})


def how_granted(standing, plan, granted_by, word):
    granting = plan.granting()
    if granting == "binding":
        return "GRANTED_AS_BOUND"
    if plan.above_ceiling():
        raise Refusal("CEILING_REACHED")
    if word:
        return "GRANTED_BY_PERSON"
    if granted_by:
        return "GRANTED_UNASKED"
    if plan.comes_of_age:
        raise Refusal("COMES_OF_AGE")
    if granting == "person":
        raise Refusal("PERSON_MUST_JUDGE")
    return "GRANTED_BY_RULE"


def record(conversation, reference, client, fact, verdict, granted_by=None):
    """Remembers the request; an operator is the person to whom others are referred."""
    if granted_by and verdict["verdict"] == "referred":
        verdict["verdict"] = "refused"
    if reference:
        conversation.requests[reference] = Request(verdict["verdict"], client, fact)
        verdict["reference"] = reference
        if verdict["verdict"] == "referred":
            conversation.pending[client] = reference
        elif conversation.pending.get(client) == reference:
            del conversation.pending[client]
    return verdict


def decide_word(standing, conversation, fact, grants):
    """A person speaks about a request that waits."""
    request = conversation.requests.get(fact["reference"])
    if request is None or request.state != "referred":
        return refused("REQUEST_ALREADY_JUDGED" if request else "REQUEST_UNKNOWN", reference=fact["reference"])
    if not grants:
        return record(conversation, fact["reference"], request.client, request.fact, refused("REFUSED_BY_PERSON"))
    word = dict(fact)
    if "day" in request.fact:
        return judge_conversion(standing, conversation, request, fact)
    return judge_request(standing, conversation, request.fact, None, word)


# take-over

def decide_take_over(standing, conversation, fact):
    agreements, first = standing.agreements, period_of(fact["period"])[0]
    floor = -(-agreements.floor // 64) * 64
    if (conversation.municipality, fact["allocation"]) in standing.numbers:
        return refused("NUMBER_USED")
    if fact["allocation"].isdigit() and int(fact["allocation"]) >= floor:
        return refused("NUMBER_ABOVE_FLOOR")
    if days.days(period_of(fact["period"])) < 1:
        return refused("PERIOD_IS_EMPTY")
    if not agreements.municipalities.find(conversation.municipality, first):
        return refused("MUNICIPALITY_UNKNOWN")
    if not agreements.segments.find(fact["segment"], first):
        return refused("SEGMENT_UNKNOWN")
    product, pic = fact["product"], pic_of(fact)
    allocation = Allocation(
        number=fact["allocation"], trajectory=standing.next_trajectory(conversation), client=fact["client"]["bsn"],
        segment=fact["segment"], content="PIC" if pic else "NONE", pic=pic, results=fact.get("results", []),
        funding="PXQ", category=product["category"], code=product["code"], volume=product["volume"],
        unit=product["unit"], frequency=product["frequency"], period=period_of(fact["period"]),
        referrer=fact.get("referrer"))
    allocation.cohort = agreements.cohort(standing.persons[allocation.client].care, first)[0]
    allocation.taken_over = True
    allocation.started_on = allocation.period[0]
    conversation.allocations[allocation.number] = allocation
    standing.numbers[conversation.municipality, allocation.number] = allocation
    covered = all(contract for _, contract, _ in agreements.pieces(
        conversation.provider, conversation.municipality, fact["segment"], "EXISTING", allocation.period))
    return {"verdict": "granted", "reason": "TAKEN_OVER" if covered else "TAKEN_OVER_UNCOVERED",
            "allocations": [allocation.in_words()]}


# change: another end, or more or less of the same total

def end_before(allocation, day):
    if day <= allocation.period[0]:
        allocation.removed = True
        allocation.period = (allocation.period[0], allocation.period[0])
    else:
        allocation.period = (allocation.period[0], day - 1)


def decide_change(standing, conversation, fact):
    reference, client = fact["reference"], fact["bsn"]
    if reference in conversation.requests:
        return refused("REFERENCE_USED", reference=reference)
    if client in conversation.pending:
        return refused("REQUEST_ALREADY_PENDING", reference=reference)
    try:
        verdict = change(standing, conversation, fact, client)
    except Refusal as refusal:
        verdict = refused(refusal.reason)
    return record(conversation, reference, client, fact, verdict)


def change(standing, conversation, fact, client):
    allocation = conversation.allocations.get(fact["allocation"])
    if allocation is None or allocation.removed or allocation.period[1] < standing.today:
        raise Refusal("NOT_RUNNING")
    if allocation.client != client:
        raise Refusal("CLIENT_DIFFERS")
    last = days.read(fact["last_day"]) if "last_day" in fact else allocation.period[1]
    if last < allocation.period[0]:
        if standing.today >= allocation.period[0]:
            raise Refusal("CARE_HAS_BEGUN")
        end_before(allocation, allocation.period[0])
        return changed("REMOVED_BEFORE_BEGIN", allocation)
    product = product_wanted(allocation, fact.get("product", {}))
    if number_may_carry(allocation, product):
        return keep_number(standing, conversation, fact, allocation, last, product["volume"])
    return end_and_begin(standing, conversation, fact, allocation, last, product)


def product_wanted(allocation, said):
    now = {"category": allocation.category, "code": allocation.code, "volume": allocation.volume,
           "unit": allocation.unit, "frequency": allocation.frequency}
    return {name: said.get(name) or now[name] for name in now}


def number_may_carry(allocation, product):
    """Only an end, a total or a budget changes under the same number."""
    same = all(product[name] == getattr(allocation, name) for name in ("category", "code", "unit", "frequency"))
    is_total = allocation.unit == "EURO" or allocation.frequency == "IN_TOTAL"
    return same and (product["volume"] == allocation.volume or is_total)


def keep_number(standing, conversation, fact, allocation, last, volume):
    if volume == allocation.volume and last == allocation.period[1]:
        raise Refusal("NOTHING_CHANGES")
    if "first_day" in fact and days.read(fact["first_day"]) != allocation.period[0]:
        raise Refusal("CHANGE_OF_WHOLE_PERIOD")
    if volume != allocation.volume and allocation.funding == "PIC":
        raise Refusal("PIC_AMOUNT_IS_FIXED")
    if last > allocation.period[1]:
        return extend(standing, conversation, fact, allocation, last, volume)
    if volume > allocation.volume:
        check_more(standing, fact, allocation, volume)
    allocation.period = (allocation.period[0], last)
    allocation.volume = volume
    return changed("CHANGED_AS_ASKED", allocation)


def days_of_change(standing, fact):
    """The days that it names; what it leaves open begins tomorrow, or as it ends, and ends as it begins."""
    last = days.read(fact["last_day"]) if "last_day" in fact else None
    first = standing.today + 1 if last is None else min(standing.today + 1, last)
    if "first_day" in fact:
        first = days.read(fact["first_day"])
    return first, first if last is None else last


def check_more(standing, fact, allocation, volume):
    """More of the same total, over the same days: covered and funded as it was granted."""
    rule = standing.agreements.granting(allocation.referrer, allocation.segment, volume, allocation.unit,
                                        allocation.frequency, allocation.period[0])
    if rule is None or rule.by == "person":
        raise Refusal("PERSON_MUST_JUDGE")


def end_and_begin(standing, conversation, fact, allocation, last, product):
    if allocation.funding == "PIC":
        raise Refusal("PIC_AMOUNT_IS_FIXED")
    today = standing.today
    day = days.read(fact["first_day"]) if "first_day" in fact else max(today + 1, allocation.period[0])
    if allocation.period[0] <= today and day <= today:
        raise Refusal("CHANGE_IN_PAST")
    if not allocation.period[0] <= day <= min(allocation.period[1], last):
        raise Refusal("CHANGE_OUTSIDE_PERIOD")
    plan = plan_again(standing, conversation, fact, allocation, (day, last), [product])
    end_before(allocation, day)
    return changed("CHANGED_BY_NEW_NUMBER", *begin(standing, conversation, plan, allocation), verdict="converted")


def plan_again(standing, conversation, fact, allocation, period, products):
    """The same care over other days or in another volume, and who may grant it."""
    since = min([other.period[0] for other in conversation.of_client(allocation.client)
                 if other.trajectory == allocation.trajectory and not other.removed] + [allocation.period[0]])
    plan = Plan(standing, conversation, Asked(
        allocation.client, allocation.segment, allocation.pic, allocation.results, period, products,
        allocation.referrer, since, ages_of(standing, allocation.client, *days_of_change(standing, fact))))
    if plan.granting() == "binding":
        return plan
    if plan.comes_of_age:
        raise Refusal("COMES_OF_AGE")
    if plan.granting() == "person":
        raise Refusal("PERSON_MUST_JUDGE")
    return plan


def changed(reason, *allocations, verdict="changed"):
    return {"verdict": verdict, "reason": reason, "allocations": [each.in_words() for each in allocations]}


def extend(standing, conversation, fact, allocation, last, volume):
    # An amount for a PIC says nothing of products.
    products = [] if allocation.funding == "PIC" else [product_wanted(allocation, {"volume": volume})]
    plan = plan_again(standing, conversation, fact, allocation, (allocation.period[1] + 1, last), products)
    if len(plan.allocations) != 1 or plan.allocations[0][0].funding != allocation.funding:
        return changed("CHANGED_BY_NEW_NUMBER", *begin(standing, conversation, plan, allocation), verdict="converted")
    allocation.period = (allocation.period[0], last)
    allocation.volume = volume
    if allocation.funding == "PIC":
        allocation.volume = pic_amount(standing.agreements, conversation, allocation.segment, allocation.pic,
                                       allocation.period)
    return changed("CHANGED_AS_ASKED", allocation)


# conversion

def decide_conversion(standing, conversation, fact):
    """What a person can fill in waits for one, under the number and the day."""
    reference = f"omzetting~{fact['allocation']}~{fact['day']}"
    request = conversation.requests.get(reference)
    waits = request is not None and request.state == "referred"
    try:
        verdict = convert(standing, conversation, fact)
    except Refusal as refusal:
        verdict = {"verdict": "refused", "reason": refusal.reason}
        if refusal.reason in CAN_BE_FILLED_IN and waits:
            verdict["reason"] = "REQUEST_ALREADY_PENDING"
        elif refusal.reason in CAN_BE_FILLED_IN and request is None:
            client = conversation.allocations[fact["allocation"]].client
            conversation.requests[reference] = Request("referred", client, fact)
            verdict.update(verdict="referred", reference=reference)
    else:
        if waits:
            request.state = "granted"
    return verdict


def judge_conversion(standing, conversation, request, word):
    filled_in = {name: word[name] for name in ("pic", "results", "products") if word.get(name)}
    try:
        verdict = convert(standing, conversation, {**request.fact, **filled_in})
        request.state = "granted"
    except Refusal as refusal:
        request.state = "referred" if refusal.reason in CAN_BE_FILLED_IN else "refused"
        verdict = {"verdict": request.state, "reason": refusal.reason}
    return {**verdict, "reference": word["reference"]}


CAN_BE_FILLED_IN = {"PIC_MISSING", "RESULTS_MISSING", "PRODUCTS_MISSING", "VOLUME_MISSING"}


def convert(standing, conversation, fact):
    allocation, day = conversation.allocations.get(fact["allocation"]), days.read(fact["day"])
    if allocation is None or allocation.removed:
        raise Refusal("NOT_RUNNING")
    begun = allocation.period[0] <= standing.today
    if not begun:
        day = max(day, allocation.period[0])
    if day > allocation.period[1] or (begun and day <= allocation.period[0]):
        raise Refusal("DAY_NOT_INSIDE")
    if day <= standing.today and not fact.get("consent"):
        raise Refusal("CONSENT_MISSING")
    ending = [other for other in conversation.of_client(allocation.client) if moves_along(other, allocation, day)]
    last = last_without_break(allocation, ending)
    ending = [other for other in ending if other.period[0] <= last]
    if any(day <= other.period[0] <= standing.today for other in ending):
        raise Refusal("CARE_HAS_BEGUN")
    demanded = demands_otherwise(standing, conversation, allocation, day)
    cohort = cohort_of(standing, conversation, allocation, day) if demanded else "NEW"
    asked = Asked(allocation.client, allocation.segment, pic_of(fact) or allocation.pic,
                  fact.get("results") or allocation.results, (day, last),
                  fact.get("products") or products_of(ending), allocation.referrer, day,
                  ages_of(standing, allocation.client, day, day), cohort)
    rule = standing.agreements.funding(conversation.municipality, allocation.segment, cohort, day)
    plan = Plan(standing, conversation, asked)
    another_pic = allocation.funding == "PIC" and asked.pic != allocation.pic
    if not lacks_pic(rule, allocation) and not another_pic and all(planned.funding == allocation.funding
                                                                   for planned, _ in plan.allocations):
        raise Refusal("ALREADY_FUNDED_SO")
    same_help = allocation.content == plan.content and (plan.content == "NONE" or allocation.pic == asked.pic)
    for other in ending:
        end_before(other, day)
    begun = begin(standing, conversation, plan, allocation if same_help else None)
    if not demanded:
        conversation.moved[allocation.client] = day
    return changed("CONVERTED", *begun, verdict="converted")


def cohort_of(standing, conversation, allocation, day):
    """That of the grant while its rule holds; under another rule what that one makes of this care."""
    moved = conversation.moved.get(allocation.client)
    if moved is not None and moved <= day:
        return "NEW"
    rules = standing.agreements.cohorts
    if rules.held(None, day) is rules.held(None, allocation.period[0]):
        return allocation.cohort
    since = min(other.period[0] for other in conversation.of_client(allocation.client)
                if not other.removed and other.trajectory == allocation.trajectory)
    return standing.agreements.cohort([(since, day - 1)], day)[0]


def demands_otherwise(standing, conversation, allocation, day):
    """Whether the books want this care funded otherwise on the day, without anybody moving the client."""
    rule = standing.agreements.funding(conversation.municipality, allocation.segment,
                                          cohort_of(standing, conversation, allocation, day), day)
    return rule is not None and (rule.funding != allocation.funding or lacks_pic(rule, allocation))


def lacks_pic(rule, allocation):
    return rule is not None and rule.content == "PIC" and allocation.content != "PIC"


def products_of(ending):
    """Care that was paid by product goes on with its products; a total was for the days that are past, too."""
    found = {}
    for other in ending:
        if other.funding == "PXQ":
            product = found.setdefault(other.code, {"category": other.category, "code": other.code,
                                                    "volume": other.volume, "unit": other.unit,
                                                    "frequency": other.frequency})
            if other.frequency == "IN_TOTAL":
                product["volume"] = 0
    return list(found.values())


def last_without_break(allocation, ending):
    """What comes after days that are paid in the other way already stays as it is."""
    last = allocation.period[1]
    while further := [other.period[1] for other in ending if other.period[0] <= last + 1 and other.period[1] > last]:
        last = max(further)
    return last


def moves_along(other, named, day):
    if other.removed or other.funding != named.funding or other.period[1] < day:
        return False
    return other.trajectory == named.trajectory or (
        named.funding == "PXQ" and other.segment == named.segment and other.content == "NONE")


# notices

def decide_notice(standing, conversation, kind, fact):
    allocation = conversation.allocations.get(fact["allocation"])
    day = days.read(fact["day"])
    reason = remark_on_notice(allocation, kind, fact, day)
    if reason:
        return {"verdict": "misfit", "reason": reason}
    if kind == "start":
        allocation.started_on = day
        if allocation.start is None:
            allocation.start = day
        allocation.stop = allocation.stop_reason = None
    elif kind == "stop":
        allocation.started_on = None
        if fact["reason"] != "TEMPORARY":
            allocation.stop, allocation.stop_reason = day, fact["reason"]
    return {"verdict": "noted", "reason": ""}


def remark_on_notice(allocation, kind, fact, day):
    if allocation is None or allocation.removed:
        return "NO_SUCH_ALLOCATION"
    if allocation.client != fact["bsn"]:
        return "CLIENT_DIFFERS"
    if kind == "outcome":
        return "DAY_OUTSIDE_ALLOCATION" if day < allocation.period[0] else ""
    if kind == "start" and allocation.started_on is not None:
        return "ALREADY_STARTED"
    if kind == "stop" and allocation.started_on is None:
        return "NOT_STARTED"
    if kind == "stop" and day < allocation.started_on:
        return "STOPPED_BEFORE_START"
    if not allocation.period[0] <= day <= allocation.period[1]:
        return "DAY_OUTSIDE_ALLOCATION"
    return ""


# declared lines

def match(conversation, client, line, month):
    """The code and reason of what does not fit; empty when it fits."""
    allocation = conversation.allocations.get(line["allocation"])
    if allocation is None:
        return "9338", "LINE_WITHOUT_ALLOCATION"
    if allocation.client != client:
        return "8187", "CLIENT_DIFFERS"
    if line.get("credits"):
        return "", ""
    if allocation.removed:
        return "9384", "LINE_ON_REMOVED"
    if line["category"] != allocation.category:
        return "9339", "LINE_CATEGORY_DIFFERS"
    if line["code"] != allocation.code:
        return "9340", "LINE_PRODUCT_DIFFERS"
    if line["unit"] != allocation.unit and (allocation.unit, line["unit"]) != ("HOUR", "MINUTE"):
        return "9341", "LINE_UNIT_DIFFERS"
    return match_period(period_of(line["period"]), allocation.period, month)


def match_period(period, allocated, month):
    if not allocated[0] <= period[0] <= allocated[1]:
        return "9307", "LINE_BEGINS_OUTSIDE"
    if period[1] > allocated[1]:
        return "9308", "LINE_ENDS_OUTSIDE"
    full = days.meet(days.month(period[0]), allocated)
    if period[0] != full[0]:
        return "9387", "LINE_BEGINS_MIDMONTH"
    if period[1] != full[1]:
        return "9388", "LINE_ENDS_MIDMONTH"
    if period[1] > month[1]:
        return "9319", "LINE_AFTER_DECLARED_MONTH"
    return "", ""
