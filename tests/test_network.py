"""The tests themselves stay on this machine."""

import socket

import pytest

from tests.conftest import NetworkClosedError


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("93.184.216.34", 443)])
def test_a_connection_that_leaves_the_machine_is_refused(address: tuple[str, int]) -> None:
    with socket.socket() as outward, pytest.raises(NetworkClosedError):
        outward.connect(address)
    with socket.socket() as outward, pytest.raises(NetworkClosedError):
        outward.connect_ex(address)


def test_a_name_elsewhere_is_not_looked_up() -> None:
    with pytest.raises(NetworkClosedError):
        socket.create_connection(("example.org", 80))


def test_a_server_on_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        accepted, _ = server.accept()
        with accepted:
            client.sendall(b"hello")
            assert accepted.recv(5) == b"hello"
