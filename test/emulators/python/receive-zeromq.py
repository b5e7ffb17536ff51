"""Binds a PULL or SUB socket, prints its address, and then the frames of each message, decoded."""

import json
import sys

import msgpack
import zmq
from plain import show


def records_of(topic, body):
    if topic.endswith("M"):
        unpacker = msgpack.Unpacker(raw=False, strict_map_key=True)
        unpacker.feed(body)
        return list(unpacker)
    return [json.loads(line) for line in body.decode("utf-8").splitlines()]


socket = zmq.Context.instance().socket(zmq.SUB if sys.argv[1] == "sub" else zmq.PULL)
if sys.argv[1] == "sub":
    socket.subscribe(b"")
socket.bind("tcp://127.0.0.1:*")
print(socket.getsockopt_string(zmq.LAST_ENDPOINT), flush=True)
while True:
    frames = socket.recv_multipart()
    topic = frames[0].decode("utf-8")
    show({"topic": topic, "frames": len(frames), "records": records_of(topic, frames[1])})
