/** One way to declare a route: every input and output has a schema, which is the check and the documentation. */
import { z } from 'zod';
import type { ApiContext } from './context.ts';
import { faultsIn } from './faults.ts';
import { invalidRequest } from './problem.ts';

/** A file to be saved under a name made of ids, never of input. */
interface Attachment {
  readonly mediaType: string;
  readonly fileName: string;
  readonly content: string | Buffer;
}

export type Reply<T> =
  | { readonly body: T; readonly status?: number }
  | { readonly attachment: Attachment };

/** What a request may carry, and how much of it. */
export const BODY_LIMITS = {
  'application/json': '1mb',
  'application/octet-stream': '10mb',
} as const;

interface RouteFacts {
  readonly method: 'get' | 'post' | 'put';
  /** As OpenAPI writes it: `/api/agencies/{id}`. */
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media type of the body; JSON when absent. */
  readonly accepts?: keyof typeof BODY_LIMITS;
  readonly response: z.ZodType;
  /** Media types it answers with besides JSON. */
  readonly attachments?: readonly string[];
  /** Statuses besides 200 that carry the same body. */
  readonly statuses?: Readonly<Record<number, string>>;
}

interface RouteDefinition<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  R extends z.ZodType,
  B extends z.ZodType,
> extends RouteFacts {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  readonly handler: (input: {
    readonly context: ApiContext;
    readonly params: z.output<P>;
    readonly query: z.output<Q>;
    readonly body: z.output<B>;
    /** Who asks: the name of the token, or `demo`. */
    readonly who: string;
  }) => Promise<Reply<z.input<R>>>;
}

interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body?: unknown;
  readonly who: string;
}

export interface Route<R extends z.ZodType = z.ZodType> extends RouteFacts {
  readonly response: R;
  /** @throws AppError `request.invalid` with every fault of the input. */
  answer(context: ApiContext, input: RawInput): Promise<Reply<unknown>>;
}

const NOTHING = z.strictObject({});

export function defineRoute<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  R extends z.ZodType,
  B extends z.ZodType = z.ZodUndefined,
>(definition: RouteDefinition<P, Q, R, B>): Route<R> {
  const { handler, ...facts } = definition;
  const params = (definition.params ?? NOTHING) as P;
  const query = (definition.query ?? NOTHING) as Q;
  const body = (definition.body ?? z.undefined()) as B;
  return {
    ...facts,
    async answer(context, input) {
      const faults = [
        ...faultsIn('path', params, input.params),
        ...faultsIn('query', query, input.query),
        ...faultsIn('body', body, input.body),
      ];
      if (faults.length > 0) throw invalidRequest(faults);
      const reply = await handler({
        context,
        params: params.parse(input.params),
        query: query.parse(input.query),
        body: body.parse(input.body),
        who: input.who,
      });
      // An answer that breaks its own contract is our fault and must not look like data.
      return 'body' in reply ? { ...reply, body: definition.response.parse(reply.body) } : reply;
    },
  };
}
