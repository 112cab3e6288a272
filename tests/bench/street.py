"""What the benches share: a cluster that is durable, houses as processes, and where their time goes."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "bench"
TICK = os.sysconf("SC_CLK_TCK")
PROGRAMS = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]


def build(*targets):
    """A release build of its own, with the programs of the benches."""
    quiet = dict(cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "-S", ".", "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_TESTING=ON"],
                   **quiet)
    subprocess.run(["ninja", "-C", BUILD, *targets], **quiet)


class Cluster:
    """A private PostgreSQL that syncs what it commits, on a Unix socket, thrown away at the end."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="picq-bench-"))
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.server("initdb", "-D", self.folder / "data", "-U", "picq", "--auth=trust", "-E", "UTF8", "--locale=C")
        with open(self.folder / "data" / "postgresql.conf", "a") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nmax_connections = 200\n"
                           "shared_buffers = 1GB\nmax_wal_size = 8GB\nwal_compression = off\n")
        self.server("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "start")
        self.version = self.ask("postgres", "SHOW server_version")

    def server(self, program, *arguments):
        command = [PROGRAMS / program, *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run([str(word) for word in command], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def connection(self, database):
        return f"host={self.folder} user=picq dbname={database}"

    def run(self, database, text):
        subprocess.run([PROGRAMS / "psql", "-Xq", "-v", "ON_ERROR_STOP=1", self.connection(database)], input=text,
                       text=True, check=True, stdout=subprocess.DEVNULL)

    def ask(self, database, question):
        return subprocess.run([PROGRAMS / "psql", "-XtA", self.connection(database), "-c", question], text=True,
                              check=True, capture_output=True).stdout.strip()

    def database(self, name):
        self.run("postgres", f"CREATE DATABASE {name}")

    def backends_cpu(self, database):
        """CPU seconds of the connections of a database that are open now."""
        pids = self.ask("postgres", f"SELECT pid FROM pg_stat_activity WHERE datname = '{database}'").split()
        return sum(process_cpu(int(pid)) for pid in pids)

    def close(self):
        self.server("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def process_cpu(pid):
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


class House:
    """A service as a process of its own."""

    def __init__(self, program, arguments, environment, log):
        self.log = open(log, "ab")
        self.path = log
        self.process = subprocess.Popen([str(program), *arguments], env={**os.environ, **environment},
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def cpu(self):
        return process_cpu(self.process.pid)

    def wait_for(self, event, seconds=30):
        until = time.monotonic() + seconds
        while event.encode() not in pathlib.Path(self.path).read_bytes():
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit(f"no {event}:\n{pathlib.Path(self.path).read_text()[-3000:]}")
            time.sleep(0.02)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def free_port():
    import socket
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def median(numbers):
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2]
