"""Referee: judges each message as the street should, by an implementation of its own.

It reads the same books, shares no code with the street, and is never shown what the street said.
"""
import json

import days
import granting
import rating
from agreements import Agreements
from people import passes_eleven_test
from standing import Person, Standing

FACTS = {"allocation_request", "change_request", "start", "stop", "declaration", "outcome", "new_day",
         "care_taken_over", "care_granted", "request_granted", "request_refused", "conversion", "payment_made",
         "payment_approved"}


class Referee:
    def __init__(self):
        self.agreements = Agreements()
        self.standing = Standing(self.agreements)

    @property
    def today(self):
        return self.standing.today

    def publish(self, folder):
        """A book that gives a PIC another amount gives it to those that were granted before, too."""
        before = self.amounts()
        self.agreements.add_book(folder)
        for allocation, cents in self.amounts().items():
            if before.get(allocation) is not None and cents is not None and cents != before[allocation]:
                allocation.volume = cents
        rating.correct_all(self.standing)

    def amounts(self):
        return {allocation: granting.pic_amount(self.agreements, conversation, allocation.segment, allocation.pic,
                                                allocation.period)
                for conversation in self.standing.conversations.values()
                for allocation in conversation.allocations.values()
                if allocation.funding == "PIC" and not allocation.removed}

    def allocation(self, municipality, provider, number):
        return self.standing.conversation(municipality, provider).allocations.get(number)

    # the door

    def judge(self, message):
        """The verdict on one line of the feed: a dict, or text that is no JSON."""
        if not isinstance(message, dict):
            return {"verdict": "refused_at_door", "reason": "NOT_JSON"}
        reason = self.door(message)
        if reason:
            return {"id": message.get("id", ""), "verdict": "refused_at_door", "reason": reason}
        kind = next(name for name in message if name in FACTS)
        content = json.dumps(message, sort_keys=True)
        if message["id"] in self.standing.sent:
            same = self.standing.sent[message["id"]] == hash(content)
            return {"id": message["id"], "verdict": "heard_before" if same else "refused_at_door",
                    "reason": "" if same else "ID_HAS_OTHER_CONTENT"}
        self.standing.sent[message["id"]] = hash(content)
        verdict = {"id": message["id"], "fact": kind}
        if "provider" in message:
            verdict.update(municipality=message["municipality"], provider=message["provider"])
        verdict.update(self.decide(message, kind, message[kind]))
        return verdict

    def door(self, message):
        kinds = [name for name in message if name not in ("id", "municipality", "provider")]
        for name in kinds:
            if name not in FACTS:
                return "FIELD_UNKNOWN"
        if len(kinds) != 1:
            return "FACT_MISSING" if not kinds else "FACTS_TWO"
        fact = message[kinds[0]]
        form = self.fault_of_form(kinds[0], fact)
        return form or self.fault_of_person(kinds[0], fact)

    def fault_of_form(self, kind, fact):
        """The faults of form that the region makes; the street knows more of them."""
        for name, value in fact.items():
            if name.startswith("x_"):
                return "FIELD_UNKNOWN"
            if (name == "day" or name.endswith("_day")) and isinstance(value, str):
                try:
                    days.read(value)
                except ValueError:
                    return "DAY_WRONG"
            if name == "day" and not isinstance(value, str):
                return "TYPE_WRONG"
            if name == "reason" and kind == "stop" and value == "ZOMAAR":
                return "VALUE_UNKNOWN"
        if kind in ("start", "stop", "outcome") and "day" not in fact:
            return "FIELD_MISSING"
        return None

    def fault_of_person(self, kind, fact):
        request = fact["request"] if kind == "care_granted" else fact
        if kind in ("allocation_request", "care_granted", "care_taken_over"):
            return self.fault_of_client(request)
        if kind in ("change_request", "start", "stop", "outcome"):
            if not passes_eleven_test(fact["bsn"]):
                return "BSN_WRONG"
            if fact["bsn"] not in self.standing.persons:
                return "CLIENT_UNKNOWN"
            if kind == "change_request" and days.days(granting.days_of_change(self.standing, fact)) == 0:
                return "PERIOD_EMPTY"
        return None

    def fault_of_client(self, request):
        client = request["client"]
        if not passes_eleven_test(client["bsn"]):
            return "BSN_WRONG"
        birth_day = days.read(client["birth_day"])
        person = self.standing.persons.get(client["bsn"])
        if person and person.birth_day != birth_day:
            return "BSN_HAS_OTHER_BIRTH_DAY"
        first, last = granting.period_of(request["period"])
        if last < first:
            return "PERIOD_EMPTY"
        if birth_day > first:
            return "BORN_AFTER_CARE"
        if "product" not in request and not request.get("products") and not request.get("pic"):
            return "CARE_NOT_SAID"
        return None

    def know(self, client):
        """A person comes into being by a take-over, a request or a grant, and by nothing else."""
        return self.standing.persons.setdefault(client["bsn"], Person(days.read(client["birth_day"])))

    # the street

    def decide(self, message, kind, fact):
        standing = self.standing
        if kind == "new_day":
            standing.today = days.read(fact["day"])
            return {"verdict": "day", "reason": ""}
        conversation = standing.conversation(message["municipality"], message["provider"])
        if kind == "care_taken_over":
            person = self.know(fact["client"])
            verdict = granting.decide_take_over(standing, conversation, fact)
            care = (message["municipality"], message["provider"], fact["allocation"])
            person.in_care(care, *granting.period_of(fact["period"]))
            for period in fact.get("care_periods", []):
                person.in_care(None, *granting.period_of(period))
            return verdict
        if kind == "allocation_request":
            self.know(fact["client"])
            return granting.decide_request(standing, conversation, fact)
        if kind == "care_granted":
            self.know(fact["request"]["client"])
            return granting.decide_request(standing, conversation, fact["request"], granted_by="operator")
        if kind == "change_request":
            return granting.decide_change(standing, conversation, fact)
        if kind in ("request_granted", "request_refused"):
            return granting.decide_word(standing, conversation, fact, kind == "request_granted")
        if kind == "conversion":
            return granting.decide_conversion(standing, conversation, fact)
        if kind in ("start", "stop", "outcome"):
            return self.notice(message, conversation, kind, fact)
        if kind == "declaration":
            return rating.decide_declaration(standing, conversation, fact)
        if kind == "payment_made":
            return {"verdict": "proposed", "reason": ""}
        return rating.decide_payment(conversation, fact)

    def notice(self, message, conversation, kind, fact):
        person, day = self.standing.persons[fact["bsn"]], days.read(fact["day"])
        care = (message["municipality"], message["provider"], fact["allocation"])
        if kind == "start":
            person.in_care(care, day)
        elif kind == "stop":
            person.care_ends(care, day)
        return granting.decide_notice(self.standing, conversation, kind, fact)
