"""A whole region on one machine: a private PostgreSQL, a database and a role for each house, keys, and the houses as
processes. The demonstration stands on it, and so do the journeys, the storms and the benches."""
import os
import pathlib
import random
import secrets
import shutil
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
HOUSES = ("intake", "allocation", "billing", "monitoring")
HEARS = {"intake": ("allocation", "billing"), "allocation": ("intake",), "billing": ("allocation",),
         "monitoring": ("billing",)}
TICK = os.sysconf("SC_CLK_TCK")


class Trouble(Exception):
    """What went wrong, and what to do."""


def programs_of_postgresql():
    folders = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if not folders:
        raise Trouble("no PostgreSQL server here: install postgresql-15")
    return folders[-1]


PORTS = range(20000, 32000)  # below those that the kernel gives to whoever connects
port_marks = []


def free_port():
    """A port of loopback that no other street on this machine takes for as long as this process lives: each is marked by
    a socket without a file."""
    for _ in PORTS:
        port = random.choice(PORTS)
        mark = socket.socket(socket.AF_UNIX)
        try:
            mark.bind(f"\0picq-port-{port}")
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            mark.close()
            continue
        port_marks.append(mark)
        return port
    raise Trouble("no port of loopback is free")


def cpu_seconds(pid):
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


class Cluster:
    """A private PostgreSQL on a Unix socket. It refuses to run as root; then the user postgres runs it."""

    def __init__(self, folder, durable=True, settings=""):
        self.folder = pathlib.Path(folder).resolve()
        self.data = self.folder / "data"
        # The path of a Unix socket has no room for a deep folder.
        self.socket = self.folder if len(str(self.folder)) < 80 else pathlib.Path(f"/tmp/picq-{os.getpid()}")
        self.programs = programs_of_postgresql()
        self.settings = (f"listen_addresses = ''\nunix_socket_directories = '{self.socket}'\nmax_connections = 200\n"
                         "shared_buffers = 512MB\nmax_wal_size = 4GB\n"
                         f"fsync = {'on' if durable else 'off'}\n{settings}\n")

    def as_server(self, program, *arguments, check=True):
        command = [str(self.programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        return subprocess.run(command, cwd=self.folder, check=check, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)

    def start(self):
        for folder in {self.folder, self.socket}:
            folder.mkdir(parents=True, exist_ok=True)
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres")
        if not (self.data / "PG_VERSION").exists():
            self.as_server("initdb", "-D", self.data, "-U", "picq", "--auth=trust", "-E", "UTF8", "--locale=C")
            with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
                conf.write(self.settings)
        if self.as_server("pg_ctl", "-D", self.data, "status", check=False).returncode != 0:
            started = self.as_server("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "start", check=False)
            if started.returncode != 0:
                raise Trouble(f"PostgreSQL does not start: see {self.folder / 'log'}")
        return self

    def stop(self, mode="fast"):
        if (self.data / "PG_VERSION").exists():
            self.as_server("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop", check=False)

    def remove(self):
        self.stop("immediate")
        for folder in {self.folder, self.socket}:
            shutil.rmtree(folder, ignore_errors=True)

    def connection(self, database, role="picq"):
        return f"host={self.socket} user={role} dbname={database}"

    def run(self, database, text, role="picq"):
        ran = subprocess.run([self.programs / "psql", "-Xq", "-v", "ON_ERROR_STOP=1", self.connection(database, role)],
                             input=text, text=True, capture_output=True, check=False)
        if ran.returncode != 0:
            raise Trouble(ran.stderr.strip())

    def ask(self, database, question, role="picq"):
        """The rows, as lists of text."""
        ran = subprocess.run([self.programs / "psql", "-XtA", "-F", "\t", self.connection(database, role), "-c", question],
                             text=True, capture_output=True, check=False)
        if ran.returncode != 0:
            raise Trouble(ran.stderr.strip())
        return [line.split("\t") for line in ran.stdout.splitlines()]

    def number(self, database, question):
        return int(self.ask(database, question)[0][0])

    def make_house(self, name):
        """A role of its own and a database that no other role can enter."""
        if self.ask("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
            return
        if not self.ask("postgres", f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):
            self.run("postgres", f"CREATE ROLE {name} LOGIN")
        self.run("postgres", f"CREATE DATABASE {name} OWNER {name}")
        self.run("postgres", f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")

    def drop_house(self, name):
        self.run("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Process:
    """One replica of a house, or any program with a log of its own."""

    def __init__(self, command, environment, log):
        self.log = pathlib.Path(log)
        self.began_at = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as file:
            self.process = subprocess.Popen(list(map(str, command)), env={**os.environ, **environment},
                                            stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        self.pid = self.process.pid

    def said(self):
        with open(self.log, "rb") as file:
            file.seek(self.began_at)
            return file.read().decode(errors="replace")

    def alive(self):
        return self.process.poll() is None

    def wait_for(self, event, seconds=30):
        until = time.monotonic() + seconds
        while event not in self.said():
            if not self.alive():
                raise Trouble(f"{self.log.name} ended early:\n{self.said()[-2000:]}")
            if time.monotonic() > until:
                raise Trouble(f"{self.log.name} says no {event} within {seconds} s:\n{self.said()[-2000:]}")
            time.sleep(0.02)

    def send(self, number):
        if self.alive():
            self.process.send_signal(number)

    def stop(self, seconds=15):
        """Asks, waits, and at last insists. Gives the exit status."""
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Street:
    """The four houses on loopback, each as many times as asked."""

    def __init__(self, folder, cluster, programs, environment=None, prefix=""):
        self.folder = pathlib.Path(folder).resolve()
        self.cluster = cluster
        self.programs = pathlib.Path(programs)
        self.environment = environment or {}
        self.prefix = prefix
        self.keys = self.folder / "keys"
        self.ports = {}
        self.replicas = {}
        self.folder.mkdir(parents=True, exist_ok=True)

    def prepare(self):
        self.keys.mkdir(exist_ok=True)
        for house in HOUSES:
            self.cluster.make_house(self.prefix + house)
            if not (self.keys / house).exists():
                self.picq("keys", "make", self.keys / house)
        secret = self.keys / "vault"
        if not secret.exists():
            descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32) + "\n")
        return self

    def picq(self, *arguments, check=True, environment=None):
        ran = subprocess.run([str(self.programs / "picq"), *map(str, arguments)], text=True, capture_output=True,
                             check=False, env={**os.environ, **(environment or {})})
        if check and ran.returncode != 0:
            raise Trouble(f"picq {' '.join(map(str, arguments))}: {ran.stderr.strip() or ran.stdout.strip()}")
        return ran

    def port(self, house, number, what):
        return self.ports.setdefault((house, number, what), free_port())

    def endpoint(self, house, number=0, what="street"):
        return f"tcp://127.0.0.1:{self.port(house, number, what)}"

    def settings(self, house, number, replicas):
        settings = {
            "PICQ_DATABASE": self.cluster.connection(self.prefix + house, self.prefix + house),
            "PICQ_KEYS": str(self.keys),
            "PICQ_LISTEN": self.endpoint(house, number),
            "PICQ_HTTP": f"127.0.0.1:{self.port(house, number, 'http')}",
            "PICQ_REPLICA": f"{house}-{number}",
        }
        for neighbour in HEARS[house]:
            settings[f"PICQ_{neighbour.upper()}"] = ",".join(
                self.endpoint(neighbour, other) for other in range(replicas.get(neighbour, 1)))
        if house == "intake":
            settings["PICQ_DOOR"] = self.endpoint(house, number, "door")
            settings["PICQ_VAULT_KEY"] = str(self.keys / "vault")
            settings["PICQ_CALENDAR"] = "feed"
        if house == "monitoring":
            settings["PICQ_HOUSES"] = ",".join(
                f"{name}=http://127.0.0.1:{self.port(name, other, 'http')}"
                for name in HOUSES for other in range(replicas.get(name, 1)))
        return {**settings, **self.environment}

    def start(self, replicas=None, houses=HOUSES, wait=True):
        replicas = replicas or {}
        for house in houses:
            for number in range(replicas.get(house, 1)):
                self.start_one(house, number, replicas)
        if wait:
            for process in list(self.replicas.values()):
                process.wait_for("HOUSE-OPENED")
        return self

    def start_one(self, house, number=0, replicas=None):
        process = Process([self.programs / house], self.settings(house, number, replicas or {}),
                          self.folder / f"{house}-{number}.log")
        self.replicas[house, number] = process
        return process

    def stop(self):
        statuses = {}
        for name in sorted(self.replicas, key=lambda name: HOUSES.index(name[0])):
            statuses[name] = self.replicas[name].stop()
        self.replicas.clear()
        return statuses

    def traffic(self):
        """Messages between what some house has said and the next has heard, over all houses, and all that was said. After
        a restore the next may have heard more than was said."""
        waiting = total = 0
        for house in HOUSES:
            for neighbour in HEARS[house]:
                said = self.cluster.number(self.prefix + neighbour, "SELECT coalesce(sum(position), 0) FROM outbox_head")
                heard = self.cluster.number(self.prefix + house, "SELECT coalesce(sum(position), 0) FROM inbox"
                                                                 f" WHERE source = '{neighbour}'")
                waiting += abs(said - heard)
                total += said
        return waiting, total

    def waiting(self):
        return self.traffic()[0]

    def settle(self, seconds=120):
        """Waits until every house has heard all that was said. The street goes round: what intake hears may make it say
        more. So nothing may have been said while it was looked at."""
        until = time.monotonic() + seconds
        quiet = None
        while True:
            waiting, said = self.traffic()
            if waiting == 0 and said == quiet:
                return
            quiet = said if waiting == 0 else None
            if time.monotonic() > until:
                raise Trouble(f"{waiting} messages still wait after {seconds} s: see the logs in {self.folder}")
            time.sleep(0.02)

    def cpu(self, house):
        """CPU seconds of a house's processes, and of the connections to its database that are open."""
        own = sum(cpu_seconds(process.pid) for (name, _), process in self.replicas.items() if name == house)
        backends = self.cluster.ask("postgres", f"SELECT pid FROM pg_stat_activity WHERE datname = '{self.prefix + house}'")
        return own, sum(cpu_seconds(row[0]) for row in backends)


class Office:
    """Who speaks to a region on one machine: two operators, since publishing needs two people, and a gateway that
    speaks for every provider. Make it before the street starts: intake reads at start who its operators are."""

    def __init__(self, street):
        self.street = street
        self.gateway = self.make_key("gateway")
        (street.keys / "operators").mkdir(exist_ok=True)
        self.operators = {owner: self.make_key(f"operators/{owner}") for owner in ("inkoop", "control")}

    def make_key(self, name):
        path = self.street.keys / name
        if not path.exists():
            self.street.picq("keys", "make", path)
        return path

    def picq(self, key, *arguments, check=True):
        replicas = sorted(number for house, number in self.street.replicas if house == "intake")
        doors = ",".join(self.street.endpoint("intake", number, "door") for number in replicas)
        return self.street.picq(*arguments, check=check, environment={
            "PICQ_DOOR": doors, "PICQ_KEY": str(key), "PICQ_DOOR_KEY": str(self.street.keys / "intake")})

    def begin(self, day):
        self.picq(self.operators["inkoop"], "day", day)

    def open_gateway(self, providers):
        """The gateway may speak for these providers from now on."""
        rights = [word for provider in providers for word in ("--provider", provider)]
        self.picq(self.operators["inkoop"], "keys", "give", self.gateway, "--owner", "gateway", *rights)

    def publish(self, folder):
        """One operator proposes a book, another approves it."""
        self.picq(self.operators["inkoop"], "publish", folder)
        self.picq(self.operators["control"], "publish", folder, "--approve")

    def send(self, *files, owner=None, check=True):
        return self.picq(self.operators[owner] if owner else self.gateway, "feed", "send", *files, check=check)
