"""The walls between the houses are PostgreSQL's: no role enters another house's database."""
from journey import local, main, story


@story
def no_role_enters_the_database_of_another_house(journey):
    for house in local.HOUSES:
        journey.cluster.make_house(house)
    journey.cluster.run("intake", "CREATE TABLE person (reference text PRIMARY KEY)", role="intake")
    for role in local.HOUSES:
        for database in local.HOUSES:
            try:
                journey.cluster.ask(database, "SELECT 1", role=role)
                assert role == database, f"{role} enters {database}"
            except local.Trouble as trouble:
                assert role != database and "permission denied for database" in str(trouble), trouble
    for house in local.HOUSES:
        journey.cluster.drop_house(house)


main()
