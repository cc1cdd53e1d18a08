/** One difference between two documents. Each appears once, however many operations share the schema. */
export interface Difference {
  readonly kind:
    | "operation"
    | "parameter"
    | "parameter_required"
    | "status"
    | "field"
    | "field_required"
    | "type"
    | "nullable"
    | "enum"
    | "format";
  /** Where it is: `cameras.list`, `cameras.list query limit`, `cameras.list 404`, or a field such as `Camera.status`. */
  readonly location: string;
  /** The value in our document; undefined when it has nothing there. */
  readonly ours: string | undefined;
  /** The value in the other document; undefined when it has nothing there. */
  readonly theirs: string | undefined;
}
