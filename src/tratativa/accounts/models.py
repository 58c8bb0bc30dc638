"""Marketplaces, their sellers and customers, and the people who work for them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tratativa.accounts import keys


class Row(models.Model):
    """A row with a key made here."""

    id = models.UUIDField(primary_key=True, default=keys.new, editable=False)

    class Meta:
        abstract = True


class Marketplace(Row):
    """One marketplace: its rulebook's name, and the accent its pages wear.

    `language` is what is spoken to whoever has chosen none; `two_factor_roles` are those who may not work without a
    second factor, as `party:role`. `beginning` is what was said while it was being set up, and which steps somebody
    left for later; None once the list of what is missing is done with, and for those that never had one. `logo`
    names its picture, by content. `door_text` is read at the customers' door, `letter_footer` at the end of letters
    to them; both of several lines, empty for none.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    rulebook = models.CharField(max_length=60)
    accent = models.CharField(max_length=20, default="blue")
    language = models.CharField(max_length=10, blank=True)
    two_factor_roles = models.JSONField(default=list, blank=True)
    beginning = models.JSONField(null=True, blank=True)
    logo = models.CharField(max_length=16, blank=True)
    door_text = models.TextField(blank=True)
    letter_footer = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Logo(models.Model):
    """A marketplace's picture (WebP), redrawn here: a row of its own, which no page reads that does not show it."""

    marketplace = models.OneToOneField(Marketplace, models.CASCADE, primary_key=True, related_name="picture")
    content = models.BinaryField()


class Seller(Row):
    """An organisation that sells on a marketplace. `delivery` says who carries its goods (A-04); `cancels_orders`
    whether a distributor can cancel an order it already has (K05-09), where that is known; `tier` is what the
    marketplace calls its better sellers, as its rulebook asks it; `address` where it is found, in
    one line, as a consumer is told it (L-19)."""

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, related_name="sellers")
    name = models.CharField(max_length=160)
    document = models.CharField(max_length=14)
    delivery = models.CharField(max_length=20, choices=[("own", "own"), ("marketplace", "marketplace")], default="own")
    cancels_orders = models.BooleanField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    tier = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("marketplace", "document", name="seller_document_once")]

    def __str__(self) -> str:
        return self.name


class Customer(Row):
    """Who bought, or, without a document, who asked and has no registration. Contact data are the marketplace's to
    use, never a seller's to see (A-34). Sessions that began until `entered_after` are over."""

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, related_name="customers")
    name = models.CharField(max_length=160)
    document = models.CharField(max_length=14, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    entered_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["marketplace", "document"], name="customer_by_document")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_registered(self) -> bool:
        """Whether the marketplace's systems know this customer."""
        return bool(self.document)


class Registration(Row):
    """What the marketplace's systems say of a retailer's registration.

    `signup` lists the steps of signing up: `id`, `label`, `at` when it was done or null, and where it stopped
    `tried_at` and `trouble`; `by` is who pushed it. `registry` is what the Receita answered last, at `registry_at`,
    `registry_state` the state it has the company in, `missing` where it has none. Money in cents.
    """

    customer = models.OneToOneField(Customer, models.CASCADE, related_name="registration")
    signup = models.JSONField(default=list, blank=True)
    registry = models.JSONField(default=dict, blank=True)
    registry_state = models.CharField(max_length=10, blank=True)
    registry_at = models.DateTimeField(null=True, blank=True)
    address = models.CharField(max_length=300, blank=True)
    credit_limit_cents = models.PositiveBigIntegerField(null=True, blank=True)
    credit_used_cents = models.PositiveBigIntegerField(default=0)
    credit_from = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=8, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)


class Partner(Row):
    """Whoever answers a queue: a team of its own, or, where each seller has its own queue, that seller's people.

    `email` receives the letters of child cases, each with a link to that one case.
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT, related_name="partners", db_index=False)
    queue = models.CharField(max_length=60)
    seller = models.ForeignKey(Seller, models.PROTECT, null=True, blank=True, related_name="partners")
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["marketplace", "queue", "seller"], nulls_distinct=False, name="partner_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """How accounts are made."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Person:
        """A person with this e-mail; without a password, one who can only come in by other ways."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this e-mail, whatever its case."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, Row):
    """Someone who signs in: staff of a marketplace or of a seller. `regained_at` is when the account was last opened
    anew by a letter or by another's hand: whoever holds the letters could have been it."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    regained_at = models.DateTimeField(null=True)

    # Filled in by the backend that brought the person back; empty for one found any other way.
    places: list[Membership] = []

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name, for greetings."""
        return self.name.split()[0] if self.name else self.email


class Role(models.TextChoices):
    """What a member is inside its organisation; what each may do stands in `accounts.rights`."""

    ADMIN = "admin", _("Administração")
    SUPERVISOR = "supervisor", _("Supervisão")
    AGENT = "agent", _("Atendimento")
    MEDIATOR = "mediator", _("Mediação")
    FINANCE = "finance", _("Financeiro")
    ANALYST = "analyst", _("Análise")


class Membership(Row):
    """A person's place in a marketplace's team, in one of its sellers', or in a partner's; the role is theirs since
    `role_at`, None where that was not kept yet. Who administered until `administered_until` had done so since
    `administered_from`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", db_index=False)
    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="memberships")
    seller = models.ForeignKey(Seller, models.CASCADE, null=True, blank=True, related_name="memberships")
    partner = models.ForeignKey(Partner, models.CASCADE, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.AGENT)
    role_at = models.DateTimeField(null=True)
    administered_from = models.DateTimeField(null=True)
    administered_until = models.DateTimeField(null=True)
    views = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "marketplace", "seller", "partner"], nulls_distinct=False, name="membership_once"
            ),
            models.CheckConstraint(
                condition=models.Q(seller=None) | models.Q(partner=None), name="membership_in_one_team"
            ),
        ]


class Opinion(Row):
    """Whether a help article was useful to somebody."""

    marketplace = models.ForeignKey(Marketplace, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE)
    article = models.CharField(max_length=160)
    useful = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("marketplace", "person", "article", name="opinion_once")]


class Key(Row):
    """A customer's way in: a link to one case, or a code for all. Only a digest is kept, so a leak opens nothing."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="keys")
    case_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=[("link", "link"), ("code", "code")])
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)


class PartnerKey(Row):
    """A partner's way in without an account: a letter's link to one child case. Only a digest is kept.

    It opens until it is revoked, and as long as its case says (`cases.queues.links`).
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="keys")
    case_id = models.UUIDField(db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
