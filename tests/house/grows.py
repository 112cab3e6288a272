"""Grows: a program of the last release understands the street, and the tables, of this one.

During an upgrade both run side by side. So nothing that was released is taken away or means something else: what every
message and value was then stands in released.txt, which a release writes anew:

    tests/house/grows.py --release TREE >tests/house/released.txt
"""
import re
import sys

from house import Fault, Tree, main, truth

RELEASED = "tests/house/released.txt"

# No program of a release knows the tables that these take away.
BEFORE_THE_RELEASE = {
    "services/monitoring/migrations/0003_heard_anew.sql",
    "services/monitoring/migrations/0004_granted_by_year.sql",
}

BLOCK = re.compile(r"(message|enum|oneof)\s+(\w+)\s*\{")
FIELD = re.compile(r"(?:(repeated|optional)\s+)?([\w.]+(?:<[^>]*>)?)\s+(\w+)\s*=\s*(\d+)\s*[;\[]")
VALUE = re.compile(r"(\w+)\s*=\s*(\d+)\s*[;\[]")

# What an older program, or one that writes meanwhile, would trip over.
HARMS = {
    "DROP TABLE": re.compile(r"\bDROP\s+TABLE\b", re.I),
    "DROP COLUMN": re.compile(r"\bDROP\s+COLUMN\b", re.I),
    "RENAME": re.compile(r"\bRENAME\b", re.I),
    "another type of a column": re.compile(r"\bALTER\s+(COLUMN\s+)?\w+\s+(SET\s+DATA\s+)?TYPE\b", re.I),
    "SET NOT NULL": re.compile(r"\bSET\s+NOT\s+NULL\b", re.I),
    "a column that must be given, without a DEFAULT":
        re.compile(r"\bADD\s+(COLUMN\s+)?\w+\s+[^,;]*\bNOT\s+NULL\b(?![^,;]*\bDEFAULT\b)", re.I),
    "a DEFAULT that is worked out for every row":
        re.compile(r"\bADD\s+(COLUMN\s+)?\w+\s+[^,;]*\bDEFAULT\s+(random|gen_random_uuid|nextval)\b", re.I),
    "VACUUM or CLUSTER": re.compile(r"\b(VACUUM|CLUSTER)\b(?!\s*\()", re.I),
}


def members(text):
    """(name, what it is, line): `billing.Judged.heard`, `1 allocation.Judged`; reserved numbers and names as such."""
    package = re.search(r"^package\s+(\w+)\s*;", text, re.M)[1]
    stack = [package]
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("//")[0]
        for token in re.finditer(r"[^{};]*[{};]", line):
            word = token[0].strip()
            block = BLOCK.match(word)
            if block:
                stack.append(None if block[1] == "oneof" else block[2])
            elif word.endswith("}"):
                stack.pop()
            else:
                yield from statement(".".join(part for part in stack if part), word, number)


def statement(place, word, line):
    field, value = FIELD.match(word), VALUE.match(word)
    if word.startswith("reserved"):
        for name in re.findall(r'"(\w+)"', word):
            yield f"{place}.{name}", "reserved", line
        for number in re.findall(r"\b(\d+)\b", word):
            yield f"{place}#{number}", "reserved", line
    elif field:
        kind = " ".join(part for part in (field[1], field[2]) if part and part != "optional")
        yield f"{place}.{field[3]}", f"{field[4]} {kind}", line
    elif value:
        yield f"{place}.{value[1]}", value[2], line


def all_members(tree):
    return {name: (what, path, line) for path in tree.files("proto/*.proto") for name, what, line in members(tree.text(path))}


@truth
def what_a_released_message_said_it_still_says(tree):
    now = all_members(tree)
    taken = {}  # place#number: name, of all that stands there now
    for name, (what, path, line) in now.items():
        if what != "reserved":
            taken[f"{name.rsplit('.', 1)[0]}#{what.split()[0]}"] = (name, path, line)
    for number, line in tree.lines(RELEASED) if (tree.root / RELEASED).is_file() else ():
        name, _, was = line.partition(" ")
        place = f"{name.rsplit('.', 1)[0]}#{was.split()[0]}"
        if name in now and now[name][0] not in (was, "reserved"):
            what, path, at = now[name]
            yield Fault(path, at, f"{name} was {was} in the last release, and is {what}: give what is new another number")
        elif name not in now and place in taken:
            other, path, at = taken[place]
            yield Fault(path, at, f"{other} has the number that {name} had in the last release")
        elif name not in now or now[name][0] == "reserved" and place not in now:
            yield Fault(RELEASED, number, f"{name} is gone: reserve its name and its number {was.split()[0]}")


@truth
def no_migration_harms_a_program_of_the_release_before(tree):
    for path in tree.files("services/*/migrations/*.sql", "common/service/migrations/*.sql"):
        text = re.sub(r"--[^\n]*", lambda found: " " * len(found[0]), tree.text(path))
        if path in BEFORE_THE_RELEASE or "/0001_" in path:
            continue
        for words, harm in HARMS.items():
            for found in harm.finditer(text):
                yield Fault(path, text[:found.start()].count("\n") + 1,
                            f"{words}: an older program still runs; add what is new beside it, and take the old away a release later")


if __name__ == "__main__":
    if sys.argv[1] == "--release":
        for member, (what, *_) in sorted(all_members(Tree(sys.argv[2])).items()):
            if what != "reserved":
                print(member, what)
    else:
        main()
