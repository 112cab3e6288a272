"""The four services are a function of one stream: batches of any size, by any number of replicas, give equal tables."""
import subprocess
import sys

from journey import BOOK, ROOT, local, main, story

sys.path.insert(0, str(ROOT / "tests" / "support"))
import replay  # noqa: E402


def play_region(journey, street, scale, years):
    """A small synthetic region, with everything that people get wrong in it."""
    feed = journey.folder / "region"
    subprocess.run([ROOT / "tests" / "region" / "make", "--scale", str(scale), "--seed", "7", "--book", BOOK,
                    "--out", feed, "--from", f"{years[0]}-01-01", "--to", f"{years[1]}-12-31"], check=True,
                   stdout=subprocess.DEVNULL)
    office = local.Office(street)
    street.start()
    local.play(office, feed)
    street.settle()


@story
def batches_of_1_7_and_500_and_one_replica_or_three_give_equal_tables(journey):
    street = journey.street()
    play_region(journey, street, 0.004, (2019, 2020))
    ours = replay.digests(street)
    assert int(ours["billing"]["line"][0]) > 500, ours["billing"]["line"]
    for batch, replicas in ((1, 1), (7, 1), (500, 1), (7, 3), (500, 3)):
        again = replay.play_again(street, f"batch_{batch}_by_{replicas}", {"PICQ_BATCH": str(batch)},
                                  {house: replicas for house in replay.DOWNSTREAM})
        different = replay.differences(ours, again)
        assert not different, f"batches of {batch} by {replicas}: {different}"


main()
