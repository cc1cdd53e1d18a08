import type { Clock } from "../../src/base/clock.ts";
import { account, envelope, json, type RecordedRequest, recordingFetch } from "./fake-angelcam.ts";

/** A response in place of tokens. `processed` says whether the server has used up the credential before. */
export interface FaultResponse {
  readonly status: number;
  readonly body?: string;
  readonly type?: string;
  readonly processed?: boolean;
}

export type Fault =
  | "refuse"
  | "unavailable"
  | "hang-up-before"
  | "hang-up-after"
  | "hang"
  | "error"
  | "cut-body"
  | FaultResponse;

/** Angelcam's token rules: a refresh token works once, and a second use ends the session. */
export class TokenServer {
  readonly fetch = recordingFetch((request, _index, signal) => this.#respond(request, signal));
  /** Applied to the coming token requests, one each, in order. */
  faults: Fault[] = [];
  /** Milliseconds that a token response takes. */
  latency = 0;
  lifetime = 36_000;
  /** True for a server that rejects a used refresh token and leaves the session alone. */
  forgiving = false;
  /** How often a refresh token came that had been used before. */
  reuses = 0;
  /** The same for a refresh token whose successor had reached the client. */
  reusesAfterDelivery = 0;
  /** How many credentials were rejected with `invalid_grant`. */
  rejections = 0;
  /** How many refresh tokens were accepted. */
  accepted = 0;
  readonly #delivered = new Set<string>();
  readonly #clock: Pick<Clock, "now" | "setTimeout">;
  readonly #spent = new Set<string>();
  #current: { access: string; refresh: string; expiresAt: number } | undefined;
  #issued = 0;

  constructor(clock: Pick<Clock, "now" | "setTimeout">) {
    this.#clock = clock;
  }

  /** The refresh token of a session that began elsewhere. */
  begin(): string {
    return this.#issue().refresh;
  }

  /** Ends every access token now, without notifying the client. */
  expire(): void {
    if (this.#current) this.#current.expiresAt = this.#clock.now();
  }

  /** The client that had received the successor of a refresh token was killed before it had saved it. */
  loseSuccessorOf(refreshToken: string | undefined): void {
    this.#delivered.delete(refreshToken ?? "");
  }

  /** Ends the session, as a person does in the dashboard. */
  end(): void {
    this.#current = undefined;
  }

  /** The token requests that came, by grant. */
  tokenRequests(grant?: string): RecordedRequest[] {
    return this.fetch.requests.filter(
      ({ url, body }) => url.endsWith("/oauth/token/") && (!grant || body.includes(`grant_type=${grant}`)),
    );
  }

  #issue(): { access: string; refresh: string } {
    const number = ++this.#issued;
    if (this.#current) this.#spent.add(this.#current.refresh);
    const expiresAt = this.#clock.now() + this.lifetime * 1000;
    this.#current = { access: `access-token-${number}`, refresh: `refresh-token-${number}`, expiresAt };
    return this.#current;
  }

  async #respond(request: RecordedRequest, signal: AbortSignal | undefined): Promise<Response> {
    if (request.url.endsWith("/oauth/token-revoke/")) {
      this.#current = undefined;
      return new Response(null, { status: 200 });
    }
    if (!request.url.endsWith("/oauth/token/")) {
      const { access, expiresAt } = this.#current ?? {};
      const valid = request.authorization === `Bearer ${access}` && (expiresAt ?? 0) > this.#clock.now();
      return valid ? json(account) : envelope(401, "not_authenticated", "The token is not valid.");
    }
    if (this.latency > 0) await this.#wait(signal);
    const fault = this.faults.shift();
    const sent = new URLSearchParams(request.body).get("refresh_token") ?? "";
    if (this.#delivered.has(sent)) this.reusesAfterDelivery++;
    if (typeof fault === "object") {
      const { status, body = "<html>Gateway</html>", type = "text/html", processed } = fault;
      if (processed) this.#grant(new URLSearchParams(request.body));
      return new Response(status === 204 ? null : body, { status, headers: { "Content-Type": type } });
    }
    if (fault === "hang")
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    if (fault === "refuse") throw lost("ECONNREFUSED");
    if (fault === "hang-up-before") throw lost("ECONNRESET");
    if (fault === "unavailable") return envelope(503, "bad_gateway", "Try again.");
    if (fault === "error") return envelope(500, "error", "x");
    const response = this.#grant(new URLSearchParams(request.body));
    if (fault === "hang-up-after") throw lost("ECONNRESET");
    if (fault === "cut-body") return new Response((await response.text()).slice(0, 40), { headers: response.headers });
    if (response.ok && sent) this.#delivered.add(sent);
    return response;
  }

  #grant(form: URLSearchParams): Response {
    const reject = () => {
      this.rejections++;
      return json({ error: "invalid_grant" }, 400);
    };
    if (form.get("grant_type") === "password" && form.get("password") !== "correct horse") return reject();
    if (form.get("grant_type") === "refresh_token") {
      const token = form.get("refresh_token") ?? "";
      if (this.#spent.has(token)) {
        this.reuses++;
        if (!this.forgiving) this.#current = undefined;
      }
      if (token !== this.#current?.refresh) return reject();
      this.accepted++;
    }
    const { access, refresh } = this.#issue();
    return json({
      access_token: access,
      refresh_token: refresh,
      token_type: "Bearer",
      expires_in: this.lifetime,
      scope: "read",
    });
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#clock.setTimeout(resolve, this.latency);
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  }
}

function lost(code: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}
