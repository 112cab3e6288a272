"""People: invented ones, told apart by test numbers only.

A citizen number is one of the test range that passes the eleven-test; there are 9,091 of them, and
no person gives up a number to another. Nobody has a name beyond "Testpersoon" and a number.
"""

TEST_RANGE = range(999_900_006, 999_999_991)
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_eleven_test(bsn):
    return sum(int(digit) * weight for digit, weight in zip(bsn, WEIGHTS)) % 11 == 0


class Person:
    __slots__ = ("bsn", "name", "birth_day", "municipality", "cares")

    def __init__(self, bsn, number, birth_day, municipality):
        self.bsn = bsn
        self.name = f"Testpersoon {number}"
        self.birth_day = birth_day
        self.municipality = municipality
        self.cares = []


class People:
    """Gives out persons while there are numbers; then gives care to those who are there."""

    def __init__(self, chance):
        self.chance = chance
        self.numbers = [text for text in map(str, TEST_RANGE) if passes_eleven_test(text)]
        self.strangers = self.numbers[-40:]    # whom the region never hears of
        self.grown_up = self.numbers[-140:-40]  # who are too old, and are asked for once
        self.numbers = self.numbers[:-140]
        chance.shuffle(self.numbers)
        self.persons = []
        self.shared = 0  # times that care went to a person who had other care, for want of numbers

    @property
    def capacity(self):
        return len(self.numbers)

    def new(self, municipality, birth_day):
        if len(self.persons) < len(self.numbers):
            person = Person(self.numbers[len(self.persons)], len(self.persons) + 1, birth_day, municipality)
            self.persons.append(person)
            return person
        return None
