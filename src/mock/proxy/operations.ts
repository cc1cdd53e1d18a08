import { OpenApiDocument } from "../../openapi/openapi-document.ts";
import { type OperationRules, OperationTable } from "../../openapi/operation-rules.ts";
import { type Route, Router } from "../../openapi/router.ts";
import { type ExampleList, readExampleList } from "./pages.ts";

/** The document as the proxy uses it; another one when the file changes. */
export class MockDocument {
  readonly document: OpenApiDocument;
  readonly router: Router;
  readonly #lists = new Map<string, ExampleList | undefined>();
  readonly #operations: OperationTable;

  constructor(json: object) {
    this.document = new OpenApiDocument(json);
    this.router = new Router(this.document);
    this.#operations = new OperationTable(this.document);
  }

  rules({ operation: { id } }: Route): OperationRules {
    return this.#operations.rulesFor(id);
  }

  /** All items of a list that comes in pages; undefined for any other operation. */
  list(route: Route): ExampleList | undefined {
    const { id } = route.operation;
    if (!this.#lists.has(id)) this.#lists.set(id, readExampleList(this.rules(route)));
    return this.#lists.get(id);
  }
}
