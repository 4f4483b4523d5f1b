"""A sweep on a dask.distributed cluster: the same to the bit, and plain words where it cannot be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from game.cli import main
from game.sweep import ClusterFault, Grid, picture_as_svg, run_sweep, table_as_csv

Output = pytest.CaptureFixture[str]

SMALL = Grid((0.0, 0.5, 1.0), (2, 3), (4, 6), (1, None), levels=2, places=5, currents=3, states=2)


def test_without_distributed_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """Where the package is missing the command says how to get it, with status 2."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["sweep", "--dask", "tcp://127.0.0.1:8786", "-o", str(tmp_path / "s.csv")]) == 2
    assert 'pip install "water-lanes[dask]"' in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_finds_what_processes_find(tmp_path: Path) -> None:
    """On a cluster of two workers the table and the picture are the same to the bit, however many ask at once."""
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        there = run_sweep(SMALL, tmp_path / "there", cluster=cluster.scheduler_address)
        again = run_sweep(SMALL, tmp_path / "there", cluster=cluster.scheduler_address)
    here = run_sweep(SMALL, tmp_path / "here", jobs=2)
    assert table_as_csv(there) == table_as_csv(again) == table_as_csv(here)
    assert picture_as_svg(SMALL, there) == picture_as_svg(SMALL, here)


@pytest.mark.filterwarnings("ignore")
def test_many_levels_are_asked_for_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster that is asked for a few levels at a time answers all of them."""
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr("game.sweep.crew._ASKED_AT_ONCE", 3)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster:
        rows = run_sweep(SMALL, tmp_path / "there", cluster=cluster.scheduler_address)
    assert rows == run_sweep(SMALL, tmp_path / "here", jobs=1)


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_cannot_help_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No scheduler, no workers, and workers with another program are each a plain sentence."""
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr("game.sweep.crew._PATIENCE", 0.5)
    with pytest.raises(ClusterFault, match="no cluster to be reached"):
        run_sweep(SMALL, tmp_path / "journal", cluster="tcp://127.0.0.1:9")
    nobody = distributed.LocalCluster(n_workers=0, dashboard_address=None)
    with nobody as cluster, pytest.raises(ClusterFault, match="no workers"):
        run_sweep(SMALL, tmp_path / "journal", cluster=cluster.scheduler_address)
    monkeypatch.setattr("game.sweep.crew.program_digest", _another_program)
    somebody = distributed.LocalCluster(n_workers=1, dashboard_address=None)
    with somebody as cluster, pytest.raises(ClusterFault, match="another version"):
        run_sweep(SMALL, tmp_path / "journal", cluster=cluster.scheduler_address)


class _Asked:
    """How often the digest of this side's program was asked for."""

    count = 0


def _another_program() -> str:
    _Asked.count += 1
    return f"program {_Asked.count}"
