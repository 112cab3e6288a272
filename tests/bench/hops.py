"""Delivery alone: 250-byte messages over three hops, one effect row and one offset at each, CURVE on."""
import pathlib
import tempfile
import time

from local import Process, cpu_seconds, free_port
import tools
from tools import median


def floor_copy(cluster, messages):
    """The same effect and log rows by COPY into four databases, by one process, without anything between."""
    rows = f"""
        CREATE TEMP TABLE made AS SELECT (n % 64)::smallint AS partition, 'm-' || n AS id, decode(repeat('00', 250), 'hex') AS data
          FROM generate_series(1, {messages}) AS n;
        COPY made TO '{cluster.folder}/made' (FORMAT binary);"""
    cluster.run("postgres", rows)
    for number in range(4):
        cluster.run("postgres", f"CREATE DATABASE floor{number}")
        cluster.run(f"floor{number}", "CREATE TABLE log (partition smallint, id text, data bytea, PRIMARY KEY (partition, id))")
    began = time.monotonic()
    for number in range(4):
        cluster.run(f"floor{number}", f"COPY log FROM '{cluster.folder}/made' (FORMAT binary)")
    took = time.monotonic() - began
    for number in range(4):
        cluster.run("postgres", f"DROP DATABASE floor{number}")
    return messages / took


def backends_cpu(cluster, database):
    pids = cluster.ask("postgres", f"SELECT pid FROM pg_stat_activity WHERE datname = '{database}'")
    return sum(cpu_seconds(row[0]) for row in pids)


def one_run(cluster, messages, rate=0):
    names = ["source", "hop1", "hop2", "hop3"]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="picq-hops-"))
    hop = tools.programs / "hop"
    Process([hop, "keys", folder], {}, folder / "keys.log").process.wait()
    for name in names:
        cluster.run("postgres", f"CREATE DATABASE {name}")
        cluster.run(name, "CREATE TABLE effect (partition smallint NOT NULL, id text NOT NULL, age_us bigint NOT NULL)")

    ports = {name: free_port() for name in names}
    houses = {}
    for number, name in reversed(list(enumerate(names))):
        environment = {"PICQ_DATABASE": cluster.connection(name), "PICQ_KEYS": str(folder), "PICQ_REPLICA": name,
                       "PICQ_LISTEN": f"tcp://127.0.0.1:{ports[name]}", "PICQ_HOP_MESSAGES": str(messages),
                       "PICQ_HOP_RATE": str(rate)}
        if number:
            environment[f"PICQ_{names[number - 1].upper()}"] = f"tcp://127.0.0.1:{ports[names[number - 1]]}"
        if name == "source":
            began = time.monotonic()
        houses[name] = Process([hop, name], environment, folder / f"{name}.log")
        houses[name].wait_for("HOUSE-OPENED")

    done = "SELECT coalesce(sum(position), 0) FROM inbox"
    while cluster.number("hop3", done) < messages:
        time.sleep(0.02)
    took = time.monotonic() - began
    cpu = {name: (cpu_seconds(houses[name].pid), backends_cpu(cluster, name)) for name in names}
    for name in names:
        houses[name].stop()
    effects = cluster.number("hop3", "SELECT count(DISTINCT id) FROM effect")
    assert effects == messages, f"{effects} of {messages}"
    ages_ms = [float(age) / 1000 for age in cluster.ask(
        "hop3", "SELECT percentile_disc(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY age_us) FROM effect")[0][0][1:-1].split(",")]
    for name in names:
        cluster.run("postgres", f"DROP DATABASE {name} WITH (FORCE)")
    return messages / took, ages_ms, {name: tuple(1e6 * seconds / messages for seconds in pair) for name, pair in cpu.items()}


def measure(cluster, short=False):
    messages, rounds = (50_000, 1) if short else (400_000, 3)
    rates, floors, cpus = [], [], []
    for _ in range(rounds):
        floors.append(floor_copy(cluster, messages))
        rate, _, cpu = one_run(cluster, messages)
        rates.append(rate)
        cpus.append(cpu)
    _, ages_ms, _ = one_run(cluster, 10_000 if short else 40_000, rate=2000)
    cpu = cpus[rates.index(median(rates))]
    return {
        "messages": messages,
        "rounds": rounds,
        "messages_per_second": round(median(rates)),
        "floor_copy_per_second": round(median(floors)),
        "share_of_floor": round(median(rates) / median(floors), 3),
        "ms_at_2000_per_second": {"median": ages_ms[0], "p99": ages_ms[1]},
        "cpu_us_per_message": {name: {"house": round(house, 2), "database": round(database, 2)}
                               for name, (house, database) in cpu.items()},
    }
