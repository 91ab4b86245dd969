/** Preloaded into every process of a test run: notes each function code the collector sends, once a process. */
import { appendFileSync } from 'node:fs';
import { watchFunctionCodes } from './function-codes.ts';

const file = process.env.JIEYUE_TEST_FUNCTION_CODES;
if (file !== undefined) {
  const seen = new Set<number>();
  watchFunctionCodes((code) => {
    if (seen.has(code)) return;
    seen.add(code);
    // At once: the process may be killed as part of a test.
    appendFileSync(file, `${code}\n`);
  });
}
