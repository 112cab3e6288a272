"""Declaring: what providers send after each month, what they correct, and what they are paid.

Each conversation sends one declaration a month, on a day of its own. Most lines come at once, some
come late; some are credited afterwards and declared anew.
"""
from collections import defaultdict

import days
import mistakes
import rating
from granting import period_of

SHARE_LATE, SHARE_CREDITED, SHARE_LEFT_TO_REGION, SHARE_NOT_DECLARED = 0.07, 0.015, 0.08, 0.03
SHARE_MISTAKEN_LINES, SHARE_MISTAKEN_DECLARATIONS, SHARE_PAID = 0.045, 0.06, 0.4
SHARE_NOTHING_DUE, SHARE_BEFORE_START = 0.02, 0.3  # of the months of a trajectory in which no part falls due
LINES_MAX = 400
TRIES_MAX = 3


class Due:
    """A month of an allocation that is still to be declared."""
    __slots__ = ("care", "allocation", "month", "send_from", "tries")

    def __init__(self, care, allocation, month, send_from):
        self.care, self.allocation, self.month, self.send_from = care, allocation, month, send_from
        self.tries = 0


class Sent:
    """A line as it was sent, with what it was for."""
    __slots__ = ("client", "line", "due", "mistake")

    def __init__(self, client, line, due=None, mistake=None):
        self.client, self.line, self.due, self.mistake = client, line, due, mistake


class Declaring:
    def __init__(self, region, stream, payments):
        self.region, self.stream, self.payments = region, stream, payments
        self.cares = defaultdict(list)     # conversation: cares that are given
        self.due = defaultdict(list)       # conversation: Due
        self.to_credit = defaultdict(list) # conversation: (month to send from, Sent)
        self.approved = defaultdict(list)  # conversation: the newest approved debets, to make mistakes with
        self.rejected = defaultdict(list)
        self.numbers = 0
        self.lines = 0
        self.by_year = defaultdict(lambda: {"lines": 0, "approved_cents": 0})

    def add(self, care):
        if care not in self.cares[care.conversation]:
            self.cares[care.conversation].append(care)

    def begin_month(self, first):
        """What was given in the month that ended becomes due."""
        month = days.month(first - 1)
        for conversation in sorted(self.cares):
            for care in self.cares[conversation]:
                self.month_of_care(care, month)
            self.cares[conversation] = [care for care in self.cares[conversation]
                                        if not (care.ended and care.stopped_on and care.stopped_on < month[0])]
            if self.due[conversation] or self.to_credit[conversation]:
                day = first + sum(map(int, conversation[0] + conversation[1])) % 19 + 2
                self.region.at(day, self.declare, conversation, month)

    def month_of_care(self, care, month):
        if care.stopped_on is not None and care.stopped_on < month[0]:
            return
        if not care.started and (care.ended or not any(each.funding == "PIC" for each in care.allocations)
                                 or self.stream.random() >= SHARE_BEFORE_START):
            return
        for allocation in care.allocations:
            if allocation.removed or days.days(days.meet(month, allocation.period)) == 0:
                continue
            if self.stream.random() < SHARE_NOT_DECLARED:
                continue
            late = self.stream.randint(1, 5) if self.stream.random() < SHARE_LATE else 0
            send_from = month
            for _ in range(late):
                send_from = days.next_month(send_from[0])
            self.due[care.conversation].append(Due(care, allocation, month, send_from[0]))

    # one declaration

    def declare(self, conversation, month):
        sent = self.credits_of(conversation, month)
        credited = {each.line["credits"] for each in sent}
        waiting = []
        for due in self.due[conversation]:
            line = None
            if due.send_from <= month[0] and len(sent) < LINES_MAX:
                line = self.line_for(conversation, due)
            if due.send_from > month[0]:
                waiting.append(due)
            elif line is not None:
                sent.append(self.maybe_mistaken(conversation, due, line, month))
            elif len(sent) >= LINES_MAX:
                waiting.append(due)
        self.due[conversation] = waiting
        sent += mistakes.credits(self, conversation, credited)
        if sent:
            self.send(conversation, month, sent)

    def maybe_mistaken(self, conversation, due, line, month):
        if self.stream.random() < SHARE_MISTAKEN_LINES:
            return mistakes.line(self, conversation, due, line, month)
        return Sent(due.care.person.bsn, line, due)

    def new_reference(self):
        self.lines += 1
        return f"L{self.lines}"

    def line_for(self, conversation, due):
        """The line for a month as the allocation stands now; None when there is nothing to declare."""
        allocation = due.allocation
        period = days.meet(due.month, allocation.period)
        if allocation.removed or days.days(period) == 0:
            return None
        line = {"reference": self.new_reference(), "allocation": allocation.number, "category": allocation.category,
                "code": allocation.code, "period": self.region.period(*period)}
        rate = self.trajectory_line if allocation.funding == "PIC" else self.product_line
        return line if rate(conversation, allocation, period, line) else None

    def trajectory_line(self, conversation, allocation, period, line):
        """What falls due of a trajectory, if anything."""
        standing = self.region.referee.standing.conversation(*conversation)
        agreements = self.region.agreements
        terms = agreements.payment_terms(allocation.segment, allocation.pic, conversation[1], allocation.period[0])
        tariff = terms and agreements.pic_tariff(allocation.segment, allocation.pic, *conversation,
                                                 rating.price_day(allocation, terms, period))
        if tariff is None or rating.resumed(standing, allocation, terms):
            return False
        parts = rating.months_part if terms.shape == "monthly" else rating.two_parts
        reason, ways = parts(allocation, terms, tariff.cents, period)
        if not ways and (reason == "CARE_NOT_STARTED" or self.stream.random() < SHARE_NOTHING_DUE):
            ways = [(tariff.cents // 10, None)]
        if not ways:
            return False
        line.update(volume=ways[0][0], unit="EURO", amount={"cents": ways[0][0]})
        return True

    def product_line(self, conversation, allocation, period, line):
        limit = min(rating.limit(allocation, period), rating.limit_in_all(allocation) - allocation.approved_volume)
        if allocation.frequency == "IN_TOTAL":
            limit = min(limit, allocation.volume * (60 if allocation.unit == "HOUR" else 1) * 0.15)
        unit, counted = allocation.unit, int(limit * self.stream.uniform(0.5, 1.0))
        if unit == "HOUR":
            if self.stream.random() < 0.5:
                unit = "MINUTE"
                counted -= counted % 5
            else:
                counted //= 60
        if counted < 1:
            return False
        line.update(volume=counted, unit=unit)
        self.price(conversation, line)
        return True

    def price(self, conversation, line):
        """What the provider thinks that it costs, unless it leaves that to the region."""
        line.pop("tariff", None)
        line.pop("amount", None)
        price = rating.price_pxq(self.region.agreements, self.region.referee.standing.conversation(*conversation),
                                 line["code"], line["unit"], line["volume"], period_of(line["period"])[0])
        if price and self.stream.random() >= SHARE_LEFT_TO_REGION:
            line["tariff"], line["amount"] = {"cents": price[0]}, {"cents": price[1]}

    def credit_of(self, sent):
        line = dict(sent.line, reference=self.new_reference(), credits=sent.line["reference"])
        return Sent(sent.client, line)

    def credits_of(self, conversation, month):
        now, later = [], []
        for send_from, sent in self.to_credit[conversation]:
            if send_from <= month[0]:
                now.append(self.credit_of(sent))
                again = Due(sent.due.care, sent.due.allocation, sent.due.month, days.next_month(month[0])[0])
                self.due[conversation].append(again)
            else:
                later.append((send_from, sent))
        self.to_credit[conversation] = later
        return now

    def body_of(self, month, sent):
        self.numbers += 1
        clients = {}
        for each in sent:
            clients.setdefault(each.client, []).append(each.line)
        body = {"number": f"D{self.numbers}", "month_day": days.write(month[0]),
                "clients": [{"bsn": bsn, "lines": lines} for bsn, lines in clients.items()]}
        if all("amount" in each.line for each in sent):
            body["total"] = {"cents": sum(self.signed(each.line) for each in sent)}
            if body["total"]["cents"] < 0:
                del body["total"]
        return body

    @staticmethod
    def signed(line):
        return -line["amount"]["cents"] if "credits" in line else line["amount"]["cents"]

    def send(self, conversation, month, sent):
        body = self.body_of(month, sent)
        if self.stream.random() < SHARE_MISTAKEN_DECLARATIONS:
            # Nothing is judged, and it counts as never sent: the same numbers come again, rightly.
            mistakes.declaration(self, conversation, body, sent)
        verdict = self.region.feed.send("declaration", body, conversation)
        self.hear(conversation, month, sent, verdict)
        if verdict["approved_cents"] > 0 and self.payments.random() < SHARE_PAID:
            self.region.at(self.region.today + self.payments.randint(14, 35), self.pay, conversation, body["number"],
                           verdict["approved_cents"], speaker=0)

    def hear(self, conversation, month, sent, verdict):
        by_reference = {each["reference"]: each for each in verdict["lines"]}
        self.by_year[days.year(month[0])]["lines"] += len(sent)
        self.by_year[days.year(month[0])]["approved_cents"] += verdict["approved_cents"]
        for each in sent:
            answer = by_reference.get(each.line["reference"])
            if each.due is None or answer is None:
                continue
            if answer["approved"]:
                self.hear_approved(conversation, month, each)
            else:
                self.rejected[conversation] = (self.rejected[conversation] + [each])[-30:]
                self.try_again(conversation, month, each.due)

    def hear_approved(self, conversation, month, sent):
        self.approved[conversation] = (self.approved[conversation] + [sent])[-60:]
        if self.stream.random() < SHARE_CREDITED and sent.due.tries == 0:
            self.to_credit[conversation].append((days.next_month(month[0])[0], sent))

    def try_again(self, conversation, month, due):
        due.tries += 1
        if due.tries < TRIES_MAX:
            due.send_from = days.next_month(month[0])[0]
            self.due[conversation].append(due)

    def pay(self, conversation, number, cents):
        body = {"declaration": number, "amount": {"cents": cents}, "day": days.write(self.region.today)}
        self.propose(conversation, body)
        mistakes.payment(self, conversation, body)

    def propose(self, conversation, body):
        """Another operator approves what was proposed in the course of the day."""
        proposed = self.region.feed.send("payment_made", body, conversation)
        self.region.at(self.region.today, self.region.feed.send, "payment_approved",
                       {"payment": f"inkoop:{proposed['id']}", **body}, conversation, speaker=0)
