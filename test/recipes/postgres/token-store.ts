import type { TokenStore, Tokens } from "angelcam-client";
import type { Pool } from "pg";

/** Once, with your migrations. The tokens are credentials: give only your own programs access to the table. */
export const TABLE = "CREATE TABLE IF NOT EXISTS angelcam_tokens (account text PRIMARY KEY, tokens jsonb NOT NULL)";

/** Longer than a token request may take, so that a busy process is not mistaken for a dead one. */
const LOCK_TIMEOUT = "90s";

/**
 * Keeps the tokens of an account in Postgres, for all processes that use the account. The lock ends with its connection, and
 * so with a process that dies. It needs a connection of its own: give the pool at least two.
 */
export function postgresTokenStore(pool: Pool, account: string): TokenStore {
  return {
    async read() {
      const { rows } = await pool.query<{ tokens: Tokens }>("SELECT tokens FROM angelcam_tokens WHERE account = $1", [
        account,
      ]);
      return rows[0]?.tokens;
    },
    async write(tokens) {
      await pool.query(
        `INSERT INTO angelcam_tokens (account, tokens) VALUES ($1, $2)
         ON CONFLICT (account) DO UPDATE SET tokens = excluded.tokens`,
        [account, JSON.stringify(tokens)],
      );
    },
    async lock(work) {
      const connection = await pool.connect();
      let failure: Error | undefined;
      // Without a listener, a lost connection ends the process.
      const onError = (error: Error) => {
        failure = error;
      };
      connection.on("error", onError);
      const releaseConnection = async () => {
        try {
          await connection.query("SELECT pg_advisory_unlock_all()");
          // The next user of the connection has a time limit of its own.
          await connection.query("RESET lock_timeout");
        } catch (error) {
          failure = error as Error;
        }
        if (!failure) connection.off("error", onError);
        // A connection that failed is closed, and its lock with it.
        connection.release(failure);
      };
      let result: Awaited<ReturnType<typeof work>>;
      try {
        await connection.query("SELECT set_config('lock_timeout', $1, false)", [LOCK_TIMEOUT]);
        await connection.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [account]);
        result = await work({
          read: () => this.read(),
          write: (tokens) => this.write(tokens),
          // Right before a refresh token is sent: a connection that was lost has lost the lock too.
          verify: async () => void (await connection.query("SELECT 1")),
        });
      } finally {
        await releaseConnection();
      }
      // Work without the lock may have met that of another process.
      if (failure) throw failure;
      return result;
    },
  };
}
