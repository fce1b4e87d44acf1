"""Prints what Python makes of commands with values, null where it raises."""

import json
import sys


def format_command(command, values):
    try:
        return command.format(**values)
    except (KeyError, IndexError, ValueError, AttributeError, TypeError):
        return None


print(json.dumps([format_command(*case) for case in json.loads(sys.argv[1])]))
