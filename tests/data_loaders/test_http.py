"""One way to the publishers: patient with what passes, strict about the rest, and clear about both."""

import contextlib
import gzip
import io
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from data_loaders.http import USER_AGENT, HttpSession, Limits, _SameHostSession
from data_loaders.publisher import Download, PublisherError
from tests.served import QUICK


def ask(address: str, expected: str = "figures", limits: Limits = QUICK) -> Download | None:
    with HttpSession(limits) as session:
        return session.get("The publisher", address, expected)


def get(server: HTTPServer, path: str = "/figures", limits: Limits = QUICK) -> bytes:
    download = ask(server.url_for(path), "figures as CSV", limits)
    assert download is not None
    return download.content


def failure(server: HTTPServer, path: str = "/figures", limits: Limits = QUICK) -> str:
    """The sentence of a failure, which names publisher, address and what was expected."""
    with pytest.raises(PublisherError) as failed:
        get(server, path, limits)
    beginning = f"The publisher ({server.url_for(path)}): expected figures as CSV, but "
    assert str(failed.value).startswith(beginning)
    return str(failed.value).removeprefix(beginning)


def test_the_app_says_who_is_asking(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/figures", headers={"User-Agent": USER_AGENT}).respond_with_data("1")
    assert get(httpserver) == b"1"
    assert "beyond-boundaries-london" in USER_AGENT


def test_the_tag_of_the_version_is_kept(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/figures").respond_with_data("1", headers={"ETag": '"v7"'})
    download = ask(httpserver.url_for("/figures"))
    assert download is not None
    assert download.etag == '"v7"'


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failure_that_passes_is_tried_again(status: int, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/figures").respond_with_data("", status=status)
    httpserver.expect_ordered_request("/figures").respond_with_data("", status=status)
    httpserver.expect_ordered_request("/figures").respond_with_data("1")
    assert get(httpserver) == b"1"


@pytest.mark.parametrize(
    ("status", "tries", "said"),
    [
        (404, 1, "the answer was 404 NOT FOUND."),
        (403, 1, "the answer was 403 FORBIDDEN."),
        (500, QUICK.tries, "the answer was 500 INTERNAL SERVER ERROR."),
    ],
)
def test_a_failure_that_stays_is_said(status: int, tries: int, said: str, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/figures").respond_with_data("", status=status)
    assert failure(httpserver) == said
    assert len(httpserver.log) == tries


def test_the_publisher_may_ask_to_wait_a_little(httpserver: HTTPServer) -> None:
    wait = {"Retry-After": "1"}
    httpserver.expect_ordered_request("/figures").respond_with_data("", status=429, headers=wait)
    httpserver.expect_ordered_request("/figures").respond_with_data("1")
    assert get(httpserver) == b"1"


@pytest.mark.parametrize("wait", ["86400", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_publisher_that_asks_to_wait_for_long_is_not_waited_for(wait: str, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/figures").respond_with_data("", status=429, headers={"Retry-After": wait})
    assert failure(httpserver).startswith(
        "the answer was 429 TOO MANY REQUESTS, with the request to wait for "
    )
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("wait", ["soon", "", "-5", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_senseless_wish_to_wait_is_no_obstacle(wait: str, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/figures").respond_with_data(
        "", status=503, headers={"Retry-After": wait}
    )
    httpserver.expect_ordered_request("/figures").respond_with_data("1")
    assert get(httpserver) == b"1"


def test_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(PublisherError, match="but the connection was refused"):
        ask(f"http://127.0.0.1:{port}/")


def serve_raw(server: socket.socket, answers: list[bytes], hold: float = 0) -> Iterator[None]:
    """Answer connections with these bytes, one after the other, as no proper server would."""
    for answer in answers:
        connection, _ = server.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(answer)
            if hold:
                connection.settimeout(5)
                connection.recv(1)  # until the client gives up
        yield


def refusal_of_raw(answers: list[bytes], hold: float = 0) -> str:
    """The sentence of a failure after these bytes, each of which must have been asked for."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        thread = threading.Thread(target=lambda: list(serve_raw(server, answers, hold)))
        thread.start()
        with pytest.raises(PublisherError) as failed:
            ask(f"http://127.0.0.1:{port}/")
        thread.join(10)
        assert not thread.is_alive(), "it was asked fewer times than it should have been"
    return str(failed.value)


@pytest.mark.parametrize(
    ("answer", "hold", "said"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", 0, "the answer broke off before its end"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", 1, "nothing more came"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", 0, "the answer broke off"),
        (b"", 0, "the connection broke"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf",
            0,
            "cannot be unpacked",
        ),
    ],
    ids=["truncated", "silent", "truncated in chunks", "closed", "not packed"],
)
def test_an_answer_that_breaks_off_is_asked_for_again_and_then_refused(
    answer: bytes, hold: float, said: str
) -> None:
    assert said in refusal_of_raw([answer] * QUICK.tries, hold)


def test_an_answer_that_is_too_large_is_left(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/figures").respond_with_data(b"0" * 5_000)
    assert failure(httpserver, limits=Limits(size=4_999, tries=1)) == "the answer is larger than 0 MB."


def test_a_packed_answer_that_grows_beyond_the_limit_is_left(httpserver: HTTPServer) -> None:
    bomb = gzip.compress(bytes(200_000_000))
    assert len(bomb) < QUICK.size < 200_000_000
    packed = {"Content-Encoding": "gzip"}
    httpserver.expect_request("/figures").respond_with_data(bomb, headers=packed)
    assert failure(httpserver) == "the answer is larger than 2 MB."


def test_a_packed_answer_is_unpacked(httpserver: HTTPServer) -> None:
    packed = {"Content-Encoding": "gzip"}
    httpserver.expect_request("/figures").respond_with_data(gzip.compress(b"1,2"), headers=packed)
    assert get(httpserver) == b"1,2"


def test_an_answer_that_never_ends_is_left(httpserver: HTTPServer) -> None:
    def forever(_: Request) -> Response:
        return Response(iter(lambda: b"0", None))

    httpserver.expect_request("/figures").respond_with_handler(forever)
    assert (
        failure(httpserver, limits=Limits(whole=0.2, tries=1))
        == "the answer had not ended after 0.2 seconds."
    )


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"", b"H"),
        (OK, b"X-A: b\r\n"),
        (OK + b"Content-Length: 1000000\r\n\r\n", b"0"),
        (OK + b"\r\n", b"0"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n0\r\n"),
        (OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"0")[:10], b"\x00\x00\x00\xff\xff"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 1000000\r\n\r\n", b"0"),
    ],
    ids=[
        "status",
        "headers",
        "with a length",
        "without a length",
        "in chunks",
        "packed",
        "before a redirect",
    ],
)
def test_an_answer_that_trickles_for_ever_ends_when_its_time_is_over(beginning: bytes, piece: bytes) -> None:
    given_up = threading.Event()

    def trickle(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(beginning)
            while not given_up.wait(0.05):
                connection.sendall(piece)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=trickle, args=(server,))
        thread.start()
        started = time.monotonic()
        with pytest.raises(PublisherError, match=r"but the answer had not ended after 0\.5 seconds\."):
            ask(f"http://127.0.0.1:{server.getsockname()[1]}/", limits=replace(QUICK, read=5, whole=0.5))
        given_up.set()
        thread.join(10)
    assert time.monotonic() - started < 3


def test_one_conversation_is_enough_for_all_that_is_asked_of_a_publisher() -> None:
    answer = OK + b"Content-Length: 1\r\n\r\n1"
    talks = []

    def talk(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            while connection.recv(65_536):
                connection.sendall(answer)
                talks.append(connection)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=talk, args=(server,))
        thread.start()
        with HttpSession(QUICK) as session:
            for _ in range(3):
                session.get("The publisher", f"http://127.0.0.1:{server.getsockname()[1]}/", "figures")
        thread.join(10)
    assert len(talks) == 3


def test_a_redirect_within_the_host_is_followed(httpserver: HTTPServer) -> None:
    there = {"Location": "/moved"}
    httpserver.expect_request("/figures").respond_with_data("", status=302, headers=there)
    httpserver.expect_request("/moved").respond_with_data("1")
    assert get(httpserver) == b"1"


def test_a_redirect_to_another_host_is_not(httpserver: HTTPServer) -> None:
    elsewhere = {"Location": "http://elsewhere.example/figures"}
    httpserver.expect_request("/figures").respond_with_data("", status=302, headers=elsewhere)
    assert failure(httpserver) == "it sends on to another host, elsewhere.example."


@pytest.mark.parametrize("location", [b"/\xff\xfe", b"http://[::1/figures"])
def test_a_redirect_that_cannot_be_read_is_refused(location: bytes) -> None:
    answer = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"
    assert "but it sends on to an address that cannot be read" in refusal_of_raw([answer])


def test_a_redirect_to_an_address_without_encryption_is_not_followed() -> None:
    answer = requests.Response()
    answer.status_code, answer.url = 302, "https://publisher.example/figures"
    answer.raw = io.BytesIO()
    answer.headers["Location"] = "http://publisher.example/figures"
    with pytest.raises(requests.RequestException, match="without encryption"):
        _SameHostSession().get_redirect_target(answer)


@pytest.mark.parametrize(
    ("header", "said"),
    [(b"200 OK\r\nContent-Length: \xb2", ""), (b"503 No\r\nRetry-After: \xb2", "the answer was 503 No")],
)
def test_a_header_with_a_digit_that_is_none_is_no_obstacle(header: bytes, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(
            target=lambda: list(serve_raw(server, [b"HTTP/1.1 " + header + b"\r\n\r\n1"]))
        )
        thread.start()
        once = replace(QUICK, tries=1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        if said:
            with pytest.raises(PublisherError, match=said):
                ask(address, limits=once)
        else:
            download = ask(address, limits=once)
            assert download is not None
            assert download.content == b"1"
        thread.join(10)


def test_a_ring_of_redirects_ends(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/figures").respond_with_data("", status=302, headers={"Location": "/figures"})
    assert failure(httpserver).startswith("the request failed (Exceeded 30 redirects")


def test_what_is_missing_may_be_no_failure(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/figures").respond_with_data("", status=404)
    address = httpserver.url_for("/figures")
    with HttpSession(QUICK) as session:
        assert session.get("The publisher", address, "figures", missing_is_none=True) is None


def test_each_piece_is_told(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/figures").respond_with_data(b"0" * 150_000)
    told: list[tuple[int, int | None]] = []
    with HttpSession(QUICK, on_bytes=lambda done, total: told.append((done, total))) as session:
        session.get("The publisher", httpserver.url_for("/figures"), "figures")
    assert [done for done, _ in told] == [65_536, 131_072, 150_000]
    assert {total for _, total in told} == {150_000}


def test_a_proxy_of_the_environment_is_used(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    httpserver.expect_request("/figures").respond_with_data("by way of the proxy")
    monkeypatch.setenv("HTTP_PROXY", httpserver.url_for(""))
    download = ask("http://publisher.example/figures")
    assert download is not None
    assert download.content == b"by way of the proxy"


def test_certificates_that_are_not_there_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "nowhere.pem")
    with pytest.raises(PublisherError, match=r"the file of certificates .* cannot be read"):
        ask("https://127.0.0.1:1/")
