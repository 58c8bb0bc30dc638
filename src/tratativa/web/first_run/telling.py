"""What the steps tell the audit log."""

from django.utils.translation import gettext_lazy as _

from tratativa.accounts import audit

IMPORTED = audit.register(
    "data.imported", _("Importou uma planilha"),
    {"new": _("Linhas novas"), "known": _("Linhas já conhecidas"), "bad": _("Linhas recusadas")},
)  # fmt: skip
