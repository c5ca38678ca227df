"""Kill a build at every kind of write it makes to the corpus, run it again, and count what was lost or doubled.

    python -m benchmarks.kills [POINTS]     default: 40 points spread over one build

Random times miss the bad moments, so the points are counted: strace reports every write-class system call on the corpus
directory and holds the build a moment after it, and at the nth of them the build gets its SIGKILL.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.corpus import Corpus
from analytics.corpus.store import MARK
from analytics.errors import CorpusError

ROOT = Path(__file__).resolve().parent.parent
CALLS = (
    "write,writev,pwrite64,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,"
    "ftruncate,fallocate,fsync,fdatasync"
)
# Small batches, so that a short build makes many commits, and files enough to be put together.
BUILD = """
import sys
from analytics.pipeline import run
run.BATCH = run.COMMIT = 25
from analytics.corpus import compaction
compaction.MANY = 3
from analytics.__main__ import main
sys.exit(main(["build", *sys.argv[2:], "--corpus", sys.argv[1], "--workers", "1"]))
"""
HOLD = 5_000  # microseconds that strace holds a thread after each call: time enough to be killed there
_CALL = re.compile(r"(?:\[pid +\d+\] +)?(\w+)\(")


@dataclass(frozen=True)
class Outcome:
    """What a kill and the same build again left behind, compared with a build that was not killed."""

    point: int
    call: str
    opened: bool
    lost: int
    doubled: int
    changed: int
    faults: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing tells that the kill ever happened."""
        return self.opened and not (self.lost or self.doubled or self.changed or self.faults)


def available() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def write_inputs(folder: Path) -> list[Path]:
    """Three files of sixty articles each in words of our own: a reprint, a taken id and a bad record among them."""
    towns = ("Bakı", "Gəncə", "Şəki", "Quba", "Lənkəran")
    lands = ("Qazaxıstan", "Türkiyə", "Gürcüstan", "Özbəkistan")
    paths = []
    for file in range(3):
        rows = [
            {
                "id": f"{file}-{n}" if n % 20 else str(n),
                "date": f"2024-{1 + n % 12:02}-{1 + n % 28:02}",
                "title": f"{towns[n % 5]}: {n} nömrəli xəbər",
                "text": f"{towns[n % 5]} şəhərində {lands[n % 4]} səfiri ilə {n} nömrəli görüş keçirildi, fayl {file}.",
                "outlet": f"Nümunə {file}",
            }
            for n in range(60)
        ]
        rows.append(rows[7] | {"id": f"{file}-reprint", "url": f"https://example.org/{file}"})
        path = folder / f"input{file}.jsonl"
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join([*lines, "{broken"]) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def build(corpus: Path, inputs: Sequence[Path]) -> None:
    """One whole build."""
    done = subprocess.run(_command(corpus, inputs), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the build failed: {done.stderr}")


def traced(corpus: Path, inputs: Sequence[Path], kill_at: int = 0) -> list[str]:
    """One build under strace, killed at this write to the corpus if any; the writes it made, by kind of call."""
    trace = ["strace", "-f", "-y", "--seccomp-bpf", "-e", f"trace={CALLS}", "-e", f"inject={CALLS}:delay_exit={HOLD}"]
    calls: list[str] = []
    with subprocess.Popen(
        [*trace, *_command(corpus, inputs)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            call = _CALL.match(line)
            if call and str(corpus) in line:
                calls.append(call[1])
                if len(calls) == kill_at:
                    os.killpg(process.pid, signal.SIGKILL)
                    return calls
    return calls


def _command(corpus: Path, inputs: Sequence[Path]) -> list[str]:
    return [sys.executable, "-c", BUILD, str(corpus), *map(str, inputs)]


def contents(corpus: Corpus) -> dict[str, str]:
    """What each article says and what was made of it."""
    rows = corpus.rows(
        "select id, to_json(a) || to_json(n) as said from articles a left join analysis n on article = id"
    )
    return dict(zip(rows["id"].to_pylist(), rows["said"].to_pylist(), strict=True))


def kill(point: int, whole: Corpus, inputs: Sequence[Path], folder: Path) -> Outcome:
    """End a build at this write, look at what it left, build again, and compare with a whole build."""
    path = folder / "corpus"
    calls = traced(path, inputs, point)
    opened = True
    faults: list[str] = []
    if (path / MARK).exists():  # before that there is no corpus yet, and nothing to open
        try:
            faults = Corpus.open(path).check()
        except CorpusError as error:
            opened, faults = False, [str(error)]
    build(path, inputs)
    again = Corpus.open(path)
    mine, theirs = contents(again), contents(whole)
    return Outcome(
        point=point,
        call=calls[-1] if len(calls) == point else "",
        opened=opened,
        lost=len(theirs.keys() - mine.keys()),
        doubled=again.count("articles") - len(theirs.keys() & mine.keys()) + again.count("analysis") - len(mine),
        changed=sum(mine[i] != theirs[i] for i in mine.keys() & theirs.keys())
        + abs(again.count("rejected") - whole.count("rejected")),
        faults=(*faults, *again.check()),
    )


def run(number: int) -> Iterator[Outcome]:
    """The outcomes of so many kills, spread evenly over the writes of one build."""
    with tempfile.TemporaryDirectory(prefix="jarchi-kills-") as name:
        folder = Path(name)
        inputs = write_inputs(folder)
        every = len(traced(folder / "whole", inputs))
        print(f"{every} write-class calls on the corpus in one build", file=sys.stderr)
        for at in range(number):
            place = folder / str(at)
            place.mkdir()
            yield kill(1 + at * every // number, Corpus.open(folder / "whole"), inputs, place)
            shutil.rmtree(place)


def main() -> int:
    """Print a line for each kill, and the sums; exit 1 when anything was lost, doubled or changed."""
    if not available():
        print("strace is not here, or may not trace: nothing was measured", file=sys.stderr)
        return 1
    outcomes = []
    print(f"{'killed at write':>15} {'call':>10} {'opens':>6} {'lost':>5} {'doubled':>8} {'changed':>8}  faults")
    for one in run(int(sys.argv[1]) if len(sys.argv) > 1 else 40):
        outcomes.append(one)
        said = "; ".join(one.faults) or "none"
        print(f"{one.point:15} {one.call:>10} {one.opened!s:>6} {one.lost:5} {one.doubled:8} {one.changed:8}  {said}")
    dirty = sum(not one.clean for one in outcomes)
    killed = sum(bool(one.call) for one in outcomes)
    lost, doubled = sum(o.lost for o in outcomes), sum(o.doubled for o in outcomes)
    print(f"{killed} kills: lost {lost}, doubled {doubled}, not clean {dirty}")
    return 1 if dirty or killed < len(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
