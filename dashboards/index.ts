/** All dashboards; adding one is a file and a line here. */
import type { DashboardSpec } from './builder.ts';
import { overview } from './overview.ts';

export const DASHBOARDS: readonly DashboardSpec[] = [overview];
