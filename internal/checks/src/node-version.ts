// The lowest release that runs TypeScript sources, and all of our tools, without a flag.
const FLOOR = [22, 18] as const

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const good = major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])

console.log(`Checks run on Node ${process.versions.node}; they need ${FLOOR.join('.')} at least.`)
process.exitCode = good ? 0 : 1
