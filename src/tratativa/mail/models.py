"""Letters sent and arrived: to whom, about what, as they left and as they came; and the mailboxes they come to."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from tratativa.accounts.models import Marketplace, Person, Row
from tratativa.cases.models import Case, Entry, FollowUp


class Letter(Row):
    """One e-mail to one person because of one entry. Its key makes its Message-ID, the same in every try.

    Its words are written when it is sent. `subject`, `text` and `html` are kept as they left, except that the link
    that opens a customer's page is replaced by the page's plain address. `domain` is whose its Message-ID is; empty
    for letters of before it was kept.
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT)
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="letters", db_index=False)
    kind = models.CharField(max_length=40)
    party = models.CharField(max_length=12)
    reader_id = models.UUIDField()
    address = models.EmailField()
    domain = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=8, default="waiting")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    bounced_at = models.DateTimeField(null=True)
    bounce = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("entry", "kind", "reader_id", name="letter_once"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "failed"]), name="letter_state_known"),
        ]
        indexes = [models.Index("at", condition=~Q(state="sent"), name="letter_waiting")]


class Mailbox(Row):
    """Where letters come in: fetched by IMAP, or handed to the listener by the marketplace's own mail server.

    The password is sealed in `password`, or stays in the environment variable that `secret` names. `receiver` is the
    name under which that server judges senders in `Authentication-Results` (RFC 8601); without one no verdict is
    trusted. Nothing is fetched from a paused mailbox. `handed_in_turn` counts how often the address by which providers
    hand letters in was changed. `authority` are the certificates, in PEM, by which its server's own is believed, empty
    for the machine's. `looked_at` is when it was asked last, `answered_at` when it last answered, `trouble` why it did
    not, as a word of `mail.intake.troubles`.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="mailboxes")
    address = models.EmailField()
    kind = models.CharField(max_length=8, choices=[("imap", "IMAP"), ("listener", "SMTP/LMTP")], default="listener")
    receiver = models.CharField(max_length=120, blank=True)
    host = models.CharField(max_length=120, blank=True)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(
        max_length=8, choices=[("tls", "TLS"), ("starttls", "STARTTLS"), ("none", "–")], default="tls"
    )
    authority = models.TextField(blank=True)
    user = models.CharField(max_length=120, blank=True)
    secret = models.CharField(max_length=80, blank=True)
    password = models.TextField(blank=True)
    paused_at = models.DateTimeField(null=True)
    handed_in_turn = models.PositiveIntegerField(default=0)
    folder = models.CharField(max_length=80, default="INBOX")
    validity = models.PositiveBigIntegerField(default=0)
    last_uid = models.PositiveBigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("address"), name="mailbox_once")]


class Arrival(Row):
    """A letter that came in. Its bytes lie untouched in the file store at `path`, before this row is written.

    `state` says where it is: waiting to be opened, filed on a case, unmatched with any, quarantined because it could
    not be read, or own (a copy of what we sent). `machine` names the kind of machine that wrote it, if one did.
    `pictures` are the digests of those its page shows: what repeats in a writer's letters is no news.
    `offered` is the case that a letter of none names by its writer's own order; `task` asks the team who wrote it.
    An erased letter has no bytes and no path any more.
    `recipients` are its envelope's, with the tokens of signed addresses only until it is opened: they are worth a word.
    `case` is set on arrival where the headers name one, so that its clocks wait for the letter to be opened.
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, db_index=False)
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="arrivals", db_index=False)
    uid = models.CharField(max_length=50, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=120)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    recipients = models.JSONField(default=list)
    state = models.CharField(max_length=12, default="waiting")
    machine = models.CharField(max_length=12, blank=True)
    verified = models.BooleanField(default=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="arrivals", db_index=False)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="arrival")
    offered = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="letters_offered")
    task = models.ForeignKey(FollowUp, models.SET_NULL, null=True, related_name="letters")
    bounced = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="bounces")
    folded = models.TextField(blank=True)
    left_out = models.JSONField(default=list)
    pictures = models.JSONField(default=list)
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="letters_settled")
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("mailbox", "message_id", "sha256", name="arrival_once"),
            models.UniqueConstraint("mailbox", "uid", condition=~Q(uid=""), name="arrival_uid_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "filed", "unmatched", "quarantined", "own", "settled"]),
                name="arrival_state_known",
            ),
        ]
        indexes = [
            models.Index("at", condition=Q(state="waiting"), name="arrival_waiting"),
            models.Index("message_id", name="arrival_by_id"),
            models.Index(fields=["marketplace", "state", "-at"], name="arrival_by_state"),
            models.Index("case", "at", name="arrival_of_case"),
            models.Index("sender", "at", condition=Q(verified=True), name="arrival_by_sender"),
        ]


class OutgoingServer(models.Model):
    """The mail server letters leave by, where the environment names none: one for the installation.

    `password` is sealed. `sender` is whose name letters carry: an address, or `Name <address>`. `authority` as a
    mailbox's.
    """

    only = models.BooleanField(primary_key=True, default=True)
    host = models.CharField(max_length=120)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=10)
    authority = models.TextField(blank=True)
    user = models.CharField(max_length=120, blank=True)
    password = models.TextField(blank=True)
    sender = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="outgoing_server_once")]


class Participant(Row):
    """Another address of a case's customer: what comes from it is their word, since somebody of the team said so."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="participants", db_index=False)
    address = models.EmailField()
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="participants_added")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("case", Lower("address"), name="participant_once")]
