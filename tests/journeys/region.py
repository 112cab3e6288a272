"""An invented region on a whole street: what it answers, and what it never says."""
import re
import sys

from journey import ROOT, local, main, play, story

sys.path.insert(0, str(ROOT / "tests" / "region"))
from people import TEST_RANGE, passes_eleven_test  # noqa: E402

OUTSIDE_INTAKE = ("allocation", "billing", "monitoring")


def played(journey):
    """The turn of 2019 at 1/150: care taken over, bridged, newly granted, declared and moved to PICs."""
    street = journey.street()
    office = local.Office(street)
    street.start()
    region = play.Region.invent(journey.folder / "region", 0.007, 5, "2019-11-01", "2020-03-31")
    player = play.Player(street, office, region)
    player.play()
    return player


def citizen_numbers(text):
    """Runs of nine digits that are test numbers; each is somebody in the region."""
    return {number for number in re.findall(r"(?<!\d)\d{9}(?!\d)", text)
            if int(number) in TEST_RANGE and passes_eleven_test(number)}


def dump(cluster, database):
    """Every row of every table as text, with bytes shown as the characters that they are."""
    for (table,) in cluster.ask(database, "SELECT relname FROM pg_class WHERE relkind = 'r'"
                                          " AND relnamespace = 'public'::regnamespace"):
        columns = [row[0] for row in cluster.ask(database, "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT"
                                                           f" attisdropped AND attrelid = 'public.{table}'::regclass"
                                                           " AND atttypid = 'bytea'::regtype")]
        as_text = "".join(f" || ' ' || encode({column}, 'escape')" for column in columns)
        for row in cluster.ask(database, f"SELECT {table}::text{as_text} FROM {table}"):
            yield table, " ".join(row)


@story
def a_region_is_answered_as_expected_and_no_person_leaves_intake(journey):
    player = played(journey)
    agreement = player.agreement(journey.folder)
    assert agreement["verdicts_expected"] > 1000, agreement
    assert agreement["verdicts_agreeing"] == agreement["verdicts_expected"], agreement

    street, cluster = player.street, journey.cluster
    number = cluster.ask("allocation", "SELECT number FROM allocation LIMIT 1")[0][0]
    for house in OUTSIDE_INTAKE:
        rows = list(dump(cluster, house))
        assert any(number in row for _, row in rows), f"{house}: nothing was searched"
        for table, row in rows:
            assert not citizen_numbers(row) and "Testpersoon" not in row, f"{house}.{table}: a person"
    for table, row in dump(cluster, "intake"):
        assert not citizen_numbers(row) and "Testpersoon" not in row, f"intake.{table}: a person who can be read"
    for log in street.folder.glob("*.log"):
        text = log.read_text(errors="replace")
        assert not citizen_numbers(text) and "Testpersoon" not in text, f"{log.name}: a person"


main()
