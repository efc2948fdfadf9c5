// What is not published of the command line, for the reference.
export { listEntries } from '../../packages/cli/src/program/entries.ts'
export { exitCodeOf } from '../../packages/cli/src/program/exit-code.ts'
export { listOffered } from '../../packages/cli/src/program/find-command.ts'
export { findHelp } from '../../packages/cli/src/program/help.ts'
export { TOPICS } from '../../packages/cli/src/program/topics.ts'
