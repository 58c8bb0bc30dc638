"""A health check for whoever watches the process: does it reach its database?"""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """`ok`, or 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return HttpResponse("the database cannot be reached\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
