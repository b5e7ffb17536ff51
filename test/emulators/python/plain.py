"""Values as JSON, with names for what JSON has no words for."""

import base64
import json
import math

import msgpack


def plain(value):
    if isinstance(value, msgpack.Timestamp):
        return {"seconds": value.seconds, "nanos": value.nanoseconds}
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"notFinite": str(value)}
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value


def show(value):
    print(json.dumps(plain(value), allow_nan=False), flush=True)
