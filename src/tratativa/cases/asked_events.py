"""What happens when a case asks others and follows procedures: typed, past tense, ids and numbers only."""

from dataclasses import dataclass

from tratativa.cases.events import Event, happening


@happening
@dataclass(frozen=True)
class ChildOpened(Event):
    """A child case was opened for a queue; `shared` names what of the case it was shown."""

    name = "child.opened"
    child: str
    queue: str
    shared: list[str]


@happening
@dataclass(frozen=True)
class ChildAnswered(Event):
    """The queue answered, with the child's entry of this number."""

    name = "child.answered"
    child: str
    queue: str
    number: int


@happening
@dataclass(frozen=True)
class ChildSilent(Event):
    """The queue did not answer in time."""

    name = "child.silent"
    child: str
    queue: str


@happening
@dataclass(frozen=True)
class PayoutAsked(Event):
    """A queue was asked to pay this into the customer's account."""

    name = "payout.asked"
    child: str
    queue: str
    amount_cents: int


@happening
@dataclass(frozen=True)
class PayoutPaid(Event):
    """The queue says that it paid."""

    name = "payout.paid"
    amount_cents: int


@happening
@dataclass(frozen=True)
class PayoutWithdrawn(Event):
    """What the queue was asked to pay was not paid, and will not be."""

    name = "payout.withdrawn"
    amount_cents: int


@happening
@dataclass(frozen=True)
class LinksRevoked(Event):
    """The links that letters had carried to a child case's partner open nothing any more."""

    name = "links.revoked"
    count: int


@happening
@dataclass(frozen=True)
class DataShared(Event):
    """What the case chose to show the queue; the entry's words are the data."""

    name = "data.shared"
    names: list[str]
    sealed: bool = False


@happening
@dataclass(frozen=True)
class DataErased(Event):
    """Bank data that had been shared with a queue are gone, from the child case and from the request's answer."""

    name = "data.erased"


@happening
@dataclass(frozen=True)
class FollowUpSet(Event):
    """A task was left for later; `due` is RFC 3339."""

    name = "follow_up.set"
    follow_up: str
    due: str


@happening
@dataclass(frozen=True)
class FollowUpDue(Event):
    """The task's moment came."""

    name = "follow_up.due"
    follow_up: str


@happening
@dataclass(frozen=True)
class FollowUpDone(Event):
    """The task was done."""

    name = "follow_up.done"
    follow_up: str


@happening
@dataclass(frozen=True)
class HandedOver(Event):
    """A colleague received the case; the entry's words are the summary."""

    name = "case.handed_over"
    person: str


@happening
@dataclass(frozen=True)
class RequestWithdrawn(Event):
    """A form no longer waits for its answer: the procedure went on without it."""

    name = "request.withdrawn"
    request: str
    ask: str


@happening
@dataclass(frozen=True)
class RunStarted(Event):
    """A guided procedure began."""

    name = "run.started"
    run: str
    playbook: str


@happening
@dataclass(frozen=True)
class StepAnswered(Event):
    """A step of the procedure was answered: by an agent, a form, a queue, or time."""

    name = "run.step"
    run: str
    playbook: str
    step: str
    outcome: str


@happening
@dataclass(frozen=True)
class CallTried(Event):
    """The customer was called: the attempt's number, and whether somebody answered."""

    name = "call.tried"
    run: str
    number: int
    reached: bool


@happening
@dataclass(frozen=True)
class Verified(Event):
    """Data were checked with the customer: the ids of the checks that passed and of those that failed."""

    name = "identity.verified"
    run: str
    passed: list[str]
    failed: list[str]


@happening
@dataclass(frozen=True)
class RunFinished(Event):
    """The guided procedure came to its end."""

    name = "run.finished"
    run: str
    playbook: str


@happening
@dataclass(frozen=True)
class RunHeard(Event):
    """Who was asked said something, in entry `number`, other than the answer asked for: the timer is over.

    The procedure waits at its step for the agent, who has read it.
    """

    name = "run.heard"
    run: str
    playbook: str
    step: str
    number: int


@happening
@dataclass(frozen=True)
class RunRefused(Event):
    """What the procedure waited for came, but what should follow could not: it stays where it is, for the agent.

    The entry's words say why.
    """

    name = "run.refused"
    run: str
    playbook: str
    step: str


@happening
@dataclass(frozen=True)
class RunSteppedBack(Event):
    """The procedure's last answer was taken back: it stands at this step again; the entry's words say why."""

    name = "run.stepped_back"
    run: str
    playbook: str
    step: str


@happening
@dataclass(frozen=True)
class RunAbandoned(Event):
    """The procedure ended before its end; the entry's words say why."""

    name = "run.abandoned"
    run: str
    playbook: str


@happening
@dataclass(frozen=True)
class RequestResent(Event):
    """The customer was sent the question again."""

    name = "request.resent"
    request: str
    ask: str


@happening
@dataclass(frozen=True)
class RequestReminded(Event):
    """The customer was reminded that an answer is waited for."""

    name = "request.reminded"
    request: str
    ask: str


@happening
@dataclass(frozen=True)
class AddressConfirmed(Event):
    """The customer's letters of this case go to another address than the registered one."""

    name = "address.confirmed"


@happening
@dataclass(frozen=True)
class AnswerKept(Event):
    """A queue's answer is not passed on to the customer in writing; the entry's words say why."""

    name = "answer.kept"


@happening
@dataclass(frozen=True)
class OrderAttached(Event):
    """The case is about this order from now on."""

    name = "order.attached"
    order: str
    number: str


@happening
@dataclass(frozen=True)
class SellerNamed(Event):
    """Somebody said which seller a case without an order means."""

    name = "seller.named"
    seller: str


@happening
@dataclass(frozen=True)
class RequestReopened(Event):
    """The team took back the answer it had given for the customer: the form waits again."""

    name = "request.reopened"
    request: str
    ask: str


@happening
@dataclass(frozen=True)
class DocumentOpened(Event):
    """Somebody opened an identity paper."""

    name = "document.opened"
    attachment: str


@happening
@dataclass(frozen=True)
class SignupPushed(Event):
    """Somebody of the team pushed a step of the customer's sign-up; `step` is its id."""

    name = "signup.pushed"
    step: str


@happening
@dataclass(frozen=True)
class RegistryAsked(Event):
    """The Receita was asked about the customer's CNPJ."""

    name = "registry.asked"
    lookup: str


@happening
@dataclass(frozen=True)
class RegistryAnswered(Event):
    """What came of asking the Receita: `answered`, `unknown` or `failed`."""

    name = "registry.answered"
    lookup: str
    state: str
