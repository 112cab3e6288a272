"""Heard: what a house says, the next one hears, or lets pass for a reason that is named here."""
import re

from house import Fault, main, truth

# What a house lets pass: (house, message) and its members, with why none of them concerns it.
LETS_PASS = {
    ("billing", "intake.Fact"): {
        "allocation_request": "what was granted counts", "change_request": "what was changed counts",
        "care_taken_over": "what was granted counts", "conversion": "what was converted counts",
        "request_granted": "what was granted counts", "request_refused": "nothing is owed by it",
        "outcome": "nothing is owed by it", "new_day": "its day comes with each message",
        "set_aside_retried": "the loop hears it", "set_aside_dropped": "the loop hears it",
        "allocation_ended": "what was changed counts", "client_joined": "what was changed counts",
    },
    ("billing", "allocation.Judged"): {
        "refused": "nothing is owed by it", "referred": "nothing is owed by it",
    },
    ("monitoring", "intake.Fact"): {
        "allocation_request": "allocation's judgement counts", "change_request": "allocation's judgement counts",
        "conversion": "allocation's judgement counts",
        "declaration": "billing's judgement counts",
        "payment_made": "billing's judgement counts", "new_day": "its day comes with each message",
        "year_closed": "billing's statements count", "year_reopened": "billing's statements count",
        "allocation_ended": "allocation's judgement counts", "client_died": "allocation's judgement counts",
        "set_aside_retried": "the loop hears it", "set_aside_dropped": "the loop hears it",
    },
    ("monitoring", "billing.Judged"): {
        "payment_booked": "no figure asks for it", "statement": "its postings count",
    },
}

# Through which messages a house looks, beside the one that its neighbour says.
LOOKS_INTO = {
    "allocation": ["intake.Fact"],
    "billing": ["intake.Fact", "allocation.Judged"],
    "monitoring": ["intake.Fact", "allocation.Judged", "billing.Judged"],
}


def cards(tree):
    """House: (path, line of its sources, sources, heard by), as its main.c says."""
    found = {}
    for path in tree.files("services/*/main.c"):
        text = tree.text(path)
        sources = re.search(r"\.sources\s*=\s*\{([^}]*)\}", text)
        if sources:
            heard_by = re.search(r"\.heard_by\s*=\s*\{([^}]*)\}", text)
            found[path.split("/")[1]] = (path, text[:sources.start()].count("\n") + 1,
                                         re.findall(r'"(\w+)"', sources[1]),
                                         re.findall(r'"(\w+)"', heard_by[1]) if heard_by else [])
    return found


def types_said(tree, house):
    for path in tree.files(f"services/{house}/*.c"):
        for number, line in tree.lines(path):
            for said in re.findall(rf'"({house}\.[A-Z]\w*)"', line):
                yield path, number, said


def ears(tree, house):
    return "\n".join(tree.text(path) for path in tree.files(f"services/{house}/*.c") if "say" not in path)


def names(text, message):
    """By its name on the street, or by its struct or descriptor."""
    return re.search(rf'"{re.escape(message)}"|\b{message.replace(".", "__")}\b', text, re.IGNORECASE) is not None


@truth
def whom_a_house_hears_knows_that_it_is_heard(tree):
    known = cards(tree)
    for house, (path, line, sources, _) in known.items():
        for source in sources:
            if source in known and house not in known[source][3]:
                yield Fault(path, line, f"{house} hears {source}, whose card does not name it")


@truth
def everyone_is_heard(tree):
    known = cards(tree)
    for house in known:
        for path, number, said in types_said(tree, house):
            for listener, (_, _, sources, _) in known.items():
                if house in sources and not names(ears(tree, listener), said):
                    yield Fault(path, number, f"{said} is not heard by {listener}")


def members(tree, message):
    """Name and line of each member of the message's oneof."""
    package, name = message.split(".")
    path, inside = f"proto/{package}.proto", None
    if not (tree.root / path).is_file():
        return
    for number, line in tree.lines(path):
        if re.match(rf"message {name} \{{", line):
            inside = "message"
        elif inside and line.startswith("}"):
            return
        elif inside == "message" and (match := re.match(r"\s+oneof (\w+)", line)):
            inside, group = "oneof", match[1]
        elif inside == "oneof" and re.match(r"\s+\}", line):
            return
        elif inside == "oneof" and (match := re.match(r"\s+[\w.]+ (\w+) = \d+;", line)):
            yield path, number, group, match[1]


@truth
def every_kind_of_fact_is_heard_or_let_pass(tree):
    for house in cards(tree):
        for message in LOOKS_INTO.get(house, []):
            text = ears(tree, house)
            passes = LETS_PASS.get((house, message), {})
            for path, number, group, member in members(tree, message):
                value = "__".join(message.split(".") + [group]).upper() + f"_{member.upper()}"
                heard = re.search(rf"\b{value}\b", text) is not None
                if not heard and member not in passes:
                    yield Fault(path, number, f"{house} neither hears {member} of {message} nor lets it pass")
                if heard and member in passes:
                    yield Fault(path, number, f"{house} hears {member} of {message}, which it is said to let pass")


if __name__ == "__main__":
    main()
