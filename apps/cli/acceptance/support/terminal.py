"""Runs a program at a terminal of its own: terminal.py COLUMNS WAIT_FOR TYPED PROGRAM ...

Types TYPED once WAIT_FOR was shown. Prints how the program ended, what was shown, and whether the terminal is as it was.
"""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios

columns, wait_for, typed, *program = sys.argv[1:]
controller, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
before = termios.tcgetattr(terminal)


def at_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


child = subprocess.Popen(
    program, stdin=terminal, stdout=terminal, stderr=terminal, preexec_fn=at_terminal
)
shown = b""
pending = typed.encode() if wait_for else b""
# The terminal stays open here, so that its state can be read: its end is no sign that the program has ended.
while True:
    ready, _, _ = select.select([controller], [], [], 0.05)
    if ready:
        shown += os.read(controller, 65536)
    elif child.poll() is not None:
        break
    if pending and wait_for.encode() in shown:
        os.write(controller, pending)
        pending = b""
print(
    json.dumps(
        {
            "code": child.returncode,
            "shown": shown.decode(errors="replace"),
            "restored": termios.tcgetattr(terminal) == before,
        }
    )
)
