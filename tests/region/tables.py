"""Tables: the public figures that the synthetic region is drawn from.

Inhabitants are rounded, of about 2020. Durations, referrers and kinds of care are the national
figures of youth care. What a whole Haaglanden adds up to is an estimate.
"""

# CBS code, name, inhabitants.
MUNICIPALITIES = [
    ("0503", "Delft", 104_000),
    ("0518", "'s-Gravenhage", 545_000),
    ("1916", "Leidschendam-Voorburg", 76_000),
    ("1842", "Midden-Delfland", 19_400),
    ("1926", "Pijnacker-Nootdorp", 55_000),
    ("0603", "Rijswijk", 55_000),
    ("0626", "Voorschoten", 25_600),
    ("0629", "Wassenaar", 26_500),
    ("1783", "Westland", 111_000),
    ("0637", "Zoetermeer", 125_000),
]

# Days that care lasts, from and to, and how often: care that ended in a year.
DURATIONS = [
    (14, 91, 47_200),
    (92, 182, 50_485),
    (183, 365, 86_590),
    (366, 730, 68_260),
    (731, 1095, 19_610),
    (1096, 1460, 9_175),
    (1461, 2190, 11_505),
]

REFERRERS = [
    ("MUNICIPALITY", 195_985),
    ("GP", 222_165),
    ("YOUTH_DOCTOR", 17_310),
    ("CERTIFIED_INSTITUTION", 58_015),
    ("SPECIALIST", 30_070),
    ("JUDGE", 2_325),
]

# Kinds of care that a provider starts, in tenths of a percent.
KINDS = [
    ("LOCAL_TEAM", 107),
    ("AMBULANT", 608),
    ("DAY_CARE", 51),
    ("AT_HOME", 173),
    ("FOSTER", 14),
    ("FAMILY_HOME", 8),
    ("CLOSED", 5),
    ("OTHER_STAY", 35),
]

# Estimates for the whole region in a year: with the durations above, so many starts keep so much
# care running that 25,000 to 30,000 clients are helped and 250,000 to 350,000 lines declared.
STARTS_A_YEAR = 16_500
RUNNING_AT_THE_BEGINNING = 18_000

# The largest twelve providers give this share of the care.
LARGEST = 12
SHARE_OF_LARGEST = 0.85

# When the region publishes its books, by slug; one that is not named here, on the day it was decided.
PUBLISHED = {
    "pxq-contracts-to-2019": "2018-12-31",
    "phased-introduction": "2019-04-23",
    "bridging-contracts-2020": "2019-12-20",
    "bridging-contracts-2020-pxq": "2019-12-20",
    "two-development-years": "2020-07-07",
    "tariff-table-2020": "2020-10-01",
    "residence-rule-2022": "2021-12-15",
}
