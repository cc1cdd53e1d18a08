import type { Resources } from "../../generated/client.ts";
import { type Operation, operations } from "../../generated/operations.ts";
import { copyGiven } from "../base/copy-given.ts";
import type { CallOptions, Parameters } from "../transport/call.ts";
import { callOptionNames, checkCallOptions } from "../transport/call-options.ts";
import { checkArguments } from "../transport/check-arguments.ts";
import { createApiPromise } from "./api-promise.ts";
import { createPagePromise } from "./pagination/page-promise.ts";
import type { Sender } from "./sender.ts";

/** A class of resources: its methods and the resources below it are on the prototype. */
type ResourceClass = new (sender: () => Sender) => object;

/**
 * Makes the class that has every resource of the API as a property, and every operation as a method of its resource:
 * `cameras.clips.list(…)`. The generated interfaces describe its shape. A resource is made when it is first used, and
 * methods are on prototypes, so each of thousands of clients costs little and can be mocked like any class.
 */
export function createResourcesClass(): new (sender: () => Sender) => Resources {
  const root = new ResourceBuilder();
  for (const operation of Object.values(operations)) {
    if (!operation.openedInBrowser) root.add(operation.id.split("."), operation);
  }
  return root.build() as unknown as new (
    sender: () => Sender,
  ) => Resources;
}

/** Collects the methods and the resources of one resource. */
class ResourceBuilder {
  readonly #methods = new Map<string, Operation>();
  readonly #children = new Map<string, ResourceBuilder>();

  add([name = "", ...rest]: readonly string[], operation: Operation): void {
    if (rest.length === 0) {
      this.#methods.set(name, operation);
      return;
    }
    const child = this.#children.get(name) ?? new ResourceBuilder();
    this.#children.set(name, child);
    child.add(rest, operation);
  }

  build(): ResourceClass {
    class Resource {
      readonly #sender: () => Sender;

      constructor(sender: () => Sender) {
        this.#sender = sender;
      }

      static senderOf(resource: Resource): () => Sender {
        return resource.#sender;
      }
    }
    // Vue makes proxies of plain objects alone, and the private field is not there in a proxy.
    define(Resource.prototype, Symbol.toStringTag, { value: "Angelcam" });
    for (const [name, operation] of this.#methods) {
      const call = createCall(operation);
      const method = function (this: Resource, ...values: unknown[]) {
        return call(Resource.senderOf(this)(), values);
      };
      define(Resource.prototype, name, { value: method, writable: true });
    }
    for (const [name, builder] of this.#children) {
      let Child: ResourceClass | undefined;
      define(Resource.prototype, name, {
        get(this: Resource) {
          Child ??= builder.build();
          const child = new Child(Resource.senderOf(this));
          // The property of the instance hides this getter from now on.
          define(this, name, { value: child, writable: true, enumerable: true });
          return child;
        },
      });
    }
    return Resource;
  }
}

function define(target: object, name: string | symbol, descriptor: PropertyDescriptor): void {
  // Unlike its namesake of Object, it does not throw for a client that was frozen: that one makes a resource each time.
  Reflect.defineProperty(target, name, { configurable: true, ...descriptor });
}

/** A method takes its path parameters, then query or body, then the options of the call. */
function createCall(operation: Operation): (sender: Sender, values: readonly unknown[]) => unknown {
  const names = Object.keys(operation.pathParameters ?? {});
  const input = operation.body ? "body" : operation.query ? "query" : undefined;
  const most = names.length + (input ? 2 : 1);
  return (sender, values) => {
    const path: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) path[names[index] as string] = values[index];
    const parameters: Parameters = input ? { path, [input]: values[names.length] } : { path };
    const { [most - 1]: options = {} } = values as readonly CallOptions[];
    try {
      if (values.length > most) {
        throw new TypeError(`${operation.id} takes ${most} argument(s) at most, got ${values.length}`);
      }
      if (!operation.pagination) return createApiPromise(sender.send(operation, parameters, options));
      // A list copies its arguments for all its pages. They are checked before: a copy of a Map is a valid object.
      checkCallOptions(operation.id, options);
      checkArguments(operation, parameters);
      return createPagePromise(
        sender,
        operation,
        parameters,
        copyGiven(options, callOptionNames as (keyof CallOptions)[]),
      );
    } catch (error) {
      // Every mistake in the arguments rejects the call, and a list where it is used.
      const send = () => Promise.reject(error);
      return operation.pagination ? createPagePromise({ send }, operation, parameters, {}) : createApiPromise(send());
    }
  };
}
