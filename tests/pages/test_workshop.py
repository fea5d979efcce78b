"""Files are made a few at a time, in their order, and a queue has an end."""

import threading

import pytest

from pages.components.packs.workshop import FullError, Workshop


def test_one_after_the_other_in_the_order_of_asking() -> None:
    workshop = Workshop(places=1, queue=5)
    at_work, done, waits = [], [], threading.Semaphore(0)

    def work(number: int) -> None:
        with workshop.place(waits.release):
            at_work.append(number)
            assert at_work == [number]
            at_work.remove(number)
            done.append(number)

    with workshop.place(lambda: None):
        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
            assert waits.acquire(timeout=10)
        assert done == []
        assert workshop.waiting == 4
    for thread in threads:
        thread.join(10)
    assert done == [0, 1, 2, 3]
    assert workshop.waiting == 0


def test_who_has_left_makes_room_for_the_next() -> None:
    workshop = Workshop(places=1, queue=5)

    class LeftError(Exception):
        pass

    def leave() -> None:
        raise LeftError

    with workshop.place(lambda: None), pytest.raises(LeftError), workshop.place(leave):
        pass
    with workshop.place(leave):
        pass


def test_a_full_queue_is_said_at_once() -> None:
    workshop = Workshop(places=1, queue=1)
    waits, go_on = threading.Event(), threading.Event()

    def work() -> None:
        with workshop.place(waits.set):
            go_on.wait(10)

    with workshop.place(lambda: None):
        thread = threading.Thread(target=work)
        thread.start()
        assert waits.wait(10)
        with pytest.raises(FullError), workshop.place(lambda: None):
            pass
    go_on.set()
    thread.join(10)


def test_a_file_that_fails_gives_its_place_back() -> None:
    workshop = Workshop(places=1, queue=1)
    with pytest.raises(ZeroDivisionError), workshop.place(lambda: None):
        _ = 1 / 0
    with workshop.place(lambda: None):
        pass
