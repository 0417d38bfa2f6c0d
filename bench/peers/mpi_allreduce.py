"""All-reduce of f32 over MPI, one rank of it: mpirun -np RANKS python3 mpi_allreduce.py RANKS BYTES WARMUP ITERATIONS

Same method as the other peers: input restored and a barrier passed before each all-reduce, outside the timed region; a
sample is the maximum over ranks. Rank 0 prints one JSON document. Without NumPy: buffers are arrays.
"""

import json
import sys
import time
from array import array

from mpi4py import MPI

RANKS, BYTES, WARMUP, ITERATIONS = map(int, sys.argv[1:5])
ELEMENTS = BYTES // 4
world = MPI.COMM_WORLD
assert world.size == RANKS, f"mpirun started {world.size} ranks, want {RANKS}"


def pattern(factor: int) -> array:
    """Small integers, so that every order of addition gives the exact sum."""
    period = array("f", [factor * (i + 1) for i in range(1000)])
    return (period * (ELEMENTS // 1000 + 1))[:ELEMENTS]


source = pattern(world.rank + 1)
want = memoryview(pattern(RANKS * (RANKS + 1) // 2)).cast("B")
vector = array("f", source)
place = memoryview(vector)
wrong = 0


def in_place() -> None:
    world.Allreduce(MPI.IN_PLACE, [vector, MPI.FLOAT])


def out_of_place() -> None:
    world.Allreduce([source, MPI.FLOAT], [vector, MPI.FLOAT])


def measure(all_reduce) -> list:
    global wrong
    seconds = []
    for iteration in range(-WARMUP, ITERATIONS):
        place[:] = memoryview(source)
        world.Barrier()
        start = time.perf_counter()
        all_reduce()
        seconds.append(time.perf_counter() - start)
        wrong += place.cast("B") != want
    slowest = [world.allreduce(sample, MPI.MAX) for sample in seconds]
    return slowest[WARMUP:]


samples = {"in place": measure(in_place), "out of place": measure(out_of_place)}
wrong = world.allreduce(wrong)
if world.rank == 0:
    print(json.dumps({"peer": "mpi", "wrong": wrong, "seconds": samples}))
