/** What a lint rule is. */
import type { Dashboard } from '@grafana/schema';

/** A rule answers with the faults it finds; `zh` tells whether Chinese words are due. */
export type Rule = (board: Dashboard, zh: boolean) => string[];
