"""Care that runs goes on under another funding: planned, said in one command, finished by a person, and without a gap."""
import itertools
import json
import sys

from journey import BOOK, ROOT, local, main, story, until

sys.path.insert(0, str(ROOT / "tests" / "bench"))
import load  # noqa: E402

PROVIDER, MUNICIPALITY = "90000001", "0503"
CONVERSATION = ("--municipality", MUNICIPALITY, "--provider", PROVIDER)
SECRET, OF_DELFT = "0123456789abcdef-region", "0123456789abcdef-delft"
WITH_PIC, WITHOUT, BEYOND = range(1, 7), range(7, 9), range(9, 11)


def open_region(journey):
    readers = journey.folder / "readers"
    readers.write_text(f"region {SECRET} *\ndelft {OF_DELFT} {MUNICIPALITY}\n", encoding="utf-8")
    street = journey.street(environment={"PICQ_READERS": str(readers)})
    office = local.Office(street)
    street.start()
    office.begin("2019-12-31")
    office.open_gateway(load.PROVIDERS)
    for book in ("001-pxq-contracts-to-2019", "002-phased-introduction", "003-bridging-contracts-2020"):
        office.publish(BOOK / book)
    return street, office


def taken_over(client):
    """Those beyond have an end in 2021, which no contract covers yet."""
    bsn = next(itertools.islice(load.test_bsns(), client, None))
    care = {"client": {"bsn": bsn, "name": "Synthetisch", "birth_day": "2008-05-06"}, "allocation": str(client),
            "segment": "SPECIALIST", "referrer": "GP",
            "period": {"first_day": "2019-03-04", "last_day": "2021-06-25" if client in BEYOND else "2020-12-18"},
            "product": {"category": "45", "code": "45A48", "volume": 3, "unit": "HOUR", "frequency": "PER_WEEK"}}
    if client in WITH_PIC:
        care |= {"pic": {"profile": "P1", "intensity": "PERSPECTIEF"}, "results": ["Gaat naar school"]}
    return {"id": f"over-{client}", "municipality": MUNICIPALITY, "provider": PROVIDER, "care_taken_over": care}


@story
def a_list_is_converted_said_again_and_finished_by_a_person(journey):
    street, office = open_region(journey)
    feed = journey.folder / "taken_over.ndjson"
    load.write(feed, [taken_over(client) for client in (*WITH_PIC, *WITHOUT, *BEYOND)])
    office.send(feed, owner="inkoop")
    street.settle()
    operator = office.operators["inkoop"]

    def picq(*arguments, json_=True, secret=SECRET):
        """Of allocation and of the door; the answer and the exit status."""
        said = street.picq(*arguments, *(["--json"] if json_ else []), check=False, environment={
            "PICQ_TOKEN": secret, "PICQ_ALLOCATION_HTTP": f"127.0.0.1:{street.port('allocation', 0, 'http')}",
            "PICQ_DOOR": street.endpoint("intake", 0, "door"), "PICQ_KEY": str(operator),
            "PICQ_DOOR_KEY": str(street.keys / "intake")})
        assert said.returncode in (0, 1), said.stderr
        return (json.loads(said.stdout) if json_ and said.stdout else said.stdout + said.stderr), said.returncode

    # Soft transition: a list of clients moves on a day of 2020. Those without a PIC wait for a person.
    todo = journey.folder / "list"
    todo.write_text("# to move on 1 March\n" + "".join(
        f"{MUNICIPALITY}/{PROVIDER} {client}\n" for client in (*WITH_PIC, *WITHOUT)), encoding="utf-8")
    said, status = picq("convert", "--file", todo, "--day", "2020-03-01")
    outcomes = [(each["allocation"], each["outcome"]) for each in said]
    assert outcomes == [(str(client), "converted" if client in WITH_PIC else "waits")
                        for client in (*WITH_PIC, *WITHOUT)], said
    assert status == 0

    # Said again, as after a run that was stopped, nothing is done twice.
    said, status = picq("convert", "--file", todo, "--day", "2020-03-01")
    assert {each["outcome"] for each in said} == {"said before"} and status == 0, said
    street.settle()
    assert street.cluster.number(street.prefix + "allocation", "SELECT count(*) FROM allocation WHERE change = 10") == 6

    waiting = [each["reference"] for each in picq("requests", "list")[0]["requests"]]
    assert waiting == [f"omzetting~{client}~2020-03-01" for client in WITHOUT], waiting
    for reference in waiting:
        office.picq(operator, "requests", "grant", reference, *CONVERSATION, "--reason", "past bij het plan",
                    "--profile", "P1", "--intensity", "PERSPECTIEF", "--result", "Gaat naar school")
    street.settle()
    until(lambda: picq("requests", "list")[0]["requests"], [])
    assert street.cluster.number(street.prefix + "allocation",
                                 "SELECT count(*) FROM allocation WHERE funding = 2 AND first_day = '2020-03-01'") == 8

    # Care that runs into 2021: no contract covers it yet, and a conversion would be refused for that reason.
    gaps, status = picq("gaps")
    assert [(int(gap["allocation"]), gap["first_day"], gap["last_day"]) for gap in gaps] == [
        (client, "2021-01-01", "2021-06-25") for client in BEYOND], gaps
    assert status == 1
    assert picq("gaps", "--book", BOOK / "004-two-development-years") == ([], 0)
    assert "2 gaps" in picq("gaps", json_=False)[0]

    # Who may read one municipality reads that one, and nobody reads all without a secret.
    assert len(picq("gaps", "--municipality", MUNICIPALITY, secret=OF_DELFT)[0]) == 2
    told, status = picq("gaps", secret=OF_DELFT)
    assert "403" in told and "may not read" in told and status == 1, told
    told, status = picq("convert", "--plan", secret="0123456789abcdef-nobody")
    assert "does not know who asks" in told and status == 1, told

    plan, _ = picq("convert", "--plan", "--municipality", MUNICIPALITY)
    assert [(int(row["allocation"]), row["way"], row["day"], row["outcome"]) for row in plan] == [
        (client, "convert", "2021-01-01", "refused") for client in BEYOND], plan
    assert picq("convert", "--plan", "--municipality", "0518")[0] == []
    said, status = picq("convert", "--plan", "--do")
    assert {each["outcome"] for each in said} == {"refused"} and status == 1, said
    assert all("contract" in each["why"] for each in said), said

    # The book of 2020 withdraws the switch: with it nobody is to be converted, and nothing is published by asking.
    assert picq("convert", "--plan", "--book", BOOK / "004-two-development-years")[0] == []
    assert len(picq("convert", "--plan")[0]) == 2
    assert picq("cohorts", "list")[0]["cohorts"] == []


main()
