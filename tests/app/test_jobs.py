"""Background jobs: results, progress, errors, dead processes, cancelling."""

from __future__ import annotations

import time
from collections.abc import Iterator

import errands
import pytest

from game.app.jobs import Cancelled, Ended, Job, Jobs
from game.app.worker import Worker


@pytest.fixture(scope="module")
def jobs() -> Iterator[Jobs]:
    """One queue for all tests, so that its worker is started once."""
    queue = Jobs()
    yield queue
    queue.close()


def wait_for(job: Job, seconds: float = 20.0) -> None:
    """Waits until the job is done."""
    end = time.monotonic() + seconds
    while not job.done:
        assert time.monotonic() < end, "the job did not end"
        time.sleep(0.005)


def test_a_job_gives_the_result_of_its_function(jobs: Jobs) -> None:
    """What the function returns in its process is the job's result here."""
    job = jobs.submit(errands.doubled, 21)
    wait_for(job)
    assert (job.result, job.error, job.ok, job.fraction) == (42, None, True, 1.0)


def test_a_job_tells_how_far_it_is(jobs: Jobs) -> None:
    """Progress reported in the process arrives as stage and fraction."""
    job = jobs.submit(errands.waited_for, 60.0)
    end = time.monotonic() + 20
    while job.stage != "asleep" and time.monotonic() < end:
        time.sleep(0.005)
    assert (job.stage, job.fraction, job.done) == ("asleep", 0.5, False)
    job.cancel()


def test_submitting_never_waits_for_the_work(jobs: Jobs) -> None:
    """Work of a minute is taken in well under a frame's catch-up time."""
    start = time.perf_counter()
    job = jobs.submit(errands.waited_for, 60.0)
    assert time.perf_counter() - start < 0.5
    job.cancel()


def test_an_exception_becomes_the_error_of_its_job(jobs: Jobs) -> None:
    """An exception in the process is found on the job, with its type and words, and nowhere else."""
    job = jobs.submit(errands.refused, "not today")
    wait_for(job)
    assert isinstance(job.error, ValueError)
    assert str(job.error) == "not today"
    assert job.result is None


def test_a_process_that_dies_is_an_error_and_the_next_job_works(jobs: Jobs) -> None:
    """A worker that is killed by the system ends its job with Ended and leaves the queue in order."""
    job = jobs.submit(errands.died)
    wait_for(job)
    assert isinstance(job.error, Ended)
    after = jobs.submit(errands.doubled, 4)
    wait_for(after)
    assert after.result == 8


@pytest.mark.parametrize("errand", [errands.unpicklable, errands.awkward], ids=["result", "error"])
def test_what_cannot_be_sent_back_is_an_error(jobs: Jobs, errand: object) -> None:
    """A result or an error that does not pickle ends the job with an error and leaves the worker in use."""
    job = jobs.submit(errand)
    wait_for(job)
    assert job.error is not None
    after = jobs.submit(errands.doubled, 5)
    wait_for(after)
    assert after.result == 10


def test_what_cannot_be_sent_there_is_an_error(jobs: Jobs) -> None:
    """A function that does not pickle ends the job with an error at once."""
    job = jobs.submit(lambda: 1)
    wait_for(job)
    assert job.error is not None


def test_cancelling_ends_the_work_at_once(jobs: Jobs) -> None:
    """A cancelled job is done, with Cancelled, although its function would sleep for a minute, and others go on."""
    job = jobs.submit(errands.waited_for, 60.0)
    other = jobs.submit(errands.doubled, 3)
    job.cancel()
    assert job.done
    assert isinstance(job.error, Cancelled)
    wait_for(other)
    assert other.result == 6


def test_the_same_key_is_worked_out_once(jobs: Jobs) -> None:
    """Asked for again under its key, a job that is on its way or done is the same job, a failed one is tried afresh."""
    first = jobs.submit(errands.doubled, 7, key="seven")
    assert jobs.submit(errands.doubled, 7, key="seven") is first
    wait_for(first)
    assert jobs.submit(errands.doubled, 7, key="seven") is first
    failed = jobs.submit(errands.refused, "no", key="failed")
    wait_for(failed)
    assert jobs.submit(errands.refused, "no", key="failed") is not failed


def test_urgent_work_does_not_wait_for_the_queue() -> None:
    """With every place taken, urgent work still begins at once."""
    queue = Jobs(workers=1)
    try:
        blocked = queue.submit(errands.waited_for, 60.0)
        waiting = queue.submit(errands.doubled, 1)
        urgent = queue.submit(errands.doubled, 2, urgent=True)
        wait_for(urgent)
        assert urgent.result == 4
        assert not blocked.done
        assert not waiting.done
    finally:
        queue.close()
    assert blocked.done
    assert waiting.done


def test_what_is_known_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A result that ``known`` gives is the job's, without a worker; where it gives None or fails, a worker answers."""
    started = []

    def start() -> Worker:
        started.append(Worker())
        return started[-1]

    monkeypatch.setattr("game.app.jobs.Worker", start)
    queue = Jobs()
    job = queue.submit(errands.died, known=lambda: 7)
    wait_for(job)
    assert (job.result, job.ok, started) == (7, True, [])

    def broken(number: int) -> int:
        raise OSError(number)

    for unknown in (lambda number: None, broken):
        job = queue.submit(errands.doubled, 8, known=unknown)
        wait_for(job)
        assert job.result == 16
    assert started
    queue.close()


def test_closing_ends_everything() -> None:
    """After closing nothing runs, and what is asked for then is cancelled instead of waiting for ever."""
    queue = Jobs()
    running = queue.submit(errands.waited_for, 60.0)
    queue.close()
    assert isinstance(running.error, Cancelled)
    assert isinstance(queue.submit(errands.doubled, 1).error, Cancelled)


def test_in_process_jobs_are_done_when_submitted() -> None:
    """In-process work is finished on return, with the same fields: result, progress, error, key."""
    queue = Jobs(in_process=True)
    job = queue.submit(errands.counted, 4, key="count")
    assert (job.result, job.stage, job.fraction) == (4, "steps", 1.0)
    assert queue.submit(errands.counted, 4, key="count") is job
    assert isinstance(queue.submit(errands.refused, "no").error, ValueError)


def test_finished_jobs_are_not_kept_for_ever() -> None:
    """However many keys have been used, only a few results stay in memory."""
    queue = Jobs(in_process=True)
    for number in range(500):
        queue.submit(errands.doubled, number, key=number)
    assert len(queue._by_key) < 20


def test_a_system_without_room_for_a_process_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be started the job ends with Ended instead of waiting for ever."""

    def refuse() -> None:
        raise BlockingIOError("resource temporarily unavailable")

    monkeypatch.setattr("game.app.jobs.Worker", refuse)
    queue = Jobs()
    job = queue.submit(errands.doubled, 1)
    wait_for(job)
    assert isinstance(job.error, Ended)
    assert queue.running == 0
