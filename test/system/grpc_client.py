"""An unmodified gRPC client: pulls one segment and asks the health service, and prints what it got as JSON.

Usage: grpc_client.py PROTO_FOLDER EXCHANGE_ADDRESS COORDINATOR_ADDRESS
"""

import json
import struct
import sys
import tempfile

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_tools import protoc

folder, exchange_address, coordinator_address = sys.argv[1:]
generated = tempfile.mkdtemp()
assert protoc.main(["", f"-I{folder}", f"--python_out={generated}", f"--grpc_python_out={generated}", "reducible.proto"]) == 0
sys.path.insert(0, generated)
import reducible_pb2  # noqa: E402
import reducible_pb2_grpc  # noqa: E402

exchange = reducible_pb2_grpc.ExchangeStub(grpc.insecure_channel(exchange_address))
request = reducible_pb2.PullRequest(trial="a trial", from_rank=0, to_rank=1)
segment = next(exchange.Pull(request, timeout=20))
health = health_pb2_grpc.HealthStub(grpc.insecure_channel(coordinator_address))
status = health.Check(health_pb2.HealthCheckRequest(service="reducible.v1.Coordinator"), timeout=20)
print(
    json.dumps(
        {
            "fromRank": segment.from_rank,
            "call": segment.call,
            "round": segment.round,
            "chunk": segment.chunk,
            "order": segment.order,
            "values": list(struct.unpack(f"<{len(segment.payload) // 4}f", segment.payload)),
            "health": health_pb2.HealthCheckResponse.ServingStatus.Name(status.status),
        }
    )
)
