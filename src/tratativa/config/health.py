"""What `/healthz` looks at: whether the database answers, and whether deadlines are judged."""

from django.db import Error, connection

from tratativa.cases.clocks import watch


def look() -> str:
    """`ok`, and a line more where no deadline is judged; nothing without a database. The connection goes back at once.

    Pages are served all the same while nothing is judged: whoever sends requests here need not look elsewhere.
    """
    try:
        trouble = watch.trouble()
    except Error:
        return ""
    finally:
        connection.close()
    return f"ok\ndeadlines are not judged: {trouble}\n" if trouble else "ok\n"
