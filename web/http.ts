/** Asks the api; where it wants a token, asks the person once and keeps it for the session. */
import { h } from './dom.ts';
import { faultWords } from './fault-words.ts';
import { t } from './language.ts';

const KEY = 'jieyue.token';
const DEADLINE_MS = 30_000;

function headers(): Record<string, string> {
  const token = sessionStorage.getItem(KEY);
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}

let asking: Promise<void> | undefined;

/** Several requests may learn at once that a token is needed: one dialog answers them all. */
function askToken(): Promise<void> {
  asking ??= new Promise<void>((resolve) => {
    const input = h('input', { type: 'password', required: true, autocomplete: 'off' });
    const dialog = h(
      'dialog',
      { 'aria-label': t('tokenTitle') },
      h(
        'form',
        { method: 'dialog' },
        h('h2', {}, t('tokenTitle')),
        h('p', {}, t('tokenHelp')),
        h('label', { class: 'field' }, h('span', {}, t('token')), input),
        h('button', { class: 'primary' }, t('signIn')),
      ),
    );
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.addEventListener('close', () => {
      sessionStorage.setItem(KEY, input.value.trim());
      dialog.remove();
      asking = undefined;
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}

interface Sent {
  readonly method: 'POST' | 'PUT';
  /** A file goes as it is, anything else as JSON. */
  readonly body: unknown;
}

/** What is wrong with an input, and where. */
export interface Fault {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  readonly nearest?: string | undefined;
}

/** Every fault the api found in what was sent; none for other errors. */
export function faultsOf(error: unknown): readonly Fault[] {
  const { faults } = Object(error);
  return Array.isArray(faults) ? faults : [];
}

async function ask(path: string, sent?: Sent): Promise<Response> {
  const content = sent && {
    method: sent.method,
    ...(sent.body instanceof Blob
      ? { headers: { ...headers(), 'Content-Type': 'application/octet-stream' }, body: sent.body }
      : {
          headers: { ...headers(), 'Content-Type': 'application/json' },
          body: JSON.stringify(sent.body),
        }),
  };
  const response = await fetch(path, {
    ...(content ?? { headers: headers() }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (response.status !== 401) return response;
  await askToken();
  return ask(path, sent);
}

function faultLine({ path, expected, found, nearest }: Fault): string {
  const hint = nearest === undefined ? '' : t('faultNearest', { nearest });
  const words = { expected: faultWords(expected), found: faultWords(found) };
  return `${path}: ${t('faultAt', words)}${hint}`;
}

async function errorOf(response: Response): Promise<Error> {
  const { detail, faults } = Object(await response.json().catch(() => undefined));
  const said = Array.isArray(faults)
    ? faults.map(faultLine).join('；')
    : typeof detail === 'string'
      ? faultWords(detail)
      : `${response.status} ${response.statusText}`;
  return Object.assign(new Error(said), { faults });
}

/** The answer to a question; the shapes are those of `types/`. */
export async function getJson<T>(path: string): Promise<T> {
  const response = await ask(path);
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

async function sendJson<T>(path: string, sent: Sent): Promise<T> {
  const response = await ask(path, sent);
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

/** Sends something to be kept; answered with it as it is kept. */
export function postJson<T>(path: string, body: unknown): Promise<T> {
  return sendJson(path, { method: 'POST', body });
}

/** Corrects what is kept. */
export function putJson<T>(path: string, body: unknown): Promise<T> {
  return sendJson(path, { method: 'PUT', body });
}

/** Saves a file under the name the api gives it. */
export async function download(path: string): Promise<void> {
  const response = await ask(path);
  if (!response.ok) throw await errorOf(response);
  const name = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await response.blob());
  h('a', { href: url, download: name ?? 'jieyue' }).click();
  setTimeout(() => URL.revokeObjectURL(url), DEADLINE_MS);
}
