/** The error that fetch throws when the connection fails, as Node does it. */
export function networkError(code: "ECONNREFUSED" | "ECONNRESET" | "ENOTFOUND", what: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(what), { code }) });
}

/** The error of reading a body that ends too early or is invalid, as Node does it. */
export function bodyError(code: "UND_ERR_SOCKET" | "Z_DATA_ERROR", what: string): TypeError {
  return new TypeError("terminated", { cause: Object.assign(new Error(what), { code }) });
}
