"""Slow clients hold no thread and nobody else up, and are told why they were let go."""

import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from tests.config.desks import Desk, until
from tests.gate.clients import PATIENCE, ended, heard, honest, post, say, slow_posts


def are_prompt(answers: list[tuple[int, float]]) -> bool:
    """Whether nobody waited for the slow ones: they are let go after `PATIENCE`. Most came within two seconds; one of
    twenty may have waited for a machine that has other work."""
    took = sorted(one for _status, one in answers)
    return took[len(took) // 2] < 2 and took[-1] < PATIENCE / 2


def test_64_slow_forms_hold_up_no_reader_at_the_same_address(lasting_desk: Desk) -> None:
    with slow_posts(lasting_desk.port, 64) as slow:
        answers = [honest(lasting_desk.port) for _ in range(20)]

        assert {status for status, _took in answers} == {200}
        assert are_prompt(answers)
        said = heard(slow[0])
    assert said.startswith("HTTP/1.1 408 ")
    assert "O envio parou ou veio devagar demais, e não foi recebido." in said
    assert "content-security-policy" in said


def test_a_form_that_comes_slowly_but_steadily_is_taken(lasting_desk: Desk) -> None:
    with say(lasting_desk.port, post(6_000, "/take", "Connection: close")) as client:
        for _ in range(6):
            client.sendall(b"0123456789" * 100)
            time.sleep(0.5)  # a client's, at 2,000 bytes a second: twice the lowest rate

        assert heard(client).endswith("6000 0123456789\n")


def test_headers_that_never_end_are_let_go(lasting_desk: Desk) -> None:
    with (
        say(lasting_desk.port, b"GET /quick HTTP/1.1\r\nHost: localhost\r\nX-A: a") as slow,
        say(lasting_desk.port, b"") as silent,
        say(lasting_desk.port, b"GET /quick HTTP/1.1\r\nX-A: " + b"a" * 70_000) as long,
    ):
        assert heard(long).startswith("HTTP/1.1 431 ")
        assert heard(slow).startswith("HTTP/1.1 408 ")
        assert ended(silent, within=PATIENCE)


def test_a_kept_connection_that_says_nothing_but_line_ends_is_let_go(lasting_desk: Desk) -> None:
    with say(lasting_desk.port, b"GET /quick HTTP/1.1\r\nHost: localhost\r\n\r\n") as client:
        client.recv(65536)
        for _ in range(3):
            client.sendall(b"\r\n")
            time.sleep(0.5)

        assert ended(client, within=PATIENCE)


def test_who_does_not_fetch_the_answer_holds_no_thread_and_is_let_go(lasting_desk: Desk) -> None:
    ask = b"GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n"
    readers = [say(lasting_desk.port, ask, room=4096) for _ in range(16)]

    answers = [honest(lasting_desk.port) for _ in range(20)]

    assert {status for status, _took in answers} == {200}
    assert are_prompt(answers)
    assert all(ended(reader, within=PATIENCE) for reader in readers)
    for reader in readers:
        reader.close()


def test_who_fetches_a_long_answer_gets_all_of_it(lasting_desk: Desk) -> None:
    connection = HTTPConnection("127.0.0.1", lasting_desk.port, timeout=PATIENCE)
    connection.request("GET", "/long")

    assert connection.getresponse().read() == b"x" * 20_000_000
    connection.close()


def test_more_than_a_route_takes_is_refused_before_it_comes(lasting_desk: Desk) -> None:
    with say(lasting_desk.port, post(10**12)) as declared:
        assert "É mais do que cabe de uma vez" in heard(declared)


def test_more_than_a_route_takes_is_refused_as_it_is_counted(lasting_desk: Desk) -> None:
    head = b"POST /take HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with say(lasting_desk.port, head) as client:
        for _ in range(11):
            client.sendall(b"2710\r\n" + b"a" * 10_000 + b"\r\n")
        client.sendall(b"0\r\n\r\n")

        assert heard(client).startswith("HTTP/1.1 413 ")


def test_what_comes_in_chunks_is_taken_whole(lasting_desk: Desk) -> None:
    head = b"POST /take HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    with say(lasting_desk.port, head + b"5\r\nabcde\r\n5\r\nfghij\r\n0\r\n\r\n") as client:
        assert "10 abcdefghij" in heard(client)


def test_the_health_check_answers_while_every_thread_is_taken(lasting_desk: Desk) -> None:
    waiting = [threading.Thread(target=honest, args=(lasting_desk.port, "/slow")) for _ in range(16)]
    for one in waiting:
        one.start()

    answers = [honest(lasting_desk.port, "/healthz") for _ in range(5)]

    assert {status for status, _took in answers} == {200}
    assert are_prompt(answers)
    for one in waiting:
        one.join(PATIENCE)


def test_a_stopping_desk_finishes_what_began_and_refuses_what_did_not(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    ask = b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
    begun = [say(desk.port, ask) for _ in range(8)]
    time.sleep(1)  # each has a thread
    queued = say(desk.port, ask)
    arriving = say(desk.port, post(50) + b"half")
    time.sleep(0.3)

    stopped = desk.stop()

    assert stopped == 0
    assert all(heard(one).startswith("HTTP/1.1 200 ") for one in begun)
    for refused in (queued, arriving):
        said = heard(refused)
        assert said.startswith("HTTP/1.1 503 ")
        assert "A mesa está parando, e este pedido não foi atendido." in said
    assert "Traceback" not in desk.said()


def test_where_every_place_is_taken_who_asks_for_nothing_makes_room(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(DRILL_CONNECTIONS="20").start()
    silent = [say(desk.port, b"") for _ in range(30)]

    assert [honest(desk.port)[0] for _ in range(10)] == [200] * 10
    assert ended(silent[0], within=PATIENCE)
    for one in silent:
        one.close()


def test_where_every_place_is_taken_who_does_not_fetch_makes_room(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(DRILL_CONNECTIONS="20").start()
    readers = [say(desk.port, b"GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n", room=4096) for _ in range(20)]
    # Until the server has looked at what they owe there is no room; how long that takes is the machine's.
    until(lambda: _is_served(desk.port), "room to be made")

    assert [honest(desk.port)[0] for _ in range(3)] == [200] * 3
    for one in readers:
        one.close()


def _is_served(port: int) -> bool:
    try:
        return honest(port)[0] == 200
    except (OSError, HTTPException):
        return False
