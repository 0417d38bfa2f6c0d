"""All-reduce of f32 over Gloo's TCP transport: python3 gloo_allreduce.py RANKS BYTES WARMUP ITERATIONS

Starts a process a rank on this machine. Same method as the other peers: input restored and a barrier passed before each
all-reduce, outside the timed region; a sample is the maximum over ranks. Prints one JSON document.
"""

import json
import multiprocessing
import os
import socket
import sys
import time
from datetime import timedelta

import torch
import torch.distributed as dist


def run_rank(rank: int, ranks: int, elements: int, warmup: int, iterations: int, port: int, results) -> None:
    torch.set_num_threads(1)
    os.environ["GLOO_SOCKET_IFNAME"] = "lo0" if sys.platform == "darwin" else "lo"
    dist.init_process_group(
        "gloo",
        init_method=f"tcp://127.0.0.1:{port}",
        rank=rank,
        world_size=ranks,
        timeout=timedelta(seconds=120),
    )
    # Small integers, so that every order of addition gives the exact sum.
    period = (torch.arange(elements) % 1000 + 1).float()
    source = period * (rank + 1)
    want = period * (ranks * (ranks + 1) // 2)
    vector = torch.empty(elements)
    seconds, wrong = [], 0
    for iteration in range(-warmup, iterations):
        vector.copy_(source)
        dist.barrier()
        start = time.perf_counter()
        dist.all_reduce(vector)
        seconds.append(time.perf_counter() - start)
        wrong += int((vector != want).sum())
    results.put((seconds[warmup:], wrong))
    dist.barrier()  # nobody leaves while another still sends
    dist.destroy_process_group()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> None:
    ranks, size, warmup, iterations = map(int, sys.argv[1:5])
    context = multiprocessing.get_context("spawn")
    results = context.SimpleQueue()
    port = free_port()
    processes = [
        context.Process(target=run_rank, args=(rank, ranks, size // 4, warmup, iterations, port, results), daemon=True)
        for rank in range(ranks)
    ]
    for process in processes:
        process.start()
    measured = [results.get() for _ in processes]
    for process in processes:
        process.join()
    slowest = [max(samples) for samples in zip(*(seconds for seconds, _ in measured))]
    print(json.dumps({"peer": "gloo", "wrong": sum(wrong for _, wrong in measured), "seconds": {"default": slowest}}))


if __name__ == "__main__":
    main()
