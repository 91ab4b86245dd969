/** Agencies named in a reason: the first few, so that a reason stays a sentence. */
import type { Text } from '../../../domain/text.ts';
import type { Agency } from '../../../registry/schema.ts';

const MOST_NAMED = 5;

export function namesOf(agencies: readonly Pick<Agency, 'name'>[]): Text {
  const named = agencies.slice(0, MOST_NAMED);
  const rest = agencies.length > MOST_NAMED ? ' …' : '';
  return {
    zh: `${named.map(({ name }) => name.zh).join('、')}${rest}`,
    en: `${named.map(({ name }) => name.en).join(', ')}${rest}`,
  };
}
