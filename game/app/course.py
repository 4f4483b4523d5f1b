"""The course of a workshop: one person's way through the steps of an exercise, on the stage.

The course knows where somebody is and what they have left so far, keeps both in the notebook, and builds the screen of
each step.  While it is on, lives belong to it and not to the lives that the game keeps.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from game.app import flow
from game.app.settings import Settings
from game.files import Parted, Run, replayed, run_of, session_of, told
from game.policy import FixedPlan
from game.session import Bets, Session
from game.workshop.contribution import PlanBet, Words
from game.workshop.courier import Courier, Inn, Outcome
from game.workshop.exercise import Exercise, Step
from game.workshop.notebook import SPOOL, Notebook, folders_set_aside, open_notebook
from game.workshop.shelf import exercise_in

if TYPE_CHECKING:
    from game.app.screen import Screen
    from game.app.stage import Stage


@dataclass(frozen=True)
class Wishes:
    """How an exercise is held: its length in minutes, where files go, and the inbox of the room if there is one."""

    minutes: int | None = None
    into: Path | None = None
    inn: Inn | None = None


class Course:
    """The way through ``exercise``; after the last of ``steps`` comes the closing page."""

    def __init__(self, stage: Stage, exercise: Exercise, wishes: Wishes | None = None) -> None:
        self.stage, self.wishes = stage, wishes or Wishes()
        self.exercise = exercise
        self.notebook: Notebook = open_notebook(exercise)
        self.length = self.wishes.minutes if self.wishes.minutes in exercise.lengths else exercise.usual
        self.index = next((i for i, step in enumerate(self.steps) if step.id == self.notebook.at), 0)
        self.asking = self.index > 0 or not self.notebook.empty
        """Whether it must be asked first whose notebook this is."""
        self.as_i_go = False
        """Whether everything is handed to the room's inbox as it comes."""
        self.courier = Courier(self.notebook.folder / SPOOL)
        self.outcome: Outcome | None = None
        self._stop, self._sending = threading.Event(), threading.Lock()
        self._others: set[Path] = set()
        self._before: tuple[Settings, Callable[[Settings], None] | None] | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the script of this length."""
        return tuple(step for step, _ in self.exercise.steps_in(self.length or self.exercise.usual))

    @property
    def step(self) -> Step | None:
        """The step that somebody is at; None on the closing page."""
        return self.steps[self.index] if self.index < len(self.steps) else None

    # --- the way ------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Takes the stage, and shows the step that was seen last."""
        stage = self.stage
        stage.course = self
        self._before = (stage.settings, stage.on_settings)
        self._remember_inn()
        self._send()
        self._send_for_others()
        self.show()

    def show(self) -> None:
        """Shows the screen of the step."""
        from game.app.screens.title import TitleScreen

        self.stage.reset(TitleScreen(), self._screen())

    def go(self, index: int) -> None:
        """Goes to a step, or to the closing page behind the last."""
        self.index, self.asking = max(0, min(len(self.steps), index)), False
        self.notebook.at = self.step.id if self.step is not None else ""
        self._keep()
        self.show()

    def onward(self) -> None:
        """Goes to the next step; what was left out stays left out."""
        self.go(self.index + 1)

    def back(self) -> None:
        """Goes to the step before, or off the stage from the first."""
        if self.index:
            self.go(self.index - 1)
        else:
            self.leave()

    def leave(self) -> None:
        """Gives the stage back; the notebook is kept, and what waits to be sent is sent another time."""
        self.close()
        flow.go_to_title(self.stage)

    def close(self) -> None:
        """Ends what the course has changed and begun; the screens stay as they are."""
        self._stop.set()
        stage = self.stage
        stage.course = None
        if self._before is not None:
            before, stage.on_settings = self._before
            stage.settings = stage.settings.changed(ghosts=before.ghosts, mode=before.mode)
            self._before = None

    def start_over(self) -> None:
        """An empty notebook with another pseudonym."""
        self.notebook = open_notebook(self.exercise)
        self.courier = Courier(self.notebook.folder / SPOOL)
        self.outcome, self.as_i_go = None, False
        self._remember_inn()

    def begin_anew(self) -> None:
        """Sets the notebook that lies here aside and begins as somebody else.  Raises OSError."""
        self.notebook.set_aside()
        self.start_over()
        self._send_for_others()
        self.go(0)

    def curtain(self) -> None:
        """Takes all text off the screen, or brings it back."""
        flow.show_curtain(self.stage)

    def retell(self) -> None:
        """Takes the texts of the language spoken now."""
        self.exercise = exercise_in(self.exercise.folder)
        self.notebook.exercise = self.exercise

    def _screen(self) -> Screen:
        from game.app.screens.workshop.closing import ClosingScreen
        from game.app.screens.workshop.comparing import CompareScreen
        from game.app.screens.workshop.predicting import PredictScreen
        from game.app.screens.workshop.reading import ReadingScreen
        from game.app.screens.workshop.returning import ReturningScreen
        from game.app.screens.workshop.writing import WriteScreen

        step = self.step
        if self.asking:
            return ReturningScreen(self)
        if step is None:
            return ClosingScreen(self)
        match step.kind:
            case "predict":
                return PredictScreen(self, step)
            case "write":
                return WriteScreen(self, step)
            case "compare":
                session = self.lived_session(self.exercise.step(step.of))
                if session is not None:
                    job = flow.solution_of(self.stage, session.level, session.weights)
                    return CompareScreen(self, step, session, job)
        return ReadingScreen(self, step)

    # --- lives --------------------------------------------------------------------------------------------------------

    def set_off(self, step: Step) -> None:
        """Begins the life of a step: in its water, with its ghosts, step by step."""
        level = told(self.exercise.level_of(step))
        seed = self.stage.fresh_seed() if step.seed is None else step.seed
        plan = next((plan.lanes for plan in self.plans_for(step) if plan.lanes), None)
        by, weights = self.exercise.value_function_of(step), self.exercise.weights_of(step)
        session = Session(level, seed, by, weights, Bets(plan))
        if plan is not None:
            session.add_ghost("plan", FixedPlan(plan))
        self.live(session, step)

    def live(self, session: Session, step: Step) -> None:
        """Shows the drive of a life of a step."""
        from game.app.screens.drive import DriveScreen
        from game.app.screens.title import TitleScreen

        stage = self.stage
        self._use(step)
        job = flow.solution_of(stage, session.level, session.weights)
        stage.reset(TitleScreen(), DriveScreen(session, job, on_finished=lambda lived: self.lived(lived, step)))

    def lived(self, session: Session, step: Step) -> None:
        """Keeps a finished life in the notebook and goes on."""
        self.notebook.contribution = self.notebook.contribution.with_life(step.id, run_of(session))
        self.index = self.steps.index(step)
        self._changed()
        self.onward()

    def again(self, session: Session, decisions: int = 0) -> None:
        """The same life once more from a fork, in the same water, in the place of the one before."""
        step = next(s for s in self.steps if s.kind == "play" and self._is_of(session, s))
        again = Session(session.level, session.seed, session.begun.name, session.begun.weights, session.bets)
        again.ghosts = list(session.ghosts)
        for lane in session.record.lanes[:decisions]:
            again.choose(lane)
        self.live(again, step)

    def lived_session(self, step: Step) -> Session | None:
        """The life that was lived at a step, as a session at its end; None where there is none."""
        run: Run | None = self.notebook.contribution.life_at(step.id)
        if run is None:
            return None
        level = told(self.exercise.level_of(step))
        session = session_of(run, level)
        try:
            session.record = replayed(run, level)
        except Parted:
            return None
        return session

    def plans_for(self, step: Step) -> tuple[PlanBet, ...]:
        """The plans drawn for the level of a step, at the last step before it that asked for some."""
        before = self.steps[: self.steps.index(step)] if step in self.steps else self.steps
        drawn = [s for s in before if s.kind == "predict" and s.level == step.level]
        return self.notebook.contribution.plans_at(drawn[-1].id) if drawn else ()

    def _is_of(self, session: Session, step: Step) -> bool:
        run = self.notebook.contribution.life_at(step.id)
        level = self.exercise.level_of(step)
        same = level.digest == session.level.digest and session.begun.name == self.exercise.value_function_of(step)
        return same and (run is None or run.seed == session.seed)

    def _use(self, step: Step) -> None:
        """The ghosts of a step and no clock, for as long as the course is on; the person's own settings stay theirs."""
        stage = self.stage
        if self._before is not None and stage.on_settings is self._before[1]:
            before, keep = self._before
            stage.on_settings = (
                None if keep is None else lambda now: keep(now.changed(ghosts=before.ghosts, mode=before.mode))
            )
        stage.settings = stage.settings.changed(ghosts=step.ghosts, mode="step")

    # --- what is left -------------------------------------------------------------------------------------------------

    def bet(self, step: Step, number: int, plan: PlanBet) -> None:
        """Keeps a plan."""
        self.notebook.contribution = self.notebook.contribution.with_plan(step.id, number, plan, step.plans)

    def write(self, words: Words) -> None:
        """Keeps what was written."""
        self.notebook.contribution = self.notebook.contribution.with_words(words)

    def settle(self) -> None:
        """Puts what was changed into the notebook; called when a step is left."""
        self._changed()

    def hand_in(self) -> Path | None:
        """Writes the file for the group's picture, and sends it where there is an inbox; where it lies, or None."""
        try:
            path = self.notebook.hand_in(self.wishes.into)
        except OSError:
            return None
        self._hand_over()
        return path

    def take_back(self) -> tuple[list[Path], str]:
        """Has everything back that was handed in: the files that were deleted, and what the inbox said."""
        self.as_i_go = False
        gone = self.notebook.take_back(() if self.wishes.into is None else (self.wishes.into,))
        return gone, self.courier.take_back(self.notebook.contribution.ticket)

    def _changed(self) -> None:
        self._keep()
        if self.as_i_go:
            self._hand_over()

    def _keep(self) -> None:
        # Where nothing can be written the course goes on, and is gone at its end.
        with contextlib.suppress(OSError):
            self.notebook.keep()

    def _hand_over(self) -> None:
        if self.courier.there is None:
            return
        with contextlib.suppress(OSError):
            self.notebook.hand_over(self.courier)
        self._send()

    def _send(self) -> None:
        """Lets the courier go until everything is there, beside the game."""
        if self.courier.there is None or not self.courier.waiting or not self._sending.acquire(blocking=False):
            return

        courier = self.courier

        def tell(outcome: Outcome) -> None:
            # A round that found nothing any more, as after taking back, has nothing to tell.
            if courier is self.courier and (outcome.sent or outcome.waiting):
                self.outcome = replace(outcome)

        def run() -> None:
            try:
                courier.run(self._stop, tell)
            finally:
                self._sending.release()

        threading.Thread(target=run, name="courier", daemon=True).start()

    def _send_for_others(self) -> None:
        """What waits of those who sat here before is sent as well."""
        for courier in (Courier(folder / SPOOL) for folder in folders_set_aside(self.exercise)):
            if courier.there is not None and courier.waiting and courier.spool not in self._others:
                self._others.add(courier.spool)
                threading.Thread(target=courier.run, args=(self._stop,), name="courier", daemon=True).start()

    def _remember_inn(self) -> None:
        if self.wishes.inn is not None:
            with contextlib.suppress(OSError):
                self.courier.to(self.wishes.inn)
