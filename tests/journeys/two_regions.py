"""A second region runs beside the first on one machine and one database server: each keeps its own, and neither opens a
door of the other."""
import sys

from journey import BOOK, ROOT, local, main, replay, story

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import load  # noqa: E402

AGB, CENTS = "90000001", 7200
CARE = {"category": "45", "code": "45A48"}


class Regions:
    """Haaglanden, with a month declared, and a region of two municipalities whose folder picq made."""

    def __init__(self, journey):
        self.first = journey.street("haaglanden")
        self.first_office = local.Office(self.first)
        self.first.start()
        self.first_office.begin("2019-12-31")
        self.first_office.open_gateway(load.PROVIDERS)
        self.first_office.publish(BOOK / "001-pxq-contracts-to-2019")
        load.write(journey.folder / "over.ndjson", load.taken_over(1))
        self.first_office.send(journey.folder / "over.ndjson", owner="inkoop")
        self.declarations = list(load.declarations(2, 1))
        self.declare(journey, self.declarations[0])

        self.second = journey.street("utrecht", prefix="utrecht_")
        self.second_office = local.Office(self.second)
        self.folder = journey.folder / "u16"
        self.second.picq("region", "new", self.folder, "--code", "U16", "--name", "Utrecht en omstreken", "--year", "2019",
                         "--municipality", "0344:Utrecht", "--municipality", "0310:De Bilt")

    def declare(self, journey, declaration):
        load.write(journey.folder / "declared.ndjson", [declaration])
        self.first_office.send(journey.folder / "declared.ndjson")
        self.first.settle()


def of_the_second():
    """Care that the new region takes over, and a month of it."""
    yield {"id": "over-1", "municipality": "0344", "provider": AGB, "care_taken_over": {
        "client": {"bsn": next(load.test_bsns()), "name": "Testpersoon 1", "birth_day": "2008-05-06"},
        "allocation": "1001", "segment": "SPECIALIST", "period": {"first_day": "2019-01-01", "last_day": "2019-12-31"},
        "product": {**CARE, "volume": 10, "unit": "HOUR", "frequency": "PER_MONTH"}, "referrer": "MUNICIPALITY"}}
    yield {"id": "declaration-1", "municipality": "0344", "provider": AGB, "declaration": {
        "number": "2019-11", "month_day": "2019-11-01", "clients": [{"bsn": next(load.test_bsns()), "lines": [
            {"reference": "1", "allocation": "1001", **CARE, "period": {"first_day": "2019-11-01", "last_day": "2019-11-30"},
             "volume": 3, "unit": "HOUR", "tariff": {"cents": CENTS}, "amount": {"cents": 3 * CENTS}}]}]}}


def cost(street):
    return street.cluster.number(street.prefix + "billing",
                                 "SELECT coalesce(sum(amount_cents), 0) FROM posting WHERE account = 'COST'")


@story
def a_region_that_picq_made_pays_its_first_line_and_the_other_stays_as_it_was(journey):
    regions = journey.common
    before = replay.digests(regions.first)
    office = regions.second_office
    regions.second.start()
    office.begin("2019-12-31")
    office.open_gateway([AGB])
    office.publish(regions.folder / "book" / "001-first-contracts")
    over, declared = of_the_second()
    load.write(journey.folder / "second-over.ndjson", [over])
    load.write(journey.folder / "second.ndjson", [declared])
    office.send(journey.folder / "second-over.ndjson", owner="inkoop")
    office.send(journey.folder / "second.ndjson")
    regions.second.settle()

    assert cost(regions.second) == 3 * CENTS
    assert cost(regions.first) > 3 * CENTS
    assert not replay.differences(before, replay.digests(regions.first))


@story
def no_key_of_one_region_opens_a_door_of_the_other(journey):
    regions = journey.common
    load.write(journey.folder / "again.ndjson", list(of_the_second())[1:])
    for street, office in ((regions.first, regions.second_office), (regions.second, regions.first_office)):
        for key in (office.gateway, office.operators["inkoop"]):
            sent = street.picq("feed", "send", "--patience", "2", journey.folder / "again.ndjson", check=False, environment={
                "PICQ_DOOR": street.endpoint("intake", 0, "door"), "PICQ_KEY": str(key),
                "PICQ_DOOR_KEY": str(street.keys / "intake")})
            assert sent.returncode == 3 and "key" in sent.stderr, sent


@story
def no_role_of_one_region_enters_a_database_of_the_other(journey):
    for house in local.HOUSES:
        for database, role in ((house, f"utrecht_{house}"), (f"utrecht_{house}", house)):
            try:
                journey.cluster.ask(database, "SELECT 1", role=role)
                raise AssertionError(f"{role} enters {database}")
            except local.Trouble as trouble:
                assert "permission denied for database" in str(trouble), trouble


@story
def one_region_stands_still_and_the_other_goes_on(journey):
    regions = journey.common
    before = replay.digests(regions.second)
    regions.second.stop()
    lines = journey.cluster.number("billing", "SELECT count(*) FROM line")
    regions.declare(journey, regions.declarations[1])
    assert journey.cluster.number("billing", "SELECT count(*) FROM line") == 2 * lines
    regions.second.start()
    regions.second.settle()
    assert not replay.differences(before, replay.digests(regions.second))


main(Regions)
