"""Region: a synthetic Haaglanden, in which care is asked for, begins, is declared and ends.

Day after day. What is asked, who gives it and how long it lasts is drawn from the tables; what the
street answers is the referee's to say, and the region acts upon that: a refused request is asked
again, a rejected line declared again, care that outlives its allocation extended.
"""
import heapq
from collections import defaultdict

import days
import mistakes
import tables
from chance import Turns, chance, count_of, weighted
from declaring import Declaring
from granting import pic_amount
from people import People
from stories import Stories

# What a kind of care is counted in; what it has not in one segment it has in the other.
UNITS_OF_KIND = {
    "LOCAL_TEAM": "HOUR", "AMBULANT": "HOUR", "AT_HOME": "HOUR", "DAY_CARE": "DAY_PART",
    "FOSTER": "DAY", "FAMILY_HOME": "DAY", "CLOSED": "DAY", "OTHER_STAY": "DAY",
}
HIGHLY_SPECIALIST = {"LOCAL_TEAM": 0.0, "AMBULANT": 0.12, "AT_HOME": 0.15, "DAY_CARE": 0.2, "FOSTER": 0.0,
                     "FAMILY_HOME": 1.0, "CLOSED": 1.0, "OTHER_STAY": 0.6}

# Volume: frequency, from, to and how often.
VOLUMES = {
    "HOUR": [("PER_WEEK", 1, 6, 60), ("PER_MONTH", 4, 24, 20), ("IN_TOTAL", 20, 180, 18), ("PER_WEEK", 7, 14, 2)],
    "DAY_PART": [("PER_WEEK", 1, 6, 85), ("IN_TOTAL", 20, 160, 10), ("PER_WEEK", 7, 9, 5)],
    "DAY": [("PER_WEEK", 1, 7, 60), ("PER_MONTH", 2, 31, 30), ("PER_DAY", 1, 1, 10)],
    "PIECE": [("PER_WEEK", 1, 5, 90), ("PER_MONTH", 4, 20, 10)],
}

STOPS_EARLY = [("EARLY_BY_CLIENT", 40), ("EARLY_IN_AGREEMENT", 30), ("EARLY_BY_PROVIDER", 10),
               ("EARLY_BY_CIRCUMSTANCE", 12), ("OTHER_PROVIDER", 8)]
RESULTS = ["Veilig thuis wonen", "Naar school gaan", "Omgaan met emoties", "Zelfstandig reizen", "Vrienden maken",
           "Dagritme houden", "Ouders kunnen verder zonder hulp"]
OPERATOR, PROVIDER = 0, 1
GATEWAY_SENDS = (2, 5)  # what providers say goes out on Tuesdays and Fridays

SHARE_EARLY, SHARE_RETURNING, SHARE_SECOND_PRODUCT = 0.25, 0.08, 0.35
SHARE_MISTAKEN_REQUESTS, SHARE_MISTAKEN_NOTICES, SHARE_OTHER_VOLUME = 0.25, 0.06, 0.06
SHARE_INTERRUPTED = 0.05
SHARE_COMING_OF_AGE = 0.1  # of those who turn eighteen while they need care
SHARE_MISTAKEN_CHANGES, SHARE_STARTS_SAID_LATE = 0.15, 0.06
SHARE_MOVED_A_MONTH = 0.07  # of the existing clients whose funding moves by hand


class Care:
    """One client's help by one provider: as it is meant, as it is allocated, as it is given."""

    def __init__(self, person, conversation, segment, kind, referrer, first, last):
        self.person, self.conversation = person, conversation
        self.segment, self.kind, self.referrer = segment, kind, referrer
        self.first, self.wanted_last = first, last  # as the client needs it
        self.stop_reason = "AS_PLANNED"
        self.products = []
        self.pic, self.results = None, []
        self.allocations = []   # those of the referee, all that it ever had
        self.reference = None
        self.started = self.ended = False
        self.stopped_on = None

    def running_on(self, day):
        return [allocation for allocation in self.allocations
                if not allocation.removed and allocation.period[0] <= day <= allocation.period[1]]

    @property
    def last_allocated(self):
        return max((each.period[1] for each in self.allocations if not each.removed), default=None)


class Region:
    def __init__(self, feed, referee, scale, seed, first, last):
        self.feed, self.referee, self.scale = feed, referee, scale
        self.agreements = referee.agreements
        self.first, self.last = first, last
        self.today = None
        self.streams = {name: chance(seed, name) for name in
                        ("people", "care", "requests", "notices", "operator", "declaring", "mistakes", "payments")}
        self.people = People(chance(seed, "numbers"))
        self.turns = Turns()
        self.plans = []          # heap of (day, who speaks, number, what to do)
        self.speaker = OPERATOR
        self.planned = 0
        self.cares = []
        self.active = []         # cares that may still be extended or moved
        self.references = 0
        self.old_numbers = 100_000
        self.declaring = Declaring(self, self.streams["declaring"], self.streams["payments"])
        self.stories = Stories(self)
        self.weights = self.weights_of_providers()

    # the world

    def weights_of_providers(self):
        """The largest twelve share their part by rank, the others the rest evenly."""
        providers = sorted(self.agreements.providers)
        large, small = providers[:tables.LARGEST], providers[tables.LARGEST:]
        ranks = [1 / (rank + 2) for rank in range(len(large))]
        weights = {agb: tables.SHARE_OF_LARGEST * rank / sum(ranks) for agb, rank in zip(large, ranks)}
        weights.update({agb: (1 - tables.SHARE_OF_LARGEST) / len(small) for agb in small})
        return weights

    def at(self, day, action, *arguments, speaker=1):
        """Plans something that a provider says, on a day that the gateway sends, or an operator, who speaks before."""
        day = max(day, self.today or day)
        if speaker < self.speaker and day == self.today:
            day += 1
        while speaker == PROVIDER and days.weekday(day) not in GATEWAY_SENDS:
            day += 1
        self.planned += 1
        heapq.heappush(self.plans, (day, speaker, self.planned, action, arguments))

    def run(self, publications):
        """publications: (day, folder), in order."""
        self.open(publications)
        self.take_over()
        for day in range(self.first, self.last + 1):
            self.begin_day(day, publications)
            self.start_care(day)
            if day == days.month(day)[0]:
                self.declaring.begin_month(day)
                self.move_existing(day)
            self.do_what_was_planned(day)
        self.stories.end()

    def open(self, publications):
        self.today = self.first - 1
        self.feed.open(self.today)
        self.publish(publications)
        self.weights = self.weights_of_providers()

    def begin_day(self, day, publications):
        self.today = day
        if day == days.month(day)[0]:
            self.feed.quiet()
            self.stories.month_ended(day - 1)
        self.feed.send("new_day", {"day": days.write(day)})
        self.publish(publications)

    def publish(self, publications):
        while publications and publications[0][0] <= self.today:
            folder = publications.pop(0)[1]
            self.feed.publish(folder)
            self.stories.published(folder)

    def do_what_was_planned(self, day):
        while self.plans and self.plans[0][0] <= day:
            _, self.speaker, _, action, arguments = heapq.heappop(self.plans)
            action(*arguments)
        self.speaker = OPERATOR

    def new_reference(self):
        self.references += 1
        return f"R{self.references}"

    def clients_of(self, year):
        """Persons who were given care in a year."""
        first, last = days.read(f"{year}-01-01"), days.read(f"{year}-12-31")
        return len({care.person.bsn for care in self.cares if care.started and any(
            not each.removed and days.days(days.meet((first, min(last, care.stopped_on or last)), each.period))
            for each in care.allocations)})

    # who needs what

    def new_care(self, first, days_ahead_known, stream):
        """Somebody needs care from a day on; None when nobody is left to need it."""
        municipality = weighted(stream, tables.MUNICIPALITIES)[0]
        kind = weighted(stream, tables.KINDS)[0]
        referrer = weighted(stream, tables.REFERRERS)[0]
        shortest, longest, _ = weighted(stream, tables.DURATIONS)
        last = first + stream.randint(shortest, longest)
        person = self.person_for(municipality, first, stream)
        if person is None:
            return None
        municipality = person.municipality
        if stream.random() >= SHARE_COMING_OF_AGE:
            last = min(last, days.years_later(person.birth_day, 18) - 1)
        segment = "HIGHLY_SPECIALIST" if stream.random() < HIGHLY_SPECIALIST[kind] else "SPECIALIST"
        provider = self.provider_for(municipality, segment, first, stream)
        if provider is None or last < first + 7:
            return None
        care = Care(person, (municipality, provider), segment, kind, referrer, first, last)
        care.products = self.products_for(care, stream)
        if stream.random() < SHARE_EARLY:
            care.stop_reason = weighted(stream, STOPS_EARLY)[0]
        person.cares.append(care)
        self.cares.append(care)
        return care

    def person_for(self, municipality, day, stream):
        returning = [person for person in stream.sample(self.people.persons, min(20, len(self.people.persons)))
                     if days.years_later(person.birth_day, 17) > day]
        person = None
        if not returning or stream.random() >= SHARE_RETURNING:
            birth_day = day - stream.randint(4 * 365, 17 * 365) if stream.random() < 0.9 else day - stream.randint(60, 1400)
            person = self.people.new(municipality, birth_day)
        if person is None and returning:
            person = stream.choice(returning)
            self.people.shared += len(self.people.persons) == self.people.capacity
        return person

    def provider_for(self, municipality, segment, day, stream):
        rows = [(agb, weight) for agb, weight in self.weights.items()
                if self.agreements.contract(agb, segment, municipality, day)]
        return weighted(stream, rows)[0] if rows else None

    def products_for(self, care, stream):
        held = [entries[0].what for entries in self.agreements.products.entries.values()]
        of_segment = [product for product in held if product.segment == care.segment and not product.pic]
        fitting = [product for product in of_segment if product.units[0] == UNITS_OF_KIND[care.kind]] or of_segment
        chosen = [stream.choice(sorted(fitting, key=lambda product: product.code))]
        if stream.random() < SHARE_SECOND_PRODUCT:
            others = [product for product in of_segment if product.code != chosen[0].code]
            chosen.append(stream.choice(sorted(others, key=lambda product: product.code)))
        return [self.volume_of(product, stream) for product in chosen]

    def volume_of(self, product, stream):
        unit = product.units[0]
        frequency, least, most, _ = weighted(stream, VOLUMES[unit])
        return {"category": product.category, "code": product.code, "volume": stream.randint(least, most),
                "unit": unit, "frequency": frequency}

    def pic_for(self, care, day, stream):
        """A PIC that is in the contract and has a price."""
        contract = self.agreements.contract(care.conversation[1], care.segment, care.conversation[0], day)
        pics = [pic for segment, pic in self.agreements.pic_products.entries if segment == care.segment]
        conversation = self.referee.standing.conversation(*care.conversation)
        fitting = [pic for pic in sorted(pics) if contract and contract.covers_pic(pic)
                   and pic_amount(self.agreements, conversation, care.segment, pic, (day, day))]
        lasting = [pic for pic in fitting if pic[1].startswith("DUURZAAM")]
        if care.wanted_last - care.first > 400 and lasting:
            return stream.choice(lasting)
        return stream.choice([pic for pic in fitting if pic not in lasting] or fitting) if fitting else None

    def covered_until(self, care, first, cohort="NEW"):
        """The last day on which contract and funding are known without a gap."""
        last = first - 1
        for period, contract, rule in self.agreements.pieces(
                care.conversation[1], care.conversation[0], care.segment, cohort, (first, care.wanted_last)):
            if not contract or not rule:
                break
            last = period[1]
        return last

    # care that runs already

    def take_over(self):
        stream = self.streams["people"]
        for _ in range(round(tables.RUNNING_AT_THE_BEGINNING * self.scale)):
            # Who is in care on a day is there for long: the length of a care counts for its days.
            while True:
                shortest, longest, _ = weighted(stream, [row[:2] + (row[2] * (row[0] + row[1]),) for row in tables.DURATIONS])
                length = stream.randint(shortest, longest)
                first = self.first - stream.randint(1, length)
                if first >= days.read("2015-01-01"):
                    break
            care = self.new_care(max(first, days.read("2015-01-01")), 0, stream)
            if care is None:
                continue
            care.wanted_last = max(care.first + length, self.first + 30)
            care.wanted_last = min(care.wanted_last, days.years_later(care.person.birth_day, 18) - 1)
            if care.wanted_last < self.first + 14:
                continue
            self.at(self.first + stream.randint(0, 4), self.say_taken_over, care, speaker=OPERATOR)

    def say_taken_over(self, care):
        last = self.covered_until(care, care.first)
        if last < self.today:
            return
        for product in care.products:
            self.old_numbers += 1
            number = str(self.old_numbers)
            body = {
                "client": self.client(care), "allocation": number, "segment": care.segment,
                "period": self.period(care.first, min(last, care.wanted_last)), "product": product,
                "referrer": care.referrer,
            }
            if self.streams["people"].random() < 0.1:
                earlier = care.first - self.streams["people"].randint(200, 500)
                body["care_periods"] = [self.period(earlier, earlier + 90)]
            self.feed.send("care_taken_over", body, care.conversation)
            allocation = self.referee.allocation(*care.conversation, number)
            if allocation:
                care.allocations.append(allocation)
        care.started = True
        self.granted(care)
        mistakes.take_over(self, care, body)

    # requests

    def start_care(self, day):
        if days.weekday(day) > 5:
            return
        stream = self.streams["care"]
        for _ in range(count_of(stream, tables.STARTS_A_YEAR * self.scale / 261)):
            care = self.new_care(day + stream.randint(2, 21), 0, stream)
            if care and care.referrer == "MUNICIPALITY" and stream.random() < 0.8:
                self.at(day, self.grant_unasked, care, speaker=OPERATOR)
            elif care:
                self.at(day, self.ask, care)

    def client(self, care):
        return {"bsn": care.person.bsn, "name": care.person.name, "birth_day": days.write(care.person.birth_day)}

    def period(self, first, last):
        return {"first_day": days.write(first), "last_day": days.write(last)}

    def request_for(self, care, first=None):
        first = first or care.first
        last = self.covered_until(care, first)
        if last < first:
            return None
        request = {
            "reference": self.new_reference(), "client": self.client(care), "referrer": care.referrer,
            "segment": care.segment, "period": self.period(first, min(last, care.wanted_last)),
            "products": care.products,
        }
        if care.referrer == "MUNICIPALITY":
            request["decision"] = f"B{self.references}"
        rule = self.agreements.funding(care.conversation[0], care.segment, "NEW", first)
        if rule and rule.content == "PIC":
            stream = self.streams["requests"]
            care.pic = care.pic or self.pic_for(care, first, stream)
            care.results = care.results or stream.sample(RESULTS, stream.randint(1, 3))
            if care.pic:
                request["pic"] = {"profile": care.pic[0], "intensity": care.pic[1]}
                request["results"] = care.results
        return request

    def grant_unasked(self, care):
        """The municipality's own team finds that care is needed."""
        request = self.request_for(care)
        if request is not None:
            self.answer_to(care, request, self.feed.send("care_granted", {"request": request}, care.conversation))

    def ask(self, care):
        request = self.request_for(care)
        if request is None:
            return
        stream = self.streams["requests"]
        if stream.random() < SHARE_MISTAKEN_REQUESTS:
            mistakes.request(self, care, request)
            self.at(self.today + stream.randint(1, 9), self.ask_rightly, care)
            return
        self.answer_to(care, request, self.feed.send("allocation_request", request, care.conversation))

    def ask_rightly(self, care):
        if care.allocations or care.ended:
            return
        care.first = max(care.first, self.today)
        request = self.request_for(care)
        if request is not None:
            self.answer_to(care, request, self.feed.send("allocation_request", request, care.conversation))

    def answer_to(self, care, request, verdict):
        care.reference = request["reference"]
        stream = self.streams["operator"]
        if verdict["verdict"] == "granted":
            self.take(care, verdict)
            self.granted(care)
            self.stories.granted(care, verdict)
        elif verdict["verdict"] == "referred":
            self.at(self.today + stream.randint(2, 30), self.speak, care, request, speaker=OPERATOR)

    def take(self, care, verdict):
        for each in verdict.get("allocations", []):
            allocation = self.referee.allocation(*care.conversation, each["number"])
            if allocation not in care.allocations:
                care.allocations.append(allocation)

    def speak(self, care, request):
        """An operator judges what waits."""
        stream = self.streams["operator"]
        if stream.random() < 0.15:
            self.feed.send("request_refused", {"reference": request["reference"], "reason": "Er is lichtere hulp mogelijk"},
                           care.conversation)
        else:
            verdict = self.feed.send("request_granted", {"reference": request["reference"], "reason": "Nodig en passend"},
                                     care.conversation)
            if verdict["verdict"] == "granted":
                self.take(care, verdict)
                self.granted(care)
        mistakes.word(self, care, request)

    # care that is given

    def granted(self, care):
        stream = self.streams["notices"]
        if not care.allocations:
            return
        if care not in self.active:
            self.active.append(care)
        self.declaring.add(care)
        if care.stopped_on is not None:
            self.at(self.today + 1, self.say_start_of_new, care)
            self.plan_extension(care)
            return
        if care.started:
            self.plan_end(care)
            return
        first = min(each.period[0] for each in care.allocations)
        if stream.random() < 0.02 and first > self.today + 2 and care.reference:
            self.at(self.today + 1, self.withdraw, care)
            return
        began = first + stream.randint(0, 5)
        said = max(began, self.today) + stream.randint(0, 9)
        if stream.random() < SHARE_STARTS_SAID_LATE:
            said += 40
        self.at(said, self.say_start, care, began)

    def withdraw(self, care):
        """The client does not come: what has not begun is given back."""
        for allocation in list(care.allocations):
            if self.today < allocation.period[0] - 1:
                self.feed.send("change_request", {
                    "reference": self.new_reference(), "bsn": care.person.bsn, "allocation": allocation.number,
                    "last_day": days.write(allocation.period[0] - 1)}, care.conversation)
        care.ended = True

    def say_start(self, care, began):
        if care.ended:
            return
        stream = self.streams["notices"]
        for allocation in care.allocations:
            if allocation.started_on is None and not allocation.removed:
                day = min(max(began, allocation.period[0]), allocation.period[1])
                if day <= self.today + 14:
                    self.notice("start", care, allocation, {"day": days.write(day)})
        care.started = True
        if stream.random() < SHARE_MISTAKEN_NOTICES:
            mistakes.notice(self, care)
        self.plan_end(care)

    def notice(self, kind, care, allocation, body):
        return self.feed.send(kind, {"bsn": care.person.bsn, "allocation": allocation.number, **body}, care.conversation)

    def plan_end(self, care):
        stream = self.streams["notices"]
        last = care.wanted_last
        if care.stop_reason != "AS_PLANNED":
            last = care.first + max(3, round((care.wanted_last - care.first) * stream.uniform(0.2, 0.9)))
        care.stopped_on = max(last, self.today)
        self.at(care.stopped_on + stream.randint(0, 12), self.say_stop, care)
        self.plan_extension(care)

        if stream.random() < SHARE_INTERRUPTED:
            self.at(self.today + stream.randint(20, 60), self.interrupt, care)
        if stream.random() < SHARE_OTHER_VOLUME:
            self.at(self.today + stream.randint(20, 90), self.ask_other_volume, care)

    def ask_other_volume(self, care):
        """More or less of the same, from a day to come."""
        running = [each for each in care.running_on(self.today) if each.funding == "PXQ"]
        if care.ended or not running:
            return
        product = {name: getattr(running[0], name) for name in ("category", "code", "volume", "unit", "frequency")}
        product["volume"] = max(1, product["volume"] + self.streams["requests"].choice([-1, 1, 2]))
        body = {"reference": self.new_reference(), "bsn": care.person.bsn, "allocation": running[0].number,
                "product": product}
        if product["frequency"] != "IN_TOTAL":
            body["first_day"] = days.write(min(self.today + 7, running[0].period[1]))
        verdict = self.feed.send("change_request", body, care.conversation)
        if verdict["verdict"] == "referred":
            self.at(self.today + 3, self.speak_of_change, care, verdict["reference"], speaker=OPERATOR)
        self.take(care, verdict)
        self.at(self.today + 8, self.say_start_of_new, care)

    def plan_extension(self, care):
        if care.last_allocated < care.wanted_last:
            self.at(max(self.today + 5, care.last_allocated - 20), self.extend, care)

    def interrupt(self, care):
        """Care stops for a while, and goes on."""
        running = [each for each in care.running_on(self.today) if each.started_on is not None]
        if care.ended or not running:
            return
        stream = self.streams["notices"]
        self.notice("stop", care, running[0], {"day": days.write(self.today), "reason": "TEMPORARY"})
        self.at(self.today + stream.randint(7, 40), self.resume, care, running[0])

    def resume(self, care, allocation):
        if not care.ended and allocation.started_on is None and allocation in care.running_on(self.today):
            self.notice("start", care, allocation, {"day": days.write(self.today)})

    def say_stop(self, care):
        if care.ended:
            return
        care.ended = True
        stream = self.streams["notices"]
        for allocation in care.allocations:
            if allocation.started_on is None or allocation.removed:
                continue
            day = min(max(care.stopped_on, allocation.started_on), allocation.period[1])
            self.notice("stop", care, allocation, {"day": days.write(day), "reason": care.stop_reason})
        named = [each for each in care.allocations if not each.removed]
        if named and stream.random() < 0.8:
            outcome = {"dropped_out": "NO" if care.stop_reason == "AS_PLANNED" else "YES",
                       "satisfaction": stream.randint(3, 10)}
            if stream.random() < 0.92:
                outcome["goal_reached"] = "YES" if stream.random() < 0.72 else "NO"
            self.notice("outcome", care, named[-1], {"day": days.write(max(self.today, named[-1].period[0])),
                                                     "outcome": outcome})
        if stream.random() < SHARE_MISTAKEN_NOTICES * 2:
            mistakes.notice(self, care)

    def extend(self, care):
        """Care that outlives its allocation goes on under the same number, once a contract covers it."""
        if care.ended or self.today > care.last_allocated:
            return
        stream = self.streams["requests"]
        last = min(self.covered_until(care, care.last_allocated + 1), care.wanted_last)
        if last <= care.last_allocated:
            self.at(self.today + 5, self.extend, care)
            return
        if stream.random() < SHARE_MISTAKEN_CHANGES:
            mistakes.change(self, care)
        if self.funding_changes(care):
            self.at(self.today + 1, self.ask_again, care, care.last_allocated + 1)
            return
        for allocation in care.running_on(care.last_allocated):
            verdict = self.feed.send("change_request", {
                "reference": self.new_reference(), "bsn": care.person.bsn, "allocation": allocation.number,
                "last_day": days.write(last)}, care.conversation)
            if verdict["verdict"] == "referred":
                self.at(self.today + 3, self.speak_of_change, care, verdict["reference"], speaker=OPERATOR)
                return
            self.take(care, verdict)
        self.at(self.today + stream.randint(1, 20), self.say_start_of_new, care)
        self.plan_extension(care)

    def funding_changes(self, care):
        """Whether care that is paid as a PIC would go on by product: that takes another request."""
        day = care.last_allocated + 1
        rule = self.agreements.funding(care.conversation[0], care.segment, "NEW", day)
        return rule.funding == "PXQ" and any(each.funding == "PIC" for each in care.running_on(day - 1))

    def ask_again(self, care, first):
        request = self.request_for(care, first)
        if request is not None and not care.ended:
            self.answer_to(care, request, self.feed.send("allocation_request", request, care.conversation))

    def speak_of_change(self, care, reference):
        self.feed.send("request_refused", {"reference": reference, "reason": "Vraag opnieuw zorg aan"}, care.conversation)

    def say_start_of_new(self, care):
        """Numbers that follow others start as well, once they run."""
        if care.ended:
            return
        waiting = [each for each in care.allocations if each.started_on is None and not each.removed]
        for allocation in waiting:
            if allocation.period[0] <= self.today <= allocation.period[1]:
                self.notice("start", care, allocation, {"day": days.write(allocation.period[0])})
            elif allocation.period[0] > self.today:
                self.at(allocation.period[0], self.say_start_of_new, care)

    # from one funding to another

    def move_existing(self, day):
        """Each month some of the clients whose funding moves by hand are moved, from a first of the month on."""
        stream = self.streams["operator"]
        self.active = [care for care in self.active if not care.ended]
        for care in self.active:
            rule = self.agreements.funding(care.conversation[0], care.segment, "EXISTING", day)
            if rule is None or rule.running != "by_hand" or care.pic or stream.random() >= SHARE_MOVED_A_MONTH:
                continue
            running = [each for each in care.running_on(day + 70) if each.funding == "PXQ" and each.content == "NONE"]
            if running:
                self.at(day + stream.randint(2, 20), self.convert, care, running[0], speaker=OPERATOR)

    def convert(self, care, allocation):
        stream = self.streams["operator"]
        first = days.next_month(days.next_month(self.today)[0])[0]
        pic = self.pic_for(care, first, stream)
        if care.ended or allocation.removed or pic is None or not allocation.period[0] < first <= allocation.period[1]:
            return
        results = stream.sample(RESULTS, 2)
        body = {"allocation": allocation.number, "day": days.write(first), "results": results,
                "pic": {"profile": pic[0], "intensity": pic[1]}}
        if stream.random() < 0.15:
            mistakes.conversion(self, care, allocation, body)
        verdict = self.feed.send("conversion", body, care.conversation)
        if verdict["verdict"] == "converted":
            care.pic, care.results = pic, results
            self.stories.moved(care, allocation, verdict)
            self.take(care, verdict)
            for other in care.person.cares:
                if other is not care and other.conversation == care.conversation and other.segment == care.segment:
                    other.ended = other.ended or not other.running_on(first)
            self.at(first, self.say_start_of_new, care)
