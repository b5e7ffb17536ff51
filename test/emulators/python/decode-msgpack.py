"""Prints each MessagePack map of its input as a line of JSON, as the package `msgpack` reads it."""

import sys

import msgpack
from plain import show

unpacker = msgpack.Unpacker(sys.stdin.buffer, raw=False, strict_map_key=True)
for record in unpacker:
    show(record)
