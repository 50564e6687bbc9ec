"""Plays scripts on the real QueuePool, with connections that are plain objects, and prints its state after each step.

A line of input is a script: size, overflow, timeout in seconds, fifo or lifo, then steps:
  b<n> borrow as caller n          w<n> begin to borrow as caller n on a thread, and go on once it waits or is served
  r<n> give back what n holds      x<n> invalidate what n holds, then give it back
  s<n> begin to borrow as caller n on a thread that stays in connecting; g  that connecting fails
  f    connecting fails from now   o    connecting works again      t  wait until nobody waits any more
A line of output is the state after each step, separated by |.
"""

import sys
import threading
import time

from sqlalchemy import exc, pool

LIMIT_S = 20


class Wire:
    """A connection that is good for nothing but being counted."""

    def __init__(self, number, stage):
        self.number, self.stage = number, stage

    def rollback(self):
        pass

    def close(self):
        self.stage.closed += 1


class Stage:
    def __init__(self, size, overflow, timeout, order):
        self.opened = self.closed = 0
        self.broken = self.slow = False
        self.connecting, self.gate = threading.Event(), threading.Event()
        self.pool = pool.QueuePool(
            self.connect, pool_size=size, max_overflow=overflow, timeout=timeout, use_lifo=order == "lifo"
        )
        self.held, self.threads, self.said = {}, [], []

    def connect(self):
        if self.slow:
            self.slow = False
            self.connecting.set()
            self.gate.wait(LIMIT_S)
            raise OSError("refused")
        if self.broken:
            raise OSError("refused")
        self.opened += 1
        return Wire(self.opened, self)

    def borrow(self, caller):
        try:
            self.held[caller] = self.pool.connect()
            self.said.append(f"{caller}=c{self.held[caller].dbapi_connection.number}")
        except exc.TimeoutError as error:
            self.said.append(f"{caller}={error.args[0]}")
        except OSError as error:
            self.said.append(f"{caller}={error}")

    def asleep(self):
        return len(self.pool._pool.not_empty._waiters)

    def until(self, happened):
        end = time.monotonic() + LIMIT_S
        while not happened():
            if time.monotonic() > end:
                raise RuntimeError("a step of the script did not come to its end")
            time.sleep(0.001)

    def wait(self, caller):
        asleep, said = self.asleep(), len(self.said)
        self.begin(caller)
        self.until(lambda: self.asleep() > asleep or len(self.said) > said)

    def begin(self, caller):
        thread = threading.Thread(target=self.borrow, args=(caller,), daemon=True)
        thread.start()
        self.threads.append(thread)

    def connect_slowly(self, caller):
        self.slow = True
        self.connecting.clear()
        self.gate.clear()
        self.begin(caller)
        self.until(self.connecting.is_set)

    def let_it_fail(self):
        said = len(self.said)
        self.gate.set()
        self.until(lambda: len(self.said) > said)

    def give_back(self, caller, invalidate):
        held = self.held.pop(caller, None)
        if held is None:
            return
        asleep, said = self.asleep(), len(self.said)
        if invalidate:
            held.invalidate()
        held.close()
        # An empty slot goes from waiter to waiter while connecting fails; else one is served.
        expected = asleep if invalidate and self.broken else min(asleep, 1)
        self.until(lambda: len(self.said) >= said + expected)

    def step(self, step):
        act, caller = step[0], step[1:]
        if act == "b":
            self.borrow(caller)
        elif act == "w":
            self.wait(caller)
        elif act in "rx":
            self.give_back(caller, act == "x")
        elif act in "fo":
            self.broken = act == "f"
        elif act == "s":
            self.connect_slowly(caller)
        elif act == "g":
            self.let_it_fail()
        elif act == "t":
            for thread in self.threads:
                thread.join(LIMIT_S)
        # Who says it first is chance when several are served in one step.
        said, self.said = sorted(self.said), []
        return (
            f"{step} idle={self.pool.checkedin()} out={self.pool.checkedout()} overflow={self.pool.overflow()}"
            f" opened={self.opened} closed={self.closed} waiting={self.asleep()} {' '.join(said)}".strip()
        )


for line in sys.stdin:
    size, overflow, timeout, order, *steps = line.split()
    stage = Stage(int(size), int(overflow), float(timeout), order)
    print("|".join([stage.step(step) for step in steps]), flush=True)
