"""`make run` without make, with the tests' slow task known to the worker."""

import sys

from hubportal.services.run import Supervisor


class WithSlowTask(Supervisor):
    def _children(self):  # what Supervisor's gives
        children = super()._children()
        for child in children:
            if child.name == "worker":
                child.command.append("--include=tests.services.slow_tasks")
        return children


if __name__ == "__main__":
    sys.exit(WithSlowTask("127.0.0.1", int(sys.argv[1]), until_make_ends=False).run())
