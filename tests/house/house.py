"""House: the kit of the checks that hold the source to its plan.

A truth is a sentence that holds for the whole tree: a function that takes a Tree and yields what
contradicts it as Fault(path, line, words). Each module of this folder is a program that checks its
own truths: `rooms.py TREE [BUILD]`. It speaks as cmocka does, so that each truth counts as a test.
"""
import re
import sys
from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    path: str
    line: int
    words: str


class Tree:
    """The files of a checkout, and the build that was made of it."""

    def __init__(self, root, build=None):
        self.root = Path(root)
        self.build = Path(build) if build else None

    def files(self, *patterns):
        """Paths relative to the root, sorted: files("common/**/*.c")."""
        found = {path.relative_to(self.root).as_posix()
                 for pattern in patterns for path in self.root.glob(pattern) if path.is_file()}
        return sorted(found)

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def lines(self, path):
        """Number and text of each line."""
        return enumerate(self.text(path).splitlines(), 1)

    def sources(self):
        return self.files("common/**/*.[ch]", "services/**/*.[ch]")


INCLUDE = re.compile(r'\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


class Include(NamedTuple):
    line: int
    path: str
    ours: bool  # in quotes


def includes(tree, path):
    for number, line in tree.lines(path):
        match = INCLUDE.match(line)
        if match:
            yield Include(number, match[1] or match[2], match[1] is not None)


TRUTHS = []


def truth(function):
    TRUTHS.append(function)
    return function


def main():
    tree = Tree(*sys.argv[1:])
    failed = 0
    for check in TRUTHS:
        print(f"[ RUN      ] {check.__name__}")
        faults = list(check(tree))
        for fault in faults:
            print(f"{fault.path}:{fault.line}: {fault.words}")
        print(f"[{'  FAILED  ' if faults else '       OK '}] {check.__name__}")
        failed += bool(faults)
    sys.exit(1 if failed else 0)
