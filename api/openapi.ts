/** The OpenAPI 3.1 document, made of the same routes and schemas that answer. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { PROBLEM_MEDIA_TYPE, problemSchema } from './problem.ts';
import type { Route } from './route.ts';

const FAULTS = {
  400: 'Bad input; every fault is listed',
  401: 'No token or a wrong one',
  404: 'No such thing',
  429: 'Too many requests',
  500: 'The server failed',
  503: 'The store or a source is not reachable',
};

/** What only a request with a body can do wrong. */
const WRITE_FAULTS = {
  403: 'Sent by a page of another site, or to a host name that is not ours',
  409: 'Changed by somebody else meanwhile',
  413: 'Too large',
  415: 'Not the media type that is accepted',
};

type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** A file has no schema that OpenAPI could show. */
function bodyOf({ body, accepts }: Route) {
  if (!body || accepts === 'application/octet-stream') {
    return { type: 'string' as const, format: 'binary' };
  }
  return body;
}

export function describeApi(
  routes: readonly Route[],
  options: { readonly secured: boolean },
): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  if (options.secured) {
    registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  }
  for (const route of routes) {
    const problem = { [PROBLEM_MEDIA_TYPE]: { schema: problemSchema } };
    const { body, accepts = 'application/json' } = route;
    const faults = Object.entries(body ? { ...FAULTS, ...WRITE_FAULTS } : FAULTS).map(
      ([status, description]) => [status, { description, content: problem }] as const,
    );
    // A route that never answers JSON answers files only.
    const isJson = !(route.response instanceof z.ZodNever);
    const json = isJson ? { 'application/json': { schema: route.response } } : {};
    const files = Object.fromEntries(
      (route.attachments ?? []).map((type) => [type, { schema: { type: 'string' as const } }]),
    );
    const others = Object.entries(route.statuses ?? {}).map(
      ([status, description]) => [status, { description, content: json }] as const,
    );
    registry.registerPath({
      method: route.method,
      path: route.path,
      summary: route.summary,
      ...(options.secured ? { security: [{ token: [] }] } : {}),
      request: {
        ...(route.params ? { params: route.params } : {}),
        ...(route.query ? { query: route.query } : {}),
        ...(body
          ? { body: { required: true, content: { [accepts]: { schema: bodyOf(route) } } } }
          : {}),
      },
      responses: {
        ...Object.fromEntries(faults),
        200: { description: 'The answer', content: { ...json, ...files } },
        ...Object.fromEntries(others),
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Jieyue (节约)',
      version: '1',
      description:
        'Energy and water of public buildings. Instants are ISO 8601 in UTC, ranges half-open, ' +
        'amounts in the unit named beside them. `null` means not known; it never means zero.',
    },
  });
}
