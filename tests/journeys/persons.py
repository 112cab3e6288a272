"""Persons live in intake's table of sealed records and nowhere else: no log line, no other table and no message between
the houses holds the citizen number, name or birth day of anybody who was in the feed."""
import collections
import datetime
import hashlib
import json
import os
import subprocess
import time

from journey import BOOK, local, main, play, replay, story, until

DAY_ZERO = datetime.date(1970, 1, 1)
# A field with less values than this says nothing about what it is.
VALUES_MIN = 5
SECRET = "0123456789abcdef-persons"


class Persons:
    """Who was in a feed. A birth day that is also another day of the feed could not be told apart from it."""

    def __init__(self, files):
        self.bsns, self.names, births, other_days = set(), set(), set(), set()
        for file in files:
            for line in file.read_text(encoding="utf-8").splitlines():
                self.read(json.loads(line), births, other_days)
        self.births = births - other_days
        self.birth_numbers = {(datetime.date.fromisoformat(day) - DAY_ZERO).days for day in self.births}
        self.bsn_numbers = {int(bsn) for bsn in self.bsns}
        self.needles = [text.encode() for text in self.bsns | self.names | self.births]

    def read(self, value, births, other_days):
        if isinstance(value, list):
            for each in value:
                self.read(each, births, other_days)
        if not isinstance(value, dict):
            return
        for field, below in value.items():
            if field == "bsn":
                self.bsns.add(below)
            elif field == "name":
                self.names.add(below)
            elif field == "birth_day":
                births.add(below)
            elif isinstance(below, str) and (field == "day" or field.endswith("_day")):
                other_days.add(below)
            else:
                self.read(below, births, other_days)

    def named_in(self, content):
        return [needle.decode() for needle in self.needles if needle in content]


def varint(content, at):
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
        if shift > 63:
            raise IndexError


def numbers(content, path=()):
    """Every number of a protobuf message with the path of its field, and of whatever reads as a message in it; raises
    IndexError when the bytes are no message."""
    at, found = 0, []
    while at < len(content):
        tag, at = varint(content, at)
        field, wire = (*path, tag >> 3), tag & 7
        if wire == 0:
            value, at = varint(content, at)
            found.append((field, value))
        elif wire == 2:
            size, at = varint(content, at)
            if tag >> 3 == 0 or at + size > len(content):
                raise IndexError
            try:
                found += numbers(content[at:at + size], field)
            except IndexError:
                pass  # a text
            at += size
        else:
            raise IndexError
    return found


class Search:
    """What was found of persons, in words that name none."""

    def __init__(self, persons):
        self.persons = persons
        self.found = []
        self.read = collections.Counter()

    def texts(self, place, contents):
        for content in contents:
            self.read[place] += 1
            for needle in self.persons.named_in(content):
                self.found.append(f"{place} holds {needle}")

    def numbers(self, place, contents):
        """Days are numbers among others in a message: a field of which most values are birth days holds birth days."""
        values = collections.defaultdict(list)
        for content in contents:
            try:
                for path, value in numbers(content):
                    values[path].append(value)
            except IndexError:
                continue
        for path, all_values in values.items():
            births = sum(value in self.persons.birth_numbers for value in all_values)
            if len(all_values) >= VALUES_MIN and 2 * births > len(all_values):
                self.found.append(f"{place} holds birth days in field {path}")
            if any(value in self.persons.bsn_numbers for value in all_values):
                self.found.append(f"{place} holds a citizen number in field {path}")

    def table(self, cluster, house, table):
        columns = cluster.ask(house, "SELECT attname, atttypid::regtype FROM pg_attribute WHERE attnum > 0"
                                     f" AND NOT attisdropped AND attrelid = '{table}'::regclass")
        for column, kind in columns:
            place = f"{house}.{table}.{column}"
            as_bytes = column if kind == "bytea" else f"convert_to({column}::text, 'UTF8')"
            rows = cluster.ask(house, f"SELECT DISTINCT encode({as_bytes}, 'hex') FROM {table} WHERE {column} IS NOT NULL")
            contents = [bytes.fromhex(row[0]) for row in rows if row]
            self.texts(place, [b"\n".join(contents)])
            if kind == "bytea":
                self.numbers(place, contents)

    def house(self, cluster, house):
        for (table,) in cluster.ask(house, "SELECT relname FROM pg_class WHERE relkind = 'r'"
                                           " AND relnamespace = 'public'::regnamespace ORDER BY relname"):
            self.table(cluster, house, table)

    def file(self, path):
        self.texts(path.name, [path.read_bytes()])


def played(journey):
    street = journey.street()
    office = local.Office(street)
    street.start()
    region = play.Region.invent(journey.folder / "region", 0.004, 11, "2019-01-01", "2019-03-31")
    play.Player(street, office, region).play()
    street.settle()
    street.stop()
    return street, Persons(region.folder.glob("feed/*.ndjson"))


@story
def nobody_is_named_outside_the_sealed_records(journey):
    street, persons = played(journey)
    cluster = journey.cluster
    assert min(len(persons.bsns), len(persons.names), len(persons.births)) > 20, "a feed about almost nobody"

    search = Search(persons)
    for house in local.HOUSES:
        search.house(cluster, house)
    logs = [*street.folder.glob("*.log"), journey.folder / "cluster" / "log"]
    for log in logs:
        search.file(log)
    assert not search.found, search.found
    assert len(logs) == len(local.HOUSES) + 1 and all(log.stat().st_size > 0 for log in logs), logs
    assert {"intake.letter.content", "intake.person.sealed", "intake.outbox.data", "allocation.outbox.data",
            "billing.outbox.data", "monitoring.book.contents"} <= set(search.read), set(search.read)
    for house in ("intake", "allocation", "billing"):
        assert cluster.number(house, "SELECT count(*) FROM outbox") > 100, house

    # A number of nine digits is soon guessed: its digest must need a key.
    hashes = {row[0] for row in cluster.ask("intake", "SELECT encode(bsn_hash, 'hex') FROM person")}
    assert len(hashes) > 20
    for bsn in persons.bsns:
        for digest in (hashlib.sha256, hashlib.sha512, lambda text: hashlib.blake2b(text, digest_size=32)):
            assert digest(bsn.encode()).hexdigest() not in hashes

    assert_the_search_finds_what_is_planted(journey, persons)


def birth_field(number):
    """Field 1000 of a message, a number."""
    content = b"\xc0\x3e"
    while number >= 0x80:
        content += bytes([number & 0x7F | 0x80])
        number >>= 7
    return (content + bytes([number])).hex()


def assert_the_search_finds_what_is_planted(journey, persons):
    cluster = journey.cluster
    bsn, name, birth = sorted(persons.bsns)[0], sorted(persons.names)[0], sorted(persons.births)[0]
    births = sorted(persons.birth_numbers)[:VALUES_MIN]

    def found_in(table, making):
        cluster.run("allocation", f"CREATE TABLE {table} AS {making}")
        search = Search(persons)
        search.table(cluster, "allocation", table)
        return search.found

    assert found_in("of_text", f"SELECT id, type || '{bsn}' AS type FROM outbox LIMIT 1") == [
        f"allocation.of_text.type holds {bsn}"]
    assert any(name in words for words in found_in(
        "of_bytes", f"SELECT data || convert_to('{name}', 'UTF8') AS data FROM outbox LIMIT 1"))
    assert found_in("of_dates", f"SELECT date '{birth}' AS day") == [f"allocation.of_dates.day holds {birth}"]
    planted = ", ".join(f"(decode('{birth_field(number)}', 'hex'))" for number in births)
    assert found_in("of_messages", f"SELECT data FROM (VALUES {planted}) AS planted(data)") == [
        "allocation.of_messages.data holds birth days in field (1000,)"]
    assert found_in("of_numbers", f"SELECT decode('{birth_field(int(bsn))}', 'hex') AS data") == [
        "allocation.of_numbers.data holds a citizen number in field (1000,)"]

    log = journey.folder / "planted.log"
    log.write_text(f"2020-01-01T00:00:00.000Z INFO intake MESSAGE-REFUSED bsn={bsn}\n", encoding="utf-8")
    search = Search(persons)
    search.file(log)
    assert search.found == [f"planted.log holds {bsn}"], search.found


@story
def an_answer_comes_by_letter_with_the_person_in_it(journey):
    street = journey.street()
    office = local.Office(street)
    street.start()
    office.begin("2019-01-01")
    office.open_gateway(["90000001"])
    office.publish(BOOK / "001-pxq-contracts-to-2019")
    request = street.folder / "request.ndjson"
    request.write_text(json.dumps({"id": "good", "municipality": "0503", "provider": "90000001", "allocation_request": {
        "reference": "good", "client": {"bsn": "999900006", "name": "Testpersoon", "birth_day": "2010-05-01"},
        "referrer": "GP", "segment": "SPECIALIST", "period": {"first_day": "2019-02-01", "last_day": "2019-06-30"},
        "products": [{"category": "45", "code": "45A04", "volume": 60, "unit": "MINUTE", "frequency": "PER_WEEK"}]}}) + "\n")
    office.send(request)
    until(lambda: street.cluster.number("intake", "SELECT count(*) FROM letter WHERE address = '0503/90000001'"), 1)

    fetched = office.picq(office.gateway, "feed", "fetch", "--municipality", "0503", "--provider", "90000001")
    letter = json.loads(fetched.stdout.splitlines()[0])
    assert letter["about"] == "good" and letter["sender"] == "gateway", letter
    assert street.cluster.number("intake", "SELECT count(*) FROM person_read") == ("999900006" in fetched.stdout)


def taken_over(number, bsn, last_day):
    return {"id": f"over-{number}", "municipality": "0503", "provider": "90000001", "care_taken_over": {
        "client": {"bsn": bsn, "name": f"Testpersoon {number}", "birth_day": "2010-05-01"}, "allocation": number,
        "segment": "SPECIALIST", "referrer": "GP", "period": {"first_day": "2018-01-01", "last_day": last_day},
        "product": {"category": "45", "code": "45A48", "volume": 40, "unit": "HOUR", "frequency": "PER_MONTH"}}}


def declared(bsn, allocation):
    return {"id": "jan", "municipality": "0503", "provider": "90000001", "declaration": {
        "number": "jan", "month_day": "2019-01-01", "clients": [{"bsn": bsn, "lines": [{
            "reference": "jan-1", "allocation": allocation, "category": "45", "code": "45A48", "volume": 12, "unit": "HOUR",
            "period": {"first_day": "2019-01-01", "last_day": "2019-01-31"},
            "tariff": {"cents": 7200}, "amount": {"cents": 86400}}]}]}}


def said(street, office, owner, *messages):
    path = street.folder / "messages.ndjson"
    path.write_text("".join(json.dumps(message) + "\n" for message in messages), encoding="utf-8")
    office.send(path, owner=owner)
    street.settle()


def forgetting(street, by):
    """What `picq forget --list` shows."""
    asked = subprocess.run([str(street.programs / "picq"), "forget", "--list", "--by", by, "--json"], text=True, check=True,
                           capture_output=True, env={**os.environ, "PICQ_TOKEN": SECRET, "PICQ_INTAKE_HTTP":
                                                     f"127.0.0.1:{street.port('intake', 0, 'http')}"})
    return json.loads(asked.stdout)


def one_year(folder):
    """A book that says that persons are known for a year."""
    folder.mkdir()
    (folder / "decision.yaml").write_text("synthetic: true\ndecision: {number: 2, slug: one-year, name: Een jaar,"
                                          " decided: 2020-07-01, source: verzonnen}\n", encoding="utf-8")
    (folder / "region.yaml").write_text("synthetic: true\nregion: {retention: [{years: 1}]}\n", encoding="utf-8")
    return folder


@story
def who_is_forgotten_changes_no_sum_and_no_other_house(journey):
    readers = journey.folder / "readers"
    readers.write_text(f"region {SECRET} *\n", encoding="utf-8")
    street = journey.street(environment={"PICQ_READERS": str(readers)})
    office = local.Office(street)
    street.start()
    office.begin("2019-01-01")
    office.open_gateway(["90000001"])
    office.publish(BOOK / "001-pxq-contracts-to-2019")
    said(street, office, "inkoop", taken_over("71", "999900006", "2019-06-30"), taken_over("72", "999900018", "2189-12-31"))
    said(street, office, None, declared("999900006", "71"))
    office.picq(office.operators["inkoop"], "day", "2020-01-01", "--after-gap")
    office.picq(office.operators["inkoop"], "day", "2020-07-01", "--after-gap")
    time.sleep(3)  # the door looks each second: while no book says how long, nobody is due
    office.publish(one_year(street.folder / "002-one-year"))
    street.settle()
    count = lambda table: street.cluster.number("intake", f"SELECT count(*) FROM {table}")
    assert (count("person"), count("forgotten")) == (2, 0)
    until(lambda: forgetting(street, "2020-07-01")["years"], 1)
    assert [each["due_day"] for each in forgetting(street, "2020-07-01")["due"]] == ["2020-07-01"]
    assert not forgetting(street, "2020-06-30")["due"]
    before, facts = replay.digests(street), count("outbox")
    assert before["billing"]["line"][0] == "1", before["billing"]

    office.picq(office.operators["inkoop"], "forget", "--reason", "nieuw boek")
    street.settle()
    gone, = street.cluster.ask("intake", "SELECT reference, last_day, owner, words FROM forgotten")
    assert gone[1:] == ["2019-06-30", "inkoop", "nieuw boek"], gone
    assert (count("person"), count("outbox")) == (1, facts)
    listed = forgetting(street, "2020-07-01")
    assert not listed["due"] and [each["persons"] for each in listed["forgotten"]] == [1], listed
    assert not replay.differences(before, replay.digests(street))

    letters = office.picq(office.gateway, "feed", "fetch", "--municipality", "0503", "--provider", "90000001").stdout
    assert "999900006" not in letters and gone[0] in letters and "999900018" in letters, letters

    # The same number comes again, as somebody else; the other one's allocation is the old reference's still.
    said(street, office, "inkoop", taken_over("73", "999900006", "2021-06-30"))
    assert street.cluster.ask("allocation", "SELECT count(DISTINCT client) FROM allocation") == [["3"]]
    different = replay.differences(replay.digests(street), replay.play_again(street, "again", {"PICQ_BATCH": "7"}))
    assert not different, different


main()
