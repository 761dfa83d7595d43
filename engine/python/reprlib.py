"""What is shown of a long value."""

import builtins


def repr(value, most=30):
    """Return the value's text, its middle left out where it is long."""
    if type(value) in (list, tuple) and len(value) > 6:
        shown = ", ".join([repr(one) for one in value[:6]]) + ", ..."
        return "[" + shown + "]" if type(value) is list else "(" + shown + ")"
    if type(value) in (list, tuple):
        shown = ", ".join([repr(one) for one in value])
        if type(value) is list:
            return "[" + shown + "]"
        return "(" + shown + (",)" if len(value) == 1 else ")")
    text = builtins.repr(value)
    if len(text) > most:
        head = (most - 3) // 2
        text = text[:head] + "..." + text[len(text) - (most - 3 - head) :]
    return text
