"""An S3 server on loopback for the tests: SeaweedFS, a real one, from its wheel."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from obstore.exceptions import BaseError
from obstore.store import S3Store

BUCKET = "jarchi"
KEYS = ("test-key", "test-secret")
CONFIG = (
    '{"identities": [{"name": "test", "credentials": [{"accessKey": "%s", "secretKey": "%s"}], "actions": ["Admin"]}]}'
)
PORTS = [f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc")]
PATIENCE = 60  # seconds for the server to start


def available() -> str | None:
    """The server's program, where its wheel is installed."""
    return shutil.which("weed", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))))


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """The environment in which s3://jarchi is a bucket of a server that runs as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="s3-") as name:
        yield from _run(Path(name))


def _run(folder: Path) -> Iterator[dict[str, str]]:
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    (folder / "s3.json").write_text(CONFIG % KEYS)
    command = [str(available()), "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", "-filer"]
    command += ["-master.telemetry=false", "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.config={folder / 's3.json'}"]
    command += [f"-{name}={port}" for name, port in ports.items()]
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{ports['s3.port']}",
        "AWS_ACCESS_KEY_ID": KEYS[0],
        "AWS_SECRET_ACCESS_KEY": KEYS[1],
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env=os.environ | {"TMPDIR": str(folder)}
        )
    try:
        _wait(environment, process)
        yield environment
    finally:
        process.kill()  # there is nothing in it that is to be kept
        process.wait()
        for port in ports.values():
            for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # it makes them there, wherever it runs
                left.unlink()


def _wait(environment: dict[str, str], process: subprocess.Popen[bytes]) -> None:
    """Until the server keeps what it is given; the first object makes the bucket."""
    store = S3Store(
        BUCKET,
        endpoint=environment["AWS_ENDPOINT_URL"],
        access_key_id=KEYS[0],
        secret_access_key=KEYS[1],
        region="us-east-1",
        client_options={"allow_http": True},
    )
    end = time.monotonic() + PATIENCE
    while True:
        try:
            store.put("started", b"yes")
        except (BaseError, FileNotFoundError):
            if time.monotonic() > end or process.poll() is not None:
                raise
            time.sleep(0.3)
        else:
            return
