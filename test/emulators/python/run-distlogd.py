"""Runs distlogd as it is, at an address of its own, with a plug-in that prints what it is given."""

import json
import logging
import sys

import distlogd

# The package's `main` is its function; the module of that name holds the address.
sys.modules["distlogd.main"].ENDPOINT = sys.argv[1]


class Print(distlogd.Plugin):
    def match(self, data):
        return True

    def handle(self, data):
        record = logging.makeLogRecord(data)
        formatted = logging.Formatter("%(levelname)s %(name)s %(message)s").format(record)
        print(json.dumps({"data": data, "formatted": formatted}), flush=True)


distlogd.add_plugin(Print())
distlogd.main()
