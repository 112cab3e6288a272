"""Pure: the core decides with what it is handed, and with nothing else.

Read from the object files: what a file of a pure room refers to is defined in a pure room, or is
one of the functions named here.
"""
import json
import re
import subprocess
from pathlib import Path

from house import Fault, main, truth

# Where purity holds, and the pure rooms it may lean on.
PURE_ROOMS = [r"common/base/\w+\.c", r"common/book/\w+\.c", r"services/\w+/core/\w+\.c"]

# From the C library: memory, text, order, and words put into a buffer that is handed in.
PLAIN = re.compile(r"""
    mem\w+ | str\w+ | __(mem|str)\w+_chk | qsort(_r)? | bsearch | l?l?abs | isdigit | isalpha | isalnum | __ctype_b_loc
  | v?sn?printf | __v?sn?printf_chk | __isoc\w+_strto\w+ | abort | __assert_fail | __stack_chk_fail | _GLOBAL_OFFSET_TABLE_
  | __errno_location | __u?(div|mod|mul)\wi\d
  | __(asan|ubsan|sanitizer|tsan|msan|gcov|llvm)\w* | _Unwind_Resume | __sanitizer_cov\w+
""", re.VERBOSE)
NOT_PLAIN = {"strdup", "strndup", "strftime", "strptime", "strerror", "strsignal", "memfd_create"}

UNDEFINED = "*UND*"

# Who needs more, what, and why.
EXCEPTIONS = {
    "common/base/arena.c": r"malloc|calloc|realloc|aligned_alloc|free",  # the one source of memory
    "common/base/digest.c": r"crypto_\w+|sodium_\w+",                    # digests
    "common/book/form.c": r"yaml_\w+",                                   # reads YAML that is in memory already
    "common/base/status.c": r"",                                         # keeps the words of the newest fault
}


def is_pure(path):
    return any(re.fullmatch(pattern, path) for pattern in PURE_ROOMS)


def objects(tree):
    """Source and object file of everything in the pure rooms that the build has made."""
    for command in json.loads((tree.build / "compile_commands.json").read_text()):
        source = Path(command["file"]).resolve()
        if not source.is_relative_to(tree.root.resolve()):
            continue
        path = source.relative_to(tree.root.resolve()).as_posix()
        made = Path(command["directory"]) / re.search(r" -o (\S+)", command["command"])[1]
        if is_pure(path) and made.is_file():
            yield path, made


def symbols(made):
    """Name and section of each symbol; of what is used and not defined the section is *UND*."""
    listing = subprocess.run(["nm", "--format=sysv", str(made)], capture_output=True, text=True, check=True)
    rows = (line.split("|") for line in listing.stdout.splitlines() if line.count("|") == 6)
    return [(row[0].strip(), row[6].strip()) for row in rows][1:]


def is_made_by_the_compiler(symbol):
    return symbol.startswith(("__", ".L", "_sub_I", "_GLOBAL"))


def first_use(tree, path, symbol):
    for number, line in tree.lines(path):
        if not line.startswith("#") and re.search(rf"\b{re.escape(symbol)}\b", line):
            return number
    return 1


@truth
def the_core_refers_to_nothing_outside_the_pure_rooms(tree):
    found = [(path, symbols(made)) for path, made in objects(tree)]
    ours = {symbol for _, rows in found for symbol, section in rows if section != UNDEFINED}
    for path, rows in found:
        allowed = re.compile(EXCEPTIONS.get(path, ""))
        for symbol, section in rows:
            if section != UNDEFINED or symbol in ours or allowed.fullmatch(symbol):
                continue
            if symbol in NOT_PLAIN or not PLAIN.fullmatch(symbol):
                yield Fault(path, first_use(tree, path, symbol), f"{symbol} is not for a pure room")


@truth
def the_core_keeps_nothing_between_two_calls(tree):
    for path, made in objects(tree):
        for symbol, section in symbols(made):
            kept = re.fullmatch(r"\.t?(bss|data)(\..*)?", section) and not section.startswith(".data.rel.ro")
            if kept and path not in EXCEPTIONS and not is_made_by_the_compiler(symbol):
                yield Fault(path, first_use(tree, path, symbol.split(".")[0]), f"{symbol} lives on between two calls")


@truth
def every_source_of_the_core_was_looked_at(tree):
    seen = {path for path, _ in objects(tree)}
    for path in tree.sources():
        if is_pure(path) and path not in seen:
            yield Fault(path, 1, "no object file of it is in the build")


if __name__ == "__main__":
    main()
