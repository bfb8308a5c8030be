"""Servers under measurement, each in a process of its own on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
STREAMLIT = (sys.executable, "-m", "streamlit", "run")
SECONDS_TO_START = 180


@contextmanager
def served(script: Path, *, folder: Path = ROOT, environment: Mapping[str, str]) -> Iterator[int]:
    """Serve this script from this folder, whose .streamlit settings hold; the port, once the server answers."""
    port = free_port()
    quiet = ["--server.headless=true", "--browser.gatherUsageStats=false", "--logger.level=error"]
    command = [*STREAMLIT, str(script), f"--server.port={port}", "--server.address=127.0.0.1", *quiet]
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield port
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(address: str, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Return when the server answers with success; RuntimeError when it takes too long, or its process ends."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"no answer from {address} within {SECONDS_TO_START} s")


def wait_until_ready(port: int) -> None:
    """Return when the dashboard says that its figures and its files are at hand; RuntimeError when that takes too long."""
    wait_for(f"http://127.0.0.1:{port}/readyz")
