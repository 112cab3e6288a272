"""The letter to a council as a browser prints it: two pages, whatever it has to tell.

    letter.py PROGRAM [FOLDER]     PROGRAM writes the letters; FOLDER keeps what was printed
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PAGES = 2


def browser():
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        sys.exit("no browser here: install chromium")
    return found


def pages_of(printed):
    return len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))


def print_letter(letter, home):
    printed = letter.with_suffix(".pdf")
    subprocess.run([browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    f"--user-data-dir={home}", "--no-pdf-header-footer", f"--print-to-pdf={printed}", letter.as_uri()],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=100)
    return printed


def overflows(letter, home):
    """Sheets whose content does not fit, as the browser that lays them out says."""
    measured = letter.with_name(f"{letter.stem}-measured.html")
    measured.write_text(letter.read_text(encoding="utf-8").replace("</body>", """<script>
        document.title = [...document.querySelectorAll(".sheet")].map(sheet => Math.round(
            sheet.querySelector("footer").getBoundingClientRect().top - Math.max(...[...sheet.children]
            .filter(child => child.tagName !== "FOOTER").map(child => child.getBoundingClientRect().bottom)))).join(" ");
        </script></body>"""), encoding="utf-8")
    ran = subprocess.run([browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                          f"--user-data-dir={home}", "--dump-dom", measured.as_uri()],
                         check=True, capture_output=True, text=True, timeout=100)
    measured.unlink()
    return [int(room) for room in re.search(r"<title>([-0-9 ]+)</title>", ran.stdout)[1].split()]


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="picq-letter-") as kept:
        folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else kept).resolve()
        folder.mkdir(exist_ok=True)
        subprocess.run([program, folder], check=True)
        failed = 0
        for letter in sorted(folder.glob("*.html")):
            name = f"the_letter_{letter.stem}_is_two_pages_with_room_to_spare"
            print(f"[ RUN      ] {name}")
            pages, rooms = pages_of(print_letter(letter, f"{kept}/home")), overflows(letter, f"{kept}/home")
            fits = pages == PAGES and len(rooms) == PAGES and min(rooms) >= 0
            print(f"{pages} pages; pixels left above the foot: {rooms}")
            print(f"[{'       OK ' if fits else '  FAILED  '}] {name}")
            failed += not fits
        sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
