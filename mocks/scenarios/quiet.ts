import { ORDINARY, type Scenario } from './scenario.ts'

export const quiet: Scenario = {
  ...ORDINARY,
  name: 'quiet',
  title: 'Quiet',
  description: 'An ordinary afternoon: a third of the limit in use, nothing refused.',
  organisation: 'Birch Insurance',
  baseline: 330,
}
