"""Rooms: who may include whom."""
import re

from house import Fault, includes, main, truth

# Each room of common/ stands on the rooms named here and sees no other.
FLOORS = {
    "base": set(),
    "book": {"base"},
    "process": {"book", "base"},
    "db": {"process", "book", "base"},
    "bus": {"process", "book", "base"},
    "http": {"process", "book", "base"},
    "service": {"db", "bus", "http", "process", "book", "base"},
}
CORE_SEES = {"book", "base"}

# The storeys of a house; who stands on a higher one includes a lower one. What a house has beside
# these, its trade, stands with the verbs. The verbs do not see each other.
STOREYS = {"core": 0, "turn": 2, "main": 3}
TRADE = 1
VERBS = {"hear", "load", "keep", "say"}

# A library is known in the rooms that are named here, and nowhere else.
LIBRARIES = {
    r"libpq-fe\.h|libpq/.*|postgres.*": ["common/db/"],
    r"czmq.*\.h|zmq.*\.h|z(sock|cert|auth|poller|msg|frame|loop|actor)\.h": ["common/bus/"],
    r"microhttpd\.h": ["common/http/"],
    r"yaml\.h": ["common/book/"],
    r"libxml/.*": ["services/intake/ijw/", "services/intake/reader/main.c"],
    r"seccomp\.h": ["services/intake/reader/"],
}

# Structs of the wire are known where bytes become nouns, and where nouns become bytes.
KNOWS_PROTOBUF = [
    r"common/(bus|service)/\w+\.[ch]",
    r"services/\w+/(hear|say)\w*\.[ch]",
    r"services/picq/door/(hear|say)\w*\.[ch]",
    r"services/intake/feed/\w+\.[ch]",  # any message as a line, by its description
    r"services/intake/reader/\w+\.[ch]",  # a program of its own: national messages as those of the feed
]

# Who opens the sealed record of a person, and notes that it was done; the vault is how.
OPENS_RECORDS = ("services/intake/record.c", "services/intake/vault.c", "services/intake/vault.h")


def room_of(path):
    """("common", "db", None) or ("services", "billing", "core"); the third is the storey."""
    parts = path.split("/")
    if parts[0] == "common":
        return "common", parts[1], None
    storey = parts[2] if len(parts) > 3 else parts[2].rsplit(".", 1)[0]
    return "services", parts[1], storey


def resolve(tree, path):
    """Where a quoted include leads: a path of the tree, or None for what the build makes."""
    for root in ("common/", "services/"):
        if (tree.root / root / path).is_file():
            return root + path
    return None


def seen_by_common(room, other):
    if other[0] == "services":
        return "common does not know the services"
    if other[1] != room[1] and other[1] not in FLOORS.get(room[1], ()):
        return f"common/{room[1]} does not stand on common/{other[1]}"
    return None


def seen_by_service(room, other):
    if other[0] == "common":
        if room[2] == "core" and other[1] not in CORE_SEES:
            return f"core sees common/{{base,book}}, not common/{other[1]}"
        return None
    if other[1] != room[1]:
        return f"services/{room[1]} does not know services/{other[1]}"
    above, below = STOREYS.get(room[2], TRADE), STOREYS.get(other[2], TRADE)
    if below > above:
        return f"{room[2]} stands below {other[2]}"
    if room[2] in VERBS and other[2] in VERBS and room[2] != other[2]:
        return f"{room[2]} does not see {other[2]}: the turn puts them in order"
    return None


@truth
def every_include_goes_down_the_plan_of_the_house(tree):
    for path in tree.sources():
        room = room_of(path)
        if room[0] == "common" and room[1] not in FLOORS:
            yield Fault(path, 1, f"common/{room[1]} is no room of the plan")
        for include in includes(tree, path):
            target = resolve(tree, include.path) if include.ours else None
            if target is None:
                continue
            words = (seen_by_common if room[0] == "common" else seen_by_service)(room, room_of(target))
            if words:
                yield Fault(path, include.line, words)


@truth
def every_include_names_a_room_and_never_climbs(tree):
    for path in tree.sources():
        for include in includes(tree, path):
            if include.ours and (".." in include.path.split("/") or "/" not in include.path):
                if not include.path.endswith(".pb-c.h"):
                    yield Fault(path, include.line, f'"{include.path}" is no address of a room')


@truth
def no_file_includes_itself_by_a_detour(tree):
    ways = {path: [(include.line, target) for include in includes(tree, path) if include.ours
                   and (target := resolve(tree, include.path))] for path in tree.sources()}
    done = set()

    def walk(path, trail):
        for line, target in ways[path]:
            if target in trail:
                circle = " → ".join(trail[trail.index(target):] + [target])
                yield Fault(path, line, f"a circle: {circle}")
            elif target not in done:
                yield from walk(target, trail + [target])
        done.add(path)

    for path in ways:
        if path not in done:
            yield from walk(path, [path])


@truth
def a_library_is_known_in_its_own_room_only(tree):
    for path in tree.sources():
        for include in includes(tree, path):
            for library, rooms in LIBRARIES.items():
                if re.fullmatch(library, include.path) and not path.startswith(tuple(rooms)):
                    yield Fault(path, include.line, f"only {' and '.join(rooms)} knows <{include.path}>")


@truth
def only_hear_and_say_know_the_structs_of_the_wire(tree):
    for path in tree.sources():
        for include in includes(tree, path):
            wire = include.path.endswith(".pb-c.h") or include.path.startswith("protobuf-c/")
            if wire and not any(re.fullmatch(pattern, path) for pattern in KNOWS_PROTOBUF):
                yield Fault(path, include.line, f'"{include.path}" is for hear and say')


@truth
def nobody_opens_a_record_without_noting_it(tree):
    for path in tree.sources():
        for number, line in tree.lines(path):
            if "vault_unseal" in line and path not in OPENS_RECORDS:
                yield Fault(path, number, "record_open opens records, and notes who reads and why")


@truth
def a_source_includes_its_own_header_first(tree):
    for path in tree.sources():
        own = path[:-2] + ".h"
        if not path.endswith(".c") or not (tree.root / own).is_file():
            continue
        first = next(includes(tree, path), None)
        if first is None or resolve(tree, first.path) != own:
            yield Fault(path, first.line if first else 1, f"includes its own header {own} first")


if __name__ == "__main__":
    main()
