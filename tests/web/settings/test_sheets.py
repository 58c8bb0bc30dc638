"""A sheet and the line of the audit log that tells of it are kept together, or neither is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import gather
from tratativa.accounts import reach
from tratativa.accounts.audit.recording import Unwritable
from tratativa.accounts.models import Customer
from tratativa.accounts.people.team import Doer
from tratativa.web.settings import sheets


@pytest.mark.django_db(transaction=True)
def test_rows_that_the_audit_log_cannot_tell_of_are_not_there() -> None:
    cast = gather()
    sheet = SimpleUploadedFile("s.csv", b"documento;nome\n86288366757;Nova Cliente\n")

    with reach.within(cast.marketplace.pk), pytest.raises(Unwritable):
        sheets.take(cast.marketplace, "customers", sheet, by=Doer())

    assert not Customer.objects.filter(name="Nova Cliente").exists()
