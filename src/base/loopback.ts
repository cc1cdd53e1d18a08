/** `localhost` and its subdomains (RFC 6761, section 6.3), and the loopback addresses 127.0.0.0/8 and ::1. */
const LOOPBACK = /^(.+\.)?localhost$|^\[::1\]$|^127(\.\d{1,3}){3}$/;

/**
 * True for a host that cannot leave the machine, so that plain http to it exposes nothing.
 *
 * @param hostname As `URL.hostname` writes it: lower case, an IPv6 address in brackets.
 */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
