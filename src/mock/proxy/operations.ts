import { OpenApiDocument } from "../../openapi/openapi-document.ts";
import { type OperationRules, rulesFrom } from "../../openapi/operation-rules.ts";
import { type Route, Router } from "../../openapi/router.ts";
import { type ExampleList, readExampleList } from "./pages.ts";

/** The document as the proxy uses it; another one when the file changes. */
export class MockDocument {
  readonly document: OpenApiDocument;
  readonly router: Router;
  readonly #lists = new Map<string, ExampleList | undefined>();
  readonly #rules: ReadonlyMap<string, OperationRules>;

  constructor(json: object) {
    this.document = new OpenApiDocument(json);
    this.router = new Router(this.document);
    this.#rules = new Map(rulesFrom(this.document).map((rules) => [rules.id, rules]));
  }

  rules({ operation: { id } }: Route): OperationRules {
    const rules = this.#rules.get(id);
    if (!rules) throw new RangeError(`The document has no operation ${id}`);
    return rules;
  }

  /** All items of a list that comes in pages; undefined for any other operation. */
  list(route: Route): ExampleList | undefined {
    const { id } = route.operation;
    if (!this.#lists.has(id)) this.#lists.set(id, readExampleList(this.rules(route)));
    return this.#lists.get(id);
  }
}
