"""Many readers at once do not keep the event loop from what else it serves."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tallinn.serving.turns import Turns

READERS = 50


async def turns_between_answers() -> tuple[list[int], list[int]]:
    """In which turn of the loop each reader was answered, and in which order they came."""
    turns, answered, order, counted = Turns(), [], [], 0

    async def read(number: int) -> None:
        await turns.mine()
        answered.append(counted)
        order.append(number)

    readers = [asyncio.create_task(read(number)) for number in range(READERS)]
    while not all(reader.done() for reader in readers):
        counted += 1
        await asyncio.sleep(0)
    again = asyncio.create_task(read(READERS))
    await asyncio.wait_for(again, 5)
    return answered, order


def test_one_reader_is_answered_in_each_turn_in_the_order_in_which_they_came():
    with ThreadPoolExecutor(1) as thread:
        answered, order = thread.submit(asyncio.run, turns_between_answers()).result()
    assert order == list(range(READERS + 1))
    assert len(set(answered[:READERS])) == READERS
