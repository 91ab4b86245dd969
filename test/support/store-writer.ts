/** A process of its own that writes batches to a store file and says after each that it is stored. */
import { openStore } from '../../store/index.ts';
import { METERS } from '../contract/store-fixtures.ts';

const [path = '', meterId = '', from = '0', batches = '0'] = process.argv.slice(2);
const store = openStore({ kind: 'sqlite', path }, METERS);
await store.init();
for (let batch = 0; batch < Number(batches); batch += 1) {
  const atMs = Number(from) + batch * 1000;
  await store.writeReadings(
    Array.from({ length: 50 }, (_, n) => ({
      meterId,
      atMs: atMs + n,
      quality: 0,
      values: { activeEnergyImport: batch },
    })),
  );
  process.stdout.write(`${batch}\n`);
}
await store.close();
