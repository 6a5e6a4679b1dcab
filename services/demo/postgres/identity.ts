import {readFileSync, statSync} from "node:fs";
import {dirname} from "node:path";

/** A user that a child process runs as. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who the database server runs as: PostgreSQL refuses root, so root lends it an unprivileged user that the system has
 * already (`nobody`, else `postgres`, else the first other). `undefined` means as ourselves.
 *
 * @throws {Error} if we are root and the system knows no other user
 */
export function serverIdentity(uid = process.getuid?.(), passwd = readPasswd): Identity | undefined {
  if (uid !== 0) return undefined;
  const users = passwd()
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name, , userId, groupId]) => ({name, uid: Number(userId), gid: Number(groupId)}))
    .filter((user) => user.uid > 0 && Number.isInteger(user.gid));
  const named = (wanted: string) => users.find(({name}) => name === wanted);
  const user = named("nobody") ?? named("postgres") ?? users[0];
  if (user === undefined)
    throw new Error("no unprivileged user in /etc/passwd: PostgreSQL refuses to run as root, so run as another user");
  return {uid: user.uid, gid: user.gid};
}

function readPasswd(): string {
  return readFileSync("/etc/passwd", "utf8");
}

/** Whether a user may walk to a path and read what is there: every folder above it open to them, itself readable. */
export function isReachable(path: string, {uid, gid}: Identity): boolean {
  const allows = (at: string, bits: number) => {
    const {mode, uid: owner, gid: group} = statSync(at);
    const granted = owner === uid ? mode >> 6 : group === gid ? mode >> 3 : mode;
    return (granted & bits) === bits;
  };
  for (let at = dirname(path); ; at = dirname(at)) {
    if (!allows(at, 1)) return false;
    if (at === dirname(at)) return allows(path, 5);
  }
}
