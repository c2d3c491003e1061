"""Readers whose network fails or who take nothing in: the others don't notice."""

import asyncio

from tests.bench.stream_client import StreamClient, open_page
from tests.browser.visit import Server


def test_dropped_connections_leave_the_server_well(server: Server) -> None:
    async def come_and_vanish() -> None:
        async with StreamClient(server.url) as client:
            await client.request()
            client.drop()

    async def readers() -> None:
        await asyncio.gather(*(come_and_vanish() for _ in range(12)))
        run = await open_page(server.url, "guide")
        assert run.failures == []
        assert run.kinds["heading"] > 3

    asyncio.run(readers())


def test_a_reader_who_takes_nothing_in_keeps_no_other_waiting(server: Server) -> None:
    async def readers() -> None:
        async with StreamClient(server.url, receive_buffer=1) as slow:
            for _ in range(5):
                await slow.request()
                await asyncio.sleep(0.1)
            run = await open_page(server.url, "guide")
            assert run.failures == []
            assert run.seconds < 20
            # The slow one is still served once it listens.
            assert (await slow.rerun()).kinds

    asyncio.run(readers())
