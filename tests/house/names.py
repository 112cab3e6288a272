"""Names: where things stand, what they are called, and what every query and table says of itself."""
import re

from house import Fault, main, truth

AT_THE_TOP = {"CMakeLists.txt", "README.md", "docker-compose.yml", "proto", "common", "services", "tests", "deploy"}

# Houses whose decisions read rows of their own partition only.
DOWNSTREAM = ["services/allocation", "services/billing", "services/monitoring", "common/service"]

# Tables that stand outside the partitions, and why a decision may read them or never does.
OUTSIDE = {
    "migration": "read at start, never by a decision",
    "book": "contents by digest, read only up to the newest book that the partition has heard",
    "replica": "signs of life, written outside turns",
    "replica_backend": "the connections of a replica, ended by its peers",
    "backup_taken": "noted by whoever takes a backup, never read by a decision",
}


@truth
def nothing_stands_at_the_top_beside_the_plan(tree):
    ignored = set()
    if (tree.root / ".gitignore").is_file():
        ignored = {line.strip("/") for _, line in tree.lines(".gitignore")}
    for entry in sorted(tree.root.iterdir()):
        if not entry.name.startswith(".") and entry.name not in AT_THE_TOP | ignored:
            yield Fault(entry.name, 1, "has no place at the top level")


@truth
def every_source_has_a_lower_case_name(tree):
    for path in tree.sources():
        if not re.fullmatch(r"([a-z0-9]+/)+[a-z][a-z0-9_]*\.[ch]", path):
            yield Fault(path, 1, "is not a lower-case word in a lower-case room")


@truth
def every_header_guards_itself(tree):
    for path in tree.files("common/**/*.h", "services/**/*.h", "tests/**/*.h"):
        if "#pragma once" not in tree.text(path):
            yield Fault(path, 1, "lacks #pragma once")


@truth
def every_source_of_the_street_begins_with_what_it_is_for(tree):
    for path in tree.files("common/**/*.h", "services/**/*.h"):
        if not re.match(r"/\*\n \* [A-Z][\w ]*: \w", tree.text(path)):
            yield Fault(path, 1, "does not begin with its name and what it is for")


@truth
def no_word_marks_unfinished_work(tree):
    for path in tree.files(*(f"{top}/**/*.{kind}" for top in ("common", "services", "proto", "tests", "deploy")
                             for kind in ("c", "h", "sql", "proto", "sh", "py", "js", "md", "yaml"))):
        for number, line in tree.lines(path):
            mark = re.search(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b", line)
            if mark:
                yield Fault(path, number, f"{mark[1]} marks unfinished work")


def head_and_body(text):
    lines = text.splitlines()
    count = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return lines[:count], lines[count:]


@truth
def every_query_says_its_purpose_and_parameters(tree):
    for path in tree.files("common/*/sql/*.sql", "services/*/sql/*.sql"):
        if not re.fullmatch(r"[a-z]+(_[a-z]+)+\.sql", path.split("/")[-1]):
            yield Fault(path, 1, "is not called verb_noun.sql")
        head, body = head_and_body(tree.text(path))
        if not head or not re.match(r"-- [A-Z]", head[0]):
            yield Fault(path, 1, "does not begin with its purpose")
        said = {int(match[1]) for line in head if (match := re.match(r"--\s+\$(\d+)\s+\w+\s+\w", line))}
        reported = set()
        for number, line in enumerate(body, len(head) + 1):
            for parameter in map(int, re.findall(r"\$(\d+)", line)):
                if parameter not in said | reported:
                    reported.add(parameter)
                    yield Fault(path, number, f"${parameter} has no line with its name and type")
        for parameter in sorted(said - set(map(int, re.findall(r"\$(\d+)", "\n".join(body))))):
            yield Fault(path, 1, f"${parameter} is said and not used")


@truth
def every_migration_has_the_next_number(tree):
    folders = {}
    for path in tree.files("common/*/migrations/*", "services/*/migrations/*"):
        folder, name = path.rsplit("/", 1)
        folders.setdefault(folder, []).append(name)
    for folder, names in folders.items():
        for number, name in enumerate(names, 1):
            if not re.fullmatch(rf"{number:04}_[a-z_]+\.sql", name):
                yield Fault(f"{folder}/{name}", 1, f"is not called {number:04}_….sql")


class Table:
    def __init__(self, path, line, name, body):
        self.path, self.line, self.name = path, line, name
        key = re.search(r"PRIMARY\s+KEY\s*\(([^)]*)\)", body, re.IGNORECASE)
        alone = re.search(r"^\s*(\w+)[^,\n]*\bPRIMARY\s+KEY\b(?!\s*\()", body, re.IGNORECASE | re.MULTILINE)
        columns = key[1] if key else alone[1] if alone else ""
        self.key = [column.strip() for column in columns.split(",") if column.strip()]


def tables(tree, path):
    text = re.sub(r"--[^\n]*", "", tree.text(path))
    for match in re.finditer(r"CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)\s*\(", text, re.IGNORECASE):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        yield Table(path, text[:match.start()].count("\n") + 1, match[1], text[match.end():end - 1])


@truth
def the_key_of_every_table_that_a_decision_reads_begins_with_its_partition(tree):
    for path in tree.files(*(f"{house}/migrations/*.sql" for house in DOWNSTREAM)):
        for table in tables(tree, path):
            if table.name not in OUTSIDE and table.key[:1] != ["partition"]:
                key = ", ".join(table.key) or "nothing"
                yield Fault(path, table.line, f"the key of {table.name} begins with {key}, not with partition")


if __name__ == "__main__":
    main()
