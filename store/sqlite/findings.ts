/** Findings in SQLite, withdrawn ones among them. */
import type { FindingCode } from '../../domain/finding.ts';
import type { CounterId } from '../../domain/quantities.ts';
import { sortedIds, whole } from '../checks.ts';
import { checkFindings, evidenceText, proposalText, toFinding } from '../finding-text.ts';
import type { Store } from '../port.ts';
import type { Database } from './database.ts';

export function createFindingTable(db: Database): Pick<Store, 'writeFindings' | 'findings'> {
  return {
    writeFindings: async (meterId, counter, range, findings) => {
      checkFindings(findings, { meterId, counter, range });
      db.write(() => {
        db.run(
          'UPDATE finding SET withdrawn = 1 WHERE meter = ? AND counter = ? AND from_ms >= ? AND from_ms < ?',
          meterId,
          counter,
          range.fromMs,
          range.toMs,
        );
        for (const finding of findings) {
          db.run(
            `INSERT OR REPLACE INTO finding (meter, counter, from_ms, code, to_ms, evidence, proposal,
               provisional, withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
            meterId,
            counter,
            whole(finding.fromMs, 'fromMs', meterId),
            finding.code,
            whole(finding.toMs, 'toMs', meterId),
            evidenceText(finding),
            proposalText(finding) ?? null,
            finding.provisional ? 1 : 0,
          );
        }
      });
    },
    findings: async ({ meterIds, range, code, withdrawn = false }) =>
      db.read(() =>
        sortedIds(meterIds).flatMap((meterId) =>
          db
            .all(
              `SELECT * FROM finding WHERE meter = ?1 AND from_ms < ?3 AND (to_ms > ?2 OR from_ms >= ?2)
                 AND withdrawn = ?4 AND code = coalesce(?5, code) ORDER BY from_ms, counter, code`,
              meterId,
              range.fromMs,
              range.toMs,
              withdrawn ? 1 : 0,
              code ?? null,
            )
            .map((row) =>
              toFinding({
                meterId,
                counter: row.counter as CounterId,
                code: row.code as FindingCode,
                fromMs: Number(row.from_ms),
                toMs: Number(row.to_ms),
                evidence: String(row.evidence),
                proposal: row.proposal === null ? '' : String(row.proposal),
                provisional: row.provisional === 1,
              }),
            ),
        ),
      ),
  };
}
