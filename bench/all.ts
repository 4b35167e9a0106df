/** Runs every bench, one after the other: `npm run bench`. */
import { benchSeries } from './series.ts'

benchSeries()
