"""An invented region on a whole street: what it answers."""
from journey import local, main, play, story


def played(journey):
    """The turn of 2019 at 1/150: care taken over, bridged, newly granted, declared and moved to PICs."""
    street = journey.street()
    office = local.Office(street)
    street.start()
    region = play.Region.invent(journey.folder / "region", 0.007, 5, "2019-11-01", "2020-03-31")
    player = play.Player(street, office, region)
    player.play()
    return player


@story
def a_region_is_answered_as_expected(journey):
    agreement = played(journey).agreement(journey.folder)
    assert agreement["verdicts_expected"] > 1000, agreement
    assert agreement["verdicts_agreeing"] == agreement["verdicts_expected"], agreement


main()
