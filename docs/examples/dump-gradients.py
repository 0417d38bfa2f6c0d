"""Dumps what every rank of a data-parallel PyTorch step contributes to the all-reduce, for `reducible spread --cluster`.

    python3 dump-gradients.py [FOLDER] [RANKS]      then:  gradients: { source: files, files: 'FOLDER/step*/rank*.npy' }

In a DistributedDataParallel training, call `dump` on each rank after `backward()` under `model.no_sync()`, which leaves the
rank's own gradients as they are before they are reduced. Here one process plays all ranks, so that it runs anywhere.
"""
import os
import sys

import numpy
import torch


def dump(folder, step, rank, model):
    """Writes the gradients of one rank, all parameters one after the other, as they are (f16, f32 or f64)."""
    flat = torch.cat([parameter.grad.detach().reshape(-1) for parameter in model.parameters()])
    path = os.path.join(folder, "step%06d" % step)
    os.makedirs(path, exist_ok=True)
    numpy.save(os.path.join(path, "rank%d.npy" % rank), flat.cpu().numpy())


def main(folder="gradients", ranks=4, steps=2):
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(20, 16), torch.nn.ReLU(), torch.nn.Linear(16, 3))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for step in range(1, steps + 1):
        x, y = torch.randn(64, 20), torch.randint(3, (64,))
        total = [torch.zeros_like(parameter) for parameter in model.parameters()]
        for rank in range(ranks):
            model.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(x[rank::ranks]), y[rank::ranks], reduction="sum")
            loss.backward()
            dump(folder, step, rank, model)
            total = [so_far + parameter.grad for so_far, parameter in zip(total, model.parameters())]
        for parameter, gradient in zip(model.parameters(), total):
            parameter.grad = gradient / len(x)
        optimizer.step()


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(int, sys.argv[2:3]))
