import { changesetStatus } from './changesets/status.ts'
import { report } from './report.ts'

await report('changesets', [{ name: 'changeset status', ask: changesetStatus }])
