"""The four services are a function of one stream: batches of any size, by any number of replicas, give equal tables."""
from journey import local, main, play, replay, story


@story
def batches_of_1_7_and_500_and_one_replica_or_three_give_equal_tables(journey):
    region = play.Region.invent(journey.folder / "region", 0.02, 7, "2019-12-20", "2020-01-20")
    street = journey.street()
    office = local.Office(street)
    street.start()
    play.Player(street, office, region).play()
    ours = replay.digests(street)
    assert int(ours["billing"]["line"][0]) > 200, ours["billing"]["line"]

    for batch, replicas in ((1, 1), (7, 1), (500, 1), (7, 3)):
        again = replay.play_again(street, f"batch_{batch}_by_{replicas}", {"PICQ_BATCH": str(batch)},
                                  {house: replicas for house in replay.DOWNSTREAM})
        different = replay.differences(ours, again)
        assert not different, f"batches of {batch} by {replicas}: {different}"


main()
