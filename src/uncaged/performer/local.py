"""A performer on this machine: a child process with one slot or several. Start an order, hear its events, cancel, end.

The slots' interface (`slot.Slot`) names no pipe, so that a performer elsewhere fits it too.
"""

from queue import Empty, SimpleQueue

from uncaged.core.errors import PerformerDied
from uncaged.core.order import Broke, Done, Event, Order, TaskOrder
from uncaged.core.wire import WireBroken, unpack
from uncaged.performer.process import ChildProcess, Heard


class LocalPerformer:
    """One slot of a child process, which is its own or shared. threads: how many numeric libraries may use in it."""

    def __init__(self, threads: int = 1, process: ChildProcess | None = None) -> None:
        """process: of a neighbour; see `beside`."""
        self._process = process or ChildProcess(threads)
        self._process.users += 1
        self._events: Heard = SimpleQueue()
        self._order: Order | TaskOrder | None = None
        self._left = False

    def beside(self) -> "LocalPerformer":
        """One more slot of the same process."""
        return LocalPerformer(process=self._process)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.child.pid

    @property
    def busy(self) -> bool:
        """Whether it has an order whose last event has not been heard."""
        return self._order is not None

    @property
    def company(self) -> int:
        """How many other orders the process has in hand."""
        return self._process.in_hand - self.busy

    @property
    def heard(self) -> int:
        """How often the process has said anything, to whomever."""
        return self._process.heard

    @property
    def greeted(self) -> bool:
        """Whether the process has said that it is there."""
        return self._process.greeted

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.child.poll() is None

    def start(self, order: Order | TaskOrder) -> None:
        """Hands over an order; its events come through `hear`. `PerformerDied` where nobody is there to take it."""
        self._order = order
        if not self.alive:
            how = self._process.how()
            raise PerformerDied(f"The performer ended before it took the order ({how}).")
        self._events = SimpleQueue()  # what another order still says is not heard
        self._process.start(order, self._events)

    def cancel(self) -> None:
        """Raises the flag; the performance ends at its next event, or not at all where native code is deaf."""
        if self._order is not None:
            self._process.say("cancel", self._order, {})

    def give_up(self) -> None:
        """The same, and nothing of the order is heard again."""
        self.cancel()
        self._order = None

    def hear(self, seconds: float) -> Event | None:
        """The present order's next event, or None when none came in time. `PerformerDied` when the process ended."""
        try:
            message = self._events.get(timeout=seconds)
        except Empty:
            return None
        if message is None:
            process = self._process
            if isinstance(self._order, TaskOrder) and process.greeted and "task" not in process.can:
                raise PerformerDied(
                    "The performer is of an older version, which trains nothing.",
                    "Start the studio anew, then ask again.",
                )
            raise PerformerDied(f"The performer ended in the middle of its work ({process.how()}).")
        if self._order is None:
            return None  # it was given up
        try:
            event = unpack(message)
        except WireBroken as error:
            self.kill()
            raise PerformerDied(f"The performer said what nobody can read. {error}") from None
        if isinstance(event, Done | Broke):
            self._order = None
        return event

    def end(self, grace: float = 0.5) -> None:
        """Leaves it; whoever leaves last ends the process, killed after `grace` seconds. Safe to call twice."""
        if not self._left:
            self._left = True
            self._process.users -= 1
        if self._process.users <= 0:
            self._process.end(grace)

    def kill(self) -> None:
        """Ends the process at once, with all that it performs."""
        self._process.kill()
