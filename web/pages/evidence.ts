/** Enters evidence into the ledger: the file stays here, only its name and SHA-256 are kept. */
import { askFor } from '../action.ts';
import { h } from '../dom.ts';
import { postJson } from '../http.ts';
import { t } from '../language.ts';

/** Browsers count hashes on https and on this machine only; elsewhere the ledger's own ways remain. */
export const CAN_HASH = window.isSecureContext;

export async function sha256Of(file: File): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether some was entered for an item of a score. */
export async function askEvidence(agency: string, item: string): Promise<boolean> {
  const file = h('input', { type: 'file', required: true });
  const date = h('input', { type: 'date', required: true });
  const expiresOn = h('input', { type: 'date' });
  const submitted = await askFor({
    title: t('enterEvidence'),
    help: t('enterEvidenceHelp', { item }),
    fields: [
      [t('evidenceFile'), file],
      [t('evidenceDate'), date],
      [t('evidenceUntil'), expiresOn],
    ],
    submit: t('enterEvidence'),
  });
  const chosen = file.files?.[0];
  if (!submitted || !chosen) return false;
  const sha256 = await sha256Of(chosen);
  const until = expiresOn.value === '' ? {} : { expiresOn: expiresOn.value };
  await postJson('/api/ledger/evidence', {
    entry: { agency, item, fileName: chosen.name, sha256, date: date.value, ...until },
    why: t('score'),
  });
  return true;
}
