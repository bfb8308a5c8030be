"""PUBLIC_ONLY=1 serves the public side alone, from a lake that is only read, or from a folder without any lake."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.serving import free_port, wait_for
from tallinn.settings import ROOT
from tests.people import CONFIG
from tests.samples import copied

TRIED = """
from tallinn import access
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.settings import lake_dir
from tallinn.configuration import configuration
from tests.people import claims

assert not configuration().has_sign_in and access.person(claims("staff")) is None
with Lake(lake_dir()) as lake:
    try:
        lake.commit([Change("events", None, [], records("events", [{"who": "x"}]))], author="x", message="x", since=lake.snapshot())
    except Exception as refused:
        print(refused)
"""


@contextmanager
def served(**environment: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    port = free_port()
    command = [sys.executable, str(ROOT / "server.py"), f"--server.port={port}", "--server.address=127.0.0.1"]
    settings = {**os.environ, "PUBLIC_ONLY": "1", "STREAMLIT_SERVER_PORT": str(port), **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait()


def got(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def run(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    settings = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(founded_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, "-m", "tallinn", "publish-site", str(folder), "--lake", str(founded_directory)], cwd=ROOT, check=True)
    return folder


def test_the_lake_is_only_read_and_nobody_is_signed_in(founded_directory: Path, tmp_path: Path):
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    tried = run(TRIED, PUBLIC_ONLY="1", TALLINN_LAKE=str(founded_directory), TALLINN_CONFIG=str(config))
    assert tried.returncode == 0, tried.stderr
    assert "read-only" in tried.stdout


def test_the_dashboard_and_its_files_come_from_a_lake_that_does_not_change(founded_directory: Path, tmp_path: Path):
    directory = copied(founded_directory, tmp_path / "lake")
    before = {path: path.stat().st_size for path in sorted(directory.rglob("*.parquet"))}
    with served(TALLINN_LAKE=str(directory)) as (address, _process):
        assert got(f"{address}/open-data/releases.json")[0] == 200
        assert json.loads(got(f"{address}/readyz")[1])["status"] == "ready"
        assert "civilian cyber support" in got(f"{address}/summary/")[1]
    assert {path: path.stat().st_size for path in sorted(directory.rglob("*.parquet"))} == before


def test_a_folder_that_was_written_is_served_without_any_lake(site: Path, tmp_path: Path):
    with served(TALLINN_SITE=str(site), TALLINN_LAKE=str(tmp_path / "none")) as (address, process):
        status, page = got(f"{address}/")
        assert status == 200 and "civilian cyber support" in page
        status, listed = got(f"{address}/open-data/releases.json")
        release = json.loads(listed)["releases"][0]
        assert got(f"{address}{release['data_package']}")[0] == 200
        assert json.loads(got(f"{address}/readyz")[1])["status"] == "ready"
        assert got(f"{address}/funding")[0] == 404 and got(f"{address}/_stcore/health")[0] == 404
        process.terminate()
        lines = [json.loads(line) for line in process.communicate()[1].decode().splitlines() if line.startswith("{")]
    assert {line["path"]: line["status"] for line in lines if "path" in line}["/funding"] == 404
    assert not (tmp_path / "none").exists()


def test_without_a_lake_to_read_nothing_is_begun(tmp_path: Path):
    ended = run("import server", PUBLIC_ONLY="1", TALLINN_LAKE=str(tmp_path / "none"))
    assert ended.returncode == 2 and "holds no lake" in ended.stderr and "Traceback" not in ended.stderr
    assert not (tmp_path / "none").exists()


def test_a_folder_that_holds_no_site_is_told_in_a_sentence(tmp_path: Path):
    ended = run("import server", PUBLIC_ONLY="1", TALLINN_SITE=str(tmp_path))
    assert ended.returncode == 2 and "python -m tallinn publish-site" in ended.stderr and "Traceback" not in ended.stderr
