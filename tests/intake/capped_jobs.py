"""What a hostile file may make a parser do, as jobs for the capped child."""

import os
import time


def loop(raw, told):
    while True:
        pass


def sleep(raw, told):
    time.sleep(60)


def fill(raw, told):
    return {"size": len(bytearray(3_000_000_000))}


def leave(raw, told):
    os._exit(3)


def fail(raw, told):
    raise ZeroDivisionError("invented fault")


def descend(raw, told):
    return descend(raw, told)


def write(raw, told):
    with open(told["path"], "wb") as stream:
        stream.write(bytes(5_000_000))


def echo(raw, told):
    print("a library that prints")
    return {"raw": raw, "told": told, "secret": os.environ.get("SAYSO_SECRET")}
