"""A provider who speaks iJw 3.2 only: asks for care, starts it, declares it and ends it, and is answered; and what breaks
the reader of its messages breaks nothing else."""
import json
import os
import pathlib

from journey import BOOK, local, main, story

MUNICIPALITY, PROVIDER, BSN = "0503", "90000001", "999900006"
TODAY = "2021-04-08"
BASIS = "http://www.istandaarden.nl/ijw/3_2/basisschema/schema"
CODES = {"jw305": "438", "jw307": "440", "jw315": "446", "jw317": "486", "jw323": "490"}
PERSON = (f"<Bsn>{BSN}</Bsn><Geboortedatum><b:Datum>2010-05-06</b:Datum></Geboortedatum><Geslacht>0</Geslacht>"
          "<Naam><b:Geslachtsnaam><b:Achternaam>Testpersoon</b:Achternaam></b:Geslachtsnaam></Naam>")
# A client in care since 2019 keeps products without a profile.
CARE_OF_OLD = {"id": "over-1", "municipality": MUNICIPALITY, "provider": PROVIDER, "care_taken_over": {
    "client": {"bsn": BSN, "name": "Testpersoon", "birth_day": "2010-05-06"}, "allocation": "501", "segment": "SPECIALIST",
    "period": {"first_day": "2019-01-01", "last_day": "2021-02-28"}, "referrer": "GP",
    "product": {"category": "45", "code": "45A53", "volume": 40, "unit": "HOUR", "frequency": "PER_MONTH"}}}
BOMB = ("<!DOCTYPE a [<!ENTITY b0 \"ha\">"
        + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10)) + "]><a>&b9;</a>")


def national(kind, name, body):
    return (f'<Bericht xmlns="http://www.istandaarden.nl/ijw/3_2/{kind}/schema" xmlns:b="{BASIS}">'
            f"<Header><BerichtCode>{CODES[kind]}</BerichtCode><BerichtVersie>3</BerichtVersie>"
            "<BerichtSubversie>2</BerichtSubversie>"
            f"<Afzender>{PROVIDER}</Afzender><Ontvanger>{MUNICIPALITY}</Ontvanger>"
            f"<BerichtIdentificatie><b:Identificatie>{name}</b:Identificatie><b:Dagtekening>{TODAY}</b:Dagtekening>"
            "</BerichtIdentificatie><XsdVersie><b:BasisschemaXsdVersie>1.0.0</b:BasisschemaXsdVersie>"
            f"<b:BerichtXsdVersie>1.0.0</b:BerichtXsdVersie></XsdVersie></Header>{body}</Bericht>")


def asked(reference, code="45A48"):
    return national("jw315", "V1", f"<Client>{PERSON}<AangevraagdeProducten><AangevraagdProduct>"
                    f"<ReferentieAanbieder>{reference}</ReferentieAanbieder><Product><b:Categorie>45</b:Categorie>"
                    f"<b:Code>{code}</b:Code></Product><ToewijzingIngangsdatum>2021-03-01</ToewijzingIngangsdatum>"
                    "<ToewijzingEinddatum>2021-12-31</ToewijzingEinddatum><Omvang><b:Volume>10</b:Volume>"
                    "<b:Eenheid>04</b:Eenheid><b:Frequentie>4</b:Frequentie></Omvang><Verwijzer><b:Type>02</b:Type>"
                    "<b:ZorgverlenerCode>01000001</b:ZorgverlenerCode></Verwijzer></AangevraagdProduct>"
                    "</AangevraagdeProducten></Client>")


def started(number):
    return national("jw305", "S1", f"<Client>{PERSON}<StartProducten><StartProduct><ToewijzingNummer>{number}"
                    "</ToewijzingNummer><Begindatum>2021-03-01</Begindatum><StatusAanlevering>1</StatusAanlevering>"
                    "</StartProduct></StartProducten></Client>")


def stopped(number):
    return national("jw307", "E1", f"<Client>{PERSON}<StopProducten><StopProduct><ToewijzingNummer>{number}"
                    "</ToewijzingNummer><Begindatum>2021-03-01</Begindatum><RedenBeeindiging>31</RedenBeeindiging>"
                    "<Einddatum>2021-04-07</Einddatum><StatusAanlevering>1</StatusAanlevering></StopProduct>"
                    "</StopProducten></Client>")


def line(reference, number, minutes, cents):
    return (f"<Prestatie><ProductReferentie><b:ReferentieNummer>{reference}</b:ReferentieNummer></ProductReferentie>"
            f"<ToewijzingNummer>{number}</ToewijzingNummer><ProductCategorie>45</ProductCategorie>"
            "<ProductCode>45A48</ProductCode><ProductPeriode><b:Begindatum>2021-03-01</b:Begindatum>"
            f"<b:Einddatum>2021-03-31</b:Einddatum></ProductPeriode><GeleverdVolume>{minutes}</GeleverdVolume>"
            f"<Eenheid>01</Eenheid><ProductTarief>120</ProductTarief><IngediendBedrag><b:Bedrag>{cents}</b:Bedrag>"
            "<b:DebetCredit>D</b:DebetCredit></IngediendBedrag></Prestatie>")


def declared(name, lines, total):
    return national("jw323", name, f"<Declaratie><DeclaratieNummer>{name}</DeclaratieNummer><DeclaratiePeriode>"
                    "<b:Begindatum>2021-03-01</b:Begindatum><b:Einddatum>2021-03-31</b:Einddatum></DeclaratiePeriode>"
                    f"<DeclaratieDagtekening>{TODAY}</DeclaratieDagtekening><TotaalIngediendBedrag>"
                    f"<b:TotaalBedrag>{total}</b:TotaalBedrag><b:DebetCredit>D</b:DebetCredit></TotaalIngediendBedrag>"
                    f"<Clienten><Client><Bsn>{BSN}</Bsn><Prestaties>{lines}</Prestaties></Client></Clienten></Declaratie>")


class Post:
    """A street in April 2021, and a provider with files."""

    def __init__(self, journey):
        self.folder = journey.folder / "post"
        self.folder.mkdir(exist_ok=True)
        self.street = journey.street()
        self.office = local.Office(self.street)
        self.street.start()
        self.office.begin(TODAY)
        self.office.open_gateway((PROVIDER,))
        for book in sorted(BOOK.iterdir())[:4]:
            self.office.publish(book)
        over = self.folder / "over.ndjson"
        over.write_text(json.dumps(CARE_OF_OLD), encoding="utf-8")
        self.office.send(over, owner="inkoop")
        self.street.settle()

    def send(self, text, admitted=True):
        file = self.folder / "message.xml"
        file.write_text(text, encoding="utf-8")
        sent = self.office.send(file, check=False)
        self.street.settle()
        assert sent.returncode == (0 if admitted else 1), sent.stdout + sent.stderr
        return sent.stdout

    def letters(self):
        fetched = self.office.picq(self.office.gateway, "feed", "fetch", "--municipality", MUNICIPALITY, "--provider",
                                   PROVIDER)
        return [json.loads(each) for each in fetched.stdout.splitlines()]

    def letter_about(self, name):
        return next(letter for letter in self.letters() if letter["about"] == name)


def processes_below(pid):
    return [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()]


@story
def a_provider_who_speaks_iJw_only_is_granted_paid_and_answered(journey):
    post = Post(journey)
    post.send(asked("V-1"))
    granted = post.letter_about("jw315:90000001:V1/1")["granted"]
    number = granted["allocations"][0]["number"]
    assert granted["allocations"][0]["product"]["code"] == "45A48", granted

    post.send(started(number))
    assert post.letter_about("jw305:90000001:S1/1")["noted"], post.letters()

    refused = post.send(declared("D1", line("R-1", number, 120, 14400), 14401), admitted=False)
    assert "NATIONAL_BROKEN" in refused and "TR358" in refused, refused
    two_lines = line("R-1", number, 120, 14400) + line("R-2", "7", 60, 7200)
    post.send(declared("D1", two_lines, 21600))
    answer = post.letter_about("jw323:90000001:D1/1")["declaration_answered"]
    assert answer["approved"]["cents"] == 14400 and answer["submitted"]["cents"] == 21600, answer
    assert [rejected["reference"] for rejected in answer["lines"]] == ["R-2"], answer

    post.send(stopped(number))
    assert post.letter_about("jw307:90000001:E1/1")["noted"], post.letters()


@story
def what_breaks_a_message_disturbs_nothing_and_who_reads_it_holds_nothing(journey):
    post = Post(journey)
    intake = post.street.replicas["intake", 0]
    for text in (BOMB, "<Bericht>" * 100000, asked("V-1")[:-20], "\x00\x01"):
        assert "NATIONAL_BROKEN" in post.send(text, admitted=False)
    post.send(asked("V-1"))
    assert intake.alive()

    wardens = [pid for pid in processes_below(intake.pid)
               if pathlib.Path(f"/proc/{pid}/comm").read_text().startswith("picq-reader")]
    assert len(wardens) == 1, wardens
    about = pathlib.Path(f"/proc/{wardens[0]}")
    assert sorted(os.listdir(about / "fd")) == ["0", "1", "2"], os.listdir(about / "fd")
    assert "PICQ_KEYS" not in (about / "environ").read_text(), "the reader knows where the keys are"
    assert "\nSeccomp:\t2\n" in (about / "status").read_text()

    os.kill(wardens[0], 9)
    post.send(asked("V-2").replace(">V1<", ">V2<").replace("45A48", "45A53"))
    assert intake.alive()


main()
