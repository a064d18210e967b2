"""Characters: halves of one (lone surrogates), which a Python string may hold and UTF-8 may not."""

import re
from typing import Any

HALF = re.compile("[\ud800-\udfff]")


def whole_characters(value: Any) -> Any:
    """A string with U+FFFD for each half character, anything else as it is; offsets stay."""
    return HALF.sub("\ufffd", value) if isinstance(value, str) else value
