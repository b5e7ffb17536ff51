"""Sends log records with distlog's own handler."""

import logging
import sys

from distlog.logger.formatters import JSONFormatter
from distlog.logger.handler import ZmqHandler

handler = ZmqHandler(sys.argv[1])
handler.setFormatter(JSONFormatter())
logger = logging.getLogger("python.orders")
logger.setLevel(logging.DEBUG)
logger.addHandler(handler)
logger.debug("first")
logger.warning("order %d of\n%s", 17, "Grüße")
try:
    raise ValueError("broken")
except ValueError:
    logger.exception("third")
handler.context.destroy(linger=5000)
