#!/usr/bin/env python3
"""Reads the canvas of the real window as a screen reader does: AT-SPI over a session bus of its own.

usage: accessible_tree.py LEAT_DESKTOP

Starts a bus, an X server without a screen and the window with a small flow, then walks the tree: roles, names,
states and actions. Closes with `N passed, N failed`; without the programs it needs it says which one and skips.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

FLOW = """id: read_aloud
namespace: acme.access
inputs:
  - id: day
    type: DATE
tasks:
  # Fetches the file
  - id: download
    type: io.kestra.plugin.core.log.Log
    message: hi
  - id: both
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: left
        type: io.kestra.plugin.core.debug.Return
      - id: right
        type: io.kestra.plugin.core.debug.Return
  - id: maybe
    type: io.kestra.plugin.core.flow.If
    condition: "{{ true }}"
    then: []
"""
LONGEST = 60  # seconds to wait for anything


def skip(reason):
    print(f"SKIP   : {reason}")
    print("0 passed, 0 failed, 1 skipped")
    sys.exit(0)


def interpreter():
    """One that has the bindings: Debian's, when the one that runs this has not."""
    for python in (sys.executable, "/usr/bin/python3"):
        code = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
        if shutil.which(python) and subprocess.run([python, "-c", code], capture_output=True).returncode == 0:
            return python
    skip("the Atspi bindings of Python are not installed (gir1.2-atspi-2.0, python3-gi)")


def wait_for(what, seconds=LONGEST):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = what()
        except Exception:  # the application is not yet, or no longer, on the bus
            found = None
        if found:
            return found
        time.sleep(0.05)  # polls another process: there is nothing to be woken by
    return None


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def that(self, name, holds, detail=""):
        self.passed += bool(holds)
        self.failed += not holds
        if not holds:
            print(f"FAILED: {name} {detail}")


def children(node):
    return [node.get_child_at_index(i) for i in range(node.get_child_count())]


def find(node, holds, depth=40):
    """Breadth does not matter; big tables of other panels are not walked."""
    if holds(node):
        return node
    few = depth and node.get_child_count() < 60
    for child in children(node) if few else []:
        found = child and find(child, holds, depth - 1)
        if found:
            return found
    return None


def inside(leat):
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi

    home = tempfile.mkdtemp(prefix="leat-access-")
    flows = pathlib.Path(home, "project/acme.access/flows")
    flows.mkdir(parents=True)
    (flows / "read_aloud.yaml").write_text(FLOW)
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    display = os.read(read, 16).decode().strip()
    env = dict(os.environ, DISPLAY=f":{display}", HOME=home, QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
               XDG_CONFIG_HOME=f"{home}/config", XDG_STATE_HOME=f"{home}/state", XDG_CACHE_HOME=f"{home}/cache", LANG="C.UTF-8", LANGUAGE="en")
    window = subprocess.Popen([leat, str(flows.parent.parent)], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    checks = Checks()
    try:
        def canvas():
            for application in children(Atspi.get_desktop(0)):
                if application and application.get_process_id() == window.pid:
                    return find(application, lambda node: node.get_role() == Atspi.Role.TREE and (node.get_name() or "").startswith("Graph of"))
            return None

        tree = wait_for(canvas)
        checks.that("the canvas is a tree", tree)
        if not tree:
            return checks
        checks.that("its name", tree.get_name() == "Graph of read_aloud, 5 tasks", tree.get_name())
        nodes = children(tree)
        names = [node.get_name() for node in nodes]
        checks.that("one item a node of the sections", len(nodes) == 4, str(names))
        checks.that("an input", names[0] == "day, DATE, 1 of 1 in Inputs.", names[0])
        checks.that("a task", names[1] == "download, log.Log, 1 of 3 in Tasks.", names[1])
        checks.that("its note", "Fetches the file" in (nodes[1].get_description() or ""), nodes[1].get_description())
        checks.that("a container", names[2] == "both, Parallel, 2 branches", names[2])
        items = (Atspi.Role.TREE_ITEM, Atspi.Role.TABLE_CELL)  # Qt 6.4 tells its tree items as the latter
        for node in nodes:
            checks.that(f"{node.get_name()} is a tree item", node.get_role() in items, node.get_role_name())
        both = nodes[2]
        inner = [child.get_name() for child in children(both) if child.get_role() in items]
        checks.that("what is inside", inner == ["left, debug.Return, 1 of 2 in both.", "right, debug.Return, 2 of 2 in both."], str(inner))
        states = both.get_state_set()
        checks.that("it is expanded", states.contains(Atspi.StateType.EXPANDABLE) and states.contains(Atspi.StateType.EXPANDED))
        slots = [child for child in children(nodes[3]) if child.get_role() == Atspi.Role.PUSH_BUTTON]
        checks.that("an empty branch is a button", [slot.get_name() for slot in slots] == ["Add a task in maybe, then"], str([slot.get_name() for slot in slots]))
        links = [child.get_name() for child in children(both) if child.get_role() == Atspi.Role.LIST_ITEM]
        checks.that("an arrow is a list item", links == ["from download to both"], str(links))
        actions = [both.get_action_name(i) for i in range(both.get_n_actions())]
        checks.that("a container can be toggled", len(actions) == 3, str(actions))
        if len(actions) == 3:
            both.do_action(2)
            checks.that("toggling folds it", wait_for(lambda: both.get_state_set().contains(Atspi.StateType.EXPANDED) is False, 10))
        box = both.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        checks.that("it has a place on the screen", box.width > 100 and box.height > 20, f"{box.width}x{box.height}")
        return checks
    finally:
        window.terminate()
        window.wait()
        server.terminate()
        server.wait()
        shutil.rmtree(home, ignore_errors=True)


def main():
    leat = sys.argv[1]
    if "--inside" in sys.argv:
        checks = inside(leat)
        print(f"{checks.passed} passed, {checks.failed} failed")
        sys.exit(1 if checks.failed else 0)
    for program in ("dbus-run-session", "Xvfb"):
        if not shutil.which(program):
            skip(f"{program} is not installed")
    if not any(os.path.exists(f"{place}/at-spi-bus-launcher") for place in ("/usr/libexec", "/usr/lib/at-spi2-core")):
        skip("at-spi2-core is not installed")
    env = {name: value for name, value in os.environ.items() if name not in ("AT_SPI_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS", "NO_AT_BRIDGE")}
    sys.exit(subprocess.run(["dbus-run-session", "--", interpreter(), __file__, leat, "--inside"], env=env).returncode)


if __name__ == "__main__":
    main()
