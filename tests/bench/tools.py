"""What the benches share: a release build of their own, and medians."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "bench"
programs = BUILD / "bin"
sys.path.insert(0, str(ROOT / "deploy"))


def build(*targets):
    """With the programs of the benches, which a release does not have."""
    quiet = {"cwd": ROOT, "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(["cmake", "-S", ".", "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_TESTING=ON"],
                   **quiet)
    subprocess.run(["ninja", "-C", BUILD, *targets], **quiet)


def median(numbers):
    return sorted(numbers)[len(numbers) // 2]
