import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DEBIAN = "/usr/lib/postgresql";

/** The folder with `initdb` and `postgres`, newest first; `undefined` where none is installed. */
export function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  return versions
    .map((version) => join(DEBIAN, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
}

/** A Postgres server of the test's own, on 127.0.0.1 and in a temporary folder. */
export interface Server {
  readonly url: string;
  stop(): void;
}

/** Starts a server; `durable` waits for the disk at every commit, as a real one does. */
export async function startPostgres(bin: string, durable: boolean): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "convo-postgres-"));
  // initdb refuses root.
  const user = process.getuid?.() === 0 ? postgresUser() : undefined;
  const run = (program: string, ...args: string[]): string =>
    execFileSync(join(bin, program), args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], ...user });
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8");
  const port = await freePort();
  const settings = [
    "-p",
    port,
    "-k",
    folder,
    "-c",
    "listen_addresses=127.0.0.1",
    ...(durable ? [] : ["-c", "fsync=off"]),
  ];
  run("pg_ctl", "-D", data, "-l", join(folder, "log"), "-w", "-o", settings.join(" "), "start");
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The user that the packages of Postgres make. */
function postgresUser(): { uid: number; gid: number } {
  const [uid = 0, gid = 0] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "postgres"])));
  return { uid, gid };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
