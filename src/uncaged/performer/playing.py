"""One order on its way in a performer: a step at a time, to its last event; whatever goes wrong becomes a sentence.

Knows no other order; whose step comes next, the host decides.
"""

import time
import traceback
from collections.abc import Callable, Collection, Generator
from dataclasses import replace
from typing import Any, Final

from uncaged.core.adapters import OPTION, written
from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.core.order import Broke, Done, Event, Noted, Opened, Order, Progress, Rest
from uncaged.performer import memory
from uncaged.performer.interleaving import needed
from uncaged.performer.making import WAITS, make_media
from uncaged.performer.opened import Named, OpenModels, named, player
from uncaged.performer.telling import Cancelled, Voice

CANCELLED: Final = Broke("It was cancelled.")
SMALLER: Final = "Ask for a smaller size, or for a shorter film."


class Playing:
    """used: seconds of this performer that went into it so far. waits: whether no step could be taken just now. rests:
    until when there is nothing to do for it here (monotonic), while others work; 0 where there is. alone: whether all
    the memory that was held since it began was held for it: no neighbour came, and no other model was open."""

    def __init__(self, order: Order, voice: Voice, models: OpenModels) -> None:
        self.order, self.voice = order, voice
        self.used = self._since = self._opening = self.rests = 0.0
        self._began = 0.0
        self._is_away = False
        self.waits = self.over = False
        self.alone = True
        self._models = models
        self._done, self._total = 0, 0
        self._noted: dict[str, str] = {}
        self._steps: Generator[bool, None, None] | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Run and attempt."""
        return self.order.run, self.order.attempt

    @property
    def model(self) -> Named | None:
        """The model that it performs with; None where it only reads a kept film."""
        return None if _reads_only(self.order) else named(self.order)

    @property
    def left(self) -> float:
        """Seconds that it still needs, as far as one knows."""
        return needed(self.order.seconds, self.used - self._opening, self._done, self._total)

    @property
    def _spent(self) -> float:
        """Seconds of it so far, this step among them, but for the opening of the model: that is told by itself.

        Of one that others work on, all that has passed.
        """
        if self._is_away:
            return max(0.0, time.monotonic() - self._began - self._opening)
        return max(0.0, self.used - self._opening + time.monotonic() - self._since)

    def step(
        self, others: Collection[Named | None], beside: bool, stir: Callable[[], None]
    ) -> None:
        """One step; sets `waits` or `over`. others: models that neighbours need. beside: whether there are any.

        stir: called from another thread when it can go on after having waited.
        """
        self._since = time.monotonic()
        self._began = self._began or self._since
        self.rests = 0.0
        self.alone &= not beside
        if self._steps is None:
            self.alone &= self._models.holds_alone(self.model)
            if self.alone:  # of several nobody can tell whose it was
                memory.count_anew()
            self._steps = self._performed(others, stir)
        broke: Broke | None = None
        try:
            self.waits = next(self._steps) is WAITS
        except StopIteration:
            self.over = True
        except Cancelled:
            broke = CANCELLED
        except BrokenPipeError:
            raise
        except UncagedError as error:
            crowded = memory.ran_out(error) and self._may_have_room(others, beside)
            broke = Broke(error.message, error.hint, isinstance(error, AskedWrong), crowded)
        except Exception as error:
            crowded = memory.ran_out(error) and self._may_have_room(others, beside)
            broke = _sentence(error, self.order.score.model.name, crowded)
        if broke is not None:  # out of the error's hands, which hold whatever was half done
            self._broke(broke)
        if not self.waits:
            self.used += time.monotonic() - self._since

    def stop(self) -> None:
        """Ends it between two steps: what it held goes back, and whoever asked is told."""
        self._since = time.monotonic()
        self._broke(CANCELLED)

    def _performed(
        self, others: Collection[Named | None], stir: Callable[[], None]
    ) -> Generator[bool, None, None]:
        order = self.order
        if _reads_only(order):  # its model may be gone by now
            self._tell((yield from make_media(None, order, self._tell, stir)))
            self._end({})
            return
        performance = self._models.performance(order, self._tell, others)
        engine = player(order)
        self._tell((yield from make_media(performance, order, self._tell, stir, engine.mark)))
        model = order.score.model
        own = {"weights": model.hash} if model.hash is not None else {}
        adapters = written(engine.adapters(order.score))
        self._end(engine.recipe() | own | ({OPTION: adapters} if adapters else {}) | self._noted)

    def _may_have_room(self, others: Collection[Named | None], beside: bool) -> bool:
        """Whether another try may end otherwise: neighbours have the room, or models that nobody performs with, which
        are let go for it."""
        return bool(self._models.let_go({*others, self.model})) or beside

    def _tell(self, event: Event) -> None:
        if isinstance(event, Noted):
            self._noted |= event.facts
            return
        if isinstance(event, Rest):
            self.rests, self._is_away = time.monotonic() + event.seconds, True
            return
        if isinstance(event, Opened):
            self._opening += event.seconds
        if isinstance(event, Progress):
            self._done, self._total = event.done, event.total
        self.voice.tell(event)

    def _end(self, recipe: dict[str, Any]) -> None:
        alone = self.alone and self._models.holds_alone(self.model)
        self.voice.tell(Done(recipe, self._spent, memory.most() if alone else 0))

    def _broke(self, broke: Broke) -> None:
        """Closes what is open, gives its memory back, and says why: the next order finds the room free."""
        steps, self._steps = self._steps, None
        self.over = True
        if steps is not None:
            steps.close()
        del steps
        memory.give_back()
        self.voice.say(replace(broke, seconds=self._spent))


def _sentence(error: Exception, model: str, crowded: bool) -> Broke:
    if memory.ran_out(error):
        return Broke("There was not enough memory.", SMALLER, crowded=crowded)
    traceback.print_exception(error)
    return Broke(f"{model} failed: {type(error).__name__}: {error}")


def _reads_only(order: Order) -> bool:
    return order.kept is not None and order.form != "svg"
