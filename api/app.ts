/** The HTTP application as a value: routes, pages and the rules around them; nothing listens here. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AppError, messageOf } from '../domain/errors.ts';
import { requireToken } from './auth.ts';
import type { ApiContext } from './context.ts';
import { describeApi } from './openapi.ts';
import { pages } from './pages.ts';
import { sendProblem, toProblem } from './problem.ts';
import { BODY_LIMITS, type Reply, type Route } from './route.ts';
import { ROUTES } from './routes/index.ts';
import { guardWrites, requireMediaType } from './writes.ts';

export interface AppOptions {
  /** Asked at every request, so that a reloaded registry is seen at once. */
  readonly context: () => ApiContext;
  /** With it every /api route needs `Authorization: Bearer …`. */
  readonly token?: string | undefined;
  /** Who writes are recorded for. */
  readonly who?: string | undefined;
  readonly logger?: Pick<Logger, 'error'> | undefined;
  readonly requestsPerMinute?: number;
  readonly routes?: readonly Route[];
}

/** Swagger UI draws its icons from data: addresses; scripts and styles come from here only. */
const SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

function send(response: express.Response, reply: Reply<unknown>): void {
  response.set('Cache-Control', 'no-store');
  if ('body' in reply) {
    // Nobody may keep it, so there is no ETag to be computed of it.
    const text = JSON.stringify(reply.body);
    response
      .status(reply.status ?? 200)
      .type('json')
      .end(text);
    return;
  }
  const { mediaType, fileName, content } = reply.attachment;
  response.attachment(fileName).set('Content-Type', mediaType).send(content);
}

/** Only a route that takes a body reads one; any other request is as large as its headers may be. */
function bodyParsers({ body, accepts = 'application/json' }: Route): RequestHandler[] {
  if (!body) return [];
  const settings = { type: accepts, limit: BODY_LIMITS[accepts], inflate: false };
  const parser = accepts === 'application/json' ? express.json(settings) : express.raw(settings);
  return [requireMediaType(accepts), parser];
}

export function createApp(options: AppOptions): Express {
  const {
    context,
    token,
    who = 'demo',
    logger,
    requestsPerMinute = 600,
    routes = ROUTES,
  } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // TLS is the business of whoever terminates it, and so are its headers.
  const notOurs = { strictTransportSecurity: false };
  app.use(helmet({ contentSecurityPolicy: SECURITY_POLICY, ...notOurs }));

  app.use(
    '/api',
    rateLimit({
      windowMs: 60_000,
      limit: requestsPerMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, _response, next) =>
        next(new AppError('request.too-many', `more than ${requestsPerMinute} requests a minute`)),
    }),
  );
  if (token !== undefined) app.use('/api', requireToken(token));

  app.use('/api', guardWrites({ anyHost: token !== undefined }));

  for (const [path, own] of Map.groupBy(routes, (route) => route.path)) {
    const place = app.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const route of own) {
      place[route.method](...bodyParsers(route), async (request, response) => {
        const { params, query, body } = request;
        send(response, await route.answer(context(), { params, query, body, who }));
      });
    }
    const methods = own.map(({ method }) =>
      method === 'get' ? 'GET, HEAD' : method.toUpperCase(),
    );
    place.all((request, response, next) => {
      const allowed = methods.join(', ');
      response.set('Allow', allowed);
      next(new AppError('request.method', `${path} answers ${allowed}, not ${request.method}`));
    });
  }

  const document = describeApi(routes, { secured: token !== undefined });
  app.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.use(pages());

  app.use((request, _response, next) => {
    next(new AppError('request.not-found', `there is nothing at ${request.path}`));
  });
  const onError: ErrorRequestHandler = (error, request, response, next) => {
    const problem = toProblem(error, request.path);
    if (problem.status >= 500) {
      const { path: instance, method } = request;
      logger?.error({ err: error, method, instance }, `request.failed ${messageOf(error)}`);
    }
    if (response.headersSent) return next(error);
    sendProblem(response, problem);
  };
  app.use(onError);
  return app;
}
