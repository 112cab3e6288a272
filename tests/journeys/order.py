"""In every partition the same days begin and the same books are published, in one order, and every house downstream
hears what was said in the order in which the front door said it."""
import sys
import threading

from journey import BOOK, ROOT, local, main, story

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import load  # noqa: E402

CONVERSATIONS, MONTHS, DAYS = 12, 4, 6
PARTITIONS = 64


def send_through(street, office, number, path, faults):
    """All replicas of the front door are open; this file goes through one of them."""
    sent = street.picq("feed", "send", path, check=False, environment={
        "PICQ_DOOR": street.endpoint("intake", number, "door"), "PICQ_KEY": str(office.gateway),
        "PICQ_DOOR_KEY": str(street.keys / "intake")})
    if sent.returncode != 0:
        faults.append(sent.stderr or sent.stdout)


def declare_while_days_begin(journey):
    """Some declarations come before the first of the days and some after the last; two replicas of the front door take
    the others while operators begin days and publish a book."""
    street = journey.street()
    office = local.Office(street)
    street.start({"intake": 2})
    office.begin("2019-12-31")
    office.open_gateway(load.PROVIDERS)
    office.publish(BOOK / "001-pxq-contracts-to-2019")
    load.write(journey.folder / "over.ndjson", load.taken_over(CONVERSATIONS))
    office.send(journey.folder / "over.ndjson", owner="inkoop")

    declarations = list(load.declarations(MONTHS, CONVERSATIONS))
    load.write(journey.folder / "early.ndjson", declarations[0::4])
    office.send(journey.folder / "early.ndjson")
    faults, senders = [], []
    for number in range(2):
        path = journey.folder / f"declared-{number}.ndjson"
        load.write(path, declarations[number + 1::4])
        senders.append(threading.Thread(target=send_through, args=(street, office, number, path, faults)))
        senders[-1].start()
    for day in range(1, DAYS + 1):
        office.begin(f"2020-01-{day:02d}")
        if day == DAYS // 2:
            office.publish(BOOK / "002-phased-introduction")
    for sender in senders:
        sender.join()
    load.write(journey.folder / "late.ndjson", declarations[3::4])
    office.send(journey.folder / "late.ndjson")
    street.settle()
    assert not faults, faults
    return street


def log_of(cluster, house):
    """What a house said: partition, position, known day, and the id at the door of what it goes back to."""
    return [(int(partition), int(position), day, name) for partition, position, day, name in cluster.ask(
        house, "SELECT partition, position, known_day, split_part(id, '/', 1) FROM outbox ORDER BY partition, position")]


@story
def every_partition_hears_days_books_and_declarations_in_one_order(journey):
    cluster = declare_while_days_begin(journey).cluster
    logs = {house: log_of(cluster, house) for house in ("intake", "allocation", "billing")}
    assert len(logs["allocation"]) > 1000 and len(logs["billing"]) > CONVERSATIONS * MONTHS

    marks = {partition: [] for partition in range(PARTITIONS)}
    for partition, _, _, name in logs["intake"]:
        mark, at, place = name.partition("@")
        if at:
            assert int(place) == partition, name
            marks[partition].append(mark)
    began = [f"day-2020-01-{day:02d}" for day in range(1, DAYS + 1)]
    expected = ["day-2019-12-31", "book-1", *began[:DAYS // 2], "book-2", *began[DAYS // 2:]]
    for partition, said in marks.items():
        assert said == expected, (partition, said)

    for house, log in logs.items():
        newest = {}
        for partition, position, day, name in log:
            assert day >= newest.get(partition, ""), f"{house} goes back to {day} at {partition}/{position} with {name}"
            newest[partition] = day

    said_at = {(partition, name): (position, day) for partition, position, day, name in logs["intake"]}
    for house in ("allocation", "billing"):
        newest = {}
        for partition, position, day, name in logs[house]:
            heard_at, known = said_at[partition, name]
            assert day == known, f"{house} says {name} on {day}, and the door said it on {known}"
            assert heard_at >= newest.get(partition, 0), f"{house} overtakes itself at {partition}/{position} with {name}"
            newest[partition] = heard_at

    for house in ("allocation", "billing", "monitoring"):
        books = cluster.ask(house, "SELECT number, known_day, count(*) FROM heard_book GROUP BY 1, 2 ORDER BY 1")
        assert books == [["1", "2019-12-31", str(PARTITIONS)],
                         ["2", f"2020-01-{DAYS // 2:02d}", str(PARTITIONS)]], (house, books)
    days = {day for _, _, day, name in logs["intake"] if name.startswith("gateway:")}
    assert len(days) > 1, f"all declarations were heard on one day: {days}"


main()
