"""
The sync client in processes that fork, are interrupted, and exit without closing it.
"""

from __future__ import annotations

import sys

import pytest

HANG = """
        calling = threading.Event()
        client = ImageKit(hooks=Hooks(on_request=lambda _: calling.set()))
        threading.Thread(target=client.files.get, args=["0" * 24], daemon=True).start()
        calling.wait()
        """

EXITS = {
    "used": """
        client = ImageKit()
        path = pathlib.Path(__file__)
        client.files.upload(file=path, file_name="a.py")
        """,
    "dropped": """
        ImageKit().assets.list()
        gc.collect()
        """,
    "daemon-thread-in-a-call": HANG,
    "daemon-thread-between-calls": """
        client = ImageKit()
        called = threading.Event()

        def poll():
            while True:
                client.assets.list()
                called.set()

        threading.Thread(target=poll, daemon=True).start()
        called.wait()
        """,
    "thread-after-main": """
        client = ImageKit()

        def work():
            threading.main_thread().join()
            for _ in range(20):
                assert client.assets.list() == []

        threading.Thread(target=work).start()
        """,
    "exit-function": """
        client = ImageKit()
        client.assets.list()
        atexit.register(lambda: client.assets.list() and client.close())
        """,
    "closed-at-exit": """
        client = ImageKit()
        client.assets.list()
        atexit.register(client.close)
        """,
    "sys.exit": """
        ImageKit().assets.list()
        sys.exit(0)
        """,
}


# https://github.com/python/cpython/issues/113964
NO_LATE_THREADS = pytest.mark.skipif(
    (3, 12) <= sys.version_info < (3, 12, 2), reason="CPython 3.12.0 and 3.12.1 start no thread after the main thread"
)


@pytest.mark.parametrize(
    "how", [pytest.param(how, marks=NO_LATE_THREADS if how == "thread-after-main" else ()) for how in EXITS]
)
def test_exit(start, server, how):
    """The interpreter exits at once and without a word, whatever its sync clients are doing."""
    server.faults.add("delay", operation="files.get", seconds=3600)

    assert (0, "", "") == start(EXITS[how]).rest()


def test_call_while_exiting(start):
    """A call that comes when the background loop has ended at exit says so."""
    # Exit functions run in reverse order, so this one runs after that of the SDK.
    first = "import atexit; atexit.register(lambda: late())"
    program = start(
        """
        client = ImageKit()
        client.assets.list()

        def late():
            try:
                client.assets.list()
            except RuntimeError as error:
                print(error)
        """,
        first,
    )

    assert (0, "ImageKit can no longer be called: the interpreter is exiting\n", "") == program.rest()


def test_interrupt(start, server):
    """Ctrl-C cancels the call in flight before it reaches the caller, and the client can be used again."""
    server.faults.add("delay", operation="files.get", seconds=3600)
    program = start("""
        ended = []
        hooks = Hooks(
            on_request=lambda event: print(event.operation, flush=True),
            on_response=lambda event: ended.append(type(event.error).__name__),
        )
        client = ImageKit(hooks=hooks)
        try:
            client.files.get("0" * 24)
        except KeyboardInterrupt:
            print("interrupted", ended)
        print(client.assets.list())
        """)
    first = program.line()
    program.interrupt()

    assert "files.get" == first
    assert (0, "interrupted ['CancelledError']\nassets.list\n[]\n", "") == program.rest()


FORK = """
        client = ImageKit()
        ids = [client.files.upload(file=b"x", file_name="a.txt").file_id for _ in range(3)]
        FORKED = os.fork()
        for _ in range(30):
            assert [client.files.get(id).file_id for id in ids] == ids
        names = [thread.name for thread in threading.enumerate()]
        assert names.count("imagekit_async") == 1, names
        if FORKED == 0:
            print("child", flush=True)
            END
        print("parent", os.waitstatus_to_exitcode(os.waitpid(FORKED, 0)[1]))
        """


@pytest.mark.parametrize("end", ["sys.exit(0)", "client.close(); sys.exit(0)", "os._exit(0)"])
def test_fork(start, end):
    """After a fork, parent and child go on with the same client at the same time, and both exit without a word."""
    program = start(FORK.replace("END", end))

    assert (0, "child\nparent 0\n", "") == program.rest()


def test_fork_with_a_given_http_client(start):
    """A child is refused the caller's connections, which its parent uses, by an error that says what to create."""
    program = start("""
        import httpx, warnings
        from imagekit_async import ClientClosedError
        # The caller's client stays open, of which uvloop warns.
        warnings.simplefilter("ignore", ResourceWarning)
        client = ImageKit(http_client=httpx.AsyncClient())
        client.assets.list()
        forked = os.fork()
        if forked:
            print("parent", os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]), client.assets.list())
        else:
            try:
                client.assets.list()
            except ClientClosedError as error:
                print(error, flush=True)
            os._exit(0)
        """)

    assert (
        0,
        "The http_client or transport given to this client belongs to another event loop; "
        "create one AsyncImageKit for each event loop and one ImageKit for each process, or leave both out\n"
        "parent 0 []\n",
        "",
    ) == program.rest()


def test_fork_during_a_call(start, server):
    """A process may fork while another thread is in a call: the child has a loop of its own."""
    server.faults.add("delay", operation="files.get", seconds=3600)
    program = start(
        HANG
        + """
        forked = os.fork()
        listed = client.assets.list()
        if forked:
            print(listed, os.waitpid(forked, 0)[1])
        """
    )

    assert (0, "[] 0\n", "") == program.rest()


def test_first_calls_at_once(start):
    """Threads whose first calls come at the same time share one background thread."""
    program = start("""
        client = ImageKit()
        barrier = threading.Barrier(16)

        def work():
            barrier.wait()
            client.assets.list()

        threads = [threading.Thread(target=work) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print([thread.name for thread in threading.enumerate()].count("imagekit_async"))
        """)

    assert (0, "1\n", "") == program.rest()
