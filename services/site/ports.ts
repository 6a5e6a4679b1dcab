import {createServer} from "node:net";

/**
 * A loopback port that is free now: *preferred* if it is, else any.
 *
 * @param preferred 0 for any
 */
export function findFreePort(preferred = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", () =>
      preferred === 0 ? reject(new Error("no free port on loopback")) : resolve(findFreePort())
    );
    server.listen({port: preferred, host: "127.0.0.1"}, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : preferred));
    });
  });
}
