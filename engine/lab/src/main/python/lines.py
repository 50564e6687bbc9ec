"""Results as lines that any language reads without a JSON parser: one record a line, encoded as a form is."""

import sys
from urllib.parse import urlencode


def emit(**fields: object) -> None:
    sys.stdout.write(urlencode(fields) + "\n")
    sys.stdout.flush()
