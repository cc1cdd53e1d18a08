/** What fetch throws when the connection fails, as Node does it. */
export function networkError(code: "ECONNREFUSED" | "ECONNRESET" | "ENOTFOUND", what: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(what), { code }) });
}

/** What reading a body throws when it ends too early or makes no sense, as Node does it. */
export function bodyError(code: "UND_ERR_SOCKET" | "Z_DATA_ERROR", what: string): TypeError {
  return new TypeError("terminated", { cause: Object.assign(new Error(what), { code }) });
}
