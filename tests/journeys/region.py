"""An invented region on a whole street: what it answers, and whether every euro explains itself."""
import json

from journey import local, main, play, story

SECRET = "0123456789abcdef-region"


def played(journey):
    """The turn of 2019 at 1/150: care taken over, bridged, newly granted, declared and moved to PICs."""
    readers = journey.folder / "readers"
    readers.write_text(f"region {SECRET} *\n", encoding="utf-8")
    street = journey.street(environment={"PICQ_READERS": str(readers)})
    office = local.Office(street)
    street.start()
    region = play.Region.invent(journey.folder / "region", 0.007, 5, "2019-11-01", "2020-03-31")
    player = play.Player(street, office, region)
    player.play()
    return player


@story
def a_region_is_answered_as_expected(journey):
    agreement = journey.common.agreement(journey.folder)
    assert agreement["verdicts_expected"] > 1000, agreement
    assert agreement["verdicts_agreeing"] == agreement["verdicts_expected"], agreement


def asked(journey, *arguments):
    """What picq says as JSON of what billing shows."""
    street = journey.common.street
    answer = street.picq(*arguments, "--json", environment={
        "PICQ_TOKEN": SECRET, "PICQ_BILLING_HTTP": f"127.0.0.1:{street.port('billing', 0, 'http')}"})
    return json.loads(answer.stdout)


@story
def every_line_comes_out_again_from_what_is_stored(journey):
    street = journey.common.street
    stored = street.cluster.number("billing", "SELECT count(*) FROM line WHERE reason IS NULL")
    lines = [asked(journey, "verify", "--year", year)["lines"] for year in (2019, 2020)]
    assert sum(count["all"] for count in lines) == stored > 200, (lines, stored)
    assert all(count["agree"] == count["all"] for count in lines), lines


@story
def what_is_owed_is_what_its_lines_come_to(journey):
    street = journey.common.street
    for (conversation, month, cents) in street.cluster.ask(
            "billing", "SELECT conversation, to_char(first_day, 'YYYY-MM'), sum(amount_cents) FROM line"
                       " WHERE reason IS NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 5"):
        municipality, provider = f"{int(conversation) // 10**8:04}", f"{int(conversation) % 10**8:08}"
        owed = asked(journey, "owed", "--municipality", municipality, "--provider", provider, "--month", month)
        assert owed["total"]["net_cents"] == int(cents), (owed["total"], cents)
        line = owed["lines"][0]["reference"]
        explained = asked(journey, "explain", line, "--municipality", municipality, "--provider", provider)
        assert explained["agrees"] and explained["net_cents"] == owed["lines"][0]["net_cents"], explained


main(played)
