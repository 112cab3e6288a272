"""A declaration of iJw 3.2 as large as one may be: reading it, the checks of the levels 1 and 2, and making facts of it;
then the same through the program that reads apart, and with the official schemas where they lie beside the checkout."""
import json
import os
import pathlib
import resource
import subprocess
import tempfile

import tools

PROGRAMS = ["ijw", "picq", "picq_reader"]
SCHEMAS = pathlib.Path(os.environ.get("PICQ_IJW_XSD_DIR") or tools.ROOT.parent / "shared/ijw/xsd")


def cpu_of_children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def checked(file, schemas=None):
    """Seconds of the processor that `picq ijw check` takes, its reader included."""
    environment = {**os.environ, "PICQ_IJW_XSD_DIR": str(schemas or "")}
    before = cpu_of_children()
    subprocess.run([tools.programs / "picq", "ijw", "check", file], check=True, stdout=subprocess.DEVNULL, env=environment)
    return round(cpu_of_children() - before, 3)


def measure(_, short):
    clients, each = (20, 10) if short else (2000, 25)
    told = subprocess.run([tools.programs / "ijw", str(clients), str(each)], check=True, capture_output=True).stdout
    figures = {"reading and checking": json.loads(told)}
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "declaration.xml"
        file.write_bytes(subprocess.run([tools.programs / "ijw", str(clients), str(each), "print"], check=True,
                                        capture_output=True).stdout)
        figures["picq ijw check"] = {"cpu_seconds": checked(file)}
        if SCHEMAS.is_dir():
            figures["picq ijw check"]["cpu_seconds_with_official_schemas"] = checked(file, SCHEMAS)
    return figures
