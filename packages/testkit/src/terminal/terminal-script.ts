/**
 * Runs a program at a terminal of its own, in Python, whose library has pseudo terminals: Node.js has none to give. Reads
 * what to do as JSON from its first argument and prints what came of it. A text is typed once what it waits for has been
 * shown after the text before it.
 */
export const TERMINAL_SCRIPT: string = String.raw`
import fcntl, json, os, pty, select, struct, subprocess, sys, termios

wanted = json.loads(sys.argv[1])
steps = [(step["waitFor"].encode(), step["type"].encode()) for step in wanted["steps"]]
controller, terminal = pty.openpty()
os.set_blocking(controller, False)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, wanted["columns"], 0, 0))
before = termios.tcgetattr(terminal)


def at_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


child = subprocess.Popen(
    wanted["program"], stdin=terminal, stdout=terminal, stderr=terminal, preexec_fn=at_terminal
)
shown, seen, pending, echoes = b"", 0, b"", []
# The terminal stays open here, so that its state can be read: its end is no sign that the program has ended.
while True:
    ready, room, _ = select.select([controller], [controller] if pending else [], [], 0.05)
    if ready:
        shown += os.read(controller, 65536)
    elif child.poll() is not None:
        break
    if room:
        try:
            pending = pending[os.write(controller, pending):]
        except BlockingIOError:
            pass
    if steps and not pending:
        found = shown.find(steps[0][0], seen)
        if found >= 0:
            echoes.append(bool(termios.tcgetattr(terminal)[3] & termios.ECHO))
            pending, seen = steps[0][1], found + len(steps[0][0])
            steps = steps[1:]
print(
    json.dumps(
        {
            "code": child.returncode,
            "shown": shown.decode(errors="replace"),
            "restored": termios.tcgetattr(terminal) == before,
            "echoes": echoes,
            "left": len(steps),
        }
    )
)
`;
