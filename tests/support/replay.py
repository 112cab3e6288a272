"""Replay: the rows of a house are a function of intake's log. A street is played again from that log, by empty houses
downstream, and every row is compared."""
import local

# What belongs to the processes of a run, and not to what was decided in it.
NOT_DECIDED = ("inbox", "turn_taken", "replica", "replica_backend", "migration", "backup_taken")
DOWNSTREAM = local.HOUSES[1:]


def digest(cluster, database):
    """Rows and digest of every table that holds what was decided."""
    tables = cluster.ask(database, "SELECT relname FROM pg_class WHERE relkind = 'r'"
                                   " AND relnamespace = 'public'::regnamespace ORDER BY relname")
    return {table: tuple(cluster.ask(
        database, "SELECT count(*), md5(coalesce(string_agg(md5(row::text), '' ORDER BY row::text COLLATE \"C\"), ''))"
                  f" FROM {table} AS row")[0])
        for (table,) in tables if table not in NOT_DECIDED}


def digests(street):
    return {house: digest(street.cluster, street.prefix + house) for house in DOWNSTREAM}


def differences(ours, again):
    """The tables that differ, in words."""
    return [f"{house}.{table}: {ours[house][table][0]} rows, {again[house].get(table, ('no',))[0]} the second time"
            for house in ours for table in ours[house] if ours[house][table] != again[house].get(table)]


def play_again(street, name, environment=None, replicas=None, seconds=300):
    """Stops the street, and gives the digests of another one that hears its intake log from the beginning."""
    street.stop()
    cluster = street.cluster
    again = local.Street(street.folder.parent / name, cluster, street.programs, prefix=f"{name}_",
                         environment={**street.environment, **(environment or {})})
    again.keys = street.keys
    cluster.run("postgres", f"CREATE ROLE {name}_intake LOGIN IN ROLE {street.prefix}intake")
    cluster.run("postgres", f"CREATE DATABASE {name}_intake TEMPLATE {street.prefix}intake OWNER {street.prefix}intake")
    again.prepare().start(replicas)
    try:
        again.settle(seconds)
        return digests(again)
    finally:
        again.stop()
        for house in local.HOUSES:
            cluster.drop_house(again.prefix + house)
            cluster.run("postgres", f"DROP ROLE {again.prefix}{house}")
