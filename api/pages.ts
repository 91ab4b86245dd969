/** The pages: browser TypeScript with its types stripped when it is asked for, and what comes with it. */
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, type Router } from 'express';

const WEB = fileURLToPath(new URL('../web/', import.meta.url));

/** Addresses a person sees; the page looks at its own address for what to show. */
const PAGE_PATHS = [
  '/',
  '/agencies/:id',
  '/agencies/:id/ledger',
  '/agencies/:id/ledger/:kind',
  '/agencies/:id/score',
  '/agencies/:id/why',
  '/leaks',
  '/meters',
  '/meters/:id',
  '/meters/:id/why',
];

/** What comes from packages: the chart library, and the reader of the api's description. */
const VENDOR = {
  'echarts.js': import.meta.resolve('echarts/dist/echarts.esm.min.mjs'),
  'swagger-ui.css': import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
  'swagger-ui-bundle.js': import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
};

/** Sends a file of an installed package; the folder goes as root, since it may have dots above it. */
function fromPackage(url: string): RequestHandler {
  const path = fileURLToPath(url);
  const [root, name] = [dirname(path), basename(path)];
  return (_request, response) => response.sendFile(name, { root, maxAge: '1d' });
}

/** Sends a file of the pages as it is. */
function fromWeb(name: string): RequestHandler {
  return (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile(name, { root: WEB });
  };
}

/**
 * Node says once that stripping is experimental. That one notice is for us, not for whoever
 * operates this, so it is spent here on an empty text while notices are off.
 */
function spendNotice(): void {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    stripTypeScriptTypes('');
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Serves `web/**.ts` as JavaScript; each file is stripped once. */
function modules(): RequestHandler {
  spendNotice();
  const stripped = new Map<string, Promise<string>>();
  return async (request, response, next) => {
    const name = request.path.slice(1);
    // The pattern leaves no way out of the folder: no dots but the one before `ts`.
    if (!/^[a-z-]+(\/[a-z-]+)*\.ts$/.test(name)) return next();
    const code =
      stripped.get(name) ?? readFile(WEB + name, 'utf8').then((text) => stripTypeScriptTypes(text));
    stripped.set(name, code);
    try {
      const text = await code;
      response.set('Cache-Control', 'no-cache').type('text/javascript').send(text);
    } catch (cause) {
      stripped.delete(name);
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return next();
      throw cause;
    }
  };
}

export function pages(): Router {
  const router = express.Router();
  router.get(PAGE_PATHS, fromWeb('index.html'));
  router.get('/docs', fromWeb('docs.html'));
  router.get('/favicon.svg', fromWeb('favicon.svg'));
  for (const [name, url] of Object.entries(VENDOR)) {
    router.get(`/web/vendor/${name}`, fromPackage(url));
  }
  router.use('/web/style', express.static(`${WEB}style`));
  router.use('/web', modules());
  return router;
}
