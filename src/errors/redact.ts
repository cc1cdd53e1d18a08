import { secretNames } from "../../generated/operations.ts";
import { createRedactor } from "../base/redact.ts";

/** The redactor of the Angelcam API: it knows the fields that the spec marks as secret. */
export const { redact, cleanError } = /* @__PURE__ */ createRedactor(secretNames);
