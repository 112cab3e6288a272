"""A projection is rebuilt from the stream while the page keeps answering: a second monitoring on an empty database hears
billing from the beginning, and ends with the tables of the first, row for row."""
import json
import threading
import time
import urllib.request

from journey import local, main, play, replay, story, until

SECRET = "0123456789abcdef-region"
AGAIN = "again_monitoring"
TABLE = "/v1/tables/spending?year=2020"


def fetch(port, path):
    """Status and body; a page that is not there is status 0."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"Bearer {SECRET}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as page:
            return page.status, page.read().decode()
    except OSError as trouble:
        return getattr(trouble, "code", 0), str(trouble)


def rows(port, path=TABLE):
    status, body = fetch(port, path)
    return json.loads(body)["rows"] if status == 200 else f"{status} {body}"


class Reader(threading.Thread):
    """Reads a table all the time, and keeps whatever is not the answer that it had at first."""

    def __init__(self, port):
        super().__init__()
        self.port, self.first = port, rows(port)
        self.times, self.longest_s, self.others, self.done = 0, 0.0, [], threading.Event()

    def run(self):
        while not self.done.is_set():
            began = time.monotonic()
            answer = rows(self.port)
            self.longest_s = max(self.longest_s, time.monotonic() - began)
            self.times += 1
            if answer != self.first:
                self.others.append(answer)

    def stop(self):
        self.done.set()
        self.join()


def start_again(street):
    """Beside the first, on a database of its own, at an address of its own."""
    street.cluster.make_house(AGAIN)
    settings = {**street.settings("monitoring", 1, {}),
                "PICQ_DATABASE": street.cluster.connection(AGAIN, AGAIN), "PICQ_BATCH": "20"}
    process = local.Process([street.programs / "monitoring"], settings, street.folder / "monitoring-again.log")
    process.wait_for("HOUSE-OPENED")
    return process


def metric(port, name):
    _, body = fetch(port, "/metrics")
    return next((int(line.split()[1]) for line in body.splitlines() if line.startswith(name + " ")), None)


@story
def a_projection_is_rebuilt_while_the_page_keeps_answering(journey):
    readers = journey.folder / "readers"
    readers.write_text(f"region {SECRET} *\n", encoding="utf-8")
    region = play.Region.invent(journey.folder / "region", 0.02, 7, "2019-12-20", "2020-01-20")
    street = journey.street(environment={"PICQ_READERS": str(readers)})
    office = local.Office(street)
    street.start()
    play.Player(street, office, region).play()
    street.settle()
    said = street.cluster.number(street.prefix + "billing", "SELECT sum(position) FROM outbox_head")

    page, page_again = street.port("monitoring", 0, "http"), street.port("monitoring", 1, "http")
    reader = Reader(page)
    assert len(reader.first) > 10, reader.first
    reader.start()
    again = start_again(street)
    try:
        # What an operator looks at: nothing waits, and all that was said has been heard.
        until(lambda: (metric(page_again, "picq_waiting_messages"), metric(page_again, "picq_messages_total")), (0, said))
        reader.stop()
        assert not reader.others, reader.others[0]
        assert reader.times >= 10 and reader.longest_s < 2, (reader.times, reader.longest_s)

        ours = replay.digest(street.cluster, street.prefix + "monitoring")
        rebuilt = replay.digest(street.cluster, AGAIN)
        assert int(ours["running"][0]) > 50 and int(ours["spent"][0]) > 20, ours
        assert rebuilt == ours, replay.differences({"monitoring": ours}, {"monitoring": rebuilt})

        # The address is pointed at it, and who reads sees no difference.
        assert rows(page_again) == reader.first
        for table in ("funding-paths", "to-move", "plans", "clients"):
            path = f"/v1/tables/{table}?year=2020"
            assert rows(page_again, path) == rows(page, path), table
        houses = {row["house"]: row["up"] for row in rows(page, "/v1/tables/houses")}
        assert houses == dict.fromkeys(local.HOUSES, True), houses
    finally:
        reader.stop()
        again.stop()
        street.cluster.drop_house(AGAIN)


main()
