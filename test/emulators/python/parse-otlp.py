"""Reads each line of its input as a LogsData message of OTLP and prints its log records.

The published definitions are read by protobuf's own JSON parser, which refuses unknown names and wrong
types. OTLP/JSON differs from protobuf's JSON in one thing that has to be told to it: ids are
hexadecimal (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
"""

import base64
import json
import sys

from google.protobuf.json_format import ParseDict
from opentelemetry.proto.logs.v1.logs_pb2 import LogsData
from plain import show


def base64_of_hex(log_record, name):
    if name in log_record:
        log_record[name] = base64.b64encode(bytes.fromhex(log_record[name])).decode()


def any_value(value):
    kind = value.WhichOneof("value")
    if kind == "kvlist_value":
        return attributes(value.kvlist_value.values)
    if kind == "array_value":
        return [any_value(inner) for inner in value.array_value.values]
    return None if kind is None else getattr(value, kind)


def attributes(pairs):
    return {pair.key: any_value(pair.value) for pair in pairs}


def show_record(resource, scope, record):
    show(
        {
            "time": str(record.time_unix_nano),
            "observedTime": str(record.observed_time_unix_nano),
            "severityNumber": record.severity_number,
            "severityText": record.severity_text,
            "eventName": record.event_name,
            "body": any_value(record.body),
            "attributes": attributes(record.attributes),
            "resource": attributes(resource.attributes),
            "scope": {"name": scope.name, "version": scope.version},
            "traceId": record.trace_id.hex(),
            "spanId": record.span_id.hex(),
            "flags": record.flags,
            "droppedAttributesCount": record.dropped_attributes_count,
        }
    )


for line in sys.stdin:
    document = json.loads(line)
    for resource_logs in document["resourceLogs"]:
        for scope_logs in resource_logs["scopeLogs"]:
            for log_record in scope_logs["logRecords"]:
                base64_of_hex(log_record, "traceId")
                base64_of_hex(log_record, "spanId")
    for resource_logs in ParseDict(document, LogsData()).resource_logs:
        for scope_logs in resource_logs.scope_logs:
            for log_record in scope_logs.log_records:
                show_record(resource_logs.resource, scope_logs.scope, log_record)
